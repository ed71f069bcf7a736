//! The past in bounds: now and then, pages that the configuration no longer keeps are let go.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinHandle;

use crate::services::Services;

/// How often this is looked at.
const PAUSE: SignedDuration = SignedDuration::from_hours(1);

/// What the upkeep remembers.
pub(super) struct Upkeep {
    looked: Option<Timestamp>,
    at_work: Option<JoinHandle<()>>,
}

impl Upkeep {
    pub(super) const fn new() -> Self {
        Self {
            looked: None,
            at_work: None,
        }
    }

    /// Begins, where it is time to and nothing is under way. The work goes on beside the loop, a small write at a time.
    pub(super) fn tend(&mut self, services: &Arc<Services>) {
        let now = services.clock.now();
        let is_early = self
            .looked
            .is_some_and(|looked| looked <= now && now.duration_since(looked) < PAUSE);
        let is_busy = self
            .at_work
            .as_ref()
            .is_some_and(|work| !work.is_finished());
        if is_early || is_busy || services.config.keep.is_everything() {
            return;
        }
        self.looked = Some(now);
        self.at_work = Some(tokio::spawn(let_go(Arc::clone(services), now)));
    }
}

impl Drop for Upkeep {
    fn drop(&mut self) {
        if let Some(work) = &self.at_work {
            work.abort();
        }
    }
}

async fn let_go(services: Arc<Services>, now: Timestamp) {
    let mut pages = 0;
    loop {
        match services.store.let_go(services.config.keep, now).await {
            Ok(0) => break,
            Ok(more) => pages += more,
            Err(error) => {
                tracing::warn!(%error, "old pages could not be let go; trying again later");
                break;
            }
        }
    }
    if pages > 0 {
        tracing::info!(pages, "old pages were let go");
    }
}
