//! Whether a claim now speaks of another time: a weekday, a month, a date, an hour, a year.
//!
//! Only times of one sort are held against each other. "Thursday evening" and "late on Thursday" are one time told more or
//! less closely, and what "this month" is only the day of reading tells.

use super::{Finding, Judged, Side};
use crate::compare::tokens::Kind;
use crate::compare::{Aspect, ChangeKind};
use crate::text::thesaurus::Relation;

/// The sorts of times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// "15:30"
    Clock,
    /// "evening", "overnight"
    PartOfDay,
    /// "today", "this month"
    Relative,
    /// A weekday, a month, a date, a year.
    Calendar,
    /// "weeks", "years" without a number.
    Unit,
}

impl Judged<'_> {
    pub(super) fn time(&self) -> Option<Finding> {
        let times = |side| {
            let (tokens, left) = self.tokens(side);
            left.iter()
                .filter(|&&at| tokens[at].kind == Kind::When)
                .map(|&at| tokens[at].word.as_str())
                .collect::<Vec<_>>()
        };
        let (old, new) = (times(Side::Old), times(Side::New));
        let others = |times: &[&str], all: &[&str]| {
            times
                .iter()
                .filter(|time| !all.iter().any(|other| self.is_same_time(time, other)))
                .map(|time| sort(time))
                .collect::<Vec<_>>()
        };
        let (was, is) = (others(&old, &new), others(&new, &old));
        let conflict = was.iter().any(|a| is.iter().any(|b| exclude(*a, *b)));
        conflict.then(|| self.finding(ChangeKind::StatementChanged, Aspect::When))
    }

    fn is_same_time(&self, one: &str, other: &str) -> bool {
        let unit = |time: &str| time.rsplit(' ').next().unwrap_or("").to_owned();
        let past = |time: &str, other: &str| time.starts_with("last ") && unit(time) == other;
        // "A year ago" is "last year".
        let hour = |time: &str| {
            match time {
                "noon" | "midday" => "12:00",
                "midnight" => "0:00",
                other => other,
            }
            .to_owned()
        };
        hour(one) == hour(other)
            || past(one, other)
            || past(other, one)
            || self.pair.lexicon.relation(one, other) == Relation::Same
    }
}

/// Whether times of these sorts can contradict each other.
fn exclude(one: Sort, other: Sort) -> bool {
    matches!(
        (one, other),
        (Sort::Clock, Sort::Clock)
            | (Sort::PartOfDay, Sort::PartOfDay)
            | (Sort::Relative, Sort::Relative)
            | (Sort::Calendar | Sort::Unit, Sort::Calendar | Sort::Unit)
    )
}

fn sort(time: &str) -> Sort {
    const PARTS: &str = "morning afternoon evening night overnight dawn dusk nights";
    const UNITS: &str = "week weeks month months years days weekend fortnight";
    let word = time.rsplit(' ').next().unwrap_or(time);
    let listed = |list: &str| list.split(' ').any(|item| item == word);
    if time.contains(':') || matches!(time, "noon" | "midday" | "midnight") {
        Sort::Clock
    } else if listed(PARTS) {
        Sort::PartOfDay
    } else if matches!(
        time,
        "today" | "yesterday" | "tomorrow" | "tonight" | "year"
    ) || (time.contains(' ') && (listed(UNITS) || word == "year"))
    {
        Sort::Relative
    } else if listed(UNITS) {
        Sort::Unit
    } else {
        Sort::Calendar
    }
}

#[cfg(test)]
mod tests {
    use crate::compare::{told_line, versions};
    use crate::story::Story;

    fn is_told(old: &str, new: &str) -> bool {
        let story = |text: &str| Story::from_text("Market hall", &["The hall is old.", text]);
        let changes = versions(&story(old), &story(new)).changes;
        changes
            .iter()
            .any(|change| told_line(change).starts_with("statement_changed"))
    }

    #[test]
    fn another_time_of_the_same_sort_is_told() {
        for (old, new) in [
            ("The hall reopens on Monday.", "The hall reopens on Friday."),
            ("The hall reopens at 3 pm.", "The hall reopens at 16:00."),
            (
                "The hall burnt in the morning.",
                "The hall burnt in the evening.",
            ),
            ("The hall reopens this week.", "The hall reopens next week."),
            ("The hall was built in 1890.", "The hall was built in 1980."),
        ] {
            assert!(is_told(old, new), "{new}");
        }
    }

    #[test]
    fn the_same_time_in_other_words_is_silent() {
        for (old, new) in [
            ("The hall reopens at 3 pm.", "The hall reopens at 15:00."),
            ("The hall reopens at 5am.", "The hall reopens at 5 a.m."),
            (
                "The hall burnt down late on Monday.",
                "The hall burnt down on Monday evening.",
            ),
            (
                "The hall burnt during the night.",
                "The hall burnt overnight.",
            ),
            (
                "More people came than last year.",
                "More people came than a year ago.",
            ),
            ("The hall reopens in March.", "The hall reopens this month."),
        ] {
            assert!(!is_told(old, new), "{new}");
        }
    }
}
