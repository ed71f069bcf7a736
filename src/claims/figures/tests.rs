//! What is read from sentences of our own, held in `testdata/figures.txt`, and what holds for any text at all.

#![allow(clippy::format_collect, clippy::format_push_string)]
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::in_text;
use crate::claims::{Figure, numbers};
use crate::story::Place;
use crate::text::Language;

const SENTENCES: &str = include_str!("../../../testdata/figures.txt");

fn read(text: &str) -> Vec<Figure> {
    in_text(text, &Language::new("en"), Place::Paragraph(0))
}

/// The text with every figure marked as the data file marks it: `[12|12 people at_least]`.
fn marked(text: &str) -> String {
    let mut marked = String::new();
    let mut last = 0;
    for figure in read(text) {
        let (start, end) = (figure.span.start as usize, figure.span.end as usize);
        marked.push_str(&text[last..start]);
        marked.push_str(&format!("[{}|{}]", &text[start..end], told(&figure)));
        last = end;
    }
    marked + &text[last..]
}

fn told(figure: &Figure) -> String {
    if !figure.is_claim() {
        return figure.kind.as_str().to_owned();
    }
    let amount = figure.amount.unwrap();
    let value = if amount.is_range() {
        format!("{}..{}", amount.low, amount.high)
    } else {
        amount.low.to_string()
    };
    let unit = figure.unit.as_ref().map(|unit| format!(" {}", unit.0));
    let noun = figure.noun.as_ref().map(|noun| format!(" \"{noun}\""));
    let counted = figure
        .counted
        .as_ref()
        .filter(|_| figure.noun.is_none())
        .map(|noun| format!(" ~{noun}"));
    let qualifier = amount
        .qualifier
        .map(|qualifier| format!(" {}", qualifier.as_str()));
    let role = figure.role.map(|role| format!(" @{}", role.as_str()));
    [Some(value), unit, noun, counted, qualifier, role]
        .into_iter()
        .flatten()
        .collect()
}

/// The sentence without its marks.
fn plain(marked: &str) -> String {
    let mut plain = String::new();
    let mut rest = marked;
    while let Some(open) = rest.find('[') {
        let bar = open + rest[open..].find('|').unwrap();
        let close = bar + rest[bar..].find(']').unwrap();
        plain.push_str(&rest[..open]);
        plain.push_str(&rest[open + 1..bar]);
        rest = &rest[close + 1..];
    }
    plain + rest
}

#[test]
fn every_sentence_of_the_data_file_is_read_as_it_is_marked() {
    let wrong: Vec<String> = SENTENCES
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter(|line| marked(&plain(line)) != **line)
        .map(|line| format!("expected {line}\n     was {}", marked(&plain(line))))
        .collect();

    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Pieces that numbers, units and their neighbours are made of, so that random texts reach the odd corners.
const PIECES: &[&str] = &[
    "12",
    "3",
    "1,200",
    "2.5",
    "99999999999999999999999999",
    "0",
    "0.0000000000000000000000001",
    "1/3",
    "½",
    "007",
    "1'000",
    "two",
    "twenty",
    "hundred",
    "million",
    "half",
    "a",
    "third",
    "dozen",
    "dozens",
    "hundreds",
    "of",
    "thousands",
    "several",
    "$",
    "€",
    "%",
    "per",
    "cent",
    "percent",
    "points",
    "km",
    "km/h",
    "°C",
    "C",
    "m",
    "bn",
    "hours",
    "minutes",
    "and",
    "to",
    "from",
    "between",
    "or",
    "in",
    "out",
    "more",
    "than",
    "at",
    "least",
    "up",
    "about",
    "-",
    "–",
    "−",
    "+",
    "±",
    ",",
    ".",
    ":",
    "(",
    ")",
    "\"",
    "'s",
    "’",
    "/",
    "x",
    "^",
    "e",
    "May",
    "2021",
    "1990s",
    "pm",
    "GMT",
    "year",
    "-year-old",
    "aged",
    "Ana",
    "No",
    "casualties",
    "none",
    "them",
    "II",
    "War",
    "Boeing",
    "F-16s",
    "COVID-19",
    "votes",
    "beat",
    "index",
    "FTSE",
    "rose",
    "fell",
    "people",
    "killed",
    "lb",
    "stone",
    "crore",
    "lakh",
    "Rs",
    "USD",
    "pounds",
    "cents",
    "p",
    "plus",
    "odd",
    "fold",
    "tenfold",
    "times",
    "\u{a0}",
    "\u{2009}",
    "é",
    "日本",
    "🙂",
    "\u{301}",
    "https://x.y/1?2=3",
    "minus",
    "point",
    "1.2.3.4",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_text_gives_figures_in_order_whose_spans_slice_it(text in "\\PC{0,60}") {
        holds(&text)?;
    }

    #[test]
    fn texts_of_numbers_and_units_hold_the_same(pieces in prop::collection::vec((prop::sample::select(PIECES), any::<bool>()), 0..24)) {
        let text: String = pieces.iter().map(|(piece, space)| format!("{piece}{}", if *space { " " } else { "" })).collect();

        holds(&text)?;
    }
}

fn holds(text: &str) -> Result<(), TestCaseError> {
    let figures = read(text);
    let mut last = 0;
    for figure in &figures {
        prop_assert!(figure.span.start >= last && figure.span.start < figure.span.end);
        prop_assert!(
            text.get(figure.span.start as usize..figure.span.end as usize)
                .is_some()
        );
        last = figure.span.end;
        if let Some(amount) = figure.amount {
            prop_assert!(amount.low <= amount.high);
        }
        prop_assert!(!figure.is_claim() || figure.amount.is_some());
    }
    prop_assert_eq!(&figures, &read(text));
    let mut last = 0;
    for number in numbers::in_text(text, &Language::new("en")) {
        prop_assert!(number.start >= last && number.start < number.end);
        prop_assert!(text.get(number.start..number.end).is_some());
        last = number.end;
    }
    Ok(())
}
