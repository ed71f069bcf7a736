//! Dates, ordinals and the numbering of lists: numbers that are points, not quantities.

use rust_decimal::Decimal;

use super::{Draft, Reader, context, plain_integer};
use crate::claims::FigureKind;
use crate::claims::lang::cue;
use crate::claims::line::Line;
use crate::claims::numbers::Form;

/// "1." or "(2)" before an item.
pub(super) fn list_marker(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let numeral = &reader.numerals[n];
    let value = plain_integer(numeral).filter(|value| (1..100).contains(value))?;
    let (first, last) = (numeral.first, numeral.last);
    let opens = |at: usize| at == 0 || line.is_mark(at - 1, &[':', ';', '•', '·']);
    let word_follows = |at: usize| line.is_word(at) && !line.glued(at);
    let dot =
        line.is_mark(last, &['.']) && line.glued(last) && opens(first) && word_follows(last + 1);
    let continues = value > 1
        && dot_list(reader)
        && line.is_mark(last, &['.'])
        && line.opens_sentence(first)
        && word_follows(last + 1);
    if dot || continues {
        return Some(Draft::new(first, last + 1, FigureKind::List));
    }
    let bracket = line.is_mark(last, &[')']) && line.glued(last);
    let open = first > 0 && line.is_mark(first - 1, &['(']);
    let listed = open
        && bracket
        && (opens(first - 1)
            || line.is_before(first - 1, cue::CONJUNCTION)
            || line.is_mark(first.saturating_sub(2), &[',']));
    if listed && word_follows(last + 1) {
        return Some(Draft::new(first - 1, last + 1, FigureKind::List));
    }
    (bracket && !open && opens(first) && word_follows(last + 1))
        .then(|| Draft::new(first, last + 1, FigureKind::List))
}

fn dot_list(reader: &Reader) -> bool {
    reader
        .found
        .iter()
        .rev()
        .take(12)
        .any(|draft| draft.kind == FigureKind::List)
}

fn is_month(line: &Line, at: usize) -> bool {
    line.is(at, cue::MONTH) || (line.is(at, cue::MONTH_WORD) && line.is_capital(at))
}

/// Skips the full stop of "Sept.".
fn after_month(line: &Line, at: usize) -> usize {
    at + usize::from(line.is_mark(at, &['.']) && line.glued(at) && line.word(at - 1).len() <= 4)
}

fn is_day(line: &Line, at: usize) -> bool {
    line.is_digits(at)
        && line.raw(at).len() <= 2
        && line
            .raw(at)
            .parse()
            .is_ok_and(|day: u8| (1..=31).contains(&day))
        && !(line.is_mark(at + 1, &['.', ','])
            && line.glued(at + 1)
            && line.is_digits(at + 2)
            && line.glued(at + 2))
        && !line.is_mark(at + 1, &['%', ':'])
}

pub(super) fn is_year(line: &Line, at: usize) -> bool {
    line.is_digits(at)
        && line.raw(at).len() == 4
        && line
            .raw(at)
            .parse()
            .is_ok_and(|year: u16| (1000..=2100).contains(&year))
        && !(line.glued(at + 1)
            && line.is_mark(at + 1, &[',', '.'])
            && line.is_digits(at + 2)
            && line.glued(at + 2))
}

/// The ordinal's ending after a day: "4th".
fn day_end(line: &Line, at: usize) -> usize {
    let suffix = line.glued(at + 1) && line.is(at + 1, cue::ORDINAL_ENDING);
    at + 1 + usize::from(suffix)
}

/// "May 2 to 5", "7 May 2021", "March 6, 2022", "June 2018", "Q3", "the 1970s", "24/12/2021".
pub(super) fn date(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let at = reader.numerals[n].first;
    numeric_date(line, at)
        .or_else(|| after_its_month(line, at))
        .or_else(|| before_its_month(line, at))
        .or_else(|| quarter(line, at))
        .or_else(|| decade(line, at))
        .map(|(first, last)| Draft::new(first, last, FigureKind::Date))
}

