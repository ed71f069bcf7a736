//! Judges every group of sentences that tell the same thing, and what has no counterpart.

use super::align::{Alignment, Group, Tie};
use super::attribution::{self, Side};
use super::bags::Bags;
use super::equivalence::{Sameness, compare};
use super::figures::{self, Fate, Sides, Told};
use super::gone::without_counterpart;
use super::marks::marks;
use super::matching::{Matching, match_words};
use super::quotes::{self, Quote};
use super::statements::{Ending, Pair, findings, promises};
use super::tokens::{Kind, Reader, Token};
use super::version::{Passage, Version, passages};
use super::{Aspect, Change, ChangeKind, Delta};
use crate::claims::{Decimal, Figure};
use crate::text::similarity::is_respelling;

/// What was found in one group.
pub(super) struct Judged {
    pub changes: Vec<Change>,
    /// Whether only spellings differ, every word in its place.
    pub cosmetic: bool,
    /// The share of the words that carry meaning that stayed.
    pub share: f32,
    /// Whether words that carry meaning came or went without a counterpart.
    pub drops_or_adds: bool,
}

/// The changes of the running text.
pub(super) fn changes(
    old: &Version<'_>,
    new: &Version<'_>,
    alignment: &Alignment,
    reader: &mut Reader<'_>,
) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut shares = Vec::new();
    let mut all: Option<(Vec<(Figure, &str)>, Vec<(Figure, &str)>)> = None;
    for group in &alignment.groups {
        let mut judged = judge(old, new, group, reader);
        judged.changes.retain(|change| {
            let side = match (change.kind, &change.old, &change.new) {
                (ChangeKind::FigureRemoved, Some(side), None)
                | (ChangeKind::FigureAdded, None, Some(side)) => side,
                _ => return true,
            };
            let (was, is) = all.get_or_insert_with(|| (all_figures(old), all_figures(new)));
            match change.kind {
                ChangeKind::FigureRemoved => !tells(is, side, was),
                _ => !tells(was, side, is),
            }
        });
        changes.extend(judged.changes);
        shares.push(judged.share);
    }
    let together = |a: usize, b: usize| {
        let group = alignment
            .groups
            .iter()
            .position(|group| group.old.contains(&a) && group.new.contains(&b));
        group.map(|at| shares[at])
    };
    if alignment.coarse {
        changes.extend(without_counterpart(
            old,
            &alignment.removed,
            ChangeKind::StatementRemoved,
            |_| false,
        ));
        changes.extend(without_counterpart(
            new,
            &alignment.added,
            ChangeKind::StatementAdded,
            |_| false,
        ));
        return changes;
    }
    let olds = story_quotes(
        old,
        alignment.groups.iter().map(|group| &group.old),
        &alignment.removed,
    );
    let news = story_quotes(
        new,
        alignment.groups.iter().map(|group| &group.new),
        &alignment.added,
    );
    let outcome = quotes::compare(old, new, &olds, &news, together);
    changes.extend(outcome.changes);
    for group in &alignment.groups {
        let gone: Vec<&Quote> = outcome
            .gone
            .iter()
            .map(|&at| &olds[at])
            .filter(|quote| group.old.contains(&quote.sentence))
            .collect();
        let come: Vec<&Quote> = outcome
            .come
            .iter()
            .map(|&at| &news[at])
            .filter(|quote| group.new.contains(&quote.sentence))
            .collect();
        if !(gone.is_empty() && come.is_empty()) {
            changes.extend(marks(old, new, group, &gone, &come, reader));
        }
    }
    let kept = |quotes: &[Quote], open: &[usize], sentence: usize| {
        quotes.iter().enumerate().any(|(at, quote)| {
            quote.sentence == sentence && quote.words.len() > 3 && !open.contains(&at)
        })
    };
    let mut told = (Bags::default(), Bags::default());
    changes.extend(without_counterpart(
        old,
        &alignment.removed,
        ChangeKind::StatementRemoved,
        |at| kept(&olds, &outcome.gone, at) || told.1.tell(&old.sentences[at], new.text(), reader),
    ));
    changes.extend(without_counterpart(
        new,
        &alignment.added,
        ChangeKind::StatementAdded,
        |at| kept(&news, &outcome.come, at) || told.0.tell(&new.sentences[at], old.text(), reader),
    ));
    changes
}

/// The figures of the running text with the words they are written in.
fn all_figures<'a>(version: &Version<'a>) -> Vec<(Figure, &'a str)> {
    (0..version.headline())
        .flat_map(|at| version.figures(at))
        .map(|figure| {
            let text = version.story.slice(figure.span).unwrap_or("");
            (figure, text)
        })
        .collect()
}

