use super::reachable::{Way, way};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::{
    Request, Response,
    body::Bytes,
    header::{HOST, HeaderValue, USER_AGENT},
    http::uri::Scheme,
};
use hyper_util::rt::TokioIo;
use ipnet::IpNet;
use rustls::{ClientConfig, RootCertStore, pki_types::ServerName};
use std::{
    collections::HashMap,
    convert::Infallible,
    net::SocketAddr,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    sync::Semaphore,
    time::timeout,
};
use tokio_rustls::TlsConnector;

/// Longest answer, in bytes.
const LONGEST: usize = 512 * 1024;

/// From looking up the name to the last byte of the answer.
const DEADLINE: Duration = Duration::from_secs(8);

/// So long one address of several is tried.
const CONNECT: Duration = Duration::from_secs(3);

/// Conversations at one time. A server that answers slowly must not take more of ours.
const AT_ONCE: usize = 12;

/// Of these with one host, so that one that keeps silent leaves the others theirs.
const WITH_ONE: usize = 4;

/// So long one waits for a place.
const PATIENCE: Duration = Duration::from_secs(1);

/// Why there was no answer.
#[derive(Debug, Clone, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum Unreached {
    #[error("it is not an address of the web")]
    Address,
    #[error(
        "it begins with http://; outside networks that CANDOR_OUTBOUND_ALLOW names, only https:// is asked"
    )]
    Plain,
    #[error("its name is not known")]
    Name,
    #[error(
        "it lies in a private network or on an unusual port; CANDOR_OUTBOUND_ALLOW can name its network"
    )]
    Private,
    #[error("nothing answers there")]
    Silent,
    #[error("its certificate is not good, or it speaks no TLS")]
    Certificate,
    #[error("it did not answer in time")]
    Slow,
    #[error("its answer is too long")]
    TooLong,
    #[error("its answer is not understood")]
    Garbled,
    #[error("too much is being asked of other servers at the moment")]
    Busy,
}

/// Asks other servers. Cheap to clone.
#[derive(Clone)]
pub struct Outbound {
    allowed: Arc<[IpNet]>,
    places: Arc<Semaphore>,
    hosts: Arc<Mutex<HashMap<String, Arc<Semaphore>>>>,
    tls: Arc<OnceLock<Arc<ClientConfig>>>,
}

impl Outbound {
    /// With the networks that may be reached although they are not public.
    pub fn new(allowed: &[IpNet]) -> Self {
        Self {
            allowed: allowed.into(),
            places: Arc::new(Semaphore::new(AT_ONCE)),
            hosts: Arc::default(),
            tls: Arc::default(),
        }
    }

    /// Sends one request and reads the whole answer, whatever its status.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn fetch(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Unreached> {
        let host = self.host(request.uri().host().unwrap_or_default());
        // The host's first: whoever waits for a slow one waits in no other's way.
        let places = async { (host.acquire().await, self.places.acquire().await) };
        let _places = timeout(PATIENCE, places).await.map_err(|_| Unreached::Busy)?;
        timeout(DEADLINE, self.ask(request)).await.map_err(|_| Unreached::Slow)?
    }

    /// The places of one host.
    fn host(&self, name: &str) -> Arc<Semaphore> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        hosts.retain(|_, places| Arc::strong_count(places) > 1);
        let new = || Arc::new(Semaphore::new(WITH_ONE));
        Arc::clone(hosts.entry(name.to_ascii_lowercase()).or_insert_with(new))
    }

    async fn ask(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Unreached> {
        let uri = request.uri().clone();
        let authority = uri.authority().ok_or(Unreached::Address)?;
        let secure = match uri.scheme() {
            Some(scheme) if *scheme == Scheme::HTTPS => true,
            Some(scheme) if *scheme == Scheme::HTTP => false,
            _ => return Err(Unreached::Address),
        };
        let host = authority.host().trim_matches(['[', ']']);
        let port = authority.port_u16().unwrap_or(if secure { 443 } else { 80 });
        let stream = self.connect(host, port, secure).await?;
        let (mut parts, body) = request.into_parts();
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        parts.uri = path.parse().map_err(|_| Unreached::Address)?;
        // Whoever is put before the host for its own sake is not told to it.
        let named = authority.as_str().rsplit('@').next().unwrap_or_default();
        parts.headers.insert(HOST, HeaderValue::from_str(named).map_err(|_| Unreached::Address)?);
        parts.headers.insert(USER_AGENT, HeaderValue::from_static("Candor"));
        let request = Request::from_parts(parts, Full::new(Bytes::from(body)));
        if secure {
            let name = ServerName::try_from(host.to_owned()).map_err(|_| Unreached::Address)?;
            let stream = TlsConnector::from(self.tls()).connect(name, stream).await;
            converse(stream.map_err(|_| Unreached::Certificate)?, request).await
        } else {
            converse(stream, request).await
        }
    }

    /// Connects to an address that was judged, and to none that a second look-up could bring.
    async fn connect(&self, host: &str, port: u16, secure: bool) -> Result<TcpStream, Unreached> {
        let found = tokio::net::lookup_host((host, port)).await.map_err(|_| Unreached::Name)?;
        let mut failed = Unreached::Silent;
        for address in judged(found, secure, &self.allowed)? {
            match timeout(CONNECT, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(_)) => failed = Unreached::Silent,
                Err(_) => failed = Unreached::Slow,
            }
        }
        Err(failed)
    }

    /// Made when it is first wanted: reading the system's certificates takes a while.
    fn tls(&self) -> Arc<ClientConfig> {
        let make = || {
            let mut roots = RootCertStore::empty();
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let config = ClientConfig::builder_with_provider(provider)
                .with_safe_default_protocol_versions()
                .expect("the provider speaks TLS 1.2 and 1.3")
                .with_root_certificates(roots)
                .with_no_client_auth();
            Arc::new(config)
        };
        Arc::clone(self.tls.get_or_init(make))
    }
}

