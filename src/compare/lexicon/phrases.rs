//! Fixed phrases that mean the same as one word: "prime minister" is "pm", "called off" is "cancel".
//!
//! One phrase a line, `phrase=word`. A word with a tilde stands for all its inflections ("call~ off"), a lone asterisk for
//! an article or possessive that may stand there or not ("reach~ * deal"), and a list with bars for any of its words.

use std::collections::BTreeMap;

use crate::compare::tokens::Token;
use crate::text::thesaurus;

/// The phrases of one language by their first word, the longest first.
#[derive(Default)]
pub(super) struct Phrases(BTreeMap<String, Vec<Phrase>>);

struct Phrase {
    rest: Vec<Part>,
    instead: &'static str,
}

#[derive(Clone)]
enum Part {
    /// Any of some words.
    Words(Vec<String>),
    /// An article or a possessive, or nothing.
    Article,
}

impl Phrases {
    /// Reads a list of phrases.
    pub fn new(list: &'static str) -> Self {
        let mut phrases: BTreeMap<String, Vec<Phrase>> = BTreeMap::new();
        for line in list.lines() {
            let Some((phrase, instead)) = line.trim().split_once('=') else {
                continue;
            };
            let mut parts = phrase.split(' ').map(part);
            let Some(Part::Words(first)) = parts.next() else {
                continue;
            };
            let rest: Vec<Part> = parts.collect();
            for word in first {
                phrases.entry(word).or_default().push(Phrase {
                    rest: rest.clone(),
                    instead,
                });
            }
        }
        for list in phrases.values_mut() {
            list.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        Self(phrases)
    }

    /// A phrase that the tokens begin with: its length in words, and the one word it means.
    pub fn at(&self, tokens: &[Token]) -> Option<(usize, &'static str)> {
        let first = tokens.first()?;
        self.0
            .get(first.word.as_str())?
            .iter()
            .find_map(|phrase| Some((length(phrase, tokens)?, phrase.instead)))
    }
}

/// How many tokens a phrase takes, if they are its words.
fn length(phrase: &Phrase, tokens: &[Token]) -> Option<usize> {
    const ARTICLES: [&str; 14] = [
        "a", "an", "the", "his", "her", "its", "their", "our", "my", "this", "that", "more", "new",
        "any",
    ];
    let first = tokens.first()?;
    let mut at = 1;
    for part in &phrase.rest {
        let token = tokens.get(at).filter(|token| {
            token.sentence == first.sentence && (!token.after_mark || first.acronym)
        });
        match part {
            Part::Words(words) => {
                token.filter(|token| words.contains(&token.word))?;
                at += 1;
            }
            Part::Article => {
                at +=
                    usize::from(token.is_some_and(|token| ARTICLES.contains(&token.word.as_str())));
            }
        }
    }
    // "us" is a country only in capitals, "who" never an agency in lower case.
    let lower_only = phrase.rest.is_empty()
        && matches!(phrase.instead, "usa" | "who")
        && !first.acronym
        && !first.name
        && first.word.len() <= 3;
    (!lower_only).then_some(at)
}

fn part(text: &str) -> Part {
    if text == "*" {
        return Part::Article;
    }
    Part::Words(
        text.split('|')
            .flat_map(|word| match word.strip_suffix('~') {
                Some(lemma) => thesaurus::inflections(lemma),
                None => vec![word.to_owned()],
            })
            .collect(),
    )
}
