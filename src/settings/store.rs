use super::Settings;
use sqlx::PgConnection;

/// The settings as they are now.
///
/// # Errors
/// Those of the database.
pub async fn current(db: &mut PgConnection) -> sqlx::Result<Settings> {
    sqlx::query_as!(Settings, "select community, brand, welcome from settings").fetch_one(db).await
}

/// Says anew what the community is called and how it welcomes.
///
/// # Errors
/// Those of the database.
pub async fn change(db: &mut PgConnection, settings: &Settings) -> sqlx::Result<()> {
    sqlx::query!(
        "update settings set community = $1, brand = $2, welcome = $3",
        settings.community,
        settings.brand,
        settings.welcome,
    )
    .execute(db)
    .await?;
    Ok(())
}
