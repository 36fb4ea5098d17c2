//! Mail on its way out: by SMTP, to files, or kept in memory by tests.

mod message;

use anyhow::Context;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    message::{Mailbox, MultiPart},
};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

pub use message::Mail;

/// The way out.
#[derive(Debug, Clone)]
pub enum Mailer {
    /// A mail server.
    Smtp { transport: AsyncSmtpTransport<Tokio1Executor>, from: Mailbox },
    /// A folder: one file a mail, as it would have been sent. For servers without SMTP.
    Disk { folder: PathBuf, from: Mailbox },
    /// A list in memory, for tests.
    Memory(Arc<Mutex<Vec<Mail>>>),
}

impl Mailer {
    /// A way out by SMTP; connects with the first mail.
    ///
    /// # Errors
    /// An address that is none.
    pub fn smtp(url: &str, from: Mailbox) -> anyhow::Result<Self> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .context("CANDOR_SMTP_URL: write it as smtps://user:password@mail.example.com")?
            .build();
        Ok(Self::Smtp { transport, from })
    }

    /// A way out into `folder`, which is made if missing.
    ///
    /// # Errors
    /// A folder that cannot be made.
    pub fn disk(folder: &Path, from: Mailbox) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the mail folder {}", folder.display()))?;
        Ok(Self::Disk { folder: folder.to_owned(), from })
    }

    /// Sends one mail. The same mail sent twice has the same Message-ID.
    ///
    /// # Errors
    /// What the mail server said, or the disk.
    pub async fn send(&self, mail: &Mail) -> anyhow::Result<()> {
        match self {
            Self::Smtp { transport, from } => {
                transport.send(mail.to_message(from)?).await?;
            }
            Self::Disk { folder, from } => {
                let message = mail.to_message(from)?.formatted();
                let name = format!("{}.eml", mail.file_name());
                // Written beside and moved, so that a reader never sees half a mail.
                let unfinished = folder.join(format!(".{name}"));
                tokio::fs::write(&unfinished, message).await?;
                tokio::fs::rename(&unfinished, folder.join(name)).await?;
            }
            Self::Memory(sent) => {
                sent.lock().map_err(|_| anyhow::anyhow!("a test panicked"))?.push(mail.clone());
            }
        }
        Ok(())
    }
}

fn both(text: &str, html: &str) -> MultiPart {
    MultiPart::alternative_plain_html(text.to_owned(), html.to_owned())
}
