//! Where a request came from.

use axum::http::{HeaderMap, HeaderName};
use ipnet::IpNet;
use std::net::IpAddr;

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
        let hop = hop.parse::<IpAddr>().ok()?.to_canonical();
        if !is_proxy(&hop) {
            return Some(hop);
        }
    }
    None
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
    fn where_only_proxies_are_known_nobody_is() {
        let proxies = ["10.0.0.0/8"];
        assert_eq!(from("10.0.0.1", &[], &proxies), None);
        assert_eq!(from("10.0.0.1", &["10.0.0.2"], &proxies), None);
        assert_eq!(from("10.0.0.1", &["192.0.2.7, unknown"], &proxies), None);
    }
}
