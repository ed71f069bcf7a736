//! Whether a sentence that was edited now says something else: negation, modality, time, names, predicate, scope.
//!
//! The one rule: words that only say the same otherwise are silence. So everything that has a counterpart (moved, another
//! form, a synonym) is taken away first, and what is left is asked what it does to the claim.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::matching::{Matching, Region};
use super::tokens::{Kind, Token};
use super::verbs::{has_predicate, is_verb};
use super::{Aspect, ChangeKind};
use crate::text::thesaurus::Relation;

/// One altered statement: which tokens of each version show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub kind: ChangeKind,
    pub aspect: Option<Aspect>,
    pub old: Range<usize>,
    pub new: Range<usize>,
}

/// Two versions of a sentence, matched.
pub(super) struct Pair<'a> {
    pub old: &'a [Token],
    pub new: &'a [Token],
    pub matching: &'a Matching,
    pub lexicon: &'a Lexicon,
    /// Tokens that say who says it; they are judged elsewhere.
    pub old_sources: &'a [bool],
    pub new_sources: &'a [bool],
    /// Tokens of figures that have a counterpart.
    pub old_counted: &'a [bool],
    pub new_counted: &'a [bool],
    /// What the old and the new words end in.
    pub endings: (Ending, Ending),
    /// Whether it is the lead of the story: a rewritten lead is told for the facts that differ in it.
    pub lead: bool,
}

/// What a sentence ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    FullStop,
    QuestionMark,
    /// Nothing, as a headline does.
    Open,
}

/// What became of the statements.
pub(super) fn findings(pair: &Pair<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    let teaser = is_teaser(pair.old, pair.endings.0, pair.lexicon)
        || is_teaser(pair.new, pair.endings.1, pair.lexicon);
    if let Some(finding) = question(pair) {
        return vec![finding];
    }
    let recast = pair.share() < if pair.lead { 0.45 } else { 0.25 };
    for region in &pair.matching.regions {
        let judged = Judged::new(pair, region);
        if judged.is_empty() {
            continue;
        }
        if let Some(finding) = judged.time().filter(|_| !(teaser || recast && pair.lead)) {
            push(&mut found, finding);
        }
        if recast {
            continue;
        }
        if let Some(aspect) = judged.aspect(teaser) {
            let mut finding = judged.finding(ChangeKind::StatementChanged, aspect);
            let named = matches!(aspect, Aspect::Entity | Aspect::Where);
            if named && !region.old.is_empty() && !region.new.is_empty() {
                // A name is proof enough, and the same name changed in ten sentences is one fact.
                (finding.old, finding.new) = (region.old.clone(), region.new.clone());
            }
            push(&mut found, finding);
        } else if let Some(finding) = judged.dropped_clause() {
            push(&mut found, finding);
        }
    }
    if !teaser && !recast && found.is_empty() {
        found.extend(other_deed(pair).or_else(|| other_thing(pair)));
    }
    found
}

