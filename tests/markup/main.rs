//! What `markup` promises, held against other people's corpora: the specifications of CommonMark
//! and GitHub's dialect, collections of attacks, naughty strings, bombs and whatever proptest
//! thinks of. Corpora are read from `../shared/corpora` where that is checked out.

mod attacks;
mod bombs;
mod safety;
mod specifications;

use std::{fs, path::Path};

/// A file of a corpus; says so and gives nothing where it is missing.
fn corpus(file: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora").join(file);
    let text = fs::read_to_string(path).ok();
    if text.is_none() {
        eprintln!("skipped: corpora are not in this checkout ({file})");
    }
    text
}
