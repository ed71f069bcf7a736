//! The counted or measured thing: the head of the noun phrase after a figure, or the word of the clause that tells.

use super::context::{ends_phrase, is_plural};
use super::counted::clause_noun;
use super::modifiers::{
    adjective_list, initials, is_adverb_of_adjective, joins_adjectives, measured_modifier,
};
use super::{Draft, Reader};
use crate::claims::FigureKind;
use crate::claims::lang::cue;
use crate::claims::line::Line;
use crate::claims::units::{self, Dimension};

/// Whether the noun is expected in the singular or the plural.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    One,
    Many,
}

/// How many words may stand between a figure and its noun.
const MAX_WORDS: usize = 6;

/// The noun as written.
pub(super) fn text(line: &Line, at: Option<usize>) -> Option<String> {
    let at = at?;
    let first = line.tokens.get(at)?;
    // Names with digits and hyphenated nouns are nouns as a whole: "F-16s", "by-elections".
    let mut last = at;
    while line.glued(last + 1)
        && (line.is_word(last + 1)
            || line.is_digits(last + 1)
            || line.is_hyphen(last + 1)
                && (line.is_word(last + 2) || line.is_digits(last + 2))
                && line.glued(last + 2))
    {
        last += 1;
    }
    let end = line.tokens.get(last)?.end;
    line.text.get(first.start..end).map(str::to_owned)
}

/// Fills noun and counted thing of a draft.
pub(super) fn fill(reader: &Reader, draft: &mut Draft, number: Number) {
    let line = reader.line;
    if draft.kind == FigureKind::Multiple || draft.kind == FigureKind::Index {
        return;
    }
    let noun = following(reader, draft, number);
    draft.noun = text(line, noun);
    draft.counted = draft.noun.clone().or_else(|| clause_noun(reader, draft));
}

/// The noun after the draft.
fn following(reader: &Reader, draft: &Draft, number: Number) -> Option<usize> {
    let line = reader.line;
    let mut at = draft.last;
    let hyphen = line.is_hyphen(at) && line.glued(at) && line.glued(at + 1) && line.is_word(at + 1);
    if hyphen && line.is(at + 1, cue::STRONG) {
        return head(line, at + 2, Number::One);
    }
    if hyphen {
        return Some(at + 1).filter(|_| draft.kind == FigureKind::Count);
    }
    if line.is_hyphen(at) && line.glued(at) && draft.kind == FigureKind::Count {
        return hanging(line, at);
    }
    if line.is(at, cue::OF) {
        if line.is(at + 1, cue::PRONOUN) && !line.is(at + 1, cue::DETERMINER) {
            return None;
        }
        let length = draft.unit.as_deref().and_then(units::dimension) == Some(Dimension::Length);
        let place = line.is(at + 1, cue::ARTICLE | cue::DETERMINER) || line.is_capital(at + 1);
        if length && place {
            return None;
        }
        let counts = matches!(draft.kind, FigureKind::Count | FigureKind::Vague);
        return after_of(line, at, if counts { Number::Many } else { Number::One });
    }
    let short_of = line.is(at + 1, cue::OF) && line.is(at, cue::REMAINDER);
    if short_of {
        return None;
    }
    // "400-metre-long ship": the extent is skipped.
    if line.is_hyphen(at) && line.is(at + 1, cue::EXTENT) {
        return head(line, at + 2, Number::One);
    }
    let determined =
        line.is(at, cue::ARTICLE | cue::DETERMINER) && draft.kind == FigureKind::Fraction;
    if determined {
        return definite(line, at, Number::One);
    }
    if line.is(at, cue::FURTHER) || line.is(at, cue::NOUN_OPENER) {
        let alone = (ends_phrase(line, at + 1) || !line.is_word(at + 1))
            && measured_modifier(line, at + 1).is_none();
        if alone {
            return None;
        }
        at += 1;
    }
    if draft.kind == FigureKind::Count || draft.kind == FigureKind::Vague {
        return counted(line, at, number);
    }
    let many = head(line, at, Number::Many).filter(|_| draft.kind == FigureKind::Fraction);
    many.or_else(|| head(line, at, Number::One))
        .filter(|&noun| modifies(line, draft, at, noun))
}

/// "four-, five- and six-cylinder engines": the word that the hanging hyphens wait for.
fn hanging(line: &Line, at: usize) -> Option<usize> {
    (at + 1..at + 10)
        .find(|&next| {
            line.is_hyphen(next)
                && line.glued(next)
                && line.glued(next + 1)
                && line.is_word(next + 1)
        })
        .map(|next| next + 1)
}

