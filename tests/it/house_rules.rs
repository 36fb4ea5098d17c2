//! The rules of the house, kept by tests where a compiler cannot: see the crate documentation in
//! `src/lib.rs` for what they are for.

mod direction;
mod palette;
mod readme;
mod routes;
mod source;
mod styles;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A file of the project, with its path from the root.
pub(crate) struct SourceFile {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl SourceFile {
    /// Its lines, numbered from 1 as editors do.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(at, line)| (at + 1, line))
    }
}

/// All files under `folder` whose names end in one of `kinds`, in order.
pub(crate) fn files(folder: &str, kinds: &[&str]) -> Vec<SourceFile> {
    let mut paths = Vec::new();
    gather(&root().join(folder), &mut paths);
    paths.sort();
    let wanted = paths.into_iter().filter(|path| {
        path.extension().and_then(|kind| kind.to_str()).is_some_and(|kind| kinds.contains(&kind))
    });
    let read = |path: PathBuf| SourceFile {
        text: fs::read_to_string(&path).expect("sources are text"),
        path: path.strip_prefix(root()).expect("it lies there").to_string_lossy().into_owned(),
    };
    wanted.map(read).collect()
}

fn gather(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, paths);
        } else {
            paths.push(path);
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Fails with all of them, so that one run tells everything.
fn assert_none(broken: &[String], rule: &str) {
    assert!(broken.is_empty(), "{rule}\n  {}", broken.join("\n  "));
}
