//! English: the words that make, bound, blur, name and compare numbers.

mod forms;
mod grammar;
mod joints;
mod money;
mod nouns;
mod numbers;
mod parts;
pub(in crate::claims) mod places;
pub(in crate::claims) mod statements;
mod units;
mod verbs;

use super::{Cues, Lexicon, Phrase, Place, Table, cue};
use crate::claims::Qualifier;

/// All of it.
pub(super) fn lexicon() -> Lexicon {
    let mut cues: Table<Cues> = Table::default();
    let lists = [
        grammar::LISTS,
        joints::LISTS,
        nouns::LISTS,
        parts::LISTS,
        verbs::LISTS,
    ]
    .concat();
    for (cue, words) in lists {
        for word in words.split_whitespace() {
            mark(&mut cues, word, cue);
        }
    }
    let numbers = numbers::words();
    for word in numbers.keys() {
        mark(&mut cues, word, cue::NUMBER);
    }
    for article in ["a", "an"] {
        mark(&mut cues, article, cue::NUMBER);
    }
    for word in ["minus", "negative", "point"] {
        mark(&mut cues, word, cue::NUMBER);
    }
    let units: Table<_> = units::NAMES
        .iter()
        .flat_map(|(name, spellings)| spellings.split(", ").map(|spelling| (spelling, *name)))
        .collect();
    for spelling in units.keys() {
        mark(&mut cues, first_word(spelling), cue::UNIT);
    }
    let currencies: Table<_> = money::NAMES
        .iter()
        .flat_map(|(code, spellings)| spellings.split(", ").map(|spelling| (spelling, *code)))
        .collect();
    for spelling in currencies.keys() {
        mark(&mut cues, first_word(spelling), cue::CURRENCY);
    }
    Lexicon {
        cues,
        numbers,
        before: phrases(
            BEFORE
                .iter()
                .map(|(qualifier, list)| (*qualifier, Place::Anywhere, *list)),
            <[&str]>::last,
        ),
        after: phrases(AFTER.iter().copied(), <[&str]>::first),
        units,
        currencies,
        form: forms::signals,
        participle: forms::participle,
        no_symbols: units::NO_SYMBOLS,
    }
}

