//! Which figures are told when they come or go without a counterpart: tolls and sums, not ages and vague words.

use super::figures::{Sides, Told};
use super::tokens::{Kind, Token};
use crate::claims::FigureKind;

/// Whether a figure that comes or goes alone is told: ages, ordinals and vague words are details.
pub(super) fn counts_alone(
    told: &Told<'_>,
    number: usize,
    sides: &Sides<'_>,
    tokens: &[Token],
) -> bool {
    let zero_word = told
        .figure
        .amount
        .is_some_and(|amount| amount.high.is_zero())
        && told.text.starts_with(char::is_alphabetic);
    // "At one spot", "one month after": hardly more than an article.
    let one = matches!(told.figure.kind, FigureKind::Count | FigureKind::Duration)
        && told.text.to_lowercase().starts_with("one")
        && told
            .figure
            .amount
            .is_some_and(|amount| amount.high == crate::claims::Decimal::ONE)
        && !is_toll(told);
    // "Which of the two": those already spoken of.
    let pointing = told.figure.kind == FigureKind::Count
        && told.figure.noun.is_none()
        && !is_large(told)
        && follows(number, tokens, "the these those other");
    if pointing || zero_word || one || (sides.recast && !is_weighty(told)) {
        return false;
    }
    match told.figure.kind {
        FigureKind::Ordinal => is_occurrence(number, tokens),
        FigureKind::Count
        | FigureKind::Percent
        | FigureKind::Money
        | FigureKind::Measure
        | FigureKind::Duration
        | FigureKind::Fraction
        | FigureKind::Ratio
        | FigureKind::Index
        | FigureKind::Score => told.figure.amount.is_some() || told.figure.tally.is_some(),
        // Nobody is 120: that is how old a thing is, and a figure like any other.
        FigureKind::Age => told
            .figure
            .amount
            .is_some_and(|amount| amount.low >= crate::claims::Decimal::from(120)),
        FigureKind::Multiple
        | FigureKind::Vague
        | FigureKind::Date
        | FigureKind::Year
        | FigureKind::Time
        | FigureKind::Phone
        | FigureKind::Coord
        | FigureKind::Id
        | FigureKind::Name
        | FigureKind::List => false,
    }
}

/// "The third strike this year", "a third quake in a week": an ordinal that counts what happened within a time.
fn is_occurrence(number: usize, tokens: &[Token]) -> bool {
    const REACH: usize = 5;
    let Some(at) = tokens
        .iter()
        .position(|token| token.kind == Kind::Figure(number))
    else {
        return false;
    };
    let within = |token: &Token| {
        let word = token.word.rsplit(' ').next().unwrap_or("");
        token.kind == Kind::When
            && matches!(
                word,
                "week" | "month" | "year" | "weeks" | "months" | "years" | "days"
            )
    };
    tokens[at].word != "#1..1 "
        && tokens
            .iter()
            .skip(at + 1)
            .take(REACH)
            .take_while(|token| !token.after_mark)
            .any(within)
}

/// Whether a figure in a sentence written anew is news of its own: a toll, a sum, a large number.
fn is_weighty(told: &Told<'_>) -> bool {
    match told.figure.kind {
        // Not "in the first three months", but "the 700-year-old tunnels".
        FigureKind::Duration => told
            .figure
            .amount
            .is_some_and(|amount| amount.low >= crate::claims::Decimal::ONE_HUNDRED),
        FigureKind::Count => {
            is_large(told)
                || told.figure.noun.is_none() && told.figure.counted.is_none()
                || is_toll(told)
        }
        _ => true,
    }
}

fn is_large(told: &Told<'_>) -> bool {
    let amount = told.figure.amount;
    amount.is_some_and(|amount| amount.high >= crate::claims::Decimal::from(10))
}

/// Whether a figure counts those whom something befell.
fn is_toll(told: &Told<'_>) -> bool {
    const TOLL: &str = "people person dead killed death deaths injured wounded missing victims casualties survivors hurt arrested others children \
men women man woman child";
    let noun = told.figure.noun.as_ref().or(told.figure.counted.as_ref());
    noun.is_some_and(|noun| {
        let noun = noun.to_lowercase();
        TOLL.split_ascii_whitespace().any(|word| word == noun)
    })
}

/// Whether one of some words stands before a figure.
fn follows(number: usize, tokens: &[Token], words: &str) -> bool {
    tokens.windows(2).any(|pair| {
        pair[1].kind == Kind::Figure(number) && words.split(' ').any(|word| word == pair[0].word)
    })
}

/// "Two people with knowledge of the talks said"; not "64 percent of those asked said".
pub(super) fn is_source(
    told: &Told<'_>,
    tokens: &[Token],
    sources: &[bool],
    figure: usize,
) -> bool {
    let few = told.figure.kind == FigureKind::Count
        && told
            .figure
            .amount
            .is_some_and(|amount| amount.high < crate::claims::Decimal::from(20));
    few && tokens
        .iter()
        .zip(sources)
        .any(|(token, source)| *source && token.kind == Kind::Figure(figure))
}
