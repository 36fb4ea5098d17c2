use super::{
    actions, copy,
    forms::CopyForm,
    store::copies::{self, Copy},
};
use crate::{
    app::App,
    error::{Error, Result},
    kit::MemberId,
    members::{self, Member, session::Browser},
    web::{self, Form, Page, Shell},
};
use askama::Template;
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use futures_util::{
    StreamExt, TryStreamExt,
    future::ready,
    stream::{self, BoxStream},
};
use time::OffsetDateTime;

/// What the community holds about a member, and the copy of it.
#[derive(Template)]
#[template(path = "privacy/show.html")]
pub(super) struct ShowData {
    shell: Shell,
    copy: Option<Copy>,
    has_password: bool,
    form: CopyForm,
}

impl ShowData {
    async fn of(app: &App, shell: Shell, member: &Member, form: CopyForm) -> Result<Self> {
        let mut db = app.db.acquire().await?;
        let copy = copies::of_member(&mut db, member.id, shell.now).await?;
        let has_password = members::has_password(&mut db, member.id).await?;
        Ok(Self { shell, copy, has_password, form })
    }

    /// What will be in the copy.
    fn subjects(&self) -> Vec<String> {
        copy::SUBJECTS.iter().map(|subject| self.shell.t(subject.words)).collect()
    }
}

impl Copy {
    fn kilobytes(&self) -> i64 {
        (self.bytes / 1024).max(1)
    }
}

pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    member: Member,
) -> Result<Page<ShowData>> {
    Ok(Page(ShowData::of(&app, shell, &member, CopyForm::default()).await?))
}

pub(super) async fn create(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    browser: Browser,
    Form(form): Form<CopyForm>,
) -> Result<Response> {
    if actions::ask(&app, &member, form.password(), &browser).await? {
        return Ok(web::see_other_saying("/settings/data", "flash-copy-asked"));
    }
    let mut page = ShowData::of(&app, shell, &member, form).await?;
    page.form.problems.add("password", members::not_you(page.has_password));
    Ok(web::unprocessable(&page))
}

/// Hands the copy out piece by piece; each is a short query, or a content of the store read as it is sent,
/// however slow the line.
pub(super) async fn download(State(app): State<App>, member: Member) -> Result<Response> {
    let found = copies::of_member(&mut *app.db.acquire().await?, member.id, app.now()).await?;
    let copy = found.ok_or(Error::NotFound)?;
    let ready_at = copy.ready_at.ok_or(Error::NotFound)?;
    let name = copy::file_name(&member.handle, ready_at);
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CONTENT_LENGTH, copy.bytes.to_string()),
        // It is compressed already.
        (header::CONTENT_ENCODING, "identity".to_owned()),
    ];
    let pieces = stream::try_unfold((app, 0), move |(app, number)| async move {
        let piece = piece(&app, member.id, ready_at, number).await?;
        Ok::<_, anyhow::Error>(piece.map(|piece| (piece, (app, number + 1))))
    });
    Ok((headers, Body::from_stream(pieces.try_flatten())).into_response())
}

async fn piece(
    app: &App,
    member: MemberId,
    ready_at: OffsetDateTime,
    number: i32,
) -> anyhow::Result<Option<BoxStream<'static, anyhow::Result<Bytes>>>> {
    let part = copies::part(&mut *app.db.acquire().await?, member, ready_at, number).await?;
    let Some(part) = part else { return Ok(None) };
    if let Some((content, bytes)) = part.content() {
        let content = app.blobs.open(content, 0..bytes).await?;
        return Ok(Some(content.map_err(anyhow::Error::from).boxed()));
    }
    Ok(Some(stream::once(ready(Ok(Bytes::from(part.bytes)))).boxed()))
}
