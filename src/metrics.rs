//! What is counted while claimwatch works, in the words of Prometheus.
//!
//! Counters begin at nought with the process. What the store knows better (how long ago a watch last succeeded, how much
//! waits) is asked of the store when somebody looks, and is not kept here.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use crate::alert::{ReceiverName, WatchName};

/// The upper ends of the buckets of check durations, in seconds.
const BUCKETS: [f64; 8] = [0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

/// A family of counters: its name and what it counts.
pub type Family = (&'static str, &'static str);

const CHECKS: Family = (
    "claimwatch_checks_total",
    "Checks that ended, by watch and result.",
);
const SUPPRESSED: Family = (
    "claimwatch_suppressed_total",
    "Changes that were found and not told, by reason.",
);
const DELIVERIES: Family = (
    "claimwatch_deliveries_total",
    "Attempts to deliver an alert, by receiver and result.",
);
/// Changes found.
pub const CHANGES: Family = ("claimwatch_changes_total", "Changes found, by kind.");
/// Alerts made.
pub const ALERTS: Family = (
    "claimwatch_alerts_total",
    "Alerts made, by kind and severity.",
);

/// The families that are shown even while they are empty, in the order they are shown.
const FAMILIES: [Family; 5] = [CHECKS, CHANGES, ALERTS, SUPPRESSED, DELIVERIES];

/// The labels of one counter.
type Labels = Vec<(&'static str, String)>;

/// Everything that is counted.
#[derive(Debug, Default)]
pub struct Metrics {
    counted: Mutex<Counted>,
}

#[derive(Debug, Default)]
struct Counted {
    counters: BTreeMap<(&'static str, Labels), u64>,
    durations: BTreeMap<&'static str, Histogram>,
    reload_failed: bool,
    turned: Option<Timestamp>,
}

#[derive(Debug, Default)]
struct Histogram {
    buckets: [u64; BUCKETS.len()],
    count: u64,
    sum: f64,
}

impl Metrics {
    /// A check ended with `result` after `took`.
    ///
    /// ```
    /// use claimwatch::alert::WatchName;
    /// use claimwatch::metrics::Metrics;
    ///
    /// let metrics = Metrics::default();
    /// metrics.checked(&WatchName::new("desk").unwrap(), "unchanged", std::time::Duration::from_millis(300));
    ///
    /// assert!(metrics.render().contains("claimwatch_checks_total{watch=\"desk\",result=\"unchanged\"} 1\n"));
    /// ```
    pub fn checked(&self, watch: &WatchName, result: &'static str, took: Duration) {
        let watch = label_of(watch);
        self.count(
            CHECKS,
            &[("watch", watch), ("result", result.to_owned())],
            1,
        );
        let seconds = took.as_secs_f64();
        let mut counted = self.counted();
        let histogram = counted.durations.entry(result).or_default();
        histogram.count += 1;
        histogram.sum += seconds;
        for (bucket, end) in histogram.buckets.iter_mut().zip(BUCKETS) {
            *bucket += u64::from(seconds <= end);
        }
    }

    /// A change was found and is not told.
    pub fn suppressed(&self, reason: &'static str) {
        self.count(SUPPRESSED, &[("reason", reason.to_owned())], 1);
    }

    /// An attempt at a delivery ended: `sent`, `failed` (it is tried again) or `parked`.
    pub fn delivered(&self, receiver: &ReceiverName, result: &'static str) {
        let labels = [
            ("receiver", receiver.to_string()),
            ("result", result.to_owned()),
        ];
        self.count(DELIVERIES, &labels, 1);
    }

    /// The configuration was read again, and is used or not.
    pub fn reloaded(&self, well: bool) {
        self.counted().reload_failed = !well;
    }

    /// The event loop came round.
    pub fn turned(&self, now: Timestamp) {
        self.counted().turned = Some(now);
    }

    /// When the event loop last came round.
    #[must_use]
    pub fn last_turn(&self) -> Option<Timestamp> {
        self.counted().turned
    }

    /// Adds `by` to a counter.
    pub fn count(&self, family: Family, labels: &[(&'static str, String)], by: u64) {
        let key = (family.0, labels.to_vec());
        *self.counted().counters.entry(key).or_default() += by;
    }

    /// The counters as text for Prometheus.
    #[must_use]
    pub fn render(&self) -> String {
        let counted = self.counted();
        let mut text = String::new();
        for family in FAMILIES {
            head(&mut text, family, "counter");
            let series = counted
                .counters
                .iter()
                .filter(|((name, _), _)| *name == family.0);
            for ((name, labels), value) in series {
                line(&mut text, name, labels, value);
            }
        }
        durations(&mut text, &counted.durations);
        let family = (
            "claimwatch_config_last_reload_successful",
            "Whether the configuration that was last read is in use.",
        );
        head(&mut text, family, "gauge");
        line(&mut text, family.0, &[], &u8::from(!counted.reload_failed));
        let family = (
            "claimwatch_build_info",
            "The version that runs, as a label.",
        );
        head(&mut text, family, "gauge");
        let version = [("version", env!("CARGO_PKG_VERSION").to_owned())];
        line(&mut text, family.0, &version, &1);
        text
    }

    fn counted(&self) -> MutexGuard<'_, Counted> {
        // Numbers are whole at every moment, so a panic elsewhere cannot have spoilt them.
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The label of a watch. Stories found by a feed are watched under the feed's name and their own; only the feed's becomes a
/// label, so that a busy feed does not make a series for each story.
#[must_use]
pub fn label_of(watch: &WatchName) -> String {
    watch.list().as_ref().unwrap_or(watch).to_string()
}

fn durations(text: &mut String, durations: &BTreeMap<&'static str, Histogram>) {
    const NAME: &str = "claimwatch_check_duration_seconds";
    head(text, (NAME, "How long checks took."), "histogram");
    for (result, histogram) in durations {
        let result = ("result", (*result).to_owned());
        for (count, end) in histogram.buckets.iter().zip(BUCKETS) {
            let labels = [result.clone(), ("le", end.to_string())];
            line(text, &format!("{NAME}_bucket"), &labels, count);
        }
        let labels = [result.clone(), ("le", "+Inf".to_owned())];
        line(text, &format!("{NAME}_bucket"), &labels, &histogram.count);
        let labels = [result];
        line(text, &format!("{NAME}_sum"), &labels, &histogram.sum);
        line(text, &format!("{NAME}_count"), &labels, &histogram.count);
    }
}

/// Writes what a family is.
pub fn head(text: &mut String, (name, help): Family, kind: &str) {
    // Writing to a string does not fail.
    let _ = write!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
}

/// Writes one value.
pub fn line(
    text: &mut String,
    name: &str,
    labels: &[(&'static str, String)],
    value: &impl std::fmt::Display,
) {
    text.push_str(name);
    for (index, (label, content)) in labels.iter().enumerate() {
        text.push(if index == 0 { '{' } else { ',' });
        text.push_str(label);
        text.push_str("=\"");
        for c in content.chars() {
            match c {
                '\\' => text.push_str("\\\\"),
                '"' => text.push_str("\\\""),
                '\n' => text.push_str("\\n"),
                c => text.push(c),
            }
        }
        text.push('"');
    }
    if !labels.is_empty() {
        text.push('}');
    }
    // Writing to a string does not fail.
    let _ = writeln!(text, " {value}");
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_label_cannot_end_its_line() {
        let mut text = String::new();

        line(&mut text, "m", &[("l", "a\"b\\c\nd".to_owned())], &1);

        assert_eq!(text, "m{l=\"a\\\"b\\\\c\\nd\"} 1\n");
    }

    #[test]
    fn a_check_stands_in_every_bucket_it_fits() {
        let metrics = Metrics::default();
        let watch = WatchName::new("desk").unwrap();

        metrics.checked(&watch, "changed", Duration::from_millis(400));
        metrics.checked(&watch, "changed", Duration::from_secs(60));

        let text = metrics.render();
        for line in [
            "_bucket{result=\"changed\",le=\"0.25\"} 0\n",
            "_bucket{result=\"changed\",le=\"0.5\"} 1\n",
            "_bucket{result=\"changed\",le=\"30\"} 1\n",
            "_bucket{result=\"changed\",le=\"+Inf\"} 2\n",
            "_count{result=\"changed\"} 2\n",
            "_sum{result=\"changed\"} 60.4\n",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
    }

    #[test]
    fn a_reload_that_failed_shows_until_one_goes_well() {
        let metrics = Metrics::default();
        let shown = |value| format!("claimwatch_config_last_reload_successful {value}\n");
        assert!(metrics.render().contains(&shown(1)));

        metrics.reloaded(false);

        assert!(metrics.render().contains(&shown(0)));
        metrics.reloaded(true);
        assert!(metrics.render().contains(&shown(1)));
    }
}
