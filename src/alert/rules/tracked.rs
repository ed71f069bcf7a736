//! Whether a change is about a claim that the user follows.
//!
//! Words are matched whole and in any letter case, so that `camp` is not found in "campaign". A claim that names nothing
//! to look for matches nothing.

use unicode_segmentation::UnicodeSegmentation;

use super::TrackedClaim;
use crate::compare::{Change, ChangeKind, Evidence};

/// Nouns that count people, for `unit: people`.
const PEOPLE: [&str; 44] = [
    "adult",
    "arrest",
    "arrival",
    "body",
    "casualty",
    "child",
    "citizen",
    "civilian",
    "dead",
    "death",
    "employee",
    "evacuee",
    "fatality",
    "fighter",
    "hostage",
    "individual",
    "inhabitant",
    "injured",
    "injury",
    "killed",
    "man",
    "member",
    "men",
    "migrant",
    "missing",
    "officer",
    "other",
    "passenger",
    "patient",
    "people",
    "person",
    "prisoner",
    "protester",
    "refugee",
    "resident",
    "soldier",
    "student",
    "survivor",
    "troop",
    "victim",
    "voter",
    "women",
    "worker",
    "wounded",
];

/// Words of a followed statement that do not tell what it is about. Negations are among them: a denial that loses its
/// "not" is still the statement that is followed.
const SMALL_WORDS: [&str; 40] = [
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "did", "do", "does", "for",
    "from", "had", "has", "have", "in", "is", "it", "its", "never", "no", "not", "of", "on", "or",
    "said", "says", "that", "the", "they", "to", "was", "were", "will", "with", "would", "he",
];

/// Whether `change` is about `claim`.
pub(super) fn matches(claim: &TrackedClaim, change: &Change) -> bool {
    may_tell(claim, change.kind)
        && [&change.old, &change.new]
            .into_iter()
            .flatten()
            .any(|side| fits(claim, side))
}

/// Whether a claim of this sort has anything to do with changes of this kind.
fn may_tell(claim: &TrackedClaim, kind: ChangeKind) -> bool {
    if claim.alert.kinds.contains(&kind) {
        return true;
    }
    let follows_figures = claim.statement.is_none() || claim.alert.weigh_values();
    let follows_statements = claim.statement.is_some();
    match kind {
        ChangeKind::FigureChanged
        | ChangeKind::FigureAdded
        | ChangeKind::FigureRemoved
        | ChangeKind::QualifierChanged => follows_figures,
        // A figure's source, or the whole sentence of a figure, is part of the figure that is followed.
        ChangeKind::AttributionChanged | ChangeKind::StatementRemoved => true,
        ChangeKind::StatementChanged
        | ChangeKind::StatementAdded
        | ChangeKind::QuoteChanged
        | ChangeKind::QuoteRemoved
        | ChangeKind::QuoteAdded => follows_statements,
        ChangeKind::HeadlineChanged
        | ChangeKind::CorrectionNoticeAdded
        | ChangeKind::StoryRemoved
        | ChangeKind::StoryMoved
        | ChangeKind::BylineChanged => false,
    }
}

/// Whether a noun is, or holds, a word of a claim, also in the singular.
pub(super) fn names(noun: &str, word: &str) -> bool {
    contains_words(noun, word) || canonical(noun) == canonical(word)
}

/// Whether one side of a change, or a figure as it stands, is about the claim.
pub(super) fn fits(claim: &TrackedClaim, side: &Evidence) -> bool {
    let sentence = if side.sentence.is_empty() {
        &side.text
    } else {
        &side.sentence
    };
    if claim.words.is_empty() && claim.statement.is_none() {
        return false;
    }
    let has = |word: &String| contains_words(sentence, word);
    (claim.words.is_empty() || claim.words.iter().any(has))
        && !claim.not_near.iter().any(has)
        && claim
            .statement
            .as_ref()
            .is_none_or(|wanted| resembles(sentence, wanted))
        && said_by_fits(&claim.said_by, side)
        && claim.unit.as_ref().is_none_or(|unit| unit_fits(unit, side))
}

