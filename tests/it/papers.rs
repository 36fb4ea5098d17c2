//! The texts that every community must have.

use crate::harness::{Client, World};

/// Publishes a text by the form.
pub(crate) async fn publish(admin: &Client, name: &str, body: &str, consent: bool) {
    let address = format!("/admin/texts/{name}");
    let form = admin.get(&address).await.expect(200).form("text").set("body", body);
    if consent || name != "terms" {
        let form = if consent { form.set("consent", "yes") } else { form };
        form.send_as("Publish").await.expect(303);
    } else {
        let fields = [("body", body), ("upon", form.value("upon")), ("deed", "publish")];
        admin.post(&address, &fields).await.expect(303);
    }
}

#[tokio::test]
async fn a_text_that_is_not_written_does_not_exist_and_one_that_is_stands_in_the_footer() {
    let world = World::new().await;
    let (kim, guest) = (world.admin("kim").await, world.guest());
    for address in ["/rules", "/terms", "/privacy", "/imprint", "/about", "/rules/history"] {
        assert_eq!(guest.status(address).await, 404, "{address}");
    }
    assert!(!guest.get("/boards").await.hrefs().contains(&"/imprint".to_owned()));
    let page = kim.get("/admin/texts").await.expect(200);
    assert_eq!(page.texts(".chip").concat(), "Missing".repeat(5));
    assert!(page.words().contains("Who runs this place and how to reach them"));

    publish(&kim, "imprint", "Lamps & Co, **Light Street 1**.", false).await;

    assert!(guest.get("/boards").await.hrefs().contains(&"/imprint".to_owned()));
    let page = guest.get("/imprint").await.expect(200);
    assert_eq!(page.texts(".prose strong").concat(), "Light Street 1");
    assert_eq!(kim.get("/admin/texts").await.texts(".chip")[3], "Published");
    let log = kim.get("/admin/log").await.texts(".acts td:last-child");
    assert_eq!(log[0], "Published the text Imprint Version: 1");
}

#[tokio::test]
async fn each_begins_with_a_suggestion_whose_blanks_only_the_operator_can_fill_in() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    let texts = [
        ("rules", "This is a place to help"),
        ("terms", "These terms are between you and [[name"),
        ("privacy", "This page says what this community stores"),
        ("imprint", "## Who runs this community"),
        ("about", "[[What this community is for"),
    ];
    for (name, begins) in texts {
        let page = kim.get(&format!("/admin/texts/{name}")).await.expect(200);
        assert!(page.words().contains("This is a suggestion to begin with."));
        let form = page.form("text");
        assert!(form.value("body").starts_with(begins), "{name}");
        assert_eq!(world.guest().status(&format!("/{name}")).await, 404, "not yet published");
        if name == "rules" {
            form.send_as("Publish").await.expect(303);
            continue;
        }
        let typed = form.value("body").to_owned();
        assert!(page.words().contains("what stands in [[double brackets]]"), "{name}");
        let answer = form.send_as("Publish").await.expect(422);
        assert!(answer.problem("body").is_some_and(|words| words.contains("double brackets: “")));
        assert_eq!(answer.form("text").value("body"), typed.trim_end());
    }
    assert_eq!(kim.status("/admin/texts/cookies").await, 404);
    let missing = kim.get("/admin").await.expect(200).texts(".notice p")[0].clone();
    assert_eq!(missing, "4 texts are missing: Terms, Privacy, Imprint, About.");
}

#[tokio::test]
async fn nothing_is_published_of_nothing() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    let form = kim.get("/admin/texts/about").await.form("text").set("body", "  ");
    let answer = form.send_as("Publish").await.expect(422);
    assert_eq!(answer.problem("body").as_deref(), Some("There is nothing to publish yet."));
}

#[tokio::test]
async fn a_text_is_seen_before_it_is_published_and_withdrawn_when_it_is_empty() {
    let world = World::new().await;
    let (kim, guest) = (world.admin("kim").await, world.guest());

    let form = kim.get("/admin/texts/about").await.form("text").set("body", "We are *many*.");
    let seen = form.send_as("Preview").await.expect(200);
    assert_eq!(seen.texts(".composer__preview em").concat(), "many");
    assert_eq!(guest.status("/about").await, 404);
    seen.form("text").send_as("Publish").await.expect(303);
    assert_eq!(guest.status("/about").await, 200);

    publish(&kim, "about", " ", false).await;
    assert_eq!(guest.status("/about").await, 404);
    assert_eq!(guest.status("/about/history").await, 404);
    let log = kim.get("/admin/log").await.texts(".acts td:last-child");
    assert_eq!(log[0], "Withdrew the text About Version: 1 2");
}

#[tokio::test]
async fn every_version_is_kept_and_everybody_reads_what_changed() {
    let world = World::new().await;
    let (kim, lou) = (world.admin("kim").await, world.admin("lou").await);
    publish(&kim, "rules", "Be kind.", false).await;
    publish(&kim, "rules", "Be kind.", false).await;
    publish(&lou, "rules", "Be very kind.", false).await;

    let page = world.guest().get("/rules/history").await.expect(200);
    assert_eq!(page.texts(".revision h2"), ["Version 2", "Version 1"], "the same twice is one");
    let heads = page.texts(".revision__head");
    assert!(heads[0].contains("Lou") && heads[1].contains("Kim"), "{heads:?}");
    assert_eq!(page.texts(".revision ins")[0].trim(), "very");

    for number in 3..=24 {
        publish(&kim, "rules", &format!("Rule {number}."), false).await;
    }
    let page = world.guest().get("/rules/history").await;
    assert_eq!(page.texts(".revision h2").len(), 20);
    let older = world.guest().get(&page.link("Older")).await.expect(200);
    assert_eq!(older.texts(".revision h2"), ["Version 4", "Version 3", "Version 2", "Version 1"]);
}

#[tokio::test]
async fn nobody_replaces_a_version_they_have_not_seen() {
    let world = World::new().await;
    let (kim, lou) = (world.admin("kim").await, world.admin("lou").await);
    let old = kim.get("/admin/texts/rules").await.form("text").set("body", "Kim's rules.");
    publish(&lou, "rules", "Lou's rules.", false).await;

    let answer = old.send_as("Publish").await.expect(422);

    assert!(answer.problem("body").is_some_and(|words| words.contains("published version 1")));
    assert_eq!(answer.form("text").value("body"), "Kim's rules.");
    assert!(world.guest().get("/rules").await.words().contains("Lou's rules."));
    answer.form("text").send_as("Publish").await.expect(303);
    assert!(world.guest().get("/rules").await.words().contains("Kim's rules."));
}
