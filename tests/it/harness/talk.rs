use super::{answer::Answer, client::Client};

impl Client {
    /// Begins a thread by the form that the board offers; returns its address.
    pub(crate) async fn begin(&self, board: &str, title: &str, body: &str) -> String {
        let form = self.get(&format!("/ask?board={board}")).await.expect(200).form("new-thread");
        let typed = form.set("title", title).set("body", body);
        let button = if typed.has_button("Ask the question") {
            "Ask the question"
        } else {
            "Start the thread"
        };
        typed.send_as(button).await.location().to_owned()
    }

    /// Replies by the form below a thread; returns where the reply stands.
    pub(crate) async fn reply(&self, thread: &str, body: &str) -> String {
        self.answer(thread, body).await.location().to_owned()
    }

    /// Replies by the form that an address draws: a page of the thread, or one with a quote in it.
    pub(crate) async fn answer(&self, address: &str, body: &str) -> Answer {
        let form = self.get(address).await.expect(200).form("reply");
        let quoted = form.value("body").to_owned();
        form.set("body", &format!("{quoted}{body}")).send_as("Post reply").await
    }
}