/// Whether the speaker is one of `wanted`; a side that names none fits.
fn said_by_fits(wanted: &[String], side: &Evidence) -> bool {
    let Some(source) = side.said_by.as_ref().filter(|_| !wanted.is_empty()) else {
        return true;
    };
    let names = [Some(&source.name), source.via.as_ref()];
    wanted.iter().any(|wanted| {
        names
            .into_iter()
            .flatten()
            .any(|name| contains_words(name, wanted) || contains_words(wanted, name))
    })
}

/// Whether `needle` stands in `text` as whole words, in any letter case.
fn contains_words(text: &str, needle: &str) -> bool {
    let (text, needle) = (fold(text), fold(needle));
    let needle = needle.trim();
    let (Some(first), Some(last)) = (needle.chars().next(), needle.chars().next_back()) else {
        return false;
    };
    text.match_indices(needle).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text
            .get(at + needle.len()..)
            .and_then(|text| text.chars().next());
        !continues(before, first) && !continues(after, last)
    })
}

/// Whether a word runs on from `inside` to `outside`. Scripts that are written without spaces have no such border.
fn continues(outside: Option<char>, inside: char) -> bool {
    let letter = |c: char| c.is_alphanumeric() && u32::from(c) < 0x2E80;
    letter(inside) && outside.is_some_and(letter)
}

/// Lower case, with plain apostrophes and single spaces.
fn fold(text: &str) -> String {
    let lower = text.to_lowercase().replace(['\u{2019}', '\u{2018}'], "'");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two thirds of what `wanted` is about are found in `sentence`.
fn resembles(sentence: &str, wanted: &str) -> bool {
    let wanted = stems(wanted);
    let sentence = stems(sentence);
    let found = wanted.iter().filter(|stem| sentence.contains(stem)).count();
    !wanted.is_empty() && found * 3 >= wanted.len() * 2
}

/// The words of a text that tell what it is about, without endings, sorted and each once.
fn stems(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut stems: Vec<String> = folded
        .unicode_words()
        .filter(|word| !SMALL_WORDS.contains(word) && !word.ends_with("n't"))
        .map(stem)
        .collect();
    stems.sort();
    stems.dedup();
    stems
}

/// A word without the endings that number and tense give it.
fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word);
    for ending in ["ies", "ied", "ying", "ing", "ed", "es", "s", "y", "e"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.chars().count() >= 2
        {
            return stem.to_owned();
        }
    }
    word.to_owned()
}

/// Whether a figure is counted in what the user calls `wanted`; what is no figure fits.
fn unit_fits(wanted: &str, side: &Evidence) -> bool {
    if side.amount.is_none() {
        return true;
    }
    let wanted = canonical(wanted);
    if let Some(unit) = &side.unit {
        let unit = unit.to_lowercase();
        return unit == wanted || unit.split('/').next() == Some(&wanted);
    }
    let Some(noun) = side.noun.as_deref().map(canonical) else {
        return true;
    };
    noun == wanted || (is_people(&wanted) && is_people(&noun))
}

/// Whether a noun, as [`canonical`] gives it, counts people.
fn is_people(noun: &str) -> bool {
    PEOPLE.contains(&noun)
}

/// The user's word for a unit as units are named: `%` is `percent`, `kilometres` is `kilometer`.
fn canonical(unit: &str) -> String {
    let unit = fold(unit);
    let known = match unit.as_str() {
        "%" | "per cent" | "percents" => "percent",
        "points" | "percentage points" | "percentage point" => "percentage_point",
        "$" | "dollars" | "dollar" => "usd",
        "€" | "euros" | "euro" => "eur",
        "£" | "pounds sterling" => "gbp",
        "km" | "kilometre" | "kilometres" => "kilometer",
        "m" | "metre" | "metres" => "meter",
        "ha" => "hectare",
        "°c" | "degrees celsius" => "celsius",
        "°f" | "degrees fahrenheit" => "fahrenheit",
        "tons" | "tonnes" => "tonne",
        "children" => "child",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    let singular = if let Some(stem) = unit.strip_suffix("ies") {
        format!("{stem}y")
    } else {
        unit.strip_suffix('s').unwrap_or(&unit).to_owned()
    };
    singular.replace(' ', "_")
}
