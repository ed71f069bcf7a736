//! Whether one thing, one country or one word that excludes another stands in its place somewhere in the sentence.

use super::things::{is_denied_on_one_side, is_name};
use super::{Ending, Finding, Pair, Side, clause};
use crate::compare::lexicon::Lexicon;
use crate::compare::tokens::{Kind, Token};
use crate::compare::verbs::is_verb;
use crate::compare::{Aspect, ChangeKind};
use crate::text::thesaurus::Relation;

/// One noun in the place of another that has nothing to do with it, and not a word else: grain for weapons.
///
/// In a lead, a headline or a summary such words are exchanged for effect; in the running text for a reason.
pub(super) fn other_thing(pair: &Pair<'_>) -> Option<Finding> {
    if pair.lead || !pair.lexicon.english || pair.endings.1 != Ending::FullStop {
        return None;
    }
    let left = |side: Side, tokens: &[Token]| {
        (0..tokens.len())
            .filter(|&at| tokens[at].kind != Kind::Stop && pair.is_left(side, at))
            .collect::<Vec<_>>()
    };
    let (old, new) = (left(Side::Old, pair.old), left(Side::New, pair.new));
    let (&[i], &[j]) = (old.as_slice(), new.as_slice()) else {
        return None;
    };
    // The frame stands still: but for articles nothing around the noun was touched.
    let near = pair.matching.regions.iter().any(|region| {
        let bare = |tokens: &[Token], range: &std::ops::Range<usize>| {
            range.len() <= 2
                && range.clone().all(|at| {
                    tokens[at].is_content()
                        || matches!(tokens[at].word.as_str(), "the" | "a" | "an")
                })
        };
        region.old.contains(&i)
            && region.new.contains(&j)
            && bare(pair.old, &region.old)
            && bare(pair.new, &region.new)
    });
    let is_noun = |tokens: &[Token], at: usize| {
        let forms = crate::text::thesaurus::base_forms(&tokens[at].word);
        // "The lifts will": behind an article, before a word without meaning of its own, any noun is one.
        let placed = at
            .checked_sub(1)
            .is_some_and(|before| matches!(tokens[before].word.as_str(), "the" | "a" | "an"))
            && tokens.get(at + 1).is_none_or(|next| {
                next.kind == Kind::Stop || next.after_mark || pair.lexicon.is_plan(&next.word)
            });
        forms
            .first()
            .is_some_and(|form| form.parts.starts_with('n'))
            || (placed && forms.iter().any(|form| form.parts.contains('n')))
    };
    let (a, b) = (&pair.old[i], &pair.new[j]);
    // "Before the announcement" and "before the decision" point at the same hour.
    let pointing = |tokens: &[Token], at: usize| {
        tokens[..at].iter().rev().take(2).any(|token| {
            matches!(
                token.word.as_str(),
                "before" | "after" | "since" | "during" | "until"
            )
        })
    };
    let exchanged = near
        && a.is_content()
        && b.is_content()
        && !a.name
        && !b.name
        && is_noun(pair.old, i)
        && is_noun(pair.new, j)
        && !pointing(pair.old, i)
        && pair.lexicon.relation(&a.word, &b.word) == Relation::None;
    exchanged.then(|| Finding {
        kind: ChangeKind::StatementChanged,
        aspect: Some(Aspect::Other),
        old: clause(pair.old, &(i..i + 1)),
        new: clause(pair.new, &(j..j + 1)),
    })
}

/// One country in the place of another, wherever they stand: "Poland to host the summit", "summit to be held in Turkey".
pub(super) fn other_country(pair: &Pair<'_>) -> Option<Finding> {
    const LEAST_SHARE: f32 = 0.5;
    if pair.share() < LEAST_SHARE {
        return None;
    }
    let names = |side: Side, tokens: &[Token]| {
        (0..tokens.len())
            .filter(|&at| pair.is_left(side, at) && is_name(tokens, at))
            .collect::<Vec<_>>()
    };
    let (old, new) = (names(Side::Old, pair.old), names(Side::New, pair.new));
    let (&[i], &[j]) = (old.as_slice(), new.as_slice()) else {
        return None;
    };
    // "The Bank of Alder", "Alder's central bank": there the name only describes.
    let country = |tokens: &[Token], at: usize| {
        let described = tokens
            .get(at + 1)
            .is_some_and(|next| next.is_content() && !next.after_mark && !is_verb(tokens, at + 1));
        Lexicon::is_country(&tokens[at].word)
            && !described
            && !tokens[at].possessive
            && at
                .checked_sub(1)
                .is_none_or(|before| tokens[before].word != "of")
    };
    (country(pair.old, i) && country(pair.new, j)).then(|| Finding {
        kind: ChangeKind::StatementChanged,
        aspect: Some(Aspect::Entity),
        old: clause(pair.old, &(i..i + 1)),
        new: clause(pair.new, &(j..j + 1)),
    })
}

/// Words in different places of the sentence that exclude each other: "issued an amber warning", "raised the warning to red".
pub(super) fn opposites(pair: &Pair<'_>) -> Option<Finding> {
    const LEAST_SHARE: f32 = 0.5;
    if !pair.lexicon.english || pair.share() < LEAST_SHARE {
        return None;
    }
    let left = |side: Side, tokens: &[Token]| {
        (0..tokens.len())
            .filter(|&at| tokens[at].is_content() && pair.is_left(side, at))
            .collect::<Vec<_>>()
    };
    let news = left(Side::New, pair.new);
    let (i, j) = left(Side::Old, pair.old).into_iter().find_map(|i| {
        news.iter()
            .find(|&&j| {
                let verbs = (is_verb(pair.old, i), is_verb(pair.new, j));
                let only = verbs == (true, true)
                    && !is_inverse(pair, i, j)
                    && only_verb(pair, Side::Old, i)
                    && only_verb(pair, Side::New, j);
                (only || verbs == (false, false))
                    && pair.lexicon.contrasts(&pair.old[i].word, &pair.new[j].word)
                    && !is_denied_on_one_side(pair, i, j)
            })
            .map(|&j| (i, j))
    })?;
    Some(Finding {
        kind: ChangeKind::StatementChanged,
        aspect: Some(Aspect::Other),
        old: clause(pair.old, &(i..i + 1)),
        new: clause(pair.new, &(j..j + 1)),
    })
}

/// Whether no other verb of its version is without a counterpart.
fn only_verb(pair: &Pair<'_>, side: Side, verb: usize) -> bool {
    let tokens = match side {
        Side::Old => pair.old,
        Side::New => pair.new,
    };
    (0..tokens.len()).all(|at| at == verb || !(pair.is_left(side, at) && is_verb(tokens, at)))
}

/// "Sold to a cooperative", "a cooperative has bought": the same deal, told by the other party.
fn is_inverse(pair: &Pair<'_>, old: usize, new: usize) -> bool {
    const DEALS: [(&str, &str); 6] = [
        ("buy", "sell"),
        ("lend", "borrow"),
        ("import", "export"),
        ("win", "lose"),
        ("hire", "join"),
        ("lease", "rent"),
    ];
    let (one, other) = (
        pair.lexicon.forms(&pair.old[old].word),
        pair.lexicon.forms(&pair.new[new].word),
    );
    let has = |forms: &[String], word: &str| forms.iter().any(|form| form == word);
    DEALS
        .iter()
        .any(|(a, b)| has(&one, a) && has(&other, b) || has(&one, b) && has(&other, a))
}
