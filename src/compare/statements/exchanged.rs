//! Whether two names changed places: from Oslo to Rome, or Rovers beat United.

use super::things::is_name;
use super::{Finding, Pair};
use crate::compare::tokens::{Kind, Token};
use crate::compare::verbs::is_verb;
use crate::compare::{Aspect, ChangeKind};

/// Deeds that two do to each other, so that it does not matter who is named first.
const MUTUAL: &str = "meet marry merge agree talk discuss negotiate clash collide draw fight border join face play divorce match tie";

/// Names that both versions have and that took each other's part in the claim.
pub(super) fn exchanged(pair: &Pair<'_>) -> Option<Finding> {
    let names: Vec<(usize, usize)> = (0..pair.old.len())
        .filter_map(|at| Some((at, pair.matching.old[at]?)))
        .filter(|&(i, j)| {
            let plain = |tokens: &[Token], at: usize| is_name(tokens, at) && !tokens[at].quoted;
            plain(pair.old, i) && plain(pair.new, j) && pair.old[i].stem == pair.new[j].stem
        })
        .collect();
    for (n, &(a, a_now)) in names.iter().enumerate() {
        for &(b, b_now) in &names[n + 1..] {
            if b_now < a_now
                && (is_led_otherwise(pair, (a, a_now), (b, b_now))
                    || is_done_by_the_other(pair, (a, a_now), (b, b_now)))
            {
                return Some(Finding {
                    kind: ChangeKind::StatementChanged,
                    aspect: Some(Aspect::Entity),
                    old: a..name_end(pair.old, b),
                    new: b_now..name_end(pair.new, a_now),
                });
            }
        }
    }
    None
}

/// The token after a name of several words: "Port Hale".
fn name_end(tokens: &[Token], at: usize) -> usize {
    let goes_on = |token: &Token| token.name && !token.after_mark;
    at + 1
        + tokens[at + 1..]
            .iter()
            .take_while(|token| goes_on(token))
            .count()
}

/// "From Oslo to Rome" for "from Rome to Oslo": each has the other's preposition.
fn is_led_otherwise(pair: &Pair<'_>, a: (usize, usize), b: (usize, usize)) -> bool {
    let (first, second) = (lead(pair.old, a.0), lead(pair.old, b.0));
    matches!((first, second), (Some(first), Some(second)) if first != second
        && lead(pair.new, a.1) == Some(second)
        && lead(pair.new, b.1) == Some(first))
}

/// The preposition before a name, with a word or two between them: "in northern Jutland".
fn lead(tokens: &[Token], at: usize) -> Option<&str> {
    const LEADS: &str = "from to by against over under for of into with behind before after than in at on near outside inside across around through via";
    for back in 1..=3 {
        let before = tokens.get(at.checked_sub(back)?)?;
        if before.sentence != tokens[at].sentence || tokens[at + 1 - back].after_mark {
            return None;
        }
        if LEADS.split(' ').any(|word| word == before.word) {
            return Some(before.word.as_str());
        }
        if is_verb(tokens, at - back) {
            return None;
        }
    }
    None
}

/// Whether a name only describes the noun behind it: "a Viking ship".
fn is_modifier(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| {
        next.is_content()
            && !next.name
            && !next.after_mark
            && next.sentence == tokens[at].sentence
            && !is_verb(tokens, at + 1)
    })
}

/// "United beat Rovers" for "Rovers beat United": the same verb stands between them, and none of them is led by "by".
fn is_done_by_the_other(pair: &Pair<'_>, a: (usize, usize), b: (usize, usize)) -> bool {
    let free = |tokens: &[Token], at: usize| lead(tokens, at).is_none() && !is_modifier(tokens, at);
    let bare =
        free(pair.old, a.0) && free(pair.old, b.0) && free(pair.new, a.1) && free(pair.new, b.1);
    let one_clause = |tokens: &[Token], from: usize, to: usize| {
        tokens[from + 1..=to].iter().all(|token| {
            !token.after_mark && token.sentence == tokens[from].sentence && token.kind != Kind::When
        })
    };
    bare && one_clause(pair.old, a.0, b.0)
        && one_clause(pair.new, b.1, a.1)
        && (a.0 + 1..b.0).any(|at| {
            is_verb(pair.old, at)
                && pair.matching.old[at].is_some_and(|now| b.1 < now && now < a.1)
                && !crate::text::thesaurus::base_forms(&pair.old[at].word)
                    .iter()
                    .any(|form| MUTUAL.split(' ').any(|word| word == form.lemma))
        })
}
