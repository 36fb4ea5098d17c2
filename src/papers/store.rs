use super::Paper;
use crate::{kit::MemberId, markup::Html};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A text as it holds.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) version: i32,
    /// The latest version that members must have agreed to.
    pub(crate) consent_version: Option<i32>,
    /// Empty where it was withdrawn.
    pub(crate) source: String,
    pub(crate) html: Html,
    pub(crate) written_at: OffsetDateTime,
}

/// The text as it holds; `None` where it was never written.
///
/// # Errors
/// Those of the database.
pub(crate) async fn held(db: &mut PgConnection, paper: Paper) -> sqlx::Result<Option<Held>> {
    sqlx::query_as!(
        Held,
        r#"
        select
            papers.version,
            papers.consent_version,
            paper_versions.source,
            paper_versions.html as "html: Html",
            paper_versions.at as written_at
        from papers
        join paper_versions
            on paper_versions.paper = papers.name and paper_versions.number = papers.version
        where papers.name = $1
        "#,
        paper.name(),
    )
    .fetch_optional(db)
    .await
}

/// Holds on to the version that holds until the transaction ends; nothing where there is no such page.
pub(super) async fn hold(db: &mut PgConnection, paper: Paper) -> sqlx::Result<Option<i32>> {
    sqlx::query_scalar!(
        "select version from papers where name = $1 and withdrawn_at is null for share",
        paper.name(),
    )
    .fetch_optional(db)
    .await
}

/// Lets nobody else change a text before the transaction ends. Of one that was never written there is nothing to
/// hold; its first version is taken once.
pub(super) async fn hold_to_change(db: &mut PgConnection, paper: Paper) -> sqlx::Result<()> {
    sqlx::query_scalar!("select version from papers where name = $1 for update", paper.name())
        .fetch_optional(db)
        .await?;
    Ok(())
}

/// What a text said once.
pub(crate) struct Version {
    pub(crate) number: i32,
    pub(crate) source: String,
    pub(crate) writer: String,
    pub(crate) written_at: OffsetDateTime,
}

/// Versions below a number, the newest first.
///
/// # Errors
/// Those of the database.
pub(crate) async fn versions(
    db: &mut PgConnection,
    paper: Paper,
    below: i32,
    most: i64,
) -> sqlx::Result<Vec<Version>> {
    sqlx::query_as!(
        Version,
        r#"
        select
            paper_versions.number,
            paper_versions.source,
            members.name as writer,
            paper_versions.at as written_at
        from paper_versions
        join members on members.id = paper_versions.written_by
        where paper_versions.paper = $1 and paper_versions.number < $2
        order by paper_versions.number desc
        limit $3
        "#,
        paper.name(),
        below,
        most,
    )
    .fetch_all(db)
    .await
}

/// A text to be kept.
pub(super) struct New<'a> {
    pub(super) paper: Paper,
    pub(super) number: i32,
    pub(super) source: &'a str,
    pub(super) html: &'a Html,
    pub(super) by: MemberId,
}

pub(super) async fn insert(
    db: &mut PgConnection,
    new: &New<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into paper_versions (paper, number, source, html, written_by, at)
        values ($1, $2, $3, $4, $5, $6)
        "#,
        new.paper.name(),
        new.number,
        new.source,
        new.html.as_str(),
        new.by.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lets a version hold.
pub(super) async fn let_hold(
    db: &mut PgConnection,
    paper: Paper,
    version: i32,
    consent_version: Option<i32>,
    withdrawn_at: Option<OffsetDateTime>,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into papers (name, version, consent_version, withdrawn_at)
        values ($1, $2, $3, $4)
        on conflict (name) do update
        set version = excluded.version,
            consent_version = excluded.consent_version,
            withdrawn_at = excluded.withdrawn_at
        "#,
        paper.name(),
        version,
        consent_version,
        withdrawn_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What somebody agreed to.
pub(super) struct Consent {
    pub(super) version: i32,
    pub(super) at: OffsetDateTime,
}

impl Consent {
    /// What it said.
    pub(super) fn url(&self) -> String {
        Paper::Terms.version_url(self.version)
    }
}

/// Everything that a member agreed to, the latest first.
pub(super) async fn consents(
    db: &mut PgConnection,
    member: MemberId,
    most: i64,
) -> sqlx::Result<Vec<Consent>> {
    sqlx::query_as!(
        Consent,
        r#"
        select version, at
        from consents
        where member_id = $1
        order by version desc
        limit $2
        "#,
        member.0,
        most,
    )
    .fetch_all(db)
    .await
}

/// Once is enough.
pub(super) async fn consent(
    db: &mut PgConnection,
    member: MemberId,
    version: i32,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into consents (member_id, version, at) values ($1, $2, $3) on conflict do nothing",
        member.0,
        version,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The same of a version that had been written by then, before they were a member.
pub(super) async fn consent_before_joining(
    db: &mut PgConnection,
    member: MemberId,
    version: i32,
    at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into consents (member_id, version, at)
        select $1, number, $3
        from paper_versions
        where paper = $4
            and number = $2
            and at <= $3
        on conflict do nothing
        "#,
        member.0,
        version,
        at,
        Paper::Terms.name(),
    )
    .execute(db)
    .await?;
    Ok(())
}
