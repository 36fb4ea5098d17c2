//! A member who has left something in every table that can hold anything about a member, in words that
//! stand nowhere else.

use crate::{
    data_map::map,
    harness::{Begun, Client, PASSWORD, World},
};
use candor::{
    access::{Level, Subject},
    groups::Kind,
    jobs,
    kit::MemberId,
};
use sqlx::{AssertSqlSafe, Executor};
use time::Duration;

pub(super) const HANDLE: &str = "zquillon";
pub(super) const EMAIL: &str = "xenodochy@example.com";

/// Words in personal fields: name, about, both addresses, and the number in another community.
pub(super) const PERSONAL: [&str; 5] =
    ["vantorpel", "wolframite", "xenodochy", "quagmyre", "918273645546"];
/// Words of a post and of a thread that were withdrawn.
pub(super) const WITHDRAWN: [&str; 3] = ["obnubilate", "sesquipedal", "gallimaufry"];
/// Words of posts that stand: a reply of theirs, and a question that was answered.
pub(super) const REPLY: &str = "brobdingnag";
pub(super) const QUESTION: &str = "taradiddle";

pub(super) struct Planted {
    pub(super) world: World,
    pub(super) member: MemberId,
    pub(super) browser: Client,
    pub(super) bob: Client,
    /// Asked by the member and answered by Bob.
    pub(super) asked: Begun,
    /// Asked by Bob and answered by the member.
    pub(super) answered: Begun,
}

impl Planted {
    pub(super) async fn new() -> Self {
        let world = World::new().await;
        world.give_badges().await;
        let bob = world.member("bob").await;
        let browser = world.guest();
        join(&world, &browser).await;
        let member = world.id_of(HANDLE).await;
        let (asked, answered) = talk(&world, &browser, &bob).await;
        let planted = Self { world, member, browser, bob, asked, answered };
        planted.belong().await;
        planted.act().await;
        planted
    }

    /// Groups, a role, and rules.
    async fn belong(&self) {
        let world = &self.world;
        world.group("circle", Kind::Open, &[HANDLE]).await;
        world.group("guild", Kind::Request, &[]).await;
        self.browser.press("/g/guild/request").await.expect(303);
        let subject = Subject::Member(self.member);
        world.allow("beta", subject, Some(Level::Start)).await;
        world.allow_below("community", Subject::Member(self.member), Some(Level::See)).await;
        let ruth = world.admin("ruth").await;
        let role = [("role", "staff")];
        ruth.post(&format!("/admin/members/{HANDLE}/roles"), &role).await.expect(303);
        let badge = [("handle", HANDLE), ("reason", "Knows all of wolframite.")];
        ruth.post("/badges/special-thanks/awards", &badge).await.expect(303);
        self.sign_in().await;
    }

