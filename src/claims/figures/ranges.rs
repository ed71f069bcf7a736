//! From quantities to claims: ranges, then qualifier, noun and role.

use rust_decimal::Decimal;

use super::quantity::{Quantity, quantity};
use super::{Draft, Reader, context, nouns, numbers, qualifiers, roles};
use crate::claims::lang::cue;
use crate::claims::line::Line;
use crate::claims::numbers::Form;
use crate::claims::{FigureKind, Qualifier};

/// The claim that starts with numeral `n`: one quantity, or two as a range.
pub(super) fn claim(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let numeral = reader.numerals.get(n)?;
    if is_pronoun_or_idiom(line, reader, n) {
        return None;
    }
    let first = quantity(reader, n)?;
    if line.glued(first.last) && line.is_word(first.last) && line.is_digits(first.last - 1) {
        return Some(Draft::new(first.first, first.last + 1, FigureKind::Name));
    }
    let (mut low, mut high) = (first.value, first.value);
    let mut last = first.last;
    let mut end = first.clone();
    if let Some(range) = range(reader, &first) {
        (low, high) = (range.low, range.high);
        last = range.end.last;
        end = range.end;
    }
    let mut kind = end.kind;
    let mut unit = end.unit.clone().or_else(|| first.unit.clone());
    if kind == FigureKind::Count
        && first.kind != FigureKind::Count
        && first.kind != FigureKind::Fraction
    {
        kind = first.kind;
    }
    if let Some(rate) = exchange_rate(reader, &end) {
        (kind, unit, last) = (FigureKind::Index, Some(rate.0), rate.1);
    }
    let mut draft = Draft::of_value(first.first, last, kind, low, high);
    draft.scale = end.scale;
    draft.bare = unit.is_none() && kind == FigureKind::Count;
    draft.unit = unit;
    finish(reader, &mut draft);
    if end.over {
        draft.qualifier = Some(Qualifier::MoreThan);
    }
    let number = if high == Decimal::ONE || end.modifier {
        nouns::Number::One
    } else {
        nouns::Number::Many
    };
    nouns::fill(reader, &mut draft, number);
    let _ = numeral;
    Some(draft)
}

/// Qualifier and role.
pub(super) fn finish(reader: &Reader, draft: &mut Draft) {
    qualifiers::apply(reader.line, draft);
    roles::apply(reader, draft);
}

struct Range {
    low: Decimal,
    high: Decimal,
    end: Quantity,
}

/// The range that `first` opens.
fn range(reader: &Reader, first: &Quantity) -> Option<Range> {
    let line = reader.line;
    // "two- to threefold": the hyphen of the first end stands apart from "to".
    let hanging = usize::from(
        line.is_hyphen(first.last)
            && line.glued(first.last)
            && matches!(line.word(first.last + 1), "to" | "or" | "and"),
    );
    let joint = first.last + hanging;
    let hyphen = line.is_hyphen(joint);
    let after_joint = joint
        + 1
        + usize::from(
            line.is_hyphen(joint + 1)
                && !hyphen
                && line.glued(joint + 2)
                && !line.is_digits(joint + 2),
        );
    // "200,000 to-260,000": a stray hyphen after the word.
    let stray = usize::from(!hyphen && line.is_hyphen(after_joint) && line.glued(after_joint));
    let start = after_joint + stray;
    let next = (start..start + 4).find_map(|at| reader.numeral_at(first.n + 1, at))?;
    let mut end = quantity(reader, next)?;
    if end.first != after_joint && end.first != start {
        return None;
    }
    if stray > 0 {
        end.value = end.value.abs();
    }
    if hyphen && reader.numerals[next].signed && reader.numerals[next].first == joint {
        return None;
    }
    if !joins(reader, first, &end, joint) {
        return None;
    }
    let (low, mut end) = shared(reader, first, end)?;
    if first.currency_first && end.unit.is_none() {
        end.unit.clone_from(&first.unit);
        end.kind = first.kind;
        super::money::rate(reader, &mut end);
    }
    Some(Range {
        low: low.min(end.value),
        high: low.max(end.value),
        end,
    })
}

