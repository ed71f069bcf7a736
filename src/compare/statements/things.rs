//! Whether a claim is now about another thing: a time, a name, an office, a scope, a degree, the opposite.

use super::{Judged, Pair, Side};
use crate::compare::Aspect;
use crate::compare::lexicon::Lexicon;
use crate::compare::tokens::{Kind, Token};
use crate::compare::verbs::is_verb;
use crate::text::thesaurus::Relation;

impl Judged<'_> {
    pub(super) fn name(&self) -> Option<Aspect> {
        let names = |side| {
            let (tokens, left) = self.tokens(side);
            left.iter()
                .copied()
                .filter(|&at| is_name(tokens, at))
                .collect::<Vec<_>>()
        };
        let (old, new) = (names(Side::Old), names(Side::New));
        if old.is_empty() || new.is_empty() {
            return None;
        }
        let wide = |tokens: &[Token], at: usize| Lexicon::is_country(&tokens[at].word);
        let countries = (
            old.iter().any(|&at| wide(self.pair.old, at)),
            new.iter().any(|&at| wide(self.pair.new, at)),
        );
        // A town for its country, a country for its government: the same place named more or less closely.
        if countries.0 != countries.1 {
            return None;
        }
        let described = |side| {
            let (tokens, left) = self.tokens(side);
            let names: Vec<usize> = left
                .iter()
                .copied()
                .filter(|&at| is_name(tokens, at))
                .collect();
            names.iter().all(|&at| self.describes(side, at))
        };
        // "The search engine's owner" for its name, "the Duchess of Alder" for hers.
        if described(Side::Old) != described(Side::New) {
            return None;
        }
        let before =
            |tokens: &[Token], at: usize| at.checked_sub(1).map(|k| tokens[k].word.clone());
        let place = old
            .first()
            .and_then(|&at| before(self.pair.old, at))
            .is_some_and(|word| self.pair.lexicon.is_place_word(&word));
        Some(if place { Aspect::Where } else { Aspect::Entity })
    }

    /// Whether a name only describes somebody or something else: "the Alder owner", "the Duchess of Alder".
    fn describes(&self, side: Side, at: usize) -> bool {
        const REACH: usize = 4;
        const TITLES: &str =
            "duke duchess earl countess baron baroness archbishop patriarch sultan emir";
        // "The Alder-owned app".
        const BOUND: &str = "owned based backed led run made built born listed trained funded";
        let tokens = self.tokens(side).0;
        let goes_on = |next: &usize| {
            let token = &tokens[*next];
            !token.after_mark && token.sentence == tokens[at].sentence
        };
        let noun = |k: usize| {
            tokens[k].is_content()
                && !tokens[k].name
                && self.pair.is_left(side, k)
                && (!is_verb(tokens, k) || BOUND.split(' ').any(|word| word == tokens[k].word))
        };
        // The last noun of the phrase is what it is about; a plural is people of that name, and not its bearer.
        let head = (at + 1..tokens.len())
            .take(REACH)
            .take_while(goes_on)
            .take_while(|&k| noun(k) || tokens[k].name)
            .filter(|&k| noun(k))
            .last();
        if head.is_some_and(|head| !tokens[head].plural) {
            return true;
        }
        let titled = |k: usize| {
            TITLES.split(' ').any(|title| title == tokens[k].word)
                || crate::compare::lexicon::of_english_roles(&tokens[k].word)
        };
        // "The Dane": where somebody comes from.
        let the = at
            .checked_sub(1)
            .is_some_and(|before| tokens[before].word == "the" && !tokens[at].after_mark);
        let bare = tokens
            .get(at + 1)
            .is_none_or(|next| next.after_mark || !next.is_content() || next.past);
        if the && bare && crate::compare::sources::is_demonym(&tokens[at].word) {
            return true;
        }
        if titled(at) && tokens.get(at + 1).is_some_and(|next| next.word == "of") {
            return true;
        }
        let first = (0..at)
            .rev()
            .take_while(|&k| tokens[k + 1].name && !tokens[k + 1].after_mark)
            .last()
            .filter(|&k| tokens[k].name)
            .unwrap_or(at);
        first >= 2
            && tokens[first - 1].word == "of"
            && !tokens[first].after_mark
            && tokens[first - 2].is_content()
            && (!tokens[first - 2].name || titled(first - 2))
            && self.pair.is_left(side, first - 2)
    }

    /// "The counties of Aske and Trelle, as well as Holt": the claim now reaches further.
    pub(super) fn joins_a_name(&self) -> Option<Aspect> {
        let joined = |side| {
            let (tokens, left) = self.tokens(side);
            left.iter().any(|&at| is_name(tokens, at))
                && left
                    .windows(2)
                    .any(|pair| tokens[pair[0]].word == "well" && tokens[pair[1]].word == "as")
        };
        (joined(Side::Old) != joined(Side::New)).then_some(Aspect::Where)
    }

    /// "The deputy foreign minister", "a former judge": the office is another one.
    pub(super) fn is_other_office(&self) -> bool {
        const RANKS: &str = "deputy vice acting interim former ex honorary assistant designate junior shadow incoming outgoing";
        let ranked = |side| {
            let (tokens, left) = self.tokens(side);
            let paired = match side {
                Side::Old => &self.pair.matching.old,
                Side::New => &self.pair.matching.new,
            };
            left.iter().any(|&at| {
                RANKS.split(' ').any(|rank| rank == tokens[at].word)
                    && (at + 1..tokens.len().min(at + 4))
                        .take_while(|&next| !tokens[next].after_mark)
                        .any(|next| {
                            paired[next].is_some()
                                && crate::compare::lexicon::of_english_roles(&tokens[next].word)
                        })
            })
        };
        ranked(Side::Old) != ranked(Side::New)
    }

    pub(super) fn has_opposites(&self) -> bool {
        self.old.iter().any(|&i| {
            let old = &self.pair.old[i];
            old.is_content()
                && self.new.iter().any(|&j| {
                    let new = &self.pair.new[j];
                    new.is_content()
                        && self.is_opposite(&old.word, &new.word)
                        && !is_denied_on_one_side(self.pair, i, j)
                })
        })
    }

    /// Whether two words exclude each other: by the lists, or as two offices that one person does not hold by turns.
    pub(super) fn is_opposite(&self, old: &str, new: &str) -> bool {
        use crate::compare::lexicon::of_english_roles as is_role;
        let wide = |word: &str| {
            matches!(
                word,
                "leader"
                    | "chief"
                    | "head"
                    | "official"
                    | "officer"
                    | "pm"
                    | "president"
                    | "premier"
            )
        };
        match self.pair.lexicon.relation(old, new) {
            Relation::Opposite => true,
            Relation::None => is_role(old) && is_role(new) && !wide(old) && !wide(new),
            Relation::Wider | Relation::Same => false,
        }
    }

    pub(super) fn is_other_scope(&self) -> bool {
        const PARTS: &str =
            "partial partially partly temporary temporarily permanent permanently most";
        let lexicon = self.pair.lexicon;
        let scoped = |side| {
            self.count(side, |tokens, at| {
                let word = tokens[at].word.as_str();
                let superlative = word == "most"
                    && tokens.get(at + 1).is_some_and(|next| {
                        crate::text::thesaurus::base_forms(&next.word)
                            .first()
                            .is_some_and(|form| !form.parts.starts_with('n'))
                    });
                let adverb = word == "most"
                    && tokens
                        .get(at + 1)
                        .is_none_or(|next| next.after_mark || next.sentence != tokens[at].sentence);
                lexicon.is_scope(word)
                    && !adverb
                    && PARTS.split(' ').any(|part| part == word)
                    && !superlative
                    && !self.is_elsewhere(side, word)
            })
        };
        // "Most of them" is "the majority" and "chiefly".
        let mostly = |side| {
            self.count(side, |tokens, at| {
                matches!(
                    tokens[at].word.as_str(),
                    "most"
                        | "majority"
                        | "mainly"
                        | "mostly"
                        | "chiefly"
                        | "largely"
                        | "primarily"
                        | "greater"
                        | "bulk"
                )
            }) > 0
        };
        scoped(Side::Old) != scoped(Side::New) && !(mostly(Side::Old) && mostly(Side::New))
    }

    /// "Some schools" for "schools", "primary schools" for "all schools": the claim now holds for a part.
    pub(super) fn is_other_share(&self) -> bool {
        const SHARES: &str = "several few many certain any various part parts half all most number every each other others";
        let listed = |token: &Token| SHARES.split(' ').any(|word| word == token.word);
        let divides = |side: Side| {
            let other = if side == Side::Old {
                Side::New
            } else {
                Side::Old
            };
            let ((tokens, left), (others, come)) = (self.tokens(side), self.tokens(other));
            let paired = match side {
                Side::Old => &self.pair.matching.old,
                Side::New => &self.pair.matching.new,
            };
            left.iter().any(|&at| {
                let noun = (at + 1..tokens.len().min(at + 5))
                    .find(|&k| tokens[k].is_content() && !tokens[k].after_mark);
                let kept = noun.and_then(|k| paired[k]);
                match tokens[at].word.as_str() {
                    "some" => {
                        // "Some background" is no share of anything.
                        kept.is_some()
                            && (at + 1..tokens.len().min(at + 4)).any(|k| tokens[k].plural)
                            && tokens.get(at + 1).is_some_and(Token::is_content)
                            && come
                                .iter()
                                .all(|&k| !others[k].is_content() && !listed(&others[k]))
                    }
                    "all" | "every" => kept.is_some_and(|now| {
                        now.checked_sub(1).is_some_and(|before| {
                            let word = &others[before];
                            come.contains(&before)
                                && word.is_content()
                                && !word.name
                                && !listed(word)
                                && !matches!(word.word.as_str(), "whole" | "entire" | "total")
                                && !is_verb(others, before)
                        })
                    }),
                    _ => false,
                }
            })
        };
        divides(Side::Old) || divides(Side::New)
    }

    /// Whether a word without a counterpart stands, as little paired, in another place of the other version.
    fn is_elsewhere(&self, side: Side, word: &str) -> bool {
        let other = if side == Side::Old {
            Side::New
        } else {
            Side::Old
        };
        let tokens = self.tokens(other).0;
        (0..tokens.len()).any(|at| tokens[at].word == word && self.pair.is_left(other, at))
    }

    /// "The second tallest" for "the tallest".
    pub(super) fn is_other_rank(&self) -> bool {
        let ranks = |side| {
            self.count(side, |tokens, at| {
                matches!(tokens[at].kind, Kind::Figure(_))
                    && tokens.get(at + 1).is_some_and(|next| {
                        next.word.ends_with("est")
                            && is_degree(tokens, at + 1)
                            && self.paired(side)[at + 1].is_some()
                    })
            })
        };
        // "The fifth-longest" for "number five": the rank is told in another place.
        let numbered = |side: Side| {
            let tokens = self.tokens(side).0;
            (0..tokens.len()).any(|at| {
                self.paired(side)[at].is_none()
                    && (tokens[at].word == "number"
                        || tokens[at].word.contains(|c: char| c.is_ascii_digit()))
            })
        };
        match (ranks(Side::Old), ranks(Side::New)) {
            (1.., 0) => self.content(Side::New) == 0 && !numbered(Side::New),
            (0, 1..) => self.content(Side::Old) == 0 && !numbered(Side::Old),
            _ => false,
        }
    }

    /// "Heavier" for "longer-range", "most powerful" for "largest": a comparison with another outcome.
    pub(super) fn is_other_degree(&self) -> bool {
        let degrees = |side| self.count(side, is_degree);
        degrees(Side::Old) > 0 && degrees(Side::New) > 0
    }
}

