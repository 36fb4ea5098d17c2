//! A mail server that takes everything and keeps count.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

#[derive(Clone)]
pub(crate) struct PostOffice {
    pub(crate) address: SocketAddr,
    /// The Message-ID of each mail that was handed in.
    mails: Arc<Mutex<Vec<String>>>,
}

impl PostOffice {
    pub(crate) async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let office = Self { address: listener.local_addr().unwrap(), mails: Arc::default() };
        let counter = office.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(serve(client, counter.clone()));
            }
        });
        office
    }

    pub(crate) fn mails(&self) -> Vec<String> {
        self.mails.lock().unwrap().clone()
    }
}

async fn serve(client: TcpStream, office: PostOffice) -> std::io::Result<()> {
    let (read, mut write) = client.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 office\r\n").await?;
    let (mut in_mail, mut id) = (false, String::new());
    while let Some(line) = lines.next_line().await? {
        let verb = line.get(..4).unwrap_or_default().to_uppercase();
        let answer = match (in_mail, verb.as_str()) {
            (true, _) if line == "." => {
                in_mail = false;
                office.mails.lock().unwrap().push(std::mem::take(&mut id));
                "250 taken"
            }
            (true, _) => {
                if let Some(found) = line.strip_prefix("Message-ID: ") {
                    found.clone_into(&mut id);
                }
                continue;
            }
            (false, "DATA") => {
                in_mail = true;
                "354 go on"
            }
            (false, "QUIT") => "221 bye",
            (false, _) => "250 yes",
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}
