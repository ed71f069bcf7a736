//! What RFC 4287 asks of a feed, read off its elements.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use quick_xml::Reader;
use quick_xml::events::Event;

/// A feed or an entry.
#[derive(Debug, Default)]
pub struct Part {
    /// The elements with a text, by name.
    texts: BTreeMap<String, Vec<String>>,
    /// What it leads to, by the kind of link.
    pub links: Vec<(String, String)>,
    pub entries: Vec<Part>,
}

/// Reads a feed; panics where it breaks a rule of the RFC.
pub fn is_valid(xml: &str) -> Part {
    let feed = read(xml);
    feed.is_sound();
    assert!(feed.one("author").contains("claimwatch"));
    assert!(feed.links.iter().filter(|(rel, _)| rel == "self").count() <= 1);
    let mut names = BTreeSet::from([feed.one("id")]);
    for entry in &feed.entries {
        entry.is_sound();
        assert!(names.insert(entry.one("id")), "an identifier stands twice");
        assert_eq!(entry.texts["content"].len(), 1);
        let newest: Timestamp = feed.one("updated").parse().unwrap();
        assert!(entry.one("updated").parse::<Timestamp>().unwrap() <= newest);
        let alternates = entry.links.iter().filter(|(rel, _)| rel == "alternate");
        assert_eq!(alternates.count(), 1, "{entry:?}");
    }
    feed
}

impl Part {
    /// What feeds and entries must both have.
    fn is_sound(&self) {
        // Section 4.1: exactly one of each, and an identifier that is an IRI.
        assert!(self.one("id").starts_with("urn:uuid:"), "{self:?}");
        assert!(!self.one("title").trim().is_empty(), "{self:?}");
        // Section 3.3: RFC 3339 with a capital T and Z.
        let updated = self.one("updated");
        assert!(updated.ends_with('Z') && updated.contains('T'), "{updated}");
        updated.parse::<Timestamp>().unwrap();
        for (_, address) in &self.links {
            let address = url::Url::parse(address).unwrap();
            assert!(["http", "https"].contains(&address.scheme()), "{address}");
        }
    }

    fn one(&self, name: &str) -> &str {
        let texts = self
            .texts
            .get(name)
            .unwrap_or_else(|| panic!("no {name}: {self:?}"));
        assert_eq!(texts.len(), 1, "{name}: {self:?}");
        &texts[0]
    }
}

fn read(xml: &str) -> Part {
    let mut reader = Reader::from_str(xml);
    let mut open: Vec<String> = Vec::new();
    let mut feed = Part::default();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_owned();
                if open.is_empty() {
                    let space = tag.try_get_attribute("xmlns").unwrap().unwrap();
                    assert_eq!(space.value.as_ref(), "http://www.w3.org/2005/Atom");
                    assert!(tag.try_get_attribute("xml:lang").unwrap().is_some());
                }
                if name == "entry" {
                    feed.entries.push(Part::default());
                } else {
                    part(&mut feed, &open)
                        .texts
                        .entry(name.clone())
                        .or_default()
                        .push(String::new());
                }
                open.push(name);
            }
            Event::Empty(tag) if tag.name().as_ref() == "link" => {
                let value = |name: &str| {
                    let value = tag.try_get_attribute(name).unwrap().unwrap();
                    quick_xml::escape::unescape(&value.value)
                        .unwrap()
                        .into_owned()
                };
                let link = (value("rel"), value("href"));
                part(&mut feed, &open).links.push(link);
            }
            Event::Text(text) => add(&mut feed, &open, &text),
            Event::GeneralRef(name) => {
                let name: &str = &name;
                let text = quick_xml::escape::unescape(&format!("&{name};"))
                    .unwrap()
                    .into_owned();
                add(&mut feed, &open, &text);
            }
            Event::End(_) => {
                open.pop();
            }
            _ => {}
        }
    }
    assert!(open.is_empty());
    feed
}

/// The part that is open.
fn part<'a>(feed: &'a mut Part, open: &[String]) -> &'a mut Part {
    if open.iter().any(|name| name == "entry") {
        feed.entries.last_mut().unwrap()
    } else {
        feed
    }
}

fn add(feed: &mut Part, open: &[String], text: &str) {
    let inside = open.iter().skip(1).find(|name| *name != "entry");
    if let Some(name) = inside {
        let texts = part(feed, open).texts.get_mut(name).unwrap();
        texts.last_mut().unwrap().push_str(text);
    }
}