/// A month before the number: "May 2", "Sept. 11, 2001", "June 2018", "May 2 to June 5".
fn after_its_month(line: &Line, at: usize) -> Option<(usize, usize)> {
    let dot = at > 0 && line.is_mark(at - 1, &['.']);
    let mut month = at.checked_sub(1 + usize::from(dot))?;
    if line.is_mark(month, &[',']) && is_year(line, at) {
        month = month.checked_sub(1)?;
    }
    let the = line.is(month, cue::THE);
    month -= usize::from(the && month > 0);
    if !is_month(line, month) {
        return None;
    }
    if is_year(line, at) {
        return Some((month, at + 1));
    }
    if !is_day(line, at) {
        return None;
    }
    Some((month, days_end(line, day_end(line, at))))
}

/// Where a date goes on after its first day: another day, another month and day, a year.
fn days_end(line: &Line, mut last: usize) -> usize {
    let joins = |at: usize| {
        line.is_hyphen(at) || line.is(at, cue::TO | cue::AND | cue::THROUGH | cue::UNTIL | cue::OR)
    };
    let day = joins(last) && is_day(line, last + 1);
    let end = day_end(line, last + 1);
    if day && (!line.is_word(end) || line.is_hyphen(last)) {
        last = end;
    } else if joins(last) && is_month(line, last + 1) {
        let day = after_month(line, last + 2);
        if is_day(line, day) {
            last = day_end(line, day);
        }
    } else if joins(last)
        && is_day(line, last + 1)
        && context::ends_phrase(line, day_end(line, last + 1))
        && line.is(last, cue::TO)
    {
        last = day_end(line, last + 1);
    }
    with_year(line, last)
}

fn with_year(line: &Line, last: usize) -> usize {
    let year = last + usize::from(line.is_mark(last, &[',']));
    let closed = is_year(line, year)
        && (year > last || !line.glued(year) && !context::is_plural(line, year + 1));
    if closed { year + 1 } else { last }
}

/// The number before a month: "7 May", "the 4th of May 2021", "2-5 May".
fn before_its_month(line: &Line, at: usize) -> Option<(usize, usize)> {
    if !is_day(line, at) {
        return None;
    }
    let mut month = day_end(line, at);
    let joins = line.is_hyphen(month) || line.is(month, cue::TO | cue::AND);
    if joins && is_day(line, month + 1) {
        month = day_end(line, month + 1);
    }
    let of = line.is(month, cue::OF) && is_month(line, month + 1);
    month += usize::from(of);
    if !is_month(line, month) || line.glued(month) {
        return None;
    }
    // "May" and "March" after a number are months only with a capital, and "may" after a count is a verb anyway.
    let mut last = after_month(line, month + 1);
    if is_year(line, last) && !line.glued(last) {
        last += 1;
    } else {
        last = month + 1;
        last = with_year(line, last);
    }
    Some((at, last))
}

/// "24/12/2021", "2021-12-24", "22.10.2021".
fn numeric_date(line: &Line, at: usize) -> Option<(usize, usize)> {
    let shape = line.is_digits(at)
        && line.is_digits(at + 2)
        && line.is_digits(at + 4)
        && (1..=4).all(|offset| line.glued(at + offset))
        && line.raw(at + 1) == line.raw(at + 3)
        && line.is_mark(at + 1, &['/', '-', '.', '–']);
    if !shape || (line.glued(at) && line.is_mark(at - 1, &['-', '/', '.'])) {
        return None;
    }
    let lengths = [
        line.raw(at).len(),
        line.raw(at + 2).len(),
        line.raw(at + 4).len(),
    ];
    let fits = |at: usize, most: u16| {
        line.raw(at)
            .parse::<u16>()
            .is_ok_and(|value| (1..=most).contains(&value))
    };
    let days = |one: usize, other: usize| {
        fits(one, 31) && fits(other, 31) && (fits(one, 12) || fits(other, 12))
    };
    let year_last =
        matches!(lengths, [1 | 2, 1 | 2, 4]) && is_year(line, at + 4) && days(at, at + 2);
    let year_first = lengths == [4, 2, 2] && is_year(line, at) && days(at + 2, at + 4);
    let short = lengths == [2, 2, 2] && days(at, at + 2) && line.is_mark(at + 1, &['/', '.']);
    let closed = !(line.glued(at + 5)
        && line.is_mark(at + 5, &['.', '-'])
        && line.glued(at + 6)
        && line.is_digits(at + 6));
    ((year_last || year_first || short) && closed).then_some((at, at + 5))
}

