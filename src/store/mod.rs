//! What is remembered: watches, versions, changes, alerts and their deliveries, in one SQLite file.
//!
//! One check is one transaction: a version, its changes, its alerts and a delivery for each address are written together
//! or not at all, and nothing is sent that is not written first. Only this module holds SQL. The verbs are narrow (lease,
//! record, deliver, look back) so that another database can answer them too.

#![expect(
    clippy::missing_errors_doc,
    reason = "every verb fails in the ways that `Error` lists and in no other"
)]

mod archive;
mod browse;
mod engine;
mod enqueue;
mod error;
mod export;
mod figures;
#[cfg(test)]
mod fixture;
mod flips;
mod gauges;
mod held;
mod known;
mod leases;
mod lists;
mod lookback;
mod moves;
mod mutes;
mod outbox;
mod pages;
mod place;
mod record;
mod retention;
mod row;
mod schema;
mod shape;
mod standing;
mod versions;
mod watches;

use std::path::Path;
use std::sync::Arc;

use engine::Engine;

pub use archive::{Keeping, Kept};
pub use browse::{Event, Noise, Recent};
pub use error::Error;
pub use figures::{Course, FigureCourse, FigureStand};
pub use gauges::{Gauges, Mark, WatchGauge};
pub use held::{Batch, Hold, Why};
pub use known::{Known, Missing, StoredPage, Term, Told, Validators, Version};
pub use lists::{Article, Following, Health, Listing};
pub use lookback::{Counts, Happened, Status, StoryEntry};
pub use mutes::{Mute, Target};
pub use outbox::{Delivery, DeliveryRow, MAX_PER_RECEIVER, State, Wanted};
pub use record::{Destination, Failed, NewPage, Outgoing, Record, Recorded, Reread, Seen};
pub use retention::Retention;
pub use standing::{ClaimValues, ClaimsRead, Lasting, Stand};
pub use watches::Enrolled;

/// The store; a clone is the same store.
#[derive(Clone)]
pub struct Store(Arc<Engine>);

impl Store {
    /// Opens the database at `path`, and makes it where there is none; a daemon may be at work on it.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::start(path, None)
    }

    /// Opens the database at `path` where there is one; a daemon may be at work on it.
    pub fn open_existing(path: &Path) -> Result<Self, Error> {
        if !path.exists() {
            return Err(Error::Missing {
                path: path.to_owned(),
            });
        }
        Self::start(path, None)
    }

    /// Opens the database at `path` for the one daemon on it, and makes it where there is none.
    pub fn open_exclusive(path: &Path) -> Result<Self, Error> {
        place::examine(path)?;
        let lock = schema::Lock::take(path)?;
        Self::start(path, Some(lock))
    }

    /// Takes the sole right to the database at `path`, so that it can be exchanged; fails while a daemon has it.
    pub fn hold(path: &Path) -> Result<Held, Error> {
        schema::Lock::take(path).map(Held)
    }

    fn start(path: &Path, lock: Option<schema::Lock>) -> Result<Self, Error> {
        if !path.exists() {
            schema::create(path)?;
        }
        let connection = schema::connect_to_write(path, lock.as_ref())?;
        Ok(Self(Arc::new(Engine::start(path, connection, lock)?)))
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

/// The sole right to a database, until it is dropped.
pub struct Held(#[expect(dead_code, reason = "it is held, not used")] schema::Lock);

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Store").field(&self.path()).finish()
    }
}
