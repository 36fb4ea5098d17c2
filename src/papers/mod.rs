//! The texts that every community must have: rules, terms, privacy, imprint, about.
//!
//! Administrators write them; every version is kept and can be read by everybody. One that was never
//! written, or was withdrawn, does not exist: its address is not found and nothing links to it.
//!
//! Members agree to the *terms*: when they sign up, and again when a version is published that needs it.
//! Until they have, their pages lead to the question; they can sign out and read as guests, read the texts,
//! look after their account, take a copy of their data, and leave. A version that only corrects asks nobody.
//!
//! Versions and consents are appended to and never changed: together they prove who agreed to what.

mod actions;
mod consent;
mod pages;
mod paper;
mod store;

use crate::{
    app::App,
    route::{Policy, Route, deed, page},
    web::{Query, Shell},
};
use axum::extract::State;

pub use actions::{Edit, Published, publish};
pub use consent::{
    Agreed, agree, agree_on_joining, agreed_on_joining, asks_before, is_text, note_agreed,
};
pub use paper::Paper;
pub(crate) use store::{Held, held};

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    use pages::{agreements, consent, history, show};
    let public = Paper::ALL.into_iter().flat_map(|paper| {
        let shown = move |app: State<App>, shell: Shell| show::show(app, shell, paper);
        let history = move |app: State<App>, shell: Shell, from: Query<history::From>| {
            history::show(app, shell, from, paper)
        };
        [
            page(paper.url(), Policy::Everybody, shown),
            page(paper.history_url(), Policy::Everybody, history),
        ]
    });
    let members = [
        page("/consent", Policy::Members, consent::ask),
        deed("/consent", Policy::Members, consent::give),
        page("/settings/agreements", Policy::Members, agreements::show),
    ];
    public.chain(members).collect()
}
