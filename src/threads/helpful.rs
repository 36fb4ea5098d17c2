//! The replies of a thread, most helpful first: which ones, from where on. What that means is said in
//! `docs/HELPFUL.md`; accepted replies are not among them, because they stand before all others.

mod store;

use super::Thread;
use crate::kit::PageNumber;
use sqlx::PgConnection;

/// One page.
pub(super) struct Places {
    /// The accepted replies, on the first page, the best confirmed first.
    pub(super) accepted: Vec<i32>,
    /// The others.
    pub(super) others: Vec<i32>,
    /// From which reply on the page before goes; none where that is the first page.
    pub(super) before: Option<i32>,
    /// From which reply on there are more.
    pub(super) after: Option<i32>,
    /// Whether it is the first page, with the opening post.
    pub(super) first: bool,
}

impl Places {
    /// Everything that stands on the page, in its order.
    pub(super) fn all(&self) -> Vec<i32> {
        let opening = self.first.then_some(1);
        opening.into_iter().chain(self.accepted.clone()).chain(self.others.clone()).collect()
    }
}

/// The page that begins with the reply at `from`: the first where there is none, or where it is accepted.
///
/// # Errors
/// Those of the database.
pub(super) async fn page(
    db: &mut PgConnection,
    thread: &Thread,
    from: Option<i32>,
) -> sqlx::Result<Places> {
    let size = PageNumber::SIZE as usize;
    let accepted = store::accepted(db, thread.id).await?;
    let (ids, accepted): (Vec<i64>, Vec<i32>) =
        accepted.into_iter().map(|post| (post.id.0, post.position)).unzip();
    let place = match from.filter(|from| !accepted.contains(from)) {
        Some(from) => store::place_of(db, thread.id, from).await?.map(|place| (place, from)),
        None => None,
    };
    let mut before = Vec::new();
    if let Some(place) = place {
        before = store::before(db, thread.id, place, &ids).await?;
    }
    // What is most helpful belongs to the first page, also for who comes from a link to it.
    let place = place.filter(|_| !before.is_empty());
    let mut others = store::from(db, thread.id, place.unwrap_or((i64::MIN, 0)), &ids).await?;
    let after = others.get(size).copied();
    others.truncate(size);
    let first = place.is_none();
    Ok(Places {
        accepted: if first { accepted } else { Vec::new() },
        others,
        before: before.get(size - 1).copied().filter(|_| before.len() > size),
        after,
        first,
    })
}
