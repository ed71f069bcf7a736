//! What may stand between a number and its noun: measures, initials, adverbs, joined and listed adjectives.

use super::context::{ends_phrase, is_plural};
use super::measures;
use super::nouns::word_end;
use crate::claims::lang::cue;
use crate::claims::line::Line;

/// "200 U.S. troops", "12 U.N. staff": letters with full stops; where they end, if a word follows.
pub(super) fn initials(line: &Line, at: usize) -> Option<usize> {
    let letter = |at: usize| {
        line.is_capital(at)
            && line.raw(at).len() == 1
            && line.is_mark(at + 1, &['.'])
            && line.glued(at + 1)
    };
    let mut end = at;
    while letter(end) && (end == at || line.glued(end)) {
        end += 2;
    }
    (end >= at + 4 && line.is_word(end)).then_some(end)
}

/// "two 500-litre tanks", "12 9 kg bottles", "two new 737 Max jets": a number with its unit, or a type's name, between a count
/// and what it counts; where it ends.
pub(super) fn measured_modifier(line: &Line, at: usize) -> Option<usize> {
    if !line.is_digits(at) || line.glued(at) {
        return None;
    }
    let mut end = at + 1;
    while line.is_mark(end, &[',', '.'])
        && line.glued(end)
        && line.is_digits(end + 1)
        && line.glued(end + 1)
    {
        end += 2;
    }
    let hyphenated = line.is_hyphen(end) && line.glued(end) && line.is_word(end + 1);
    let unit = line.is(end, cue::UNIT) && !line.is(end, cue::AUXILIARY | cue::PREPOSITION)
        || measures::symbol(line, end).is_some_and(|(_, last)| last == end + 1)
        || line.glued(end) && line.is_word(end);
    let spaced_hyphen = line.is_word(end) && line.is_hyphen(end + 1) && line.glued(end + 1);
    end = if hyphenated {
        word_end(line, end + 1)
    } else if unit || spaced_hyphen {
        word_end(line, end)
    } else if line.is_capital(end) && !line.is(end, cue::MONTH | cue::WEEKDAY) {
        end
    } else {
        return None;
    };
    let noun_follows = line.is_word(end) && !ends_phrase(line, end) && !line.is(end, cue::VERB);
    noun_follows.then_some(end)
}

/// "digital and physical sales", "Kia and Hyundai vehicles": "and" between modifiers of one plural.
pub(super) fn joins_adjectives(line: &Line, at: usize) -> bool {
    if !line.is(at, cue::AND | cue::OR)
        || is_plural(line, at - 1)
        || line.is(at - 1, cue::TOLL | cue::PLURAL | cue::MASS)
    {
        return false;
    }
    let open = |at: usize| {
        line.is_word(at)
            && !ends_phrase(line, at)
            && !line.is(at, cue::VERB | cue::VAGUE)
            && !line.is(at, cue::GERUND)
    };
    open(at + 1) && !is_plural(line, at + 1) && open(at + 2) && is_plural(line, at + 2)
}

/// "20 decently sized plants": an adverb before an adjective is passed over.
pub(super) fn is_adverb_of_adjective(line: &Line, at: usize) -> bool {
    let adverb = line.word(at).len() > 4 && line.is(at, cue::MANNER) && !is_plural(line, at);
    adverb
        && (line.is(at + 1, cue::PARTICIPLE) || is_plural(line, at + 2))
        && line.is_word(at + 1)
        && !ends_phrase(line, at + 1)
}

/// "large, well-armed groups": a comma between adjectives, told by the plural right after.
pub(super) fn adjective_list(line: &Line, comma: usize) -> bool {
    line.is_word(comma + 1)
        && !ends_phrase(line, comma + 1)
        && !line.is(comma + 1, cue::VERB)
        && is_plural(line, comma + 2)
        && !is_plural(line, comma - 1)
        && !line.is(comma + 1, cue::GERUND)
}
