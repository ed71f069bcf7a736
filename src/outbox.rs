//! What was recorded is delivered: each row is sent, and then marked sent, due again later, or parked.
//!
//! At least once, with the same identifiers each time: a crash between sending and marking sends again, and the receiver
//! can tell by the identifier. Nothing parked is lost: it is listed and can be sent again.

mod archive;
mod together;
mod turns;

use jiff::Timestamp;

use crate::alert::{self, About, Problem};
use crate::deliver::kind::Message;
use crate::deliver::{self, Channel, Retry, email, retry};
use crate::services::{Services, crash_point};
use crate::store::{self, Delivery, Outgoing};

pub use archive::archive;
pub use together::tell_together;

/// Delivers one leased row.
///
/// # Errors
///
/// Where the store cannot record what became of it; the lease then runs out and the row is sent again.
pub async fn deliver(delivery: Delivery, services: &Services) -> Result<(), store::Error> {
    crash_point("leased");
    // Held until what became of the mail before is known: only then is it known whether this one is to be sent.
    let mut turn = mail_turn(&delivery, services).await;
    let begun = services.clock.now();
    if let Some((until, why)) = turns::ask(&delivery, services, begun) {
        return wait(&delivery, services, (begun, until), why).await;
    }
    let result = send(&delivery, services, turn.as_mut()).await;
    crash_point("sent");
    let now = services.clock.now();
    let (alert, receiver) = (&delivery.alert.alert_id, &delivery.receiver);
    let error = match result {
        Ok(receipt) => {
            match receipt {
                Some(receipt) => {
                    let store = &services.store;
                    store.delivered_as(delivery.id, &receipt, now).await?;
                }
                None => services.store.delivered(delivery.id, now).await?,
            }
            services.metrics.delivered(receiver, "sent");
            tracing::info!(%alert, %receiver, attempts = delivery.attempts + 1, "alert delivered");
            return turns::worked(&delivery, services, now).await;
        }
        Err(error) => error,
    };
    let rests_until = turns::failed(&delivery, services, &error, (begun, now)).await?;
    match next_attempt(&delivery, services, &error, now) {
        Some(due) => {
            let due = rests_until.map_or(due, |until| due.max(turns::after(until)));
            services.metrics.delivered(receiver, "failed");
            tracing::warn!(%alert, %receiver, %error, again = %due, "delivery failed, it will be tried again");
            let (store, told) = (&services.store, error.to_string());
            match error.retry() {
                Retry::After(_) => store.later_as_asked(delivery.id, due, &told).await,
                Retry::Never | Retry::Backoff | Retry::Disable => {
                    store.later(delivery.id, due, &told).await
                }
            }
        }
        None => park(&delivery, services, &error, now).await,
    }
}

/// Lets a delivery wait, untried, for as long as its receiver rests; one that has waited for its lifetime is given up.
async fn wait(
    delivery: &Delivery,
    services: &Services,
    (now, until): (Timestamp, Timestamp),
    why: String,
) -> Result<(), store::Error> {
    let (alert, receiver) = (&delivery.alert.alert_id, &delivery.receiver);
    if retry::is_over(kind(delivery, services), delivery.created, now) {
        let error = deliver::Error::Config {
            to: receiver.to_string(),
            why: format!("it has not taken anything for days: {why}"),
        };
        return park(delivery, services, &error, now).await;
    }
    tracing::debug!(%alert, %receiver, %until, "the receiver rests");
    services.store.wait(delivery.id, until, &why).await
}

/// Gives a delivery up: it is listed, can be sent again, and another receiver is told. A receiver that says it is gone is
/// switched off, and what waits for it is parked too.
async fn park(
    delivery: &Delivery,
    services: &Services,
    error: &deliver::Error,
    now: Timestamp,
) -> Result<(), store::Error> {
    let (alert, receiver) = (&delivery.alert.alert_id, &delivery.receiver);
    services.metrics.delivered(receiver, "parked");
    tracing::error!(%alert, %receiver, %error, "delivery parked; see `claimwatch deliveries --failed`");
    services
        .store
        .park(delivery.id, now, &error.to_string())
        .await?;
    if error.retry() == Retry::Disable {
        services
            .store
            .disable_receiver(receiver, &error.to_string(), now)
            .await?;
    }
    match notice(delivery, services, error, now) {
        Some(outgoing) => services.store.enqueue(outgoing, now).await,
        None => Ok(()),
    }
}

