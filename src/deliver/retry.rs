//! When a delivery that failed is tried again.
//!
//! Webhooks follow the ten attempts of Standard Webhooks, spread over three days; mail is tried for five days, as mail
//! servers do among themselves. A receiver that is in trouble is asked no oftener than a hundred times a day, and never
//! left alone for longer than a quarter of an hour.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// The pauses after the first, second, ... attempt of a webhook, in seconds; ten attempts in all.
const WEBHOOK_PAUSES_SECONDS: [u64; 9] =
    [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/// How far a webhook's pause may be off, in percent.
const WEBHOOK_JITTER_PERCENT: u64 = 10;
/// The pauses after the first, second, ... attempt of a mail, in seconds, and then [`LONG_REST_MILLISECONDS`].
const MAIL_PAUSES_SECONDS: [u64; 2] = [60, 300];
/// How far these may be off, in percent.
const MAIL_JITTER_PERCENT: u64 = 20;
/// The same of anything else that rests as a whole.
const REST_PAUSES_SECONDS: [u64; 3] = [5, 60, 300];
/// The pause once it is clear that the trouble lasts: a hundred attempts a day, and nobody waits longer than a quarter of
/// an hour for a receiver that is back ...
const LONG_REST_MILLISECONDS: u64 = 890_000;
/// ... of which this much is chance.
const LONG_REST_JITTER_MILLISECONDS: u64 = 10_000;
/// How long a mail is tried.
const MAIL_LIFETIME: SignedDuration = SignedDuration::from_hours(5 * 24);
/// How long a webhook is: as long as its ten attempts can take.
const WEBHOOK_LIFETIME: SignedDuration = SignedDuration::from_hours(84);
/// The longest wait that a receiver may ask for.
const MAX_ASKED: Duration = Duration::from_secs(24 * 60 * 60);

/// Which schedule a delivery keeps to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Ten attempts within 75 h 35 min.
    Webhook,
    /// As many attempts as fit into five days.
    Mail,
}

/// When the next attempt is due after `attempts` were made, the first of them at `first`, the last just `now`; `None` when
/// there were enough and the delivery is to be parked. `seed` says how the pause is jittered: the same for the same seed,
/// so give each delivery its own.
///
/// ```
/// use claimwatch::deliver::retry::{Kind, next_attempt};
/// let now: jiff::Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
///
/// let second = next_attempt(Kind::Webhook, 1, now, now, 7).unwrap();
///
/// assert_eq!(second.duration_since(now).as_secs_f32().round(), 5.0);
/// assert_eq!(next_attempt(Kind::Webhook, 10, now, now, 7), None);
/// ```
#[must_use]
pub fn next_attempt(
    kind: Kind,
    attempts: u32,
    first: Timestamp,
    now: Timestamp,
    seed: u64,
) -> Option<Timestamp> {
    match kind {
        Kind::Webhook => webhook_schedule(attempts, now, seed),
        Kind::Mail => mail_schedule(attempts, first, now, seed),
    }
}

/// Puts the next attempt off to when the receiver asked for it, at most a day from `now`.
#[must_use]
pub fn not_before(next: Timestamp, now: Timestamp, asked: Duration) -> Timestamp {
    next.max(later(now, asked.min(MAX_ASKED)))
}

/// The ten attempts of a webhook.
#[must_use]
pub fn webhook_schedule(attempts: u32, now: Timestamp, seed: u64) -> Option<Timestamp> {
    let Some(last) = attempts.checked_sub(1) else {
        return Some(now);
    };
    let seconds = WEBHOOK_PAUSES_SECONDS.get(usize::try_from(last).ok()?)?;
    Some(later(
        now,
        jittered(*seconds, WEBHOOK_JITTER_PERCENT, seed, attempts),
    ))
}

/// A mail's attempts: after a minute, after five more, and then every quarter of an hour. The last is made as the lifetime
/// ends.
#[must_use]
pub fn mail_schedule(
    attempts: u32,
    first: Timestamp,
    now: Timestamp,
    seed: u64,
) -> Option<Timestamp> {
    if attempts == 0 {
        return Some(now);
    }
    let end = first.checked_add(MAIL_LIFETIME).unwrap_or(Timestamp::MAX);
    (now < end).then(|| rest(Kind::Mail, attempts, now, seed).min(end))
}

/// Until when a receiver, or a server, is left alone that has failed `failures` times in a row.
#[must_use]
pub fn rest(kind: Kind, failures: u32, now: Timestamp, seed: u64) -> Timestamp {
    let (pauses, percent): (&[u64], u64) = match kind {
        Kind::Webhook => (&REST_PAUSES_SECONDS, WEBHOOK_JITTER_PERCENT),
        Kind::Mail => (&MAIL_PAUSES_SECONDS, MAIL_JITTER_PERCENT),
    };
    let last = usize::try_from(failures.saturating_sub(1)).unwrap_or(usize::MAX);
    let pause = if let Some(seconds) = pauses.get(last) {
        jittered(*seconds, percent, seed, failures)
    } else {
        let off = mix(seed ^ u64::from(failures)) % (2 * LONG_REST_JITTER_MILLISECONDS + 1);
        let shortest = LONG_REST_MILLISECONDS - LONG_REST_JITTER_MILLISECONDS;
        Duration::from_millis(shortest + off)
    };
    later(now, pause)
}

