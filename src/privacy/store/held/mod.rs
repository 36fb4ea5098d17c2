//! Everything the tables hold about a member, a subject at a time, as lines of JSON. Of others there is
//! nothing here: no names, no words of theirs, and no title of a thread that the member may not see and did
//! not begin.

mod deeds;
mod files;
mod way_in;
mod words;

pub(in crate::privacy) use deeds::{
    administration, badges, flags, followed, followed_tags, groups, inbox, kudos, me_toos,
    moderation, points, reading, rules, solutions,
};
pub(in crate::privacy) use files::{Uploaded, files, uploaded};
pub(in crate::privacy) use way_in::{
    account, agreements, links, providers, second_factors, sessions,
};
pub(in crate::privacy) use words::{drafts, earlier_versions, posts, threads};

use crate::kit::MemberId;
use futures_util::future::BoxFuture;
use sqlx::PgConnection;

/// One thing of a subject, and where the next batch goes on.
pub(in crate::privacy) struct Held {
    pub(in crate::privacy) key: i64,
    pub(in crate::privacy) line: String,
}

/// Reads up to `most` things of a member after a key.
pub(in crate::privacy) type Read =
    for<'a> fn(&'a mut PgConnection, MemberId, i64, i64) -> BoxFuture<'a, sqlx::Result<Vec<Held>>>;

macro_rules! subject {
    ($name:ident, $sql:literal) => {
        pub(in crate::privacy) fn $name(
            db: &mut PgConnection,
            member: MemberId,
            after: i64,
            most: i64,
        ) -> BoxFuture<'_, sqlx::Result<Vec<Held>>> {
            Box::pin(async move {
                sqlx::query_as!(Held, $sql, member.0, after, most).fetch_all(db).await
            })
        }
    };
}

use subject;
