//! The shape in which changes are stored.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::claims::{Amount, Decimal, Qualifier, Source};
use crate::compare::{Aspect, Change, ChangeKind, Delta, Evidence, Percent, Severity};
use crate::story::{Place, Span};

use super::super::error::Fault;
use super::{named, unreadable};

/// A stored change.
#[derive(Serialize, Deserialize)]
struct ChangeRow {
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    aspect: Option<String>,
    severity: String,
    old: Option<EvidenceRow>,
    new: Option<EvidenceRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    delta: Option<DeltaRow>,
    places: Vec<PlaceRow>,
}

#[derive(Serialize, Deserialize)]
struct EvidenceRow {
    text: String,
    sentence: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    said_by: Option<SourceRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amount: Option<AmountRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tally: Option<(Exact, Exact)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    noun: Option<String>,
    place: PlaceRow,
    start: u32,
    end: u32,
}

#[derive(Serialize, Deserialize)]
struct SourceRow {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    via: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct AmountRow {
    low: Exact,
    high: Exact,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    qualifier: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct DeltaRow {
    absolute: [Exact; 3],
    #[serde(default, skip_serializing_if = "Option::is_none")]
    percent: Option<[Exact; 3]>,
}

/// `headline`, `standfirst`, or the index of a paragraph.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum PlaceRow {
    Paragraph(u32),
    Named(String),
}

/// A decimal number with every digit: JSON numbers would be rounded.
#[derive(Serialize, Deserialize)]
struct Exact(String);

/// The change as it is stored.
pub(in crate::store) fn of_change(change: &Change) -> Result<String, Fault> {
    let row = ChangeRow {
        kind: change.kind.as_str().to_owned(),
        aspect: change.aspect.map(|aspect| aspect.as_str().to_owned()),
        severity: change.severity.as_str().to_owned(),
        old: change.old.as_ref().map(of_evidence),
        new: change.new.as_ref().map(of_evidence),
        delta: change.delta.as_ref().map(of_delta),
        places: change.places.iter().copied().map(of_place).collect(),
    };
    serde_json::to_string(&row).map_err(|error| unreadable("change", &error))
}

/// The change that was stored.
pub(in crate::store) fn to_change(json: &str) -> Result<Change, Fault> {
    let row: ChangeRow =
        serde_json::from_str(json).map_err(|error| unreadable("change", &error))?;
    let aspect = row.aspect.as_deref();
    Ok(Change {
        kind: named(&ChangeKind::ALL, &row.kind, ChangeKind::as_str)?,
        aspect: aspect
            .map(|name| named(&ASPECTS, name, Aspect::as_str))
            .transpose()?,
        severity: named(&SEVERITIES, &row.severity, Severity::as_str)?,
        old: row.old.map(to_evidence).transpose()?,
        new: row.new.map(to_evidence).transpose()?,
        delta: row.delta.map(to_delta).transpose()?,
        places: row
            .places
            .into_iter()
            .map(to_place)
            .collect::<Result<_, _>>()?,
    })
}

fn of_evidence(evidence: &Evidence) -> EvidenceRow {
    EvidenceRow {
        text: evidence.text.clone(),
        sentence: evidence.sentence.clone(),
        said_by: evidence.said_by.as_ref().map(|source| SourceRow {
            name: source.name.clone(),
            via: source.via.clone(),
        }),
        amount: evidence.amount.as_ref().map(|amount| AmountRow {
            low: of_decimal(amount.low),
            high: of_decimal(amount.high),
            qualifier: amount.qualifier.map(|q| q.as_str().to_owned()),
        }),
        tally: evidence
            .tally
            .map(|(ours, theirs)| (of_decimal(ours), of_decimal(theirs))),
        unit: evidence.unit.clone(),
        noun: evidence.noun.clone(),
        place: of_place(evidence.span.place),
        start: evidence.span.start,
        end: evidence.span.end,
    }
}

fn to_evidence(row: EvidenceRow) -> Result<Evidence, Fault> {
    Ok(Evidence {
        amount: row.amount.as_ref().map(to_amount).transpose()?,
        tally: match row.tally {
            Some((ours, theirs)) => Some((to_decimal(&ours)?, to_decimal(&theirs)?)),
            None => None,
        },
        span: Span {
            place: to_place(row.place)?,
            start: row.start,
            end: row.end,
        },
        text: row.text,
        sentence: row.sentence,
        said_by: row.said_by.map(|source| Source {
            name: source.name,
            via: source.via,
        }),
        unit: row.unit,
        noun: row.noun,
    })
}

fn to_amount(row: &AmountRow) -> Result<Amount, Fault> {
    let qualifier = row.qualifier.as_deref();
    Ok(Amount {
        low: to_decimal(&row.low)?,
        high: to_decimal(&row.high)?,
        qualifier: qualifier
            .map(|name| named(&QUALIFIERS, name, Qualifier::as_str))
            .transpose()?,
    })
}

fn of_delta(delta: &Delta) -> DeltaRow {
    let exact = |numbers: [Decimal; 3]| numbers.map(of_decimal);
    DeltaRow {
        absolute: exact([delta.absolute_low, delta.absolute, delta.absolute_high]),
        percent: delta
            .percent
            .map(|percent| exact([percent.low, percent.middle, percent.high])),
    }
}

fn to_delta(row: DeltaRow) -> Result<Delta, Fault> {
    let [absolute_low, absolute, absolute_high] = row.absolute;
    let percent = match row.percent {
        Some([low, middle, high]) => Some(Percent {
            low: to_decimal(&low)?,
            high: to_decimal(&high)?,
            middle: to_decimal(&middle)?,
        }),
        None => None,
    };
    Ok(Delta {
        absolute_low: to_decimal(&absolute_low)?,
        absolute_high: to_decimal(&absolute_high)?,
        absolute: to_decimal(&absolute)?,
        percent,
    })
}

fn of_decimal(number: Decimal) -> Exact {
    Exact(number.to_string())
}

fn to_decimal(exact: &Exact) -> Result<Decimal, Fault> {
    Decimal::from_str(&exact.0).map_err(|error| unreadable("number", &error))
}

fn of_place(place: Place) -> PlaceRow {
    match place {
        Place::Headline => PlaceRow::Named("headline".to_owned()),
        Place::Standfirst => PlaceRow::Named("standfirst".to_owned()),
        Place::Paragraph(index) => PlaceRow::Paragraph(index),
    }
}

fn to_place(row: PlaceRow) -> Result<Place, Fault> {
    match row {
        PlaceRow::Paragraph(index) => Ok(Place::Paragraph(index)),
        PlaceRow::Named(name) => match name.as_str() {
            "headline" => Ok(Place::Headline),
            "standfirst" => Ok(Place::Standfirst),
            _ => Err(unreadable("place", &name)),
        },
    }
}

const ASPECTS: [Aspect; 14] = [
    Aspect::Unit,
    Aspect::Negation,
    Aspect::Modality,
    Aspect::Entity,
    Aspect::When,
    Aspect::Where,
    Aspect::Other,
    Aspect::Added,
    Aspect::Removed,
    Aspect::Replaced,
    Aspect::Reworded,
    Aspect::Trimmed,
    Aspect::Paraphrased,
    Aspect::Meaning,
];

const SEVERITIES: [Severity; 4] = [
    Severity::Low,
    Severity::Medium,
    Severity::High,
    Severity::Critical,
];

const QUALIFIERS: [Qualifier; 6] = [
    Qualifier::About,
    Qualifier::Nearly,
    Qualifier::MoreThan,
    Qualifier::AtLeast,
    Qualifier::LessThan,
    Qualifier::UpTo,
];

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn evidence(place: Place, amount: Option<Amount>) -> Evidence {
        Evidence {
            text: "2,1 Mio.".to_owned(),
            sentence: "Rund 2,1 Mio. flohen.".to_owned(),
            said_by: Some(Source {
                name: "UNHCR".to_owned(),
                via: Some("dpa".to_owned()),
            }),
            amount,
            tally: Some((Decimal::ONE, Decimal::TWO)),
            unit: Some("people".to_owned()),
            noun: None,
            span: Span {
                place,
                start: 5,
                end: 13,
            },
        }
    }

