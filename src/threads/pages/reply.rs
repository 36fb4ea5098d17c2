use super::show::{Part, ShowThread};
use crate::{
    app::App,
    error::{Error, Result},
    form_keys::FormKey,
    kit::ThreadId,
    markup::Html,
    members::Member,
    posts::{self, Replied, attached::Where, forms::ReplyForm, writing},
    threads::access,
    web::{self, Form, FormWithFiles, Page, Path, Shell},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

pub(in crate::threads) async fn create(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Path(id): Path<ThreadId>,
    Form(mut form): Form<ReplyForm>,
) -> Result<Response> {
    let new = form.check();
    if form.deed == "preview" {
        let preview = preview(&app, &member, id, &form.body).await?;
        return Ok(Page(again(&app, shell, id, form, preview).await?).into_response());
    }
    if let Some(new) = new {
        match posts::reply(&app, &member, id, &new).await? {
            Replied::At(location) => return Ok(web::see_other(&location)),
            Replied::FormChanged => {
                form.form_key = FormKey::fresh();
                form.problems.add("body", "form-changed");
            }
            Replied::TooMuch(too_much) => form.problems.add("body", writing::problem_of(too_much)),
        }
    }
    Ok(web::unprocessable(&again(&app, shell, id, form, None).await?))
}

/// Puts the files that came with the form into its text, and gives it back.
pub(in crate::threads) async fn attach(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Path(id): Path<ThreadId>,
    sent: FormWithFiles,
) -> Result<Response> {
    let thread = access::readable(&mut *app.db.acquire().await?, &shell.viewer, id).await?;
    if !thread.uploads || !thread.can(&shell.viewer).reply {
        return Err(Error::Refused("upload-refusal".into()));
    }
    let (mut form, files): (ReplyForm, _) = sent.read(&app, &member).await?;
    files.into_text(&app, &mut form.body, &mut form.problems).await?;
    let preview = preview(&app, &member, id, &form.body).await?;
    let refused = !form.problems.none();
    let page = again(&app, shell, id, form, preview).await?;
    Ok(if refused { web::unprocessable(&page) } else { Page(page).into_response() })
}

/// The thread's last page with the form as it was sent.
async fn again(
    app: &App,
    shell: Shell,
    id: ThreadId,
    form: ReplyForm,
    preview: Option<Html>,
) -> Result<ShowThread> {
    let mut db = app.db.acquire().await?;
    let thread = access::readable(&mut db, &shell.viewer, id).await?;
    let part = Part::Page(thread.last_page());
    let mut shown = ShowThread::of(&mut db, shell, thread, part).await?;
    if shown.form.is_none() {
        return Err(Error::Refused("thread-locked-refusal".into()));
    }
    shown.form = Some(form);
    shown.preview = preview;
    Ok(shown)
}

async fn preview(app: &App, member: &Member, thread: ThreadId, body: &str) -> Result<Option<Html>> {
    let place = Where { author: Some(member.id), thread: Some(thread), post: None };
    writing::preview(app, body, place).await
}
