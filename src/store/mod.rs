//! What is remembered: watches, versions, changes, alerts and their deliveries, in one SQLite file or, for several daemons,
//! on a PostgreSQL server.
//!
//! One check is one transaction: a version, its changes, its alerts and a delivery for each address are written together
//! or not at all, and nothing is sent that is not written first. Only this module holds SQL. A verb (lease, record, deliver,
//! look back) is written once, against the connection of `sql`, which either database stands behind.

#![expect(
    clippy::missing_errors_doc,
    reason = "every verb fails in the ways that `Error` lists and in no other"
)]

mod archive;
mod browse;
mod copy;
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
mod pace;
mod pages;
mod place;
mod record;
mod retention;
mod row;
mod schema;
mod server;
mod shape;
mod sql;
mod standing;
mod trust;
mod versions;
mod watches;
mod writer;

use std::path::Path;
use std::sync::Arc;

use engine::Engine;
use sql::Connection;

pub use archive::{Keeping, Kept};
pub use browse::{Event, Noise, Recent};
pub use copy::Copied;
pub use error::Error;
pub use export::{
    Cursor, Exported, ExportedAlert, ExportedDelivery, ExportedVersion, Extent, Handful,
};
pub use figures::{Course, FigureCourse, FigureStand};
pub use gauges::{Gauges, Mark, WatchGauge};
pub use held::{Batch, Hold, Why};
pub use known::{Known, Missing, StoredPage, Term, Told, Validators, Version};
pub use lists::{Article, Following, Health, Listing};
pub use lookback::{Counts, Happened, Status, StoryEntry};
pub use mutes::{Mute, Target};
pub use outbox::{Delivery, DeliveryRow, MAX_PER_RECEIVER, State, Wanted};
pub use place::Place;
pub use record::{Destination, Failed, NewPage, Outgoing, Record, Recorded, Reread, Seen};
pub use retention::Retention;
pub use server::Server;
pub use standing::{ClaimValues, ClaimsRead, Lasting, Stand};
pub use watches::Enrolled;

/// The store; a clone is the same store.
#[derive(Clone)]
pub struct Store(Arc<Engine>);

impl Store {
    /// Opens the database at `place`, and makes it where there is none; a daemon may be at work on it.
    pub fn open(place: impl Into<Place>) -> Result<Self, Error> {
        Self::start(place.into(), None, Absent::Make)
    }

    /// Opens the database at `place` where there is one; a daemon may be at work on it.
    pub fn open_existing(place: impl Into<Place>) -> Result<Self, Error> {
        Self::start(place.into(), None, Absent::Refuse)
    }

    /// Opens the database at `place` for a daemon, and makes it where there is none. A file has one daemon, a server any
    /// number.
    pub fn open_exclusive(place: impl Into<Place>) -> Result<Self, Error> {
        let place = place.into();
        let lock = match place.file() {
            Some(path) => {
                trust::examine(path)?;
                Some(schema::Lock::take(path)?)
            }
            None => None,
        };
        Self::start(place, lock, Absent::Make)
    }

    /// Takes the sole right to the database file at `path`, so that it can be exchanged; fails while a daemon has it.
    pub fn hold(path: &Path) -> Result<Held, Error> {
        schema::Lock::take(path).map(Held)
    }

    fn start(place: Place, lock: Option<schema::Lock>, absent: Absent) -> Result<Self, Error> {
        let connection = match &place {
            Place::File(path) => {
                if !path.exists() {
                    match absent {
                        Absent::Make => schema::create(path)?,
                        Absent::Refuse => {
                            return Err(Error::Missing { path: path.clone() });
                        }
                    }
                }
                Connection::Sqlite(schema::connect_to_write(path, lock.as_ref())?)
            }
            Place::Server(server) => {
                let connect = || server::connect_to_write(server, absent == Absent::Make);
                // On a thread of its own: it waits for the server, which a task may not.
                let connecting = std::thread::scope(|scope| scope.spawn(connect).join());
                connecting.map_err(|_| Error::Closed {
                    doing: "open the database",
                })??
            }
        };
        Ok(Self(Arc::new(Engine::start(place, connection, lock)?)))
    }

    /// Where it is.
    #[must_use]
    pub fn place(&self) -> &Place {
        self.0.place()
    }

    /// Whether other daemons may work on the same database.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.0.is_shared()
    }
}

/// What becomes of a database that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Absent {
    Make,
    Refuse,
}

/// The sole right to a database, until it is dropped.
pub struct Held(#[expect(dead_code, reason = "it is held, not used")] schema::Lock);

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Store").field(self.place()).finish()
    }
}
