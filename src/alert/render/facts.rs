//! The facts of an alert in words, as plain text and HTML both show them.

use super::lead::{Form, Lead, kind_of, label, lead, spoken};
use super::subject::joined;
use super::{numbers, times};
use crate::alert::{Alert, Side, StoryRef, ToldChange};
use crate::compare::ChangeKind;

/// What a test alert begins with.
pub const TEST_NOTE: &str =
    "This is a test of the way alerts take. Nothing has changed; the story below is made up.";

/// One row of the table of a change.
pub struct Row {
    /// `Was`, `Now`, `Change`, `Said by`.
    pub label: &'static str,
    /// The value.
    pub value: String,
    /// What there is to say of it.
    pub note: String,
}

/// The rows that prove a change: what it was, what it is, how far it moved, and who says it.
#[must_use]
pub fn rows(alert: &Alert, change: &ToldChange) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut add = |label, value: String, note: String| rows.push(Row { label, value, note });
    // Several changes were seen at the same times, which are told once, above them.
    let many = alert.changes.len() > 1;
    let unless_many = |note: String| if many { String::new() } else { note };
    if let Some(old) = &change.old {
        add("Was", shown(change, old), unless_many(seen_before(alert)));
    }
    let now = match &change.new {
        Some(new) => shown(change, new),
        None => "no longer in the story".to_owned(),
    };
    add("Now", now, unless_many(seen_now(alert)));
    if let Some((absolute, relative)) = bounds(change) {
        let note = if relative.is_empty() {
            relative
        } else {
            format!("({relative})")
        };
        add("Change", absolute, note);
    }
    if let Some((value, note)) = said_by(change) {
        add("Said by", value, note);
    }
    rows
}

/// What several changes begin with: how many there are, and between which two looks they were made.
#[must_use]
pub fn several(alert: &Alert) -> Option<String> {
    let total = alert.changes.len() + alert.changes_omitted as usize;
    if alert.changes.len() < 2 {
        return None;
    }
    let last = alert
        .old
        .as_ref()
        .map(|old| old.last_seen.unwrap_or(old.first_seen));
    let between = last.map_or_else(String::new, |last| {
        let now = alert.new.as_ref().map_or(alert.at, |new| new.first_seen);
        let times = times::span(last, now.max(last), "and", alert.at);
        let between = if times.contains(" and ") {
            "between"
        } else {
            "at"
        };
        format!(", made {between} {times} UTC")
    });
    Some(format!("{total} changes in this story{between}."))
}

/// The changes as a reader takes them in: the one of the subject first.
#[must_use]
pub fn in_order(alert: &Alert) -> Vec<&ToldChange> {
    let first = super::subject::foremost(alert);
    let rest = alert
        .changes
        .iter()
        .filter(|change| !first.is_some_and(|first| std::ptr::eq(first, *change)));
    first.into_iter().chain(rest).collect()
}

/// The change before the one at `index` that has shown the same sentence already.
#[must_use]
pub fn shown_before(changes: &[&ToldChange], index: usize) -> Option<usize> {
    let change = changes.get(index)?;
    changes
        .iter()
        .take(index)
        .position(|before| before.diff == change.diff && shows_sentence(before))
}

/// When the old version was seen.
fn seen_before(alert: &Alert) -> String {
    let Some(old) = &alert.old else {
        return String::new();
    };
    let last = old.last_seen.unwrap_or(old.first_seen).max(old.first_seen);
    format!(
        "seen {} UTC",
        times::span(old.first_seen, last, "to", alert.at)
    )
}

/// When the new version was seen first.
fn seen_now(alert: &Alert) -> String {
    let at = alert.new.as_ref().map_or(alert.at, |new| new.first_seen);
    format!("seen {} UTC", times::beside(at, alert.at))
}

/// Who says it, and whether somebody else did before.
fn said_by(change: &ToldChange) -> Option<(String, String)> {
    let by = change.attribution.as_ref()?;
    let both = change.old.is_some() && change.new.is_some();
    let note = match (&by.before, &by.now) {
        (Some(before), Some(now)) if before != now => format!("before: {before}"),
        (Some(_), None) if both => {
            return Some(("nobody named".to_owned(), format!("before: {}", by.source)));
        }
        (None, Some(_)) if both => "before: nobody named".to_owned(),
        _ if both => "(attribution unchanged)".to_owned(),
        _ => String::new(),
    };
    Some((by.source.clone(), note))
}

/// What a heading adds in brackets: how far the figure moved and what it crossed.
#[must_use]
pub fn aside(change: &ToldChange, lead: &Lead) -> String {
    let crossed = change
        .rules
        .iter()
        .filter(|rule| rule.met)
        .filter_map(|rule| rule.rule.strip_prefix("crosses "))
        .map(|limit| format!("crossed {limit}"));
    let parts: Vec<String> = lead.step.clone().into_iter().chain(crossed).collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!("({})", parts.join(", "))
    }
}

