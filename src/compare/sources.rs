//! Whether two sources are one: the same words, the same name, a description for a name.

use super::attribution::Side;
use super::lexicon::Lexicon;
use super::matching::{Matching, shares_beginning};
use super::tokens::{Kind, Token};
use super::{Aspect, Change, ChangeKind};
use crate::claims::attribution::{Attribution, is_same};
use crate::text::thesaurus::Relation;

/// "Three hospitals admitted the injured": a verb that may mean speaking, with a thing for its object.
pub(super) fn takes_object(side: &Side<'_>, at: usize) -> bool {
    let said = side.sources[at];
    let clause = side.version.tokens_in(side.tokens, said.clause);
    let admits = clause
        .last()
        .is_some_and(|&last| side.tokens[last].word.starts_with("admit"));
    let scope = side
        .version
        .story
        .slice(said.scope)
        .unwrap_or("")
        .trim_start()
        .to_lowercase();
    admits
        && ["the ", "a ", "an ", "its ", "his ", "her "]
            .iter()
            .any(|article| scope.starts_with(article))
}

/// Whether a source of the old version stands in or right behind the new one's words: "a statement by the authority".
pub(super) fn is_within(
    old: &Side<'_>,
    i: usize,
    new: &Side<'_>,
    j: usize,
    matching: &Matching,
) -> bool {
    const REACH: usize = 6;
    let clause = new.version.tokens_in(new.tokens, new.sources[j].clause);
    let Some((first, last)) = clause.first().zip(clause.last()) else {
        return false;
    };
    let words: Vec<usize> = old
        .version
        .tokens_in(old.tokens, old.sources[i].words)
        .into_iter()
        .filter(|&at| old.tokens[at].kind != Kind::Stop)
        .collect();
    !words.is_empty()
        && words.iter().all(|&at| {
            matching.old[at].is_some_and(|to| {
                (*first..=last + REACH).contains(&to) && new.tokens[to].stem == old.tokens[at].stem
            })
        })
}

/// "A former electrician said" that became "a former electrician, Kevin Doyle, said", or the reverse.
pub(super) fn named(old: &Side<'_>, new: &Side<'_>, (i, j): (usize, usize)) -> Option<Change> {
    let (a, b) = (old.sources[i], new.sources[j]);
    if !super::attribution::is_told(a) || !super::attribution::is_told(b) {
        return None;
    }
    let has_name = |side: &Side<'_>, said: &Attribution| {
        let words = side.version.tokens_in(side.tokens, said.words);
        let inside = |at: &usize| side.tokens[*at].name && !side.tokens[*at].acronym;
        words
            .windows(2)
            .any(|pair| pair[1] == pair[0] + 1 && pair.iter().all(inside))
    };
    let is_anybody = |side: &Side<'_>, said: &Attribution| {
        side.version.story.slice(said.words).is_some_and(|text| {
            let lower = text.to_lowercase();
            (lower.starts_with("a ") || lower.starts_with("an ")) && !has_name(side, said)
        })
    };
    let known = |name: &str, side: &Side<'_>| {
        let last = name.rsplit(' ').next().unwrap_or(name);
        let texts = side.version.sentences.iter();
        texts
            .map(|sentence| sentence.text)
            .any(|text| text.contains(last))
    };
    let came = is_anybody(old, a) && has_name(new, b) && !known(&b.source.as_ref()?.name, old);
    let went = is_anybody(new, b) && has_name(old, a) && !known(&a.source.as_ref()?.name, new);
    (came || went).then(|| Change {
        old: Some(super::attribution::proof(old, i)),
        new: Some(super::attribution::proof(new, j)),
        ..Change::of(ChangeKind::AttributionChanged, Some(Aspect::Replaced))
    })
}

