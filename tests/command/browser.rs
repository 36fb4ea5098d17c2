//! As much of a browser as these tests need: one request, one connection, a cookie.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

pub(crate) struct Browser {
    address: SocketAddr,
    cookie: String,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) text: String,
}

impl Browser {
    pub(crate) fn new(address: SocketAddr) -> Self {
        Self { address, cookie: String::new() }
    }

    /// Signs in, or says what the server answered.
    pub(crate) fn sign_in(&mut self, login: &str, password: &str) -> Answer {
        let answer =
            self.post("/sign-in", &format!("login={login}&password={password}&back=")).unwrap();
        if let Some(cookie) = answer.header("set-cookie: candor=") {
            self.cookie = format!("candor={}", cookie.split(';').next().unwrap());
        }
        answer
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "").unwrap()
    }

    pub(crate) fn post(&self, path: &str, form: &str) -> io::Result<Answer> {
        self.send("POST", path, form)
    }

    fn send(&self, method: &str, path: &str, body: &str) -> io::Result<Answer> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        let (address, cookie, length) = (self.address, &self.cookie, body.len());
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: {address}\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\
             cookie: {cookie}\r\nconnection: close\r\n\r\n{body}"
        )?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let status = text.get(9..12).and_then(|status| status.parse().ok());
        let status = status.ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok(Answer { status, text })
    }
}

impl Answer {
    /// The rest of the header line that begins so.
    pub(crate) fn header(&self, beginning: &str) -> Option<&str> {
        self.text.lines().find_map(|line| {
            let head = line.get(..beginning.len())?;
            head.eq_ignore_ascii_case(beginning).then(|| &line[beginning.len()..])
        })
    }
}
