//! What stories say of the claims that are followed in them, kept beside each story for others to be held against.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::look::sha256;
use crate::alert::rules::{self, Told};
use crate::alert::{Neighbour, StoryId};
use crate::config::Watch;
use crate::services::Services;
use crate::store::{self, ClaimValues};
use crate::story::{self, Story};

/// What `story` says of the claims of its watch.
pub(super) fn of(watch: &Watch, story: &Story) -> ClaimValues {
    ClaimValues {
        key: key(watch),
        standing: rules::standing(&watch.rules.claims, story),
    }
}

/// Differs where the claims of a watch do, or what reads its pages.
fn key(watch: &Watch) -> String {
    let mut words = String::from(story::READER);
    for claim in &watch.rules.claims {
        let what = (&claim.name, &claim.words, &claim.not_near, &claim.said_by);
        words = format!("{words}\n{what:?} {:?} {:?}", claim.unit, claim.statement);
    }
    sha256(words.as_bytes())
        .get(..16)
        .unwrap_or_default()
        .to_owned()
}

/// Looks up the values again of stories whose claims were altered in the configuration since.
///
/// # Errors
///
/// Where the store cannot be read or written.
pub async fn refresh(services: &Services) -> Result<(), store::Error> {
    let keys: BTreeSet<String> = services.config.watches.iter().map(key).collect();
    // Where all watches follow the same, which is usual, the store need not name the stories that are as they should be.
    let only = keys.into_iter().collect::<Vec<_>>();
    let but = <[String; 1]>::try_from(only).ok().map(|[only]| only);
    for known in services.store.claims_read(but).await? {
        let Some(watch) = services.watch(&known.watch).map(Cow::into_owned) else {
            continue;
        };
        if known.key.as_ref() == Some(&key(&watch)) {
            continue;
        }
        let body = services.store.body(&known.story, known.version).await?;
        let looked = services.readers.read(0, move || (of(&watch, &body), body));
        // A panic in it is a fault of ours; the story then has no values until its next version.
        if let Ok((values, body)) = looked.await {
            let outlet = body.outlet;
            services
                .store
                .keep_claims(&known.story, outlet, values, known.first_seen)
                .await?;
        }
    }
    Ok(())
}

/// What other stories say of the claims that are told.
pub(super) struct Elsewhere(BTreeMap<String, Vec<Neighbour>>);

impl Elsewhere {
    /// Looks it up for `told` of `story`.
    pub(super) async fn of(
        services: &Services,
        story: &StoryId,
        told: &[Told],
    ) -> Result<Self, store::Error> {
        let mut found = BTreeMap::new();
        let claims = told.iter().filter(|told| told.change.kind.is_figure());
        for claim in claims.filter_map(|told| told.claim.as_ref()) {
            if found.contains_key(claim) {
                continue;
            }
            let stands = services.store.standing(claim).await?;
            let others = stands.into_iter().filter(|stand| stand.story != *story);
            let neighbours = others.map(|stand| Neighbour {
                watch: stand.watch,
                outlet: stand.outlet,
                value: stand.value,
                at: stand.at,
            });
            found.insert(claim.clone(), neighbours.collect());
        }
        Ok(Self(found))
    }

    pub(super) fn for_change(&self, told: &Told) -> Vec<Neighbour> {
        let claim = told.claim.as_ref();
        claim
            .and_then(|claim| self.0.get(claim))
            .cloned()
            .unwrap_or_default()
    }
}

/// When a value of `watch` may have changed.
pub(super) fn may_disagree(watch: &Watch) -> bool {
    watch
        .rules
        .claims
        .iter()
        .any(|claim| claim.disagree.is_some())
}

/// A time after another, or the end of all times.
pub(super) fn later(time: Timestamp, by: std::time::Duration) -> Timestamp {
    time.checked_add(by).unwrap_or(Timestamp::MAX)
}
