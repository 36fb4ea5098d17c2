use crate::{
    app::App,
    error::Result,
    groups::brought,
    kit::{self, Message, Problems, one_line},
    members::{Mapped, ProviderEdit, Role, SecretEdit, provider::Provider},
};
use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

const LONGEST_NAME: usize = 60;
const LONGEST: usize = 500;

/// What an administrator says of a provider.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct ProviderForm {
    #[serde(default)]
    pub(super) name: String,
    /// For a new one; made of the name where empty.
    #[serde(default)]
    pub(super) slug: String,
    #[serde(default)]
    pub(super) issuer: String,
    #[serde(default)]
    pub(super) client_id: String,
    /// Empty where it is to stay. Never given back.
    #[serde(default)]
    pub(super) secret_password: String,
    pub(super) forget_secret: Option<String>,
    #[serde(default)]
    pub(super) scopes: String,
    pub(super) takes_in: Option<String>,
    pub(super) trusts_address: Option<String>,
    #[serde(default)]
    pub(super) group_claim: String,
    /// A line for each: value = address of the group.
    #[serde(default)]
    pub(super) groups: String,
    /// A line for each: value = moderator, or staff.
    #[serde(default)]
    pub(super) mapped_roles: String,
    #[serde(default)]
    pub(super) position: String,
    pub(super) enabled: Option<String>,
    #[serde(skip)]
    pub(super) problems: Problems,
}

type Checked = (ProviderEdit, SecretEdit, Mapped);

/// What a provider may bring: administrators are made by administrators.
const BROUGHT: [Role; 2] = [Role::Moderator, Role::Staff];

impl ProviderForm {
    pub(super) fn fresh() -> Self {
        Self {
            scopes: "profile email".to_owned(),
            takes_in: Some("yes".to_owned()),
            position: "1".to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn of(provider: &Provider, groups: Vec<String>, roles: Vec<String>) -> Self {
        let box_of = |ticked: bool| ticked.then(|| "yes".to_owned());
        Self {
            name: provider.name.clone(),
            slug: provider.slug.clone(),
            issuer: provider.issuer.clone(),
            client_id: provider.client_id.clone(),
            scopes: provider.scopes.clone(),
            takes_in: box_of(provider.takes_in),
            trusts_address: box_of(provider.trusts_address),
            group_claim: provider.group_claim.clone(),
            groups: groups.join("\n"),
            mapped_roles: roles.join("\n"),
            position: provider.position.to_string(),
            enabled: box_of(provider.enabled_at.is_some()),
            ..Self::default()
        }
    }

    /// Which of the groups that it names there are.
    pub(super) async fn groups_known(&self, app: &App) -> Result<Vec<String>> {
        let named: Vec<String> =
            lines(&self.groups).filter_map(|line| Some(line?.1.to_owned())).collect();
        let mut db = app.db.acquire().await?;
        Ok(brought::slugs_known(&mut db, &named).await?)
    }

    pub(super) fn check(&mut self, known: &[String]) -> Option<Checked> {
        self.name = one_line(&self.name);
        match self.name.chars().count() {
            0 => self.problems.add("name", "admin-name-missing"),
            length if length > LONGEST_NAME => {
                let message = Message::with("admin-name-too-long", "most", LONGEST_NAME as i64);
                self.problems.add("name", message);
            }
            _ => {}
        }
        self.issuer = self.issuer.trim().to_owned();
        if !is_issuer(&self.issuer) {
            self.problems.add("issuer", "provider-issuer-invalid");
        }
        self.client_id = self.client_id.trim().to_owned();
        if self.client_id.is_empty() || self.client_id.len() > LONGEST {
            self.problems.add("client_id", "provider-client-missing");
        }
        if self.secret_password.len() > LONGEST {
            self.problems.add("secret_password", "provider-secret-too-long");
        }
        self.scopes = self.scopes.split_whitespace().collect::<Vec<_>>().join(" ");
        let printable = |text: &str| text.chars().all(|c| c.is_ascii_graphic() || c == ' ');
        if self.scopes.len() > LONGEST || !printable(&self.scopes) {
            self.problems.add("scopes", "provider-scopes-invalid");
        }
        self.group_claim = self.group_claim.trim().to_owned();
        if self.group_claim.len() > 100 {
            self.problems.add("group_claim", "provider-claim-too-long");
        }
        let position = self.position.trim().parse().ok().filter(|it| (0..1_000).contains(it));
        if position.is_none() {
            self.problems.add("position", "provider-position-invalid");
        }
        let mapped = Mapped { groups: self.check_groups(known), roles: self.check_roles() };
        if self.group_claim.is_empty() && !(mapped.groups.is_empty() && mapped.roles.is_empty()) {
            self.problems.add("group_claim", "provider-claim-missing");
        }
        let position = position?;
        self.problems.none().then(|| {
            let edit = ProviderEdit {
                name: self.name.clone(),
                issuer: self.issuer.clone(),
                client_id: self.client_id.clone(),
                scopes: self.scopes.clone(),
                takes_in: self.takes_in.is_some(),
                trusts_address: self.trusts_address.is_some(),
                group_claim: self.group_claim.clone(),
                position,
                enabled: self.enabled.is_some(),
            };
            (edit, self.secret(), mapped)
        })
    }

    fn check_groups(&mut self, known: &[String]) -> Vec<(String, String)> {
        let mut mappings = Vec::new();
        for line in lines(&self.groups) {
            match line {
                Some((value, slug)) if known.iter().any(|known| known == slug) => {
                    mappings.push((value.to_owned(), slug.to_owned()));
                }
                Some((_, slug)) => {
                    self.problems
                        .add("groups", Message::with("provider-group-unknown", "slug", slug));
                }
                None => self.problems.add("groups", "provider-groups-invalid"),
            }
        }
        mappings
    }

    fn check_roles(&mut self) -> Vec<(String, Role)> {
        let mut mappings = Vec::new();
        for line in lines(&self.mapped_roles) {
            let role = |name| BROUGHT.into_iter().find(|role| role.name() == name);
            match line.and_then(|(value, name)| Some((value.to_owned(), role(name)?))) {
                Some(mapping) => mappings.push(mapping),
                None => self.problems.add("mapped_roles", "provider-roles-invalid"),
            }
        }
        mappings
    }

    fn secret(&self) -> SecretEdit {
        match (self.secret_password.trim(), &self.forget_secret) {
            ("", None) => SecretEdit::Keep,
            ("", Some(_)) => SecretEdit::Remove,
            (typed, _) => SecretEdit::Replace(SecretString::from(typed.to_owned())),
        }
    }

    /// The name in addresses of a new one.
    pub(super) fn new_slug(&self) -> String {
        let typed = self.slug.trim();
        let slug = kit::slug(if typed.is_empty() { &self.name } else { typed });
        if slug.is_empty() { "provider".to_owned() } else { slug }
    }
}

/// An address without anything behind its path (OpenID Connect Discovery 1.0, 3).
fn is_issuer(issuer: &str) -> bool {
    issuer.len() <= LONGEST
        && Url::parse(issuer).is_ok_and(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.host().is_some()
                && url.query().is_none()
                && url.fragment().is_none()
                && url.username().is_empty()
        })
}

/// The lines of the mapping; none for one that is neither empty nor a mapping.
fn lines(text: &str) -> impl Iterator<Item = Option<(&str, &str)>> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| {
        let (value, slug) = line.rsplit_once('=')?;
        let (value, slug) = (value.trim(), slug.trim());
        (!value.is_empty() && !slug.is_empty() && value.len() <= 200).then_some((value, slug))
    })
}
