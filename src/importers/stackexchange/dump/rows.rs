//! One struct per table: the dump's columns under Candor's names.
//!
//! Ids are the dump's own. A column that older dumps lack, or that rows leave out, is an `Option`;
//! a row without what makes it that row (its id, what it hangs on, when) is skipped.

use super::{
    BadgeClass, Fields, HistoryKind, LinkKind, PostKind, Reason, Row, Table, VoteKind, tag_names,
};
use time::OffsetDateTime;

/// A member of the site; -1 is the site itself ("Community").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserRow {
    pub id: i64,
    pub created: OffsetDateTime,
    /// Missing for some whose account was removed.
    pub name: Option<String>,
    pub reputation: Option<i64>,
    pub last_seen: Option<OffsetDateTime>,
    pub location: Option<String>,
    /// HTML, unlike comments.
    pub about_html: Option<String>,
    pub website: Option<String>,
    pub image: Option<String>,
    /// The same person on every site of the network.
    pub account: Option<i64>,
}

impl Row for UserRow {
    const TABLE: Table = Table::Users;
    /// Counters without a subject, and what Candor asks of nobody: an age, a hashed address.
    const IGNORED: &'static [&'static str] = &["Views", "UpVotes", "DownVotes", "Age", "EmailHash"];

    fn read(fields: &mut Fields<'_>) -> Result<Self, Reason> {
        Ok(Self {
            id: fields.number("Id")?,
            created: fields.time("CreationDate")?,
            name: fields.words_if("DisplayName"),
            reputation: fields.number_if("Reputation"),
            last_seen: fields.time_if("LastAccessDate"),
            location: fields.words_if("Location"),
            about_html: fields.words_if("AboutMe"),
            website: fields.words_if("WebsiteUrl"),
            image: fields.words_if("ProfileImageUrl"),
            account: fields.number_if("AccountId"),
        })
    }
}

/// A question, an answer, or a page about a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostRow {
    pub id: i64,
    pub kind: PostKind,
    pub created: OffsetDateTime,
    /// The question an answer belongs to.
    pub parent: Option<i64>,
    pub accepted_answer: Option<i64>,
    /// Up-votes minus down-votes, as the site counted them.
    pub score: Option<i64>,
    pub views: Option<i64>,
    /// HTML. The Markdown behind it is in the history: see [`super::Heads`].
    pub body_html: String,
    /// Missing when the owner's account was removed; then `owner_name` often remembers them.
    pub owner: Option<i64>,
    pub owner_name: Option<String>,
    pub last_editor: Option<i64>,
    pub last_editor_name: Option<String>,
    /// The last edit of title, body or tags.
    pub last_edited: Option<OffsetDateTime>,
    pub last_active: Option<OffsetDateTime>,
    pub title: Option<String>,
    pub tags: Vec<String>,
    pub answers: Option<i64>,
    pub comments: Option<i64>,
    pub closed: Option<OffsetDateTime>,
    /// Since when the post is a wiki that belongs to everybody.
    pub community_owned: Option<OffsetDateTime>,
    pub license: Option<String>,
}

impl Row for PostRow {
    const TABLE: Table = Table::Posts;
    /// How many bookmarked it: the votes of that kind are in `Votes`.
    const IGNORED: &'static [&'static str] = &["FavoriteCount"];

    fn read(fields: &mut Fields<'_>) -> Result<Self, Reason> {
        Ok(Self {
            id: fields.number("Id")?,
            kind: fields.number("PostTypeId")?.into(),
            created: fields.time("CreationDate")?,
            parent: fields.number_if("ParentId"),
            accepted_answer: fields.number_if("AcceptedAnswerId"),
            score: fields.number_if("Score"),
            views: fields.number_if("ViewCount"),
            body_html: fields.text_if("Body").unwrap_or_default(),
            owner: fields.number_if("OwnerUserId"),
            owner_name: fields.words_if("OwnerDisplayName"),
            last_editor: fields.number_if("LastEditorUserId"),
            last_editor_name: fields.words_if("LastEditorDisplayName"),
            last_edited: fields.time_if("LastEditDate"),
            last_active: fields.time_if("LastActivityDate"),
            title: fields.words_if("Title"),
            tags: tag_names(&fields.text_if("Tags").unwrap_or_default()),
            answers: fields.number_if("AnswerCount"),
            comments: fields.number_if("CommentCount"),
            closed: fields.time_if("ClosedDate"),
            community_owned: fields.time_if("CommunityOwnedDate"),
            license: fields.words_if("ContentLicense"),
        })
    }
}

/// A remark below a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentRow {
    pub id: i64,
    pub post: i64,
    pub created: OffsetDateTime,
    /// The short Markdown of comments, as it was typed; not HTML.
    pub text: String,
    pub score: Option<i64>,
    pub author: Option<i64>,
    pub author_name: Option<String>,
    pub license: Option<String>,
}

impl Row for CommentRow {
    const TABLE: Table = Table::Comments;

