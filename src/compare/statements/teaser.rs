//! Lines that assert nothing: questions, and headlines that promise a story.

use super::{Ending, Finding, Pair};
use crate::compare::lexicon::Lexicon;
use crate::compare::tokens::Token;
use crate::compare::verbs::has_predicate;
use crate::compare::{Aspect, ChangeKind};

/// A question that became a statement, or the reverse.
pub(super) fn question(pair: &Pair<'_>) -> Option<Finding> {
    const ASKING: &str =
        "is are was were do does did can could will would should has have had may might";
    let asks = |tokens: &[Token], ending: Ending| {
        ending == Ending::QuestionMark
            && tokens
                .first()
                .is_some_and(|first| ASKING.split(' ').any(|word| word == first.word))
    };
    let asked = (
        asks(pair.old, pair.endings.0),
        asks(pair.new, pair.endings.1),
    );
    let asserts = |tokens: &[Token], ending: Ending| {
        ending != Ending::QuestionMark
            && has_predicate(tokens)
            && !is_teaser(tokens, ending, pair.lexicon)
    };
    let changed = (asked.0 && asserts(pair.new, pair.endings.1))
        || (asked.1 && asserts(pair.old, pair.endings.0));
    (changed && pair.lexicon.english && pair.share() > 0.4).then_some(Finding {
        kind: ChangeKind::StatementChanged,
        aspect: Some(Aspect::Modality),
        old: 0..pair.old.len(),
        new: 0..pair.new.len(),
    })
}

/// Whether one version is a question or promises an answer: then nobody is told to have said anything.
pub(in crate::compare) fn promises(pair: &Pair<'_>) -> bool {
    let opens = |tokens: &[Token], ending: Ending| {
        ending == Ending::QuestionMark
            || ending == Ending::Open
                && tokens
                    .first()
                    .is_some_and(|first| matches!(first.word.as_str(), "how" | "why" | "what"))
                && !has_own_clause(tokens)
    };
    opens(pair.old, pair.endings.0) || opens(pair.new, pair.endings.1)
}

/// A line that promises a story and asserts nothing: "Why lending money feels awkward", "The islands that time forgot".
pub(super) fn is_teaser(tokens: &[Token], ending: Ending, lexicon: &Lexicon) -> bool {
    const MOST_WORDS: usize = 16;
    if !lexicon.english {
        return false;
    }
    let Some(first) = tokens.first() else {
        return true;
    };
    let opener = matches!(
        first.word.as_str(),
        "how"
            | "why"
            | "what"
            | "where"
            | "who"
            | "when"
            | "which"
            | "watch"
            | "whose"
            | "inside"
            | "meet"
    );
    let pictures = matches!(first.word.as_str(), "watch" | "in")
        && tokens
            .get(1)
            .is_some_and(|next| next.after_mark || next.word == "pictures");
    if ending == Ending::QuestionMark
        || pictures
        || (opener && !has_own_clause(tokens))
        || (ending == Ending::Open && !has_predicate(tokens))
    {
        return true;
    }
    let article = matches!(first.word.as_str(), "the" | "a" | "an");
    if tokens.len() > MOST_WORDS || !article || ending != Ending::Open {
        return false;
    }
    // "The dynasty that used bones to predict the future", "The method used to catch thieves": a thing, and no news of it.
    let relative = tokens
        .iter()
        .position(|token| {
            matches!(
                token.word.as_str(),
                "that" | "who" | "which" | "where" | "whose"
            )
        })
        .unwrap_or(tokens.len());
    !crate::compare::verbs::has_finite_verb(&tokens[..relative])
}

/// "What began as a protest, has become a war": an opener that does not open a question has a clause behind a comma.
pub(super) fn has_own_clause(tokens: &[Token]) -> bool {
    tokens
        .iter()
        .skip(2)
        .position(|token| token.after_mark)
        .is_some_and(|at| crate::compare::verbs::has_finite_verb(&tokens[at + 2..]))
}