/// Whether a noun after a measure belongs to it: after a hyphen or a sign ("a 49 percent stake", "155mm shells").
fn modifies(line: &Line, draft: &Draft, at: usize, noun: usize) -> bool {
    let modifier = draft.last >= 2
        && line.is_hyphen(draft.last - 2)
        && line.glued(draft.last - 2)
        && line.glued(draft.last - 1);
    let sized = line.is(at, cue::CHANGE_NOUN)
        && noun == at
        && line.is_before(draft.first, cue::ARTICLE | cue::DETERMINER);
    if sized {
        return true;
    }
    if noun == at && line.is(at, cue::ADVERB | cue::MANNER) || acts(line, at) {
        return false;
    }
    let verb = !modifier
        && line.is(
            at,
            cue::VERB | cue::CHANGE | cue::TOLL | cue::WEEKDAY | cue::EXTENT | cue::COMPARED,
        )
        && !is_plural(line, at)
        || !modifier && line.is(at, cue::GRADED) && noun == at
        || line.is(at, cue::PARTICIPLE) && !is_plural(line, noun);
    let capital = line.is_capital(at) && line.is(at, cue::MONTH | cue::WEEKDAY);
    !verb && !capital && noun < draft.last + MAX_WORDS
}

/// "250 milligrams costs $1,150", "two tonnes makes a": a verb, since its object or complement opens right after it.
fn acts(line: &Line, at: usize) -> bool {
    line.is(at, cue::VERB)
        && line.word(at).ends_with('s')
        && (line.is_digits(at + 1)
            || super::money::is_sign(line, at + 1)
            || line.is(
                at + 1,
                cue::ARTICLE | cue::DETERMINER | cue::PREPOSITION | cue::NUMBER,
            ))
}

/// The noun after "of": "6% of its workforce", "217 of the 577 seats", "half of the camp's inhabitants".
pub(super) fn after_of(line: &Line, of: usize, number: Number) -> Option<usize> {
    if !line.is(of, cue::OF) {
        return None;
    }
    definite(line, of + 1, number)
}

/// The head of a noun phrase that may open with determiners, owners and another number.
fn definite(line: &Line, mut at: usize, number: Number) -> Option<usize> {
    if line.is(at, cue::PRONOUN) && !line.is(at, cue::DETERMINER) {
        return None;
    }
    let start = at;
    while line.is(at, cue::ARTICLE | cue::DETERMINER) && at < start + 3 {
        at += 1;
    }
    // "the tanker's 22 crew": the owner is skipped.
    for owner in at..at + 4 {
        let apostrophe = line.is_mark(owner, &['\'', '’']) && line.glued(owner);
        if apostrophe {
            at = owner + 1 + usize::from(line.is(owner + 1, cue::S) && line.glued(owner + 1));
            break;
        }
        if !line.is_word(owner) {
            break;
        }
    }
    while line.is_digits(at)
        || line.is_mark(at, &[',', '.']) && line.is_digits(at + 1) && line.glued(at + 1)
        || line.is(at, cue::NUMBER) && !line.is(at, cue::ARTICLE)
        || line.is_hyphen(at)
            && line.is_word(at + 1)
            && line.glued(at)
            && (line.is(at + 1, cue::NUMBER) || line.is(at + 1, cue::ODD))
        || line.is(at, cue::ODD)
    {
        at += 1;
    }
    head(line, at, number)
}

/// The noun of a count: a plural, or a participle in its place, or nothing when a verb follows.
pub(super) fn counted(line: &Line, at: usize, number: Number) -> Option<usize> {
    if !line.is_word(at) && measured_modifier(line, at).is_none() {
        return None;
    }
    let at = initials(line, at).unwrap_or(at);
    let noun_too = number == Number::One && line.is(at, cue::NOUN_TOO);
    let verb_next = line.is(at, cue::VERB | cue::AUXILIARY)
        && !is_plural(line, at)
        && !line.is(at, cue::TOLL | cue::PLURAL)
        && !noun_too;
    let adjective_of = line.is(at + 1, cue::OF) && line.is(at, cue::REMAINDER);
    if verb_next || adjective_of {
        return None;
    }
    // "30 others wounded": the pronoun stands for the noun.
    if line.is(at, cue::OTHERS) {
        return Some(at);
    }
    if let Some(noun) = head(line, at, number) {
        let participle_only = noun == at && line.is(at, cue::PARTICIPLE) && !line.is(at, cue::TOLL);
        return (!participle_only).then_some(noun);
    }
    None
}

/// The head of the noun phrase that starts at `at`: its first plural, or its last word before something else begins.
pub(super) fn head(line: &Line, at: usize, number: Number) -> Option<usize> {
    let mut last = None;
    let mut token = at;
    let mut words = 0;
    while words < MAX_WORDS {
        if let Some((end, counts)) = passed_over(line, token, words > 0, number) {
            token = end;
            words += usize::from(counts);
            continue;
        }
        if compares(line, token) {
            break;
        }
        // "anti-government", "F-16s": one word with its hyphens.
        let end = word_end(line, token);
        if token > at && stops(line, token, last, number)
            || !line.is_word(token)
            || ends_phrase(line, token) && !line.is(token, cue::ADJECTIVE)
            || token > at && line.is(token, cue::COMPARED) && line.is(token + 1, cue::AGAINST)
        {
            break;
        }
        words += 1;
        let owner = line.is_mark(end, &['\'', '’']) && line.glued(end) && line.is(end + 1, cue::S);
        if owner {
            token = end + 2;
            last = None;
            continue;
        }
        last = Some(token);
        let plural = plural_word(line, token, end);
        if plural && !line.is(token, cue::ADJECTIVE) {
            let name = line.is_capital(token) && line.is_word(end) && !line.is_capital(end);
            let another = is_plural(line, end)
                && (name || line.is(token, cue::MODIFIER))
                && !line.is(
                    end,
                    cue::VERB | cue::CHANGE | cue::CONTEST | cue::AUXILIARY | cue::TOLL,
                );
            if number == Number::Many
                || !line.is(token, cue::MODIFIER)
                || !singular_follows(line, end)
            {
                return Some(if another { end } else { token });
            }
        }
        token = end;
    }
    if number == Number::Many && last.is_some_and(|last| !countable(line, at, last)) {
        return None;
    }
    // "12 page document", "3 cylinder engine": a singular right after a number above one modifies what follows.
    let modifier = number == Number::Many
        && words > 1
        && last.is_some()
        && !line.is(at, cue::ADJECTIVE)
        && is_unit_like(line, at);
    if modifier { Some(at) } else { last }
}

