//! Changes as the pages list them: a line for people, an object for programs, an entry for feed readers.

use std::cmp::Reverse;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::html::Html;
use crate::claims::Decimal;
use crate::compare::words::{self, Mark};
use crate::compare::{Change, ChangeKind};
use crate::records;
use crate::store::{Event, Recorded};

/// The longest sentence that is shown with its words marked, in bytes.
const MAX_MARKED_BYTES: usize = 4_000;

/// What sort of fact changed, in a word.
pub(super) fn word(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::FigureChanged
        | ChangeKind::FigureAdded
        | ChangeKind::FigureRemoved
        | ChangeKind::QualifierChanged => "figure",
        ChangeKind::StatementChanged
        | ChangeKind::StatementAdded
        | ChangeKind::StatementRemoved => "statement",
        ChangeKind::AttributionChanged => "source",
        ChangeKind::QuoteChanged | ChangeKind::QuoteAdded | ChangeKind::QuoteRemoved => "quote",
        ChangeKind::HeadlineChanged => "headline",
        ChangeKind::CorrectionNoticeAdded => "correction",
        ChangeKind::StoryRemoved => "removed",
        ChangeKind::StoryMoved => "moved",
        ChangeKind::BylineChanged => "byline",
    }
}

/// The largest change first: by severity, then by how far a figure moved.
pub(super) fn largest_first(events: &mut [Event]) {
    events.sort_by_key(|event| {
        let change = &event.recorded.change;
        let moved = change
            .delta
            .and_then(|delta| delta.percent)
            .map_or(Decimal::ZERO, |percent| percent.middle.abs());
        (Reverse(change.severity), Reverse(moved), Reverse(event.at))
    });
}

/// Adds what changed, and whether it was told.
pub(super) fn show(html: &mut Html, recorded: &Recorded) {
    facts(html, &recorded.change);
    verdict(html, recorded);
}

fn verdict(html: &mut Html, recorded: &Recorded) {
    html.put("<p class=\"dim\">")
        .put(if recorded.told {
            "Told: "
        } else {
            "Not told: "
        })
        .short(&recorded.reason)
        .put("</p>");
}

/// Adds what changed.
pub(super) fn facts(html: &mut Html, change: &Change) {
    html.put("<p><span class=\"badge ")
        .put(change.severity.as_str())
        .put("\">")
        .put(word(change.kind))
        .put(" · ")
        .put(change.severity.as_str())
        .put("</span> ");
    values(html, change);
    html.put("</p><p dir=\"auto\">");
    sentence(html, change);
    html.put("</p>");
}

/// A figure's two values and how far apart they are.
fn values(html: &mut Html, change: &Change) {
    if !change.kind.is_figure() {
        return;
    }
    let noun = [&change.new, &change.old]
        .into_iter()
        .flatten()
        .find_map(|side| side.noun.as_deref());
    if let Some(noun) = noun {
        html.element("bdi", noun).put(": ");
    }
    match (&change.old, &change.new) {
        (Some(old), Some(new)) => html
            .element("bdi", &old.text)
            .put(" → ")
            .element("strong", &new.text),
        (Some(old), None) => html.element("bdi", &old.text).put(" is gone"),
        (None, Some(new)) => html.element("strong", &new.text).put(" is new"),
        (None, None) => html,
    };
    if let Some(percent) = change.delta.and_then(|delta| delta.percent) {
        html.text(&format!(" ({:+}%)", percent.middle.round_dp(1).normalize()));
    }
}

/// The sentence, with what went and what came.
fn sentence(html: &mut Html, change: &Change) {
    match (&change.old, &change.new) {
        (Some(old), Some(new))
            if old.sentence.len().max(new.sentence.len()) <= MAX_MARKED_BYTES =>
        {
            marked(html, &old.sentence, &new.sentence);
        }
        (Some(old), Some(new)) => {
            html.put("<del>").short(&old.sentence).put("</del> <ins>");
            html.short(&new.sentence).put("</ins>");
        }
        (Some(old), None) => {
            html.put("<del>").text(&old.sentence).put("</del>");
        }
        (None, Some(new)) => {
            html.put("<ins>").text(&new.sentence).put("</ins>");
        }
        (None, None) => {}
    }
}

/// Two texts in one, word by word.
pub(super) fn marked(html: &mut Html, old: &str, new: &str) {
    for (mark, text) in words::diff(old, new) {
        match mark {
            Mark::Same => html.text(&text),
            Mark::Gone => html.put("<del>").text(&text).put("</del>"),
            Mark::Come => html.put("<ins>").text(&text).put("</ins>"),
        };
    }
}

/// One of two texts, with the words marked by `tag` that the other one has not: `del` shows the old one, `ins` the new one.
pub(super) fn one_side(html: &mut Html, old: &str, new: &str, tag: &'static str) {
    for (mark, text) in words::diff(old, new) {
        match (mark, tag) {
            (Mark::Same, _) => html.text(&text),
            (Mark::Gone, "del") | (Mark::Come, "ins") => html.element(tag, &text),
            (Mark::Gone | Mark::Come, _) => html,
        };
    }
}

/// The path of the page that shows a change.
pub(super) fn path_of(event: &Event) -> String {
    let (story, version) = (&event.story, event.version);
    if version > 1 {
        format!("story/{story}?a={}&b={version}", version - 1)
    } else {
        format!("story/{story}")
    }
}

/// How much is said of each change in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// What changed; why it was told only where it was not.
    Brief,
    /// Everything.
    Full,
}

/// A list of changes with the stories they happened to.
pub(super) fn list(html: &mut Html, events: &[Event], root: &'static str, detail: Detail) {
    html.put("<ul class=\"changes\">");
    for event in events {
        html.put("<li><p class=\"about\"><a dir=\"auto\" href=\"")
            .put(root)
            .text(&path_of(event))
            .put("\">")
            .short(&event.headline)
            .put("</a> <span class=\"dim\">");
        html.text(event.watch.as_str()).put(", ");
        time(html, event.at);
        html.put("</span></p>");
        facts(html, &event.recorded.change);
        if detail == Detail::Full || !event.recorded.told {
            verdict(html, &event.recorded);
        }
        html.put("</li>");
    }
    html.put("</ul>");
}

/// An instant.
pub(super) fn time(html: &mut Html, at: Timestamp) {
    html.put("<time datetime=\"")
        .text(&at.to_string())
        .put("\">")
        .text(&at.strftime("%-d %b %Y %H:%M").to_string())
        .put("</time>");
}

/// A change and what became of it, as an object.
pub(super) fn object(recorded: &Recorded) -> Value {
    let mut change = records::compare::change(&recorded.change);
    change["severity"] = json!(recorded.change.severity.as_str());
    change["told"] = json!(recorded.told);
    change["reason"] = json!(recorded.reason);
    change
}

/// Changes with the stories they happened to, as objects.
pub(super) fn objects(events: &[Event]) -> Value {
    let object = |event: &Event| {
        json!({
            "watch": event.watch, "story": event.story, "url": event.url, "headline": event.headline,
            "version": event.version, "at": event.at, "change": object(&event.recorded),
        })
    };
    events.iter().map(object).collect()
}