/// "Closed" for "not open", "rejected" for "did not accept": the opposite denied is the same.
pub(super) fn is_denied_on_one_side(pair: &Pair<'_>, old: usize, new: usize) -> bool {
    const REACH: usize = 2;
    let denied = |tokens: &[Token], at: usize| {
        (at.saturating_sub(REACH)..at).any(|k| {
            tokens[k].sentence == tokens[at].sentence && pair.lexicon.is_negation(&tokens[k].word)
        })
    };
    denied(pair.old, old) != denied(pair.new, new)
}

pub(super) fn is_name(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    token.is_content()
        && !crate::compare::lexicon::of_english_roles(&token.word)
        && (token.name
            || token.word.bytes().any(|byte| byte.is_ascii_digit())
            || (token.first && (Lexicon::is_country(&token.word) || token.unknown)))
}

pub(super) fn is_degree(tokens: &[Token], at: usize) -> bool {
    let word = tokens[at].word.as_str();
    if matches!(word, "more" | "most" | "less" | "least") {
        return tokens.get(at + 1).is_some_and(|next| {
            crate::text::thesaurus::base_forms(&next.word)
                .first()
                .is_some_and(|form| form.parts.starts_with('a'))
        });
    }
    let part = word.split('-').next().unwrap_or(word);
    (part.ends_with("er") || part.ends_with("est"))
        && part.len() > 4
        && crate::text::thesaurus::base_forms(part)
            .iter()
            .any(|form| form.lemma != part && form.parts.starts_with('a'))
}
