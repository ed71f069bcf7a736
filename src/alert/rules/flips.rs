//! Facts that go back and forth between two values: a server that answers with two versions in turn, an edit war.
//!
//! The third turn within a day is told as what it is, and then there is quiet until another value comes or a day has
//! passed without a turn.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::compare::{Change, ChangeKind, Evidence};

/// A fact has settled when it has kept its value for this long.
const QUIET: SignedDuration = SignedDuration::from_hours(24);

/// The most facts remembered for one story.
const MAX_ENTRIES: usize = 256;

/// The facts of a story that have lately gone from one value to another. The keys are made and read here alone.
pub type Flips = BTreeMap<String, Flip>;

/// The turns of one fact between two values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flip {
    /// The value it has now, as a key.
    pub now: String,
    /// When it turned last.
    pub last: Timestamp,
    /// When it turned before that.
    pub before: Option<Timestamp>,
    /// Whether its readers were told that it alternates.
    pub told: bool,
}

/// What a change is among the turns of its fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Nothing special.
    Usual,
    /// The third within a day.
    Alternates,
    /// One more of a fact that is known to alternate.
    Known,
}

/// The two values of a change, and the fact they are values of.
struct Values {
    fact: String,
    old: String,
    new: String,
}

impl Values {
    fn of(change: &Change) -> Option<Self> {
        let side = change.new.as_ref().or(change.old.as_ref())?;
        let label = |text: &Option<String>| text.as_deref().map_or(0, |text| hash(&[text]));
        Some(Self {
            // Of a figure that changes its noun or unit, the new ones; it is another fact then anyway.
            fact: format!(
                "{}|{:x}|{:x}",
                fact(change.kind),
                label(&side.noun),
                label(&side.unit)
            ),
            old: value(change.old.as_ref()),
            new: value(change.new.as_ref()),
        })
    }

    /// The same for both directions.
    fn key(&self) -> String {
        let (low, high) = if self.old <= self.new {
            (&self.old, &self.new)
        } else {
            (&self.new, &self.old)
        };
        format!("{}|{low}|{high}", self.fact)
    }
}

/// What sort of fact a change is about: what comes and goes again is one fact.
fn fact(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::FigureChanged | ChangeKind::FigureAdded | ChangeKind::FigureRemoved => "figure",
        ChangeKind::QualifierChanged => "qualifier",
        ChangeKind::StatementChanged
        | ChangeKind::StatementAdded
        | ChangeKind::StatementRemoved => "statement",
        ChangeKind::AttributionChanged => "attribution",
        ChangeKind::QuoteChanged | ChangeKind::QuoteAdded | ChangeKind::QuoteRemoved => "quote",
        ChangeKind::HeadlineChanged => "headline",
        ChangeKind::CorrectionNoticeAdded => "note",
        ChangeKind::StoryRemoved | ChangeKind::StoryMoved => "story",
        ChangeKind::BylineChanged => "byline",
    }
}

/// A value as a key of fixed length: the words and who says them. Nothing is a value too.
fn value(side: Option<&Evidence>) -> String {
    side.map_or_else(String::new, |side| {
        let by = side.said_by.as_ref().map_or("", |by| by.name.as_str());
        format!("{:x}", hash(&[&side.text, by]))
    })
}

