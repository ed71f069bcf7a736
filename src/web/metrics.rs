//! `/metrics`: what was counted since the start, and how things stand now.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;

use super::Shared;
use crate::metrics::{self, head, label_of, line};
use crate::services::Services;
use crate::store::{self, Gauges, Stand, WatchGauge};

/// The text format that Prometheus reads.
const FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Remembers where the store stands, so that only what comes after is counted.
pub(super) async fn begin(shared: &Shared) {
    if mark(shared).is_some() {
        return;
    }
    match shared.services().store.gauges(None).await {
        Ok(gauges) => *lock(shared) = Some(gauges.mark),
        Err(error) => {
            tracing::warn!(%error, "counting begins when the metrics are first asked for");
        }
    }
}

/// Answers with everything.
pub(super) async fn all(State(shared): State<Arc<Shared>>) -> Response {
    let services = shared.services();
    let before = mark(&shared);
    let gauges = match services.store.gauges(before).await {
        Ok(gauges) => gauges,
        Err(error) => {
            tracing::error!(%error, "the metrics cannot be measured");
            let answer = "the store does not answer; see the log\n";
            return (StatusCode::SERVICE_UNAVAILABLE, answer).into_response();
        }
    };
    {
        let mut mark = lock(&shared);
        // Where two ask at once, what came since the last look is counted for one of them.
        if *mark == before {
            count(&services, &gauges);
            *mark = Some(gauges.mark);
        }
    }
    let mut text = services.metrics.render();
    standing(&mut text, &gauges, services.clock.now());
    match values(&services).await {
        Ok(values) => figures(&mut text, &values),
        Err(error) => tracing::warn!(%error, "the values of claims cannot be measured"),
    }
    ([(header::CONTENT_TYPE, FORMAT)], text).into_response()
}

fn mark(shared: &Shared) -> Option<crate::store::Mark> {
    *lock(shared)
}

fn lock(shared: &Shared) -> std::sync::MutexGuard<'_, Option<crate::store::Mark>> {
    // A mark is whole at every moment, so a panic elsewhere cannot have spoilt it.
    shared.mark.lock().unwrap_or_else(PoisonError::into_inner)
}

fn count(services: &Services, gauges: &Gauges) {
    for (kind, by) in &gauges.changes {
        services
            .metrics
            .count(metrics::CHANGES, &[("kind", kind.clone())], u64::from(*by));
    }
    for (kind, severity, by) in &gauges.alerts {
        let labels = [("kind", kind.clone()), ("severity", severity.clone())];
        services
            .metrics
            .count(metrics::ALERTS, &labels, u64::from(*by));
    }
}

/// The values that are measured now.
fn standing(text: &mut String, gauges: &Gauges, now: Timestamp) {
    let watches = by_label(&gauges.watches);
    let family = (
        "claimwatch_last_success_timestamp_seconds",
        "When a check of the watch last found its story.",
    );
    head(text, family, "gauge");
    for (watch, stand) in &watches {
        if let Some(at) = stand.last_success {
            let labels = [("watch", watch.clone())];
            line(text, family.0, &labels, &at.as_second());
        }
    }
    let family = ("claimwatch_consecutive_failures", "Failed checks in a row.");
    head(text, family, "gauge");
    for (watch, stand) in &watches {
        let labels = [("watch", watch.clone())];
        line(text, family.0, &labels, &stand.failures);
    }
    let family = (
        "claimwatch_outbox_depth",
        "Deliveries that wait, by receiver.",
    );
    head(text, family, "gauge");
    for (receiver, depth) in &gauges.waiting {
        let labels = [("receiver", receiver.to_string())];
        line(text, family.0, &labels, depth);
    }
    let family = (
        "claimwatch_outbox_oldest_seconds",
        "For how long the oldest delivery has waited.",
    );
    head(text, family, "gauge");
    let waited = gauges
        .oldest_waiting
        .map_or(0, |oldest| now.duration_since(oldest).as_secs().max(0));
    line(text, family.0, &[], &waited);
}

/// What each outlet says of each claim that is followed; of several stories of one outlet, the one that spoke last.
async fn values(services: &Services) -> Result<BTreeMap<(String, String), Stand>, store::Error> {
    let mut latest: BTreeMap<(String, String), Stand> = BTreeMap::new();
    for claim in &services.config.claims {
        for stand in services.store.standing(&claim.name).await? {
            let outlet = stand.outlet.clone();
            let outlet = outlet.unwrap_or_else(|| label_of(&stand.watch));
            match latest.get(&(claim.name.clone(), outlet.clone())) {
                Some(known) if known.at >= stand.at => {}
                _ => {
                    latest.insert((claim.name.clone(), outlet), stand);
                }
            }
        }
    }
    Ok(latest)
}

fn figures(text: &mut String, values: &BTreeMap<(String, String), Stand>) {
    let family = (
        "claimwatch_figure_value",
        "The value an outlet gives for a claim; both bounds where it is a range.",
    );
    head(text, family, "gauge");
    for ((claim, outlet), stand) in values {
        let amount = &stand.value.amount;
        for (bound, value) in [("low", amount.low), ("high", amount.high)] {
            let labels = [
                ("claim", claim.clone()),
                ("outlet", outlet.clone()),
                ("bound", bound.to_owned()),
            ];
            line(text, family.0, &labels, &value);
        }
    }
}

/// The watches by label; of those that share one, the freshest success and the longest row of failures.
fn by_label(watches: &[WatchGauge]) -> BTreeMap<String, WatchGauge> {
    let mut labelled: BTreeMap<String, WatchGauge> = BTreeMap::new();
    for watch in watches {
        labelled
            .entry(label_of(&watch.watch))
            .and_modify(|stand| {
                stand.last_success = stand.last_success.max(watch.last_success);
                stand.failures = stand.failures.max(watch.failures);
            })
            .or_insert_with(|| watch.clone());
    }
    labelled
}
