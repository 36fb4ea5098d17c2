use sqlx::PgConnection;

/// Me-toos that were carried over from what is no duplicate of the question where they are.
pub(in crate::doctor) async fn carried(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from me_toos
        where carried_from is not null
            and not exists (
                select
                from duplicates
                where duplicates.thread_id = me_toos.carried_from
                    and duplicates.original_id = me_toos.thread_id
            )
        "#,
    )
    .fetch_one(db)
    .await
}

pub(in crate::doctor) async fn mend_carried(db: &mut PgConnection) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        delete from me_toos
        where carried_from is not null
            and not exists (
                select
                from duplicates
                where duplicates.thread_id = me_toos.carried_from
                    and duplicates.original_id = me_toos.thread_id
            )
        "#,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Threads that count other me-toos than there are.
pub(in crate::doctor) async fn me_toos(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from threads
        where me_toos <> (select count(*) from me_toos where me_toos.thread_id = threads.id)
        "#,
    )
    .fetch_one(db)
    .await
}

pub(in crate::doctor) async fn mend_me_toos(db: &mut PgConnection) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        update threads
        set me_toos = counted.me_toos
        from (
            select
                threads.id,
                (select count(*) from me_toos where me_toos.thread_id = threads.id) as me_toos
            from threads
        ) as counted
        where counted.id = threads.id
            and counted.me_toos <> threads.me_toos
        "#,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Acceptances that count other answers than were given.
pub(in crate::doctor) async fn tallies(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from acceptances
        cross join lateral (
            select
                count(*) filter (where confirmations.answer = 'solved') as confirmed,
                count(*) as answered
            from confirmations
            where confirmations.acceptance_id = acceptances.id
        ) as given
        where (acceptances.confirmed, acceptances.answered) <> (given.confirmed, given.answered)
        "#,
    )
    .fetch_one(db)
    .await
}

pub(in crate::doctor) async fn mend_tallies(db: &mut PgConnection) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        update acceptances
        set confirmed = given.confirmed, answered = given.answered
        from (
            select
                acceptances.id,
                count(*) filter (where confirmations.answer = 'solved') as confirmed,
                count(confirmations.member_id) as answered
            from acceptances
            left join confirmations on confirmations.acceptance_id = acceptances.id
            group by acceptances.id
        ) as given
        where given.id = acceptances.id
            and (acceptances.confirmed, acceptances.answered) <> (given.confirmed, given.answered)
        "#,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Words that a title has and the list of words lacks, or the other way about.
pub(in crate::doctor) async fn words(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from (
            select threads.id, words.lexeme, threads.board_id
            from threads
            cross join lateral unnest(to_tsvector('english', threads.title)) as words
            where threads.closed_at is null
        ) as said
        full join thread_words on thread_words.thread_id = said.id
            and thread_words.word = said.lexeme
            and thread_words.board_id = said.board_id
        where said.id is null
            or thread_words.thread_id is null
        "#,
    )
    .fetch_one(db)
    .await
}

pub(in crate::doctor) async fn mend_words(db: &mut PgConnection) -> sqlx::Result<u64> {
    let gone = sqlx::query!(
        r#"
        delete from thread_words
        using threads
        where threads.id = thread_words.thread_id
            and not exists (
                -- A closed thread has none.
                select
                from unnest(to_tsvector('english', threads.title)) as words
                where words.lexeme = thread_words.word
                    and threads.board_id = thread_words.board_id
                    and threads.closed_at is null
            )
        "#,
    )
    .execute(&mut *db)
    .await?;
    let come = sqlx::query!(
        r#"
        insert into thread_words (thread_id, word, board_id)
        select threads.id, words.lexeme, threads.board_id
        from threads
        cross join lateral unnest(to_tsvector('english', threads.title)) as words
        where threads.closed_at is null
        on conflict do nothing
        "#,
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected() + come.rows_affected())
}

/// Tags that stand beside another board than that of their thread, or beside none: no page of the tag lists it.
pub(in crate::doctor) async fn tag_boards(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from thread_tags
        join threads on threads.id = thread_tags.thread_id
        where thread_tags.board_id is distinct from threads.board_id
        "#,
    )
    .fetch_one(db)
    .await
}

pub(in crate::doctor) async fn mend_tag_boards(db: &mut PgConnection) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        update thread_tags
        set board_id = threads.board_id
        from threads
        where threads.id = thread_tags.thread_id
            and thread_tags.board_id is distinct from threads.board_id
        "#,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Threads that say that staff replied where what they replied cannot be read.
pub(in crate::doctor) async fn staff_replies(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from threads
        where staff_replied_at is not null
            and not exists (
                select
                from posts
                where posts.thread_id = threads.id
                    and posts.position > 1
                    and posts.written_at = threads.staff_replied_at
                    and posts.deleted_at is null
                    and posts.removed_at is null
            )
        "#,
    )
    .fetch_one(db)
    .await
}

pub(in crate::doctor) async fn mend_staff_replies(db: &mut PgConnection) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        update threads
        set staff_replied_at = (
            select min(posts.written_at)
            from posts
            where posts.thread_id = threads.id
                and posts.position > 1
                and posts.deleted_at is null
                and posts.removed_at is null
                and exists (
                    select
                    from member_roles
                    where member_roles.member_id = posts.author_id
                        and member_roles.role in ('staff', 'admin')
                )
        )
        where staff_replied_at is not null
            and not exists (
                select
                from posts
                where posts.thread_id = threads.id
                    and posts.position > 1
                    and posts.written_at = threads.staff_replied_at
                    and posts.deleted_at is null
                    and posts.removed_at is null
            )
        "#,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}
