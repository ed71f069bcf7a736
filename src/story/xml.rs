//! Reads XML that may be broken, as a stream of open, text and close; nothing is expanded, nothing is fetched.
//!
//! Entities of a document type are never resolved, so neither files nor billions of laughs can come in. What cannot be
//! read is stepped over, a bounded number of times; elements that were left open are closed by those around them.

use std::borrow::Cow;

use quick_xml::Reader as Events;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Elements open at one time; no list needs as many.
const MAX_DEPTH_ELEMENTS: usize = 64;
/// Places that are stepped over because they are no XML.
const MAX_REPAIRS: usize = 200;
/// Attributes that are looked at in one tag.
const MAX_TAG_ATTRIBUTES: usize = 64;

/// What stands next in the document.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// An element begins.
    Open(Tag),
    /// Text inside the element that was opened last.
    Text(Cow<'a, str>),
    /// The element that was opened last ends.
    Close,
}

/// The beginning of an element.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tag {
    /// Its name with its prefix, as it stands there.
    pub(super) name: String,
    /// Names and values of its attributes.
    pub(super) attributes: Vec<(String, String)>,
}

impl Tag {
    /// The name without its prefix.
    pub(super) fn local(&self) -> &str {
        local(&self.name)
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut found = self.attributes.iter().filter(|(key, _)| key == name);
        found.next().map(|(_, value)| value.as_str())
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Why the reader stopped before the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Elements without end.
    TooDeep,
    /// Hardly any of it is XML.
    NotXml,
}

/// The text with each `<` that begins no markup written as XML wants it: "1 < 2" is not the element ` 2`.
pub(super) fn mended(text: &str) -> Cow<'_, str> {
    let begins_markup = |at: usize| {
        let next = text.as_bytes().get(at + 1);
        next.is_some_and(|next| {
            next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?' | b'_' | 0x80..)
        })
    };
    let mut stray = text.match_indices('<').map(|(at, _)| at);
    let Some(first) = stray.find(|at| !begins_markup(*at)) else {
        return Cow::Borrowed(text);
    };
    let (mut mended, mut done) = (String::with_capacity(text.len() + 64), 0);
    for at in std::iter::once(first).chain(stray.filter(|at| !begins_markup(*at))) {
        mended.push_str(&text[done..at]);
        mended.push_str("&lt;");
        done = at + 1;
    }
    mended.push_str(&text[done..]);
    Cow::Owned(mended)
}

/// A document that is being read.
pub(super) struct Reader<'a> {
    text: &'a str,
    /// Where the events of `events` begin in `text`.
    start: usize,
    events: Events<&'a [u8]>,
    open: Vec<String>,
    /// Elements that end before the next event is looked at.
    closing: usize,
    repairs: usize,
    refusal: Option<Refusal>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            start: 0,
            events: events(text),
            open: Vec::new(),
            closing: 0,
            repairs: 0,
            refusal: None,
        }
    }

    /// Why nothing more comes, where it is not the end of the document.
    pub(super) fn refusal(&self) -> Option<Refusal> {
        self.refusal
    }

    /// What stands next; nothing at the end.
    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.closing > 0 {
                self.closing -= 1;
                self.open.pop();
                return Some(Token::Close);
            }
            if self.refusal.is_some() {
                return None;
            }
            match self.events.read_event() {
                Ok(Event::Start(tag)) => return self.open(&tag),
                Ok(Event::End(end)) => self.close(end.name().as_ref()),
                Ok(Event::Text(text)) => return Some(Token::Text(text.into_inner())),
                Ok(Event::CData(text)) => return Some(Token::Text(text.into_inner())),
                Ok(Event::GeneralRef(reference)) => {
                    return Some(Token::Text(Cow::Owned(character(&reference))));
                }
                Ok(Event::Eof) => return None,
                // Empty elements come as a start and an end; the rest is no content.
                Ok(
                    Event::Empty(_)
                    | Event::Comment(_)
                    | Event::Decl(_)
                    | Event::PI(_)
                    | Event::DocType(_),
                ) => {}
                Err(_) => self.step_over(),
            }
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>) -> Option<Token<'a>> {
        if self.open.len() == MAX_DEPTH_ELEMENTS {
            self.refusal = Some(Refusal::TooDeep);
            return None;
        }
        let tag = read_tag(tag);
        self.open.push(tag.name.clone());
        Some(Token::Open(tag))
    }

    /// Closes an element and those that were left open in it. An end without a beginning ends nothing.
    fn close(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|open| open == name) {
            self.closing = self.open.len() - at;
        }
    }

    /// Goes on at the next tag after a place that is no XML.
    fn step_over(&mut self) {
        self.repairs += 1;
        if self.repairs > MAX_REPAIRS {
            self.refusal = Some(Refusal::NotXml);
            return;
        }
        let failed = usize::try_from(self.events.error_position()).unwrap_or(usize::MAX);
        let mut at = self.start.saturating_add(failed).saturating_add(1);
        while at < self.text.len() && !self.text.is_char_boundary(at) {
            at += 1;
        }
        let rest = self.text.get(at..).unwrap_or_default();
        let next = rest.find('<').unwrap_or(rest.len());
        self.start = self.text.len().min(at + next);
        self.events = events(&self.text[self.start..]);
    }
}