/// One noun or adjective in the place of another that has nothing to do with it, and not a word else: grain for weapons.
///
/// In a lead, a headline or a summary such words are exchanged for effect; in the running text for a reason.
fn other_thing(pair: &Pair<'_>) -> Option<Finding> {
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
    let near = pair
        .matching
        .regions
        .iter()
        .any(|region| region.old.contains(&i) && region.new.contains(&j));
    let part = |token: &Token| {
        let forms = crate::text::thesaurus::base_forms(&token.word);
        forms
            .first()
            .and_then(|form| form.parts.chars().next())
            .filter(|part| matches!(part, 'n' | 'a'))
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
        && part(a).is_some()
        && part(a) == part(b)
        && !pointing(pair.old, i)
        && pair.lexicon.relation(&a.word, &b.word) == Relation::None;
    exchanged.then(|| Finding {
        kind: ChangeKind::StatementChanged,
        aspect: Some(Aspect::Other),
        old: clause(pair.old, &(i..i + 1)),
        new: clause(pair.new, &(j..j + 1)),
    })
}

/// A verb gone in one place and another come in a second: "a drill was being brought from the west", "a drill from the west
/// reached the site".
fn other_deed(pair: &Pair<'_>) -> Option<Finding> {
    if !pair.lexicon.english || pair.share() < 0.6 {
        return None;
    }
    let deed = |side: Side| {
        let tokens = if side == Side::Old {
            pair.old
        } else {
            pair.new
        };
        (0..tokens.len()).find(|&at| {
            pair.is_left(side, at) && is_verb(tokens, at) && !tokens[at].word.ends_with("ing")
        })
    };
    let (old, new) = (deed(Side::Old)?, deed(Side::New)?);
    let light = |token: &Token| pair.lexicon.is_light(&token.word);
    if light(&pair.old[old]) || light(&pair.new[new]) {
        return None;
    }
    Some(Finding {
        kind: ChangeKind::StatementChanged,
        aspect: Some(Aspect::Other),
        old: clause(pair.old, &(old..old + 1)),
        new: clause(pair.new, &(new..new + 1)),
    })
}

fn push(found: &mut Vec<Finding>, finding: Finding) {
    let known = found.iter().any(|known| {
        known.kind == finding.kind
            && (known.aspect == Some(Aspect::When)) == (finding.aspect == Some(Aspect::When))
            && known.old == finding.old
            && known.new == finding.new
    });
    if !known {
        found.push(finding);
    }
}

impl Pair<'_> {
    /// The share of meaning-bearing words that have a counterpart, of the side that keeps more.
    pub fn share(&self) -> f32 {
        let side = |tokens: &[Token], paired: &[Option<usize>]| {
            let all = tokens
                .iter()
                .filter(|token| token.kind != Kind::Stop)
                .count();
            let kept = tokens
                .iter()
                .zip(paired)
                .filter(|(token, pair)| token.kind != Kind::Stop && pair.is_some())
                .count();
            (all, kept)
        };
        let (a, kept_a) = side(self.old, &self.matching.old);
        let (b, kept_b) = side(self.new, &self.matching.new);
        let share = |kept: usize, all: usize| ratio(kept, all);
        share(kept_a, a).max(share(kept_b, b))
    }

    fn is_left(&self, side: Side, at: usize) -> bool {
        let (tokens, paired, sources) = match side {
            Side::Old => (self.old, &self.matching.old, self.old_sources),
            Side::New => (self.new, &self.matching.new, self.new_sources),
        };
        paired[at].is_none() && !tokens[at].quoted && !sources.get(at).copied().unwrap_or(false)
    }
}

/// How the token of the figure 0 begins.
const ZERO: &str = "#0..0";

#[expect(clippy::cast_precision_loss, reason = "words of a sentence are few")]
fn ratio(part: usize, whole: usize) -> f32 {
    if whole == 0 {
        1.0
    } else {
        part as f32 / whole as f32
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Old,
    New,
}

/// A stretch of difference with what is left of it on each side.
struct Judged<'a> {
    pair: &'a Pair<'a>,
    region: &'a Region,
    old: Vec<usize>,
    new: Vec<usize>,
}

impl<'a> Judged<'a> {
    fn new(pair: &'a Pair<'a>, region: &'a Region) -> Self {
        let left = |side: Side, range: &Range<usize>| {
            range.clone().filter(|&at| pair.is_left(side, at)).collect()
        };
        Self {
            old: left(Side::Old, &region.old),
            new: left(Side::New, &region.new),
            pair,
            region,
        }
    }

    fn is_empty(&self) -> bool {
        self.old.is_empty() && self.new.is_empty()
    }

    fn tokens(&self, side: Side) -> (&[Token], &[usize]) {
        match side {
            Side::Old => (self.pair.old, &self.old),
            Side::New => (self.pair.new, &self.new),
        }
    }

    fn count(&self, side: Side, is: impl Fn(&[Token], usize) -> bool) -> usize {
        let (tokens, left) = self.tokens(side);
        left.iter().filter(|&&at| is(tokens, at)).count()
    }

