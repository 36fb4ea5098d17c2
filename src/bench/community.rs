//! A community of a given size, made of real texts.
//!
//! The texts come in by the import, or are the sample community's, and stay as they are: rendered,
//! indexed, thanked, solved. Then every thread is copied, board after board and nearer to now with
//! each copy, by bulk statements that keep what the doctor proves; its proof is asked at the end.

use super::{Options, store};
use crate::{
    access::Audience,
    app::App,
    boards::{NewBoard, NewCategory, Style, found_board, found_category},
    database::embedded::{DATABASE, Embedded},
    demo, doctor,
    importers::stackexchange,
    kit::handle_skeleton,
    reactions::TABLE,
};
use anyhow::{Context, Result, ensure};
use indicatif::MultiProgress;
use sqlx::ConnectOptions;
use std::time::Instant;

/// Boards that the copies are spread over, in so many categories.
const BOARDS: usize = 12;
const CATEGORIES: usize = 3;

/// So many posts to a member, on the average.
const POSTS_OF_A_MEMBER: i64 = 50;

/// Fills an empty community. One that an earlier run has filled to the same size is taken as it is.
pub(super) async fn fill(app: &App, postgres: &Embedded, options: &Options) -> Result<()> {
    // Slow statements are what is wanted here.
    let mut db = postgres.superuser(DATABASE).disable_statement_logging().connect().await?;
    let there = store::posts(&mut db).await?;
    if there >= options.posts {
        eprintln!("the community of an earlier run has {there} posts");
        return Ok(());
    }
    ensure!(
        there == 0,
        "{} holds a community of {there} posts; remove it to make one of {}",
        app.config.data.join("bench").display(),
        options.posts
    );
    let began = Instant::now();
    seed(app, options).await?;
    let boards = boards(app).await?;
    let seeds = store::posts(&mut db).await?;
    ensure!(seeds > 0, "there are no texts");
    eprintln!("{seeds} posts of real text; copying them until there are {}", options.posts);

    let copies = i32::try_from(options.posts / seeds).context("that is too many copies")?;
    let members = (options.posts / POSTS_OF_A_MEMBER).max(store::members(&mut db).await?);
    let handles: Vec<String> = (1..=members).map(|number| format!("reader-{number}")).collect();
    let skeletons: Vec<String> = handles.iter().map(|handle| handle_skeleton(handle)).collect();
    store::copy(&mut db, &boards, copies, (&handles, &skeletons), app.now()).await?;
    eprintln!("copied after {:.0?}; putting the counts right", began.elapsed());

    doctor::repair(&mut db, app.now()).await?;
    store::settle(&mut db).await?;
    let wrong: Vec<_> = doctor::examine(&mut db, app.now()).await?;
    let wrong: Vec<_> = wrong.iter().filter(|finding| finding.wrong > 0).collect();
    ensure!(wrong.is_empty(), "the doctor found {wrong:?}");
    eprintln!("made, and the doctor finds nothing wrong, after {:.0?}", began.elapsed());
    Ok(())
}

async fn seed(app: &App, options: &Options) -> Result<()> {
    match &options.texts {
        Some(folder) => {
            stackexchange::import(app, folder, None, MultiProgress::new()).await?;
        }
        None => {
            demo::fill(app, &TABLE).await?;
        }
    }
    Ok(())
}

async fn boards(app: &App) -> Result<Vec<i64>> {
    let mut ids = Vec::new();
    for category in 1..=CATEGORIES {
        let (slug, name) = (format!("field-{category}"), format!("Field {category}"));
        let new = NewCategory { slug: &slug, name: &name };
        let category_id = found_category(app, new).await?.context("a category's name is taken")?;
        for board in 1..=BOARDS / CATEGORIES {
            let (slug, name) =
                (format!("plot-{category}-{board}"), format!("Plot {category}.{board}"));
            let new = NewBoard {
                category: category_id,
                slug: &slug,
                name: &name,
                description: "Threads of the benchmark.",
                style: Style::Questions,
                icon: "help",
                tone: i16::try_from(board)?,
                audience: Audience::Everyone,
            };
            ids.push(found_board(app, new).await?.context("a board's name is taken")?.0);
        }
    }
    Ok(ids)
}
