use crate::{
    app::App,
    drafts::Draft,
    error::{Error, Result},
    kit::{Message, PageNumber, Problems, ThreadId},
    markup::{self, Html},
    members,
    posts::{self, composer::Composer, forms::ReplyForm},
    solutions::confirmation::Answer,
    threads::{
        access,
        forms::title_line,
        helpful::{self, Places, Spot},
        me_too::{self, Other},
        thread::{Can, ReplyOrder, Thread},
        views::{self, Helpful, Joined, Lock, PostLine, Refuted},
    },
    web::{self, Page, Path, Query, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};
use std::borrow::Borrow;

/// The thread page.
#[derive(Template)]
#[template(path = "threads/show.html")]
pub(super) struct ShowThread {
    pub(super) shell: Shell,
    pub(super) thread: Thread,
    can: Can,
    page: PageNumber,
    /// What stands on the page, where replies are read most helpful first.
    helpful: Option<Places>,
    pub(super) posts: Vec<PostLine>,
    /// The accepted replies, on the first page.
    solutions: Vec<PostLine>,
    /// Why a question that was solved is open again.
    refuted: Option<Refuted>,
    /// What may have solved it, where its asker is asked.
    candidates: Vec<Helpful>,
    /// Who else has the problem, for those who solve it.
    others: Vec<Other>,
    pub(super) me_too: MeTooForm,
    /// Where it was asked before, and where else.
    joined: Vec<Joined>,
    lock: Option<Lock>,
    pub(super) form: Option<ReplyForm>,
    /// What the member was writing here.
    draft: Option<Draft>,
    pub(super) preview: Option<Html>,
}

/// Which replies are shown.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    /// A page of them as they were written.
    Page(PageNumber),
    /// The most helpful ones, or those from one of them on, and the place where that stood.
    Helpful(Option<i32>, Option<i64>),
}

/// The posts of a page.
struct Posts {
    page: PageNumber,
    helpful: Option<Places>,
    posts: Vec<PostLine>,
    solutions: Vec<PostLine>,
}

impl Posts {
    async fn of(
        db: &mut PgConnection,
        viewer: Option<i64>,
        thread: &Thread,
        part: Part,
    ) -> Result<Self> {
        match part {
            Part::Page(page) => {
                let first = page == PageNumber::FIRST;
                let mut posts = views::posts(db, viewer, thread, page).await?;
                let accepted = posts.iter().filter(|post| first && post.acceptance.is_some());
                let mut solutions: Vec<PostLine> = accepted.cloned().collect();
                solutions.sort_by_key(|post| post.acceptance);
                posts.retain(|post| post.position <= page.last());
                Ok(Self { page, helpful: None, posts, solutions })
            }
            Part::Helpful(from, place) => {
                let places = helpful::page(db, thread, from, place).await?;
                let posts = views::posts_at(db, viewer, thread, &places.all()).await?;
                // Accepted ones are read in their box, once.
                let (solutions, posts) =
                    posts.into_iter().partition(|post| places.accepted.contains(&post.position));
                Ok(Self { page: PageNumber::FIRST, helpful: Some(places), posts, solutions })
            }
        }
    }
}

