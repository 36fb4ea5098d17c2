use lettre::{
    Message,
    message::{
        Mailbox,
        header::{Header, HeaderName, HeaderValue},
    },
};
use sha2::{Digest, Sha256};

/// One mail to one person, in plain text and HTML.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Address of the member.
    pub to: String,
    /// Their name.
    pub to_name: String,
    /// Subject, as text.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as a page.
    pub html: String,
    /// What makes this mail itself and no other, such as `event:17:member:4`: sent again after a
    /// crash it keeps its Message-ID, and the reader's mail program shows it once.
    pub key: String,
    /// The address that unsubscribes with one POST (RFC 8058).
    pub unsubscribe: Option<String>,
}

impl Mail {
    pub(super) fn to_message(&self, from: &Mailbox) -> anyhow::Result<Message> {
        let to = Mailbox::new(Some(self.to_name.clone()), self.to.parse()?);
        let mut message = Message::builder()
            .from(from.clone())
            .to(to)
            .subject(&self.subject)
            .message_id(Some(format!("<{}@{}>", self.file_name(), from.email.domain())))
            .header(AutoSubmitted);
        if let Some(address) = &self.unsubscribe {
            message =
                message.header(ListUnsubscribe(format!("<{address}>"))).header(ListUnsubscribePost);
        }
        Ok(message.multipart(super::both(&self.text, &self.html))?)
    }

    /// A name made of the key, safe for files and Message-IDs.
    pub(super) fn file_name(&self) -> String {
        let hash = Sha256::digest(self.key.as_bytes());
        hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// RFC 3834: tells vacation responders to keep quiet.
#[derive(Clone)]
struct AutoSubmitted;

#[derive(Clone)]
struct ListUnsubscribe(String);

#[derive(Clone)]
struct ListUnsubscribePost;

macro_rules! header {
    ($type:ty, $name:literal, $value:expr) => {
        impl Header for $type {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($name)
            }

            fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Err("only written, never read".into())
            }

            fn display(&self) -> HeaderValue {
                let value: fn(&Self) -> String = $value;
                HeaderValue::new(Self::name(), value(self))
            }
        }
    };
}

header!(AutoSubmitted, "Auto-Submitted", |_| "auto-generated".to_owned());
header!(ListUnsubscribe, "List-Unsubscribe", |header| header.0.clone());
header!(ListUnsubscribePost, "List-Unsubscribe-Post", |_| "List-Unsubscribe=One-Click".to_owned());
