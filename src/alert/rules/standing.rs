//! The value of a followed figure in a story as it stands, and whether two such values say the same.
//!
//! A change says that a figure moved; to hold one story against another the figure must be found in a story that did not
//! change. Where a claim fits several figures, the one that is named by the claim's own words counts before others, and what
//! stands further up before what follows.

use std::time::Duration;

use super::{TrackedClaim, thresholds, tracked};
use crate::claims::{self, Amount, Decimal, Figure, Qualifier};
use crate::compare::Evidence;
use crate::story::{Place, Story};
use crate::text::sentences;

/// When stories that give a claim different values are told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disagree {
    /// Their values differ by at least this many percent.
    pub by: Decimal,
    /// For this long.
    pub lasting: Duration,
}

/// The value of a claim in one story.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The claim.
    pub claim: String,
    /// The story's words.
    pub text: String,
    /// The value.
    pub amount: Amount,
    /// The unit; a count has none.
    pub unit: Option<String>,
    /// What is counted or measured.
    pub noun: Option<String>,
}

/// A value that is only said to be near is taken to reach this much further on both sides.
const NEAR: Decimal = Decimal::from_parts(25, 0, 0, false, 3);

/// Any value may have been rounded by this much.
const ROUNDED: Decimal = Decimal::from_parts(5, 0, 0, false, 3);

/// The value in `story` of each of `claims` that follows a figure, where the story gives one.
///
/// ```
/// use claimwatch::alert::rules::{TrackedClaim, standing};
/// use claimwatch::story::Story;
///
/// let claim = TrackedClaim {
///     name: "refugees".into(),
///     words: vec!["refugees".into()],
///     ..TrackedClaim::default()
/// };
/// let story = Story::from_text("Border", &["In 12 days 2.5 million refugees crossed the border."]);
///
/// assert_eq!(standing(&[claim], &story)[0].text, "2.5 million");
/// ```
#[must_use]
pub fn standing(claims: &[TrackedClaim], story: &Story) -> Vec<Standing> {
    let mut claims = claims
        .iter()
        .filter(|claim| follows_a_figure(claim))
        .peekable();
    if claims.peek().is_none() {
        return Vec::new();
    }
    let figures: Vec<Evidence> = claims::read(story)
        .figures
        .iter()
        .filter(|figure| figure.is_claim() && figure.amount.is_some())
        .filter_map(|figure| evidence(story, figure))
        .collect();
    claims
        .filter_map(|claim| of_claim(claim, &figures))
        .collect()
}

/// Whether a claim has a value at all.
fn follows_a_figure(claim: &TrackedClaim) -> bool {
    claim.statement.is_none() && !claim.words.is_empty()
}

fn of_claim(claim: &TrackedClaim, figures: &[Evidence]) -> Option<Standing> {
    let is_named = |side: &&Evidence| {
        let noun = side.noun.as_deref();
        noun.is_some_and(|noun| claim.words.iter().any(|word| tracked::names(noun, word)))
    };
    let mut fitting = figures.iter().filter(|side| tracked::fits(claim, side));
    let named = fitting.clone().find(is_named);
    let side = named.or_else(|| fitting.next())?;
    Some(Standing {
        claim: claim.name.clone(),
        text: side.text.clone(),
        amount: side.amount?,
        unit: side.unit.clone(),
        noun: side.noun.clone(),
    })
}

/// A figure with the sentence it stands in.
fn evidence(story: &Story, figure: &Figure) -> Option<Evidence> {
    let text = story.text(figure.span.place)?;
    let start = figure.span.start as usize;
    let whole = 0..text.len();
    let sentence = match figure.span.place {
        Place::Headline => whole,
        Place::Standfirst | Place::Paragraph(_) => sentences::ranges(text, &story.language)
            .into_iter()
            .find(|range| range.contains(&start))
            .unwrap_or(whole),
    };
    Some(Evidence {
        text: story.slice(figure.span)?.to_owned(),
        sentence: text.get(sentence)?.to_owned(),
        said_by: figure.said_by.clone(),
        amount: figure.amount,
        tally: figure.tally,
        unit: figure.unit.as_ref().map(|unit| unit.0.clone()),
        noun: figure.noun.clone().or_else(|| figure.counted.clone()),
        span: figure.span,
    })
}

/// Whether two values say the same: their ranges meet, bounds and rounding considered.
///
/// ```
/// use claimwatch::alert::rules::agree;
/// use claimwatch::claims::{Amount, Qualifier};
///
/// let exactly = |value: i64| Amount { low: value.into(), high: value.into(), qualifier: None };
/// let more_than = |value: i64| Amount { qualifier: Some(Qualifier::MoreThan), ..exactly(value) };
///
/// assert!(agree(&more_than(2_000_000), &exactly(2_500_000)));
/// assert!(!agree(&exactly(2_000_000), &exactly(2_500_000)));
/// ```
#[must_use]
pub fn agree(one: &Amount, other: &Amount) -> bool {
    let (a, b) = (reach(one), reach(other));
    let meets = |low: Option<Decimal>, high: Option<Decimal>| match (low, high) {
        (Some(low), Some(high)) => low <= high,
        (None, _) | (_, None) => true,
    };
    meets(a.0, b.1) && meets(b.0, a.1)
}

