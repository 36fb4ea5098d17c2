//! Tags, as those who run the community keep them.

use crate::{
    access::Admin,
    admin::forms::{SynonymForm, TagForm},
    app::App,
    error::{Error, Result},
    kit::Cursor,
    threads::{
        self, Added, tag_url,
        tags::{
            self, PAGE, RunTag, Synonym, Tag,
            store::run::{self, synonyms_of},
        },
    },
    web::{self, Form, Page, Path, Query, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "admin/tags.html")]
pub(in crate::admin) struct ListTags {
    shell: Shell,
    q: String,
    tags: Vec<RunTag>,
    next: Option<String>,
    /// More names begin so than are shown.
    cut: bool,
}

#[derive(Template)]
#[template(path = "admin/tag.html")]
pub(in crate::admin) struct EditTag {
    shell: Shell,
    tag: Tag,
    threads: i32,
    synonyms: Vec<Synonym>,
    form: TagForm,
    add: SynonymForm,
    /// Threads that would be carried over from what is to be a synonym, as far as 10,000.
    carries: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct Sought {
    #[serde(default)]
    q: String,
    from: Option<Cursor>,
}

pub(in crate::admin) async fn index(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Query(sought): Query<Sought>,
) -> Result<Page<ListTags>> {
    let mut db = app.db.acquire().await?;
    let beginning = tags::name_in(&sought.q);
    let mut tags = match &beginning {
        Some(beginning) => run::like(&mut db, beginning).await?,
        None => run::all(&mut db, sought.from).await?,
    };
    let more = tags.len() > PAGE;
    tags.truncate(PAGE);
    let last = tags.last().filter(|_| more && beginning.is_none());
    let next = last.map(|tag| format!("/admin/tags?from={}", tag.cursor()));
    let cut = more && beginning.is_some();
    Ok(Page(ListTags { shell, q: sought.q, tags, next, cut }))
}

pub(in crate::admin) async fn edit(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Path(name): Path<String>,
) -> Result<Response> {
    let page = page(&app, shell, &name, |tag| tag.into()).await?;
    if page.tag.name != name {
        return Ok(web::permanent(&admin_url(&page.tag.name)));
    }
    Ok(Page(page).into_response())
}

pub(in crate::admin) async fn update(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Path(name): Path<String>,
    Form(mut form): Form<TagForm>,
) -> Result<Response> {
    if let Some(edit) = form.check() {
        if threads::edit_tag(&app, &admin, &name, &edit).await? {
            return Ok(web::see_other_saying(&admin_url(&edit.name), "flash-saved"));
        }
        form.problems.add("name", "admin-tag-name-taken");
    }
    Ok(web::unprocessable(&page(&app, shell, &name, |_| form).await?))
}

pub(in crate::admin) async fn add(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Path(name): Path<String>,
    Form(mut add): Form<SynonymForm>,
) -> Result<Response> {
    let mut carries = None;
    if let Some(synonym) = add.check() {
        let agreed = add.seen == synonym;
        match threads::add_synonym(&app, &admin, &name, &synonym, agreed).await? {
            Added::Done => {
                return Ok(web::see_other_saying(&admin_url(&name), "flash-saved"));
            }
            Added::Taken => add.problems.add("synonym", "admin-tag-synonym-taken"),
            Added::Carries(threads) => {
                carries = Some(threads);
                add.seen.clone_from(&synonym);
                add.synonym = synonym;
            }
        }
    }
    let page = EditTag { add, carries, ..page(&app, shell, &name, |tag| tag.into()).await? };
    Ok(web::unprocessable(&page))
}

pub(in crate::admin) async fn remove(
    State(app): State<App>,
    admin: Admin,
    Path((name, synonym)): Path<(String, String)>,
) -> Result<Response> {
    threads::remove_synonym(&app, &admin, &name, &synonym).await?;
    Ok(web::see_other_saying(&admin_url(&name), "flash-saved"))
}

async fn page(
    app: &App,
    shell: Shell,
    name: &str,
    form: impl FnOnce(&Tag) -> TagForm,
) -> Result<EditTag> {
    let mut db = app.db.acquire().await?;
    let tag = tags::find(&mut db, name).await?.ok_or(Error::NotFound)?;
    let threads = run::counted(&mut db, tag.id).await?;
    let synonyms = synonyms_of(&mut db, tag.id).await?;
    let form = form(&tag);
    let add = SynonymForm::default();
    Ok(EditTag { shell, tag, threads, synonyms, form, add, carries: None })
}

fn admin_url(name: &str) -> String {
    format!("/admin/tags/{name}")
}

impl ListTags {
    fn url(&self, tag: &RunTag) -> String {
        admin_url(&tag.name)
    }
}

impl EditTag {
    /// Where the form goes.
    fn action(&self) -> String {
        admin_url(&self.tag.name)
    }

    fn url(&self) -> String {
        tag_url(&self.tag.name)
    }

    /// Whether it has a page.
    fn used(&self) -> bool {
        self.threads > 0
    }

    fn synonym_url(&self, synonym: &Synonym) -> String {
        format!("{}/synonyms/{}/remove", self.action(), synonym.name)
    }
}
