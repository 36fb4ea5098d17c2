//! A slow or silent way to PostgreSQL's socket.

use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until};

/// Passes everything on, each direction late by `delay`.
pub(crate) struct Proxy {
    folder: PathBuf,
    silence: watch::Sender<u64>,
    accepting: tokio::task::JoinHandle<()>,
}

impl Proxy {
    pub(crate) fn before(socket_dir: &Path, folder: &Path, delay: Duration) -> Self {
        std::fs::create_dir(folder).unwrap();
        let listener = UnixListener::bind(folder.join(".s.PGSQL.5432")).unwrap();
        let target = socket_dir.join(".s.PGSQL.5432");
        let (silence, heard) = watch::channel(0);
        let accepting = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let Ok(server) = UnixStream::connect(&target).await else { continue };
                let ((from_client, to_client), (from_server, to_server)) =
                    (client.into_split(), server.into_split());
                tokio::spawn(pass(from_client, to_server, delay, heard.clone()));
                tokio::spawn(pass(from_server, to_client, delay, heard.clone()));
            }
        });
        Self { folder: folder.to_path_buf(), silence, accepting }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// From now on the connections there are hear nothing more; new ones work.
    pub(crate) fn fall_silent(&self) {
        self.silence.send_modify(|times| *times += 1);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn pass(
    mut from: impl AsyncReadExt + Unpin,
    mut to: impl AsyncWriteExt + Unpin + Send + 'static,
    delay: Duration,
    silence: watch::Receiver<u64>,
) {
    let born = *silence.borrow();
    let (send, mut late) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    // Reading goes on while earlier bytes wait, or the delay would also be a bottleneck.
    tokio::spawn(async move {
        while let Some((due, bytes)) = late.recv().await {
            sleep_until(due).await;
            if *silence.borrow() != born {
                // Black hole: keep both ends open, pass nothing.
                std::future::pending::<()>().await;
            }
            if to.write_all(&bytes).await.is_err() {
                return;
            }
        }
    });
    let mut bytes = vec![0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut bytes).await {
        if send.send((Instant::now() + delay, bytes[..length].to_vec())).is_err() {
            return;
        }
    }
}
