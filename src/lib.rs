//! claimwatch reads news stories as lists of claims and tells when a figure or a statement in them changes.
//!
//! The library is the pure core: two texts in, changes out. It touches no network, disk, clock, environment or
//! randomness. The feature `daemon` (on by default) adds the shell around it: configuration, schedule, fetching, the
//! store, delivery and the command line. A module imports only modules below it; `docs/ARCHITECTURE.md` is the map.
//!
//! ```
//! use claimwatch::{compare, story::Story};
//!
//! let old = Story::from_text("Refugees", &["2.1 to 2.2 million refugees fled the fighting."]);
//! let new = Story::from_text("Refugees", &["2.5 million refugees fled the fighting."]);
//!
//! let comparison = compare::versions(&old, &new);
//!
//! let change = &comparison.changes[0];
//! assert_eq!(change.old.as_ref().map(|side| side.text.as_str()), Some("2.1 to 2.2 million"));
//! assert_eq!(change.new.as_ref().map(|side| side.text.as_str()), Some("2.5 million"));
//! ```

pub mod alert;
pub mod claims;
pub mod compare;
pub mod records;
pub mod story;
pub mod text;

#[cfg(feature = "daemon")]
pub mod check;
#[cfg(feature = "daemon")]
pub mod cli;
#[cfg(feature = "daemon")]
pub mod clock;
#[cfg(feature = "daemon")]
pub mod config;
#[cfg(feature = "daemon")]
pub mod daemon;
#[cfg(feature = "daemon")]
pub mod deliver;
#[cfg(feature = "daemon")]
pub mod fetch;
#[cfg(feature = "daemon")]
pub mod metrics;
#[cfg(feature = "daemon")]
pub mod outbox;
#[cfg(feature = "daemon")]
pub mod schedule;
#[cfg(feature = "daemon")]
pub mod secret;
#[cfg(feature = "daemon")]
pub mod services;
#[cfg(feature = "daemon")]
pub mod store;
#[cfg(feature = "daemon")]
pub mod web;
