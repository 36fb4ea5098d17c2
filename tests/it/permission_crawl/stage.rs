//! Who asks, and what about.

use crate::harness::{Begun, Client, World, photograph};
use candor::{
    access::{self, Audience, Capability, Level, settle_capabilities},
    boards::Style,
    groups::Kind,
    kit::MemberId,
    members::Role,
};

/// Who asks. The author wrote everything, on boards they could see then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Actor {
    Guest,
    Stranger,
    /// A stranger whose rank lets them accept solutions.
    Ranked,
    Author,
    /// In the groups, which may see a board that others may not.
    Insider,
    /// Owns the groups.
    Owner,
    /// Moderates `help` alone.
    Scoped,
    Moderator,
    Staff,
    Admin,
}

pub(crate) const ACTORS: [Actor; 10] = [
    Actor::Guest,
    Actor::Stranger,
    Actor::Ranked,
    Actor::Author,
    Actor::Insider,
    Actor::Owner,
    Actor::Scoped,
    Actor::Moderator,
    Actor::Staff,
    Actor::Admin,
];

/// Whether the actor may not even know that there is such an object.
pub(crate) fn is_hidden(object: &str, actor: Actor) -> bool {
    match object {
        "members" => actor == Actor::Guest,
        "staff" => !matches!(actor, Actor::Moderator | Actor::Staff | Actor::Admin),
        "group" | "hidden group" => !matches!(actor, Actor::Insider | Actor::Owner | Actor::Admin),
        // One more browser of the author's, a line of their inbox, their passkey, and their files.
        "session" | "notice" | "passkey" | "unposted" | "upload" | "draft" => {
            actor != Actor::Author
        }
        "lost notice" => true,
        _ => false,
    }
}

/// A thread in some state.
pub(crate) struct Subject {
    pub(crate) object: &'static str,
    pub(crate) id: i64,
    pub(crate) slug: String,
}

