//! Reads a feed as the articles it lists: RSS 0.9 to 2.0, Atom and JSON Feed.
//!
//! Only the address, the title, the tags and the date of an article are taken; what it says is read from its own page. A
//! feed that is broken in one place still lists what stands before and behind it.

use jiff::Timestamp;
use serde::Deserialize;
use url::Url;

use super::listing::{self, Entry, instant, no_list, resolved};
use super::xml::{Reader, Refusal, Tag, Token, local, mended};
use super::{NotAStory, Options, Page, Why, html, line};

/// Characters of one field that are kept.
const MAX_FIELD_CHARS: usize = 4_096;
/// Tags of one article that are kept.
const MAX_TAGS: usize = 64;

/// The articles of a feed, in its order.
///
/// # Errors
/// [`NotAStory`] where the page is no feed.
///
/// ```
/// use claimwatch::story::{Page, feed};
///
/// let rss = r#"<rss version="2.0"><channel><item><title>Truce holds</title><link>/a/1</link></item></channel></rss>"#;
/// let page = Page { bytes: rss.as_bytes(), content_type: None, url: "https://news.example/rss" };
///
/// let articles = feed::read(&page).unwrap();
///
/// assert_eq!(articles[0].url, "https://news.example/a/1");
/// ```
pub fn read(page: &Page<'_>) -> Result<Vec<Entry>, NotAStory> {
    let text = listing::decode(page);
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let base = Url::parse(page.url).ok();
    let entries = if start.starts_with('{') {
        json_feed(start, base.as_ref())?
    } else {
        xml_feed(start, base, page)?
    };
    Ok(listing::distinct(entries))
}

/// An article of which not everything was read yet.
#[derive(Default)]
struct Draft {
    title: String,
    links: Vec<Link>,
    /// The address before a feed service put its own in the place.
    original: String,
    link: String,
    guid: String,
    guid_is_address: bool,
    tags: Vec<String>,
    published: Option<Timestamp>,
    updated: Option<Timestamp>,
}

/// A link of an Atom entry.
struct Link {
    address: String,
    is_page: bool,
}

/// The elements of a feed, one inside the other.
struct Walk {
    /// What relative addresses are meant from, for each open element.
    bases: Vec<Option<Url>>,
    names: Vec<String>,
    text: String,
    /// The article that is open, and how deep it lies.
    article: Option<(Draft, usize)>,
    entries: Vec<Entry>,
}

fn xml_feed(text: &str, base: Option<Url>, page: &Page<'_>) -> Result<Vec<Entry>, NotAStory> {
    let mended = mended(text);
    let mut reader = Reader::new(&mended);
    let mut walk = Walk {
        bases: vec![base],
        names: Vec::new(),
        text: String::new(),
        article: None,
        entries: Vec::new(),
    };
    let mut is_feed = false;
    while let Some(token) = reader.next() {
        match token {
            Token::Open(tag) => {
                if !is_feed && !is_root(tag.local()) {
                    return Err(no_feed(text, page));
                }
                is_feed = true;
                walk.open(&tag);
            }
            Token::Text(text) => walk.add(&text),
            Token::Close => walk.close(),
        }
        if walk.entries.len() >= listing::MAX_ENTRIES {
            break;
        }
    }
    match reader.refusal() {
        _ if !is_feed => Err(no_feed(text, page)),
        Some(Refusal::TooDeep) => Err(NotAStory {
            why: Why::Hostile,
            detail: "refused: the feed nests elements without end".to_owned(),
        }),
        Some(Refusal::NotXml) if walk.entries.is_empty() => {
            Err(no_list("the feed is broken: hardly any of it is XML"))
        }
        Some(Refusal::NotXml) | None => Ok(walk.entries),
    }
}

fn is_root(name: &str) -> bool {
    ["rss", "rdf", "feed"]
        .iter()
        .any(|root| name.eq_ignore_ascii_case(root))
}

impl Walk {
    fn open(&mut self, tag: &Tag) {
        let base = self.bases.last().cloned().flatten();
        let own = tag.attribute("xml:base").and_then(|typed| match &base {
            Some(base) => base.join(typed).ok(),
            None => Url::parse(typed).ok(),
        });
        self.bases.push(own.or(base));
        self.names.push(tag.name.clone());
        self.text.clear();
        match &mut self.article {
            None if matches!(tag.local(), "item" | "entry") => {
                self.article = Some((Draft::default(), self.names.len()));
            }
            Some((draft, depth)) if self.names.len() == *depth + 1 => draft.open(tag),
            Some(_) | None => {}
        }
    }

