//! Who says what in a story: every clause that names a source, what it covers, and who a "he" or a bare quotation belongs to.
//!
//! The one rule: a source that is not safely known is left open. A pronoun is resolved only to the last person or body
//! that spoke close by, and what stands in the story's own voice has no source.

use std::ops::Range;

use super::Source;
use super::passage::{Kind, Passage};
pub use super::vocabulary::Said;
use crate::story::{Span, Story};
use clause::{Clause, Form, Subject};
use memory::Memory;

mod clause;
mod headline;
mod memory;
mod phrase;
mod quoted;

/// That somebody says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// The sentence it stands in.
    pub sentence: Span,
    /// Who says it; `None` where only a pronoun tells.
    pub source: Option<Source>,
    /// The words that name the source: "the agency's head, Lene Aust", or the pronoun.
    pub words: Span,
    /// The source, the verb and who is addressed: what can be taken off to leave the claim.
    pub clause: Span,
    /// What is said.
    pub scope: Span,
    /// What the verb does with it.
    pub said: Said,
    /// Whether the source is named elsewhere: a pronoun was resolved, or the quotation follows from the sentence before.
    pub carried: bool,
}

/// Every attribution of `story` in reading order.
///
/// ```
/// # use claimwatch::{claims::attribution, story::Story};
/// let story = Story::from_text("", &["The bridge is closed, police said. \"For good,\" said mayor Ines Holt."]);
///
/// let names: Vec<_> = attribution::sources(&story).into_iter().filter_map(|said| said.source).map(|source| source.name).collect();
///
/// assert_eq!(names, ["police", "Ines Holt"]);
/// ```
#[must_use]
pub fn sources(story: &Story) -> Vec<Attribution> {
    in_passages(&Passage::all(story))
}

/// Who says what stands at `span`, by the narrowest attribution that covers it.
///
/// ```
/// # use claimwatch::{claims::attribution, story::{Place, Span, Story}};
/// let story = Story::from_text("", &["Police said 12 people were hurt."]);
/// let twelve = Span { place: Place::Paragraph(0), start: 12, end: 14 };
///
/// let attributions = attribution::sources(&story);
/// let source = attribution::said_by(&attributions, twelve);
///
/// assert_eq!(source.map(|source| source.name.as_str()), Some("Police"));
/// ```
#[must_use]
pub fn said_by(attributions: &[Attribution], span: Span) -> Option<&Source> {
    covering(attributions, span)?.source.as_ref()
}

/// The narrowest attribution that covers `span`.
pub(super) fn covering(attributions: &[Attribution], span: Span) -> Option<&Attribution> {
    near(attributions, span)
        .filter(|said| said.said != Said::Silent)
        .filter(|said| said.scope.start <= span.start && span.end <= said.scope.end)
        .min_by_key(|said| {
            (
                said.scope.end - said.scope.start,
                std::cmp::Reverse(said.clause.start),
            )
        })
}

/// The attributions of the place of `span` whose sentences are not far from it, so that no text is searched as a whole.
pub(super) fn near(attributions: &[Attribution], span: Span) -> impl Iterator<Item = &Attribution> {
    let after = attributions.partition_point(|said| {
        (said.sentence.place, said.sentence.start) <= (span.place, span.start)
    });
    let window = after.saturating_sub(NEAR)..attributions.len().min(after + NEAR);
    attributions[window]
        .iter()
        .filter(move |said| said.sentence.place == span.place)
}

/// How many attributions before and behind a figure are looked at; only a quotation with more in it would need more.
const NEAR: usize = 64;

