//! The replies of a thread, most helpful first: which ones, from where on. What that means is said in
//! `docs/HELPFUL.md`; accepted replies are not among them, because they stand before all others.

mod store;

use super::Thread;
use crate::kit::PageNumber;
use sqlx::PgConnection;

pub(super) use store::Spot;

/// One page.
pub(super) struct Places {
    /// The accepted replies, on the first page, the best confirmed first.
    pub(super) accepted: Vec<i32>,
    /// The others.
    pub(super) others: Vec<Spot>,
    /// From which reply on the page before goes; none where that is the first page.
    pub(super) before: Option<Spot>,
    /// From which reply on there are more.
    pub(super) after: Option<Spot>,
    /// Whether it is the first page, with the opening post.
    pub(super) first: bool,
}

impl Places {
    /// Everything that stands on the page, in its order.
    pub(super) fn all(&self) -> Vec<i32> {
        let opening = self.first.then_some(1);
        let others = self.others.iter().map(|spot| spot.position);
        opening.into_iter().chain(self.accepted.clone()).chain(others).collect()
    }
}

/// The page that begins with the reply at `from`: the first where there is none. Without the place that it had
/// when the address was made the one it has counts, and where it is accepted, it stands on the first page.
///
/// # Errors
/// Those of the database.
pub(super) async fn page(
    db: &mut PgConnection,
    thread: &Thread,
    from: Option<i32>,
    place: Option<i64>,
) -> sqlx::Result<Places> {
    let size = PageNumber::SIZE as usize;
    let accepted = store::accepted(db, thread.id).await?;
    let (ids, accepted): (Vec<i64>, Vec<i32>) =
        accepted.into_iter().map(|post| (post.id.0, post.position)).unzip();
    let spot = match (from, place) {
        (Some(position), Some(place)) => Some(Spot { position, place }),
        (Some(position), None) if !accepted.contains(&position) => {
            let place = store::place_of(db, thread.id, position).await?;
            place.map(|place| Spot { position, place })
        }
        _ => None,
    };
    let mut before = Vec::new();
    if let Some(spot) = spot {
        before = store::before(db, thread.id, spot, &ids).await?;
    }
    // What is most helpful belongs to the first page, also for who comes from a link to it.
    let spot = spot.filter(|_| !before.is_empty());
    let beginning = Spot { place: i64::MIN, position: 0 };
    let mut others = store::from(db, thread.id, spot.unwrap_or(beginning), &ids).await?;
    let after = others.get(size).copied();
    others.truncate(size);
    let first = spot.is_none();
    Ok(Places {
        accepted: if first { accepted } else { Vec::new() },
        others,
        before: before.get(size - 1).copied().filter(|_| before.len() > size),
        after,
        first,
    })
}
