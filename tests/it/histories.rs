//! Whatever people do in whatever order: counters are what they count, points are what still stands,
//! and taking everything back leaves nothing.

use crate::harness::World;
use candor::{
    doctor,
    error::{Error, Result},
    kit::{MemberId, PostId, ThreadId},
    members::{self, Member, NewMember, Role},
    moderation, posts, reputation,
    solutions::{self, Answer},
    threads::{self, NewThread, Started},
};
use proptest::prelude::*;
use std::collections::BTreeMap;
use time::{Date, Duration};

/// Members with numbers from 0; the last is a moderator.
const MEMBERS: usize = 4;
const MODERATOR: usize = MEMBERS - 1;
/// Questions, asked by the first members.
const THREADS: usize = 2;

/// Thousandths of points of a member as the rules would have them, but for kudos: for threads and replies
/// that can be read, and for solutions that others accepted.
fn points_by_the_rules(member: i64) -> String {
    format!(
        "select (1000 * (
            count(*) filter (where position = 1 and there)
                + 2 * count(*) filter (where position > 1 and there)
                + 15 * coalesce(sum(accepted), 0)
                + 2 * coalesce(sum(confirmed), 0)
        ))::bigint
        from (
            select position, deleted_at is null and removed_at is null as there,
                (select count(*) from acceptances where post_id = posts.id
                    and undone_at is null and accepted_by <> posts.author_id) as accepted,
                (select count(*) from acceptances join confirmations on acceptance_id = acceptances.id
                    where post_id = posts.id and undone_at is null and answer = 'solved') as confirmed
            from posts where author_id = {member}
        ) as written"
    )
}

/// What the ledger says of them.
fn points_entered(member: i64) -> String {
    format!(
        "select coalesce(sum(case metric when 'points' then 1000 else 1 end * delta), 0)::bigint
        from metric_events
        where metric in ('points', 'point_thousandths') and member_id = {member}"
    )
}

/// Who does it, and to which of the posts there are.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Reply {
        who: usize,
        thread: usize,
    },
    Delete {
        which: usize,
    },
    Remove {
        which: usize,
    },
    Restore {
        which: usize,
    },
    Accept {
        who: usize,
        which: usize,
    },
    Unaccept {
        who: usize,
        which: usize,
    },
    MeToo {
        who: usize,
        thread: usize,
    },
    NotMe {
        who: usize,
        thread: usize,
    },
    Confirm {
        who: usize,
        which: usize,
        solved: bool,
    },
    Kudos {
        who: usize,
        which: usize,
    },
    Revoke {
        who: usize,
        which: usize,
    },
    /// Days go by.
    Wait {
        days: i64,
    },
    /// `words` are few, so that some edits change nothing.
    Edit {
        who: usize,
        which: usize,
        words: u8,
    },
}

fn deed() -> impl Strategy<Value = Deed> {
    let (who, which) = (0..MEMBERS, 0..64_usize);
    prop_oneof![
        4 => (0..MEMBERS, 0..THREADS).prop_map(|(who, thread)| Deed::Reply { who, thread }),
        1 => which.clone().prop_map(|which| Deed::Delete { which }),
        2 => which.clone().prop_map(|which| Deed::Remove { which }),
        2 => which.clone().prop_map(|which| Deed::Restore { which }),
        3 => (who.clone(), which.clone()).prop_map(|(who, which)| Deed::Accept { who, which }),
        2 => (who.clone(), which.clone()).prop_map(|(who, which)| Deed::Unaccept { who, which }),
        3 => (0..MEMBERS, 0..THREADS).prop_map(|(who, thread)| Deed::MeToo { who, thread }),
        1 => (0..MEMBERS, 0..THREADS).prop_map(|(who, thread)| Deed::NotMe { who, thread }),
        4 => (who.clone(), which.clone(), any::<bool>())
            .prop_map(|(who, which, solved)| Deed::Confirm { who, which, solved }),
        4 => (who.clone(), which.clone()).prop_map(|(who, which)| Deed::Kudos { who, which }),
        2 => (who.clone(), which.clone()).prop_map(|(who, which)| Deed::Revoke { who, which }),
        1 => (1..20_i64).prop_map(|days| Deed::Wait { days }),
        3 => (who, which, 0..3_u8).prop_map(|(who, which, words)| Deed::Edit { who, which, words }),
    ]
}