/// "Q3", "Q3 2021", "3Q", "1H".
fn quarter(line: &Line, at: usize) -> Option<(usize, usize)> {
    let digit = line.is_digits(at)
        && line.raw(at).len() == 1
        && matches!(line.raw(at), "1" | "2" | "3" | "4");
    if !digit {
        return None;
    }
    let year = |last: usize| if is_year(line, last) { last + 1 } else { last };
    if line.glued(at) && matches!(line.raw(at - 1), "Q" | "H") && !line.letters_touch(at + 1) {
        return Some((at - 1, year(at + 1)));
    }
    (line.glued(at + 1) && matches!(line.raw(at + 1), "Q" | "H")).then(|| (at, year(at + 2)))
}

/// "the 1970s", "'90s", "mid-1980s".
fn decade(line: &Line, at: usize) -> Option<(usize, usize)> {
    let letter = line.glued(at + 1) && line.is(at + 1, cue::S);
    let apostrophe =
        line.is_mark(at + 1, &['\'', '’']) && line.is(at + 2, cue::S) && line.glued(at + 1);
    if !line.is_digits(at) || !(letter || apostrophe) || !line.raw(at).ends_with('0') {
        return None;
    }
    let last = at + 2 + usize::from(apostrophe);
    if is_year(line, at) {
        return Some((at, last));
    }
    // "a 90s classic", "the 60s": two digits of a decade, where no one's age is meant.
    let apostrophe = at > 0 && line.glued(at) && line.is_mark(at - 1, &['\'', '’', '‘']);
    if letter && line.raw(at).len() == 2 && !apostrophe {
        let owner = |at: usize| line.is(at, cue::DECADE_OWNER);
        let aged = (1..=3).any(|back| at >= back && owner(at - back));
        let named = at > 0 && (line.is(at - 1, cue::DECADE_OPENER) || line.is_hyphen(at - 1));
        let degrees = line.is(last, cue::DEGREE_SCALE);
        return (named && !aged && !degrees).then_some((at, last));
    }
    let short = apostrophe && line.raw(at).len() == 2;
    short.then(|| (at - 1, last))
}

/// "first", "12th", "second": a place in an order.
pub(super) fn ordinal(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let numeral = &reader.numerals[n];
    let third_person =
        numeral.form == Form::Part && is_ordinal_after_article(line, numeral.first, numeral.last);
    if numeral.form != Form::Ordinal && !third_person {
        return None;
    }
    // "two second" and "frames per second" are times.
    if line.is(numeral.first, cue::SECOND)
        && (line.is_before(numeral.first, cue::NUMBER)
            && !line.is_before(numeral.first, cue::ARTICLE)
            || numeral.first > 0 && line.is(numeral.first - 1, cue::PER))
    {
        return None;
    }
    let first = numeral.first + usize::from(line.is(numeral.first, cue::ARTICLE));
    let value = if third_person {
        Decimal::ONE
            .checked_div(numeral.value)
            .map(|value| value.round())
    } else {
        Some(numeral.value)
    };
    let mut draft = Draft::new(first, numeral.last, FigureKind::Ordinal);
    draft.low = value;
    draft.high = value;
    draft.noun = super::nouns::text(
        line,
        super::nouns::head(line, numeral.last, super::nouns::Number::One),
    );
    Some(draft)
}

/// "a third man": an ordinal; "a third of them", "a third the rate", "a third less": parts.
fn is_ordinal_after_article(line: &Line, first: usize, last: usize) -> bool {
    let article = line.is(first, cue::A) && last == first + 2 && !line.is(first + 1, cue::PART);
    let again = line.is(last, cue::REPEATED);
    let noun = again
        || line.is_word(last)
            && !context::ends_phrase(line, last)
            && !line.is(last, cue::COMPARED | cue::VERB | cue::DETERMINER)
            && !context::is_plural(line, last);
    article && noun
}
