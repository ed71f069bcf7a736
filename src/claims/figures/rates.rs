//! What a sum or measure is counted per: "a barrel", "per share", "an hour".

use super::quantity::Quantity;
use super::{Reader, context, measures};
use crate::claims::lang::cue;
use crate::claims::line::Line;

/// "a barrel", "per FEU", "an hour", "/`MWh`", "-a-share".
pub(super) fn rate(reader: &Reader, found: &mut Quantity) {
    let line = reader.line;
    // "£1,000-plus a month": the bound stands between the sum and its rate.
    let plus = line.is_hyphen(found.last) && line.is(found.last + 1, cue::PLUS);
    let plus = if plus {
        2
    } else {
        usize::from(line.is_mark(found.last, &['+']) && line.glued(found.last))
    };
    let Some((name, last)) = denominator(line, found.last + plus) else {
        if let (Some(name), Some(unit)) = (rate_after_bracket(line, found.last), &mut found.unit) {
            unit.push('/');
            unit.push_str(&name);
        }
        return;
    };
    found.over = plus > 0;
    if let Some(unit) = &mut found.unit {
        unit.push('/');
        unit.push_str(&name);
        found.last = last;
    }
}

/// "C$6 (US$4.46) per share": the rate behind a bracket belongs to the sum before it and to the one inside.
fn rate_after_bracket(line: &Line, at: usize) -> Option<String> {
    let opens = line.is_mark(at, &['(']);
    let close = (at..at + 9).find(|&token| line.is_mark(token, &[')']))?;
    let inside = !opens && close == at;
    let glossed = opens && (at + 1..close).any(|token| line.is_digits(token));
    let sum_before = inside
        && (at.saturating_sub(9)..at)
            .rev()
            .find(|&token| line.is_mark(token, &['(']))
            .is_some_and(|open| {
                open > 0 && (line.is_digits(open - 1) || line.is(open - 1, cue::CURRENCY))
            });
    if !(glossed || sum_before) {
        return None;
    }
    denominator(line, close + 1).map(|(name, _)| name)
}

/// The thing a rate is counted per, and where it ends.
pub(super) fn denominator(line: &Line, at: usize) -> Option<(String, usize)> {
    let hyphen = usize::from(line.is_hyphen(at) && line.glued(at));
    let start = at + hyphen;
    let slash = line.is_mark(start, &['/']);
    let per = line.is(start, cue::PER) || slash;
    let article = line.is(start, cue::EACH) && !line.is(start, cue::EACH_WORD);
    if !per && !article {
        return None;
    }
    let thing = start + 1 + usize::from(line.is_hyphen(start + 1) && line.glued(start + 1));
    if !line.is_word(thing) || article && points_in_time(line, thing) {
        return None;
    }
    let spelled =
        measures::longest(line, thing, &line.lexicon.units).filter(|(_, last)| *last > thing);
    if let Some((name, last)) = spelled {
        let rate = per || line.is(thing, cue::RATE | cue::UNIT);
        return rate.then(|| (name.to_owned(), last));
    }
    if let Some((name, last)) = measures::symbol(line, thing).filter(|_| slash) {
        return Some((name, last));
    }
    if per && line.is(thing, cue::CAPITA) {
        return Some(("capita".to_owned(), thing + 1));
    }
    let noun = per && !context::ends_phrase(line, thing) || line.is(thing, cue::RATE);
    noun.then(|| (singular(line.word(thing)), thing + 1))
}

/// "a year earlier", "a decade ago": a point in time and no rate.
fn points_in_time(line: &Line, thing: usize) -> bool {
    let time = line.is(thing, cue::PERIOD);
    time && line.is(thing + 1, cue::EARLIER)
}

fn singular(word: &str) -> String {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with('s') => stem.to_owned(),
        _ => word.to_owned(),
    }
}
