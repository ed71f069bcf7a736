//! The subject of a mail, and the sentence that sums an alert up.
//!
//! A reader knows from the subject alone which figure or statement moved, from what to what, by how much, and in whose
//! story. The figure stands within the first 40 characters; what is cut is the title, never the figure.

use super::lead::{Form, Lead, kind_of, lead, phrases};
use super::words::{clean, cut};
use super::{SubjectStyle, times};
use crate::alert::{Alert, Problem, ToldChange};
use crate::compare::ChangeKind;

/// The longest subject, in characters.
pub const MAX_SUBJECT_CHARS: usize = 80;

/// Below this a cut title tells nothing.
const MIN_TITLE_CHARS: usize = 12;

/// The subject of the mail that carries `alert`.
#[must_use]
pub fn subject(alert: &Alert, style: SubjectStyle) -> String {
    let text = match (alert.kind.as_str(), &alert.problem) {
        ("watch_failing", Some(problem)) => failing(alert, problem),
        ("watch_recovered", _) => format!("[working] {}", summary(alert)),
        _ => of_story(alert, style),
    };
    let mark = if alert.test { "[test] " } else { "" };
    let limit = MAX_SUBJECT_CHARS - mark.len();
    format!("{mark}{}", cut(&clean(&text), limit))
}

/// `[problem] ndtv-ukraine: refused (403), 3 checks in a row since 13:05`; the cause is cut, never the rest.
fn failing(alert: &Alert, problem: &Problem) -> String {
    let start = format!("[problem] {}: ", alert.watch.id);
    let checks = match problem.failures {
        0 | 1 => String::new(),
        number => format!(", {number} checks in a row"),
    };
    let end = format!("{checks} since {}", since(alert, problem));
    let room = MAX_SUBJECT_CHARS.saturating_sub(start.len() + end.len());
    format!(
        "{start}{}{end}",
        cut(&problem.cause, room.max(MIN_TITLE_CHARS))
    )
}

/// When the trouble began: the time of day while that is enough.
fn since(alert: &Alert, problem: &Problem) -> String {
    if alert.at.duration_since(problem.since).as_hours() < 20 {
        times::clock(problem.since)
    } else {
        times::short(problem.since)
    }
}

fn of_story(alert: &Alert, style: SubjectStyle) -> String {
    if style == SubjectStyle::Story && alert.story.is_some() {
        return titled("", alert, MAX_SUBJECT_CHARS);
    }
    let what = what(alert);
    match alert.changes.first() {
        Some(change) if alert.changes.len() == 1 && is_headline(change) => {
            headlines(&what, alert, change)
        }
        _ => titled(&what, alert, MAX_SUBJECT_CHARS),
    }
}

fn is_headline(change: &ToldChange) -> bool {
    change.kind == ChangeKind::HeadlineChanged.as_str()
}

/// The change that a subject shows: the first, but a fact rather than the note that corrects it, or the headline.
#[must_use]
pub fn foremost(alert: &Alert) -> Option<&ToldChange> {
    let is_note = |change: &&ToldChange| {
        change.kind == ChangeKind::CorrectionNoticeAdded.as_str() || is_headline(change)
    };
    let mut facts = alert.changes.iter().filter(|change| !is_note(change));
    facts.next().or(alert.changes.first())
}

/// What changed, in few characters: `Refugees 2.1–2.2M → 2.5M (+16%)`.
fn what(alert: &Alert) -> String {
    if let Some(problem) = &alert.problem {
        return format!(
            "Gone: {} since {}",
            cut(&problem.cause, 30),
            times::clock(problem.since)
        );
    }
    let Some(change) = foremost(alert) else {
        return alert.kind.replace('_', " ");
    };
    let mut what = joined(&lead(change, Form::Compact));
    let mut others = alert.changes.len() - 1 + alert.changes_omitted as usize;
    let corrected = ChangeKind::CorrectionNoticeAdded.as_str();
    if change.kind != corrected && alert.changes.iter().any(|change| change.kind == corrected) {
        what.push_str(", corrected");
        others -= 1;
    }
    if others > 0 {
        what = format!("{what} & {others} more");
    }
    what
}

/// The pieces of a lead in one line.
#[must_use]
pub fn joined(lead: &Lead) -> String {
    let mut text = lead.label.clone();
    match (&lead.from, &lead.to) {
        (Some(from), Some(to)) => text.push_str(&format!(" {from} → {to}")),
        (Some(one), None) | (None, Some(one)) => text.push_str(&format!(" {one}")),
        (None, None) => {}
    }
    if let Some(step) = &lead.step {
        text.push_str(&format!(" ({step})"));
    }
    text
}

