//! Where a request came from.

use axum::http::{HeaderMap, HeaderName};
use ipnet::IpNet;
use std::net::{IpAddr, SocketAddr};

static FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address of the client: the other end of the socket, or, where that is a proxy the operator
/// trusts, the last address in `X-Forwarded-For` that is not. What stands further left was written by
/// the client itself and is not believed. `None` where nothing but proxies is known.
pub(super) fn address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> Option<IpAddr> {
    let is_proxy = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let peer = peer.to_canonical();
    if !is_proxy(&peer) {
        return Some(peer);
    }
    // Several headers are one list, in their order (RFC 9110, 5.3).
    let lines = headers.get_all(&FORWARDED_FOR).iter().map(|line| line.to_str().unwrap_or("?"));
    let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    for hop in hops.into_iter().rev() {
        // A proxy that is trusted and writes something else than an address: nobody is known.
        let hop = hop_of(hop)?.to_canonical();
        if !is_proxy(&hop) {
            return Some(hop);
        }
    }
    None
}

/// The address of one hop. Some proxies write a port behind it, and an address of version 6 in brackets, as
/// in `Forwarded` (RFC 7239, 6).
fn hop_of(written: &str) -> Option<IpAddr> {
    let bare = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let address = bare.unwrap_or(written).parse();
    address.or_else(|_| written.parse().map(|socket: SocketAddr| socket.ip())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(peer: &str, forwarded: &[&str], trusted: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(&FORWARDED_FOR, line.parse().unwrap());
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        address(peer.parse().unwrap(), &headers, &trusted).map(|address| address.to_string())
    }

    #[test]
    fn what_a_stranger_claims_is_not_believed() {
        let claims = ["198.51.100.1"];
        assert_eq!(from("192.0.2.7", &claims, &["10.0.0.0/8"]).unwrap(), "192.0.2.7");
        assert_eq!(from("192.0.2.7", &claims, &[]).unwrap(), "192.0.2.7");
    }

    #[test]
    fn behind_a_proxy_the_last_stranger_counts() {
        let proxies = ["10.0.0.0/8"];
        assert_eq!(from("10.0.0.1", &["192.0.2.7"], &proxies).unwrap(), "192.0.2.7");
        let chain = ["6.6.6.6, 192.0.2.7, 10.0.0.2"];
        assert_eq!(from("10.0.0.1", &chain, &proxies).unwrap(), "192.0.2.7");
        let lines = ["6.6.6.6", "192.0.2.7", "10.0.0.2"];
        assert_eq!(from("::ffff:10.0.0.1", &lines, &proxies).unwrap(), "192.0.2.7");
    }

    #[test]
    fn a_port_behind_the_address_is_not_part_of_it() {
        let proxies = ["10.0.0.0/8"];
        let seen = |hop: &str| from("10.0.0.1", &[hop], &proxies);
        assert_eq!(seen("192.0.2.7:50712").unwrap(), "192.0.2.7");
        assert_eq!(seen("[2001:db8::7]:50712").unwrap(), "2001:db8::7");
        assert_eq!(seen("[2001:db8::7]").unwrap(), "2001:db8::7");
        assert_eq!(seen("2001:db8::7").unwrap(), "2001:db8::7");
        assert_eq!(seen("[192.0.2.7"), None);
        assert_eq!(seen("192.0.2.7:http"), None);
    }

    #[test]
    fn where_only_proxies_are_known_nobody_is() {
        let proxies = ["10.0.0.0/8"];
        assert_eq!(from("10.0.0.1", &[], &proxies), None);
        assert_eq!(from("10.0.0.1", &["10.0.0.2"], &proxies), None);
        assert_eq!(from("10.0.0.1", &["192.0.2.7, unknown"], &proxies), None);
    }
}
