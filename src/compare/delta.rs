//! How far a figure moved, with honest bounds where a side is a range.

use super::{Delta, Percent};
use crate::claims::{Amount, Decimal};

impl Delta {
    /// How far it is from `old` to `new`, both in `unit`; `None` where the numbers are too large to subtract.
    ///
    /// Between percentages there is no relative change: from 4 to 5 percent is one point, and "up 25 percent" would mislead.
    ///
    /// ```
    /// # use claimwatch::claims::{Amount, Decimal};
    /// # use claimwatch::compare::Delta;
    /// let exactly = |value: i64| Amount { low: value.into(), high: value.into(), qualifier: None };
    /// let range = Amount { high: 2_200_000.into(), ..exactly(2_100_000) };
    ///
    /// let delta = Delta::between(&range, &exactly(2_500_000), None).unwrap();
    ///
    /// assert_eq!((delta.absolute_low, delta.absolute_high), (300_000.into(), 400_000.into()));
    /// assert_eq!(delta.percent.unwrap().middle.to_string(), "16.28");
    /// ```
    #[must_use]
    pub fn between(old: &Amount, new: &Amount, unit: Option<&str>) -> Option<Self> {
        let (before, after) = (middle(old)?, middle(new)?);
        let absolute_low = new.low.checked_sub(old.high)?;
        let absolute_high = new.high.checked_sub(old.low)?;
        let absolute = after.checked_sub(before)?;
        let is_share = matches!(unit, Some("percent" | "percentage_point" | "basis_point"));
        let percent = (!is_share && old.low > Decimal::ZERO)
            .then(|| {
                Some(Percent {
                    low: ratio(new.low, old.high)?,
                    high: ratio(new.high, old.low)?,
                    middle: ratio(after, before)?,
                })
            })
            .flatten();
        Some(Self {
            absolute_low,
            absolute_high,
            absolute,
            percent,
        })
    }
}

fn middle(amount: &Amount) -> Option<Decimal> {
    Some(
        amount
            .low
            .checked_add(amount.high)?
            .checked_div(Decimal::TWO)?
            .normalize(),
    )
}

/// How many percent `after` lies above `before`, to two places.
fn ratio(after: Decimal, before: Decimal) -> Option<Decimal> {
    let change = after.checked_div(before)?.checked_sub(Decimal::ONE)?;
    Some(
        change
            .checked_mul(Decimal::ONE_HUNDRED)?
            .round_dp(2)
            .normalize(),
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn exactly(value: i64) -> Amount {
        Amount {
            low: value.into(),
            high: value.into(),
            qualifier: None,
        }
    }

    #[test]
    fn from_zero_there_is_no_percentage() {
        let delta = Delta::between(&exactly(0), &exactly(5), None).unwrap();
        assert_eq!(delta.absolute, Decimal::from(5));
        assert_eq!(delta.percent, None);
    }

    #[test]
    fn between_percentages_there_is_no_percentage() {
        let delta = Delta::between(&exactly(4), &exactly(5), Some("percent")).unwrap();
        assert_eq!(delta.percent, None);
    }

    #[test]
    fn the_largest_numbers_do_not_overflow() {
        let huge = Amount {
            low: Decimal::MIN,
            high: Decimal::MAX,
            qualifier: None,
        };
        assert_eq!(Delta::between(&huge, &huge, None), None);
    }
}
