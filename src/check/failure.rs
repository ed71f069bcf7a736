//! A check that saw no story: counted, told of after a while, and proof of a removal only when it adds up to one.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::sources::Forbidden;
use super::{Outcome, next_due, telling};
use crate::alert::{self, Problem};
use crate::config::Watch;
use crate::fetch::{self, Retry};
use crate::services::{Services, Subject};
use crate::store::{self, Failed, Known};
use crate::story::{NotAStory, Why};

/// A story that is "not found" counts as removed after this many looks in a row ...
const LOOKS_FOR_REMOVAL: u32 = 3;
/// ... over at least this long.
const TIME_FOR_REMOVAL: SignedDuration = SignedDuration::from_hours(1);

/// What was seen instead of a story.
struct Cause {
    /// In a sentence.
    text: String,
    /// In a word, for the store and the metrics.
    kind: &'static str,
    /// How much it says about the story itself.
    evidence: Evidence,
    /// The server's wish for the next look.
    not_before: Option<Timestamp>,
}

/// What a failed check says about the story.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Evidence {
    /// Nothing: the look failed.
    None,
    /// Not found, which may be an outage.
    Missing,
    /// The publisher says it is gone.
    Gone,
}

/// A host that is busy is asked again after this long.
const PAUSE_FOR_A_BUSY_HOST: Duration = Duration::from_secs(60);

/// The host was not asked, out of politeness. That is no failure of the story or its server.
pub(super) async fn postponed(
    watch: &Watch,
    services: &Services,
    error: &fetch::Error,
    now: Timestamp,
) -> Result<Outcome, store::Error> {
    let wait = match error.retry() {
        Retry::After(wait) => wait,
        Retry::Never | Retry::Backoff => PAUSE_FOR_A_BUSY_HOST,
    };
    let due = now.checked_add(wait).unwrap_or(Timestamp::MAX);
    services.store.postpone(&watch.name, due).await?;
    put_off(watch, services, error.to_string(), due).await
}

/// The article was not asked for, because its site does not want it.
pub(super) async fn not_asked(
    watch: &Watch,
    services: &Services,
    forbidden: Forbidden,
    now: Timestamp,
) -> Result<Outcome, store::Error> {
    let due = now.checked_add(forbidden.pause).unwrap_or(Timestamp::MAX);
    put_off(watch, services, forbidden.cause, due).await
}

async fn put_off(
    watch: &Watch,
    services: &Services,
    cause: String,
    due: Timestamp,
) -> Result<Outcome, store::Error> {
    services.store.postpone(&watch.name, due).await?;
    tracing::debug!(watch = %watch.name, error = %cause, again = %due, "check put off");
    Ok(Outcome::Postponed { cause })
}

/// The articles of a list cannot be read, or nearly none of them.
pub(super) async fn of_articles(
    watch: &Watch,
    services: &Services,
    known: &Known,
    text: String,
    now: Timestamp,
) -> Result<Outcome, store::Error> {
    let cause = Cause {
        text,
        kind: "articles",
        evidence: Evidence::None,
        not_before: None,
    };
    failed(watch, services, known, cause, now).await
}

/// The page could not be fetched.
pub(super) async fn of_fetch(
    watch: &Watch,
    services: &Services,
    known: &Known,
    error: &fetch::Error,
    now: Timestamp,
) -> Result<Outcome, store::Error> {
    let evidence = match error {
        error if error.is_gone() => Evidence::Gone,
        error if error.is_missing() => Evidence::Missing,
        _ => Evidence::None,
    };
    let not_before = match error.retry() {
        Retry::After(wait) => now.checked_add(wait).ok(),
        Retry::Never | Retry::Backoff => None,
    };
    let cause = Cause {
        text: error.to_string(),
        kind: "fetch",
        evidence,
        not_before,
    };
    failed(watch, services, known, cause, now).await
}

/// The page is not a story.
pub(super) async fn of_reading(
    watch: &Watch,
    services: &Services,
    known: &Known,
    why: &NotAStory,
    now: Timestamp,
) -> Result<Outcome, store::Error> {
    let (kind, evidence) = match why.why {
        Why::NotFound => ("not_found", Evidence::Missing),
        Why::Withdrawn => ("withdrawn", Evidence::Gone),
        Why::Empty => ("empty", Evidence::None),
        Why::Consent => ("consent", Evidence::None),
        Why::Captcha => ("captcha", Evidence::None),
        Why::Login => ("login", Evidence::None),
        Why::Paywall => ("paywall", Evidence::None),
        Why::ErrorPage => ("error_page", Evidence::None),
        Why::Hostile => ("hostile", Evidence::None),
        Why::Format => ("format", Evidence::None),
    };
    let is_plain = !watch.access.browser && watch.reading.value.is_none();
    let hint = if why.why == Why::Empty && is_plain {
        "; if scripts make the page, `browser: true` lets a browser show it first"
    } else {
        ""
    };
    let cause = Cause {
        text: format!("{}{hint}", why.detail),
        kind,
        evidence,
        not_before: None,
    };
    failed(watch, services, known, cause, now).await
}