    fn content(&self, side: Side) -> usize {
        self.count(side, |tokens, at| tokens[at].is_content())
    }

    /// What the stretch does to the claim, if anything.
    fn aspect(&self, teaser: bool) -> Option<Aspect> {
        if teaser {
            return None;
        }
        if self.is_negated() {
            return Some(Aspect::Negation);
        }
        if self.is_other_modality() {
            return Some(Aspect::Modality);
        }
        if let Some(aspect) = self.name().or_else(|| self.joins_a_name()) {
            return Some(aspect);
        }
        (self.has_opposites()
            || self.is_other_scope()
            || self.is_other_degree()
            || self.is_other_predicate())
        .then_some(Aspect::Other)
    }

    fn is_negated(&self) -> bool {
        let lexicon = self.pair.lexicon;
        let strong = |side| self.count(side, |tokens, at| self.denies(side, tokens, at));
        let weak = |side| {
            self.count(side, |tokens, at| {
                lexicon.is_denial(&tokens[at].word)
                    || (tokens[at].word == "yet"
                        && tokens.get(at + 1).is_some_and(|next| next.word == "to"))
                    || (tokens[at].word.len() > 5
                        && (tokens[at].word.starts_with("un") || tokens[at].word.starts_with("in")))
            })
        };
        let (old, new) = (strong(Side::Old), strong(Side::New));
        if old + new == 0 {
            return self.fails(Side::Old) != self.fails(Side::New);
        }
        if (old + new) % 2 == 0 {
            return false;
        }
        let (with, without) = if old > new {
            (Side::Old, Side::New)
        } else {
            (Side::New, Side::Old)
        };
        // "Did not invite" for "refused to invite" is the same; "has not said that" for "has ruled out that" is not.
        let without_it = self.count(without, |tokens, at| tokens[at].word == "without") > 0;
        if without_it || (weak(without) > 0 && self.denies_the_same(with)) {
            return false;
        }
        self.touches(with, |word| {
            lexicon.is_negation(word) || word.starts_with(ZERO)
        })
    }

    /// "Failed to reach orbit": a deed that both versions have, denied by the verb before it.
    fn fails(&self, side: Side) -> bool {
        let (tokens, left) = self.tokens(side);
        let paired = match side {
            Side::Old => &self.pair.matching.old,
            Side::New => &self.pair.matching.new,
        };
        left.iter().any(|&at| {
            self.pair.lexicon.is_denial(&tokens[at].word)
                && tokens.get(at + 1).is_some_and(|next| next.word == "to")
                && paired.get(at + 2).copied().flatten().is_some()
        })
    }

    /// Whether a word denies; "nobody" is the figure 0 where the other version has a figure for it, and a denial elsewhere.
    fn denies(&self, side: Side, tokens: &[Token], at: usize) -> bool {
        let counted = match side {
            Side::Old => self.pair.old_counted,
            Side::New => self.pair.new_counted,
        };
        self.pair.lexicon.is_negation(&tokens[at].word)
            || (tokens[at].word.starts_with(ZERO) && !counted.get(at).copied().unwrap_or(false))
    }

    /// Whether the word after the negation has a counterpart.
    fn denies_the_same(&self, side: Side) -> bool {
        let (tokens, left) = self.tokens(side);
        let (paired, others) = match side {
            Side::Old => (&self.pair.matching.old, self.pair.new),
            Side::New => (&self.pair.matching.new, self.pair.old),
        };
        left.iter()
            .filter(|&&at| self.pair.lexicon.is_negation(&tokens[at].word))
            .any(|&at| {
                (at + 1..tokens.len())
                    .find(|&k| tokens[k].kind != Kind::Stop)
                    .is_some_and(|k| {
                        paired[k].is_some()
                            || others
                                .iter()
                                .any(|other| is_prefixed(&other.word, &tokens[k].word))
                    })
            })
    }

