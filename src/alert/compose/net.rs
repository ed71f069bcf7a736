//! What is left of many changes: a figure that moved in three steps has moved once, and one that went back has not moved.

use jiff::Timestamp;

use super::told::told_delta;
use crate::alert::render::lead::{Form, kind_of, lead};
use crate::alert::render::{numbers, subject, words};
use crate::alert::{
    Alert, AlertId, DigestRow, DigestStory, Side, StoryRef, ToldChange, ToldDelta, WatchName,
};
use crate::claims::Amount;
use crate::compare::{ChangeKind, Delta};

/// The longest summary of a row, in characters.
const MAX_SUMMARY_CHARS: usize = 180;

/// The longest title in a row, likewise.
const MAX_ROW_TITLE_CHARS: usize = 110;

/// The longest words of a side, likewise.
const MAX_SIDE_CHARS: usize = 90;

/// One fact of one story from its first change to its last.
pub(super) struct Net {
    pub(super) change: ToldChange,
    pub(super) watch: WatchName,
    pub(super) story: Option<StoryRef>,
    pub(super) at: Timestamp,
    pub(super) steps: u32,
    pub(super) alert: AlertId,
}

impl Net {
    fn of(change: &ToldChange, alert: &Alert) -> Self {
        Self {
            change: change.clone(),
            watch: alert.watch.id.clone(),
            story: alert.story.clone(),
            at: alert.at,
            steps: 1,
            alert: alert.alert_id.clone(),
        }
    }

    /// Whether `change` goes on where this one ended.
    fn goes_on(&self, change: &ToldChange, alert: &Alert) -> bool {
        let story = |story: &Option<StoryRef>| story.as_ref().map(|story| story.id.clone());
        let same_claim = self.change.claim == change.claim && self.change.noun == change.noun;
        let here = self.watch == alert.watch.id && story(&self.story) == story(&alert.story);
        if !here || fact(&self.change) != fact(change) {
            return false;
        }
        match (&self.change.new, &change.old) {
            (Some(end), Some(start)) => same(end, start) && (same_claim || end.text == start.text),
            // Something that had gone has come back, perhaps with another value.
            (None, None) => match (&self.change.old, &change.new) {
                (Some(before), Some(again)) => {
                    same(before, again) || (before.low.is_some() && same_claim)
                }
                _ => false,
            },
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    /// Takes a further step.
    fn go_on(&mut self, change: &ToldChange, alert: &Alert) {
        let old = self.change.old.take();
        let severity = [&self.change.severity, &change.severity]
            .into_iter()
            .min_by_key(|name| super::digest::severity(name))
            .cloned();
        self.change = ToldChange {
            old,
            severity: severity.unwrap_or_default(),
            ..change.clone()
        };
        self.change.kind = net_kind(&self.change);
        self.change.delta = delta(&self.change);
        self.at = alert.at;
        self.steps += 1;
        self.alert = alert.alert_id.clone();
        self.story.clone_from(&alert.story);
    }

    /// Whether it is at the end what it was at the beginning.
    fn went_back(&self) -> bool {
        match (&self.change.old, &self.change.new) {
            (Some(old), Some(new)) => self.steps > 1 && same(old, new),
            (None, None) => self.steps > 1,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    /// How far it moved in percent, without the sign.
    pub(super) fn size(&self) -> f64 {
        let percent = self.change.delta.as_ref().and_then(|delta| delta.percent);
        percent.map_or(0.0, f64::abs)
    }

    pub(super) fn is_figure(&self) -> bool {
        kind_of(&self.change).is_some_and(ChangeKind::is_figure)
    }

    pub(super) fn row(self) -> DigestRow {
        let mut shown = lead(&self.change, Form::Full);
        if self.steps > 1 {
            let steps = format!("{} steps", self.steps);
            shown.step = Some(
                shown
                    .step
                    .map_or(steps.clone(), |step| format!("{step}, {steps}")),
            );
        }
        let mut summary = subject::joined(&shown);
        if summary.chars().count() > MAX_SUMMARY_CHARS {
            summary = subject::joined(&lead(&self.change, Form::Compact));
        }
        let short = |side: Side| Side {
            text: words::cut(&side.text, MAX_SIDE_CHARS),
            ..side
        };
        DigestRow {
            at: self.at,
            kind: self.change.kind,
            severity: self.change.severity,
            watch: self.watch,
            story: self.story.as_ref().map(story),
            claim: self.change.claim,
            noun: self.change.noun,
            unit: self.change.unit,
            old: self.change.old.map(short),
            new: self.change.new.map(short),
            delta: self.change.delta,
            steps: self.steps,
            summary: words::cut(&summary, MAX_SUMMARY_CHARS),
            alert_id: self.alert,
        }
    }
}

/// A story as a digest names it.
pub(super) fn story(story: &StoryRef) -> DigestStory {
    DigestStory {
        id: story.id.clone(),
        url: story.url.clone(),
        title: words::cut(&story.title, MAX_ROW_TITLE_CHARS),
        outlet: story.outlet.clone(),
    }
}

/// What sort of fact it is: what is added, changed and removed is one.
fn fact(change: &ToldChange) -> &str {
    let kind = change.kind.as_str();
    kind.rsplit_once('_').map_or(kind, |(what, _)| what)
}

/// Whether two sides say the same: the value of a figure, else the words.
fn same(one: &Side, other: &Side) -> bool {
    match (one.low, other.low) {
        (Some(_), Some(_)) => {
            (one.low, one.high, &one.qualifier) == (other.low, other.high, &other.qualifier)
        }
        _ => one.text == other.text,
    }
}

/// The kind of a change of several steps.
fn net_kind(change: &ToldChange) -> String {
    let what = fact(change);
    let how = match (&change.old, &change.new) {
        (Some(_), Some(_)) => "changed",
        (None, _) => "added",
        (Some(_), None) => "removed",
    };
    let kind = format!("{what}_{how}");
    let known = ChangeKind::ALL.iter().any(|known| known.as_str() == kind);
    if known { kind } else { change.kind.clone() }
}

fn delta(change: &ToldChange) -> Option<ToldDelta> {
    let amount = |side: &Option<Side>| {
        let side = side.as_ref()?;
        Some(Amount {
            low: numbers::decimal(side.low?)?,
            high: numbers::decimal(side.high?)?,
            qualifier: None,
        })
    };
    let unit = change.unit.as_deref();
    let delta = Delta::between(&amount(&change.old)?, &amount(&change.new)?, unit)?;
    Some(told_delta(&delta, unit))
}

/// What is left of the changes of `alerts`, which come oldest first, and how many went back.
pub(super) fn net(alerts: &[Alert]) -> (Vec<Net>, u32) {
    let mut all: Vec<Net> = Vec::new();
    for alert in alerts {
        for change in &alert.changes {
            match all.iter_mut().rev().find(|net| net.goes_on(change, alert)) {
                Some(net) => net.go_on(change, alert),
                None => all.push(Net::of(change, alert)),
            }
        }
    }
    let before = all.len();
    all.retain(|net| !net.went_back());
    let went_back = u32::try_from(before - all.len()).unwrap_or(u32::MAX);
    (all, went_back)
}
