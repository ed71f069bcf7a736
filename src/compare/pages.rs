//! Texts that are no story any more: a withdrawal in its place, or a wall in front of it.

use std::sync::LazyLock;

use regex::Regex;

use super::reading::span;
use super::{Change, ChangeKind, Comparison, Evidence};
use crate::story::{Place, Story};

static WITHDRAWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)(?-u:\b)(story|article|report|item|text|post)(?-u:\b).{0,120}(?-u:\b)(has been|was|is|have been) (withdrawn|retracted|killed|removed|taken down|deleted)(?-u:\b)",
        r"|^(story withdrawn|withdrawn|retracted|kill|kill notice|(news )?advisory.{0,20}(kill|withdrawal))(?-u:\b)",
        r"|(?-u:\b)no substitute story will(?-u:\b)|(?-u:\b)please (kill|disregard)(?-u:\b).{0,60}(?-u:\b)(story|article)(?-u:\b)",
    ))
    .ok()
});

static WALL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)(?-u:\b)(for|to) (our )?(subscribers|members) only(?-u:\b)|(?-u:\b)subscriber[- ](only|exclusive)(?-u:\b)|(?-u:\b)subscribe (now )?(to|for) (continue|read|keep|unlock|full|unlimited|access)(?-u:\b)",
        r"|(?-u:\b)(already )?(have an account|a subscriber|registered)\?|(?-u:\b)(log|sign) ?in (to|or|for)(?-u:\b).{0,40}(?-u:\b)(continue|read|account|subscribe)(?-u:\b)",
        r"|(?-u:\b)(continue|keep) reading(?-u:\b).{0,60}(?-u:\b)(subscri|account|trial|register)|(?-u:\b)create (a free|an) account(?-u:\b)|(?-u:\b)this (article|content|story) is (exclusive|reserved|only available|locked)(?-u:\b)",
        r"|(?-u:\b)(accept|manage|we use) (all )?cookies(?-u:\b)|(?-u:\b)verify (that )?you are (a )?human(?-u:\b)|(?-u:\b)are you a robot(?-u:\b)|(?-u:\b)enable javascript(?-u:\b)|(?-u:\b)checking your browser(?-u:\b)|(?-u:\b)unusual (traffic|activity)(?-u:\b)",
        r"|(?-u:\b)(nur|exklusiv) für abonnent|(?-u:\b)jetzt (abonnieren|weiterlesen)(?-u:\b)|(?-u:\b)réservé aux abonnés(?-u:\b)|(?-u:\b)solo para suscriptores(?-u:\b)|(?-u:\b)exclusivo para suscriptores(?-u:\b)|(?-u:\b)riservat[oa] agli abbonati(?-u:\b)|только для подписчиков|лише для передплатників",
    ))
    .ok()
});

/// A wall hides at least this share of the story.
const WALL_LEAVES_AT_MOST_PERCENT: usize = 85;
/// A withdrawal is a short text.
const LONGEST_WITHDRAWAL_BYTES: usize = 900;

/// What to tell where the new text is no story, or nothing where it is one.
pub(super) fn of(old: &Story, new: &Story) -> Option<Comparison> {
    let length = |story: &Story| {
        story
            .paragraphs
            .iter()
            .map(|paragraph| paragraph.text.len())
            .sum::<usize>()
    };
    let (before, after) = (length(old), length(new));
    if let Some(change) = withdrawal(new, after).filter(|_| withdrawal(old, before).is_none()) {
        return Some(Comparison {
            changes: vec![change],
            ..Comparison::default()
        });
    }
    if before == 0 {
        return None;
    }
    let empty = new
        .paragraphs
        .iter()
        .all(|paragraph| paragraph.text.trim().is_empty());
    let blocked =
        empty || (after < before && has_wall(new) && !has_wall(old) && is_stub(new, before));
    blocked.then(|| Comparison {
        blocked: true,
        ..Comparison::default()
    })
}

/// Whether little of the story is left beside the wall.
fn is_stub(story: &Story, before: usize) -> bool {
    let shown = story
        .paragraphs
        .iter()
        .filter(|paragraph| !is_wall(&paragraph.text));
    shown.map(|paragraph| paragraph.text.len()).sum::<usize>() * 100
        <= before * WALL_LEAVES_AT_MOST_PERCENT
}

/// A wall stands at the end of what is shown.
fn has_wall(story: &Story) -> bool {
    story
        .paragraphs
        .iter()
        .rev()
        .take(3)
        .any(|paragraph| is_wall(&paragraph.text))
}

/// A line of a wall is short; a story about subscriptions goes on.
fn is_wall(text: &str) -> bool {
    const LONGEST_BYTES: usize = 240;
    text.len() <= LONGEST_BYTES && WALL.as_ref().is_some_and(|wall| wall.is_match(text))
}

fn withdrawal(story: &Story, length: usize) -> Option<Change> {
    if length > LONGEST_WITHDRAWAL_BYTES {
        return None;
    }
    let (place, text) = (0u32..)
        .zip(&story.paragraphs)
        .map(|(index, paragraph)| (Place::Paragraph(index), paragraph.text.as_str()))
        .find(|(_, text)| {
            WITHDRAWN
                .as_ref()
                .is_some_and(|pattern| pattern.is_match(super::furniture::bare(text)))
        })?;
    Some(Change {
        new: Some(Evidence {
            text: text.to_owned(),
            sentence: text.to_owned(),
            said_by: None,
            amount: None,
            tally: None,
            unit: None,
            noun: None,
            span: span(place, 0, text.len()),
        }),
        places: vec![place],
        ..Change::of(ChangeKind::StoryRemoved, None)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::versions;

    const STORY: [&str; 3] = [
        "The council voted on Monday to close the old bridge to lorries, citing cracks in two of its pillars.",
        "Repairs are to begin in May and will take about eight months, the city engineer said.",
        "Shopkeepers on the east bank said they feared for their trade.",
    ];

    #[test]
    fn a_wall_tells_nothing() {
        let old = Story::from_text("Bridge to close", &STORY);
        let new = Story::from_text(
            "Bridge to close",
            &[STORY[0], "This article is for subscribers only."],
        );

        let comparison = versions(&old, &new);

        assert!(comparison.blocked && comparison.changes.is_empty());
    }

    #[test]
    fn a_withdrawal_is_a_story_removed_and_nothing_else() {
        let old = Story::from_text("Bridge to close", &STORY);
        let new = Story::from_text(
            "Withdrawn: bridge",
            &["A story about a bridge has been withdrawn. The council held no vote."],
        );

        let comparison = versions(&old, &new);

        assert_eq!(comparison.changes.len(), 1);
        assert_eq!(comparison.changes[0].kind, ChangeKind::StoryRemoved);
    }

    #[test]
    fn a_story_about_subscribers_is_a_story() {
        let old = Story::from_text("Paper raises prices", &STORY);
        let mut longer = STORY.to_vec();
        longer.push("The paper said the archive would be for subscribers only from June.");

        assert!(!versions(&old, &Story::from_text("Paper raises prices", &longer)).blocked);
    }
}
