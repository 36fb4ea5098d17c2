//! A thread as search engines read it: a question with its answers, or a post with its comments, in the words of
//! schema.org.

use super::show::ShowThread;
use crate::{markup, members::Author, threads::views::PostLine, web::LinkedData};
use serde_json::{Map, Value, json};

impl ShowThread {
    /// What stands on this page, for those who are nobody here: search engines come as guests, and members need
    /// not load it. Nothing where the post that all is about stands on another page.
    pub(super) fn linked_data(&self) -> Option<LinkedData> {
        let opening = self.posts.first().filter(|post| post.opening() && post.there())?;
        if self.shell.member().is_some() || self.thread.closed_at.is_some() {
            return None;
        }
        let replies: Vec<&PostLine> =
            self.shown().filter(|post| !post.opening() && post.there()).collect();
        // A question without an answer is no page of answers to those who show them.
        let data = match self.thread.asks() && !replies.is_empty() {
            true => self.question(opening, &replies),
            false => self.posting(opening, &replies),
        };
        Some(LinkedData(data))
    }

    fn question(&self, opening: &PostLine, replies: &[&PostLine]) -> Value {
        let (accepted, suggested): (Vec<&PostLine>, Vec<&PostLine>) =
            replies.iter().partition(|post| self.is_solution(post));
        let answers = |posts: &[&PostLine]| -> Vec<Value> {
            posts.iter().map(|post| Value::Object(self.said("Answer", post))).collect()
        };
        let mut question = self.said("Question", opening);
        question.insert("name".to_owned(), json!(self.thread.title));
        question.insert("answerCount".to_owned(), json!(self.thread.replies));
        if !accepted.is_empty() {
            question.insert("acceptedAnswer".to_owned(), json!(answers(&accepted)));
        }
        if !suggested.is_empty() {
            question.insert("suggestedAnswer".to_owned(), json!(answers(&suggested)));
        }
        json!({ "@context": "https://schema.org", "@type": "QAPage", "mainEntity": question })
    }

    fn posting(&self, opening: &PostLine, replies: &[&PostLine]) -> Value {
        let comments: Vec<Value> =
            replies.iter().map(|post| Value::Object(self.said("Comment", post))).collect();
        let mut posting = self.said("DiscussionForumPosting", opening);
        posting.insert("@context".to_owned(), json!("https://schema.org"));
        posting.insert("headline".to_owned(), json!(self.thread.title));
        posting.insert("commentCount".to_owned(), json!(self.thread.replies));
        posting.insert("interactionStatistic".to_owned(), likes(opening));
        if !comments.is_empty() {
            posting.insert("comment".to_owned(), json!(comments));
        }
        Value::Object(posting)
    }

    /// A post by what all kinds of them have.
    fn said(&self, kind: &str, post: &PostLine) -> Map<String, Value> {
        let shell = &self.shell;
        let mut said = Map::new();
        said.insert("@type".to_owned(), json!(kind));
        said.insert("text".to_owned(), json!(markup::plain_text(&post.html, &shell.address)));
        said.insert("url".to_owned(), json!(shell.whole(self.thread.permalink(post.position))));
        said.insert("author".to_owned(), self.person(&post.author()));
        said.insert("datePublished".to_owned(), json!(shell.machine_time(&post.written_at)));
        if let Some(at) = &post.edited_at {
            said.insert("dateModified".to_owned(), json!(shell.machine_time(at)));
        }
        match kind {
            "Question" | "Answer" => {
                said.insert("upvoteCount".to_owned(), json!(post.kudos));
            }
            "Comment" => {
                said.insert("interactionStatistic".to_owned(), likes(post));
            }
            _ => {}
        }
        said
    }

    /// Who closed their account has no page to lead to.
    fn person(&self, author: &Author) -> Value {
        match author.is_former() {
            true => json!({ "@type": "Person", "name": author.name }),
            false => {
                let url = self.shell.whole(author.url());
                json!({ "@type": "Person", "name": author.name, "url": url })
            }
        }
    }

    /// The address that everything of the thread stands below.
    pub(super) fn bare_url(&self) -> String {
        format!("/t/{}", self.thread.id)
    }

    /// The first words of the thread, for those who show it elsewhere.
    pub(super) fn words(&self) -> String {
        let opening = self.posts.first().filter(|post| post.opening() && post.there());
        opening.map(|post| markup::excerpt(&post.html, 200)).unwrap_or_default()
    }

    /// The first picture of the opening post.
    pub(super) fn picture(&self) -> String {
        let opening = self.posts.first().filter(|post| post.opening() && post.there());
        opening.and_then(|post| markup::first_picture(&post.html)).unwrap_or_default()
    }
}

fn likes(post: &PostLine) -> Value {
    json!({
        "@type": "InteractionCounter",
        "interactionType": { "@type": "LikeAction" },
        "userInteractionCount": post.kudos,
    })
}
