//! What those who run a community do in nearly every test about rights, in one line each.

use super::{client::Client, world::World};
use candor::{
    access::{Admin, Audience, Level, Place, Rule, Subject, set_rights},
    boards::Style,
    groups::{self, GroupEdit, Kind},
    kit::{BoardId, CategoryId, GroupId, MemberId},
    members::{self, Role},
};

impl World {
    /// Somebody who may do everything, as the rooms' deeds want it. Made at the first call.
    pub(crate) async fn ruler(&self) -> Admin {
        let known = self.count("select count(*) from members where handle = 'rex'").await;
        if known == 0 {
            self.admin("rex").await;
        }
        let id = self.id_of("rex").await;
        let mut db = self.app.db.acquire().await.unwrap();
        let member = members::by_id(&mut db, id).await.unwrap().expect("there is one");
        Admin::proven(&member).expect("rex runs the community")
    }

    /// The id of a member.
    pub(crate) async fn id_of(&self, handle: &str) -> MemberId {
        MemberId(self.count(&format!("select id from members where handle = '{handle}'")).await)
    }

    /// The id of a group.
    pub(crate) async fn group_id(&self, slug: &str) -> GroupId {
        GroupId(self.count(&format!("select id from groups where slug = '{slug}'")).await)
    }

    /// Founds a group with these in it. It is called by its name in addresses.
    pub(crate) async fn group(&self, slug: &str, kind: Kind, members: &[&str]) -> GroupId {
        let ruler = self.ruler().await;
        let new = GroupEdit {
            name: slug.to_owned(),
            description: format!("{slug} described"),
            kind,
            rank: None,
        };
        groups::found(&self.app, &ruler, slug, &new).await.unwrap().expect("the name is free");
        for handle in members {
            groups::add(&self.app, ruler.member(), slug, handle).await.unwrap();
        }
        self.group_id(slug).await
    }

    /// Makes somebody in a group its owner.
    pub(crate) async fn own(&self, slug: &str, handle: &str) {
        let ruler = self.ruler().await;
        groups::make_owner(&self.app, ruler.member(), slug, handle).await.unwrap();
    }

    /// Sets one rule of a board; `None` for the level says nothing, whatever the category does.
    pub(crate) async fn allow(&self, board: &str, subject: Subject, level: Option<Level>) {
        let id = self.count(&format!("select id from boards where slug = '{board}'")).await;
        self.set(Place::Board(BoardId(id)), subject, Some(Rule::new(subject, level, true))).await;
    }

    /// Sets one rule of a category.
    pub(crate) async fn allow_below(&self, category: &str, subject: Subject, level: Option<Level>) {
        let id = self.count(&format!("select id from categories where slug = '{category}'")).await;
        let place = Place::Category(CategoryId(id));
        self.set(place, subject, Some(Rule::new(subject, level, true))).await;
    }

    /// Founds a board that nobody may see but a hidden group, which may write there, one of whom moderates it.
    pub(crate) async fn found_for_a_group(
        &self,
        board: &str,
        group: &str,
        members: &[&str],
        moderator: &str,
    ) {
        self.found(board, Style::Questions, Audience::Staff).await;
        for role in [Role::Moderator, Role::Staff] {
            self.allow(board, Subject::Role(role), None).await;
        }
        let group = Subject::Group(self.group(group, Kind::Hidden, members).await);
        self.allow(board, group, Some(Level::Start)).await;
        let moderator = Subject::Member(self.id_of(moderator).await);
        self.allow(board, moderator, Some(Level::Moderate)).await;
    }

    /// Lets a board have what its category gives.
    pub(crate) async fn inherit(&self, board: &str, subject: Subject) {
        let id = self.count(&format!("select id from boards where slug = '{board}'")).await;
        self.set(Place::Board(BoardId(id)), subject, None).await;
    }

    async fn set(&self, place: Place, subject: Subject, rule: Option<Rule>) {
        let ruler = self.ruler().await;
        set_rights(&self.app, &ruler, place, &vec![(subject, rule)]).await.unwrap();
    }
}

impl Client {
    /// What is answered where only the answer counts.
    pub(crate) async fn status(&self, address: &str) -> u16 {
        self.get(address).await.status.as_u16()
    }
}
