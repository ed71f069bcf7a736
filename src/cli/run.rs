//! `claimwatch run`: the service.

use anyhow::Context;
use tokio::sync::mpsc;

use super::{Common, Ending, opened, runtime};
use crate::clock::Clock;
use crate::daemon::{self, Signals};
use crate::store::Store;

/// Orders wait here while the loop is busy; an operator does not send more.
const MAX_ORDERS: usize = 8;

pub(super) fn run(common: &Common) -> anyhow::Result<Ending> {
    daemon::memory::order();
    let config = opened::config(common)?;
    for warning in &config.warnings {
        tracing::warn!(%warning, "configuration");
    }
    runtime()?.block_on(async {
        let store = Store::open_exclusive(&config.store)?;
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
