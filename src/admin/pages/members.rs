//! Members, as those who run the community look for them.

use crate::{
    access::Admin,
    admin::views::{self, AccountState, Asked, Found, FoundLine, STATES, Sort},
    app::App,
    error::Result,
    groups::{self, Group},
    kit::Cursor,
    members::Role,
    reputation::{self, Rank},
    web::{Page, Query, Shell},
};
use askama::Template;
use axum::extract::State;
use serde::Deserialize;

/// Roles that somebody is looked for by.
const ROLES: [Role; 3] = [Role::Moderator, Role::Staff, Role::Admin];

/// Longest beginning of anything that is looked for.
const LONGEST: usize = 100;

#[derive(Template)]
#[template(path = "admin/members.html")]
pub(in crate::admin) struct ListPeople {
    shell: Shell,
    form: AskedForm,
    groups: Vec<Group>,
    ladder: Vec<Rank>,
    found: Found,
}

/// What is asked for. What nobody knows is nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::admin) struct AskedForm {
    q: String,
    role: String,
    group: String,
    rank: String,
    state: String,
    sort: String,
    from: Option<Cursor>,
}

impl AskedForm {
    fn check(&self, groups: &[Group], ladder: &[Rank]) -> Asked {
        let words = self.q.replace('\0', "");
        let words = words.trim().trim_start_matches('@').chars().take(LONGEST).collect();
        Asked {
            words,
            role: ROLES.into_iter().find(|role| role.name() == self.role),
            group: groups.iter().find(|group| group.slug == self.group).map(|group| group.id.0),
            rank: ladder.iter().find(|rank| rank.slug == self.rank).map(|rank| rank.id),
            state: self.state(),
            sort: if self.sort == "seen" { Sort::Seen } else { Sort::Newest },
            from: self.from,
        }
    }

    fn state(&self) -> AccountState {
        let known = STATES.iter().find(|(_, name, _)| *name == self.state);
        known.map_or(AccountState::Open, |(state, ..)| *state)
    }
}

pub(in crate::admin) async fn index(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Query(form): Query<AskedForm>,
) -> Result<Page<ListPeople>> {
    let mut db = app.db.acquire().await?;
    let groups = groups::store::all_seen_by(&mut db, shell.viewer.key()).await?;
    let ladder = reputation::store::ladder(&mut db).await?;
    let found = views::found(&mut db, &form.check(&groups, &ladder), &ladder).await?;
    Ok(Page(ListPeople { shell, form, groups, ladder, found }))
}

impl ListPeople {
    fn role(&self, role: &Role) -> String {
        self.shell.t(super::person::role_words(*role))
    }

    /// Roles with their names in addresses.
    fn roles(&self) -> [(&'static str, String); 3] {
        ROLES.map(|role| (role.name(), self.role(&role)))
    }

    fn states(&self) -> [(&'static str, String, bool); 5] {
        let here = self.form.state();
        STATES.map(|(state, name, key)| (name, self.shell.t(key), state == here))
    }

    /// The rank somebody came to.
    fn rank(&self, line: &FoundLine) -> String {
        let lowest = || self.ladder.first().map(|rank| rank.name.clone()).unwrap_or_default();
        line.rank.clone().unwrap_or_else(lowest)
    }

    /// Where the next page is.
    fn next(&self) -> Option<String> {
        let next = self.found.next?.to_string();
        let form = &self.form;
        let fields = [
            ("q", form.q.as_str()),
            ("role", &form.role),
            ("group", &form.group),
            ("rank", &form.rank),
            ("state", &form.state),
            ("sort", &form.sort),
            ("from", &next),
        ];
        let said = fields.into_iter().filter(|(_, value)| !value.is_empty());
        let query =
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(said).finish();
        Some(format!("/admin/members?{query}"))
    }
}
