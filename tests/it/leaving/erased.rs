//! Nothing of an erased account is left in any table.

use super::planted::{HANDLE, PERSONAL, Planted, QUESTION, REPLY, WITHDRAWN};
use crate::harness::World;
use candor::{doctor, storage::Hash};
use time::Duration;

/// Every row of every table as text, with the words of bytes that are words.
async fn dump(world: &World) -> Vec<(String, String)> {
    let tables = world
        .texts(
            "select table_name::text from information_schema.tables
            where table_schema = 'public' and table_type = 'BASE TABLE'",
        )
        .await;
    let mut rows = Vec::new();
    for table in tables {
        let sql = format!("select lower(held::text) from {table} as held");
        let texts = world.texts(&sql).await;
        rows.extend(texts.into_iter().map(|row| (table.clone(), row)));
    }
    rows
}

/// Rows that hold a word, also one that is bytes.
fn holding<'a>(rows: &'a [(String, String)], word: &str) -> Vec<&'a (String, String)> {
    let hex: String = word.bytes().map(|byte| format!("{byte:02x}")).collect();
    rows.iter().filter(|(_, row)| row.contains(word) || row.contains(&hex)).collect()
}

/// What the doctor finds wrong.
async fn complaints(world: &World) -> Vec<String> {
    let findings = doctor::examine(&mut world.as_owner().await, world.app.now()).await.unwrap();
    let wrong = findings.iter().filter(|finding| finding.wrong > 0);
    wrong.map(|finding| format!("{}: {}", finding.about, finding.wrong)).collect()
}

async fn withdraw_posts_of_leavers(world: &World) {
    let kim = world.admin("kim").await;
    let form = kim.get("/admin/settings").await.form("settings");
    form.set("closed_accounts", "withdraw").send().await.expect(303);
}

#[tokio::test]
async fn an_erased_account_leaves_no_word_about_its_member_in_any_table() {
    let planted = Planted::new().await;
    let world = &planted.world;
    let before = dump(world).await;
    for word in PERSONAL.iter().chain(&WITHDRAWN).chain([&QUESTION, &REPLY, &HANDLE]) {
        assert!(!holding(&before, word).is_empty(), "{word} was not planted");
    }
    let empty: Vec<_> = planted.rows().await.into_iter().filter(|(_, rows)| *rows == 0).collect();
    // The pieces of a copy are looked at through the copy.
    assert!(empty.is_empty(), "nothing was planted in {empty:?}");

    planted.close().await;
    world.advance(Duration::days(13));
    world.run_jobs().await;
    assert!(!holding(&dump(world).await, PERSONAL[0]).is_empty(), "there is time to come back");
    world.advance(Duration::days(1));
    world.run_jobs().await;

    let left: Vec<_> = planted.rows().await.into_iter().filter(|(_, rows)| *rows > 0).collect();
    assert!(left.is_empty(), "{left:?}");
    let after = dump(world).await;
    for word in PERSONAL.iter().chain(&WITHDRAWN) {
        let found = holding(&after, word);
        assert!(found.is_empty(), "{word} is left: {found:#?}");
    }
    // Nor is it left in the store: at once what was on its way in, and the others when no backup needs them.
    let content = Hash::of(b"sesquipedal");
    assert!(world.app.blobs.is_whole(content).await.unwrap());
    assert_eq!(world.app.blobs.parts().await.unwrap(), 0);
    world.advance(Duration::days(8));
    world.run_chores().await;
    world.run_jobs().await;
    assert!(!world.app.blobs.is_whole(content).await.unwrap());
    // The words of others stay, and lead nowhere.
    let named = holding(&after, HANDLE);
    let bob = world.id_of("bob").await;
    let sql =
        format!("select count(*) from posts where author_id = {bob} and source like '%@{HANDLE}%'");
    assert_eq!(named.len() as i64, world.count(&sql).await, "{named:#?}");
    assert!(named.iter().all(|(table, _)| table == "posts"), "{named:#?}");
    let page = planted.bob.get(&planted.asked.url).await.expect(200);
    assert!(page.words().contains("Ask @zquillon again"));
    assert!(!page.text.contains("/m/zquillon"));
    let quoted = page.texts(".quote__by");
    assert!(
        quoted.iter().all(|words| words == "Former member") && !quoted.is_empty(),
        "{quoted:?}"
    );
}

#[tokio::test]
async fn what_others_did_stays_when_somebody_leaves() {
    let planted = Planted::new().await;
    let world = &planted.world;
    const COUNTS: &str = "select concat_ws(' ', (select sum(kudos) from posts),
        (select sum(replies) from threads), (select count(solution_id) from threads),
        (select sum(total) from metric_totals), (select count(*) from kudos),
        (select count(*) from notifications join members on members.id = member_id
            where members.handle = 'bob'))";
    let before = world.texts(COUNTS).await;

    planted.close().await;
    world.advance(Duration::days(14));
    world.run_jobs().await;

    assert_eq!(world.texts(COUNTS).await, before);
    let page = planted.bob.get(&planted.answered.url).await.expect(200);
    assert!(page.words().contains(REPLY));
    assert!(page.texts(".post__name").contains(&"Former member".to_owned()));
    assert!(page.hrefs().iter().all(|href| !href.starts_with("/m/~")));
    assert_eq!(complaints(world).await, Vec::<String>::new());
    // A number that was somebody hears of nothing any more.
    planted.bob.say(&planted.asked, "One more.").await;
    world.run_jobs().await;
    let told = format!("select count(*) from notifications where member_id = {}", planted.member);
    assert_eq!(world.count(&told).await, 0);
}