    /// Another address, a copy of everything, and a mail that waits.
    async fn act(&self) {
        let world = &self.world;
        world.run_jobs().await;
        let wish = [("email", "quagmyre@example.com"), ("password", PASSWORD)];
        self.browser.post("/settings/email", &wish).await.expect(303);
        let ask = [("password", PASSWORD)];
        self.browser.post("/settings/data", &ask).await.expect(303);
        world.run_jobs().await;
        world.run_chores().await;
        // The member's link went with the chores, so another is asked for.
        self.browser.post("/settings/email", &wish).await.expect(303);
        world.run_jobs().await;
        let mut tx = world.app.db.begin().await.unwrap();
        let notice = serde_json::json!({
            "member": self.member, "email": EMAIL, "what": "password_changed", "at": 0,
        });
        let later = world.app.now() + Duration::days(60);
        jobs::enqueue(&mut tx, "members.mail_notice", &notice, later).await.unwrap();
        tx.commit().await.unwrap();
        // No import runs here; this is what one leaves.
        let sql = format!(
            "insert into imported (source, kind, source_id, our_id)
            values ('elsewhere', 'user', 918273645546, {})",
            self.member
        );
        world.as_app().await.execute(AssertSqlSafe(sql)).await.unwrap();
        let sql = format!(
            "insert into totp_seeds (member_id, seed, begun_at) values ({0}, 'sealed', '2026-03-01');
            insert into recovery_codes (member_id, code_hash, made_at) values ({0}, 'hashed', '2026-03-01');
            insert into passkeys (member_id, credential_id, name, credential, added_at)
            values ({0}, 'known', 'The phone of wolframite', '{{}}', '2026-03-01');
            insert into passkey_challenges (token_hash, purpose, member_id, state, expires_at)
            values ('challenge', 'add', {0}, '{{}}', '2030-01-01');
            insert into pending_sign_ins (token_hash, member_id, proof, begun_at, expires_at)
            values ('pending', {0}, 'password', '2026-03-01', '2030-01-01');
            insert into consents (member_id, version, at) values ({0}, 1, '2026-03-01');
            update me_toos set about = 'wolframite' where member_id = {0};
            insert into member_capabilities (member_id, capability, since) values ({0}, 'accept', '2026-03-01');
            insert into providers (slug, name, issuer, client_id, scopes, takes_in, trusts_address, position, added_at)
            values ('house', 'House', 'https://house.example', 'candor', '', true, true, 1, '2026-03-01');
            insert into identities (provider_id, issuer, subject, member_id, label, linked_at, used_at)
            select id, issuer, '918273645546', {0}, 'quagmyre', '2026-03-01', '2026-03-01' from providers;
            insert into provider_memberships (member_id, group_id, provider_id)
            select {0}, groups.id, providers.id from providers cross join groups where groups.slug = 'circle';
            insert into provider_role_holders (member_id, role, provider_id)
            select {0}, 'staff', providers.id from providers;
            insert into invitations (uses_most, uses, invited_at, expires_at) values (2, 1, '2026-03-01', '2030-01-01');
            insert into invitation_uses (member_id, invitation_id, joined_at)
            select {0}, id, '2026-03-01' from invitations;
            insert into invitations (email, name, uses_most, invited_at, expires_at)
            values ('{EMAIL}', 'Ygritte vantorpel', 1, '2026-03-01', '2030-01-01');
            insert into provider_rounds (state_hash, browser_hash, provider_id, purpose, member_id, nonce, verifier, back, begun_at, expires_at)
            select 'state', 'browser', id, 'prove', {0}, 'nonce', 'verifier', '/', '2026-03-01', '2030-01-01' from providers",
            self.member
        );
        world.as_app().await.execute(AssertSqlSafe(sql)).await.unwrap();
        let sql = format!(
            "insert into rate_limits (subject, free_at) values ('hash:member {}', '2030-01-01')",
            self.member
        );
        world.as_app().await.execute(AssertSqlSafe(sql)).await.unwrap();
    }

    pub(super) async fn sign_in(&self) {
        let fields = [("login", HANDLE), ("password", PASSWORD)];
        self.browser.post("/sign-in", &fields).await.expect(303);
    }

    /// Closes the account, as the member does.
    pub(super) async fn close(&self) {
        let page = self.browser.get("/settings/close").await.expect(200);
        let form = page.form("/settings/close").set("handle", HANDLE).set("password", PASSWORD);
        assert_eq!(form.send().await.expect(303).location(), "/");
        self.world.run_jobs().await;
    }

    /// How many rows about the member each table holds that loses them when the account is erased.
    pub(super) async fn rows(&self) -> Vec<(String, i64)> {
        let mut rows = Vec::new();
        for (table, mapped) in map() {
            if !mapped.rows_go() || table == "closed_accounts" {
                continue;
            }
            let id = self.member;
            let whose = match table.as_str() {
                "jobs" => format!("payload ->> 'member' = '{id}'"),
                "rate_limits" => format!("subject = 'hash:member {id}'"),
                "imported" => format!("kind = 'user' and our_id = {id}"),
                _ => format!("member_id = {id}"),
            };
            let count = format!("select count(*) from {table} where {whose}");
            rows.push((table, self.world.count(&count).await));
        }
        rows
    }
}

