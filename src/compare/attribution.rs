//! Whether a claim that stayed is now said by somebody else, by nobody, or for the first time by somebody named.

use super::lexicon::Lexicon;
use super::matching::Matching;
use super::sources::{is_same_source, is_within, named, takes_object};
use super::tokens::{Kind, Token};
use super::version::Version;
use super::{Aspect, Change, ChangeKind};
use crate::claims::attribution::{Attribution, Said};
use crate::text::thesaurus::Relation;

/// One version's sentences of a group, with who says what in them.
pub(super) struct Side<'a> {
    pub version: &'a Version<'a>,
    pub tokens: &'a [Token],
    pub sources: Vec<&'a Attribution>,
}

/// The tokens that only say who says it, and may differ without the claim being another.
pub(super) fn source_tokens(side: &Side<'_>) -> Vec<bool> {
    let mut mask = vec![false; side.tokens.len()];
    for said in side.sources.iter().filter(|said| is_plain(said.said)) {
        for at in side.version.tokens_in(side.tokens, said.clause) {
            mask[at] = true;
        }
    }
    mask
}

/// Weighs more than the words of any claim.
const SAME_SOURCE: usize = 1_000;

/// The changes of source between two versions of a group.
pub(super) fn changes(
    old: &Side<'_>,
    new: &Side<'_>,
    matching: &Matching,
    lexicon: &Lexicon,
) -> Vec<Change> {
    let speaking = |side: &Side<'_>| {
        (0..side.sources.len())
            .filter(|&at| side.sources[at].said != Said::Silent && !takes_object(side, at))
            .collect::<Vec<_>>()
    };
    let (olds, news) = (speaking(old), speaking(new));
    let mut ranked: Vec<(usize, usize, usize)> = Vec::new();
    for &i in &olds {
        for &j in &news {
            let shared = shared_claim(old, new, i, j, matching);
            if shared > 0 {
                // The same source speaking again is the same attribution, however much of the claim is new.
                let same = old.sources[i].said == new.sources[j].said
                    && is_same_source(old, i, new, j, lexicon);
                ranked.push((shared + if same { SAME_SOURCE } else { 0 }, i, j));
            }
        }
    }
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, i, j) in ranked {
        if pairs.iter().all(|(a, b)| *a != i && *b != j) {
            pairs.push((i, j));
        }
    }
    let mut changes = Vec::new();
    for &(i, j) in &pairs {
        if let Some(change) =
            replaced(old, new, (i, j), matching, lexicon).or_else(|| named(old, new, (i, j)))
        {
            changes.push(change);
        } else if let Some(change) = denied(old, new, (i, j), matching, lexicon)
            .or_else(|| spoken_otherwise(old, new, (i, j), lexicon))
        {
            changes.push(change);
        }
    }
    for &i in &olds {
        let alone = pairs.iter().all(|(a, _)| *a != i);
        if alone && is_told(old.sources[i]) && loses_claim(old, i, &matching.old) {
            changes.push(Change {
                old: sentence_of(old, old.sources[i]).map(|_| {
                    old.version.proof(
                        old.sources[i].scope,
                        sentence_of(old, old.sources[i]).unwrap_or(0),
                    )
                }),
                ..Change::of(ChangeKind::StatementRemoved, None)
            });
            continue;
        }
        if alone
            && is_told(old.sources[i])
            && !is_repeated(old, i, new, lexicon)
            && keeps_claim(old, i, &matching.old)
            && !speaks_on(old, i, &matching.old, new, lexicon)
        {
            changes.push(one_sided(old, new, i, Aspect::Removed, &matching.old));
        }
    }
    for &j in &news {
        let alone = pairs.iter().all(|(_, b)| *b != j);
        if alone
            && is_told(new.sources[j])
            && !is_repeated(new, j, old, lexicon)
            && keeps_claim(new, j, &matching.new)
            && !speaks_on(new, j, &matching.new, old, lexicon)
        {
            changes.push(one_sided(new, old, j, Aspect::Added, &matching.new));
        }
    }
    changes
}

