//! The doors: a group is had only by a viewer who may know of it.

use super::{Group, store};
use crate::{
    error::{Error, Result},
    members::{Member, Viewer},
};
use sqlx::PgConnection;

/// The group, for reading.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or none for this viewer.
pub(crate) async fn seen(db: &mut PgConnection, viewer: &Viewer, slug: &str) -> Result<Group> {
    store::seen_by(db, viewer.key(), slug).await?.ok_or(Error::NotFound)
}

/// The group with its row held until the transaction ends, for whoever will change who is in it.
///
/// # Errors
/// As [`seen`].
pub(super) async fn held(db: &mut PgConnection, member: &Member, slug: &str) -> Result<Group> {
    store::hold(db, slug).await?;
    seen(db, &Viewer::from(member), slug).await
}

/// The same, if the member lets others in and out.
///
/// # Errors
/// As [`seen`]; [`Error::Refused`] for everybody else.
pub(super) async fn managed(db: &mut PgConnection, member: &Member, slug: &str) -> Result<Group> {
    let group = held(db, member, slug).await?;
    if group.can(&Viewer::from(member)).manage {
        Ok(group)
    } else {
        Err(Error::Refused("group-owners-only".into()))
    }
}
