//! What would have been told: the rules of a configuration over the changes that are stored. Nothing is written or sent.
//!
//! What was muted stays muted, and stories that were gone or back are told as they were: no rule decides on those.

mod differ;

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::telling::version_ref;
use crate::alert::rules::{Judgement, Memory, Muted, Reason, recorded_mute};
use crate::alert::{self, About, Alert, Context, ReceiverName, StoryId, WatchName};
use crate::compare::Change;
use crate::config::Watch;
use crate::services::{Services, Subject};
use crate::store::{self, ClaimsRead, Destination, Happened, Hold, Mute, Target, Version, Why};
use crate::story::Story;

/// The kinds of alerts that are not about the changes of one check.
const KINDS: &[&str] = &["story_removed", "story_restored", "claim_disagreement"];
/// The stretch in which the alerts of a receiver are counted.
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// What the rules make of the stored history.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Replay {
    /// The alerts there would have been, oldest first.
    pub alerts: Vec<Replayed>,
    /// The changes that were told and would not have been, oldest first.
    pub silenced: Vec<Silenced>,
    /// How many changes would have been told.
    pub told: usize,
    /// How many were.
    pub told_then: usize,
}

/// An alert there would have been.
#[derive(Debug, Clone, PartialEq)]
pub struct Replayed {
    /// The alert.
    pub alert: Alert,
    /// Where it would have gone, and what of it would have been held.
    pub to: Vec<Destination>,
    /// Whether any change of it was told when it happened.
    pub told_then: bool,
}

/// A change that was told and would not have been.
#[derive(Debug, Clone, PartialEq)]
pub struct Silenced {
    /// When it was seen.
    pub at: Timestamp,
    /// The watch.
    pub watch: WatchName,
    /// The version that made it.
    pub version: u32,
    /// The change.
    pub change: Change,
    /// Why it would not have been told.
    pub reason: Reason,
}

/// Runs the rules of the configuration of `services` over the history in its store, and answers what happened from `since`
/// on. What came before is run through as well: it decides what readers knew.
///
/// # Errors
///
/// Where the store cannot be read.
pub async fn replay(services: &Services, since: Timestamp) -> Result<Replay, store::Error> {
    let (store, now) = (&services.store, services.clock.now());
    let mut replay = Replay::default();
    let past = Past {
        mutes: store.mutes(Timestamp::MIN).await?,
        told: store.alerts_of(KINDS).await?,
        since,
    };
    let mut course = differ::Course::default();
    for known in store.claims_read(None).await? {
        let Some(watch) = services.watch(&known.watch).map(Cow::into_owned) else {
            continue;
        };
        let history = store.history(&known.story).await?;
        let about = differ::about(&past.told, &known.story);
        course.add(services, &watch, &history, &about).await?;
        of_story(services, &watch, (&known, &history), &past, &mut replay).await?;
    }
    let disagreements = course.alerts(services, &past.mutes, &past.told, now);
    replay.alerts.extend(disagreements);
    replay.alerts.retain(|replayed| replayed.alert.at >= since);
    replay.alerts.sort_by(|one, other| {
        let place = |replayed: &Replayed| (replayed.alert.at, replayed.alert.watch.id.clone());
        place(one).cmp(&place(other))
    });
    replay.silenced.sort_by_key(|silenced| silenced.at);
    fold_surplus(&mut replay.alerts);
    take_along(&mut replay.alerts);
    Ok(replay)
}

/// What is known of the past beside the changes.
struct Past {
    /// The mutes that are kept.
    mutes: Vec<Mute>,
    /// The alerts of [`KINDS`] that were made.
    told: Vec<Alert>,
    /// From when on it is answered for.
    since: Timestamp,
}

