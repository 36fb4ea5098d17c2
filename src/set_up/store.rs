use sqlx::PgConnection;
use time::OffsetDateTime;

/// Puts a new code in place of the one before, and ends what that one opened.
pub(super) async fn renew(
    db: &mut PgConnection,
    code_hash: &[u8],
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!("delete from set_up_passes").execute(&mut *db).await?;
    sqlx::query!(
        r#"
        insert into set_up_code (code_hash, printed_at, expires_at)
        values ($1, $2, $3)
        on conflict (only_row) do update
        set code_hash = $1, printed_at = $2, expires_at = $3, wrong_guesses = 0
        "#,
        code_hash,
        now,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The code as it stands.
pub(super) struct Printed {
    pub(super) code_hash: Vec<u8>,
    pub(super) printed_at: OffsetDateTime,
    pub(super) expires_at: OffsetDateTime,
    pub(super) wrong_guesses: i32,
}

pub(super) async fn printed(db: &mut PgConnection) -> sqlx::Result<Option<Printed>> {
    sqlx::query_as!(
        Printed,
        "select code_hash, printed_at, expires_at, wrong_guesses from set_up_code",
    )
    .fetch_optional(db)
    .await
}

/// The same, held until the transaction ends: guesses, and those who finish, come one after the other.
pub(super) async fn held(db: &mut PgConnection) -> sqlx::Result<Option<Printed>> {
    sqlx::query_as!(
        Printed,
        "select code_hash, printed_at, expires_at, wrong_guesses from set_up_code for update",
    )
    .fetch_optional(db)
    .await
}

pub(super) async fn count_wrong(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("update set_up_code set wrong_guesses = wrong_guesses + 1").execute(db).await?;
    Ok(())
}

/// Lets a browser in that has shown the code.
pub(super) async fn let_in(
    db: &mut PgConnection,
    token_hash: &[u8],
    expires_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into set_up_passes (token_hash, expires_at) values ($1, $2)",
        token_hash,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn is_let_in(
    db: &mut PgConnection,
    token_hash: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let found = sqlx::query!(
        "select expires_at from set_up_passes where token_hash = $1 and expires_at > $2",
        token_hash,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(found.is_some())
}

/// Set-up is over. Passes stay, so that whoever comes too late is told why.
pub(super) async fn forget_code(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("delete from set_up_code").execute(db).await?;
    Ok(())
}

/// Passes that are worth nothing any more.
pub(super) async fn forget_passes(db: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("delete from set_up_passes where expires_at <= $1", now).execute(db).await?;
    Ok(())
}
