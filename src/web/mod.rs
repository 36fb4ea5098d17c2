//! What every page shares: how requests come in and who is let in, the session, the shell around a
//! page, forms, errors, assets and headers.

pub mod admission;
mod assets;
mod asked;
mod back;
mod brand;
mod client;
mod document;
mod errors;
mod files;
mod flash;
mod forms;
pub mod headers;
mod health;
mod limiting;
mod linked_data;
pub mod listen;
mod page;
mod reading;
mod session;
mod shell;
mod store;
pub mod uncancelled;

use crate::route::{Cache, Policy, Rate, Route, page};

pub use asked::{Whence, logged_path, note_request};
pub use assets::{expander, favicon, script, sprite, stylesheet};
pub use back::safe_back;
pub use brand::brand_colors;
pub use document::{Document, is_known};
pub use errors::draw_errors;
pub use files::{Files, FormWithFiles};
pub use flash::{clear_flash, permanent, see_other, see_other_saying};
pub use forms::{Form, FormWithFile, Path, Query};
pub use limiting::limit;
pub use linked_data::LinkedData;
pub use page::{Page, unprocessable};
pub use reading::keep_reading;
pub use session::{
    cookie_for, cookie_gone, secret_of, set_up_cookie_for, set_up_pass_of, step_cookie_for,
    step_of, waiting_cookie_for, waiting_of, without_set_up, without_step, without_waiting,
};
pub use shell::Shell;

/// Addresses that belong to no room.
pub fn routes() -> Vec<Route> {
    vec![
        page("/assets/{hash}/{file}", Policy::Everybody, assets::show).cached(Cache::Forever),
        page("/healthz", Policy::Everybody, health::alive).rated(Rate::Health),
        page("/readyz", Policy::Everybody, health::ready).rated(Rate::Health),
    ]
}
