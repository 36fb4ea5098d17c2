//! The stage on which tests play: a [`World`] of one's own, its cast, and what a browser sees.

mod answer;
mod authenticator;
mod cast;
mod client;
mod cluster;
mod database;
mod deeds;
mod factors;
mod files;
mod form;
mod notices;
mod outline;
mod rule;
mod talk;
mod world;

pub(crate) use answer::Answer;
pub(crate) use authenticator::Authenticator;
pub(crate) use cast::PASSWORD;
pub(crate) use client::{Ask, Client};
pub(crate) use deeds::{Begun, form_key};
pub(crate) use factors::{CodeApp, recovery_codes};
pub(crate) use files::{moving, photograph};
pub(crate) use form::Form;
pub(crate) use notices::Notices;
pub(crate) use world::{PUBLIC, World};
