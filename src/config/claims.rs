//! The claims that are followed: a figure found by words, or a statement.

use crate::alert::rules::{Thresholds, TrackedClaim};
use crate::deliver::Receiver;

use super::desk::Desk;
use super::file::{Claim, File};
use super::mistakes::{Mistakes, Wrong};
use super::notify;

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
    ];
    for at in keys.into_iter().flatten() {
        let wrong = Wrong::new(
            "a statement has no figure that this could be compared with",
            "remove it, or follow a figure by `words`",
        );
        at.wrong(notes, wrong);
    }
}
