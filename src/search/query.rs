use crate::kit::{Message, PageNumber, Problems};
use serde::Deserialize;

/// Longest question, in characters.
const LONGEST: usize = 200;

/// What somebody looks for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SearchForm {
    #[serde(default)]
    pub(super) q: String,
    /// The name of a board, or nothing for all of them.
    #[serde(default)]
    pub(super) board: String,
    #[serde(default = "first")]
    pub(super) page: PageNumber,
    #[serde(skip)]
    pub(super) problems: Problems,
}

fn first() -> PageNumber {
    PageNumber::FIRST
}

impl SearchForm {
    /// Tidies what was typed; `false` where it cannot be looked for.
    pub(super) fn check(&mut self) -> bool {
        self.q = self.q.split_whitespace().collect::<Vec<_>>().join(" ").replace('\0', "");
        self.page = self.page.min(PageNumber::new(super::store::PAGES));
        if self.q.chars().count() > LONGEST {
            self.problems.add("q", Message::with("search-too-long", "most", LONGEST as i64));
        }
        self.problems.none()
    }

    /// The address of one page of the results.
    pub(super) fn url(&self, page: i32) -> String {
        self.url_in(&self.board, page)
    }

    /// The address of the same search on all boards.
    pub(super) fn everywhere_url(&self) -> String {
        self.url_in("", 1)
    }

    fn url_in(&self, board: &str, page: i32) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", &self.q);
        if !board.is_empty() {
            query.append_pair("board", board);
        }
        if page > 1 {
            query.append_pair("page", &page.to_string());
        }
        format!("/search?{}", query.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(q: &str, page: i32) -> SearchForm {
        SearchForm {
            q: q.to_owned(),
            board: "hub".to_owned(),
            page: PageNumber::new(page),
            problems: Problems::default(),
        }
    }

    #[test]
    fn a_question_is_one_line_and_its_address_leads_back_to_it() {
        let mut form = form("  hub\twi-fi & \"at night\"\0 ", 900);
        assert!(form.check());
        assert_eq!(form.q, "hub wi-fi & \"at night\"");
        assert_eq!(form.page.number(), 5);
        assert_eq!(form.url(2), "/search?q=hub+wi-fi+%26+%22at+night%22&board=hub&page=2");
    }

    #[test]
    fn two_hundred_characters_are_enough() {
        assert!(form(&"é".repeat(200), 1).check());
        assert!(!form(&"é".repeat(201), 1).check());
    }
}
