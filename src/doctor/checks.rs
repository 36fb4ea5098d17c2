//! What must hold. In the order in which it is mended: later numbers are made of earlier ones.

use super::store::{self, attachments, earned, ledgers, rights, solving};
use crate::reputation::ladder;
use futures_util::future::BoxFuture;
use sqlx::PgConnection;
use time::OffsetDateTime;

type Count = for<'a> fn(&'a mut PgConnection, OffsetDateTime) -> BoxFuture<'a, sqlx::Result<i64>>;
type Mend = for<'a> fn(&'a mut PgConnection, OffsetDateTime) -> BoxFuture<'a, sqlx::Result<u64>>;

pub(super) struct Check {
    pub(super) about: &'static str,
    pub(super) wrong: Count,
    pub(super) mend: Option<Mend>,
}

macro_rules! check {
    ($about:literal, at $wrong:path) => {
        Check { about: $about, wrong: |db, now| Box::pin($wrong(db, now)), mend: None }
    };
    ($about:literal, at $wrong:path, $mend:path) => {
        Check {
            about: $about,
            wrong: |db, now| Box::pin($wrong(db, now)),
            mend: Some(|db, now| Box::pin($mend(db, now))),
        }
    };
    ($about:literal, $wrong:path) => {
        Check { about: $about, wrong: |db, _| Box::pin($wrong(db)), mend: None }
    };
    ($about:literal, $wrong:path, $mend:path) => {
        Check {
            about: $about,
            wrong: |db, _| Box::pin($wrong(db)),
            mend: Some(|db, _| Box::pin($mend(db))),
        }
    };
}

pub(super) const CHECKS: &[Check] = &[
    check!("kudos of posts", store::post_kudos, store::mend_post_kudos),
    check!("kudos of threads", store::thread_kudos, store::mend_thread_kudos),
    check!("replies of threads", store::replies, store::mend_replies),
    check!("first replies of staff", solving::staff_replies, solving::mend_staff_replies),
    check!("last posts of threads", store::last_posts, store::mend_last_posts),
    check!("positions of posts", store::positions),
    check!("solutions of threads", store::solutions, store::mend_solutions),
    check!("me-toos of duplicates", solving::carried, solving::mend_carried),
    check!("me-toos of threads", solving::me_toos, solving::mend_me_toos),
    check!("confirmations of solutions", solving::tallies, solving::mend_tallies),
    check!("words of titles", solving::words, solving::mend_words),
    check!("boards of tags", solving::tag_boards, solving::mend_tag_boards),
    check!("closed threads", store::closed, store::mend_closed),
    check!("counts of boards", store::board_counts, store::mend_board_counts),
    check!("totals of what members earned", store::totals, store::mend_totals),
    check!("what members earned day by day", earned::days, earned::mend_days),
    check!("what members earned board by board", earned::boards, earned::mend_boards),
    check!("from whom members earned", earned::pairs, earned::mend_pairs),
    check!("ranks of members", at ladder::wrong, ladder::mend),
    check!("rights that boards inherit", rights::inherited),
    check!("groups that ranks bring their holders into", at rights::by_rank, rights::mend_by_rank),
    check!("moderators' edits and their entries", ledgers::edits),
    check!(
        "attachments and the posts that show them",
        attachments::unshown,
        attachments::mend_unshown
    ),
    check!("rights over the ledgers", ledgers::rights),
    check!("events that wait for their listeners", at store::stuck_events),
    check!("jobs that were given up", store::given_up),
];
