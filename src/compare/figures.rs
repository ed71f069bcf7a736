//! What became of the figures of two versions of a sentence.
//!
//! Figures are paired by what they measure (kind, unit family, noun, the words and names around them), never by order;
//! only then their values are compared. Two figures that swapped places are two changes.

use super::alone::{counts_alone, is_source};
use super::equivalence::{self, Sameness};
use super::lexicon::Lexicon;
use super::matching::Matching;
use super::tokens::{Kind, Token};
use crate::claims::{Decimal, Figure, FigureKind};

/// A figure of a sentence group with its words and its token.
#[derive(Debug, Clone)]
pub(super) struct Told<'a> {
    pub figure: Figure,
    pub text: &'a str,
    /// The sentence, by its index in the version.
    pub sentence: usize,
}

/// What became of one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Another value or unit for the same thing.
    Changed(usize, usize),
    /// The same value, another bound.
    Qualified(usize, usize),
    /// A figure where there was none, or a vague one.
    Added(Option<usize>, usize),
    /// A figure that went or became vague.
    Removed(usize, Option<usize>),
}

/// Two sides of a sentence group.
pub(super) struct Sides<'a> {
    pub old: &'a [Token],
    pub new: &'a [Token],
    pub old_figures: &'a [Told<'a>],
    pub new_figures: &'a [Told<'a>],
    pub matching: &'a Matching,
    pub lexicon: &'a Lexicon,
    /// Tokens that say who says it: "two people with knowledge of the talks" are no claim.
    pub old_sources: &'a [bool],
    pub new_sources: &'a [bool],
    /// Whether the sentence was written anew, so that only weighty figures that come or go are told.
    pub recast: bool,
    /// The power of ten that a heading gives the cells of a table, as the text names it.
    pub scales: (Option<u32>, Option<u32>),
}

/// The pairs of figures that measure the same thing, with the sameness of their values.
pub(super) fn pair(sides: &Sides<'_>) -> Vec<(usize, usize, Sameness)> {
    let mut ranked: Vec<(f32, usize, usize, Sameness)> = Vec::new();
    let (olds, news) = (places(sides.old), places(sides.new));
    for &(i, at) in &olds {
        for &(j, to) in &news {
            let (a, b) = (&sides.old_figures[i], &sides.new_figures[j]);
            let sameness = sameness(a, b, sides.scales);
            if !equivalence::is_same_family(&a.figure, &b.figure) && sameness == Sameness::Different
            {
                continue;
            }
            // "From four hours to two and a half", "two and a half hours instead of four": each has its equal.
            if sameness == Sameness::Different
                && sides.new_figures.iter().any(|other| is_equal(a, other))
                && sides.old_figures.iter().any(|other| is_equal(other, b))
                && (is_zero(a)
                    || is_zero(b)
                    || sides.new_figures.iter().any(|other| is_echo(a, other))
                    || sides.old_figures.iter().any(|other| is_echo(other, b)))
            {
                continue;
            }
            // "Two men die", "a third person dies"; what is the first was no count before.
            let first = |told: &Told<'_>, other: &Told<'_>| {
                told.figure.kind == FigureKind::Ordinal
                    && other.figure.kind != FigureKind::Ordinal
                    && told.text.eq_ignore_ascii_case("first")
            };
            if first(a, b) || first(b, a) {
                continue;
            }
            let score = score(sides, (i, at), (j, to), sameness);
            if score >= LEAST_SCORE {
                ranked.push((score, i, j, sameness));
            }
        }
    }
    let equals: Vec<(f32, usize, usize)> = ranked
        .iter()
        .filter(|(.., sameness)| *sameness == Sameness::Equal)
        .map(|(score, i, j, _)| (*score, *i, *j))
        .collect();
    // "Risen from 71 to 83 percent", "up to 83 percent from 71": who has an equal where it fits is no other's counterpart.
    ranked.retain(|(score, i, j, sameness)| {
        let fits = |own: &dyn Fn(usize, usize) -> bool| {
            equals
                .iter()
                .any(|(equal, a, b)| own(*a, *b) && *equal >= score - CLEARLY)
        };
        *sameness != Sameness::Different || !(fits(&|a, _| a == *i) && fits(&|_, b| b == *j))
    });
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut pairs: Vec<(usize, usize, Sameness)> = Vec::new();
    for (_, i, j, sameness) in ranked {
        if pairs.iter().all(|(a, b, _)| *a != i && *b != j) {
            pairs.push((i, j, sameness));
        }
    }
    pairs.extend(only_ones(sides, &olds, &news, &pairs));
    pairs.sort_unstable_by_key(|(i, j, _)| (*i, *j));
    pairs
}

