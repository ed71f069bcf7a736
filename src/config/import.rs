//! The watch lists of other programs, read as watches of ours.
//!
//! What has no counterpart here (a shell command, a filter that is no CSS selector) is left out and told, never guessed.

use dom_query::Document;
use serde_json::Value as Json;

use super::edit::NewWatch;
use super::yaml::{self, Node, Value};
use crate::{alert, story};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 8 << 20;

/// The most watches of one file.
const MAX_WATCHES: usize = 10_000;

/// What was found in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The watches.
    pub watches: Vec<NewWatch>,
    /// What was left out and why, a sentence each.
    pub left_out: Vec<String>,
}

/// Reads a file of urlwatch or webchanges (jobs in YAML), of changedetection.io (JSON), of a feed reader (OPML), or a list of
/// addresses, a line each.
///
/// ```
/// use claimwatch::config::import;
///
/// let found = import::read("name: Harbour\nurl: https://news.example/a\n---\ncommand: ls\n").unwrap();
///
/// assert_eq!(found.watches[0].url, "https://news.example/a");
/// assert_eq!(found.left_out.len(), 1);
/// ```
///
/// # Errors
/// Where the file is none of these.
pub fn read(text: &str) -> Result<Found, String> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let mut found = match text.chars().next() {
        None => return Err("the file is empty".to_owned()),
        Some('{' | '[') => of_json(text)?,
        Some('<') => of_opml(text)?,
        Some(_) if is_list(text) => of_list(text),
        Some(_) => of_jobs(text)?,
    };
    if found.watches.len() > MAX_WATCHES {
        return Err(format!("more than {MAX_WATCHES} watches in one file"));
    }
    for watch in &mut found.watches {
        watch.name = watch.name.as_deref().and_then(name_of);
        let (good, bad): (Vec<String>, Vec<String>) = std::mem::take(&mut watch.exclude)
            .into_iter()
            .partition(|selector| story::selector_problem(selector).is_none());
        watch.exclude = good;
        let include = watch.include.take();
        let (good, wrong) = match include {
            Some(css) if story::selector_problem(&css).is_some() => (None, Some(css)),
            other => (other, None),
        };
        watch.include = good;
        for selector in bad.into_iter().chain(wrong) {
            let told = format!("{}: `{selector}` is not a CSS selector", watch.url);
            found.left_out.push(told);
        }
    }
    Ok(found)
}

