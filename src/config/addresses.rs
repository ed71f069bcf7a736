//! Addresses as people write them: pages, webhooks, mail, networks, mail servers.

use url::{Host, Url};

use super::mistakes::{Wrong, quoted};
use super::values::text;
use crate::deliver::email::{self, Security};
use crate::fetch::address::{Network, is_forbidden};

/// The address of a page.
pub(super) fn page(typed: &str) -> Result<String, Wrong> {
    let url = web(typed)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Wrong::new(
            "an address with a user or password would show in every alert",
            "remove what stands before the @",
        ));
    }
    Ok(url.into())
}

/// An address of the web. The message never repeats it: it may hold a key.
pub(super) fn web(typed: &str) -> Result<Url, Wrong> {
    let wrong = |hint: String| Wrong::new("this is not the address of a page", hint);
    match Url::parse(typed) {
        Ok(url)
            if matches!(url.scheme(), "http" | "https")
                && url.host_str().is_some_and(|host| !host.is_empty()) =>
        {
            Ok(url)
        }
        Ok(url) if matches!(url.scheme(), "http" | "https") => {
            Err(wrong("write https://, the host and the path".into()))
        }
        Ok(_) | Err(_)
            if !typed.contains("://") && typed.contains('.') && !typed.contains([' ', '@']) =>
        {
            Err(wrong("begin it with https://".into()))
        }
        Ok(_) | Err(_) => Err(wrong(
            "write an address that begins with https:// or http://".into(),
        )),
    }
}

/// A mail address. The mailer decides, so that nothing is accepted here that it would refuse later.
pub(super) fn mail(typed: &str) -> Result<String, Wrong> {
    let hint = if typed.contains([',', ';']) {
        "write several addresses as a list: [a@example.org, b@example.org]"
    } else {
        "write desk@example.org"
    };
    match email::address_problem(typed) {
        None => Ok(typed.to_owned()),
        Some(_) => Err(Wrong::new(
            format!("{} is not a mail address", quoted(typed)),
            hint,
        )),
    }
}

/// The sender of mails: an address, with or without a name before it.
pub(super) fn sender(typed: &str) -> Result<String, Wrong> {
    match email::sender_problem(typed) {
        None => Ok(typed.to_owned()),
        Some(_) => Err(Wrong::new(
            format!("{} is not a sender", quoted(typed)),
            "write alerts@example.org or claimwatch <alerts@example.org>",
        )),
    }
}

/// Where the person who runs this can be reached: a mail address or a page.
pub(super) fn contact(typed: &str) -> Result<String, Wrong> {
    if typed.starts_with("http://") || typed.starts_with("https://") {
        return page(typed);
    }
    match email::address_problem(typed) {
        None => Ok(typed.to_owned()),
        Some(_) => Err(Wrong::new(
            format!(
                "{} is neither a mail address nor the address of a page",
                quoted(typed)
            ),
            "write desk@example.org or https://example.org/about-our-bot",
        )),
    }
}

/// The value of a header.
pub(super) fn header(typed: &str) -> Result<String, Wrong> {
    let typed = text(typed)?;
    if typed.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Ok(typed);
    }
    Err(Wrong::new(
        format!(
            "{} holds characters that a header cannot carry",
            quoted(&typed)
        ),
        "use ASCII letters, digits and punctuation",
    ))
}

/// A network: `10.1.0.0/16`, or one address.
pub(super) fn network(typed: &str) -> Result<Network, Wrong> {
    typed.parse::<Network>().map_err(|error| {
        let error = error.to_string();
        // "`x` is not a network: what to do"; what was typed may be long, what to do is not.
        let hint = error
            .rsplit_once(" is not a network: ")
            .map_or(error.as_str(), |(_, hint)| hint);
        Wrong::new(format!("{} is not a network", quoted(typed)), hint)
    })
}

/// The mail server an address names.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Smtp {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub user: Option<String>,
    pub password: Option<String>,
}

/// The address of a mail server: `smtps://user@mail.example.org:465`. The message never repeats it: it may hold a password.
pub(super) fn smtp(typed: &str) -> Result<Smtp, Wrong> {
    let wrong = |what: &str| {
        Wrong::new(
            what,
            "write smtps://USER@HOST (TLS), smtp+starttls://USER@HOST, or smtp://localhost",
        )
    };
    let url = Url::parse(typed).map_err(|_| wrong("this is not the address of a mail server"))?;
    let (security, port) = match url.scheme() {
        "smtps" => (Security::Tls, 465),
        "smtp+starttls" => (Security::StartTls, 587),
        "smtp" => (Security::Plain, 25),
        _ => return Err(wrong("this is not the address of a mail server")),
    };
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    if host.is_empty() {
        return Err(wrong("the address of the mail server names no host"));
    }
    if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
        return Err(wrong(
            "the address of the mail server ends after host and port",
        ));
    }
    let user = Some(url.username()).filter(|user| !user.is_empty());
    Ok(Smtp {
        host: host.to_owned(),
        port: url.port().unwrap_or(port),
        security,
        user: user.map(percent_decoded),
        password: url.password().map(percent_decoded),
    })
}