    /// Whether the cue speaks of something that both versions have, or that was put in the place of something.
    fn touches(&self, side: Side, is_cue: impl Fn(&str) -> bool) -> bool {
        let (tokens, left) = self.tokens(side);
        let paired = match side {
            Side::Old => &self.pair.matching.old,
            Side::New => &self.pair.matching.new,
        };
        let other = match side {
            Side::Old => self.content(Side::New),
            Side::New => self.content(Side::Old),
        };
        left.iter()
            .filter(|&&at| is_cue(&tokens[at].word))
            .any(|&at| {
                let near = |range: Vec<usize>| {
                    range
                        .into_iter()
                        .take_while(|&k| tokens[k].sentence == tokens[at].sentence)
                        .find(|&k| tokens[k].kind != Kind::Stop)
                        .is_some_and(|k| paired[k].is_some() && (k.abs_diff(at) <= 4))
                };
                other > 0 || near((at + 1..tokens.len()).collect()) || near((0..at).rev().collect())
            })
    }

    fn is_other_modality(&self) -> bool {
        let lexicon = self.pair.lexicon;
        let hedges = |side| self.count(side, |tokens, at| lexicon.is_hedge(&tokens[at].word));
        let planned = |side| self.count(side, |tokens, at| is_plan(tokens, at, lexicon));
        let (uncertain, plans) = (
            (hedges(Side::Old), hedges(Side::New)),
            (planned(Side::Old), planned(Side::New)),
        );
        let is_hedged = match uncertain {
            (1.., 0) => plans.1 == 0 && self.touches(Side::Old, |word| lexicon.is_hedge(word)),
            (0, 1..) => plans.0 == 0 && self.touches(Side::New, |word| lexicon.is_hedge(word)),
            _ => false,
        };
        if is_hedged || self.is_settled(Side::Old) || self.is_settled(Side::New) {
            return true;
        }
        match plans {
            (1.., 0) if uncertain.1 == 0 => {
                !self.plans_elsewhere(Side::New) && self.is_carried_out(Side::Old)
            }
            (0, 1..) if uncertain.0 == 0 => {
                !self.plans_elsewhere(Side::Old) && self.is_carried_out(Side::New)
            }
            _ => false,
        }
    }

    /// "May also sell" against "will also sell".
    fn is_settled(&self, doubted: Side) -> bool {
        let other = if doubted == Side::Old {
            Side::New
        } else {
            Side::Old
        };
        let doubts = self.count(doubted, |tokens, at| {
            matches!(tokens[at].word.as_str(), "may" | "might" | "could")
        });
        let settles = self.count(other, |tokens, at| {
            matches!(tokens[at].word.as_str(), "will" | "shall")
        });
        doubts > 0 && settles > 0
    }

    /// Whether the other version speaks of a plan in another place of the sentence.
    fn plans_elsewhere(&self, side: Side) -> bool {
        let tokens = self.tokens(side).0;
        (0..tokens.len())
            .any(|at| self.pair.is_left(side, at) && is_plan(tokens, at, self.pair.lexicon))
    }

    /// Whether the planned deed of one side is told as done by the other.
    fn is_carried_out(&self, planned: Side) -> bool {
        let (tokens, left) = self.tokens(planned);
        let lexicon = self.pair.lexicon;
        let Some(&cue) = left.iter().rfind(|&&at| is_plan(tokens, at, lexicon)) else {
            return false;
        };
        let paired = match planned {
            Side::Old => &self.pair.matching.old,
            Side::New => &self.pair.matching.new,
        };
        let others = match planned {
            Side::Old => self.pair.new,
            Side::New => self.pair.old,
        };
        let verb = (cue + 1..tokens.len())
            .take(4)
            .find(|&at| tokens[at].is_content());
        let done = verb.is_some_and(|at| {
            !matches!(
                tokens[at].word.as_str(),
                "continue" | "remain" | "stay" | "keep"
            ) && paired[at].is_some_and(|other| {
                others[other].word != tokens[at].word
                    || others
                        .get(other.wrapping_sub(1))
                        .is_none_or(|token| token.word != "to")
            })
        });
        let other_side = if planned == Side::Old {
            Side::New
        } else {
            Side::Old
        };
        let another = self.count(other_side, is_verb) > 0;
        // "To take place", "to be held": the deed is the noun before, and the other version says how it stands.
        let held = verb.is_some_and(|at| lexicon.is_light(&tokens[at].word))
            && (0..others.len())
                .any(|at| others[at].is_content() && self.pair.is_left(other_side, at));
        done || another || held
    }

