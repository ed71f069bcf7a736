//! Two versions of a story in, the changes between them out.
//!
//! One change of one fact is one [`Change`], however often the story repeats it. A text against itself gives none, and the
//! same two texts give the same changes in the same order on every machine.

mod align;
mod alone;
mod attribution;
mod bags;
mod corrections;
mod delta;
mod equivalence;
mod figures;
mod furniture;
mod gone;
mod group;
mod headline;
mod kinds;
mod lexicon;
mod marks;
mod matching;
mod merge;
mod pages;
mod quotes;
mod reading;
mod scales;
mod sources;
mod spoken;
mod statements;
mod tails;
mod tokens;
mod told;
mod verbs;
mod version;
pub mod words;

pub use kinds::{Aspect, ChangeKind, Severity};
pub use told::told_line;

use crate::claims::{Amount, Decimal, Source};
use crate::story::{Place, Span, Story};
use tokens::Reader;
use version::Version;

/// What became of `old` now that it reads `new`.
///
/// ```
/// # use claimwatch::{compare, story::Story};
/// let old = Story::from_text("Storm", &["The storm killed 14 people, police said."]);
/// let new = Story::from_text("Storm", &["The storm killed 19 people, police said."]);
///
/// let told: Vec<_> = compare::versions(&old, &new).changes.iter().map(compare::told_line).collect();
///
/// assert_eq!(told, ["figure_changed\t14\t19"]);
/// assert!(compare::versions(&old, &old).changes.is_empty());
/// ```
#[must_use]
pub fn versions(old: &Story, new: &Story) -> Comparison {
    if let Some(page) = pages::of(old, new) {
        return page;
    }
    let mut reader = Reader::new(&new.language);
    let shared = reading::shared(old, new);
    let (mut old, mut new) = (Version::new(old, &shared), Version::new(new, &shared));
    let mut changes = corrections::changes(&old, &new, &shared);
    changes.extend(headline::byline(old.story, new.story));
    let alignment = align::pair(old.text(), new.text(), &mut reader);
    let headlines_differ = old.sentences[old.headline()].key != new.sentences[new.headline()].key;
    if alignment.is_unchanged() && !headlines_differ {
        return finish(changes, false);
    }
    if !alignment.coarse {
        old.read_sources(&shared);
        new.read_sources(&shared);
    }
    changes.extend(group::changes(&old, &new, &alignment, &mut reader));
    if headlines_differ {
        changes.extend(headline::changes(&old, &new, &mut reader));
    }
    let coarse = alignment.coarse;
    finish(merge::one_fact_once(changes), coarse)
}

fn finish(mut changes: Vec<Change>, coarse: bool) -> Comparison {
    changes.sort_by_key(|change| {
        let place = change
            .new
            .as_ref()
            .or(change.old.as_ref())
            .map(|side| side.span);
        (
            std::cmp::Reverse(change.severity),
            place,
            change.kind,
            change.aspect,
        )
    });
    Comparison {
        changes,
        coarse,
        blocked: false,
    }
}

/// What became of a story between two versions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// The changes: most severe first, then in reading order.
    pub changes: Vec<Change>,
    /// Whether the texts were too large or too different to be compared sentence by sentence.
    pub coarse: bool,
    /// Whether the new text is a wall or a stub in the place of the story: then nothing is told, and the old version stays
    /// the one to compare with.
    pub blocked: bool,
}

/// One altered fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What sort of change it is.
    pub kind: ChangeKind,
    /// Which side of the fact changed, where the kind has sides.
    pub aspect: Option<Aspect>,
    /// How much it matters under the default rules.
    pub severity: Severity,
    /// What the old version said; `None` for an addition.
    pub old: Option<Evidence>,
    /// What the new version says; `None` for a removal.
    pub new: Option<Evidence>,
    /// How far a figure moved, where its two values can be compared.
    pub delta: Option<Delta>,
    /// Every place it shows: places of the new version, or of the old one for a removal.
    pub places: Vec<Place>,
}

/// The words that prove one side of a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The words themselves, exactly as the version has them.
    pub text: String,
    /// The sentence they stand in.
    pub sentence: String,
    /// Who says it.
    pub said_by: Option<Source>,
    /// The value, for a figure.
    pub amount: Option<Amount>,
    /// The two sides, for a score.
    pub tally: Option<(Decimal, Decimal)>,
    /// The canonical unit, for a figure.
    pub unit: Option<String>,
    /// What a figure counts or measures.
    pub noun: Option<String>,
    /// Where the words stand.
    pub span: Span,
}

