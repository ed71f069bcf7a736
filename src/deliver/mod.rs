//! Takes alerts to their receivers.
//!
//! A kind of receiver is one file with its options, its work and its tests, and one entry in [`Channel`].

pub mod email;
mod error;
pub mod holding;
pub mod retry;
pub mod terminal;
pub mod webhook;

pub use error::{Error, Retry};
pub use holding::Holding;

use crate::alert::ReceiverName;

/// Somebody who is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Receiver {
    /// Its name in the configuration.
    pub name: ReceiverName,
    /// How it is reached.
    pub channel: Channel,
    /// What it is told.
    pub takes: Takes,
    /// What it is not told at once.
    pub holding: Holding,
}

/// The kinds of receiver.
#[derive(Debug, Clone, PartialEq)]
pub enum Channel {
    /// Mail, one message to each address.
    Email(email::Options),
    /// A signed POST.
    Webhook(webhook::Options),
    /// Printed where claimwatch runs.
    Terminal,
}

/// What a receiver is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Changes and problems.
    Everything,
    /// Changes alone.
    Changes,
    /// Problems of watches and of delivery alone.
    Problems,
}