struct History {
    world: World,
    members: Vec<Member>,
    threads: Vec<ThreadId>,
    /// With who wrote them: all but replies are not tried by strangers.
    posts: Vec<(PostId, usize)>,
    /// Kudos that stand, by post and giver: the day, and what they brought in thousandths.
    kudos: BTreeMap<(PostId, usize), (Date, i64)>,
}

impl History {
    async fn begin() -> Self {
        let world = World::new().await;
        let mut members = Vec::new();
        for number in 0..MEMBERS {
            let handle = format!("member{number}");
            let new = NewMember { handle: &handle, name: &handle, email: None, password: None };
            let id = members::join(&world.app, new).await.unwrap().unwrap();
            if number == MODERATOR {
                members::promote(&world.app, &handle, Role::Moderator).await.unwrap();
            }
            members.push(member(&world, id).await);
        }
        let (threads, posts) = (Vec::new(), Vec::new());
        let mut history = Self { world, members, threads, posts, kudos: BTreeMap::new() };
        for number in 0..THREADS {
            let new = NewThread {
                board: "help".to_owned(),
                title: format!("Question {number}"),
                body: "How?".to_owned(),
                tags: Vec::new(),
                key: None,
            };
            let started = threads::start(&history.world.app, &history.members[number], &new).await;
            let Started::At(location) = started.unwrap() else { panic!("it is short") };
            history.threads.push(threads::thread_in(&location).unwrap());
            history.note_post(number).await;
        }
        history
    }

    async fn note_post(&mut self, author: usize) {
        let id = self.world.count("select max(id) from posts").await;
        self.posts.push((PostId(id), author));
    }

    /// The nth that stands of the same giver within thirty days brings 4, 2, 1 … points.
    fn note_kudos(&mut self, (post, author): (PostId, usize), giver: usize) {
        let today = self.world.app.now().date();
        let authors: BTreeMap<PostId, usize> = self.posts.iter().copied().collect();
        let lately = self.kudos.iter().filter(|((other, who), (day, _))| {
            *who == giver && authors[other] == author && *day > today - Duration::days(30)
        });
        let brought = 4_000 >> lately.count();
        self.kudos.entry((post, giver)).or_insert((today, brought));
    }

    /// Does it, if it may be done.
    async fn play(&mut self, deed: Deed) {
        let (app, posts) = (&self.world.app, &self.posts);
        let post = |which: usize| posts[which % posts.len()].0;
        let member = |who: usize| &self.members[who];
        let done = match deed {
            Deed::Reply { who, thread } => {
                let body = "Like this.".to_owned();
                let new = posts::NewReply { body, reply_to: None, key: None };
                let replied = posts::reply(app, member(who), self.threads[thread], &new).await;
                if may(&replied.map(|_| String::new())) {
                    self.note_post(who).await;
                }
                return;
            }
            Deed::Delete { which } => {
                let (post, author) = posts[which % posts.len()];
                posts::delete(app, member(author), post).await
            }
            Deed::Remove { which } => {
                moderation::remove_post(app, member(MODERATOR), post(which), "Rude.").await
            }
            Deed::Restore { which } => {
                moderation::restore_post(app, member(MODERATOR), post(which), "Not rude.").await
            }
            Deed::Accept { who, which } => solutions::accept(app, member(who), post(which)).await,
            Deed::Unaccept { who, which } => {
                solutions::unaccept(app, member(who), post(which)).await
            }
            Deed::MeToo { who, thread } => {
                threads::say_me_too(app, member(who), self.threads[thread], "").await
            }
            Deed::NotMe { who, thread } => {
                threads::not_me(app, member(who), self.threads[thread]).await
            }
            Deed::Confirm { who, which, solved } => {
                let answer = if solved { Answer::Solved } else { Answer::Unsolved };
                solutions::confirm(app, member(who), post(which), answer).await
            }
            Deed::Kudos { who, which } => {
                let post = posts[which % posts.len()];
                if may(&reputation::give_kudos(app, member(who), post.0).await) {
                    self.note_kudos(post, who);
                }
                return;
            }
            Deed::Revoke { who, which } => {
                let post = post(which);
                if may(&reputation::revoke_kudos(app, member(who), post).await) {
                    self.kudos.remove(&(post, who));
                }
                return;
            }
            Deed::Wait { days } => {
                self.world.run_jobs().await;
                self.world.advance(Duration::days(days));
                return;
            }
            Deed::Edit { who, which, words } => {
                let reason = Some("Shouted.".to_owned());
                let edit = posts::Edit {
                    body: format!("Words {words}."),
                    title: None,
                    tags: None,
                    draft: None,
                    reason,
                };
                let edited = posts::edit(app, member(who), post(which), &edit).await;
                edited.map(|_| String::new())
            }
        };
        may(&done);
    }