/// How far a figure moved: honest bounds where a side is a range, and the middle.
///
/// From `[a, b]` to `[c, d]` the absolute change lies between `c - b` and `d - a`, the relative one between `c / b - 1`
/// and `d / a - 1`; the middle is midpoint to midpoint.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Delta {
    /// The smallest possible absolute change.
    pub absolute_low: Decimal,
    /// The largest possible absolute change.
    pub absolute_high: Decimal,
    /// Midpoint to midpoint.
    pub absolute: Decimal,
    /// The same as percentages of the old value; `None` from zero and between percentages.
    pub percent: Option<Percent>,
}

/// Relative change in percent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Percent {
    /// The smallest possible.
    pub low: Decimal,
    /// The largest possible.
    pub high: Decimal,
    /// Midpoint to midpoint.
    pub middle: Decimal,
}

impl Change {
    /// A change without evidence yet, with the severity of its kind.
    fn of(kind: ChangeKind, aspect: Option<Aspect>) -> Self {
        Self {
            kind,
            aspect,
            severity: kind.severity(aspect),
            old: None,
            new: None,
            delta: None,
            places: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    /// Sentences with a place for a figure.
    const WITH_FIGURE: [&str; 8] = [
        "The flood killed # people in the lower town, the fire service said.",
        "About # households were without power on Tuesday.",
        "Police said # cars had been pulled from the river.",
        "The council put the damage at # million euros.",
        "A shelter in the old mill has room for # guests.",
        "Engineers measured # millimetres of rain at the dam.",
        "The army sent # lorries with blankets and water.",
        "Some # volunteers filled sandbags along the dyke.",
    ];
    const WITHOUT: [&str; 5] = [
        "The mayor thanked the neighbouring towns for their help.",
        "\"We have seen nothing like it,\" said baker Dora Pell.",
        "Schools in the valley will stay closed until Monday.",
        "The minister denied that the warning had come too late.",
        "No decision has been made about the old bridge.",
    ];

    fn story(title: &str, paragraphs: &[String]) -> Story {
        Story::from_text(title, paragraphs)
    }

    /// A story of some sentences, each with a figure of its own, in one paragraph each.
    fn paragraphs() -> impl Strategy<Value = Vec<String>> {
        let figures = proptest::collection::vec(30u32..900, WITH_FIGURE.len());
        let kept = proptest::sample::subsequence(
            (0..WITH_FIGURE.len()).collect::<Vec<_>>(),
            2..=WITH_FIGURE.len(),
        );
        (figures, kept).prop_map(|(figures, kept)| {
            let counted = kept
                .iter()
                .map(|&at| WITH_FIGURE[at].replace('#', &(figures[at] * 7).to_string()));
            let plain = WITHOUT.iter().map(|text| (*text).to_owned());
            counted.chain(plain).collect()
        })
    }

    fn told(old: &[String], new: &[String]) -> Vec<String> {
        let comparison = versions(&story("Flood", old), &story("Flood", new));
        comparison.changes.iter().map(told_line).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn a_text_against_itself_is_silent(text in "\\PC{0,400}", title in "\\PC{0,60}") {
            let paragraphs: Vec<String> = text.split('|').map(str::to_owned).collect();
            let story = story(&title, &paragraphs);

            prop_assert!(versions(&story, &story).changes.is_empty());
        }

        #[test]
        fn any_two_texts_are_compared_without_a_panic_and_always_alike(one in "\\PC{0,300}", other in "\\PC{0,300}") {
            let (old, new) = (story(&other, std::slice::from_ref(&one)), story(&one, std::slice::from_ref(&other)));

            prop_assert_eq!(versions(&old, &new), versions(&old, &new));
        }

        #[test]
        fn paragraphs_in_another_order_are_silent(old in paragraphs(), turn in 0usize..20) {
            let mut new = old.clone();
            let length = new.len();
            new.rotate_left(turn % length);
            new.swap(0, turn / 2 % length);

            prop_assert_eq!(told(&old, &new), Vec::<String>::new());
        }

        #[test]
        fn any_one_changed_figure_is_found_wherever_it_stands(old in paragraphs(), pick in 0usize..20, turn in 0usize..20) {
            let at = pick % (old.len() - WITHOUT.len());
            let figure: String = old[at].chars().filter(char::is_ascii_digit).collect();
            let other = (figure.parse::<u32>().unwrap() + 331).to_string();
            let mut new = old.clone();
            new[at] = new[at].replace(&figure, &other);
            let length = new.len();
            new.rotate_left(turn % length);

            let told = told(&old, &new);

            prop_assert_eq!(told.len(), 1, "{:?}", told);
            prop_assert!(told[0].starts_with("figure_changed") && told[0].contains(&other), "{:?}", told);
        }
    }

    /// The same number as digits, with separators, with a magnitude word, or with decimals.
    fn written(number: u32, form: u8) -> String {
        let grouped = |number: u32| {
            let digits = number.to_string();
            let mut out = String::new();
            for (at, digit) in digits.chars().enumerate() {
                if at > 0 && (digits.len() - at).is_multiple_of(3) {
                    out.push(',');
                }
                out.push(digit);
            }
            out
        };
        match form % 5 {
            0 => number.to_string(),
            1 => grouped(number),
            2 => format!("{} thousand", grouped(number)),
            3 => format!("{}.{} million", number / 10, number % 10),
            _ => format!("{}.{:02} billion", number / 100, number % 100),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn two_figures_written_to_the_same_place_are_never_one_restated(
            number in 13u32..99_999,
            step in prop_oneof![Just(1u32), 1u32..40, 40u32..5_000],
            form in 0u8..5,
        ) {
            // A year is no figure, and what ends in three zeros may be the other rounded.
            prop_assume!(form > 1 || (!(1_000..2_200).contains(&number) && !(1_000..2_200).contains(&(number + step))));
            prop_assume!(form > 1 || (number % 1_000 != 0 && (number + step) % 1_000 != 0));
            let text = |number: u32| vec![
                WITHOUT[2].to_owned(),
                format!("The ministry counted {} trees in the park.", written(number, form)),
            ];

            let told = told(&text(number), &text(number + step));

            prop_assert_eq!(told.len(), 1, "{:?}", told);
            prop_assert!(told[0].starts_with("figure_changed"), "{:?}", told);
        }

        #[test]
        fn one_digit_edited_anywhere_is_told(number in 100u32..999_999, at in 0usize..6, digit in 0u32..10) {
            let digits = number.to_string();
            let at = at % digits.len();
            let edited: String = digits
                .chars()
                .enumerate()
                .map(|(k, old)| if k == at { char::from_digit(digit, 10).unwrap_or(old) } else { old })
                .collect();
            let other: u32 = edited.parse().unwrap();
            // Years are no figures; a number that ends in three zeros may be the other rounded.
            prop_assume!(other != number && !edited.starts_with('0'));
            prop_assume!([number, other].iter().all(|n| !(1_000..2_200).contains(n) && n % 1_000 != 0));
            let text = |number: u32| vec![
                WITHOUT[3].to_owned(),
                format!("The army sent {number} blankets to the valley."),
            ];

            let told = told(&text(number), &text(other));

            prop_assert_eq!(told.len(), 1, "{:?}", told);
            prop_assert!(told[0].starts_with("figure_changed"), "{:?}", told);
        }
    }

    #[test]
    fn every_piece_of_evidence_stands_word_for_word_in_its_version() {
        let old = story(
            "Flood kills 14",
            &[
                WITH_FIGURE[0].replace('#', "14"),
                WITHOUT[1].to_owned(),
                WITHOUT[3].to_owned(),
                WITH_FIGURE[3].replace('#', "40"),
            ],
        );
        let new = story(
            "Flood kills 19",
            &[
                WITH_FIGURE[0].replace('#', "19"),
                WITHOUT[3].replace("denied", "confirmed"),
                WITH_FIGURE[3].replace('#', "45 to 50"),
            ],
        );

        let changes = versions(&old, &new).changes;

        assert!(changes.len() >= 4, "{changes:?}");
        for change in changes {
            for (story, side) in [(&old, &change.old), (&new, &change.new)] {
                if let Some(side) = side {
                    assert_eq!(story.slice(side.span), Some(side.text.as_str()));
                }
            }
        }
    }

    #[test]
    fn one_fact_told_in_headline_and_body_is_one_change_with_both_places() {
        let text = |toll: &str| {
            story(
                &format!("Flood kills {toll}"),
                &[WITH_FIGURE[0].replace('#', toll)],
            )
        };

        let changes = versions(&text("14"), &text("19")).changes;

        let figures: Vec<&Change> = changes
            .iter()
            .filter(|change| change.kind.is_figure())
            .collect();
        assert_eq!(figures.len(), 1);
        assert_eq!(figures[0].places, [Place::Headline, Place::Paragraph(0)]);
        assert_eq!(figures[0].delta.unwrap().absolute, Decimal::from(5));
    }
}
