//! Ages of people and things.

use rust_decimal::Decimal;

use super::{Draft, Reader, context, ranges};
use crate::claims::FigureKind;
use crate::claims::lang::cue;
use crate::claims::line::Line;
use crate::claims::numbers::{Form, Numeral};

/// "33-year-old", "aged 52", "Ana, 34,", "under 18", "turns 90", "in his 40s", "five years old".
pub(super) fn age(reader: &Reader, n: usize) -> Option<Draft> {
    let numeral = &reader.numerals[n];
    if numeral.form == Form::Ordinal || numeral.value < Decimal::ZERO {
        return None;
    }
    in_units(reader, n)
        .or_else(|| announced(reader, n))
        .or_else(|| decade(reader, n))
        .or_else(|| apposition(reader, n))
}

fn of(first: usize, last: usize, low: Decimal, high: Decimal, unit: &str) -> Draft {
    let mut draft = Draft::of_value(first, last, FigureKind::Age, low, high);
    draft.unit = Some(unit.to_owned());
    draft
}

/// The unit of an age and where its phrase ends: "-year-old", "years old", "years of age", "yo".
fn old_end(line: &Line, at: usize) -> Option<(&'static str, usize)> {
    let hyphen = |at: usize| at + usize::from(line.is_hyphen(at));
    let unit_at = hyphen(at);
    let slashed = line.is(unit_at, cue::Y)
        && line.is_mark(unit_at + 1, &['/', '.'])
        && line.is(unit_at + 2, cue::O);
    if slashed || line.is(unit_at, cue::YO) {
        return Some(("year", unit_at + 1 + 2 * usize::from(slashed)));
    }
    let unit = line
        .lexicon
        .units
        .get(line.word(unit_at))
        .filter(|unit| matches!(**unit, "year" | "month" | "week" | "day" | "hour"))?;
    let old = hyphen(unit_at + 1);
    if line.is(old, cue::OLD) {
        return Some((unit, old + 1));
    }
    line.signals_at(unit_at + 1, &[cue::OF, cue::AGE])
        .then_some((unit, unit_at + 3))
}

/// "33-year-old", "12- to 17-year-olds", "eight or nine years old", "200,000 to 260,000 year-old".
fn in_units(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let numeral = &reader.numerals[n];
    if let Some((unit, last)) = old_end(line, numeral.last) {
        let mut draft = of(numeral.first, last, numeral.value, numeral.value, unit);
        draft.kind = kind(numeral.value, unit);
        super::qualifiers::apply(line, &mut draft);
        return Some(draft);
    }
    let mut joint =
        numeral.last + usize::from(line.is_hyphen(numeral.last) && !line.glued(numeral.last + 1));
    let hyphen_years =
        line.is_hyphen(numeral.last) && line.is(numeral.last + 1, cue::YEAR_OR_MONTH);
    if hyphen_years {
        joint = numeral.last + 2;
    }
    let joined =
        line.is(joint, cue::TO | cue::AND | cue::OR) || (line.is_hyphen(joint) && !hyphen_years);
    if !joined {
        return None;
    }
    let start = joint + 1;
    let next = reader.numeral_at(n + 1, start).or_else(|| {
        reader
            .numeral_at(n + 1, start + 1)
            .filter(|_| line.is_hyphen(start))
    })?;
    let other = &reader.numerals[next];
    let (unit, last) = old_end(line, other.last)?;
    let mut draft = of(numeral.first, last, numeral.value, other.value.abs(), unit);
    draft.kind = kind(other.value.abs(), unit);
    super::qualifiers::apply(line, &mut draft);
    Some(draft)
}

/// No one is older than this: what is, is a thing, and how old it is is a claim.
const OLDEST_YEARS: Decimal = Decimal::from_parts(122, 0, 0, false, 0);

fn kind(value: Decimal, unit: &str) -> FigureKind {
    if unit == "year" && value > OLDEST_YEARS {
        FigureKind::Duration
    } else {
        FigureKind::Age
    }
}

/// Where an age's number (or range of numbers) ends, with its values.
fn values(reader: &Reader, n: usize) -> (usize, Decimal, Decimal) {
    let line = reader.line;
    let numeral = &reader.numerals[n];
    let joined = line.is_hyphen(numeral.last)
        || line.is(numeral.last, cue::TO | cue::AND | cue::OR | cue::THROUGH);
    let other = reader
        .numeral_at(n + 1, numeral.last + 1)
        .map(|next| &reader.numerals[next])
        .filter(|other| {
            joined
                && is_human(other)
                && other.value > numeral.value
                && !line.is(other.last, cue::UNIT)
                && !context::is_plural(line, other.last)
        });
    match other {
        Some(other) => (other.last, numeral.value, other.value),
        None => (numeral.last, numeral.value, numeral.value),
    }
}

