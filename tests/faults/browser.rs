//! Somebody signed in, who speaks HTTP over real connections.

use scraper::{Html, Selector};
use std::{io, net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use url::form_urlencoded;

/// Longer than anything the server does; a server that never answers fails the test.
const PATIENCE: Duration = Duration::from_secs(25);

/// A session. Each request is a connection of its own, so that dropping a request is hanging up.
#[derive(Clone)]
pub(crate) struct Browser {
    pub(crate) name: String,
    pub(crate) cookie: String,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) body: String,
}

/// A form as it was drawn.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub(crate) action: String,
    pub(crate) key: String,
}

impl Browser {
    /// The page at `path`.
    pub(crate) async fn get(&self, node: SocketAddr, path: &str) -> io::Result<Answer> {
        self.ask(node, &format!("GET {path} HTTP/1.1\r\n"), "").await
    }

    /// Sends a form.
    pub(crate) async fn post(
        &self,
        node: SocketAddr,
        path: &str,
        fields: &[(&str, &str)],
    ) -> io::Result<Answer> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let path = path.split('#').next().unwrap_or_default();
        let head = format!(
            "POST {path} HTTP/1.1\r\norigin: http://{node}\r\ncontent-length: {}\r\n\
             content-type: application/x-www-form-urlencoded\r\n",
            body.len()
        );
        self.ask(node, &head, &body).await
    }

    /// Sends a reply by the form.
    pub(crate) async fn reply(
        &self,
        node: SocketAddr,
        form: &Form,
        text: &str,
    ) -> io::Result<Answer> {
        let fields = [("form_key", form.key.as_str()), ("body", text), ("deed", "post")];
        self.post(node, &form.action, &fields).await
    }

    /// The form for a reply, as the thread's page draws it.
    pub(crate) async fn form(&self, node: SocketAddr, thread: i64) -> io::Result<Form> {
        let page = self.get(node, &format!("/t/{thread}/thread-{thread}")).await?;
        page.form().ok_or_else(|| io::Error::other(format!("{} and no form", page.status)))
    }

    /// Opens an event stream and leaves it open.
    pub(crate) async fn stream(&self, node: SocketAddr, path: &str) -> io::Result<TcpStream> {
        let mut stream = TcpStream::connect(node).await?;
        let head = self.head(node, &format!("GET {path} HTTP/1.1\r\n"));
        stream.write_all(head.as_bytes()).await?;
        let mut seen = Vec::new();
        while !seen.windows(4).any(|four| four == b"\r\n\r\n") {
            if stream.read_buf(&mut seen).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        let head = String::from_utf8_lossy(&seen);
        assert!(head.starts_with("HTTP/1.1 200") && head.contains("text/event-stream"), "{head}");
        Ok(stream)
    }

    async fn ask(&self, node: SocketAddr, head: &str, body: &str) -> io::Result<Answer> {
        let exchange = async {
            let mut stream = TcpStream::connect(node).await?;
            stream.write_all((self.head(node, head) + body).as_bytes()).await?;
            let mut all = Vec::new();
            stream.read_to_end(&mut all).await?;
            Answer::of(&all).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
        };
        timeout(PATIENCE, exchange).await.unwrap_or_else(|_| panic!("no answer to {head}"))
    }

    fn head(&self, node: SocketAddr, head: &str) -> String {
        format!(
            "{head}host: {node}\r\ncookie: candor={}\r\naccept: text/html\r\n\
             sec-fetch-site: same-origin\r\nconnection: close\r\n\r\n",
            self.cookie
        )
    }
}

impl Answer {
    /// Nothing, where it is not whole.
    fn of(bytes: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let header = |name: &str| {
            head.lines().find_map(|line| {
                let (key, value) = line.split_once(": ")?;
                key.eq_ignore_ascii_case(name).then(|| value.to_owned())
            })
        };
        let whole = match header("content-length") {
            Some(length) => body.len() == length.parse::<usize>().ok()?,
            None => header("transfer-encoding").is_none() || body.ends_with("0\r\n\r\n"),
        };
        whole.then(|| Self {
            status: head.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0),
            location: header("location"),
            body: body.to_owned(),
        })
    }

    /// The form for a reply on this page.
    pub(crate) fn form(&self) -> Option<Form> {
        let page = Html::parse_document(&self.body);
        let one = |css: &str| {
            let selector = Selector::parse(css).expect("a selector");
            page.select(&selector).next().map(|found| found.value().clone())
        };
        Some(Form {
            action: one("form#reply")?.attr("action")?.to_owned(),
            key: one("form#reply input[name=form_key]")?.attr("value")?.to_owned(),
        })
    }

    /// The answer itself, after a look at its status.
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }
}
