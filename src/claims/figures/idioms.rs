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
    if single
        && line.word(at) == "zero"
        && at > 0
        && matches!(line.word(at - 1), "net" | "ground" | "sub")
    {
        return true;
    }
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
    if bounded || line.word(next) == "or" && line.is(next + 1, cue::NUMBER) {
        return false;
    }
    // "two were killed and one was hurt".
    let fate = line.is(next, cue::BE)
        && (next + 1..next + 3).any(|token| line.is(token, cue::TOLL | cue::HARM | cue::FATE));
    if fate && !line.is_before(at, cue::ARTICLE | cue::DETERMINER | cue::ADJECTIVE) {
        return false;
    }
    let of = line.word(next) == "of";
    let particle = matches!(
        line.word(next),
        "day"
            | "night"
            | "morning"
            | "evening"
            | "afternoon"
            | "summer"
            | "winter"
            | "weekend"
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
    let compound = line.is_hyphen(next)
        && line.glued(next)
        && line.glued(next + 1)
        && matches!(
            line.word(next + 1),
            "off"
                | "way"
                | "time"
                | "sided"
                | "stop"
                | "size"
                | "liner"
                | "to"
                | "on"
                | "upmanship"
                | "party"
                | "man"
                | "trick"
        );
    if compound {
        return true;
    }
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
    // "from one room to another", "one thing after another".
    let another = (next..next + 4)
        .take_while(|&token| line.is_word(token))
        .any(|token| line.word(token) == "another");
    if another {
        return true;
    }
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
