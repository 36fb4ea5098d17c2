//! The copy of everything about a member: a ZIP file of JSON for programs and of pages for people.
//!
//! It is made by a job and kept in the database in pieces for a few days. Made while it is downloaded it
//! would need no keeping, but a slow line would hold a connection and a snapshot of the database for as
//! long as it takes, and a broken one would begin anew; so a copy is read once, by a worker, and whichever
//! node is asked hands out piece after piece.
//!
//! What the member uploaded lies in the store already; the copy names those contents, and they are sent from
//! there when their turn comes. The store keeps them for as long as the copy is kept, whatever becomes of them.

use super::{
    html, mails,
    store::{
        copies,
        held::{self, Held, Read, Uploaded},
    },
};
use crate::{
    app::App, attachments, jobs, kit::MemberId, settings, storage::Blobs, words::Language,
};
use anyhow::Context;
use futures_util::TryStreamExt;
use sqlx::PgConnection;
use std::{
    io::{self, Write},
    mem,
    sync::{Arc, Mutex, PoisonError},
};
use time::{Duration, OffsetDateTime};
use zip::{
    CompressionMethod,
    write::{SimpleFileOptions, StreamWriter, ZipWriter},
};

/// Job: makes the copy that a member asked for. Run twice, it makes it once.
pub(super) const MAKE: &str = "privacy.make_copy";

/// So long a copy is kept for its member.
pub(super) const KEPT: Duration = Duration::days(7);

// What is taken out of the store the moment the copy is ready is still there when the copy goes.
const _: () = assert!(KEPT.whole_seconds() <= attachments::KEPT_UNUSED.whole_seconds());

/// Texts read at once: each has up to 64 kB.
const TEXTS: i64 = 100;

/// Other things read at once. Each time all of the member's are found, of which so many are read.
const FACTS: i64 = 5_000;

/// A piece in the database, in bytes.
const PIECE: usize = 512 * 1024;

/// A file of the copy.
pub(super) struct Subject {
    /// Its name, without what follows the dot.
    pub(super) file: &'static str,
    /// What is in it, as the key of a text.
    pub(super) words: &'static str,
    pub(super) read: Read,
    /// How many are read at once.
    at_once: i64,
}

const fn texts(file: &'static str, words: &'static str, read: Read) -> Subject {
    Subject { file, words, read, at_once: TEXTS }
}

const fn facts(file: &'static str, words: &'static str, read: Read) -> Subject {
    Subject { file, words, read, at_once: FACTS }
}

/// All files, in the order in which people look for them.
pub(super) const SUBJECTS: &[Subject] = &[
    texts("account", "copy-account", held::account),
    texts("posts", "copy-posts", held::posts),
    facts("threads", "copy-threads", held::threads),
    texts("earlier-versions", "copy-earlier-versions", held::earlier_versions),
    texts("drafts", "copy-drafts", held::drafts),
    facts("files", "copy-files", held::files),
    facts("kudos", "copy-kudos", held::kudos),
    facts("solutions", "copy-solutions", held::solutions),
    facts("me-toos", "copy-me-toos", held::me_toos),
    facts("points", "copy-points", held::points),
    facts("badges", "copy-badges", held::badges),
    facts("followed-threads", "copy-followed", held::followed),
    facts("followed-tags", "copy-followed-tags", held::followed_tags),
    facts("reading", "copy-reading", held::reading),
    facts("inbox", "copy-inbox", held::inbox),
    facts("groups", "copy-groups", held::groups),
    facts("rules", "copy-rules", held::rules),
    facts("flags", "copy-flags", held::flags),
    facts("moderation", "copy-moderation", held::moderation),
    facts("administration", "copy-administration", held::administration),
    facts("agreements", "copy-agreements", held::agreements),
    facts("sessions", "copy-sessions", held::sessions),
    facts("second-factors", "copy-second-factors", held::second_factors),
    facts("providers", "copy-providers", held::providers),
    facts("links", "copy-links", held::links),
];

pub(super) async fn make(
    app: &App,
    db: &mut PgConnection,
    payload: serde_json::Value,
) -> anyhow::Result<()> {
    let member: MemberId = serde_json::from_value(payload)?;
    if !copies::hold_unmade(db, member).await? {
        return Ok(());
    }
    let now = app.now();
    let community = settings::current(db).await?.community;
    let address = app.config.address();
    let mut copy = Copy::begin(member);
    let mut counts = Vec::new();
    for subject in SUBJECTS {
        copy.json(db, subject).await?;
        counts.push(copy.page(db, subject, &address).await?);
    }
    copy.start("index.html")?;
    copy.write(&html::index(&community, &address, now, &counts)?)?;
    copy.uploads(db, &app.blobs).await?;
    let bytes = copy.end(db).await?;
    copies::set_ready(db, member, bytes, now, now + KEPT).await?;
    jobs::enqueue(db, mails::READY, &member, now).await
}

