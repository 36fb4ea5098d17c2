use crate::{
    app::App,
    error::Result,
    reputation::{
        points::{DIVERSITY, PointTable},
        standing::{Standing, ToldRank, told_ladder},
    },
    web::{Page, Shell},
};
use askama::Template;
use axum::extract::State;

#[derive(Template)]
#[template(path = "reputation/ranks.html")]
pub(in crate::reputation) struct ShowRanks {
    shell: Shell,
    ladder: Vec<ToldRank>,
    /// Where the viewer stands; guests stand nowhere.
    standing: Option<Standing>,
    points: PointTable,
}

pub(in crate::reputation) async fn show(
    State(app): State<App>,
    shell: Shell,
) -> Result<Page<ShowRanks>> {
    let mut db = app.db.acquire().await?;
    let points = PointTable::current(&mut db).await?;
    let (viewer, member) = (shell.viewer.key(), shell.member().map(|member| member.id));
    let (ladder, standing) =
        told_ladder(&mut db, viewer, member, shell.language, shell.now).await?;
    Ok(Page(ShowRanks { shell, ladder, standing, points }))
}

impl ShowRanks {
    /// What points are given for, and how many: the rules themselves.
    fn rules(&self) -> [(String, i64); 5] {
        [
            (self.shell.t("ranks-rule-solution"), self.points.solution),
            (self.shell.t("ranks-rule-confirmation"), self.points.confirmation),
            (self.shell.t("ranks-rule-kudos"), self.points.kudos),
            (self.shell.t("ranks-rule-reply"), self.points.reply),
            (self.shell.t("ranks-rule-thread"), self.points.thread),
        ]
    }

    /// Whether some rank lets its holders do something.
    fn confers(&self) -> bool {
        self.ladder.iter().any(|told| told.rank.accepts)
    }

    /// Within so many days kudos of the same giver earn less.
    fn diversity(&self) -> i64 {
        DIVERSITY.whole_days()
    }

    fn steps(&self) -> impl Iterator<Item = (usize, &ToldRank)> {
        self.ladder.iter().enumerate()
    }

    fn reached(&self, place: &usize) -> bool {
        self.standing.as_ref().is_some_and(|standing| standing.holds(*place))
    }

    fn here(&self, place: &usize) -> bool {
        self.standing.as_ref().is_some_and(|standing| standing.here(*place))
    }
}