    fn add(&mut self, text: &str) {
        let room = MAX_FIELD_CHARS.saturating_sub(self.text.len());
        self.text.extend(text.chars().take(room));
    }

    fn close(&mut self) {
        let depth = self.names.len();
        let (name, base) = (self.names.pop(), self.bases.pop().flatten());
        match &mut self.article {
            Some((_, article)) if *article == depth => {
                let draft = self.article.take().map(|(draft, _)| draft);
                self.entries
                    .extend(draft.and_then(|draft| draft.entry(base.as_ref())));
            }
            Some((draft, article)) if *article + 1 == depth => {
                draft.close(&name.unwrap_or_default(), self.text.trim());
            }
            Some(_) | None => {}
        }
        // Text behind an element belongs to the one around it, which has none of its own in any feed.
        self.text.clear();
    }
}

impl Draft {
    fn open(&mut self, tag: &Tag) {
        match tag.local() {
            "link" => {
                let rel = tag.attribute("rel").unwrap_or("alternate");
                let kind = tag.attribute("type").unwrap_or("text/html");
                if let Some(address) = tag.attribute("href").filter(|_| rel == "alternate") {
                    self.links.push(Link {
                        address: address.to_owned(),
                        is_page: kind.contains("html"),
                    });
                }
            }
            "category" => {
                let named = tag.attribute("label").or(tag.attribute("term"));
                self.file(named.unwrap_or_default());
            }
            "guid" => {
                self.guid_is_address = tag
                    .attribute("isPermaLink")
                    .is_none_or(|value| !value.eq_ignore_ascii_case("false"));
            }
            _ => {}
        }
    }

    /// Takes the text of one field. Fields of other vocabularies count only where they say the same.
    fn close(&mut self, name: &str, text: &str) {
        let plain = !name.contains(':') || name.starts_with("atom:") || name.starts_with("rss:");
        match (local(name), plain) {
            ("title", true) if self.title.is_empty() => self.title = plain_text(text),
            ("link", true) if self.link.is_empty() => text.clone_into(&mut self.link),
            ("origLink", false) => text.clone_into(&mut self.original),
            ("guid" | "id", true) => text.clone_into(&mut self.guid),
            ("category", true) => self.file(&plain_text(text)),
            ("subject", false) => text.split([',', ';']).for_each(|tag| self.file(tag)),
            ("pubDate" | "published" | "issued", true) | ("date", false) => {
                self.published = self.published.or_else(|| instant(text));
            }
            ("updated" | "modified", _) => self.updated = self.updated.or_else(|| instant(text)),
            _ => {}
        }
    }

    fn file(&mut self, tag: &str) {
        let tag = line(tag);
        if !tag.is_empty() && self.tags.len() < MAX_TAGS && !self.tags.contains(&tag) {
            self.tags.push(tag);
        }
    }

    /// The article, where it has an address.
    fn entry(self, base: Option<&Url>) -> Option<Entry> {
        let page = self.links.iter().find(|link| link.is_page);
        let link = page
            .or(self.links.first())
            .map(|link| link.address.as_str());
        let guid = Some(self.guid.as_str())
            .filter(|guid| self.guid_is_address && guid.starts_with("http"));
        let typed = [
            Some(self.original.as_str()),
            Some(self.link.as_str()),
            link,
            guid,
        ];
        let mut addresses = typed.into_iter().flatten();
        let url = addresses.find_map(|typed| resolved(base, typed))?;
        Some(Entry {
            url,
            title: self.title,
            tags: self.tags,
            published: self.published.or(self.updated),
        })
    }
}

/// A title without the markup and references that feeds put into it.
fn plain_text(text: &str) -> String {
    if text.contains(['<', '&']) {
        return line(&dom_query::Document::fragment(text).text());
    }
    line(text)
}

