//! From quantities to claims: ranges, then qualifier, noun and role.

use rust_decimal::Decimal;

use super::quantity::{Quantity, quantity};
use super::{Draft, Reader, context, idioms, nouns, qualifiers, roles};
use crate::claims::lang::cue;
use crate::claims::line::Line;
use crate::claims::numbers::Form;
use crate::claims::{FigureKind, Qualifier};

/// The claim that starts with numeral `n`: one quantity, or two as a range.
pub(super) fn claim(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let numeral = reader.numerals.get(n)?;
    if numeral.form == Form::Ordinal || idioms::is_pronoun_or_idiom(line, reader, n) {
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
    // "a .500 record", "15.3 ppg": broken numbers count in the singular as well.
    let broken = !high.is_integer() && end.scale == Decimal::ONE;
    let number = if high == Decimal::ONE || end.modifier || broken {
        nouns::Number::One
    } else {
        nouns::Number::Many
    };
    nouns::fill(reader, &mut draft, number);
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
            && line.is(first.last + 1, cue::TO | cue::OR | cue::AND),
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
        super::rates::rate(reader, &mut end);
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
        let tight = line.glued(joint + 1);
        let loose = !line.glued(joint)
            && !line.glued(joint + 1)
            && line.is_mark(joint, &['–', '-'])
            && end.unit.is_some();
        let ascending = end.value >= first.value || end.scale > first.scale;
        return (tight || loose) && (ascending || end.unit.is_some()) && (first.value != end.value);
    }
    let between = between(line, first.first);
    if line.is(joint, cue::AND) {
        return between;
    }
    if line.is(joint, cue::TO | cue::THROUGH) {
        return to_range(reader, first, end, own_unit);
    }
    line.is(joint, cue::OR) && alternatives(first, end) && !own_unit
}

/// "three or four", "12 or 15": near enough to be one figure.
fn alternatives(first: &Quantity, end: &Quantity) -> bool {
    let close = end
        .value
        .checked_sub(first.value)
        .is_some_and(|gap| gap <= Decimal::from(5));
    let half_more = first
        .value
        .checked_mul(Decimal::new(15, 1))
        .is_some_and(|most| end.value <= most);
    let near = end.value > first.value && (half_more || close || end.scale > first.scale);
    near && first.value > Decimal::ZERO
}

/// Whether "between" opens the range.
fn between(line: &Line, at: usize) -> bool {
    at > 0 && (line.is(at - 1, cue::BETWEEN) || at > 1 && line.is(at - 2, cue::BETWEEN))
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
                && end.unit.is_none();
    }
    if between(line, at) {
        return true;
    }
    let change = changes(line, at);
    // "To bring $3 million to $4 million": a verb that takes an object takes the range for one.
    let near = first
        .value
        .checked_mul(Decimal::from(3))
        .is_some_and(|most| first.value < end.value && end.value <= most);
    if change && written_twice {
        return near && at > 0 && line.is(at - 1, cue::CHANGES_OBJECT);
    }
    // "by 2 to 3 million" is a range, "by 62,000 to 1.41 million" a change and its level.
    if change && first.unit.is_none() && end.unit.is_none() {
        let low = if shares_scale(reader, first, end) {
            first.value.checked_mul(end.scale)
        } else {
            Some(first.value)
        };
        let most = low.and_then(|low| low.checked_mul(Decimal::from(3)));
        return low.is_some_and(|low| end.value > low)
            && most.is_some_and(|most| end.value <= most);
    }
    end.value > first.value
        || end.scale > first.scale
        || end.value < Decimal::ZERO
        || first.value < Decimal::ZERO
        || own_unit && !change
}

fn from_before(line: &Line, at: usize) -> bool {
    at > 0
        && (line.is(at - 1, cue::FROM)
            || at > 1 && line.is(at - 2, cue::FROM) && line.is_word(at - 1))
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

/// The low end once it shares the scale and sign of the end: "2.1 to 2.2 million", "$6-7 billion".
fn shared(reader: &Reader, first: &Quantity, end: Quantity) -> Option<(Decimal, Quantity)> {
    let mut low = first.value;
    if shares_scale(reader, first, &end) {
        low = low.checked_mul(end.scale)?;
    }
    Some((low, end))
}

/// Whether the scale of the end belongs to the low end as well.
fn shares_scale(reader: &Reader, first: &Quantity, end: &Quantity) -> bool {
    let numeral = &reader.numerals[first.n];
    let scales = first.scale == Decimal::ONE && end.scale > Decimal::ONE;
    let fits = numeral.value.abs() < Decimal::ONE_THOUSAND
        && numeral.value.abs() <= end.mantissa().abs()
        && !numeral.grouped;
    scales && fits && (first.unit.is_none() || first.currency_first)
}

/// "34.5 to the dollar": the quoted currency first.
fn exchange_rate(reader: &Reader, end: &Quantity) -> Option<(String, usize)> {
    let line = reader.line;
    let to = line.is(end.last, cue::TO | cue::PER | cue::AGAINST_WORD | cue::A);
    let article = end.last
        + 1
        + usize::from(line.is(end.last + 1, cue::THE) || line.is(end.last + 1, cue::US));
    // "Lost 0.8 percent against the euro" tells how much it lost.
    if !to
        || end.kind == FigureKind::Percent
        || !line.is(article, cue::CURRENCY)
        || line.is(end.last, cue::TO) && !line.is(end.last + 1, cue::THE)
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

/// The qualifier that bounds a value from one side.
pub(super) fn is_bound(qualifier: Qualifier) -> bool {
    matches!(
        qualifier,
        Qualifier::MoreThan | Qualifier::AtLeast | Qualifier::LessThan | Qualifier::UpTo
    )
}
