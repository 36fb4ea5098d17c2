//! # Candor, from above
//!
//! Candor is a community server that a brand runs on its own machine: one binary and PostgreSQL.
//! Members solve problems together in a browser, moderators act in the open, brand staff answer,
//! and everybody can see that promises are kept.
//!
//! A request comes in by [`web::listen`], finds its typed entry in [`router`], and ends in a *room*.
//! Reading passes a **door** (`threads::access::readable`), which hands out only what the viewer may
//! see; writing is one **deed** (`posts::reply`), one transaction, and records what happened in the
//! [`outbox`]. Pages, jobs, importers and the demonstration all go through the same deeds.
//!
//! ## The list below is the architecture
//!
//! The modules stand in the order in which they may know each other: first the *ground*, which knows
//! nothing of forums; then the *services*, the outside world behind small types; then the *rooms*,
//! one for each noun of the product; then the *edges*, which only call rooms; then the *web*, what all
//! pages share.
//!
//! Every room has two storeys. *Core* files (nouns, `store.rs`, `access.rs`, `forms.rs`) use only what
//! stands above them in the list and nothing of the web. *Upper* files (`actions`, `pages`, `views.rs`,
//! `api.rs`, `reactions.rs`) may use every room's core, and nobody but their own room and the edges uses
//! them. `views.rs` reads, for one page, across rooms; it never writes.
//!
//! Groups stand above access, because who may see a board depends on who is in which group, and groups
//! know nothing of boards. Reputation stands above solutions and moderation, because both give and take
//! points in the transaction of their deeds.
//!
//! The rules of the house are tests: `tests/it/house_rules.rs`.
//!
//! ## What is deliberately absent
//!
//! * **No GET writes.** What a page wants noted (how far somebody read) it sends by POST.
//!   One does, because its protocol has it so: the way back from a sign-in provider.
//! * **No page is drawn by JavaScript.** Scripts add comfort to pages that work without.
//! * **SQL does not know the time.** A deed has one `now`, taken from [`kit::Clock`] and passed down.
//! * **No listing decides for itself who may see what.** It joins the SQL function `visible_boards`; one
//!   of groups joins `visible_groups`.
//! * **No right is computed when a page is read.** What a board inherits of its category is written when a
//!   rule changes; see [`access`].
//! * **Nothing administrators do goes unrecorded.** It lands in [`audit`], in the same transaction.
//! * **Nothing is removed, and nobody's words are changed by others, without a ledger entry**, and
//!   ledgers are never edited.
//! * **No state in the process that the database does not own**, so several servers can share one.
//! * **No notice is sent inside a member's transaction.** The relay in [`jobs`] sends it afterwards.
//!
//! ## A page is read: `GET /t/7/printer?page=2`
//!
//! 1. `threads/mod.rs` has the entry; [`router`] has laid admission, error pages and headers around it.
//! 2. [`web::Shell`] looks up who asks, their inbox count and the boards they see: one query.
//! 3. `threads/pages/show.rs` passes the door `threads/access.rs`: one query.
//! 4. `threads/views.rs` brings the twenty posts with authors, ranks and kudos: one query, a range of
//!    positions, however long the thread.
//! 5. `templates/threads/show.html` draws. `can.reply` decides whether the composer is there.
//!
//! ## A reply is written: `POST /t/7/replies`
//!
//! 1. `threads/pages/reply.rs`: `Member` among the arguments means one must be signed in; the form is
//!    checked, and comes back with status 422 and everything typed if something is wrong.
//! 2. `posts/actions/reply.rs`: the text is drawn before any row is held; then one transaction.
//! 3. [`form_keys`]: the same form again leads to the first result.
//! 4. `threads/access.rs::open_to` holds the thread's row and asks the same `Can` as the button did.
//! 5. `posts/post.rs::publish` takes the next position, inserts, counts, records `PostWritten`.
//! 6. `reputation` enters what it earned. Commit, then 303 to the new post.
//! 7. *Later* `reactions.rs` says who hears of it: inboxes, mail, open pages.
//!
//! ## Words
//!
//! attachment · draft · board · category · thread · post · opening post · reply · member · handle · invitation ·
//! application · provider · second factor ·
//! app · passkey · recovery code · kudos · me-too · duplicate · original · solution · confirmation · flag · points · metric ·
//! formula · rank · ladder · badge · award · leaderboard · moderator · staff · administrator · group · owner · rule · inbox · ledger. One
//! word for one thing, in code, schema, pages and documents.

// The ground.
pub mod kit;
pub mod error;
pub mod config;
pub mod words;
pub mod markup;

// Services.
pub mod database;
pub mod hasher;
pub mod rendering;
pub mod sealing;
pub mod storage;
pub mod mail;
pub mod outbound;
pub mod oidc;
pub mod realtime;
pub mod settings;
pub mod form_keys;
pub mod limits;
pub mod outbox;
pub mod audit;
pub mod app;
pub mod jobs;
pub mod route;

// Rooms.
pub mod members;
pub mod groups;
pub mod invitations;
pub mod applications;
pub mod access;
pub mod papers;
pub mod boards;
pub mod attachments;
pub mod drafts;
pub mod threads;
pub mod posts;
pub mod reputation;
pub mod solutions;
pub mod moderation;
pub mod notifications;
pub mod search;
pub mod privacy;

pub mod home;
pub mod feeds;

// Edges.
pub mod admin;
pub mod set_up;
pub mod importers;
pub mod demo;
pub mod doctor;
pub mod bench;
pub mod backup;

// The web, and what ties everything together.
pub mod web;
pub mod reactions;
pub mod router;
pub mod chores;
pub mod command;
