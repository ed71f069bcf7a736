//! Pages as Atom feeds (RFC 4287).
//!
//! An entry keeps its identifier for ever and never changes, so that nobody is told of it twice.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::changes;
use super::html::Html;
use crate::services::Services;
use crate::store::Event;
use crate::text::language;

/// What a feed says of itself.
pub(super) struct Heading<'a> {
    /// Its title.
    pub title: &'a str,
    /// A text of which its identifier is made.
    pub seed: &'a str,
    /// Its path, without ending.
    pub path: &'a str,
    /// What its page was asked for, with its question mark.
    pub query: &'a str,
}

/// One thing that happened.
pub(super) struct Entry<'a> {
    /// A text of which its identifier is made.
    pub seed: String,
    /// What it is called.
    pub title: String,
    /// When it happened.
    pub at: Timestamp,
    /// The path of the page that shows it.
    pub path: String,
    /// The address of the story.
    pub url: &'a str,
    /// What sort of thing it is.
    pub term: &'static str,
    /// Words of the story, to tell their language.
    pub words: &'a str,
    /// What is to be read.
    pub content: Html,
}

/// A feed of changes.
pub(super) fn of_events(services: &Services, heading: &Heading<'_>, events: &[Event]) -> Response {
    let entries: Vec<Entry<'_>> = events.iter().map(entry).collect();
    feed(services, heading, &entries)
}

fn entry(event: &Event) -> Entry<'_> {
    let change = &event.recorded.change;
    let mut content = Html::default();
    changes::show(&mut content, &event.recorded);
    let side = change.new.as_ref().or(change.old.as_ref());
    Entry {
        seed: format!("{} {} {}", event.story, event.version, event.position),
        title: format!("{}: {}", changes::word(change.kind), event.headline),
        at: event.at,
        path: changes::path_of(event),
        url: &event.url,
        term: change.kind.as_str(),
        words: side.map_or(&event.headline, |side| &side.sentence),
        content,
    }
}

/// A feed, in the order of its entries.
pub(super) fn feed(services: &Services, heading: &Heading<'_>, entries: &[Entry<'_>]) -> Response {
    let base = base(services);
    let updated = entries.iter().map(|entry| entry.at).max();
    let mut xml = Html::default();
    xml.put("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n<id>")
        .text(&urn(heading.seed.as_bytes()))
        .put("</id>\n")
        .element("title", heading.title)
        .put("\n<updated>")
        // A feed in which nothing has happened has not changed since it could be asked for.
        .text(&instant(updated.unwrap_or(Timestamp::UNIX_EPOCH)))
        .put("</updated>\n<author><name>claimwatch</name></author>\n<generator>claimwatch</generator>\n");
    let page = match heading.path {
        "today" => "",
        path => path,
    };
    for (rel, kind, path, ending) in [
        ("self", "application/atom+xml", heading.path, ".atom"),
        ("alternate", "text/html", page, ""),
    ] {
        xml.put("<link rel=\"").put(rel).put("\" type=\"").put(kind);
        xml.put("\" href=\"").text(&base).put("/").text(path);
        xml.put(ending).text(heading.query).put("\"/>\n");
    }
    for entry in entries {
        write(&mut xml, &base, entry);
    }
    xml.put("</feed>\n");
    let format = [(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")];
    (format, xml.into_string()).into_response()
}

fn write(xml: &mut Html, base: &str, entry: &Entry<'_>) {
    xml.put("<entry>\n<id>")
        .text(&urn(entry.seed.as_bytes()))
        .put("</id>\n<title>")
        .short(&entry.title)
        .put("</title>\n<updated>")
        .text(&instant(entry.at))
        .put("</updated>\n<link rel=\"alternate\" type=\"text/html\" href=\"")
        .text(base)
        .put("/")
        .text(&entry.path)
        .put("\"/>\n");
    // What is no address on the web is no link; a person could be sent anywhere by it.
    if let Some(url) = url::Url::parse(entry.url)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
    {
        xml.put("<link rel=\"via\" href=\"")
            .text(url.as_str())
            .put("\"/>\n");
    }
    xml.put("<category term=\"")
        .put(entry.term)
        .put("\"/>\n<content type=\"html\"");
    let language = language::detect(entry.words);
    if !language.is_unknown() {
        xml.put(" xml:lang=\"").text(language.as_str()).put("\"");
    }
    xml.put(">")
        .text(&entry.content.clone().into_string())
        .put("</content>\n</entry>\n");
}

/// The address under which readers reach the page, without the slash at its end.
fn base(services: &Services) -> String {
    let server = services.config.server.as_ref();
    server.map_or_else(String::new, |server| match &server.url {
        Some(url) => url.clone(),
        None if server.listen.ip().is_unspecified() => {
            format!("http://localhost:{}", server.listen.port())
        }
        None => format!("http://{}", server.listen),
    })
}

/// An instant as Atom wants it.
fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A name of the form of a UUID (version 8, made from a hash), the same for the same bytes.
pub(crate) fn urn(of: &[u8]) -> String {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(of)[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = format!("{:032x}", u128::from_be_bytes(bytes));
    format!(
        "urn:uuid:{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}
