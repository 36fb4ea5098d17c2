use std::{net::IpAddr, sync::Arc, time::Duration};

/// Says which peer addresses are not counted against [`Limits::connections_per_address`].
pub type Exempt = Arc<dyn Fn(IpAddr) -> bool + Send + Sync>;

/// What a client may take of this node before it is turned away or hung up on.
#[derive(Clone)]
pub struct Limits {
    /// Connections to this node at one time. Each event stream is one.
    pub connections: usize,
    /// Connections from one peer at one time: an IPv4 address or an IPv6 network of 64 bits, which
    /// is what one household gets. The peer is the other end of the socket; what a proxy claims in
    /// a header is not believed here.
    pub connections_per_address: usize,
    /// Peers that only [`connections`](Self::connections) bounds. By default those on loopback: there
    /// sits a reverse proxy, and all its visitors come from that one address; whoever else can
    /// connect from this machine has easier ways to disturb it. A proxy elsewhere (another
    /// container) must be named by the caller.
    pub exempt: Exempt,
    /// Size of a request line with its headers, in bytes; more is answered with 431.
    pub header_bytes: usize,
    /// Time for a whole request head to arrive, and so also for an idle connection to ask again.
    pub header_wait: Duration,
    /// How fast a request body must arrive; slower is answered with 408.
    pub body: Pace,
    /// How fast an answer must be taken; slower is cut off.
    pub write: Pace,
    /// Time a client gets to read our last words and close its side before we hang up.
    pub linger: Duration,
    /// Time for requests and deeds under way to finish after shutdown began.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 4096,
            connections_per_address: 256,
            exempt: Arc::new(|peer| peer.is_loopback()),
            header_bytes: 32 * 1024,
            header_wait: Duration::from_secs(10),
            // 64 kbit/s: a photo from a train gets through, a byte every nine seconds does not.
            body: Pace {
                idle: Duration::from_secs(10),
                total: Duration::from_secs(30),
                bytes_per_second: 8 * 1024,
            },
            write: Pace {
                idle: Duration::from_secs(30),
                total: Duration::from_secs(30),
                bytes_per_second: 2 * 1024,
            },
            linger: Duration::from_secs(2),
            drain: Duration::from_secs(10),
        }
    }
}

/// How long a client may keep us waiting. Only waiting counts: a handler that is slow to read, or
/// has nothing to say, costs its client nothing.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// The longest single wait.
    pub idle: Duration,
    /// The longest sum of waits before a byte has moved.
    pub total: Duration,
    /// So many bytes moved add a second to `total`; without it a big upload over a slow line could
    /// not be told from an attack.
    pub bytes_per_second: u64,
}
