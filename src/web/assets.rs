//! Style, script and icons: bundled, named by their hash, kept by browsers for a year.

use super::{brand, forms::Path};
use crate::{
    error::{Error, Result},
    kit::Rgb,
};
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::{borrow::Cow, sync::LazyLock};

#[derive(RustEmbed)]
#[folder = "static/"]
#[include = "css/*.css"]
#[include = "js/*.js"]
#[include = "icons/*.svg"]
#[include = "vendor/*.js"]
struct Files;

struct Bundle {
    hash: String,
    style: String,
    script: String,
    sprite: String,
    favicon: String,
    style_url: String,
    script_url: String,
    expander_url: String,
    sprite_url: String,
    favicon_url: String,
}

/// The stylesheets that come before the components, and the one that comes after.
const FIRST: [&str; 4] = ["css/tokens.css", "css/reset.css", "css/base.css", "css/layout.css"];
const LAST: &str = "css/utilities.css";
/// Asked for by whoever begins to write, and by nobody else.
const EXPANDER: &str = "vendor/text-expander.js";

static BUNDLE: LazyLock<Bundle> = LazyLock::new(|| {
    let style = style_files().map(|file| read(&file)).collect::<String>();
    let script = names("js/").map(|file| module(&read(&file))).collect::<String>();
    let sprite = read("icons/sprite.svg");
    let favicon = read("icons/favicon.svg");
    let mut hash = Sha256::new();
    // One brand's stylesheet stands for how all of them are made.
    let brand = brand::style(Rgb([255, 0, 0]));
    for part in [&style, &script, &read(EXPANDER), &sprite, &favicon, &brand] {
        hash.update(part.as_bytes());
    }
    let hash: String = hash.finalize().iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    let url = |file: &str| format!("/assets/{hash}/{file}");
    Bundle {
        style_url: url("candor.css"),
        script_url: url("candor.js"),
        expander_url: url("text-expander.js"),
        sprite_url: url("icons.svg"),
        favicon_url: url("favicon.svg"),
        hash,
        style,
        script,
        sprite,
        favicon,
    }
});

fn names(folder: &str) -> impl Iterator<Item = String> {
    let mut names: Vec<String> = Files::iter()
        .map(|name| name.into_owned())
        .filter(|name| name.starts_with(folder))
        .collect();
    names.sort();
    names.into_iter()
}

fn style_files() -> impl Iterator<Item = String> {
    let components = names("css/").filter(|name| !FIRST.contains(&name.as_str()) && name != LAST);
    FIRST.map(str::to_owned).into_iter().chain(components).chain([LAST.to_owned()])
}

fn read(file: &str) -> String {
    Files::get(file)
        .map(|file| String::from_utf8_lossy(&file.data).into_owned())
        .unwrap_or_default()
}

/// Each script keeps its names to itself.
fn module(script: &str) -> String {
    format!("{{\n{script}\n}}\n")
}

/// The address of the stylesheet.
pub fn stylesheet() -> &'static str {
    &BUNDLE.style_url
}

/// The address of the stylesheet for a brand's color, `#rrggbb`.
pub(super) fn brand_stylesheet(color: &str) -> String {
    format!("/assets/{}/brand-{}.css", BUNDLE.hash, color.trim_start_matches('#'))
}

/// The block of `tokens.css` that begins so.
pub(super) fn palette(start: &str) -> String {
    let tokens = read("css/tokens.css");
    let block = tokens.find(start).and_then(|at| tokens[at..].split('}').next());
    block.unwrap_or_default().to_owned()
}

/// The address of the script.
pub fn script() -> &'static str {
    &BUNDLE.script_url
}

/// The address of the script that offers what was begun to be typed.
pub fn expander() -> &'static str {
    &BUNDLE.expander_url
}

/// The address of the icons; `#name` picks one.
pub fn sprite() -> &'static str {
    &BUNDLE.sprite_url
}

/// The address of the picture in the browser's tab.
pub fn favicon() -> &'static str {
    &BUNDLE.favicon_url
}

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The color in the name of a brand's stylesheet. Whatever color it is: the file is made of its name alone.
fn brand_of(file: &str) -> Option<Rgb> {
    let digits = file.strip_prefix("brand-")?.strip_suffix(".css")?;
    Rgb::read(&format!("#{digits}"))
}

pub(super) async fn show(Path((hash, file)): Path<(String, String)>) -> Result<Response> {
    let (kind, text) = match file.as_str() {
        "candor.css" => (CSS, Cow::from(&BUNDLE.style)),
        "candor.js" => (SCRIPT, Cow::from(&BUNDLE.script)),
        "text-expander.js" => (SCRIPT, read(EXPANDER).into()),
        "icons.svg" => ("image/svg+xml; charset=utf-8", Cow::from(&BUNDLE.sprite)),
        "favicon.svg" => ("image/svg+xml; charset=utf-8", Cow::from(&BUNDLE.favicon)),
        other => {
            (CSS, brand_of(other).map(|color| brand::style(color).into()).ok_or(Error::NotFound)?)
        }
    };
    // An old page may ask a new server: it gets what there is, and nobody keeps it.
    let mut response = ([(header::CONTENT_TYPE, kind)], text).into_response();
    if hash != BUNDLE.hash {
        let never = header::HeaderValue::from_static("no-store");
        response.headers_mut().insert(header::CACHE_CONTROL, never);
    }
    Ok(response)
}
