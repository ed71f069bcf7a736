//! Reads a sitemap as the articles it lists, or as the sitemaps that an index lists; compressed or not, XML or plain text.
//!
//! Nothing is unpacked past the size of a page: what lies behind is not read.

use std::io::Read;

use flate2::read::GzDecoder;
use jiff::Timestamp;
use url::Url;

use super::listing::{self, Entry, instant, no_list, resolved};
use super::xml::{Reader, Refusal, Tag, Token, local, mended};
use super::{NotAStory, Options, Page, Why, guard, html, line};

/// Sitemaps taken from one index.
pub const MAX_SITEMAPS: usize = 1_000;
/// Characters of one field that are kept.
const MAX_FIELD_CHARS: usize = 4_096;
/// The first bytes of what gzip makes.
const GZIP: &[u8] = b"\x1F\x8B";

/// What a sitemap lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sitemap {
    /// Articles.
    Articles(Vec<Entry>),
    /// Other sitemaps, those that were modified last first.
    Index(Vec<Part>),
}

/// A sitemap that an index lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its address.
    pub url: String,
    /// When it was last modified, where the index says so.
    pub modified: Option<Timestamp>,
}

/// What a sitemap lists, in its order.
///
/// # Errors
/// [`NotAStory`] where the page is no sitemap.
///
/// ```
/// use claimwatch::story::Page;
/// use claimwatch::story::sitemap::{self, Sitemap};
///
/// let xml = "<urlset><url><loc>https://news.example/a/1</loc><lastmod>2026-03-09</lastmod></url></urlset>";
/// let page = Page { bytes: xml.as_bytes(), content_type: None, url: "https://news.example/sitemap.xml" };
///
/// let Ok(Sitemap::Articles(articles)) = sitemap::read(&page) else { panic!() };
///
/// assert_eq!(articles[0].url, "https://news.example/a/1");
/// ```
pub fn read(page: &Page<'_>) -> Result<Sitemap, NotAStory> {
    let unpacked;
    let page = if page.bytes.starts_with(GZIP) {
        unpacked = unpack(page.bytes)?;
        Page {
            bytes: &unpacked,
            ..*page
        }
    } else {
        *page
    };
    let text = listing::decode(&page);
    let base = Url::parse(page.url).ok();
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if start.starts_with("http://") || start.starts_with("https://") {
        let entries = start
            .lines()
            .filter_map(|row| plain_entry(row, base.as_ref()));
        let taken = entries.take(listing::MAX_ENTRIES).collect();
        return Ok(Sitemap::Articles(listing::distinct(taken)));
    }
    of_xml(&text, base.as_ref(), &page)
}

fn plain_entry(row: &str, base: Option<&Url>) -> Option<Entry> {
    Some(Entry {
        url: resolved(base, row)?,
        ..Entry::default()
    })
}

/// What gzip packed, at most as much as a page may hold; an archive that is cut or damaged gives what comes before.
fn unpack(bytes: &[u8]) -> Result<Vec<u8>, NotAStory> {
    let mut unpacked = Vec::new();
    let limit = guard::MAX_PAGE_BYTES as u64;
    let read = GzDecoder::new(bytes).take(limit).read_to_end(&mut unpacked);
    match read {
        Err(error) if unpacked.is_empty() => {
            Err(no_list(format!("the sitemap cannot be unpacked: {error}")))
        }
        Ok(_) | Err(_) => Ok(unpacked),
    }
}

/// One `url` or `sitemap` element.
#[derive(Default)]
struct Draft {
    address: String,
    title: String,
    tags: Vec<String>,
    published: Option<Timestamp>,
    modified: Option<Timestamp>,
}

impl Draft {
    fn take(&mut self, name: &str, text: &str) {
        match name {
            // Pictures and videos have addresses of their own, below a name with a prefix.
            "loc" if self.address.is_empty() => text.clone_into(&mut self.address),
            "lastmod" => self.modified = instant(text),
            _ => match local(name) {
                "publication_date" => self.published = instant(text),
                "title" if self.title.is_empty() => self.title = line(text),
                "keywords" => self.tags = text.split(',').map(line).collect(),
                _ => {}
            },
        }
    }

    fn entry(self, base: Option<&Url>) -> Option<Entry> {
        Some(Entry {
            url: resolved(base, &self.address)?,
            title: self.title,
            tags: self.tags,
            published: self.published.or(self.modified),
        })
    }

    fn part(self, base: Option<&Url>) -> Option<Part> {
        Some(Part {
            url: resolved(base, &self.address)?,
            modified: self.modified,
        })
    }
}

