//! Alerts as an Atom feed (RFC 4287), the newest first.
//!
//! A feed is written from the one before it, so what was written must be found again: each entry stands between the tags
//! `<entry>` and `</entry>`, which no text in it can hold.

use super::chat::{fitted, html_below};
use super::words::clean;
use super::{SubjectStyle, subject};
use crate::alert::Alert;

/// The most entries of a feed.
pub const MAX_ENTRIES: usize = 100;

/// The largest entry, in bytes.
const MAX_ENTRY_BYTES: usize = 20_000;

/// What a feed of ours says of itself; a file without it is not written over.
const GENERATOR: &str = "<generator uri=\"https://claimwatch.example\">claimwatch</generator>";

/// What a feed is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading<'a> {
    /// Its title.
    pub title: &'a str,
    /// Where it can be had, if that is known.
    pub url: Option<&'a str>,
    /// A text of which its identifier is made, where it has no address.
    pub seed: &'a str,
    /// The most entries it has.
    pub entries: usize,
}

/// The feed `before` with one more entry; an entry of the same alert is replaced. `None` where `before` is no feed of ours.
///
/// ```
/// use claimwatch::alert::{self, render::atom};
/// let heading = atom::Heading { title: "Changes", url: None, seed: "changes.atom", entries: 100 };
/// let alert = alert::test(jiff::Timestamp::UNIX_EPOCH);
///
/// let feed = atom::with(None, &heading, &alert).expect("there was no other file");
///
/// assert_eq!(feed.matches("<entry>").count(), 1);
/// assert_eq!(atom::with(Some(&feed), &heading, &alert), Some(feed));
/// assert_eq!(atom::with(Some("<html>"), &heading, &alert), None);
/// ```
#[must_use]
pub fn with(before: Option<&str>, heading: &Heading<'_>, alert: &Alert) -> Option<String> {
    let before = before.unwrap_or(GENERATOR);
    if !before.contains(GENERATOR) {
        return None;
    }
    let new = entry(alert);
    let mut entries: Vec<&str> = entries(before)
        .filter(|entry| id(entry) != id(&new))
        .collect();
    entries.push(&new);
    // Identifiers of alerts sort by time.
    entries.sort_by(|a, b| id(b).cmp(id(a)));
    entries.truncate(heading.entries.clamp(1, MAX_ENTRIES));
    Some(feed(heading, &entries))
}

fn feed(heading: &Heading<'_>, entries: &[&str]) -> String {
    let updated = entries
        .first()
        .map_or("", |entry| between(entry, "<updated>", "</updated>"));
    let (own, id) = match heading.url {
        Some(url) => (
            format!(
                "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n",
                escaped(url)
            ),
            escaped(url),
        ),
        None => (String::new(), uuid(seeded(heading.seed))),
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <id>{id}</id>\n<title>{}</title>\n<updated>{updated}</updated>\n{own}\
         <author><name>claimwatch</name></author>\n{GENERATOR}\n{}</feed>\n",
        escaped(heading.title),
        entries.concat()
    )
}

/// One alert.
fn entry(alert: &Alert) -> String {
    let content = fitted(alert, html_below, |html| {
        escaped(html).len() <= MAX_ENTRY_BYTES / 2
    });
    let link = alert.story.as_ref().map_or_else(String::new, |story| {
        format!(
            "<link rel=\"alternate\" href=\"{}\"/>\n",
            escaped(&address(&story.url))
        )
    });
    let claims = alert
        .changes
        .iter()
        .filter_map(|change| change.claim.as_deref());
    let mut terms: Vec<&str> = [alert.watch.id.as_str(), &alert.kind, &alert.severity]
        .into_iter()
        .chain(claims)
        .chain(alert.watch.tags.iter().map(String::as_str))
        .collect();
    terms.sort_unstable();
    terms.dedup();
    let terms: Vec<String> = terms
        .iter()
        .map(|term| format!("<category term=\"{}\"/>\n", escaped(term)))
        .collect();
    let language = alert
        .story
        .as_ref()
        .and_then(|story| story.language.as_deref());
    let language = language
        .filter(|tag| is_language(tag))
        .map_or_else(String::new, |tag| format!(" xml:lang=\"{tag}\""));
    format!(
        "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n{link}{}<summary>{}</summary>\n\
         <content type=\"html\"{language}>{}</content>\n</entry>\n",
        uuid(number(alert.alert_id.as_str())),
        escaped(&subject::subject(alert, SubjectStyle::Change)),
        alert.at,
        terms.concat(),
        escaped(&alert.summary),
        escaped(&content),
    )
}