/// The figures left over that are the only ones of their sort on each side: "takes 13 hours", "lasts for 14 hours".
fn only_ones(
    sides: &Sides<'_>,
    olds: &[(usize, usize)],
    news: &[(usize, usize)],
    pairs: &[(usize, usize, Sameness)],
) -> Vec<(usize, usize, Sameness)> {
    let open_old: Vec<usize> = olds
        .iter()
        .map(|(i, _)| *i)
        .filter(|i| pairs.iter().all(|(a, ..)| a != i))
        .collect();
    let open_new: Vec<usize> = news
        .iter()
        .map(|(j, _)| *j)
        .filter(|j| pairs.iter().all(|(_, b, _)| b != j))
        .collect();
    let alike = |i: usize, j: usize| {
        let (a, b) = (&sides.old_figures[i].figure, &sides.new_figures[j].figure);
        equivalence::is_same_family(a, b)
            && a.kind == b.kind
            && a.kind != FigureKind::Ordinal
            && (a.unit.is_some() || counts_people(a) && counts_people(b) || is_same_noun(a, b))
            && (a.role == b.role || a.role.is_none() || b.role.is_none())
    };
    open_old
        .iter()
        .filter_map(|&i| {
            let mut partners = open_new.iter().copied().filter(|&j| alike(i, j));
            let j = partners.next().filter(|_| partners.next().is_none())?;
            let rivals = open_old.iter().filter(|&&other| alike(other, j)).count();
            let sameness = sameness(&sides.old_figures[i], &sides.new_figures[j], sides.scales);
            (rivals == 1).then_some((i, j, sameness))
        })
        .collect()
}

/// Whether two counts are of one thing, as far as they say: "300 of its 2,100 jobs", "of 2,100 jobs, 400".
fn is_same_noun(a: &Figure, b: &Figure) -> bool {
    let large = |figure: &Figure| {
        figure
            .amount
            .is_some_and(|amount| amount.low >= Decimal::from(13))
    };
    let noun = |figure: &Figure| figure.noun.clone().or_else(|| figure.counted.clone());
    a.kind == FigureKind::Count
        && large(a)
        && large(b)
        && match (noun(a), noun(b)) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        }
}

/// Whether a figure counts people, by whatever name.
fn counts_people(figure: &Figure) -> bool {
    const PEOPLE: &str = "people persons men women children visitors guests passengers residents patients spectators fans customers workers \
employees staff soldiers civilians migrants refugees students pupils tourists travellers villagers inmates prisoners volunteers protesters \
demonstrators officers firefighters players members others victims dead injured wounded missing";
    figure
        .noun
        .as_deref()
        .or(figure.counted.as_deref())
        .is_some_and(|noun| {
            PEOPLE
                .split_ascii_whitespace()
                .any(|word| word == noun.to_lowercase())
        })
}

/// What became of the figures, in reading order of the old version, additions last.
pub(super) fn fates(sides: &Sides<'_>, pairs: &[(usize, usize, Sameness)]) -> Vec<Fate> {
    let mut fates = Vec::new();
    for &(i, j, sameness) in pairs {
        let (a, b) = (&sides.old_figures[i].figure, &sides.new_figures[j].figure);
        let vague = (a.kind == FigureKind::Vague, b.kind == FigureKind::Vague);
        match (sameness, vague) {
            (Sameness::Different, (true, false)) => fates.push(Fate::Added(Some(i), j)),
            (Sameness::Different, (false, true)) => fates.push(Fate::Removed(i, Some(j))),
            (Sameness::Different, _) => fates.push(Fate::Changed(i, j)),
            (Sameness::Equal, _) => {
                let qualifier = |figure: &Figure| figure.amount.and_then(|amount| amount.qualifier);
                let qualifiers = (qualifier(a), qualifier(b));
                if equivalence::is_other_qualifier(qualifiers.0, qualifiers.1)
                    && !is_across(sides, i, j)
                    && (equivalence::is_contrary(qualifiers)
                        || is_same_clause(sides, i, j)
                        || is_only_one(sides, i, j))
                {
                    fates.push(Fate::Qualified(i, j));
                }
            }
            (Sameness::Restated, _) => {}
        }
    }
    for (i, told) in sides.old_figures.iter().enumerate() {
        let paired = pairs.iter().any(|(a, ..)| *a == i);
        if !paired
            && counts_alone(told, i, sides, sides.old)
            && !is_gloss(sides.old_figures, i, &|k| {
                pairs.iter().any(|(a, ..)| *a == k)
            })
            && !is_source(told, sides.old, sides.old_sources, i)
            && !sides.new_figures.iter().any(|other| is_equal(told, other))
            && !is_implied(told, sides.new)
        {
            fates.push(Fate::Removed(i, None));
        }
    }
    for (j, told) in sides.new_figures.iter().enumerate() {
        let paired = pairs.iter().any(|(_, b, _)| *b == j);
        // "which first spoke of 58 dead": the old value told again is no new figure.
        if !paired
            && counts_alone(told, j, sides, sides.new)
            && !is_gloss(sides.new_figures, j, &|k| {
                pairs.iter().any(|(_, b, _)| *b == k)
            })
            && !is_source(told, sides.new, sides.new_sources, j)
            && !sides.old_figures.iter().any(|other| is_equal(told, other))
            && !is_implied(told, sides.old)
        {
            fates.push(Fate::Added(None, j));
        }
    }
    fates
}