async fn of_story(
    services: &Services,
    watch: &Watch,
    (known, history): (&ClaimsRead, &[Happened]),
    past: &Past,
    replay: &mut Replay,
) -> Result<(), store::Error> {
    let mut about = differ::about(&past.told, &known.story);
    let mut memory = Memory::default();
    for pair in history.windows(2) {
        let [before, happened] = pair else {
            continue;
        };
        memory.at = happened.version.first_seen;
        memory.muted = muted(&past.mutes, &known.story, happened);
        let changes = happened
            .changes
            .iter()
            .map(|recorded| recorded.change.clone());
        let changes: Vec<Change> = changes.collect();
        let judgement = alert::judge(&changes, &watch.rules, &memory);
        memory.last_alerted.clone_from(&judgement.alerted);
        memory.flips.clone_from(&judgement.flips);
        if memory.at < past.since {
            continue;
        }
        replay.compare(watch, happened, &judgement);
        let back = |alert: &&Alert| alert.kind == "story_restored" && alert.at == memory.at;
        let back = about.iter().position(back).map(|at| about.remove(at));
        let told = tell(services, watch, (before, happened), &judgement, back).await?;
        replay.alerts.extend(told);
    }
    // Gone, or back as it was.
    for alert in about {
        let outgoing = services.outgoing(alert.clone(), &watch.notify, Subject::Change, alert.at);
        replay.alerts.push(Replayed {
            alert: outgoing.alert,
            to: outgoing.to,
            told_then: true,
        });
    }
    Ok(())
}

/// What was muted when a version was seen: by the mutes that are kept, and by what was recorded of its changes.
fn muted(mutes: &[Mute], story: &StoryId, happened: &Happened) -> Muted {
    let at = happened.version.first_seen;
    let mut muted = Muted::default();
    for mute in mutes.iter().filter(|mute| holds(mute, at)) {
        match &mute.target {
            Target::Story(id) if id == story => muted.story = Some(mute.until),
            Target::Story(_) => {}
            Target::Claim(claim) => {
                muted.claims.insert(claim.clone(), mute.until);
            }
        }
    }
    let then = at.checked_add(HOUR).unwrap_or(Timestamp::MAX);
    for recorded in happened.changes.iter().filter(|change| !change.told) {
        match recorded_mute(&recorded.reason) {
            Some(Some(claim)) => {
                muted.claims.entry(claim.to_owned()).or_insert(then);
            }
            Some(None) => muted.story = muted.story.or(Some(then)),
            None => {}
        }
    }
    muted
}

/// What was seen in the same moment was judged before.
fn holds(mute: &Mute, at: Timestamp) -> bool {
    mute.since < at && at < mute.until
}

fn is_muted(mutes: &[Mute], target: &Target, at: Timestamp) -> bool {
    let mut mutes = mutes.iter();
    mutes.any(|mute| mute.target == *target && holds(mute, at))
}

impl Replay {
    /// Counts what is told of a version, and what was.
    fn compare(&mut self, watch: &Watch, happened: &Happened, judgement: &Judgement) {
        self.told += judgement.told.len();
        self.told_then += happened.changes.iter().filter(|change| change.told).count();
        let suppressed = judgement.suppressed.iter();
        let silenced = suppressed.filter(|(change, _)| was_told(happened, change));
        self.silenced
            .extend(silenced.map(|(change, reason)| Silenced {
                at: happened.version.first_seen,
                watch: watch.name.clone(),
                version: happened.version.number,
                change: change.clone(),
                reason: reason.clone(),
            }));
    }
}

/// The alerts of one version; `back` is the one that told that the story is there again, where it was gone before.
async fn tell(
    services: &Services,
    watch: &Watch,
    (before, happened): (&Happened, &Happened),
    judgement: &Judgement,
    back: Option<&Alert>,
) -> Result<Vec<Replayed>, store::Error> {
    let parts = judgement.by_receiver(&watch.notify, &|name| services.gets_digest(name));
    if parts.is_empty() {
        let back = back.map(|back| told_as_back(services, watch, (back, None), &watch.notify));
        return Ok(back.into_iter().collect());
    }
    let (earlier, later) = (&before.version, &happened.version);
    let old_story = text(services, earlier).await?;
    let new_story = text(services, later).await?;
    let url = if later.kept {
        services.store.page(&later.story, later.number).await?.url
    } else {
        watch.url.clone()
    };
    let (old, new) = (version_ref(earlier), version_ref(later));
    let context = Context {
        watch: &watch.name,
        tags: &watch.tags,
        story_id: &later.story,
        url: &url,
        story: &new_story,
        old_story: Some(&old_story),
        old: Some(&old),
        new: Some(&new),
        at: later.first_seen,
        history: &|_| Vec::new(),
        elsewhere: &|_| Vec::new(),
        link: None,
    };
    let replayed = parts.iter().filter_map(|(names, part)| {
        let alert = alert::compose(&context, part)?;
        if let Some(back) = back {
            return Some(told_as_back(services, watch, (back, Some(alert)), names));
        }
        let outgoing = services.outgoing(alert, names, Subject::Change, context.at);
        Some(Replayed {
            alert: outgoing.alert,
            to: outgoing.to,
            told_then: part
                .told
                .iter()
                .any(|told| was_told(happened, &told.change)),
        })
    });
    Ok(replayed.collect())
}