fn is_human(numeral: &Numeral) -> bool {
    numeral.value.is_integer()
        && !numeral.grouped
        && numeral.value <= Decimal::from(120)
        && numeral.scale == Decimal::ONE
}

/// An age that a word before it announces: "aged 52", "at the age of 21", "turns 90", "under 18".
fn announced(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let numeral = &reader.numerals[n];
    let at = numeral.first;
    if at == 0 || !is_human(numeral) {
        return None;
    }
    let (last, low, high) = values(reader, n);
    let unit = old_end(line, last);
    let unit_follows = unit.is_none()
        && (line.is(last, cue::UNIT | cue::CURRENCY)
            || line.is_mark(last, &['%'])
            || context::is_plural(line, last));
    let aged = aged_start(line, at);
    if let Some(first) = aged {
        let months = line.is(last, cue::UNIT) && line.is(last, cue::AGE_UNIT);
        let last = last + usize::from(months);
        return (months || !unit_follows).then(|| of(first, last, low, high, "year"));
    }
    if unit_follows {
        return threshold(line, at, last, low, high);
    }
    if line.is(at - 1, cue::AGES)
        || line.is(at - 1, cue::OF) && line.is(at.saturating_sub(2), cue::AGES)
    {
        return Some(of(at, last, low, high, "year"));
    }
    let turns = line.is(at - 1, cue::TURNS)
        && context::closes_or_goes_on(line, last)
        && low >= Decimal::from(10);
    if turns {
        return Some(of(at - 1, last, low, high, "year"));
    }
    if is_persons_age(line, at, last) {
        return Some(of(at, last, low, high, "year"));
    }
    threshold(line, at, last, low, high)
}

/// "dies at 84", "she was 13 when", "who is 52": an age without its word.
fn is_persons_age(line: &Line, at: usize, last: usize) -> bool {
    let closed =
        context::closes(line, last) || line.is_mark(last, &['(']) || line.is(last, cue::AFTER_AGE);
    let adverb = usize::from(at >= 2 && line.is(at - 1, cue::JUST));
    let before = at - 1 - adverb;
    let dies = line.is(before, cue::AT)
        && context::tokens_before(line, before, 5).any(|token| line.is(token, cue::DIE))
        && !context::tokens_before(line, before, 8)
            .any(|token| line.is(token, cue::TALLY) && !line.is(token, cue::DEAD));
    let person = before > 0
        && line.is(before, cue::BE)
        && (line.is(before - 1, cue::SOMEBODY)
            || line.is(last, cue::WHEN) && line.is_capital(before - 1));
    let clock = line.is_mark(last, &[':', '.']) && line.glued(last + 1) && line.is_digits(last + 1);
    (dies || person) && closed && !clock
}

/// Where "aged", "aged between" starts.
fn aged_start(line: &Line, at: usize) -> Option<usize> {
    [
        &[cue::AGED][..],
        &[cue::AGED, cue::BETWEEN],
        &[cue::AGED, cue::FROM],
        &[cue::AGED, cue::THRESHOLD],
        &[cue::AGED, cue::ABOUT],
        &[cue::AGED, cue::JUST],
        &[cue::AGED, cue::UP, cue::TO],
        &[cue::AGED, cue::AT, cue::LEAST],
    ]
    .iter()
    .find(|phrase| line.signals_before(at, phrase))
    .map(|phrase| at - phrase.len())
}

/// "under 18", "over-65s", "the over 60s": of people, with nothing counted after.
fn threshold(line: &Line, at: usize, last: usize, low: Decimal, high: Decimal) -> Option<Draft> {
    let hyphen = line.is_hyphen(at - 1) && at >= 2;
    let word = at - 1 - usize::from(hyphen);
    if !line.is(word, cue::THRESHOLD) || low > Decimal::from(100) || low < Decimal::from(4) {
        return None;
    }
    let plural = line.glued(last) && line.is(last, cue::S);
    if plural {
        return Some(of(word, last + 1, low, high, "year"));
    }
    let people = word > 0 && context::are_people(line, word - 1);
    let near = people || line.is_before(word, cue::BE | cue::THEM | cue::ANYONE);
    let closed = context::closes_or_goes_on(line, last)
        || line.is(last, cue::PARTICIPLE) && line.is_word(last);
    (near && closed && low <= Decimal::from(90)).then(|| of(word, last, low, high, "year"))
}

