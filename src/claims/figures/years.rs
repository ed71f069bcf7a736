//! Years: bare numbers 1000 to 2100 that name one, and ranges of them.

use super::dates::is_year;
use super::{Draft, Reader, context, plain_integer};
use crate::claims::FigureKind;
use crate::claims::lang::cue;
use crate::claims::line::Line;

/// A bare number 1000 to 2100 that names a year, or a range of them.
pub(super) fn year(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let numeral = &reader.numerals[n];
    let at = numeral.first;
    plain_integer(numeral)?;
    if let Some((first, last)) = era(line, at) {
        return Some(Draft::new(first, last, FigureKind::Year));
    }
    if !is_year(line, at) || numeral.last != at + 1 {
        return short_year(line, at).or_else(|| far_year(line, at));
    }
    if at > 0 && line.glued(at) && line.is_mark(at - 1, &['$', '£', '€', '¥', '₹', '#'])
        || line.is_before(at, cue::CURRENCY) && !line.is_before(at, cue::VERB)
    {
        return None;
    }
    if let Some(last) = year_range_end(line, at) {
        return year_cue(reader, at, last).then(|| Draft::new(at, last, FigureKind::Year));
    }
    if line.is_mark(at + 1, &['%', '+', '°', '€', '$', '£'])
        || (line.glued(at + 1) && line.is_word(at + 1))
    {
        return None;
    }
    year_cue(reader, at, at + 1).then(|| Draft::new(at, at + 1, FigureKind::Year))
}

/// "A.D. 1000", "500 BC", "between A.D. 1000 and 1260".
fn era(line: &Line, at: usize) -> Option<(usize, usize)> {
    let dots = at >= 4
        && line.is_mark(at - 1, &['.'])
        && line.is(at - 2, cue::D)
        && line.is_mark(at - 3, &['.'])
        && line.is(at - 4, cue::A);
    let plain = at > 0 && line.raw(at - 1) == "AD";
    let joined = |last: usize| {
        if line.is(last, cue::TO | cue::AND) && is_year(line, last + 1)
            || line.is_hyphen(last) && line.is_digits(last + 1)
        {
            last + 2
        } else {
            last
        }
    };
    if dots || plain {
        return Some((at, joined(at + 1)));
    }
    let last = joined(at + 1);
    if matches!(line.raw(last), "BC" | "AD" | "BCE" | "CE") {
        return Some((at, last + 1));
    }
    let dotted = line.raw(last) == "B"
        && line.is_mark(last + 1, &['.'])
        && line.raw(last + 2) == "C"
        && line.glued(last + 1);
    dotted.then(|| (at, last + 3 + usize::from(line.is_mark(last + 3, &['.']))))
}

/// "'98".
fn short_year(line: &Line, at: usize) -> Option<Draft> {
    let short = line.is_digits(at)
        && line.raw(at).len() == 2
        && at > 0
        && line.glued(at)
        && line.is_mark(at - 1, &['\'', '’', '‘'])
        && line.tokens[at - 1].spaced
        && !line.letters_touch(at + 1);
    short.then(|| Draft::new(at - 1, at + 1, FigureKind::Year))
}

/// "by 2150", "until the year 2300": a year of projections, told by its preposition and by nothing counted after it.
fn far_year(line: &Line, at: usize) -> Option<Draft> {
    let value = line.raw(at).parse::<u32>().ok()?;
    let before = at.checked_sub(1)?;
    let named = line.is(before, cue::YEAR_WORD);
    // "rise by 2150" tells how far, "rise a metre by 2150" how soon.
    let changes = context::tokens_before(line, before, 2).any(|token| line.is(token, cue::CHANGE));
    let cued = line.is(before, cue::DEADLINE) && !changes;
    let fits = (2101..=3000).contains(&value)
        && (named || cued && context::closes_or_goes_on(line, at + 1));
    let plain = line.is_digits(at) && !(line.glued(at + 1) && line.is_digits(at + 2));
    (fits && plain).then(|| Draft::new(at, at + 1, FigureKind::Year))
}

