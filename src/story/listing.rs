//! What feeds, section pages and sitemaps have in common: they name articles, and one article goes by many addresses.
//!
//! The one rule: an article is recognised by [`address_key`], which leaves out what only tells where a reader came from.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

use super::{NotAStory, Page, Why, charset, date, line};

/// Articles taken from one list; what is listed after them is older in every list that is kept in order.
pub const MAX_ENTRIES: usize = 5_000;
/// A longer address is not followed.
pub const MAX_ADDRESS_BYTES: usize = 2_048;
/// An XML declaration stands at the very beginning.
const DECLARATION_BYTES: usize = 256;

/// Parameters of an address that tell where the reader came from and not what is read.
const TRACKING: &[&str] = &[
    "cmp", "cmpid", "dclid", "fbclid", "gclid", "igshid", "ito", "mc_cid", "mc_eid", "msclkid",
    "ocid", "smid", "taid", "wt.mc_id", "xtor", "yclid",
];
/// The same, by how they begin.
const TRACKING_FAMILIES: &[&str] = &["utm_", "at_", "ns_", "mtm_", "pk_", "hsa_"];

/// An article as a list names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its address, whole.
    pub url: String,
    /// Its title, on one line; empty where the list gives none.
    pub title: String,
    /// The words it is filed under.
    pub tags: Vec<String>,
    /// When it was published, where the list says so.
    pub published: Option<Timestamp>,
}

/// Which articles of a list are followed. Nothing given means every one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Only {
    /// Words one of which stands in the title.
    pub title: Vec<String>,
    /// Tags one of which the article has.
    pub tags: Vec<String>,
}

impl Only {
    /// Whether the article is wanted: its title has one of the words, and it has one of the tags.
    ///
    /// ```
    /// use claimwatch::story::listing::{Entry, Only};
    ///
    /// let only = Only { title: vec!["Kyiv".to_owned()], tags: Vec::new() };
    /// let entry = |title: &str| Entry { title: title.to_owned(), ..Entry::default() };
    /// assert!(only.takes(&entry("Talks in KYIV go on")));
    /// assert!(!only.takes(&entry("Chicken Kyivan style")));
    /// ```
    #[must_use]
    pub fn takes(&self, entry: &Entry) -> bool {
        let by_title =
            self.title.is_empty() || self.title.iter().any(|word| has_word(&entry.title, word));
        let is_filed = |wanted: &String| {
            let wanted = wanted.trim().to_lowercase();
            entry
                .tags
                .iter()
                .any(|tag| tag.trim().to_lowercase() == wanted)
        };
        by_title && (self.tags.is_empty() || self.tags.iter().any(is_filed))
    }
}

/// Whether `wanted` stands in `text` as whole words, in any letter case.
fn has_word(text: &str, wanted: &str) -> bool {
    let (text, wanted) = (text.to_lowercase(), line(wanted).to_lowercase());
    let is_part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !wanted.is_empty()
        && text.match_indices(&wanted).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + wanted.len()..].chars().next();
            !is_part(before) && !is_part(after)
        })
}

/// What all addresses of one article have in common: host and path, and of the query what tells articles apart. Nothing
/// for what is no address of the web.
///
/// ```
/// use claimwatch::story::listing::address_key;
///
/// let key = address_key("https://www.news.example/a/1/?utm_source=rss#top");
/// assert_eq!(key.as_deref(), Some("news.example/a/1"));
/// assert_eq!(address_key("http://news.example/a/1"), key);
/// assert_ne!(address_key("https://news.example/a/1?page=2"), key);
/// ```
#[must_use]
pub fn address_key(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let host = url.host_str()?.trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    let port = url
        .port()
        .map_or_else(String::new, |port| format!(":{port}"));
    let path = url.path().trim_end_matches('/');
    let query: Vec<&str> = url
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && !is_tracking(pair))
        .collect();
    let mark = if query.is_empty() { "" } else { "?" };
    Some(format!("{host}{port}{path}{mark}{}", query.join("&")))
}

fn is_tracking(pair: &str) -> bool {
    let name = pair
        .split('=')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    TRACKING.contains(&name.as_str())
        || TRACKING_FAMILIES
            .iter()
            .any(|family| name.starts_with(family))
}

