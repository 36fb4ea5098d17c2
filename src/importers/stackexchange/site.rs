//! Which site it was, and where it goes.

use super::Import;
use crate::{
    access::Audience,
    boards::{
        NewBoard, NewCategory, Style,
        founding::{self},
    },
    importers::imported,
    kit::{BoardId, CategoryId, slug},
};
use anyhow::{Context, Result};
use sqlx::PgConnection;
use std::path::Path;

/// The name of the site, as the folder of its dump is called: `coffee` for `stackexchange-coffee` and
/// for `coffee.stackexchange.com`.
pub(super) fn name_of(folder: &Path) -> Result<String> {
    let folder = folder
        .canonicalize()
        .with_context(|| format!("there is no folder {}", folder.display()))?;
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let name = name.strip_prefix("stackexchange-").unwrap_or(name);
    let name = [".stackexchange.com", ".com"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name);
    let name = slug(name);
    anyhow::ensure!(!name.is_empty(), "{} should be named for its site", folder.display());
    Ok(name)
}

/// `coffee` is Coffee, `conlang-meta` is Conlang meta.
pub(super) fn title_of(name: &str) -> String {
    let mut letters = name.replace('-', " ").chars().collect::<Vec<_>>();
    if let Some(first) = letters.first_mut() {
        first.make_ascii_uppercase();
    }
    letters.into_iter().collect()
}

/// The board of this site, opened if need be. A board that was opened once is used whatever it
/// is called now.
pub(super) async fn board(import: &mut Import<'_>, name: Option<&str>) -> Result<BoardId> {
    let source = import.source.clone();
    let mut tx = import.app.db.begin().await?;
    let known = imported::of_kind(&mut tx, &source, "board").await?;
    if let Some(board) = known.get(&0) {
        return Ok(BoardId(*board));
    }
    let site = title_of(&import.site);
    let category = category(&mut tx, &format!("Imported from {site}")).await?;
    let board = open(&mut tx, category, name.unwrap_or(&site)).await?;
    imported::keep(&mut tx, &source, "board", &[(0, board.0)]).await?;
    tx.commit().await?;
    import.report.changes += 1;
    Ok(board)
}

async fn category(db: &mut PgConnection, name: &str) -> Result<CategoryId> {
    for slug in slugs(name) {
        let new = NewCategory { slug: &slug, name };
        if let Some(category) = founding::category(db, &new).await? {
            return Ok(category);
        }
    }
    anyhow::bail!("too many categories are called {name}")
}

async fn open(db: &mut PgConnection, category: CategoryId, name: &str) -> Result<BoardId> {
    for slug in slugs(name) {
        let new = NewBoard {
            category,
            slug: &slug,
            name,
            description: "",
            style: Style::Questions,
            icon: "help",
            tone: 1,
            audience: Audience::Everyone,
        };
        if let Some(board) = founding::board(db, &new).await? {
            return Ok(board);
        }
    }
    anyhow::bail!("too many boards are called {name}")
}

/// Names in addresses to try, the plain one first.
fn slugs(name: &str) -> impl Iterator<Item = String> {
    let plain = Some(slug(name)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "board".into());
    (1..100).map(move |number| match number {
        1 => plain.clone(),
        number => format!("{plain}-{number}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_named_for_its_folder() {
        let folder = std::env::temp_dir().join(format!("candor-site-{}", std::process::id()));
        for (name, site) in [
            ("stackexchange-coffee", "coffee"),
            ("coffee.stackexchange.com", "coffee"),
            ("coffee.meta.stackexchange.com", "coffee-meta"),
            ("superuser.com", "superuser"),
        ] {
            std::fs::create_dir_all(folder.join(name)).unwrap();
            assert_eq!(name_of(&folder.join(name)).unwrap(), site);
        }
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(name_of(&folder).is_err());
        assert_eq!(title_of("conlang-meta"), "Conlang meta");
    }
}
