//! Which files there are.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

/// The eight files of a dump.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    Users,
    Posts,
    Comments,
    Votes,
    Badges,
    PostLinks,
    PostHistory,
    Tags,
}

impl Table {
    /// The file's name without `.xml`; in lower case, also the name of its outermost element.
    pub fn name(self) -> &'static str {
        match self {
            Self::Users => "Users",
            Self::Posts => "Posts",
            Self::Comments => "Comments",
            Self::Votes => "Votes",
            Self::Badges => "Badges",
            Self::PostLinks => "PostLinks",
            Self::PostHistory => "PostHistory",
            Self::Tags => "Tags",
        }
    }

    /// The file in a folder, whatever the case of its name: some mirrors lower it.
    pub(super) fn find(self, folder: &Path) -> io::Result<Option<PathBuf>> {
        let name = format!("{self}.xml");
        let exact = folder.join(&name);
        if exact.is_file() {
            return Ok(Some(exact));
        }
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_name().to_str().is_some_and(|found| found.eq_ignore_ascii_case(&name)) {
                return Ok(Some(entry.path()));
            }
        }
        Ok(None)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
