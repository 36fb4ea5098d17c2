//! SQL of this room.

mod inherited;

use super::{Level, Place, Rule, Subject};
use crate::{
    kit::{BoardId, CategoryId, GroupId, MemberId},
    members::Role,
};
use sqlx::PgConnection;

pub(super) use inherited::{admit_admins, clear, forget_inherited, inherit};

/// Lets one change of rules follow the other: each reads all of them.
pub(super) async fn lock(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("lock table category_rights in share row exclusive mode").execute(db).await?;
    Ok(())
}

/// A rule where it was set.
pub(crate) struct Set {
    pub(crate) subject: Subject,
    pub(crate) rule: Rule,
    /// The category it is inherited from; of the place itself where none.
    pub(crate) from: Option<CategoryId>,
}

struct Row {
    role: Option<Role>,
    group_id: Option<GroupId>,
    member_id: Option<MemberId>,
    level: Option<Level>,
    uploads: bool,
    category_id: Option<CategoryId>,
}

impl Row {
    fn set(self) -> Option<Set> {
        let subject = Subject::of(self.role, self.group_id, self.member_id)?;
        let rule = Rule { level: self.level, uploads: self.uploads };
        Some(Set { subject, rule, from: self.category_id })
    }
}

/// The rules of a place: of a category its own, of a board its own and what it inherits.
pub(crate) async fn rules(db: &mut PgConnection, place: Place) -> sqlx::Result<Vec<Set>> {
    let (board, category) = ids(place);
    let rows = sqlx::query_as!(
        Row,
        r#"
        select
            role as "role: Role",
            group_id as "group_id: GroupId",
            member_id as "member_id: MemberId",
            level as "level: Level",
            uploads as "uploads!",
            category_id as "category_id: CategoryId"
        from board_rights
        where board_id = $1
        union all
        select role, group_id, member_id, level, uploads, null::bigint
        from category_rights
        where category_id = $2
        "#,
        board,
        category,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().filter_map(Row::set).collect())
}

/// Sets the rule a place has of its own for a subject, or takes it away.
pub(super) async fn set(
    db: &mut PgConnection,
    place: Place,
    subject: Subject,
    rule: Option<Rule>,
) -> sqlx::Result<()> {
    forget(db, place, subject).await?;
    let Some(rule) = rule else { return Ok(()) };
    let (role, group, member) = subject.columns();
    match place {
        Place::Board(board) => {
            sqlx::query!(
                r#"
                insert into board_rights (board_id, role, group_id, member_id, level, uploads)
                values ($1, $2, $3, $4, $5, $6)
                "#,
                board.0,
                role as Option<Role>,
                group,
                member,
                rule.level as Option<Level>,
                rule.uploads,
            )
            .execute(db)
            .await?;
        }
        Place::Category(category) => {
            sqlx::query!(
                r#"
                insert into category_rights (category_id, role, group_id, member_id, level, uploads)
                values ($1, $2, $3, $4, $5, $6)
                "#,
                category.0,
                role as Option<Role>,
                group,
                member,
                rule.level as Option<Level>,
                rule.uploads,
            )
            .execute(db)
            .await?;
        }
    }
    Ok(())
}

/// Also what a board had inherited for the subject: whoever calls this lets it inherit anew.
async fn forget(db: &mut PgConnection, place: Place, subject: Subject) -> sqlx::Result<()> {
    let (role, group, member) = subject.columns();
    let (board, category) = ids(place);
    sqlx::query!(
        r#"
        delete from board_rights
        where board_id = $1
            and role is not distinct from $2
            and group_id is not distinct from $3
            and member_id is not distinct from $4
        "#,
        board,
        role as Option<Role>,
        group,
        member,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        r#"
        delete from category_rights
        where category_id = $1
            and role is not distinct from $2
            and group_id is not distinct from $3
            and member_id is not distinct from $4
        "#,
        category,
        role as Option<Role>,
        group,
        member,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn forget_group(db: &mut PgConnection, group: GroupId) -> sqlx::Result<u64> {
    let own = sqlx::query!("delete from board_rights where group_id = $1", group.0)
        .execute(&mut *db)
        .await?;
    let above = sqlx::query!("delete from category_rights where group_id = $1", group.0)
        .execute(db)
        .await?;
    Ok(own.rows_affected() + above.rows_affected())
}

/// What a viewer may do on one board, all in all; `None` where they may not even see it.
pub(crate) async fn effective(
    db: &mut PgConnection,
    viewer: Option<i64>,
    board: BoardId,
) -> sqlx::Result<Option<Rule>> {
    sqlx::query_as!(
        Rule,
        r#"
        select level as "level: Level", uploads as "uploads!"
        from rights_of($1)
        where board_id = $2
        "#,
        viewer,
        board.0,
    )
    .fetch_optional(db)
    .await
}

/// Whether the member moderates any board, by whatever rule.
pub(crate) async fn moderates(db: &mut PgConnection, member: MemberId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from rights_of($1) where level = 'moderate') as "moderates!""#,
        member.0,
    )
    .fetch_one(db)
    .await
}

fn ids(place: Place) -> (Option<i64>, Option<i64>) {
    match place {
        Place::Board(board) => (Some(board.0), None),
        Place::Category(category) => (None, Some(category.0)),
    }
}
