//! Who is in a world and where they meet. All made by the rooms' own actions.

use super::{client::Client, world::World};
use candor::{
    access::Audience,
    app::App,
    boards::{NewBoard, NewCategory, Style, found_board, found_category},
    kit::{CategoryId, MemberId},
    members::{self, NewMember, Role, session},
    web,
};

/// The password of everybody made by [`World::account`].
pub(crate) const PASSWORD: &str = "correct horse battery";

/// The boards that every world has, with a name in addresses that is also their name.
pub(super) async fn found_boards(app: &App) {
    let new = NewCategory { slug: "community", name: "Community" };
    let category = found_category(app, new).await.unwrap().expect("the name is free");
    for (slug, style, audience) in [
        ("help", Style::Questions, Audience::Everyone),
        ("lounge", Style::Discussion, Audience::Everyone),
        ("news", Style::Announcements, Audience::Everyone),
        ("beta", Style::Discussion, Audience::Members),
        ("staff-room", Style::Discussion, Audience::Staff),
    ] {
        found(app, category, slug, style, audience).await;
    }
    // See `World::give_badges`.
    let mut db = app.db.acquire().await.expect("the database answers");
    let retired = sqlx::raw_sql("update badges set retired_at = '2026-03-02 09:00Z'");
    retired.execute(&mut *db).await.expect("the badges are there");
}

async fn found(app: &App, category: CategoryId, slug: &str, style: Style, audience: Audience) {
    let name = slug[..1].to_uppercase() + &slug[1..].replace('-', " ");
    let description = format!("The {slug} board.");
    let new = NewBoard {
        category,
        slug,
        name: &name,
        description: &description,
        style,
        icon: "help",
        tone: 1,
        audience,
    };
    found_board(app, new).await.unwrap().expect("the name is free");
}

impl World {
    /// A customer, signed in. `ada` is called Ada and has the address `ada@example.com`.
    pub(crate) async fn member(&self, handle: &str) -> Client {
        self.person(handle, None).await
    }

    /// Somebody who speaks for the brand, signed in.
    pub(crate) async fn staff(&self, handle: &str) -> Client {
        self.person(handle, Some(Role::Staff)).await
    }

    /// Somebody who keeps the place fair, signed in.
    pub(crate) async fn moderator(&self, handle: &str) -> Client {
        self.person(handle, Some(Role::Moderator)).await
    }

    /// Somebody who runs the community, signed in.
    pub(crate) async fn admin(&self, handle: &str) -> Client {
        self.person(handle, Some(Role::Admin)).await
    }

    /// A member with [`PASSWORD`], not signed in anywhere; for the tests of signing in. Hashing the
    /// password is what makes it slower than [`World::member`].
    pub(crate) async fn account(&self, handle: &str) -> MemberId {
        self.join(handle, Some(PASSWORD)).await
    }

    async fn person(&self, handle: &str, role: Option<Role>) -> Client {
        let member = self.join(handle, None).await;
        if let Some(role) = role {
            members::promote(&self.app, handle, role).await.unwrap().expect("somebody joined");
        }
        self.browser_of(member).await
    }

    /// One more browser in which this member is signed in.
    pub(crate) async fn browser_of(&self, member: MemberId) -> Client {
        let mut tx = self.app.db.begin().await.unwrap();
        let browser = session::Browser::default();
        let secret = session::begin(&mut tx, member, &browser, self.app.now()).await.unwrap();
        tx.commit().await.unwrap();
        let client = self.guest();
        client.keep(web::cookie_for(&self.app, &secret));
        client
    }

    /// One more browser of somebody who is there already.
    pub(crate) async fn sign_in(&self, handle: &str) -> Client {
        self.browser_of(self.id_of(handle).await).await
    }

    /// With the events of joining handed on, so that a test meets only its own.
    async fn join(&self, handle: &str, password: Option<&str>) -> MemberId {
        let name = handle[..1].to_uppercase() + &handle[1..];
        let email = format!("{handle}@example.com");
        let new = NewMember {
            handle,
            name: &name,
            email: Some(&email),
            password: password.map(|password| password.to_owned().into()),
        };
        let member = members::join(&self.app, new).await.unwrap().expect("the handle is free");
        self.run_jobs().await;
        member
    }
}
