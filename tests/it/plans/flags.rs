//! Flagging posts, and deciding what becomes of them.

use super::walk::Walk;

/// In a very long thread, each round about posts of its own.
pub(super) async fn flag_and_decide(walk: &mut Walk<'_>, round: usize) {
    let town = walk.town;
    let (ada, tom) = (("a member", &town.ada), ("a moderator", &town.tom));
    let carla = ("another member", &town.carla);
    for (decision, position) in [("keep", 980 + round), ("remove", 990 + round)] {
        let post = format!("select id from posts where thread_id = 900 and position = {position}");
        let post = town.world.count(&post).await;
        let (flag, review) = (format!("/p/{post}/flag"), format!("/p/{post}/review"));
        walk.get(ada, "the page that asks what is wrong", &flag).await;
        walk.post(ada, "a flag", &flag, &[("reason", "spam"), ("note", "It sells.")]).await;
        walk.post(carla, "another flag", &flag, &[("reason", "abuse")]).await;
        walk.get(ada, "a flag of one's own", &flag).await;
        walk.get(tom, "a case", &review).await;
        walk.post(tom, "a claim", &review, &[("decision", "claim")]).await;
        walk.post(tom, decision, &review, &[("decision", decision), ("reason", "Spam.")]).await;
    }
}
