//! What a page says of itself to search engines and to sites that show a link to it.

use crate::harness::{Answer, World, photograph};
use serde_json::Value;

fn linked(page: &Answer) -> Value {
    let (_, rest) =
        page.text.split_once("<script type=\"application/ld+json\">").expect("it is there");
    let (data, _) = rest.split_once("</script>").expect("it ends");
    serde_json::from_str(data).expect("JSON")
}

fn meta(page: &Answer, property: &str) -> Option<String> {
    let css = format!("meta[property='{property}']");
    let found = page.whole().attributes(&css, &["content"]);
    found.first().map(|values| values[0].clone())
}

#[tokio::test]
async fn a_solved_question_is_a_page_of_answers_with_the_accepted_one() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let lamp = ada.start("help", "A lamp </script> & more", "It **flickers**.").await;
    bob.say(&lamp, "Is it old?").await;
    bob.say(&lamp, "Turn it.").await;
    let post = world.post_at(&lamp, 3).await;
    ada.press(&format!("/p/{post}/kudos")).await.expect(303);
    ada.press(&format!("/p/{post}/solution")).await.expect(303);
    world.run_jobs().await;
    let own = world.app.config.address();

    let data = linked(&world.guest().get(&lamp.url).await.expect(200));
    assert_eq!(data["@type"], "QAPage");
    let question = &data["mainEntity"];
    assert_eq!(question["@type"], "Question");
    assert_eq!(question["name"], "A lamp </script> & more");
    assert_eq!(question["text"], "It flickers.");
    assert_eq!(question["answerCount"], 2);
    assert_eq!(question["author"]["name"], "Ada");
    assert_eq!(question["author"]["url"], format!("{own}/m/ada"));
    assert_eq!(question["acceptedAnswer"][0]["text"], "Turn it.");
    assert_eq!(question["acceptedAnswer"][0]["upvoteCount"], 1);
    assert_eq!(question["acceptedAnswer"][0]["url"], format!("{own}/t/{}/p/3", lamp.id));
    assert_eq!(question["suggestedAnswer"][0]["text"], "Is it old?");
    assert!(question["suggestedAnswer"].as_array().unwrap().len() == 1);

    let of_member = bob.get(&lamp.url).await.expect(200);
    assert!(of_member.texts("script[type='application/ld+json']").is_empty());
}

#[tokio::test]
async fn talk_is_a_posting_with_comments_and_what_was_removed_is_not_among_them() {
    let world = World::new().await;
    let (ada, tom) = (world.member("ada").await, world.moderator("tom").await);
    let talk = ada.start("lounge", "What I cooked", "Soup.").await;
    ada.say(&talk, "And bread.").await;
    ada.say(&talk, "Buy my bread.").await;
    tom.remove(world.post_at(&talk, 3).await, "Advertising.").await;
    let alone = ada.start("help", "A lamp flickers", "It flickers.").await;
    world.run_jobs().await;

    let data = linked(&world.guest().get(&talk.url).await.expect(200));
    assert_eq!(data["@type"], "DiscussionForumPosting");
    assert_eq!(data["headline"], "What I cooked");
    let comments = data["comment"].as_array().unwrap();
    assert_eq!(comments.iter().map(|it| &it["text"]).collect::<Vec<_>>(), ["And bread."]);
    // Nothing answers it yet.
    let data = linked(&world.guest().get(&alone.url).await.expect(200));
    assert_eq!(data["@type"], "DiscussionForumPosting");
}

#[tokio::test]
async fn a_page_has_one_address_whatever_way_it_was_come_to() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let lamp = ada.start_tagged("help", "A lamp flickers", "It flickers.", "lamp").await;
    world.run_jobs().await;
    let own = world.app.config.address();

    for (asked, canonical) in [
        ("/".to_owned(), "/".to_owned()),
        ("/boards".to_owned(), "/boards".to_owned()),
        ("/b/help?sort=newest".to_owned(), "/b/help".to_owned()),
        ("/tags/lamp".to_owned(), "/tags/lamp".to_owned()),
        ("/m/ADA".to_owned(), "/m/ada".to_owned()),
        (format!("{}?sort=helpful", lamp.url), lamp.url.clone()),
        (lamp.url.clone(), lamp.url.clone()),
    ] {
        let page = world.guest().get(&asked).await.expect(200);
        let said = page.part("link[rel=canonical]").attr("href").unwrap().to_owned();
        assert_eq!(said, format!("{own}{canonical}"), "{asked}");
        assert_eq!(meta(&page, "og:url"), Some(said), "{asked}");
        assert!(meta(&page, "og:title").is_some_and(|title| !title.is_empty()), "{asked}");
    }
}

#[tokio::test]
async fn a_shared_thread_shows_its_words_and_its_picture() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let picture = ada.upload("lamp.jpg", &photograph(900, 30)).await;
    let text = format!("It \"flickers\" at night.\n\n![lamp]({picture})");
    let lamp = ada.start("help", "A lamp flickers", &text).await;
    world.run_jobs().await;

    let page = world.guest().get(&lamp.url).await.expect(200);
    assert_eq!(meta(&page, "og:title").as_deref(), Some("A lamp flickers"));
    assert_eq!(meta(&page, "og:type").as_deref(), Some("article"));
    assert!(meta(&page, "og:description").unwrap().starts_with("It \"flickers\" at night."));
    let image = meta(&page, "og:image").unwrap();
    let path = image.strip_prefix(&world.app.config.address()).unwrap();
    world.guest().get(path).await.expect(200);
}