/// Whether two sources are one: the same name, or a person's last name for the whole.
///
/// ```
/// # use claimwatch::claims::{Source, attribution};
/// let source = |name: &str| Source { name: name.to_owned(), via: None };
///
/// assert!(attribution::is_same(&source("Dmytro Kuleba"), &source("Kuleba")));
/// assert!(attribution::is_same(&source("Police"), &source("the police")));
/// assert!(!attribution::is_same(&source("police"), &source("a guard")));
/// ```
#[must_use]
pub fn is_same(one: &Source, other: &Source) -> bool {
    let one = significant(&one.name);
    let other = significant(&other.name);
    let (short, long) = if one.len() <= other.len() {
        (&one, &other)
    } else {
        (&other, &one)
    };
    !short.is_empty() && (long.ends_with(short) || is_acronym(short, long))
}

/// The words of a name without articles, in lower case.
fn significant(name: &str) -> Vec<String> {
    name.split_whitespace()
        .map(|word| {
            word.trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase()
        })
        .filter(|word| {
            !matches!(
                word.as_str(),
                "" | "the" | "a" | "an" | "mr" | "mrs" | "ms" | "dr"
            )
        })
        .collect()
}

/// Whether `short` is one word made of the initials of `long`: "WHO", "World Health Organization".
fn is_acronym(short: &[String], long: &[String]) -> bool {
    let [word] = short else {
        return false;
    };
    let initials: String = long
        .iter()
        .filter(|word| !matches!(word.as_str(), "of" | "for" | "and"))
        .filter_map(|word| word.chars().next())
        .collect();
    long.len() > 1 && word.replace('.', "") == initials
}

/// Every attribution of some texts of one story.
pub(super) fn in_passages(passages: &[Passage]) -> Vec<Attribution> {
    let found: Vec<Vec<Clause>> = passages.iter().map(clause::all).collect();
    let mut memory = Memory::new(passages, &found);
    let mut attributions = Vec::new();
    let mut unsaid = Vec::new();
    for (p, clauses) in passages.iter().zip(&found) {
        memory.enter(p.place);
        let mut here = Vec::new();
        let mut next = 0;
        for (index, _) in p.sentences.iter().enumerate() {
            let count = clauses[next..]
                .iter()
                .take_while(|clause| clause.sentence == index)
                .count();
            let clauses = &clauses[next..next + count];
            next += count;
            let first = p.sentences[index].words.start;
            if clauses
                .first()
                .is_none_or(|clause| clause.whole.start > first)
            {
                memory.notice(p, index);
            }
            read_sentence(p, index, clauses, &mut memory, &mut here);
        }
        quoted::attach(p, &mut here, &mut memory);
        memory.leave(p, &here);
        quoted::attach_earlier(p, &here, &mut unsaid, &mut attributions);
        here.sort_by_key(|said| (said.clause.start, said.scope.start));
        attributions.append(&mut here);
    }
    attributions
}

/// Turns the clauses of one sentence into attributions.
fn read_sentence(
    p: &Passage,
    index: usize,
    clauses: &[Clause],
    memory: &mut Memory,
    here: &mut Vec<Attribution>,
) {
    for (nth, clause) in clauses.iter().enumerate() {
        let outlet = nth
            .checked_sub(1)
            .map(|before| &clauses[before])
            .filter(|before| {
                clause.is_citing && clause::is_outlet(&p.words[before.phrase.clone()])
            });
        let source = memory.source(p, clause, outlet);
        let carried = clause.subject != Subject::Named;
        here.push(Attribution {
            sentence: p.span(p.sentences[index].bytes.clone()),
            source,
            words: p.span(p.bytes(clause.phrase.clone())),
            clause: p.span(p.bytes(clause.whole.clone())),
            scope: p.span(scope(p, clauses, nth)),
            said: clause.said,
            carried,
        });
    }
}

