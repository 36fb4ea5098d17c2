use super::open::Ground;
use crate::{
    backup::{Place, Tools},
    config::Config,
};
use anyhow::{Context, Result};
use sqlx::{ConnectOptions, Connection};

/// The ground as `backup` wants it.
///
/// # Errors
/// A login that may not act as the owner; no programs of the right version.
pub(super) async fn place<'a>(config: &'a Config, ground: &'a Ground) -> Result<Place<'a>> {
    let owner = ground.owner()?;
    let db = owner.connect().await.context("the database does not take the connection")?;
    let number = db.server_version_num().context("the database does not say its version")?;
    db.close().await?;
    let folders = ground.opened.bin_dir.clone().into_iter().chain(config.pg_bin.clone());
    let url = config.owner_database_url.as_ref().or(config.database_url.as_ref());
    let tools = Tools::find(number / 10_000, folders, owner, url).await?;
    Ok(Place { owner, admin: &ground.admin, tools, data: &config.data })
}