    fn time(&self) -> Option<Finding> {
        let times = |side| {
            let (tokens, left) = self.tokens(side);
            left.iter()
                .filter(|&&at| tokens[at].kind == Kind::When)
                .map(|&at| tokens[at].word.clone())
                .collect::<Vec<_>>()
        };
        let (old, new) = (times(Side::Old), times(Side::New));
        if old.is_empty() || new.is_empty() || Self::is_same_time(&old, &new) {
            return None;
        }
        Some(self.finding(ChangeKind::StatementChanged, Aspect::When))
    }

    /// "In September" is "this month" for one who reads it then; the two cannot be held against each other.
    fn is_same_time(old: &[String], new: &[String]) -> bool {
        let relative = |times: &[String]| {
            times
                .iter()
                .any(|time| time.contains(' ') && time.starts_with("this"))
        };
        relative(old) != relative(new)
    }

    fn name(&self) -> Option<Aspect> {
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
        let before =
            |tokens: &[Token], at: usize| at.checked_sub(1).map(|k| tokens[k].word.clone());
        let place = old
            .first()
            .and_then(|&at| before(self.pair.old, at))
            .is_some_and(|word| self.pair.lexicon.is_place_word(&word));
        Some(if place { Aspect::Where } else { Aspect::Entity })
    }

    /// "The counties of Aske and Trelle, as well as Holt": the claim now reaches further.
    fn joins_a_name(&self) -> Option<Aspect> {
        let joined = |side| {
            let (tokens, left) = self.tokens(side);
            left.iter().any(|&at| is_name(tokens, at))
                && left
                    .windows(2)
                    .any(|pair| tokens[pair[0]].word == "well" && tokens[pair[1]].word == "as")
        };
        (joined(Side::Old) != joined(Side::New)).then_some(Aspect::Where)
    }

    fn has_opposites(&self) -> bool {
        self.old.iter().any(|&i| {
            let old = &self.pair.old[i];
            old.is_content()
                && self.new.iter().any(|&j| {
                    let new = &self.pair.new[j];
                    new.is_content() && self.is_opposite(&old.word, &new.word)
                })
        })
    }