async fn join(world: &World, browser: &Client) {
    let page = browser.get("/sign-up").await.expect(200);
    let form = page.form("/sign-up").set("handle", HANDLE).set("name", "Ygritte Vantorpel");
    form.set("email", EMAIL).set("password", PASSWORD).send().await.expect(303);
    world.run_jobs().await;
    browser.press(&world.link_to(EMAIL)).await.expect(303);
    let words = [("name", "Ygritte vantorpel"), ("about", "Keeps wolframite.")];
    browser.post("/settings", &words).await.expect(303);
    let look = [("size", "largest"), ("density", "compact")];
    browser.post("/reading", &look).await.expect(303);
}

/// Threads on both sides, with everything that follows from them.
async fn talk(world: &World, browser: &Client, bob: &Client) -> (Begun, Begun) {
    let asked = browser.start_tagged("help", "A lamp flickers", QUESTION, "lamps").await;
    let answered = bob.start("help", "A lamp hums", "It does.").await;
    bob.say(&asked, &format!("Ask @{HANDLE} again.\n\n> [quote={HANDLE}, post=1]\n>\n> It\n\nOk."))
        .await;
    browser.press(&answered.deed("me-too")).await.expect(303);
    browser.say(&answered, REPLY).await;
    bob.say(&answered, "Thanks.").await;
    world.run_jobs().await;
    let question = world.post_at(&asked, 1).await;
    browser.edit(question, &format!("{QUESTION} still")).await;
    let theirs = world.post_at(&asked, 2).await;
    let reply = world.post_at(&answered, 2).await;
    browser.press(&format!("/p/{theirs}/kudos")).await.expect(303);
    bob.press(&format!("/p/{reply}/kudos")).await.expect(303);
    browser.press(&format!("/p/{theirs}/solution")).await.expect(303);
    bob.press(&format!("/p/{reply}/solution")).await.expect(303);
    // What they took back again: a reply, edited once, and a whole thread.
    browser.say(&answered, "obnubilate").await;
    let gone = world.post_at(&answered, 4).await;
    let file = browser.upload("gallimaufry.txt", b"sesquipedal").await;
    browser.edit(gone, &format!("gallimaufry [and more]({file})")).await;
    let begun = browser.begin_upload("wolframite.txt", 9).await.expect(201).json();
    browser.send_piece(begun["url"].as_str().unwrap(), 0, b"wolf").await.expect(200);
    browser.press(&format!("/p/{gone}/delete")).await.expect(303);
    let thread = browser.start("lounge", "A sesquipedal title", "obnubilate").await;
    let gone = world.post_at(&thread, 1).await;
    browser.press(&format!("/p/{gone}/delete")).await.expect(303);
    // What a moderator removed.
    browser.say(&answered, "Buy my lamps.").await;
    let removed = world.post_at(&answered, 5).await;
    world.moderator("tom").await.remove(removed, "No advertising.").await;
    let flag = [("reason", "other"), ("note", "Wolframite is no lamp.")];
    let flagged = world.post_at(&answered, 1).await;
    browser.post(&format!("/p/{flagged}/flag"), &flag).await.expect(303);
    let draft = [
        ("place", "ask"),
        ("form_key", "0193c0de-0000-7000-8000-000000000001"),
        ("board", "lounge"),
        ("title", "Wolframite for sale"),
        ("tags", "wolframite"),
        ("body", "Half a vantorpel"),
    ];
    browser.post("/drafts", &draft).await.expect(200);
    browser.press("/tags/lamps/follow").await.expect(303);
    let reading = [("position", "1")];
    browser.post(&answered.deed("reading"), &reading).await;
    world.run_jobs().await;
    (asked, answered)
}
