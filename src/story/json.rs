//! Reads one value of a JSON document as a story of one sentence, so that a number behind an address moves, is compared
//! and is told as a figure of a story is.
//!
//! The one rule: a value that is not there, or is neither number nor text, is no story. It is never a removed figure.

use serde_json::Value;
use serde_json_path::JsonPath;

use super::{NotAStory, Page, Paragraph, Role, Story, Why, beginning, charset, line, plain};
use crate::text::Language;

/// Values of one document; each costs memory, however short it is.
const MAX_VALUES: usize = 250_000;
/// Bytes of a text that is read as a value.
const MAX_TEXT_BYTES: usize = 256 * 1024;
/// Digits of a number that is read as one.
const MAX_NUMBER_DIGITS: usize = 25;

/// Which value of a JSON document is followed, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Where it stands.
    pub at: At,
    /// What it counts, in the user's words: `people`, `USD`.
    pub unit: Option<String>,
    /// What it is called in alerts.
    pub label: String,
}

/// The place of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// A JSON Pointer (RFC 6901), such as `/data/0/individuals`.
    Pointer(String),
    /// A `JSONPath` (RFC 9535) that names one value, such as `$.data[?@.year == 2026].individuals`.
    Path(String),
}

/// Why a text is no JSON Pointer, or nothing where it is one.
///
/// ```
/// use claimwatch::story::json::pointer_problem;
///
/// assert_eq!(pointer_problem("/data/0/individuals"), None);
/// assert!(pointer_problem("data.0").is_some());
/// ```
#[must_use]
pub fn pointer_problem(pointer: &str) -> Option<String> {
    let escapes = pointer.split('~').skip(1);
    if !pointer.is_empty() && !pointer.starts_with('/') {
        return Some("a JSON Pointer begins with /".to_owned());
    }
    escapes
        .into_iter()
        .any(|rest| !rest.starts_with(['0', '1']))
        .then(|| "in a JSON Pointer ~ is written ~0, and / in a key ~1".to_owned())
}

/// Why a text is no `JSONPath`, or nothing where it is one.
///
/// ```
/// use claimwatch::story::json::path_problem;
///
/// assert_eq!(path_problem("$.data[0].individuals"), None);
/// assert!(path_problem("data").is_some());
/// ```
#[must_use]
pub fn path_problem(path: &str) -> Option<String> {
    let error = JsonPath::parse(path).err()?;
    let at = error.position();
    Some(format!("not a JSONPath at character {}", at + 1))
}

/// The story of a document: what the wanted value says.
pub(super) fn read(page: &Page<'_>, wanted: &Wanted) -> Result<Story, NotAStory> {
    let text = charset::decode(page.bytes, page.content_type);
    bounded(&text)?;
    let document: Value = serde_json::from_str(&text).map_err(|error| {
        let seen = if text.trim_start().starts_with('<') {
            "a page in the place of JSON".to_owned()
        } else {
            format!("this is no JSON: {error}")
        };
        not_read(seen)
    })?;
    let paragraphs = match find(&document, &wanted.at)? {
        Value::Number(number) => vec![body(sentence(wanted, &number.to_string()))],
        Value::String(text) => of_text(text, wanted),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            return Err(not_read(format!(
                "{} is neither a number nor a text",
                place(&wanted.at)
            )));
        }
    };
    if paragraphs.is_empty() {
        return Err(NotAStory {
            why: Why::Empty,
            detail: format!("the text at {} is empty", place(&wanted.at)),
        });
    }
    let mut story = Story {
        headline: line(&wanted.label),
        language: Language::new("en"),
        paragraphs,
        ..Story::default()
    };
    if story.paragraphs.len() > 1 {
        story.language = Language::default();
        super::complete(&mut story);
    }
    Ok(story)
}

/// Refuses a document of so many values that they would fill the memory.
pub(super) fn bounded(text: &str) -> Result<(), NotAStory> {
    let mut values = 0_usize;
    let (mut in_string, mut escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b',' | b'[' | b'{' if !in_string => values += 1,
            _ => {}
        }
    }
    if values <= MAX_VALUES {
        return Ok(());
    }
    Err(NotAStory {
        why: Why::Hostile,
        detail: format!("refused: the JSON has more than {MAX_VALUES} values"),
    })
}

/// The one value at a place.
fn find<'v>(document: &'v Value, at: &At) -> Result<&'v Value, NotAStory> {
    let nothing = || not_read(format!("the JSON has nothing at {}", place(at)));
    match at {
        At::Pointer(pointer) => document.pointer(pointer).ok_or_else(nothing),
        At::Path(path) => {
            let path = JsonPath::parse(path)
                .map_err(|_| not_read(format!("{} is not a JSONPath", place(at))))?;
            let found = path.query(document);
            match (found.first(), found.len()) {
                (Some(value), 1) => Ok(value),
                (None, _) => Err(nothing()),
                (Some(_), count) => Err(not_read(format!(
                    "{} names {count} values; one is wanted",
                    place(at)
                ))),
            }
        }
    }
}

fn place(at: &At) -> String {
    match at {
        At::Pointer(text) | At::Path(text) => format!("`{}`", beginning(&line(text), 100)),
    }
}

/// A text that is a number is one: many interfaces put numbers in quotes.
fn of_text(text: &str, wanted: &Wanted) -> Vec<Paragraph> {
    let text = beginning(text, MAX_TEXT_BYTES);
    let digits = text.trim().replace(',', "");
    if is_number(&digits) {
        return vec![body(sentence(wanted, &digits))];
    }
    let text = if text.contains("</") {
        without_markup(text)
    } else {
        text.to_owned()
    };
    let mut paragraphs = plain::paragraphs(&text);
    // A word or two are no sentence; what they are about must stand with them.
    if let [only] = paragraphs.as_mut_slice()
        && !only.text.ends_with(['.', '!', '?', '…', '"', '”'])
    {
        only.text = format!("The value of {} is: {}.", line(&wanted.label), only.text);
    }
    paragraphs
}

