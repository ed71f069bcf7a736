//! `claimwatch run`: the service.

use anyhow::Context;
use tokio::sync::mpsc;

use super::{Common, Ending, opened, report, runtime};
use crate::clock::Clock;
use crate::daemon::{self, Signals};
use crate::store::Store;

/// Orders wait here while the loop is busy; an operator does not send more.
const MAX_ORDERS: usize = 8;

pub(super) fn run(common: &Common) -> anyhow::Result<Ending> {
    daemon::memory::order();
    let config = match opened::config(common) {
        Ok(config) => config,
        Err(error) => return Ok(unfit(&error)),
    };
    for warning in &config.warnings {
        tracing::warn!(%warning, "configuration");
    }
    let store = match Store::open_exclusive(&config.store) {
        Ok(store) => store,
        Err(error) if error.is_final() => return Ok(unfit(&error.into())),
        Err(error) => return Err(error.into()),
    };
    runtime()?.block_on(async {
        let (sender, orders) = mpsc::channel(MAX_ORDERS);
        let mut signals = Signals::listen().context("cannot listen for signals")?;
        let listener = tokio::spawn(async move {
            loop {
                let order = signals.next().await;
                if sender.send(order).await.is_err() {
                    return;
                }
            }
        });
        let path = common.config.clone();
        let read_again = Box::new(move || opened::config_at(&path));
        let result = daemon::run(config, store, Clock::system(), orders, read_again).await;
        listener.abort();
        result
    })?;
    Ok(Ending::Well)
}

/// Whoever starts the service anew by itself must not do so before somebody has mended this.
fn unfit(error: &anyhow::Error) -> Ending {
    report(error);
    Ending::Unfit
}
