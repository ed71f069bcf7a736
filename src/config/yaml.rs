//! The text of the file as a tree in which every key and value knows its place.
//!
//! Values stay as typed: what is a number and what a word is decided by the key that asks for it, so `no`, `0755` and `1e3`
//! mean what they look like. The tree is what lets all mistakes be told at once.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, Error, Spanned};

use super::mistakes::{Place, Wrong};
use super::unclosed;

/// Entries of lists and mappings, values and keys counted, in one file.
const MAX_NODES: usize = 100_000;

/// Pieces that aliases may add to the file; a bomb of nine levels asks for a thousand million.
const MAX_ALIASED_EVENTS: usize = 20_000;

/// Levels of nesting.
const MAX_DEPTH: usize = 24;

/// A value with its place.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub place: Place,
    pub value: Value,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(super) enum Value {
    /// Nothing: `key:` or `~`.
    Nothing,
    /// Text, a number, a truth value: as typed.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the file, repeated keys included.
    Mapping(Vec<(Key, Node)>),
}

/// A key with its place.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub place: Place,
    pub text: String,
}

/// Reads the text of a file.
pub(super) fn read(text: &str) -> Result<Node, (Option<Place>, Wrong)> {
    let options = serde_yaml::options! {
        budget: serde_yaml::budget! {
            max_nodes: MAX_NODES,
            max_depth: MAX_DEPTH,
        },
        alias_limits: serde_yaml::alias_limits! {
            max_total_replayed_events: MAX_ALIASED_EVENTS,
        },
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        non_finite_float_policy: serde_yaml::options::NonFiniteFloatPolicy::AsString,
        reject_unsupported_tags: true,
        with_snippet: false,
    };
    match serde_yaml::from_str_with_options::<Spanned<Raw>>(text, options) {
        Ok(raw) => Ok(node(text, raw)),
        Err(error) => Err(explained(text, &error)),
    }
}

/// A value before its words are taken from the file.
enum Raw {
    Nothing,
    /// Text after its quotes and escapes were resolved.
    Text(String),
    /// A plain number or truth value, which is taken from the file as typed.
    Plain,
    List(Vec<Spanned<Raw>>),
    Mapping(Vec<(Spanned<String>, Spanned<Raw>)>),
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Nothing)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(entry) = entries.next_element()? {
            list.push(entry);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut mapping = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            mapping.push(entry);
        }
        Ok(Raw::Mapping(mapping))
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

fn place<T>(spanned: &Spanned<T>) -> Place {
    // For what an alias or a merge brings in, the definition is where the mistake is.
    Place {
        line: spanned.defined.line(),
        column: spanned.defined.column(),
    }
}

fn node(text: &str, raw: Spanned<Raw>) -> Node {
    let place = place(&raw);
    let value = match raw.value {
        Raw::Nothing => Value::Nothing,
        Raw::Text(text) => Value::Text(text),
        Raw::Plain => Value::Text(as_typed(text, raw.defined.span())),
        Raw::List(list) => Value::List(list.into_iter().map(|entry| node(text, entry)).collect()),
        Raw::Mapping(entries) => Value::Mapping(
            entries
                .into_iter()
                .map(|(name, value)| (key(name), node(text, value)))
                .collect(),
        ),
    };
    Node { place, value }
}

fn key(name: Spanned<String>) -> Key {
    Key {
        place: place(&name),
        text: name.value,
    }
}

/// The words of the file itself.
fn as_typed(text: &str, span: serde_yaml::Span) -> String {
    let start = span.byte_offset().and_then(|at| usize::try_from(at).ok());
    let length = span.byte_len().and_then(|at| usize::try_from(at).ok());
    let typed = start
        .zip(length)
        .and_then(|(start, length)| text.get(start..start.checked_add(length)?));
    typed.unwrap_or_default().trim().to_owned()
}

