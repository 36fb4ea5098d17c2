//! Which addresses may be reached.

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Ports of the web, on which strangers may be asked.
const PORTS: [u16; 3] = [80, 443, 8443];

const fn v4(a: u8, b: u8, c: u8, length: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, 0), length)
}

const fn v6(a: u16, b: u16, length: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, 0, 0, 0, 0, 0, 0), length)
}

/// What is not the public internet (IANA's registry of special-purpose addresses, and multicast).
const SPECIAL_V4: [Ipv4Net; 15] = [
    v4(0, 0, 0, 8),
    v4(10, 0, 0, 8),
    v4(100, 64, 0, 10),
    v4(127, 0, 0, 8),
    v4(169, 254, 0, 16),
    v4(172, 16, 0, 12),
    v4(192, 0, 0, 24),
    v4(192, 0, 2, 24),
    v4(192, 88, 99, 24),
    v4(192, 168, 0, 16),
    v4(198, 18, 0, 15),
    v4(198, 51, 100, 24),
    v4(203, 0, 113, 24),
    v4(224, 0, 0, 4),
    v4(240, 0, 0, 4),
];

/// All that is handed out of IPv6 lies here: loopback, local, mapped and translated addresses do not.
const GLOBAL_V6: Ipv6Net = v6(0x2000, 0, 3);

/// And of that not these: protocol assignments with Teredo, documentation twice, 6to4.
const SPECIAL_V6: [Ipv6Net; 4] =
    [v6(0x2001, 0, 23), v6(0x2001, 0xdb8, 32), v6(0x3fff, 0, 20), v6(0x2002, 0, 16)];

/// How an address may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// The operator allows its network: any port, and without TLS.
    Allowed,
    /// It is on the public internet.
    Public,
    /// It is neither.
    Never,
}

pub(super) fn way(address: IpAddr, port: u16, allowed: &[IpNet]) -> Way {
    let address = address.to_canonical();
    if allowed.iter().any(|network| network.contains(&address)) {
        return Way::Allowed;
    }
    let public = match address {
        IpAddr::V4(address) => !SPECIAL_V4.iter().any(|network| network.contains(&address)),
        IpAddr::V6(address) => {
            GLOBAL_V6.contains(&address)
                && !SPECIAL_V6.iter().any(|network| network.contains(&address))
        }
    };
    if public && PORTS.contains(&port) { Way::Public } else { Way::Never }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(address: &str) -> Way {
        way(address.parse().unwrap(), 443, &[])
    }

    #[test]
    fn nothing_but_the_public_internet_is_reached() {
        for public in ["1.1.1.1", "100.63.255.255", "172.32.0.1", "2606:4700::1111", "2a00::1"] {
            assert_eq!(of(public), Way::Public, "{public}");
        }
        for special in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.31.255.255",
            "192.168.1.1",
            "198.19.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "fc00::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "3fff::1",
            "100::1",
        ] {
            assert_eq!(of(special), Way::Never, "{special}");
        }
    }

    #[test]
    fn other_ports_and_private_networks_are_for_the_operator_to_allow() {
        let inside = [IpNet::V4(v4(10, 0, 0, 8))];

        assert_eq!(way("1.1.1.1".parse().unwrap(), 5432, &inside), Way::Never);
        assert_eq!(way("10.1.2.3".parse().unwrap(), 5432, &inside), Way::Allowed);
        assert_eq!(way("::ffff:10.1.2.3".parse().unwrap(), 443, &inside), Way::Allowed);
        assert_eq!(way("192.168.1.1".parse().unwrap(), 443, &inside), Way::Never);
    }
}
