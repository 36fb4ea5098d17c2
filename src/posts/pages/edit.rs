use crate::{
    app::App,
    drafts,
    error::{Error, Result},
    kit::{Message, PostId},
    markup::Html,
    members::Member,
    posts::{
        access,
        actions::{self, Edited},
        attached::Where,
        composer::Composer,
        forms::EditForm,
        post::Post,
        writing,
    },
    threads::Thread,
    web::{self, Form, FormWithFiles, Page, Path, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

/// The page on which a post is changed.
#[derive(Template)]
#[template(path = "posts/edit.html")]
pub(in crate::posts) struct EditPost {
    shell: Shell,
    thread: Thread,
    post: Post,
    form: EditForm,
    preview: Option<Html>,
}

impl EditPost {
    fn own(&self) -> bool {
        own(&self.shell, &self.post)
    }

    fn composer(&self) -> Composer {
        Composer {
            place: format!("p/{}", self.post.id),
            thread: Some(self.thread.id),
            label: "edit-body",
            placeholder: "composer-placeholder",
            help: "edit-help",
            quote: String::new(),
            send: Some(("save", "edit-button")),
            cancel: Some(self.thread.permalink(self.post.position)),
            attach: self.thread.uploads.then(|| format!("/p/{}/attach", self.post.id)),
            tall: true,
        }
    }

    fn may_delete(&self) -> bool {
        self.post.can(&self.thread, &self.shell.viewer).delete
    }
}

pub(in crate::posts) async fn show(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Path(id): Path<PostId>,
) -> Result<Page<EditPost>> {
    let (thread, post) = door(&app, &shell, id).await?;
    let mut form = EditForm::from(&thread, &post);
    let draft = drafts::store::of_post(&mut *app.db.acquire().await?, member.id, id).await?;
    if let Some(draft) = draft {
        form.go_on(draft);
    }
    Ok(Page(EditPost { shell, thread, post, form, preview: None }))
}

pub(in crate::posts) async fn update(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Path(id): Path<PostId>,
    Form(mut form): Form<EditForm>,
) -> Result<Response> {
    let (thread, post) = door(&app, &shell, id).await?;
    let preview = form.deed == "preview";
    // Why it is to stand so can still be said when it does.
    let edit = if preview || own(&shell, &post) { form.check() } else { form.check_with_reason() };
    if preview {
        let preview = preview_of(&app, &member, &thread, &post, &form.body).await?;
        return Ok(Page(EditPost { shell, thread, post, form, preview }).into_response());
    }
    if let Some(edit) = edit {
        match actions::edit(&app, &member, id, &edit).await? {
            Edited::At(location) => return Ok(web::see_other(&location)),
            Edited::TooMuch(too_much) => form.problems.add("body", writing::problem_of(too_much)),
            Edited::Restricted(tag) => {
                form.problems.add("tags", Message::with("thread-tag-restricted", "tag", tag));
            }
        }
    }
    Ok(web::unprocessable(&EditPost { shell, thread, post, form, preview: None }))
}

/// Puts the files that came with the form into its text, and gives it back.
pub(in crate::posts) async fn attach(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Path(id): Path<PostId>,
    sent: FormWithFiles,
) -> Result<Response> {
    let (thread, post) = door(&app, &shell, id).await?;
    if !thread.uploads {
        return Err(Error::Refused("upload-refusal".into()));
    }
    let (mut form, files): (EditForm, _) = sent.read(&app, &member).await?;
    files.into_text(&app, &mut form.body, &mut form.problems).await?;
    let preview = preview_of(&app, &member, &thread, &post, &form.body).await?;
    let refused = !form.problems.none();
    let page = EditPost { shell, thread, post, form, preview };
    Ok(if refused { web::unprocessable(&page) } else { Page(page).into_response() })
}

async fn preview_of(
    app: &App,
    member: &Member,
    thread: &Thread,
    post: &Post,
    body: &str,
) -> Result<Option<Html>> {
    let place = Where { author: Some(member.id), thread: Some(thread.id), post: Some(post.id) };
    writing::preview(app, body, place).await
}

/// Whether the words are the viewer's.
fn own(shell: &Shell, post: &Post) -> bool {
    shell.viewer.is(post.author_id)
}

async fn door(app: &App, shell: &Shell, id: PostId) -> Result<(Thread, Post)> {
    let (thread, post) = access::readable(&mut *app.db.acquire().await?, &shell.viewer, id).await?;
    if post.can(&thread, &shell.viewer).edit {
        Ok((thread, post))
    } else {
        Err(Error::Refused("post-edit-refusal".into()))
    }
}
