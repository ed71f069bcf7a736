//! The event loop: due watches are checked, what was recorded is delivered, until it is told to stop.
//!
//! Two kinds of worker meet only in the store. The loop waits for a closed list of things, an arm each; it does no work
//! itself, so that the watchdog it feeds tells the truth.

pub mod memory;
mod setback;
mod signals;
mod silence;
mod systemd;
mod upkeep;
mod workers;

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::check;
use crate::clock::Clock;
use crate::config::Config;
use crate::services::Services;
use crate::store::{self, Store};
use crate::web;
use workers::{Finished, Workers};

pub use signals::{Order, Signals};

/// The longest the loop sleeps: after a jump of the clock nothing is late by more than this.
const MAX_SLEEP: Duration = Duration::from_secs(20);
/// How long work in hand may take once a stop was asked for; what is left is handed back to the store.
const STOP_PATIENCE: Duration = Duration::from_secs(25);
/// Deliveries that failed up to so often are tried again with a new configuration, whenever they were due.
const HASTENED_ATTEMPTS: u32 = 3;
/// What is overdue at the start is spread over this long for each watch, each checked once however many checks it missed ...
const START_SPREAD_PER_WATCH: Duration = Duration::from_millis(100);
/// ... but over no longer than this.
const MAX_START_SPREAD: Duration = Duration::from_secs(60);
/// The pause before the store is asked again after it failed (a full disk, say).
const STORE_PAUSE: Duration = Duration::from_secs(5);

/// What the loop waits for.
enum Event {
    /// A watch or a delivery may be due.
    Due,
    /// A check or delivery ended.
    Finished(Finished),
    /// The operator wants the configuration read again.
    Reload,
    /// The operator wants an end.
    Stop,
}

/// Reads the configuration again, for [`Order::Reload`].
pub type ReadAgain = Box<dyn Fn() -> anyhow::Result<Config> + Send + Sync>;

/// Watches until told to stop.
///
/// `orders` are the operator's; `read_again` gives the configuration anew. What was leased by an earlier run on the same
/// state is taken over first, so nothing waits for a lease of the dead.
///
/// # Errors
///
/// Where the store is unusable at the start. Later failures of the store are waited out.
pub async fn run(
    mut config: Config,
    store: Store,
    clock: Clock,
    mut orders: mpsc::Receiver<Order>,
    read_again: ReadAgain,
) -> anyhow::Result<()> {
    // Only `config show` asks for them, and they outweigh the watches.
    config.origins.clear();
    let mut services = Arc::new(Services::new(config, store, clock.clone())?);
    services.store.take_over(workers::HOLDER).await?;
    services.store.forget_pace().await?;
    let counts = services.store.counts().await?;
    let watches = u32::try_from(counts.watches + counts.articles).unwrap_or(u32::MAX);
    let spread = START_SPREAD_PER_WATCH
        .saturating_mul(watches)
        .min(MAX_START_SPREAD);
    let mut watched = setback::Watched::since_last_check(&services).await?;
    watched.look(&services).await?;
    services.store.spread_overdue(clock.now(), spread).await?;
    enroll(&services, clock.now()).await?;
    hasten(&services, clock.now()).await?;
    let mut server = web::Server::start(&services).await;
    let mut silence = silence::Silence::from(clock.now());
    let mut upkeep = upkeep::Upkeep::new();
    let mut workers = Workers::default();
    systemd::ready(services.config.watches.len());
    tracing::info!(watches = services.config.watches.len(), store = %services.config.store, "watching");
    loop {
        let started = match watched.look(&services).await {
            Ok(()) => workers.start_due(&services).await,
            Err(error) => Err(error),
        };
        let pause = match started {
            Ok(next) => sleep_until(next, clock.now()),
            Err(error) => wait_out(&error),
        };
        systemd::alive(&workers.status(&services));
        services.metrics.turned(clock.now());
        silence.listen(&services).await;
        upkeep.tend(&services);
        match next_event(&mut orders, &mut workers, pause).await {
            Event::Due => {}
            Event::Finished(finished) => {
                let mut succeeded = Workers::note(&finished);
                // What ended together is replaced together: one look at the store, one commit.
                while let Some(finished) = workers.next_ended() {
                    succeeded |= Workers::note(&finished);
                }
                if succeeded {
                    silence.hear(clock.now());
                }
            }
            Event::Reload => {
                services = reload(services, &read_again).await;
                server.follow(&services).await;
            }
            Event::Stop => break,
        }
    }
    systemd::stopping();
    workers.finish(&services, STOP_PATIENCE).await;
    services.say_goodbye().await;
    tracing::info!("stopped");
    Ok(())
}

/// Brings what is stored in line with the configuration: the watches, and what stories say of its claims.
async fn enroll(services: &Services, now: Timestamp) -> Result<(), store::Error> {
    services.enroll(now).await?;
    check::standing::refresh(services).await?;
    check::disagreement::review(services).await
}

/// Tries again what failed a few times: who starts anew or changes a receiver has usually mended what was wrong.
async fn hasten(services: &Services, now: Timestamp) -> Result<(), store::Error> {
    services.store.hasten(now, HASTENED_ATTEMPTS).await
}

/// Goes over from the old services to the fresh ones.
async fn take_over(fresh: &Services, old: &Services) -> Result<(), store::Error> {
    let now = old.clock.now();
    enroll(fresh, now).await?;
    if !old.reaches_as(&fresh.config) {
        hasten(fresh, now).await?;
    }
    Ok(())
}

async fn next_event(
    orders: &mut mpsc::Receiver<Order>,
    workers: &mut Workers,
    pause: Duration,
) -> Event {
    tokio::select! {
        biased;
        order = orders.recv() => match order {
            Some(Order::Reload) => Event::Reload,
            Some(Order::Stop) | None => Event::Stop,
        },
        Some(finished) = workers.next() => Event::Finished(finished),
        () = tokio::time::sleep_until(Instant::now() + pause) => Event::Due,
    }
}

/// How long to sleep: to the next due time, but never long enough to miss a jump of the clock or the watchdog.
fn sleep_until(next: Option<Timestamp>, now: Timestamp) -> Duration {
    let longest =
        systemd::watchdog_interval().map_or(MAX_SLEEP, |interval| interval.min(MAX_SLEEP));
    let wait = next.map_or(SignedDuration::MAX, |next| next.duration_since(now));
    Duration::try_from(wait)
        .unwrap_or(Duration::ZERO)
        .min(longest)
}

fn wait_out(error: &store::Error) -> Duration {
    tracing::error!(%error, "the store cannot be used; trying again");
    STORE_PAUSE
}

/// Swaps the whole configuration or changes nothing. Work in hand ends with the services it began with.
async fn reload(services: Arc<Services>, read_again: &ReadAgain) -> Arc<Services> {
    systemd::reloading();
    let fresh = read_again().and_then(|mut config| {
        config.origins.clear();
        services.with(config)
    });
    let result = match fresh {
        Ok(fresh) => match take_over(&fresh, &services).await {
            Ok(()) => Ok(Arc::new(fresh)),
            Err(error) => Err(anyhow::Error::from(error)),
        },
        Err(error) => Err(error),
    };
    services.metrics.reloaded(result.is_ok());
    let services = match result {
        Ok(fresh) => {
            tracing::info!(
                watches = fresh.config.watches.len(),
                "configuration read again"
            );
            fresh
        }
        Err(error) => {
            tracing::error!(error = %format!("{error:#}"), "the new configuration is not used, the old one goes on");
            services
        }
    };
    systemd::ready(services.config.watches.len());
    services
}