/// The ends of what an amount may mean; `None` where it is open.
fn reach(amount: &Amount) -> (Option<Decimal>, Option<Decimal>) {
    let slack = |share: Decimal| {
        let size = amount.high.abs().max(amount.low.abs());
        size.checked_mul(share).unwrap_or(Decimal::ZERO)
    };
    let wider = |share: Decimal| {
        let slack = slack(share);
        (
            amount.low.checked_sub(slack),
            amount.high.checked_add(slack),
        )
    };
    let (low, high) = wider(ROUNDED);
    match amount.qualifier {
        Some(Qualifier::MoreThan | Qualifier::AtLeast) => (low, None),
        Some(Qualifier::LessThan | Qualifier::UpTo) => (None, high),
        Some(Qualifier::About | Qualifier::Nearly) => wider(NEAR),
        None => (low, high),
    }
}

/// How far `other` lies from `one` in percent; `None` from zero.
#[must_use]
pub fn distance(one: &Amount, other: &Amount) -> Option<Decimal> {
    thresholds::percent(one, other)
}

/// The lowest and the highest of `values`, by their places, where they differ by at least `by` percent of the lowest and
/// do not say the same.
///
/// ```
/// use claimwatch::alert::rules::apart;
/// use claimwatch::claims::Amount;
///
/// let exactly = |value: i64| Amount { low: value.into(), high: value.into(), qualifier: None };
/// let values = [exactly(100), exactly(120), exactly(104)];
///
/// assert_eq!(apart(&values, 10.into()), Some((0, 1)));
/// assert_eq!(apart(&values, 25.into()), None);
/// ```
#[must_use]
pub fn apart(values: &[Amount], by: Decimal) -> Option<(usize, usize)> {
    let middle = |at: &usize| values.get(*at).and_then(thresholds::middle);
    let lowest = (0..values.len()).min_by_key(middle)?;
    let highest = (0..values.len()).max_by_key(middle)?;
    let (low, high) = (values.get(lowest)?, values.get(highest)?);
    // From zero every distance is infinitely large.
    let far = distance(low, high).is_none_or(|percent| percent >= by);
    (lowest != highest && far && !agree(low, high)).then_some((lowest, highest))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn amount(low: i64, high: i64, qualifier: Option<Qualifier>) -> Amount {
        Amount {
            low: low.into(),
            high: high.into(),
            qualifier,
        }
    }

    fn claim(words: &[&str]) -> TrackedClaim {
        TrackedClaim {
            name: "c".to_owned(),
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            ..TrackedClaim::default()
        }
    }

    fn value(claim: &TrackedClaim, paragraphs: &[&str]) -> Option<String> {
        let story = Story::from_text("The valley after the flood", paragraphs);
        let standing = standing(std::slice::from_ref(claim), &story);
        standing.first().map(|standing| standing.text.clone())
    }

    #[test]
    fn the_figure_that_the_claim_names_counts_before_others_of_the_sentence() {
        let text = ["On day 12 the camp took in 300 children and 4,000 refugees."];

        assert_eq!(value(&claim(&["refugees"]), &text).unwrap(), "4,000");
        assert_eq!(value(&claim(&["children"]), &text).unwrap(), "300");
        assert_eq!(value(&claim(&["soldiers"]), &text), None);
    }

    #[test]
    fn what_stands_further_up_counts_before_what_follows() {
        let text = [
            "At least 40 homes were lost, the council said.",
            "A day before it had spoken of 30 homes.",
        ];

        assert_eq!(value(&claim(&["homes"]), &text).unwrap(), "40");
    }

    #[test]
    fn words_that_must_not_be_near_keep_a_figure_out() {
        let mut claim = claim(&["refugees"]);
        claim.not_near = vec!["camp".to_owned()];
        let text = [
            "The camp holds 900 refugees.",
            "In all 70,000 refugees have come.",
        ];

        assert_eq!(value(&claim, &text).unwrap(), "70,000");
    }

    #[test]
    fn ranges_bounds_and_rounding_do_not_disagree() {
        use Qualifier::{About, AtLeast, UpTo};
        for (one, other) in [
            (amount(21, 22, None), amount(22, 25, None)),
            (amount(20, 20, Some(AtLeast)), amount(31, 31, None)),
            (amount(40, 40, Some(UpTo)), amount(31, 31, None)),
            (amount(1000, 1000, Some(About)), amount(1024, 1024, None)),
            (
                amount(2_500_000, 2_500_000, None),
                amount(2_490_000, 2_490_000, None),
            ),
        ] {
            assert!(
                agree(&one, &other) && agree(&other, &one),
                "{one:?} {other:?}"
            );
        }
        for (one, other) in [
            (amount(21, 22, None), amount(23, 25, None)),
            (amount(20, 20, Some(AtLeast)), amount(11, 11, None)),
            (amount(1000, 1000, Some(About)), amount(1100, 1100, None)),
        ] {
            assert!(
                !agree(&one, &other) && !agree(&other, &one),
                "{one:?} {other:?}"
            );
        }
    }

    #[test]
    fn no_values_and_one_value_are_not_apart() {
        assert_eq!(apart(&[], 10.into()), None);
        assert_eq!(apart(&[amount(5, 5, None)], 10.into()), None);
        assert_eq!(
            apart(&[amount(0, 0, None), amount(5, 5, None)], 10.into()),
            Some((0, 1))
        );
    }
}