fn events(text: &str) -> Events<&[u8]> {
    let mut events = Events::from_reader(text.as_bytes());
    let config = events.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    config.expand_empty_elements = true;
    events
}

fn read_tag(tag: &BytesStart<'_>) -> Tag {
    let mut attributes = tag.html_attributes();
    let attributes = attributes.with_checks(false).take(MAX_TAG_ATTRIBUTES);
    let attributes = attributes.filter_map(Result::ok).map(|attribute| {
        let value: &str = &attribute.value;
        let value = quick_xml::escape::unescape(value).unwrap_or(Cow::Borrowed(value));
        (attribute.key.as_ref().to_owned(), value.into_owned())
    });
    Tag {
        name: tag.name().as_ref().to_owned(),
        attributes: attributes.collect(),
    }
}

/// What a reference means; one that XML does not know stays as it is, for HTML may know it.
fn character(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return letter.to_string();
    }
    let name = reference.borrow().into_inner();
    match quick_xml::escape::resolve_predefined_entity(&name) {
        Some(known) => known.to_owned(),
        None => format!("&{name};"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The document as one line: names of elements, texts, and `/` for each end.
    fn told(text: &str) -> String {
        let text = mended(text);
        let mut reader = Reader::new(&text);
        let mut told = Vec::new();
        while let Some(token) = reader.next() {
            match token {
                Token::Open(tag) => told.push(tag.name),
                Token::Text(text) if text.trim().is_empty() => {}
                Token::Text(text) => told.push(format!("'{}'", text.trim())),
                Token::Close => told.push("/".to_owned()),
            }
        }
        told.join(" ")
    }

    #[test]
    fn elements_left_open_are_closed_by_those_around_them() {
        assert_eq!(told("<a><b>x<c/></a>y"), "a b 'x' c / / / 'y'");
        assert_eq!(told("<a></b>x</a>"), "a 'x' /");
    }

    #[test]
    fn what_is_no_xml_is_stepped_over() {
        assert_eq!(told("<a>1 < 2</a>"), "a '1' '<' '2' /");
        assert_eq!(
            told("<a>Q&A &nbsp; &#233;&amp;</a>"),
            "a 'Q' '&A' '&nbsp;' 'é' '&' /"
        );
        assert!(told("<a><b c='1' c=2 d>x</b></a>").contains("'x'"));
        assert!(told("<a><!-- never closed <b>x</b></a><c>y</c>").contains("'y'"));
    }

    #[test]
    fn entities_of_a_document_type_are_not_resolved() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]><x>&b;&f;</x>";

        assert_eq!(told(bomb), "x '&b;' '&f;' /");
    }

    #[test]
    fn nesting_without_end_and_noise_are_refused() {
        let deep = "<a>".repeat(100_000);
        let mut reader = Reader::new(&deep);
        while reader.next().is_some() {}
        assert_eq!(reader.refusal(), Some(Refusal::TooDeep));

        let noise = "<\u{1}".repeat(100_000);
        let mut reader = Reader::new(&noise);
        while reader.next().is_some() {}
        assert!(reader.refusal().is_some());
    }
}
