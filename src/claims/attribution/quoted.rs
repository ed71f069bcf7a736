//! Which attribution a quotation belongs to.

use super::super::Source;
use super::super::passage::Passage;
use super::super::quotes::Quoted;
use super::memory::Memory;
use super::{Attribution, Said, said_by};
use crate::story::Span;

/// Gives each quotation without a source of its own that of the sentence it hangs on.
pub(super) fn attach(p: &Passage, here: &mut Vec<Attribution>, memory: &mut Memory) {
    let mut last: Option<Source> = memory.running_on.clone();
    let mut carried = Vec::new();
    for quoted in p.quotes.iter().filter(|quoted| quoted.depth == 0) {
        if let Some(said) = speaker(p, quoted, here) {
            last.clone_from(&said.source);
            if !covers(said, quoted) {
                let scope = p.span(quoted.outer.clone());
                carried.push(Attribution {
                    scope,
                    ..said.clone()
                });
            }
            continue;
        }
        if !is_bare(p, quoted) {
            continue;
        }
        let before = here.iter().rev().find(|said| {
            (said.clause.end as usize) <= quoted.outer.start && said.said != Said::Silent
        });
        let source = before.map_or_else(|| last.clone(), |said| said.source.clone());
        if let Some(source) = source {
            carried.push(carried_to(p.span(quoted.outer.clone()), source));
        }
    }
    here.append(&mut carried);
}

/// Gives a quotation that runs on from paragraph to paragraph the speaker who is named only behind its last part:
/// `"We heard a bang.` and then `"The roof fell," Ruiz said.` The parts still without a speaker are kept in `unsaid`.
pub(super) fn attach_earlier(
    p: &Passage,
    here: &[Attribution],
    unsaid: &mut Vec<Span>,
    attributions: &mut Vec<Attribution>,
) {
    let first = p.quotes.iter().find(|quoted| quoted.depth == 0);
    let goes_on = first.filter(|quoted| p.text[..quoted.outer.start].trim().is_empty());
    let source = goes_on
        .and_then(|quoted| said_by(here, p.span(quoted.inner.clone())))
        .cloned();
    if goes_on.is_none() {
        unsaid.clear();
    }
    if let Some(source) = source {
        for words in unsaid.drain(..) {
            let at = attributions.partition_point(|said| {
                (said.sentence.place, said.sentence.start) <= (words.place, words.start)
            });
            attributions.insert(at, carried_to(words, source.clone()));
        }
    }
    let runs_on = p
        .quotes
        .iter()
        .find(|quoted| quoted.runs_on && quoted.depth == 0);
    match runs_on.map(|quoted| p.span(quoted.outer.clone())) {
        Some(words) if said_by(here, words).is_none() => unsaid.push(words),
        _ => unsaid.clear(),
    }
}

/// An attribution without words of its own for a quotation whose speaker is named elsewhere.
fn carried_to(words: Span, source: Source) -> Attribution {
    let nowhere = Span {
        end: words.start,
        ..words
    };
    Attribution {
        sentence: words,
        source: Some(source),
        words: nowhere,
        clause: nowhere,
        scope: words,
        said: Said::Said,
        carried: true,
    }
}

fn covers(said: &Attribution, quoted: &Quoted) -> bool {
    (said.scope.start as usize) <= quoted.inner.start && quoted.inner.end <= said.scope.end as usize
}

/// How many clauses before and behind a quotation are looked at.
const NEAR: usize = 8;

/// The attribution that stands right before or behind a quotation, in a sentence it touches.
fn speaker<'s>(p: &Passage, quoted: &Quoted, here: &'s [Attribution]) -> Option<&'s Attribution> {
    // The sentences are in order, so that those a quotation touches lie side by side.
    let first = here.partition_point(|said| said.sentence.end as usize <= quoted.outer.start);
    let here = &here[first..];
    let count = here.partition_point(|said| (said.sentence.start as usize) < quoted.outer.end);
    let here = &here[..count];
    // Of a sentence with many clauses only those next to the quotation can name its speaker.
    let behind = here.partition_point(|said| (said.clause.start as usize) < quoted.outer.start);
    let here = &here[behind.saturating_sub(NEAR)..count.min(behind + NEAR)];
    let distance = |said: &&Attribution| {
        let clause = said.clause.start as usize..said.clause.end as usize;
        if clause.start >= quoted.outer.end {
            // A quotation that ends in a comma belongs to the clause behind it.
            let is_open = p.text[quoted.inner.clone()].ends_with([',', '?', '!', '—', '-']);
            if is_open {
                0
            } else {
                clause.start - quoted.outer.end
            }
        } else {
            quoted.outer.start.saturating_sub(clause.end)
        }
    };
    let covering = here
        .iter()
        .filter(|said| said.said != Said::Silent)
        .filter(|said| covers(said, quoted))
        .min_by_key(|said| said.scope.end - said.scope.start);
    covering.or_else(|| {
        here.iter()
            .filter(|said| said.said != Said::Silent)
            .min_by_key(distance)
    })
}

/// Whether a quotation makes up its sentences, so that its speaker must be looked for outside them.
fn is_bare(p: &Passage, quoted: &Quoted) -> bool {
    let first = p
        .sentences
        .partition_point(|sentence| sentence.bytes.end <= quoted.outer.start);
    let last = p
        .sentences
        .partition_point(|sentence| sentence.bytes.end < quoted.outer.end);
    let (Some(first), Some(last)) = (p.sentences.get(first), p.sentences.get(last)) else {
        return false;
    };
    first.bytes.start >= quoted.outer.start
        && p.text[quoted.outer.end..last.bytes.end].trim().is_empty()
}
