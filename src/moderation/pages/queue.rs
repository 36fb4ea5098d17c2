//! The queue: what moderators are asked to look at, and one case of it.

use crate::{
    app::App,
    error::{Error, Result},
    kit::{PostId, Problems},
    members::Member,
    moderation::{
        actions::{self, Claim, Decided, Decision},
        cases::{Case, Outcome},
        check_reason,
        flags::Reason,
        store::{
            self,
            queue::{Earlier, Flag, Line, Neighbor, Subject},
        },
    },
    posts::{self, Post},
    threads::Thread,
    web::{self, Form, Page, Path, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

/// Cases in the list at once; those after them come up as these are settled.
const LISTED: i64 = 50;

#[derive(Template)]
#[template(path = "moderation/queue.html")]
pub(in crate::moderation) struct ShowQueue {
    shell: Shell,
    lines: Vec<Line>,
    open: Option<OpenCase>,
    /// Whether this one was asked for: else it is the first, and stands beside the list where there is room.
    chosen: bool,
    form: DecisionForm,
}

/// A case with all that helps to decide it.
struct OpenCase {
    thread: Thread,
    post: Post,
    case: Case,
    subject: Subject,
    flags: Vec<Flag>,
    /// The posts around it.
    before: Vec<Neighbor>,
    after: Vec<Neighbor>,
    /// Settled cases of the same author, and others like it on the board.
    of_author: Vec<Earlier>,
    like: Vec<Earlier>,
    /// Whether the viewer said that they are at it; and who else did.
    own: bool,
    taken_by: Option<String>,
}

/// What a moderator does with a case.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::moderation) struct DecisionForm {
    #[serde(default)]
    decision: String,
    #[serde(default)]
    reason: String,
    #[serde(skip)]
    problems: Problems,
}

pub(in crate::moderation) async fn index(
    State(app): State<App>,
    shell: Shell,
    member: Member,
) -> Result<Page<ShowQueue>> {
    if shell.reviews.is_none() {
        return Err(Error::Refused("moderators-only".into()));
    }
    let mut db = app.db.acquire().await?;
    let lines = store::queue::lines(&mut db, member.id, LISTED).await?;
    let mut open = None;
    if let Some(first) = lines.first() {
        let (thread, post) = posts::access::readable(&mut db, &shell.viewer, first.post_id).await?;
        let case = store::cases::open(&mut db, post.id).await?;
        if let Some(case) = case {
            open = Some(OpenCase::look_up(&mut db, &shell, &member, (thread, post, case)).await?);
        }
    }
    let reason = open.as_ref().map(|open| shell.t(open.case.reason.removal())).unwrap_or_default();
    let form = DecisionForm { reason, ..DecisionForm::default() };
    Ok(Page(ShowQueue { shell, lines, open, chosen: false, form }))
}

pub(in crate::moderation) async fn show(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Path(id): Path<PostId>,
) -> Result<Response> {
    Ok(match draw(&app, shell, &member, id, None).await? {
        Ok(page) => Page(page).into_response(),
        Err(place) => web::see_other_saying(&place, "flash-decided-before"),
    })
}

pub(in crate::moderation) async fn decide(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Path(id): Path<PostId>,
    Form(mut form): Form<DecisionForm>,
) -> Result<Response> {
    let here = format!("/p/{id}/review");
    let claim = match form.decision.as_str() {
        "claim" => Some((Claim::Take, "flash-claimed")),
        "leave" => Some((Claim::Leave, "flash-left")),
        _ => None,
    };
    if let Some((claim, said)) = claim {
        actions::claim(&app, &member, id, claim).await?;
        return Ok(web::see_other_saying(&here, said));
    }
    // That it stays needs no reason of the moderator's own.
    let decided = match form.decision.as_str() {
        "keep" => Some((Decision::Keep, shell.t("restore-reason"))),
        "remove" => {
            let reason = check_reason(&mut form.reason, &mut form.problems);
            reason.map(|reason| (Decision::Remove, reason))
        }
        _ => {
            form.problems.add("decision", "review-decision-missing");
            None
        }
    };
    let Some((decision, reason)) = decided else {
        return Ok(match draw(&app, shell, &member, id, Some(form)).await? {
            Ok(page) => web::unprocessable(&page),
            Err(place) => web::see_other_saying(&place, "flash-decided-before"),
        });
    };
    let said = match (actions::decide(&app, &member, id, decision, &reason).await?, decision) {
        (Decided::Late, _) => "flash-decided-before",
        (Decided::Done, Decision::Keep) => "flash-kept",
        (Decided::Done, Decision::Remove) => "flash-post-removed",
    };
    let next = store::queue::lines(&mut *app.db.acquire().await?, member.id, 1).await?;
    let place = next.first().map_or("/moderation/queue".to_owned(), Line::url);
    Ok(web::see_other_saying(&place, said))
}

/// The page of one case; or, where nothing is open, where the post stands.
async fn draw(
    app: &App,
    shell: Shell,
    member: &Member,
    id: PostId,
    form: Option<DecisionForm>,
) -> Result<Result<ShowQueue, String>> {
    let mut db = app.db.acquire().await?;
    let (thread, post) = posts::access::readable(&mut db, &shell.viewer, id).await?;
    actions::moderated((&thread, &post), member)?;
    let Some(case) = store::cases::open(&mut db, post.id).await? else {
        return Ok(Err(thread.url_at(post.position)));
    };
    let open = OpenCase::look_up(&mut db, &shell, member, (thread, post, case)).await?;
    let lines = store::queue::lines(&mut db, member.id, LISTED).await?;
    let form = form.unwrap_or_else(|| {
        let reason = shell.t(open.case.reason.removal());
        DecisionForm { reason, ..DecisionForm::default() }
    });
    Ok(Ok(ShowQueue { shell, lines, open: Some(open), chosen: true, form }))
}

impl OpenCase {
    async fn look_up(
        db: &mut sqlx::PgConnection,
        shell: &Shell,
        member: &Member,
        (thread, post, case): (Thread, Post, Case),
    ) -> Result<Self> {
        let subject = store::queue::subject(db, post.id, member.id).await?;
        let flags = store::queue::flags(db, case.id).await?;
        let around = store::queue::around(db, thread.id, post.position).await?;
        let (before, after) =
            around.into_iter().partition(|neighbor| neighbor.position < post.position);
        let earlier = store::queue::earlier(db, post.id, thread.board_id, case.reason).await?;
        let (of_author, like) = earlier.into_iter().partition(|earlier| earlier.of_author);
        let own = case.own(member.id, shell.now);
        let taken_by = match case.taken(member.id, shell.now) {
            Some(by) => Some(store::queue::name_of(db, by).await?),
            None => None,
        };
        Ok(Self {
            thread,
            post,
            case,
            subject,
            flags,
            before,
            after,
            of_author,
            like,
            own,
            taken_by,
        })
    }

    fn url(&self) -> String {
        format!("/p/{}/review", self.post.id)
    }
}

impl ShowQueue {
    /// Whether a line of the list is the case beside it.
    fn shown(&self, line: &Line) -> bool {
        self.open.as_ref().is_some_and(|open| open.post.id == line.post_id)
    }

    /// What came of an earlier case.
    fn came(&self, earlier: &Earlier) -> &'static str {
        match earlier.outcome {
            Outcome::Removed => "review-was-removed",
            Outcome::Kept => "review-was-kept",
            Outcome::Gone => "review-was-gone",
        }
    }

    fn title_of(&self, reason: &Reason) -> String {
        self.shell.t(reason.title())
    }
}
