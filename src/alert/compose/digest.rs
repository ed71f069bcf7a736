//! Many alerts told as one, each fact with its net change, the largest first.

use jiff::Timestamp;

use super::net::{self, Net};
use super::trouble::{self, About};
use super::{count, title};
use crate::alert::digest::{MAX_DIGEST_BYTES, MAX_DIGEST_MAIL_BYTES, MAX_DIGEST_ROWS};
use crate::alert::render::{subject, words};
use crate::alert::{Alert, Digest, DigestRow, ReceiverName, WatchName};
use crate::compare::Severity;

/// Alerts that are about to be told as one.
#[derive(Debug, Clone)]
pub struct Fold<'a> {
    /// Who is told.
    pub receiver: &'a ReceiverName,
    /// Why together: `digest`, `quiet` or `surplus`.
    pub cause: &'a str,
    /// The same in words: `digest at 08:00, mon-fri`.
    pub reason: &'a str,
    /// Since when they were gathered.
    pub since: Timestamp,
    /// When they are told.
    pub at: Timestamp,
    /// How many minutes the receiver's clocks are ahead of UTC.
    pub offset_minutes: i32,
    /// Whether it is told although nothing has changed.
    pub even_empty: bool,
}

/// The one alert that tells `alerts`, which come oldest first; `None` where nothing is left to tell.
///
/// ```
/// use claimwatch::alert::{Fold, ReceiverName, digest, test};
/// use jiff::Timestamp;
///
/// let receiver = ReceiverName::new("analysts").expect("a plain word");
/// let at = Timestamp::UNIX_EPOCH;
/// let fold = Fold {
///     receiver: &receiver,
///     cause: "digest",
///     reason: "digest at 08:00",
///     since: at,
///     at,
///     offset_minutes: 0,
///     even_empty: false,
/// };
///
/// let folded = digest(&fold, &[test(at)]).expect("there is a change to tell");
///
/// assert_eq!(folded.summary, "1 change in 1 story since 00:00 UTC (largest: Refugees +16%)");
/// assert!(digest(&fold, &[]).is_none());
/// ```
#[must_use]
pub fn digest(fold: &Fold, alerts: &[Alert]) -> Option<Alert> {
    let (changes, went_back) = net::net(alerts);
    let notices = notices(alerts);
    if changes.is_empty() && notices.is_empty() && !fold.even_empty {
        return None;
    }
    let unlisted: u32 = alerts.iter().map(|alert| alert.changes_omitted).sum();
    let mut stories: Vec<_> = changes.iter().map(|net| (&net.watch, &net.story)).collect();
    stories.sort_by_key(|(watch, story)| {
        (
            (*watch).clone(),
            story.as_ref().map(|story| story.id.clone()),
        )
    });
    stories.dedup_by_key(|(watch, story)| {
        (
            (*watch).clone(),
            story.as_ref().map(|story| story.id.clone()),
        )
    });
    let mut digest = Digest {
        cause: fold.cause.to_owned(),
        since: fold.since,
        until: fold.at,
        offset_minutes: fold.offset_minutes,
        changes: count(changes.len()).saturating_add(unlisted),
        stories: count(stories.len()),
        notices: count(notices.len()),
        went_back,
        rows: Vec::new(),
        omitted: 0,
    };
    let total = count(changes.len() + notices.len()).saturating_add(unlisted);
    digest.rows = grouped(ranked(changes, notices));
    digest.omitted = total - count(digest.rows.len());
    Some(alert(fold, alerts, digest))
}

/// The alert around a digest, with as many rows as it has room for.
fn alert(fold: &Fold, alerts: &[Alert], digest: Digest) -> Alert {
    let watch = WatchName::of_digests();
    let about = About {
        watch: &watch,
        tags: &[],
        story: None,
        at: fold.at,
    };
    let ids: Vec<&str> = alerts.iter().map(|alert| alert.alert_id.as_str()).collect();
    let facts = format!("{} {} {}", fold.receiver, fold.cause, ids.join(" "));
    let worst = alerts
        .iter()
        .map(|alert| severity(&alert.severity))
        .min()
        .and_then(|at| Severity::ALL.get(at));
    let worst = worst.copied().unwrap_or(Severity::Low);
    let mut alert = trouble::plain(&about, "digest", worst, &facts, fold.reason);
    alert.digest = Some(digest);
    alert.summary = subject::summary(&alert);
    fit(&mut alert);
    alert
}

/// The place of a severity among [`Severity::ALL`].
pub(super) fn severity(name: &str) -> usize {
    Severity::ALL
        .iter()
        .position(|severity| severity.as_str() == name)
        .unwrap_or(Severity::ALL.len())
}