/// Whether a verb of speaking leaves the claim as it is.
fn is_plain(said: Said) -> bool {
    match said {
        Said::Said
        | Said::Announced
        | Said::Reported
        | Said::Confirmed
        | Said::Claimed
        | Said::Estimated
        | Said::Believed
        | Said::Found
        | Said::According
        | Said::Warned => true,
        Said::Asked | Said::Denied | Said::Accused | Said::Urged | Said::Called | Said::Silent => {
            false
        }
    }
}

/// Whether somebody is named as the source of what is told; what a study finds or somebody believes is a claim itself.
pub(super) fn is_told(said: &Attribution) -> bool {
    let class = match said.said {
        Said::Said
        | Said::Announced
        | Said::Reported
        | Said::Confirmed
        | Said::Claimed
        | Said::Estimated
        | Said::According
        | Said::Warned => true,
        Said::Found
        | Said::Believed
        | Said::Asked
        | Said::Denied
        | Said::Accused
        | Said::Urged
        | Said::Called
        | Said::Silent => false,
    };
    let anybody = said.source.as_ref().is_none_or(|source| {
        let head = source.name.rsplit(' ').next().unwrap_or("").to_lowercase();
        matches!(
            head.as_str(),
            "people" | "number" | "those" | "who" | "it" | "they" | "others" | "some" | "many"
        )
    });
    class && !anybody && !said.carried
}

/// Whether the other version has a verb of speaking that was not read as one, or does something else with the same source.
fn speaks_on(
    one: &Side<'_>,
    at: usize,
    paired: &[Option<usize>],
    other: &Side<'_>,
    lexicon: &Lexicon,
) -> bool {
    let read = source_tokens(other);
    let speaks = other.tokens.iter().zip(&read).any(|(token, read)| {
        !read && !token.quoted && lexicon.relation(&token.word, "say") == Relation::Same
    });
    let words = one.version.tokens_in(one.tokens, one.sources[at].words);
    let named = words.iter().filter(|&&k| one.tokens[k].kind != Kind::Stop);
    let count = named.clone().count();
    let stayed = named.clone().filter(|&&k| paired[k].is_some()).count();
    let kept = count > 0 && stayed == count;
    // The source is named on the other side in a way that was not read: "according to an estimate by the office".
    let reported = stayed * 2 > count
        && other.tokens.iter().enumerate().any(|(k, token)| {
            REPORTS
                .split_ascii_whitespace()
                .any(|word| word == token.word)
                && !paired.contains(&Some(k))
        });
    let subject = kept && {
        // The source stays and something else than a saying follows it.
        let last = words.iter().filter_map(|&k| paired[k]).max();
        let next = last.and_then(|last| {
            (last + 1..other.tokens.len()).find(|&k| other.tokens[k].is_content())
        });
        next.is_some_and(|k| !read[k] && !other.tokens[k].quoted && !paired.contains(&Some(k)))
    };
    speaks || reported || subject || is_told_again(one, at, paired, other)
}

/// Whether the source and its verb are both found on the other side, in another order or another case than was read as a
/// source: "a annoncé lundi leur syndicat", "сообщили в пресс-службе".
fn is_told_again(one: &Side<'_>, at: usize, paired: &[Option<usize>], other: &Side<'_>) -> bool {
    let said = one.sources[at];
    let words = one.version.tokens_in(one.tokens, said.words);
    let found = |k: usize| {
        paired[k].is_some()
            || other
                .tokens
                .iter()
                .any(|token| !token.quoted && is_declined(&one.tokens[k].word, &token.word))
    };
    let named: Vec<usize> = words
        .iter()
        .copied()
        .filter(|&k| one.tokens[k].is_content())
        .collect();
    let verb = one
        .version
        .tokens_in(one.tokens, said.clause)
        .into_iter()
        .filter(|k| !words.contains(k) && one.tokens[*k].is_content())
        .any(found);
    !named.is_empty() && verb && named.into_iter().all(found)
}

/// Whether two words are forms of one noun or verb, as far as their beginnings tell: "рада" and "раді".
fn is_declined(one: &str, other: &str) -> bool {
    const LONGEST_ENDING: usize = 3;
    let shared = one
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let longer = one.chars().count().max(other.chars().count());
    shared >= 3 && longer - shared <= LONGEST_ENDING && shared * 2 > longer
}

