//! The same claim in other stories: beside a change, and where stories differ on it.

use super::lead::spoken;
use super::{numbers, times};
use crate::alert::{Alert, Disagreement, DisagreementValue, Elsewhere, Side, ToldChange};

/// What stands above the values of other watches.
pub(super) const HEADING: &str = "Elsewhere (same claim, your other watches)";

/// One row: who says it, what, since when, and how it stands to the value told.
pub(super) struct Row {
    pub(super) outlet: String,
    pub(super) text: String,
    pub(super) at: String,
    pub(super) relation: String,
}

/// The rows beside a change.
pub(super) fn rows(alert: &Alert, change: &ToldChange) -> Vec<Row> {
    let row = |other: &Elsewhere| Row {
        outlet: other.outlet.clone(),
        text: spoken(&Side {
            text: other.text.clone(),
            qualifier: other.qualifier.clone(),
            ..Side::default()
        }),
        at: times::beside(other.at, alert.at),
        relation: relation(other),
    };
    change.elsewhere.iter().map(row).collect()
}

/// `agrees`, `8% lower`.
fn relation(other: &Elsewhere) -> String {
    if other.agrees {
        return "agrees".to_owned();
    }
    match other.percent.and_then(numbers::decimal) {
        Some(percent) if percent.is_sign_negative() => {
            format!("{}% lower", numbers::rounded(percent.abs()))
        }
        Some(percent) => format!("{}% higher", numbers::rounded(percent)),
        None => "differs".to_owned(),
    }
}

/// The rows of a disagreement.
pub(super) fn of_disagreement(alert: &Alert, disagreement: &Disagreement) -> Vec<Row> {
    let lowest = disagreement.values.last().map(|value| &value.value);
    let row = |value: &DisagreementValue| Row {
        outlet: value.outlet.clone(),
        text: spoken(&value.value),
        at: times::beside(value.at, alert.at),
        relation: lowest.map_or_else(String::new, |lowest| above(&value.value, lowest)),
    };
    disagreement.values.iter().map(row).collect()
}

/// The values of a disagreement in a line each, for a chat.
pub(super) fn lines(alert: &Alert, disagreement: &Disagreement) -> Vec<String> {
    let rows = of_disagreement(alert, disagreement);
    let line = |row: &Row| format!("{}: {} (since {} UTC)", row.outlet, row.text, row.at);
    rows.iter()
        .map(|row| super::words::cut(&line(row), 120))
        .collect()
}

/// How far a value lies above the lowest.
fn above(value: &Side, lowest: &Side) -> String {
    let middle = |side: &Side| Some(f64::midpoint(side.low?, side.high?));
    match (middle(value), middle(lowest)) {
        (Some(value), Some(lowest)) if lowest != 0.0 && value > lowest => {
            let percent = numbers::decimal((value / lowest - 1.0) * 100.0);
            percent.map_or_else(String::new, numbers::percent)
        }
        _ => String::new(),
    }
}

/// `Outlets differ on refugees: 2.5M (Reuters) – 2.1–2.2M (NDTV) for 2 h`
pub(super) fn subject(alert: &Alert, disagreement: &Disagreement) -> String {
    let shown = |value: &DisagreementValue| {
        let low = value.value.low.and_then(numbers::decimal);
        let high = value.value.high.and_then(numbers::decimal);
        let text = match (low, high) {
            (Some(low), Some(high)) => numbers::compact(low, high, disagreement.unit.as_deref()),
            _ => value.value.text.clone(),
        };
        format!("{text} ({})", super::words::cut(&value.outlet, 16))
    };
    told(alert, disagreement, " – ", &shown)
}

/// The same in a sentence, with the stories' own words.
pub(super) fn summary(alert: &Alert, disagreement: &Disagreement) -> String {
    let shown = |value: &DisagreementValue| {
        let outlet = super::words::cut(&value.outlet, 60);
        format!(
            "{} ({outlet})",
            super::words::cut(&spoken(&value.value), 60)
        )
    };
    told(alert, disagreement, ", ", &shown)
}

fn told(
    alert: &Alert,
    disagreement: &Disagreement,
    between: &str,
    shown: &dyn Fn(&DisagreementValue) -> String,
) -> String {
    let values = &disagreement.values;
    let ends = [values.first(), values.last()];
    let ends: Vec<String> = ends.into_iter().flatten().map(shown).collect();
    format!(
        "Outlets differ on {}: {} for {}",
        disagreement.claim.replace(['-', '_'], " "),
        ends.join(between),
        times::between(disagreement.since, alert.at)
    )
}