impl ShowThread {
    /// Everything the page needs, behind the door that was already passed.
    pub(super) async fn of(
        db: &mut PgConnection,
        shell: Shell,
        thread: Thread,
        part: Part,
    ) -> Result<Self> {
        let viewer = &shell.viewer;
        let Posts { page, helpful, posts, solutions } =
            Posts::of(db, viewer.key(), &thread, part).await?;
        let first = posts.first().is_some_and(PostLine::opening);
        let refuted = posts.first().and_then(PostLine::refuted);
        let lock = match thread.locked_at {
            Some(_) => views::lock(db, &thread).await?,
            None => None,
        };
        let can = thread.can(viewer);
        let asker = viewer.is(thread.author_id);
        let candidates = match asker && can.accept && thread.waits_for_asker() {
            true => views::helpful(db, &thread, 3).await?,
            false => Vec::new(),
        };
        let others = match first && thread.me_toos > 0 && can.accept {
            true => me_too::newest(db, viewer.key(), thread.id, 20).await?,
            false => Vec::new(),
        };
        let joined = match first && (thread.duplicate || thread.original) {
            true => views::joined(db, viewer.key(), &thread).await?,
            false => Vec::new(),
        };
        let me_too = MeTooForm::fresh(thread.me_too.clone());
        let draft = posts.iter().chain(&solutions).find_map(|post| post.draft.clone());
        let draft = draft.map(|Json(draft)| draft);
        let form = can.reply.then(|| ReplyForm::begun_with(None, String::new(), draft.as_ref()));
        Ok(Self {
            can,
            page,
            helpful,
            posts,
            solutions,
            refuted,
            candidates,
            others,
            joined,
            me_too,
            lock,
            form,
            draft,
            preview: None,
            shell,
            thread,
        })
    }

    /// The page numbers to offer: the ends, and those around this one; 0 is a gap.
    fn numbers(&self) -> Vec<i32> {
        let (here, last) = (self.page.number(), self.thread.last_page().number());
        let mut numbers = Vec::new();
        for number in 1..=last {
            let near = (here - 1..=here + 1).contains(&number);
            if number == 1 || number == last || near {
                numbers.push(number);
            } else if numbers.last() != Some(&0) {
                numbers.push(0);
            }
        }
        numbers
    }

    fn number_url(&self, number: impl Borrow<i32>) -> String {
        match PageNumber::new(*number.borrow()) {
            PageNumber::FIRST => self.order_url("time"),
            page => self.thread.page_url(page),
        }
    }

    /// Whether the opening post stands on this page.
    fn begins(&self) -> bool {
        self.posts.first().is_some_and(PostLine::opening)
    }

    fn has_duplicates(&self) -> bool {
        self.joined.iter().any(|other| !other.original)
    }

    fn by_help(&self) -> bool {
        self.helpful.is_some()
    }

    /// Where the replies begin in an order.
    fn order_url(&self, order: &str) -> String {
        match order {
            "helpful" => self.thread.helpful_url(None, None),
            _ if self.thread.by_help => format!("{}?sort=time", self.thread.url()),
            _ => self.thread.url(),
        }
    }

    /// The replies from one of them on, most helpful first.
    fn helpful_from(&self, spot: Option<Spot>) -> String {
        self.thread.helpful_url(spot.map(|spot| spot.position), spot.map(|spot| spot.place))
    }

    /// This page.
    fn here(&self) -> String {
        match &self.helpful {
            None => self.number_url(self.page.number()),
            Some(places) => {
                self.helpful_from(places.others.first().copied().filter(|_| !places.first))
            }
        }
    }

    /// The box of the solution: on this page where it is here, which then needs no other.
    fn solution_url(&self) -> String {
        let elsewhere = if self.solutions.is_empty() { self.thread.url() } else { String::new() };
        format!("{elsewhere}#solution")
    }

    /// This page with the composer at a post: `reply` to it or `quote` it.
    fn compose_url(&self, deed: &str, position: impl Borrow<i32>) -> String {
        let here = match &self.helpful {
            None => format!("?page={}", self.page.number()),
            Some(_) => self.here(),
        };
        format!("{here}&{deed}={}#reply", position.borrow())
    }

    /// Where an accepted reply stands among what was said before and after it.
    fn context_url(&self, post: &PostLine) -> String {
        match self.by_help() {
            true => self.thread.url_in_time(post.position),
            false => self.thread.permalink(post.position),
        }
    }

    /// The less helpful replies.
    fn further(&self) -> Option<String> {
        Some(self.helpful_from(Some(self.helpful.as_ref()?.after?)))
    }

    /// The more helpful ones.
    fn back(&self) -> Option<String> {
        let places = self.helpful.as_ref().filter(|places| !places.first)?;
        Some(self.helpful_from(places.before))
    }