/// Two looks at the page contradict each other.
pub(super) async fn of_cut_page(
    watch: &Watch,
    services: &Services,
    known: &Known,
    text: String,
    now: Timestamp,
) -> Result<Outcome, store::Error> {
    let cause = Cause {
        text,
        kind: "cut",
        evidence: Evidence::None,
        not_before: None,
    };
    failed(watch, services, known, cause, now).await
}

/// claimwatch itself failed.
pub(super) async fn of_fault(
    watch: &Watch,
    services: &Services,
    known: &Known,
    text: String,
    now: Timestamp,
) -> Result<Outcome, store::Error> {
    tracing::error!(watch = %watch.name, error = %text, "a fault in claimwatch");
    let cause = Cause {
        text,
        kind: "fault",
        evidence: Evidence::None,
        not_before: None,
    };
    failed(watch, services, known, cause, now).await
}

async fn failed(
    watch: &Watch,
    services: &Services,
    known: &Known,
    cause: Cause,
    now: Timestamp,
) -> Result<Outcome, store::Error> {
    let next_due =
        next_due(watch, known, now).map(|due| cause.not_before.map_or(due, |wish| due.max(wish)));
    let problem = Problem {
        cause: cause.text.clone(),
        failures: known.failures.saturating_add(1),
        since: known.failing_since.unwrap_or(now),
        next_try: next_due,
        changed_meanwhile: None,
    };
    let removed = is_removal(known, cause.evidence, now);
    let about = telling::about(watch, known, now);
    let mut alerts = Vec::new();
    if removed {
        let last = known.latest.as_ref().map(telling::version_ref);
        let since = known.missing.map_or(now, |missing| missing.since);
        let problem = Problem {
            since,
            ..problem.clone()
        };
        let alert = alert::story_removed(&about, problem, last);
        let outgoing = services.outgoing(alert, &watch.notify, Subject::Change, now);
        alerts.extend(telling::unless_muted(known, now, outgoing));
    }
    // Of articles in trouble their list tells: hundreds may fail at once for one reason.
    let tell_problem = !removed
        && known.removed.is_none()
        && known.followed.is_none()
        && is_to_be_told(services, known, &problem, now);
    if tell_problem {
        let outgoing = services.problem(alert::watch_failing(&about, problem), watch, now);
        alerts.extend(telling::unless_muted(known, now, outgoing));
    }
    tracing::warn!(
        watch = %watch.name, story = %known.story, kind = cause.kind, error = %cause.text,
        failures = known.failures + 1, "check failed"
    );
    let failed = Failed {
        watch: watch.name.clone(),
        story: known.story.clone(),
        at: now,
        next_due,
        error: cause.text.clone(),
        kind: cause.kind.to_owned(),
        missing: cause.evidence != Evidence::None,
        removed,
        // Trouble that began while the watch was muted is told when that is over, if it lasts.
        problem_told: tell_problem && known.muted.of_story(now).is_none(),
        alerts,
    };
    services.store.failed(failed).await?;
    Ok(Outcome::Failed { cause: cause.text })
}

/// Whether this look completes the proof that a story which was there is gone.
fn is_removal(known: &Known, evidence: Evidence, now: Timestamp) -> bool {
    if known.latest.is_none() || known.removed.is_some() {
        return false;
    }
    match evidence {
        Evidence::Gone => true,
        Evidence::Missing => known.missing.is_some_and(|missing| {
            missing.count + 1 >= LOOKS_FOR_REMOVAL
                && now.duration_since(missing.since) >= TIME_FOR_REMOVAL
        }),
        Evidence::None => false,
    }
}

/// Whether the trouble is old enough to be told, or told long enough ago to be told again.
fn is_to_be_told(services: &Services, known: &Known, problem: &Problem, now: Timestamp) -> bool {
    let rule = services.config.problems;
    match known.problem_told {
        None => problem.failures >= rule.after,
        Some(told) => now
            .checked_sub(rule.remind)
            .is_ok_and(|limit| told <= limit),
    }
}
