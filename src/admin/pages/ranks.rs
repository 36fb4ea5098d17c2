//! The ladder of ranks. A change of what a rank takes is first looked at: who would move.

use crate::{
    access::Admin,
    admin::forms::RankForm,
    app::App,
    error::{Error, Result},
    reputation::{
        self, LONGEST_WINDOW, Rank, RankEdit, Retired, Simulation, ToldRank, simulate, told_ladder,
    },
    web::{self, Form, Page, Path, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

/// Icons to choose from.
const ICONS: [&str; 16] = [
    "rank-1",
    "rank-2",
    "rank-3",
    "rank-4",
    "rank-5",
    "rank-6",
    "rank-7",
    "rank-8",
    "rank-9",
    "rank-10",
    "lightbulb",
    "flag",
    "kudos",
    "bookmark",
    "users",
    "megaphone",
];

#[derive(Template)]
#[template(path = "admin/ranks.html")]
pub(in crate::admin) struct ListRanks {
    shell: Shell,
    ladder: Vec<ToldRank>,
}

#[derive(Template)]
#[template(path = "admin/rank.html")]
pub(in crate::admin) struct EditRank {
    shell: Shell,
    /// None for a new one.
    rank: Option<Rank>,
    ladder: Vec<Rank>,
    form: RankForm,
    /// What the change would do, once it was asked.
    simulation: Option<Simulation>,
}

pub(in crate::admin) async fn index(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
) -> Result<Page<ListRanks>> {
    let mut db = app.db.acquire().await?;
    let viewer = shell.viewer.key();
    let (ladder, _) = told_ladder(&mut db, viewer, None, shell.language, shell.now).await?;
    Ok(Page(ListRanks { shell, ladder }))
}

pub(in crate::admin) async fn new(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
) -> Result<Page<EditRank>> {
    let ladder = ladder(&app).await?;
    let above = ladder.last().map(|rank| rank.slug.clone()).unwrap_or_default();
    let form = RankForm {
        above,
        icon: ICONS[0].to_owned(),
        tone: "1".to_owned(),
        kudos_weight: "1".to_owned(),
        ..RankForm::default()
    };
    Ok(Page(EditRank { shell, rank: None, ladder, form, simulation: None }))
}

pub(in crate::admin) async fn create(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Form(mut form): Form<RankForm>,
) -> Result<Response> {
    let ladder = ladder(&app).await?;
    let Some(edit) = checked(&app, &shell, &mut form).await? else {
        return Ok(web::unprocessable(&EditRank {
            shell,
            rank: None,
            ladder,
            form,
            simulation: None,
        }));
    };
    let slug = form.new_slug();
    if ladder.iter().any(|rank| rank.slug == slug) {
        form.problems.add("slug", "admin-slug-taken");
    }
    if !ladder.iter().any(|rank| rank.slug == form.above) {
        form.problems.add("above", "admin-rank-above-unknown");
    }
    if !form.problems.none() {
        return Ok(web::unprocessable(&EditRank {
            shell,
            rank: None,
            ladder,
            form,
            simulation: None,
        }));
    }
    if !form.was_looked_at() {
        let would_be = reputation::ladder_with(ladder.clone(), &form.above, &slug, &edit)?;
        let simulation = Some(look(&app, &mut form, would_be).await?);
        return Ok(Page(EditRank { shell, rank: None, ladder, form, simulation }).into_response());
    }
    if reputation::add_rank(&app, &admin, &form.above, &slug, &edit).await? {
        return Ok(web::see_other_saying("/admin/ranks", "flash-admin-ranks-changed"));
    }
    form.problems.add("slug", "admin-slug-taken");
    Ok(web::unprocessable(&EditRank { shell, rank: None, ladder, form, simulation: None }))
}

pub(in crate::admin) async fn edit(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Path(slug): Path<String>,
) -> Result<Page<EditRank>> {
    let ladder = ladder(&app).await?;
    let rank = of_slug(&ladder, &slug)?;
    let form = RankForm::from(&rank);
    Ok(Page(EditRank { shell, rank: Some(rank), ladder, form, simulation: None }))
}

pub(in crate::admin) async fn update(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Path(slug): Path<String>,
    Form(mut form): Form<RankForm>,
) -> Result<Response> {
    let ladder = ladder(&app).await?;
    let rank = of_slug(&ladder, &slug)?;
    if rank.position == 1 {
        form.formula.clone_from(&rank.formula);
    }
    let Some(edit) = checked(&app, &shell, &mut form).await? else {
        let page = EditRank { shell, rank: Some(rank), ladder, form, simulation: None };
        return Ok(web::unprocessable(&page));
    };
    let moves = edit.formula != rank.formula || edit.permanent != rank.permanent;
    if moves && !form.was_looked_at() {
        let would_be = reputation::changed_ladder(ladder.clone(), &slug, &edit)?;
        let simulation = Some(look(&app, &mut form, would_be).await?);
        let page = EditRank { shell, rank: Some(rank), ladder, form, simulation };
        return Ok(Page(page).into_response());
    }
    reputation::change_rank(&app, &admin, &slug, &edit).await?;
    let said = if moves || edit.accepts != rank.accepts {
        "flash-admin-ranks-changed"
    } else {
        "flash-saved"
    };
    Ok(web::see_other_saying("/admin/ranks", said))
}

pub(in crate::admin) async fn retire(
    State(app): State<App>,
    admin: Admin,
    Path(slug): Path<String>,
) -> Result<Response> {
    match reputation::retire_rank(&app, &admin, &slug).await? {
        Retired::Gone => Ok(web::see_other_saying("/admin/ranks", "flash-admin-rank-retired")),
        Retired::Held => Err(Error::Refused("admin-rank-held-refusal".into())),
    }
}

/// What the form asks for, with the boards that a formula names looked up.
async fn checked(app: &App, shell: &Shell, form: &mut RankForm) -> Result<Option<RankEdit>> {
    let boards =
        reputation::boards_seen_by(&mut *app.db.acquire().await?, shell.viewer.key()).await?;
    Ok(form.check(&ICONS, &boards, |message| shell.say(message)))
}

/// Counts who would move, and notes that it was looked at.
async fn look(app: &App, form: &mut RankForm, ladder: Vec<Rank>) -> Result<Simulation> {
    form.note_look();
    Ok(simulate(&mut *app.db.acquire().await?, ladder, app.now()).await?)
}

async fn ladder(app: &App) -> Result<Vec<Rank>> {
    Ok(reputation::store::ladder(&mut *app.db.acquire().await?).await?)
}

fn of_slug(ladder: &[Rank], slug: &str) -> Result<Rank> {
    ladder.iter().find(|rank| rank.slug == slug).cloned().ok_or(Error::NotFound)
}

impl EditRank {
    /// Where the form goes.
    fn action(&self) -> String {
        self.rank.as_ref().map_or("/admin/ranks".to_owned(), Rank::admin_url)
    }

    /// Whether what it takes can be said: the lowest rank is everybody's.
    fn has_formula(&self) -> bool {
        self.rank.as_ref().is_none_or(|rank| rank.position > 1)
    }

    fn icons(&self) -> [&'static str; 16] {
        ICONS
    }

    /// Metrics by their names in formulas, in words.
    fn metrics(&self) -> impl Iterator<Item = (&'static str, String)> {
        reputation::metric_words().map(|(name, key)| (name, self.shell.t(key)))
    }

    fn longest_window(&self) -> i64 {
        LONGEST_WINDOW.into()
    }

    /// A number as it stands in a sentence.
    fn moved(&self) -> i64 {
        let moves = self.simulation.iter().flat_map(|simulation| &simulation.moves);
        moves.map(|one| one.members).sum()
    }
}