    fn last_number(&self) -> i32 {
        self.thread.last_page().number()
    }

    /// Where the line "new since your last visit" stands: above this position.
    fn is_first_unread(&self, post: &PostLine) -> bool {
        !self.by_help() && self.thread.first_unread() == Some(post.position)
    }

    /// The last position on this page.
    fn read_to(&self) -> i32 {
        self.page.last().min(self.thread.last_position)
    }

    fn title(&self) -> String {
        if self.thread.title.is_empty() {
            self.shell.t("thread-closed-title")
        } else {
            self.thread.title.clone()
        }
    }

    pub(super) fn is_solution(&self, post: &PostLine) -> bool {
        post.acceptance.is_some()
    }

    /// Who accepted it and when.
    fn accepted_words(&self, post: &PostLine) -> String {
        let date = post.accepted_at.map(|at| self.shell.date(&at)).unwrap_or_default();
        match &post.accepted_by {
            Some(name) => self.shell.t2("solution-accepted-by", "name", name, "date", date),
            None => self.shell.t1("solution-accepted", "date", date),
        }
    }

    /// How many confirmed it, of those who answered, if anybody did.
    fn confirmed_words(&self, post: &PostLine) -> Option<String> {
        let (confirmed, answered) = (post.confirmed?, post.answered_by.filter(|&all| all > 0)?);
        let shell = &self.shell;
        Some(shell.t2("solution-confirmed", "confirmed", confirmed, "answered", answered))
    }

    /// Whether the viewer says whether it solved it for them.
    fn may_confirm(&self, post: &PostLine) -> bool {
        self.thread.me_too.is_some() && self.can.me_too && !post.own(&self.shell.viewer)
    }

    fn says(&self, post: &PostLine, solved: bool) -> bool {
        post.mine == Some(if solved { Answer::Solved } else { Answer::Unsolved })
    }

    /// All posts on the page, each once.
    pub(super) fn shown(&self) -> impl Iterator<Item = &PostLine> {
        let boxed = self.solutions.iter().filter(|_| self.by_help());
        self.posts.iter().chain(boxed)
    }

    /// The people behind the most helpful replies on this page, each once.
    fn helpers(&self) -> Vec<&PostLine> {
        let mut helpful: Vec<&PostLine> = self
            .shown()
            .filter(|post| {
                post.position > 1 && post.there() && (post.kudos > 0 || self.is_solution(post))
            })
            .collect();
        helpful.sort_by_key(|post| (!self.is_solution(post), -post.kudos, post.position));
        let mut people = Vec::new();
        helpful.retain(|post| {
            let new = !people.contains(&post.author().id);
            people.push(post.author().id);
            new
        });
        helpful.truncate(5);
        helpful
    }

    fn composer(&self) -> Composer {
        Composer {
            place: format!("t/{}", self.thread.id),
            thread: Some(self.thread.id),
            label: "composer-reply",
            placeholder: "composer-placeholder",
            help: "composer-help",
            quote: self.form.as_ref().map(|form| form.quote.clone()).unwrap_or_default(),
            send: Some(("post", "composer-post-reply")),
            cancel: None,
            attach: self.thread.uploads.then(|| self.thread.deed_url("attach")),
            tall: false,
        }
    }

    /// Whom the reply answers, for the composer.
    fn replying_to(&self) -> Option<String> {
        let position = self.form.as_ref()?.reply_to?;
        let name =
            self.shown().find(|post| post.position == position).map(|post| post.author().name);
        let name = name.unwrap_or_default();
        Some(self.shell.t2("composer-to", "name", name, "position", position))
    }
}

/// What somebody with the same problem may add.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::threads) struct MeTooForm {
    #[serde(default)]
    pub(super) about: String,
    #[serde(skip)]
    problems: Problems,
}

impl MeTooForm {
    fn fresh(about: Option<String>) -> Self {
        Self { about: about.unwrap_or_default(), problems: Problems::default() }
    }

