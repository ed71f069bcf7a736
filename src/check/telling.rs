//! What is told of a check, and to whom.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Fresh;
use super::standing::Elsewhere;
use crate::alert::rules::{Flips, Judgement, LastAlerted, Memory, Reason, Told};
use crate::alert::{
    self, About, Alert, Context, Point, Problem, ReceiverName, StoryRef, VersionRef,
};
use crate::claims::Amount;
use crate::compare::Change;
use crate::config::Watch;
use crate::services::{Services, Subject};
use crate::store::{self, Known, Outgoing, Recorded, Version};
use crate::story::Story;

/// What follows from the changes of a check.
#[derive(Default)]
pub(super) struct Telling {
    /// The changes, each with the reason why it is told or not.
    pub(super) recorded: Vec<Recorded>,
    /// The alert about the changes.
    pub(super) alert: Option<Alert>,
    /// Everything to be sent.
    pub(super) alerts: Vec<Outgoing>,
    /// What the receivers know from now on.
    pub(super) last_alerted: BTreeMap<String, store::Told>,
    /// The facts that have lately gone from one value to another.
    pub(super) flips: Flips,
}

/// Judges `changes` and makes the alerts.
pub(super) async fn decide(
    watch: &Watch,
    services: &Services,
    known: &Known,
    (page, old): (&Fresh, Option<&Story>),
    changes: &[Change],
    now: Timestamp,
) -> Result<Telling, store::Error> {
    let mut telling = Telling {
        alerts: recovery(watch, services, known, !changes.is_empty(), now),
        ..Telling::default()
    };
    let back = Back::of(watch, known, now);
    let (Some(latest), Some(old)) = (&known.latest, old) else {
        return Ok(telling);
    };
    let memory = Memory {
        at: now,
        last_alerted: last_alerted(known),
        flips: known.flips.clone(),
        muted: known.muted.clone(),
    };
    let judgement = alert::judge(changes, &watch.rules, &memory);
    let histories = histories(services, known, &judgement.told).await?;
    let elsewhere = Elsewhere::of(services, &known.story, &judgement.told).await?;
    let (old_ref, new_ref) = (version_ref(latest), new_version(latest, page, now));
    let server = services.config.server.as_ref();
    let link = server.and_then(|server| server.link(&known.story));
    let context = Context {
        watch: &watch.name,
        tags: &watch.tags,
        story_id: &known.story,
        url: &known.url,
        story: &page.page.story,
        old_story: Some(old),
        old: Some(&old_ref),
        new: Some(&new_ref),
        at: now,
        history: &|told| {
            histories
                .iter()
                .find(|(change, _)| *change == told.change)
                .map(|(_, points)| points.clone())
                .unwrap_or_default()
        },
        elsewhere: &|told| elsewhere.for_change(told),
        link: link.as_deref(),
    };
    telling.alert = restored(back.as_ref(), alert::compose(&context, &judgement));
    telling.alerts.extend(outgoing(
        watch,
        services,
        &context,
        &judgement,
        back.as_ref(),
    ));
    for (change, reason) in &judgement.suppressed {
        services.metrics.suppressed(reason.word());
        tracing::info!(watch = %watch.name, story = %known.story, kind = change.kind.as_str(), %reason, "not told");
    }
    telling.take(judgement);
    Ok(telling)
}

impl Telling {
    /// Takes over what is to be stored of a judgement.
    fn take(&mut self, judgement: Judgement) {
        let recorded = |change, told, reason: Reason| Recorded {
            change,
            told,
            reason: reason.to_string(),
        };
        let told = judgement.told.into_iter();
        let told = told.map(|told| recorded(told.change, true, told.reason));
        let suppressed = judgement.suppressed.into_iter();
        let suppressed = suppressed.map(|(change, reason)| recorded(change, false, reason));
        self.recorded = told.chain(suppressed).collect();
        self.flips = judgement.flips;
        self.last_alerted = judgement
            .alerted
            .into_iter()
            .map(|(claim, amount)| (claim, to_stored(amount)))
            .collect();
    }
}

/// The alert as it is told where the story is back.
fn restored(back: Option<&Back<'_>>, alert: Option<Alert>) -> Option<Alert> {
    match back {
        Some(back) => Some(back.with(alert)),
        None => alert,
    }
}

/// What each group of receivers is told; of a story that is back, those who are told of no change too.
fn outgoing(
    watch: &Watch,
    services: &Services,
    context: &Context,
    judgement: &Judgement,
    back: Option<&Back<'_>>,
) -> Vec<Outgoing> {
    let to = |alert, names: &[ReceiverName]| {
        services.outgoing(alert, names, Subject::Change, context.at)
    };
    let parts = judgement.by_receiver(&watch.notify, &|name| services.gets_digest(name));
    let mut all: Vec<Outgoing> = Vec::new();
    for (names, part) in &parts {
        let alert = restored(back, alert::compose(context, part));
        all.extend(alert.map(|alert| to(alert, names)));
    }
    if let Some(back) = back {
        let is_told = |name: &ReceiverName| parts.iter().any(|(names, _)| names.contains(name));
        let others = watch.notify.iter().filter(|name| !is_told(name));
        let others: Vec<ReceiverName> = others.cloned().collect();
        if !others.is_empty() {
            all.push(to(back.with(None), &others));
        }
    }
    all
}