/// `what – OUTLET: TITLE` in `limit` characters; the title is cut, then dropped.
fn titled(what: &str, alert: &Alert, limit: usize) -> String {
    let Some(story) = &alert.story else {
        return what.to_owned();
    };
    let outlet = story.outlet.as_deref().unwrap_or_default();
    let mut text = what.to_owned();
    let mut room = limit.saturating_sub(what.chars().count());
    let mut add = |separator: &str, part: &str, least: usize| {
        let separator = if text.is_empty() { "" } else { separator };
        let length = separator.chars().count();
        let wanted = part.chars().count().min(least);
        if part.is_empty() || room < length + wanted {
            return;
        }
        let part = cut(part, room - length);
        room -= (length + part.chars().count()).min(room);
        text.push_str(separator);
        text.push_str(&part);
    };
    add(" – ", &cut(outlet, 24), 24);
    let separator = if outlet.is_empty() { " – " } else { ": " };
    add(separator, &story.title, MIN_TITLE_CHARS);
    text
}

/// `Headline changed – NDTV: OLD → NEW`, each side with half of the room.
fn headlines(what: &str, alert: &Alert, change: &ToldChange) -> String {
    let outlet = alert
        .story
        .as_ref()
        .and_then(|story| story.outlet.as_deref());
    let start = match outlet {
        Some(outlet) => format!("{what} – {}: ", cut(outlet, 24)),
        None => format!("{what} – "),
    };
    let room = MAX_SUBJECT_CHARS.saturating_sub(start.chars().count() + 3);
    let text = |side: &Option<crate::alert::Side>| {
        side.as_ref()
            .map(|side| side.text.clone())
            .unwrap_or_default()
    };
    let (old, new) = (text(&change.old), text(&change.new));
    let old_size = old
        .chars()
        .count()
        .min((room / 2).max(room.saturating_sub(new.chars().count())));
    let new_size = room.saturating_sub(old_size);
    format!("{start}{} → {}", cut(&old, old_size), cut(&new, new_size))
}

/// One sentence that tells the whole alert, for notifications and for people who read nothing else.
///
/// ```
/// let alert = claimwatch::alert::test(jiff::Timestamp::UNIX_EPOCH);
/// assert_eq!(
///     claimwatch::alert::render::subject::summary(&alert),
///     "Refugees: 2.1 to 2.2 million changed to 2.5 million (+16%), said by UNHCR, in the story \
///      \"Talks resume as border crossings fill\" (The Example Courier)"
/// );
/// ```
#[must_use]
pub fn summary(alert: &Alert) -> String {
    if let Some(problem) = &alert.problem {
        return problem_summary(alert, problem);
    }
    let mut text = foremost(alert).map_or_else(|| alert.kind.replace('_', " "), change_summary);
    let others = alert.changes.len().saturating_sub(1) + alert.changes_omitted as usize;
    match others {
        0 => {}
        1 => text.push_str(", and one more change"),
        _ => text.push_str(&format!(", and {others} more changes")),
    }
    if let Some(story) = &alert.story {
        text.push_str(&format!(", in the story \"{}\"", cut(&story.title, 120)));
        if let Some(outlet) = &story.outlet {
            text.push_str(&format!(" ({})", cut(outlet, 60)));
        }
    }
    clean(&text)
}

/// One change as part of a sentence.
fn change_summary(change: &ToldChange) -> String {
    let lead = lead(change, Form::Full);
    let label = lead.label.trim_end_matches(':');
    let mut text = match (&lead.from, &lead.to) {
        (Some(from), Some(to)) => format!("{label}: {from} changed to {to}"),
        (Some(one), None) | (None, Some(one)) => format!("{label}: {one}"),
        (None, None) => format!("{label}{}", change_words(change)),
    };
    if let Some(step) = lead.step {
        text.push_str(&format!(" ({step})"));
    }
    let told_by_label =
        change.kind == ChangeKind::AttributionChanged.as_str() || lead.from.is_none();
    if let Some(by) = change.attribution.as_ref().filter(|_| !told_by_label) {
        text.push_str(&format!(", said by {}", by.source));
    }
    text
}

/// The words of a change whose label does not say them.
fn change_words(change: &ToldChange) -> String {
    match (kind_of(change), phrases(change, 120)) {
        (Some(ChangeKind::QuoteChanged), (Some(from), Some(to))) => {
            format!(": \"{from}\" changed to \"{to}\"")
        }
        (Some(ChangeKind::CorrectionNoticeAdded), (_, Some(note))) => format!(": \"{note}\""),
        _ => String::new(),
    }
}

/// The trouble of a watch in a sentence.
fn problem_summary(alert: &Alert, problem: &Problem) -> String {
    let watch = &alert.watch.id;
    let since = since(alert, problem);
    let text = match alert.kind.as_str() {
        "watch_failing" if problem.failures == 1 => {
            format!("{watch}: {}, since {since} UTC", problem.cause)
        }
        "watch_failing" => format!(
            "{watch}: {}, {} checks in a row since {since} UTC",
            problem.cause, problem.failures
        ),
        "watch_recovered" => {
            let missed = match problem.changed_meanwhile {
                Some(false) => ", no change missed",
                Some(true) => ", the story changed meanwhile",
                None => "",
            };
            let length = times::between(problem.since, alert.at);
            format!("{watch}: fine again after {length}{missed}")
        }
        _ => {
            let title = alert
                .story
                .as_ref()
                .map_or("", |story| story.title.as_str());
            format!(
                "Story gone: {} since {since} UTC: \"{}\"",
                problem.cause,
                cut(title, 120)
            )
        }
    };
    clean(&text)
}
