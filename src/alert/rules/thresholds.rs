//! Whether a figure has moved far enough to be told.

use super::{Met, Step, Thresholds};
use crate::alert::RuleResult;
use crate::alert::render::numbers;
use crate::claims::{Amount, Decimal, Qualifier};

/// The thresholds held against one move.
pub(super) struct Weighed {
    /// Each rule and whether it was met.
    pub rules: Vec<RuleResult>,
    /// Those that were.
    pub met: Vec<Met>,
    /// How far the figure moved in percent; `None` from zero.
    pub moved: Option<Decimal>,
}

impl Thresholds {
    /// Whether any of them is about the value of a figure.
    pub(super) fn weigh_values(&self) -> bool {
        self.change.is_some()
            || !self.crosses.is_empty()
            || self.up.is_some()
            || self.down.is_some()
    }
}

/// The middle of an interval.
pub(super) fn middle(amount: &Amount) -> Option<Decimal> {
    amount
        .low
        .checked_add(amount.high)?
        .checked_div(Decimal::TWO)
}

/// How far it is from one middle to the other in percent; `None` from zero.
pub(super) fn percent(from: &Amount, to: &Amount) -> Option<Decimal> {
    let from = middle(from)?;
    let step = middle(to)?.checked_sub(from)?;
    step.checked_div(from.abs())?
        .checked_mul(Decimal::ONE_HUNDRED)
}

/// Whether the value stands at `limit` or above. "Less than" and "nearly" the limit are still below it.
fn has_reached(amount: &Amount, limit: Decimal) -> bool {
    let below = matches!(
        amount.qualifier,
        Some(Qualifier::LessThan | Qualifier::Nearly)
    );
    middle(amount).is_some_and(|middle| middle > limit || (middle == limit && !below))
}

/// Holds `thresholds` against a figure that was last told as `from` and now is `to`.
pub(super) fn weigh(thresholds: &Thresholds, from: &Amount, to: &Amount) -> Weighed {
    let moved = percent(from, to);
    let rose = middle(to) > middle(from);
    let fell = middle(to) < middle(from);
    let mut weighed = Weighed {
        rules: Vec::new(),
        met: Vec::new(),
        moved,
    };
    if let Some(limit) = thresholds.change {
        // From zero every move is infinitely large.
        let far = moved.map_or(rose || fell, |moved| moved.abs() >= limit);
        let met = far.then_some(Met::ChangedBy {
            percent: moved,
            limit,
        });
        weighed.add(format!("change {}%", limit.normalize()), met);
    }
    for &limit in &thresholds.crosses {
        let (before, now) = (has_reached(from, limit), has_reached(to, limit));
        let met = (before != now).then_some(Met::Crossed { limit, up: now });
        weighed.add(format!("crosses {}", numbers::words(limit)), met);
    }
    if let Some(step) = thresholds.up {
        let met = (rose && step.is_reached(moved)).then_some(Met::Rose { percent: moved });
        weighed.add(format!("up {step}"), met);
    }
    if let Some(step) = thresholds.down {
        let met = (fell && step.is_reached(moved)).then_some(Met::Fell { percent: moved });
        weighed.add(format!("down {step}"), met);
    }
    weighed
}

impl Weighed {
    fn add(&mut self, rule: String, met: Option<Met>) {
        self.rules.push(RuleResult {
            rule,
            met: met.is_some(),
        });
        self.met.extend(met);
    }
}

impl Step {
    fn is_reached(self, moved: Option<Decimal>) -> bool {
        match self {
            Self::Any => true,
            Self::Percent(limit) => moved.is_none_or(|moved| moved.abs() >= limit),
        }
    }
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Any => f.write_str("any"),
            Self::Percent(limit) => write!(f, "{}%", limit.normalize()),
        }
    }
}
