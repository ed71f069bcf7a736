//! Number words that are no numbers: "one of them", "the first half", "the Big Four", "zero tolerance".

use rust_decimal::Decimal;

use super::{Reader, context, nouns, numbers, qualifiers};
use crate::claims::lang::cue;
use crate::claims::line::Line;
use crate::claims::numbers::Form;

/// "one of them", "no one", "the Big Four", "half" of a match: number words that are no figures.
pub(super) fn is_pronoun_or_idiom(line: &Line, reader: &Reader, n: usize) -> bool {
    let numeral = &reader.numerals[n];
    let (at, last) = (numeral.first, numeral.last);
    if !numeral.spelled {
        return false;
    }
    let single = last == at + 1;
    // "net zero", "ground zero" are names of things.
    // "The barge broke in two on the rocks".
    let halves = single
        && numeral.value == Decimal::TWO
        && line.is_before(at, cue::IN)
        && (context::closes(line, last)
            || line.is(last, cue::PREPOSITION | cue::CONJUNCTION) && !line.is(last, cue::OF));
    if halves {
        return true;
    }
    if numeral.form == Form::Part && single && is_district(line, at) {
        return true;
    }
    if single && line.is(at, cue::ZERO_ITSELF) && at > 0 && line.is(at - 1, cue::ZERO_NAME) {
        return true;
    }
    // "zero tolerance": only what can be reported is counted as none.
    if single
        && line.is(at, cue::ZERO_ITSELF)
        && line.is_word(last)
        && !context::ends_phrase(line, last)
        && !line.is(last, cue::ZERO | cue::UNIT | cue::CURRENCY)
    {
        let counted = nouns::head(line, last, nouns::Number::Many);
        return !counted.is_some_and(|noun| line.is(noun, cue::ZERO));
    }
    if single && line.is(at, cue::ONE) && one_is_pronoun(line, at) {
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

/// "The banking quarter of the capital": a part of a town, or of a year that the word before names.
fn is_district(line: &Line, at: usize) -> bool {
    let named = at > 0 && line.is_word(at - 1) && !context::ends_phrase(line, at - 1);
    let of_what = line.is_before(
        at,
        cue::ARTICLE | cue::DETERMINER | cue::ADVERB | cue::PREPOSITION | cue::NUMBER | cue::VERB,
    );
    named && !of_what && !line.is(at, cue::HALF) && !qualifiers::stands_before(line, at)
}

/// Whether the text writes every word with a capital, as headlines do.
pub(super) fn headline_case(line: &Line, at: usize) -> bool {
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
    if bounded || line.is(next, cue::OR) && line.is(next + 1, cue::NUMBER) {
        return false;
    }
    // "two were killed and one was hurt".
    let fate = line.is(next, cue::BE)
        && (next + 1..next + 3).any(|token| line.is(token, cue::TOLL | cue::HARM | cue::FATE));
    if fate && !line.is_before(at, cue::ARTICLE | cue::DETERMINER | cue::ADJECTIVE) {
        return false;
    }
    let of = line.is(next, cue::OF);
    let particle = line.is(next, cue::AFTER_PRONOUN);
    let compound = line.is_hyphen(next)
        && line.glued(next)
        && line.glued(next + 1)
        && line.is(next + 1, cue::AFTER_COMPOUND);
    if compound {
        return true;
    }
    let hand = line.signals_at(next, &[cue::HAND])
        || line.signals_at(next, &[cue::TIME]) && !line.is_before(at, cue::ADVERB);
    let ends = context::closes(line, next)
        || line.is(
            next,
            cue::AUXILIARY
                | cue::PREPOSITION
                | cue::CONJUNCTION
                | cue::ADVERB
                | cue::ARTICLE
                | cue::PRONOUN,
        ) && !line.is(next, cue::AFTER_COUNT)
            && !line.is_hyphen(next);
    // "from one room to another", "one thing after another".
    let another = (next..next + 4)
        .take_while(|&token| line.is_word(token))
        .any(|token| line.is(token, cue::ANOTHER));
    if another {
        return true;
    }
    let by_one = line.signals_at(next, &[cue::BY, cue::ONE])
        || line.signals_before(at, &[cue::ONE, cue::BY]);
    let adjective =
        at > 0 && (line.is(at - 1, cue::SUPERLATIVE) || line.is(at - 1, cue::BEFORE_PRONOUN));
    of || particle || hand || ends || by_one || adjective && !line.is(at - 1, cue::ONLY)
}

/// "the first half", "third quarter", "half-time", "the second half of the year".
fn period(line: &Line, at: usize, last: usize) -> bool {
    let before = at.checked_sub(1);
    // "That one third of the farmland": a share with its numerator is no period.
    let ordinal =
        !line.is(at, cue::ONE) && before.is_some_and(|before| line.is(before, cue::BEFORE_PERIOD));
    let hyphen = at >= 2 && line.is_hyphen(at - 1) && line.is(at - 2, cue::PERIOD_ORDINAL);
    let article = before.is_some_and(|before| line.is(before, cue::THE)) && !line.is(at, cue::HALF)
        || before.is_some_and(|before| line.is(before, cue::THE))
            && !line.is(last, cue::AFTER_SHARE);
    let time = line.signals_at(last, &[cue::TIME])
        || line.is(last, cue::PAST)
        || line.is(last, cue::HALF_NOUN);
    ordinal || hyphen || article || (time && !line.is(last, cue::UNIT))
}