#[tokio::test]
async fn where_the_community_decided_so_posts_go_with_their_author() {
    let planted = Planted::new().await;
    let world = &planted.world;
    withdraw_posts_of_leavers(world).await;
    let page = planted.browser.get("/settings/close").await.expect(200);
    assert!(page.words().contains("withdrawn and erased"));

    planted.close().await;
    let page = planted.bob.get(&planted.answered.url).await.expect(200);
    assert!(page.words().contains(REPLY), "until it is too late to come back");
    world.advance(Duration::days(14));
    world.run_jobs().await;

    let after = dump(world).await;
    assert_eq!(holding(&after, REPLY).len(), 0);
    let page = planted.bob.get(&planted.answered.url).await.expect(200);
    assert!(!page.words().contains(REPLY));
    // A question that was answered belongs to those who answered as well.
    let page = planted.bob.get(&planted.asked.url).await.expect(200);
    assert!(page.words().contains(QUESTION));
    assert_eq!(complaints(world).await, Vec::<String>::new());
}

#[tokio::test]
async fn only_words_that_others_typed_tell_what_somebody_who_left_was_called() {
    let world = World::new().await;
    let (zoe, will) = (world.member("zquillon").await, world.member("will").await);
    let (bob, tom) = (world.member("bob").await, world.moderator("tom").await);
    let quote = |handle: &str| format!("> [quote={handle}, post=1]\n>\n> It hums.\n\nSo it does.");
    let thread = zoe.start("lounge", "A lamp hums", "It hums.").await;
    zoe.say(&thread, &quote("zquillon")).await;
    zoe.press(&thread.deed("mute")).await.expect(303);
    bob.say(&thread, &format!("Ask @zquillon.\n\n{}", quote("zquillon"))).await;
    bob.say(&thread, "It hums.").await;
    let edited = world.post_at(&thread, 4).await;
    bob.edit(edited, &quote("Zquillon")).await;
    bob.start("lounge", "Another lamp", &quote("zquillon")).await;
    // So common a word that no search knows it.
    bob.say(&thread, &quote("will")).await;
    for deed in ["delete", "remove"] {
        bob.say(&thread, &quote("zquillon")).await;
        let last = world.count("select max(id) from posts").await;
        match deed {
            "delete" => drop(bob.press(&format!("/p/{last}/delete")).await.expect(303)),
            _ => tom.remove(last, "Hums.").await,
        }
    }
    world.run_jobs().await;
    let captions = "select count(*) from posts where html ~* '\"quote__by\">(<a [^>]*>)?@'";
    assert_eq!(world.count(captions).await, 7);

    for (who, handle) in [(zoe, "zquillon"), (will, "will")] {
        who.post("/settings/close", &[("handle", handle)]).await.expect(303);
    }
    world.advance(Duration::days(14));
    world.run_jobs().await;

    assert_eq!(world.count(captions).await, 0);
    let links = "select count(*) from posts where html like '%class=\"mention\"%'";
    assert_eq!(world.count(links).await, 0);
    let page = world.sign_in("bob").await.get(&thread.url).await.expect(200);
    assert!(page.texts(".quote__by").iter().all(|words| words == "Former member"));
    assert!(page.words().contains("Ask @zquillon."), "the words of others are theirs");
    let known = "select count(*) from posts where search @@ to_tsquery('english', 'zquillon')";
    assert_eq!(world.count(known).await, 1, "what nobody typed is not found");
    let still = "select count(*) from posts where search @@ to_tsquery('english', 'lamp:A')";
    assert_eq!(world.count(still).await, 2, "titles are found as before");
}

#[tokio::test]
async fn a_question_that_nobody_else_answers_for_goes_with_its_author() {
    let world = World::new().await;
    withdraw_posts_of_leavers(&world).await;
    let (ann, bob) = (world.member("ann").await, world.member("bob").await);
    let alone = ann.start("help", "Who was crapulous?", "I was tmesis.").await;
    ann.say(&alone, "Never mind.").await;
    let answered = ann.start("help", "Who was floccinaucin?", "I was syzygetic.").await;
    bob.say(&answered, "Nobody.").await;
    let opening = world.post_at(&answered, 1).await;
    world.moderator("tom").await.remove(opening, "No names.").await;
    world.run_jobs().await;

    ann.post("/settings/close", &[("handle", "ann")]).await.expect(303);
    world.advance(Duration::days(14));
    world.run_jobs().await;

    // Where a form once led is forgotten by itself.
    world.run_chores().await;
    let after = dump(&world).await;
    for word in ["crapulous", "tmesis", "floccinaucin", "syzygetic"] {
        assert_eq!(holding(&after, word).len(), 0, "{word} is left");
    }
    assert_eq!(complaints(&world).await, Vec::<String>::new());
}