/// The alert that `delivery` was given up, for the other receivers of problems. A notice that is itself given up makes no
/// further one.
fn notice(
    delivery: &Delivery,
    services: &Services,
    error: &deliver::Error,
    now: Timestamp,
) -> Option<Outgoing> {
    let lost = &delivery.alert;
    if lost.kind == "delivery_failed" {
        return None;
    }
    let off = match error.retry() {
        Retry::Disable => {
            "; it is switched off until one of its alerts is sent again (claimwatch resend ALERT)"
        }
        Retry::Never | Retry::Backoff | Retry::After(_) => "",
    };
    let about = About {
        watch: &lost.watch.id,
        tags: &lost.watch.tags,
        story: lost.story.clone(),
        at: now,
    };
    let problem = Problem {
        cause: format!(
            "alert {} did not reach `{}`: {error}{off}",
            lost.alert_id, delivery.receiver
        ),
        failures: delivery.attempts + 1,
        since: delivery.created,
        next_try: None,
        changed_meanwhile: None,
    };
    let alert = alert::delivery_failed(&about, problem);
    let watch = services.watch(&lost.watch.id);
    services.loss(&alert, watch.as_deref(), &delivery.receiver, now)
}

/// Waits for a turn with the mail server, where the delivery is a mail.
async fn mail_turn<'a>(delivery: &Delivery, services: &'a Services) -> Option<email::Turn<'a>> {
    match services.receiver(&delivery.receiver)?.channel {
        Channel::Email(_) => Some(services.mailer().ok()?.turn().await),
        Channel::Webhook(_) | Channel::Terminal | Channel::Service(_) => None,
    }
}

/// Sends it, and gives what the receiver calls it where that is worth knowing.
async fn send(
    delivery: &Delivery,
    services: &Services,
    turn: Option<&mut email::Turn<'_>>,
) -> Result<Option<String>, deliver::Error> {
    let Some(receiver) = services.receiver(&delivery.receiver) else {
        return Err(deliver::Error::Config {
            to: delivery.receiver.to_string(),
            why: "the configuration no longer has this receiver; add it and `claimwatch resend` the alert".to_owned(),
        });
    };
    let alert = &delivery.alert;
    let now = services.clock.now();
    match &receiver.channel {
        Channel::Email(options) => {
            let address = &delivery.address;
            match turn {
                Some(turn) => turn.send(address, alert, options).await?,
                None => services.mailer()?.send(address, alert, options).await?,
            }
        }
        Channel::Webhook(options) => services.webhooks.send(options, alert, now).await?,
        Channel::Terminal if services.prints => {
            deliver::terminal::print(&mut std::io::stdout(), alert)?;
        }
        Channel::Terminal => {}
        Channel::Service(service) => {
            let thread = thread(delivery, service, services).await;
            let message = Message {
                alert,
                thread: thread.as_deref(),
            };
            let courier = &services.courier;
            return courier.send(&receiver.name, service, message, now).await;
        }
    }
    Ok(None)
}

/// The first message about the story, where the service has threads. Without it the message stands by itself, which is
/// better than none.
async fn thread(
    delivery: &Delivery,
    service: &deliver::kind::Service,
    services: &Services,
) -> Option<String> {
    if !service.kind.threads || delivery.alert.test {
        return None;
    }
    services
        .store
        .thread(delivery)
        .await
        .unwrap_or_else(|error| {
            tracing::warn!(%error, "the thread of a story was not found");
            None
        })
}

/// When to try again, or `None` to park.
fn next_attempt(
    delivery: &Delivery,
    services: &Services,
    error: &deliver::Error,
    now: Timestamp,
) -> Option<Timestamp> {
    let wish = match error.retry() {
        Retry::Never | Retry::Disable => return None,
        Retry::After(wait) => Some(wait),
        Retry::Backoff => None,
    };
    let seed = delivery.id.unsigned_abs();
    let next = retry::next_attempt(
        kind(delivery, services),
        delivery.attempts + 1,
        delivery.created,
        now,
        seed,
    )?;
    Some(wish.map_or(next, |wait| retry::not_before(next, now, wait)))
}

/// Which schedule a delivery keeps to.
fn kind(delivery: &Delivery, services: &Services) -> retry::Kind {
    match services.receiver(&delivery.receiver).map(|to| &to.channel) {
        Some(Channel::Email(_)) => retry::Kind::Mail,
        Some(Channel::Webhook(_) | Channel::Terminal | Channel::Service(_)) | None => {
            retry::Kind::Webhook
        }
    }
}
