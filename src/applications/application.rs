use super::{mails, store};
use crate::{
    app::App,
    error::Result,
    jobs,
    kit::{ApplicationId, ProviderId, Secret},
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// What nobody proves goes after so long, and its link with it.
pub(super) const UNPROVED_KEPT: Duration = Duration::days(7);

/// What was declined goes after so long.
pub(crate) const DECLINED_KEPT: Duration = Duration::days(30);

/// What somebody waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "lowercase")]
pub(crate) enum WaitsFor {
    /// An administrator, after the address is proved.
    Approval,
    /// The mail alone: whoever proves the address is a member.
    Mail,
}

/// Who somebody is at the provider they came by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Identity<'a> {
    pub(crate) provider: ProviderId,
    pub(crate) issuer: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) label: &'a str,
}

/// What somebody says who wants to become a member.
#[derive(Debug)]
pub(crate) struct NewApplication<'a> {
    pub(crate) waits_for: WaitsFor,
    pub(crate) handle: &'a str,
    pub(crate) name: &'a str,
    pub(crate) email: &'a str,
    /// Whether the address needs no other proof.
    pub(crate) proved: bool,
    pub(crate) password_hash: Option<&'a str>,
    pub(crate) answer: &'a str,
    /// The version of the terms that they agreed to, where there were terms.
    pub(crate) terms: Option<i32>,
    pub(crate) identity: Option<Identity<'a>>,
    /// When the mail goes that proves the address.
    pub(crate) mail_at: OffsetDateTime,
}

/// Enters an application; the secret is for the cookie of the browser that may see where it stands. `None`
/// where the handle is taken, and the transaction goes on.
///
/// # Errors
/// Those of the database.
pub(crate) async fn apply(
    app: &App,
    db: &mut PgConnection,
    new: &NewApplication<'_>,
    now: OffsetDateTime,
) -> Result<Option<Secret>> {
    let browser = Secret::random();
    let erase_at = (!new.proved).then(|| new.mail_at + UNPROVED_KEPT);
    let Some(id) = store::insert(db, new, &browser.hash(), erase_at, now).await? else {
        return Ok(None);
    };
    if !new.proved && app.may_mail_unproved(db, new.email).await? {
        jobs::enqueue(db, mails::CONFIRM, &id, new.mail_at).await?;
    }
    Ok(Some(browser))
}

/// Lets a browser, whose owner has shown who they are, see where the application stands: this one, and no
/// other from now on.
///
/// # Errors
/// Those of the database.
pub(crate) async fn show_to(db: &mut PgConnection, id: ApplicationId) -> sqlx::Result<Secret> {
    let browser = Secret::random();
    store::set_browser(db, id, &browser.hash()).await?;
    Ok(browser)
}
