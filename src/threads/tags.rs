//! Words that threads are found by.

mod store;

use crate::kit::{ThreadId, slug};
use sqlx::PgConnection;

/// Most tags of one thread.
pub(crate) const MOST: usize = 5;
/// Longest tag, in characters.
const LONGEST: usize = 30;

pub(crate) use store::{ids_of, threads_of};

/// Where the threads with a tag are listed.
pub(crate) fn tag_url(name: &str) -> String {
    format!("/tags/{name}")
}

/// The tags in what somebody typed: words between commas or spaces, each once. `None` where one of
/// them has no letter that an address can hold, or is too long.
pub(crate) fn read(text: &str) -> Option<Vec<String>> {
    let mut tags: Vec<String> = Vec::new();
    for word in text.split([',', ' ', '\n']).map(|word| word.trim().trim_start_matches('#')) {
        if word.is_empty() {
            continue;
        }
        let tag = slug(word);
        if tag.is_empty() || tag.len() > LONGEST {
            return None;
        }
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    Some(tags)
}

/// Gives a thread these tags in place of those it had.
///
/// # Errors
/// Those of the database.
pub(crate) async fn set(
    db: &mut PgConnection,
    thread: ThreadId,
    tags: &[String],
) -> sqlx::Result<()> {
    store::add_missing(db, tags).await?;
    store::replace(db, thread, tags).await
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn tags_are_read_from_words_and_commas() {
        assert_eq!(
            read("#Wi-Fi, firmware  wi-fi"),
            Some(vec!["wi-fi".to_owned(), "firmware".to_owned()])
        );
        assert_eq!(read(""), Some(vec![]));
        assert_eq!(read("温度"), None);
    }
}
