//! Pictures and files in what members write: how they come in, who gets them, when they go.

use crate::harness::{Client, World, photograph};
use axum::http::Method;
use candor::access::Audience;
use time::Duration;

/// Whether somebody gets a file in every size and every way it can be asked for.
async fn gets(client: &Client, file: &str) -> bool {
    let mut got = Vec::new();
    for size in ["", "/small", "/medium"] {
        let address = format!("{file}{size}");
        for method in [Method::GET, Method::HEAD] {
            got.push(client.ask(method, &address).send().await.status);
        }
        let known = client.ask(Method::GET, &address).header("if-none-match", "\"x\"");
        got.push(known.send().await.status);
    }
    let range = client.ask(Method::GET, file).header("range", "bytes=0-3").send().await;
    assert!(got.windows(2).all(|pair| pair[0] == pair[1]), "{file}: {got:?}");
    assert_eq!(range.status == 206, got[0] == 200, "{file}");
    assert!(got[0] == 200 || (got[0] == 404 && range.status == 404), "{file}: {got:?}");
    got[0] == 200
}

#[tokio::test]
async fn a_picture_is_attached_and_posted_without_a_script() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "Lamp flickers at night", "It does.").await;

    let form = bob.get(&thread.url).await.form("reply").set("body", "Like this:");
    let page = form.choose("lamp.jpg", photograph(1600, 1200)).send_as("Attach").await.expect(200);
    let form = page.form("reply");
    assert_eq!(form.value("body"), "Like this:\n\n![](/files/1)\n");
    assert!(page.text.contains("<img src=\"/files/1/medium\""), "it can be looked at before");
    let described = form.value("body").replace("![]", "![A lamp that is half red]");
    form.set("body", &described).send_as("Post reply").await.expect(303);

    let read = world.guest().get(&thread.url).await.expect(200);
    for part in [
        "<a href=\"/files/1\" class=\"picture\"><img src=\"/files/1/medium\"",
        "srcset=\"/files/1/small 480w, /files/1/medium 1280w, /files/1 1600w\"",
        "width=\"1600\" height=\"1200\" alt=\"A lamp that is half red\"",
        "loading=\"lazy\"",
    ] {
        assert!(read.text.contains(part), "{part}");
    }
    for (size, width, height) in [("/small", 480, 360), ("/medium", 1280, 960), ("", 1600, 1200)] {
        let sent = world.guest().get(&format!("/files/1{size}")).await.expect(200);
        assert_eq!(sent.header("content-type"), "image/jpeg");
        let picture = image::load_from_memory(&sent.bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), (width, height));
    }
    world.run_jobs().await;
}

#[tokio::test]
async fn several_files_come_with_one_form_and_a_question_and_an_edit_take_them_too() {
    let world = World::new().await;
    let ada = world.member("ada").await;

    let form = ada.get("/ask?board=help").await.form("new-thread");
    let typed = form.set("title", "Lamp flickers at night").set("tags", "lamp");
    let two = typed.choose("a [1].log", "It flickers.").choose("b.jpg", photograph(40, 30));
    let page = two.send_as("Attach").await.expect(200);
    let form = page.form("new-thread");
    assert_eq!(form.value("title"), "Lamp flickers at night");
    assert_eq!(form.value("body"), "[a \\[1\\].log](/files/1)\n\n![](/files/2)\n");
    let thread = form.send_as("Ask the question").await.location().to_owned();

    let read = ada.get(&thread).await.expect(200);
    let file = "<a href=\"/files/1\" class=\"file\">a [1].log <span class=\"file__facts\">TXT, 12 B</span></a>";
    assert!(read.text.contains(file), "{}", read.text);
    let edit = ada.get("/p/1/edit").await.form("edit").choose("c.txt", "More.");
    let edit = edit.send_as("Attach").await.expect(200).form("edit");
    assert!(edit.value("body").ends_with("![](/files/2)\n\n[c.txt](/files/3)\n"));
    edit.send_as("Save changes").await.expect(303);
    assert!(gets_file(&world.guest(), "/files/3").await);
    world.run_jobs().await;
}

