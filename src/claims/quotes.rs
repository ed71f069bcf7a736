//! Finds what stands in quotation marks, whichever marks a publication uses, and who says it.
//!
//! The one rule: a mark without its partner is no quotation, unless the next paragraph opens with a mark again, which is how
//! print runs a quotation on. So an apostrophe, an inch sign or a lost mark never swallows the text behind it.

use std::ops::Range;

pub(super) use marks::{Next, read};

use super::Source;
use super::attribution::{self, Attribution};
use super::passage::Passage;
use crate::story::{Span, Story};

mod marks;

/// A stretch of one text between a pair of quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// The bytes with their marks.
    pub outer: Range<usize>,
    /// The bytes between the marks.
    pub inner: Range<usize>,
    /// How many quotations it lies in.
    pub depth: u8,
    /// Whether its closing mark is still to come in a later paragraph.
    pub runs_on: bool,
}

/// Every quotation of `text` in the order of its opening mark, nested ones after those they lie in.
///
/// ```
/// # use claimwatch::claims::quotes;
/// let text = "Holt said the workers' plan was 'a “first” step'.";
///
/// let words: Vec<&str> = quotes::in_text(text).into_iter().map(|quoted| &text[quoted.inner]).collect();
///
/// assert_eq!(words, ["a “first” step", "first"]);
/// ```
#[must_use]
pub fn in_text(text: &str) -> Vec<Quoted> {
    read(text, Next::Ends)
}

/// A quotation of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The words between the marks.
    pub span: Span,
    /// The words with their marks.
    pub outer: Span,
    /// How much of an utterance it is.
    pub extent: Extent,
    /// Who says it, where the story tells.
    pub said_by: Option<Source>,
    /// Whether it goes on in a later paragraph.
    pub runs_on: bool,
}

/// How much of an utterance a quotation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extent {
    /// A sentence or more: `"We have no water," she said.`
    Whole,
    /// A part, woven into a sentence of the story: he spoke of "a remarkable lack of curiosity".
    Part,
    /// A name or a few words set off, for which no speaker is named: the film "Alder".
    Phrase,
}

/// Every quotation of `story` that lies in no other, in reading order, with its speaker.
///
/// ```
/// # use claimwatch::{claims::quotes::{self, Extent}, story::Story};
/// let story = Story::from_text("", &["“We wait,” said Ines Holt. “We can.” Moor called it “a farce of a vote”."]);
///
/// let quotes = quotes::of(&story);
///
/// assert_eq!(quotes.iter().map(|quote| quote.extent).collect::<Vec<_>>(), [Extent::Whole, Extent::Whole, Extent::Part]);
/// assert_eq!(quotes[1].said_by.as_ref().map(|source| source.name.as_str()), Some("Ines Holt"));
/// ```
#[must_use]
pub fn of(story: &Story) -> Vec<Quote> {
    let passages = Passage::all(story);
    let attributions = attribution::in_passages(&passages);
    passages
        .iter()
        .flat_map(|p| in_passage(p, &attributions))
        .collect()
}

/// The quotations of one text of a story.
pub(super) fn in_passage(p: &Passage, attributions: &[Attribution]) -> Vec<Quote> {
    p.quotes
        .iter()
        .filter(|quoted| quoted.depth == 0)
        .map(|quoted| {
            let span = p.span(quoted.inner.clone());
            let said_by = attribution::said_by(attributions, span).cloned();
            Quote {
                span,
                outer: p.span(quoted.outer.clone()),
                extent: extent(p.text, quoted, said_by.as_ref()),
                said_by,
                runs_on: quoted.runs_on,
            }
        })
        .collect()
}

fn extent(text: &str, quoted: &Quoted, said_by: Option<&Source>) -> Extent {
    let words = &text[quoted.inner.clone()];
    let is_whole = words.starts_with(char::is_uppercase)
        && words.ends_with(['.', '!', '?', ',', '…'])
        || quoted.runs_on;
    match said_by {
        None if is_phrase(words) => Extent::Phrase,
        _ if is_whole => Extent::Whole,
        _ => Extent::Part,
    }
}

/// Words in quotation marks that are few enough to be a name or a word set off.
const PHRASE_WORDS: usize = 4;

/// Whether quoted words are a name or a word set off rather than something said: few, and no sentence.
pub(super) fn is_phrase(words: &str) -> bool {
    let bare = words.trim_end_matches([',', '.']);
    let is_title = bare
        .split_whitespace()
        .all(|word| word.starts_with(char::is_uppercase));
    let ends = words.ends_with(['.', '!', '?', ',', '…']) && !is_title;
    !ends && words.split_whitespace().count() <= PHRASE_WORDS
}

#[cfg(test)]
mod tests;
