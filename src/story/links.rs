//! Reads a section page as the articles its links lead to.
//!
//! A selector that finds no link is no empty list: the page was rebuilt, or something stands in its place.

use dom_query::{Document, Matcher, NodeRef};
use url::Url;

use super::listing::{self, Entry, no_list, resolved};
use super::{NotAStory, Options, Page, Why, charset, guard, html, line};

/// The articles that a section page links to where `selector` says, in its order.
///
/// The selector may name the links themselves, or elements in them or around them.
///
/// # Errors
/// [`NotAStory`] where the page has no such link, or is a wall.
///
/// ```
/// use claimwatch::story::{Page, links};
///
/// let html = r#"<main><h2><a href="/a/1">Truce holds</a></h2></main><footer><a href="/imprint">Imprint</a></footer>"#;
/// let page = Page { bytes: html.as_bytes(), content_type: None, url: "https://news.example/world" };
///
/// let articles = links::read(&page, "main h2 a").unwrap();
///
/// assert_eq!(articles.len(), 1);
/// assert_eq!(articles[0].url, "https://news.example/a/1");
/// ```
pub fn read(page: &Page<'_>, selector: &str) -> Result<Vec<Entry>, NotAStory> {
    let text = charset::decode(page.bytes, page.content_type);
    guard::check(&text).map_err(|reason| NotAStory {
        why: Why::Hostile,
        detail: format!("refused: {reason}"),
    })?;
    let matcher = Matcher::new(selector)
        .map_err(|_| no_list(format!("`{selector}` is not a CSS selector")))?;
    let entries = entries(&text, page.url, &matcher);
    if !entries.is_empty() {
        return Ok(listing::distinct(entries));
    }
    match html::read(text, page.url, &Options::default(), None) {
        Err(wall) if !matches!(wall.why, Why::Empty | Why::Format) => Err(wall),
        Err(_) | Ok(_) => Err(no_list(format!(
            "no link is found by the selector `{selector}`"
        ))),
    }
}

fn entries(html: &str, url: &str, matcher: &Matcher) -> Vec<Entry> {
    let document = Document::from(html);
    let page = Url::parse(url).ok();
    let base = document
        .select("base[href]")
        .attr("href")
        .and_then(|href| page.as_ref()?.join(href.trim()).ok())
        .or(page);
    let found = document.select_matcher(matcher);
    let nodes = found.nodes().iter().filter_map(link);
    nodes
        .filter_map(|link| {
            Some(Entry {
                url: resolved(base.as_ref(), &link.attr("href")?)?,
                title: line(&link.text()),
                ..Entry::default()
            })
        })
        .collect()
}

/// The link that an element is, holds, or stands in.
fn link<'d>(element: &NodeRef<'d>) -> Option<NodeRef<'d>> {
    let is_link = |node: &NodeRef<'_>| node.has_name("a") && node.has_attr("href");
    if is_link(element) {
        return Some(*element);
    }
    element
        .descendants_it()
        .find(is_link)
        .or_else(|| element.ancestors_it(None).find(is_link))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const FRONT: &str = "<!doctype html><html><head><base href='https://news.example/world/'></head><body><nav><a href='/about'>About</a></nav>\
        <main><article><h2><a href='a/1?utm_source=front'>Truce <b>holds</b></a></h2><a href='a/1'><img></a></article>\
        <article><a href='a/2'><h2>Floods rise</h2></a></article><article><h2>No link</h2></article>\
        <article><h2><a href='javascript:x()'>Trap</a></h2></article></main></body></html>";

    fn try_read(html: &str, selector: &str) -> Result<Vec<Entry>, NotAStory> {
        let page = Page {
            bytes: html.as_bytes(),
            content_type: Some("text/html"),
            url: "https://news.example/",
        };
        read(&page, selector)
    }

    #[test]
    fn links_in_around_and_under_the_selector_are_found_once() {
        for selector in ["main h2", "main article", "main a, main h2"] {
            let entries = try_read(FRONT, selector).unwrap();
            let urls: Vec<&str> = entries.iter().map(|entry| entry.url.as_str()).collect();

            assert_eq!(
                urls,
                [
                    "https://news.example/world/a/1?utm_source=front",
                    "https://news.example/world/a/2"
                ],
                "{selector}"
            );
            assert_eq!(entries[0].title, "Truce holds");
        }
    }

    #[test]
    fn a_page_without_such_links_is_told() {
        let why = try_read(FRONT, "main h3 a").unwrap_err();

        assert_eq!(why.detail, "no link is found by the selector `main h3 a`");
        assert!(try_read(&"<div>".repeat(100_000), "a").is_err());
    }
}
