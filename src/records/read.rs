//! The batch form of `claimwatch read --jsonl`: a text in, its numbers and figures out.
//!
//! In: `{"id", "lang", "text"}`, other keys are ignored. Out: the same `id` with `numbers` and `figures`. Offsets count
//! Unicode code points, ends are exclusive, values are JSON numbers.

use serde::{Deserialize, Serialize};

use crate::claims::{Figure, FigureKind, figures, numbers};
use crate::story::Place;
use crate::text::Language;

#[derive(Deserialize)]
struct Input {
    id: serde_json::Value,
    #[serde(default)]
    lang: String,
    text: String,
}

#[derive(Serialize)]
struct Output {
    id: serde_json::Value,
    numbers: Vec<NumberOut>,
    figures: Vec<FigureOut>,
}

#[derive(Serialize)]
struct NumberOut {
    start: usize,
    end: usize,
    lo: serde_json::Number,
    hi: serde_json::Number,
    kind: &'static str,
}

#[derive(Serialize)]
struct FigureOut {
    start: usize,
    end: usize,
    text: String,
    lo: Option<serde_json::Number>,
    hi: Option<serde_json::Number>,
    unit: Option<String>,
    kind: &'static str,
    qualifier: Option<&'static str>,
    noun: Option<String>,
    counted: Option<String>,
    role: Option<&'static str>,
    claim: bool,
}

/// Reads one line and answers with one line.
///
/// # Errors
///
/// When the line is no JSON object with `id` and `text`; the message says what is wrong with it.
///
/// ```
/// let answer = claimwatch::records::read::line(r#"{"id": "1", "lang": "en", "text": "12 died."}"#)?;
/// assert!(answer.contains(r#""lo":12"#));
/// # Ok::<(), String>(())
/// ```
pub fn line(input: &str) -> Result<String, String> {
    let input: Input = serde_json::from_str(input)
        .map_err(|error| format!("cannot read the line as a text: {error}"))?;
    let language = Language::new(&input.lang);
    let mut count = CodePoints::new(&input.text);
    let numbers = numbers::in_text(&input.text, &language)
        .into_iter()
        .filter_map(|number| {
            let value = json_number(number.value)?;
            Some(NumberOut {
                start: count.at(number.start),
                end: count.at(number.end),
                lo: value.clone(),
                hi: value,
                kind: if number.ordinal { "ordinal" } else { "number" },
            })
        })
        .collect();
    let mut count = CodePoints::new(&input.text);
    let figures = figures::in_text(&input.text, &language, Place::Paragraph(0))
        .into_iter()
        .map(|figure| figure_out(&input.text, &mut count, figure))
        .collect();
    let output = Output {
        id: input.id,
        numbers,
        figures,
    };
    serde_json::to_string(&output).map_err(|error| format!("cannot write the answer: {error}"))
}

fn figure_out(text: &str, count: &mut CodePoints, figure: Figure) -> FigureOut {
    let (start, end) = (figure.span.start as usize, figure.span.end as usize);
    // Of the numbers that are no claims only ages are quantities; the rest keep their values to themselves.
    let told = figure.is_claim() || figure.kind == FigureKind::Age;
    let amount = figure.amount.filter(|_| told);
    FigureOut {
        start: count.at(start),
        end: count.at(end),
        text: text.get(start..end).unwrap_or_default().to_owned(),
        lo: amount.and_then(|amount| json_number(amount.low)),
        hi: amount.and_then(|amount| json_number(amount.high)),
        unit: figure.unit.map(|unit| unit.0),
        kind: figure.kind.as_str(),
        qualifier: figure
            .amount
            .and_then(|amount| amount.qualifier)
            .map(crate::claims::Qualifier::as_str),
        noun: figure.noun,
        counted: figure.counted,
        role: figure.role.map(crate::claims::FigureRole::as_str),
        claim: figure.kind.is_claim(),
    }
}

fn json_number(value: rust_decimal::Decimal) -> Option<serde_json::Number> {
    value.normalize().to_string().parse().ok()
}

/// Turns byte offsets into code points; offsets that grow cost one walk over the text.
struct CodePoints<'a> {
    text: &'a str,
    byte: usize,
    points: usize,
}

impl<'a> CodePoints<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            byte: 0,
            points: 0,
        }
    }

    fn at(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.points) = (0, 0);
        }
        self.points += self
            .text
            .get(self.byte..byte)
            .map_or(0, |piece| piece.chars().count());
        self.byte = byte;
        self.points
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn offsets_count_code_points_and_values_are_numbers() {
        let answer =
            line(r#"{"id": 7, "lang": "en", "text": "Zürich’s café sold 1.5 tonnes – 20% more."}"#)
                .unwrap();

        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(answer["id"], 7);
        assert_eq!(answer["figures"][0]["start"], 19);
        assert_eq!(answer["figures"][0]["lo"], 1.5);
        assert_eq!(answer["figures"][0]["unit"], "tonne");
        assert_eq!(answer["numbers"][1]["lo"], 20);
    }

    #[test]
    fn a_line_that_is_no_text_is_refused_with_its_reason() {
        assert!(line("{}").unwrap_err().starts_with("cannot read the line"));
    }
}
