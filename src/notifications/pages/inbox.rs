use crate::{
    app::App,
    error::Result,
    kit::{Cursor, NoticeId},
    members::Member,
    moderation::cases::Outcome,
    notifications::{
        actions,
        notice::{Kind, Notice},
        store::{lines, seen},
    },
    web::{self, Form, Page, Path, Query, Shell},
    words::Piece,
};
use askama::Template;
use axum::{extract::State, response::Response};
use serde::Deserialize;

/// Lines on one page.
const ON_A_PAGE: usize = 30;

#[derive(Template)]
#[template(path = "notifications/inbox.html")]
pub(in crate::notifications) struct ShowInbox {
    shell: Shell,
    notices: Vec<Notice>,
    /// The transactions that were writing when the page was drawn.
    writing: Vec<i64>,
    older: Option<Cursor>,
    /// Whether this is the beginning of the inbox.
    first: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::notifications) struct From {
    older: Option<Cursor>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::notifications) struct ReadForm {
    newest: NoticeId,
    /// As the page gave them, parted by commas.
    #[serde(default)]
    writing: String,
}

pub(in crate::notifications) async fn index(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Query(from): Query<From>,
) -> Result<Page<ShowInbox>> {
    let mut db = app.db.begin().await?;
    // Both of one moment: whatever is committed between them, or begun, stays unread.
    seen::at_one_moment(&mut db).await?;
    let writing = seen::writing(&mut db).await?;
    let mut notices = lines::page(&mut db, member.id, from.older, ON_A_PAGE as i64 + 1).await?;
    db.commit().await?;
    let more = notices.len() > ON_A_PAGE;
    notices.truncate(ON_A_PAGE);
    let older = notices.last().filter(|_| more).map(Notice::cursor);
    Ok(Page(ShowInbox { shell, notices, writing, older, first: from.older.is_none() }))
}

pub(in crate::notifications) async fn read(
    State(app): State<App>,
    member: Member,
    Form(form): Form<ReadForm>,
) -> Result<Response> {
    let writing = form.writing.split(',').filter_map(|id| id.parse().ok()).collect::<Vec<i64>>();
    actions::read_all(&app, &member, form.newest, &writing).await?;
    Ok(web::see_other("/inbox"))
}

pub(in crate::notifications) async fn open(
    State(app): State<App>,
    member: Member,
    Path(id): Path<NoticeId>,
) -> Result<Response> {
    let place = actions::open(&app, &member, id).await?;
    Ok(web::see_other(&place))
}

impl ShowInbox {
    /// The lines of today, of this week and before, each under its heading.
    fn days(&self) -> Vec<(String, Vec<&Notice>)> {
        let now = self.shell.now;
        let age = |notice: &Notice| {
            if notice.at.date() == now.date() {
                "inbox-today"
            } else if now - notice.at < time::Duration::WEEK {
                "inbox-this-week"
            } else {
                "inbox-earlier"
            }
        };
        self.notices
            .chunk_by(|one, next| age(one) == age(next))
            .map(|day| (self.shell.t(age(&day[0])), day.iter().collect()))
            .collect()
    }

    /// The youngest notice that this page shows, for marking all up to it.
    fn newest(&self) -> NoticeId {
        self.notices.iter().map(|notice| notice.newest).max().unwrap_or(NoticeId(0))
    }

    fn writing(&self) -> String {
        self.writing.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
    }

    /// What a line says, with its names told apart.
    fn sentence(&self, notice: &Notice) -> Vec<Piece> {
        let key = match notice.kind {
            Kind::Reply if notice.of_opening() => "inbox-tagged",
            Kind::Reply => "inbox-reply",
            Kind::Mention => "inbox-mention",
            Kind::Quote => "inbox-quote",
            Kind::Kudos if notice.others > 0 => "inbox-kudos-many",
            Kind::Kudos => "inbox-kudos",
            Kind::Solution => "inbox-solution",
            Kind::Rank if notice.badge_lost == Some(true) => "inbox-badge-lost",
            Kind::Rank if notice.badge.is_some() => "inbox-badge",
            Kind::Rank if notice.former_rank.is_some() => "inbox-rank-lost",
            Kind::Rank => "inbox-rank",
            Kind::Removal => "inbox-removal",
            Kind::Restoration => "inbox-restoration",
            Kind::Edit => "inbox-edit",
            Kind::Outcome => "inbox-outcome",
            Kind::Reopening => "inbox-reopening",
            Kind::Doubt => "inbox-doubt",
            Kind::Asking => "inbox-asking",
            Kind::Joining => "inbox-joining",
            Kind::Hiding => "inbox-hiding",
            Kind::Verdict => match notice.verdict {
                Some(Outcome::Removed) => "inbox-verdict-removed",
                Some(Outcome::Gone) => "inbox-verdict-gone",
                _ => "inbox-verdict-kept",
            },
        };
        let title = notice.thread_title.clone();
        let args = [
            ("actor", self.actor(notice).into()),
            ("title", title.unwrap_or_else(|| self.shell.t("inbox-thread-gone")).into()),
            ("others", notice.others.into()),
            ("rank", notice.rank.as_deref().unwrap_or_default().into()),
            ("badge", notice.badge.as_deref().unwrap_or_default().into()),
            ("former", notice.former_rank.as_deref().unwrap_or_default().into()),
        ];
        self.shell.language.pieces(key, &args)
    }

    /// Who did it: a member, a moderator under their pseudonym, or the community itself.
    fn actor(&self, notice: &Notice) -> String {
        match (&notice.actor_name, notice.moderator) {
            (Some(name), _) => name.clone(),
            (None, Some(number)) => self.shell.t1("moderator-name", "number", number),
            (None, None) => self.shell.site.community.clone(),
        }
    }

    /// The icon in place of a face.
    fn icon<'a>(&self, notice: &'a Notice) -> &'a str {
        if let Some(icon) = &notice.badge_icon {
            return icon;
        }
        match notice.kind {
            Kind::Removal | Kind::Restoration | Kind::Edit | Kind::Hiding => "shield",
            Kind::Verdict => "flag",
            Kind::Rank if notice.former_rank.is_none() => "arrow-up",
            Kind::Reopening | Kind::Doubt | Kind::Asking => "help",
            _ => "bell",
        }
    }

    /// Where the lines before these are.
    fn older_url(&self) -> Option<String> {
        self.older.map(|cursor| format!("/inbox?older={cursor}"))
    }
}
