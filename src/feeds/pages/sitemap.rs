use crate::{
    app::App,
    error::{Error, Result},
    feeds::views::{self, PART, Place},
    web::{Document, Path, Shell},
};
use askama::Template;
use axum::{extract::State, http::HeaderMap, response::Response};

const MEDIA_TYPE: &str = "application/xml; charset=utf-8";

#[derive(Template)]
#[template(path = "feeds/sitemap_index.xml")]
struct ShowIndex {
    shell: Shell,
    parts: Vec<i64>,
}

#[derive(Template)]
#[template(path = "feeds/sitemap.xml")]
struct ShowPart {
    shell: Shell,
    places: Vec<Place>,
}

const _: () = assert!(PART <= 50_000, "so many addresses sitemaps.org lets one file have");

/// All parts. An index may name 50,000 of them, which is fifty million threads.
pub(in crate::feeds) async fn index(
    State(app): State<App>,
    shell: Shell,
    headers: HeaderMap,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let parts = views::parts(&mut db).await?;
    let text = ShowIndex { shell, parts }.render()?;
    Document { media_type: MEDIA_TYPE, text }.answer(&headers)
}

/// One part: `boards`, or a number of the index.
pub(in crate::feeds) async fn part(
    State(app): State<App>,
    shell: Shell,
    Path(part): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let name = part.strip_suffix(".xml").ok_or(Error::NotFound)?;
    let places = match name {
        "boards" => views::boards(&mut db).await?,
        number => {
            let number: u32 = number.parse().map_err(|_| Error::NotFound)?;
            let threads = views::threads_of(&mut db, number.into()).await?;
            if threads.is_empty() {
                return Err(Error::NotFound);
            }
            threads
        }
    };
    let text = ShowPart { shell, places }.render()?;
    Document { media_type: MEDIA_TYPE, text }.answer(&headers)
}
