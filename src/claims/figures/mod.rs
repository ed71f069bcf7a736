//! The figures of a text: every number it asserts, and every number that only looks so, with its type.
//!
//! Numerals are joined with their units, their range and their context; each numeral becomes part of one figure at most.
//! What a figure is, is written in `docs/FIGURES.md`.

mod ages;
mod compare;
mod compound;
mod context;
mod counted;
mod dates;
mod idioms;
mod measures;
mod modifiers;
mod money;
mod names;
mod nouns;
mod numbered;
mod phones;
mod points;
mod qualifiers;
mod quantity;
mod ranges;
mod rates;
mod roles;
mod scores;
mod shares;
mod times;
mod vague;
mod years;

use rust_decimal::Decimal;

use super::lang::{Lexicon, cue};
use super::line::Line;
use super::numbers::{self, Form, Numeral};
use super::pieces;
use super::{Amount, Figure, FigureKind, FigureRole, Qualifier, Unit};
use crate::story::{Place, Span};
use crate::text::Language;

/// The figures of `text`, typed non-claims included, in reading order.
///
/// ```
/// use claimwatch::{claims::figures, story::Place, text::Language};
///
/// let text = "At least 12 people were killed on May 4.";
/// let found = figures::in_text(text, &Language::new("en"), Place::Paragraph(0));
/// assert_eq!(found.len(), 2);
/// assert_eq!(found[0].noun.as_deref(), Some("people"));
/// assert!(!found[1].is_claim());
/// ```
#[must_use]
pub fn in_text(text: &str, language: &Language, place: Place) -> Vec<Figure> {
    if u32::try_from(text.len()).is_err() {
        return Vec::new();
    }
    pieces::of(text, language)
        .into_iter()
        .flat_map(|piece| {
            let start = u32::try_from(piece.start).unwrap_or(u32::MAX);
            let mut found = in_piece(&text[piece], language, place);
            for figure in &mut found {
                figure.span.start += start;
                figure.span.end += start;
            }
            found
        })
        .collect()
}

fn in_piece(text: &str, language: &Language, place: Place) -> Vec<Figure> {
    if let Some(found) = super::tongues::figures(text, language, place) {
        return found;
    }
    let line = Line::new(text, Lexicon::of(language));
    if !line.has_numbers {
        return Vec::new();
    }
    let numerals = numbers::numerals(&line);
    let mut reader = Reader {
        line: &line,
        numerals: &numerals,
        found: Vec::new(),
    };
    reader.read();
    compare::share_units(&mut reader);
    reader
        .found
        .into_iter()
        .map(|draft| draft.figure(&line, place))
        .collect()
}

/// A figure under construction, over tokens `first..last`.
#[derive(Debug, Clone)]
struct Draft {
    first: usize,
    last: usize,
    low: Option<Decimal>,
    high: Option<Decimal>,
    tally: Option<(Decimal, Decimal)>,
    kind: FigureKind,
    unit: Option<String>,
    qualifier: Option<Qualifier>,
    noun: Option<String>,
    counted: Option<String>,
    role: Option<FigureRole>,
    /// The product of its scale words.
    scale: Decimal,
    /// Whether scale, unit or decimals leave open what is measured until a figure nearby tells.
    bare: bool,
}

impl Draft {
    fn new(first: usize, last: usize, kind: FigureKind) -> Self {
        Self {
            first,
            last,
            low: None,
            high: None,
            tally: None,
            kind,
            unit: None,
            qualifier: None,
            noun: None,
            counted: None,
            role: None,
            scale: Decimal::ONE,
            bare: false,
        }
    }

    fn of_value(first: usize, last: usize, kind: FigureKind, low: Decimal, high: Decimal) -> Self {
        Self {
            low: Some(low.min(high)),
            high: Some(low.max(high)),
            ..Self::new(first, last, kind)
        }
    }

