//! A clock that is set back: what was due by the old time would otherwise wait for as long as that was ahead.
//!
//! A clock that is set forward needs nothing: what is overdue is done once, however many times it was missed.

use jiff::{SignedDuration, Timestamp};

use crate::services::Services;
use crate::store;

/// Clocks are corrected by less than this all the time.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(1);

/// The clock, watched.
pub(super) struct Watched {
    /// What it said last.
    last: Timestamp,
}

impl Watched {
    /// Begins with the time of the last check, which an earlier run may have made by another clock.
    pub(super) async fn since_last_check(services: &Services) -> Result<Self, store::Error> {
        let now = services.clock.now();
        // The last check may be another daemon's, by another clock.
        let last = if services.store.is_shared() {
            None
        } else {
            services.store.last_check().await?
        };
        Ok(Self {
            last: last.unwrap_or(now),
        })
    }

    /// Looks at the clock; where it was set back, what is due is brought forward by as much.
    pub(super) async fn look(&mut self, services: &Services) -> Result<(), store::Error> {
        let now = services.clock.now();
        let back = self.last.duration_since(now);
        if back > TOLERANCE {
            services.store.set_back(back).await?;
            services.rests.forget();
            tracing::warn!(seconds = back.as_secs(), "the clock was set back");
        }
        self.last = now;
        Ok(())
    }
}