/// "2008-09", "1990 and 2010", "1914 to 1918".
fn year_range_end(line: &Line, at: usize) -> Option<usize> {
    let joined = line.is_hyphen(at + 1) || line.is_mark(at + 1, &['/']);
    if joined && line.glued(at + 1) && line.glued(at + 2) && line.is_digits(at + 2) {
        let closed = !(line.glued(at + 3)
            && (line.is_word(at + 3) || line.is_mark(at + 3, &['%', '-'])))
            && !(line.is_mark(at + 3, &['.', ','])
                && line.glued(at + 3)
                && line.glued(at + 4)
                && line.is_digits(at + 4));
        let short = line.raw(at + 2).len() == 2;
        if closed && (short || is_year(line, at + 2) && line.raw(at + 2) > line.raw(at)) {
            return Some(at + 3);
        }
        return None;
    }
    let words =
        line.is(at + 1, cue::TO | cue::AND | cue::THROUGH | cue::UNTIL) && is_year(line, at + 2);
    let paired = !line.is(at + 1, cue::AND)
        || line.is_before(at, cue::YEAR) && line.is(at - 1, cue::BETWEEN);
    let later = line.raw(at + 2) > line.raw(at);
    let counted = context::is_plural(line, at + 3) || line.is(at + 3, cue::UNIT | cue::CURRENCY);
    (words && paired && later && !counted).then_some(at + 3)
}

/// Whether the surroundings say that a number is a year.
fn year_cue(reader: &Reader, at: usize, last: usize) -> bool {
    let line = reader.line;
    let value: u32 = line.raw(at).parse().unwrap_or(0);
    let modern = (1900..=2100).contains(&value);
    let before = at.checked_sub(1);
    let unit_follows = line.is(last, cue::UNIT | cue::CURRENCY) && !line.is(last, cue::EVENT);
    let range = last > at + 1;
    if unit_follows && !range {
        return false;
    }
    let definite = before.is_some_and(|before| line.is(before, cue::ARTICLE | cue::DETERMINER))
        || at >= 2 && line.is_mark(at - 2, &['\'', '’']) && line.is(at - 1, cue::S);
    // "A law from 1887 gives the owner the land."
    let verb = line.is(last, cue::VERB) && before.is_some_and(|before| line.is(before, cue::YEAR));
    if context::is_plural(line, last) && !line.is_capital(last) && !range && !verb {
        // "2000 people" is a count, "the 2008 elections" and "2016 elections" are not.
        return modern && line.is(last, cue::EVENT) && value != 2000
            || definite && modern && line.is(last, cue::EVENT);
    }
    let season = before.is_some_and(|before| {
        line.is(
            before,
            cue::SEASON | cue::MONTH | cue::MONTH_WORD | cue::EARLY,
        )
    });
    let hyphen_early = at >= 2 && line.is_hyphen(at - 1) && line.is(at - 2, cue::EARLY);
    let cued = before.is_some_and(|before| line.is(before, cue::YEAR));
    let bounded = before.is_some_and(|before| line.is(before, cue::BLURS));
    if bounded && !range {
        return false;
    }
    let tally = cued
        && line.is(at - 1, cue::OF)
        && at >= 2
        && line.is(at - 2, cue::TALLY)
        && !line.is_capital(at - 2);
    if season || hyphen_early || (cued && !tally) {
        return modern || !cued || old_year_cue(line, at, value);
    }
    let event = line.is(last, cue::EVENT)
        || line.is_capital(last) && line.is(last + 1, cue::EVENT)
        || line.is_capital(last);
    if definite {
        return modern || event;
    }
    let bracketed =
        before.is_some_and(|before| line.is_mark(before, &['('])) && context::closes(line, last);
    modern
        && (range
            || bracketed
            || before.is_none()
            || !line.is(last, cue::TOLL) && standing_alone(line, at, last))
}

/// Whether the word before an older year tells of a year, and not of how many: "in 1848", but "to 1200", "of 1500".
fn old_year_cue(line: &Line, at: usize, value: u32) -> bool {
    let before = at.wrapping_sub(1);
    let round = value.is_multiple_of(100) && line.is(before, cue::ROUND);
    let change = line.is(before, cue::BY) && context::near_before(line, at, cue::CHANGE);
    !line.is(before, cue::TO) && !round && !change
}

/// Whether a modern year stands where a count would need a noun: at the end, before a capital, after a capital.
fn standing_alone(line: &Line, at: usize, last: usize) -> bool {
    let label = at > 0 && line.is_capital(at - 1) && !line.opens_sentence(at - 1);
    let verb = at > 0 && line.is(at - 1, cue::AUXILIARY | cue::TALLY);
    !verb
        && (context::closes(line, last)
            || line.is_capital(last)
            || label
            || line.is(
                last,
                cue::EVENT | cue::AUXILIARY | cue::PREPOSITION | cue::CONJUNCTION,
            )
            || line.is_word(last))
}
