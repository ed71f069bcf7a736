//! Results of matches and votes: "3-2", "6-4, 3-6, 7-6 (7-5)", "210 votes to 195", "51.2% to 48.8%".

use rust_decimal::Decimal;

use super::{Draft, Reader, context};
use crate::claims::FigureKind;
use crate::claims::lang::cue;
use crate::claims::line::Line;
use crate::claims::numbers::{Form, Numeral};

/// A score that starts with numeral `n`.
pub(super) fn score(reader: &Reader, n: usize) -> Option<Draft> {
    tally(reader, n)
        .or_else(|| innings(reader, n))
        .or_else(|| hyphenated(reader, n))
        .or_else(|| in_words(reader, n))
        .or_else(|| by_name(reader, n))
}

/// "Jets 2, Predators 1:", "Liverpool 2 Everton 1": two names with their goals open a line.
fn by_name(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let left = &reader.numerals[n];
    let start = line.sentence_start(left.first);
    let names = |from: usize, to: usize| {
        from < to && to - from <= 4 && (from..to).all(|token| line.is_capital(token))
    };
    let small = |numeral: &Numeral| numeral.is_plain_integer() && numeral.digits <= 3;
    if !small(left) || !names(start, left.first) {
        return None;
    }
    let second = left.last + usize::from(line.is_mark(left.last, &[',']));
    let right = reader.numerals.get(n + 1)?;
    let labelled = line.is_before(
        left.first,
        cue::LABEL | cue::TITLE_LABEL | cue::MONTH | cue::NUMBER,
    );
    let fits = small(right)
        && names(second, right.first)
        && context::closes(line, right.last)
        && !line.is(right.first - 1, cue::LABEL | cue::TITLE_LABEL | cue::MONTH);
    (fits && !labelled).then(|| draft(left.first, right.last, left.value, right.value))
}

fn draft(first: usize, last: usize, left: Decimal, right: Decimal) -> Draft {
    Draft {
        tally: Some((left, right)),
        ..Draft::new(first, last, FigureKind::Score)
    }
}

fn is_side(numeral: &Numeral) -> bool {
    numeral.form == Form::Cardinal
        && numeral.scale == Decimal::ONE
        && numeral.value.is_integer()
        && numeral.value >= Decimal::ZERO
        && !numeral.article
}

/// "210 votes to 195", "51.2% to 48.8%", "by 52 to 48".
fn tally(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let left = &reader.numerals[n];
    let votes = line.is(left.last, cue::VOTES_OR_GOALS);
    let percent = line.is_mark(left.last, &['%']);
    let joint = left.last + usize::from(votes || percent);
    let to = line.is(joint, cue::TO | cue::AGAINST_WORD);
    let right = &reader.numerals[reader.numeral_at(n + 1, joint + 1)?];
    if !to
        || !matches!(left.form, Form::Cardinal)
        || left.scale != Decimal::ONE
        || right.scale != Decimal::ONE
    {
        return None;
    }
    let from = line.is_before(left.first, cue::PREPOSITION) && line.is(left.first - 1, cue::FROM);
    if percent {
        let shares = line.is_mark(right.last, &['%'])
            && left
                .value
                .checked_add(right.value)
                .is_some_and(|sum| sum <= Decimal::ONE_HUNDRED && sum >= Decimal::from(50));
        let contest = context::near_before(line, left.first, cue::CONTEST)
            && left.value > right.value
            && !from;
        return (shares && contest)
            .then(|| draft(left.first, right.last + 1, left.value, right.value));
    }
    if votes && !line.is(left.last, cue::SEATS) && !from {
        let same = line.word(right.last) == line.word(left.last);
        let plain =
            left.value.is_integer() && !right.grouped && !line.is_before(left.first, cue::CHANGE);
        let contest = line.is(left.last, cue::VOTES)
            || plain && context::near_before(line, left.first, cue::CONTEST);
        return (contest && is_side(right)).then(|| {
            draft(
                left.first,
                right.last + usize::from(same),
                left.value,
                right.value,
            )
        });
    }
    let verb = left.first > 0 && line.is(left.first - 1, cue::WON_BY);
    let by = verb
        || left.first > 0
            && line.is(left.first - 1, cue::BY)
            && context::near_before(line, left.first, cue::CONTEST);
    let plain =
        is_side(left) && is_side(right) && left.value > right.value && line.is(left.last, cue::TO);
    let bare = !context::is_plural(line, right.last) && !line.is(right.last, cue::UNIT);
    let polled = !from && polled(line, left, right);
    ((by || polled) && plain && bare)
        .then(|| draft(left.first, right.last, left.value, right.value))
}

/// "the poll gave her 48 to 46": two shares of one electorate.
fn polled(line: &Line, left: &Numeral, right: &Numeral) -> bool {
    let shares = left.value <= Decimal::ONE_HUNDRED
        && left
            .value
            .checked_add(right.value)
            .is_some_and(|sum| sum <= Decimal::ONE_HUNDRED && sum >= Decimal::from(60));
    shares
        && !line.is_before(left.first, cue::CHANGE)
        && context::near_before(line, left.first, cue::BALLOT)
}

/// "312 for 6" where the sentence speaks of cricket.
fn innings(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let runs = &reader.numerals[n];
    let linked = line.is(runs.last, cue::FOR);
    let wickets = &reader.numerals[reader.numeral_at(n + 1, runs.last + 1).filter(|_| linked)?];
    let sides = is_side(runs)
        && is_side(wickets)
        && wickets.value <= Decimal::TEN
        && !line.is(wickets.last, cue::UNIT);
    (sides && context::in_sentence(line, runs.first, cue::CRICKET))
        .then(|| draft(runs.first, wickets.last, runs.value, wickets.value))
}

