//! Which addresses may be connected to.
//!
//! The rule: nothing private and nothing special, unless the operator named its network. A page must not be able to send
//! claimwatch to a machine that only claimwatch can reach, neither by its address, nor by a redirect, nor through a name.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

pub(crate) use super::guard::is_localhost;
pub use super::guard::{Guard, Refusal};

/// A network in CIDR notation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// The first address.
    pub address: IpAddr,
    /// The length of the prefix in bits.
    pub prefix: u8,
}

impl Network {
    const fn v4(a: u8, b: u8, c: u8, prefix: u8) -> Self {
        Self {
            address: IpAddr::V4(Ipv4Addr::new(a, b, c, 0)),
            prefix,
        }
    }

    const fn v6(a: u16, b: u16, c: u16, prefix: u8) -> Self {
        Self {
            address: IpAddr::V6(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0)),
            prefix,
        }
    }

    /// Whether the address lies in the network. An IPv4 address is not in an IPv6 network, nor the other way round.
    #[must_use]
    pub fn contains(&self, ip: IpAddr) -> bool {
        match (self.address, ip) {
            (IpAddr::V4(_), IpAddr::V4(_)) | (IpAddr::V6(_), IpAddr::V6(_)) => {
                self.cut(ip) == self.cut(self.address)
            }
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }

    /// The address with the bits past the prefix cleared.
    fn cut(&self, ip: IpAddr) -> IpAddr {
        let prefix = u32::from(self.prefix);
        match ip {
            IpAddr::V4(ip) => {
                let mask = u32::MAX
                    .checked_shl(32_u32.saturating_sub(prefix))
                    .unwrap_or(0);
                IpAddr::V4(Ipv4Addr::from_bits(ip.to_bits() & mask))
            }
            IpAddr::V6(ip) => {
                let mask = u128::MAX
                    .checked_shl(128_u32.saturating_sub(prefix))
                    .unwrap_or(0);
                IpAddr::V6(Ipv6Addr::from_bits(ip.to_bits() & mask))
            }
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

/// Why a text is not a network; the message says what to write.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a network: {why}")]
pub struct NetworkError {
    text: String,
    why: String,
}

impl FromStr for Network {
    type Err = NetworkError;

    /// Reads `10.1.0.0/16` or `fd00::/8`; a single address is a network of its own.
    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let wrong = |why: String| NetworkError {
            text: text.to_owned(),
            why,
        };
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| {
            wrong(String::from(
                "write an IP address and the length of its prefix, such as `10.1.0.0/16`",
            ))
        })?;
        let bits = if address.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            None => bits,
            Some(prefix) => match prefix.parse() {
                Ok(prefix) if prefix <= bits => prefix,
                Ok(_) | Err(_) => {
                    return Err(wrong(format!(
                        "the length of the prefix must be 0 to {bits}"
                    )));
                }
            },
        };
        let network = Self { address, prefix };
        let first = network.cut(address);
        if first != address {
            return Err(wrong(format!(
                "the address has bits past the prefix; did you mean `{first}/{prefix}`?"
            )));
        }
        Ok(network)
    }
}

/// The special networks of IPv4 (IANA's registry and what it grew from).
const SPECIAL_V4: [Network; 15] = [
    Network::v4(0, 0, 0, 8),       // this host
    Network::v4(10, 0, 0, 8),      // private
    Network::v4(100, 64, 0, 10),   // carrier-grade NAT
    Network::v4(127, 0, 0, 8),     // loopback
    Network::v4(169, 254, 0, 16),  // link-local; clouds serve their keys there
    Network::v4(172, 16, 0, 12),   // private
    Network::v4(192, 0, 0, 24),    // protocol assignments
    Network::v4(192, 0, 2, 24),    // documentation
    Network::v4(192, 88, 99, 24),  // 6to4 relays
    Network::v4(192, 168, 0, 16),  // private
    Network::v4(198, 18, 0, 15),   // benchmarks
    Network::v4(198, 51, 100, 24), // documentation
    Network::v4(203, 0, 113, 24),  // documentation
    Network::v4(224, 0, 0, 4),     // multicast
    Network::v4(240, 0, 0, 4),     // reserved, and broadcast
];

/// The special networks of IPv6. Addresses that stand for an IPv4 address are judged by that one before.
const SPECIAL_V6: [Network; 13] = [
    Network::v6(0, 0, 0, 96),          // unspecified, loopback, IPv4-compatible
    Network::v6(0x64, 0xff9b, 1, 48),  // local-use translation
    Network::v6(0x100, 0, 0, 64),      // discard
    Network::v6(0x2001, 0, 0, 23),     // protocol assignments, Teredo among them
    Network::v6(0x2001, 0xdb8, 0, 32), // documentation
    Network::v6(0x2002, 0, 0, 16),     // 6to4
    Network::v6(0x3fff, 0, 0, 20),     // documentation
    Network::v6(0x5f00, 0, 0, 16),     // segment routing
    Network::v6(0xfc00, 0, 0, 7),      // unique local
    Network::v6(0xfe80, 0, 0, 10),     // link-local
    Network::v6(0xfec0, 0, 0, 10),     // site-local
    Network::v6(0xff00, 0, 0, 8),      // multicast
    Network::v6(0x100, 0, 1, 48 + 16), // dummy prefix
];