/// What stands in the place of a feed: a wall, or a page that names its feed.
fn no_feed(text: &str, page: &Page<'_>) -> NotAStory {
    let head: String = text.chars().take(1_000).collect::<String>().to_lowercase();
    if !head.contains("<html") && !head.contains("<!doctype html") {
        return no_list("this is no feed: expected RSS, Atom or JSON Feed");
    }
    match html::read(text.to_owned(), page.url, &Options::default(), None) {
        Err(wall) if !matches!(wall.why, Why::Empty | Why::Format) => return wall,
        Err(_) | Ok(_) => {}
    }
    match feed_of(text, page.url) {
        Some(feed) => no_list(format!("this is an HTML page; its feed is {feed}")),
        None => no_list("this is an HTML page and no feed; watch it with `links` instead"),
    }
}

/// The address of the feed that an HTML page names.
fn feed_of(html: &str, url: &str) -> Option<String> {
    super::guard::check(html).ok()?;
    let document = dom_query::Document::from(html);
    let links = document
        .select("link[rel~=alternate][type$='rss+xml'], link[rel~=alternate][type$='atom+xml']");
    let href = links.iter().next()?.attr("href")?;
    resolved(Url::parse(url).ok().as_ref(), &href)
}

/// A JSON Feed, by the keys that are taken from it.
#[derive(Deserialize)]
struct JsonFeed {
    items: Vec<JsonItem>,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct JsonItem {
    id: Option<serde_json::Value>,
    url: Option<String>,
    external_url: Option<String>,
    title: Option<String>,
    tags: Option<Vec<String>>,
    date_published: Option<String>,
    date_modified: Option<String>,
}

fn json_feed(text: &str, base: Option<&Url>) -> Result<Vec<Entry>, NotAStory> {
    super::json::bounded(text)?;
    let feed: JsonFeed = serde_json::from_str(text)
        .map_err(|error| no_list(format!("this is no JSON Feed: {error}")))?;
    Ok(feed
        .items
        .into_iter()
        .filter_map(|item| json_entry(item, base))
        .collect())
}

fn json_entry(item: JsonItem, base: Option<&Url>) -> Option<Entry> {
    let id = item.id.as_ref().and_then(serde_json::Value::as_str);
    let id = id.filter(|id| id.starts_with("http"));
    let typed = [item.url.as_deref(), item.external_url.as_deref(), id];
    let url = typed
        .into_iter()
        .flatten()
        .find_map(|typed| resolved(base, typed))?;
    let date = item.date_published.as_deref().and_then(instant);
    let tags = item.tags.unwrap_or_default();
    Some(Entry {
        url,
        title: line(&item.title.unwrap_or_default()),
        tags: tags.iter().take(MAX_TAGS).map(|tag| line(tag)).collect(),
        published: date.or_else(|| item.date_modified.as_deref().and_then(instant)),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn try_read(text: &str) -> Result<Vec<Entry>, NotAStory> {
        read(&Page {
            bytes: text.as_bytes(),
            content_type: None,
            url: "https://news.example/rss/world.xml",
        })
    }

    fn urls(text: &str) -> Vec<String> {
        let entries = try_read(text).unwrap();
        entries.into_iter().map(|entry| entry.url).collect()
    }

    #[test]
    fn rss_gives_address_title_tags_and_date() {
        let entries = try_read(
            "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:dc=\"x\" xmlns:media=\"y\"><channel><title>World</title>\
             <link>https://news.example/</link><item><title><![CDATA[Truce &amp; talks <b>go on</b>]]></title>\
             <media:title>A picture</media:title><link>https://news.example/a/1?utm_source=rss</link>\
             <category>World</category><category domain=\"z\">Tarvia</category><dc:creator>V. Lind</dc:creator>\
             <pubDate>Mon, 09 Mar 2026 12:40:00 GMT</pubDate><guid isPermaLink=\"false\">17</guid></item></channel></rss>",
        )
        .unwrap();

        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].title, "Truce & talks go on");
        assert_eq!(entries[0].tags, ["World", "Tarvia"]);
        assert_eq!(
            entries[0].published.unwrap().to_string(),
            "2026-03-09T12:40:00Z"
        );
    }

    #[test]
    fn rdf_and_atom_are_read_alike() {
        let rdf = "<rdf:RDF xmlns:rdf='r' xmlns='http://purl.org/rss/1.0/' xmlns:dc='d'><channel rdf:about='x'><link>https://news.example/</link></channel>\
             <item rdf:about='https://news.example/a/1'><title>One</title><link>https://news.example/a/1</link>\
             <dc:date>2026-03-09T12:40:00+01:00</dc:date><dc:subject>World</dc:subject></item></rdf:RDF>";
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://news.example/b/'><link rel='self' href='x'/>\
             <entry><title type='html'>T&amp;amp;T</title><link rel='enclosure' href='a.mp3'/><link rel='alternate' type='text/html' href='2'/>\
             <id>tag:1</id><updated>2026-03-09T12:40:00Z</updated><category term='world'/><source><title>Else</title><link href='https://else.example/'/></source></entry></feed>";

        assert_eq!(urls(rdf), ["https://news.example/a/1"]);
        assert_eq!(try_read(rdf).unwrap()[0].tags, ["World"]);
        let atom = try_read(atom).unwrap();
        assert_eq!(atom[0].url, "https://news.example/b/2");
        assert_eq!((atom[0].title.as_str(), atom[0].tags.len()), ("T&T", 1));
        assert!(atom[0].published.is_some());
    }

    #[test]
    fn a_json_feed_is_read() {
        let text = r#"{"version":"https://jsonfeed.org/version/1.1","title":"W","items":[
            {"id":7,"url":"/a/1","title":"One","tags":["World"],"date_published":"2026-03-09T12:40:00Z","content_text":"x"},
            {"id":"https://news.example/a/2"}, {"id":"none"}]}"#;

