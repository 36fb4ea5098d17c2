use crate::{
    app::App,
    error::{Error, Result},
    groups::{self, store::Joined},
    members::{
        views::{self, PostLine, Profile},
        year::{self, Year},
    },
    reputation::{Standing, ToldRank, badge_shelf, shown_badges::Held, told_ladder},
    web::{Page, Path, Shell},
};
use askama::Template;
use axum::extract::State;
use time::{UtcOffset, Weekday};

/// Posts shown of a member.
const POSTS: i64 = 10;

#[derive(Template)]
#[template(path = "members/profile.html")]
pub(in crate::members) struct ShowProfile {
    shell: Shell,
    profile: Profile,
    ladder: Vec<ToldRank>,
    /// Where the member stands on it.
    standing: Option<Standing>,
    posts: Vec<PostLine>,
    /// The badges they hold, the highest first.
    badges: Vec<Held>,
    /// What the member did in a year, where the viewer may look.
    year: Year,
    /// The groups the member is in and the viewer may know of.
    groups: Vec<Joined>,
}

pub(in crate::members) async fn show(
    State(app): State<App>,
    shell: Shell,
    Path(handle): Path<String>,
) -> Result<Page<ShowProfile>> {
    let mut db = app.db.acquire().await?;
    let profile = views::profile(&mut db, &handle).await?.ok_or(Error::NotFound)?;
    let (viewer, member) = (shell.viewer.key(), Some(profile.id));
    let (ladder, standing) =
        told_ladder(&mut db, viewer, member, shell.language, shell.now).await?;
    let posts = views::recent_posts(&mut db, shell.viewer.key(), profile.id, POSTS).await?;
    let badges = badge_shelf(&mut db, profile.id).await?;
    let today = shell.now.to_offset(UtcOffset::UTC).date();
    let done = views::days_done(&mut db, viewer, profile.id, year::before(today)).await?;
    let year = Year::of(&done, today);
    let groups = match shell.member() {
        Some(viewer) => groups::store::of_member(&mut db, viewer.id, profile.id).await?,
        None => Vec::new(),
    };
    Ok(Page(ShowProfile { shell, profile, ladder, standing, posts, badges, year, groups }))
}

impl ShowProfile {
    /// The rank the member has come to.
    fn rank(&self) -> Option<&ToldRank> {
        self.standing.as_ref().and_then(|standing| standing.rank(&self.ladder))
    }

    /// The rank to come, for the member alone: what they did where is theirs to know.
    fn next(&self) -> Option<&ToldRank> {
        let standing = self.standing.as_ref().filter(|_| self.own());
        standing.and_then(|standing| standing.next(&self.ladder))
    }

    /// Which step the member stands on, and of how many.
    fn step(&self) -> (i64, i64) {
        self.standing.as_ref().map_or((1, 1), Standing::of)
    }

    /// Days on which something was written.
    fn days_written(&self) -> i64 {
        self.year.squares.len() as i64
    }

    /// Short names of the days of a week.
    fn weekdays(&self) -> [String; 7] {
        [
            Weekday::Monday,
            Weekday::Tuesday,
            Weekday::Wednesday,
            Weekday::Thursday,
            Weekday::Friday,
            Weekday::Saturday,
            Weekday::Sunday,
        ]
        .map(|day| self.shell.language.weekday(day))
    }

    fn own(&self) -> bool {
        self.shell.viewer.is(self.profile.id)
    }
}
