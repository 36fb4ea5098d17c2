//! Providers of OpenID Connect by whom members sign in, and who members are there.
//!
//! Somebody is the subject that an issuer knows them by, never an address: whoever could make a provider say
//! a stranger's address would else be that stranger.

use crate::{
    app::App,
    kit::ProviderId,
    oidc::{Party, Person},
    sealing::Owner,
};
use secrecy::{ExposeSecret, SecretString};
use time::{Duration, OffsetDateTime};

/// Somebody on the way to a provider is back within this time.
pub(super) const ROUND: Duration = Duration::minutes(10);

/// Somebody who has arrived chooses within this time what becomes of it.
pub(super) const ARRIVAL: Duration = Duration::minutes(30);

/// A provider as administrators set it up.
#[derive(Debug, Clone)]
pub(crate) struct Provider {
    pub(crate) id: ProviderId,
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) issuer: String,
    pub(crate) client_id: String,
    pub(crate) client_secret: Option<Vec<u8>>,
    pub(crate) scopes: String,
    pub(crate) takes_in: bool,
    pub(crate) trusts_address: bool,
    pub(crate) group_claim: String,
    pub(crate) position: i32,
    pub(crate) enabled_at: Option<OffsetDateTime>,
}

/// What a round is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    SignIn,
    Link,
    Prove,
}

impl Purpose {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Link => "link",
            Self::Prove => "prove",
        }
    }

    pub(super) fn named(name: &str) -> Self {
        match name {
            "link" => Self::Link,
            "prove" => Self::Prove,
            _ => Self::SignIn,
        }
    }
}

/// What the sealed secret of a provider is sealed for.
pub(super) fn owner_of_secret(id: ProviderId) -> Owner {
    Owner { purpose: "client_secret", id: id.0 }
}

/// Where people come back to from the provider called so in addresses: to be registered there, word for word.
pub(crate) fn callback(app: &App, slug: &str) -> String {
    format!("{}/sign-in/with/{slug}/back", app.config.address())
}

impl Provider {
    /// What it knows us by.
    ///
    /// # Errors
    /// A secret that does not open.
    pub(super) fn party(&self, app: &App) -> anyhow::Result<Party> {
        let opened = match &self.client_secret {
            Some(sealed) => {
                let secret = app.sealer.open(owner_of_secret(self.id), sealed)?;
                let text = String::from_utf8(secret.expose_secret().to_vec())?;
                Some(SecretString::from(text))
            }
            None => None,
        };
        Ok(Party {
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            client_secret: opened,
            scopes: self.scopes.split_whitespace().map(ToOwned::to_owned).collect(),
            redirect: callback(app, &self.slug),
            wanted: (!self.group_claim.is_empty()).then(|| self.group_claim.clone()),
        })
    }

    /// The values of its claim of groups.
    pub(super) fn groups_of(&self, person: &Person) -> Vec<String> {
        match self.group_claim.as_str() {
            "" => Vec::new(),
            claim => person.values(claim),
        }
    }
}

/// What somebody is called there, for their own eyes.
pub(super) fn label_of(person: &Person) -> String {
    let said = person.email().map(|(email, _)| email).or(person.words("preferred_username"));
    said.or(person.words("name")).unwrap_or_default().chars().take(200).collect()
}