/// Whether a noun without a plural's ending can be counted: "22 crew", "3 cylinder engine", "12 MPs".
fn countable(line: &Line, first: usize, last: usize) -> bool {
    let known = line.is(last, cue::PLURAL | cue::TOLL | cue::MASS)
        || is_unit_like(line, first)
        || line.is(first, cue::TOLL);
    let letters = line.raw(last);
    let acronym = letters.len() > 1 && letters.chars().all(char::is_uppercase);
    let many_words = last > first && !line.is(last, cue::VERB);
    known || acronym || many_words
}

/// Singular nouns that numbers turn into modifiers.
fn is_unit_like(line: &Line, at: usize) -> bool {
    line.is(at, cue::LABEL | cue::RATE | cue::PERSON) || line.is(at, cue::MODIFYING)
}

/// What is passed over on the way to a noun: where it ends, and whether it counts as a word.
fn passed_over(line: &Line, token: usize, inside: bool, number: Number) -> Option<(usize, bool)> {
    if let Some(end) = measured_modifier(line, token).or_else(|| initials(line, token)) {
        return Some((end, true));
    }
    if is_adverb_of_adjective(line, token) {
        return Some((token + 1, true));
    }
    let joined = inside && number == Number::Many && joins_adjectives(line, token);
    let listed = inside && line.is_mark(token, &[',']) && adjective_list(line, token);
    (joined || listed).then_some((token + 1, false))
}

/// "quarter-on-quarter", "year over year" compare; they are not what is measured.
fn compares(line: &Line, token: usize) -> bool {
    line.is_hyphen(token + 1) && line.is(token + 2, cue::ON | cue::OVER | cue::TO)
        || line.is(token + 1, cue::ON | cue::OVER) && line.word(token + 2) == line.word(token)
}

/// Where the word at `at` ends, hyphens included.
pub(super) fn word_end(line: &Line, at: usize) -> usize {
    let mut end = at + 1;
    while line.glued(end)
        && (line.is_word(end)
            || line.is_digits(end)
            || line.is_hyphen(end)
                && line.glued(end + 1)
                && (line.is_word(end + 1) || line.is_digits(end + 1)))
    {
        end += 1;
    }
    end
}

fn plural_word(line: &Line, at: usize, end: usize) -> bool {
    is_plural(line, end - 1)
        || end > at + 1 && line.is(end - 1, cue::S)
        || is_plural(line, at) && end == at + 1
}

/// Whether a singular noun goes on after a plural: "sports car".
fn singular_follows(line: &Line, at: usize) -> bool {
    line.is_word(at)
        && !ends_phrase(line, at)
        && !line.is(at, cue::VERB | cue::CHANGE | cue::TOLL)
        && !line.is(at, cue::PARTICIPLE)
        && !line.is(at, cue::GERUND)
        && !line.is_capital(at)
}

/// Whether the noun phrase ended before `at`.
fn stops(line: &Line, at: usize, last: Option<usize>, number: Number) -> bool {
    // "a half-hour drive separates the two": a verb, since another noun phrase opens right after it.
    let acts = number == Number::One
        && last.is_some()
        && is_plural(line, at)
        && line.is(at + 1, cue::ARTICLE | cue::DETERMINER);
    let verb = acts
        || line.is(at, cue::VERB | cue::AUXILIARY) && !is_plural(line, at)
        || line.is(at, cue::WEEKDAY)
        || number == Number::One
            && last.is_some()
            && line.is(at, cue::VERB)
            && is_plural(line, at)
            && !line.is(at, cue::PLURAL);
    verb || line.is(at, cue::MANNER) && line.word(at).len() > 5
        || last.is_some_and(|last| is_noun_like(line, last))
            && (line.is(at, cue::PARTICIPLE) || line.is(at, cue::GERUND))
            && !is_plural(line, at + 1)
}

fn is_noun_like(line: &Line, at: usize) -> bool {
    line.is(
        at,
        cue::PERSON | cue::MASS | cue::PLURAL | cue::RATE | cue::EVENT | cue::TALLY | cue::LABEL,
    ) || is_plural(line, at)
        || !line.is(at, cue::ADJECTIVE)
}
