//! The section `server`: where the local page and the metrics are served, if at all.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use crate::alert::StoryId;

use super::addresses;
use super::desk::Desk;
use super::file::One;
use super::mistakes::{Mistakes, Wrong, quoted};
use super::receivers::needed;
use super::section::{Field, Section};

/// Where the local page is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// The address and port to listen on.
    pub listen: SocketAddr,
    /// The address under which readers reach it; alerts link to it.
    pub url: Option<String>,
}

impl Server {
    /// The page of a story, where readers have an address for it.
    #[must_use]
    pub fn link(&self, story: &StoryId) -> Option<String> {
        let url = self.url.as_ref()?;
        Some(format!("{url}/story/{story}"))
    }
}

/// The section as typed.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    pub listen: One<SocketAddr>,
    pub url: One<String>,
}

/// Reads the section.
pub(super) fn read(field: &Field<'_>, notes: &mut Mistakes) -> Option<Typed> {
    let mut section = Section::open(field, notes)?;
    let listen = section.value("listen", notes, listen);
    let listen = needed(
        listen,
        "listen",
        "write listen: \"127.0.0.1:8077\"",
        &section,
        notes,
    );
    let typed = Typed {
        listen,
        url: section.value("url", notes, public),
    };
    section.close(notes);
    Some(typed)
}

/// The section with what it means; a page that others can reach is warned of.
pub(super) fn server(typed: Option<&Typed>, desk: &mut Desk<'_>) -> Option<Server> {
    let typed = typed?;
    let listen = desk.optional("server.listen", typed.listen.as_ref())?;
    if let Some(at) = typed
        .listen
        .as_ref()
        .filter(|at| !at.value.ip().is_loopback())
    {
        desk.warnings.push(format!(
            "line {}: whoever can reach {} can read what is watched; without a password of its own in front, listen on 127.0.0.1",
            at.place.line, at.value
        ));
    }
    Some(Server {
        listen,
        url: desk.optional("server.url", typed.url.as_ref()),
    })
}

/// An address and a port. Names are not looked up: who listens where must not depend on a name server.
fn listen(typed: &str) -> Result<SocketAddr, Wrong> {
    if let Ok(address) = typed.parse() {
        return Ok(address);
    }
    let local = typed
        .strip_prefix("localhost:")
        .and_then(|port| port.parse().ok());
    match local {
        Some(port) => Ok(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port)),
        None => Err(Wrong::new(
            format!("{} is not an address with a port", quoted(typed)),
            "write 127.0.0.1:8077, or \"[::1]:8077\" in quotes",
        )),
    }
}

/// The address readers use, without the slash at its end.
fn public(typed: &str) -> Result<String, Wrong> {
    let url = addresses::page(typed)?;
    if url.contains(['?', '#']) {
        return Err(Wrong::new(
            "the address of the page ends after its path",
            "remove what stands behind the ? or #",
        ));
    }
    Ok(url.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_page_listens_on_an_address_and_a_port() {
        assert_eq!(
            listen("localhost:8077").unwrap(),
            listen("127.0.0.1:8077").unwrap()
        );
        assert!(listen("[::1]:8077").is_ok());
        for typed in ["8077", "example.org:80", "127.0.0.1", "127.0.0.1:99999", ""] {
            assert!(listen(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn the_address_of_the_page_is_one_that_paths_can_be_added_to() {
        assert_eq!(
            public("https://desk.example/watch/").unwrap(),
            "https://desk.example/watch"
        );
        assert!(public("https://desk.example/?a=b").is_err());
    }
}