/// Whether the word or hyphen at `joint` makes a range of two quantities.
fn joins(reader: &Reader, first: &Quantity, end: &Quantity, joint: usize) -> bool {
    let line = reader.line;
    let own_unit = first.unit.is_some() && !first.currency_first;
    // "$62 and $68 per share": the rate after the end belongs to both.
    let rate = first.currency_first
        && end
            .unit
            .as_deref()
            .zip(first.unit.as_deref())
            .is_some_and(|(rate, unit)| rate.starts_with(unit));
    let same_unit = first.unit == end.unit
        || first.unit.is_none()
        || (first.currency_first && end.unit.is_none());
    if !same_unit && !rate {
        return false;
    }
    let fraction = (first.kind == FigureKind::Fraction) != (end.kind == FigureKind::Fraction);
    if fraction {
        return false;
    }
    if line.is_hyphen(joint) {
        let tight = line.glued(joint) && (line.glued(joint + 1) || !line.glued(joint));
        let loose = !line.glued(joint)
            && !line.glued(joint + 1)
            && line.is_mark(joint, &['–', '-'])
            && end.unit.is_some();
        let ascending = end.value >= first.value || end.scale > first.scale;
        return (tight || loose) && (ascending || end.unit.is_some()) && (first.value != end.value);
    }
    let between = between(line, first.first);
    match line.word(joint) {
        "and" => between,
        "to" | "through" => to_range(reader, first, end, own_unit),
        "or" => {
            let close = end
                .value
                .checked_sub(first.value)
                .is_some_and(|gap| gap <= Decimal::from(5));
            let half_more = first
                .value
                .checked_mul(Decimal::new(15, 1))
                .is_some_and(|most| end.value <= most);
            let near = end.value > first.value
                && (half_more || close || end.scale > first.scale)
                && !own_unit;
            near && first.value > Decimal::ZERO
        }
        _ => false,
    }
}

/// Whether "between" opens the range.
fn between(line: &Line, at: usize) -> bool {
    at > 0 && (line.word(at - 1) == "between" || at > 1 && line.word(at - 2) == "between")
}

/// "2.1 to 2.2 million" is a range; "rose 3.5% to 9%" and "from 4.1% to 3.8%" are changes.
fn to_range(reader: &Reader, first: &Quantity, end: &Quantity, own_unit: bool) -> bool {
    let line = reader.line;
    let at = first.first;
    let written_twice = own_unit || (first.currency_first && end.currency_first);
    if from_before(line, at) {
        return ranging(line, at)
            || !written_twice
                && !context::near_before(line, at, cue::CHANGE)
                && first.unit.is_none()
                && end.unit.is_none()
                && !change_ahead(line, end);
    }
    if between(line, at) {
        return true;
    }
    let change = changes(line, at);
    if change && written_twice {
        return false;
    }
    if change && first.unit.is_none() && first.scale == end.scale && end.unit.is_none() {
        let most = first.value.checked_mul(Decimal::from(3));
        return end.value > first.value && most.is_some_and(|most| end.value <= most);
    }
    end.value > first.value
        || end.scale > first.scale
        || end.value < Decimal::ZERO
        || first.value < Decimal::ZERO
}

fn from_before(line: &Line, at: usize) -> bool {
    at > 0
        && (line.word(at - 1) == "from"
            || at > 1 && line.word(at - 2) == "from" && line.is_word(at - 1))
}

/// "ranging from", "anywhere from".
fn ranging(line: &Line, at: usize) -> bool {
    context::tokens_before(line, at, 4).any(|token| line.is(token, cue::RANGING))
}

/// Whether a word of change stands right before the number, qualifiers aside.
fn changes(line: &Line, at: usize) -> bool {
    context::tokens_before(line, at, 4)
        .take_while(|&token| line.is_word(token))
        .any(|token| line.is(token, cue::CHANGE))
}

fn change_ahead(_line: &Line, _end: &Quantity) -> bool {
    false
}

