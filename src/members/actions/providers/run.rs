//! What administrators do with providers.

use super::roles;
use crate::{
    access::Admin,
    app::App,
    audit::{self, About, Act, Change},
    error::{Error, Result},
    groups::{self, brought::Withdrawn},
    kit::ProviderId,
    members::{
        Role,
        provider::owner_of_secret,
        store::{
            brought_roles,
            providers::{self, ProviderEdit},
        },
    },
    outbox::Actor,
    reputation,
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use sqlx::PgConnection;

/// What becomes of the secret by which a provider knows us. Nobody reads it again.
pub enum SecretEdit {
    /// It stays.
    Keep,
    /// This takes its place.
    Replace(SecretString),
    /// There is none.
    Remove,
}

/// What the values of its claim bring: into which group, by its address, and which role.
#[derive(Debug, Default)]
pub struct Mapped {
    /// A value, and the address of a group.
    pub groups: Vec<(String, String)>,
    /// A value, and a role.
    pub roles: Vec<(String, Role)>,
}

/// Adds a provider, with what the values of its claim bring; false where its address is taken.
///
/// # Errors
/// Those of the database; no key to seal with.
pub async fn add_provider(
    app: &App,
    admin: &Admin,
    slug: &str,
    (new, secret): (&ProviderEdit, &SecretEdit),
    mapped: &Mapped,
) -> Result<bool> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let Some(id) = providers::insert(&mut tx, slug, new, now).await? else { return Ok(false) };
    keep_secret(app, &mut tx, id, secret).await?;
    map(&mut tx, id, mapped).await?;
    let change = Change {
        act: Act::AddProvider,
        about: About::Provider(id, &new.name),
        member: None,
        before: json!({}),
        after: logged(new, secret, mapped),
    };
    audit::record(&mut tx, Actor::Member(admin.member().id), &change, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// How changing a provider ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// It is as it was said.
    Done,
    /// Its secret was to stay, though it is another's from now on: nobody else is to be told it.
    SecretOfAnother,
}

/// Changes a provider. Whom it brought into groups that it maps no more is out of them, and roles that it maps no
/// more are gone; all that it brought is, where it is switched off or is another from now on.
///
/// # Errors
/// [`Error::NotFound`] where there is none; as [`add_provider`].
pub async fn change_provider(
    app: &App,
    admin: &Admin,
    slug: &str,
    (edit, secret): (&ProviderEdit, &SecretEdit),
    mapped: &Mapped,
) -> Result<Changed> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let was = providers::by_slug(&mut tx, slug).await?.ok_or(Error::NotFound)?;
    let keeps = matches!(secret, SecretEdit::Keep) && was.client_secret.is_some();
    if keeps && edit.issuer != was.issuer {
        return Ok(Changed::SecretOfAnother);
    }
    let was_mapped = mapped_by(&mut tx, was.id).await?;
    let whom = match edit.enabled && edit.issuer == was.issuer {
        true => Withdrawn::Unmapped,
        false => Withdrawn::All,
    };
    let before = ProviderEdit {
        name: was.name,
        issuer: was.issuer,
        client_id: was.client_id,
        scopes: was.scopes,
        takes_in: was.takes_in,
        trusts_address: was.trusts_address,
        group_claim: was.group_claim,
        position: was.position,
        enabled: was.enabled_at.is_some(),
    };
    providers::update(&mut tx, was.id, edit, now).await?;
    keep_secret(app, &mut tx, was.id, secret).await?;
    map(&mut tx, was.id, mapped).await?;
    let out = groups::brought::withdraw(&mut tx, was.id, whom, now).await?;
    // Whoever is out by this may still be in by their rank.
    reputation::ledger::confer(&mut tx, &out, now).await?;
    let same = whom == Withdrawn::Unmapped && edit.group_claim == before.group_claim;
    let gone = was_mapped.roles.iter().filter(|line| !same || !mapped.roles.contains(line));
    let gone: Vec<_> = gone.map(|(_, role)| *role).collect();
    let demoted = roles::withdraw(&mut tx, was.id, &gone, now).await?;
    let change = Change {
        act: Act::EditProvider,
        about: About::Provider(was.id, &edit.name),
        member: None,
        before: logged(&before, &SecretEdit::Keep, &was_mapped),
        after: logged(edit, secret, mapped),
    };
    audit::record(&mut tx, Actor::Member(admin.member().id), &change, now).await?;
    tx.commit().await?;
    if demoted || !out.is_empty() {
        app.announce_rights().await?;
    }
    Ok(Changed::Done)
}

async fn map(db: &mut PgConnection, id: ProviderId, mapped: &Mapped) -> Result<()> {
    groups::brought::map(db, id, &mapped.groups).await?;
    Ok(brought_roles::map(db, id, &mapped.roles).await?)
}

async fn mapped_by(db: &mut PgConnection, id: ProviderId) -> Result<Mapped> {
    let groups = groups::brought::mappings(db, id).await?;
    let roles = brought_roles::mappings(db, id).await?;
    Ok(Mapped {
        groups: groups.into_iter().map(|one| (one.value, one.slug)).collect(),
        roles: roles.into_iter().map(|one| (one.value, one.role)).collect(),
    })
}

async fn keep_secret(
    app: &App,
    db: &mut PgConnection,
    id: ProviderId,
    secret: &SecretEdit,
) -> Result<()> {
    match secret {
        SecretEdit::Keep => {}
        SecretEdit::Remove => providers::set_secret(db, id, None).await?,
        SecretEdit::Replace(secret) => {
            let secret = secret.expose_secret().as_bytes();
            let sealed = app.sealer.seal(owner_of_secret(id), secret)?;
            providers::set_secret(db, id, Some(&sealed)).await?;
        }
    }
    Ok(())
}

/// As the log keeps it: of the secret only that it is another.
fn logged(edit: &ProviderEdit, secret: &SecretEdit, mapped: &Mapped) -> Value {
    let groups = mapped.groups.iter().map(|(value, slug)| format!("{value} = {slug}"));
    let roles = mapped.roles.iter().map(|(value, role)| format!("{value} = {}", role.name()));
    let sorted = |lines: &mut Vec<String>| {
        lines.sort();
        lines.join(", ")
    };
    let (groups, roles) = (sorted(&mut groups.collect()), sorted(&mut roles.collect()));
    let said = |yes: bool| if yes { "yes" } else { "no" };
    let mut logged = json!({
        "name": edit.name,
        "issuer": edit.issuer,
        "client_id": edit.client_id,
        "scopes": edit.scopes,
        "takes_in": said(edit.takes_in),
        "trusts_address": said(edit.trusts_address),
        "group_claim": edit.group_claim,
        "groups": groups,
        "mapped_roles": roles,
        "position": edit.position,
        "enabled": said(edit.enabled),
    });
    match secret {
        SecretEdit::Keep => {}
        SecretEdit::Replace(_) => logged["client_secret"] = "new".into(),
        SecretEdit::Remove => logged["client_secret"] = "none".into(),
    }
    logged
}