/// The alerts that are not about a change, each as a row. Of a watch's troubles the last state alone counts.
fn notices(alerts: &[Alert]) -> Vec<DigestRow> {
    let mut rows: Vec<DigestRow> = Vec::new();
    for alert in alerts.iter().filter(|alert| alert.changes.is_empty()) {
        let of_watch = |kind: &str| kind.starts_with("watch_");
        if of_watch(&alert.kind) {
            rows.retain(|row| !of_watch(&row.kind) || row.watch != alert.watch.id);
        }
        rows.push(DigestRow {
            at: alert.at,
            kind: alert.kind.clone(),
            severity: alert.severity.clone(),
            watch: alert.watch.id.clone(),
            story: alert.story.as_ref().map(net::story),
            claim: None,
            noun: None,
            unit: None,
            old: None,
            new: None,
            delta: None,
            steps: 1,
            summary: words::cut(&title(&alert.summary), 200),
            alert_id: alert.alert_id.clone(),
        });
    }
    rows
}

/// Everything in the order of its weight, cut to what a digest lists: what is critical, figures by how far they moved, other
/// changes and notices by severity.
fn ranked(changes: Vec<Net>, notices: Vec<DigestRow>) -> Vec<DigestRow> {
    let critical = |name: &str| severity(name) == 0;
    let mut weighed: Vec<((u8, f64), DigestRow)> = Vec::new();
    for net in changes {
        let sort = match (critical(&net.change.severity), net.is_figure()) {
            (_, true) => 1,
            (true, false) => 0,
            (false, false) => 2,
        };
        let weight = if net.is_figure() {
            -net.size()
        } else {
            rank(&net.change.severity)
        };
        weighed.push(((sort, weight), net.row()));
    }
    for row in notices {
        let sort = if critical(&row.severity) { 0 } else { 3 };
        weighed.push(((sort, rank(&row.severity)), row));
    }
    // Sorting keeps the order of equals: that of time.
    weighed.sort_by(|(one, _), (other, _)| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
    weighed.truncate(MAX_DIGEST_ROWS);
    weighed.into_iter().map(|(_, row)| row).collect()
}

fn rank(name: &str) -> f64 {
    // Four severities.
    u8::try_from(severity(name)).map_or(4.0, f64::from)
}

/// The rows of one claim together, and in it those of one story; groups in the order of their first row.
fn grouped(rows: Vec<DigestRow>) -> Vec<DigestRow> {
    let claims: Vec<Option<String>> = rows.iter().map(|row| row.claim.clone()).collect();
    let stories: Vec<_> = rows.iter().map(|row| row.story.clone()).collect();
    let mut placed: Vec<((usize, usize), DigestRow)> = rows
        .into_iter()
        .map(|row| {
            let claim = claims.iter().position(|claim| *claim == row.claim);
            let in_group = |at: &usize| claims.get(*at) == Some(&row.claim);
            let story = (0..stories.len())
                .filter(in_group)
                .find(|at| stories.get(*at) == Some(&row.story));
            ((claim.unwrap_or(0), story.unwrap_or(0)), row)
        })
        .collect();
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, row)| row).collect()
}

/// What a row takes of a mail beside its words: the elements of HTML, and the time.
const ROW_BYTES: usize = 300;

/// The bytes of a row in both parts of a mail.
fn mail_bytes(row: &DigestRow) -> usize {
    let story = row.story.as_ref();
    let outlet = story.and_then(|story| story.outlet.as_deref());
    let texts = [
        Some(row.summary.as_str()),
        story.map(|story| story.title.as_str()),
        story.map(|story| story.url.as_str()),
        outlet,
    ];
    // Quoted-printable writes every byte of what is not ASCII as three.
    let encoded = |text: &str| {
        text.bytes()
            .map(|b| if b.is_ascii() { 1 } else { 3 })
            .sum::<usize>()
    };
    let words: usize = texts.into_iter().flatten().map(encoded).sum();
    ROW_BYTES + words * 2
}

/// Takes the last rows away until the digest is small enough, in a mail and as JSON.
fn fit(alert: &mut Alert) {
    let size = |alert: &Alert| serde_json::to_vec(alert).map_or(0, |json| json.len());
    let mut room = MAX_DIGEST_MAIL_BYTES;
    let mut fits = |row: &DigestRow| {
        room = room.saturating_sub(mail_bytes(row));
        room > 0
    };
    let mut kept = alert.digest.as_ref().map_or(0, |digest| {
        digest
            .rows
            .iter()
            .map_while(|row| fits(row).then_some(()))
            .count()
    });
    loop {
        let Some(digest) = alert.digest.as_mut() else {
            return;
        };
        digest.omitted += count(digest.rows.len() - kept);
        digest.rows.truncate(kept);
        if kept == 0 || size(alert) <= MAX_DIGEST_BYTES {
            return;
        }
        // A tenth at a time: each look costs as much as writing the whole.
        kept -= kept.div_ceil(10);
    }
}
