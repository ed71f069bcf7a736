//! Units that a figure takes from the one it is compared with, and index levels.

use rust_decimal::Decimal;

use super::{Draft, Reader, context};
use crate::claims::lang::cue;
use crate::claims::line::Line;
use crate::claims::{FigureKind, FigureRole};

/// Gives bare numbers the unit of the figure they are compared with: "4.7 million tonnes, against 2.4m in July".
pub(super) fn share_units(reader: &mut Reader) {
    share_scales(reader.line, &mut reader.found);
    share_denominators(reader.line, &mut reader.found);
    join_bounds(reader.line, &mut reader.found);
    for index in 0..reader.found.len() {
        let (before, rest) = reader.found.split_at_mut(index);
        let Some((draft, after)) = rest.split_first_mut() else {
            return;
        };
        if !draft.bare || draft.noun.is_some() && draft.role.is_none() {
            continue;
        }
        if let Some(source) = compared_with(reader.line, draft, before, after) {
            draft.kind = source.kind;
            let unit = source.unit.clone();
            let pair = matches!(
                (draft.role, source.role),
                (Some(FigureRole::To), Some(FigureRole::From)) | (Some(FigureRole::From), _)
            );
            draft.unit = unit.map(|unit| {
                if pair {
                    unit
                } else {
                    unit.split('/').next().unwrap_or_default().to_owned()
                }
            });
            draft.noun = None;
        } else if is_index_level(reader.line, draft, before)
            || moves_after(reader.line, draft, after)
        {
            draft.kind = FigureKind::Index;
            draft.unit = Some("point".to_owned());
            draft.noun = None;
        }
    }
}

/// "from €12.41 to €12.82 an hour", "to £9,535 a year from £9,250": the rate of one belongs to both ends of a change.
fn share_denominators(line: &Line, found: &mut [Draft]) {
    use FigureRole::{From, To};
    for index in 1..found.len() {
        let (before, rest) = found.split_at_mut(index);
        let (Some(one), Some(two)) = (before.last_mut(), rest.first_mut()) else {
            continue;
        };
        let pair = matches!(
            (one.role, two.role),
            (Some(From), Some(To)) | (Some(To), Some(From))
        );
        let far = (one.last..two.first).any(|token| line.ends_sentence(token));
        if !pair || far {
            continue;
        }
        let (Some(left), Some(right)) = (&one.unit, &two.unit) else {
            continue;
        };
        // "or $1.34 a share, from $1.8bn": the share belongs to the smaller sum only.
        if !scale_fits(two, one) {
            continue;
        }
        let (left, right) = (left.clone(), right.clone());
        if is_rate_of(&left, &right) {
            two.unit = Some(left);
        } else if is_rate_of(&right, &left) {
            one.unit = Some(right);
        }
    }
}

/// Whether `rate` is `unit` per something.
fn is_rate_of(rate: &str, unit: &str) -> bool {
    rate.strip_prefix(unit)
        .is_some_and(|rest| rest.starts_with('/') || rest.starts_with("_per_"))
}

/// "from 24.2 to 33 billion": the scale after the second number belongs to both.
fn share_scales(line: &Line, found: &mut [Draft]) {
    for index in 1..found.len() {
        let (before, rest) = found.split_at_mut(index);
        let (Some(from), Some(to)) = (before.last_mut(), rest.first()) else {
            continue;
        };
        let pair = from.role == Some(FigureRole::From)
            && to.role == Some(FigureRole::To)
            && from.bare
            && line.is(from.last, cue::TO);
        if !pair
            || from.scale != Decimal::ONE
            || to.scale == Decimal::ONE
            || from.last - from.first > 3
        {
            continue;
        }
        let mantissa = to
            .low
            .and_then(|low| low.checked_div(to.scale))
            .unwrap_or_default();
        let small = from.high.is_some_and(|high| {
            high < Decimal::ONE_THOUSAND
                && mantissa
                    .checked_mul(Decimal::from(30))
                    .is_none_or(|most| high <= most)
        });
        if small {
            from.low = from.low.and_then(|low| low.checked_mul(to.scale));
            from.high = from.high.and_then(|high| high.checked_mul(to.scale));
        }
    }
}

