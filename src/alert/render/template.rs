//! Text with placeholders, for receivers that have a format of their own.
//!
//! A placeholder is a name in double braces, `{{now}}`; there are no conditions, loops or functions, so nothing in a
//! template can go wrong once it was read. Where the template is JSON, what is put into it keeps it JSON: inside quotes it is
//! escaped, outside it is a value.

use serde_json::Value;

use super::lead::{Form, lead};
use super::subject::{foremost, joined};
use super::words::clean;
use super::{SubjectStyle, facts, subject, text};
use crate::alert::{Alert, Side};

/// The largest template, in bytes.
pub const MAX_TEMPLATE_BYTES: usize = 64 << 10;

/// The placeholders, and what stands in their place.
pub const PLACEHOLDERS: [(&str, &str); 34] = [
    ("subject", "the subject of the mail"),
    ("summary", "the whole alert in a sentence"),
    ("what", "what changed, in one line"),
    ("text", "the plain text of the mail"),
    (
        "kind",
        "the kind of the most severe change, such as figure_changed",
    ),
    ("severity", "critical, high, medium or low"),
    ("test", "true for an alert of test-alert, else false"),
    ("at", "when the check took place"),
    (
        "alert_id",
        "the identifier of the alert, the same at every attempt",
    ),
    ("watch", "the name of the watch"),
    ("tags", "the tags of the watch, with commas"),
    ("reason", "why it is told"),
    ("story_id", "the identifier of the story"),
    ("title", "the headline of the story"),
    ("url", "the address of the story"),
    ("outlet", "the publication"),
    ("agency", "the news agency"),
    ("language", "the language of the story"),
    ("claim", "the tracked claim"),
    ("noun", "what the figure counts"),
    ("unit", "the unit of the figure"),
    ("was", "the words before"),
    ("now", "the words now"),
    ("was_low", "the lower end of the figure before, as a number"),
    ("was_high", "the upper end of the figure before"),
    ("now_low", "the lower end of the figure now"),
    ("now_high", "the upper end of the figure now"),
    ("percent", "how far the figure moved, as a number"),
    ("said_by", "who says it"),
    ("sentence_before", "the sentence before"),
    ("sentence", "the sentence now"),
    ("disclosed", "whether the publisher told its readers"),
    ("changes", "how many changes there are"),
    (
        "alert",
        "the whole alert as JSON, as a webhook has it in `data`",
    ),
];

/// A template that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    source: String,
    pieces: Vec<Piece>,
    is_json: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// A placeholder by its number, and whether it stands inside the quotes of JSON.
    Place {
        number: usize,
        quoted: bool,
    },
}

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The line of the template, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// The placeholder that nobody knows, where that is what is wrong.
    pub unknown: Option<String>,
}

impl Template {
    /// Reads a template.
    ///
    /// ```
    /// use claimwatch::alert::{self, render::template::Template};
    ///
    /// let alert = alert::test(jiff::Timestamp::UNIX_EPOCH);
    /// let told = |template| Template::new(template).map(|template| template.fill(&alert));
    ///
    /// assert_eq!(told("{{noun}}: {{was}} -> {{now}}").as_deref(), Ok("refugees: 2.1 to 2.2 million -> 2.5 million"));
    /// assert_eq!(told(r#"{"now": {{now_low}}}"#).as_deref(), Ok(r#"{"now": 2500000}"#));
    /// assert_eq!(told("one\n{{nuon}}").unwrap_err().line, 2);
    /// ```
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn new(source: &str) -> Result<Self, Mistake> {
        let mut pieces = Vec::new();
        let mut quotes = Quotes::default();
        let mut line = 1;
        let mut rest = source;
        while let Some((before, after)) = rest.split_once("{{") {
            line += lines(before);
            let wrong = |what: String, unknown| Mistake {
                line,
                what,
                unknown,
            };
            let (name, behind) = after.split_once("}}").ok_or_else(|| {
                wrong(
                    "a placeholder begins with {{ and does not end with }}".to_owned(),
                    None,
                )
            })?;
            let number = PLACEHOLDERS
                .iter()
                .position(|(known, _)| *known == name.trim());
            let number = number.ok_or_else(|| {
                let name = clean(name);
                wrong(
                    format!("there is no placeholder {{{{{name}}}}}"),
                    Some(name),
                )
            })?;
            quotes.pass(before);
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(Piece::Place {
                number,
                quoted: quotes.open,
            });
            line += lines(name);
            rest = behind;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        pieces.retain(|piece| *piece != Piece::Text(String::new()));
        Ok(Self {
            is_json: is_json(source, &pieces)?,
            source: source.to_owned(),
            pieces,
        })
    }

    /// Whether what it makes is JSON.
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.is_json
    }

