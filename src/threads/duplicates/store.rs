use crate::kit::{BoardId, MemberId, ThreadId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// "dupl" in ASCII.
const LOCK: i64 = 0x6475_706c;

/// Holds all joining and parting until the transaction ends, so that two at once cannot lead in a circle.
pub(crate) async fn hold(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!(r#"select pg_advisory_xact_lock($1)::text as "held""#, LOCK).fetch_one(db).await?;
    Ok(())
}

/// Keeps anybody from joining or parting until the transaction ends.
pub(super) async fn hold_shared(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!(r#"select pg_advisory_xact_lock_shared($1)::text as "held""#, LOCK)
        .fetch_one(db)
        .await?;
    Ok(())
}

/// What a question is a duplicate of.
pub(crate) async fn original_of(
    db: &mut PgConnection,
    thread: ThreadId,
) -> sqlx::Result<Option<ThreadId>> {
    sqlx::query_scalar!(
        r#"select original_id as "original_id: ThreadId" from duplicates where thread_id = $1"#,
        thread.0,
    )
    .fetch_optional(db)
    .await
}

/// Whether everybody who may read the one board may read the other.
pub(super) async fn readers_included(
    db: &mut PgConnection,
    these: BoardId,
    there: BoardId,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select readers_included($1, $2) as "included!""#, these.0, there.0)
        .fetch_one(db)
        .await
}

/// The duplicates of an original.
pub(super) async fn duplicates_of(
    db: &mut PgConnection,
    original: ThreadId,
) -> sqlx::Result<Vec<ThreadId>> {
    sqlx::query_scalar!(
        r#"select thread_id as "thread_id: ThreadId" from duplicates where original_id = $1"#,
        original.0,
    )
    .fetch_all(db)
    .await
}

/// What leads to a question, straight or by way of others.
pub(super) async fn below(db: &mut PgConnection, thread: ThreadId) -> sqlx::Result<Vec<ThreadId>> {
    sqlx::query_scalar!(
        r#"
        with recursive below as (
            select duplicates.thread_id
            from duplicates
            where duplicates.named_id = $1
            union
            select duplicates.thread_id
            from below
            join duplicates on duplicates.named_id = below.thread_id
        )
        select thread_id as "thread_id!: ThreadId"
        from below
        "#,
        thread.0,
    )
    .fetch_all(db)
    .await
}

pub(super) async fn insert(
    db: &mut PgConnection,
    thread: ThreadId,
    (named, original): (ThreadId, ThreadId),
    by: Option<MemberId>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into duplicates (thread_id, named_id, original_id, joined_by, joined_at)
        values ($1, $2, $3, $4, $5)
        "#,
        thread.0,
        named.0,
        original.0,
        by.map(|by| by.0),
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn delete(db: &mut PgConnection, thread: ThreadId) -> sqlx::Result<()> {
    sqlx::query!("delete from duplicates where thread_id = $1", thread.0).execute(db).await?;
    Ok(())
}

/// Leads these duplicates to another original.
pub(super) async fn lead(
    db: &mut PgConnection,
    threads: &[ThreadId],
    original: ThreadId,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update duplicates set original_id = $2 where thread_id = any ($1)",
        &numbers(threads),
        original.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Carries over who has the problem of these duplicates, and who asked there; returns how many came. Nobody comes
/// from where not everybody who reads the original may read, from what is closed, or to an archived board.
pub(super) async fn carry(
    db: &mut PgConnection,
    from: &[ThreadId],
    to: ThreadId,
    people: Option<&[MemberId]>,
) -> sqlx::Result<u64> {
    let people = people.map(ids);
    let done = sqlx::query!(
        r#"
        insert into me_toos (thread_id, member_id, about, at, carried_from)
        select distinct on (said.member_id) $2, said.member_id, said.about, said.at, said.thread_id
        from (
            select me_toos.thread_id, me_toos.member_id, me_toos.about, me_toos.at
            from me_toos
            where me_toos.thread_id = any ($1)
                and me_toos.carried_from is null
                and ($3::bigint[] is null or me_toos.member_id = any ($3))
            union all
            select asked.id, asked.author_id, '', asked.started_at
            from threads as asked
            where asked.id = any ($1)
                and ($3::bigint[] is null or asked.author_id = any ($3))
        ) as said
        join threads as duplicate on duplicate.id = said.thread_id
        join threads as original on original.id = $2
        join boards on boards.id = original.board_id
        where duplicate.closed_at is null
            and boards.archived_at is null
            and said.member_id <> original.author_id
            and readers_included(original.board_id, duplicate.board_id)
        order by said.member_id, said.at, said.thread_id
        on conflict do nothing
        "#,
        &numbers(from),
        to.0,
        people.as_deref(),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Takes away what was carried over from these; returns whose it was.
pub(super) async fn give_back(
    db: &mut PgConnection,
    original: ThreadId,
    from: &[ThreadId],
    people: Option<&[MemberId]>,
) -> sqlx::Result<Vec<MemberId>> {
    let people = people.map(ids);
    sqlx::query_scalar!(
        r#"
        delete from me_toos
        where thread_id = $1
            and carried_from = any ($2)
            and ($3::bigint[] is null or member_id = any ($3))
        returning member_id as "member_id: MemberId"
        "#,
        original.0,
        &numbers(from),
        people.as_deref(),
    )
    .fetch_all(db)
    .await
}

/// Those of them who do not have the problem of a question.
pub(super) async fn without(
    db: &mut PgConnection,
    thread: ThreadId,
    people: &[MemberId],
) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar!(
        r#"
        select people.id as "id!: MemberId"
        from unnest($2::bigint[]) as people (id)
        where not exists (
            select
            from me_toos
            where me_toos.thread_id = $1
                and me_toos.member_id = people.id
        )
        "#,
        thread.0,
        &ids(people),
    )
    .fetch_all(db)
    .await
}

fn numbers(threads: &[ThreadId]) -> Vec<i64> {
    threads.iter().map(|thread| thread.0).collect()
}

fn ids(people: &[MemberId]) -> Vec<i64> {
    people.iter().map(|member| member.0).collect()
}
