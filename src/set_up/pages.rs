use super::{
    actions::{self, Done, Guess},
    forms::{CodeForm, Deed, SetUpForm},
    gate::is_open,
    store,
};
use crate::{
    app::App,
    error::{Error, Result},
    kit::{Message, Rgb, Secret},
    members::{self, session::Browser},
    settings::{self, Kind},
    web::{self, Form, Page, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use time::OffsetDateTime;

/// What stands above these pages until the community has a name.
const NAMELESS: &str = "Candor";

#[derive(Template)]
#[template(path = "set_up/code.html")]
pub(super) struct EnterCode {
    shell: Shell,
    form: CodeForm,
    /// When it was printed; none where it is worth nothing any more.
    printed_at: Option<OffsetDateTime>,
}

#[derive(Template)]
#[template(path = "set_up/community.html")]
pub(super) struct EditCommunity {
    shell: Shell,
    form: SetUpForm,
}

#[derive(Template)]
#[template(path = "set_up/administrator.html")]
pub(super) struct EditAdministrator {
    shell: Shell,
    form: SetUpForm,
    /// Whether the code is to be shown once more.
    ask_code: bool,
}

#[derive(Template)]
#[template(path = "set_up/late.html")]
pub(super) struct TooLate {
    shell: Shell,
}

pub(super) async fn show(
    State(app): State<App>,
    mut shell: Shell,
    headers: HeaderMap,
) -> Result<Response> {
    if !is_open(&app).await? {
        return Err(Error::NotFound);
    }
    if !is_let_in(&app, &headers).await? {
        return Ok(Page(enter_code(&app, shell, CodeForm::default()).await?).into_response());
    }
    let form = SetUpForm::fresh(&shell);
    shell.site.community = NAMELESS.to_owned();
    Ok(Page(EditCommunity { shell, form }).into_response())
}

pub(super) async fn enter(
    State(app): State<App>,
    shell: Shell,
    jar: CookieJar,
    Form(mut form): Form<CodeForm>,
) -> Result<Response> {
    if !is_open(&app).await? {
        return Err(Error::NotFound);
    }
    match actions::enter(&app, &form.code).await? {
        Guess::Right(pass) => {
            return Ok((jar.add(web::set_up_cookie_for(&app, &pass)), web::see_other("/set-up"))
                .into_response());
        }
        Guess::Wrong => form.problems.add("code", "set-up-code-wrong"),
        Guess::Worthless => {}
    }
    Ok(web::unprocessable(&enter_code(&app, shell, form).await?))
}

async fn enter_code(app: &App, mut shell: Shell, form: CodeForm) -> Result<EnterCode> {
    let printed = store::printed(&mut *app.db.acquire().await?).await?;
    let printed_at = printed.filter(|code| code.is_good(shell.now)).map(|code| code.printed_at);
    shell.site.community = NAMELESS.to_owned();
    Ok(EnterCode { shell, form, printed_at })
}

pub(super) async fn create(
    State(app): State<App>,
    shell: Shell,
    headers: HeaderMap,
    browser: Browser,
    mut jar: CookieJar,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let mut let_in = is_let_in(&app, &headers).await?;
    if !is_open(&app).await? {
        // Whoever was let in learns what happened; to everybody else there is nothing here.
        return if let_in { Ok(too_late(shell)) } else { Err(Error::NotFound) };
    }
    let mut form = SetUpForm::of(sent)?;
    if !let_in && !form.code.is_empty() {
        match actions::enter(&app, &form.code).await? {
            Guess::Right(pass) => {
                jar = jar.add(web::set_up_cookie_for(&app, &pass));
                let_in = true;
            }
            Guess::Wrong => form.problems.add("code", "set-up-code-wrong"),
            Guess::Worthless => form.problems.add("code", "set-up-code-worthless"),
        }
    } else if !let_in {
        form.problems.add("code", "set-up-code-again");
    }
    let page = match form.deed {
        Deed::Back => Page(EditCommunity { shell: named(shell, &form), form }).into_response(),
        Deed::Onward => onward(shell, form, let_in),
        Deed::Finish => finish(&app, shell, form, &browser, &jar, let_in).await?,
    };
    Ok((jar, page).into_response())
}

/// To the last page, which also asks for the code where that is wrong.
fn onward(shell: Shell, mut form: SetUpForm, let_in: bool) -> Response {
    form.check_community();
    let shell = named(shell, &form);
    if form.problems.all().iter().all(|(field, _)| *field == "code") {
        return Page(EditAdministrator { shell, form, ask_code: !let_in }).into_response();
    }
    web::unprocessable(&EditCommunity { shell, form })
}

async fn finish(
    app: &App,
    shell: Shell,
    mut form: SetUpForm,
    browser: &Browser,
    jar: &CookieJar,
    let_in: bool,
) -> Result<Response> {
    let checked = form.check();
    if let Some(new) = checked.filter(|_| let_in) {
        match actions::found(app, new, browser).await? {
            Done::Founded(admission) => {
                let jar = web::without_set_up(app, jar.clone());
                let say = Some("flash-set-up");
                return Ok(members::admitted(app, jar, admission, "/admin", say));
            }
            Done::TooLate => return Ok(too_late(shell)),
            Done::TooWeak(weak) => form.problems.add("password", weak),
            Done::BoardTaken(field) => form.problems.add(field, "admin-slug-taken"),
            Done::HandleTaken => form.problems.add("handle", "handle-taken"),
        }
    }
    let of_last = |(field, _): &(&str, Message)| ADMINISTRATOR.contains(field);
    let shell = named(shell, &form);
    // What is wrong stands on the page that asks for it.
    Ok(match form.problems.all().iter().all(of_last) {
        true => web::unprocessable(&EditAdministrator { shell, form, ask_code: !let_in }),
        false => web::unprocessable(&EditCommunity { shell, form }),
    })
}

/// The fields of the last page.
const ADMINISTRATOR: [&str; 5] = ["handle", "name", "email", "password", "code"];

fn too_late(shell: Shell) -> Response {
    let mut response = Page(TooLate { shell }).into_response();
    *response.status_mut() = StatusCode::CONFLICT;
    response
}

async fn is_let_in(app: &App, headers: &HeaderMap) -> Result<bool> {
    let Some(pass): Option<Secret> = web::set_up_pass_of(app, headers) else { return Ok(false) };
    Ok(store::is_let_in(&mut *app.db.acquire().await?, &pass.hash(), app.now()).await?)
}

/// The page as the community will look: its name above, its color everywhere.
fn named(mut shell: Shell, form: &SetUpForm) -> Shell {
    let name = form.community.trim();
    shell.site.community = if name.is_empty() { NAMELESS } else { name }.to_owned();
    if Rgb::read(&form.brand_color.to_lowercase()).is_some() {
        shell.site.brand_color = form.brand_color.to_lowercase();
    }
    shell
}

impl EditCommunity {
    /// Who may become a member: what can be said, from the settings.
    fn ways_to_join(&self) -> &'static [settings::Choice] {
        match settings::entry("sign_up").map(|entry| entry.kind) {
            Some(Kind::Choice(choices)) => choices,
            _ => &[],
        }
    }
}

impl EditAdministrator {
    /// The names of the boards to be opened.
    fn boards(&self) -> String {
        let ticked = self.form.boards.iter().filter(|choice| choice.ticked);
        let names: Vec<&str> = ticked.map(|choice| choice.name.as_str()).collect();
        names.join(", ")
    }

    /// What a sign-up mode is called.
    fn way_to_join(&self) -> String {
        let entry = settings::entry("sign_up").and_then(|entry| entry.words(&self.form.sign_up));
        entry.map(|key| self.shell.t(key)).unwrap_or_default()
    }
}
