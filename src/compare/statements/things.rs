//! Whether a claim is now about another thing: a time, a name, an office, a scope, a degree, the opposite.

use super::{Ending, Finding, Judged, Pair, Side, clause};
use crate::compare::lexicon::Lexicon;
use crate::compare::tokens::{Kind, Token};
use crate::compare::verbs::is_verb;
use crate::compare::{Aspect, ChangeKind};
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
        const TITLES: &str =
            "duke duchess earl countess baron baroness archbishop patriarch sultan emir";
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

    /// "Heavier" for "longer-range", "most powerful" for "largest": a comparison with another outcome.
    pub(super) fn is_other_degree(&self) -> bool {
        let degrees = |side| self.count(side, is_degree);
        degrees(Side::Old) > 0 && degrees(Side::New) > 0
    }
}

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
                !is_verb(pair.old, i)
                    && !is_verb(pair.new, j)
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