#[tokio::test]
async fn pictures_attached_together_stand_side_by_side() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let form = ada.get("/ask?board=help").await.form("new-thread");
    let three = form
        .choose("a.jpg", photograph(60, 40))
        .choose("b.jpg", photograph(40, 60))
        .choose("c.txt", "Words.");

    let page = three.send_as("Attach").await.expect(200);

    let body = page.form("new-thread").value("body").to_owned();
    assert_eq!(body, "![](/files/1)\n![](/files/2)\n\n[c.txt](/files/3)\n");
    assert!(page.text.contains("<p class=\"gallery\"><a href=\"/files/1\""), "{}", page.text);
}

async fn gets_file(client: &Client, file: &str) -> bool {
    client.get(file).await.status == 200
}

#[tokio::test]
async fn a_file_that_was_chosen_and_not_attached_is_not_forgotten_silently() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let thread = ada.start("help", "Lamp flickers at night", "It does.").await;

    // What a browser without a script sends of a chosen file is its name.
    let fields =
        [("body", "See there."), ("files", "lamp.jpg"), ("form_key", &crate::harness::form_key())];
    let page = ada.post(&thread.deed("replies"), &fields).await.expect(422);

    assert!(page.problem("files").unwrap().contains("lamp.jpg is not attached yet"));
    assert_eq!(page.form("reply").value("body"), "See there.");
    let nothing = page.form("reply").choose("", "").send_as("Attach").await.expect(422);
    assert_eq!(nothing.problem("files").unwrap(), "Choose a file first.");
    world.run_jobs().await;
}

#[tokio::test]
async fn an_upload_goes_on_where_a_broken_connection_left_it() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let content: Vec<u8> = (0..300_000).map(|n| b"0123456789"[n % 10]).collect();

    let begun = ada.begin_upload("steps.txt", content.len()).await.expect(201).json();
    let address = begun["url"].as_str().unwrap();
    ada.send_piece(address, 0, &content[..100_000]).await.expect(200);
    // The answer to this one is lost, so it is sent again; and one comes too early.
    ada.send_piece(address, 100_000, &content[100_000..150_000]).await.expect(200);
    let again = ada.send_piece(address, 100_000, &content[100_000..200_000]).await.expect(200);
    assert_eq!(again.json()["received"], 200_000);
    let early = ada.send_piece(address, 250_000, &content[250_000..]).await.expect(200);
    assert_eq!(early.json()["received"], 200_000);
    assert_eq!(ada.get(address).await.expect(200).json()["received"], 200_000);
    bob.get(address).await.expect(404);
    bob.send_piece(address, 200_000, &content[200_000..]).await.expect(404);
    bob.press(&format!("{address}/cancel")).await.expect(204);
    let last = ada.send_piece(address, 200_000, &content[200_000..]).await.expect(200).json();
    // Whoever lost that asks by an empty piece.
    let asked = ada.send_piece(address, 300_000, b"").await.expect(200).json();

    assert_eq!(last["attachment"]["source"], "[steps.txt](/files/1)");
    assert_eq!(asked["attachment"]["url"], "/files/1");
    assert_eq!(ada.get("/files/1").await.expect(200).bytes, content);
    assert_eq!(world.app.blobs.parts().await.unwrap(), 0);
}

