//! Addresses and answers as they may be shown: without passwords, without secrets of the query, on one line.

use url::Url;

/// The longest foreign text that goes into a message, in characters.
const MAX_FOREIGN_CHARS: usize = 200;

/// The address for messages: no user name or password, the values of the query masked, no fragment.
pub(crate) fn shown(url: &Url) -> String {
    if url.cannot_be_a_base() {
        return guarded(url.as_str());
    }
    let mut url = without_userinfo(url);
    url.set_fragment(None);
    if let Some(query) = url.query() {
        let masked: Vec<String> = query
            .split('&')
            .map(|pair| match pair.split_once('=') {
                Some((key, _)) => format!("{key}=*"),
                // A query without `=` may be a key as a whole.
                None => String::from("*"),
            })
            .collect();
        url.set_query(Some(&masked.join("&")));
    }
    url.into()
}

/// The address for messages, where it may be no address at all.
pub(crate) fn shown_text(text: &str) -> String {
    match Url::parse(text) {
        Ok(url) if !url.cannot_be_a_base() => shown(&url),
        Ok(_) | Err(_) => guarded(text),
    }
}

/// What cannot be taken apart cannot be masked either: only what stands between the places where secrets do.
fn guarded(text: &str) -> String {
    let text = text.split(['?', '#']).next().unwrap_or_default();
    foreign(text.rsplit('@').next().unwrap_or_default())
}

/// The address without user name and password.
pub(crate) fn without_userinfo(url: &Url) -> Url {
    let mut url = url.clone();
    // Both fail only for addresses that cannot carry a user name, and those have none to remove.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

/// Scheme, host and port: the key under which a host is paced, and all that is told of a receiver's address.
pub(crate) fn origin(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port_or_known_default() {
        Some(port) => format!("{}:{port}", host.trim_end_matches('.')),
        None => host.to_owned(),
    }
}

/// Text that came from outside, safe in a message: one line, no control characters, not long.
pub(crate) fn foreign(text: &str) -> String {
    let mut shown = String::new();
    for (count, c) in text.trim().chars().enumerate() {
        if count == MAX_FOREIGN_CHARS {
            shown.push('…');
            break;
        }
        shown.push(if is_plain(c) { c } else { ' ' });
    }
    shown
}

/// Neither a control character nor one that turns the direction of the text after it or ends its line.
fn is_plain(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_shown_address_keeps_no_secret() {
        let shown = shown(&url(
            "https://reader:hunter2@news.example/a/b?token=s3cret&page=2&k3y#part",
        ));

        assert_eq!(shown, "https://news.example/a/b?token=*&page=*&*");
    }

    #[test]
    fn what_is_no_address_is_shown_without_the_places_of_secrets() {
        assert_eq!(shown_text("news.example/a?token=s3cret"), "news.example/a");
        assert_eq!(shown_text("reader:hunter2@news.example"), "news.example");
    }

    #[test]
    fn hosts_are_told_apart_by_name_and_port() {
        assert_eq!(origin(&url("https://News.Example./a")), "news.example:443");
        assert_eq!(
            origin(&url("http://u:p@news.example:8080/a?b")),
            "news.example:8080"
        );
        assert_eq!(origin(&url("http://[::1]/")), "[::1]:80");
    }

    #[test]
    fn text_from_outside_stays_on_one_line() {
        assert_eq!(foreign("no\r\n\x1b[31mway\u{202e}"), "no   [31mway ");
        assert_eq!(
            foreign(&"x".repeat(300)).chars().count(),
            MAX_FOREIGN_CHARS + 1
        );
    }
}