/// Whether a figure that left its sentence, or came into it, stands in another one of that version too.
fn tells(figures: &[(Figure, &str)], side: &super::Evidence, own: &[(Figure, &str)]) -> bool {
    let Some((figure, text)) = own.iter().find(|(figure, _)| figure.span == side.span) else {
        return false;
    };
    let small = figure.unit.is_none()
        && figure
            .amount
            .is_none_or(|amount| amount.high < Decimal::from(13));
    let noun = |figure: &Figure| figure.noun.clone().or_else(|| figure.counted.clone());
    figures.iter().any(|(other, written)| {
        compare((figure, text), (other, written)) != Sameness::Different
            && match (noun(figure), noun(other)) {
                (Some(one), Some(another)) => one == another || !small,
                _ => !small,
            }
    })
}

fn story_quotes<'a>(
    version: &Version<'_>,
    groups: impl Iterator<Item = &'a Vec<usize>>,
    open: &[usize],
) -> Vec<Quote> {
    let mut found: Vec<Quote> = Vec::new();
    for sentences in groups {
        found.extend(quotes::collect(version, sentences));
    }
    found.extend(quotes::collect(version, open));
    found.sort_by_key(|quote| quote.span);
    found
}

/// Judges two versions of the same sentences.
pub(super) fn judge(
    old: &Version<'_>,
    new: &Version<'_>,
    group: &Group,
    reader: &mut Reader<'_>,
) -> Judged {
    let (mut before, mut after) = passages(old, new, group, reader);
    let lexicon = reader.lexicon;
    let paraphrased = unquote(&mut before.tokens, &mut after.tokens);
    let matching = match_words(&before.tokens, &after.tokens, lexicon);
    let old_side = Side {
        version: old,
        tokens: &before.tokens,
        sources: old.sources(&group.old),
    };
    let new_side = Side {
        version: new,
        tokens: &after.tokens,
        sources: new.sources(&group.new),
    };
    let mut changes = attribution::changes(&old_side, &new_side, &matching, lexicon);
    let sources = (
        claim_words(&old_side, &matching.old, changes.is_empty()),
        claim_words(&new_side, &matching.new, changes.is_empty()),
    );
    let sides = Sides {
        old: &before.tokens,
        new: &after.tokens,
        old_figures: &before.figures,
        new_figures: &after.figures,
        matching: &matching,
        lexicon,
        old_sources: &sources.0,
        new_sources: &sources.1,
        recast: false,
        scales: (scale(old, group.old.first()), scale(new, group.new.first())),
    };
    let figure_pairs = figures::pair(&sides);
    let counted = (
        has_pair(&before.tokens, figure_pairs.iter().map(|(i, ..)| *i)),
        has_pair(&after.tokens, figure_pairs.iter().map(|(_, j, _)| *j)),
    );
    let pair = Pair {
        old_counted: &counted.0,
        new_counted: &counted.1,
        old: &before.tokens,
        new: &after.tokens,
        matching: &matching,
        lexicon,
        old_sources: &sources.0,
        new_sources: &sources.1,
        endings: (ending(old, &group.old), ending(new, &group.new)),
        lead: group.tie == Tie::Lead || is_lead(old, &group.old) && is_lead(new, &group.new),
    };
    if promises(&pair) {
        changes.retain(|change| {
            change.old.is_some() == change.new.is_some() && change.aspect == Some(Aspect::Replaced)
        });
    }
    let sides = Sides {
        recast: pair.share() < if pair.lead { 0.45 } else { 0.7 },
        ..sides
    };
    changes.extend(
        figures::fates(&sides, &figure_pairs)
            .into_iter()
            .map(|fate| change_of(old, new, &before, &after, fate)),
    );
    let mut found = findings(&pair);
    if paraphrased {
        // Indirect speech shifts tense, person and order; only a denial that came or went is sure.
        found.retain(|finding| finding.aspect == Some(Aspect::Negation));
    }
    // The subject stayed and nothing else did: the sentence says something else, whatever it is.
    let both_deny = denies(&pair, &before.tokens) && denies(&pair, &after.tokens);
    if group.tie == Tie::Place
        && figure_pairs.is_empty()
        && !both_deny
        && !pair.lead
        && found.is_empty()
        && changes.is_empty()
    {
        found.push(super::statements::Finding {
            kind: ChangeKind::StatementChanged,
            aspect: Some(Aspect::Other),
            old: 0..before.tokens.len(),
            new: 0..after.tokens.len(),
        });
    }
    for finding in found {
        let removed = finding.kind == ChangeKind::StatementRemoved;
        changes.push(Change {
            old: old.evidence(&before.tokens, &finding.old),
            new: if removed {
                None
            } else {
                new.evidence(&after.tokens, &finding.new)
            },
            ..Change::of(finding.kind, finding.aspect)
        });
    }
    let left = |tokens: &[Token], paired: &[Option<usize>]| {
        tokens
            .iter()
            .zip(paired)
            .filter(|(token, pair)| token.is_content() && pair.is_none())
            .count()
    };
    Judged {
        share: pair.share(),
        changes,
        cosmetic: is_cosmetic(&before.tokens, &after.tokens, &matching),
        drops_or_adds: left(&before.tokens, &matching.old) + left(&after.tokens, &matching.new)
            >= 3,
    }
}

