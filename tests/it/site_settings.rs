//! The page of settings: what administrators change of the whole community.

use crate::harness::{Client, World};
use candor::settings::{self, ENTRIES};

async fn newest(client: &Client, how_many: usize) -> Vec<String> {
    let mut lines = client.get("/admin/log").await.expect(200).texts(".acts td:last-child");
    lines.truncate(how_many);
    lines
}

#[tokio::test]
async fn a_setting_is_changed_and_acts_with_the_next_page() {
    let world = World::new().await;
    let (kim, ada) = (world.admin("kim").await, world.member("ada").await);

    let form = kim.get("/admin/settings").await.form("settings");
    let form = form.set("community", "  Lamp   friends ").set("welcome", "Light for all.");
    form.send().await.expect(303);

    let page = ada.get("/boards").await.expect(200);
    assert!(page.texts("title").concat().ends_with("– Lamp friends"));
    assert!(page.words().contains("Light for all."));
    assert_eq!(
        newest(&kim, 3).await,
        [
            "Changed the setting Welcome Value: Light for all.",
            "Changed the setting Name of the community Value: Community Lamp friends",
            "Gave @kim a role Role: admin",
        ],
        "each that changed, and no other"
    );
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_nothing_is_changed() {
    let world = World::new().await;
    let kim = world.admin("kim").await;

    let form = kim.get("/admin/settings").await.form("settings").set("community", " ");
    let form = form.set("brand", "Lamps & Co").set("brand_color", "red");
    let answer = form.send().await.expect(422);

    assert_eq!(answer.problem("community").as_deref(), Some("This cannot be empty."));
    assert!(answer.problem("brand_color").is_some_and(|words| words.contains("six digits")));
    let form = answer.form("settings");
    assert_eq!((form.value("brand"), form.value("brand_color")), ("Lamps & Co", "red"));
    assert_eq!(newest(&kim, 9).await.len(), 1, "only Kim's own role");
    form.set("community", "Lamps").set("brand_color", "#FF0000").send().await.expect(303);
    assert_eq!(newest(&kim, 9).await.len(), 1 + 3);
}

#[tokio::test]
async fn a_page_from_before_undoes_nothing_that_somebody_changed_since() {
    let world = World::new().await;
    let (kim, lou) = (world.admin("kim").await, world.admin("lou").await);
    let old = kim.get("/admin/settings").await;
    let again = kim.get("/admin/settings").await;
    let form = lou.get("/admin/settings").await.form("settings");
    form.set("community", "Lou's").send().await.expect(303);

    old.form("settings").set("brand", "Lamps & Co").send().await.expect(303);
    let page = kim.get("/admin/settings").await;
    assert_eq!(page.form("settings").value("community"), "Lou's");
    assert_eq!(page.form("settings").value("brand"), "Lamps & Co");

    let form = again.form("settings").set("community", "Kim's").set("welcome", "Come in.");
    let answer = form.send().await.expect(422);
    let said = answer.problem("community").expect("somebody was faster");
    assert!(said.contains("to: Lou's"), "{said}");
    assert_eq!(answer.form("settings").value("community"), "Kim's");
    assert_eq!(
        answer.form("settings").value("brand"),
        "Lamps & Co",
        "what is not Kim's is as it is"
    );
    answer.form("settings").send().await.expect(303);
    let form = kim.get("/admin/settings").await.form("settings");
    assert_eq!((form.value("community"), form.value("welcome")), ("Kim's", "Come in."));
}

#[tokio::test]
async fn the_page_says_who_changed_what_last_and_leads_back_to_the_default() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    let page = kim.get("/admin/settings").await;
    assert!(!page.words().contains("Changed by") && !page.words().contains("Back to default"));
    page.form("settings").set("community", "Lamps").send().await.expect(303);

    let page = kim.get("/admin/settings").await.expect(200);
    assert!(page.words().contains("Default: Community Back to default"), "{}", page.words());
    assert!(page.words().contains("Changed by @kim, just now"));
    let link = page.link("Back to default: Name of the community");
    let page = kim.get(&link).await.expect(200);

    assert_eq!(page.form("settings").value("community"), "Community");
    assert_eq!(kim.get("/admin/settings").await.form("settings").value("community"), "Lamps");
    page.form("settings").send().await.expect(303);
    let page = kim.get("/admin/settings").await;
    assert_eq!(page.form("settings").value("community"), "Community");
    assert!(!page.words().contains("Back to default"));
}

#[tokio::test]
async fn unknown_and_doubled_settings_are_refused() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    kim.post("/admin/settings", &[("colour", "red")]).await.expect(400);
    kim.post("/admin/settings", &[("brand", "A"), ("brand", "B")]).await.expect(400);
    kim.post("/admin/settings", &[]).await.expect(303);
    assert_eq!(newest(&kim, 9).await.len(), 1, "what asks for nothing changes nothing");
}

#[tokio::test]
async fn every_setting_is_a_column_a_field_and_an_entry_with_the_same_default() {
    let world = World::new().await;
    let mut db = world.app.db.acquire().await.unwrap();
    let fresh = settings::current(&mut db).await.unwrap();
    let mut named: Vec<&str> = ENTRIES.iter().map(|entry| entry.name).collect();
    for entry in ENTRIES {
        assert_eq!(fresh.said(entry), entry.default, "{}", entry.name);
        let value = entry.check(entry.default).expect("the default can be said");
        settings::set(&mut db, entry, &value).await.expect("there is such a column");
        if let settings::Kind::Choice(choices) = entry.kind {
            for choice in choices {
                let value = entry.check(choice.value).expect("it can be chosen");
                settings::set(&mut db, entry, &value).await.expect("the column takes it");
                let now = settings::current(&mut db).await.expect("the field takes it");
                assert_eq!(now.said(entry), choice.value);
            }
        }
    }
    named.sort_unstable();
    let fields = serde_json::to_value(&fresh).unwrap();
    let fields: Vec<&str> = fields.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(fields, named);
}

#[tokio::test]
async fn a_brands_color_has_a_stylesheet_of_its_own() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    let sheets = async || -> Vec<String> {
        let page = world.guest().get("/boards").await;
        let links = page.text.split("<link rel=\"stylesheet\" href=\"").skip(1);
        links.filter_map(|rest| Some(rest.split('"').next()?.to_owned())).collect()
    };
    assert_eq!(sheets().await.len(), 1, "the usual color needs none");

    let form = kim.get("/admin/settings").await.form("settings").set("brand_color", "#ffd400");
    form.send().await.expect(303);
    let page = kim.get("/admin/settings").await;
    assert!(page.words().contains("On light pages darker,"), "{}", page.words());
    assert!(page.words().contains("On dark pages as it is, #ffd400"));

    let sheets = sheets().await;
    assert!(sheets[1].ends_with("/brand-ffd400.css"), "{sheets:?}");
    let style = world.guest().get(&sheets[1]).await.expect(200);
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    assert!(style.header("cache-control").contains("immutable"));
    assert!(style.text.contains("--palette-brand:#ffd400"), "on dark pages: {}", style.text);
    for wrong in ["brand-fff.css", "brand-+12345.css", "brand-12345g.css", "brand-.css"] {
        let missing = sheets[1].replace("brand-ffd400.css", wrong);
        assert_eq!(world.guest().status(&missing).await, 404, "{wrong}");
    }
}
