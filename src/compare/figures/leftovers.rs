//! Figures that found no partner by the words around them: those that can be no other, and those that only gloss another.

use super::{Sides, Told, sameness};
use crate::claims::{Decimal, Figure, FigureKind};
use crate::compare::equivalence::{self, Sameness};

/// The figures left over that are the only ones of their sort on each side: "takes 13 hours", "lasts for 14 hours".
pub(super) fn only_ones(
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

/// Whether each figure is the only one of its unit in its sentences, so that it can be no other.
pub(super) fn is_only_one(sides: &Sides<'_>, i: usize, j: usize) -> bool {
    let alone = |all: &[Told<'_>], at: usize| {
        let unit = &all[at].figure.unit;
        unit.is_some() && all.iter().filter(|told| told.figure.unit == *unit).count() == 1
    };
    alone(sides.old_figures, i) && alone(sides.new_figures, j)
}

/// Whether a figure only says in brackets, or before them, what its neighbour says in another unit: "six miles (10km)".
pub(super) fn is_gloss(all: &[Told<'_>], at: usize, paired: &dyn Fn(usize) -> bool) -> bool {
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

#[cfg(test)]
mod tests {
    use crate::compare::{told_line, versions};
    use crate::story::Story;

    fn told(old: &str, new: &str) -> Vec<String> {
        let story = |text: &str| Story::from_text("Harbour", &["The harbour is old.", text]);
        versions(&story(old), &story(new))
            .changes
            .iter()
            .map(told_line)
            .collect()
    }

    #[test]
    fn a_figure_written_in_part_or_glossed_is_the_same_figure() {
        for (old, new) in [
            (
                "The fee is $12 a month.",
                "A monthly fee of $12 is charged.",
            ),
            (
                "The flames are 10 kilometres from the town.",
                "The flames are about six miles (10km) from the town.",
            ),
            (
                "The boats are worth £900,000.",
                "The value of the boats is put at 900,000 pounds.",
            ),
            (
                "It cuts the trip from four hours to three.",
                "The trip will take three hours instead of four.",
            ),
            (
                "The firm will shed 300 of its 2,100 jobs.",
                "Of the firm's 2,100 jobs, 300 will go.",
            ),
        ] {
            assert_eq!(told(old, new), Vec::<String>::new(), "{new}");
        }
    }

    #[test]
    fn the_only_figure_of_its_sort_is_paired_however_the_sentence_reads() {
        for (old, new, expected) in [
            (
                "Medics treated 210 visitors for sunburn.",
                "Medics looked after about 190 people with sunburn.",
                "figure_changed\t210\t190",
            ),
            (
                "The crossing lasts 13 hours.",
                "It takes 14 hours to cross.",
                "figure_changed\t13 hours\t14 hours",
            ),
            (
                "Rents rose nearly 3 percent.",
                "Rents went up by more than 3 percent.",
                "qualifier_changed\t3 percent\t3 percent",
            ),
            (
                "The firm will shed 300 of its 2,100 jobs.",
                "Of the firm's 2,100 jobs, 400 will go.",
                "figure_changed\t300\t400",
            ),
        ] {
            assert_eq!(told(old, new), [expected], "{new}");
        }
    }

    #[test]
    fn how_often_is_a_figure_in_german_too() {
        let story = |text: &str| {
            let mut story = Story::from_text("Zug", &[text]);
            story.language = crate::text::Language::new("de");
            story
        };
        let changes = versions(
            &story("Der Zug fährt dreimal pro Woche."),
            &story("Der Zug fährt viermal pro Woche."),
        )
        .changes;

        let told: Vec<String> = changes.iter().map(told_line).collect();
        assert_eq!(told, ["figure_changed\tdreimal\tviermal"]);
    }
}
