//! What a page says of its story: headline, authors, dates, address. JSON-LD first, then meta tags, then the page itself.

use super::date;
use super::json_ld::Article;
use super::outline::{Head, Outline};
use super::{Date, Story, line};
use crate::text::Language;

/// No headline is longer.
const MAX_TITLE_CHARS: usize = 500;
/// More authors are not told.
const MAX_AUTHORS: usize = 32;
/// More headings of the first level are not compared with the title.
const MAX_HEADINGS: usize = 50;

/// A story without its text.
pub(super) fn read(outline: &Outline, article: &Article, url: &str) -> Story {
    let head = &outline.head;
    Story {
        headline: headline(outline, article),
        standfirst: None,
        byline: byline(outline, article),
        agency: None,
        outlet: outlet(head, article),
        published: published(head, article),
        modified: modified(head, article),
        canonical: canonical(head, url),
        language: head
            .language
            .as_deref()
            .map(Language::new)
            .unwrap_or_default(),
        paragraphs: Vec::new(),
    }
}

/// The content of the first meta tag with one of these names, in the order of the names.
fn meta<'a>(head: &'a Head, names: &[&str]) -> Option<&'a str> {
    names.iter().find_map(|name| {
        head.meta
            .iter()
            .find(|(key, content)| key == name && !content.trim().is_empty())
            .map(|(_, content)| content.as_str())
    })
}

fn headline(outline: &Outline, article: &Article) -> String {
    let head = &outline.head;
    if let Some(given) = article
        .headline
        .as_deref()
        .map(short)
        .filter(|text| !text.is_empty())
    {
        return given;
    }
    let outlet = outlet(head, article);
    let title = short(&head.title);
    let og = meta(head, &["og:title", "twitter:title", "dc.title", "headline"])
        .map(short)
        .unwrap_or_default();
    let shown: Vec<String> = headings(outline)
        .into_iter()
        .filter(|text| {
            outlet
                .as_ref()
                .is_none_or(|outlet| !same_words(text, outlet))
        })
        .collect();
    // Of several headings the titles name the right one.
    let named = shown
        .iter()
        .map(|text| {
            (
                shared_percent(text, &title).max(shared_percent(text, &og)),
                text,
            )
        })
        .filter(|(shared, _)| *shared >= 60)
        .reduce(|best, other| if other.0 > best.0 { other } else { best });
    if let Some((_, text)) = named {
        return text.clone();
    }
    let titles = [og, title].map(|text| without_outlet(outline, &text, outlet.as_deref()));
    let from_title = titles.into_iter().find(|text| !text.is_empty());
    match (from_title, shown.as_slice()) {
        (None, [first, ..]) => first.clone(),
        (Some(text), _) => text,
        (None, []) => String::new(),
    }
}