/// Words that make what follows or precedes somebody's report.
const REPORTS: &str = "accordingto estimate estimates estimated statement report reports reported figures data study survey poll finds found shows show \
showed account announcement said says announced";

/// How many words of what is said the two have in common.
fn shared_claim(old: &Side<'_>, new: &Side<'_>, i: usize, j: usize, matching: &Matching) -> usize {
    let claim = new.version.tokens_in(new.tokens, new.sources[j].scope);
    let words = old.version.tokens_in(old.tokens, old.sources[i].scope);
    let shared = words
        .iter()
        .filter(|&&at| {
            old.tokens[at].kind != Kind::Stop
                && matching.old[at].is_some_and(|to| claim.contains(&to))
        })
        .count();
    // Two short claims may share nothing and still be the one claim of the sentence.
    if shared == 0 && old.sources.len() == 1 && new.sources.len() == 1 {
        1
    } else {
        shared
    }
}

fn replaced(
    old: &Side<'_>,
    new: &Side<'_>,
    (i, j): (usize, usize),
    matching: &Matching,
    lexicon: &Lexicon,
) -> Option<Change> {
    let (a, b) = (old.sources[i], new.sources[j]);
    if !is_told(a) && !is_told(b)
        || is_same_source(old, i, new, j, lexicon)
        || is_within(old, i, new, j, matching)
    {
        return None;
    }
    let (from, to) = (a.source.as_ref()?, b.source.as_ref()?);
    let everything_stayed = |paired: &[Option<usize>], tokens: &[Token]| {
        tokens
            .iter()
            .zip(paired)
            .all(|(token, pair)| token.kind == Kind::Stop || pair.is_some())
    };
    if from == to
        || (everything_stayed(&matching.old, old.tokens)
            && everything_stayed(&matching.new, new.tokens))
    {
        return None;
    }
    Some(Change {
        old: Some(proof(old, i)),
        new: Some(proof(new, j)),
        ..Change::of(ChangeKind::AttributionChanged, Some(Aspect::Replaced))
    })
}

/// A source that denied a thing and now says it, or the reverse.
fn denied(
    old: &Side<'_>,
    new: &Side<'_>,
    (i, j): (usize, usize),
    matching: &Matching,
    lexicon: &Lexicon,
) -> Option<Change> {
    let (a, b) = (old.sources[i], new.sources[j]);
    if (a.said == Said::Denied) == (b.said == Said::Denied)
        || !is_same_source(old, i, new, j, lexicon)
    {
        return None;
    }
    // "Denied that it had paid" for "said it had not paid": the denial only moved.
    let negated = |side: &Side<'_>, paired: &[Option<usize>]| {
        side.tokens.iter().zip(paired).any(|(token, pair)| {
            pair.is_none()
                && (lexicon.is_negation(&token.word)
                    || (token.word != "deny"
                        && lexicon.is_denial(&token.word)
                        && side.sources.iter().all(|said| said.said != Said::Denied)))
        })
    };
    let moved = if a.said == Said::Denied {
        negated(new, &matching.new)
    } else {
        negated(old, &matching.old)
    };
    let whole = |side: &Side<'_>, said: &Attribution| {
        sentence_of(side, said).map(|at| side.version.run_proof(at, at))
    };
    (!moved).then(|| Change {
        old: whole(old, a),
        new: whole(new, b),
        ..Change::of(ChangeKind::StatementChanged, Some(Aspect::Negation))
    })
}