/// A label in capitals; what it quotes keeps its letters.
#[must_use]
pub fn shout(label: &str) -> String {
    let quote = label.find('"').unwrap_or(label.len());
    let colon = label.find(": ").map_or(label.len(), |at| at + 1);
    let (head, tail) = label
        .split_at_checked(quote.min(colon))
        .unwrap_or((label, ""));
    format!("{}{tail}", head.to_uppercase())
}

/// Whether the sentence shows more than the table does.
#[must_use]
pub fn shows_sentence(change: &ToldChange) -> bool {
    let told_elsewhere = matches!(
        kind_of(change),
        Some(
            ChangeKind::BylineChanged | ChangeKind::StoryMoved | ChangeKind::CorrectionNoticeAdded
        )
    );
    let whole = |side: &Option<Side>, sentence: &Option<String>| match (side, sentence) {
        (Some(side), Some(sentence)) => side.text == *sentence,
        _ => true,
    };
    let only_repeats = change.diff.len() == 1
        && whole(&change.old, &change.sentence.old)
        && whole(&change.new, &change.sentence.new);
    !told_elsewhere && !change.diff.is_empty() && !only_repeats
}

/// Where the sentence stands: `IN THE STORY, paragraph 11 of 11`.
#[must_use]
pub fn place(alert: &Alert, change: &ToldChange) -> String {
    let gone = change.new.is_none();
    let mut text = match change.paragraph {
        Some(number) if gone => format!("IN THE STORY BEFORE, paragraph {number}"),
        Some(number) => {
            let all = alert.story.as_ref().map_or(0, |story| story.paragraphs);
            if all >= number {
                format!("IN THE STORY, paragraph {number} of {all}")
            } else {
                format!("IN THE STORY, paragraph {number}")
            }
        }
        None => {
            let place = change.places.first().map_or("story", String::as_str);
            format!("IN THE {}", place.to_uppercase())
        }
    };
    let others: Vec<&str> = change.places.iter().skip(1).map(String::as_str).collect();
    if !others.is_empty() {
        let shown = others.len().min(3);
        let more = others.len() - shown;
        let mut also = others[..shown].join(", ");
        if more > 0 {
            also = format!("{also} and {more} more");
        }
        text = format!("{text}; also {also}");
    }
    text
}

/// What changed beside what is told.
#[must_use]
pub fn also_changed(alert: &Alert) -> String {
    let mut parts = alert.also_changed.clone();
    if parts.is_empty() {
        parts.push("nothing else".to_owned());
    }
    let told = alert
        .changes
        .iter()
        .any(|change| kind_of(change) == Some(ChangeKind::HeadlineChanged));
    let listed = alert
        .also_changed
        .iter()
        .any(|what| what.starts_with("headline"));
    if !told && !listed {
        let headline = if alert.headline_changed {
            "headline retouched"
        } else {
            "headline unchanged"
        };
        parts.push(headline.to_owned());
    }
    parts.join("; ")
}

/// Whether the publisher told its readers.
#[must_use]
pub fn disclosed(alert: &Alert) -> String {
    match (alert.disclosure.state.as_str(), &alert.disclosure.note) {
        ("note", Some(note)) => format!("yes, by a note: \"{note}\""),
        ("note", None) => "yes, by a note".to_owned(),
        ("modified_time", _) => "no correction note; the story has a new update time".to_owned(),
        _ => "no correction note, no new update time in the story".to_owned(),
    }
}

/// The title of a story with its outlet and agency; the address of one that nobody has seen yet.
#[must_use]
pub fn titled(story: &StoryRef) -> String {
    let from: Vec<&str> = [&story.outlet, &story.agency]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    if story.title.is_empty() {
        story.url.clone()
    } else if from.is_empty() {
        story.title.clone()
    } else {
        format!("{} ({})", story.title, from.join(" / "))
    }
}

/// What is stored, and the command that shows it.
#[must_use]
pub fn stored(alert: &Alert) -> String {
    let Some(version) = alert.new.as_ref().or(alert.old.as_ref()) else {
        return String::new();
    };
    let hash: String = version.sha256.chars().take(8).collect();
    let mut text = format!("version {}, sha256 {hash}...", version.version);
    if let (Some(story), Some(old), Some(new)) = (&alert.story, &alert.old, &alert.new) {
        text = format!(
            "{text}; claimwatch diff {} {} {}",
            story.id, old.version, new.version
        );
    }
    text
}

/// The copies in a public archive: the number of each version and where it is. That of the new version is seldom known yet.
#[must_use]
pub fn archived(alert: &Alert) -> Vec<(u32, &str)> {
    let versions = [&alert.old, &alert.new].into_iter().flatten();
    versions
        .filter_map(|version| Some((version.version, version.archive_url.as_deref()?)))
        .collect()
}

/// Why the mail was sent.
#[must_use]
pub fn why(alert: &Alert) -> String {
    if alert.digest.is_some() {
        return format!("You get this as one message: {}.", alert.watch.reason);
    }
    format!(
        "You get this from watch \"{}\": {}.",
        alert.watch.id, alert.watch.reason
    )
}

