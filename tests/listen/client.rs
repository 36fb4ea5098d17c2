//! A client that speaks HTTP/1.1 by hand, so that it can do so badly.

use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpSocket, TcpStream},
    time::timeout,
};

pub(crate) struct Client {
    pub(crate) stream: TcpStream,
    unread: Vec<u8>,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Client {
    pub(crate) async fn connect(address: SocketAddr) -> Self {
        Self { stream: TcpStream::connect(address).await.unwrap(), unread: Vec::new() }
    }

    pub(crate) async fn connect_from(source: &str, address: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(format!("{source}:0").parse().unwrap()).unwrap();
        Self { stream: socket.connect(address).await.unwrap(), unread: Vec::new() }
    }

    pub(crate) async fn send(&mut self, text: &str) {
        self.stream.write_all(text.as_bytes()).await.unwrap();
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n")).await;
        self.answer().await.expect("an answer")
    }

    pub(crate) async fn post(&mut self, path: &str) {
        self.send(&format!("POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n")).await;
    }

    /// The next answer of known length, or nothing when the connection ends before it is whole.
    pub(crate) async fn answer(&mut self) -> Option<Answer> {
        let end = loop {
            if let Some(at) = self.unread.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            self.more().await?;
        };
        let head = String::from_utf8(self.unread.drain(..end).collect()).unwrap().to_lowercase();
        let length = header(&head, "content-length").map_or(0, |length| length.parse().unwrap());
        while self.unread.len() < length {
            self.more().await?;
        }
        let body = String::from_utf8(self.unread.drain(..length).collect()).unwrap();
        Some(Answer { status: head[9..12].parse().unwrap(), head, body })
    }

    /// Whether the other side hangs up in time, whatever it says before.
    pub(crate) async fn is_closed_within(&mut self, time: Duration) -> bool {
        timeout(time, async { while self.more().await.is_some() {} }).await.is_ok()
    }

    /// Everything until the connection ends.
    pub(crate) async fn rest(mut self) -> String {
        while self.more().await.is_some() {}
        String::from_utf8(self.unread).unwrap()
    }

    async fn more(&mut self) -> Option<()> {
        let read = self.stream.read_buf(&mut self.unread).await;
        read.is_ok_and(|bytes| bytes > 0).then_some(())
    }
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}
