//! One change as an alert tells it.

use jiff::Timestamp;

use super::{Context, sentence, title};
use crate::alert::render::{numbers, words};
use crate::alert::rules::{Reason, Told, agree, distance};
use crate::alert::{
    Attribution, Elsewhere, MAX_CHANGES, MAX_HISTORY_POINTS, Point, Sentences, Side, ToldChange,
    ToldDelta,
};
use crate::claims::{Amount, Decimal, Source};
use crate::compare::{Change, ChangeKind, Delta, Evidence};
use crate::story::Place;

/// The most other watches that are held against a change.
const MAX_ELSEWHERE: usize = 10;

/// One change as it is told.
pub(super) fn told_change(context: &Context, told: &Told) -> ToldChange {
    let change = &told.change;
    let (old, new) = (change.old.as_ref(), change.new.as_ref());
    let shown = new.or(old);
    let field = |pick: fn(&Evidence) -> &Option<String>| {
        [new, old]
            .into_iter()
            .flatten()
            .find_map(|side| pick(side).clone())
            .map(|text| title(&text))
    };
    let unit = field(|side| &side.unit);
    let old_unit = old.and_then(|side| side.unit.as_deref()).map(title);
    ToldChange {
        kind: change.kind.as_str().to_owned(),
        aspect: change.aspect.map(|aspect| aspect.as_str().to_owned()),
        severity: told.severity.as_str().to_owned(),
        claim: told.claim.clone(),
        noun: field(|side| &side.noun),
        old_unit: old_unit.filter(|old| unit.as_ref() != Some(old)),
        paragraph: shown.and_then(|side| paragraph(side.span.place)),
        alternates: told.reason == Reason::Alternates,
        places: places(change),
        attribution: attribution(change),
        old: old.map(side),
        new: new.map(side),
        delta: change
            .delta
            .as_ref()
            .map(|delta| told_delta(delta, unit.as_deref())),
        unit,
        rules: told.rules.clone(),
        sentence: Sentences {
            old: old.map(|side| sentence(around(side))),
            new: new.map(|side| sentence(around(side))),
        },
        diff: diff(old, new),
        history: history(context, told),
        elsewhere: elsewhere(context, told),
    }
}

/// The sentence of a side, or its words where it has none.
fn around(side: &Evidence) -> &str {
    if side.sentence.is_empty() {
        &side.text
    } else {
        &side.sentence
    }
}

fn diff(old: Option<&Evidence>, new: Option<&Evidence>) -> Vec<words::Piece> {
    let text = |side: &Evidence| words::clean(around(side));
    match (old, new) {
        (Some(old), Some(new)) => words::diff(&text(old), &text(new)),
        (Some(old), None) => vec![("-".to_owned(), sentence(around(old)))],
        (None, Some(new)) => vec![("+".to_owned(), sentence(around(new)))],
        (None, None) => Vec::new(),
    }
}

/// The number of a paragraph as people count.
fn paragraph(place: Place) -> Option<u32> {
    match place {
        Place::Paragraph(index) => Some(index.saturating_add(1)),
        Place::Headline | Place::Standfirst => None,
    }
}

fn place_name(place: Place) -> String {
    match place {
        Place::Headline => "headline".to_owned(),
        Place::Standfirst => "standfirst".to_owned(),
        Place::Paragraph(index) => format!("paragraph {}", index.saturating_add(1)),
    }
}

/// Every place a change shows, beginning with that of its sentence.
fn places(change: &Change) -> Vec<String> {
    let shown = change.new.as_ref().or(change.old.as_ref());
    let mut places: Vec<String> = shown
        .map(|side| place_name(side.span.place))
        .into_iter()
        .collect();
    for place in &change.places {
        let name = place_name(*place);
        if !places.contains(&name) && places.len() < MAX_CHANGES {
            places.push(name);
        }
    }
    places
}

/// The name of a speaker, with the outlet it spoke to.
fn speaker(source: &Source) -> String {
    match &source.via {
        Some(via) => title(&format!("{}, via {via}", source.name)),
        None => title(&source.name),
    }
}