/// A title as a name: its letters and digits, joined with `-`.
fn name_of(title: &str) -> Option<String> {
    let mut name = String::new();
    for c in title.chars() {
        if c.is_ascii_alphanumeric() || c == '.' || c == '_' {
            name.extend(c.to_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
        if name.len() >= 60 {
            break;
        }
    }
    let name = name.trim_matches(['-', '.']);
    alert::WatchName::new(name).map(|name| name.to_string())
}

fn is_address(text: &str) -> bool {
    super::addresses::page(text).is_ok()
}

/// Whether every line is an address, perhaps with words behind it.
fn is_list(text: &str) -> bool {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines()
        .filter(|line| !line.starts_with('#'))
        .all(|line| line.starts_with("https://") || line.starts_with("http://"))
}

fn of_list(text: &str) -> Found {
    let mut found = Found::default();
    for line in text.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut words = line.split_whitespace();
        let url = words.next().unwrap_or_default();
        if is_address(url) {
            found.watches.push(NewWatch {
                url: url.to_owned(),
                ..NewWatch::default()
            });
        } else {
            found
                .left_out
                .push(format!("`{url}` is not the address of a page"));
        }
    }
    found
}

/// urlwatch and webchanges: a YAML document for each job.
fn of_jobs(text: &str) -> Result<Found, String> {
    let mut found = Found::default();
    let mut jobs = 0;
    for document in documents(text) {
        let tree = yaml::read(&document).map_err(|(place, wrong)| {
            let line = place.map_or_else(String::new, |place| {
                format!(" (line {} of the job)", place.line)
            });
            format!(
                "this is no list of watches that is known: {}{line}",
                wrong.what
            )
        })?;
        match &tree.value {
            Value::Nothing => {}
            Value::Mapping(_) => {
                jobs += 1;
                job(&tree, &mut found);
            }
            Value::Text(_) | Value::List(_) => {
                return Err("this is no list of watches that is known".to_owned());
            }
        }
    }
    if jobs == 0 {
        return Err("there are no jobs in the file".to_owned());
    }
    Ok(found)
}

/// The documents between lines of `---`.
fn documents(text: &str) -> Vec<String> {
    let mut documents = vec![String::new()];
    for line in text.lines() {
        if line.trim_end() == "---" || line.starts_with("--- ") {
            documents.push(String::new());
        } else if let Some(last) = documents.last_mut() {
            last.push_str(line);
            last.push('\n');
        }
    }
    documents.retain(|document| {
        let mut lines = document.lines();
        lines.any(|line| !line.trim().is_empty() && !line.trim().starts_with('#'))
    });
    documents
}

fn job(node: &Node, found: &mut Found) {
    let name = text_at(node, "name");
    let Some(url) = text_at(node, "url").or_else(|| text_at(node, "navigate")) else {
        let name = name.unwrap_or_else(|| "a job".to_owned());
        let why = if text_at(node, "command").is_some() {
            "runs a command; only pages are watched"
        } else {
            "has no address"
        };
        found.left_out.push(format!("{name}: {why}"));
        return;
    };
    if !is_address(&url) {
        found
            .left_out
            .push(format!("`{url}` is not the address of a page"));
        return;
    }
    let mut watch = NewWatch {
        url: url.clone(),
        name,
        browser: at(node, "navigate").is_some()
            || text_at(node, "use_browser").is_some_and(|typed| typed == "true"),
        ..NewWatch::default()
    };
    if let Some(filters) = at(node, "filter").or_else(|| at(node, "filters")) {
        watch.exclude = excluded(filters);
        for (kind, argument) in filters_of(filters) {
            match (kind.as_str(), argument) {
                ("css", Some(css)) if watch.include.is_none() => watch.include = Some(css),
                ("element-by-id", Some(id)) => watch.include = Some(format!("#{id}")),
                ("element-by-class", Some(class)) => watch.include = Some(format!(".{class}")),
                ("element-by-tag", Some(tag)) => watch.include = Some(tag),
                // The story is read as text in any case.
                ("html2text" | "strip" | "re.sub" | "beautify" | "remove-duplicate-lines", _) => {}
                (kind, _) => found
                    .left_out
                    .push(format!("{url}: the filter `{kind}` has no counterpart")),
            }
        }
    }
    for (key, why) in [
        ("data", "what is posted"),
        ("method", "the method"),
        ("headers", "the headers"),
        ("cookies", "the cookies"),
    ] {
        if at(node, key).is_some() {
            found.left_out.push(format!("{url}: {why} (`{key}`)"));
        }
    }
    found.watches.push(watch);
}

/// The filters of a job, each with its argument where it has one.
fn filters_of(node: &Node) -> Vec<(String, Option<String>)> {
    match &node.value {
        Value::Text(text) => text
            .split(',')
            .map(|filter| match filter.split_once(':') {
                Some((kind, argument)) => {
                    (kind.trim().to_owned(), Some(argument.trim().to_owned()))
                }
                None => (filter.trim().to_owned(), None),
            })
            .collect(),
        Value::List(list) => list.iter().flat_map(filters_of).collect(),
        Value::Mapping(entries) => entries
            .iter()
            .map(|(key, value)| {
                let argument = match &value.value {
                    Value::Text(text) => Some(text.clone()),
                    Value::Mapping(_) => ["selector", "text"]
                        .iter()
                        .find_map(|key| text_at(value, key)),
                    Value::Nothing | Value::List(_) => None,
                };
                (key.text.clone(), argument)
            })
            .collect(),
        Value::Nothing => Vec::new(),
    }
}

/// What CSS filters leave out of what they select.
fn excluded(filters: &Node) -> Vec<String> {
    match &filters.value {
        Value::List(list) => list.iter().flat_map(excluded).collect(),
        Value::Mapping(entries) => {
            let css = entries.iter().filter(|(key, _)| key.text == "css");
            css.filter_map(|(_, value)| text_at(value, "exclude"))
                .collect()
        }
        Value::Text(_) | Value::Nothing => Vec::new(),
    }
}

fn at<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    let Value::Mapping(entries) = &node.value else {
        return None;
    };
    let entry = entries.iter().find(|(name, _)| name.text == key);
    entry.map(|(_, value)| value)
}