/// "3-2", "13-0", "6-4, 3-6, 7-6 (7-5)".
fn hyphenated(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let (left, right) = pair(reader, n)?;
    let at = reader.numerals[n].first;
    let labelled = line.is_before(at, cue::LABEL)
        && (line.is_capital(at - 1)
            || line.is_before(at, cue::NUMBER)
            || line.is(at - 1, cue::PLURAL_LABEL));
    if labelled
        || line.is_before(at, cue::MONTH)
        || line.glued(at) && line.is_mark(at - 1, &['$', '€', '£', '-', '/'])
    {
        return None;
    }
    let last = right.last;
    if let Some(end) = record_end(reader, n, &right).filter(|_| left.value < Decimal::ONE_HUNDRED) {
        return Some(draft(at, end, left.value, right.value));
    }
    // "Rovers 1-0 United": between the names of the two sides.
    let between = at > 0
        && line.is_capital(at - 1)
        && line.is_capital(last)
        && left.digits <= 2
        && right.digits <= 2;
    if line.is_mark(last, &['%', '°', '$', '€', '£', '+'])
        || line.glued(last) && (line.is_word(last) || line.is_hyphen(last))
        || line.is(last, cue::UNIT | cue::CURRENCY | cue::NUMBER) && !between
    {
        return None;
    }
    let more = further_pairs(reader, n, last);
    let falls =
        left.value > right.value || (left.value == right.value && left.value < Decimal::TEN);
    let contest = more > last || near_contest(line, at, last);
    let plural = context::is_plural(line, last) && !line.is(last, cue::CONTEST);
    let bracketed = at > 1
        && line.is_mark(at - 1, &['('])
        && line.is_mark(last, &[')'])
        && line.is_capital(at - 2)
        && right.value < Decimal::ONE_HUNDRED;
    let fits = if bracketed || between {
        true
    } else if falls {
        !plural || contest
    } else {
        contest && !plural
    };
    let huge = left.value > Decimal::from(999) && !contest;
    (fits && !huge).then(|| draft(at, more, left.value, right.value))
}

/// "8-8-4": wins, losses and draws; where the record ends.
fn record_end(reader: &Reader, n: usize, right: &Numeral) -> Option<usize> {
    let line = reader.line;
    let joined = line.is_hyphen(right.last) && line.glued(right.last) && line.glued(right.last + 1);
    let third = &reader.numerals[reader
        .numeral_at(n + 2, right.last + 1)
        .filter(|_| joined)?];
    let small = |numeral: &Numeral| {
        is_side(numeral) && numeral.value < Decimal::ONE_HUNDRED && numeral.digits <= 2
    };
    let closed =
        !(line.glued(third.last) && (line.is_hyphen(third.last) || line.is_word(third.last)));
    (small(third) && small(right) && third.digits > 0 && closed).then_some(third.last)
}

/// The two sides of "3-2" that starts with numeral `n`.
fn pair<'a>(reader: &'a Reader, n: usize) -> Option<(&'a Numeral, Numeral)> {
    let line = reader.line;
    let left = &reader.numerals[n];
    let hyphen = left.last;
    let joined = line.is_hyphen(hyphen) && line.glued(hyphen) && line.glued(hyphen + 1);
    if !joined || !is_side(left) || left.grouped || left.signed {
        return None;
    }
    let right = *reader.numerals.get(reader.numeral_at(n + 1, hyphen + 1)?)?;
    (is_side(&right) && !right.grouped && right.spelled == left.spelled).then_some((left, right))
}

fn near_contest(line: &Line, at: usize, last: usize) -> bool {
    let before = context::tokens_before(line, at, 8).any(|token| line.is(token, cue::CONTEST));
    before || (last..last + 2).any(|token| line.is(token, cue::CONTEST))
}

/// Where the sets after the first end.
fn further_pairs(reader: &Reader, n: usize, mut last: usize) -> usize {
    let line = reader.line;
    let mut next = n + 2;
    loop {
        let open = line.is_mark(last, &['('])
            || line.is_mark(last, &[',']) && line.is_mark(last + 1, &['(']);
        let start = last + usize::from(line.is_mark(last, &[','])) + usize::from(open);
        let start = start + usize::from(line.is(start, cue::AND));
        if start == last {
            return last;
        }
        let found = reader.numeral_at(next, start);
        if let (true, Some(one)) = (
            open,
            found.filter(|&one| line.is_mark(reader.numerals[one].last, &[')'])),
        ) {
            last = reader.numerals[one].last + 1;
            next = one + 1;
            continue;
        }
        let Some((index, (_, right))) = found.and_then(|index| Some((index, pair(reader, index)?)))
        else {
            return last;
        };
        last = right.last + usize::from(open && line.is_mark(right.last, &[')']));
        next = index + 2;
    }
}

/// "won two-nil", "beat them three one" are left; "two-one" in words beside a contest is a score.
fn in_words(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let left = &reader.numerals[n];
    let nil = line.is_hyphen(left.last) && line.is(left.last + 1, cue::NIL);
    (nil && is_side(left)).then(|| draft(left.first, left.last + 2, left.value, Decimal::ZERO))
}