const LEAST_SCORE: f32 = 0.2;
/// By so much another figure may fit better than an equal one; beyond it, figures changed places.
const CLEARLY: f32 = 0.25;

/// How sure it is that two figures measure the same thing.
fn score(
    sides: &Sides<'_>,
    (i, at): (usize, usize),
    (j, to): (usize, usize),
    sameness: Sameness,
) -> f32 {
    let (a, b) = (&sides.old_figures[i].figure, &sides.new_figures[j].figure);
    let around = (surroundings(sides.old, at), surroundings(sides.new, to));
    let mut score = shared(sides, &around.0, &around.1);
    score += match sameness {
        Sameness::Equal => 0.35,
        Sameness::Restated => 0.3,
        Sameness::Different => 0.0,
    };
    score += noun_score(sides.lexicon, a, b);
    score += match (a.role, b.role) {
        (Some(one), Some(other)) if one == other => 0.1,
        (Some(_), Some(_)) => -0.5,
        (Some(_), None) | (None, Some(_)) => -0.05,
        (None, None) => 0.0,
    };
    // A sum or a length that stands in both versions is the same one, whatever is said around it.
    let plain = a.unit.is_some() && a.noun.is_none() && b.noun.is_none();
    if plain && sameness != Sameness::Different && (a.role.is_none() || b.role.is_none()) {
        score += 0.3;
    }
    let neighbours = [
        (at.checked_sub(1), to.checked_sub(1)),
        (Some(at + 1), Some(to + 1)),
    ];
    for (x, y) in neighbours {
        if let (Some(x), Some(y)) = (x, y)
            && sides.matching.old.get(x).copied().flatten() == Some(y)
        {
            score += 0.2;
        }
    }
    if a.kind != b.kind {
        score -= 0.1;
    }
    score
}

fn noun_score(lexicon: &Lexicon, a: &Figure, b: &Figure) -> f32 {
    use crate::text::thesaurus::Relation;
    let noun = |figure: &Figure| figure.noun.clone().or_else(|| figure.counted.clone());
    match (noun(a), noun(b)) {
        (Some(one), Some(other)) => {
            let (one, other) = (one.to_lowercase(), other.to_lowercase());
            match lexicon.relation(&one, &other) {
                _ if one == other => 0.3,
                Relation::Same | Relation::Wider => 0.2,
                Relation::Opposite => -0.5,
                // "210 visitors", "about 190 people".
                Relation::None if is_anybody(&one) || is_anybody(&other) => 0.05,
                Relation::None => -0.2,
            }
        }
        _ => 0.0,
    }
}

fn is_anybody(noun: &str) -> bool {
    matches!(noun, "people" | "persons" | "individuals" | "others")
}

/// The words around a figure, up to the end of its clause: their indices with a weight that falls with distance.
fn surroundings(tokens: &[Token], at: usize) -> Vec<(usize, f32)> {
    const REACH: usize = 7;
    let mut found = Vec::new();
    let sentence = tokens[at].sentence;
    let mut weight = 1.0;
    for k in (0..at).rev().take(REACH) {
        let figure = matches!(tokens[k].kind, Kind::Figure(_));
        // "Greens 28.4 percent (41)": the second figure of a label.
        let second = figure && k + 1 == at;
        if tokens[k].sentence != sentence
            || (tokens[k + 1].after_mark && !second)
            || (figure && !second)
            || is_joint(&tokens[k])
        {
            break;
        }
        if second {
            continue;
        }
        found.push((k, weight));
        weight *= 0.9;
    }
    weight = 1.0;
    for (k, token) in tokens.iter().enumerate().skip(at + 1).take(REACH) {
        if token.sentence != sentence
            || token.after_mark
            || matches!(token.kind, Kind::Figure(_))
            || is_joint(token)
        {
            break;
        }
        found.push((k, weight));
        weight *= 0.9;
    }
    found
}

