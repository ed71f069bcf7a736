//! Takes alerts to their receivers.
//!
//! Mail, webhook and terminal have entries of their own in [`Channel`]. Every other kind is one file, with its options, its
//! limits, its work and its tests, and two lines here: its `mod` line and its line in [`KINDS`].

pub mod courier;
pub mod email;
mod error;
pub mod holding;
pub mod http;
pub mod kind;
pub mod rest;
pub mod retry;
pub mod terminal;
pub mod wayback;
pub mod webhook;

mod discord;
mod feed;
mod matrix;
mod mattermost;
mod ntfy;
mod slack;
mod teams;
mod telegram;

/// Every kind of receiver beside mail, webhook and terminal.
pub const KINDS: &[&kind::Kind] = &[
    &slack::KIND,
    &discord::KIND,
    &teams::KIND,
    &mattermost::KIND,
    &ntfy::KIND,
    &telegram::KIND,
    &matrix::KIND,
    &feed::KIND,
];

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
    /// A chat, a push notification, a feed: one of [`KINDS`].
    Service(kind::Service),
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
