use super::{Limits, patience::Patience};
use std::{
    future::Future,
    io::{self, IoSlice},
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::Sleep,
};

/// A connection that gives up on a client who does not read, and closes so that the last answer
/// arrives.
///
/// Closing a socket while the client is still sending (a head too large, a body refused) resets the
/// connection, and the client never sees why. So closing here means: say goodbye, then throw away
/// what still comes until the client closes too, or [`Limits::linger`] is over.
pub(super) struct Socket {
    stream: TcpStream,
    reader: Patience,
    linger: Duration,
    /// Set once we have closed our side: when to hang up.
    hang_up: Option<Pin<Box<Sleep>>>,
}

impl Socket {
    /// Takes over a new connection and sets what it needs of the system.
    pub(super) fn new(stream: TcpStream, limits: &Limits) -> Self {
        // Neither can fail but on a connection that is gone already, which the first read will tell.
        let _ = stream.set_nodelay(true);
        // Our own timer ends where the kernel's buffer begins: what lies in there for a client that
        // has vanished, or has stopped reading, would otherwise stay for a quarter of an hour.
        #[cfg(target_os = "linux")]
        let _ = socket2::SockRef::from(&stream).set_tcp_user_timeout(Some(limits.write.idle));
        Self { stream, reader: Patience::new(limits.write), linger: limits.linger, hang_up: None }
    }

    fn wrote(
        &mut self,
        cx: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        match &written {
            Poll::Ready(Ok(bytes)) => self.reader.moved(*bytes),
            Poll::Ready(Err(_)) => {}
            Poll::Pending => {
                ready!(self.reader.poll_exhausted(cx));
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
        }
        written
    }

    /// Reads and forgets until the client closes too.
    fn poll_forget(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let mut scrap = [0; 4096];
        loop {
            let mut buffer = ReadBuf::new(&mut scrap);
            match ready!(Pin::new(&mut self.stream).poll_read(cx, &mut buffer)) {
                Ok(()) if !buffer.filled().is_empty() => {}
                _ => return Poll::Ready(()),
            }
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.wrote(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.wrote(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.hang_up.is_none() {
            ready!(Pin::new(&mut self.stream).poll_shutdown(cx))?;
            self.hang_up = Some(Box::pin(tokio::time::sleep(self.linger)));
        }
        let forgotten = self.poll_forget(cx);
        match &mut self.hang_up {
            Some(end) if forgotten.is_pending() => end.as_mut().poll(cx).map(Ok),
            _ => Poll::Ready(Ok(())),
        }
    }
}
