//! What a figure without a noun of its own counts, told by its clause: "killed 12", "the toll stands at 45".

use rust_decimal::Decimal;

use super::context::ends_phrase;
use super::nouns::{Number, after_of, text};
use super::{Draft, Reader};
use crate::claims::FigureKind;
use crate::claims::lang::cue;
use crate::claims::line::Line;

/// The word of the clause that says what is counted: "killed 12", "the toll stands at 45", "the number of refugees at 2.1 million".
pub(super) fn clause_noun(reader: &Reader, draft: &Draft) -> Option<String> {
    let line = reader.line;
    if draft.kind != FigureKind::Count
        && draft.kind != FigureKind::Vague
        && draft.kind != FigureKind::Fraction
        && draft.unit.is_none()
    {
        return None;
    }
    let next = draft.last
        + usize::from(line.is(draft.last, cue::FURTHER) || line.is(draft.last, cue::MORE_OTHERS));
    let after = (next..next + 3)
        .find(|&at| line.is(at, cue::TOLL))
        .filter(|&at| (next..at).all(|word| line.is(word, cue::AUXILIARY | cue::ADVERB)));
    if let Some(after) = after {
        return Some(line.raw(after).to_owned());
    }
    if line.is(draft.last, cue::VERB) && draft.unit.is_none() {
        return Some(line.raw(draft.last).to_owned());
    }
    if (line.is_mark(draft.last, &[','])
        || !line.is_word(draft.last)
        || ends_phrase(line, draft.last))
        && let Some(harm) = harm_before(line, draft.first).filter(|_| draft.unit.is_none())
    {
        return Some((line.lexicon.participle)(line.word(harm)));
    }
    if draft.kind == FigureKind::Duration {
        return None;
    }
    named_before(line, draft.first).or_else(|| carried(reader, draft))
}

/// The verb whose object the figure is: "killed 12", "injuring at least 30".
fn harm_before(line: &Line, at: usize) -> Option<usize> {
    super::context::tokens_before(line, at, 5)
        .take_while(|&token| line.is_word(token) || line.is_digits(token))
        .find(|&token| line.is(token, cue::HARM))
}

/// "a charge of $1.2bn": charge; "migration was 906,000": migration; "the number of refugees at 2.1 million": refugees.
fn named_before(line: &Line, at: usize) -> Option<String> {
    let start = super::roles::before_qualifier(line, at);
    owner(line, start)
        .or_else(|| tallied(line, at))
        .or_else(|| subject(line, start))
}

/// The noun that "of" hangs the figure on: "a fine of 250,000 francs", "a depth of 18 km".
fn owner(line: &Line, at: usize) -> Option<String> {
    let noun = at.checked_sub(2).filter(|_| line.is(at - 1, cue::OF))?;
    let named = line.is_word(noun)
        && !ends_phrase(line, noun)
        && !line.is(noun, cue::NUMBER | cue::UNIT | cue::DETERMINER | cue::VAGUE);
    (named && !counts(line, noun)).then(|| line.raw(noun).to_owned())
}

/// Words that stand for what they count: in "the number of refugees" the refugees are counted.
fn counts(line: &Line, noun: usize) -> bool {
    line.is(noun, cue::COUNTING)
}

/// The tally that the clause speaks of: "the toll stands at 45".
fn tallied(line: &Line, at: usize) -> Option<String> {
    let tally = super::context::tokens_before(line, at, 14)
        .take_while(|&token| !line.is_mark(token, &[';', '—', ':']))
        .find(|&token| line.is(token, cue::TALLY) && !line.is_before(token, cue::NUMBER))?;
    if counts(line, tally) && line.is(tally + 1, cue::OF) {
        let noun = after_of(line, tally + 1, Number::Many).filter(|&noun| noun < at);
        if let Some(noun) = noun {
            return text(line, Some(noun));
        }
    }
    Some(line.raw(tally).to_owned())
}

/// The subject whose value a verb of being states: "net migration was 906,000", "turnout stood at 61%".
fn subject(line: &Line, at: usize) -> Option<String> {
    let verb = at.checked_sub(1)?;
    let states = |verb: usize| line.is(verb, cue::BE) || line.is(verb, cue::STANDS);
    let verb = if line.is(verb, cue::AT) {
        verb.checked_sub(1)?
    } else {
        verb
    };
    let noun = verb.checked_sub(1).filter(|_| states(verb))?;
    let named = line.is_word(noun)
        && !ends_phrase(line, noun)
        && !line.glued(noun)
        && !line.is(noun, cue::NUMBER | cue::UNIT | cue::VERB);
    named.then(|| line.raw(noun).to_owned())
}

/// A figure that stands for the one before it ("up from 41", "1.4m of them") counts the same thing.
fn carried(reader: &Reader, draft: &Draft) -> Option<String> {
    let line = reader.line;
    let of_them = line.is(draft.last, cue::OF) && line.is(draft.last + 1, cue::PRONOUN);
    let change = draft.role.is_some();
    if !(of_them || change) {
        return None;
    }
    let before = reader
        .found
        .last()
        .filter(|before| before.kind.is_claim() && !line.ends_sentence(before.last))?;
    before
        .counted
        .clone()
        .or_else(|| before.noun.clone())
        .filter(|_| before.low != Some(Decimal::ZERO))
}
