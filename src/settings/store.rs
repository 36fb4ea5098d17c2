use super::{Entry, Settings};
use serde_json::Value;
use sqlx::{PgConnection, types::Json};

/// The settings as they are now.
///
/// # Errors
/// Those of the database.
pub async fn current(db: &mut PgConnection) -> sqlx::Result<Settings> {
    let row =
        sqlx::query!(r#"select to_jsonb(settings) as "settings!: Json<Settings>" from settings"#)
            .fetch_one(db)
            .await?;
    Ok(row.settings.0)
}

/// The same, and nobody changes them until the transaction ends.
///
/// # Errors
/// Those of the database.
pub async fn locked(db: &mut PgConnection) -> sqlx::Result<Settings> {
    let row = sqlx::query!(
        r#"select to_jsonb(settings) as "settings!: Json<Settings>" from settings for update"#
    )
    .fetch_one(db)
    .await?;
    Ok(row.settings.0)
}

/// Says one of them anew; the value is one that [`Entry::check`] made.
///
/// # Errors
/// Those of the database.
pub async fn set(db: &mut PgConnection, entry: &Entry, value: &Value) -> sqlx::Result<()> {
    sqlx::query!("select set_setting($1, $2)", entry.name, value).execute(db).await?;
    Ok(())
}