#[tokio::test]
async fn an_upload_whose_beginning_was_lost_begins_anew_and_never_has_a_hole() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let begun = ada.begin_upload("steps.txt", 10).await.expect(201).json();
    let address = begun["url"].as_str().unwrap();
    ada.send_piece(address, 0, b"01234").await.expect(200);

    let part = address.rsplit('/').next().unwrap().parse().unwrap();
    world.app.blobs.forget_part(part).await.unwrap();

    let lost = ada.send_piece(address, 5, b"56789").await.expect(200).json();
    assert_eq!((&lost["received"], &lost["attachment"]), (&0.into(), &().into()));
    ada.send_piece(address, 0, b"0123456789").await.expect(200);
    assert_eq!(ada.get("/files/1").await.expect(200).bytes, b"0123456789");
    // All of it was here, and its node is gone before it was looked at.
    let begun = ada.begin_upload("steps.txt", 3).await.expect(201).json();
    let address = begun["url"].as_str().unwrap();
    let all_here = "update uploads set received = bytes where attachment_id is null";
    sqlx::raw_sql(all_here).execute(&mut world.as_owner().await).await.unwrap();
    let refused = ada.send_piece(address, 3, b"").await.expect(422).json();
    assert!(refused["problem"].as_str().unwrap().contains("damaged or not complete"));
}

#[tokio::test]
async fn a_form_that_breaks_off_leaves_nothing_that_does_not_count() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let file = [("a.txt".to_owned(), vec![b'a'; 3 << 20])];
    let mut whole = ada.ask(Method::POST, "/ask/attach").with_files(&[], &file);
    let length = whole.length();
    whole.cut(length / 2);

    whole.send().await.expect(400);

    assert_eq!(world.app.blobs.parts().await.unwrap(), 0);
    assert_eq!(world.count("select count(*) from uploads").await, 0);
}

#[tokio::test]
async fn an_upload_that_is_given_up_leaves_nothing() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    for cancelled in [true, false] {
        let begun = ada.begin_upload("a.txt", 10).await.expect(201).json();
        let address = begun["url"].as_str().unwrap();
        ada.send_piece(address, 0, b"12345").await.expect(200);
        if cancelled {
            ada.press(&format!("{address}/cancel")).await.expect(204);
            ada.get(address).await.expect(404);
        }
    }
    assert_eq!(world.app.blobs.parts().await.unwrap(), 1);

    world.advance(Duration::hours(25));
    world.run_chores().await;
    world.run_jobs().await;

    assert_eq!(world.app.blobs.parts().await.unwrap(), 0);
    assert_eq!(world.count("select count(*) from uploads").await, 0);
}

#[tokio::test]
async fn a_file_is_its_uploaders_until_it_is_posted_and_then_goes_with_the_post() {
    let world = World::new().await;
    let (guest, tom) = (world.guest(), world.moderator("tom").await);
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "Lamp flickers at night", "It does.").await;
    let file = bob.upload("lamp.jpg", &photograph(1400, 700)).await;
    for (who, may) in [(&guest, false), (&ada, false), (&tom, false), (&bob, true)] {
        assert_eq!(gets(who, &file).await, may);
    }

    bob.say(&thread, &format!("![a]({file})")).await;
    for who in [&guest, &ada, &tom, &bob] {
        assert!(gets(who, &file).await, "posted");
    }
    let post = world.post_at(&thread, 2).await;
    tom.remove(post, "Shows a face.").await;
    for (who, may) in [(&guest, false), (&ada, false), (&tom, true), (&bob, true)] {
        assert_eq!(gets(who, &file).await, may, "removed");
    }
    tom.press(&format!("/p/{post}/restore")).await.expect(303);
    assert!(gets(&guest, &file).await, "restored");
    bob.edit(post, "Without it.").await;
    for (who, may) in [(&guest, false), (&ada, false), (&tom, false), (&bob, true)] {
        assert_eq!(gets(who, &file).await, may, "edited out");
    }
    bob.edit(post, &format!("With it: ![a]({file})")).await;
    bob.press(&format!("/p/{post}/delete")).await.expect(303);
    for (who, may) in [(&guest, false), (&ada, false), (&tom, true), (&bob, true)] {
        assert_eq!(gets(who, &file).await, may, "deleted");
    }
    world.run_jobs().await;
}

