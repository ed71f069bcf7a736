//! The checks and deliveries in hand, each a task with an owner.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::alert::WatchName;
use crate::check::{self, Outcome};
use crate::outbox;
use crate::services::Services;
use crate::store;

/// The name under which this daemon holds its leases. One daemon on one SQLite file: the lock on the state sees to that.
pub(super) const HOLDER: &str = "daemon";
/// Checks in hand at once; most of them wait for the network or their host's turn.
const MAX_CHECKS: u32 = 128;
/// Deliveries in hand at once.
const MAX_DELIVERIES: u32 = 256;
/// The pause between two requests to the public archive.
const ARCHIVE_PACE: Duration = Duration::from_secs(5);
/// For how long work is leased. On a file a successor takes over at once; of several daemons nobody knows that one is dead
/// before this is over.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
const LEASE_AMONG_DAEMONS: SignedDuration = SignedDuration::from_secs(60);
/// How often leases are made longer. The loop sleeps 20 seconds at most, so a lease is renewed well before its end.
const RENEWED_EVERY: Duration = Duration::from_secs(15);

/// The pause before something is repeated that could not be recorded: the store has just failed.
const UNRECORDED_PAUSE: SignedDuration = SignedDuration::from_secs(10);

/// What is in hand.
#[derive(Default)]
pub(super) struct Workers {
    checks: JoinSet<(WatchName, Result<Outcome, store::Error>)>,
    deliveries: JoinSet<(i64, Result<(), store::Error>)>,
    /// The request to the public archive, one at a time.
    archiving: JoinSet<Result<bool, store::Error>>,
    /// The watches being checked. A lease can run out under a check when the clock jumps; it is not started twice.
    watches_in_hand: BTreeSet<WatchName>,
    /// The deliveries being made, likewise.
    deliveries_in_hand: BTreeSet<i64>,
    /// Watches that were leased again while in hand.
    watches_to_hand_back: BTreeSet<WatchName>,
    /// Deliveries that were leased again while in hand.
    deliveries_to_hand_back: BTreeSet<i64>,
    /// Watches whose check could not be recorded.
    watches_unrecorded: BTreeSet<WatchName>,
    /// Deliveries of which it could not be recorded what became of them.
    deliveries_unrecorded: BTreeSet<i64>,
    /// When the leases of what is in hand were last made longer.
    renewed: Option<Instant>,
}

/// What ended.
pub(super) enum Finished {
    /// A check.
    Check(WatchName, Result<Outcome, store::Error>),
    /// A delivery.
    Delivery(i64, Result<(), store::Error>),
    /// A request to the public archive.
    Archive(Result<bool, store::Error>),
    /// A task that panicked: a fault of ours, counted as a failed check and tried again when its lease is over.
    Panic(String),
}

impl Workers {
    /// Starts what is due and there is room for. Answers when to look again.
    pub(super) async fn start_due(
        &mut self,
        services: &Arc<Services>,
    ) -> Result<Option<Timestamp>, store::Error> {
        let now = services.clock.now();
        self.hand_back(services, now).await?;
        self.renew(services, now).await?;
        let room = left(MAX_CHECKS, self.checks.len());
        if room > 0 {
            for name in services
                .store
                .lease_due(HOLDER, now, now + lease(services), room)
                .await?
            {
                if self.watches_in_hand.insert(name.clone()) {
                    self.start_check(name, Arc::clone(services), now);
                } else {
                    self.watches_to_hand_back.insert(name);
                }
            }
        }
        let next_timed = tell_timed(services, now).await?;
        let room = left(MAX_DELIVERIES, self.deliveries.len());
        if room > 0 {
            for delivery in services
                .store
                .lease_deliveries(HOLDER, now, now + lease(services), room)
                .await?
            {
                let (id, services) = (delivery.id, Arc::clone(services));
                if self.deliveries_in_hand.insert(id) {
                    self.deliveries
                        .spawn(async move { (id, outbox::deliver(delivery, &services).await) });
                } else {
                    self.deliveries_to_hand_back.insert(id);
                }
            }
        }
        let next_check = if left(MAX_CHECKS, self.checks.len()) > 0 {
            services.store.next_due().await?
        } else {
            None
        };
        let next_delivery = if left(MAX_DELIVERIES, self.deliveries.len()) > 0 {
            services.store.next_delivery_due(now).await?
        } else {
            None
        };
        let next_kept = self.start_archiving(services, now).await?;
        let next = [next_check, next_delivery, next_timed, next_kept];
        Ok(next.into_iter().flatten().min())
    }

