//! Two versions a line: `{"id", "lang", "old": {"title", "paragraphs"}, "new": {...}}` in, the changes out.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::claims::Decimal;
use crate::compare::{self, Change, ChangeKind, Comparison, Evidence, Severity};
use crate::story::Story;
use crate::text::Language;

#[derive(Deserialize)]
struct Input {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    lang: String,
    old: Text,
    new: Text,
}

#[derive(Deserialize)]
struct Text {
    #[serde(default)]
    title: String,
    #[serde(default)]
    paragraphs: Vec<String>,
}

#[derive(Serialize)]
struct Output {
    id: Value,
    alert: bool,
    changes: Vec<Told>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    coarse: bool,
}

#[derive(Serialize)]
struct Told {
    kind: &'static str,
    old: Option<String>,
    new: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_value: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_value: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aspect: Option<&'static str>,
}

/// Compares the two versions of one line and gives the line that tells what changed.
///
/// # Errors
///
/// Says what is wrong with a line that is no pair of versions.
///
/// ```
/// let told = claimwatch::records::compare::line(
///     r#"{"id": "a", "lang": "en", "old": {"title": "", "paragraphs": ["The storm killed 14 people."]},
///         "new": {"title": "", "paragraphs": ["The storm killed 19 people."]}}"#,
/// )?;
/// assert!(told.contains(r#""kind":"figure_changed","old":"14","new":"19","old_value":14.0,"new_value":19.0"#));
/// # Ok::<(), String>(())
/// ```
pub fn line(input: &str) -> Result<String, String> {
    let input: Input =
        serde_json::from_str(input).map_err(|error| format!("not a pair of versions: {error}"))?;
    let language = Language::new(&input.lang);
    let story = |text: &Text| {
        let mut story = Story::from_text(&text.title, &text.paragraphs);
        story.language = language.clone();
        story
    };
    let (old, new) = (story(&input.old), story(&input.new));
    let comparison = compare::versions(&old, &new);
    let output = Output {
        id: input.id,
        alert: is_told(&comparison),
        changes: told(&comparison, &new),
        coarse: comparison.coarse,
    };
    serde_json::to_string(&output).map_err(|error| format!("cannot write the changes: {error}"))
}

/// The changes of a comparison as JSON: `{"alert", "changes"}`, the changes as [`line()`] has them.
#[must_use]
pub fn answer(comparison: &Comparison, new: &Story) -> Value {
    json!({"alert": is_told(comparison), "coarse": comparison.coarse, "changes": told(comparison, new)})
}

/// One change as [`line()`] has it.
#[must_use]
pub fn change(change: &Change) -> Value {
    json!(told_change(change))
}

/// Whether the default rules tell any of it.
fn is_told(comparison: &Comparison) -> bool {
    comparison
        .changes
        .iter()
        .any(|change| change.severity >= Severity::Medium)
}

fn told(comparison: &Comparison, new: &Story) -> Vec<Told> {
    if comparison.blocked {
        return vec![Told {
            kind: "story_blocked",
            old: None,
            new: new
                .paragraphs
                .last()
                .map(|paragraph| paragraph.text.clone()),
            old_value: None,
            new_value: None,
            aspect: None,
        }];
    }
    comparison.changes.iter().map(told_change).collect()
}

fn told_change(change: &Change) -> Told {
    let figure = change.kind.is_figure();
    let value = |side: &Option<Evidence>| figure.then(|| side.as_ref().map_or(Value::Null, value));
    // A statement is told with its sentence: a clause alone is hard to find again in an archive.
    let statement = matches!(
        change.kind,
        ChangeKind::StatementChanged | ChangeKind::AttributionChanged
    );
    let words = |side: &Option<Evidence>| {
        side.as_ref().map(|side| {
            if statement {
                side.sentence.clone()
            } else {
                side.text.clone()
            }
        })
    };
    Told {
        kind: change.kind.as_str(),
        old: words(&change.old),
        new: words(&change.new),
        old_value: value(&change.old),
        new_value: value(&change.new),
        aspect: change.aspect.map(compare::Aspect::as_str),
    }
}

/// A value as the data has it: a number, `[low, high]`, or "2:1".
fn value(side: &Evidence) -> Value {
    if let Some((one, other)) = side.tally {
        return Value::String(format!("{}:{}", one.normalize(), other.normalize()));
    }
    match side.amount {
        Some(amount) if amount.low == amount.high => number(amount.low),
        Some(amount) => Value::Array(vec![number(amount.low), number(amount.high)]),
        None => Value::Null,
    }
}

fn number(value: Decimal) -> Value {
    use rust_decimal::prelude::ToPrimitive;
    value.to_f64().map_or(Value::Null, Value::from)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_line_that_is_no_pair_of_versions_says_so() {
        let error = line("{}").unwrap_err();
        assert!(error.starts_with("not a pair of versions"), "{error}");
    }

    #[test]
    fn equal_versions_have_no_changes_and_no_alert() {
        let told = line(r#"{"id": 7, "old": {"paragraphs": ["Two ships sank."]}, "new": {"paragraphs": ["Two ships sank."]}}"#).unwrap();
        assert_eq!(told, r#"{"id":7,"alert":false,"changes":[]}"#);
    }
}
