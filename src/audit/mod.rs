//! The log of administration: whatever those who run the community change of it lands here, in the
//! transaction that changes it, with how it was before and after.
//!
//! Nobody changes an entry, neither the server nor the owner of the tables. Members stand in it by their
//! ids alone, so that whoever leaves is not named here for ever.

mod store;

use crate::{
    kit::{ApplicationId, BoardId, CategoryId, GroupId, InvitationId, MemberId, ProviderId},
    outbox::Actor,
};
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the deeds")]
pub enum Act {
    FoundCategory,
    EditCategory,
    MoveCategory,
    FoundBoard,
    EditBoard,
    MoveBoard,
    ArchiveBoard,
    ReopenBoard,
    SetRights,
    FoundGroup,
    EditGroup,
    DeleteGroup,
    AddMember,
    RemoveMember,
    DeclineRequest,
    MakeOwner,
    UnmakeOwner,
    GrantRole,
    RevokeRole,
    ChangeSetting,
    CloseAccount,
    TakeFactors,
    EndSessions,
    AddProvider,
    EditProvider,
    SetPoints,
    AddRank,
    EditRank,
    RetireRank,
    AddBadge,
    EditBadge,
    RetireBadge,
    GrantBadge,
    RevokeBadge,
    PublishPaper,
    WithdrawPaper,
    Invite,
    InviteByMail,
    WithdrawInvitation,
    Approve,
    Decline,
    EditTag,
    AddSynonym,
    RemoveSynonym,
}

impl Act {
    /// Its name in the log.
    pub fn name(self) -> &'static str {
        match self {
            Self::FoundCategory => "found_category",
            Self::EditCategory => "edit_category",
            Self::MoveCategory => "move_category",
            Self::FoundBoard => "found_board",
            Self::EditBoard => "edit_board",
            Self::MoveBoard => "move_board",
            Self::ArchiveBoard => "archive_board",
            Self::ReopenBoard => "reopen_board",
            Self::SetRights => "set_rights",
            Self::FoundGroup => "found_group",
            Self::EditGroup => "edit_group",
            Self::DeleteGroup => "delete_group",
            Self::AddMember => "add_member",
            Self::RemoveMember => "remove_member",
            Self::DeclineRequest => "decline_request",
            Self::MakeOwner => "make_owner",
            Self::UnmakeOwner => "unmake_owner",
            Self::GrantRole => "grant_role",
            Self::RevokeRole => "revoke_role",
            Self::ChangeSetting => "change_setting",
            Self::CloseAccount => "close_account",
            Self::TakeFactors => "take_factors",
            Self::EndSessions => "end_sessions",
            Self::AddProvider => "add_provider",
            Self::EditProvider => "edit_provider",
            Self::SetPoints => "set_points",
            Self::AddRank => "add_rank",
            Self::EditRank => "edit_rank",
            Self::RetireRank => "retire_rank",
            Self::AddBadge => "add_badge",
            Self::EditBadge => "edit_badge",
            Self::RetireBadge => "retire_badge",
            Self::GrantBadge => "grant_badge",
            Self::RevokeBadge => "revoke_badge",
            Self::PublishPaper => "publish_paper",
            Self::WithdrawPaper => "withdraw_paper",
            Self::Invite => "invite",
            Self::InviteByMail => "invite_by_mail",
            Self::WithdrawInvitation => "withdraw_invitation",
            Self::Approve => "approve",
            Self::Decline => "decline",
            Self::EditTag => "edit_tag",
            Self::AddSynonym => "add_synonym",
            Self::RemoveSynonym => "remove_synonym",
        }
    }
}

/// What it was done to, with the name it has now.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the names are the rooms' nouns")]
pub enum About<'a> {
    Category(CategoryId, &'a str),
    Board(BoardId, &'a str),
    Group(GroupId, &'a str),
    Member(MemberId),
    /// By its name alone.
    Setting(&'a str),
    Provider(ProviderId, &'a str),
    Rank(i64, &'a str),
    Badge(i64, &'a str),
    /// By its number alone: what was noted may name people who are no members.
    Invitation(InvitationId),
    /// By its number alone: whoever is not let in is not named here for ever.
    Application(ApplicationId),
    /// Many at once.
    Invitations,
    /// A table of points.
    Points(i64),
    /// By its name alone.
    Paper(&'a str),
    Tag(i64, &'a str),
}

impl About<'_> {
    fn parts(&self) -> (&'static str, i64, &str) {
        match self {
            Self::Category(id, name) => ("category", id.0, name),
            Self::Board(id, name) => ("board", id.0, name),
            Self::Group(id, name) => ("group", id.0, name),
            Self::Member(id) => ("member", id.0, ""),
            Self::Setting(name) => ("setting", 0, name),
            Self::Provider(id, name) => ("provider", id.0, name),
            Self::Rank(id, name) => ("rank", *id, name),
            Self::Badge(id, name) => ("badge", *id, name),
            Self::Invitation(id) => ("invitation", id.0, ""),
            Self::Application(id) => ("application", id.0, ""),
            Self::Invitations => ("invitations", 0, ""),
            Self::Points(id) => ("points", *id, ""),
            Self::Paper(name) => ("paper", 0, name),
            Self::Tag(id, name) => ("tag", *id, name),
        }
    }
}

/// One administrative change.
#[derive(Debug)]
pub struct Change<'a> {
    /// What was done.
    pub act: Act,
    /// To what.
    pub about: About<'a>,
    /// Whom it concerned, where it was done to something else.
    pub member: Option<MemberId>,
    /// Fields by name, as they were.
    pub before: Value,
    /// The same as they are now.
    pub after: Value,
}

/// Enters a change, in the transaction that makes it.
///
/// # Errors
/// Those of the database.
pub async fn record(
    db: &mut PgConnection,
    actor: Actor,
    change: &Change<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    store::insert(db, actor, change, now).await
}