/// One world with everything in it.
pub(crate) struct Stage {
    pub(crate) world: World,
    guest: Client,
    stranger: Client,
    ranked: Client,
    author: Client,
    insider: Client,
    owner: Client,
    scoped: Client,
    moderator: Client,
    staff: Client,
    admin: Client,
    pub(crate) threads: Vec<Subject>,
    pub(crate) posts: Vec<(&'static str, i64)>,
    pub(crate) notices: Vec<(&'static str, i64)>,
    /// Pictures, by what became of the posts that show them.
    pub(crate) files: Vec<(&'static str, i64)>,
    /// The author's, of a thread not yet begun.
    pub(crate) draft: i64,
    /// The author's, under way.
    pub(crate) upload: String,
    /// The path of a link that mutes a thread, as a mail holds it.
    pub(crate) unsubscribe: String,
    /// The path of a link that sets a new password.
    pub(crate) reset: String,
    /// What another session of the author's is ended by.
    pub(crate) session: String,
    /// A passkey of the author's.
    pub(crate) passkey: String,
    pub(crate) invitation: String,
    /// The path of a link that confirms an address.
    pub(crate) stylesheet: String,
}

/// No object has it.
pub(super) const MISSING: i64 = 999_999;

impl Stage {
    pub(crate) async fn set() -> Self {
        let world = World::new().await;
        world.give_badges().await;
        let bob = world.member("bob").await;
        let mut stage = Self {
            guest: world.guest(),
            stranger: world.member("stella").await,
            ranked: world.member("raya").await,
            author: world.member("ada").await,
            insider: world.member("ines").await,
            owner: world.member("olga").await,
            scoped: world.member("sven").await,
            moderator: world.moderator("tom").await,
            staff: world.staff("sam").await,
            admin: world.admin("kim").await,
            world,
            threads: Vec::new(),
            posts: Vec::new(),
            notices: Vec::new(),
            files: Vec::new(),
            draft: 0,
            upload: String::new(),
            unsubscribe: String::new(),
            reset: String::new(),
            session: String::new(),
            passkey: String::new(),
            invitation: String::new(),
            stylesheet: String::new(),
        };
        stage.world.found("q-members", Style::Questions, Audience::Members).await;
        stage.world.found("q-staff", Style::Questions, Audience::Everyone).await;
        stage.world.found("q-group", Style::Questions, Audience::Everyone).await;
        stage.groups().await;
        stage.power().await;
        stage.provider().await;
        stage.invite().await;

        let public = stage.thread(&bob, "public", "help", "Lamp flickers at night").await;
        let locked = stage.thread(&bob, "locked", "help", "Lamp hums all day").await;
        let closed = stage.thread(&bob, "closed", "help", "Lamp smells of fish").await;
        stage.thread(&bob, "members", "q-members", "Lamp of the members").await;
        let staff = stage.thread(&bob, "staff", "q-staff", "Lamp of the staff").await;
        stage.thread(&bob, "group", "q-group", "Lamp of the group").await;
        stage.threads.push(Subject { object: "missing", id: MISSING, slug: "lamp".to_owned() });

        stage.posts.push(("opening", stage.world.post_at(&public, 1).await));
        for (object, position) in [("removed", 4), ("deleted", 5)] {
            let text = stage.picture(object).await;
            stage.author.say(&public, &text).await;
            stage.posts.push((object, stage.world.post_at(&public, position).await));
        }
        stage.posts.push(("missing", MISSING));
        stage.picture("unposted").await;
        stage.files.push(("missing", MISSING));
        let begun = stage.author.begin_upload("a.txt", 7).await.expect(201).json();
        let begun = begun["url"].as_str().expect("an address");
        let draft = [
            ("place", "ask"),
            ("form_key", "00000000-0000-4000-b000-000000000001"),
            ("body", "Half a lamp"),
        ];
        stage.author.post("/drafts", &draft).await.expect(200);
        stage.draft = stage.world.count("select id from drafts").await;
        stage.upload = begun.trim_start_matches("/uploads/").to_owned();
        stage.world.run_jobs().await;

        for object in ["public", "staff", "deleted"] {
            let flag = format!("/p/{}/flag", stage.post(object));
            bob.post(&flag, &[("reason", "spam")]).await.expect(303);
        }
        stage.moderator.remove(stage.post("removed"), "Beside the point.").await;
        stage.author.press(&format!("/p/{}/delete", stage.post("deleted"))).await.expect(303);
        stage.moderator.post(&locked.deed("lock"), &[("reason", "Settled.")]).await.expect(303);
        stage.moderator.remove(stage.world.post_at(&closed, 1).await, "Rude.").await;
        stage.world.run_jobs().await;
        stage.mails().await;
        stage.session = stage.session_of_author().await;
        stage.author.add_passkey("My phone").await.1.expect(200);
        stage.passkey = stage.world.count("select id from passkeys").await.to_string();
        stage.world.run_jobs().await;
        stage.world.reopen("q-staff", Audience::Staff).await;
        for role in [Role::Guest, Role::Member, Role::Moderator, Role::Staff] {
            stage.world.allow("q-group", access::Subject::Role(role), None).await;
        }
        stage.notices = vec![
            ("notice", stage.notice(&public).await),
            ("lost notice", stage.notice(&staff).await),
            ("missing", MISSING),
        ];
        stage
    }

    /// A link for many, and the secret in it.
    async fn invite(&mut self) {
        let fields = [("uses", "99"), ("days", "14")];
        let made = self.admin.post("/admin/invitations", &fields).await.expect(200);
        let link = made.part("#link").attr("value").unwrap_or_default().to_owned();
        self.invitation = link.rsplit('/').next().unwrap_or_default().to_owned();
    }

    /// By which nobody can come, because it may not even be asked.
    async fn provider(&self) {
        let fields = [
            ("name", "Home"),
            ("issuer", "http://127.0.0.1:1"),
            ("client_id", "candor"),
            ("position", "1"),
            ("enabled", "yes"),
        ];
        self.admin.post("/admin/providers", &fields).await.expect(303);
    }

    /// What a rank lets one do.
    async fn power(&self) {
        let (raya, now) = (self.world.id_of("raya").await, self.world.app.now());
        let mut db = self.world.app.db.acquire().await.unwrap();
        let granted = [(raya, Capability::Accept)];
        settle_capabilities(&mut db, &[raya], &granted, now).await.unwrap();
    }

    /// A group of each kind, all with the same people; the hidden one may see a board. Somebody who moderates
    /// one board.
    async fn groups(&self) {
        let world = &self.world;
        for kind in Kind::ALL {
            let slug = format!("g-{}", kind.name());
            world.group(&slug, kind, &["ines", "olga"]).await;
            world.own(&slug, "olga").await;
        }
        self.stranger.press("/g/g-request/request").await.expect(303);
        let hidden = access::Subject::Group(world.group_id("g-hidden").await);
        world.allow("q-group", hidden, Some(Level::Start)).await;
        let scoped = access::Subject::Member(world.id_of("sven").await);
        world.allow("help", scoped, Some(Level::Moderate)).await;
    }

    /// Begun by the author, with a reply of theirs at position 2 and Bob's below.
    async fn thread(
        &mut self,
        bob: &Client,
        object: &'static str,
        board: &str,
        title: &str,
    ) -> Begun {
        let tag = format!("tag-{object}");
        let thread = self.author.start_tagged(board, title, "It does so again.", &tag).await;
        let text = self.picture(object).await;
        self.author.say(&thread, &text).await;
        self.posts.push((object, self.world.post_at(&thread, 2).await));
        bob.say(&thread, "Try another, @ada.").await;
        let slug = thread.url.rsplit('/').next().unwrap_or_default().to_owned();
        self.threads.push(Subject { object, id: thread.id, slug });
        thread
    }

    /// A picture of the author's, and a text that shows it.
    async fn picture(&mut self, object: &'static str) -> String {
        let name = format!("{object}.jpg");
        let address = self.author.upload(&name, &photograph(40, 30)).await;
        let id = address.trim_start_matches("/files/").parse().expect("an attachment");
        self.files.push((object, id));
        format!("It goes on: ![a lamp]({address})")
    }

    async fn mails(&mut self) {
        let mail = self.world.mail_to("ada@example.com");
        let link = mail.unsubscribe.expect("a mail about a reply can be stopped");
        self.unsubscribe = link.split("/unsubscribe/").nth(1).unwrap_or_default().to_owned();
        self.guest.post("/reset-password", &[("login", "ada")]).await;
        self.world.run_jobs().await;
        self.reset = self.world.link_to("ada@example.com").replace("/reset-password/", "");
        let home = self.guest.get("/").await.text;
        let start = home.find("/assets/").expect("a page has a stylesheet");
        self.stylesheet = home[start..].split('"').next().unwrap_or_default().to_owned();
    }

    async fn notice(&self, thread: &Begun) -> i64 {
        self.world
            .count(&format!(
                "select min(notifications.id) from notifications
                join members on members.id = notifications.member_id and members.handle = 'ada'
                where thread_id = {}",
                thread.id
            ))
            .await
    }

    async fn session_of_author(&self) -> String {
        let author = self.world.count("select id from members where handle = 'ada'").await;
        self.world.browser_of(MemberId(author)).await;
        let page = self.author.get("/settings/sessions").await;
        let action =
            page.part(".sessions form").attr("action").expect("it can be ended").to_owned();
        action.trim_start_matches("/settings/sessions/").trim_end_matches("/end").to_owned()
    }

    fn post(&self, object: &str) -> i64 {
        self.posts.iter().find(|post| post.0 == object).expect("there is such a post").1
    }

    /// What the actor is called in addresses, if they are a member.
    pub(crate) fn handle(&self, actor: Actor) -> Option<&'static str> {
        Some(match actor {
            Actor::Guest => return None,
            Actor::Stranger => "stella",
            Actor::Ranked => "raya",
            Actor::Author => "ada",
            Actor::Insider => "ines",
            Actor::Owner => "olga",
            Actor::Scoped => "sven",
            Actor::Moderator => "tom",
            Actor::Staff => "sam",
            Actor::Admin => "kim",
        })
    }

    /// A browser of the actor's own, whose cookies are as they were at the beginning.
    pub(crate) fn browser(&self, actor: Actor) -> Client {
        match actor {
            Actor::Guest => &self.guest,
            Actor::Stranger => &self.stranger,
            Actor::Ranked => &self.ranked,
            Actor::Author => &self.author,
            Actor::Insider => &self.insider,
            Actor::Owner => &self.owner,
            Actor::Scoped => &self.scoped,
            Actor::Moderator => &self.moderator,
            Actor::Staff => &self.staff,
            Actor::Admin => &self.admin,
        }
        .copy()
    }
}