/// The low end once it shares the scale and sign of the end: "2.1 to 2.2 million", "$6-7 billion".
fn shared(reader: &Reader, first: &Quantity, end: Quantity) -> Option<(Decimal, Quantity)> {
    let mut low = first.value;
    let numeral = &reader.numerals[first.n];
    let scales = first.scale == Decimal::ONE && end.scale > Decimal::ONE;
    let fits = numeral.value.abs() < Decimal::ONE_THOUSAND
        && numeral.value.abs() <= end.mantissa().abs()
        && !numeral.grouped;
    if scales && fits && first.unit.as_deref().is_none_or(|_| first.currency_first) {
        low = low.checked_mul(end.scale)?;
    }
    Some((low, end))
}

/// "34.5 to the dollar": the quoted currency first.
fn exchange_rate(reader: &Reader, end: &Quantity) -> Option<(String, usize)> {
    let line = reader.line;
    let to = matches!(line.word(end.last), "to" | "per" | "against" | "a");
    let article = end.last
        + 1
        + usize::from(line.word(end.last + 1) == "the" || line.word(end.last + 1) == "us");
    if !to
        || !line.is(article, cue::CURRENCY)
        || line.word(end.last) == "to" && line.word(end.last + 1) != "the"
    {
        return None;
    }
    let (base, last) = super::measures::longest(line, article, &line.lexicon.currencies)?;
    let quoted = match end.unit.as_deref() {
        Some(unit) => unit.to_owned(),
        None => quoted_before(reader, end.first)?,
    };
    (quoted != base).then(|| (format!("{quoted}/{base}"), last))
}

/// The currency the sentence speaks of before an exchange rate.
fn quoted_before(reader: &Reader, at: usize) -> Option<String> {
    let line = reader.line;
    context::tokens_before(line, at, 20).find_map(|token| {
        if !line.is(token, cue::CURRENCY) {
            return None;
        }
        let nation = token
            .checked_sub(1)
            .map(|before| format!("{} {}", line.word(before), line.word(token)));
        let owner = token
            .checked_sub(3)
            .map(|before| format!("{} {}", line.word(before), line.word(token)));
        [nation, owner]
            .into_iter()
            .flatten()
            .find_map(|phrase| line.lexicon.currencies.get(phrase.as_str()))
            .or_else(|| line.lexicon.currencies.get(line.word(token)))
            .map(|code| (*code).to_owned())
    })
}

/// Whether a number between commas is part of a list of numbers.
pub(super) fn follows_list(line: &Line, at: usize, last: usize) -> bool {
    let before = at >= 2 && line.is_digits(at - 2);
    before || line.is_mark(last, &[',']) && line.is_digits(last + 1)
}

/// "one of them", "no one", "the Big Four", "half" of a match: number words that are no figures.
fn is_pronoun_or_idiom(line: &Line, reader: &Reader, n: usize) -> bool {
    let numeral = &reader.numerals[n];
    let (at, last) = (numeral.first, numeral.last);
    if !numeral.spelled {
        return false;
    }
    let single = last == at + 1;
    // "zero tolerance": only what can be reported is counted as none.
    if single
        && line.word(at) == "zero"
        && line.is_word(last)
        && !context::ends_phrase(line, last)
        && !line.is(last, cue::ZERO | cue::UNIT | cue::CURRENCY)
    {
        let counted = nouns::head(line, last, nouns::Number::Many);
        return !counted.is_some_and(|noun| line.is(noun, cue::ZERO));
    }
    if single && line.word(at) == "one" && one_is_pronoun(line, at) {
        return true;
    }
    if numeral.form == Form::Part
        && (period(line, at, last)
            || line.glued(last)
                && line.is_hyphen(last)
                && line.glued(last + 1)
                && line.is_word(last + 1)
                && !line.is(last + 1, cue::UNIT | cue::NUMBER))
    {
        return true;
    }
    // A capital inside the sentence makes a name: "the Big Four", "Seven Sisters".
    let capital = line.is_capital(at) && !line.opens_sentence(at);
    let named = capital
        && at > 0
        && line.is_capital(at - 1)
        && !line.is(at - 1, cue::MONTH | cue::WEEKDAY)
        && !headline_case(line, at);
    named && numeral.scale == Decimal::ONE
}