fn text_at(node: &Node, key: &str) -> Option<String> {
    match &at(node, key)?.value {
        Value::Text(text) => Some(text.trim().to_owned()),
        Value::Nothing | Value::List(_) | Value::Mapping(_) => None,
    }
}

/// changedetection.io: its whole database, the answer of its interface, or one watch.
fn of_json(text: &str) -> Result<Found, String> {
    let json: Json =
        serde_json::from_str(text).map_err(|error| format!("this is no JSON: {error}"))?;
    let mut found = Found::default();
    let list: Vec<&Json> = match json.get("watching").unwrap_or(&json) {
        Json::Object(map) if map.contains_key("url") => vec![json.get("watching").unwrap_or(&json)],
        Json::Object(map) => map.values().collect(),
        Json::Array(list) => list.iter().collect(),
        _ => Vec::new(),
    };
    for entry in list {
        let text = |key: &str| entry.get(key).and_then(Json::as_str).map(str::trim);
        let Some(url) = text("url") else {
            continue;
        };
        if !is_address(url) {
            found
                .left_out
                .push(format!("`{url}` is not the address of a page"));
            continue;
        }
        if entry.get("paused").and_then(Json::as_bool) == Some(true) {
            found.left_out.push(format!("{url}: it is paused there"));
            continue;
        }
        let texts = |key: &str| -> Vec<String> {
            let list = entry.get(key).and_then(Json::as_array);
            let words = list.into_iter().flatten().filter_map(Json::as_str);
            words
                .map(|word| word.trim().to_owned())
                .filter(|word| !word.is_empty())
                .collect()
        };
        let include = texts("include_filters");
        for filter in include.iter().skip(1) {
            found
                .left_out
                .push(format!("{url}: the second filter `{filter}`"));
        }
        found.watches.push(NewWatch {
            url: url.to_owned(),
            name: text("title")
                .filter(|title| !title.is_empty())
                .map(str::to_owned),
            include: include.into_iter().next(),
            exclude: texts("subtractive_selectors"),
            every: entry.get("time_between_check").and_then(interval),
            browser: text("fetch_backend") == Some("html_webdriver"),
            ..NewWatch::default()
        });
    }
    if found == Found::default() {
        return Err("there are no watches in the file".to_owned());
    }
    Ok(found)
}

