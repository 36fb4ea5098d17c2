//! A larger community made of a small one, in bulk. A copy of a row has the row's id plus so many times
//! the highest id there was, so that what points at what is a sum; who wrote it is another member in each
//! copy.

use sqlx::{Connection, PgConnection};
use time::OffsetDateTime;

/// Each copy of the community is so much younger than the one before.
const APART: f64 = 2.0 * 3600.0;

/// A member of one copy is so many members further than in the one before.
const SHIFT: i64 = 37;

/// The highest ids before copying.
struct Strides {
    members: i64,
    threads: i64,
    posts: i64,
    kudos: i64,
    acceptances: i64,
    latest: OffsetDateTime,
}

/// Copies every thread, with all that hangs on it, so many times; the last copy ends now.
pub(in crate::bench) async fn copy(
    db: &mut PgConnection,
    boards: &[i64],
    copies: i32,
    (handles, skeletons): (&[String], &[String]),
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    // Whatever a trigger or a foreign key would check holds by construction.
    sqlx::query!("set local session_replication_role = replica").execute(&mut *tx).await?;
    let strides = strides(&mut tx).await?;
    let many = handles.len() as i64;
    insert_members(&mut tx, strides.members, handles, skeletons, now).await?;
    for number in 1..=copies {
        let board = boards[number as usize % boards.len()];
        let age = f64::from(copies - number) * APART;
        let ahead = (now - strides.latest).as_seconds_f64() - age;
        let copy = Copy { number: i64::from(number), board, ahead, many, strides: &strides };
        copy.threads(&mut tx).await?;
        copy.posts(&mut tx).await?;
        copy.kudos(&mut tx).await?;
        copy.acceptances(&mut tx).await?;
        copy.tags_and_follows(&mut tx).await?;
        copy.earnings(&mut tx).await?;
    }
    sequences(&mut tx).await?;
    tx.commit().await
}

async fn strides(db: &mut PgConnection) -> sqlx::Result<Strides> {
    sqlx::query_as!(
        Strides,
        r#"
        select
            (select max(id) from members) as "members!",
            (select max(id) from threads) as "threads!",
            (select max(id) from posts) as "posts!",
            (select coalesce(max(id), 0) from kudos) as "kudos!",
            (select coalesce(max(id), 0) from acceptances) as "acceptances!",
            (select max(written_at) from posts) as "latest!"
        "#,
    )
    .fetch_one(db)
    .await
}

async fn insert_members(
    db: &mut PgConnection,
    before: i64,
    handles: &[String],
    skeletons: &[String],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into members (id, handle, handle_skeleton, name, joined_at)
        overriding system value
        select $1 + new.place, new.handle, new.skeleton, new.handle, $4
        from unnest($2::text[], $3::text[]) with ordinality as new (handle, skeleton, place)
        "#,
        before,
        handles,
        skeletons,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One copy of what was there.
struct Copy<'a> {
    number: i64,
    board: i64,
    /// Seconds from the time of the original to that of the copy.
    ahead: f64,
    /// Members there are to choose from.
    many: i64,
    strides: &'a Strides,
}

