//! What members earned: kudos, points and ranks, all from one append-only ledger.
//!
//! Every entry names its *cause*, and a cause counts once, so a deed done twice earns once. Undoing
//! a deed appends the negative of exactly what it earned. Totals and ranks are kept in the same
//! transaction and can be rebuilt from the ledger at any time. Nobody earns by their own deeds on
//! their own posts.
//!
//! The ledger counts itself, by a trigger: all-time, by day, by board and by whom it came from. What is undone
//! goes from the day that had it, so that a window never counts what was taken back. What deeds earn is a table
//! that administrators set ([`PointTable`]); what ranks take are formulas ([`Formula`]), judged in the transaction
//! of each entry, and for everybody by a sweep at night and after a change of the ladder.
//!
//! [`badges`] are given in the same settling, by formulas of the same kind.
//!
//! To count something new: a counter and a metric in `metric.rs`, and for points a deed in `points.rs`.

mod actions;
mod awards;
mod badges;
mod facts;
pub(crate) mod formula;
pub(crate) mod helpers;
pub(crate) mod ladder;
pub(crate) mod leaders;
pub(crate) mod ledger;
mod metric;
mod pages;
pub(crate) mod past;
mod points;
mod rank;
mod simulation;
mod standing;
pub(crate) mod store;
pub(crate) mod sweep;

use crate::route::{Policy, Route, deed, page};

pub use actions::{
    BadgeEdit, RankEdit, Retired, add_badge, add_rank, badge_progress, change_badge, change_rank,
    changed_ladder, give_kudos, ladder_with, retire_badge, retire_rank, revoke_kudos, set_points,
};
pub(crate) use awards::{
    confirmation, post_removed, post_restored, post_withdrawn, post_written, solution_accepted,
    solution_confirmed, undo_all,
};
pub use badges::Badge;
pub(crate) use badges::store::{all as all_badges, shown::shelf as badge_shelf};
pub(crate) use badges::{
    HIGHEST as HIGHEST_LEVEL, badge_url, grants, shown as shown_badges, store as tallies,
};
pub(crate) use formula::metric_words;
pub use formula::{Formula, LONGEST_WINDOW, Wrong};
pub use metric::Metric;
pub use points::{PointTable, thousandths, told_thousandths};
pub use rank::Rank;
pub use simulation::{Move, Simulation, simulate};
pub(crate) use standing::{Standing, ToldRank, told_ladder};
pub(crate) use store::facts::boards as boards_seen_by;

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    vec![
        deed("/p/{id}/kudos", Policy::WhoMayDo, pages::kudos::create),
        deed("/p/{id}/kudos/undo", Policy::WhoMayDo, pages::kudos::destroy),
        page("/ranks", Policy::Everybody, pages::ranks::show),
        page("/badges", Policy::Everybody, pages::badges::index),
        page("/badges/{slug}", Policy::Everybody, pages::badges::show),
        deed("/badges/{slug}/awards", Policy::WhoMayDo, pages::badges::grant),
        deed("/badges/{slug}/awards/{id}/revoke", Policy::WhoMayDo, pages::badges::revoke),
        page("/leaderboards", Policy::Everybody, pages::leaders::everywhere),
        page("/b/{slug}/leaderboard", Policy::WhoMaySee, pages::leaders::of_board),
    ]
}