/// Those of a name's addresses that may be asked: one that is public vouches for none beside it.
fn judged(
    found: impl Iterator<Item = SocketAddr>,
    secure: bool,
    allowed: &[IpNet],
) -> Result<Vec<SocketAddr>, Unreached> {
    let ways = found.map(|address| (address, way(address.ip(), address.port(), allowed)));
    let mut ways: Vec<_> = ways.filter(|(_, way)| *way != Way::Never).collect();
    if ways.is_empty() {
        return Err(Unreached::Private);
    }
    ways.retain(|(_, way)| secure || *way == Way::Allowed);
    if ways.is_empty() {
        return Err(Unreached::Plain);
    }
    Ok(ways.into_iter().map(|(address, _)| address).collect())
}

async fn converse<S>(
    stream: S,
    request: Request<Full<Bytes>>,
) -> Result<Response<Vec<u8>>, Unreached>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = hyper::client::conn::http1::Builder::new()
        .max_buf_size(64 * 1024)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(|_| Unreached::Garbled)?;
    let exchange = async {
        let answer = sender.send_request(request).await.map_err(|_| Unreached::Garbled)?;
        let (parts, body) = answer.into_parts();
        let body = Limited::new(body, LONGEST).collect().await.map_err(|error| {
            if error.is::<LengthLimitError>() { Unreached::TooLong } else { Unreached::Garbled }
        })?;
        Ok(Response::from_parts(parts, body.to_bytes().to_vec()))
    };
    // The connection is driven beside the exchange, and dropped with it.
    let driven = async {
        let _ = connection.await;
        std::future::pending::<Infallible>().await
    };
    tokio::select! {
        answer = exchange => answer,
        never = driven => match never {},
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_name_with_public_and_inner_addresses_only_the_public_are_asked() {
        let found = ["10.0.0.1:443", "1.1.1.1:443", "[::1]:443", "[2606:4700::1111]:443"];
        let found = || found.iter().map(|address| address.parse::<SocketAddr>().unwrap());
        let asked = |secure, allowed: &[&str]| {
            let allowed: Vec<IpNet> = allowed.iter().map(|net| net.parse().unwrap()).collect();
            let judged = judged(found(), secure, &allowed).map_err(|error| error.to_string());
            judged.map(|all| all.iter().map(|address| address.ip().to_string()).collect::<Vec<_>>())
        };

        assert_eq!(asked(true, &[]).unwrap(), ["1.1.1.1", "2606:4700::1111"]);
        assert_eq!(asked(false, &[]).unwrap_err(), Unreached::Plain.to_string());
        assert_eq!(asked(false, &["10.0.0.0/8"]).unwrap(), ["10.0.0.1"]);
        let inner =
            found().filter(|address| address.ip().to_string() != "1.1.1.1" && address.is_ipv4());
        assert!(matches!(judged(inner, true, &[]), Err(Unreached::Private)));
    }
}
