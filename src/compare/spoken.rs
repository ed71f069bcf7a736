//! English words that are figures where the other version has another one: nobody, doubled.

use crate::claims::FigureKind;
use crate::text::Language;

/// The figure a word is: "nobody" is 0, "doubled" is 2. Other languages read theirs with the other figures.
pub(super) fn spoken(word: &str, language: &Language) -> Option<(u32, FigureKind)> {
    if !matches!(language.as_str(), "en" | "") {
        return None;
    }
    match word {
        "nobody" => Some((0, FigureKind::Count)),
        "double" | "doubled" | "doubles" | "doubling" => Some((2, FigureKind::Multiple)),
        "triple" | "tripled" | "triples" | "tripling" | "trebled" => {
            Some((3, FigureKind::Multiple))
        }
        "quadrupled" => Some((4, FigureKind::Multiple)),
        _ => None,
    }
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