/// A ZIP file on its way into the database.
struct Copy {
    member: MemberId,
    zip: ZipWriter<StreamWriter<Buffer>>,
    buffer: Buffer,
    parts: i32,
    bytes: i64,
}

impl Copy {
    fn begin(member: MemberId) -> Self {
        let buffer = Buffer::default();
        let zip = ZipWriter::new_stream(buffer.clone());
        Self { member, zip, buffer, parts: 0, bytes: 0 }
    }

    fn start(&mut self, name: &str) -> anyhow::Result<()> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        Ok(self.zip.start_file(name, options)?)
    }

    fn write(&mut self, text: &str) -> anyhow::Result<()> {
        Ok(self.zip.write_all(text.as_bytes())?)
    }

    /// For programs: a list of objects.
    async fn json(&mut self, db: &mut PgConnection, subject: &Subject) -> anyhow::Result<()> {
        self.start(&format!("{}.json", subject.file))?;
        self.write("[")?;
        let mut between = "\n";
        let mut after = 0;
        while let Some(batch) = self.next(db, subject, &mut after).await? {
            for held in &batch {
                self.write(between)?;
                self.write(&held.line)?;
                between = ",\n";
            }
            self.store(db, PIECE).await?;
        }
        self.write("\n]\n")
    }

    /// For people: the same as a page; returns how many things there are.
    async fn page(
        &mut self,
        db: &mut PgConnection,
        subject: &Subject,
        address: &str,
    ) -> anyhow::Result<(&'static str, String, i64)> {
        let title = Language::default().text(subject.words);
        self.start(&format!("{}.html", subject.file))?;
        self.write(&html::head(&title))?;
        let (mut after, mut count) = (0, 0);
        while let Some(batch) = self.next(db, subject, &mut after).await? {
            for held in &batch {
                self.write(&html::thing(&held.line, address)?)?;
            }
            count += batch.len() as i64;
            self.store(db, PIECE).await?;
        }
        self.write(html::FOOT)?;
        Ok((subject.file, title, count))
    }

    async fn next(
        &self,
        db: &mut PgConnection,
        subject: &Subject,
        after: &mut i64,
    ) -> anyhow::Result<Option<Vec<Held>>> {
        let batch = (subject.read)(db, self.member, *after, subject.at_once).await?;
        *after = batch.last().map_or(*after, |last| last.key);
        Ok((!batch.is_empty()).then_some(batch))
    }

    /// Puts what was written into the database, if there are at least so many bytes of it.
    async fn store(&mut self, db: &mut PgConnection, least: usize) -> anyhow::Result<()> {
        let written = self.buffer.take(least);
        for piece in written.chunks(PIECE) {
            copies::add_part(db, self.member, self.parts, piece).await?;
            self.parts += 1;
            self.bytes += piece.len() as i64;
        }
        Ok(())
    }

    /// The contents of everything uploaded, each by its name in the store.
    async fn uploads(&mut self, db: &mut PgConnection, blobs: &Blobs) -> anyhow::Result<()> {
        let mut after = 0;
        loop {
            let batch = held::uploaded(db, self.member, after, TEXTS).await?;
            let Some(last) = batch.last() else { return Ok(()) };
            after = last.id;
            for file in &batch {
                self.upload(db, blobs, file).await?;
            }
        }
    }

    async fn upload(
        &mut self,
        db: &mut PgConnection,
        blobs: &Blobs,
        file: &Uploaded,
    ) -> anyhow::Result<()> {
        let (hash, bytes) = file.content().context("the content of an attachment has a name")?;
        let mut content = match blobs.open(hash, 0..bytes).await {
            // The doctor tells the operator; everything else is in the copy all the same.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            content => content?,
        };
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        self.zip.start_file(file.place(), stored)?;
        self.store(db, 0).await?;
        let mut written = 0;
        while let Some(piece) = content.try_next().await? {
            self.zip.write_all(&piece)?;
            // It is in the ZIP file as it is in the store, and is not kept twice.
            written += self.buffer.take(0).len() as u64;
        }
        anyhow::ensure!(written == bytes, "a content is as long as its row says");
        copies::add_content(db, self.member, self.parts, hash).await?;
        self.parts += 1;
        self.bytes += bytes as i64;
        Ok(())
    }

    async fn end(mut self, db: &mut PgConnection) -> anyhow::Result<i64> {
        let unfinished = mem::replace(&mut self.zip, ZipWriter::new_stream(Buffer::default()));
        unfinished.finish()?;
        self.store(db, 0).await?;
        Ok(self.bytes)
    }
}

/// What the ZIP file's maker wrote and nobody took yet.
#[derive(Debug, Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    /// What is there, if it is at least so much.
    fn take(&self, least: usize) -> Vec<u8> {
        let mut bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if bytes.len() < least { Vec::new() } else { mem::take(&mut bytes) }
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The name of the file that is downloaded.
pub(super) fn file_name(handle: &str, ready_at: OffsetDateTime) -> String {
    let ascii: String = handle.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("candor-{ascii}-{}.zip", ready_at.date())
}
