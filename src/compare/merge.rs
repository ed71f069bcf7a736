//! One fact once: the same change told in headline, lead, body and box is one change with several places.

use super::reading::key;
use super::{Aspect, Change, ChangeKind, Evidence};
use crate::claims::Decimal;
use crate::story::Place;

/// Puts together what is the same change, in reading order; places are gathered.
pub(super) fn one_fact_once(changes: Vec<Change>) -> Vec<Change> {
    let mut kept: Vec<Change> = Vec::new();
    for mut change in changes {
        if change.places.is_empty() {
            let side = change.new.as_ref().or(change.old.as_ref());
            change.places.extend(side.map(|side| side.span.place));
        }
        match kept.iter_mut().find(|known| is_same(known, &change)) {
            Some(known) => {
                // The body shows a fact better than the headline does.
                let in_body = |change: &Change| {
                    change
                        .new
                        .as_ref()
                        .or(change.old.as_ref())
                        .is_some_and(|side| side.span.place > Place::Standfirst)
                };
                known.places.append(&mut change.places);
                if !in_body(known) && in_body(&change) {
                    let places = std::mem::take(&mut known.places);
                    *known = Change { places, ..change };
                }
            }
            None => kept.push(change),
        }
    }
    // Somebody renamed throughout the story is renamed where he speaks, too.
    let renamed: Vec<Change> = kept
        .iter()
        .filter(|change| change.kind == ChangeKind::StatementChanged && is_name(change))
        .cloned()
        .collect();
    kept.retain(|change| {
        change.kind != ChangeKind::AttributionChanged
            || renamed.iter().all(|name| !is_renamed(change, name))
    });
    for change in &mut kept {
        change.places.sort_unstable();
        change.places.dedup();
    }
    kept
}

fn is_same(one: &Change, other: &Change) -> bool {
    if one.kind != other.kind {
        return false;
    }
    match one.kind {
        ChangeKind::FigureChanged
        | ChangeKind::FigureAdded
        | ChangeKind::FigureRemoved
        | ChangeKind::QualifierChanged => {
            same_amount(one.old.as_ref(), other.old.as_ref())
                && same_amount(one.new.as_ref(), other.new.as_ref())
                && same_thing(one, other)
        }
        ChangeKind::StatementChanged => {
            same_words(one, other) || (is_name(one) && is_name(other) && same_names(one, other))
        }
        ChangeKind::AttributionChanged => {
            let speakers = |change: &Change| {
                let name = |side: &Option<Evidence>| {
                    side.as_ref()
                        .and_then(|side| side.said_by.clone())
                        .map(|source| source.name)
                };
                (name(&change.old), name(&change.new))
            };
            same_words(one, other)
                || (one.aspect == Some(Aspect::Replaced)
                    && one.aspect == other.aspect
                    && speakers(one) == speakers(other))
        }
        ChangeKind::QuoteChanged
        | ChangeKind::QuoteRemoved
        | ChangeKind::StatementRemoved
        | ChangeKind::StatementAdded
        | ChangeKind::QuoteAdded
        | ChangeKind::HeadlineChanged
        | ChangeKind::CorrectionNoticeAdded
        | ChangeKind::StoryRemoved
        | ChangeKind::StoryMoved
        | ChangeKind::BylineChanged => same_words(one, other),
    }
}

fn same_words(one: &Change, other: &Change) -> bool {
    let words = |side: &Option<Evidence>| side.as_ref().map(|side| key(&side.text));
    words(&one.old) == words(&other.old) && words(&one.new) == words(&other.new)
}

/// Whether a change of source is only the change of a name.
fn is_renamed(change: &Change, name: &Change) -> bool {
    let within = |speaker: &Option<Evidence>, name: &Option<Evidence>| {
        let speaker = speaker
            .as_ref()
            .and_then(|side| side.said_by.as_ref())
            .map(|source| key(&source.name));
        let name = name.as_ref().map(|side| key(&side.text));
        matches!((speaker, name), (Some(speaker), Some(name)) if speaker.split(' ').any(|word| name.split(' ').any(|other| other == word)))
    };
    within(&change.old, &name.old) && within(&change.new, &name.new)
}

fn is_name(change: &Change) -> bool {
    matches!(change.aspect, Some(Aspect::Entity | Aspect::Where))
}

/// "Karel Munn" for "Ivo Brandt" in the lead and "Munn" for "Brandt" below are one change of name.
fn same_names(one: &Change, other: &Change) -> bool {
    let within = |a: &Option<Evidence>, b: &Option<Evidence>| {
        let words = |side: &Option<Evidence>| {
            side.as_ref()
                .map(|side| key(&side.text))
                .unwrap_or_default()
        };
        let (a, b) = (words(a), words(b));
        let holds = |long: &str, short: &str| {
            short
                .split(' ')
                .all(|word| long.split(' ').any(|other| other == word))
        };
        !a.is_empty() && !b.is_empty() && (holds(&a, &b) || holds(&b, &a))
    };
    within(&one.old, &other.old) && within(&one.new, &other.new)
}

fn same_amount(one: Option<&Evidence>, other: Option<&Evidence>) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some(a), Some(b)) => {
            let value = |side: &Evidence| side.amount.map(|amount| (amount.low, amount.high));
            value(a) == value(b) && a.tally == b.tally && (a.unit == b.unit || a.amount.is_none())
        }
        _ => false,
    }
}

/// Two rises from two to three may be two facts; two from 1,020 to 1,186 are one.
fn same_thing(one: &Change, other: &Change) -> bool {
    let telling = |change: &Change| {
        [&change.old, &change.new]
            .into_iter()
            .flatten()
            .filter_map(|side| side.amount)
            .any(|amount| {
                amount.low > Decimal::from(20)
                    || amount.low != amount.high
                    || !amount.low.fract().is_zero()
            })
    };
    // A headline has no room to say what it counts.
    let in_headline = |change: &Change| change.places == [Place::Headline];
    if in_headline(one) || in_headline(other) {
        return true;
    }
    if telling(one) && one.old.is_some() && one.new.is_some() {
        return true;
    }
    let unit = |change: &Change| {
        change
            .new
            .as_ref()
            .or(change.old.as_ref())
            .and_then(|side| side.unit.clone())
    };
    if unit(one).is_some() {
        return unit(one) == unit(other);
    }
    let about = |change: &Change| {
        let side = change.new.as_ref().or(change.old.as_ref());
        side.map(|side| (side.noun.as_deref().map(key), key(&side.sentence)))
    };
    let (Some((a, a_words)), Some((b, b_words))) = (about(one), about(other)) else {
        return false;
    };
    match (a, b) {
        (Some(a), Some(b)) => a == b || is_people(&a) && is_people(&b),
        _ => shared_words(&a_words, &b_words) >= 2,
    }
}

fn is_people(noun: &str) -> bool {
    matches!(
        noun,
        "people"
            | "persons"
            | "dead"
            | "killed"
            | "deaths"
            | "victims"
            | "injured"
            | "missing"
            | "wounded"
            | "others"
    )
}

fn shared_words(one: &str, other: &str) -> usize {
    let words: Vec<&str> = other
        .split(' ')
        .filter(|word| word.chars().count() > 3)
        .collect();
    one.split(' ')
        .filter(|word| word.chars().count() > 3 && words.contains(word))
        .count()
}
