//! The program itself, as an operator runs it: the binary, its private database, signals and files.
//!
//! Slow things are done once: a demonstration is loaded, stopped, and copied for whoever needs one.
#![expect(clippy::unwrap_used, reason = "a test may fail anywhere, also in what its tests share")]

mod backing_up;
mod bench;
mod browser;
mod crashes;
mod demonstration;
mod doctor;
mod members;
mod program;
mod refusals;
mod set_up;
