use super::{asked::Asked, assets, flash, reading, session, store};
use crate::{
    app::App,
    error::Result,
    kit::{Arg, Message, Problems},
    members::{Member, Reading, Viewer, session::IDLE},
    papers::Paper,
    settings::{self, Settings},
    words::Language,
};
use std::{borrow::Borrow, sync::Arc};
use time::{Date, OffsetDateTime};

use store::NavCategory;

/// What surrounds every page: who looks, whose community it is, what time it is, in which language.
/// Looked up once for a request.
#[derive(Debug, Clone)]
pub struct Shell {
    /// Who looks.
    pub viewer: Viewer,
    /// Whether the viewer must set up a second factor before anything else.
    pub owes_second_factor: bool,
    /// Whose community it is.
    pub site: Settings,
    /// The texts that there are, for the footer.
    pub papers: Vec<Paper>,
    /// Whether the viewer must agree to the terms before they go on.
    pub consent_due: bool,
    /// What waits in the viewer's inbox.
    pub unread: i64,
    /// How many wait for approval, 100 where it is more; looked up for administrators alone.
    pub waiting: i64,
    /// How many flagged posts wait for the viewer to look at them, 100 where it is more; none for those who
    /// moderate nothing.
    pub reviews: Option<i64>,
    /// The boards the viewer may see, for the rail.
    pub boards: Arc<Vec<NavCategory>>,
    /// What the last deed said, as a key.
    pub flash: Option<String>,
    /// How pages look to the viewer.
    pub reading: Reading,
    /// The language of the page.
    pub language: Language,
    /// The time of this request.
    pub now: OffsetDateTime,
    /// The path that was asked for.
    pub path: String,
    /// The address people reach the community under, without a slash at the end.
    pub address: Arc<str>,
}

impl Shell {
    pub(super) async fn of(app: &App, asked: &Asked) -> Result<Self> {
        Ok(asked.shell.get_or_try_init(|| Self::look_up(app, asked)).await?.clone())
    }

    async fn look_up(app: &App, asked: &Asked) -> Result<Self> {
        let now = app.now();
        let token = session::secret_of(app, &asked.headers).map(|secret| secret.hash());
        let mut db = app.db.acquire().await?;
        let row = store::surroundings(&mut db, token.as_deref(), now, now - IDLE).await?;
        if let (Some(token), Some(seen_at)) = (&token, row.seen_at)
            && now - seen_at > time::Duration::HOUR
        {
            store::seen(&mut db, token, now).await?;
        }
        let viewer = Viewer(row.member());
        let owes_second_factor = !row.has_second_factor
            && viewer.0.as_ref().is_some_and(|member| {
                member.is_bound_by(row.settings.0.second_factor, row.moderates)
            });
        Ok(Self {
            viewer,
            owes_second_factor,
            site: row.settings.0,
            papers: Paper::ALL
                .into_iter()
                .filter(|paper| row.papers.iter().any(|name| name == paper.name()))
                .collect(),
            consent_due: row.consent_due,
            unread: row.unread,
            waiting: row.waiting,
            reviews: row.reviews,
            boards: Arc::new(row.boards.0),
            flash: flash::said(&asked.headers),
            reading: row
                .reading
                .map_or_else(|| reading::kept(&asked.headers), |words| Reading::read(&words)),
            language: Language::default(),
            now,
            path: asked.uri.path().to_owned(),
            address: app.config.address().into(),
        })
    }

    /// Whether there is such a text.
    pub fn has(&self, paper: impl Borrow<Paper>) -> bool {
        self.papers.contains(paper.borrow())
    }

    /// The member who looks, if it is one.
    pub fn member(&self) -> Option<&Member> {
        self.viewer.0.as_ref()
    }

    /// A text.
    pub fn t(&self, key: impl AsRef<str>) -> String {
        self.language.text(key.as_ref())
    }

    /// A text with one gap.
    pub fn t1(&self, key: impl AsRef<str>, name: &'static str, value: impl Into<Arg>) -> String {
        self.language.text_with(key.as_ref(), &[(name, value.into())])
    }

    /// A text with two gaps.
    pub fn t2(
        &self,
        key: impl AsRef<str>,
        name: &'static str,
        value: impl Into<Arg>,
        other: &'static str,
        other_value: impl Into<Arg>,
    ) -> String {
        self.language.text_with(key.as_ref(), &[(name, value.into()), (other, other_value.into())])
    }

    /// A message from the code.
    pub fn say(&self, message: &Message) -> String {
        self.language.say(message)
    }

    /// The mark on what staff say.
    pub fn staff_mark(&self) -> String {
        if self.site.brand.is_empty() {
            self.t("staff-mark")
        } else {
            self.t1("staff-mark-of", "brand", &self.site.brand)
        }
    }

    /// The stylesheet of the brand's own color, if it has one.
    pub fn brand_stylesheet(&self) -> Option<String> {
        let color = &self.site.brand_color;
        let usual = settings::entry("brand_color").is_some_and(|entry| entry.default == color);
        (!usual).then(|| assets::brand_stylesheet(color))
    }

    /// What is wrong with a field, in words.
    pub fn problem(&self, problems: &Problems, field: impl AsRef<str>) -> Option<String> {
        problems.of(field.as_ref()).map(|message| self.say(message))
    }

    /// A time as people say it.
    pub fn when(&self, at: &OffsetDateTime) -> String {
        self.language.when(*at, self.now)
    }

    /// A time in full.
    pub fn moment(&self, at: &OffsetDateTime) -> String {
        self.language.moment(*at)
    }

    /// A date.
    pub fn date(&self, at: &OffsetDateTime) -> String {
        self.language.date(*at)
    }

    /// A day.
    pub fn day(&self, day: impl Borrow<Date>) -> String {
        self.language.day(*day.borrow())
    }

    /// The month of a day, in short.
    pub fn month(&self, day: &Date) -> String {
        self.language.month(*day)
    }

    /// The month of a day and its year.
    pub fn month_of_year(&self, day: &Date) -> String {
        self.language.month_of_year(*day)
    }

    /// A time for the `datetime` attribute.
    pub fn machine_time(&self, at: &OffsetDateTime) -> String {
        at.format(&time::format_description::well_known::Rfc3339).unwrap_or_default()
    }

    /// An address with everything that a program elsewhere needs.
    pub fn whole(&self, path: impl AsRef<str>) -> String {
        format!("{}{}", self.address, path.as_ref())
    }

    /// Words as XML 1.0 can hold them: without the characters that it has no way to write (section 2.2).
    pub fn xml(&self, words: impl AsRef<str>) -> String {
        let can_be_written = |&c: &char| {
            matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'))
        };
        words.as_ref().chars().filter(can_be_written).collect()
    }

    /// Whether the page is this one, for `aria-current`.
    pub fn at(&self, path: impl AsRef<str>) -> bool {
        self.path == path.as_ref()
    }
}
