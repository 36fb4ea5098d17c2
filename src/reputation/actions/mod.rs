//! Whole deeds: giving thanks, setting what deeds earn, changing the ladder.

mod kudos;
mod ladder;
mod points;

pub use kudos::{give_kudos, revoke_kudos};
pub use ladder::{
    RankEdit, Retired, add_rank, change_rank, changed_ladder, ladder_with, retire_rank,
};
pub use points::set_points;
