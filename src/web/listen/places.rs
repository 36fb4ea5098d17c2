use super::{Exempt, Limits};
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The connections of this node, counted.
pub(super) struct Places {
    all: usize,
    per_address: usize,
    exempt: Exempt,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// One counted connection; dropping it frees the place.
pub(super) struct Place {
    places: Arc<Places>,
    address: Option<IpAddr>,
}

impl Places {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            all: limits.connections,
            per_address: limits.connections_per_address,
            exempt: limits.exempt.clone(),
            taken: Mutex::default(),
        }
    }

    /// A place for a connection from `peer`, unless the node or that address has all it may have.
    pub(super) fn take(self: &Arc<Self>, peer: IpAddr) -> Option<Place> {
        let address = (!(self.exempt)(peer)).then(|| household(peer));
        let mut taken = self.taken();
        if taken.all >= self.all {
            return None;
        }
        if let Some(address) = address {
            let from_here = taken.by_address.entry(address).or_default();
            if *from_here >= self.per_address {
                return None;
            }
            *from_here += 1;
        }
        taken.all += 1;
        Some(Place { places: self.clone(), address })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        // Nothing in here can panic half-way through a change.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        taken.all -= 1;
        if let Some(address) = self.address
            && let Some(from_here) = taken.by_address.get_mut(&address)
        {
            *from_here -= 1;
            if *from_here == 0 {
                taken.by_address.remove(&address);
            }
        }
    }
}

/// The address, or the network of 64 bits for IPv6: one subscriber has 2^64 addresses in it.
fn household(peer: IpAddr) -> IpAddr {
    match peer {
        IpAddr::V4(_) => peer,
        IpAddr::V6(peer) => Ipv6Addr::from_bits(peer.to_bits() >> 64 << 64).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(all: usize, per_address: usize) -> Arc<Places> {
        Arc::new(Places::new(&Limits {
            connections: all,
            connections_per_address: per_address,
            ..Limits::default()
        }))
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn one_ipv6_network_is_one_client() {
        let places = places(10, 1);
        let _first = places.take(ip("2001:db8::1")).unwrap();
        assert!(places.take(ip("2001:db8::2")).is_none());
        assert!(places.take(ip("2001:db8:0:1::1")).is_some());
    }

    #[test]
    fn a_place_returns_and_leaves_no_trace() {
        let places = places(10, 1);
        drop(places.take(ip("192.0.2.1")).unwrap());
        assert!(places.taken().by_address.is_empty());
        assert_eq!(places.taken().all, 0);
        assert!(places.take(ip("192.0.2.1")).is_some());
    }

    #[test]
    fn one_address_too_many_takes_nothing_from_the_node() {
        let places = places(2, 1);
        let _first = places.take(ip("192.0.2.1")).unwrap();
        assert!(places.take(ip("192.0.2.1")).is_none());
        let _second = places.take(ip("192.0.2.2")).unwrap();
        assert!(places.take(ip("192.0.2.3")).is_none());
    }

    #[test]
    fn loopback_is_bounded_by_the_node_alone() {
        let places = places(2, 1);
        let _held = [places.take(ip("127.0.0.1")).unwrap(), places.take(ip("127.0.0.1")).unwrap()];
        assert!(places.take(ip("127.0.0.1")).is_none());
    }
}
