//! How a digest reads: its subject, its text, its HTML.

use std::fmt::Write;

use jiff::Timestamp;
use jiff::tz::Offset;

use super::html::{DIM, escape, link};
use super::words::{cut, wrap};
use crate::alert::{Digest, DigestRow, DigestStory};

/// The width of a line of text; addresses may be longer.
const WIDTH: usize = 72;

/// The longest outlet, in characters.
const MAX_OUTLET_CHARS: usize = 40;

/// `12 changes in 7 stories since 08:00 (largest: Refugees +16%)`
#[must_use]
pub fn headline(digest: &Digest) -> String {
    let mut parts = Vec::new();
    if digest.changes > 0 {
        let changes = counted(digest.changes, "change", "changes");
        let stories = counted(digest.stories, "story", "stories");
        parts.push(format!("{changes} in {stories}"));
    }
    if digest.notices > 0 {
        parts.push(counted(digest.notices, "notice", "notices"));
    }
    if parts.is_empty() {
        parts.push("No changes".to_owned());
    }
    let mut text = format!("{} since {}", parts.join(" and "), since(digest));
    if let Some(largest) = largest(digest) {
        text = format!("{text} (largest: {largest})");
    }
    text
}

fn counted(number: u32, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The figure that moved most: `Refugees +16%`.
fn largest(digest: &Digest) -> Option<String> {
    let percent = |row: &DigestRow| row.delta.as_ref().and_then(|delta| delta.percent);
    let row = digest
        .rows
        .iter()
        .filter(|row| percent(row).is_some())
        .max_by(|one, other| {
            let size = |row: &DigestRow| percent(row).map_or(0.0, f64::abs);
            size(one).total_cmp(&size(other))
        })?;
    let step = super::numbers::percent(super::numbers::decimal(percent(row)?)?);
    let claim = row.claim.as_ref().map(|name| name.replace(['-', '_'], " "));
    let name = row.noun.clone().or(claim)?;
    Some(format!("{} {step}", super::lead::capital(&cut(&name, 22))))
}

/// A time as the receiver's clocks have it: the time of day while that is enough.
fn since(digest: &Digest) -> String {
    let (since, until) = (local(digest, digest.since), local(digest, digest.until));
    let zone = zone(digest);
    if digest.until.duration_since(digest.since).as_hours() < 20 {
        format!("{} {zone}", since.strftime("%H:%M"))
    } else if since.year() == until.year() {
        format!("{} {zone}", since.strftime("%-d %b %H:%M"))
    } else {
        format!("{} {zone}", since.strftime("%-d %b %Y %H:%M"))
    }
}

fn local(digest: &Digest, at: Timestamp) -> jiff::civil::DateTime {
    let offset = Offset::from_seconds(digest.offset_minutes.saturating_mul(60));
    offset.unwrap_or(Offset::UTC).to_datetime(at)
}

/// The name of the receiver's clocks: `UTC`, `UTC+1`, `UTC-3:30`.
fn zone(digest: &Digest) -> String {
    let minutes = digest.offset_minutes;
    let sign = if minutes < 0 { '-' } else { '+' };
    match (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

/// What is said beside the rows.
fn remarks(digest: &Digest) -> Vec<String> {
    let mut remarks = Vec::new();
    if digest.omitted > 0 {
        let rows = counted(digest.omitted, "more is", "more are");
        remarks.push(format!(
            "{rows} not listed here; claimwatch history shows every change."
        ));
    }
    match digest.went_back {
        0 => {}
        1 => remarks.push("One more fact changed and went back to what it was.".to_owned()),
        number => remarks.push(format!(
            "{number} more facts changed and went back to what they were."
        )),
    }
    remarks
}

/// The rows of one claim, and in it of one story.
struct Group<'d> {
    claim: Option<&'d str>,
    story: Option<&'d DigestStory>,
    rows: Vec<&'d DigestRow>,
}

fn groups(digest: &Digest) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for row in &digest.rows {
        let (claim, story) = (row.claim.as_deref(), row.story.as_ref());
        match groups.last_mut() {
            Some(group) if group.claim == claim && group.story == story => group.rows.push(row),
            _ => groups.push(Group {
                claim,
                story,
                rows: vec![row],
            }),
        }
    }
    groups
}

fn titled(story: &DigestStory) -> String {
    match &story.outlet {
        Some(outlet) => format!("{} ({})", story.title, cut(outlet, MAX_OUTLET_CHARS)),
        None => story.title.clone(),
    }
}

fn seen(digest: &Digest, row: &DigestRow) -> String {
    local(digest, row.at).strftime("%-d %b %H:%M").to_string()
}

/// What stands above the rows of a claim, where some have one.
fn claim_heading(claim: Option<&str>, digest: &Digest) -> Option<String> {
    let some_have = digest.rows.iter().any(|row| row.claim.is_some());
    some_have.then(|| claim.map_or_else(|| "Other".to_owned(), |name| format!("Claim {name}")))
}

/// The longest title in a line of a chat, in characters.
const MAX_LINE_TITLE_CHARS: usize = 60;

/// The first rows in a line each, for a chat; the rest is counted.
pub(super) fn lines(digest: &Digest, limit: usize) -> Vec<String> {
    let line = |row: &DigestRow| match &row.story {
        Some(story) => {
            let from = story.outlet.as_deref().unwrap_or(&story.title);
            format!("{} – {}", row.summary, cut(from, MAX_LINE_TITLE_CHARS))
        }
        None => row.summary.clone(),
    };
    let mut lines: Vec<String> = digest.rows.iter().take(limit).map(line).collect();
    let left = digest.rows.len() - lines.len();
    let left = digest.omitted + u32::try_from(left).unwrap_or(u32::MAX);
    if left > 0 {
        lines.push(format!("and {left} more"));
    }
    lines
}

/// The rows as text.
pub(super) fn text(lines: &mut Vec<String>, digest: &Digest) {
    lines.extend(wrap(&headline(digest), "", WIDTH));
    let mut claim = None;
    for group in groups(digest) {
        lines.push(String::new());
        if claim != Some(group.claim) {
            claim = Some(group.claim);
            if let Some(heading) = claim_heading(group.claim, digest) {
                lines.extend([heading.to_uppercase(), String::new()]);
            }
        }
        if let Some(story) = group.story {
            lines.extend(wrap(&titled(story), "", WIDTH));
            lines.push(story.url.clone());
        }
        for row in group.rows {
            let line = format!("{}  {}", seen(digest, row), row.summary);
            for (index, part) in wrap(&line, "    ", WIDTH).into_iter().enumerate() {
                let mark = if index == 0 { "  " } else { "    " };
                lines.push(format!("{mark}{}", part.trim_start()));
            }
        }
    }
    lines.push(String::new());
    let remarks = remarks(digest);
    for remark in &remarks {
        lines.extend(wrap(remark, "", WIDTH));
    }
    if !remarks.is_empty() {
        lines.push(String::new());
    }
}

/// The rows as HTML.
pub(super) fn html(out: &mut String, digest: &Digest) {
    // Writing to a String cannot fail; that holds for every `write!` here.
    let _ = writeln!(
        out,
        "<h1 style=\"font-size:22px;line-height:1.3;margin:20px 0 8px\">{}</h1>",
        escape(&headline(digest))
    );
    let mut claim = None;
    for group in groups(digest) {
        if claim != Some(group.claim) {
            claim = Some(group.claim);
            if let Some(heading) = claim_heading(group.claim, digest) {
                let _ = writeln!(
                    out,
                    "<h2 style=\"font-size:19px;margin:20px 0 4px\">{}</h2>",
                    escape(&heading)
                );
            }
        }
        if let Some(story) = group.story {
            let title = escape(&titled(story));
            let _ = writeln!(
                out,
                "<p dir=\"auto\" style=\"margin:12px 0 0\">{}</p>",
                link(&story.url, &title)
            );
        }
        out.push_str("<ul style=\"margin:0 0 8px;padding-left:20px\">\n");
        for row in group.rows {
            let _ = writeln!(
                out,
                "<li><span dir=\"auto\">{}</span> <span class=\"dim\" style=\"{DIM};white-space:nowrap\">{}</span></li>",
                escape(&row.summary),
                seen(digest, row)
            );
        }
        out.push_str("</ul>\n");
    }
    for remark in remarks(digest) {
        let _ = writeln!(out, "<p style=\"margin:0 0 12px\">{}</p>", escape(&remark));
    }
}