#[tokio::test]
async fn a_file_on_a_private_board_is_private_even_to_who_uploaded_it_and_sees_the_board_no_more() {
    let world = World::new().await;
    let (guest, sam) = (world.guest(), world.staff("sam").await);
    let bob = world.member("bob").await;
    let thread = bob.start("beta", "Lamp of the members", "Look.").await;
    let file = bob.upload("lamp.jpg", &photograph(1400, 700)).await;
    bob.say(&thread, &format!("![a]({file})")).await;
    assert!(!gets(&guest, &file).await && gets(&bob, &file).await && gets(&sam, &file).await);

    world.reopen("beta", Audience::Staff).await;

    assert!(!gets(&bob, &file).await && gets(&sam, &file).await);
    world.run_jobs().await;
}

#[tokio::test]
async fn nobody_carries_a_picture_out_of_a_private_board() {
    let world = World::new().await;
    let (guest, sam) = (world.guest(), world.staff("sam").await);
    let bob = world.member("bob").await;
    let secret = sam.start("staff-room", "Lamp of next year", "Look.").await;
    let picture = sam.upload("next-year.jpg", &photograph(1400, 700)).await;
    let file = sam.upload("zqplans.txt", b"Plans.").await;
    sam.say(&secret, &format!("![a]({picture}) [x]({file})")).await;

    // Bob guesses the address; Tess, who may see it, quotes it; both in public.
    let tess = world.staff("tess").await;
    let public =
        bob.start("help", "Lamp of this year", &format!("![a]({picture}) [b]({file})")).await;
    tess.say(&public, &format!("> ![a]({picture})\n\n![]({file})")).await;
    let (text, thread) = (format!("![a]({picture})[]({file})"), public.id.to_string());
    let fields = [("body", &text[..]), ("thread", &thread)];
    let preview = bob.post("/preview", &fields).await.expect(200);
    bob.post("/preview", &[("body", "a"), ("thread", &secret.id.to_string())]).await.expect(404);

    for text in [guest.get(&public.url).await.text, preview.text] {
        assert!(
            !text.contains("<img") && !text.contains("zqplans") && !text.contains("TXT"),
            "{text}"
        );
    }
    for who in [&guest, &bob] {
        assert!(!gets(who, &picture).await);
        assert!(!gets_file(who, &file).await);
    }
    // In the thread itself a quote shows it.
    let quoted = tess.get(&format!("{}?quote=2", secret.url)).await.form("reply");
    quoted.send_as("Post reply").await.expect(303);
    let text = tess.get(&secret.url).await.text;
    assert_eq!(text.matches(&format!("<img src=\"{picture}/medium\"")).count(), 2, "{text}");
    world.run_jobs().await;
}

#[tokio::test]
async fn who_may_not_upload_on_a_board_attaches_nothing_there() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let thread = ada.start("help", "Lamp flickers at night", "It does.").await;
    let (one, two) = (ada.upload("a.txt", b"One.").await, ada.upload("b.txt", b"Two.").await);
    ada.say(&thread, &format!("[a]({one})")).await;
    assert!(ada.get(&thread.url).await.text.contains("name=\"files\""));
    let may = "update board_rights set uploads = false where board_id = (select id from boards where slug = 'help')";
    sqlx::raw_sql(may).execute(&mut world.as_owner().await).await.unwrap();

    let fields = [("body", &format!("[b]({two})")[..]), ("form_key", &crate::harness::form_key())];
    let refused = ada.post(&thread.deed("replies"), &fields).await.expect(403);

    assert!(refused.text.contains("cannot be attached on this board"));
    assert!(refused.text.contains(&format!("[b]({two})")), "what was typed is given back");
    let page = ada.get(&thread.url).await.text;
    assert!(!page.contains("name=\"files\""), "it is not offered either");
    let post = world.post_at(&thread, 2).await;
    ada.edit(post, &format!("What was there stays: [a]({one})")).await;
    sqlx::raw_sql("update board_rights set uploads = false")
        .execute(&mut world.as_owner().await)
        .await
        .unwrap();
    ada.begin_upload("c.txt", 1).await.expect(403);
    world.run_jobs().await;
}