    /// The template as it was typed.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The template with an alert put into it.
    #[must_use]
    pub fn fill(&self, alert: &Alert) -> String {
        let value = |number: usize| {
            let name = PLACEHOLDERS.get(number).map_or("", |(name, _)| *name);
            value(name, alert)
        };
        self.filled(|number, quoted| {
            let value = value(number);
            match (self.is_json, quoted) {
                (true, true) => inside_quotes(&as_text(&value)),
                (true, false) => value.to_string(),
                (false, _) => as_text(&value),
            }
        })
    }

    fn filled(&self, value: impl Fn(usize, bool) -> String) -> String {
        filled(&self.pieces, value)
    }
}

fn filled(pieces: &[Piece], value: impl Fn(usize, bool) -> String) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Place { number, quoted } => value(*number, *quoted),
        })
        .collect()
}

/// Whether a template is JSON. One that begins as only JSON does must be.
fn is_json(source: &str, pieces: &[Piece]) -> Result<bool, Mistake> {
    let start = source.trim_start();
    if !start.starts_with(['{', '[']) || start.starts_with("{{") {
        return Ok(false);
    }
    let example = filled(pieces, |_, quoted| {
        if quoted { "x" } else { "0" }.to_owned()
    });
    match serde_json::from_str::<Value>(&example) {
        Ok(_) => Ok(true),
        Err(_) if start.starts_with('[') => Ok(false),
        Err(error) => Err(Mistake {
            line: error.line().max(1),
            what: format!("this begins as JSON and is none: {error}"),
            unknown: None,
        }),
    }
}

fn lines(text: &str) -> usize {
    text.matches('\n').count()
}

/// Whether the text so far has opened a string of JSON and not closed it.
#[derive(Default)]
struct Quotes {
    open: bool,
    escaped: bool,
}

impl Quotes {
    fn pass(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                _ if self.escaped => self.escaped = false,
                '\\' if self.open => self.escaped = true,
                '"' => self.open = !self.open,
                _ => {}
            }
        }
    }
}

/// Text as it stands between the quotes of JSON.
fn inside_quotes(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    let inside = quoted.get(1..quoted.len() - 1);
    inside.unwrap_or_default().to_owned()
}

fn as_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// What stands in the place of a name.
fn value(name: &str, alert: &Alert) -> Value {
    let change = foremost(alert);
    let one_line = |text: Option<&str>| text.map_or(Value::Null, |text| clean(text).into());
    let number = |number: Option<f64>| number.map_or(Value::Null, whole);
    let story = alert.story.as_ref();
    let of_story =
        |pick: fn(&crate::alert::StoryRef) -> Option<&str>| one_line(story.and_then(pick));
    let side = |pick: fn(&crate::alert::ToldChange) -> Option<&Side>| change.and_then(pick);
    let (old, new) = (side(|c| c.old.as_ref()), side(|c| c.new.as_ref()));
    match name {
        "subject" => subject::subject(alert, SubjectStyle::Change).into(),
        "summary" => one_line(Some(&alert.summary)),
        "what" => change.map_or_else(
            || one_line(Some(&alert.summary)),
            |change| one_line(Some(&joined(&lead(change, Form::Full)))),
        ),
        "text" => text::text(alert).into(),
        "kind" => one_line(Some(&alert.kind)),
        "severity" => one_line(Some(&alert.severity)),
        "test" => alert.test.into(),
        "at" => alert.at.to_string().into(),
        "alert_id" => alert.alert_id.as_str().into(),
        "watch" => alert.watch.id.as_str().into(),
        "tags" => one_line(Some(&alert.watch.tags.join(", "))),
        "reason" => one_line(Some(&alert.watch.reason)),
        "story_id" => of_story(|story| Some(story.id.as_str())),
        "title" => of_story(|story| Some(&story.title)),
        "url" => of_story(|story| Some(&story.url)),
        "outlet" => of_story(|story| story.outlet.as_deref()),
        "agency" => of_story(|story| story.agency.as_deref()),
        "language" => of_story(|story| story.language.as_deref()),
        "claim" => one_line(change.and_then(|change| change.claim.as_deref())),
        "noun" => one_line(change.and_then(|change| change.noun.as_deref())),
        "unit" => one_line(change.and_then(|change| change.unit.as_deref())),
        "was" => one_line(old.map(|side| side.text.as_str())),
        "now" => one_line(new.map(|side| side.text.as_str())),
        "was_low" => number(old.and_then(|side| side.low)),
        "was_high" => number(old.and_then(|side| side.high)),
        "now_low" => number(new.and_then(|side| side.low)),
        "now_high" => number(new.and_then(|side| side.high)),
        "percent" => number(change.and_then(|change| change.delta.as_ref()?.percent)),
        "said_by" => one_line(change.and_then(|c| Some(c.attribution.as_ref()?.source.as_str()))),
        "sentence_before" => one_line(change.and_then(|c| c.sentence.old.as_deref())),
        "sentence" => one_line(change.and_then(|c| c.sentence.new.as_deref())),
        "disclosed" => one_line(Some(&facts::disclosed(alert))),
        "changes" => (alert.changes.len() + alert.changes_omitted as usize).into(),
        "alert" => serde_json::to_value(alert).unwrap_or_default(),
        _ => Value::Null,
    }
}

