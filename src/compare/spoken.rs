//! Figures that are figures only for a comparison: "nobody" where the other version has a number, "doubled", "level three".

use super::reading::{Sentence, span};
use crate::claims::{Amount, Decimal, Figure, FigureKind, Unit};
use crate::story::Story;
use crate::text::Language;

/// Steps in words.
const STEPS: [&str; 10] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
];

/// Words whose number is a step of a scale.
const SCALES: [&str; 7] = [
    "level",
    "category",
    "stage",
    "tier",
    "grade",
    "magnitude",
    "stufe",
];

/// "Alert level 3", "a category 4 storm": a numbered step of a scale is a value, and no name.
pub(super) fn count_level(figure: &mut Figure, story: &Story) {
    if !matches!(figure.kind, FigureKind::Name | FigureKind::Id) {
        return;
    }
    let Some(text) = story.text(figure.span.place) else {
        return;
    };
    let written = story.slice(figure.span).unwrap_or("");
    let before = text.get(..figure.span.start as usize).unwrap_or("");
    let scale = |word: Option<&str>| {
        word.is_some_and(|word| SCALES.contains(&word.to_lowercase().as_str()))
    };
    if !scale(before.split_whitespace().next_back()) && !scale(written.split_whitespace().next()) {
        return;
    }
    let number = match written.split_once(' ') {
        Some((word, number)) if scale(Some(word)) => number,
        _ => written,
    };
    let value = crate::claims::numbers::in_text(number, &story.language)
        .first()
        .map(|number| number.value);
    if let Some(value) = value {
        figure.kind = FigureKind::Count;
        figure.amount = Some(Amount::exactly(value));
    }
}

/// Words that are figures where the other version has another one: "nobody" is 0, "doubled" is 2.
pub(super) fn figures(
    sentence: &Sentence<'_>,
    language: &Language,
    known: &[Figure],
) -> Vec<Figure> {
    use unicode_segmentation::UnicodeSegmentation;
    let mut before = "";
    let mut found = Vec::new();
    let base = sentence.span.start as usize;
    for (at, word) in sentence.text.unicode_word_indices() {
        let lower = word.to_lowercase();
        let spoken = match lower.as_str() {
            "one" if before.eq_ignore_ascii_case("no") => {
                Some((at - before.len() - 1, 0, FigureKind::Count))
            }
            // "Two have been successful", "one has been successful".
            word if SCALES
                .iter()
                .any(|scale| before.eq_ignore_ascii_case(scale)) =>
            {
                STEPS
                    .iter()
                    .position(|step| *step == word)
                    .and_then(|step| Some((at, u32::try_from(step + 1).ok()?, FigureKind::Count)))
            }
            "one" if is_followed_by(sentence.text, at + word.len(), "has is was had of") => {
                Some((at, 1, FigureKind::Count))
            }
            "no" if matches!(language.as_str(), "en" | "")
                && counts_none(sentence.text, at + word.len()) =>
            {
                Some((at, 0, FigureKind::Count))
            }
            word => spoken(word, language).map(|(value, kind)| (at, value, kind)),
        };
        let words = spoken
            .map(|(start, ..)| span(sentence.span.place, base + start, base + at + word.len()));
        if let (Some((_, value, kind)), Some(span)) = (spoken, words)
            && known
                .iter()
                .all(|figure| figure.span.end <= span.start || span.end <= figure.span.start)
        {
            found.push(Figure {
                amount: Some(Amount {
                    low: Decimal::from(value),
                    high: Decimal::from(value),
                    qualifier: None,
                }),
                tally: None,
                kind,
                unit: (kind == FigureKind::Multiple).then(|| Unit("times".to_owned())),
                noun: None,
                counted: None,
                role: None,
                said_by: None,
                span,
            });
        }
        before = word;
    }
    found
}

fn is_followed_by(text: &str, end: usize, words: &str) -> bool {
    let next = text
        .get(end..)
        .unwrap_or("")
        .split_whitespace()
        .next()
        .unwrap_or("");
    words.split(' ').any(|word| word == next)
}

/// "No guards were hurt", "no new cases": none of what can be counted.
fn counts_none(text: &str, end: usize) -> bool {
    let rest = text.get(end..).unwrap_or("");
    rest.split_whitespace().take(2).any(|word| {
        let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let many = word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us");
        many && word.chars().all(|c| c.is_ascii_lowercase())
            && crate::text::thesaurus::base_forms(word)
                .first()
                // Not every trade is in the dictionary: "firefighters".
                .is_none_or(|form| form.lemma != word && form.parts.starts_with('n'))
    })
}

/// The figure a word is: "nobody" is 0, "doubled" is 2. Other languages read theirs with the other figures.
fn spoken(word: &str, language: &Language) -> Option<(u32, FigureKind)> {
    match language.as_str() {
        "en" | "" => {}
        "de" => return times(word.strip_suffix("mal")?, GERMAN),
        "nl" => return times(word.strip_suffix("maal")?, DUTCH),
        _ => return None,
    }
    match word {
        "twice" => Some((2, FigureKind::Multiple)),
        "nobody" => Some((0, FigureKind::Count)),
        "double" | "doubled" | "doubles" | "doubling" => Some((2, FigureKind::Multiple)),
        "triple" | "tripled" | "triples" | "tripling" | "trebled" => {
            Some((3, FigureKind::Multiple))
        }
        "quadrupled" => Some((4, FigureKind::Multiple)),
        _ => None,
    }
}

const GERMAN: [&str; 11] = [
    "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf",
];
const DUTCH: [&str; 11] = [
    "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf",
];

/// "Dreimal", "driemaal": how often.
fn times(number: &str, from_two: [&str; 11]) -> Option<(u32, FigureKind)> {
    let at = from_two.iter().position(|word| *word == number)?;
    Some((u32::try_from(at + 2).ok()?, FigureKind::Multiple))
}

#[cfg(test)]
mod tests {
    use crate::compare::{told_line, versions};
    use crate::story::Story;
    use crate::text::Language;

    fn told(language: &str, old: &str, new: &str) -> Vec<String> {
        let story = |text: &str| {
            let mut story = Story::from_text("Titel", &[text]);
            story.language = Language::new(language);
            story
        };
        versions(&story(old), &story(new))
            .changes
            .iter()
            .map(told_line)
            .collect()
    }

    #[test]
    fn a_point_groups_thousands_where_the_language_does() {
        let told = told(
            "de",
            "Rund 1.400 Menschen kamen.",
            "Rund 1.900 Menschen kamen.",
        );
        assert_eq!(told, ["figure_changed\t1.400\t1.900"]);
    }

    #[test]
    fn a_percent_word_and_a_percent_sign_are_the_same() {
        assert!(
            told(
                "de",
                "Die Quote sank auf 7,5 Prozent.",
                "Die Quote sank auf 7,5 %."
            )
            .is_empty()
        );
    }

    #[test]
    fn a_day_of_the_month_is_a_date() {
        let told = told(
            "de",
            "Das Urteil wird am 3. November verkündet.",
            "Das Urteil wird am 8. November verkündet.",
        );
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("statement_changed"), "{told:?}");
    }
}
