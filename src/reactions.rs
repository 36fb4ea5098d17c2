//! One table: which event wakes whom. Only this file knows both sides; rooms record events and do not
//! call.

use crate::{
    applications, attachments, invitations,
    jobs::{Listener, Table},
    members, moderation, notifications,
    outbox::Event::{
        AskerAsked, BadgeAwarded, BadgeRevoked, FlagsSettled, KudosGiven, KudosRevoked,
        PostDeleted, PostEdited, PostHidden, PostRemoved, PostRestored, PostWritten, RankLost,
        RankReached, SolutionAccepted, SolutionRefuted, SolutionUnaccepted, ThreadJoined,
        ThreadParted, ThreadStarted,
    },
    privacy, threads,
};

/// Every listener and every job of this server.
pub const TABLE: Table = Table {
    listeners: &[
        Listener {
            name: "notifications.tell",
            hears: |event| {
                matches!(
                    event,
                    ThreadStarted { .. }
                        | PostWritten { .. }
                        | PostEdited { .. }
                        | PostRemoved { .. }
                        | PostHidden { .. }
                        | FlagsSettled { .. }
                        | PostRestored { .. }
                        | KudosGiven { .. }
                        | KudosRevoked { .. }
                        | SolutionAccepted { .. }
                        | SolutionUnaccepted { .. }
                        | SolutionRefuted { .. }
                        | AskerAsked { .. }
                        | RankReached { .. }
                        | RankLost { .. }
                        | BadgeAwarded { .. }
                        | BadgeRevoked { .. }
                        | ThreadJoined { .. }
                        | ThreadParted { .. }
                )
            },
            run: |_, db, heard| {
                Box::pin(async move { notifications::reactions::tell(db, &heard).await })
            },
        },
        Listener {
            name: "notifications.mail",
            hears: |event| matches!(event, PostWritten { .. }),
            run: |app, db, heard| {
                Box::pin(
                    async move { notifications::reactions::mail_followers(app, db, &heard).await },
                )
            },
        },
        Listener {
            name: "threads.settle-duplicate",
            hears: |event| {
                matches!(
                    event,
                    PostDeleted { .. }
                        | PostRemoved { .. }
                        | PostHidden { .. }
                        | PostRestored { .. }
                )
            },
            run: |_, db, heard| {
                Box::pin(async move { threads::reactions::settle_duplicate(db, &heard).await })
            },
        },
        Listener {
            name: "moderation.settle-withdrawn",
            hears: |event| matches!(event, PostDeleted { .. }),
            run: |_, db, heard| {
                Box::pin(async move { moderation::cases::settle_withdrawn(db, &heard).await })
            },
        },
    ],
    kinds: &[
        attachments::JOBS,
        members::JOBS,
        invitations::JOBS,
        applications::JOBS,
        notifications::JOBS,
        privacy::JOBS,
    ],
};