/// Words that begin another clause or member of a list.
fn is_joint(token: &Token) -> bool {
    matches!(
        token.word.as_str(),
        "and"
            | "but"
            | "while"
            | "or"
            | "against"
            | "und"
            | "aber"
            | "wahrend"
            | "et"
            | "mais"
            | "contre"
            | "y"
            | "e"
            | "pero"
            | "mientras"
            | "ma"
            | "и"
            | "а"
            | "но"
            | "та"
            | "і"
            | "й"
            | "але"
    )
}

fn shared(sides: &Sides<'_>, old: &[(usize, f32)], new: &[(usize, f32)]) -> f32 {
    let weight = |token: &Token, weight: f32| {
        weight
            * match token.kind {
                Kind::Stop => 0.25,
                Kind::Content if token.name => 2.0,
                Kind::Content | Kind::When | Kind::Figure(_) => 1.0,
            }
    };
    let total: f32 = old
        .iter()
        .map(|(k, w)| weight(&sides.old[*k], *w))
        .sum::<f32>()
        + new
            .iter()
            .map(|(k, w)| weight(&sides.new[*k], *w))
            .sum::<f32>();
    if total <= 0.0 {
        return 0.0;
    }
    let mut common = 0.0;
    let mut names = (0, 0);
    for (k, w) in old {
        let token = &sides.old[*k];
        let partner = new.iter().find(|(m, _)| {
            sides.matching.old[*k] == Some(*m) || (sides.new[*m].stem == token.stem)
        });
        names.0 += usize::from(token.name);
        if let Some((m, v)) = partner {
            common += weight(token, *w) + weight(&sides.new[*m], *v);
            names.1 += usize::from(token.name);
        }
    }
    let other_names = new.iter().any(|(m, _)| sides.new[*m].name);
    let conflict = names.0 > 0 && other_names && names.1 == 0;
    let scoped = is_other_period(sides, old, new);
    common / total - if conflict { 0.5 } else { 0.0 } - if scoped { 0.5 } else { 0.0 }
}

/// Whether one figure is May's and the other June's, where both versions speak of both months.
fn is_other_period(sides: &Sides<'_>, old: &[(usize, f32)], new: &[(usize, f32)]) -> bool {
    let times = |tokens: &[Token], around: &[(usize, f32)]| {
        around
            .iter()
            .map(|(at, _)| *at)
            .filter(|&at| tokens[at].kind == Kind::When)
            .collect::<Vec<_>>()
    };
    let (was, is) = (times(sides.old, old), times(sides.new, new));
    let elsewhere = |at: Option<usize>, own: &[usize]| at.is_some_and(|at| !own.contains(&at));
    !was.is_empty()
        && !is.is_empty()
        && was.iter().all(|&at| elsewhere(sides.matching.old[at], &is))
        && is.iter().all(|&at| elsewhere(sides.matching.new[at], &was))
}

fn places(tokens: &[Token]) -> Vec<(usize, usize)> {
    tokens
        .iter()
        .enumerate()
        .filter_map(|(at, token)| match token.kind {
            Kind::Figure(number) => Some((number, at)),
            Kind::Stop | Kind::Content | Kind::When => None,
        })
        .collect()
}

fn sameness(a: &Told<'_>, b: &Told<'_>, scales: (Option<u32>, Option<u32>)) -> Sameness {
    let plain = equivalence::compare((&a.figure, a.text), (&b.figure, b.text));
    if plain != Sameness::Different {
        return plain;
    }
    equivalence::compare_cells((&a.figure, a.text, scales.0), (&b.figure, b.text, scales.1))
}

