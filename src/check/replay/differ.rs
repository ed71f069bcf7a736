//! The disagreements there would have been: what stories said of a claim at every moment, held against each other.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Replayed, is_muted};
use crate::alert::rules::{self, Disagree, Standing, TrackedClaim};
use crate::alert::{Alert, StoryId, WatchName};
use crate::check::disagreement;
use crate::check::standing::{later, may_disagree};
use crate::config::Watch;
use crate::services::Services;
use crate::store::{self, Happened, Mute, Stand, Target};

/// What stories say, at all times at which one of them began to say something else.
#[derive(Default)]
pub(super) struct Course(Vec<Moment>);

/// What a story says of every claim from a time on; nothing where it is gone.
struct Moment {
    at: Timestamp,
    watch: WatchName,
    stands: Vec<Stand>,
}

/// A stretch in which stories differ.
struct Episode {
    since: Timestamp,
    end: Timestamp,
    /// When that had lasted long enough, and what they said then.
    due: Option<(Timestamp, Vec<Stand>)>,
}

impl Course {
    /// Adds a story with its versions and the alerts about it, where its watch asks whether stories differ.
    pub(super) async fn add(
        &mut self,
        services: &Services,
        watch: &Watch,
        history: &[Happened],
        about: &[&Alert],
    ) -> Result<(), store::Error> {
        if !may_disagree(watch) {
            return Ok(());
        }
        let mut own: Vec<Moment> = Vec::new();
        // What a version said whose text is no longer kept is not known.
        for happened in history.iter().filter(|happened| happened.version.kept) {
            let version = &happened.version;
            let story = &version.story;
            let body = services.store.body(story, version.number).await?;
            let url = services.store.page(story, version.number).await?.url;
            let before = own.last().map(|moment| moment.stands.as_slice());
            let stand = |value: Standing| Stand {
                watch: watch.name.clone(),
                story: story.clone(),
                url: url.clone(),
                headline: body.headline.clone(),
                outlet: body.outlet.clone(),
                at: said_since(before, &value).unwrap_or(version.first_seen),
                value,
            };
            let values = rules::standing(&watch.rules.claims, &body);
            let stands = values.into_iter().map(stand).collect();
            own.push(moment(watch, version.first_seen, stands));
        }
        for alert in about {
            let stands = match alert.kind.as_str() {
                "story_removed" => Vec::new(),
                _ => says_at(&own, alert.at),
            };
            own.push(moment(watch, alert.at, stands));
        }
        self.0.extend(own);
        Ok(())
    }

    /// The alerts there would have been until `now`.
    pub(super) fn alerts(
        mut self,
        services: &Services,
        mutes: &[Mute],
        told: &[Alert],
        now: Timestamp,
    ) -> Vec<Replayed> {
        self.0.sort_by_key(|moment| moment.at);
        let claims = services.config.claims.iter();
        let asked = claims.filter_map(|claim| Some((claim, claim.disagree.as_ref()?)));
        let told = |claim: &TrackedClaim, rule: &Disagree, episode: Episode| {
            let (due, differing) = episode.due?;
            if is_muted(mutes, &Target::Claim(claim.name.clone()), due) {
                return None;
            }
            let times = (episode.since, due);
            let outgoing = disagreement::outgoing(services, claim, rule, times, &differing)?;
            let was_told = |alert: &Alert| {
                let about = alert.disagreement.as_ref();
                about.is_some_and(|about| about.claim == claim.name)
                    && (episode.since..=episode.end).contains(&alert.at)
            };
            Some(Replayed {
                alert: outgoing.alert,
                to: outgoing.to,
                told_then: told.iter().any(was_told),
            })
        };
        let mut alerts = Vec::new();
        for (claim, rule) in asked {
            let episodes = self.episodes(&claim.name, rule, now).into_iter();
            alerts.extend(episodes.filter_map(|episode| told(claim, rule, episode)));
        }
        alerts
    }

    /// The stretches until `now` in which stories differed on a claim.
    fn episodes(&self, claim: &str, rule: &Disagree, now: Timestamp) -> Vec<Episode> {
        let mut episodes: Vec<Episode> = Vec::new();
        let mut standing: BTreeMap<&WatchName, Stand> = BTreeMap::new();
        let mut differed = false;
        let ends = self.0.iter().skip(1).map(|next| next.at).chain([now]);
        for (moment, end) in self.0.iter().zip(ends) {
            let mut stands = moment.stands.iter();
            match stands.find(|stand| stand.value.claim == claim) {
                Some(stand) => standing.insert(&moment.watch, stand.clone()),
                None => standing.remove(&moment.watch),
            };
            let stands: Vec<Stand> = standing.values().cloned().collect();
            let differing = disagreement::differing(&stands, rule);
            if differing.is_some() && !differed {
                episodes.push(Episode {
                    since: moment.at,
                    end,
                    due: None,
                });
            }
            differed = differing.is_some();
            let (Some(differing), Some(episode)) = (differing, episodes.last_mut()) else {
                continue;
            };
            episode.end = end;
            let due = later(episode.since, rule.lasting).max(moment.at);
            if episode.due.is_none() && due <= end {
                episode.due = Some((due, differing));
            }
        }
        episodes
    }
}

fn moment(watch: &Watch, at: Timestamp, stands: Vec<Stand>) -> Moment {
    Moment {
        at,
        watch: watch.name.clone(),
        stands,
    }
}

/// Since when a story says what it says, where it said so before.
fn said_since(before: Option<&[Stand]>, value: &Standing) -> Option<Timestamp> {
    let before = before?
        .iter()
        .find(|stand| stand.value.claim == value.claim)?;
    (before.value.amount == value.amount).then_some(before.at)
}

/// What a story said last at a time.
fn says_at(moments: &[Moment], at: Timestamp) -> Vec<Stand> {
    let before = moments
        .iter()
        .filter(|moment| moment.at <= at && !moment.stands.is_empty());
    let last = before.max_by_key(|moment| moment.at);
    last.map(|moment| moment.stands.clone()).unwrap_or_default()
}

/// The alerts of `told` about a story.
pub(super) fn about<'a>(told: &'a [Alert], story: &StoryId) -> Vec<&'a Alert> {
    let of_it = |alert: &&Alert| alert.story.as_ref().is_some_and(|of| of.id == *story);
    told.iter().filter(of_it).collect()
}