    fn change(kind: ChangeKind, aspect: Option<Aspect>) -> Change {
        Change {
            kind,
            aspect,
            severity: kind.severity(aspect),
            old: None,
            new: None,
            delta: None,
            places: Vec::new(),
        }
    }

    fn reread(change: &Change) -> Change {
        to_change(&of_change(change).unwrap()).unwrap()
    }

    #[test]
    fn a_change_is_read_as_it_was_written_to_the_last_digit() {
        let exact = Decimal::from_str("2100000.00000000000000001").unwrap();
        let amounts = QUALIFIERS
            .map(Some)
            .into_iter()
            .chain([None])
            .map(|qualifier| Amount {
                low: exact,
                high: exact + Decimal::ONE,
                qualifier,
            });
        for amount in amounts {
            let mut change = change(ChangeKind::FigureChanged, None);
            change.old = Some(evidence(Place::Standfirst, Some(amount)));
            change.new = Some(evidence(Place::Paragraph(7), None));
            change.places = vec![Place::Headline, Place::Standfirst, Place::Paragraph(0)];
            change.delta = Some(Delta {
                absolute_low: exact,
                absolute_high: Decimal::MAX,
                absolute: -exact,
                percent: Some(Percent {
                    low: Decimal::NEGATIVE_ONE,
                    high: exact,
                    middle: Decimal::ZERO,
                }),
            });

            assert_eq!(reread(&change), change);
        }
    }

    #[test]
    fn every_kind_aspect_and_severity_is_read_as_it_was_written() {
        for kind in ChangeKind::ALL {
            for aspect in ASPECTS.map(Some).into_iter().chain([None]) {
                let change = change(kind, aspect);
                assert_eq!(reread(&change), change);
            }
        }
        for severity in SEVERITIES {
            let mut change = change(ChangeKind::QuoteAdded, None);
            change.severity = severity;
            assert_eq!(reread(&change), change);
        }
    }

    #[test]
    fn a_word_that_nobody_wrote_is_damage() {
        let json = of_change(&change(ChangeKind::QuoteAdded, None)).unwrap();

        let other = to_change(&json.replace("quote_added", "quote_lost"));

        assert!(matches!(other, Err(Fault::Unreadable(_))));
    }
}