/// "in his 40s", "a woman in her late 70s".
fn decade(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let numeral = &reader.numerals[n];
    let letter = line.glued(numeral.last) && line.is(numeral.last, cue::S);
    if !letter
        || line.raw(numeral.first).len() != 2
        || !line.raw(numeral.first).ends_with('0')
        || !line.is_digits(numeral.first)
    {
        return None;
    }
    let before = numeral.first.checked_sub(1)?;
    let adverb = line.is(before, cue::EARLY) || line.is_mark(before, &['-']);
    let owner = if adverb {
        before.saturating_sub(1)
    } else {
        before
    };
    let theirs = line.is(owner, cue::LIFE_OWNER | cue::EARLY);
    theirs.then(|| {
        of(
            numeral.first,
            numeral.last + 1,
            numeral.value,
            numeral.value + Decimal::from(9),
            "year",
        )
    })
}

/// "two boys, 12 and 14, drowned".
fn pair_of_ages(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let (one, two) = (&reader.numerals[n], reader.numerals.get(n + 1)?);
    let at = one.first;
    let people = at >= 2 && line.is_mark(at - 1, &[',']) && line.is(at - 2, cue::SIBLINGS);
    let linked = line.is(one.last, cue::AND) && two.first == one.last + 1;
    let closed = context::closes(line, two.last) && is_human(one) && is_human(two);
    (people && linked && closed).then(|| {
        of(
            at,
            two.last,
            one.value.min(two.value),
            one.value.max(two.value),
            "year",
        )
    })
}

/// "her parents, both 30,": one age of two people.
fn both_aged(line: &Line, at: usize, last: usize) -> bool {
    at >= 3
        && line.is(at - 1, cue::BOTH)
        && line.is_mark(at - 2, &[',', '('])
        && context::closes(line, last)
        && (line.is_capital(at - 3) || context::are_people(line, at - 3))
}

/// "Ana, 34,", "The mayor, 58, won", "Ruiz (47)".
fn apposition(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let numeral = &reader.numerals[n];
    let at = numeral.first;
    let digits = line.is_digits(at) && numeral.is_plain_integer() && line.raw(at).len() <= 3;
    let spelled = numeral.spelled && !numeral.article && line.is_mark(numeral.last, &[',']);
    let plain = is_human(numeral) && (digits || spelled) && numeral.form == Form::Cardinal;
    if plain && both_aged(line, at, numeral.last) {
        return Some(of(at, numeral.last, numeral.value, numeral.value, "year"));
    }
    if let Some(pair) = pair_of_ages(reader, n) {
        return Some(pair);
    }
    if !plain || at < 2 || numeral.value.is_zero() {
        return None;
    }
    let last = numeral.last;
    let comma = line.is_mark(at - 1, &[',']);
    let bracket = line.is_mark(at - 1, &['(']) && line.is_mark(last, &[')']);
    // "Martin Luther King Jr., 39,": the full stop belongs to the name.
    let name = at - 2 - usize::from(line.is_mark(at - 2, &['.']) && line.glued(at - 2) && at > 2);
    let initial = name < at - 2
        && line.raw(name).len() <= 3
        && !line.is(name, cue::MONTH | cue::WEEKDAY | cue::LABEL_SHORT);
    let named = line.is_word(name)
        && (initial
            || name == at - 2
                && !line.is(
                    name,
                    cue::MONTH
                        | cue::WEEKDAY
                        | cue::AUXILIARY
                        | cue::PREPOSITION
                        | cue::NUMBER
                        | cue::UNIT
                        | cue::LABEL,
                ));
    if !(comma || bracket) || !named || ranges::follows_list(line, at, last) {
        return None;
    }
    let closed =
        line.is_mark(last, &[',', '.', ';', ')', '—', '–', ':', '"', '”']) || last >= line.len();
    let goes_on = line.is(last, cue::AFTER_APPOSITION);
    let person = line.is_capital(name) || line.is(name, cue::PERSON);
    let list_of_numbers = line.is_mark(last, &[',']) && line.is_digits(last + 1);
    let fits = if bracket {
        person
    } else {
        person && (closed || goes_on && line.is_capital(name))
    };
    (fits && !list_of_numbers && !(numeral.value < Decimal::TWO && bracket))
        .then(|| of(at, last, numeral.value, numeral.value, "year"))
}