/// Whether two sources are, as far as the words tell, the same.
pub(super) fn is_same_source(
    old: &Side<'_>,
    i: usize,
    new: &Side<'_>,
    j: usize,
    lexicon: &Lexicon,
) -> bool {
    let (a, b) = (old.sources[i], new.sources[j]);
    let (Some(from), Some(to)) = (&a.source, &b.source) else {
        // A pronoun leaves open who it is.
        return true;
    };
    if is_same(from, to) {
        return true;
    }
    // "He said" stays "he said", whoever was named last.
    let written = |side: &Side<'_>, said: &Attribution| {
        side.version.story.slice(said.words).map(str::to_lowercase)
    };
    let pronoun = |side: &Side<'_>, said: &Attribution| {
        written(side, said).is_some_and(|words| {
            matches!(
                words.as_str(),
                "he" | "she" | "they" | "it" | "er" | "sie" | "il" | "elle" | "ella"
            )
        })
    };
    if (a.carried && b.carried || pronoun(old, a)) && written(old, a) == written(new, b) {
        return true;
    }
    let words = |side: &Side<'_>, said: &Attribution| {
        side.version
            .tokens_in(side.tokens, said.words)
            .into_iter()
            .map(|at| side.tokens[at].clone())
            .filter(|token| !matches!(token.kind, Kind::Stop | Kind::When))
            .collect::<Vec<_>>()
    };
    let (one, other) = (words(old, a), words(new, b));
    if one.is_empty() || other.is_empty() {
        return a.carried || b.carried;
    }
    // "A nurse in Dunmore" and "a doctor in Dunmore" share a town and are two people.
    let others = head(&one)
        .zip(head(&other))
        .is_some_and(|(x, y)| !x.name && !y.name && lexicon.contrasts(&x.word, &y.word));
    if others {
        return false;
    }
    let holds =
        |words: &[Token], all: &[Token]| words.iter().all(|x| all.iter().any(|y| x.stem == y.stem));
    if holds(&one, &other) || holds(&other, &one) {
        return true;
    }
    // "The Dane" is somebody's nationality, and no name.
    let named = |words: &[Token]| {
        words
            .iter()
            .any(|token| token.name && !(words.len() == 1 && is_demonym(&token.word)))
    };
    let named = (named(&one), named(&other));
    // The head of a description is its last word: "the water authority" is "the authority".
    let related = |x: &Token, y: &Token| {
        x.stem == y.stem
            || lexicon.relation(&x.word, &y.word) == Relation::Same
            // "An audit found" is what "auditors concluded".
            || (!x.name && !y.name && shares_beginning(&x.word, &y.word))
    };
    // "The fire service" is "the fire brigade", "the state railway" is "the rail company": a body goes by what it does.
    if !named.0 && !named.1 && bodies(&one, &other) {
        return true;
    }
    let shares = if named.0 || named.1 {
        one.iter().any(|x| {
            other.iter().any(|y| {
                if named.0 && named.1 {
                    x.name
                        && y.name
                        && (x.stem == y.stem && !Lexicon::is_country(&x.word)
                            || lexicon.is_like(&lexicon.known(&x.word), &lexicon.known(&y.word)))
                } else {
                    related(x, y)
                }
            })
        })
    } else {
        // "Farmers on the northern side", "farmers north of the pass".
        head(&one).zip(head(&other)).is_some_and(|(x, y)| {
            related(x, y)
                || run(&one).any(|word| related(word, y))
                || run(&other).any(|word| related(x, word))
        })
    };
    if shares {
        return true;
    }
    // "The mayor" for a name, "the company" for its: the same speaker called otherwise.
    let definite = |side: &Side<'_>, said: &Attribution| {
        side.version.story.slice(said.words).is_some_and(|text| {
            let lower = text.to_lowercase();
            [
                "the ", "his ", "her ", "its ", "their ", "der ", "die ", "das ", "le ", "la ",
                "el ",
            ]
            .iter()
            .any(|article| lower.starts_with(article))
        })
    };
    (named.0 && !named.1 && definite(new, b)) || (named.1 && !named.0 && definite(old, a))
}

/// Whether two descriptions name one body by the same field of work and by words that any body has.
fn bodies(one: &[Token], other: &[Token]) -> bool {
    const BODIES: &str = "service brigade department company firm authority agency office board body operator force corps union association \
group railway railways";
    let is_body = |words: &[Token]| {
        head(words).is_some_and(|head| BODIES.split(' ').any(|body| body == head.word))
    };
    let begins = |a: &str, b: &str| a.len() >= 4 && b.starts_with(a);
    is_body(one)
        && is_body(other)
        && one.iter().any(|a| {
            other
                .iter()
                .any(|b| a.stem == b.stem || begins(&a.word, &b.word) || begins(&b.word, &a.word))
        })
}

/// Whether a word tells somebody's country: "the Dane", "the Kenyan".
pub(super) fn is_demonym(word: &str) -> bool {
    const DEMONYMS: &str = "dane swede finn spaniard briton pole turk scot kiwi dutchman frenchman frenchwoman irishman englishman englishwoman \
welshman norseman serb croat slovak slovene czech greek swiss";
    Lexicon::is_country(word) || DEMONYMS.split(' ').any(|demonym| demonym == word)
}

/// The words of a description up to the first gap: "a security guard" of "a security guard at the bank".
fn run(words: &[Token]) -> impl Iterator<Item = &Token> {
    let last = head(words).map_or(0, |head| head.start);
    words.iter().take_while(move |word| word.start <= last)
}

/// The word a description is about: "a security guard at the bank" is about a guard.
fn head(words: &[Token]) -> Option<&Token> {
    let mut last = words.first()?;
    for word in words.iter().skip(1) {
        // A word between two of the description was left out as a stop word: the description goes on after its head.
        if word.after_mark || word.start > last.end + 1 {
            break;
        }
        last = word;
    }
    Some(last)
}
