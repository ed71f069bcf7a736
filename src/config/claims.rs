//! The claims that are followed: a figure found by words, or a statement; as typed, and resolved.

use std::time::Duration;

use rust_decimal::Decimal;

use crate::alert::rules::{Disagree, Step, Thresholds, TrackedClaim};
use crate::compare::{ChangeKind, Severity};
use crate::deliver::Receiver;

use super::desk::Desk;
use super::file::{File, Many, One};
use super::mistakes::{Mistakes, Wrong};
use super::receivers::{bad_name, needed};
use super::section::{At, Field, Section};
use super::{notify, values};

/// One entry of `claims`.
#[derive(Debug, Clone)]
pub(super) struct Claim {
    pub name: At<String>,
    /// Whether it has words or a statement, readable or not.
    pub names_something: bool,
    pub words: Many<String>,
    pub not_near: Many<String>,
    pub said_by: Many<String>,
    pub unit: One<String>,
    pub statement: One<String>,
    pub change: One<Decimal>,
    pub crosses: Many<Decimal>,
    pub up: One<Step>,
    pub down: One<Step>,
    pub kinds: Many<ChangeKind>,
    pub disagree: One<TypedDisagree>,
    pub severity: One<Severity>,
    pub notify: Many<String>,
}

/// The key `disagree`.
#[derive(Debug, Clone)]
pub(super) struct TypedDisagree {
    pub by: At<Decimal>,
    pub lasting: One<Duration>,
}

/// How long stories differ before it is told, where nobody says otherwise.
const LASTING: Duration = Duration::from_secs(2 * 3600);

/// Reads the section `claims`.
pub(super) fn read(field: &Field<'_>, notes: &mut Mistakes) -> Vec<Claim> {
    let Some(mut section) = Section::open(field, notes) else {
        return Vec::new();
    };
    let mut claims = Vec::new();
    for (key, field) in section.named() {
        if notes.are_enough() {
            break;
        }
        if crate::alert::WatchName::new(&key.text).is_none() {
            notes.note(Some(key.place), bad_name("claim", &key.text));
            continue;
        }
        let name = At {
            value: key.text.clone(),
            place: key.place,
            path: field.path.clone(),
        };
        claims.extend(typed(name, &field, notes));
    }
    claims
}

fn typed(name: At<String>, field: &Field<'_>, notes: &mut Mistakes) -> Option<Claim> {
    let mut section = Section::open(field, notes)?;
    let mut claim = Claim {
        name,
        names_something: section.has_any(&["words", "statement"])
            || section.has_like("words")
            || section.has_like("statement"),
        words: section.filled("words", notes, values::text),
        not_near: section.list("not_near", notes, values::text),
        said_by: section.list("said_by", notes, values::text),
        unit: section.value("unit", notes, values::text),
        statement: section.value("statement", notes, values::text),
        change: None,
        crosses: None,
        up: None,
        down: None,
        kinds: None,
        disagree: section
            .field("disagree")
            .and_then(|field| disagree(&field, notes)),
        severity: section.value("severity", notes, values::severity),
        notify: section.filled("notify", notes, values::text),
    };
    if let Some(mut alert) = section
        .field("alert")
        .and_then(|field| Section::open(&field, notes))
    {
        claim.change = alert.value("change", notes, values::percent);
        claim.crosses = alert.filled("crosses", notes, values::amount);
        claim.up = alert.value("up", notes, values::step);
        claim.down = alert.value("down", notes, values::step);
        claim.kinds = alert.list("kinds", notes, values::kind);
        alert.close(notes);
    }
    section.close(notes);
    Some(claim)
}

fn disagree(field: &Field<'_>, notes: &mut Mistakes) -> One<TypedDisagree> {
    let mut section = Section::open(field, notes)?;
    let by = section.value("by", notes, values::percent);
    let lasting = section.value("for", notes, values::length);
    let by = needed(by, "by", "write by: 10%", &section, notes);
    section.close(notes);
    Some(field.with(TypedDisagree { by: by?, lasting }))
}

/// Every claim of the file.
pub(super) fn claims(
    file: &File,
    receivers: &[Receiver],
    desk: &mut Desk<'_>,
) -> Vec<TrackedClaim> {
    let typed = file.claims.iter();
    typed.map(|typed| claim(typed, receivers, desk)).collect()
}

fn claim(typed: &Claim, receivers: &[Receiver], desk: &mut Desk<'_>) -> TrackedClaim {
    let key = format!("claims.{}", typed.name.value);
    let key = |name: &str| format!("{key}.{name}");
    desk.came(&format!("claims.{}", typed.name.value), Some(&typed.name));
    mismatches(typed, desk.notes);
    desk.came(&key("notify"), typed.notify.as_ref());
    desk.came(&key("disagree"), typed.disagree.as_ref());
    TrackedClaim {
        name: typed.name.value.clone(),
        words: desk.list(&key("words"), typed.words.as_ref()),
        not_near: desk.list(&key("not_near"), typed.not_near.as_ref()),
        said_by: desk.list(&key("said_by"), typed.said_by.as_ref()),
        unit: desk.optional(&key("unit"), typed.unit.as_ref()),
        statement: desk.optional(&key("statement"), typed.statement.as_ref()),
        alert: Thresholds {
            change: desk.optional(&key("alert.change"), typed.change.as_ref()),
            crosses: desk.list(&key("alert.crosses"), typed.crosses.as_ref()),
            up: desk.optional(&key("alert.up"), typed.up.as_ref()),
            down: desk.optional(&key("alert.down"), typed.down.as_ref()),
            kinds: desk.list(&key("alert.kinds"), typed.kinds.as_ref()),
        },
        disagree: typed.disagree.as_ref().map(|at| Disagree {
            by: at.value.by.value,
            lasting: at.value.lasting.as_ref().map_or(LASTING, |at| at.value),
        }),
        severity: desk.optional(&key("severity"), typed.severity.as_ref()),
        notify: notify::names(typed.notify.as_ref(), receivers, desk),
    }
}

/// A claim follows a figure, found by words, or a statement; each has keys that mean nothing to the other.
fn mismatches(typed: &Claim, notes: &mut Mistakes) {
    match (&typed.words, &typed.statement) {
        (Some(_), Some(statement)) => {
            let wrong = Wrong::new(
                "a claim follows either a figure (`words`) or a statement, not both",
                "make two claims of it",
            );
            statement.wrong(notes, wrong);
        }
        (None, Some(_)) => figure_keys_of_statement(typed, notes),
        (None, None) if !typed.names_something => {
            let wrong = Wrong::new(
                "this claim names neither words nor a statement",
                "add words: [refugees] for a figure, or statement: and the words of the story",
            );
            typed.name.wrong(notes, wrong);
        }
        (Some(_) | None, None) => {}
    }
}

fn figure_keys_of_statement(typed: &Claim, notes: &mut Mistakes) {
    let keys = [
        typed.unit.as_ref().map(|at| at.with(())),
        typed.change.as_ref().map(|at| at.with(())),
        typed.crosses.as_ref().map(|at| at.with(())),
        typed.up.as_ref().map(|at| at.with(())),
        typed.down.as_ref().map(|at| at.with(())),
        typed.disagree.as_ref().map(|at| at.with(())),
    ];
    for at in keys.into_iter().flatten() {
        let wrong = Wrong::new(
            "a statement has no figure that this could be compared with",
            "remove it, or follow a figure by `words`",
        );
        at.wrong(notes, wrong);
    }
}