/// How to be told nothing of the story for a while.
#[must_use]
pub fn mute(alert: &Alert) -> Option<String> {
    let story = alert.story.as_ref().filter(|_| !alert.test)?;
    Some(format!(
        "Quiet this story for a week:  claimwatch mute {} --for 7d",
        story.id
    ))
}

/// What is known of the trouble of a watch.
#[must_use]
pub fn problem_rows(alert: &Alert) -> Vec<(String, String)> {
    let Some(problem) = &alert.problem else {
        return Vec::new();
    };
    let since = times::beside(problem.since, alert.at);
    let mut rows = vec![("CAUSE".to_owned(), problem.cause.clone())];
    let until_now = || format!("{since} to {} UTC", times::beside(alert.at, alert.at));
    match alert.kind.as_str() {
        "watch_recovered" => rows.push(("LASTED".to_owned(), until_now())),
        "story_restored" => rows.push(("GONE".to_owned(), until_now())),
        _ => rows.push(("SINCE".to_owned(), format!("{since} UTC"))),
    }
    if problem.failures > 0 {
        let (one, many) = match alert.kind.as_str() {
            "delivery_failed" => ("attempt", "attempts"),
            _ => ("check", "checks in a row"),
        };
        let checks = if problem.failures == 1 { one } else { many };
        rows.push((
            "FAILED".to_owned(),
            format!("{} {checks}", problem.failures),
        ));
    }
    if let Some(next) = problem.next_try {
        rows.push((
            "NEXT TRY".to_owned(),
            format!("{} UTC", times::beside(next, alert.at)),
        ));
    }
    let missed = match problem.changed_meanwhile {
        Some(true) if alert.kind == "story_restored" && alert.changes.is_empty() => {
            "nothing changed that would be told by itself"
        }
        Some(true) if alert.kind == "story_restored" => "the story changed, as told below",
        Some(true) => "the story changed meanwhile; its changes are told by themselves",
        Some(false) => "the story did not change meanwhile",
        None if alert.kind == "watch_failing" => {
            "the version last read stays the reference; nothing counts as removed"
        }
        None => "",
    };
    if !missed.is_empty() {
        rows.push(("MEANWHILE".to_owned(), missed.to_owned()));
    }
    rows
}

/// Whether the history has more to show than the table of the change.
#[must_use]
pub fn shows_history(change: &ToldChange) -> bool {
    change.history.len() > 2
}

/// The line that a mail program shows beside the subject.
#[must_use]
pub fn preheader(alert: &Alert) -> String {
    let Some(change) = super::subject::foremost(alert) else {
        return alert.summary.clone();
    };
    let by = change
        .attribution
        .as_ref()
        .map(|by| format!("Said by {}. ", by.source));
    format!(
        "{}{}. Disclosed: {}.",
        by.unwrap_or_default(),
        joined(&lead(change, Form::Full)),
        disclosed(alert)
    )
}

/// What the caption of the table of a change says.
#[must_use]
pub fn caption(change: &ToldChange) -> String {
    let figure = kind_of(change).is_some_and(ChangeKind::is_figure);
    if figure {
        format!(
            "{}: old and new value",
            label(change).unwrap_or_else(|| "Figure".to_owned())
        )
    } else {
        "Old and new words".to_owned()
    }
}

/// Whether a side is a figure.
fn is_figure(side: &Side) -> bool {
    side.low.is_some()
}

/// The value of a side as a table shows it.
fn shown(change: &ToldChange, side: &Side) -> String {
    let figure = kind_of(change).is_some_and(ChangeKind::is_figure);
    if figure && is_figure(side) {
        spoken(side)
    } else {
        quoted(&side.text)
    }
}

/// Words in quotation marks, unless they bring their own.
fn quoted(text: &str) -> String {
    if text.starts_with(['"', '\'', '\u{201c}', '\u{2018}', '\u{201e}', '\u{ab}']) {
        text.to_owned()
    } else {
        format!("\"{text}\"")
    }
}

/// The honest bounds of a change: `+300,000 to +400,000`.
fn bounds(change: &ToldChange) -> Option<(String, String)> {
    let delta = change.delta.as_ref()?;
    let unit = change.unit.as_deref();
    let low = numbers::decimal(delta.absolute_low)?;
    let high = numbers::decimal(delta.absolute_high)?;
    if low.is_zero() && high.is_zero() {
        return None;
    }
    let step = numbers::step(numbers::decimal(delta.absolute)?, unit);
    let of = |number: Option<f64>| number.and_then(numbers::decimal).map(numbers::percent);
    let middle = of(delta.percent).filter(|_| !numbers::is_share(unit));
    if low == high {
        return Some((step, middle.unwrap_or_default()));
    }
    let absolute = format!(
        "{} to {}",
        numbers::step(low, unit),
        numbers::step(high, unit)
    );
    let relative = match (of(delta.percent_low), of(delta.percent_high), middle) {
        (Some(low), Some(high), Some(middle)) => format!("{low} to {high}; middle {middle}"),
        _ => format!("middle {step}"),
    };
    Some((absolute, relative))
}
