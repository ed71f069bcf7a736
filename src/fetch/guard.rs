//! Judges where connections go: addresses as they are written, and names by what they are found to be.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use super::address::{Network, is_forbidden};

/// Decides where connections may go.
#[derive(Debug, Clone)]
pub struct Guard {
    allow: Vec<Network>,
    loopback: Loopback,
}

/// What becomes of addresses of this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Loopback {
    /// As of any other special network.
    Special,
    /// Allowed where the host was written as one: `localhost`, `127.0.0.1`, `[::1]`.
    WhereWritten,
}

impl Guard {
    /// For pages, whose addresses come from anywhere: nothing special but the networks in `allow`.
    #[must_use]
    pub fn for_pages(allow: &[Network]) -> Self {
        Self {
            allow: allow.to_vec(),
            loopback: Loopback::Special,
        }
    }

    /// For receivers, whose addresses the operator wrote: this machine too, where it is written as such. A name that only
    /// turns out to be this machine is refused as for pages.
    #[must_use]
    pub fn for_receivers(allow: &[Network]) -> Self {
        Self {
            allow: allow.to_vec(),
            loopback: Loopback::WhereWritten,
        }
    }

    /// For proxies, which the operator chose: anything.
    #[must_use]
    pub fn for_proxies() -> Self {
        let all = |address: IpAddr| Network { address, prefix: 0 };
        Self {
            allow: vec![
                all(Ipv4Addr::UNSPECIFIED.into()),
                all(Ipv6Addr::UNSPECIFIED.into()),
            ],
            loopback: Loopback::WhereWritten,
        }
    }

    /// Judges an address that is written as such, in whatever spelling; names are judged by [`Guard::check_answer`] when
    /// they are looked up.
    ///
    /// # Errors
    /// When the address is forbidden.
    pub fn check_url(&self, url: &Url) -> Result<(), Refusal> {
        let address = match url.host() {
            Some(Host::Ipv4(ip)) => IpAddr::V4(ip),
            Some(Host::Ipv6(ip)) => IpAddr::V6(ip),
            Some(Host::Domain(_)) | None => return Ok(()),
        };
        if self.loopback == Loopback::WhereWritten && address.is_loopback() {
            return Ok(());
        }
        self.check(&address.to_string(), address)
    }

    /// Judges what a name was found to be. One forbidden address refuses the name: an answer that mixes is an attack or a
    /// mistake, and which of its addresses is connected to is chance.
    ///
    /// # Errors
    /// When an address is forbidden.
    pub fn check_answer(&self, name: &str, addresses: &[IpAddr]) -> Result<(), Refusal> {
        let local = self.loopback == Loopback::WhereWritten && is_localhost(name);
        for address in addresses {
            if !(local && address.is_loopback()) {
                self.check(name, *address)?;
            }
        }
        Ok(())
    }

    fn check(&self, host: &str, address: IpAddr) -> Result<(), Refusal> {
        // A mapped address is the IPv4 address on the wire; a translated one is not, it goes to the translator.
        let on_the_wire = address.to_canonical();
        let allowed = self
            .allow
            .iter()
            .any(|network| network.contains(address) || network.contains(on_the_wire));
        if allowed || !is_forbidden(address) {
            return Ok(());
        }
        Err(Refusal {
            host: host.to_owned(),
            address,
        })
    }
}

/// Whether the name means this machine by definition.
pub(crate) fn is_localhost(name: &str) -> bool {
    name.strip_suffix('.')
        .unwrap_or(name)
        .eq_ignore_ascii_case("localhost")
}

/// A host that lies in a forbidden network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Refusal {
    /// The name or address that was asked for.
    pub host: String,
    /// The address it has.
    pub address: IpAddr,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = self.address.to_string();
        if self.host == address {
            write!(f, "{address} is a private or special address")?;
        } else {
            write!(
                f,
                "`{}` is at {address}, a private or special address",
                self.host
            )?;
        }
        f.write_str(" (`fetch.allow_networks` names the networks that may be asked)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn refused(guard: &Guard, url: &str) -> bool {
        guard.check_url(&Url::parse(url).unwrap()).is_err()
    }

    #[test]
    fn no_spelling_of_an_address_gets_past() {
        let guard = Guard::for_pages(&["127.0.0.1/32".parse().unwrap()]);

        for url in [
            "http://127.0.0.2/",
            "http://2130706434/",
            "http://0x7f000002/",
            "http://0177.0.0.2/",
            "http://127.2/",
            "http://0/",
            "http://127.0.0.1@127.0.0.2/",
            "http://127.0.0.2#@127.0.0.1/",
            "http://127.0.0.2./",
            "http://127\u{3002}0\u{3002}0\u{3002}2/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.2]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[fd00::1]/",
            "http://169.254.169.254/latest/",
            "http://%31%32%37.0.0.2/",
            "http://①②⑦.0.0.2/",
        ] {
            assert!(refused(&guard, url), "{url}");
        }
        assert!(!refused(&guard, "http://127.0.0.1/"));
        assert!(
            !refused(&guard, "http://127.0.0.1\\@127.0.0.2/"),
            "the host ends at the backslash"
        );
        assert!(
            !refused(&guard, "http://[::ffff:127.0.0.1]/"),
            "the same address on the wire"
        );
        assert!(!refused(&guard, "http://2130706433/"));
    }

    #[test]
    fn one_bad_address_refuses_the_name() {
        let guard = Guard::for_pages(&[]);

        assert!(
            guard
                .check_answer("news.example", &[ip("198.41.0.4"), ip("2a00:1450::1")])
                .is_ok()
        );
        let refusal = guard
            .check_answer("news.example", &[ip("198.41.0.4"), ip("10.0.0.7")])
            .unwrap_err();
        assert_eq!(
            refusal.to_string(),
            "`news.example` is at 10.0.0.7, a private or special address (`fetch.allow_networks` names the networks that may be asked)"
        );
    }

    #[test]
    fn a_receiver_on_this_machine_must_be_written_as_such() {
        let guard = Guard::for_receivers(&[]);

        assert!(!refused(&guard, "http://127.0.0.1:8700/"));
        assert!(!refused(&guard, "http://[::1]:8700/"));
        assert!(
            guard
                .check_answer("localhost", &[ip("127.0.0.1"), ip("::1")])
                .is_ok()
        );
        assert!(guard.check_answer("localhost", &[ip("10.0.0.1")]).is_err());
        assert!(
            guard
                .check_answer("hooks.example", &[ip("127.0.0.1")])
                .is_err()
        );
        assert!(refused(&guard, "http://10.0.0.1/"));
        assert!(
            Guard::for_pages(&[])
                .check_answer("localhost", &[ip("127.0.0.1")])
                .is_err()
        );
    }
}
