//! What a check is judged against beside its rules: what was told before, and what is muted.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::flips::{self, Turn};
use super::{Flips, LastAlerted, Reason, TrackedClaim};
use crate::compare::Change;

/// What is remembered of a story when a check of it is judged.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Memory {
    /// When the check takes place.
    pub at: Timestamp,
    /// The values last told.
    pub last_alerted: LastAlerted,
    /// The facts that have lately gone from one value to another.
    pub flips: Flips,
    /// What somebody asked to keep quiet about.
    pub muted: Muted,
}

impl Memory {
    /// Why a change that would be told is not; `claim` is the one that follows it.
    pub(super) fn objection(
        &self,
        claim: Option<&TrackedClaim>,
        change: &Change,
    ) -> Option<Reason> {
        let alternating = || self.turn(change) == Turn::Known;
        self.muted
            .of(claim, self.at)
            .or_else(|| alternating().then_some(Reason::Alternating))
    }

    /// What a change is told for in place of `usual`, where its fact goes back and forth.
    pub(super) fn occasion(&self, change: &Change, usual: Reason) -> Reason {
        match self.turn(change) {
            Turn::Alternates => Reason::Alternates,
            Turn::Usual | Turn::Known => usual,
        }
    }

    fn turn(&self, change: &Change) -> Turn {
        flips::turn(&self.flips, change, self.at)
    }
}

/// What is not told until a time that somebody has named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Muted {
    /// Until when the whole story is muted.
    pub story: Option<Timestamp>,
    /// Until when claims are muted, in every story.
    pub claims: BTreeMap<String, Timestamp>,
}

impl Muted {
    /// Why nothing of the story is told at `at`; `None` where it is not muted.
    ///
    /// ```
    /// use claimwatch::alert::rules::Muted;
    /// use jiff::Timestamp;
    ///
    /// let muted = Muted { story: Some(Timestamp::MAX), ..Muted::default() };
    ///
    /// assert!(muted.of_story(Timestamp::UNIX_EPOCH).is_some());
    /// assert!(muted.of_story(Timestamp::MAX).is_none());
    /// ```
    #[must_use]
    pub fn of_story(&self, at: Timestamp) -> Option<Reason> {
        let until = self.story.filter(|until| *until > at)?;
        Some(Reason::Muted { claim: None, until })
    }

    /// Why nothing of a claim is told at `at`.
    fn of_claim(&self, claim: &TrackedClaim, at: Timestamp) -> Option<Reason> {
        let until = self.claims.get(&claim.name).filter(|until| **until > at)?;
        Some(Reason::Muted {
            claim: Some(claim.name.clone()),
            until: *until,
        })
    }

    /// Why a change that `claim` follows is not told at `at`.
    fn of(&self, claim: Option<&TrackedClaim>, at: Timestamp) -> Option<Reason> {
        self.of_story(at).or_else(|| self.of_claim(claim?, at))
    }
}