#[tokio::test]
async fn files_are_sent_as_files_and_never_as_pages() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let words: Vec<u8> = b"<b>All</b> 0123456789".repeat(200);
    let file = ada.upload("../../Kü\u{202e}che\r\n\".txt", &words).await;
    let picture = ada.upload("a.jpg", &photograph(40, 30)).await;

    let sent = ada.ask(Method::GET, &file).header("accept-encoding", "gzip, br").send().await;
    assert_eq!(sent.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(
        sent.header("content-disposition"),
        "attachment; filename*=UTF-8''K%C3%BCche%20%22.txt"
    );
    assert_eq!(sent.header("content-encoding"), "");
    assert_eq!(sent.bytes, words);
    let shown = ada.get(&picture).await.expect(200);
    assert_eq!(shown.header("content-disposition"), "inline; filename*=UTF-8''a.jpg");
    for answer in [&sent, &shown, &ada.get(&format!("{picture}/small")).await] {
        assert_eq!(answer.header("content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cache-control"), "private, no-cache");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
    }

    let tag = sent.header("etag").to_owned();
    let same = ada.ask(Method::GET, &file).header("if-none-match", &tag).send().await;
    assert_eq!((same.status.as_u16(), same.bytes.len()), (304, 0));
    let part = ada.ask(Method::GET, &file).header("range", "bytes=3-5").send().await.expect(206);
    assert_eq!(part.bytes, b"All");
    assert_eq!(part.header("content-range"), format!("bytes 3-5/{}", words.len()));
    let other =
        ada.ask(Method::GET, &file).header("range", "bytes=3-5").header("if-range", "\"x\"");
    assert_eq!(other.send().await.expect(200).bytes, words);
    ada.ask(Method::GET, &file).header("range", "bytes=99999-").send().await.expect(416);
    ada.get(&format!("{file}/small")).await.expect(404);
    ada.get(&format!("{picture}/large")).await.expect(404);
}

#[tokio::test]
async fn a_community_says_how_much_may_be_uploaded() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let limits = "update settings set largest_upload = 1, uploads_each = 2";
    sqlx::raw_sql(limits).execute(&mut world.as_owner().await).await.unwrap();
    let megabyte = |sign: u8| vec![sign; 1 << 20];

    let large = ada.begin_upload("a.txt", (1 << 20) + 1).await.expect(422).json();
    assert_eq!(large["problem"], "a.txt is too large: a file can have up to 1 MB.");
    let form = ada.get("/ask?board=help").await.form("new-thread");
    let mut longer = megabyte(b'a');
    longer.push(b'a');
    let page = form.choose("a.txt", longer).choose("b.txt", "Fits.").send_as("Attach").await;
    assert!(page.problem("files").unwrap().starts_with("a.txt is too large"));
    assert_eq!(page.form("new-thread").value("body"), "[b.txt](/files/1)\n", "the other is there");
    ada.upload("c.txt", &megabyte(b'c')).await;
    // What is under way counts, and what is given up does not.
    let under_way = ada.begin_upload("d.txt", 1 << 19).await.expect(201).json();
    let full = ada.begin_upload("e.txt", 1 << 19).await.expect(422).json();
    assert!(full["problem"].as_str().unwrap().contains("there is no room left"));
    let form = ada.get("/ask?board=help").await.form("new-thread");
    let page = form.choose("e.txt", vec![b'e'; 1 << 19]).send_as("Attach").await.expect(422);
    assert!(page.problem("files").unwrap().contains("there is no room left"));
    ada.press(&format!("{}/cancel", under_way["url"].as_str().unwrap())).await.expect(204);
    ada.begin_upload("e.txt", 1 << 19).await.expect(201);
    bob.upload("c.txt", &megabyte(b'c')).await;
    ada.begin_upload("f.txt", 0).await.expect(422);
}