/// `text` with `%40` as `@` and the like.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let code = tail
            .get(..2)
            .filter(|code| code.iter().all(u8::is_ascii_hexdigit))
            .and_then(|code| std::str::from_utf8(code).ok());
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        match byte {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            Some(_) | None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Words that name a key in the query of an address.
const KEY_WORDS: [&str; 10] = [
    "access_token",
    "api_key",
    "apikey",
    "auth",
    "key",
    "password",
    "secret",
    "sig",
    "signature",
    "token",
];

/// The word in the query of an address that probably has a key behind it.
pub(super) fn key_word(address: &str) -> Option<&'static str> {
    let url = Url::parse(address).ok()?;
    let mut names = url.query_pairs().map(|(name, _)| name.to_lowercase());
    names.find_map(|name| KEY_WORDS.into_iter().find(|word| *word == name))
}

/// Whether an address leads to a private network or carries a name and password.
pub(super) fn is_private(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| {
        let is_inside = match url.host() {
            Some(Host::Ipv4(ip)) => is_forbidden(ip.into()),
            Some(Host::Ipv6(ip)) => is_forbidden(ip.into()),
            // A name without a dot is one of the operator's own network.
            Some(Host::Domain(name)) => !name.trim_end_matches('.').contains('.'),
            None => true,
        };
        is_inside || !url.username().is_empty() || url.password().is_some()
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn an_address_with_a_key_in_it_is_noticed() {
        assert_eq!(key_word("https://news.example/a?Token=x"), Some("token"));
        assert_eq!(
            key_word("https://news.example/a?id=7&api_key=x"),
            Some("api_key")
        );
        assert_eq!(key_word("https://news.example/token?id=key"), None);
    }

    #[test]
    fn a_mail_server_is_named_by_its_address() {
        let server = smtp("smtps://alerts%40example.org:p%25w@mail.example.org").unwrap();
        assert_eq!(
            (server.host.as_str(), server.port),
            ("mail.example.org", 465)
        );
        assert_eq!(server.user.as_deref(), Some("alerts@example.org"));
        assert_eq!(server.password.as_deref(), Some("p%w"));
        assert_eq!(server.security, Security::Tls);
        assert_eq!(smtp("smtp+starttls://mail.example.org").unwrap().port, 587);
        assert_eq!(smtp("smtp://localhost:2525").unwrap().port, 2525);
        assert_eq!(smtp("smtp://[::1]").unwrap().host, "::1");
        for typed in [
            "localhost",
            "mail.example.org:25",
            "https://mail.example.org",
            "smtp://",
            "smtp://a/b",
            "smtp://a?b",
            "smtp://a:99999",
        ] {
            assert!(smtp(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_network_has_nothing_behind_its_prefix() {
        let network = network("10.1.0.0/16").unwrap();
        assert_eq!(
            (network.address.to_string().as_str(), network.prefix),
            ("10.1.0.0", 16)
        );
        assert!(super::network("0.0.0.0/0").is_ok());
        assert!(super::network("fd00::/8").is_ok());
        assert_eq!(super::network("192.0.2.7").unwrap().prefix, 32);
        for typed in [
            "10.1.2.3/16",
            "10.0.0.0/33",
            "10.0.0/8",
            "fd00::1/8",
            "::/129",
            "intranet",
            "10.0.0.0/-1",
        ] {
            assert!(super::network(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_page_has_a_scheme_a_host_and_no_password() {
        assert_eq!(
            page("https://news.example").unwrap(),
            "https://news.example/"
        );
        for typed in [
            "news.example/a",
            "https://",
            "file:///etc/passwd",
            "https://a:b@news.example",
            "javascript:alert(1)",
            "a b",
        ] {
            assert!(page(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn mail_addresses_and_headers_hold_nothing_that_breaks_a_line() {
        assert!(sender("Desk <desk@example.org>").is_ok());
        assert!(mail("Desk <desk@example.org>").is_err());
        for typed in [
            "desk",
            "desk@",
            "desk@example.org\nBcc: x@example.org",
            "a@example.org, b@example.org",
        ] {
            assert!(mail(typed).is_err(), "{typed:?}");
            assert!(sender(typed).is_err(), "{typed:?}");
        }
        assert!(header("bot/1.0\r\nX: y").is_err());
        assert!(contact("https://example.org/bot").is_ok());
    }
}
