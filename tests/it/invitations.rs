//! Becoming a member by invitation.

use crate::harness::{Answer, Client, PASSWORD, World};
use axum::http::Method;
use candor::groups::Kind;
use futures_util::future::join_all;
use time::Duration;

/// Changes a setting as an administrator does.
async fn set(admin: &Client, name: &str, value: &str) {
    let form = admin.get("/admin/settings").await.form("settings");
    form.set(name, value).send().await.expect(303);
}

/// A link for so many, made by an administrator; its path.
async fn link(admin: &Client, uses: &str) -> String {
    let form = admin.get("/admin/new-invitation").await.expect(200).form("invitation");
    path_in(&form.set("uses", uses).set("note", "For the fair").send().await.expect(200))
}

fn path_in(made: &Answer) -> String {
    let link = made.part("#link").attr("value").expect("a link").to_owned();
    link[link.find("/join/").expect("an invitation")..].to_owned()
}

async fn join_as(client: &Client, link: &str, handle: &str) -> Answer {
    let form = client.get(link).await.expect(200).form(link);
    let form = form.set("handle", handle).set("name", handle);
    form.set("email", &format!("{handle}@example.com")).set("password", PASSWORD).send().await
}

/// Invites people by mail.
async fn invite(admin: &Client, list: &str) -> Answer {
    let form = admin.get("/admin/new-invitations").await.expect(200).form("invitations");
    form.set("list", list).send().await
}

#[tokio::test]
async fn where_membership_is_by_invitation_the_page_says_how_to_get_in() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    set(&kim, "sign_up", "invitation").await;

    let page = world.guest().get("/sign-up").await.expect(200);

    assert!(page.words().contains("open the link of an invitation"), "{}", page.words());
    assert!(page.texts("form[action='/sign-up']").is_empty());
    let fields =
        [("handle", "eve"), ("name", "Eve"), ("email", "e@example.com"), ("password", PASSWORD)];
    world.guest().post("/sign-up", &fields).await.expect(403);
    world.guest().post("/join/none", &fields).await.expect(422);
    assert_eq!(world.count("select count(*) from members").await, 1);
}

#[tokio::test]
async fn a_link_lets_in_as_many_as_it_says_and_brings_them_into_its_groups() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    set(&kim, "sign_up", "invitation").await;
    let group = world.group("testers", Kind::Hidden, &[]).await;
    let form = kim.get("/admin/new-invitation").await.form("invitation");
    let form = form.set("uses", "2").set("note", "For the fair").set("group", &group.to_string());
    let link = path_in(&form.send().await.expect(200));

    let ada = world.guest();
    join_as(&ada, &link, "ada").await.expect(303);
    join_as(&world.guest(), &link, "bob").await.expect(303);
    world.run_jobs().await;

    ada.get("/g/testers").await.expect(200);
    let over = world.guest().get(&link).await.expect(422);
    assert!(over.words().contains("This invitation is over"), "{}", over.words());
    let list = kim.get("/admin/invitations").await.expect(200).words();
    assert!(list.contains("For the fair") && list.contains("0 of 2 left"), "{list}");
    assert!(list.contains("ada") && list.contains("bob") && list.contains("used up"), "{list}");
    let log = kim.get("/admin/log").await.expect(200).words();
    assert!(log.contains("Made invitation 1") && !log.contains("For the fair"), "{log}");
    let roles = "select count(*) from member_roles where role <> 'admin'";
    assert_eq!(world.count(roles).await, 0, "no invitation gives a role");
}

#[tokio::test]
async fn of_twenty_who_come_at_once_as_many_get_in_as_there_are_places() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    set(&kim, "sign_up", "invitation").await;
    let link = link(&kim, "3").await;
    let guest = world.guest();

    let all = (0..20)
        .map(async |number| join_as(&guest.copy(), &link, &format!("ada{number}")).await.status);
    let answers = join_all(all).await;

    assert_eq!(answers.iter().filter(|status| **status == 303).count(), 3, "{answers:?}");
    assert_eq!(world.count("select count(*) from members where handle like 'ada%'").await, 3);
    assert_eq!(world.count("select uses::bigint from invitations").await, 3);
    assert_eq!(world.count("select count(*) from invitation_uses").await, 3);
    world.run_jobs().await;
}