fn denies(pair: &Pair<'_>, tokens: &[Token]) -> bool {
    tokens
        .iter()
        .any(|token| pair.lexicon.is_negation(&token.word))
}

fn is_cosmetic(old: &[Token], new: &[Token], matching: &Matching) -> bool {
    matching.regions.iter().all(|region| {
        region.old.len() == region.new.len()
            && region.old.clone().zip(region.new.clone()).all(|(i, j)| {
                matching.old[i] == Some(j) && is_respelling(&old[i].word, &new[j].word)
            })
    })
}

fn is_lead(version: &Version<'_>, sentences: &[usize]) -> bool {
    sentences.iter().any(|&at| version.sentences[at].lead)
}

pub(super) fn ending(version: &Version<'_>, sentences: &[usize]) -> Ending {
    let text = sentences
        .last()
        .map_or("", |&at| version.sentences[at].text.trim_end());
    if text.ends_with('?') {
        Ending::QuestionMark
    } else if text.ends_with(['.', '!', '"', '”', '…']) {
        Ending::FullStop
    } else {
        Ending::Open
    }
}

/// Takes the marks off a quotation that the other version tells in indirect speech, so that its words are compared at all.
fn unquote(old: &mut [Token], new: &mut [Token]) -> bool {
    const FEWEST_WORDS: usize = 4;
    let quoted = |tokens: &[Token]| tokens.iter().filter(|token| token.quoted).count();
    let counts = (quoted(old), quoted(new));
    let paraphrased = counts.0.min(counts.1) == 0 && counts.0.max(counts.1) >= FEWEST_WORDS;
    if paraphrased {
        for token in old.iter_mut().chain(new) {
            token.quoted = false;
        }
    }
    paraphrased
}

/// Which tokens only say who says it. A title that was exchanged for another is part of the claim, if its bearer is the same.
fn claim_words(side: &Side<'_>, paired: &[Option<usize>], same_sources: bool) -> Vec<bool> {
    let mut mask = attribution::source_tokens(side);
    for (at, is_source) in mask.iter_mut().enumerate() {
        if same_sources
            && paired[at].is_none()
            && (side.tokens[at].name || super::lexicon::of_english_roles(&side.tokens[at].word))
        {
            *is_source = false;
        }
    }
    mask
}

fn has_pair(tokens: &[Token], pairs: impl Iterator<Item = usize>) -> Vec<bool> {
    let numbers: Vec<usize> = pairs.collect();
    tokens
        .iter()
        .map(|token| matches!(token.kind, Kind::Figure(number) if numbers.contains(&number)))
        .collect()
}

fn change_of(
    old: &Version<'_>,
    new: &Version<'_>,
    before: &Passage<'_>,
    after: &Passage<'_>,
    fate: Fate,
) -> Change {
    let was = |at: usize| old.figure_proof(&before.figures[at]);
    let is = |at: usize| new.figure_proof(&after.figures[at]);
    match fate {
        Fate::Changed(i, j) => {
            let (a, b) = (&before.figures[i].figure, &after.figures[j].figure);
            let other_unit = a.unit != b.unit;
            let unit = b.unit.as_ref().map(|unit| unit.0.as_str());
            let delta = match (a.amount, b.amount) {
                (Some(from), Some(to)) if !other_unit => Delta::between(&from, &to, unit),
                _ => None,
            };
            Change {
                old: Some(was(i)),
                new: Some(is(j)),
                delta,
                ..Change::of(
                    ChangeKind::FigureChanged,
                    other_unit.then_some(Aspect::Unit),
                )
            }
        }
        Fate::Qualified(i, j) => Change {
            old: Some(was(i)),
            new: Some(is(j)),
            ..Change::of(ChangeKind::QualifierChanged, None)
        },
        Fate::Added(vague, j) => Change {
            old: vague.map(|i| vague_proof(old, &before.figures[i])),
            new: Some(is(j)),
            ..Change::of(ChangeKind::FigureAdded, None)
        },
        Fate::Removed(i, vague) => Change {
            old: Some(was(i)),
            new: vague.map(|j| vague_proof(new, &after.figures[j])),
            ..Change::of(ChangeKind::FigureRemoved, None)
        },
    }
}

/// A vague word has an interval by convention, which nobody stated.
fn vague_proof(version: &Version<'_>, told: &Told<'_>) -> super::Evidence {
    super::Evidence {
        amount: None,
        ..version.figure_proof(told)
    }
}

/// The power of ten that a heading gives its cells: "in millions of euros" gives six.
fn scale(version: &Version<'_>, sentence: Option<&usize>) -> Option<u32> {
    let sentence = version.sentences.get(*sentence?)?;
    let text = version.story.text(sentence.span.place)?.to_lowercase();
    [
        ("in thousands", 3),
        ("in millions", 6),
        ("in billions", 9),
        ("in tausend", 3),
        ("in millionen", 6),
        ("en millions", 6),
        ("en millones", 6),
        ("en miles", 3),
    ]
    .iter()
    .find(|(words, _)| text.contains(words))
    .map(|(_, power)| *power)
}
