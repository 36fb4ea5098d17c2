use crate::{
    app::App,
    error::Result,
    reputation::{Rank, Standing, awards, store},
    web::{Page, Shell},
};
use askama::Template;
use axum::extract::State;

#[derive(Template)]
#[template(path = "reputation/ranks.html")]
pub(in crate::reputation) struct ShowRanks {
    shell: Shell,
    ladder: Vec<Rank>,
    /// Where the viewer stands; guests stand nowhere.
    standing: Option<Standing>,
}

pub(in crate::reputation) async fn show(
    State(app): State<App>,
    shell: Shell,
) -> Result<Page<ShowRanks>> {
    let mut db = app.db.acquire().await?;
    let ladder = store::ladder(&mut db).await?;
    let standing = match shell.member() {
        Some(member) => {
            let points = store::total(&mut db, member.id, "points").await?;
            Some(Standing::on(&ladder, points))
        }
        None => None,
    };
    Ok(Page(ShowRanks { shell, ladder, standing }))
}

impl ShowRanks {
    /// What points are given for, and how many: the rules themselves.
    fn rules(&self) -> [(String, i64); 4] {
        [
            (self.shell.t("ranks-rule-solution"), awards::SOLUTION),
            (self.shell.t("ranks-rule-kudos"), awards::KUDOS),
            (self.shell.t("ranks-rule-reply"), awards::REPLY),
            (self.shell.t("ranks-rule-thread"), awards::THREAD),
        ]
    }

    /// What a rank takes, in deeds.
    fn takes(&self, rank: &Rank) -> String {
        match rank.points {
            ..=0 => self.shell.t("ranks-takes-nothing"),
            points => self.worth("ranks-takes", points),
        }
    }

    /// What the next rank still takes.
    fn still_takes(&self) -> String {
        let missing = self.standing.as_ref().map_or(0, Standing::missing);
        self.worth("ranks-still-takes", missing)
    }

    /// How so many points can be come by.
    fn worth(&self, key: &str, points: i64) -> String {
        let times = |each: i64| points.div_euclid(each) + i64::from(points % each > 0);
        let (solutions, kudos) = (times(awards::SOLUTION), times(awards::KUDOS));
        self.shell.t2(key, "solutions", solutions, "kudos", kudos)
    }

    fn reached(&self, rank: &Rank) -> bool {
        self.standing.as_ref().is_some_and(|standing| standing.points >= rank.points)
    }

    fn here(&self, rank: &Rank) -> bool {
        let standing = self.standing.as_ref();
        standing.and_then(|standing| standing.rank.as_ref()).is_some_and(|held| held == rank)
    }
}
