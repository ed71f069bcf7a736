//! The alert that stories give one claim different values.

use jiff::Timestamp;

use super::told::number;
use super::trouble::{self, About};
use super::{sentence, title};
use crate::alert::render::{subject, words};
use crate::alert::rules::{self, Standing};
use crate::alert::{Alert, Disagreement, DisagreementValue, Side, StoryId, StoryRef, WatchName};
use crate::claims::{Amount, Decimal};
use crate::compare::Severity;

/// The most values that are listed.
const MAX_VALUES: usize = 20;

/// What one story says of a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// The watch.
    pub watch: WatchName,
    /// Its tags.
    pub tags: Vec<String>,
    /// The story.
    pub story: StoryId,
    /// Its address.
    pub url: String,
    /// Its headline.
    pub headline: String,
    /// The publication.
    pub outlet: Option<String>,
    /// What it says.
    pub value: Standing,
    /// Since when.
    pub at: Timestamp,
}

/// Stories that give one claim different values.
#[derive(Debug, Clone, Copy)]
pub struct Parties<'a> {
    /// The claim.
    pub claim: &'a str,
    /// How severe it is that they differ.
    pub severity: Severity,
    /// The rule, in words: `disagree by 10% for 2 h`.
    pub rule: &'a str,
    /// Since when they differ.
    pub since: Timestamp,
    /// When it is told.
    pub at: Timestamp,
    /// All of them, those that agree with one side included.
    pub values: &'a [Party],
}

/// The alert that stories differ on a claim; `None` where no two of them are given.
///
/// ```
/// use claimwatch::alert::{Parties, claim_disagreement};
/// use claimwatch::compare::Severity;
/// use jiff::Timestamp;
///
/// let at = Timestamp::UNIX_EPOCH;
/// let severity = Severity::High;
/// let nobody = Parties { claim: "refugees", severity, rule: "", since: at, at, values: &[] };
///
/// assert!(claim_disagreement(&nobody).is_none());
/// ```
#[must_use]
pub fn claim_disagreement(parties: &Parties) -> Option<Alert> {
    let mut values: Vec<&Party> = parties.values.iter().collect();
    values.sort_by_key(|party| std::cmp::Reverse(middle(&party.value.amount)));
    let (highest, lowest) = (values.first()?, values.last()?);
    if values.len() < 2 {
        return None;
    }
    let percent = rules::distance(&lowest.value.amount, &highest.value.amount);
    // The one that spoke last is the one an editor wants to look at.
    let last = values.iter().max_by_key(|party| party.at)?;
    let about = About {
        watch: &last.watch,
        tags: &last.tags,
        story: Some(story(last)),
        at: parties.at,
    };
    let reason = format!("claim {}: {}", parties.claim, parties.rule);
    let facts = format!("{} {} {}", parties.claim, parties.since, last.story);
    let mut alert = trouble::plain(
        &about,
        "claim_disagreement",
        parties.severity,
        &facts,
        &reason,
    );
    alert.disagreement = Some(Disagreement {
        claim: parties.claim.to_owned(),
        unit: last.value.unit.as_deref().map(title),
        since: parties.since,
        percent: percent.map(|percent| number(percent.round_dp(2))),
        values: shortened(&values).into_iter().map(value).collect(),
    });
    alert.summary = subject::summary(&alert);
    Some(alert)
}

fn middle(amount: &Amount) -> Option<Decimal> {
    amount.low.checked_add(amount.high)
}

/// The highest and the lowest of many, in their order.
fn shortened<'p>(values: &[&'p Party]) -> Vec<&'p Party> {
    let half = MAX_VALUES / 2;
    let is_shown = |at: usize| at < half || at + half >= values.len();
    let shown = values.iter().enumerate().filter(|(at, _)| is_shown(*at));
    shown.map(|(_, party)| *party).collect()
}

fn story(party: &Party) -> StoryRef {
    StoryRef {
        id: party.story.clone(),
        url: party.url.clone(),
        title: party.headline.clone(),
        outlet: party.outlet.clone(),
        agency: None,
        language: None,
        published_at: None,
        paragraphs: 0,
    }
}

fn value(party: &Party) -> DisagreementValue {
    let outlet = party.outlet.as_deref().map(title);
    let Amount {
        low,
        high,
        qualifier,
    } = party.value.amount;
    DisagreementValue {
        watch: party.watch.clone(),
        outlet: outlet
            .filter(|outlet| !outlet.is_empty())
            .unwrap_or_else(|| party.watch.to_string()),
        story: party.story.clone(),
        url: words::clean(&party.url),
        value: Side {
            text: sentence(&party.value.text),
            low: Some(number(low)),
            high: Some(number(high)),
            qualifier: qualifier.map(|qualifier| qualifier.as_str().to_owned()),
        },
        at: party.at,
    }
}
