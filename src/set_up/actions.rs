use super::{
    forms::{NewBoard, NewCommunity, Wish},
    gate, store,
};
use crate::{
    access::Audience,
    app::App,
    audit::{self, About, Act, Change},
    boards::{self, BoardEdit},
    error::Result,
    kit::{Code, MemberId, Message, Secret},
    members::{self, Admission, FirstAccount, Owner, session::Browser},
    outbox::Actor,
    settings,
    words::Language,
};
use serde_json::json;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// So long a code is good, if no server starts before that.
const LIFETIME: Duration = Duration::DAY;

/// So many wrong guesses, from wherever they come, make a code worthless. Nobody guesses it in as many; this
/// ends the noise.
const MOST_WRONG: i32 = 100;

/// So long a browser that has shown the code can finish.
const PASS: Duration = Duration::hours(2);

/// What a server that starts must say of set-up.
pub enum Start {
    /// Nobody has set the community up: whoever reads this code may.
    Open(Code),
    /// There are members, and nobody runs the community.
    NoAdministrator,
    /// Nothing.
    Over,
}

/// Makes a new code where set-up is open; the one before, printed by whichever server, is worth nothing from
/// then on.
///
/// # Errors
/// Those of the database.
pub async fn begin(app: &App) -> Result<Start> {
    let now = app.now();
    let open = gate::is_open(app).await?;
    let mut tx = app.db.begin().await?;
    store::forget_passes(&mut tx, now).await?;
    let start = if open {
        let code = Code::random();
        store::renew(&mut tx, &code.hash(), now, now + LIFETIME).await?;
        Start::Open(code)
    } else {
        store::forget_code(&mut tx).await?;
        let run = members::has_administrator(&mut tx).await?;
        if run { Start::Over } else { Start::NoAdministrator }
    };
    tx.commit().await?;
    Ok(start)
}

/// What becomes of a guess.
pub(super) enum Guess {
    /// It is the code; the secret is for the cookie.
    Right(Secret),
    Wrong,
    /// The code is too old, or too many guesses were wrong: only a new start helps.
    Worthless,
}

/// Compares what somebody typed with the code. Every wrong guess is counted.
pub(super) async fn enter(app: &App, typed: &str) -> Result<Guess> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let Some(printed) = store::held(&mut tx).await? else { return Ok(Guess::Worthless) };
    if !printed.is_good(now) {
        return Ok(Guess::Worthless);
    }
    let guess = match Code::typed(typed).filter(|code| code.hash() == printed.code_hash) {
        Some(_) => {
            let pass = Secret::random();
            store::let_in(&mut tx, &pass.hash(), now + PASS).await?;
            Guess::Right(pass)
        }
        None => {
            store::count_wrong(&mut tx).await?;
            Guess::Wrong
        }
    };
    tx.commit().await?;
    Ok(guess)
}

impl store::Printed {
    /// Whether the code still opens anything.
    pub(super) fn is_good(&self, now: OffsetDateTime) -> bool {
        now < self.expires_at && self.wrong_guesses < MOST_WRONG
    }
}

/// How setting up ends.
pub(super) enum Done {
    /// The community stands and its administrator is let in.
    Founded(Admission),
    /// Somebody else was quicker.
    TooLate,
    /// The password would soon be guessed.
    TooWeak(Message),
    /// A board's name in addresses is taken; this is its field.
    BoardTaken(&'static str),
    /// Nobody may be called that.
    HandleTaken,
}

/// Founds the community: everything, or nothing. Of those who come together one wins.
pub(super) async fn found(app: &App, new: NewCommunity, browser: &Browser) -> Result<Done> {
    let now = app.now();
    let owner = Owner { handle: &new.handle, name: &new.name, email: Some(&new.email) };
    if let Some(weak) = members::weakness(&app.hasher, &new.password, &owner).await? {
        return Ok(Done::TooWeak(weak));
    }
    let hash = app.hasher.hash(new.password).await?;
    let mut tx = app.db.begin().await?;
    if store::held(&mut tx).await?.is_none() || members::anybody(&mut tx).await? {
        return Ok(Done::TooLate);
    }
    let account = FirstAccount {
        handle: &new.handle,
        name: &new.name,
        email: &new.email,
        password_hash: &hash,
    };
    let first = members::join_first(&mut tx, account, browser, now).await?;
    let Some((administrator, admission)) = first else { return Ok(Done::HandleTaken) };
    settle(&mut tx, administrator, &new.settings, now).await?;
    if let Some(taken) = open_boards(&mut tx, administrator, &new.boards, now).await? {
        return Ok(Done::BoardTaken(taken));
    }
    store::forget_code(&mut tx).await?;
    tx.commit().await?;
    app.inhabited.close();
    tracing::info!(member.id = administrator.0, "The community is set up");
    Ok(Done::Founded(admission))
}

/// Changes the settings that are to be other than they are.
async fn settle(
    db: &mut PgConnection,
    administrator: MemberId,
    wishes: &[Wish],
    now: OffsetDateTime,
) -> Result<()> {
    let before = settings::locked(db).await?;
    let before = serde_json::to_value(&before).map_err(anyhow::Error::from)?;
    for (entry, value) in wishes.iter().filter(|(entry, value)| before[entry.name] != *value) {
        settings::set(db, entry, value).await?;
        let change = Change {
            act: Act::ChangeSetting,
            about: About::Setting(entry.name),
            member: None,
            before: json!({ "value": before[entry.name] }),
            after: json!({ "value": value }),
        };
        audit::record(db, Actor::Member(administrator), &change, now).await?;
    }
    Ok(())
}

/// Opens the boards under one heading; returns the field of the first whose name is taken.
async fn open_boards(
    db: &mut PgConnection,
    administrator: MemberId,
    new: &[NewBoard],
    now: OffsetDateTime,
) -> Result<Option<&'static str>> {
    let actor = Actor::Member(administrator);
    let language = Language::default();
    let heading = language.text("set-up-category");
    let everyone = Audience::Everyone;
    let category =
        boards::open_category_in(db, actor, ("community", &heading), everyone, now).await?;
    let Some(category) = category else { return Ok(new.first().map(|board| board.of.name_field)) };
    for NewBoard { of, name, slug } in new {
        let edit = BoardEdit {
            category,
            name: name.clone(),
            description: language.text(of.purpose),
            style: of.style,
            icon: of.icon.to_owned(),
            tone: of.tone,
        };
        if boards::open_in(db, actor, (slug, &edit), of.audience, now).await?.is_none() {
            return Ok(Some(of.name_field));
        }
    }
    Ok(None)
}
