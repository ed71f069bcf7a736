//! What the form of an English word tells: plurals, participles, adverbs.

use crate::claims::lang::{Cues, cue};

/// What the form of a word in lower case signals.
pub(super) fn signals(word: &str) -> Cues {
    match word.as_bytes() {
        [.., b'e', b'd'] => cue::PARTICIPLE,
        [.., b'i', b'n', b'g'] => cue::GERUND,
        [.., b'l', b'y'] => cue::MANNER,
        [.., b'e', b's', b't'] => cue::SUPERLATIVE,
        [.., b'm', b'e', b'n'] | [.., b'f', b'o', b'l', b'k'] => cue::PEOPLE_FORM,
        [.., b'f', b'o', b'l', b'd'] => cue::FOLD,
        // Singular nouns end so as well: "loss", "virus", "crisis".
        [.., b's' | b'u' | b'i', b's'] => Cues::default(),
        [.., b'e' | b'o', b'r', b's']
        | [.., b'e', b'e', b's']
        | [.., b'a' | b'e', b'n', b't', b's']
        | [.., b'i', b's', b't', b's']
        | [.., b'i', b'a', b'n', b's']
        | [.., b'm', b'a', b't', b'e', b's'] => cue::PEOPLE_FORM | cue::PLURAL_FORM,
        [_, _, .., b's'] => cue::PLURAL_FORM,
        _ => Cues::default(),
    }
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
