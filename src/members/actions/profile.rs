use crate::{
    app::App,
    error::{Error, Result},
    members::{Member, store},
    rendering::{self, Place},
};

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
    tx.commit().await?;
    Ok(true)
}
