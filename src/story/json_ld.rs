//! Finds the article in a page's JSON-LD.

use serde_json::Value;

use super::line;

/// A page lists at most this many objects worth looking at; hostile ones list millions.
const MAX_OBJECTS: usize = 2_000;

/// What the JSON-LD of a page says of its article, each value as it is written.
#[derive(Debug, Default)]
pub(super) struct Article {
    pub headline: Option<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub authors: Vec<String>,
    pub publisher: Option<String>,
    /// The text, which many pages cut short: a hint, never the source.
    pub body: Option<String>,
    /// Whether the page says that the text is not free to read.
    pub is_behind_wall: bool,
}

impl Article {
    /// The first article among the blocks.
    pub fn find(blocks: &[String]) -> Self {
        let mut left = MAX_OBJECTS;
        blocks
            .iter()
            .filter_map(|block| parse(block))
            .find_map(|value| first_article(&value, &mut left))
            .unwrap_or_default()
    }

    fn of(object: &serde_json::Map<String, Value>) -> Self {
        let text = |key: &str| object.get(key).and_then(as_text);
        Self {
            headline: text("headline").map(|text| line(&unescape(&text))),
            published: text("datePublished"),
            modified: text("dateModified"),
            authors: object
                .get("author")
                .or(object.get("creator"))
                .map(names)
                .unwrap_or_default(),
            publisher: object
                .get("publisher")
                .map(names)
                .unwrap_or_default()
                .into_iter()
                .next(),
            body: text("articleBody"),
            is_behind_wall: object.get("isAccessibleForFree").is_some_and(|value| {
                value == &Value::Bool(false)
                    || value
                        .as_str()
                        .is_some_and(|text| text.eq_ignore_ascii_case("false"))
            }),
        }
    }
}

/// A block as JSON; many pages put raw line breaks or a trailing semicolon into it.
fn parse(block: &str) -> Option<Value> {
    let trimmed = block
        .trim()
        .trim_start_matches("<!--")
        .trim_end_matches("-->")
        .trim()
        .trim_end_matches(';');
    let trimmed = trimmed
        .trim_start_matches("//<![CDATA[")
        .trim_end_matches("//]]>")
        .trim();
    serde_json::from_str(trimmed).ok().or_else(|| {
        let repaired: String = trimmed
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        serde_json::from_str(&repaired).ok()
    })
}

/// The first object that is an article, outer before inner. The depth is bounded by the parser.
fn first_article(value: &Value, left: &mut usize) -> Option<Article> {
    *left = left.checked_sub(1)?;
    match value {
        Value::Object(object) => {
            if object.get("@type").is_some_and(is_article_type) {
                return Some(Article::of(object));
            }
            object.values().find_map(|inner| first_article(inner, left))
        }
        Value::Array(list) => list.iter().find_map(|inner| first_article(inner, left)),
        _ => None,
    }
}

fn is_article_type(kind: &Value) -> bool {
    match kind {
        Value::String(kind) => {
            kind.contains("Article") || kind.contains("Posting") || kind.contains("Report")
        }
        Value::Array(kinds) => kinds.iter().any(is_article_type),
        _ => false,
    }
}

fn as_text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Array(list) => return list.iter().find_map(as_text),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The names of a person, an organisation, or a list of them.
fn names(value: &Value) -> Vec<String> {
    let name = |text: &str| {
        let text = line(&unescape(text));
        (!text.is_empty() && !text.contains("://")).then_some(text)
    };
    match value {
        Value::String(text) => name(text).into_iter().collect(),
        Value::Object(object) => object.get("name").map(names).unwrap_or_default(),
        Value::Array(list) => list.iter().take(20).flat_map(names).collect(),
        _ => Vec::new(),
    }
}

/// Publishers escape texts for HTML inside JSON as well.
fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(10).position(|byte| byte == b';');
        let letter = end.and_then(|end| entity(&rest[1..end]));
        if let (Some(letter), Some(end)) = (letter, end) {
            plain.push(letter);
            rest = &rest[end + 1..];
        } else {
            plain.push('&');
            rest = &rest[1..];
        }
    }
    plain.push_str(rest);
    plain
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "lt" => '<',
        "gt" => '>',
        "nbsp" => ' ',
        "rsquo" => '’',
        "lsquo" => '‘',
        "ldquo" => '“',
        "rdquo" => '”',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        _ => {
            let code = name.strip_prefix('#')?;
            let number = match code.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => code.parse().ok()?,
            };
            char::from_u32(number)?
        }
    })
}
