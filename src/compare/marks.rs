//! Quotations whose marks came or went while their sentence stayed.

use super::align::Group;
use super::group::ending;
use super::matching::match_words;
use super::quotes::{self, Quote};
use super::statements::Ending;
use super::tokens::{Kind, Reader, Token};
use super::version::{Version, passages};
use super::{Aspect, Change, ChangeKind};

/// Quotations whose marks came or went while their sentence stayed.
pub(super) fn marks(
    old: &Version<'_>,
    new: &Version<'_>,
    group: &Group,
    gone: &[&Quote],
    come: &[&Quote],
    reader: &mut Reader<'_>,
) -> Vec<Change> {
    let (before, after) = passages(old, new, group, reader);
    let matching = match_words(&before.tokens, &after.tokens, reader.lexicon);
    let mut changes = Vec::new();
    // What a question puts in marks is not claimed either way.
    if ending(old, &group.old) == Ending::QuestionMark
        || ending(new, &group.new) == Ending::QuestionMark
    {
        return changes;
    }
    for quote in gone {
        let quoted = old.tokens_in(&before.tokens, quote.span);
        let kept = kept(&before.tokens, &quoted, &matching.old);
        let whole = Some(old.run_proof(quote.sentence, quote.sentence));
        let counterpart = quoted
            .iter()
            .find_map(|&at| matching.old[at])
            .map(|at| after.tokens[at].sentence);
        let now = counterpart
            .or_else(|| group.new.first().copied())
            .map(|at| new.run_proof(at, at));
        let spoken = quote.speaker.is_some() || !old.sources(&[quote.sentence]).is_empty();
        if quote.words.len() > 3
            || (spoken && kept > 0.6 && quotes::makes_a_claim(&before.tokens, &quoted))
        {
            if (spoken && quote.words.len() > 3) || kept < 0.6 {
                let aspect = (kept >= 0.4).then_some(Aspect::Paraphrased);
                changes.push(Change {
                    old: whole,
                    new: now.filter(|_| aspect.is_some()),
                    ..Change::of(ChangeKind::QuoteRemoved, aspect)
                });
            } else if quotes::makes_a_claim(&before.tokens, &quoted) {
                changes.push(modality(whole, now));
            }
        } else if !spoken && kept > 0.6 && quotes::makes_a_claim(&before.tokens, &quoted) {
            changes.push(modality(whole, now));
        }
    }
    for quote in come {
        let quoted = new.tokens_in(&after.tokens, quote.span);
        let kept = kept(&after.tokens, &quoted, &matching.new);
        let spoken = quote.speaker.is_some();
        if kept < 0.5 && quote.words.len() > 3 {
            changes.push(Change {
                new: Some(new.proof(quote.span, quote.sentence)),
                ..Change::of(ChangeKind::QuoteAdded, None)
            });
        } else if kept > 0.6 && !spoken && quotes::makes_a_claim(&after.tokens, &quoted) {
            let was = quoted
                .iter()
                .find_map(|&at| matching.new[at])
                .map(|at| before.tokens[at].sentence);
            changes.push(modality(
                was.map(|at| old.run_proof(at, at)),
                Some(new.run_proof(quote.sentence, quote.sentence)),
            ));
        }
    }
    changes
}

fn modality(old: Option<super::Evidence>, new: Option<super::Evidence>) -> Change {
    Change {
        old,
        new,
        ..Change::of(ChangeKind::StatementChanged, Some(Aspect::Modality))
    }
}

/// The share of quoted words that the other version has.
fn kept(tokens: &[Token], quoted: &[usize], paired: &[Option<usize>]) -> f32 {
    let words: Vec<usize> = quoted
        .iter()
        .copied()
        .filter(|&at| tokens[at].kind != Kind::Stop)
        .collect();
    let words = if words.is_empty() {
        quoted.to_vec()
    } else {
        words
    };
    if words.is_empty() {
        return 0.0;
    }
    let kept = words.iter().filter(|&&at| paired[at].is_some()).count();
    #[expect(clippy::cast_precision_loss, reason = "words of a quotation are few")]
    let share = kept as f32 / words.len() as f32;
    share
}