/// Whether the words around two figures are much the same, so that a bound that goes is the figure's own.
fn is_same_clause(sides: &Sides<'_>, i: usize, j: usize) -> bool {
    const LEAST_SHARE: f32 = 0.4;
    let at = |tokens: &[Token], number: usize| {
        tokens
            .iter()
            .position(|token| token.kind == Kind::Figure(number))
    };
    match (at(sides.old, i), at(sides.new, j)) {
        (Some(at), Some(to)) => {
            shared(
                sides,
                &surroundings(sides.old, at),
                &surroundings(sides.new, to),
            ) >= LEAST_SHARE
        }
        _ => false,
    }
}

/// "Carried it over five passes", "across five passes": no bound, but the way.
fn is_across(sides: &Sides<'_>, i: usize, j: usize) -> bool {
    let before = |tokens: &[Token], number: usize| {
        let at = tokens
            .iter()
            .position(|token| token.kind == Kind::Figure(number))?;
        Some(tokens.get(at.checked_sub(1)?)?.word.clone())
    };
    let way = |word: &str| {
        matches!(
            word,
            "across" | "during" | "in" | "within" | "through" | "throughout" | "for"
        )
    };
    match (before(sides.old, i), before(sides.new, j)) {
        (Some(old), Some(new)) => (old == "over" && way(&new)) || (new == "over" && way(&old)),
        _ => false,
    }
}

/// Whether each figure is the only one of its unit in its sentences, so that it can be no other.
fn is_only_one(sides: &Sides<'_>, i: usize, j: usize) -> bool {
    let alone = |all: &[Told<'_>], at: usize| {
        let unit = &all[at].figure.unit;
        unit.is_some() && all.iter().filter(|told| told.figure.unit == *unit).count() == 1
    };
    alone(sides.old_figures, i) && alone(sides.new_figures, j)
}

/// Whether a figure only says in brackets, or before them, what its neighbour says in another unit: "six miles (10km)".
fn is_gloss(all: &[Told<'_>], at: usize, paired: &dyn Fn(usize) -> bool) -> bool {
    let near = |k: usize| {
        let (one, other) = (&all[at.min(k)], &all[at.max(k)]);
        one.sentence == other.sentence
            && other.figure.span.start.saturating_sub(one.figure.span.end) <= 3
            && equivalence::is_same_family(&one.figure, &other.figure)
    };
    [at.checked_sub(1), Some(at + 1)]
        .into_iter()
        .flatten()
        .any(|k| k < all.len() && paired(k) && near(k))
}

fn is_equal(a: &Told<'_>, b: &Told<'_>) -> bool {
    is_echo(a, b)
        || equivalence::compare((&a.figure, a.text), (&b.figure, b.text)) != Sameness::Different
}

fn is_zero(told: &Told<'_>) -> bool {
    told.figure
        .amount
        .is_some_and(|amount| amount.high.is_zero())
}

/// "Kilometre 38" is "the 38-kilometre mark", and "the first" is "the first round": one of them says the number alone.
fn is_echo(a: &Told<'_>, b: &Told<'_>) -> bool {
    let bare = a.figure.unit.is_none() != b.figure.unit.is_none();
    let ordinals = a.figure.kind == FigureKind::Ordinal
        && b.figure.kind == FigureKind::Ordinal
        && a.figure.noun.is_none() != b.figure.noun.is_none();
    let value = |told: &Told<'_>| told.figure.amount.map(|amount| (amount.low, amount.high));
    (bare || ordinals) && value(a).is_some() && value(a) == value(b)
}

/// Whether words say a figure without its number: "scored twice" for "two goals", "a decade" for "ten years".
fn is_implied(told: &Told<'_>, tokens: &[Token]) -> bool {
    const IMPLIED: [(&str, &str, &str); 10] = [
        ("", "0.5", "half halved halves halve halving"),
        ("", "1", "once single sole lone"),
        (
            "",
            "2",
            "twice both pair couple duo neither either twin twins brace double",
        ),
        ("", "3", "thrice trio triple treble"),
        ("month", "3", "quarter quarterly"),
        ("month", "1", "month monthly"),
        ("week", "1", "week weekly"),
        ("year", "1", "year yearly annual annually"),
        ("year", "10", "decade"),
        ("year", "100", "century"),
    ];
    let Some(amount) = told
        .figure
        .amount
        .filter(|amount| amount.low == amount.high)
    else {
        return false;
    };
    let unit = told.figure.unit.as_ref().map_or("", |unit| unit.0.as_str());
    let value = amount.low.to_string();
    IMPLIED
        .iter()
        .filter(|(of, number, _)| *of == unit && *number == value)
        .any(|(.., words)| {
            tokens
                .iter()
                .any(|token| words.split(' ').any(|word| word == token.word))
        })
}
