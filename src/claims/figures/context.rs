//! Questions about the neighbourhood of a number that several readers ask.

use crate::claims::lang::cue;
use crate::claims::line::Line;

/// How far, in tokens, a verb may stand from the number it tells about.
const NEAR_TOKENS: usize = 12;

/// Whether a word with one of `cues` stands in the same sentence shortly before `at`.
pub(super) fn near_before(line: &Line, at: usize, cues: crate::claims::lang::Cues) -> bool {
    tokens_before(line, at, NEAR_TOKENS).any(|token| line.is(token, cues))
}

/// The tokens of the same sentence before `at`, nearest first, at most `most` of them.
pub(super) fn tokens_before<'a>(
    line: &'a Line,
    at: usize,
    most: usize,
) -> impl Iterator<Item = usize> + use<'a> {
    (at.saturating_sub(most)..at)
        .rev()
        .take_while(|&token| !line.ends_sentence(token))
}

/// Whether a word with one of `cues` stands in the same sentence as `at`, within reach on either side.
pub(super) fn in_sentence(line: &Line, at: usize, cues: crate::claims::lang::Cues) -> bool {
    let before = tokens_before(line, at, 40).any(|token| line.is(token, cues));
    before
        || (at..line.len().min(at + 40))
            .take_while(|&token| token == at || !line.ends_sentence(token - 1))
            .any(|token| line.is(token, cues))
}

/// Whether the token looks like a plural noun, whatever it means.
pub(super) fn is_plural(line: &Line, at: usize) -> bool {
    if !line.is_word(at) || line.is(at, cue::SINGULAR_S | cue::AUXILIARY | cue::PRONOUN) {
        return false;
    }
    if line.is(at, cue::PLURAL) {
        return true;
    }
    line.is(at, cue::PLURAL_FORM)
}

/// Whether the token names people, in the plural or as one: "voters", "pupils", "women", "resident".
pub(super) fn are_people(line: &Line, at: usize) -> bool {
    if line.is(at, cue::PERSON | cue::PLURAL | cue::ZERO) {
        return true;
    }
    is_people_word(line, line.word(at))
}

/// The same of a word in lower case that stands nowhere.
pub(super) fn is_people_word(line: &Line, word: &str) -> bool {
    let known = |word: &str| {
        line.lexicon
            .cues(word)
            .any(cue::PERSON | cue::PLURAL | cue::ZERO)
    };
    known(word)
        || word.strip_suffix('s').is_some_and(known)
        || (line.lexicon.form)(word).any(cue::PEOPLE_FORM)
}

/// Whether nothing that could be counted follows: the clause ends, or its verb comes.
pub(super) fn closes_or_verb(line: &Line, at: usize) -> bool {
    closes(line, at) || line.is(at, cue::AUXILIARY | cue::VERB | cue::BE)
}

/// Whether the token ends a noun phrase.
pub(super) fn ends_phrase(line: &Line, at: usize) -> bool {
    let numbered = line.is(at, cue::NUMBER) && !is_ordinal_word(line, at);
    // "A320neos" starts with no article.
    let named = line.is(at, cue::ARTICLE) && line.glued(at + 1) && line.is_digits(at + 1);
    if named {
        return false;
    }
    !line.is_word(at)
        || numbered
        || line.is(
            at,
            cue::PREPOSITION
                | cue::CONJUNCTION
                | cue::PRONOUN
                | cue::AUXILIARY
                | cue::ARTICLE
                | cue::OPENS
                | cue::ADVERB,
        )
}

fn is_ordinal_word(line: &Line, at: usize) -> bool {
    use crate::claims::lang::NumberWord::{Part, SmallOrdinal, TenOrdinal};
    matches!(
        line.lexicon.numbers.get(line.word(at)),
        Some(Part(_) | SmallOrdinal(_) | TenOrdinal(_))
    )
}

/// Whether a mark or the end of the text stands at `at`, so that nothing follows a number directly.
pub(super) fn closes(line: &Line, at: usize) -> bool {
    at >= line.len()
        || line.is_mark(
            at,
            &[
                ',', '.', ';', ':', ')', '!', '?', '"', '”', '’', '—', '–', '…', ']',
            ],
        )
}

/// Whether a number at the end of a phrase stands here: a mark, or a word that opens another phrase.
pub(super) fn closes_or_goes_on(line: &Line, at: usize) -> bool {
    closes(line, at)
        || line.is(
            at,
            cue::PREPOSITION
                | cue::CONJUNCTION
                | cue::AUXILIARY
                | cue::ADVERB
                | cue::ARTICLE
                | cue::DETERMINER
                | cue::WEEKDAY
                | cue::VERB,
        )
}
