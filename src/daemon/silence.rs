//! The dead man's alarm: no check of any watch has succeeded for three periods.
//!
//! A watch in trouble is told of by its own checks. What this adds is the trouble in which nobody checks at all, or
//! everything fails at once before any watch has failed often enough to be told of.

use jiff::{SignedDuration, Timestamp};

use crate::alert::{self, About, Problem, WatchName};
use crate::services::{Services, Subject};
use crate::store::{self, Gauges, Outgoing, WatchGauge};

/// After so many periods without a success something is wrong.
const PERIODS: i32 = 3;
/// How often this is looked at.
const PAUSE: SignedDuration = SignedDuration::from_secs(60);
/// From one look to the next it never takes so long, unless time itself leaps.
const LEAP: SignedDuration = SignedDuration::from_mins(5);
/// What stands in the place of a watch in the alert.
const EVERY_WATCH: &str = "all-watches";

/// What the alarm remembers.
pub(super) struct Silence {
    started: Timestamp,
    looked: Timestamp,
    told: Option<Timestamp>,
    /// When a check last succeeded under this daemon.
    heard: Option<Timestamp>,
}

impl Silence {
    /// Begins at the start of the daemon: what was before it, nobody could check.
    pub(super) fn from(started: Timestamp) -> Self {
        Self {
            started,
            looked: started,
            told: None,
            heard: None,
        }
    }

    /// A check has succeeded.
    pub(super) fn hear(&mut self, now: Timestamp) {
        self.heard = Some(now);
    }

    /// Whether a check succeeded so lately that no watch can have missed three periods since: then nobody need look.
    fn is_lively(&self, now: Timestamp) -> bool {
        let Some(shortest) = PAUSE.checked_mul(PERIODS) else {
            return false;
        };
        self.heard
            .is_some_and(|heard| heard <= now && now.duration_since(heard) <= shortest)
    }

    /// Looks, where it is time to, and raises the alarm, where there is cause.
    pub(super) async fn listen(&mut self, services: &Services) {
        let now = services.clock.now();
        if now.duration_since(self.looked) < PAUSE && now >= self.looked {
            return;
        }
        // The machine slept or its clock was set: nobody could check meanwhile.
        if now < self.looked || now.duration_since(self.looked) > LEAP {
            self.started = now;
        }
        self.looked = now;
        if self.is_lively(now) {
            self.told = None;
            return;
        }
        if let Err(error) = self.look(services, now).await {
            // The event loop meets the same store and says so more loudly.
            tracing::debug!(%error, "the store cannot be asked when a check last succeeded");
        }
    }

    async fn look(&mut self, services: &Services, now: Timestamp) -> Result<(), store::Error> {
        let gauges = services.store.gauges(None).await?;
        let Some(since) = self.silent_since(&gauges, now) else {
            self.told = None;
            return Ok(());
        };
        let remind = services.config.problems.remind;
        let told_lately = self
            .told
            .is_some_and(|told| now.checked_sub(remind).is_ok_and(|limit| told > limit));
        if told_lately || told_by_another(services, now).await? {
            return Ok(());
        }
        tracing::error!(%since, "no check of any watch has succeeded for three periods");
        self.told = Some(now);
        match alarm(services, since, now) {
            Some(outgoing) => services.store.enqueue(outgoing, now).await,
            None => Ok(()),
        }
    }

    /// Since when nothing has succeeded, where more than half of the watches had the time to try three times and somebody
    /// does not know of it yet.
    fn silent_since(&self, gauges: &Gauges, now: Timestamp) -> Option<Timestamp> {
        let active = || gauges.watches.iter().filter(|watch| watch.due.is_some());
        let last = active().filter_map(|watch| watch.last_success).max();
        let since = last.map_or(self.started, |last| last.max(self.started));
        let overdue: Vec<&WatchGauge> = active()
            .filter(|watch| {
                let patience = period(watch).checked_mul(PERIODS);
                patience.is_some_and(|patience| now.duration_since(since) > patience)
            })
            .collect();
        let is_silent = overdue.len() * 2 > active().count();
        (is_silent && overdue.iter().any(|watch| !watch.problem_told)).then_some(since)
    }
}

