//! Numbered things: Resolution 1701, Room 204, Phase 3, house numbers.

use super::{Draft, Reader, context};
use crate::claims::FigureKind;
use crate::claims::lang::cue;
use crate::claims::line::Line;

/// Numbered things: Resolution 1701, Room 204, No. 9, Phase 3, Case No. 22-451.
pub(super) fn label(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let numeral = &reader.numerals[n];
    let at = numeral.first;
    let whole = numeral.value.is_integer()
        && numeral.scale == rust_decimal::Decimal::ONE
        && !numeral.article
        && !numeral.signed;
    if whole && street(line, at, numeral.last) {
        return Some(numbered(line, reader, n));
    }
    if !whole || at == 0 || line.is_before(at, cue::NUMBER) {
        return None;
    }
    let hash = line.is_mark(at - 1, &['#', '№']) && line.is_digits(at);
    let dot = line.is_mark(at - 1, &['.']) && at >= 2 && line.is(at - 2, cue::LABEL_SHORT);
    if hash || dot {
        return Some(numbered(line, reader, n));
    }
    let noun = at - 1;
    if line.is(noun, cue::YEAR_WORD) && numeral.value > rust_decimal::Decimal::from(999) {
        return None;
    }
    let strong = line.is(noun, cue::LABEL);
    let titled = line.is(noun, cue::TITLE_LABEL) && line.is_capital(noun);
    if !(strong || titled) || numeral.grouped {
        return None;
    }
    let capital = line.is_capital(noun) && (noun > 0 || line.is_digits(at));
    let fits = if capital {
        !counts_things(line, numeral.last)
            || line.is_digits(at)
                && (!line.opens_sentence(noun) || !context::is_plural(line, noun))
                && !line.is(numeral.last, cue::UNIT | cue::CURRENCY)
    } else {
        numbered_in_lower_case(line, noun, numeral.last, at)
    };
    (fits && (capital || !line.is(noun, cue::VERB))).then(|| numbered(line, reader, n))
}

/// "overeating (31).", "[12]": the number of a source at the end of a sentence.
pub(super) fn reference(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let numeral = &reader.numerals[n];
    let small = numeral.is_plain_integer() && numeral.digits <= 3;
    let number_or_comma = |at: usize| line.is_digits(at) || line.is_mark(at, &[',', ';', '–', '-']);
    let open = (numeral.first.saturating_sub(12)..numeral.first)
        .rev()
        .find(|&at| !number_or_comma(at))?;
    let close = (numeral.last..numeral.last + 12).find(|&at| !number_or_comma(at))?;
    let square = line.is_mark(open, &['[']) && line.is_mark(close, &[']']);
    let round = line.is_mark(open, &['('])
        && line.is_mark(close, &[')'])
        && line.is_mark(close + 1, &['.'])
        && open > 0
        && line.is_word(open - 1)
        && !line.is_capital(open - 1)
        && !line.is(
            open - 1,
            cue::TALLY | cue::UNIT | cue::CURRENCY | cue::NUMBER | cue::PERSON,
        );
    (small && (square || round)).then(|| Draft::new(numeral.first, numeral.last, FigureKind::Id))
}

