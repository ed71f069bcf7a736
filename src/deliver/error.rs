//! What can go wrong with a delivery, and what becomes of it then.

use std::time::Duration;

/// What becomes of a delivery that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// It is parked: another attempt would fail the same way until somebody changes something.
    Never,
    /// It is tried again on the schedule of its kind.
    Backoff,
    /// It is tried again on the schedule, but not before this much time has passed.
    After(Duration),
    /// It is parked and the receiver is switched off: it said that it is gone.
    Disable,
}

/// Why an alert did not arrive. Receivers' addresses in it are cut to what is no secret: host and port, or a mailbox.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The configuration cannot work: no attempt was made, or the other side told so before the alert was sent.
    #[error("cannot deliver to `{to}`: {why}")]
    Config {
        /// The receiver's host or mailbox.
        to: String,
        /// What is wrong, and what to do.
        why: String,
    },
    /// The other side answered, and did not take the alert.
    #[error("`{to}` refused the alert: {answer}")]
    Refused {
        /// The receiver's host or mailbox.
        to: String,
        /// What it answered: code and text, such as `550 5.7.1 sender not allowed` or `404 (not found)`.
        answer: String,
        /// What becomes of the delivery, as the answer says.
        retry: Retry,
    },
    /// There was no connection, or no whole answer: whether the alert was taken is not known.
    #[error("cannot deliver to `{to}`: {why}")]
    Transport {
        /// The receiver's host or mailbox.
        to: String,
        /// What came back.
        why: String,
    },
    /// A time limit was reached: whether the alert was taken is not known.
    #[error("gave up on `{to}`: no answer within {} s", .limit.as_secs_f32())]
    Timeout {
        /// The receiver's host or mailbox.
        to: String,
        /// The limit.
        limit: Duration,
    },
}

impl Error {
    /// What becomes of the delivery.
    #[must_use]
    pub fn retry(&self) -> Retry {
        match self {
            Self::Config { .. } => Retry::Never,
            Self::Refused { retry, .. } => *retry,
            Self::Transport { .. } | Self::Timeout { .. } => Retry::Backoff,
        }
    }
}