/// "above 1,000 and below 1,500": both ends are stated, so the two bounds are one range.
fn join_bounds(line: &Line, found: &mut Vec<Draft>) {
    let drafts = std::mem::take(found);
    for draft in drafts {
        match found
            .last()
            .and_then(|before| joined_bounds(line, before, &draft))
        {
            Some(range) => {
                found.pop();
                found.push(range);
            }
            None => found.push(draft),
        }
    }
}

fn joined_bounds(line: &Line, one: &Draft, two: &Draft) -> Option<Draft> {
    use crate::claims::Qualifier::{AtLeast, LessThan, MoreThan, UpTo};
    let above = |draft: &Draft| matches!(draft.qualifier, Some(MoreThan | AtLeast));
    let below = |draft: &Draft| matches!(draft.qualifier, Some(LessThan | UpTo));
    let (low, high) = if above(one) && below(two) {
        (one.low?, two.high?)
    } else if below(one) && above(two) {
        (two.low?, one.high?)
    } else {
        return None;
    };
    // Both numbers are single, of one unit, and nothing but the bounding words stands between them.
    let single = one.low == one.high && two.low == two.high;
    let alike = one.noun.is_none() && (one.unit == two.unit || one.unit.is_none());
    let linked = line.is(one.last, cue::AND | cue::BUT) || line.is_mark(one.last, &[',']);
    let gap = two.first.saturating_sub(
        one.last
            + 1
            + usize::from(
                line.is_mark(one.last, &[',']) && line.is(one.last + 1, cue::AND | cue::BUT),
            ),
    );
    let near = super::qualifiers::length_before(line, two.first) == Some(gap);
    (low < high && single && alike && linked && near).then(|| Draft {
        first: one.first,
        low: Some(low),
        high: Some(high),
        qualifier: None,
        ..two.clone()
    })
}

/// The figure of the same sentence whose unit a bare number takes.
fn compared_with(line: &Line, draft: &Draft, before: &[Draft], after: &[Draft]) -> Option<Draft> {
    let in_reach = |other: &&Draft| {
        other.kind.is_claim()
            && other.unit.is_some()
            && other.kind != FigureKind::Multiple
            && (other.kind != FigureKind::Index
                || other.unit.as_deref().is_some_and(|unit| unit.contains('/')))
            && !(other.last..draft.first).any(|token| line.ends_sentence(token))
    };
    // "from 1.5 to 2 degrees": the pair's unit may stand with its second number.
    if draft.role == Some(FigureRole::From) {
        let next = after.first().filter(|next| {
            next.role == Some(FigureRole::To) && next.unit.is_some() && next.first <= draft.last + 2
        });
        if let Some(next) = next.filter(|_| line.is(draft.last, cue::TO)) {
            return Some(next.clone());
        }
    }
    let source = before
        .iter()
        .rev()
        .take(8)
        .filter(in_reach)
        .filter(|other| {
            other.kind != FigureKind::Percent
                || draft.low.is_some_and(|low| low <= Decimal::ONE_HUNDRED)
        })
        .find(|other| {
            (draft.scale == Decimal::ONE || scale_fits(draft, other))
                && draft.first - other.last.min(draft.first) <= 24
                && (!matches!(other.kind, FigureKind::Duration)
                    || decimals(draft)
                    || adjacent(line, other, draft)
                    || draft.role == Some(FigureRole::From))
        })?;
    let close = draft.first - source.last.min(draft.first) <= 3;
    let same_role = matches!(draft.role, Some(FigureRole::From | FigureRole::To))
        && scale_fits(draft, source)
        && (source.kind != FigureKind::Percent || close || draft.role == Some(FigureRole::From));
    let against = against(line, draft.first);
    // "1.4 degrees in 2018 and 2.1 last year".
    let listed = line.is(draft.first.wrapping_sub(1), cue::AND)
        && draft.first - source.last.min(draft.first) <= 6
        && decimals(source)
        && source.kind == FigureKind::Measure;
    let apposed = (adjacent(line, source, draft) || listed)
        && decimals(draft)
        && (source.kind != FigureKind::Money || close);
    (same_role && draft.noun.is_none() || against && scale_fits(draft, source) || apposed)
        .then(|| source.clone())
}