    /// Whether two words exclude each other: by the lists, or as two offices that one person does not hold by turns.
    fn is_opposite(&self, old: &str, new: &str) -> bool {
        use super::lexicon::of_english_roles as is_role;
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

    fn is_other_scope(&self) -> bool {
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
                lexicon.is_scope(word) && PARTS.split(' ').any(|part| part == word) && !superlative
            })
        };
        scoped(Side::Old) != scoped(Side::New)
    }

    /// "Heavier" for "longer-range", "most powerful" for "largest": a comparison with another outcome.
    fn is_other_degree(&self) -> bool {
        let degrees = |side| self.count(side, is_degree);
        degrees(Side::Old) > 0 && degrees(Side::New) > 0
    }

    fn is_other_predicate(&self) -> bool {
        if !self.pair.lexicon.english {
            return self.is_one_word_for_another();
        }
        let verbs = |side| {
            let (tokens, left) = self.tokens(side);
            left.iter()
                .copied()
                .filter(|&at| is_verb(tokens, at))
                .partition::<Vec<_>, _>(|&at| !self.pair.lexicon.is_light(&tokens[at].word))
        };
        let (old, old_light) = verbs(Side::Old);
        let (new, new_light) = verbs(Side::New);
        let left = |side: Side| {
            let tokens = self.tokens(side).0;
            (0..tokens.len())
                .filter(|&at| tokens[at].kind != Kind::Stop && self.pair.is_left(side, at))
                .count()
        };
        match (old.len(), new.len()) {
            (1.., 1..) => true,
            // A light verb says as much as the nouns that came with it: "had enough money" for "needed an investor".
            (1.., 0) => {
                !new_light.is_empty() && left(Side::New) > new_light.len() && left(Side::Old) > 1
            }
            (0, 1..) => {
                !old_light.is_empty() && left(Side::Old) > old_light.len() && left(Side::New) > 1
            }
            (0, 0) => false,
        }
    }

    /// Without parts of speech: one word in the place of another of the same inflection.
    fn is_one_word_for_another(&self) -> bool {
        let words = |side| {
            let (tokens, left) = self.tokens(side);
            left.iter()
                .filter(|&&at| tokens[at].is_content() && !tokens[at].name)
                .map(|&at| tokens[at].word.clone())
                .collect::<Vec<_>>()
        };
        let (old, new) = (words(Side::Old), words(Side::New));
        let ([old], [new]) = (old.as_slice(), new.as_slice()) else {
            return false;
        };
        let ending = |word: &str| word.chars().rev().take(3).collect::<String>();
        old.chars().count() > 4 && new.chars().count() > 4 && ending(old) == ending(new)
    }

    /// A clause with a subject and a verb of its own that the new version leaves out.
    fn dropped_clause(&self) -> Option<Finding> {
        let tokens = self.pair.old;
        let first = self.region.old.start;
        let begins = tokens.get(first)?;
        let joined = matches!(begins.word.as_str(), "and" | "but" | "while")
            || (begins.first && self.old.len() == self.region.old.len());
        let words = self.content(Side::Old);
        let verb = (first + 1..self.region.old.end).any(|at| {
            matches!(
                tokens[at].word.as_str(),
                "is" | "are" | "was" | "were" | "has" | "have" | "had" | "will" | "would"
            ) && at > first + 1
        });
        let kept = self
            .new
            .iter()
            .filter(|&&at| self.pair.new[at].is_content())
            .count();
        if !(joined && verb && words >= 3) || kept > words {
            return None;
        }
        let mut finding = self.finding(ChangeKind::StatementRemoved, Aspect::Other);
        finding.aspect = None;
        finding.old = self.region.old.clone();
        Some(finding)
    }

    fn finding(&self, kind: ChangeKind, aspect: Aspect) -> Finding {
        Finding {
            kind,
            aspect: Some(aspect),
            old: clause(self.pair.old, &self.region.old),
            new: clause(self.pair.new, &self.region.new),
        }
    }
}

/// Whether `one` is `other` with a prefix that denies it: "unclear" and "clear".
fn is_prefixed(one: &str, other: &str) -> bool {
    ["un", "in", "im", "dis", "non"]
        .iter()
        .any(|prefix| one.strip_prefix(prefix) == Some(other))
}