/// The alert that a watch works again, where its trouble was told.
pub(super) fn recovery(
    watch: &Watch,
    services: &Services,
    known: &Known,
    changed: bool,
    now: Timestamp,
) -> Vec<Outgoing> {
    // That a story is back says as much.
    if known.problem_told.is_none() || known.removed.is_some() {
        return Vec::new();
    }
    let problem = Problem {
        cause: String::new(),
        failures: known.failures,
        since: known.failing_since.unwrap_or(now),
        next_try: None,
        changed_meanwhile: Some(changed),
    };
    let alert = alert::watch_recovered(&about(watch, known, now), problem);
    let outgoing = services.problem(alert, watch, now);
    unless_muted(known, now, outgoing).into_iter().collect()
}

/// What is told where the story says what it said: that the watch works again, or that the story is back.
pub(super) fn unchanged(
    watch: &Watch,
    services: &Services,
    known: &Known,
    now: Timestamp,
) -> Vec<Outgoing> {
    let mut alerts = recovery(watch, services, known, false, now);
    if let Some(back) = Back::of(watch, known, now) {
        let alert = alert::story_restored(&back.about, back.problem(Some(false)), None);
        alerts.push(services.outgoing(alert, &watch.notify, Subject::Change, now));
    }
    alerts
}

/// A story that was gone and is there again.
struct Back<'a> {
    about: About<'a>,
    since: Timestamp,
    failures: u32,
}

impl<'a> Back<'a> {
    /// `None` where it was not gone, or where nothing of it is told.
    fn of(watch: &'a Watch, known: &Known, now: Timestamp) -> Option<Self> {
        let removed = known.removed?;
        if let Some(reason) = known.muted.of_story(now) {
            tracing::info!(watch = %watch.name, story = %known.story, kind = "story_restored", %reason, "not told");
            return None;
        }
        tracing::info!(watch = %watch.name, story = %known.story, "story is back");
        Some(Self {
            about: about(watch, known, now),
            // It was gone when it was first looked for in vain, not when that was proof.
            since: known.missing.map_or(removed, |missing| missing.since),
            failures: known.failures,
        })
    }

    fn problem(&self, changed: Option<bool>) -> Problem {
        Problem {
            cause: "the story was gone, and is there again".to_owned(),
            failures: self.failures,
            since: self.since,
            next_try: None,
            changed_meanwhile: changed,
        }
    }

    /// The alert that it is back, with what changed meanwhile.
    fn with(&self, changes: Option<Alert>) -> Alert {
        alert::story_restored(&self.about, self.problem(Some(true)), changes)
    }
}

/// `outgoing`, which tells of no change, unless the story is muted.
pub(super) fn unless_muted(known: &Known, now: Timestamp, outgoing: Outgoing) -> Option<Outgoing> {
    let Some(reason) = known.muted.of_story(now) else {
        return Some(outgoing);
    };
    let Alert { watch, kind, .. } = &outgoing.alert;
    tracing::info!(watch = %watch.id, story = %known.story, %kind, %reason, "not told");
    None
}

/// The watch and story of an alert that is not about a change.
pub(super) fn about<'a>(watch: &'a Watch, known: &Known, now: Timestamp) -> About<'a> {
    let story = StoryRef {
        id: known.story.clone(),
        url: known.url.clone(),
        title: known
            .latest
            .as_ref()
            .map_or_else(String::new, |latest| latest.headline.clone()),
        outlet: None,
        agency: None,
        language: None,
        published_at: known.published,
        paragraphs: 0,
    };
    About {
        watch: &watch.name,
        tags: &watch.tags,
        story: Some(story),
        at: now,
    }
}

/// A stored version as alerts name it.
pub(super) fn version_ref(version: &Version) -> VersionRef {
    VersionRef {
        version: version.number,
        first_seen: version.first_seen,
        last_seen: Some(version.last_seen),
        sha256: version.sha256.clone(),
        archive_url: version.archive_url.clone(),
    }
}

fn new_version(latest: &Version, page: &Fresh, now: Timestamp) -> VersionRef {
    VersionRef {
        version: latest.number + 1,
        first_seen: now,
        last_seen: None,
        sha256: page.page.sha256.clone(),
        archive_url: None,
    }
}

/// How the figures that are told moved before.
async fn histories(
    services: &Services,
    known: &Known,
    told: &[Told],
) -> Result<Vec<(Change, Vec<Point>)>, store::Error> {
    let mut histories = Vec::new();
    for change in told
        .iter()
        .map(|told| &told.change)
        .filter(|change| change.kind.is_figure())
    {
        let Some(old) = &change.old else {
            continue;
        };
        let (noun, unit) = (old.noun.as_deref(), old.unit.as_deref());
        let points = services
            .store
            .moves(&known.story, &old.text, noun, unit)
            .await?;
        histories.push((change.clone(), points));
    }
    Ok(histories)
}

fn last_alerted(known: &Known) -> LastAlerted {
    known
        .last_alerted
        .iter()
        .filter_map(|(claim, told)| {
            let amount = Amount {
                low: told.low?,
                high: told.high?,
                qualifier: None,
            };
            Some((claim.clone(), amount))
        })
        .collect()
}

fn to_stored(amount: Amount) -> store::Told {
    store::Told {
        low: Some(amount.low),
        high: Some(amount.high),
        text: String::new(),
    }
}
