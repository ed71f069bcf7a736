//! Words that bound or blur a figure, before it and after it.

use rust_decimal::Decimal;

use super::Draft;
use super::ranges::is_bound;
use crate::claims::lang::{Place, cue};
use crate::claims::line::Line;
use crate::claims::units::{self, Dimension};
use crate::claims::{FigureKind, Qualifier};

/// Gives the draft its qualifier; one that follows or is glued on joins its span.
pub(super) fn apply(line: &Line, draft: &mut Draft) {
    let first = before(line, draft);
    let second = after(line, draft);
    draft.qualifier = match (first, second) {
        (Some((one, _)), Some(_)) if is_bound(one) => Some(one),
        (_, Some((two, last))) => {
            draft.last = last;
            Some(two)
        }
        (one, None) => one.map(|(qualifier, _)| qualifier),
    };
}

/// Whether any qualifier stands right before `at`.
pub(super) fn stands_before(line: &Line, at: usize) -> bool {
    matched(line, at).is_some()
}

/// How many tokens the qualifier right before `at` has.
pub(super) fn length_before(line: &Line, at: usize) -> Option<usize> {
    matched(line, at).map(|(_, start)| at - start)
}

/// The qualifier right before `at` and where it starts.
fn matched(line: &Line, at: usize) -> Option<(Qualifier, usize)> {
    if at == 0 {
        return None;
    }
    line.lexicon
        .before
        .get(line.word(at - 1))?
        .iter()
        .find(|phrase| line.phrase_before(at, &phrase.words))
        .map(|phrase| (phrase.qualifier, at - phrase.words.len()))
}

/// The qualifier before the draft; where two stand together the bound wins.
fn before(line: &Line, draft: &Draft) -> Option<(Qualifier, usize)> {
    let mut at = draft.first;
    let mut best: Option<(Qualifier, usize)> = None;
    if at > 0 && line.is(at - 1, cue::BETWEEN) {
        at -= 1;
    }
    if at > 0 && line.is(at - 1, cue::FURTHER) {
        at -= 1;
        if at > 0 && line.is(at, cue::FURTHER_WORD) && line.is(at - 1, cue::A) {
            at -= 1;
        }
    }
    for _ in 0..3 {
        let Some((qualifier, start)) =
            matched(line, at).filter(|&(_, start)| means_it(line, draft, start, at))
        else {
            break;
        };
        best = match best {
            Some((kept, _)) if is_bound(kept) || !is_bound(qualifier) => Some((kept, start)),
            _ => Some((qualifier, start)),
        };
        at = start;
    }
    best
}

/// Whether the words at `start..end` qualify this figure, and are not a preposition with another task.
fn means_it(line: &Line, draft: &Draft, start: usize, end: usize) -> bool {
    let before = start.checked_sub(1);
    let single = end == start + 1;
    // "6 points lower than four years ago": the comparison belongs to the figure before.
    let compares = before.is_some_and(|before| {
        line.is(end - 1, cue::THAN)
            && (line.is_digits(before)
                || line.is(before, cue::NUMBER | cue::UNIT)
                || line.is_mark(before, &['%'])
                || line.is(before, cue::POINTS))
    });
    if compares {
        return false;
    }
    if !single {
        // "as long as", "as far as" are bounds only of times and ways; "as much as" after "twice" is a comparison.
        return !(line.is(start, cue::AS)
            && before.is_some_and(|before| {
                line.is(before, cue::AGAINST) && line.is(before, cue::DOUBLE)
            }));
    }
    // "=> 30" is an arrow.
    if line.is_mark(start, &['>']) {
        return !line.is_mark(start.wrapping_sub(1), &['=', '-']) || !line.glued(start);
    }
    let dimension = draft.unit.as_deref().and_then(units::dimension);
    // "over three years" is a time span that something took place in, unless a verb of lasting precedes.
    if line.is(start, cue::OVER) {
        return dimension != Some(Dimension::Time) || line.is_before(start, cue::LASTS);
    }
    // "pulled from under two metres of snow" tells where.
    let under = line.is(start, cue::THRESHOLD) && dimension == Some(Dimension::Length);
    !(under && line.is_before(start, cue::FROM))
}

/// The qualifier after the draft and where it ends.
fn after(line: &Line, draft: &Draft) -> Option<(Qualifier, usize)> {
    let at = draft.last;
    let phrase = line
        .lexicon
        .after
        .get(line.word(at))?
        .iter()
        .find(|phrase| line.phrase_at(at, &phrase.words))?;
    let last = at + phrase.words.len();
    let bare = !line.is_digits(last) && !line.is(last, cue::NUMBER);
    let fits = match phrase.place {
        Place::Anywhere => true,
        Place::Glued => {
            line.glued(at)
                && (phrase.words.len() == 1 || line.glued(at + 1))
                && !line.is_digits(last)
        }
        Place::NoSum => {
            bare && !super::money::is_sign(line, last)
                && !line.is(last, cue::ARTICLE | cue::DETERMINER)
                && draft.low > Some(Decimal::TEN)
                && (draft.kind != FigureKind::Money || super::context::closes(line, last))
        }
        Place::BeforeNoun => !super::context::closes(line, last) && line.is_word(last),
        Place::PhraseEnd => {
            super::context::closes_or_goes_on(line, last) && bare && !line.is(last, cue::ARTICLE)
        }
        Place::NoNumber => bare,
        Place::NoObject => bare && !line.is(last, cue::ARTICLE),
        Place::ClauseEnd => super::context::closes(line, last),
    };
    fits.then_some((phrase.qualifier, last))
}