    fn figure(self, line: &Line, place: Place) -> Figure {
        let start = line.tokens.get(self.first).map_or(0, |token| token.start);
        let end = line
            .tokens
            .get(self.last.saturating_sub(1))
            .map_or(start, |token| token.end);
        let amount = self.low.zip(self.high).map(|(low, high)| Amount {
            low: low.normalize(),
            high: high.normalize(),
            qualifier: self.qualifier,
        });
        Figure {
            amount,
            tally: self.tally,
            kind: self.kind,
            unit: self.unit.map(Unit),
            counted: self.counted.or_else(|| self.noun.clone()),
            noun: self.noun,
            role: self.role,
            said_by: None,
            span: Span {
                place,
                start: u32::try_from(start).unwrap_or(u32::MAX),
                end: u32::try_from(end).unwrap_or(u32::MAX),
            },
        }
    }
}

/// Walks a line once from left to right.
struct Reader<'a, 't> {
    line: &'a Line<'t>,
    numerals: &'a [Numeral],
    found: Vec<Draft>,
}

impl Reader<'_, '_> {
    fn read(&mut self) {
        let mut at = 0;
        let mut next = 0;
        while at < self.line.len() {
            while self
                .numerals
                .get(next)
                .is_some_and(|numeral| numeral.first < at)
            {
                next += 1;
            }
            let draft = if self
                .numerals
                .get(next)
                .is_some_and(|numeral| numeral.first == at)
            {
                self.at_numeral(next)
            } else if self.line.is(at, cue::ZERO_WORD | cue::VAGUE | cue::ROMAN) {
                vague::fortnight(self, at)
                    .or_else(|| vague::zero(self, at))
                    .or_else(|| vague::vague(self, at))
                    .or_else(|| names::roman(self, at))
            } else {
                None
            };
            match draft {
                Some(mut draft) => {
                    // A currency or a sign before a number may have ended the figure before it.
                    draft.first = draft
                        .first
                        .max(self.found.last().map_or(0, |before| before.last));
                    draft.last = draft.last.min(self.line.len());
                    at = draft.last.max(at + 1);
                    if draft.first < draft.last {
                        self.found.push(draft);
                    }
                }
                // What is no figure is passed as a whole, so that no part of it is taken for one.
                None => {
                    at = self
                        .numerals
                        .get(next)
                        .filter(|n| n.first == at)
                        .map_or(at + 1, |n| n.last.max(at + 1));
                }
            }
        }
    }

    /// The figure that starts with numeral `n`.
    fn at_numeral(&mut self, n: usize) -> Option<Draft> {
        let numeral = self.numerals.get(n)?;
        if numbers::is_no_number(self.line, numeral) || names::inside_compound(self.line, numeral) {
            return None;
        }
        dates::list_marker(self, n)
            .or_else(|| vague::vague(self, numeral.first))
            .or_else(|| phones::phone(self, n))
            .or_else(|| phones::coordinates(self, n))
            .or_else(|| dates::date(self, n))
            .or_else(|| times::time(self, n))
            .or_else(|| names::name(self, n))
            .or_else(|| ages::age(self, n))
            .or_else(|| scores::score(self, n))
            .or_else(|| numbered::label(self, n))
            .or_else(|| numbered::reference(self, n))
            .or_else(|| numbered::product(self, n))
            .or_else(|| years::year(self, n))
            .or_else(|| dates::ordinal(self, n))
            .or_else(|| shares::ratio(self, n))
            .or_else(|| ranges::claim(self, n))
    }

    /// The index of the numeral that starts with token `at`, searched from numeral `n` on.
    fn numeral_at(&self, n: usize, at: usize) -> Option<usize> {
        (n..self.numerals.len().min(n + 4)).find(|&n| self.numerals[n].first == at)
    }
}

/// Whether a number with this form is one a plain label or year can be.
fn plain_integer(numeral: &Numeral) -> Option<u32> {
    if !numeral.is_plain_integer() || numeral.form != Form::Cardinal {
        return None;
    }
    u32::try_from(numeral.value).ok()
}

#[cfg(test)]
mod tests;
