//! What was last told of the figures of tracked claims.
//!
//! A threshold compares with the value last told, so that four quiet steps of 2% add up to one that is told. A claim may
//! match several figures of one story, a total and its parts, and each moves on its own. An entry is therefore found by
//! claim, unit and the value the figure had when it was last seen.

use std::collections::BTreeMap;

use crate::claims::{Amount, Decimal};
use crate::compare::Evidence;

/// The value last told of each figure of a story that a claim follows. The keys are made and read here alone.
pub type LastAlerted = BTreeMap<String, Amount>;

/// The most figures remembered for one story.
const MAX_ENTRIES: usize = 256;

/// The key of a figure of `claim` that was last seen as `amount`.
fn key(claim: &str, seen: &Evidence, amount: Amount) -> String {
    let Amount { low, high, .. } = amount;
    let unit = seen.unit.as_deref().unwrap_or_default();
    format!("{claim}|{unit}|{}..{}", low.normalize(), high.normalize())
}

/// The entry of the figure that `old` shows: the one seen with this value, or the nearest within 5%, since a figure may
/// be rounded or written out between two changes without having moved.
fn find(last: &LastAlerted, claim: &str, old: &Evidence, amount: Amount) -> Option<String> {
    let exact = key(claim, old, amount);
    if last.contains_key(&exact) {
        return Some(exact);
    }
    let prefix = format!("{claim}|{}|", old.unit.as_deref().unwrap_or_default());
    last.range(prefix.clone()..)
        .take_while(|(key, _)| key.starts_with(&prefix))
        .filter_map(|(key, _)| {
            let seen = middle_of_key(key.get(prefix.len()..)?)?;
            let middle = super::thresholds::middle(&amount)?;
            let distance = seen.checked_sub(middle)?.abs();
            let allowed = middle.abs().checked_mul(Decimal::new(5, 2))?;
            (distance <= allowed).then(|| (distance, key.clone()))
        })
        .min()
        .map(|(_, key)| key)
}

/// The middle of the interval at the end of a key.
fn middle_of_key(interval: &str) -> Option<Decimal> {
    let (low, high) = interval.split_once("..")?;
    let sum = low
        .parse::<Decimal>()
        .ok()?
        .checked_add(high.parse().ok()?)?;
    sum.checked_div(Decimal::TWO)
}

/// The value last told of the figure that `old` shows; what was seen last where none was told.
pub(super) fn of(last: &LastAlerted, claim: &str, old: &Evidence, amount: Amount) -> Amount {
    find(last, claim, old, amount)
        .and_then(|key| last.get(&key).copied())
        // What was told is what was seen: then its bound is known too.
        .filter(|told| (told.low, told.high) != (amount.low, amount.high))
        .unwrap_or(amount)
}

/// The moves of one check, to be taken into the values last told all at once: one figure may move to the value that
/// another has left.
#[derive(Default)]
pub(super) struct Moves {
    left: Vec<String>,
    reached: LastAlerted,
}

impl Moves {
    /// Notes that a figure went from `old` to `now`, and that `told` is the value its readers know.
    pub(super) fn note(
        &mut self,
        last: &LastAlerted,
        claim: &str,
        old: (&Evidence, Amount),
        now: (&Evidence, Amount),
        told: Amount,
    ) {
        self.left.extend(find(last, claim, old.0, old.1));
        self.reached.insert(key(claim, now.0, now.1), told);
    }

    /// The values last told after the moves.
    pub(super) fn applied_to(self, last: &LastAlerted) -> LastAlerted {
        let mut after = last.clone();
        for key in self.left {
            after.remove(&key);
        }
        after.extend(self.reached);
        if after.len() > MAX_ENTRIES {
            // An entry that says what was seen says nothing: without it, what was seen counts.
            after.retain(|key, told| {
                let seen = key.rsplit('|').next().and_then(middle_of_key);
                seen != super::thresholds::middle(told)
            });
        }
        while after.len() > MAX_ENTRIES {
            after.pop_first();
        }
        after
    }
}