/// Whether the address is private or special.
///
/// ```
/// use claimwatch::fetch::address::is_forbidden;
///
/// assert!(is_forbidden("10.1.2.3".parse().unwrap()));
/// assert!(is_forbidden("::ffff:10.1.2.3".parse().unwrap()));
/// assert!(!is_forbidden("198.41.0.4".parse().unwrap()));
/// ```
#[must_use]
pub fn is_forbidden(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(_) => SPECIAL_V4.iter().any(|network| network.contains(ip)),
        IpAddr::V6(v6) => match stands_for(v6) {
            Some(v4) => is_forbidden(IpAddr::V4(v4)),
            None => SPECIAL_V6.iter().any(|network| network.contains(ip)),
        },
    }
}

/// The IPv4 address that an IPv6 address is another spelling of: mapped (`::ffff:0/96`) or translated (`64:ff9b::/96`).
///
/// 6to4 and Teredo carry IPv4 addresses too, but lead through relays of strangers: they are forbidden as a whole.
fn stands_for(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let [.., a, b, c, d] = ip.octets();
    let translated = Network::v6(0x64, 0xff9b, 0, 96).contains(IpAddr::V6(ip));
    ip.to_ipv4_mapped()
        .or_else(|| translated.then(|| Ipv4Addr::new(a, b, c, d)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    /// The first and the last address of every special network, and the neighbours that are not special.
    const SPECIAL: [(&str, &str); 31] = [
        ("0.0.0.0", "0.255.255.255"),
        ("10.0.0.0", "10.255.255.255"),
        ("100.64.0.0", "100.127.255.255"),
        ("127.0.0.0", "127.255.255.255"),
        ("169.254.0.0", "169.254.255.255"),
        ("172.16.0.0", "172.31.255.255"),
        ("192.0.0.0", "192.0.0.255"),
        ("192.0.2.0", "192.0.2.255"),
        ("192.88.99.0", "192.88.99.255"),
        ("192.168.0.0", "192.168.255.255"),
        ("198.18.0.0", "198.19.255.255"),
        ("198.51.100.0", "198.51.100.255"),
        ("203.0.113.0", "203.0.113.255"),
        ("224.0.0.0", "239.255.255.255"),
        ("240.0.0.0", "255.255.255.255"),
        ("::", "::"),
        ("::1", "::1"),
        ("::7f00:1", "::ffff:ffff"),
        ("::ffff:10.0.0.0", "::ffff:127.0.0.2"),
        ("64:ff9b::10.0.0.1", "64:ff9b::7f00:2"),
        ("64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"),
        ("100::", "100::ffff:ffff:ffff:ffff"),
        ("2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ];

    const PUBLIC: [&str; 33] = [
        "1.0.0.0",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "191.255.255.255",
        "192.0.1.0",
        "192.0.3.0",
        "192.88.98.255",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "198.51.99.255",
        "203.0.112.255",
        "203.0.114.0",
        "223.255.255.255",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
        "2001:200::",
        "2001:db7:ffff::",
        "2001:db9::",
        "2003::",
        "2a00:1450::1",
        "3ffe::",
        "4000::",
        "fbff::",
    ];

    #[test]
    fn every_special_network_is_forbidden_from_end_to_end() {
        for (first, last) in SPECIAL {
            assert!(is_forbidden(ip(first)), "{first}");
            assert!(is_forbidden(ip(last)), "{last}");
        }
    }

    #[test]
    fn their_neighbours_are_not() {
        for address in PUBLIC {
            assert!(!is_forbidden(ip(address)), "{address}");
        }
    }

    #[test]
    fn a_network_is_read_as_it_is_written() {
        for text in [
            "10.1.0.0/16",
            "127.0.0.1/32",
            "0.0.0.0/0",
            "fd00::/8",
            "::/0",
            "::1/128",
        ] {
            assert_eq!(
                text.parse::<Network>().map(|network| network.to_string()),
                Ok(text.to_owned())
            );
        }
        assert_eq!("127.0.0.1".parse::<Network>().unwrap().prefix, 32);
    }

    #[test]
    fn a_mistyped_network_is_told_with_what_to_write() {
        let told = |text: &str| text.parse::<Network>().unwrap_err().to_string();

        assert_eq!(
            told("10.1.2.3/16"),
            "`10.1.2.3/16` is not a network: the address has bits past the prefix; did you mean `10.1.0.0/16`?"
        );
        assert_eq!(
            told("10.0.0.0/33"),
            "`10.0.0.0/33` is not a network: the length of the prefix must be 0 to 32"
        );
        assert!(told("fd00::/129").ends_with("must be 0 to 128"));
        assert!(told("10.0.0.0/-1").ends_with("must be 0 to 32"));
        assert!(told("office").ends_with("such as `10.1.0.0/16`"));
        assert!(told("10.1/16").ends_with("such as `10.1.0.0/16`"));
    }
}
