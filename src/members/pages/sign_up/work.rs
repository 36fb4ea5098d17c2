//! Whether a browser is asked to work before a sign-up is taken, and what comes of it.

use crate::{
    app::App,
    config::RateLimits,
    error::{Error, Result},
    limits::{self, ALL_SIGN_UPS},
    members::{
        actions::Way,
        forms::SignUpForm,
        puzzle::{self, Work},
    },
    settings::ProofOfWork,
    web::Shell,
};
use time::OffsetDateTime;

const EVERYWHERE: &str = "everywhere";

/// Whether browsers are asked to work now.
pub(super) async fn is_asked(app: &App, shell: &Shell) -> Result<bool> {
    match shell.site.proof_of_work {
        ProofOfWork::Always => Ok(true),
        ProofOfWork::Attack if app.config.rate_limits == RateLimits::On => {
            let mut db = app.db.acquire().await?;
            Ok(limits::is_full(&mut db, ALL_SIGN_UPS, EVERYWHERE, shell.now).await?)
        }
        ProofOfWork::Attack | ProofOfWork::Off => Ok(false),
    }
}

/// By which way somebody comes who was not invited; nothing where their browser has to try again.
pub(super) async fn way(
    app: &App,
    shell: &Shell,
    form: &mut SignUpForm,
) -> Result<Option<Way<'static>>> {
    if !takes(app, shell).await? {
        return Ok(Some(Way::Straight));
    }
    Ok(match puzzle::judge(&app.sealer, &form.puzzle, &form.work, shell.now) {
        Work::Solved(solved) => Some(Way::Worked(solved)),
        Work::Untried => Some(Way::Slow),
        Work::Wrong => None,
    })
}

/// Whether this sign-up takes work. It counts as one of those that come from everywhere.
async fn takes(app: &App, shell: &Shell) -> Result<bool> {
    if shell.site.proof_of_work != ProofOfWork::Attack || app.config.rate_limits != RateLimits::On {
        return is_asked(app, shell).await;
    }
    let mut db = app.db.acquire().await?;
    match limits::take(&mut db, ALL_SIGN_UPS, EVERYWHERE, shell.now).await {
        Ok(()) => Ok(false),
        Err(Error::TooFast { .. }) => Ok(true),
        Err(error) => Err(error),
    }
}

/// Puts a puzzle into a form that has none that is good.
pub(super) fn set(app: &App, form: &mut SignUpForm, now: OffsetDateTime) -> Result<()> {
    if puzzle::judge(&app.sealer, &form.puzzle, &form.work, now) == Work::Wrong {
        form.puzzle = puzzle::draw(&app.sealer, now)?;
        form.work.clear();
    }
    Ok(())
}
