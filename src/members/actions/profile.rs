use crate::{
    app::App,
    error::{Error, Result},
    members::{Member, Reading, store},
    rendering::{self, Place},
    reputation,
};

/// Has a member stand on leaderboards, or on none.
///
/// # Errors
/// Those of the database.
pub(in crate::members) async fn stand_on_leaderboards(
    app: &App,
    member: &Member,
    listed: bool,
) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    store::set_listed(&mut tx, member.id, listed, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Shows pages to a member as they like, wherever they sign in.
///
/// # Errors
/// Those of the database.
pub(in crate::members) async fn read_as(
    app: &App,
    member: &Member,
    reading: Reading,
) -> Result<()> {
    let mut tx = app.db.begin().await?;
    store::set_reading(&mut tx, member.id, &reading.to_string()).await?;
    tx.commit().await?;
    Ok(())
}

/// Changes what a member says of themselves; false where the text is too intricate to show.
///
/// # Errors
/// [`Error::SignInFirst`] where the account was closed meanwhile; those of the database.
pub async fn edit_profile(app: &App, member: &Member, name: &str, about: &str) -> Result<bool> {
    let Ok(rendered) = rendering::render(about, Place::default()).await? else {
        return Ok(false);
    };
    let mut tx = app.db.begin().await?;
    if !store::set_words(&mut tx, member.id, name, about, rendered.html.as_str()).await? {
        return Err(Error::SignInFirst);
    }
    reputation::ledger::settle(&mut tx, &[member.id], app.now()).await?;
    tx.commit().await?;
    Ok(true)
}
