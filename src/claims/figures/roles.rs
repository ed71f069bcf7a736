//! The part a figure plays in a change: from, to, by, further.

use super::{Draft, Reader, context, qualifiers};
use crate::claims::lang::cue;
use crate::claims::line::Line;
use crate::claims::units::{self, Dimension};
use crate::claims::{FigureKind, FigureRole};

/// Gives the draft its role.
pub(super) fn apply(reader: &Reader, draft: &mut Draft) {
    if !draft.kind.is_claim() {
        return;
    }
    draft.role = role(reader, draft).or_else(|| restated(reader, draft));
}

/// "rose $2.14, or 2.7%", "fell by 300 (4%)": the same change in another unit has the same part.
fn restated(reader: &Reader, draft: &Draft) -> Option<FigureRole> {
    let line = reader.line;
    let before = reader
        .found
        .last()
        .filter(|before| before.kind.is_claim())?;
    let at = before_qualifier(line, draft.first);
    let or = line.is(before.last, cue::OR) && before.last + 1 == at;
    let comma_or = line.is_mark(before.last, &[','])
        && line.is(before.last + 1, cue::OR)
        && before.last + 2 == at;
    let bracket = line.is_mark(before.last, &['(']) && before.last + 1 == at;
    let other_measure = before.unit != draft.unit && draft.unit.is_some();
    before
        .role
        .filter(|_| (or || comma_or || bracket) && other_measure)
}

fn role(reader: &Reader, draft: &Draft) -> Option<FigureRole> {
    let line = reader.line;
    if is_further(line, draft) {
        return Some(FigureRole::Further);
    }
    // The article of "by a quarter point" stands between.
    let part = draft.first
        - usize::from(
            draft.unit.is_some()
                && draft.low < Some(rust_decimal::Decimal::ONE)
                && line.is_before(draft.first, cue::ARTICLE),
        );
    let at = before_qualifier(line, part);
    let before = at.checked_sub(1)?;
    let fits = |fits: bool, role: FigureRole| fits.then_some(role);
    if line.is(before, cue::FROM) {
        fits(is_from(reader, draft, before), FigureRole::From)
    } else if line.is(before, cue::TO) {
        fits(is_to(reader, draft, before), FigureRole::To)
    } else if line.is(before, cue::AT) {
        fits(settles_at(line, before), FigureRole::To)
    } else if line.is(before, cue::OF) {
        // "a drop of more than a tenth", "an increase of 75 basis points".
        let sized = measured(draft) && line.is_before(before, cue::CHANGE_NOUN);
        fits(sized, FigureRole::By)
    } else if line.is(before, cue::PLUS) {
        fits(added(reader, before), FigureRole::Further)
    } else if line.is(before, cue::BY) {
        let change =
            context::near_before(line, before, cue::CHANGE) || line.is(draft.last, cue::COMPARED);
        fits(change, FigureRole::By)
    } else {
        fits(is_by(line, draft, at), FigureRole::By)
    }
}

/// "to close at 7,512.4": the level reached.
fn settles_at(line: &Line, at: usize) -> bool {
    at >= 2 && line.is(at - 2, cue::TO) && line.is(at - 1, cue::SETTLE)
}

/// "two thousand jobs, plus 800": what follows is added to a figure before.
fn added(reader: &Reader, plus: usize) -> bool {
    reader.found.last().is_some_and(|before| {
        before.kind.is_claim() && !(before.last..plus).any(|token| reader.line.ends_sentence(token))
    })
}

fn measured(draft: &Draft) -> bool {
    draft.unit.is_some() || draft.kind == FigureKind::Fraction
}

/// "another 30", "a further nine", "16 more" without "than".
fn is_further(line: &Line, draft: &Draft) -> bool {
    let before = draft.first > 0 && (line.is(draft.first - 1, cue::FURTHER));
    let count = matches!(draft.kind, FigureKind::Count | FigureKind::Vague);
    let more = line.is(draft.last, cue::MORE) && !line.is(draft.last + 1, cue::THAN) && count;
    let noun_more = count
        && line.is_word(draft.last)
        && line.is(draft.last + 1, cue::MORE)
        && !line.is(draft.last + 2, cue::THAN)
        && context::closes(line, draft.last + 2);
    before || more && !in_difference(line, draft) || noun_more
}

fn in_difference(line: &Line, draft: &Draft) -> bool {
    (draft.last..draft.last + 4).any(|at| line.is(at, cue::THAN))
}

/// Where the qualifier before a figure starts.
pub(super) fn before_qualifier(line: &Line, first: usize) -> usize {
    let mut at = first;
    for _ in 0..3 {
        let phrase = qualifiers::length_before(line, at)
            .filter(|&length| length > 1 || !line.is(at - 1, cue::TO | cue::FROM));
        let adverb = line.is_before(at, cue::ADVERB) && !line.is_before(at, cue::CHANGE);
        at -= match phrase {
            Some(length) => length,
            None if adverb => 1,
            None => break,
        };
    }
    at
}