#[tokio::test]
async fn the_same_content_is_stored_once_and_goes_when_nothing_has_needed_it_for_two_weeks() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "Lamp flickers at night", "It does.").await;
    let picture = photograph(1400, 700);
    let first = ada.upload("a.jpg", &picture).await;
    assert_eq!(ada.upload("a.jpg", &picture).await, first, "the same again is the same");
    let other = bob.upload("b.jpg", &picture).await;
    assert_ne!(other, first);
    let left = ada.upload("left.txt", b"Nobody shows it.").await;
    assert_eq!(world.count("select count(*) from blobs").await, 4, "three sizes, and a text");
    bob.say(&thread, &format!("![a]({other})")).await;
    world.run_jobs().await;

    world.advance(Duration::days(6));
    world.run_chores().await;
    assert!(gets_file(&ada, &left).await);
    world.advance(Duration::days(2));
    world.run_chores().await;
    assert!(!gets_file(&ada, &left).await && !gets_file(&ada, &first).await);
    assert_eq!(world.count("select count(*) from blobs").await, 4, "a backup may need them yet");
    world.advance(Duration::days(8));
    world.run_chores().await;
    world.run_jobs().await;

    assert_eq!(world.count("select count(*) from blobs").await, 3);
    assert!(gets(&world.guest(), &other).await, "what is shown stays, whoever else had it");
    assert_eq!(world.count("select count(*) from attachments").await, 1);
}

#[tokio::test]
async fn contents_stay_while_a_backup_is_made() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    ada.upload("left.txt", b"Nobody shows it.").await;
    for _ in 0..2 {
        world.advance(Duration::days(8));
        world.run_chores().await;
    }
    let mut backup = world.as_owner().await;
    let hold = format!("select pg_advisory_lock_shared({})", candor::storage::KEPT_BY_BACKUPS);
    sqlx::raw_sql(sqlx::AssertSqlSafe(hold)).execute(&mut backup).await.unwrap();

    world.run_jobs().await;
    assert_eq!(world.count("select count(*) from blobs").await, 1);
    sqlx::Connection::close(backup).await.unwrap();
    world.run_chores().await;
    world.run_jobs().await;

    assert_eq!(world.count("select count(*) from blobs").await, 0);
}

#[tokio::test]
async fn the_doctor_finds_contents_that_are_missing() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let file = ada.upload("a.txt", b"Words.").await;
    let thread = ada.start("help", "Lamp flickers at night", &format!("[a]({file})")).await;
    let mut db = world.as_owner().await;
    let app = &world.app;
    assert_eq!(candor::doctor::contents(&mut db, &app.blobs).await.unwrap().wrong, 0);

    app.blobs.remove(candor::storage::Hash::of(b"Words.")).await.unwrap();
    sqlx::raw_sql("delete from post_attachments").execute(&mut db).await.unwrap();

    assert_eq!(candor::doctor::contents(&mut db, &app.blobs).await.unwrap().wrong, 1);
    let findings = candor::doctor::examine(&mut db, app.now()).await.unwrap();
    let wrong: Vec<_> = findings.iter().filter(|finding| finding.wrong > 0).collect();
    assert!(
        matches!(&wrong[..], [one] if one.about == "attachments and the posts that show them"),
        "{wrong:?}"
    );
    candor::doctor::repair(&mut db, app.now()).await.unwrap();
    let findings = candor::doctor::examine(&mut db, app.now()).await.unwrap();
    assert!(findings.iter().all(|finding| finding.wrong == 0), "{findings:?}");
    assert!(thread.id > 0);
    world.run_jobs().await;
}