    pub(super) fn check(&mut self) -> bool {
        self.about = title_line(&self.about);
        if self.about.chars().count() > me_too::LONGEST {
            let message = Message::with("me-too-too-long", "most", me_too::LONGEST as i64);
            self.problems.add("about", message);
        }
        self.problems.none()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::threads) struct Asked {
    page: Option<PageNumber>,
    /// The order of the replies, where it is not the one that the member chose.
    sort: Option<ReplyOrder>,
    /// Most helpful first: the reply with which the page begins.
    from: Option<i32>,
    /// Where that stood when the address was made.
    at: Option<i64>,
    /// The position to reply to.
    reply: Option<i32>,
    /// The position to quote.
    quote: Option<i32>,
}

pub(in crate::threads) async fn show(
    State(app): State<App>,
    shell: Shell,
    Path((id, slug)): Path<(ThreadId, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let thread = access::readable(&mut db, &shell.viewer, id).await?;
    let page = asked.page.unwrap_or(PageNumber::FIRST);
    if thread.url() != format!("/t/{id}/{slug}") {
        return Ok(web::permanent(&match asked.sort {
            Some(ReplyOrder::Helpful) => thread.helpful_url(asked.from, asked.at),
            _ => thread.page_url(page),
        }));
    }
    if page > thread.last_page() {
        return Err(Error::NotFound);
    }
    let answers = asked.quote.or(asked.reply);
    let quoted = quoted(&mut db, &thread, asked.quote).await?;
    // A numbered page is one of the conversation, whatever its reader chose.
    let chosen = thread.by_help && asked.page.is_none();
    let part = match asked.sort {
        Some(ReplyOrder::Helpful) => Part::Helpful(asked.from, asked.at),
        None if chosen => Part::Helpful(asked.from, asked.at),
        Some(ReplyOrder::Time) | None => Part::Page(page),
    };
    let mut shown = ShowThread::of(&mut db, shell, thread, part).await?;
    if let (Some(form), Some(_)) = (&mut shown.form, answers) {
        *form = ReplyForm::begun_with(answers, quoted, shown.draft.as_ref());
    }
    Ok(Page(shown).into_response())
}

/// The source of a quote of the post at `position`, to begin the reply with.
async fn quoted(db: &mut PgConnection, thread: &Thread, position: Option<i32>) -> Result<String> {
    let Some(position) = position else { return Ok(String::new()) };
    let Some(post) = posts::store::at(db, thread.id, position).await? else {
        return Ok(String::new());
    };
    if !post.there() {
        return Ok(String::new());
    }
    let handle = posts::store::handle_of(db, post.author_id).await?;
    let handle = Some(handle.as_str()).filter(|handle| !members::is_former(handle));
    Ok(format!("{}\n\n", markup::quote(handle, position, &post.source)))
}

/// `/t/7` leads to the thread's full address.
pub(in crate::threads) async fn bare(
    State(app): State<App>,
    shell: Shell,
    Path(id): Path<ThreadId>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    Ok(web::permanent(&access::readable(&mut db, &shell.viewer, id).await?.url()))
}

/// The permalink of a post leads to the page it stands on.
pub(in crate::threads) async fn post(
    State(app): State<App>,
    shell: Shell,
    Path((id, position)): Path<(ThreadId, i32)>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let thread = access::readable(&mut db, &shell.viewer, id).await?;
    if position < 1 || position > thread.last_position {
        return Err(Error::NotFound);
    }
    Ok(web::see_other(&thread.url_at(position)))
}

/// Leads to the first post the member has not read; to the top for somebody who never was here.
pub(in crate::threads) async fn first_unread(
    State(app): State<App>,
    shell: Shell,
    Path(id): Path<ThreadId>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let thread = access::readable(&mut db, &shell.viewer, id).await?;
    Ok(web::see_other(&match thread.first_unread() {
        Some(position) => thread.url_in_time(position),
        None => thread.url(),
    }))
}
