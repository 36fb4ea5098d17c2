//! What happens between a question and its answer.

use super::stage::{Stage, ada, come, who};
use crate::harness::World;
use candor::groups::Kind;
use serde_json::json;
use sqlx::{Connection, PgConnection};

impl World {
    /// Returns when somebody waits for a row that another holds.
    async fn until_somebody_waits(&self) {
        let waiting = "select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'";
        while self.count(waiting).await == 0 {
            tokio::task::yield_now().await;
        }
    }
}

async fn run(db: &mut PgConnection, sql: &'static str) {
    sqlx::raw_sql(sql).execute(db).await.unwrap();
}

#[tokio::test]
async fn nobody_comes_in_by_what_was_unlinked_while_they_were_on_their_way() {
    let stage = Stage::set().await;
    stage.world.group("engineers", Kind::Invitation, &[]).await;
    stage.change(&[("group_claim", "roles"), ("groups", "dev = engineers")]).await;
    stage.newcomer(&ada()).await;
    let browser = stage.world.guest();
    let mut developer = ada();
    developer["roles"] = json!("dev");
    let back = stage.yes(&stage.go(&browser).await, &developer);

    // Unlinking, as far as its last step.
    let mut db = stage.world.as_owner().await;
    let mut unlinking = db.begin().await.unwrap();
    run(&mut unlinking, "select from members where handle = 'ada' for update").await;
    run(&mut unlinking, "delete from identities").await;
    let (came, ()) = tokio::join!(come(&browser, &back), async {
        stage.world.until_somebody_waits().await;
        unlinking.commit().await.unwrap();
    });

    came.expect(422);
    assert_eq!(who(&browser).await, None);
    let brought = "select count(*) from provider_memberships";
    assert_eq!(stage.world.count(brought).await, 0, "an identity that is gone brings nowhere");
}
