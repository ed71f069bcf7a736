//! Small questions an [`Amount`] and a [`Figure`] answer for those who compare and tell.

use super::{Amount, Decimal, Figure, Qualifier};

impl Amount {
    /// A single stated value.
    ///
    /// ```
    /// # use claimwatch::claims::{Amount, Decimal};
    /// assert_eq!(Amount::exactly(Decimal::TEN).midpoint(), Decimal::TEN);
    /// ```
    #[must_use]
    pub fn exactly(value: Decimal) -> Self {
        Self {
            low: value,
            high: value,
            qualifier: None,
        }
    }

    /// The middle between both ends.
    ///
    /// ```
    /// # use claimwatch::claims::{Amount, Decimal};
    /// let amount = Amount { low: Decimal::from(3), high: Decimal::from(4), qualifier: None };
    /// assert_eq!(amount.midpoint(), Decimal::new(35, 1));
    /// ```
    #[must_use]
    pub fn midpoint(&self) -> Decimal {
        // Halving first cannot overflow; it is exact but for a last digit of 28.
        if self.is_range() {
            self.low / Decimal::TWO + self.high / Decimal::TWO
        } else {
            self.low
        }
    }

    /// Whether it has two ends.
    ///
    /// ```
    /// # use claimwatch::claims::{Amount, Decimal};
    /// assert!(!Amount::exactly(Decimal::ONE).is_range());
    /// ```
    #[must_use]
    pub fn is_range(&self) -> bool {
        self.low != self.high
    }
}

impl Qualifier {
    /// Every qualifier.
    pub const ALL: [Self; 6] = [
        Self::About,
        Self::Nearly,
        Self::MoreThan,
        Self::AtLeast,
        Self::LessThan,
        Self::UpTo,
    ];

    /// Whether it bounds the value from one side, rather than blurring it.
    ///
    /// ```
    /// # use claimwatch::claims::Qualifier;
    /// assert!(Qualifier::AtLeast.is_bound());
    /// assert!(!Qualifier::About.is_bound());
    /// ```
    #[must_use]
    pub fn is_bound(self) -> bool {
        match self {
            Self::About | Self::Nearly => false,
            Self::MoreThan | Self::AtLeast | Self::LessThan | Self::UpTo => true,
        }
    }
}

impl Figure {
    /// Whether a correction would be printed if it were wrong: a quantity, not a label or a point in time.
    ///
    /// ```
    /// # use claimwatch::{claims::figures, story::Place, text::Language};
    /// let found = figures::in_text("Room 204 burned for 3 hours.", &Language::new("en"), Place::Headline);
    /// assert_eq!(found.iter().map(|figure| figure.is_claim()).collect::<Vec<_>>(), [false, true]);
    /// ```
    #[must_use]
    pub fn is_claim(&self) -> bool {
        self.kind.is_claim()
    }
}