fn attribution(change: &Change) -> Option<Attribution> {
    let name = |side: &Option<Evidence>| side.as_ref()?.said_by.as_ref().map(speaker);
    let (before, now) = (name(&change.old), name(&change.new));
    let both = change.old.is_some() && change.new.is_some();
    Some(Attribution {
        source: now.clone().or_else(|| before.clone())?,
        changed: both && before != now,
        before,
        now,
    })
}

/// A decimal as the JSON number with the same digits.
pub(super) fn number(decimal: Decimal) -> f64 {
    // Through text: it gives the nearest number, which arithmetic on mantissa and scale does not always.
    decimal.normalize().to_string().parse().unwrap_or(0.0)
}

fn side(side: &Evidence) -> Side {
    Side {
        text: sentence(&side.text),
        low: side.amount.map(|amount| number(amount.low)),
        high: side.amount.map(|amount| number(amount.high)),
        qualifier: side.amount.as_ref().and_then(qualifier),
    }
}

fn qualifier(amount: &Amount) -> Option<String> {
    let qualifier = amount.qualifier?;
    Some(qualifier.as_str().to_owned())
}

pub(super) fn told_delta(delta: &Delta, unit: Option<&str>) -> ToldDelta {
    let percent = |pick: fn(&crate::compare::Percent) -> Decimal| {
        delta
            .percent
            .as_ref()
            .map(|percent| number(pick(percent).round_dp(2)))
    };
    let basis = if numbers::is_share(unit) {
        "points"
    } else {
        "midpoint"
    };
    ToldDelta {
        absolute: number(delta.absolute),
        absolute_low: number(delta.absolute_low),
        absolute_high: number(delta.absolute_high),
        percent: percent(|percent| percent.middle),
        percent_low: percent(|percent| percent.low),
        percent_high: percent(|percent| percent.high),
        basis: basis.to_owned(),
    }
}

/// How a figure moved up to and including this change, the newest points where there are too many.
fn history(context: &Context, told: &Told) -> Vec<Point> {
    let point = |side: &Option<Evidence>, at: Timestamp| {
        let side = side.as_ref()?;
        let amount = side.amount?;
        Some(Point {
            at,
            low: number(amount.low),
            high: number(amount.high),
            text: title(&side.text),
        })
    };
    let change = &told.change;
    if change.kind != ChangeKind::FigureChanged {
        return Vec::new();
    }
    let mut points = (context.history)(told);
    for point in &mut points {
        point.text = title(&point.text);
    }
    points.retain(|point| point.at < context.at);
    if points.is_empty() {
        let seen = context.old.map_or(context.at, |version| version.first_seen);
        points.extend(point(&change.old, seen));
    }
    points.extend(point(&change.new, context.at));
    let surplus = points.len().saturating_sub(MAX_HISTORY_POINTS);
    points.drain(..surplus);
    points
}

/// What other watches say of the claim that moved, where it is counted in the same unit.
fn elsewhere(context: &Context, told: &Told) -> Vec<Elsewhere> {
    let new = told.change.new.as_ref();
    let (Some(_), Some((side, amount))) =
        (&told.claim, new.and_then(|side| Some((side, side.amount?))))
    else {
        return Vec::new();
    };
    let neighbours = (context.elsewhere)(told).into_iter();
    neighbours
        .filter(|other| other.value.unit == side.unit)
        .take(MAX_ELSEWHERE)
        .map(|other| Elsewhere {
            outlet: other
                .outlet
                .as_deref()
                .map(title)
                .filter(|outlet| !outlet.is_empty())
                .unwrap_or_else(|| other.watch.to_string()),
            text: title(&other.value.text),
            low: number(other.value.amount.low),
            high: number(other.value.amount.high),
            at: other.at,
            qualifier: qualifier(&other.value.amount),
            agrees: agree(&amount, &other.value.amount),
            percent: distance(&amount, &other.value.amount).map(|far| number(far.round_dp(2))),
            watch: Some(other.watch),
        })
        .collect()
}
