use crate::{
    access::Admin,
    app::App,
    audit::{self, About, Act, Change},
    error::Result,
    outbox::Actor,
    reputation::{points::PointTable, store},
};
use serde_json::{Value, json};

/// Says what deeds earn from now on. What was earned before stays as it was.
///
/// # Errors
/// Those of the database.
pub async fn set_points(app: &App, admin: &Admin, table: &PointTable) -> Result<()> {
    let now = app.now();
    let by = admin.member().id;
    let mut tx = app.db.begin().await?;
    // Whoever changes the ladder or what leads up it comes one after the other.
    store::ladder::hold(&mut tx).await?;
    let before = PointTable::current(&mut tx).await?;
    if before == *table {
        return Ok(());
    }
    let id = store::points::insert(&mut tx, table, by, now).await?;
    let change = Change {
        act: Act::SetPoints,
        about: About::Points(id),
        member: None,
        before: logged(&before),
        after: logged(table),
    };
    audit::record(&mut tx, Actor::Member(by), &change, now).await?;
    tx.commit().await?;
    Ok(())
}

fn logged(table: &PointTable) -> Value {
    json!({
        "solution": table.solution,
        "confirmation": table.confirmation,
        "kudos": table.kudos,
        "reply": table.reply,
        "thread": table.thread,
        "daily_cap": table.daily_cap,
    })
}