#[tokio::test]
async fn a_link_ends_by_its_time_and_when_it_is_withdrawn() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    let (late, gone) = (link(&kim, "9").await, link(&kim, "9").await);

    let newest = "select max(id) from invitations";
    let address = format!("/admin/invitations/{}", world.count(newest).await);
    kim.get(&address)
        .await
        .expect(200)
        .form(&format!("{address}/withdraw"))
        .send()
        .await
        .expect(303);
    world.guest().get(&gone).await.expect(422);
    world.guest().get(&late).await.expect(200);
    world.advance(Duration::days(14));
    world.guest().get(&late).await.expect(422);

    let held = "select count(*) from invitations where token_hash is null";
    assert_eq!(world.count(held).await, 1, "of a withdrawn one not even the hash is kept");
}

#[tokio::test]
async fn a_link_is_shown_once_and_never_logged() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    let link = link(&kim, "9").await;
    let secret = link.trim_start_matches("/join/");

    for page in ["/admin/invitations", "/admin/invitations/1", "/admin/log"] {
        let page = kim.get(page).await;
        assert!(!page.text.contains(secret), "{}", page.words());
    }

    assert_eq!(candor::web::logged_path(&link), "/join/");
    let text =
        format!("select count(*) from invitations where invitations::text like '%{secret}%'");
    assert_eq!(world.count(&text).await, 0);
}

#[tokio::test]
async fn a_mailed_invitation_proves_the_address_and_is_good_once() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    set(&kim, "sign_up", "invitation").await;
    let group = world.group("testers", Kind::Hidden, &[]).await;
    assert!(group.0 > 0);

    invite(&kim, "ada@example.com, Ada Lind, testers").await.expect(303);
    world.run_jobs().await;
    let link = world.link_to("ada@example.com");
    let ada = world.guest();
    let form = ada.get(&link).await.expect(200).form(&link);
    assert_eq!((form.value("name"), form.value("email")), ("Ada Lind", "ada@example.com"));
    form.set("handle", "ada").set("password", PASSWORD).send().await.expect(303);
    world.run_jobs().await;

    assert_eq!(world.mails().len(), 1, "no second proof is asked for");
    let security = ada.get("/settings/security").await.expect(200);
    assert!(security.words().contains("ada@example.com – confirmed"), "{}", security.words());
    ada.get("/g/testers").await.expect(200);
    world.guest().get(&link).await.expect(422);
    let kept = "select count(*) from invitations where email is not null or name <> ''";
    assert_eq!(world.count(kept).await, 0, "from now on the account has the address");
}

#[tokio::test]
async fn with_another_address_than_the_invited_one_a_proof_is_asked_for() {
    let world = World::new().await;
    let kim = world.admin("kim").await;

    invite(&kim, "ada@example.com").await.expect(303);
    world.run_jobs().await;
    let link = world.link_to("ada@example.com");
    let form = world.guest().get(&link).await.form(&link).set("handle", "ada").set("name", "Ada");
    let form = form.set("email", "other@example.com").set("password", PASSWORD);
    form.send().await.expect(303);
    world.run_jobs().await;

    assert!(world.link_to("other@example.com").starts_with("/confirm/"));
}

#[tokio::test]
async fn inviting_does_not_tell_whether_an_address_is_known() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    world.account("ada").await;

    let known = invite(&kim, "Ada@Example.com").await;
    let unknown = invite(&kim, "bob@example.com").await;

    assert_eq!((known.status, known.location()), (unknown.status, unknown.location()));
    world.run_jobs().await;
    let rows = kim.get("/admin/invitations").await.expect(200).texts(".row");
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[1].replace("Ada@Example.com", ""), rows[0].replace("bob@example.com", ""));
    // Only whoever reads the mail learns it.
    let mail = world.mail_to("Ada@Example.com");
    assert!(mail.text.contains("@ada") && !mail.text.contains("/join/"), "{}", mail.text);
    assert!(world.link_to("bob@example.com").starts_with("/join/"));
}