/// The same source, whose words are now another deed: vowed against warned, recommended against ordered.
fn spoken_otherwise(
    old: &Side<'_>,
    new: &Side<'_>,
    (i, j): (usize, usize),
    lexicon: &Lexicon,
) -> Option<Change> {
    let (a, b) = (old.sources[i], new.sources[j]);
    if a.said == b.said || !is_same_source(old, i, new, j, lexicon) {
        return None;
    }
    let verbs = |side: &Side<'_>, said: &Attribution| {
        let words = side.version.tokens_in(side.tokens, said.words);
        side.version
            .tokens_in(side.tokens, said.clause)
            .into_iter()
            .filter(|at| !words.contains(at) && side.tokens[*at].is_content())
            .map(|at| side.tokens[at].word.clone())
            .collect::<Vec<_>>()
    };
    let (was, is) = (verbs(old, a), verbs(new, b));
    let excluded = was.iter().any(|one| {
        is.iter()
            .any(|other| lexicon.relation(one, other) == Relation::Opposite)
    });
    let whole = |side: &Side<'_>, said: &Attribution| {
        sentence_of(side, said).map(|at| side.version.run_proof(at, at))
    };
    excluded.then(|| Change {
        old: whole(old, a),
        new: whole(new, b),
        ..Change::of(ChangeKind::StatementChanged, Some(Aspect::Other))
    })
}

pub(super) fn proof(side: &Side<'_>, at: usize) -> super::Evidence {
    let said = side.sources[at];
    let sentence = sentence_of(side, said).unwrap_or(0);
    super::Evidence {
        said_by: said.source.clone(),
        ..side.version.proof(said.clause, sentence)
    }
}

fn sentence_of(side: &Side<'_>, said: &Attribution) -> Option<usize> {
    side.tokens
        .iter()
        .map(|token| token.sentence)
        .find(|&index| {
            let span = side.version.sentences[index].span;
            span.place == said.words.place
                && span.start <= said.words.start
                && said.words.end <= span.end
        })
}

/// A source that came or went: the words with it on one side, the claim without it on the other.
fn one_sided(
    with: &Side<'_>,
    without: &Side<'_>,
    at: usize,
    aspect: Aspect,
    paired: &[Option<usize>],
) -> Change {
    let said = with.sources[at];
    let scope = with.version.tokens_in(with.tokens, said.scope);
    let others: Vec<usize> = scope.iter().filter_map(|&k| paired[k]).collect();
    let bare = match (others.iter().min(), others.iter().max()) {
        (Some(&first), Some(&last)) => {
            let sentence = without.tokens[first].sentence;
            let last = (first..=last)
                .rfind(|&k| without.tokens[k].sentence == sentence)
                .unwrap_or(first);
            without.version.evidence(without.tokens, &(first..last + 1))
        }
        _ => None,
    };
    let whole = sentence_of(with, said).map(|index| with.version.run_proof(index, index));
    let told = Some(super::Evidence {
        said_by: said.source.clone(),
        ..whole.unwrap_or_else(|| proof(with, at))
    });
    let change = Change::of(ChangeKind::AttributionChanged, Some(aspect));
    if aspect == Aspect::Added {
        Change {
            old: bare,
            new: told,
            ..change
        }
    } else {
        Change {
            old: told,
            new: bare,
            ..change
        }
    }
}

/// Whether the same source speaks on the other side, of whatever.
fn is_repeated(one: &Side<'_>, i: usize, other: &Side<'_>, lexicon: &Lexicon) -> bool {
    (0..other.sources.len()).any(|j| is_same_source(one, i, other, j, lexicon))
}

/// Whether most of what the source said is still there.
fn keeps_claim(side: &Side<'_>, at: usize, paired: &[Option<usize>]) -> bool {
    let words: Vec<usize> = side
        .version
        .tokens_in(side.tokens, side.sources[at].scope)
        .into_iter()
        .filter(|&k| side.tokens[k].kind != Kind::Stop)
        .collect();
    let kept = words.iter().filter(|&&k| paired[k].is_some()).count();
    words.len() >= 2 && kept * 2 >= words.len()
}

/// Whether what the source said is gone, source and all but for its name.
fn loses_claim(side: &Side<'_>, at: usize, paired: &[Option<usize>]) -> bool {
    const FEWEST_WORDS: usize = 3;
    let words: Vec<usize> = side
        .version
        .tokens_in(side.tokens, side.sources[at].scope)
        .into_iter()
        .filter(|&k| side.tokens[k].kind != Kind::Stop && !side.tokens[k].quoted)
        .collect();
    let kept = words.iter().filter(|&&k| paired[k].is_some()).count();
    words.len() >= FEWEST_WORDS && kept * 4 <= words.len()
}