/// The time between the last check of a watch and the next one.
/// Whether another daemon on the same store has told of the silence lately.
async fn told_by_another(services: &Services, now: Timestamp) -> Result<bool, store::Error> {
    if !services.store.is_shared() {
        return Ok(false);
    }
    let remind = services.config.problems.remind;
    let alerts = services.store.alerts_of(&["watch_failing"]).await?;
    Ok(alerts.iter().any(|alert| {
        alert.watch.id.as_str() == EVERY_WATCH
            && now.checked_sub(remind).is_ok_and(|limit| alert.at > limit)
    }))
}

fn period(watch: &WatchGauge) -> SignedDuration {
    match (watch.last_check, watch.due) {
        (Some(last), Some(due)) => due.duration_since(last).max(PAUSE),
        _ => PAUSE,
    }
}

/// The alert for everyone who is told of problems.
fn alarm(services: &Services, since: Timestamp, now: Timestamp) -> Option<Outgoing> {
    let config = &services.config;
    let mut names: Vec<_> = config
        .watches
        .iter()
        .flat_map(|watch| config.told_of_problems(watch))
        .collect();
    names.sort();
    names.dedup();
    let watch = WatchName::new(EVERY_WATCH)?;
    let about = About {
        watch: &watch,
        tags: &[],
        story: None,
        at: now,
    };
    let problem = Problem {
        cause: "no check of any watch has succeeded for three periods".to_owned(),
        failures: 0,
        since,
        next_try: None,
        changed_meanwhile: None,
    };
    let alert = alert::watch_failing(&about, problem);
    Some(services.outgoing(alert, &names, Subject::Problem, now))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const START: &str = "2026-03-09T12:00:00Z";

    /// A watch that is checked every `minutes`, and last succeeded `success` minutes after the start.
    fn watch(minutes: i64, success: Option<i64>) -> WatchGauge {
        let start: Timestamp = START.parse().unwrap();
        let after = |minutes| start + SignedDuration::from_mins(minutes);
        WatchGauge {
            watch: WatchName::new("desk").unwrap(),
            last_success: success.map(after),
            last_check: Some(after(0)),
            due: Some(after(minutes)),
            failures: 0,
            problem_told: false,
        }
    }

    /// Whether the alarm is raised `minutes` after the start.
    fn is_silent(watches: Vec<WatchGauge>, minutes: i64) -> bool {
        let start: Timestamp = START.parse().unwrap();
        let gauges = Gauges {
            watches,
            ..Gauges::default()
        };
        Silence::from(start)
            .silent_since(&gauges, start + SignedDuration::from_mins(minutes))
            .is_some()
    }

    #[test]
    fn three_periods_without_a_success_are_silence() {
        assert!(!is_silent(vec![watch(10, None), watch(10, None)], 30));
        assert!(is_silent(vec![watch(10, None), watch(10, None)], 31));
        assert!(!is_silent(vec![watch(10, Some(5)), watch(10, None)], 31));
        assert!(is_silent(vec![watch(10, Some(5)), watch(10, None)], 36));
    }

    #[test]
    fn one_dead_watch_beside_a_slow_one_is_no_silence() {
        assert!(!is_silent(vec![watch(1, None), watch(720, Some(0))], 60));
    }

    #[test]
    fn what_was_told_watch_by_watch_is_not_told_again() {
        let told = WatchGauge {
            problem_told: true,
            ..watch(10, None)
        };

        assert!(!is_silent(vec![told.clone()], 60));
        assert!(is_silent(vec![told, watch(10, None)], 60));
    }

    #[test]
    fn soon_after_a_success_nobody_looks_and_later_somebody_does() {
        let start: Timestamp = START.parse().unwrap();
        let mut silence = Silence::from(start);
        assert!(!silence.is_lively(start));

        silence.hear(start);

        assert!(silence.is_lively(start + SignedDuration::from_mins(3)));
        assert!(!silence.is_lively(start + SignedDuration::from_mins(4)));
        assert!(!silence.is_lively(start - SignedDuration::from_mins(1)));
    }

    #[test]
    fn without_watches_there_is_nothing_to_be_silent_about() {
        assert!(!is_silent(Vec::new(), 60));
    }
}