/// A question that became a statement, or the reverse.
fn question(pair: &Pair<'_>) -> Option<Finding> {
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

/// A line that promises a story and asserts nothing: "Why lending money feels awkward", "The islands that time forgot".
fn is_teaser(tokens: &[Token], ending: Ending, lexicon: &Lexicon) -> bool {
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
    !super::verbs::has_finite_verb(&tokens[..relative])
}

/// "What began as a protest, has become a war": an opener that does not open a question has a clause behind a comma.
fn has_own_clause(tokens: &[Token]) -> bool {
    tokens
        .iter()
        .skip(2)
        .position(|token| token.after_mark)
        .is_some_and(|at| super::verbs::has_finite_verb(&tokens[at + 2..]))
}

fn is_plan(tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let word = tokens[at].word.as_str();
    let next = tokens.get(at + 1).map_or("", |token| token.word.as_str());
    if word == "to" {
        return is_headline_future(tokens, at);
    }
    if !lexicon.is_plan(word) {
        return false;
    }
    match word {
        "due" => at > 0 && !tokens[at].after_mark && next == "to" && is_infinitive(tokens, at + 1),
        "set" | "going" | "about" | "ready" | "close" | "poised" | "scheduled" => next == "to",
        "heading" | "head" => next == "for",
        "plan" | "plans" | "hope" | "hopes" | "hoping" | "aim" | "aims" | "aiming" | "brace"
        | "seeks" | "seeking" | "wants" | "want" | "threatens" | "threaten" | "prepare"
        | "prepares" | "preparing" => next == "to" || next == "for",
        _ => true,
    }
}

/// Verbs an infinitive hangs on: "urges ministers to resign" is no plan.
const ASKING: &str = "ask urge tell order force allow help want cause lead enable encourage persuade require request invite push press pressure \
warn teach get like love call bring move try seem appear vow refuse agree decide begin start continue need fail try";

/// Whether the "to" at `at` begins an infinitive and no noun follows it: "due to speak", not "due to fog".
fn is_infinitive(tokens: &[Token], at: usize) -> bool {
    is_base_form(tokens, at + 1)
        && tokens.get(at + 1).is_some_and(|next| {
            next.word == "be"
                || crate::text::thesaurus::base_forms(&next.word)
                    .first()
                    .is_some_and(|form| form.parts.starts_with('v'))
        })
}

fn is_base_form(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|next| {
        next.word == "be"
            || crate::text::thesaurus::base_forms(&next.word)
                .iter()
                .any(|form| form.lemma == next.word && form.parts.contains('v'))
    })
}

/// "PM to strike deal", "checks to be scrapped", "is to close": the infinitive of a plan.
fn is_headline_future(tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|k| &tokens[k]) else {
        return false;
    };
    let next_is_base = is_base_form(tokens, at + 1);
    let be = matches!(before.word.as_str(), "is" | "are" | "was" | "were");
    let asked = tokens[..at]
        .iter()
        .rev()
        .take_while(|token| !token.after_mark)
        .any(|token| {
            ASKING
                .split_ascii_whitespace()
                .any(|word| word == token.word)
                || crate::text::thesaurus::base_forms(&token.word)
                    .iter()
                    .any(|form| {
                        ASKING
                            .split_ascii_whitespace()
                            .any(|word| word == form.lemma)
                    })
        });
    let noun = before.name
        || crate::text::thesaurus::base_forms(&before.word)
            .first()
            .is_none_or(|form| form.parts.contains('n'));
    // "Thousands took to the streets to protest": the deed is done, and the infinitive says what for.
    let done = super::verbs::has_past_verb(&tokens[..at]);
    next_is_base && (be || (before.is_content() && noun && !asked && !done))
}

fn is_name(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    token.is_content()
        && !super::lexicon::of_english_roles(&token.word)
        && (token.name
            || token.word.bytes().any(|byte| byte.is_ascii_digit())
            || (token.first && crate::text::thesaurus::base_forms(&token.word).is_empty()))
}

fn is_degree(tokens: &[Token], at: usize) -> bool {
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

/// The clause around a stretch of words, for people to read: to the next mark on either side.
fn clause(tokens: &[Token], stretch: &Range<usize>) -> Range<usize> {
    const MOST_WORDS: usize = 12;
    if tokens.is_empty() {
        return 0..0;
    }
    let last = tokens.len() - 1;
    let (mut start, mut end) = (
        stretch.start.min(last),
        stretch.end.max(stretch.start + 1).min(tokens.len()),
    );
    let sentence = tokens[start].sentence;
    for _ in 0..MOST_WORDS {
        if start == 0 || tokens[start].after_mark || tokens[start - 1].sentence != sentence {
            break;
        }
        start -= 1;
    }
    let sentence = tokens[end - 1].sentence;
    for _ in 0..MOST_WORDS {
        if end >= tokens.len() || tokens[end].after_mark || tokens[end].sentence != sentence {
            break;
        }
        end += 1;
    }
    start..end
}