fn is_from(reader: &Reader, draft: &Draft, from: usize) -> bool {
    let line = reader.line;
    if from == 0 {
        return false;
    }
    let change_before = line.is(from - 1, cue::CHANGE) || line.is(from - 1, cue::UP | cue::DOWN);
    let to_ahead = to_ahead(reader, draft);
    let pair = reader
        .found
        .last()
        .is_some_and(|before| before.role == Some(FigureRole::To) && near(line, before, from));
    let moved = reader.found.last().is_some_and(|before| {
        before.role == Some(FigureRole::By)
            && from.saturating_sub(before.last) <= 4
            && near(line, before, from)
    });
    // "is 31%, its lowest in years, from 62%": the level before, behind a comma.
    let earlier = line.is_mark(from - 1, &[','])
        && reader.found.iter().rev().take(3).any(|before| {
            before.unit == draft.unit
                && before.unit.is_some()
                && before.role.is_none()
                && from.saturating_sub(before.last) <= 14
                && !(before.last..from).any(|token| line.ends_sentence(token))
        });
    change_before
        || pair
        || earlier
        || moved
        || to_ahead
        || context::near_before(line, from, cue::CHANGE) && same_measure(reader, draft, from)
}

/// Whether "to" and another number follow: "from 0 to 62 mph".
fn to_ahead(reader: &Reader, draft: &Draft) -> bool {
    let to = (draft.last..draft.last + 2).find(|&at| reader.line.is(at, cue::TO));
    to.is_some_and(|to| {
        let next = reader
            .numerals
            .partition_point(|numeral| numeral.first <= to);
        reader
            .numerals
            .get(next)
            .is_some_and(|numeral| numeral.first < to + 5)
    })
}

fn near(line: &Line, before: &Draft, at: usize) -> bool {
    at - before.last.min(at) <= 6 && !(before.last..at).any(|token| line.ends_sentence(token))
}

fn same_measure(reader: &Reader, draft: &Draft, at: usize) -> bool {
    reader.found.last().is_some_and(|before| {
        before.unit == draft.unit && before.unit.is_some() && near(reader.line, before, at)
    })
}

fn is_to(reader: &Reader, draft: &Draft, to: usize) -> bool {
    let line = reader.line;
    let change = context::tokens_before(line, to, 10).any(|token| line.is(token, cue::CHANGE));
    let from = reader.found.last().is_some_and(|before| {
        matches!(before.role, Some(FigureRole::From | FigureRole::By)) && near(line, before, to)
    });
    // "moved to 14 shelters" is no level; "rose to 14 cases", "cut the number to 14" are.
    let carries = to > 0 && line.is(to - 1, cue::CARRY);
    let adjacent = line.is_before(to, cue::CHANGE) && !carries;
    let object = matches!(draft.kind, FigureKind::Count)
        && counts_things(line, draft)
        && !from
        && !adjacent
        && !level_named(line, to);
    (change || from) && !object
}

fn counts_things(line: &Line, draft: &Draft) -> bool {
    line.is_word(draft.last) && !context::ends_phrase(line, draft.last)
}

/// "bringing the toll to 45", "raised the number to 12 people".
fn level_named(line: &Line, to: usize) -> bool {
    context::tokens_before(line, to, 6).any(|token| line.is(token, cue::TALLY))
}

/// "rose 3.5%", "down 82 cents", "3.1 points lower", "16 more than".
fn is_by(line: &Line, draft: &Draft, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else {
        return compared_after(line, draft);
    };
    // "shot down 74 drones", "makes up 90%": the particle belongs to its verb. "fell below 5%" tells a level.
    let particle = line.is(before, cue::UP | cue::DOWN | cue::OFF)
        && before > 0
        && line.is(before - 1, cue::VERB)
        && !line.is(before - 1, cue::CHANGE)
        && !line.is(before - 1, cue::WENT);
    let level = at < draft.first && line.is(at, cue::LEVEL_BOUND);
    if particle || level {
        return false;
    }
    let measured = measured(draft);
    // "lifted 21 tonnes of cargo": the verb's object is what was moved, not how far a figure moved.
    let object = matches!(draft.kind, FigureKind::Measure | FigureKind::Fraction)
        && line.is(draft.last, cue::OF);
    // "fell 8 km from the road", "sank 38 miles north": where, not how far.
    let place = draft.unit.as_deref().and_then(units::dimension) == Some(Dimension::Length)
        && (line.is(draft.last, cue::DIRECTION) || line.is(draft.last, cue::FROM));
    if object || place {
        return false;
    }
    let changed = line.is(before, cue::CHANGE) && !line.is(before, cue::CHANGES_OBJECT);
    let grown = line.is(before, cue::GAINS)
        && measured
        && !matches!(draft.kind, FigureKind::Money | FigureKind::Duration);
    changed
        && (measured || draft.kind == FigureKind::Multiple || line.is(before, cue::UP | cue::DOWN))
        || grown
        || compared_after(line, draft)
        || sizes_a_change(line, draft)
}

/// "a 5.5% rise", "an 83% jump", "a 25 basis point cut".
fn sizes_a_change(line: &Line, draft: &Draft) -> bool {
    let opened = line.is_before(draft.first, cue::ARTICLE | cue::DETERMINER)
        || line.is_before(draft.first, cue::ADJECTIVE);
    opened && draft.unit.is_some() && line.is(draft.last, cue::CHANGE_NOUN)
}

/// "3.1 points lower than", "16 more than in Qatar", "Rs 117 more", "3.5 ppm up".
fn compared_after(line: &Line, draft: &Draft) -> bool {
    let at = draft.last;
    let than = line.is(at + 1, cue::THAN);
    let difference = line.is(at, cue::DIFFERENCE);
    let depth = line.is(at, cue::UP | cue::DOWN)
        && draft.unit.as_deref().and_then(units::dimension) == Some(Dimension::Length);
    let measured = draft.unit.is_some() && !depth;
    difference
        && (than && !than_target(line, at + 2)
            || measured && context::closes_or_goes_on(line, at + 1))
}

/// A difference from a target or a need is no change.
fn than_target(line: &Line, at: usize) -> bool {
    line.is(at, cue::TARGET)
}
