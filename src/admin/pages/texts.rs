use crate::{
    access::Admin,
    app::App,
    error::{Error, Result},
    kit::{Message, Problems},
    markup::{Html, LONGEST_SOURCE, TooMuch},
    papers::{self, Edit, Paper, Published},
    rendering::{self, Place},
    web::{self, Form, Page, Path, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};
use serde::Deserialize;

/// Which texts there are, and why those that are missing matter.
#[derive(Template)]
#[template(path = "admin/texts.html")]
pub(in crate::admin) struct ListTexts {
    shell: Shell,
}

#[derive(Template)]
#[template(path = "admin/text.html")]
pub(in crate::admin) struct EditText {
    shell: Shell,
    paper: Paper,
    form: TextForm,
    /// Whether it begins with a suggestion.
    suggested: bool,
    preview: Option<Html>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct TextForm {
    #[serde(default)]
    body: String,
    /// The version that it is written upon; 0 for none.
    #[serde(default)]
    upon: i32,
    #[serde(default)]
    consent: String,
    /// `preview` to see it first.
    #[serde(default)]
    deed: String,
    #[serde(skip)]
    problems: Problems,
}

pub(in crate::admin) async fn index(shell: Shell, _: Admin) -> Page<ListTexts> {
    Page(ListTexts { shell })
}

pub(in crate::admin) async fn edit(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Path(name): Path<String>,
) -> Result<Page<EditText>> {
    let paper = Paper::read(&name).ok_or(Error::NotFound)?;
    let held = papers::held(&mut *app.db.acquire().await?, paper).await?;
    let upon = held.as_ref().map_or(0, |held| held.version);
    let body = held.map(|held| held.source).filter(|source| !source.is_empty());
    let suggested = body.is_none();
    // The first terms are what members have not agreed to yet.
    let consent = if upon == 0 { "yes" } else { "" }.to_owned();
    let body = body.unwrap_or_else(|| paper.start().to_owned());
    let problems = Problems::default();
    let form = TextForm { body, upon, consent, deed: String::new(), problems };
    Ok(Page(EditText { shell, paper, form, suggested, preview: None }))
}

pub(in crate::admin) async fn update(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Path(name): Path<String>,
    Form(mut form): Form<TextForm>,
) -> Result<Response> {
    let paper = Paper::read(&name).ok_or(Error::NotFound)?;
    form.body = form.body.replace("\r\n", "\n").replace('\0', "").trim_end().to_owned();
    let mut preview = None;
    if form.body.len() > LONGEST_SOURCE {
        form.problems.add("body", "text-too-long");
    } else if form.deed == "preview" {
        let drawn = rendering::render(&form.body, Place::default()).await?;
        preview = drawn.map_err(|too_much| form.too_much(too_much)).ok();
    } else {
        let edit = Edit {
            source: form.body.clone(),
            needs_consent: form.consent == "yes",
            upon: form.upon,
        };
        match papers::publish(&app, &admin, paper, &edit).await? {
            Published::Holds => {
                let said = match form.body.is_empty() {
                    true => "flash-text-withdrawn",
                    false => "flash-text-published",
                };
                return Ok(web::see_other_saying("/admin/texts", said));
            }
            Published::Unfinished(blank) => {
                form.problems.add("body", Message::with("admin-text-unfinished", "blank", blank));
            }
            Published::Nothing => form.problems.add("body", "admin-text-nothing"),
            Published::TooMuch(too_much) => form.too_much(too_much),
            Published::Meanwhile => {
                let held = papers::held(&mut *app.db.acquire().await?, paper).await?;
                form.upon = held.map_or(0, |held| held.version);
                let message = Message::with("admin-text-meanwhile", "version", form.upon);
                form.problems.add("body", message);
            }
        }
    }
    let preview = preview.map(|rendered| rendered.html);
    let seen = form.problems.none();
    let page = EditText { shell, paper, form, suggested: false, preview };
    if seen {
        return Ok(axum::response::IntoResponse::into_response(Page(page)));
    }
    Ok(web::unprocessable(&page))
}

impl EditText {
    fn has_blanks(&self) -> bool {
        self.form.body.contains("[[")
    }
}

impl TextForm {
    fn too_much(&mut self, too_much: TooMuch) {
        let message = match too_much {
            TooMuch::TooLong { .. } => "text-too-long",
            TooMuch::TooDeep | TooMuch::TooLarge => "text-too-intricate",
        };
        self.problems.add("body", message);
    }
}