/// A number as the JSON of an alert has it: without a point where it is whole.
fn whole(number: f64) -> Value {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "compared with what it came from"
    )]
    let integer = number as i64;
    #[expect(
        clippy::cast_precision_loss,
        clippy::float_cmp,
        reason = "that is the question"
    )]
    if integer as f64 == number {
        integer.into()
    } else {
        number.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alert() -> Alert {
        crate::alert::test("2026-03-11T14:05:12Z".parse().unwrap())
    }

    fn filled(template: &str) -> String {
        Template::new(template).unwrap().fill(&alert())
    }

    #[test]
    fn every_placeholder_has_a_value_for_the_example() {
        for (name, about) in PLACEHOLDERS {
            let told = filled(&format!("{{{{ {name} }}}}"));

            let may_be_empty = matches!(name, "tags" | "agency" | "claim" | "unit" | "language");
            assert!(may_be_empty || !told.is_empty(), "{name}: {about}");
        }
    }

    #[test]
    fn what_is_put_into_json_keeps_it_json() {
        let mut alert = alert();
        alert.story.as_mut().unwrap().title = "\"}, \\ \u{8} {{now}} </script>".to_owned();
        let template = Template::new(
            r#"{"text": "{{title}} \" {{was}}", "low": {{was_low}}, "claim": {{claim}}, "who": {{said_by}}, "all": {{alert}}}"#,
        )
        .unwrap();

        let body: Value = serde_json::from_str(&template.fill(&alert)).unwrap();

        assert!(template.is_json());
        assert_eq!(
            body["text"],
            "\"}, \\ {{now}} </script> \" 2.1 to 2.2 million"
        );
        assert_eq!(body["low"], 2_100_000);
        assert_eq!(body["claim"], Value::Null);
        assert_eq!(body["who"], "UNHCR");
        assert_eq!(body["all"]["kind"], "figure_changed");
    }

    #[test]
    fn a_text_may_begin_with_a_bracket() {
        assert_eq!(filled("[{{severity}}] {{now}}"), "[high] 2.5 million");
        assert!(!Template::new("{{now}}").unwrap().is_json());
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let wrong = |template: &str| {
            let mistake = Template::new(template).unwrap_err();
            format!("{}: {}", mistake.line, mistake.what)
        };

        assert_eq!(
            wrong("a\nb {{sumary}}"),
            "2: there is no placeholder {{sumary}}"
        );
        assert_eq!(
            wrong("{{now}}\n\n{{was"),
            "3: a placeholder begins with {{ and does not end with }}"
        );
        assert!(wrong("{\n \"a\": {{now}},\n}").starts_with("3: this begins as JSON and is none"));
        assert!(wrong("{\"a\": {{now}} {{was}}}").starts_with("1: "));
        assert!(wrong("{{{now}}: 1}").starts_with("1: "));
    }
}