/// "Titanfall 2's", "Wi-Fi 6 support", "iPadOS 13 made": a capitalised name and the number of its edition.
pub(super) fn product(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let numeral = &reader.numerals[n];
    let (at, last) = (numeral.first, numeral.last);
    let noun = at.checked_sub(1)?;
    let small = numeral.is_plain_integer() && numeral.digits <= 3 && !line.glued(at);
    let owner = line.is_mark(last, &['\'', '’']) && line.glued(last) && line.is(last + 1, cue::S);
    // "iPadOS", "AirPlay": a capital inside a word makes a brand.
    let brand = line
        .raw(noun)
        .chars()
        .zip(line.raw(noun).chars().skip(1))
        .any(|(one, two)| one.is_lowercase() && two.is_uppercase());
    let named = (line.is_capital(noun) || brand)
        && (!line.opens_sentence(noun) || owner || brand)
        && line.raw(noun).len() > 1
        && !line.is(
            noun,
            cue::MONTH
                | cue::MONTH_WORD
                | cue::WEEKDAY
                | cue::UNIT
                | cue::CURRENCY
                | cue::NUMBER
                | cue::PREPOSITION
                | cue::CONJUNCTION
                | cue::AUXILIARY
                | cue::ADVERB
                | cue::VERB
                | cue::CHANGE
                | cue::HARM
                | cue::CONTEST,
        );
    if !small || !named || super::idioms::headline_case(line, at) {
        return None;
    }
    let singular = line.is(last, cue::BE | cue::AUXILIARY) && line.is(last, cue::SINGULAR_VERB);
    // "Wi-Fi 6 support": a count would have its noun in the plural.
    let noun_after = line.is_word(last)
        && !line.is_capital(last)
        && !context::ends_phrase(line, last)
        && (!line.is(last, cue::VERB) || line.is(last, cue::NOUN_TOO))
        && !line.is(
            last,
            cue::TOLL | cue::UNIT | cue::CURRENCY | cue::COMPARED | cue::EXTENT | cue::RATE,
        );
    let compound =
        noun_after && super::nouns::head(line, last, super::nouns::Number::Many).is_none();
    let closed = brand && context::closes_or_goes_on(line, last);
    (owner || singular || compound || closed).then(|| Draft::new(at, last, FigureKind::Name))
}

/// "575 Mill Road", "9 E 71st St": the number of a house.
fn street(line: &Line, at: usize, last: usize) -> bool {
    let kind = |at: usize| line.is(at, cue::STREET) && line.is_capital(at);
    let named = (last..last + 5)
        .take_while(|&token| {
            line.is_capital(token)
                || line.is_digits(token)
                || line.glued(token) && line.is_word(token)
        })
        .any(kind);
    line.is_digits(at)
        && last == at + 1
        && line.raw(at).len() <= 5
        && named
        && line.is_capital(last)
        && !context::is_plural(line, last)
}

/// "page 4", "phase 2", "article 5", but not "the team 20 minutes", "last day 12 people".
fn numbered_in_lower_case(line: &Line, noun: usize, last: usize, at: usize) -> bool {
    let plural_label = line.word(noun).ends_with('s') && !line.is(noun, cue::SINGULAR_LABEL);
    let safe = line.is(noun, cue::SAFE_LABEL);
    let definite = noun > 0
        && line.is(noun - 1, cue::ARTICLE | cue::DETERMINER | cue::NUMBER)
        && !line.is(noun - 1, cue::A_AN);
    let follows = context::is_plural(line, last)
        || line.is(last, cue::UNIT | cue::CURRENCY)
        || line.is_mark(last, &['%']);
    let time = line.is(noun, cue::LOOSE_LABEL);
    safe && !follows
        && !(definite && (time || line.is_digits(at) && line.raw(at).len() > 3))
        && !(plural_label && time)
}

/// Whether a plural noun or a unit follows, so that the number counts.
fn counts_things(line: &Line, at: usize) -> bool {
    context::is_plural(line, at)
        || line.is(at, cue::UNIT | cue::CURRENCY)
        || line.is_mark(at, &['%'])
}

/// The span of a number that names: joined parts of "22-451" are in it.
fn numbered(line: &Line, reader: &Reader, n: usize) -> Draft {
    let numeral = &reader.numerals[n];
    let mut last = numeral.last;
    loop {
        let joined = line.is_mark(last, &['-', '/', '.', '–'])
            && line.glued(last)
            && line.glued(last + 1)
            && (line.is_digits(last + 1)
                || line.is_capital(last + 1) && line.raw(last + 1).len() <= 2);
        let letter = line.glued(last) && line.is_word(last);
        if !joined && !letter {
            break;
        }
        last += 1 + usize::from(joined);
    }
    let mut draft = Draft::new(numeral.first, last, FigureKind::Id);
    if last == numeral.last {
        draft.low = Some(numeral.value);
        draft.high = Some(numeral.value);
        let noun = numeral.first.saturating_sub(1);
        draft.counted = line.is_word(noun).then(|| line.raw(noun).to_owned());
    }
    draft
}
