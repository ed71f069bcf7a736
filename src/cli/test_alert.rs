//! `claimwatch test-alert`: an example alert on the real path, so that a receiver is known to work before it matters.

use std::io::Write;

use jiff::SignedDuration;

use super::{Common, Ending, Hint, opened, runtime};
use crate::alert::{self, ReceiverName};
use crate::clock::Clock;
use crate::outbox;
use crate::services::{Services, Subject};
use crate::store::{State, Store, Wanted};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The receiver; all of them where none is named
    receiver: Option<String>,
}

/// Sends an example to every receiver.
pub(super) fn send_to_all(common: &Common, out: &mut dyn Write) -> anyhow::Result<Ending> {
    run(&Arguments { receiver: None }, common, out)
}

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let config = opened::config(common)?;
    let names: Vec<ReceiverName> = config
        .receivers
        .iter()
        .map(|receiver| receiver.name.clone())
        .filter(|name| {
            arguments
                .receiver
                .as_ref()
                .is_none_or(|wanted| wanted == name.as_str())
        })
        .collect();
    if names.is_empty() {
        let wanted = arguments.receiver.as_deref().unwrap_or_default();
        let known: Vec<&str> = config
            .receivers
            .iter()
            .map(|receiver| receiver.name.as_str())
            .collect();
        return Err(anyhow::anyhow!("no receiver is called `{wanted}`")
            .context(Hint(format!("the receivers are: {}", known.join(", ")))));
    }
    runtime()?.block_on(send(config, &names, out))
}

async fn send(
    config: crate::config::Config,
    names: &[ReceiverName],
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let store = Store::open(&config.store)?;
    let services = Services::new(config, store, Clock::system())?;
    let now = services.clock.now();
    let alert = alert::test(now);
    let mut outgoing = services.outgoing(alert.clone(), names, Subject::Change, now);
    let problems = services.outgoing(alert.clone(), names, Subject::Problem, now);
    outgoing.to.extend(problems.to);
    outgoing.to.sort();
    outgoing.to.dedup();
    // Whoever asks for a test waits for it, however much was sent before.
    for destination in &mut outgoing.to {
        destination.max_per_hour = None;
    }
    services.store.enqueue(outgoing, now).await?;
    loop {
        let due = services
            .store
            .lease_deliveries("test-alert", now, now + SignedDuration::from_mins(5), 64)
            .await?;
        if due.is_empty() {
            break;
        }
        for delivery in due {
            outbox::deliver(delivery, &services).await?;
        }
    }
    services.say_goodbye().await;
    let wanted = Wanted {
        alert: Some(alert.alert_id),
        ..Wanted::default()
    };
    let mut ending = Ending::Well;
    for row in services.store.deliveries(wanted).await? {
        let to = if row.address.is_empty() {
            row.receiver.to_string()
        } else {
            format!("{} <{}>", row.receiver, row.address)
        };
        match row.state {
            State::Sent => writeln!(out, "{to}: sent")?,
            State::Waiting | State::Held | State::Parked => {
                ending = Ending::Trouble;
                writeln!(out, "{to}: not sent: {}", row.error.unwrap_or_default())?;
            }
        }
    }
    Ok(ending)
}
