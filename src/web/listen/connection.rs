use super::{Limits, body, gate::Gate, places::Place, socket::Socket};
use axum::{Router, extract::ConnectInfo, http::Request, response::Response};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{convert::Infallible, net::SocketAddr, pin::pin, sync::Arc, time::Duration};
use tokio::{io::AsyncWriteExt as _, net::TcpStream, time::timeout};
use tower::Service as _;

/// Time for the request head on a connection that came in while we were closing.
const LAST_HEADER_WAIT: Duration = Duration::from_secs(1);

const NO_PLACE: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\n\
    retry-after: 1\r\n\
    connection: close\r\n\
    cache-control: no-store\r\n\
    content-type: text/plain; charset=utf-8\r\n\
    content-length: 43\r\n\r\n\
    Too many connections. Try again in a while\n";

/// How the node speaks HTTP.
pub(super) fn http(limits: &Limits) -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.header_wait)
        .max_header_size(limits.header_bytes)
        // hyper's own 400 kB for each connection would be 1.6 GB for all that may come.
        .max_buf_size(limits.header_bytes.max(64 * 1024));
    http
}

/// Answers the requests of one connection until it closes, fails or is abandoned.
pub(super) async fn converse(gate: Arc<Gate>, stream: TcpStream, peer: SocketAddr, place: Place) {
    let closing = gate.shutdown.is_cancelled();
    let mut http = gate.http.clone();
    if closing {
        // It waited in the kernel's queue while shutdown began: its one request is still answered.
        let wait = gate.limits.header_wait.min(LAST_HEADER_WAIT);
        http.keep_alive(false).header_read_timeout(wait);
    }
    let socket = TokioIo::new(Socket::new(stream, &gate.limits));
    let service = service_fn(|request| answer(gate.router.clone(), request, peer, &gate.limits));
    let mut connection = pin!(http.serve_connection(socket, service));
    let ended = async {
        if closing {
            return connection.await;
        }
        tokio::select! {
            // First the connection, so that a request that has arrived counts as under way.
            biased;
            ended = connection.as_mut() => ended,
            () = gate.shutdown.cancelled() => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        }
    };
    tokio::select! {
        ended = ended => if let Err(error) = ended {
            // Clients leave, stall and send nonsense all day: nothing for an administrator to do.
            tracing::debug!(%error, "A connection ended early");
        },
        () = gate.abandoned.cancelled() => {}
    }
    drop(place);
}

/// Tells a client that there is no place for it.
pub(super) async fn turn_away(stream: TcpStream, limits: &Limits) {
    // An answer that comes before the question is an error to many clients.
    if timeout(limits.linger, stream.readable()).await.is_ok() {
        let mut socket = Socket::new(stream, limits);
        if socket.write_all(NO_PLACE).await.is_ok() {
            // A client that does not hear it is gone, which is what was asked of it.
            let _ = socket.shutdown().await;
        }
    }
}

async fn answer(
    mut router: Router,
    request: Request<Incoming>,
    peer: SocketAddr,
    limits: &Limits,
) -> Result<Response, Infallible> {
    let (mut request, late) = body::paced(request, limits.body);
    request.extensions_mut().insert(ConnectInfo(peer));
    router.call(request).await.map(|response| late.or(response))
}
