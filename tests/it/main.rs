//! The tests of the product, in one program.
//!
//! Each test has a [`World`](harness::World) of its own: a database copied from a migrated template
//! (about 20 ms), a clock that stands still, mail kept in memory, and no worker in the background.
//! Nothing is shared but the PostgreSQL that all those databases live in, which starts with the first
//! test and ends by itself when it has been idle for a while; see `harness/cluster.rs`.
//!
//! How to write one:
//!
//! ```ignore
//! #[tokio::test]
//! async fn a_locked_thread_refuses_customers() {
//!     let world = World::new().await;
//!     let tom = world.moderator("tom").await;
//!     let ada = world.member("ada").await;
//!
//!     let thread = ada.get("/t/1/printer").await;
//!     let answer = thread.form("reply").set("body", "Try the other tray.").send().await;
//!
//!     answer.expect(403);
//!     world.run_jobs().await;
//! }
//! ```
//!
//! - Files are named for a page or a deed, tests for a sentence about the product; given, when and
//!   then are three paragraphs.
//! - People come from `world.member("ada")`, `staff`, `moderator`, `admin` and `guest`; what they
//!   did before the test begins is done by the rooms' actions or by their own clicks, never by an
//!   insert: a test that writes tables by itself tests a community that cannot exist.
//! - Forms are sent as they were drawn (`answer.form(…)`, `answer.button(…)`), so that every test
//!   tests names, addresses and hidden fields on the way. `client.post(…)` is for what no page offers.
//! - Every world has the boards `help` (questions), `lounge` (talk), `news` (announcements), `beta`
//!   (members only) and `staff-room` (staff and moderators only). Groups and rules of boards are made by
//!   `harness/rule.rs`.
//! - A test ends with `world.run_jobs().await` where something was done: a world that is dropped with
//!   jobs undone, or with failed ones, fails its test.
//! - Pages are kept by `insta::assert_snapshot!(answer.outline())`: `cargo insta review`, or
//!   `INSTA_UPDATE=always cargo test --test it` and a look at the diff, take a new one over.
//! - What a test only needs to have happened is one line: `harness/deeds.rs` and `harness/talk.rs`.
//! - Who may do what is a table, `tests/data/permissions.csv`, made and held by `permission_crawl.rs`;
//!   what nobody may read is looked for by `secret_words.rs` and `two_worlds.rs`. A new address fails
//!   there until they know how to ask it. A new form is sent what it does not know by `every_address.rs`,
//!   and a new parameter is asked for by `two_worlds/filters.rs`. What each of these shows stands in
//!   `docs/SECURITY.md`.
//! - What each page and each deed costs the database must not grow with the community: `plans.rs` asks for
//!   everything in a small one and a large one. A new address and a new table fail there until
//!   `plans/pages.rs`, `plans/deeds.rs` and `plans/crowd.sql` know them.
//! - Pure things are tested beside their code, not here.

#![expect(clippy::unwrap_used, reason = "a test may fail anywhere, also in what its tests share")]

mod harness;

mod administration;
mod approvals;
mod ask_a_question;
mod ask_the_asker;
mod attach_files;
mod badges;
mod boards;
mod calendar;
mod change_address;
mod change_password;
mod complete;
mod confirm;
mod confirm_a_solution;
mod consent;
mod data_map;
mod delete_a_post;
mod drafts;
mod duplicates;
mod edit_a_post;
mod edit_anothers_post;
mod edited_elsewhere;
mod errors;
mod every_act;
mod every_address;
mod feeds;
mod find_members;
mod flags;
mod follow_and_mute;
mod forged_hosts;
mod groups;
mod home;
mod hostile_files;
mod house_rules;
mod import_stackexchange;
mod inbox;
mod inbox_counts;
mod invitations;
mod ladder;
mod kudos;
mod ledgers;
mod leaderboards;
mod leaving;
mod lists;
mod live;
mod mail_on_a_reply;
mod mandatory_factor;
mod me_too;
mod moderate;
mod moderation_record;
mod network_addresses;
mod order_boards;
mod page_weight;
mod papers;
mod passkeys;
mod permission_crawl;
mod plans;
mod points;
mod proof_of_work;
mod providers;
mod question_lists;
mod ranks;
mod ranks_at_once;
mod quiet_logs;
mod rate_limits;
mod read_a_thread;
mod reading;
mod reply_to_a_thread;
mod reset_password;
mod rights;
mod search;
mod second_factor;
mod secret_words;
mod sessions;
mod set_up;
mod sign_in;
mod sign_up;
mod similar_threads;
mod sitemap;
mod site_settings;
mod solve_a_question;
mod sort_replies;
mod spider;
mod stackexchange_dump;
mod structured_data;
mod tags;
mod the_first_day;
mod two_worlds;
mod who_over_whom;
mod words;

mod histories;
mod twice;
