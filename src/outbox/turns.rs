//! Whose turn it is while a receiver rests, and what an attempt says about it.

use jiff::{SignedDuration, Timestamp};

use super::kind;
use crate::alert::ReceiverName;
use crate::deliver::rest::{Relief, Resting, Turn};
use crate::deliver::{self, Channel, Receiver, Retry, email};
use crate::services::Services;
use crate::store::{self, Delivery};

/// One that has failed comes after those that have only waited: if the trouble is its own, it is in nobody's way.
const BEHIND: SignedDuration = SignedDuration::from_millis(250);

/// Until when a delivery must wait, and why; `None` where it may go.
pub(super) fn ask(
    delivery: &Delivery,
    services: &Services,
    now: Timestamp,
) -> Option<(Timestamp, String)> {
    match services.rests.turn(&through(delivery, services), now) {
        Turn::Go => None,
        Turn::Wait(until, why) => Some((until, why)),
    }
}

/// Notes that the receiver takes what it is sent; what waited for that may go.
pub(super) async fn worked(
    delivery: &Delivery,
    services: &Services,
    now: Timestamp,
) -> Result<(), store::Error> {
    for resting in through(delivery, services) {
        relieve(&resting, services, now).await?;
    }
    Ok(())
}

/// Notes that an attempt has failed. Answers until when the receiver rests, where it does.
pub(super) async fn failed(
    delivery: &Delivery,
    services: &Services,
    error: &deliver::Error,
    times: (Timestamp, Timestamp),
) -> Result<Option<Timestamp>, store::Error> {
    let through = through(delivery, services);
    let alone = through.len() == 1;
    let wish = match error.retry() {
        Retry::Never | Retry::Disable => {
            services.rests.not_tried(&through);
            return Ok(None);
        }
        Retry::After(wait) => times.1.checked_add(wait).ok(),
        Retry::Backoff => None,
    };
    // Who is to blame rests before the others are free to be asked: there is no moment at which both seem well.
    let (blamed, others): (Vec<_>, Vec<_>) =
        through.into_iter().partition(|resting| match resting {
            Resting::MailServer => email::is_of_server(error),
            Resting::Line(..) => alone || !email::is_of_server(error),
        });
    let (kind, told) = (kind(delivery, services), error.to_string());
    let until = blamed
        .iter()
        .map(|resting| services.rests.failed(resting, kind, times, wish, &told))
        .max();
    services.rests.not_tried(&others);
    if others.contains(&Resting::MailServer) {
        // It has answered: whatever waits for the server may go.
        relieve(&Resting::MailServer, services, times.1).await?;
    }
    Ok(until)
}

/// When one that has failed is due again, where its receiver rests `until` then.
pub(super) fn after(until: Timestamp) -> Timestamp {
    until.checked_add(BEHIND).unwrap_or(until)
}

/// What a delivery goes through, each of which can rest.
fn through(delivery: &Delivery, services: &Services) -> Vec<Resting> {
    let line = || Resting::Line(delivery.receiver.clone(), delivery.address.clone());
    match services.receiver(&delivery.receiver).map(|to| &to.channel) {
        Some(Channel::Email(_)) => vec![Resting::MailServer, line()],
        Some(Channel::Webhook(_) | Channel::Service(_)) => vec![line()],
        Some(Channel::Terminal) | None => Vec::new(),
    }
}

async fn relieve(
    resting: &Resting,
    services: &Services,
    now: Timestamp,
) -> Result<(), store::Error> {
    let until = match services.rests.worked(resting) {
        Relief::None => return Ok(()),
        Relief::Until(until) => until,
        Relief::All => Timestamp::MAX,
    };
    let is_mail = |receiver: &&Receiver| matches!(receiver.channel, Channel::Email(_));
    let receivers: Vec<ReceiverName> = match resting {
        Resting::MailServer => {
            let mail = services.config.receivers.iter().filter(is_mail);
            mail.map(|receiver| receiver.name.clone()).collect()
        }
        Resting::Line(name, _) => vec![name.clone()],
    };
    tracing::info!(?receivers, "receivers take alerts again");
    services.store.relieve(receivers, now, until).await
}