        assert_eq!(
            urls(text),
            ["https://news.example/a/1", "https://news.example/a/2"]
        );
        assert!(try_read("{\"items\": 3}").is_err());
    }

    #[test]
    fn an_article_is_listed_once_however_often_it_stands_there() {
        let item = |link: &str| format!("<item><link>{link}</link></item>");
        let feed = format!(
            "<rss><channel>{}{}{}</channel></rss>",
            item("https://news.example/a/1"),
            item("http://www.news.example/a/1/?utm_medium=x"),
            item("https://news.example/a/2")
        );

        assert_eq!(
            urls(&feed),
            ["https://news.example/a/1", "https://news.example/a/2"]
        );
    }

    #[test]
    fn a_broken_feed_lists_what_can_be_read() {
        let feed = "<rss><channel><item><title>A & B < C</title><link>https://news.example/a/1?x=1&y=2</link></item>\
             <item><link>https://news.example/a/2</link><description>Unclosed <b>text</item>\
             <item><link>https://news.example/a/3</link></item><item><link>https://news.example/a/cut";

        assert_eq!(
            urls(feed),
            [
                "https://news.example/a/1?x=1&y=2",
                "https://news.example/a/2",
                "https://news.example/a/3"
            ]
        );
    }

    #[test]
    fn the_charset_of_the_declaration_holds() {
        let text = "<?xml version='1.0' encoding='windows-1251'?><rss><channel><item><title>Киев</title><link>/a</link></item></channel></rss>";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
        let page = Page {
            bytes: &bytes,
            content_type: Some("application/rss+xml"),
            url: "https://news.example/",
        };

        assert_eq!(read(&page).unwrap()[0].title, "Киев");
    }

    #[test]
    fn what_is_no_feed_is_named_and_the_real_one_pointed_to() {
        let page = "<!doctype html><html><head><link rel=alternate type='application/rss+xml' href='/feed'></head><body><p>News</p></body></html>";

        let why = try_read(page).unwrap_err();
        assert!(why.detail.contains("https://news.example/feed"), "{why:?}");
        assert!(try_read("hello").is_err());
        assert!(try_read("").is_err());
        assert_eq!(urls("<rss><channel/></rss>"), Vec::<String>::new());
    }

    #[test]
    fn hostile_feeds_cost_little() {
        let deep = format!("<rss>{}", "<item>".repeat(1_000_000));
        let many = format!(
            "<rss><channel>{}</channel></rss>",
            (0..50_000)
                .map(|n| format!("<item><link>/a/{n}</link></item>"))
                .collect::<Vec<_>>()
                .concat()
        );

        assert_eq!(try_read(&deep).unwrap_err().why, Why::Hostile);
        assert_eq!(try_read(&many).unwrap().len(), listing::MAX_ENTRIES);
    }

    proptest! {
        #[test]
        fn whatever_stands_there_does_no_harm(text in "(<rss>|<feed>)?([<>&;/'\"= a-z!\\[\\]-]|<item>|<link>|</item>|<!\\[CDATA\\[|é){0,80}") {
            let _ = try_read(&text);
        }
    }
}
