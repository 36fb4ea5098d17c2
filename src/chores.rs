//! One table: what comes round by itself, and how often.

use crate::{
    applications, attachments, drafts, form_keys, invitations,
    jobs::schedule::{AT_ONCE, Chore},
    limits,
    members::{passkeys, puzzles, rounds, seeds, session, sessions, steps, tokens},
    notifications, privacy,
    reputation::{grants, helpers, leaders, sweep, tallies},
    threads::{asking, tags},
};
use time::Duration;

/// A form sent again after so long is a new one.
const FORM_KEYS_KEPT: Duration = Duration::hours(48);

/// A draft that nobody has come back to for so long goes.
const DRAFTS_KEPT: Duration = Duration::days(180);

/// So long a mail's link still unsubscribes.
const UNSUBSCRIBING_KEPT: Duration = Duration::days(365);

/// All chores of this server.
pub const CHORES: &[Chore] = &[
    Chore {
        name: "sessions",
        rest: Duration::HOUR,
        run: |db, now| Box::pin(sessions::forget_ended(db, now, now - session::IDLE, AT_ONCE)),
    },
    Chore {
        name: "member_tokens",
        rest: Duration::HOUR,
        run: |db, now| Box::pin(tokens::forget_worthless(db, now, AT_ONCE)),
    },
    Chore {
        name: "pending_sign_ins",
        rest: Duration::HOUR,
        run: |db, now| Box::pin(steps::forget_late(db, now, AT_ONCE)),
    },
    Chore {
        name: "passkey_challenges",
        rest: Duration::HOUR,
        run: |db, now| Box::pin(passkeys::forget_unanswered(db, now, AT_ONCE)),
    },
    Chore {
        name: "totp_seeds",
        rest: Duration::DAY,
        run: |db, now| Box::pin(seeds::forget_begun(db, now - Duration::DAY, AT_ONCE)),
    },
    Chore {
        name: "provider_rounds",
        rest: Duration::HOUR,
        run: |db, now| Box::pin(rounds::forget_lost(db, now, AT_ONCE)),
    },
    Chore {
        name: "provider_arrivals",
        rest: Duration::HOUR,
        run: |db, now| Box::pin(rounds::forget_undecided(db, now, AT_ONCE)),
    },
    Chore {
        name: "applications",
        rest: Duration::HOUR,
        run: |db, now| Box::pin(applications::forget(db, now, AT_ONCE)),
    },
    Chore {
        name: "invitations",
        rest: Duration::HOUR,
        run: |db, now| Box::pin(invitations::forget_addresses(db, now, AT_ONCE)),
    },
    Chore {
        name: "spent_puzzles",
        rest: Duration::HOUR,
        run: |db, now| Box::pin(puzzles::forget_old(db, now, AT_ONCE)),
    },
    Chore {
        name: "form_keys",
        rest: Duration::HOUR,
        run: |db, now| Box::pin(form_keys::forget_old(db, now - FORM_KEYS_KEPT, AT_ONCE)),
    },
    Chore {
        name: "drafts",
        rest: Duration::DAY,
        run: |db, now| Box::pin(drafts::store::forget_old(db, now - DRAFTS_KEPT, AT_ONCE)),
    },
    Chore {
        name: "sent_drafts",
        rest: Duration::HOUR,
        run: |db, _| Box::pin(drafts::store::forget_sent(db, AT_ONCE)),
    },
    Chore {
        name: "rate_limits",
        rest: Duration::HOUR,
        run: |db, now| Box::pin(limits::forget_free(db, now, AT_ONCE)),
    },
    Chore {
        name: "unsubscribe_tokens",
        rest: Duration::HOUR,
        run: |db, now| {
            Box::pin(notifications::forget_old_tokens(db, now - UNSUBSCRIBING_KEPT, AT_ONCE))
        },
    },
    Chore {
        name: "copies",
        rest: Duration::HOUR,
        run: |db, now| Box::pin(privacy::forget_old(db, now, AT_ONCE)),
    },
    Chore {
        name: "unused_attachments",
        rest: Duration::HOUR,
        run: |db, now| Box::pin(attachments::forget_unused(db, now)),
    },
    Chore {
        name: "unused_contents",
        rest: Duration::HOUR,
        run: |db, now| Box::pin(attachments::plan_sweep(db, now)),
    },
    Chore {
        name: "helpers",
        rest: helpers::EVERY,
        run: |db, now| Box::pin(helpers::settle(db, now)),
    },
    Chore {
        name: "leaders",
        rest: leaders::EVERY,
        run: |db, now| Box::pin(leaders::settle(db, now)),
    },
    Chore {
        name: "leaders_long",
        rest: leaders::EVERY_LONG,
        run: |db, now| Box::pin(leaders::settle_long(db, now)),
    },
    Chore {
        name: "askers",
        rest: asking::EVERY,
        run: |db, now| Box::pin(asking::ask(db, now, AT_ONCE)),
    },
    Chore {
        name: "tag_counts",
        rest: Duration::minutes(10),
        run: |db, now| Box::pin(tags::count(db, now, tags::COUNTED_AT_ONCE)),
    },
    Chore {
        name: "tag_carrying",
        rest: Duration::seconds(10),
        run: |db, _| Box::pin(tags::carry(db, AT_ONCE)),
    },
    Chore {
        name: "ledger_backlog",
        rest: sweep::EVERY,
        run: |db, _| Box::pin(sweep::count_backlog(db)),
    },
    // Before the sweep, which would tell everybody of what they came to long ago.
    Chore {
        name: "badge_grants",
        rest: grants::EVERY,
        run: |db, now| Box::pin(grants::go_on(db, now)),
    },
    Chore {
        name: "rank_sweep",
        rest: sweep::EVERY,
        run: |db, now| Box::pin(sweep::go_on(db, now)),
    },
    Chore {
        name: "badge_tallies",
        rest: grants::EVERY,
        run: |db, _| Box::pin(tallies::add_up(db, AT_ONCE)),
    },
];