/// Whether a word of comparison stands right before the number.
fn against(line: &Line, first: usize) -> bool {
    let mut at = first;
    while at > 0
        && line.is_word(at - 1)
        && line.is(at - 1, cue::ARTICLE | cue::DETERMINER | cue::ADVERB)
        || at > 0 && line.is(at - 1, cue::STANDARD)
    {
        at -= 1;
        if first - at > 4 {
            return false;
        }
    }
    at > 0
        && (line.is(at - 1, cue::COMPARING)
            || line.signals_before(at, &[cue::COMPARED_WORD, cue::WITH])
            || line.signals_before(at, &[cue::COMPARED_WORD, cue::TO])
            || line.signals_before(at, &[cue::UP, cue::FROM])
            || line.signals_before(at, &[cue::DOWN, cue::FROM]))
}

fn decimals(draft: &Draft) -> bool {
    draft.low.is_some_and(|low| !low.is_integer())
}

/// Whether only a comma or one word parts two figures.
fn adjacent(line: &Line, source: &Draft, draft: &Draft) -> bool {
    let gap = draft.first.saturating_sub(source.last);
    gap <= 2 && (line.is_mark(source.last, &[',']) || gap == 0)
}

fn scale_fits(draft: &Draft, source: &Draft) -> bool {
    let (Some(own), Some(other)) = (draft.low, source.low) else {
        return false;
    };
    if own.is_zero() || other.is_zero() {
        return true;
    }
    let ratio = own.abs().checked_div(other.abs()).unwrap_or(Decimal::ONE);
    ratio <= Decimal::from(200) && ratio >= Decimal::new(5, 3)
}

/// "(16,369.03, up 58.06 points)": the level before its move.
fn moves_after(line: &Line, draft: &Draft, after: &[Draft]) -> bool {
    let written = decimals(draft) && draft.low.is_some_and(|low| low >= Decimal::ONE_HUNDRED);
    written
        && after.first().is_some_and(|next| {
            let gap = next.first.saturating_sub(draft.last);
            next.kind == FigureKind::Index && gap <= 2 && line.is_before(next.first, cue::CHANGE)
        })
}

/// "to close at 7,512.4" where the sentence speaks of an index.
fn is_index_level(line: &Line, draft: &Draft, before: &[Draft]) -> bool {
    let written = draft.low.is_some_and(|low| low >= Decimal::ONE_HUNDRED);
    let moved = before.iter().rev().take(3).any(|other| {
        matches!(other.kind, FigureKind::Index | FigureKind::Percent)
            || other.kind == FigureKind::Name
    });
    let index = context::tokens_before(line, draft.first, 30).any(|token| {
        line.is(token, cue::INDEX) && line.is_capital(token) || line.is(token, cue::INDEX_WORD)
    }) || index_named(line, draft, before);
    let level = draft.first > 0 && line.is(draft.first - 1, cue::LEVEL_PREPOSITION);
    let bracket = draft.first > 0 && line.is_mark(draft.first - 1, &['(']);
    written && index && (level && moved || bracket || level && decimals(draft))
}

/// Whether an index by its name and number ("S&P 500") stands before in the sentence.
fn index_named(line: &Line, draft: &Draft, before: &[Draft]) -> bool {
    before
        .iter()
        .rev()
        .take(4)
        .take_while(|other| !(other.last..draft.first).any(|token| line.ends_sentence(token)))
        .any(|other| {
            other.kind == FigureKind::Name
                && line.is_digits(other.last.wrapping_sub(1))
                && (line.is(other.first, cue::INDEX) || line.is_mark(other.first + 1, &['&']))
        })
}