/// The alert that a story is back, with what changed meanwhile.
fn told_as_back(
    services: &Services,
    watch: &Watch,
    (back, changes): (&Alert, Option<Alert>),
    names: &[ReceiverName],
) -> Replayed {
    let about = About {
        watch: &watch.name,
        tags: &watch.tags,
        story: back.story.clone(),
        at: back.at,
    };
    let alert = match back.problem.clone() {
        Some(problem) => alert::story_restored(&about, problem, changes),
        None => back.clone(),
    };
    let outgoing = services.outgoing(alert, names, Subject::Change, back.at);
    Replayed {
        alert: outgoing.alert,
        to: outgoing.to,
        told_then: true,
    }
}

/// The text of a version; where it is no longer kept, its headline is all that is left.
async fn text(services: &Services, version: &Version) -> Result<Story, store::Error> {
    if version.kept {
        services.store.body(&version.story, version.number).await
    } else {
        Ok(Story::from_text::<&str>(&version.headline, &[]))
    }
}

fn was_told(happened: &Happened, change: &Change) -> bool {
    let mut changes = happened.changes.iter();
    changes.any(|recorded| recorded.told && recorded.change == *change)
}

/// Marks what would have been more than a receiver takes in an hour. `alerts` come oldest first.
fn fold_surplus(alerts: &mut [Replayed]) {
    let mut sent: BTreeMap<ReceiverName, Vec<Timestamp>> = BTreeMap::new();
    let mut open: BTreeMap<ReceiverName, Timestamp> = BTreeMap::new();
    for replayed in alerts {
        let at = replayed.alert.at;
        let mut counted: Vec<ReceiverName> = Vec::new();
        for destination in &mut replayed.to {
            let (Some(most), None) = (destination.max_per_hour, destination.hold) else {
                continue;
            };
            let times = sent.entry(destination.receiver.clone()).or_default();
            times.retain(|time| at.duration_since(*time) < HOUR);
            let most = usize::try_from(most).unwrap_or(usize::MAX);
            let waits = open
                .get(&destination.receiver)
                .copied()
                .filter(|until| *until > at);
            let is_counted = counted.contains(&destination.receiver);
            let until = match (waits, times.first()) {
                (Some(until), _) => Some(until),
                (None, Some(first)) if times.len() >= most && !is_counted => {
                    first.checked_add(HOUR).ok()
                }
                (None, _) => None,
            };
            if let Some(until) = until {
                open.insert(destination.receiver.clone(), until);
                destination.hold = Some(Hold {
                    why: Why::Surplus,
                    until,
                });
            } else if !is_counted {
                times.push(at);
                counted.push(destination.receiver.clone());
            }
        }
    }
}

/// What goes at once takes along what quiet hours hold of its story. `alerts` come oldest first.
fn take_along(alerts: &mut [Replayed]) {
    for later in 1..alerts.len() {
        let (before, rest) = alerts.split_at_mut(later);
        let Some(severe) = rest.first() else {
            continue;
        };
        let (at, story) = (
            severe.alert.at,
            severe.alert.story.as_ref().map(|story| &story.id),
        );
        let is_of_it = |earlier: &&mut Replayed| {
            story.is_some() && earlier.alert.story.as_ref().map(|story| &story.id) == story
        };
        for destination in before
            .iter_mut()
            .filter(is_of_it)
            .flat_map(|earlier| &mut earlier.to)
        {
            let goes = |to: &Destination| {
                to.hold.is_none()
                    && to.receiver == destination.receiver
                    && to.address == destination.address
            };
            if let Some(hold) = &mut destination.hold
                && hold.why == Why::Quiet
                && hold.until > at
                && severe.to.iter().any(goes)
            {
                hold.until = at;
            }
        }
    }
}