fn first_word(phrase: &'static str) -> &'static str {
    phrase.split(' ').next().unwrap_or(phrase)
}

fn mark(cues: &mut Table<Cues>, word: &'static str, cue: Cues) {
    let known = cues.entry(word).or_default();
    *known = *known | cue;
}

/// The phrases of a list by the word they are looked up with, longest first.
fn phrases(
    list: impl Iterator<Item = (Qualifier, Place, &'static str)>,
    key: impl for<'a> Fn(&'a [&'static str]) -> Option<&'a &'static str>,
) -> Table<Vec<Phrase>> {
    let mut table: Table<Vec<Phrase>> = Table::default();
    for (qualifier, place, spellings) in list {
        for spelling in spellings.split(", ") {
            let words: Vec<&'static str> = spelling.split(' ').collect();
            if let Some(key) = key(&words).copied() {
                table.entry(key).or_default().push(Phrase {
                    words,
                    qualifier,
                    place,
                });
            }
        }
    }
    for phrases in table.values_mut() {
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
    }
    table
}

/// What may stand before a number to bound or blur it.
const BEFORE: &[(Qualifier, &str)] = &[
    (
        Qualifier::About,
        "about, around, some, roughly, approximately, approx, approx ., an estimated, estimated, perhaps, maybe, circa, \
         c ., ca ., ~, ≈, somewhere around, something like, in the region of, on the order of, in the order of, \
         in the neighborhood of, in the neighbourhood of, averaging around, or so, an approximate, possibly, \
         an average of about, an average of around, more or less, give or take, a rough, upward of about",
    ),
    (
        Qualifier::Nearly,
        "nearly, almost, just under, just below, close to, not quite, just short of, just shy of, approaching, nearing, \
         a little under, slightly under, slightly less than, a little less than, slightly below, just less than, \
         virtually, verging on",
    ),
    (
        Qualifier::MoreThan,
        "more than, over, above, upwards of, upward of, exceeding, exceeds, exceed, exceeded, topping, topped, tops, \
         surpassing, surpassed, surpass, surpasses, well over, just over, far more than, well above, greater than, \
         higher than, bigger than, larger than, longer than, older than, better than, in excess of, north of, \
         a little over, slightly more than, slightly over, slightly above, just above, just more than, well more than, \
         >, beyond, heavier than, taller than, wider than, faster than, comfortably over, comfortably more than, \
         a bit more than, a little more than, many more than, much more than",
    ),
    (
        Qualifier::AtLeast,
        "at least, no fewer than, no less than, not less than, not fewer than, a minimum of, minimum of, > =, ≥, ⩾, \
         greater than or equal to, more than or equal to, higher than or equal to, bigger than or equal to, \
         larger than or equal to, equal to or more than, equal to or greater than, equal or more than, equal to or higher than, \
         greater or equal than, more or equal than, bigger or equal than, higher or equal than, larger or equal than, \
         greater or equal to, more or equal to, bigger or equal to, higher or equal to, larger or equal to, \
         equal to or larger than, equal to or bigger than, equal or greater than, equal or larger than, \
         as few as, as little as, nothing less than, never fewer than, never less than",
    ),
    (
        Qualifier::LessThan,
        "less than, fewer than, under, below, lower than, smaller than, shorter than, younger than, well under, well below, \
         short of, south of, sub -, <, lighter than, cheaper than, slower than, much less than, far less than, far fewer than, \
         far below, far under, lesser than",
    ),
    (
        Qualifier::UpTo,
        "up to, as many as, as much as, at most, at the most, no more than, not more than, a maximum of, maximum of, \
         no greater than, no higher than, no larger than, < =, ≤, ⩽, less than or equal to, smaller than or equal to, \
         lower than or equal to, fewer than or equal to, equal to or less than, equal to or lower than, \
         equal to or smaller than, equal to or fewer than, less or equal than, smaller or equal than, lower or equal than, \
         fewer or equal than, less or equal to, smaller or equal to, lower or equal to, equal or less than, \
         equal or smaller than, as high as, as long as, as far as, not exceeding, no longer than, never more than, \
         anything up to, not to exceed, as large as, as big as",
    ),
];

/// What may follow a number to bound or blur it, and where.
const AFTER: &[(Qualifier, Place, &str)] = &[
    (
        Qualifier::About,
        Place::Anywhere,
        "or so, or thereabouts, more or less, give or take, or thereabout",
    ),
    (Qualifier::About, Place::Glued, "- odd, - ish"),
    (Qualifier::About, Place::BeforeNoun, "odd"),
    (Qualifier::MoreThan, Place::Glued, "- plus, +"),
    (Qualifier::MoreThan, Place::NoSum, "plus"),
    (
        Qualifier::AtLeast,
        Place::Anywhere,
        "or greater, or higher, or larger, or longer, or older, or better, or bigger, and older, and upwards, or upwards, \
         and higher, or heavier, or later, or equal, at minimum, at a minimum",
    ),
    (Qualifier::AtLeast, Place::NoNumber, "or more"),
    (Qualifier::AtLeast, Place::NoObject, "or over, or above"),
    (
        Qualifier::AtLeast,
        Place::PhraseEnd,
        "and over, and above, and more, and up",
    ),
    (Qualifier::AtLeast, Place::ClauseEnd, "upwards, at least"),
    (
        Qualifier::UpTo,
        Place::Anywhere,
        "or fewer, or lower, or smaller, or younger, and younger, or shorter, at the most, at maximum, or cheaper, or lighter",
    ),
    (Qualifier::UpTo, Place::NoNumber, "or less"),
    (Qualifier::UpTo, Place::NoObject, "or under, or below"),
    (Qualifier::UpTo, Place::PhraseEnd, "and under, and below"),
    (
        Qualifier::UpTo,
        Place::ClauseEnd,
        "at most, maximum, tops, max",
    ),
];