/// The address that `typed` means on a page at `base`, where it is one of the web that can be asked for.
pub(super) fn resolved(base: Option<&Url>, typed: &str) -> Option<String> {
    let typed = typed.trim();
    if typed.is_empty() || typed.len() > MAX_ADDRESS_BYTES {
        return None;
    }
    let mut url = match base {
        Some(base) => base.join(typed).ok()?,
        None => Url::parse(typed).ok()?,
    };
    let is_web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
    if !is_web || !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    url.set_fragment(None);
    Some(url.into()).filter(|url: &String| url.len() <= MAX_ADDRESS_BYTES)
}

/// The instant a date of a list means; a day without a time begins at midnight UTC, which is near enough for an age.
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    let date = date::read(text)?;
    date.at.or_else(|| {
        let day: jiff::civil::Date = date.text.get(..10)?.parse().ok()?;
        Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp())
    })
}

/// The text of a list in XML, whose declaration may name its charset.
pub(super) fn decode(page: &Page<'_>) -> String {
    let has_label = page
        .content_type
        .is_some_and(|value| value.to_ascii_lowercase().contains("charset="));
    let window = &page.bytes[..page.bytes.len().min(DECLARATION_BYTES)];
    match declared(&String::from_utf8_lossy(window)) {
        Some(label) if !has_label => {
            charset::decode(page.bytes, Some(&format!("text/xml; charset={label}")))
        }
        Some(_) | None => charset::decode(page.bytes, page.content_type),
    }
}

/// The charset that an XML declaration names.
fn declared(start: &str) -> Option<String> {
    let declaration = start
        .trim_start()
        .strip_prefix("<?xml")?
        .split("?>")
        .next()?;
    let value = declaration.split("encoding").nth(1)?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next().map(str::to_owned)
}

/// Keeps the first of the entries that are one article, and no more than are taken.
pub(super) fn distinct(entries: Vec<Entry>) -> Vec<Entry> {
    let mut seen = std::collections::BTreeSet::new();
    let first = |entry: &Entry| address_key(&entry.url).is_some_and(|key| seen.insert(key));
    entries
        .into_iter()
        .filter(first)
        .take(MAX_ENTRIES)
        .collect()
}

/// What is said of an address that answers with something else than a list.
pub(super) fn no_list(detail: impl Into<String>) -> NotAStory {
    NotAStory {
        why: Why::Format,
        detail: detail.into(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_article_have_one_key() {
        let plain = address_key("https://news.example/a/1").unwrap();
        for other in [
            "http://www.news.example/a/1/",
            "https://NEWS.example:443/a/1#comments",
            "https://news.example/a/1?utm_source=x&UTM_medium=rss&at_campaign=64&fbclid=z",
        ] {
            assert_eq!(address_key(other).unwrap(), plain, "{other}");
        }
        for other in [
            "https://news.example/a/2",
            "https://news.example:8443/a/1",
            "https://news.example/a/1?id=7",
            "https://sport.news.example/a/1",
        ] {
            assert_ne!(address_key(other).unwrap(), plain, "{other}");
        }
        for none in ["mailto:a@b.example", "javascript:x", "/a/1", ""] {
            assert_eq!(address_key(none), None, "{none}");
        }
    }

    #[test]
    fn an_article_needs_a_title_word_and_a_tag_where_both_are_asked_for() {
        let only = Only {
            title: vec!["refugees".to_owned(), "Kyiv".to_owned()],
            tags: vec!["World".to_owned()],
        };
        let entry = |title: &str, tag: &str| Entry {
            title: title.to_owned(),
            tags: vec![tag.to_owned()],
            ..Entry::default()
        };

        assert!(only.takes(&entry("More refugees cross", "world")));
        assert!(!only.takes(&entry("More refugees cross", "sport")));
        assert!(!only.takes(&entry("Talks go on", "world")));
    }

    #[test]
    fn only_addresses_of_the_web_without_passwords_are_followed() {
        let base = Url::parse("https://news.example/rss/feed.xml").unwrap();

        assert_eq!(
            resolved(Some(&base), " ../a/1#top ").as_deref(),
            Some("https://news.example/a/1")
        );
        for typed in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://u:p@news.example/",
            "",
        ] {
            assert_eq!(resolved(Some(&base), typed), None, "{typed}");
        }
        assert_eq!(
            resolved(None, &format!("https://n.example/{}", "a".repeat(3000))),
            None
        );
    }

    #[test]
    fn a_day_without_a_time_is_a_date_too() {
        assert_eq!(
            instant("2026-03-09").unwrap().to_string(),
            "2026-03-09T00:00:00Z"
        );
        assert!(instant("Mon, 09 Mar 2026 12:40:00 +0100").is_some());
        assert_eq!(instant("yesterday"), None);
    }
}
