//! Sources that a headline sets off by a colon or a dash instead of a verb: "Twelve hurt in blast - police".

use std::ops::Range;

use super::super::passage::{Kind, Passage, Sentence, Word};
use super::super::vocabulary::{Said, flag};
use super::clause::{Clause, Form, Subject};
use super::phrase;
use crate::story::Place;

/// A source that is set off has no more words.
const MOST_WORDS: usize = 4;

/// The source that a headline sets off, if `sentence` is one and does so.
pub(super) fn clause(p: &Passage, index: usize, sentence: &Sentence) -> Option<Clause> {
    if p.place != Place::Headline {
        return None;
    }
    let words = sentence.words.clone();
    behind_mark(p, &words)
        .map(|phrase| (phrase, Form::Trailing))
        .or_else(|| before_colon(p, &words).map(|phrase| (phrase, Form::Leading)))
        .map(|(phrase, form)| Clause {
            sentence: index,
            name: phrase::name(p, &phrase),
            whole: phrase.clone(),
            phrase,
            via: None,
            said: Said::Said,
            form,
            subject: Subject::Named,
            is_citing: false,
        })
}

/// "police" of "Twelve hurt in blast - police": a common noun for a source behind the last mark. A name there may be the
/// site's own.
fn behind_mark(p: &Passage, words: &Range<usize>) -> Option<Range<usize>> {
    let mark = words
        .clone()
        .rev()
        .find(|&at| matches!(p.words[at].kind, Kind::Dash | Kind::Colon))?;
    let phrase = mark + 1..words.end;
    let is_source = (1..=MOST_WORDS).contains(&phrase.len())
        && mark > words.start + 1
        && p.words[phrase.clone()].iter().all(Word::is_word)
        && p.words[words.end - 1].is(flag::SOURCE | flag::ROLE)
        && !p.words[phrase.clone()]
            .iter()
            .any(|word| word.is(flag::OUTLET | flag::OUTLET_NOUN | flag::SAYS));
    is_source.then_some(phrase)
}

/// "Holt" of "Holt: 'We will not wait'", "Minister" of "Minister: no new tax".
fn before_colon(p: &Passage, words: &Range<usize>) -> Option<Range<usize>> {
    let colon = words.clone().find(|&at| p.words[at].kind == Kind::Colon)?;
    let phrase = words.start..colon;
    if !(1..=MOST_WORDS).contains(&phrase.len())
        || !p.words[phrase.clone()].iter().all(Word::is_word)
    {
        return None;
    }
    let quotes = p
        .words
        .get(colon + 1)
        .is_some_and(|word| word.kind == Kind::Quote);
    // "Report: ..." names a source, "Results: ..." a heading.
    let last = &p.words[colon - 1];
    let is_heading = last.is(flag::EVIDENCE) && (p.str(last).ends_with('s') || p.is(last, "data"));
    let is_office = last.is(flag::SOURCE | flag::ROLE) && !is_heading;
    (is_office || quotes && phrase::is_only_name(p, &phrase)).then_some(phrase)
}
