//! What a deed answers tells nobody more than they may read: neither its page nor where it leads.

use super::{ADA, INSIDERS, MEMBERS, STAFF, Stage, fill};
use crate::{
    harness::World,
    permission_crawl::{cases::fields, post, watch::Watch},
};
use axum::http::Method;
use candor::{access::Audience, boards::Style, router::routes};

/// What the gaps of an address are filled with: everything there is of the kind.
struct Filling {
    threads: Vec<String>,
    posts: Vec<String>,
    notices: Vec<String>,
    groups: Vec<String>,
    boards: Vec<String>,
    uploads: Vec<String>,
}

impl Filling {
    async fn of(world: &World) -> Self {
        Self {
            threads: world.texts("select id::text from threads").await,
            posts: world.texts("select id::text from posts").await,
            notices: world.texts("select id::text from notifications").await,
            groups: world.texts("select slug from groups").await,
            boards: world.texts("select slug from boards").await,
            uploads: world.texts("select id::text from uploads").await,
        }
    }

    fn addresses(&self, path: &str) -> Vec<String> {
        let one = |value: &str| vec![value.to_owned()];
        let values = match path.split('/').nth(1).unwrap_or_default() {
            "t" => self.threads.clone(),
            "p" => self.posts.clone(),
            "inbox" => self.notices.clone(),
            "g" => self.groups.clone(),
            "uploads" => self.uploads.clone(),
            _ => one("1"),
        };
        let fill = |value: String| {
            let parts = path.split('/').map(|part| match part {
                "{handle}" => "ada",
                part if part.starts_with('{') => &value,
                part => part,
            });
            parts.collect::<Vec<_>>().join("/")
        };
        match path.contains('{') {
            true => values.into_iter().map(fill).collect(),
            false => one(path),
        }
    }

    /// What is sent there: what the crawl of permissions sends, and ids of other things along with it.
    fn sent(&self, path: &str) -> Vec<Vec<(String, String)>> {
        let owned = |&(name, value): &(&str, &str)| (name.to_owned(), value.to_owned());
        let plain: Vec<(String, String)> = fields(path).iter().map(owned).collect();
        let with = |name: &str, value: &str| {
            let mut all = plain.clone();
            all.push((name.to_owned(), value.to_owned()));
            if matches!(path, "/ask" | "/ask/attach" | "/t/{id}/replies" | "/t/{id}/attach") {
                let key = "00000000-0000-4000-9000-000000000001";
                all.push(("form_key".to_owned(), key.to_owned()));
            }
            all
        };
        match path {
            "/ask" | "/ask/attach" => {
                self.boards.iter().map(|board| with("board", board)).collect()
            }
            "/t/{id}/replies" | "/t/{id}/attach" => {
                ["1", "2", "3", "4"].map(|at| with("reply_to", at)).into()
            }
            _ => vec![plain],
        }
    }
}

#[tokio::test]
async fn no_answer_to_a_deed_holds_a_word_that_is_not_for_whoever_did_it() {
    let mut stage = Stage::set().await;
    stage.world.found("zqvault", Style::Questions, Audience::Staff).await;
    stage.world.found("zqlodge", Style::Questions, Audience::Members).await;
    stage.world.found_for_a_group("zqnest", "zqcircle", &["ines", "tom"], "tom").await;
    for (readers, mark, writer, other, board) in [
        (STAFF, "v", "sam", "kim", "zqvault"),
        (MEMBERS, "l", "ada", "bob", "zqlodge"),
        (INSIDERS, "n", "ines", "kim", "zqnest"),
    ] {
        let word = |name: &str| -> &'static str { format!("zq{mark}{name}").leak() };
        let words = [
            board,
            word("title"),
            word("body"),
            word("tag"),
            word("reply"),
            word("old"),
            word("new"),
            word("lock"),
            word("gone"),
            word("reason"),
            word("why"),
            word("file"),
        ];
        stage.keep(readers, &words);
        fill(&stage, writer, other, words).await;
    }
    stage.keep(INSIDERS, &["zqcircle"]);
    let ada = stage.who("ada");
    let open = ada.start("help", "A lamp in the open", "It flickers.").await;
    ada.say(&open, "zqremoved two, @bob").await;
    stage.who("tom").remove(stage.post_at(&open, 2).await, "Rude.").await;
    stage.who("bob").say(&open, "Mine as well, @ada.").await;
    stage.world.run_jobs().await;
    stage.keep(ADA, &["zqremoved"]);

    let filling = Filling::of(&stage.world).await;
    let mut watch = Watch::over(&stage.world).await;
    let (mut asked, mut leaks) = (0, Vec::new());
    for reader in ["guest", "bob", "ada", "sam"] {
        for route in routes().into_iter().filter(|route| route.method == Method::POST) {
            for path in filling.addresses(route.path) {
                for fields in filling.sent(route.path) {
                    let client = stage.who(reader).copy();
                    let answer = post(&client, &path, &fields).send().await;
                    let touched = watch.touched().await;
                    watch.restore(&touched).await;
                    asked += 1;
                    let known: Vec<&str> =
                        fields.iter().map(|(_, value)| value.as_str()).chain([&path[..]]).collect();
                    let whole = format!("{:?}\n{}", answer.headers, answer.text);
                    for (word, readers) in &stage.secrets {
                        let told =
                            whole.contains(word) && !known.iter().any(|it| it.contains(word));
                        if told && !readers.contains(&reader) {
                            leaks.push(format!("{reader} reads {word} from {path} {fields:?}"));
                        }
                    }
                }
            }
        }
    }

    assert!(leaks.is_empty(), "{} leaks: {leaks:#?}", leaks.len());
    assert!(asked > 1_000, "{asked}");
}
