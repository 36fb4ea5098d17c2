use crate::{
    app::App,
    error::Result,
    groups::{Group, Kind, Membership, store},
    web::{Page, Shell},
};
use askama::Template;
use axum::extract::State;

#[derive(Template)]
#[template(path = "groups/index.html")]
pub(in crate::groups) struct ListGroups {
    shell: Shell,
    groups: Vec<Group>,
}

pub(in crate::groups) async fn index(
    State(app): State<App>,
    shell: Shell,
) -> Result<Page<ListGroups>> {
    let groups = store::all_seen_by(&mut *app.db.acquire().await?, shell.viewer.key()).await?;
    Ok(Page(ListGroups { shell, groups }))
}

impl Kind {
    /// The text that says how one gets in.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Open => "group-kind-open",
            Self::Request => "group-kind-request",
            Self::Invitation => "group-kind-invitation",
            Self::Hidden => "group-kind-hidden",
        }
    }
}

impl Membership {
    /// The text that says how the viewer stands to it, where they do.
    pub(super) fn words(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Requested => Some("group-you-asked"),
            Self::ByRank => Some("group-you-by-rank"),
            Self::Member => Some("group-you-member"),
            Self::Owner => Some("group-you-owner"),
        }
    }
}

impl ListGroups {
    /// How the viewer stands to a group.
    fn standing(&self, group: &Group) -> Option<String> {
        group.membership().words().map(|key| self.shell.t(key))
    }
}
