//! The alerts that are not about a change: a watch in trouble or out of it, a story that is gone, an alert given up.

use jiff::Timestamp;

use super::{sentence, tags, title};
use crate::alert::render::{subject, words};
use crate::alert::{
    Alert, AlertId, Disclosure, Links, Problem, SCHEMA, StoryRef, VersionRef, WatchName, WatchRef,
};
use crate::compare::{ChangeKind, Severity};

/// The watch and story of an alert that is not about a change.
#[derive(Debug, Clone)]
pub struct About<'a> {
    /// The watch.
    pub watch: &'a WatchName,
    /// Its tags.
    pub tags: &'a [String],
    /// The story, where one has been seen.
    pub story: Option<StoryRef>,
    /// When it is told.
    pub at: Timestamp,
}

/// An alert that is not about a change.
pub(super) fn plain(
    about: &About,
    kind: &str,
    severity: Severity,
    facts: &str,
    reason: &str,
) -> Alert {
    Alert {
        schema: SCHEMA.to_owned(),
        alert_id: AlertId::of(about.at, &format!("{} {kind} {facts}", about.watch)),
        kind: kind.to_owned(),
        at: about.at,
        severity: severity.as_str().to_owned(),
        test: false,
        summary: String::new(),
        watch: WatchRef {
            id: about.watch.clone(),
            tags: tags(about.tags),
            reason: reason.to_owned(),
        },
        story: about.story.clone().map(|story| StoryRef {
            url: words::clean(&story.url),
            title: title(&story.title),
            outlet: story.outlet.as_deref().map(title),
            agency: story.agency.as_deref().map(title),
            ..story
        }),
        old: None,
        new: None,
        changes: Vec::new(),
        changes_omitted: 0,
        also_changed: Vec::new(),
        headline_changed: false,
        disclosure: Disclosure {
            state: "none".to_owned(),
            note: None,
        },
        links: Links::default(),
        problem: None,
        digest: None,
        disagreement: None,
    }
}

/// The alert that a story is gone. `problem` says what came back in its place and since when; `last` is the version kept.
///
/// ```
/// use claimwatch::alert::{About, Problem, WatchName, story_removed};
///
/// let watch = WatchName::new("desk").expect("a plain word");
/// let at = jiff::Timestamp::UNIX_EPOCH;
/// let about = About { watch: &watch, tags: &[], story: None, at };
/// let problem = Problem { cause: "404".into(), failures: 3, since: at, next_try: None, changed_meanwhile: None };
///
/// let alert = story_removed(&about, problem, None);
///
/// assert_eq!(alert.severity, "critical");
/// ```
#[must_use]
pub fn story_removed(about: &About, problem: Problem, last: Option<VersionRef>) -> Alert {
    let reason = "a story that is gone is always told";
    let facts = format!(
        "{} {}",
        problem.since,
        last.as_ref().map_or(0, |last| last.version)
    );
    let kind = ChangeKind::StoryRemoved.as_str();
    let mut alert = plain(about, kind, Severity::Critical, &facts, reason);
    alert.old = last;
    with_problem(alert, problem)
}

/// The alert that a story which was gone is there again. `problem` says since when it was gone; `changes` is the alert about
/// what changed meanwhile, where that is told.
///
/// ```
/// use claimwatch::alert::{About, Problem, WatchName, story_restored};
///
/// let watch = WatchName::new("desk").expect("a plain word");
/// let at = jiff::Timestamp::UNIX_EPOCH;
/// let about = About { watch: &watch, tags: &[], story: None, at };
/// let problem = Problem { cause: "404".into(), failures: 3, since: at, next_try: None, changed_meanwhile: Some(false) };
///
/// let alert = story_restored(&about, problem, None);
///
/// assert_eq!(alert.kind, "story_restored");
/// ```
#[must_use]
pub fn story_restored(about: &About, problem: Problem, changes: Option<Alert>) -> Alert {
    let reason = "a story that comes back is always told";
    let kind = "story_restored";
    let mut alert = changes.unwrap_or_else(|| {
        plain(
            about,
            kind,
            Severity::High,
            &problem.since.to_string(),
            reason,
        )
    });
    kind.clone_into(&mut alert.kind);
    if alert.severity != Severity::Critical.as_str() {
        Severity::High.as_str().clone_into(&mut alert.severity);
    }
    with_problem(alert, problem)
}

/// The alert that a watch has failed several times in a row.
///
/// ```
/// use claimwatch::alert::{About, Problem, WatchName, watch_failing};
///
/// let watch = WatchName::new("desk").expect("a plain word");
/// let at = jiff::Timestamp::UNIX_EPOCH;
/// let about = About { watch: &watch, tags: &[], story: None, at };
/// let problem = Problem { cause: "refused (403)".into(), failures: 3, since: at, next_try: None, changed_meanwhile: None };
///
/// let alert = watch_failing(&about, problem);
///
/// assert_eq!(alert.summary, "desk: refused (403), 3 checks in a row since 00:00 UTC");
/// ```
#[must_use]
pub fn watch_failing(about: &About, problem: Problem) -> Alert {
    let reason = "checks of this watch have failed; nothing is known of its story meanwhile";
    let facts = format!("{} {}", problem.since, problem.failures);
    let alert = plain(about, "watch_failing", Severity::Medium, &facts, reason);
    with_problem(alert, problem)
}

/// The alert that a watch that had failed works again.
///
/// ```
/// use claimwatch::alert::{About, Problem, WatchName, watch_recovered};
///
/// let watch = WatchName::new("desk").expect("a plain word");
/// let at = jiff::Timestamp::UNIX_EPOCH;
/// let about = About { watch: &watch, tags: &[], story: None, at };
/// let problem = Problem { cause: "timed out".into(), failures: 3, since: at, next_try: None, changed_meanwhile: Some(false) };
///
/// assert!(watch_recovered(&about, problem).summary.ends_with("no change missed"));
/// ```
#[must_use]
pub fn watch_recovered(about: &About, problem: Problem) -> Alert {
    let reason = "the checks of this watch had failed, and work again";
    let facts = problem.since.to_string();
    let alert = plain(about, "watch_recovered", Severity::Low, &facts, reason);
    with_problem(alert, problem)
}

/// The alert that another alert did not reach a receiver and was given up.
///
/// ```
/// use claimwatch::alert::{About, Problem, WatchName, delivery_failed};
///
/// let watch = WatchName::new("desk").expect("a plain word");
/// let at = jiff::Timestamp::UNIX_EPOCH;
/// let about = About { watch: &watch, tags: &[], story: None, at };
/// let cause = "alert 01ABC did not reach `api`: 410 (gone)".to_owned();
/// let problem = Problem { cause, failures: 1, since: at, next_try: None, changed_meanwhile: None };
///
/// assert!(delivery_failed(&about, problem).summary.starts_with("desk: alert 01ABC did not reach `api`"));
/// ```
#[must_use]
pub fn delivery_failed(about: &About, problem: Problem) -> Alert {
    let reason = "an alert of this watch was given up; `claimwatch resend` sends it again";
    let facts = format!("{} {}", problem.cause, problem.failures);
    let alert = plain(about, "delivery_failed", Severity::High, &facts, reason);
    with_problem(alert, problem)
}

fn with_problem(mut alert: Alert, mut problem: Problem) -> Alert {
    problem.cause = sentence(&problem.cause);
    alert.problem = Some(problem);
    alert.summary = subject::summary(&alert);
    alert
}