    fn read(fields: &mut Fields<'_>) -> Result<Self, Reason> {
        Ok(Self {
            id: fields.number("Id")?,
            post: fields.number("PostId")?,
            created: fields.time("CreationDate")?,
            text: fields.text_if("Text").unwrap_or_default(),
            score: fields.number_if("Score"),
            author: fields.number_if("UserId"),
            author_name: fields.words_if("UserDisplayName"),
            license: fields.words_if("ContentLicense"),
        })
    }
}

/// A vote; the day is known, the hour is not, and almost never who.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoteRow {
    pub id: i64,
    pub post: i64,
    pub kind: VoteKind,
    /// Optional, because a vote without a day still counts.
    pub created: Option<OffsetDateTime>,
    /// Only for bookmarks and bounties.
    pub voter: Option<i64>,
    pub bounty: Option<i64>,
}

impl Row for VoteRow {
    const TABLE: Table = Table::Votes;

    fn read(fields: &mut Fields<'_>) -> Result<Self, Reason> {
        Ok(Self {
            id: fields.number("Id")?,
            post: fields.number("PostId")?,
            kind: fields.number("VoteTypeId")?.into(),
            created: fields.time_if("CreationDate"),
            voter: fields.number_if("UserId"),
            bounty: fields.number_if("BountyAmount"),
        })
    }
}

/// A badge somebody earned, once per row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadgeRow {
    pub id: i64,
    pub user: i64,
    pub name: String,
    pub earned: OffsetDateTime,
    /// Missing in older dumps, which know only the name.
    pub class: Option<BadgeClass>,
    pub for_a_tag: Option<bool>,
}

impl Row for BadgeRow {
    const TABLE: Table = Table::Badges;

    fn read(fields: &mut Fields<'_>) -> Result<Self, Reason> {
        Ok(Self {
            id: fields.number("Id")?,
            user: fields.number("UserId")?,
            name: fields.words("Name")?,
            earned: fields.time("Date")?,
            class: fields.number_if("Class").map(BadgeClass::from),
            for_a_tag: fields.flag_if("TagBased"),
        })
    }
}

/// One post pointing at another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRow {
    pub id: i64,
    pub post: i64,
    pub target: i64,
    pub kind: LinkKind,
    pub created: Option<OffsetDateTime>,
}

impl Row for LinkRow {
    const TABLE: Table = Table::PostLinks;

    fn read(fields: &mut Fields<'_>) -> Result<Self, Reason> {
        Ok(Self {
            id: fields.number("Id")?,
            post: fields.number("PostId")?,
            target: fields.number("RelatedPostId")?,
            kind: fields.number("LinkTypeId")?.into(),
            created: fields.time_if("CreationDate"),
        })
    }
}

/// One thing that happened to a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryRow {
    pub id: i64,
    pub post: i64,
    pub kind: HistoryKind,
    pub created: OffsetDateTime,
    /// Shared by the rows of one edit: a title, a body and tags changed together.
    pub revision: Option<String>,
    pub author: Option<i64>,
    pub author_name: Option<String>,
    /// Why: the editor's words, or the number of a reason for closing.
    pub comment: Option<String>,
    /// A title, a body in Markdown, tags as `<a><b>`, or JSON naming who voted to close.
    pub text: Option<String>,
    pub license: Option<String>,
}

impl Row for HistoryRow {
    const TABLE: Table = Table::PostHistory;
    /// Repeated by `Comment` in the dumps that have it.
    const IGNORED: &'static [&'static str] = &["CloseReasonId"];

    fn read(fields: &mut Fields<'_>) -> Result<Self, Reason> {
        Ok(Self {
            id: fields.number("Id")?,
            post: fields.number("PostId")?,
            kind: fields.number("PostHistoryTypeId")?.into(),
            created: fields.time("CreationDate")?,
            revision: fields.words_if("RevisionGUID"),
            author: fields.number_if("UserId"),
            author_name: fields.words_if("UserDisplayName"),
            comment: fields.words_if("Comment"),
            text: fields.text_if("Text"),
            license: fields.words_if("ContentLicense"),
        })
    }
}

/// A tag and where its description stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagRow {
    pub id: i64,
    pub name: String,
    pub uses: Option<i64>,
    pub excerpt_post: Option<i64>,
    pub wiki_post: Option<i64>,
}

impl Row for TagRow {
    const TABLE: Table = Table::Tags;
    /// Rights over tags, which Candor gives to people.
    const IGNORED: &'static [&'static str] = &["IsModeratorOnly", "IsRequired"];

    fn read(fields: &mut Fields<'_>) -> Result<Self, Reason> {
        Ok(Self {
            id: fields.number("Id")?,
            name: fields.words("TagName")?,
            uses: fields.number_if("Count"),
            excerpt_post: fields.number_if("ExcerptPostId"),
            wiki_post: fields.number_if("WikiPostId"),
        })
    }
}