impl Copy<'_> {
    async fn threads(&self, db: &mut PgConnection) -> sqlx::Result<()> {
        sqlx::query!(
            r#"
            insert into threads (
                id, board_id, author_id, title, started_at, last_position, replies, kudos,
                last_post_at, last_poster_id, staff_replied_at, solution_id, solved_at, solved_by, closed_at
            )
            overriding system value
            select
                id + $1::bigint * $2,
                $3,
                $4::bigint + 1 + (author_id + $1::bigint * $8) % $5,
                title,
                started_at + make_interval(secs => $6),
                last_position,
                replies,
                kudos,
                last_post_at + make_interval(secs => $6),
                $4::bigint + 1 + (last_poster_id + $1::bigint * $8) % $5,
                staff_replied_at + make_interval(secs => $6),
                solution_id + $1::bigint * $7,
                solved_at + make_interval(secs => $6),
                $4::bigint + 1 + (solved_by + $1::bigint * $8) % $5,
                closed_at + make_interval(secs => $6)
            from threads
            where id <= $2
            "#,
            self.number,
            self.strides.threads,
            self.board,
            self.strides.members,
            self.many,
            self.ahead,
            self.strides.posts,
            SHIFT,
        )
        .execute(db)
        .await?;
        Ok(())
    }

    /// An edited one is its author's own edit: that of somebody else would be a moderator's act.
    async fn posts(&self, db: &mut PgConnection) -> sqlx::Result<()> {
        sqlx::query!(
            r#"
            insert into posts (
                id, thread_id, position, author_id, source, html, renderer, reply_to_id,
                written_at, edited_at, deleted_at, removed_at, kudos, search
            )
            overriding system value
            select
                id + $1::bigint * $2,
                thread_id + $1::bigint * $3,
                position,
                $4::bigint + 1 + (author_id + $1::bigint * $7) % $5,
                source,
                html,
                renderer,
                reply_to_id + $1::bigint * $2,
                written_at + make_interval(secs => $6),
                edited_at + make_interval(secs => $6),
                deleted_at + make_interval(secs => $6),
                removed_at + make_interval(secs => $6),
                kudos,
                search
            from posts
            where id <= $2
            "#,
            self.number,
            self.strides.posts,
            self.strides.threads,
            self.strides.members,
            self.many,
            self.ahead,
            SHIFT,
        )
        .execute(db)
        .await?;
        Ok(())
    }

    async fn kudos(&self, db: &mut PgConnection) -> sqlx::Result<()> {
        sqlx::query!(
            r#"
            insert into kudos (id, post_id, giver_id, given_at)
            overriding system value
            select
                id + $1::bigint * $2,
                post_id + $1::bigint * $3,
                $4::bigint + 1 + (giver_id + $1::bigint * $7) % $5,
                given_at + make_interval(secs => $6)
            from kudos
            where id <= $2
            "#,
            self.number,
            self.strides.kudos,
            self.strides.posts,
            self.strides.members,
            self.many,
            self.ahead,
            SHIFT,
        )
        .execute(db)
        .await?;
        Ok(())
    }

    async fn acceptances(&self, db: &mut PgConnection) -> sqlx::Result<()> {
        sqlx::query!(
            r#"
            insert into acceptances (id, thread_id, post_id, accepted_by, accepted_at, undone_by, undone_at)
            overriding system value
            select
                id + $1::bigint * $2,
                thread_id + $1::bigint * $3,
                post_id + $1::bigint * $4,
                $5::bigint + 1 + (accepted_by + $1::bigint * $8) % $6,
                accepted_at + make_interval(secs => $7),
                $5::bigint + 1 + (undone_by + $1::bigint * $8) % $6,
                undone_at + make_interval(secs => $7)
            from acceptances
            where id <= $2
            "#,
            self.number,
            self.strides.acceptances,
            self.strides.threads,
            self.strides.posts,
            self.strides.members,
            self.many,
            self.ahead,
            SHIFT,
        )
        .execute(db)
        .await?;
        Ok(())
    }

    async fn tags_and_follows(&self, db: &mut PgConnection) -> sqlx::Result<()> {
        sqlx::query!(
            r#"
            insert into thread_tags (thread_id, tag_id, board_id)
            select thread_id + $1::bigint * $2, tag_id, $3
            from thread_tags
            where thread_id <= $2
            "#,
            self.number,
            self.strides.threads,
            self.board,
        )
        .execute(&mut *db)
        .await?;
        sqlx::query!(
            r#"
            insert into thread_follows (thread_id, member_id, level, since)
            select
                thread_id + $1::bigint * $2,
                $3::bigint + 1 + (member_id + $1::bigint * $6) % $4,
                level,
                since + make_interval(secs => $5)
            from thread_follows
            where thread_id <= $2
            "#,
            self.number,
            self.strides.threads,
            self.strides.members,
            self.many,
            self.ahead,
            SHIFT,
        )
        .execute(db)
        .await?;
        Ok(())
    }

    /// What a post earned names the copied post; what else earned something is told apart by the
    /// number of the copy.
    async fn earnings(&self, db: &mut PgConnection) -> sqlx::Result<()> {
        sqlx::query!(
            r#"
            insert into metric_events (member_id, metric, board_id, other_id, delta, cause, at, counts_on)
            select
                $3::bigint + 1 + (member_id + $1::bigint * $6) % $4,
                metric,
                $7,
                $3::bigint + 1 + (other_id + $1::bigint * $6) % $4,
                delta,
                case
                    when cause ~ '^post:[0-9]+$' then 'post:' || split_part(cause, ':', 2)::bigint + $1::bigint * $2
                    else cause || ':copy:' || $1
                end,
                at + make_interval(secs => $5),
                -- The day of the copy of what it undid.
                case when counts_on is not null then (
                    (coalesce(
                        (
                            select undone.at
                            from metric_events as undone
                            where undone.cause = split_part(made.cause, ':', 1) || ':' || split_part(made.cause, ':', 2)
                                and undone.metric = made.metric
                                and undone.member_id = made.member_id
                        ),
                        counts_on::timestamp at time zone 'UTC'
                    ) + make_interval(secs => $5)) at time zone 'UTC'
                )::date end
            from metric_events as made
            where member_id <= $3
            "#,
            self.number,
            self.strides.posts,
            self.strides.members,
            self.many,
            self.ahead,
            SHIFT,
            self.board,
        )
        .execute(db)
        .await?;
        Ok(())
    }
}

/// Ids go on after the highest.
async fn sequences(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        select
            setval(pg_get_serial_sequence('members', 'id'), (select max(id) from members)) as members,
            setval(pg_get_serial_sequence('threads', 'id'), (select max(id) from threads)) as threads,
            setval(pg_get_serial_sequence('posts', 'id'), (select max(id) from posts)) as posts,
            setval(pg_get_serial_sequence('kudos', 'id'), (select max(id) from kudos)) as kudos,
            setval(pg_get_serial_sequence('acceptances', 'id'), (select max(id) from acceptances)) as acceptances
        "#,
    )
    .fetch_one(db)
    .await?;
    Ok(())
}