/// Whether the text writes every word with a capital, as headlines do.
fn headline_case(line: &Line, at: usize) -> bool {
    let start = line.sentence_start(at);
    let words: Vec<usize> = (start..line.len().min(start + 24))
        .filter(|&token| line.is_word(token) && line.raw(token).len() > 3)
        .collect();
    !words.is_empty()
        && words
            .iter()
            .filter(|&&token| line.is_capital(token))
            .count()
            * 4
            >= words.len() * 3
}

fn one_is_pronoun(line: &Line, at: usize) -> bool {
    let next = at + 1;
    if numbers::is_pronoun_one(line, at) {
        return true;
    }
    let bounded = qualifiers::stands_before(line, at);
    if bounded {
        return false;
    }
    let of = line.word(next) == "of";
    let particle = matches!(
        line.word(next),
        "day"
            | "that"
            | "who"
            | "which"
            | "such"
            | "way"
            | "must"
            | "should"
            | "would"
            | "might"
            | "could"
            | "where"
            | "thing"
            | "whose"
            | "side"
            | "reason"
            | "man's"
            | "step"
            | "point"
            | "another"
            | "wonders"
            | "size"
    );
    let hand = line.phrase_at(next, &["hand"])
        || line.phrase_at(next, &["time"]) && !line.is_before(at, cue::ADVERB);
    let ends = context::closes(line, next)
        || line.is(
            next,
            cue::AUXILIARY
                | cue::PREPOSITION
                | cue::CONJUNCTION
                | cue::ADVERB
                | cue::ARTICLE
                | cue::PRONOUN,
        ) && !matches!(
            line.word(next),
            "in" | "more" | "other" | "over" | "out" | "less" | "to"
        ) && !line.is_hyphen(next);
    let by_one = line.phrase_at(next, &["by", "one"]) || line.phrase_before(at, &["one", "by"]);
    let adjective = at > 0
        && (line.word(at - 1).ends_with("est")
            || matches!(
                line.word(at - 1),
                "only" | "good" | "bad" | "big" | "new" | "old" | "little" | "loved" | "number"
            ));
    of || particle || hand || ends || by_one || adjective && !matches!(line.word(at - 1), "only")
}

/// "the first half", "third quarter", "half-time", "the second half of the year".
fn period(line: &Line, at: usize, last: usize) -> bool {
    let before = at.checked_sub(1);
    let ordinal = before.is_some_and(|before| {
        matches!(
            line.word(before),
            "first"
                | "second"
                | "third"
                | "fourth"
                | "last"
                | "final"
                | "previous"
                | "opening"
                | "latter"
                | "early"
                | "this"
                | "that"
                | "next"
                | "fiscal"
                | "each"
                | "every"
                | "past"
                | "current"
                | "same"
                | "st"
                | "nd"
                | "rd"
                | "th"
                | "latest"
                | "prior"
                | "recent"
                | "earlier"
        )
    });
    let hyphen = at >= 2
        && line.is_hyphen(at - 1)
        && matches!(
            line.word(at - 2),
            "first" | "second" | "third" | "fourth" | "mid"
        );
    let article = before.is_some_and(|before| line.word(before) == "the")
        && line.word(at) != "half"
        || before.is_some_and(|before| line.word(before) == "the")
            && !matches!(line.word(last), "of" | "the" | "who");
    let time = line.phrase_at(last, &["time"])
        || line.word(last) == "past"
        || matches!(
            line.word(last),
            "brother"
                | "sister"
                | "marathon"
                | "century"
                | "final"
                | "finals"
                | "mile"
                | "back"
                | "term"
                | "finalist"
                | "finalists"
                | "measures"
                | "year"
                | "volley"
                | "pipe"
                | "staff"
                | "dollar"
                | "moon"
                | "way"
                | "hearted"
        );
    ordinal || hyphen || article || (time && !line.is(last, cue::UNIT))
}

/// The qualifier that bounds a value from one side.
pub(super) fn is_bound(qualifier: Qualifier) -> bool {
    matches!(
        qualifier,
        Qualifier::MoreThan | Qualifier::AtLeast | Qualifier::LessThan | Qualifier::UpTo
    )
}