    /// Everything kept for speed is what it is made of, and points are by the rules.
    async fn prove(&self) {
        let mut db = self.world.as_owner().await;
        let findings = doctor::examine(&mut db, self.world.app.now()).await.unwrap();
        let wrong: Vec<_> = findings.iter().filter(|finding| finding.wrong > 0).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        let authors: BTreeMap<PostId, usize> = self.posts.iter().copied().collect();
        for (number, member) in self.members.iter().enumerate() {
            let thanks = self.kudos.iter().filter(|((post, _), _)| authors[post] == number);
            let thanks: i64 = thanks.map(|(_, (_, brought))| brought).sum();
            let rules = self.world.count(&points_by_the_rules(member.id.0)).await + thanks;
            let entered = self.world.count(&points_entered(member.id.0)).await;
            assert_eq!(entered, rules, "the points of member {number} are not by the rules");
        }
    }

    /// Takes everything back that its doer can. Kudos for a post that its author took back stay: there
    /// is nothing left to press.
    async fn undo_everything(&mut self) {
        let all = 0..self.posts.len();
        for which in all.clone() {
            self.play(Deed::Restore { which }).await;
        }
        for which in all.clone() {
            self.play(Deed::Unaccept { who: MODERATOR, which }).await;
            for who in 0..MEMBERS {
                self.play(Deed::Revoke { who, which }).await;
            }
        }
        // Replies first: a question with answers stays.
        for which in all.rev() {
            self.play(Deed::Delete { which }).await;
        }
    }
}

async fn member(world: &World, id: MemberId) -> Member {
    let mut db = world.app.db.acquire().await.unwrap();
    members::by_id(&mut db, id).await.unwrap().unwrap()
}

/// Whether it was allowed; anything else that went wrong is a fault.
fn may(done: &Result<String>) -> bool {
    match done {
        Ok(_) => true,
        Err(Error::Refused(_) | Error::NotFound) => false,
        Err(error) => panic!("{error:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn any_history_can_be_recounted_and_undone(deeds in prop::collection::vec(deed(), 20..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut history = History::begin().await;
            for deed in deeds {
                history.play(deed).await;
            }
            history.prove().await;

            history.undo_everything().await;

            history.prove().await;
            let world = &history.world;
            let left = "select coalesce(sum(case metric when 'points' then 1000 else 1 end * total), 0)::bigint
                from metric_days where metric in ('points', 'point_thousandths')";
            let kudos = "select count(*) from kudos join posts on post_id = posts.id where deleted_at is null";
            assert_eq!(world.count(kudos).await, 0);
            let stay: i64 = history.kudos.values().map(|(_, brought)| brought).sum();
            assert_eq!(world.count(left).await, stay, "only kudos for posts taken back stay");
            assert_eq!(world.count("select coalesce(sum(posts), 0)::bigint from board_counts").await, 0);
            assert_eq!(world.count("select coalesce(sum(threads), 0)::bigint from board_counts").await, 0);
            world.run_jobs().await;
        });
    }
}