/// The share of the words of `text` that occur in `title`, in percent.
fn shared_percent(text: &str, title: &str) -> usize {
    let words = |text: &str| -> Vec<String> {
        text.split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (own, others) = (words(text), words(title));
    if own.len() < 2 {
        return 0;
    }
    own.iter().filter(|word| others.contains(word)).count() * 100 / own.len()
}

/// The beginning of a text on one line, as long as a headline may be.
fn short(text: &str) -> String {
    let cut: String = text.chars().take(MAX_TITLE_CHARS).collect();
    line(&cut)
}

/// The texts of the headings of the first level.
fn headings(outline: &Outline) -> Vec<String> {
    (0..outline.nodes.len())
        .filter(|at| {
            outline
                .element(*at)
                .is_some_and(|element| element.name == dom_query::local_name!("h1"))
        })
        .map(|at| outline.text_below(at))
        .filter(|text| !text.is_empty())
        .take(MAX_HEADINGS)
        .collect()
}

/// A title without the name of the publication around it.
fn without_outlet(outline: &Outline, title: &str, outlet: Option<&str>) -> String {
    for separator in [" | ", " - ", " – ", " — ", " « ", " » ", " :: ", " · "] {
        let (Some((first, rest)), Some((start, last))) =
            (title.split_once(separator), title.rsplit_once(separator))
        else {
            continue;
        };
        let is_outlet = |part: &str| outlet.is_some_and(|outlet| same_words(part, outlet));
        // What the page shows as a text of its own is the headline.
        if is_outlet(last) || is_shown(outline, start) {
            return start.trim().to_owned();
        }
        if is_outlet(first) || is_shown(outline, rest) {
            return rest.trim().to_owned();
        }
        let words = |text: &str| text.split_whitespace().count();
        if words(last) <= 4 && words(start) > words(last) {
            return start.trim().to_owned();
        }
    }
    title.to_owned()
}

/// Whether a text stands alone on the page.
fn is_shown(outline: &Outline, text: &str) -> bool {
    let text = text.trim();
    (0..outline.nodes.len()).any(|at| outline.text(at).trim() == text)
}

fn same_words(one: &str, other: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    plain(one) == plain(other)
}

fn byline(outline: &Outline, article: &Article) -> Vec<String> {
    if !article.authors.is_empty() {
        return article.authors.clone();
    }
    let mut names: Vec<String> = Vec::new();
    for (key, content) in &outline.head.meta {
        let is_author = matches!(
            key.as_str(),
            "author"
                | "article:author"
                | "dc.creator"
                | "byl"
                | "parsely-author"
                | "sailthru.author"
        );
        let name = line(content);
        if is_author && !name.is_empty() && !name.contains("://") {
            names.push(without_by(&name));
        }
    }
    if names.is_empty() {
        for at in &outline.head.authors {
            let name = without_by(&outline.text_below(*at as usize));
            let words = name.split_whitespace().count();
            let is_name =
                (1..=8).contains(&words) && !name.contains(|letter: char| letter.is_ascii_digit());
            if is_name {
                names.push(name);
            }
        }
    }
    let mut seen: Vec<String> = Vec::new();
    for name in names.into_iter().take(MAX_AUTHORS) {
        if !seen.iter().any(|other| same_words(other, &name)) {
            seen.push(name);
        }
    }
    seen
}

fn without_by(name: &str) -> String {
    let lower = name.to_lowercase();
    for prefix in ["by ", "von ", "par ", "por ", "di ", "door "] {
        if lower.starts_with(prefix) {
            return name.get(prefix.len()..).unwrap_or(name).trim().to_owned();
        }
    }
    name.trim().to_owned()
}

fn outlet(head: &Head, article: &Article) -> Option<String> {
    meta(
        head,
        &[
            "og:site_name",
            "application-name",
            "publisher",
            "dc.publisher",
        ],
    )
    .map(line)
    .or_else(|| article.publisher.clone())
    .filter(|name| !name.is_empty() && !name.contains("://"))
}

fn published(head: &Head, article: &Article) -> Option<Date> {
    let names = [
        "article:published_time",
        "og:published_time",
        "datepublished",
        "date",
        "dc.date",
        "dc.date.issued",
        "dcterms.created",
        "dcterms.issued",
        "pubdate",
        "publishdate",
        "publish-date",
        "publication_date",
        "parsely-pub-date",
        "sailthru.date",
        "article.published",
        "originalpublicationdate",
        "cxenseparse:recs:publishtime",
        "timestamp",
    ];
    article
        .published
        .clone()
        .or_else(|| meta(head, &names).map(str::to_owned))
        .or_else(|| time_element(head, &["published", "datepublished", "pubdate", "created"]))
        .or_else(|| only_time(head))
        .and_then(|text| date::read(&text))
}

fn modified(head: &Head, article: &Article) -> Option<Date> {
    let names = [
        "article:modified_time",
        "og:updated_time",
        "datemodified",
        "dateupdated",
        "lastmod",
        "last-modified",
        "dcterms.modified",
        "dc.date.modified",
        "article.updated",
        "revision_date",
    ];
    article
        .modified
        .clone()
        .or_else(|| meta(head, &names).map(str::to_owned))
        .or_else(|| time_element(head, &["modified", "datemodified", "updated"]))
        .and_then(|text| date::read(&text))
}

/// The value of the first `<time>` (or `<meta>`) whose names say one of `purposes`.
fn time_element(head: &Head, purposes: &[&str]) -> Option<String> {
    head.times
        .iter()
        .find(|(value, names)| {
            !value.is_empty()
                && names
                    .split(|letter: char| !letter.is_ascii_alphanumeric())
                    .any(|word| purposes.contains(&word))
        })
        .map(|(value, _)| value.clone())
}

/// The value of the first `<time>`, where the page has no better word for its date.
fn only_time(head: &Head) -> Option<String> {
    head.times
        .iter()
        .map(|(value, _)| value)
        .find(|value| date::read(value).is_some_and(|date| date.at.is_some()))
        .cloned()
}

/// The canonical address, absolute; nothing where the page names another site's front page or no usable one.
fn canonical(head: &Head, url: &str) -> Option<String> {
    let given = head
        .canonical
        .as_deref()
        .or_else(|| meta(head, &["og:url"]))?;
    let resolved = match url::Url::parse(url) {
        Ok(base) => base.join(given),
        Err(_) => url::Url::parse(given),
    };
    let resolved = resolved.ok()?;
    matches!(resolved.scheme(), "http" | "https").then(|| resolved.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::sample::{TEXT, read};

    fn story(head: &str, body: &str) -> crate::story::Story {
        read(&format!(
            "<html lang=en-GB><head>{head}</head><body>{body}{TEXT}</body></html>"
        ))
    }

    #[test]
    fn json_ld_comes_first() {
        let ld = r#"<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle",
            "headline": "Ferry &amp; cars", "datePublished": "2024-03-06T11:12:00Z", "dateModified": "2024-03-06T15:00:00Z",
            "author": [{"name": "Ana Ruiz"}, {"name": "Tom Hill"}], "publisher": {"name": "The Example"}}]}</script>"#;

        let story = story(
            &format!("<meta property=article:published_time content=2020-01-01>{ld}"),
            "<h1>Ferry</h1>",
        );

        assert_eq!(story.headline, "Ferry & cars");
        assert_eq!(story.byline, ["Ana Ruiz", "Tom Hill"]);
        assert_eq!(story.outlet.as_deref(), Some("The Example"));
        assert_eq!(
            story.published.map(|date| date.text).as_deref(),
            Some("2024-03-06T11:12:00Z")
        );
        assert_eq!(
            story.modified.map(|date| date.text).as_deref(),
            Some("2024-03-06T15:00:00Z")
        );
        assert_eq!(story.language.as_str(), "en");
    }

    #[test]
    fn without_json_ld_the_page_speaks_for_itself() {
        let head = "<title>Ferry runs aground | The Example</title><meta property=og:site_name content='The Example'>\
            <meta property=article:modified_time content=2024-03-06T15:00:00Z><link rel=canonical href=/ferry>";
        let body = "<h1>The Example</h1><h1>Ferry runs aground</h1><a rel=author href=/x>By Ana Ruiz</a><time datetime=2024-03-06T11:12:00Z>6 March</time>";

        let story = story(head, body);

        assert_eq!(story.headline, "Ferry runs aground");
        assert_eq!(story.byline, ["Ana Ruiz"]);
        assert_eq!(
            story.canonical.as_deref(),
            Some("https://news.example/ferry")
        );
        assert_eq!(
            story.published.map(|date| date.text).as_deref(),
            Some("2024-03-06T11:12:00Z")
        );
        assert_eq!(
            story.modified.map(|date| date.text).as_deref(),
            Some("2024-03-06T15:00:00Z")
        );
    }

    #[test]
    fn the_name_of_the_paper_is_no_part_of_the_headline() {
        for title in [
            "Ferry runs aground | The Example",
            "Ferry runs aground - The Example",
            "The Example - Ferry runs aground",
        ] {
            let head = format!("<title>{title}</title>");

            assert_eq!(
                story(&head, "<b>Ferry runs aground</b><br><br>").headline,
                "Ferry runs aground",
                "{title}"
            );
        }
    }

    #[test]
    fn broken_json_ld_harms_nothing() {
        let deep = "[".repeat(100_000);
        let head = format!(
            "<title>Ferry</title><script type='application/ld+json'>{deep}</script><script type='application/ld+json'>{{\"@type\": </script>"
        );

        assert_eq!(story(&head, "").headline, "Ferry");
    }
}
