use super::{
    super::sessions::{self, Admission, Proof},
    follow, link, switched_on,
};
use crate::{
    app::App,
    applications,
    error::{Error, Result},
    kit::{MemberId, Secret, handle_problem, one_line, slug},
    members::{
        Viewer,
        provider::{ARRIVAL, Provider, Purpose, label_of},
        session::{self, Browser},
        store::{
            factors,
            providers::{self, NewIdentity},
            rounds::{self, Arrival, Begun},
            sessions as stored,
        },
    },
    oidc::{Answer, Fault, Kept, Person},
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// What a browser brings back from a provider.
pub(in crate::members) struct Brought {
    /// The cookie of the browser, if it has one.
    pub(in crate::members) browser: Option<Secret>,
    pub(in crate::members) state: Secret,
    /// Or what went wrong there.
    pub(in crate::members) answer: std::result::Result<Answer, String>,
}

/// How a round ends.
pub(in crate::members) enum Came {
    /// They are known here, and let in as far as was decided.
    In {
        admission: Admission,
        back: String,
    },
    /// Nobody is linked to it yet; the secret is for the cookie with which they choose.
    Arrived(Secret),
    /// It is linked to the member's account.
    Linked,
    /// The member has shown who they are, and goes on there; the secret is for the cookie of the session.
    Proved(Secret, String),
    Failed {
        provider: Provider,
        failure: Failure,
    },
}

/// Why it does not end well.
#[derive(Debug)]
pub(in crate::members) enum Failure {
    /// The round is over, was another browser's or never was.
    Stale,
    /// The person said no there.
    Denied,
    /// The provider said something else went wrong.
    Said(String),
    Fault(Fault),
    /// The identity there is linked to another account, or the account to another identity there.
    Linked,
    /// Another member, or none, is signed in here by now.
    Other,
    /// The provider did not ask them who they are, or does not say when it did.
    NotAnew,
}

/// Somebody comes back from a provider.
///
/// # Errors
/// [`crate::error::Error::NotFound`] where the provider is switched off; those of the database.
pub(in crate::members) async fn come_back(
    app: &App,
    slug: &str,
    brought: Brought,
    viewer: &Viewer,
    browser: &Browser,
) -> Result<Came> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let provider = switched_on(&mut tx, slug).await?;
    let failed = |provider, failure| Ok(Came::Failed { provider, failure });
    let Some(cookie) = &brought.browser else { return failed(provider, Failure::Stale) };
    let (state, known) = (brought.state.hash(), cookie.hash());
    let Some(begun) = rounds::take(&mut tx, &state, &known, provider.id, now).await? else {
        return failed(provider, Failure::Stale);
    };
    // Used up whatever comes of it, and before the provider is asked.
    tx.commit().await?;
    let answer = match brought.answer {
        Ok(answer) => answer,
        Err(said) if said == "access_denied" => return failed(provider, Failure::Denied),
        Err(said) => return failed(provider, Failure::Said(said)),
    };
    let kept = Kept { nonce: begun.nonce.clone(), verifier: begun.verifier.clone() };
    let person = match app.oidc.finish(&provider.party(app)?, &answer, &kept, now).await {
        Ok(person) => person,
        Err(fault) => return failed(provider, Failure::Fault(fault)),
    };
    let member = begun.member.filter(|member| viewer.is(*member));
    match (Purpose::named(&begun.purpose), member) {
        (Purpose::SignIn, _) => sign_in(app, provider, &person, begun, browser).await,
        (_, None) => failed(provider, Failure::Other),
        (Purpose::Link, Some(member)) => {
            link_to(app, provider, &person, (member, browser), now).await
        }
        (Purpose::Prove, Some(member)) => {
            prove(app, provider, &person, (member, &begun), browser).await
        }
    }
}

async fn sign_in(
    app: &App,
    provider: Provider,
    person: &Person,
    begun: Begun,
    browser: &Browser,
) -> Result<Came> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let Some(member) = providers::member_of(&mut tx, &provider, &person.subject).await? else {
        let waits =
            applications::by_subject(&mut tx, provider.id, &provider.issuer, &person.subject);
        if let Some(application) = waits.await? {
            let browser = applications::show_to(&mut tx, application).await?;
            tx.commit().await?;
            return Ok(Came::In { admission: Admission::Waits(browser), back: begun.back });
        }
        let secret = Secret::random();
        let arrival = arrival_of(&provider, person, begun);
        rounds::arrive(&mut tx, &secret.hash(), &arrival, now, now + ARRIVAL).await?;
        tx.commit().await?;
        return Ok(Came::Arrived(secret));
    };
    providers::hold(&mut tx, provider.id).await?;
    // The account before what belongs to it, as whoever erases it does.
    factors::hold(&mut tx, member).await?;
    let groups = provider.groups_of(person);
    let label = label_of(person);
    // Unlinked, or the provider changed, while it was asked: nobody comes in by it.
    if !providers::used(&mut tx, member, &identity(&provider, person, &label), now).await?
        || !providers::vouches(&mut tx, provider.id, member).await?
    {
        return Ok(Came::Failed { provider, failure: Failure::Stale });
    }
    let changed = follow(&mut tx, provider.id, member, &groups, now).await?;
    let admission = sessions::admit(&mut tx, member, Proof::Provider, browser, now).await?;
    if shown_since(person, &begun) {
        shown(&mut tx, member, &admission, now).await?;
    }
    tx.commit().await?;
    if changed {
        app.announce_member(member).await?;
    }
    Ok(Came::In { admission, back: begun.back })
}

