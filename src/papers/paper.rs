/// One of the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the texts")]
pub enum Paper {
    Rules,
    Terms,
    Privacy,
    Imprint,
    About,
}

impl Paper {
    /// All of them, in the order of the footer.
    pub const ALL: [Self; 5] =
        [Self::Rules, Self::Terms, Self::Privacy, Self::Imprint, Self::About];

    /// Its name in the database and in addresses.
    pub fn name(self) -> &'static str {
        &self.url()[1..]
    }

    /// The text of this name.
    pub fn read(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paper| paper.name() == name)
    }

    /// Where everybody reads it.
    pub fn url(self) -> &'static str {
        match self {
            Self::Rules => "/rules",
            Self::Terms => "/terms",
            Self::Privacy => "/privacy",
            Self::Imprint => "/imprint",
            Self::About => "/about",
        }
    }

    /// Where all its versions are.
    pub fn history_url(self) -> &'static str {
        match self {
            Self::Rules => "/rules/history",
            Self::Terms => "/terms/history",
            Self::Privacy => "/privacy/history",
            Self::Imprint => "/imprint/history",
            Self::About => "/about/history",
        }
    }

    /// Where administrators write it.
    pub fn admin_url(self) -> String {
        format!("/admin/texts{}", self.url())
    }

    /// What it is called: the key of a text.
    pub fn title(self) -> &'static str {
        match self {
            Self::Rules => "paper-rules",
            Self::Terms => "paper-terms",
            Self::Privacy => "paper-privacy",
            Self::Imprint => "paper-imprint",
            Self::About => "paper-about",
        }
    }

    /// Why a community needs it: the key of a text.
    pub fn why(self) -> &'static str {
        match self {
            Self::Rules => "paper-rules-why",
            Self::Terms => "paper-terms-why",
            Self::Privacy => "paper-privacy-why",
            Self::Imprint => "paper-imprint-why",
            Self::About => "paper-about-why",
        }
    }

    /// Where everybody reads what it said once.
    pub fn version_url(self, number: i32) -> String {
        format!("{}?below={}#v{number}", self.history_url(), i64::from(number) + 1)
    }

    /// What one may begin with: what is true of every installation, and blanks for what is not.
    pub fn start(self) -> &'static str {
        match self {
            Self::Rules => include_str!("starts/rules.md"),
            Self::Terms => include_str!("starts/terms.md"),
            Self::Privacy => include_str!("starts/privacy.md"),
            Self::Imprint => include_str!("starts/imprint.md"),
            Self::About => include_str!("starts/about.md"),
        }
    }

    /// Whether members agree to it.
    pub fn takes_consent(self) -> bool {
        self == Self::Terms
    }
}

/// What stands in double brackets, for whoever writes to fill in.
pub(super) fn blanks(source: &str) -> impl Iterator<Item = &str> {
    source.split("[[").skip(1).filter_map(|rest| rest.split_once("]]")).map(|(blank, _)| blank)
}

#[cfg(test)]
mod tests {
    use super::{Paper, blanks};

    #[test]
    fn whatever_only_the_operator_knows_is_a_blank() {
        assert_eq!(
            blanks("A [[name]] at [[ a place ]], [1] [[open").collect::<Vec<_>>(),
            ["name", " a place "]
        );
        for paper in Paper::ALL {
            let complete = blanks(paper.start()).next().is_none();
            assert_eq!(complete, paper == Paper::Rules, "{paper:?}");
        }
    }
}