/// Whether a delivery written at `created` has waited for as long as one is tried.
#[must_use]
pub fn is_over(kind: Kind, created: Timestamp, now: Timestamp) -> bool {
    let lifetime = match kind {
        Kind::Webhook => WEBHOOK_LIFETIME,
        Kind::Mail => MAIL_LIFETIME,
    };
    now.duration_since(created) >= lifetime
}

/// The pause, off by up to `percent` either way. Deliveries that failed together must not come back together.
fn jittered(seconds: u64, percent: u64, seed: u64, attempts: u32) -> Duration {
    let milliseconds = seconds * 1_000;
    let reach = milliseconds * percent / 100;
    let off = mix(seed ^ u64::from(attempts)) % (2 * reach + 1);
    Duration::from_millis(milliseconds - reach + off)
}

/// The finishing step of `SplitMix64`: every bit of the seed moves every bit of the result.
fn mix(seed: u64) -> u64 {
    let x = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

fn later(from: Timestamp, by: Duration) -> Timestamp {
    from.checked_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp::UNIX_EPOCH;

    /// The pauses between attempts, in seconds, until the delivery is parked.
    fn pauses(kind: Kind, seed: u64) -> Vec<f64> {
        let mut now = START;
        let mut pauses = Vec::new();
        for attempts in 1.. {
            let Some(next) = next_attempt(kind, attempts, START, now, seed) else {
                break;
            };
            pauses.push(next.duration_since(now).as_secs_f64());
            now = next;
        }
        pauses
    }

    #[test]
    fn a_webhook_is_tried_ten_times_over_three_days() {
        for seed in 0..200 {
            let pauses = pauses(Kind::Webhook, seed);

            assert_eq!(pauses.len(), 9);
            for (pause, wanted) in pauses
                .iter()
                .zip([5.0, 300.0, 1800.0, 7200.0, 18e3, 36e3, 50.4e3, 72e3, 86.4e3])
            {
                assert!(
                    (pause / wanted - 1.0).abs() <= 0.1,
                    "{pause} instead of {wanted}"
                );
            }
        }
        assert_eq!(
            WEBHOOK_PAUSES_SECONDS.iter().sum::<u64>(),
            75 * 3600 + 35 * 60 + 5
        );
    }

    #[test]
    fn a_mail_is_tried_for_five_days_at_most_a_quarter_of_an_hour_apart() {
        for seed in 0..200 {
            let pauses = pauses(Kind::Mail, seed);

            for (pause, wanted) in pauses.iter().zip([60.0, 300.0]) {
                assert!(
                    (pause / wanted - 1.0).abs() <= 0.2,
                    "{pause} instead of {wanted}"
                );
            }
            assert!(pauses.iter().all(|pause| *pause <= 900.0));
            assert!(
                pauses[2..pauses.len() - 1]
                    .iter()
                    .all(|pause| *pause >= 880.0)
            );
            assert!(
                (pauses.iter().sum::<f64>() - 5.0 * 86_400.0).abs() < 0.001,
                "the last attempt is made as the time runs out"
            );
        }
    }

    #[test]
    fn deliveries_that_failed_together_come_back_apart() {
        let mut due: Vec<_> = (0..100)
            .filter_map(|seed| next_attempt(Kind::Mail, 3, START, START, seed))
            .collect();
        due.sort_unstable();
        due.dedup();

        assert!(due.len() > 95, "{} different times", due.len());
        assert_eq!(
            next_attempt(Kind::Mail, 3, START, START, 9),
            next_attempt(Kind::Mail, 3, START, START, 9)
        );
    }

    #[test]
    fn what_was_never_tried_is_due_at_once() {
        assert_eq!(next_attempt(Kind::Webhook, 0, START, START, 1), Some(START));
        assert_eq!(next_attempt(Kind::Mail, 0, START, START, 1), Some(START));
    }

    #[test]
    fn no_number_of_attempts_is_too_many_to_count() {
        assert_eq!(next_attempt(Kind::Webhook, u32::MAX, START, START, 1), None);
        assert!(next_attempt(Kind::Mail, u32::MAX, START, START, 1).is_some());
        assert!(next_attempt(Kind::Mail, 1, START, Timestamp::MAX, 1).is_none());
    }

    #[test]
    fn a_receiver_that_asks_for_time_gets_it_up_to_a_day() {
        let next = later(START, Duration::from_secs(300));

        assert_eq!(not_before(next, START, Duration::from_secs(5)), next);
        assert_eq!(
            not_before(next, START, Duration::from_secs(600)),
            later(START, Duration::from_secs(600))
        );
        assert_eq!(
            not_before(next, START, Duration::from_secs(1_000_000)),
            later(START, MAX_ASKED)
        );
    }
}