fn is_number(text: &str) -> bool {
    let digits = text.trim_start_matches('-');
    let is_plain = |c: char| c.is_ascii_digit() || c == '.';
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.len() <= MAX_NUMBER_DIGITS
        && text.len() - digits.len() <= 1
        && digits.chars().all(is_plain)
        && digits.matches('.').count() <= 1
        && !digits.ends_with('.')
}

/// The text of a piece of HTML, its paragraphs parted by empty lines.
fn without_markup(html: &str) -> String {
    let mut parted = html.to_owned();
    for end in [
        "</p>", "</li>", "</h2>", "</h3>", "</div>", "<br>", "<br/>", "<br />",
    ] {
        parted = parted.replace(end, &format!("{end}\n\n"));
    }
    if super::guard::check(&parted).is_err() {
        return String::new();
    }
    dom_query::Document::fragment(parted).text().to_string()
}

/// The number as a sentence that says what it is a number of, with its digits in groups.
fn sentence(wanted: &Wanted, number: &str) -> String {
    let (label, number) = (line(&wanted.label), written_out(number));
    match wanted.unit.as_deref().map(line).as_deref() {
        None | Some("") => format!("The value of {label} is {number}."),
        Some("%" | "percent" | "per cent") => format!("The value of {label} is {number}%."),
        Some(unit) => format!("The value of {label} is {number} {unit}."),
    }
}

/// `1234567.5` as `1,234,567.5`, and `1.5e6` as `1,500,000`: as a story would have it.
fn written_out(number: &str) -> String {
    let plain = match number.parse::<f64>() {
        Ok(value) if number.contains(['e', 'E']) => format!("{value}"),
        Ok(_) | Err(_) => number.to_owned(),
    };
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", plain.as_str()),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    // "2.0" of one answer and "2" of the next are the same number.
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{fraction}")
}

fn body(text: String) -> Paragraph {
    Paragraph {
        role: Role::Body,
        text,
    }
}

fn not_read(detail: String) -> NotAStory {
    NotAStory {
        why: Why::Format,
        detail,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn wanted(pointer: &str) -> Wanted {
        Wanted {
            at: At::Pointer(pointer.to_owned()),
            unit: Some("people".to_owned()),
            label: "refugees".to_owned(),
        }
    }

    fn try_read(json: &str, wanted: &Wanted) -> Result<Story, NotAStory> {
        let page = Page {
            bytes: json.as_bytes(),
            content_type: Some("application/json"),
            url: "https://data.example/total.json",
        };
        read(&page, wanted)
    }

    fn text(json: &str, wanted: &Wanted) -> String {
        try_read(json, wanted).unwrap().paragraphs[0].text.clone()
    }

    #[test]
    fn a_number_is_a_sentence_however_it_is_written() {
        let wanted = wanted("/data/0/individuals");
        for number in [
            "6200000",
            "6200000.0",
            "6.2e6",
            "\"6200000\"",
            "\"6,200,000\"",
        ] {
            let json = format!("{{\"data\": [{{\"individuals\": {number}}}]}}");

            assert_eq!(
                text(&json, &wanted),
                "The value of refugees is 6,200,000 people.",
                "{number}"
            );
        }
        assert_eq!(written_out("-1234.50"), "-1,234.5");
        assert_eq!(written_out("0.25"), "0.25");
    }

    #[test]
    fn a_path_names_one_value() {
        let path = |path: &str| Wanted {
            at: At::Path(path.to_owned()),
            ..wanted("")
        };
        let json = r#"{"data": [{"year": 2025, "n": 1}, {"year": 2026, "n": 25}]}"#;

        assert!(text(json, &path("$.data[?@.year == 2026].n")).contains(" 25 people"));
        let why = try_read(json, &path("$.data[*].n")).unwrap_err();
        assert_eq!(why.detail, "`$.data[*].n` names 2 values; one is wanted");
        assert!(try_read(json, &path("$.x")).is_err());
    }

    #[test]
    fn a_text_is_read_as_a_text() {
        let json = r#"{"a": "orange", "b": "<p>The road is closed, the mayor said.</p><p>It opens on Monday, he said.</p>"}"#;

        assert_eq!(
            text(json, &wanted("/a")),
            "The value of refugees is: orange."
        );
        let story = try_read(json, &wanted("/b")).unwrap();
        assert_eq!(story.paragraphs.len(), 2);
        assert_eq!(
            story.paragraphs[0].text,
            "The road is closed, the mayor said."
        );
    }

    #[test]
    fn what_is_not_there_is_no_story() {
        for json in [
            "{}",
            "{\"n\": null}",
            "{\"n\": [1]}",
            "{\"n\": true}",
            "<html>",
            "",
            "{\"n\": \"\"}",
        ] {
            assert!(try_read(json, &wanted("/n")).is_err(), "{json}");
        }
    }

    #[test]
    fn hostile_json_is_refused() {
        let deep = "[".repeat(1_000_000);
        let many = format!("[{}1]", "1,".repeat(1_000_000));

        assert_eq!(
            try_read(&deep, &wanted("/0")).unwrap_err().why,
            Why::Hostile
        );
        assert_eq!(
            try_read(&many, &wanted("/0")).unwrap_err().why,
            Why::Hostile
        );
        assert!(try_read(&"[".repeat(10_000), &wanted("/0")).is_err());
    }
}
