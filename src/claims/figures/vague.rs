//! Counts without a number: "dozens", "tens of thousands", "no casualties".

use rust_decimal::Decimal;

use super::{Draft, Reader, context, nouns};
use crate::claims::FigureKind;
use crate::claims::lang::{NumberWord, cue};
use crate::claims::line::Line;

/// "a fortnight": two weeks. "twice a fortnight" is a rate.
pub(super) fn fortnight(reader: &Reader, at: usize) -> Option<Draft> {
    let line = reader.line;
    let article = at.checked_sub(1)?;
    let often = line.is_before(article, cue::AGAINST | cue::NUMBER | cue::CURRENCY)
        || article > 0 && line.is(article - 1, cue::ONCE | cue::TIMES);
    if !line.is(at, cue::FORTNIGHT) || !line.is(article, cue::A) || often {
        return None;
    }
    let two = Decimal::TWO;
    let mut draft = Draft::of_value(article, at + 1, FigureKind::Duration, two, two);
    draft.unit = Some("week".to_owned());
    super::ranges::finish(reader, &mut draft);
    Some(draft)
}

/// "no casualties", "none of the crew": a count of zero.
pub(super) fn zero(reader: &Reader, at: usize) -> Option<Draft> {
    let line = reader.line;
    let zero = Draft::of_value(at, at + 1, FigureKind::Count, Decimal::ZERO, Decimal::ZERO);
    if line.is(at, cue::NONE) {
        let of_crew = line.is(at + 1, cue::OF)
            && (nouns::after_of(line, at + 1, nouns::Number::Many)
                .is_some_and(|noun| context::are_people(line, noun))
                || line.is(at + 2, cue::THEM)
                || fate_ahead(line, at + 2));
        let people = !line.is(at + 2, cue::THEM) || people_before(reader, at);
        return (of_crew && people).then(|| Draft {
            noun: nouns::text(line, nouns::after_of(line, at + 1, nouns::Number::Many)),
            ..zero
        });
    }
    if !line.is(at, cue::NO) {
        return None;
    }
    let noun = (at + 1..at + 4).find(|&noun| {
        line.is(noun, cue::ZERO) || context::are_people(line, noun) && fate_ahead(line, noun + 1)
    })?;
    let adjectives =
        (at + 1..noun).all(|word| line.is_word(word) && !context::ends_phrase(line, word));
    let more = line.is(at + 1, cue::COMPARED) || line.is(noun + 1, cue::PERSON);
    (adjectives && !more).then(|| Draft {
        noun: Some(line.raw(noun).to_owned()),
        ..zero
    })
}

/// "none of the five aboard survived": what became of them says that they are people.
fn fate_ahead(line: &Line, at: usize) -> bool {
    (at..at + 8)
        .take_while(|&token| line.is_word(token) || line.is_digits(token))
        .any(|token| line.is(token, cue::TOLL | cue::HARM | cue::FATE))
}

/// Whether "them" can be people: the figure or noun before it counts people.
fn people_before(reader: &Reader, at: usize) -> bool {
    let line = reader.line;
    let counted = reader
        .found
        .iter()
        .rev()
        .find_map(|draft| draft.noun.as_deref());
    let known =
        counted.is_some_and(|noun| context::is_people_word(line, &noun.to_ascii_lowercase()));
    known || context::near_before(line, at, cue::ZERO | cue::PERSON)
}

/// "dozens", "scores", "hundreds of thousands", "several hundred".
pub(super) fn vague(reader: &Reader, at: usize) -> Option<Draft> {
    let line = reader.line;
    if !line.is(at, cue::VAGUE | cue::SEVERAL | cue::NUMBER) {
        return None;
    }
    let several = line.is(at, cue::SEVERAL_WORD);
    let few = line.signals_at(at, &[cue::A, cue::FEW]);
    if several || few {
        let scale = at + 1 + usize::from(few);
        let (low, last) = scale_chain(reader, scale)?;
        return Some(draft(reader, at, last, low));
    }
    let earlier = reader
        .numerals
        .partition_point(|numeral| numeral.first < at);
    let after_number = earlier > 0 && reader.numerals[earlier - 1].last == at;
    if after_number || line.signals_before(at, &[cue::ON, cue::THE]) {
        return None;
    }
    if line.is(at, cue::SCORES) {
        let many = line.is(at + 1, cue::OF)
            || line.is(
                at + 1,
                cue::VERB | cue::AUXILIARY | cue::TOLL | cue::COMPARED,
            );
        let verb =
            line.is_before(at, cue::PRONOUN) || line.is_before(at, cue::DETERMINER | cue::ARTICLE);
        let low = (many && !verb).then_some((Decimal::from(40), Decimal::from(99)))?;
        return Some(draft(reader, at, at + 1, low));
    }
    if !line.is(at, cue::VAGUE)
        || line.is_before(at, cue::ARTICLE) && !line.is(at, cue::SCALE_PLURAL)
    {
        return None;
    }
    let (interval, last) = scale_chain(reader, at)?;
    Some(draft(reader, at, last, interval))
}

fn draft(reader: &Reader, first: usize, last: usize, (low, high): (Decimal, Decimal)) -> Draft {
    let mut draft = Draft::of_value(first, last, FigureKind::Vague, low, high);
    super::ranges::finish(reader, &mut draft);
    nouns::fill(reader, &mut draft, nouns::Number::Many);
    draft
}

/// The interval of a chain of scale words: "tens of thousands", "hundreds", "hundred million".
fn scale_chain(reader: &Reader, at: usize) -> Option<((Decimal, Decimal), usize)> {
    let line = reader.line;
    let first = size(reader, at)?;
    let mut last = at + 1;
    let mut low = first;
    loop {
        let next = last + usize::from(line.is(last, cue::OF));
        let Some(size) = size(reader, next).filter(|&size| size >= Decimal::ONE_THOUSAND) else {
            break;
        };
        low = low.checked_mul(size)?;
        last = next + 1;
    }
    let plural = line.word(at).ends_with('s');
    if !plural && at == 0 {
        return None;
    }
    if first == Decimal::from(12) {
        let factor = low.checked_div(first)?;
        return Some((
            (
                Decimal::from(24).checked_mul(factor)?,
                Decimal::from(99).checked_mul(factor)?,
            ),
            last,
        ));
    }
    let low = low.checked_mul(Decimal::TWO)?;
    let high = low
        .checked_mul(Decimal::from(5))?
        .checked_sub(Decimal::ONE)?;
    Some(((low, high), last))
}

fn size(reader: &Reader, at: usize) -> Option<Decimal> {
    let line = reader.line;
    if line.is(at, cue::TENS) {
        return Some(Decimal::TEN);
    }
    match line.lexicon.numbers.get(line.word(at))? {
        NumberWord::Hundred => Some(Decimal::ONE_HUNDRED),
        NumberWord::Scale(power) if *power >= 3 && line.word(at).len() > 3 => {
            Some(NumberWord::power(*power))
        }
        NumberWord::Dozen => Some(Decimal::from(12)),
        _ => None,
    }
}
