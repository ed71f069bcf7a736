//! The name of a watch that was given none: made from its address, so that it stays the same wherever the line moves.

use sha2::{Digest, Sha256};
use url::Url;

use crate::alert::WatchName;

/// The longest readable part; a longer address is cut here and told apart by a few hex digits.
const MAX_READABLE_BYTES: usize = 60;

/// The name of the watch at `url`: its host and path, as in `news.example-world-ceasefire-2811234`.
///
/// Where the words leave something out that tells addresses apart (a query, other scripts, the end of a long path), hex
/// digits of the whole address are added.
pub(super) fn from_url(url: &str) -> Option<WatchName> {
    let parsed = Url::parse(url).ok()?;
    let host = parsed.host_str()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    let port = parsed
        .port()
        .map(|port| format!("-{port}"))
        .unwrap_or_default();
    let whole = format!("{host}{port}{}", parsed.path().trim_end_matches('/'));
    let mut readable = String::new();
    for c in whole.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '_' => readable.push(c),
            _ if readable.ends_with('-') || readable.is_empty() => {}
            _ => readable.push('-'),
        }
    }
    let is_lossy = parsed.query().is_some()
        || readable.len() > MAX_READABLE_BYTES
        || whole.contains(['%', '[', ':', '~'])
        || whole.contains("--")
        || parsed.scheme() != "https" && parsed.scheme() != "http";
    readable.truncate(MAX_READABLE_BYTES);
    let readable = readable.trim_matches(['-', '.']);
    if !is_lossy {
        return WatchName::new(readable);
    }
    let hash = Sha256::digest(url);
    let digits = u32::from_be_bytes([0, hash[0], hash[1], hash[2]]);
    WatchName::new(&format!("{readable}-{digits:06x}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn name(url: &str) -> String {
        from_url(url).unwrap().as_str().to_owned()
    }

    #[test]
    fn an_address_gives_a_name_that_people_recognise() {
        assert_eq!(
            name("https://www.news.example/world/ceasefire-2811234"),
            "news.example-world-ceasefire-2811234"
        );
        assert_eq!(name("http://127.0.0.1:8080/story/"), "127.0.0.1-8080-story");
        assert_eq!(name("https://news.example"), "news.example");
    }

    #[test]
    fn addresses_that_read_alike_are_told_apart() {
        assert_ne!(
            name("https://news.example/s?id=1"),
            name("https://news.example/s?id=2")
        );
        assert_ne!(
            name("https://news.example/%D0%9A"),
            name("https://news.example/%D0%9B")
        );
        let long = format!("https://news.example/{}", "a".repeat(100));
        assert_ne!(name(&format!("{long}1")), name(&format!("{long}2")));
        assert!(name(&long).len() <= 67);
    }
}
