//! Every text people read, by key and language. The texts stand in `locales/`; English is the source.

mod pieces;

use crate::kit::{Arg, Message};
use fluent_templates::{LanguageIdentifier, Loader, fluent_bundle::FluentValue, langid};
use std::{borrow::Cow, collections::HashMap};
use time::{Date, Duration, OffsetDateTime, Weekday, macros::format_description};

pub use pieces::Piece;

fluent_templates::static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        // The isolation marks would end up in attributes and mail subjects.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static ENGLISH: LanguageIdentifier = langid!("en");

/// A language that the pages can be drawn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// The source of all translations.
    #[default]
    English,
}

impl Language {
    /// The code for the `lang` attribute (BCP 47).
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
        }
    }

    fn id(self) -> &'static LanguageIdentifier {
        match self {
            Self::English => &ENGLISH,
        }
    }

    /// The text of `key`.
    pub fn text(self, key: &str) -> String {
        self.text_with(key, &[])
    }

    /// The text of a message with its gaps filled.
    pub fn say(self, message: &Message) -> String {
        self.text_with(message.key, &message.args)
    }

    /// The text of `key` with its gaps filled. A missing key comes back as itself, and fails a test.
    pub fn text_with(self, key: &str, args: &[(&'static str, Arg)]) -> String {
        let args: HashMap<Cow<'static, str>, FluentValue<'_>> = args
            .iter()
            .map(|(name, arg)| {
                let value = match arg {
                    Arg::Text(text) => FluentValue::from(text.as_str()),
                    Arg::Number(number) => FluentValue::from(*number),
                };
                (Cow::Borrowed(*name), value)
            })
            .collect();
        LOCALES.try_lookup_complete(self.id(), key, Some(&args)).unwrap_or_else(|| key.to_owned())
    }

    /// A time as people say it: `5 min ago` in the last week, else the date.
    pub fn when(self, at: OffsetDateTime, now: OffsetDateTime) -> String {
        let ago = now - at;
        if ago < Duration::MINUTE {
            self.text("time-just-now")
        } else if ago < Duration::HOUR {
            self.text_with("time-minutes-ago", &[("count", ago.whole_minutes().into())])
        } else if ago < Duration::DAY {
            self.text_with("time-hours-ago", &[("count", ago.whole_hours().into())])
        } else if ago < Duration::WEEK {
            self.text_with("time-days-ago", &[("count", ago.whole_days().into())])
        } else {
            self.date(at)
        }
    }

    /// A date: `3 Nov 2026`.
    pub fn date(self, at: OffsetDateTime) -> String {
        self.day(at.date())
    }

    /// The same of a day.
    pub fn day(self, day: Date) -> String {
        let format = format_description!("[day padding:none] [month repr:short] [year]");
        day.format(&format).unwrap_or_default()
    }

    /// The month of a day, in short: `Nov`.
    pub fn month(self, day: Date) -> String {
        day.format(format_description!("[month repr:short]")).unwrap_or_default()
    }

    /// The month of a day and its year: `November 2026`.
    pub fn month_of_year(self, day: Date) -> String {
        day.format(format_description!("[month repr:long] [year]")).unwrap_or_default()
    }

    /// A day of the week, in short: `Mon`.
    pub fn weekday(self, day: Weekday) -> String {
        day.to_string().chars().take(3).collect()
    }

    /// A moment in full, for the tooltip: `3 Nov 2026, 14:05 UTC`.
    pub fn moment(self, at: OffsetDateTime) -> String {
        let format = format_description!(
            "[day padding:none] [month repr:short] [year], [hour]:[minute] UTC"
        );
        at.format(&format).unwrap_or_default()
    }

    /// Whether there is a text for `key`; for the tests that hold the keys together.
    pub fn has(self, key: &str) -> bool {
        LOCALES.try_lookup(self.id(), key).is_some()
    }
}
