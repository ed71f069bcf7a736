//! What was held for a receiver becomes one alert: its digest, what its quiet hours held, what was too much for an hour.

use jiff::Timestamp;

use crate::alert::{self, Alert, Fold};
use crate::deliver::{Holding, Receiver};
use crate::services::{Services, crash_point};
use crate::store::{self, Batch, Destination, Hold, Outgoing, Why};

/// Puts what is due to be told together into the outbox, an alert for each receiver.
///
/// # Errors
///
/// Where the store cannot be read or written; what was held then stays held, and is told by the next call.
pub async fn tell_together(services: &Services) -> Result<(), store::Error> {
    let now = services.clock.now();
    for batch in services.store.due_together(now).await? {
        crash_point("gathered");
        tell(batch, services, now).await?;
    }
    Ok(())
}

async fn tell(batch: Batch, services: &Services, now: Timestamp) -> Result<(), store::Error> {
    let receiver = services.receiver(&batch.receiver).cloned();
    let holding = receiver
        .as_ref()
        .map_or_else(Holding::default, |r| r.holding.clone());
    if batch.unreadable > 0 {
        tracing::error!(receiver = %batch.receiver, alerts = batch.unreadable, "stored alerts that were held cannot be read");
    }
    let reason = reason(batch.why, &holding);
    let fold = Fold {
        receiver: &batch.receiver,
        cause: batch.why.as_str(),
        reason: &reason,
        since: since(&batch, &holding),
        at: batch.due,
        offset_minutes: offset_minutes(&holding, batch.due),
        even_empty: digest_is_due(&batch, &holding),
    };
    let alert = alert::digest(&fold, &batch.alerts);
    if let Some(hold) = alert
        .as_ref()
        .and_then(|alert| still_quiet(&batch, &holding, alert, now))
    {
        return services.store.hold_longer(batch, hold).await;
    }
    let (name, held) = (batch.receiver.clone(), batch.alerts.len());
    let next = holding
        .digest
        .as_ref()
        .filter(|digest| digest.even_empty)
        .and_then(|digest| digest.next(now));
    let told = alert.as_ref().map(|alert| alert.alert_id.clone());
    let outgoing = alert.map(|alert| Outgoing {
        to: addresses(&batch, receiver.as_ref()),
        alert,
    });
    let was_open = services
        .store
        .tell_together(batch, outgoing, next, now)
        .await?;
    crash_point("folded");
    match told {
        Some(alert) if was_open => {
            tracing::info!(%alert, receiver = %name, alerts = held, "alerts told together");
        }
        None if was_open => {
            tracing::info!(receiver = %name, alerts = held, reason = "everything went back to what it was", "not told");
        }
        Some(_) | None => {}
    }
    Ok(())
}

/// Where it goes: the addresses it was held for; of a digest for which nothing was held, those of today.
fn addresses(batch: &Batch, receiver: Option<&Receiver>) -> Vec<Destination> {
    let to = |address: &String| Destination::at_once(batch.receiver.clone(), address);
    if batch.ids.is_empty() {
        return receiver.map_or_else(Vec::new, crate::services::addresses);
    }
    batch.addresses.iter().map(to).collect()
}

/// Whether the receiver gets its digest in any case, and now.
fn digest_is_due(batch: &Batch, holding: &Holding) -> bool {
    let even_empty = holding
        .digest
        .as_ref()
        .is_some_and(|digest| digest.even_empty);
    even_empty && batch.why == Why::Digest
}

/// A summary of what was too much is itself held in quiet hours. A digest is not: its times were chosen.
fn still_quiet(batch: &Batch, holding: &Holding, alert: &Alert, now: Timestamp) -> Option<Hold> {
    if batch.why != Why::Surplus {
        return None;
    }
    let until = holding.quiet_until(&alert.severity, now)?;
    Some(Hold {
        why: Why::Quiet,
        until,
    })
}

/// Since when it was gathered: the digest before, else when the first of it was held.
fn since(batch: &Batch, holding: &Holding) -> Timestamp {
    let before = holding
        .digest
        .as_ref()
        .filter(|_| batch.why == Why::Digest)
        .and_then(|digest| digest.before(batch.due));
    before.map_or(batch.since, |before| before.min(batch.since))
}

fn offset_minutes(holding: &Holding, at: Timestamp) -> i32 {
    holding.zone().to_offset(at).seconds() / 60
}

/// Why it is told together, in words.
fn reason(why: Why, holding: &Holding) -> String {
    match (why, &holding.digest) {
        (Why::Digest, Some(digest)) => digest.words(),
        (Why::Digest, None) => "it was held for a digest".to_owned(),
        (Why::Quiet, _) => match &holding.quiet {
            Some(quiet) => format!(
                "held in the quiet hours from {} to {}",
                quiet.from.strftime("%H:%M"),
                quiet.to.strftime("%H:%M")
            ),
            None => "held in quiet hours".to_owned(),
        },
        (Why::Surplus, _) => match holding.max_per_hour {
            Some(most) => format!("more than {most} alerts in an hour"),
            None => "more alerts in an hour than were wanted".to_owned(),
        },
    }
}
