//! Whole deeds: giving thanks, setting what deeds earn, changing the ladder and the badges.

mod badges;
mod kudos;
mod ladder;
mod points;

pub use badges::{BadgeEdit, add_badge, badge_progress, change_badge, retire_badge};
pub(super) use badges::{Granted, grant_badge, revoke_badge};
pub use kudos::{give_kudos, revoke_kudos};
pub use ladder::{
    RankEdit, Retired, add_rank, change_rank, changed_ladder, ladder_with, retire_rank,
};
pub use points::set_points;
