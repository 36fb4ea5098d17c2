use super::draft::{Draft, Place, Text};
use crate::{
    form_keys::FormKey,
    kit::{DraftId, MemberId, PostId, ThreadId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Drafts of `$1` that `$which` finds, without those whose form was sent. Written once; the macro joins
/// literals, so every query is checked against the schema.
macro_rules! draft {
    ($db:expr, $member:expr, $which:literal $(, $of:expr)*) => {
        sqlx::query_as!(
            Draft,
            r#"
        select
            drafts.id,
            drafts.thread_id,
            drafts.post_id,
            drafts.form_key,
            drafts.board,
            drafts.title,
            drafts.tags,
            drafts.body,
            drafts.reply_to,
            drafts.version,
            drafts.saved_at
        from drafts
        where drafts.member_id = $1
            and not exists (
                select
                from form_keys
                where form_keys.member_id = $1
                    and form_keys.route in ('reply', 'thread')
                    and form_keys.key = drafts.form_key
            )
            "# + $which,
            $member.0
            $(, $of)*
        )
        .fetch_optional($db)
        .await
    };
}

/// What a member was writing there.
pub(super) async fn at(
    db: &mut PgConnection,
    member: MemberId,
    place: Place,
) -> sqlx::Result<Option<Draft>> {
    draft!(db, member, "and drafts.place = $2", place.name())
}

pub(super) async fn by_id(
    db: &mut PgConnection,
    member: MemberId,
    id: DraftId,
) -> sqlx::Result<Option<Draft>> {
    draft!(db, member, "and drafts.id = $2", id.0)
}

/// What a member was changing in a post.
pub(crate) async fn of_post(
    db: &mut PgConnection,
    member: MemberId,
    post: PostId,
) -> sqlx::Result<Option<Draft>> {
    at(db, member, Place::Edit(post)).await
}

/// One thread not yet begun.
pub(crate) async fn of_new_thread(
    db: &mut PgConnection,
    member: MemberId,
    id: DraftId,
) -> sqlx::Result<Option<Draft>> {
    draft!(
        db,
        member,
        "and drafts.id = $2 and drafts.thread_id is null and drafts.post_id is null",
        id.0
    )
}

/// The thread not yet begun that was worked on last, on this board if one is named.
pub(crate) async fn newest_new_thread(
    db: &mut PgConnection,
    member: MemberId,
    board: &str,
) -> sqlx::Result<Option<Draft>> {
    draft!(
        db,
        member,
        r#"
            and drafts.thread_id is null
            and drafts.post_id is null
            and ($2 = '' or drafts.board = $2)
        order by drafts.saved_at desc, drafts.id desc
        limit 1
        "#,
        board
    )
}

/// Writes a draft where there is none, unless the member has so many already; returns whether it did.
pub(super) async fn insert(
    db: &mut PgConnection,
    member: MemberId,
    place: Place,
    text: &Text,
    version: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let (thread, post) = match place {
        Place::New(_) => (None, None),
        Place::Reply(thread, _) => (Some(thread), None),
        Place::Edit(post) => (None, Some(post)),
    };
    let done = sqlx::query!(
        r#"
        insert into drafts (
            member_id, place, thread_id, post_id, form_key, board, title, tags, body, reply_to, version, saved_at
        )
        select
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
        where (select count(*) from drafts where member_id = $1) < 200
        on conflict (member_id, place) do nothing
        "#,
        member.0,
        place.name(),
        thread.map(|ThreadId(id)| id),
        post.map(|PostId(id)| id),
        place.key().map(FormKey::uuid),
        text.board,
        text.title,
        text.tags,
        text.body,
        text.reply_to,
        version,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Saves a draft once more, if it still is as it was `seen`; returns whether it was.
pub(super) async fn update(
    db: &mut PgConnection,
    member: MemberId,
    place: Place,
    text: &Text,
    seen: Uuid,
    version: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        update drafts
        set
            board = $4,
            form_key = $5,
            title = $6,
            tags = $7,
            body = $8,
            reply_to = $9,
            version = $10,
            saved_at = $11
        where member_id = $1
            and place = $2
            and version = $3
        "#,
        member.0,
        place.name(),
        seen,
        text.board,
        place.key().map(FormKey::uuid),
        text.title,
        text.tags,
        text.body,
        text.reply_to,
        version,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets a draft whose text was emptied, if it still is as it was `seen`.
pub(super) async fn empty(
    db: &mut PgConnection,
    member: MemberId,
    place: Place,
    seen: Option<Uuid>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from drafts where member_id = $1 and place = $2 and version = $3",
        member.0,
        place.name(),
        seen,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets the draft that a form was sent for. One that another form keeps there, on another device, stays.
pub(crate) async fn posted(
    db: &mut PgConnection,
    member: MemberId,
    place: Place,
    key: FormKey,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        delete from drafts
        where member_id = $1
            and place = $2
            and form_key = $3
        "#,
        member.0,
        place.name(),
        key.uuid(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets what was written for a change of a post that is made: the version that was gone on with, or one with the
/// same words. Another one stays, on whatever device it was written.
pub(crate) async fn edited(
    db: &mut PgConnection,
    member: MemberId,
    post: PostId,
    version: Option<Uuid>,
    body: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        delete from drafts
        where member_id = $1
            and place = $2
            and (version = $3 or rtrim(body) = $4)
        "#,
        member.0,
        Place::Edit(post).name(),
        version,
        body,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets what was written there, whatever form it is of.
pub(crate) async fn forget(
    db: &mut PgConnection,
    member: MemberId,
    place: Place,
) -> sqlx::Result<()> {
    sqlx::query!("delete from drafts where member_id = $1 and place = $2", member.0, place.name(),)
        .execute(db)
        .await?;
    Ok(())
}

/// Forgets one draft.
pub(super) async fn discard(
    db: &mut PgConnection,
    member: MemberId,
    id: DraftId,
) -> sqlx::Result<()> {
    sqlx::query!("delete from drafts where member_id = $1 and id = $2", member.0, id.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Takes away up to `most` drafts that were last saved before `before`; returns how many.
pub(crate) async fn forget_old(
    db: &mut PgConnection,
    before: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        delete from drafts
        where id in (
            select id
            from drafts
            where saved_at <= $1
            order by saved_at
            limit $2
            for update skip locked
        )
        "#,
        before,
        most,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Takes away up to `most` drafts whose form was sent since: a late saving brought them back. Returns how many.
pub(crate) async fn forget_sent(db: &mut PgConnection, most: i64) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        delete from drafts
        where id in (
            select drafts.id
            from form_keys
            join drafts on drafts.member_id = form_keys.member_id
                and drafts.form_key = form_keys.key
            where form_keys.route in ('reply', 'thread')
            limit $1
            for update of drafts skip locked
        )
        "#,
        most,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}