/// FNV-1a over the texts, each with its end.
fn hash(texts: &[&str]) -> u64 {
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// What `change` is among the turns of its fact.
pub(super) fn turn(flips: &Flips, change: &Change, at: Timestamp) -> Turn {
    let Some(flip) = Values::of(change).and_then(|values| flips.get(&values.key())) else {
        return Turn::Usual;
    };
    let recent = |then: Timestamp| at.duration_since(then) < QUIET;
    if !recent(flip.last) {
        Turn::Usual
    } else if flip.told {
        Turn::Known
    } else if flip.before.is_some_and(recent) {
        Turn::Alternates
    } else {
        Turn::Usual
    }
}

/// Takes the changes of one check into the turns, all at once. `alternates` says whether a change was told as alternating.
pub(super) fn after<'c>(
    flips: &Flips,
    changes: impl Iterator<Item = (&'c Change, bool)>,
    at: Timestamp,
) -> Flips {
    let mut after = flips.clone();
    after.retain(|_, flip| at.duration_since(flip.last) < QUIET);
    let mut turned: Flips = Flips::new();
    for (change, alternates) in changes {
        let Some(values) = Values::of(change) else {
            continue;
        };
        let key = values.key();
        // From here to a third value: what it did between the first two no longer counts. (What comes anew comes from
        // nowhere, as others of its sort may have gone there.)
        let of_fact = format!("{}|", values.fact);
        let is_left = |flip: &Flip| !values.old.is_empty() && flip.now == values.old;
        after.retain(|other, flip| *other == key || !other.starts_with(&of_fact) || !is_left(flip));
        let known = after.get(&key);
        let flip = Flip {
            now: values.new,
            last: at,
            before: known.map(|known| known.last),
            told: alternates || known.is_some_and(|known| known.told),
        };
        turned.insert(key, flip);
    }
    after.extend(turned);
    while after.len() > MAX_ENTRIES {
        after.pop_first();
    }
    after
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::{Memory, Rules, judge};
    use super::*;
    use crate::compare::Severity;
    use crate::story::{Place, Span};

    fn side(text: &str) -> Option<Evidence> {
        (!text.is_empty()).then(|| Evidence {
            text: text.to_owned(),
            sentence: format!("The count stands at {text}."),
            said_by: None,
            amount: None,
            tally: None,
            unit: None,
            noun: Some("homes".to_owned()),
            span: Span {
                place: Place::Paragraph(0),
                start: 0,
                end: 0,
            },
        })
    }

    fn change(old: &str, new: &str) -> Change {
        let kind = match (old, new) {
            ("", _) => ChangeKind::FigureAdded,
            (_, "") => ChangeKind::FigureRemoved,
            _ => ChangeKind::FigureChanged,
        };
        Change {
            kind,
            aspect: None,
            severity: Severity::High,
            old: side(old),
            new: side(new),
            delta: None,
            places: Vec::new(),
        }
    }

    /// What becomes of a figure that takes these values at these hours.
    fn course(values: &[(i64, &str)]) -> Vec<&'static str> {
        let mut memory = Memory::default();
        let mut course = Vec::new();
        for pair in values.windows(2) {
            memory.at = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(pair[1].0);
            let judgement = judge(&[change(pair[0].1, pair[1].1)], &Rules::default(), &memory);
            course.push(match judgement.told.first() {
                Some(told) if told.reason == super::super::Reason::Alternates => "alternates",
                Some(_) => "told",
                None => "quiet",
            });
            memory.flips = judgement.flips;
        }
        course
    }

    #[test]
    fn the_third_turn_within_a_day_says_that_it_alternates_and_then_there_is_quiet() {
        let values: Vec<(i64, &str)> = (0..9)
            .map(|hour| (hour * 3, if hour % 2 == 0 { "12" } else { "14" }))
            .collect();

        let course = course(&values);

        assert_eq!(course[..3], ["told", "told", "alternates"]);
        assert!(
            course[3..].iter().all(|what| *what == "quiet"),
            "{course:?}"
        );
    }

    #[test]
    fn a_third_value_is_told_and_starts_anew() {
        let values = ["12", "14", "12", "14", "12", "20", "12", "14", "12"];
        let values: Vec<(i64, &str)> = (0..).zip(values).collect();

        assert_eq!(
            course(&values),
            [
                "told",
                "told",
                "alternates",
                "quiet",
                "told",
                "told",
                "told",
                "told"
            ]
        );
    }

    #[test]
    fn a_day_without_a_turn_ends_the_quiet() {
        let values = [
            (0, "12"),
            (1, "14"),
            (2, "12"),
            (3, "14"),
            (4, "12"),
            (28, "14"),
            (29, "12"),
        ];

        assert_eq!(
            course(&values),
            ["told", "told", "alternates", "quiet", "told", "told"]
        );
    }

    #[test]
    fn turns_that_are_days_apart_are_told_each() {
        let values = [(0, "12"), (20, "14"), (40, "12"), (60, "14"), (80, "12")];

        assert_eq!(course(&values), ["told"; 4]);
    }

    #[test]
    fn what_comes_and_goes_alternates_too() {
        let values = [(0, "12"), (1, ""), (2, "12"), (3, ""), (4, "12")];

        assert_eq!(course(&values), ["told", "told", "alternates", "quiet"]);
    }

    #[test]
    fn figures_that_happen_to_have_the_same_values_are_told_apart_by_what_they_count() {
        let other = |old: &str, new: &str| {
            let mut change = change(old, new);
            for side in [&mut change.old, &mut change.new].into_iter().flatten() {
                side.noun = Some("buses".to_owned());
            }
            change
        };
        let mut memory = Memory::default();
        for step in [change("12", "14"), change("14", "12")] {
            memory.flips = judge(&[step], &Rules::default(), &memory).flips;
        }

        let judgement = judge(&[other("12", "14")], &Rules::default(), &memory);

        assert_ne!(
            judgement.told.first().unwrap().reason,
            super::super::Reason::Alternates
        );
    }
}