fn of_xml(text: &str, base: Option<&Url>, page: &Page<'_>) -> Result<Sitemap, NotAStory> {
    let mended = mended(text);
    let mut reader = Reader::new(&mended);
    let is_index = match root(&mut reader) {
        Some(tag) if tag.local() == "urlset" => false,
        Some(tag) if tag.local() == "sitemapindex" => true,
        Some(_) | None => return Err(no_sitemap(text, page)),
    };
    let (mut entries, mut parts) = (Vec::new(), Vec::new());
    let (mut names, mut field) = (Vec::new(), String::new());
    let mut draft: Option<Draft> = None;
    while let Some(token) = reader.next() {
        match token {
            Token::Open(tag) => {
                if names.is_empty() && matches!(tag.local(), "url" | "sitemap") {
                    draft = Some(Draft::default());
                }
                names.push(tag.name);
                field.clear();
            }
            Token::Text(text) => {
                let room = MAX_FIELD_CHARS.saturating_sub(field.len());
                field.extend(text.chars().take(room));
            }
            Token::Close => {
                let name = names.pop();
                if let (Some(draft), Some(name), false) = (&mut draft, &name, names.is_empty()) {
                    draft.take(name, field.trim());
                } else if let Some(draft) = draft.take() {
                    if is_index {
                        parts.extend(draft.part(base));
                    } else {
                        entries.extend(draft.entry(base));
                    }
                }
                field.clear();
            }
        }
    }
    if reader.refusal() == Some(Refusal::TooDeep) {
        return Err(NotAStory {
            why: Why::Hostile,
            detail: "refused: the sitemap nests elements without end".to_owned(),
        });
    }
    if is_index {
        parts.sort_by_key(|part| std::cmp::Reverse(part.modified));
        parts.truncate(MAX_SITEMAPS);
        return Ok(Sitemap::Index(parts));
    }
    // Sitemaps are in no order; the articles of today may stand last among fifty thousand.
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.published));
    Ok(Sitemap::Articles(listing::distinct(entries)))
}

/// The element around everything.
fn root(reader: &mut Reader<'_>) -> Option<Tag> {
    while let Some(token) = reader.next() {
        match token {
            Token::Open(tag) => return Some(tag),
            Token::Text(_) | Token::Close => {}
        }
    }
    None
}

/// What stands in the place of a sitemap.
fn no_sitemap(text: &str, page: &Page<'_>) -> NotAStory {
    let head: String = text.chars().take(1_000).collect::<String>().to_lowercase();
    if head.contains("<html") || head.contains("<!doctype html") {
        match html::read(text.to_owned(), page.url, &Options::default(), None) {
            Err(wall) if !matches!(wall.why, Why::Empty | Why::Format) => return wall,
            Err(_) | Ok(_) => return no_list("this is an HTML page and no sitemap"),
        }
    }
    no_list("this is no sitemap: expected `urlset`, `sitemapindex` or a list of addresses")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn try_read(bytes: &[u8]) -> Result<Sitemap, NotAStory> {
        read(&Page {
            bytes,
            content_type: None,
            url: "https://news.example/sitemap.xml",
        })
    }

    fn articles(bytes: &[u8]) -> Vec<Entry> {
        match try_read(bytes).unwrap() {
            Sitemap::Articles(articles) => articles,
            Sitemap::Index(_) => panic!("an index"),
        }
    }

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    const NEWS: &str = "<?xml version='1.0'?><urlset xmlns:news='n' xmlns:image='i'>\
        <url><loc>https://news.example/a/1</loc><lastmod>2026-03-08</lastmod><image:image><image:loc>https://news.example/1.jpg</image:loc></image:image></url>\
        <url><loc>https://news.example/a/2?a=1&amp;b=2</loc><news:news><news:publication><news:name>Post</news:name></news:publication>\
        <news:publication_date>2026-03-09T12:40:00Z</news:publication_date><news:title>Truce &amp; talks</news:title><news:keywords>World, Tarvia</news:keywords></news:news></url></urlset>";

    #[test]
    fn a_news_sitemap_gives_title_tags_and_date_newest_first() {
        let articles = articles(NEWS.as_bytes());

        assert_eq!(articles[0].url, "https://news.example/a/2?a=1&b=2");
        assert_eq!(articles[0].title, "Truce & talks");
        assert_eq!(articles[0].tags, ["World", "Tarvia"]);
        assert_eq!(articles[1].url, "https://news.example/a/1");
        assert!(articles[1].published.is_some());
    }

    #[test]
    fn a_compressed_and_a_plain_one_are_read_too() {
        assert_eq!(articles(&packed(NEWS.as_bytes())).len(), 2);
        assert_eq!(
            articles(b"https://news.example/a/1\nhttps://news.example/a/2\n\n").len(),
            2
        );
        assert!(try_read(b"\x1F\x8Bnonsense").is_err());
    }

    #[test]
    fn an_index_lists_sitemaps_the_latest_first() {
        let index = "<sitemapindex><sitemap><loc>/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap>\
            <sitemap><loc>/new.xml.gz</loc><lastmod>2026-03-09T00:00:00Z</lastmod></sitemap></sitemapindex>";

        let Sitemap::Index(parts) = try_read(index.as_bytes()).unwrap() else {
            panic!("no index");
        };

        assert_eq!(parts[0].url, "https://news.example/new.xml.gz");
        assert_eq!(parts.len(), 2);
    }

    #[test]
    fn of_a_bomb_no_more_is_read_than_of_a_page() {
        let bomb = packed(&vec![b' '; 32 << 20]);

        assert!(unpack(&bomb).unwrap().len() <= guard::MAX_PAGE_BYTES);
        assert!(try_read(&bomb).is_err());
        assert_eq!(
            try_read("<urlset>".repeat(100_000).as_bytes())
                .unwrap_err()
                .why,
            Why::Hostile
        );
    }

    #[test]
    fn the_newest_of_a_long_sitemap_are_taken() {
        let rows: Vec<String> = (0..20_000)
            .map(|n| format!("<url><loc>https://news.example/a/{n}</loc><lastmod>2026-03-09T00:00:{:02}Z</lastmod></url>", n / 400))
            .collect();

        let articles = articles(format!("<urlset>{}</urlset>", rows.concat()).as_bytes());

        assert_eq!(articles.len(), listing::MAX_ENTRIES);
        assert_eq!(articles[0].url, "https://news.example/a/19600");
    }
}
