use crate::{
    app::App,
    error::Result,
    groups::{Can, Group, HandleForm, access, actions, store},
    members::{Author, Member},
    web::{self, Form, Page, Path, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};
use store::Insider;

/// Members named on the page; of more only the number is told.
const SHOWN: i64 = 200;

#[derive(Template)]
#[template(path = "groups/show.html")]
pub(in crate::groups) struct ShowGroup {
    shell: Shell,
    group: Group,
    can: Can,
    insiders: Vec<Insider>,
    /// Who wants to be let in, for those who can do so.
    waiting: Vec<Author>,
    form: HandleForm,
}

pub(in crate::groups) async fn show(
    State(app): State<App>,
    shell: Shell,
    Path(slug): Path<String>,
) -> Result<Page<ShowGroup>> {
    Ok(Page(page(&app, shell, &slug, HandleForm::default()).await?))
}

pub(in crate::groups) async fn add(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Path(slug): Path<String>,
    Form(mut form): Form<HandleForm>,
) -> Result<Response> {
    if let Some(handle) = form.check() {
        match actions::add(&app, &member, &slug, &handle).await? {
            actions::Answer::Done => {
                return Ok(web::see_other_saying(
                    &crate::groups::group_url(&slug),
                    "flash-group-added",
                ));
            }
            actions::Answer::Nobody => form.nobody(),
        }
    }
    let page = page(&app, shell, &slug, form).await?;
    if !page.can.manage {
        return Err(crate::error::Error::Refused("group-owners-only".into()));
    }
    Ok(web::unprocessable(&page))
}

async fn page(app: &App, shell: Shell, slug: &str, form: HandleForm) -> Result<ShowGroup> {
    let mut db = app.db.acquire().await?;
    let group = access::seen(&mut db, &shell.viewer, slug).await?;
    let can = group.can(&shell.viewer);
    let insiders = match can.read_members {
        true => store::insiders(&mut db, group.id, SHOWN).await?,
        false => Vec::new(),
    };
    let waiting = match can.manage {
        true => store::waiting(&mut db, group.id).await?,
        false => Vec::new(),
    };
    Ok(ShowGroup { shell, group, can, insiders, waiting, form })
}

impl ShowGroup {
    /// How the viewer stands to it.
    fn standing(&self) -> Option<String> {
        self.group.membership().words().map(|key| self.shell.t(key))
    }

    /// Whether the viewer may take this one out.
    fn may_remove(&self, insider: &Insider) -> bool {
        self.can.manage && !insider.by_rank && (!insider.owner || self.can.govern)
    }
}