/// What is not YAML, in words that say what to write.
fn explained(text: &str, error: &Error) -> (Option<Place>, Wrong) {
    let error = bare(error);
    let place = error.location().map(|location| Place {
        line: location.line(),
        column: location.column(),
    });
    let place = place.filter(|place| place.line > 0);
    if let Error::Budget { .. }
    | Error::AliasReplayLimitExceeded { .. }
    | Error::AliasExpansionLimitExceeded { .. }
    | Error::AliasReplayStackDepthExceeded { .. } = error
    {
        let wrong = Wrong::new(
            "the file is too large or too deeply nested for a configuration",
            "shorten it; aliases (`*name`) multiply what they repeat",
        );
        return (place, wrong);
    }
    if let Some((slip, wrong)) = place.and_then(|place| unclosed::slip(text, place.line)) {
        let what = format!("this is not YAML: {}", wrong.what);
        return (Some(slip), Wrong { what, ..wrong });
    }
    let line = place
        .and_then(|place| usize::try_from(place.line - 1).ok())
        .and_then(|index| text.lines().nth(index))
        .unwrap_or_default();
    let wrong = Wrong::new(
        format!("this is not YAML: {}", reason(error)),
        remedy(line, error),
    );
    (place, wrong)
}

/// The error itself, out of its wrappings.
fn bare(error: &Error) -> &Error {
    match error.without_snippet() {
        Error::AliasError { error, .. } => bare(error),
        error => error,
    }
}

/// The parser's reason without the place, which stands before the message already.
fn reason(error: &Error) -> String {
    match error {
        Error::UnknownAnchor { .. } => {
            "a value that begins with `*` is an alias, and there is no such anchor".to_owned()
        }
        // The tag is not repeated: it may be a password that begins with `!`.
        Error::UnsupportedTag { .. } => "a value that begins with `!` has a tag".to_owned(),
        Error::MultipleDocuments { .. } => "a second document begins after `---`".to_owned(),
        Error::Eof { .. } => "the file ends in the middle of something".to_owned(),
        _ => {
            let text = error.to_string();
            let text = text.strip_prefix("error: ").unwrap_or(&text);
            let text = text.lines().next().unwrap_or_default();
            let text = match text.strip_prefix("line ").map(|rest| rest.split_once(": ")) {
                Some(Some((_, reason))) => reason,
                Some(None) | None => text,
            };
            let text = text.split(" at line ").next().unwrap_or(text);
            text.replace(['`', '\''], "\"")
        }
    }
}

/// What to do about a line that is not YAML.
fn remedy(line: &str, error: &Error) -> String {
    let indent = line.len() - line.trim_start().len();
    if line[..indent].contains('\t') {
        return "indent with spaces; YAML does not allow tabs".to_owned();
    }
    if let Some(line) = unquoted_schedule(line) {
        return format!("put the schedule in quotes: cron: \"{line}\"");
    }
    if let Error::MultipleDocuments { .. } = error {
        return "one file holds one configuration: remove the line ---".to_owned();
    }
    let value = match line.split_once(": ") {
        Some((_, value)) => value.trim(),
        None => line.trim_start_matches([' ', '-']),
    };
    let is_tagged = matches!(error, Error::UnsupportedTag { .. });
    if is_tagged
        || value.starts_with(['@', '*', '%', '`', '&', '!', '|', '>'])
        || value.contains(": ")
    {
        return "put the value in quotes: some characters mean something to YAML at its start (@ * & ! % | > `), \
                and `: ` does anywhere"
            .to_owned();
    }
    "look here and just above for a quote or bracket that is not closed, or a line that is not indented like its neighbours"
        .to_owned()
}

/// The crontab line of a `cron:` whose value begins with what YAML takes for something else.
fn unquoted_schedule(line: &str) -> Option<String> {
    let (_, value) = line
        .split_once("cron:")
        .or_else(|| line.split_once("schedule:"))?;
    let value = value.trim_start();
    if !value.starts_with(['*', '@']) {
        return None;
    }
    let end = value
        .find([',', '}', '#'])
        .filter(|_| line.contains('{') || value.contains('#'));
    let value = &value[..end.unwrap_or(value.len())];
    Some(value.split_whitespace().collect::<Vec<_>>().join(" "))
}