#[tokio::test]
async fn every_bad_line_is_told_with_its_number_and_nothing_is_lost_or_sent() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    let list = "name,email,groups\nAda,ada@example.com,\nBob,bob,\n,ADA@example.com,\n\
        Eve,eve@example.com,nowhere\nJoe,joe@mailinator.com\nKay,\"kay@example.com\nLu,lu@example.com,,more";

    let answer = invite(&kim, list).await.expect(422);

    let lines = answer.texts(".bad-lines li");
    let told = |number: usize, words: &str| {
        let line = format!("Line {number}: ");
        lines.iter().any(|said| said.starts_with(&line) && said.contains(words))
    };
    assert!(told(3, "Enter an address"), "{lines:?}");
    assert!(told(4, "as in line 2"), "{lines:?}");
    assert!(told(5, "no group nowhere"), "{lines:?}");
    assert!(told(6, "mailinator.com"), "{lines:?}");
    assert!(told(7, "never closed"), "{lines:?}");
    assert!(told(8, "more than three"), "{lines:?}");
    assert_eq!(lines.len(), 6);
    assert_eq!(answer.form("invitations").value("list"), list);
    assert_eq!(world.count("select count(*) from invitations").await, 0);

    let many: String = (0..501).map(|number| format!("a{number}@example.com\n")).collect();
    let answer = invite(&kim, &many).await.expect(422);
    assert!(answer.problem("list").is_some_and(|words| words.contains("at most 500")));
}

#[tokio::test]
async fn a_file_is_read_as_what_is_typed_and_given_back_in_the_page() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    let send = async |file: &[u8]| {
        let mut body = Vec::new();
        for (name, value) in [("list", "ada@example.com"), ("days", "30"), ("note", "")] {
            let part = format!(
                "--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend(part.into_bytes());
        }
        body.extend(
            b"--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n",
        );
        body.extend(b"content-type: text/csv\r\n\r\n");
        body.extend(file);
        body.extend(b"\r\n--x--\r\n");
        let ask = kim.ask(Method::POST, "/admin/new-invitations");
        ask.body("multipart/form-data; boundary=x", body).send().await
    };

    let wrong = send(b"\xef\xbb\xbfbob@example.com;Bob\nnobody;Nobody\n").await.expect(422);
    assert!(wrong.texts(".bad-lines li").iter().any(|line| line.starts_with("Line 3:")));
    assert!(wrong.form("invitations").value("list").contains("bob@example.com"));
    let unreadable = send(b"b\xf6b@example.com").await.expect(422);
    assert!(unreadable.problem("file").is_some());
    assert_eq!(unreadable.form("invitations").value("list"), "ada@example.com");
    send(b"bob@example.com").await.expect(303);
    world.run_jobs().await;

    assert!(world.link_to("ada@example.com").starts_with("/join/"));
    assert!(world.link_to("bob@example.com").starts_with("/join/"));
    send(&vec![b'x'; 300 * 1024]).await.expect(413);
}

#[tokio::test]
async fn whoever_is_invited_again_has_one_invitation_and_the_last_mail_counts() {
    let world = World::new().await;
    let kim = world.admin("kim").await;

    invite(&kim, "ada@example.com").await.expect(303);
    world.run_jobs().await;
    let first = world.link_to("ada@example.com");
    world.advance(Duration::days(1));
    invite(&kim, "Ada@example.com").await.expect(303);
    world.run_jobs().await;
    let second = world.link_to("Ada@example.com");

    world.guest().get(&first).await.expect(422);
    world.guest().get(&second).await.expect(200);
    assert_eq!(world.count("select count(*) from invitations").await, 1);
}

#[tokio::test]
async fn addresses_of_those_who_never_came_are_erased() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    invite(&kim, "ada@example.com, Ada").await.expect(303);
    world.run_jobs().await;

    world.advance(Duration::days(59));
    world.run_chores().await;
    assert_eq!(world.count("select count(*) from invitations").await, 1);
    world.advance(Duration::days(1));
    world.run_chores().await;

    assert_eq!(world.count("select count(*) from invitations").await, 0);
}

#[tokio::test]
async fn an_invitation_confers_its_groups_where_everybody_may_join_too() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    world.group("testers", Kind::Hidden, &[]).await;
    invite(&kim, "ada@example.com,,testers").await.expect(303);
    world.run_jobs().await;
    let link = world.link_to("ada@example.com");

    let ada = world.guest();
    join_as(&ada, &link, "ada").await.expect(303);
    world.run_jobs().await;

    ada.get("/g/testers").await.expect(200);
    let member = world.member("bob").await.get(&link).await;
    member.expect(422);
}

#[tokio::test]
async fn a_member_who_opens_a_link_is_told_that_it_is_for_somebody_else() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    let link = link(&kim, "1").await;

    let page = world.member("ada").await.get(&link).await.expect(200);

    assert!(page.words().contains("You are a member already"), "{}", page.words());
    assert_eq!(world.count("select uses::bigint from invitations").await, 0);
}
