//! Stories that give one claim different values: told once when it has lasted, and again only after they have agreed.
//!
//! What stories say is stored with their checks. Whoever has changed it looks afterwards whether the stories still agree,
//! and so does a start; the look changes nothing where nothing has changed, so a crash between the two costs nothing.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::standing::{self, later};
use crate::alert::rules::{self, Disagree, TrackedClaim};
use crate::alert::{self, Parties, Party, ReceiverName};
use crate::compare::Severity;
use crate::config::Watch;
use crate::services::{Services, Subject, crash_point};
use crate::store::{self, Outgoing, Stand, Target};

/// Looks at every claim on which stories may differ, and tells what has lasted long enough.
///
/// # Errors
///
/// Where the store cannot be read or written.
pub async fn review(services: &Services) -> Result<(), store::Error> {
    let now = services.clock.now();
    let known = services.store.disagreements().await?;
    for claim in &services.config.claims {
        if let Some(rule) = &claim.disagree {
            of_claim(services, claim, rule, now).await?;
        }
    }
    // Nobody asks any more whether stories differ on these.
    let asked = |name: &str| {
        let mut claims = services.config.claims.iter();
        claims.any(|claim| claim.name == name && claim.disagree.is_some())
    };
    for claim in known.keys().filter(|name| !asked(name)) {
        services.store.agree(claim).await?;
    }
    Ok(())
}

/// As [`review`], after a check of `watch` that found a new version.
pub(super) async fn after(watch: &Watch, services: &Services) -> Result<(), store::Error> {
    if standing::may_disagree(watch) {
        review(services).await?;
    }
    Ok(())
}

async fn of_claim(
    services: &Services,
    claim: &TrackedClaim,
    rule: &Disagree,
    now: Timestamp,
) -> Result<(), store::Error> {
    let stands = services.store.standing(&claim.name).await?;
    let follows = |stand: &Stand| {
        let watch = services.watch(&stand.watch);
        watch.is_some_and(|watch| {
            watch
                .rules
                .claims
                .iter()
                .any(|other| other.name == claim.name)
        })
    };
    let stands: Vec<Stand> = stands.into_iter().filter(|stand| follows(stand)).collect();
    let Some(differing) = differing(&stands, rule) else {
        if services.store.agree(&claim.name).await? {
            tracing::info!(claim = %claim.name, "stories agree again");
        }
        return Ok(());
    };
    let lasting = services
        .store
        .disagreements()
        .await?
        .get(&claim.name)
        .copied();
    let since = lasting.map_or(now, |lasting| lasting.since);
    let due = later(since, rule.lasting);
    if lasting.is_none_or(|lasting| lasting.told.is_none()) {
        services.store.disagree(&claim.name, since, due).await?;
    }
    if due > now || lasting.is_some_and(|lasting| lasting.told.is_some()) {
        return Ok(());
    }
    crash_point("disagreed");
    tell(services, claim, rule, (since, now), &differing).await
}

/// The values that differ: of those in one unit, where some are too far apart, all of them.
pub(super) fn differing(stands: &[Stand], rule: &Disagree) -> Option<Vec<Stand>> {
    let mut by_unit: BTreeMap<Option<&str>, Vec<&Stand>> = BTreeMap::new();
    for stand in stands {
        by_unit
            .entry(stand.value.unit.as_deref())
            .or_default()
            .push(stand);
    }
    by_unit.into_values().find_map(|group| {
        let values: Vec<_> = group.iter().map(|stand| stand.value.amount).collect();
        rules::apart(&values, rule.by)?;
        Some(group.into_iter().cloned().collect())
    })
}

async fn tell(
    services: &Services,
    claim: &TrackedClaim,
    rule: &Disagree,
    (since, now): (Timestamp, Timestamp),
    differing: &[Stand],
) -> Result<(), store::Error> {
    let muted = services.store.mutes(now).await?;
    let muted = muted
        .into_iter()
        .find(|mute| mute.target == Target::Claim(claim.name.clone()));
    let outgoing = match muted {
        Some(mute) => {
            let reason = format!("the claim is muted until {}", mute.until);
            tracing::info!(claim = %claim.name, kind = "claim_disagreement", %reason, "not told");
            None
        }
        None => outgoing(services, claim, rule, (since, now), differing),
    };
    let told = outgoing
        .as_ref()
        .map(|outgoing| outgoing.alert.alert_id.clone());
    let is_new = services
        .store
        .tell_disagreement(&claim.name, outgoing, now)
        .await?;
    if let Some(alert) = told.filter(|_| is_new) {
        tracing::info!(claim = %claim.name, %alert, "stories disagree");
    }
    Ok(())
}

/// The alert that stories differ on `claim`, with where it goes.
pub(super) fn outgoing(
    services: &Services,
    claim: &TrackedClaim,
    rule: &Disagree,
    (since, now): (Timestamp, Timestamp),
    differing: &[Stand],
) -> Option<Outgoing> {
    let watch = |stand: &Stand| services.watch(&stand.watch);
    let parties: Vec<Party> = differing
        .iter()
        .map(|stand| Party {
            watch: stand.watch.clone(),
            tags: watch(stand)
                .map(|watch| watch.tags.clone())
                .unwrap_or_default(),
            story: stand.story.clone(),
            url: stand.url.clone(),
            headline: stand.headline.clone(),
            outlet: stand.outlet.clone(),
            value: stand.value.clone(),
            at: stand.at,
        })
        .collect();
    let length = alert::render::times::between(since, later(since, rule.lasting));
    let alert = alert::claim_disagreement(&Parties {
        claim: &claim.name,
        severity: claim.severity.unwrap_or(Severity::High),
        rule: &format!(
            "stories differ by {}% or more for {length}",
            rule.by.normalize()
        ),
        since,
        at: now,
        values: &parties,
    })?;
    let of_watches = || {
        differing
            .iter()
            .filter_map(watch)
            .flat_map(|watch| watch.notify.clone())
    };
    let mut names: Vec<ReceiverName> = match &claim.notify {
        Some(names) => names.clone(),
        None => of_watches().collect(),
    };
    names.sort();
    names.dedup();
    Some(services.outgoing(alert, &names, Subject::Change, now))
}