/// The entries of a feed of ours, each with its tags.
fn entries(feed: &str) -> impl Iterator<Item = &str> {
    let end = "</entry>\n";
    feed.split_inclusive(end)
        .filter(move |part| part.ends_with(end))
        .filter_map(|part| part.find("<entry>").and_then(|at| part.get(at..)))
}

fn id(entry: &str) -> &str {
    between(entry, "<id>", "</id>")
}

fn between<'a>(text: &'a str, open: &str, close: &str) -> &'a str {
    let after = text.split_once(open).map_or("", |(_, after)| after);
    after.split_once(close).map_or("", |(inside, _)| inside)
}

/// An address as it may stand in a feed: what no address may hold is left out.
fn address(url: &str) -> String {
    let harmless = url
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control());
    let url: String = harmless.filter(|c| !"<>\"{}|\\^`".contains(*c)).collect();
    if url.starts_with("https://") || url.starts_with("http://") {
        url
    } else {
        "about:blank".to_owned()
    }
}

fn is_language(tag: &str) -> bool {
    (2..=35).contains(&tag.len()) && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// Text on one line for XML: what XML cannot hold is gone with [`clean`].
fn escaped(text: &str) -> String {
    super::chat::html_escaped(&clean(text))
}

/// The 128 bits of an alert's identifier.
fn number(id: &str) -> u128 {
    let digits = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    id.bytes().fold(0, |number: u128, byte| {
        let digit = digits.iter().position(|digit| *digit == byte).unwrap_or(0);
        number << 5 | digit as u128
    })
}

/// 128 bits that are always the same for the same text.
fn seeded(text: &str) -> u128 {
    use sha2::{Digest, Sha256};
    let hash = Sha256::digest(text);
    hash.iter()
        .take(16)
        .fold(0, |number, byte| number << 8 | u128::from(*byte))
}

/// A number as the address of what it stands for.
fn uuid(number: u128) -> String {
    let hex = format!("{number:032x}");
    let parts: Vec<&str> = [0..8, 8..12, 12..16, 16..20, 20..32]
        .into_iter()
        .filter_map(|range| hex.get(range))
        .collect();
    format!("urn:uuid:{}", parts.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{SignedDuration, Timestamp};

    const HEADING: Heading<'_> = Heading {
        title: "Changes & more",
        url: None,
        seed: "a",
        entries: 3,
    };

    fn at(hours: i64) -> Alert {
        crate::alert::test(Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours))
    }

    fn times(feed: &str) -> Vec<&str> {
        entries(feed)
            .map(|entry| between(entry, "<updated>", "</updated>"))
            .collect()
    }

    #[test]
    fn the_newest_come_first_and_the_oldest_go() {
        let mut feed = None;
        for hours in [2, 1, 5, 3, 5] {
            feed = with(feed.as_deref(), &HEADING, &at(hours));
        }
        let feed = feed.unwrap();

        assert_eq!(
            times(&feed),
            [
                "1970-01-01T05:00:00Z",
                "1970-01-01T03:00:00Z",
                "1970-01-01T02:00:00Z"
            ]
        );
        assert!(
            feed.contains("<title>Changes &amp; more</title>\n<updated>1970-01-01T05:00:00Z<"),
            "{feed}"
        );
    }

    #[test]
    fn a_story_cannot_write_into_the_feed() {
        let mut alert = at(1);
        alert.story.as_mut().unwrap().title =
            "</title></entry>\n<entry>\u{0}\u{fffe}]]>".to_owned();
        alert.summary = "</entry>\n".to_owned();
        alert.story.as_mut().unwrap().url = "javascript:alert(1)".to_owned();

        let feed = with(None, &HEADING, &alert).unwrap();

        assert_eq!(feed.matches("<entry>").count(), 1);
        assert_eq!(feed.matches("</entry>").count(), 1);
        assert!(feed.contains("href=\"about:blank\"") && !feed.contains(['\u{0}', '\u{fffe}']));
    }

    #[test]
    fn an_alert_keeps_its_identifier() {
        assert_eq!(
            uuid(number("01JD9V6Q3M8Y2T5R7W1X4Z0ABC")),
            "urn:uuid:019353b3-5c74-4785-a2e0-fc0f49f0296c"
        );
    }
}
