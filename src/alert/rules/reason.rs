//! Why a change is told, or not.

use std::fmt;

use jiff::Timestamp;

use crate::alert::render::{numbers, times};
use crate::claims::Decimal;
use crate::compare::{ChangeKind, Severity};

/// Why a change is told, or not. `Display` is the sentence that people read.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// Told: no claim follows it, and its severity is medium or above.
    Severity(ChangeKind, Severity),
    /// Not told: no claim follows it, and its severity is low.
    LowSeverity(ChangeKind, Severity),
    /// Told in digests: no claim follows it, and its severity is low.
    Digest(ChangeKind, Severity),
    /// Not told: its kind is ignored.
    Ignored(ChangeKind),
    /// Told: a claim follows it and at least one of the claim's rules was met.
    Claim {
        /// The claim.
        name: String,
        /// The rules that were met.
        met: Vec<Met>,
    },
    /// Not told: the claim that follows it has rules of its own, and none was met.
    ClaimQuiet {
        /// The claim.
        name: String,
        /// The kind of change.
        kind: ChangeKind,
        /// For a figure held against thresholds, how far it moved in percent since it was last told.
        moved: Option<Decimal>,
    },
    /// Told: it went back and forth between two values, for the third time within a day.
    Alternates,
    /// Not told: it goes back and forth between two values, which was told.
    Alternating,
    /// Not told: somebody asked to keep quiet about it.
    Muted {
        /// The claim that is muted; `None` where the whole story is.
        claim: Option<String>,
        /// Until when.
        until: Timestamp,
    },
}

impl Reason {
    /// The reason in a word, for counters.
    ///
    /// ```
    /// use claimwatch::alert::rules::Reason;
    /// use claimwatch::compare::ChangeKind;
    ///
    /// assert_eq!(Reason::Ignored(ChangeKind::BylineChanged).word(), "ignored");
    /// ```
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Severity(..) => "severity",
            Self::LowSeverity(..) => "low_severity",
            Self::Digest(..) => "digest",
            Self::Ignored(_) => "ignored",
            Self::Claim { .. } => "claim",
            Self::ClaimQuiet { .. } => "claim_quiet",
            Self::Alternates => "alternates",
            Self::Alternating => "alternating",
            Self::Muted { .. } => "muted",
        }
    }
}

/// Whether a reason that was recorded in words says that something was muted: the claim, or `None` for the whole story.
///
/// ```
/// use claimwatch::alert::rules::recorded_mute;
///
/// assert_eq!(recorded_mute("claim homes is muted until 11 Mar 2026 14:05 UTC"), Some(Some("homes")));
/// assert_eq!(recorded_mute("the story is muted until 11 Mar 2026 14:05 UTC"), Some(None));
/// assert_eq!(recorded_mute("claim homes: moved 3%, within its limits"), None);
/// ```
#[must_use]
pub fn recorded_mute(reason: &str) -> Option<Option<&str>> {
    let (muted, _) = reason.split_once(" is muted until ")?;
    match muted {
        "the story" => Some(None),
        claim => Some(Some(claim.strip_prefix("claim ")?)),
    }
}

/// A rule of a claim that was met.
#[derive(Debug, Clone, PartialEq)]
pub enum Met {
    /// The figure moved by at least `limit` percent since it was last told; `percent` is `None` from zero.
    ChangedBy {
        /// How far it moved.
        percent: Option<Decimal>,
        /// The rule's limit.
        limit: Decimal,
    },
    /// The figure passed a value.
    Crossed {
        /// The value.
        limit: Decimal,
        /// Whether from below.
        up: bool,
    },
    /// The figure rose.
    Rose {
        /// How far, in percent.
        percent: Option<Decimal>,
    },
    /// The figure fell.
    Fell {
        /// How far, in percent.
        percent: Option<Decimal>,
    },
    /// The kind of change is one the claim names.
    Kind(ChangeKind),
    /// The claim has no rule for this kind of change, and its severity is medium or above.
    Severity(ChangeKind, Severity),
}

/// A move without its sign, as people read it.
fn size(percent: Option<Decimal>) -> String {
    percent.map_or_else(
        || "from zero".to_owned(),
        |percent| format!("{}%", numbers::rounded(percent.abs())),
    )
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Severity(kind, severity) => write!(
                f,
                "kind {} is of {} severity, and medium and above are told",
                kind.as_str(),
                severity.as_str()
            ),
            Self::LowSeverity(kind, severity) => write!(
                f,
                "kind {} is of {} severity, and only medium and above are told",
                kind.as_str(),
                severity.as_str()
            ),
            Self::Digest(kind, severity) => write!(
                f,
                "kind {} is of {} severity, and digests tell that too",
                kind.as_str(),
                severity.as_str()
            ),
            Self::Ignored(kind) => {
                write!(f, "kind {} is ignored by the configuration", kind.as_str())
            }
            Self::Claim { name, met } => {
                write!(f, "claim {name}: ")?;
                for (index, met) in met.iter().enumerate() {
                    if index > 0 {
                        f.write_str("; ")?;
                    }
                    write!(f, "{met}")?;
                }
                Ok(())
            }
            Self::ClaimQuiet {
                name,
                moved: Some(moved),
                ..
            } => write!(
                f,
                "claim {name}: moved {}, within its limits",
                size(Some(*moved))
            ),
            Self::Alternates => f.write_str(
                "it alternates between two values, 3 times within a day; told again when another value comes, or after a \
                 day without a turn",
            ),
            Self::Alternating => {
                f.write_str("it alternates between two values, which was told; quiet until another value comes")
            }
            Self::Muted {
                claim: Some(name),
                until,
            } => write!(
                f,
                "claim {name} is muted until {} UTC",
                times::dated(*until)
            ),
            Self::Muted { claim: None, until } => {
                write!(f, "the story is muted until {} UTC", times::dated(*until))
            }
            Self::ClaimQuiet { name, kind, .. } => {
                write!(
                    f,
                    "claim {name}: no rule of it tells kind {}",
                    kind.as_str()
                )
            }
        }
    }
}

impl fmt::Display for Met {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ChangedBy { percent, limit } => {
                write!(f, "moved {} (limit {}%)", size(*percent), limit.normalize())
            }
            Self::Crossed { limit, up: true } => write!(f, "crossed {}", numbers::words(*limit)),
            Self::Crossed { limit, up: false } => {
                write!(f, "fell back below {}", numbers::words(*limit))
            }
            Self::Rose { percent } => write!(f, "rose {}", size(*percent)),
            Self::Fell { percent } => write!(f, "fell {}", size(*percent)),
            Self::Kind(kind) => write!(f, "kind {}", kind.as_str()),
            Self::Severity(kind, severity) => {
                write!(
                    f,
                    "kind {}, of {} severity",
                    kind.as_str(),
                    severity.as_str()
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mute_is_known_again_from_the_words_in_which_it_was_recorded() {
        for claim in [None, Some("homes")] {
            let muted = Reason::Muted {
                claim: claim.map(ToOwned::to_owned),
                until: jiff::Timestamp::UNIX_EPOCH,
            };

            assert_eq!(recorded_mute(&muted.to_string()), Some(claim));
        }
    }
}