    /// Asks the public archive for what is due, where one is to be asked and is not being asked already.
    async fn start_archiving(
        &mut self,
        services: &Arc<Services>,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, store::Error> {
        if services.config.archive.is_none() || !self.archiving.is_empty() {
            return Ok(None);
        }
        let due = services.store.next_to_archive().await?;
        if due.is_none_or(|due| due > now) {
            return Ok(due);
        }
        let services = Arc::clone(services);
        self.archiving.spawn(async move {
            let asked = outbox::archive(&services).await;
            tokio::time::sleep(ARCHIVE_PACE).await;
            asked
        });
        Ok(None)
    }

    /// Holds on to what is in hand, so that no other daemon begins it too.
    async fn renew(&mut self, services: &Services, now: Timestamp) -> Result<(), store::Error> {
        let is_early = self.renewed.is_some_and(|at| at.elapsed() < RENEWED_EVERY);
        if is_early {
            return Ok(());
        }
        let watches: Vec<WatchName> = self.watches_in_hand.iter().cloned().collect();
        let deliveries: Vec<i64> = self.deliveries_in_hand.iter().copied().collect();
        if !watches.is_empty() || !deliveries.is_empty() {
            let store = &services.store;
            store
                .renew(HOLDER, watches, deliveries, now + lease(services))
                .await?;
        }
        self.renewed = Some(Instant::now());
        Ok(())
    }

    /// Hands back what was leased while it was in hand, once it no longer is: it is due again, or the clock has jumped.
    async fn hand_back(&mut self, services: &Services, now: Timestamp) -> Result<(), store::Error> {
        let free: Vec<WatchName> = self
            .watches_to_hand_back
            .difference(&self.watches_in_hand)
            .cloned()
            .collect();
        for name in free {
            services.store.postpone(&name, now).await?;
            self.watches_to_hand_back.remove(&name);
        }
        let free: Vec<i64> = self
            .deliveries_to_hand_back
            .difference(&self.deliveries_in_hand)
            .copied()
            .collect();
        for id in free {
            services.store.hand_back(id).await?;
            self.deliveries_to_hand_back.remove(&id);
        }
        self.repeat_unrecorded(services, now + UNRECORDED_PAUSE)
            .await
    }

    /// Puts what could not be recorded off until `due`; its lease would last for minutes.
    async fn repeat_unrecorded(
        &mut self,
        services: &Services,
        due: Timestamp,
    ) -> Result<(), store::Error> {
        while let Some(name) = self.watches_unrecorded.first().cloned() {
            services.store.postpone(&name, due).await?;
            self.watches_unrecorded.remove(&name);
        }
        while let Some(id) = self.deliveries_unrecorded.first().copied() {
            let error = "what became of the last attempt could not be recorded";
            services.store.wait(id, due, error).await?;
            self.deliveries_unrecorded.remove(&id);
        }
        Ok(())
    }

    fn start_check(&mut self, name: WatchName, services: Arc<Services>, now: Timestamp) {
        self.checks.spawn(async move {
            let started = Instant::now();
            let result = match services.watch(&name) {
                Some(watch) => check::check(&watch, &services, now).await,
                // Leased just before a reload dropped it: nothing to do, and enrolment has archived it.
                None => Ok(Outcome::Unchanged),
            };
            let word = result.as_ref().map_or("unrecorded", Outcome::word);
            services.metrics.checked(&name, word, started.elapsed());
            (name, result)
        });
    }

    /// The next piece of work that ends; `None` while nothing is in hand.
    pub(super) async fn next(&mut self) -> Option<Finished> {
        let finished = tokio::select! {
            Some(check) = self.checks.join_next() => match check {
                Ok((name, result)) => Finished::Check(name, result),
                Err(error) => Finished::Panic(error.to_string()),
            },
            Some(delivery) = self.deliveries.join_next() => match delivery {
                Ok((id, result)) => Finished::Delivery(id, result),
                Err(error) => Finished::Panic(error.to_string()),
            },
            Some(asked) = self.archiving.join_next() => match asked {
                Ok(result) => Finished::Archive(result),
                Err(error) => Finished::Panic(error.to_string()),
            },
            else => return None,
        };
        match &finished {
            Finished::Check(name, result) => {
                self.watches_in_hand.remove(name);
                if result.is_err() {
                    self.watches_unrecorded.insert(name.clone());
                }
            }
            Finished::Delivery(id, result) => {
                self.deliveries_in_hand.remove(id);
                if result.is_err() {
                    self.deliveries_unrecorded.insert(*id);
                }
            }
            Finished::Archive(_) => {}
            // Which one it was is not known; with nothing in hand all names are free again.
            Finished::Panic(_) => {
                if self.checks.is_empty() {
                    self.watches_in_hand.clear();
                }
                if self.deliveries.is_empty() {
                    self.deliveries_in_hand.clear();
                }
            }
        }
        Some(finished)
    }

    /// The next piece of work that has ended already.
    pub(super) fn next_ended(&mut self) -> Option<Finished> {
        self.next().now_or_never().flatten()
    }

    /// Writes the diary, and tells whether this was a check that succeeded. The outcomes themselves were logged where they
    /// happened.
    pub(super) fn note(finished: &Finished) -> bool {
        match finished {
            Finished::Check(_, Ok(outcome)) => return outcome.is_success(),
            Finished::Delivery(_, Ok(())) | Finished::Archive(Ok(_)) => {}
            Finished::Archive(Err(error)) => {
                tracing::error!(%error, "what became of an archived version could not be recorded");
            }
            Finished::Check(watch, Err(error)) => {
                tracing::error!(%watch, %error, "the check could not be recorded and will be repeated");
            }
            Finished::Delivery(_, Err(error)) => {
                tracing::error!(%error, "the delivery could not be recorded and will be repeated");
            }
            Finished::Panic(error) => {
                tracing::error!(%error, "a task panicked; this is a fault in claimwatch");
            }
        }
        false
    }

    /// One line for the service manager.
    pub(super) fn status(&self, services: &Services) -> String {
        format!(
            "{} watches, {} checks and {} deliveries in hand",
            services.config.watches.len(),
            self.checks.len(),
            self.deliveries.len()
        )
    }

    /// Drops the checks in hand, which will be repeated, lets the deliveries end within `patience`, and hands the rest back.
    pub(super) async fn finish(&mut self, services: &Services, patience: Duration) {
        self.checks.shutdown().await;
        self.archiving.shutdown().await;
        let all = async {
            while let Some(finished) = self.next().await {
                Self::note(&finished);
            }
        };
        if tokio::time::timeout(patience, all).await.is_err() {
            tracing::warn!(deliveries = self.deliveries.len(), "handing work back");
        }
        self.deliveries.shutdown().await;
        if let Err(error) = services.store.release(HOLDER).await {
            tracing::error!(%error, "the leases could not be handed back; the next start takes them over");
        }
    }
}

/// Tells what is due by itself, and answers when something is again. Nearly always nothing is, and asking is one look.
async fn tell_timed(
    services: &Services,
    now: Timestamp,
) -> Result<Option<Timestamp>, store::Error> {
    let due = services.store.next_timed().await?;
    if due.is_none_or(|due| due > now) {
        return Ok(due);
    }
    check::disagreement::review(services).await?;
    outbox::tell_together(services).await?;
    services.store.next_timed().await
}

/// How many more may be taken in hand.
fn left(limit: u32, in_hand: usize) -> u32 {
    limit.saturating_sub(u32::try_from(in_hand).unwrap_or(u32::MAX))
}

fn lease(services: &Services) -> SignedDuration {
    if services.store.is_shared() {
        LEASE_AMONG_DAEMONS
    } else {
        LEASE
    }
}
