//! A change on one line, for test data and logs.

use super::{Change, Evidence};

/// A change as `kind`, old words and new words, separated by tabs, with `-` where a side has none.
///
/// ```
/// # use claimwatch::{compare, story::Story};
/// let old = Story::from_text("Port", &["The port is closed. Two ships wait outside for a pilot."]);
/// let new = Story::from_text("Port", &["The port is closed."]);
///
/// let told: Vec<_> = compare::versions(&old, &new).changes.iter().map(compare::told_line).collect();
///
/// assert_eq!(told, ["statement_removed\tTwo ships wait outside for a pilot.\t-"]);
/// ```
#[must_use]
pub fn told_line(change: &Change) -> String {
    let words = |side: &Option<Evidence>| {
        side.as_ref().map_or_else(
            || "-".to_owned(),
            |evidence| {
                evidence
                    .text
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
            },
        )
    };
    format!(
        "{}\t{}\t{}",
        change.kind.as_str(),
        words(&change.old),
        words(&change.new)
    )
}
