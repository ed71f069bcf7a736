//! The words of a quotation as they are compared: digits for words, contractions in full, one spelling of a word.

use crate::claims::{Decimal, numbers};
use crate::compare::reading::key;
use crate::text::Language;

/// Numbers in words as digits, which are a matter of style.
pub(super) fn in_digits(text: &str, language: &Language) -> String {
    let mut written = String::with_capacity(text.len());
    let mut done = 0;
    for number in numbers::in_text(text, language) {
        let spelled = text.get(number.start..number.end).unwrap_or("");
        let is_word = spelled
            .chars()
            .all(|c| c.is_alphabetic() || c == '-' || c == ' ');
        // "One" is a pronoun as often as a number.
        if number.start < done || !is_word || number.ordinal || number.value < Decimal::from(2) {
            continue;
        }
        written.push_str(text.get(done..number.start).unwrap_or(""));
        written.push_str(&number.value.normalize().to_string());
        done = number.end;
    }
    written.push_str(text.get(done..).unwrap_or(""));
    written
}

/// The words of a quotation as they are compared: contractions spelled out, marks away, an ellipsis kept.
pub(super) fn words(text: &str) -> Vec<String> {
    const PERCENT: [&str; 8] = [
        " per cent",
        " pour cent",
        " por ciento",
        " por cento",
        " per cento",
        " prozent",
        " procent",
        "%",
    ];
    let spaced = text.replace("...", " … ").replace('…', " … ");
    let spaced = PERCENT.iter().fold(spaced.to_lowercase(), |text, word| {
        text.replace(word, " percent")
    });
    let mut words: Vec<String> = Vec::new();
    for piece in spaced.split_whitespace() {
        if piece == "…" {
            words.push("…".to_owned());
            continue;
        }
        let lower = piece.to_lowercase().replace('’', "'");
        if let Some(subject) = with_is(&lower) {
            words.extend([subject.to_owned(), "'s".to_owned()]);
            continue;
        }
        let lower = spell_out(&with_apostrophe(&lower));
        words.extend(
            key(&lower)
                .split(' ')
                .filter(|word| !word.is_empty() && *word != "\"")
                .map(in_one_form),
        );
    }
    for at in 1..words.len() {
        // "It's been" is "it has been", "it's over" is "it is over".
        if words[at] == "'s" {
            let has = words.get(at + 1).is_some_and(|next| {
                matches!(
                    next.as_str(),
                    "been" | "got" | "become" | "gone" | "had" | "taken"
                )
            });
            words[at] = String::from(if has { "has" } else { "is" });
        }
    }
    while words.first().is_some_and(|word| word == "…") {
        words.remove(0);
    }
    words
}

/// "Nobody" and "everybody" as "no one" and "everyone": two spellings of a word, as far as a quotation goes.
fn in_one_form(word: &str) -> String {
    match word {
        "nobody" => "noone".to_owned(),
        "somebody" => "someone".to_owned(),
        "anybody" => "anyone".to_owned(),
        "everybody" => "everyone".to_owned(),
        word => word.to_owned(),
    }
}

/// The word before a contracted "is" or "has": "it's", "there's"; "the mayor's" is a possessive.
fn with_is(word: &str) -> Option<&str> {
    const SUBJECTS: [&str; 11] = [
        "it", "that", "there", "he", "she", "what", "who", "here", "where", "how", "this",
    ];
    let subject = word
        .trim_matches(|c: char| !c.is_alphanumeric())
        .strip_suffix("'s")?;
    SUBJECTS.contains(&subject).then_some(subject)
}

/// A contraction typed without its apostrophe: "dont", "youre"; "were", "well" and "its" are words themselves.
fn with_apostrophe(word: &str) -> String {
    const AUXILIARIES: &str =
        "do does did is are was were have has had could would should must ca wo need";
    const SUBJECTS: [(&str, &str); 7] = [
        ("youre", "you're"),
        ("theyre", "they're"),
        ("youve", "you've"),
        ("theyve", "they've"),
        ("weve", "we've"),
        ("ive", "i've"),
        ("im", "i'm"),
    ];
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let denied = bare
        .strip_suffix("nt")
        .filter(|stem| AUXILIARIES.split(' ').any(|auxiliary| auxiliary == *stem))
        .map(|stem| format!("{stem}n't"));
    let subject = || {
        let listed = SUBJECTS.iter().find(|(typed, _)| *typed == bare);
        listed.map(|(_, meant)| (*meant).to_owned())
    };
    denied.or_else(subject).unwrap_or_else(|| word.to_owned())
}

/// A contraction in full: "don't" as "do not".
fn spell_out(word: &str) -> String {
    const FULL: [(&str, &str); 7] = [
        ("can't", "can not"),
        ("won't", "will not"),
        ("n't", " not"),
        ("'re", " are"),
        ("'ve", " have"),
        ("'ll", " will"),
        ("'m", " am"),
    ];
    let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    FULL.iter()
        .find_map(|(short, full)| bare.strip_suffix(short).map(|stem| format!("{stem}{full}")))
        .unwrap_or_else(|| word.to_owned())
}
