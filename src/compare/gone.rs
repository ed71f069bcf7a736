//! Sentences without a counterpart: what was removed and what was added.

use super::reading::Sentence;
use super::version::Version;
use super::{Change, ChangeKind};
use crate::claims::FigureKind;
use crate::story::Role;

/// More removals and additions than this are told by the first of them.
const MOST_ITEMS: usize = 300;

/// Sentences without a counterpart, a run of them in one paragraph as one item.
pub(super) fn without_counterpart(
    version: &Version<'_>,
    open: &[usize],
    kind: ChangeKind,
    mut is_elsewhere: impl FnMut(usize) -> bool,
) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut at = 0;
    while at < open.len() && changes.len() < MOST_ITEMS {
        let first = open[at];
        let place = version.sentences[first].span.place;
        let mut last = first;
        while at + 1 < open.len()
            && open[at + 1] == last + 1
            && version.sentences[open[at + 1]].span.place == place
        {
            at += 1;
            last = open[at];
        }
        at += 1;
        let run: Vec<usize> = (first..=last)
            .filter(|&index| {
                is_news(version, index) && !is_copy(version, index) && !is_elsewhere(index)
            })
            .collect();
        let (Some(&first), Some(&last)) = (run.first(), run.last()) else {
            continue;
        };
        let quoted = is_mainly_quoted(version, &run);
        let kind = match (kind, quoted) {
            (ChangeKind::StatementRemoved, true) => ChangeKind::QuoteRemoved,
            (ChangeKind::StatementAdded, true) => ChangeKind::QuoteAdded,
            (kind, _) => kind,
        };
        let proof = Some(version.run_proof(first, last));
        let change = Change::of(kind, None);
        changes.push(match kind {
            ChangeKind::StatementRemoved | ChangeKind::QuoteRemoved => Change {
                old: proof,
                ..change
            },
            _ => Change {
                new: proof,
                ..change
            },
        });
    }
    changes
}

/// Whether the same version has the sentence a second time, earlier or in another paragraph.
fn is_copy(version: &Version<'_>, index: usize) -> bool {
    let sentence = &version.sentences[index];
    version
        .text()
        .iter()
        .enumerate()
        .any(|(at, other)| at < index && other.key == sentence.key)
}

/// A heading inside the story asserts nothing of its own.
fn is_news(version: &Version<'_>, index: usize) -> bool {
    let Sentence { role, text, .. } = &version.sentences[index];
    // A question asserts nothing that could be taken back.
    if text.trim_end().ends_with('?') {
        return false;
    }
    *role != Role::Subheading && text.split_whitespace().count() >= 3
        || !version
            .figures(index)
            .iter()
            .all(|figure| figure.kind == FigureKind::List)
}

fn is_mainly_quoted(version: &Version<'_>, sentences: &[usize]) -> bool {
    let words = |text: &str| text.split_whitespace().count();
    let all: usize = sentences
        .iter()
        .map(|&at| words(version.sentences[at].text))
        .sum();
    let quoted: usize = sentences
        .iter()
        .flat_map(|&at| version.quotes(at).into_iter().map(move |quote| (at, quote)))
        .map(|(at, quote)| {
            let place = version.sentences[at].span.place;
            words(
                version
                    .story
                    .text(place)
                    .and_then(|text| text.get(quote.inner))
                    .unwrap_or(""),
            )
        })
        .sum();
    quoted >= 4 && quoted * 5 >= all * 2
}
