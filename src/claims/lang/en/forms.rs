//! What the form of an English word tells: plurals, participles, adverbs.

use crate::claims::lang::{Cues, cue};

/// Endings and what they signal; all that fit count.
const ENDINGS: &[(&str, Cues)] = &[
    ("ed", cue::PARTICIPLE),
    ("ing", cue::GERUND),
    ("ly", cue::MANNER),
    ("est", cue::SUPERLATIVE),
    ("fold", cue::FOLD),
    ("ers", cue::PEOPLE_FORM),
    ("ors", cue::PEOPLE_FORM),
    ("ants", cue::PEOPLE_FORM),
    ("ents", cue::PEOPLE_FORM),
    ("ists", cue::PEOPLE_FORM),
    ("ians", cue::PEOPLE_FORM),
    ("ees", cue::PEOPLE_FORM),
    ("men", cue::PEOPLE_FORM),
    ("mates", cue::PEOPLE_FORM),
    ("folk", cue::PEOPLE_FORM),
];

/// Endings in s that singular nouns have.
const SINGULAR_ENDINGS: &[&str] = &["ss", "us", "is"];

/// What the form of a word in lower case signals.
pub(super) fn signals(word: &str) -> Cues {
    let mut found = Cues::default();
    let Some(last) = word.bytes().last() else {
        return found;
    };
    // Nearly all words end in another letter.
    if !matches!(last, b'd' | b'g' | b'y' | b't' | b's' | b'n' | b'k') {
        return found;
    }
    for (ending, cue) in ENDINGS {
        if word.ends_with(ending) {
            found = found | *cue;
        }
    }
    let singular = SINGULAR_ENDINGS.iter().any(|ending| word.ends_with(ending));
    if last == b's' && word.len() > 2 && !singular {
        found = found | cue::PLURAL_FORM;
    }
    found
}

/// The one form under which a verb of harm is known: killing, kills, kill are all "killed".
pub(super) fn participle(word: &str) -> String {
    let stem = match word {
        "leaving" | "leave" | "leaves" | "left" => return "left".to_owned(),
        "hurting" | "hurts" | "hurt" => return "hurt".to_owned(),
        "freeing" | "frees" => return "freed".to_owned(),
        _ => word
            .strip_suffix("ing")
            .or_else(|| word.strip_suffix("ed"))
            .or_else(|| word.strip_suffix('s'))
            .unwrap_or(word),
    };
    if stem.ends_with('e') {
        format!("{stem}d")
    } else {
        format!("{stem}ed")
    }
}
