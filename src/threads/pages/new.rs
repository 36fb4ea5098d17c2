use crate::{
    app::App,
    drafts,
    error::Result,
    form_keys::{self, FormKey},
    kit::{DraftId, Message},
    markup::Html,
    members::Member,
    posts::{attached::Where, composer::Composer, writing},
    threads::{
        ThreadLine,
        actions::{self, Started},
        forms::ThreadForm,
        similar,
        views::{self, Choice},
    },
    web::{self, Form, FormWithFiles, Page, Query, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

/// The page on which threads begin.
#[derive(Template)]
#[template(path = "threads/new.html")]
pub(in crate::threads) struct NewThreadPage {
    shell: Shell,
    form: ThreadForm,
    boards: Vec<Choice>,
    preview: Option<Html>,
    /// Threads like the one that is about to be begun.
    similar: Vec<ThreadLine>,
}

/// Threads like a title: a fragment for the form.
#[derive(Template)]
#[template(path = "threads/similar.html")]
pub(in crate::threads) struct Similar {
    shell: Shell,
    similar: Vec<ThreadLine>,
}

impl NewThreadPage {
    /// Whether the chosen board takes questions, or none is chosen yet.
    fn asks(&self) -> bool {
        self.boards
            .iter()
            .find(|board| board.slug == self.form.board)
            .is_none_or(|board| board.asks)
    }

    fn composer(&self) -> Composer {
        Composer {
            place: "ask".to_owned(),
            thread: None,
            label: if self.asks() { "ask-body" } else { "start-body" },
            placeholder: "ask-body-placeholder",
            help: "composer-help",
            quote: String::new(),
            send: None,
            cancel: None,
            attach: Some("/ask/attach".to_owned()),
            tall: true,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::threads) struct Asked {
    #[serde(default)]
    board: String,
    /// The draft to go on with, where it is not the last.
    draft: Option<DraftId>,
    /// Whether to begin with nothing, whatever was begun before.
    #[serde(default)]
    fresh: bool,
}

pub(in crate::threads) async fn show(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Page<NewThreadPage>> {
    let mut db = app.db.acquire().await?;
    let boards = views::choices(&mut db, Some(member.id.0)).await?;
    let draft = match asked.draft {
        _ if asked.fresh => None,
        Some(id) => drafts::store::of_new_thread(&mut db, member.id, id).await?,
        None => drafts::store::newest_new_thread(&mut db, member.id, &asked.board).await?,
    };
    let mut form = ThreadForm::fresh(asked.board);
    if let Some(draft) = draft {
        form.go_on(draft);
    }
    Ok(Page(NewThreadPage { shell, form, boards, preview: None, similar: Vec::new() }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::threads) struct Typed {
    #[serde(default)]
    title: String,
}

/// While a title is typed.
pub(in crate::threads) async fn similar(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Query(typed): Query<Typed>,
) -> Result<Page<Similar>> {
    let mut db = app.db.acquire().await?;
    let similar = similar::to(&mut db, Some(member.id.0), &typed.title).await?;
    Ok(Page(Similar { shell, similar }))
}

pub(in crate::threads) async fn create(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Form(mut form): Form<ThreadForm>,
) -> Result<Response> {
    let new = form.check();
    let boards = views::choices(&mut *app.db.acquire().await?, Some(member.id.0)).await?;
    if form.deed == "preview" {
        let preview = preview(&app, &member, &form.body).await?;
        return Ok(Page(NewThreadPage { shell, form, boards, preview, similar: Vec::new() })
            .into_response());
    }
    let asks = boards.iter().any(|board| board.slug == form.board && board.asks);
    if new.is_some() && asks && form.deed == "post" && form.similar != "seen" {
        let similar = before_posting(&app, &member, &form).await?;
        if !similar.is_empty() {
            let page = NewThreadPage { shell, form, boards, preview: None, similar };
            return Ok(Page(page).into_response());
        }
    }
    if let Some(new) = new {
        match actions::start(&app, &member, &new).await? {
            Started::At(location) => return Ok(web::see_other(&location)),
            Started::FormChanged => {
                form.form_key = FormKey::fresh();
                form.problems.add("body", "form-changed");
            }
            Started::TooMuch(too_much) => form.problems.add("body", writing::problem_of(too_much)),
            Started::Restricted(tag) => {
                form.problems.add("tags", Message::with("thread-tag-restricted", "tag", tag));
            }
        }
    }
    let page = NewThreadPage { shell, form, boards, preview: None, similar: Vec::new() };
    Ok(web::unprocessable(&page))
}

/// What somebody is shown who was shown nothing while typing; nothing where the form was sent before, whose
/// thread would be the most similar of all.
async fn before_posting(app: &App, member: &Member, form: &ThreadForm) -> Result<Vec<ThreadLine>> {
    let mut db = app.db.acquire().await?;
    if form_keys::is_used(&mut db, member.id, form_keys::THREAD, form.form_key).await? {
        return Ok(Vec::new());
    }
    Ok(similar::to(&mut db, Some(member.id.0), &form.title).await?)
}

/// Puts the files that came with the form into its text, and gives it back.
pub(in crate::threads) async fn attach(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    sent: FormWithFiles,
) -> Result<Response> {
    let (mut form, files): (ThreadForm, _) = sent.read(&app, &member).await?;
    files.into_text(&app, &mut form.body, &mut form.problems).await?;
    let boards = views::choices(&mut *app.db.acquire().await?, Some(member.id.0)).await?;
    let preview = preview(&app, &member, &form.body).await?;
    let refused = !form.problems.none();
    let page = NewThreadPage { shell, form, boards, preview, similar: Vec::new() };
    Ok(if refused { web::unprocessable(&page) } else { Page(page).into_response() })
}

async fn preview(app: &App, member: &Member, body: &str) -> Result<Option<Html>> {
    let place = Where { author: Some(member.id), ..Where::default() };
    writing::preview(app, body, place).await
}
