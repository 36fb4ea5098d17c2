mod browser;
pub(super) mod close;
pub(super) mod confirm;
pub(super) mod factor_app;
pub(super) mod factors;
pub(super) mod invited;
pub(super) mod passkeys;
pub(super) mod profile;
pub(super) mod providers;
pub(super) mod reading;
pub(super) mod reset;
pub(super) mod second_step;
pub(super) mod security;
pub(super) mod sessions;
pub(super) mod settings;
pub(super) mod sign_in;
pub(super) mod sign_up;

use super::actions::Admission;
use crate::{
    app::App,
    error::Result,
    papers::{self, Paper},
    web::{self, Shell, safe_back},
};
use askama::Template;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;

/// A page that says one thing and offers one deed.
#[derive(Template)]
#[template(path = "members/say.html")]
struct Say {
    shell: Shell,
    title: String,
    words: String,
    /// Address and words of the button.
    deed: Option<(String, String)>,
}

/// The version of the terms that holds, where there are terms: who becomes a member agrees to it.
async fn terms_of(app: &App, shell: &Shell) -> Result<Option<i32>> {
    if !shell.has(Paper::Terms) {
        return Ok(None);
    }
    let held = papers::held(&mut *app.db.acquire().await?, Paper::Terms).await?;
    Ok(held.map(|held| held.version))
}

/// Lets somebody in as far as was decided: to `back`, with a sentence, or to their second step.
pub(crate) fn admitted(
    app: &App,
    jar: CookieJar,
    admission: Admission,
    back: &str,
    say: Option<&'static str>,
) -> Response {
    let back = safe_back(back);
    match admission {
        Admission::SignedIn(signed_in) => {
            let jar = web::without_step(app, jar).add(web::cookie_for(app, &signed_in.secret));
            let say = if signed_in.reopened { Some("flash-account-reopened") } else { say };
            let there = match say {
                Some(key) => web::see_other_saying(back, key),
                None => web::see_other(back),
            };
            (jar, there).into_response()
        }
        Admission::Waits(secret) => {
            let jar = jar.add(web::waiting_cookie_for(app, &secret));
            (jar, web::see_other("/sign-up/waiting")).into_response()
        }
        Admission::SecondStep(secret) => {
            let jar = jar.add(web::step_cookie_for(app, &secret));
            let back: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
            let there = format!("/sign-in/second-step?back={back}");
            let there = match say {
                Some(key) => web::see_other_saying(&there, key),
                None => web::see_other(&there),
            };
            (jar, there).into_response()
        }
    }
}