async fn link_to(
    app: &App,
    provider: Provider,
    person: &Person,
    (member, browser): (MemberId, &Browser),
    now: OffsetDateTime,
) -> Result<Came> {
    let mut tx = app.db.begin().await?;
    providers::hold(&mut tx, provider.id).await?;
    // While the provider was asked, they may have been signed out.
    match sessions::hold_own(&mut tx, member, browser).await {
        Err(Error::SignInFirst) => return Ok(Came::Failed { provider, failure: Failure::Other }),
        held => held?,
    }
    let label = label_of(person);
    let new = identity(&provider, person, &label);
    let groups = provider.groups_of(person);
    let linked = link(&mut tx, member, &new, (&provider.name, &groups), now).await?;
    let Some(changed) = linked else {
        return Ok(Came::Failed { provider, failure: Failure::Linked });
    };
    tx.commit().await?;
    if changed {
        app.announce_member(member).await?;
    }
    Ok(Came::Linked)
}

async fn prove(
    app: &App,
    provider: Provider,
    person: &Person,
    (member, begun): (MemberId, &Begun),
    browser: &Browser,
) -> Result<Came> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let theirs = providers::member_of(&mut tx, &provider, &person.subject).await?;
    if theirs != Some(member) {
        return Ok(Came::Failed { provider, failure: Failure::Linked });
    }
    if !shown_since(person, begun) {
        return Ok(Came::Failed { provider, failure: Failure::NotAnew });
    }
    let Some(secret) = session::renew(&mut tx, member, browser, now).await? else {
        return Ok(Came::Failed { provider, failure: Failure::Other });
    };
    tx.commit().await?;
    Ok(Came::Proved(secret, begun.back.clone()))
}

/// Whether they showed the provider who they are since the round began. It may have let them through without
/// asking, because somebody was signed in there.
fn shown_since(person: &Person, begun: &Begun) -> bool {
    let earliest = (begun.begun_at - Duration::MINUTE).unix_timestamp();
    person.shown_at().is_some_and(|at| at >= earliest)
}

/// Notes that whoever was let in has shown just now who they are.
pub(super) async fn shown(
    db: &mut PgConnection,
    member: MemberId,
    admission: &Admission,
    now: OffsetDateTime,
) -> Result<()> {
    // A second step shows it by itself.
    if let Admission::SignedIn(signed_in) = admission {
        stored::prove(db, member, &signed_in.secret.hash(), now).await?;
    }
    Ok(())
}

fn identity<'a>(provider: &'a Provider, person: &'a Person, label: &'a str) -> NewIdentity<'a> {
    let (provider, issuer) = (provider.id, &provider.issuer);
    NewIdentity { provider, issuer, subject: &person.subject, label }
}

fn arrival_of(provider: &Provider, person: &Person, begun: Begun) -> Arrival {
    let (email, verified) = person.email().unwrap_or_default();
    let email: String = email.chars().take(254).collect();
    let name = person.words("name").or(person.words("preferred_username")).unwrap_or_default();
    Arrival {
        provider_id: provider.id,
        issuer: provider.issuer.clone(),
        subject: person.subject.clone(),
        label: label_of(person),
        handle: suggested_handle(person),
        name: one_line(name).chars().take(60).collect(),
        confirmed: verified && provider.trusts_address && !email.is_empty(),
        email,
        groups: provider.groups_of(person),
        back: begun.back,
        invitation: begun.invitation,
    }
}

/// A handle made of what they are called there; empty where none can be.
fn suggested_handle(person: &Person) -> String {
    let before_at = person.email().and_then(|(email, _)| email.split('@').next());
    let called = [person.words("preferred_username"), person.words("nickname"), before_at];
    let called =
        called.into_iter().flatten().map(|called| called.split('@').next().unwrap_or(called));
    let made = called.flat_map(|called| [called.to_owned(), slug(called)]);
    made.map(|handle| handle.chars().take(30).collect::<String>())
        .find(|handle| handle_problem(handle).is_none())
        .unwrap_or_default()
}