/// The bytes that the `nth` clause of a sentence covers.
fn scope(p: &Passage, clauses: &[Clause], nth: usize) -> Range<usize> {
    let clause = &clauses[nth];
    let sentence = p.sentences[clause.sentence].bytes.clone();
    let whole = p.bytes(clause.whole.clone());
    let earlier = nth.checked_sub(1).map(|before| &clauses[before]);
    let later = clauses.get(nth + 1);
    match clause.form {
        Form::Leading => {
            // "Holt, who denies wrongdoing, said ...": what is denied ends with the relative clause.
            let is_inside = later.is_some_and(|later| later.whole.start <= clause.whole.start);
            let joint = later
                .filter(|_| !is_inside)
                .and_then(|later| joint_before(p, later));
            let comma = is_inside.then(|| comma_behind(p, clause)).flatten();
            let end = joint.or(comma).unwrap_or(sentence.end);
            content(p.text, whole.end.min(end)..end)
        }
        Form::Trailing
            if clause.is_citing
                && earlier.is_some_and(|earlier| earlier.form == Form::Trailing) =>
        {
            // "..., state media said, citing officials": both say the same.
            scope(p, clauses, nth - 1)
        }
        Form::Trailing => {
            let start =
                earlier.map_or(sentence.start, |earlier| trailing_start(p, earlier, clause));
            let is_cited = later.is_some_and(|later| later.is_citing);
            let end = if later.is_none() && goes_on(p, clause) && !is_cited {
                sentence.end
            } else {
                whole.start
            };
            content(p.text, start..end.max(start))
        }
    }
}

/// Where the comma behind a clause stands.
fn comma_behind(p: &Passage, clause: &Clause) -> Option<usize> {
    let rest = clause.whole.end..p.sentences[clause.sentence].words.end;
    p.words[rest]
        .iter()
        .find(|word| word.kind == Kind::Comma)
        .map(|word| word.start)
}

/// Whether what is said goes on behind a trailing clause: "..., Brand said, which was much".
fn goes_on(p: &Passage, clause: &Clause) -> bool {
    // Behind "said Ann Weir, 34, a nurse" only the source is described.
    let is_behind_verb = clause.phrase.start > clause.whole.start;
    let rest = clause.whole.end..p.sentences[clause.sentence].words.end;
    !is_behind_verb
        && p.words[rest].iter().any(|word| {
            matches!(
                word.kind,
                Kind::Comma | Kind::Semicolon | Kind::Dash | Kind::Quote
            )
        })
}

/// Where `later` begins to be another statement: at the comma or "and" before it; nowhere if it belongs to what is said.
fn joint_before(p: &Passage, later: &Clause) -> Option<usize> {
    let at = later.whole.start.checked_sub(1)?;
    let word = &p.words[at];
    let is_joint = matches!(word.kind, Kind::Comma | Kind::Semicolon)
        || ["and", "but", "while", "although"]
            .iter()
            .any(|joint| p.is(word, joint));
    let is_leading = later.form == Form::Leading && at >= p.sentences[later.sentence].words.start;
    (is_joint && is_leading).then_some(word.start)
}

/// A range without the marks and spaces around its words.
fn content(text: &str, range: Range<usize>) -> Range<usize> {
    let piece = &text[range.clone()];
    let trimmed =
        piece.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | ';'));
    let start = range.start + piece.len() - trimmed.len();
    start
        ..start
            + trimmed
                .trim_end_matches(|c: char| {
                    c.is_whitespace() || matches!(c, ',' | ';' | '-' | '–' | '—')
                })
                .len()
}

/// Where the statement before a trailing clause begins, given an earlier clause of the sentence.
fn trailing_start(p: &Passage, earlier: &Clause, clause: &Clause) -> usize {
    let sentence = &p.sentences[clause.sentence];
    if earlier.form == Form::Trailing {
        return p.bytes(earlier.whole.clone()).end;
    }
    let contrast = (earlier.whole.end..clause.whole.start).rev().find(|&at| {
        let word = &p.words[at];
        word.kind == Kind::Semicolon
            || word.kind == Kind::Comma
                && ["but", "while", "and", "although"]
                    .iter()
                    .any(|joint| p.is_at(at + 1, joint))
    });
    contrast.map_or(sentence.bytes.start, |at| p.words[at].end)
}

#[cfg(test)]
mod tests;
