//! What was edited on the site that a community came from.

use crate::{edit_anothers_post::unmatched, harness::World};
use candor::importers::stackexchange::import;
use indicatif::{MultiProgress, ProgressDrawTarget};
use std::{
    fs,
    path::{Path, PathBuf},
};

#[tokio::test]
async fn editors_of_an_old_site_keep_their_names_and_are_no_moderators() {
    let world = World::new().await;
    let tom = world.moderator("tom").await;
    import(&world.app, &dump(), None, unseen()).await.unwrap();
    let post = world.count("select min(id) from posts").await;
    let reply = world.count("select max(id) from posts").await;
    assert_eq!(unmatched(&world).await, 0);

    tom.edit_because(post, "Why is it so?", "Asks less rudely.").await;
    world.run_jobs().await;

    let heads = async |post: i64| {
        let page = world.guest().get(&format!("/p/{post}/history")).await.expect(200);
        page.texts(".revision__head")
    };
    let question = heads(post).await;
    assert!(question[0].contains("by Moderator 1"), "{question:?}");
    assert!(question[1].contains("by Edna") && question[2].contains("by Zoe"), "{question:?}");
    let answer = heads(reply).await;
    assert!(answer[0].contains("by Edna"), "{answer:?}");
    assert_eq!(world.count("select count(*) from moderation_ledger").await, 1);
    assert_eq!(unmatched(&world).await, 0);
}

fn unseen() -> MultiProgress {
    MultiProgress::with_draw_target(ProgressDrawTarget::hidden())
}

/// A question of Zoe's and her answer, both edited by Edna; of the answer no history came along.
fn dump() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stackexchange-edited");
    fs::create_dir_all(&folder).unwrap();
    let write = |table: &str, rows: &str| {
        let name = table.to_lowercase();
        fs::write(folder.join(format!("{table}.xml")), format!("<{name}>\n{rows}\n</{name}>\n"))
            .unwrap();
    };
    write(
        "Users",
        r#"<row Id="1" Reputation="1" CreationDate="2010-01-01T10:00:00.000" DisplayName="Zoe" />
<row Id="2" Reputation="1" CreationDate="2010-01-01T10:00:00.000" DisplayName="Edna" />"#,
    );
    write(
        "Posts",
        r#"<row Id="1" PostTypeId="1" CreationDate="2010-01-02T11:00:00.000" Score="0" Body="&lt;p&gt;Why so?&lt;/p&gt;" OwnerUserId="1" LastEditorUserId="2" LastEditDate="2010-01-09T11:00:00.000" Title="Why?" Tags="&lt;a&gt;" />
<row Id="2" PostTypeId="2" ParentId="1" CreationDate="2010-01-02T12:00:00.000" Score="0" Body="&lt;p&gt;So.&lt;/p&gt;" OwnerUserId="1" LastEditorUserId="2" LastEditDate="2010-01-10T11:00:00.000" />"#,
    );
    write(
        "PostHistory",
        r#"<row Id="1" PostHistoryTypeId="2" PostId="1" RevisionGUID="g" CreationDate="2010-01-02T11:00:00.000" UserId="1" Text="Why?" />
<row Id="2" PostHistoryTypeId="1" PostId="1" RevisionGUID="g" CreationDate="2010-01-02T11:00:00.000" UserId="1" Text="Why?" />
<row Id="3" PostHistoryTypeId="5" PostId="1" RevisionGUID="h" CreationDate="2010-01-09T11:00:00.000" UserId="2" Text="Why so?" />"#,
    );
    folder
}