/// `{"weeks": null, "days": 1, "hours": 0, …}` as `1d`.
fn interval(parts: &Json) -> Option<String> {
    let units = [
        ("weeks", "w"),
        ("days", "d"),
        ("hours", "h"),
        ("minutes", "m"),
        ("seconds", "s"),
    ];
    let words: Vec<String> = units
        .iter()
        .filter_map(|(name, unit)| {
            let count = parts.get(name)?.as_u64().filter(|count| *count > 0)?;
            Some(format!("{count}{unit}"))
        })
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The feeds of a feed reader.
fn of_opml(text: &str) -> Result<Found, String> {
    // Feed readers close their outlines at once; to a reader of HTML such a tag stays open, and thousands would nest.
    let mut found = Found::default();
    for tag in text.split('<').filter(|tag| {
        tag.get(..8)
            .is_some_and(|name| name.eq_ignore_ascii_case("outline "))
    }) {
        let tag = format!(
            "<{}></outline>",
            tag.split('>')
                .next()
                .unwrap_or_default()
                .trim_end_matches('/')
        );
        let document = Document::from(tag.as_str());
        let outline = document.select("outline");
        let value = |name: &str| outline.attr(name).map(|value| value.trim().to_owned());
        let Some(url) = value("xmlurl").filter(|url| !url.is_empty()) else {
            continue;
        };
        if !is_address(&url) {
            found
                .left_out
                .push(format!("`{url}` is not the address of a feed"));
            continue;
        }
        found.watches.push(NewWatch {
            url,
            is_feed: true,
            name: value("title").or_else(|| value("text")),
            ..NewWatch::default()
        });
    }
    if found == Found::default() {
        return Err("there are no feeds in the file".to_owned());
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn jobs_of_urlwatch_become_watches_and_commands_are_left_out() {
        let text = "name: Harbour post\nurl: https://news.example/a\nfilter:\n  - css: article\n  - html2text\n---\n\
            name: disk\ncommand: df -h\n---\nurl: https://news.example/b\nfilter: xpath://p\n---\n\
            navigate: https://news.example/c\nfilter:\n  - element-by-id: story\n---\n\
            url: https://news.example/d\nuse_browser: true\nfilters:\n  - css: {selector: main, exclude: .ad}\n";

        let found = read(text).unwrap();

        let urls: Vec<&str> = found
            .watches
            .iter()
            .map(|watch| watch.url.as_str())
            .collect();
        assert_eq!(
            urls,
            [
                "https://news.example/a",
                "https://news.example/b",
                "https://news.example/c",
                "https://news.example/d"
            ]
        );
        let browser: Vec<bool> = found.watches.iter().map(|watch| watch.browser).collect();
        assert_eq!(browser, [false, false, true, true]);
        assert_eq!(found.watches[3].include.as_deref(), Some("main"));
        assert_eq!(found.watches[3].exclude, [".ad"]);
        assert_eq!(found.watches[0].name.as_deref(), Some("harbour-post"));
        assert_eq!(found.watches[0].include.as_deref(), Some("article"));
        assert_eq!(found.watches[2].include.as_deref(), Some("#story"));
        assert_eq!(found.left_out.len(), 2, "{:?}", found.left_out);
    }

    #[test]
    fn a_database_of_changedetection_becomes_watches() {
        let text = r#"{"watching": {
            "1": {"url": "https://news.example/a", "title": "A", "include_filters": ["article"], "subtractive_selectors": [".ad", "xpath://x"],
                  "time_between_check": {"weeks": null, "days": null, "hours": 3, "minutes": 30}},
            "2": {"url": "https://news.example/b", "paused": true}, "3": {"url": "file:///etc/passwd"}}}"#;

        let found = read(text).unwrap();

        assert_eq!(found.watches.len(), 1);
        assert_eq!(found.watches[0].every.as_deref(), Some("3h 30m"));
        assert_eq!(found.watches[0].exclude, [".ad"]);
        assert_eq!(found.left_out.len(), 3, "{:?}", found.left_out);
    }

    #[test]
    fn the_feeds_of_a_feed_reader_become_watches() {
        let text = "<?xml version=\"1.0\"?><opml version=\"2.0\"><body><outline text=\"World\">\
            <outline type=\"rss\" text=\"Harbour &amp; sea\" xmlUrl=\"https://news.example/rss?a=1&amp;b=2\"/>\
            <outline text=\"no feed\" htmlUrl=\"https://news.example\"/></outline></body></opml>";

        let found = read(text).unwrap();

        assert_eq!(found.watches.len(), 1);
        assert!(found.watches[0].is_feed);
        assert_eq!(found.watches[0].url, "https://news.example/rss?a=1&b=2");
        assert_eq!(found.watches[0].name.as_deref(), Some("harbour-sea"));
    }

    #[test]
    fn a_list_of_addresses_is_read_and_anything_else_is_refused() {
        let found = read("https://news.example/a tag\n# no\nhttps://news.example/b\n").unwrap();
        assert_eq!(found.watches.len(), 2);

        for text in [
            "",
            "just words",
            "[1, 2]",
            "<html></html>",
            "{\"a\": {\"b\": 1}}",
            "- a\n- b\n",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
