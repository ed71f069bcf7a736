//! Numbers in digits: every grouping, decimals, mixed fractions, exponents.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::{Form, Numeral};
use crate::claims::lang::cue;
use crate::claims::line::{APOSTROPHES, HYPHENS, Line};

/// The most digits a number may have and still be held exactly.
const MAX_DIGITS: usize = 27;

/// Whether token `at` is a sign such as ½.
pub(super) fn is_vulgar(line: &Line, at: usize) -> bool {
    vulgar(line, at).is_some()
}

fn vulgar(line: &Line, at: usize) -> Option<Decimal> {
    let mut characters = line.raw(at).chars();
    let (numerator, denominator) = match characters.next()? {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅐' => (1, 7),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        '⅑' => (1, 9),
        '⅒' => (1, 10),
        _ => return None,
    };
    Some(Decimal::from(numerator) / Decimal::from(denominator))
}

/// Whether a decimal without its zero starts here: ".5".
pub(super) fn opens_with_point(line: &Line, at: usize) -> bool {
    line.is_mark(at, &['.'])
        && line.is_digits(at + 1)
        && line.glued(at + 1)
        && (!line.glued(at) || line.is_mark(at - 1, &['$', '£', '€', '(', '-', '−', '~', '>', '<']))
}

/// The number in digits that starts with token `at`.
pub(super) fn number(line: &Line, at: usize) -> Option<Numeral> {
    if let Some(value) = vulgar(line, at) {
        return Some(Numeral {
            form: Form::Part,
            ..Numeral::plain(at, at + 1, value)
        });
    }
    let mut numeral = if opens_with_point(line, at) {
        let places = line.raw(at + 1).len();
        let value = decimal("0", line.raw(at + 1))?;
        Numeral {
            places: u8::try_from(places).unwrap_or(u8::MAX),
            ..Numeral::plain(at, at + 2, value)
        }
    } else {
        whole_and_places(line, at)?
    };
    with_exponent(line, &mut numeral);
    with_fraction(line, &mut numeral);
    Some(numeral)
}

fn whole_and_places(line: &Line, at: usize) -> Option<Numeral> {
    let (mut whole, mut last, mut grouped) = (line.raw(at).to_owned(), at + 1, false);
    if let Some(end) = groups(line, at) {
        for group in at + 1..end {
            if line.is_digits(group) {
                whole.push_str(line.raw(group));
            }
        }
        (last, grouped) = (end, true);
    }
    let digits = u8::try_from(line.raw(at).len()).unwrap_or(u8::MAX);
    let mut fraction = "";
    if let Some(places) = places(line, last, grouped) {
        fraction = line.raw(places);
        last = places + 1;
    }
    Some(Numeral {
        grouped,
        digits,
        places: u8::try_from(fraction.len()).unwrap_or(u8::MAX),
        ..Numeral::plain(at, last, decimal(&whole, fraction)?)
    })
}

fn decimal(whole: &str, fraction: &str) -> Option<Decimal> {
    if whole.len() > MAX_DIGITS {
        return None;
    }
    if fraction.is_empty() {
        return Decimal::from_str(whole).ok();
    }
    let fraction = fraction.get(..fraction.len().min(MAX_DIGITS - whole.len() + 1))?;
    Decimal::from_str(&format!("{whole}.{fraction}")).ok()
}

/// Where the digit groups that start at `at` end, if there are at least two.
fn groups(line: &Line, at: usize) -> Option<usize> {
    if line.raw(at).len() > 3 {
        return None;
    }
    for (marks, needs) in [(&[','][..], 3), (APOSTROPHES, 3), (&['.'], 3)] {
        if let Some(end) = marked_groups(line, at, marks, needs) {
            return Some(end);
        }
    }
    indian_groups(line, at).or_else(|| spaced_groups(line, at))
}

fn is_group(line: &Line, at: usize, marks: &[char], length: usize) -> bool {
    line.is_mark(at, marks)
        && line.glued(at)
        && line.is_digits(at + 1)
        && line.glued(at + 1)
        && line.raw(at + 1).len() == length
}

fn marked_groups(line: &Line, at: usize, marks: &[char], length: usize) -> Option<usize> {
    let mut end = at + 1;
    while is_group(line, end, marks, length) {
        end += 2;
    }
    let count = (end - at) / 2;
    let follows = line.is_mark(end, marks)
        && line.glued(end)
        && line.is_digits(end + 1)
        && line.glued(end + 1);
    let point = marks == ['.'];
    // One group after a point is a decimal unless the text says otherwise.
    let enough = if point {
        count >= 2 || (count == 1 && line.points_group)
    } else {
        count >= 1
    };
    (enough && !follows && !line.raw(at).starts_with("00")).then_some(end)
}

/// "1,20,000": groups of two, then one of three.
fn indian_groups(line: &Line, at: usize) -> Option<usize> {
    let mut end = at + 1;
    while is_group(line, end, &[','], 2) {
        end += 2;
    }
    (end > at + 1 && line.raw(at).len() <= 2 && is_group(line, end, &[','], 3)).then_some(end + 2)
}

/// "11 500": groups of three parted by one space.
fn spaced_groups(line: &Line, at: usize) -> Option<usize> {
    if line.raw(at).starts_with('0') || (line.glued(at) && line.is_word(at - 1)) {
        return None;
    }
    let mut end = at + 1;
    while line.is_digits(end)
        && line.raw(end).len() == 3
        && matches!(
            line.gap(end),
            Some(' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{2007}')
        )
    {
        end += 1;
    }
    let closed = !(line.glued(end)
        && (line.is_hyphen(end) || line.is_word(end) || line.is_mark(end, &['%'])))
        || line.gap(at + 1) != Some(' ');
    let after_month = line.is_before(at, cue::MONTH);
    (end > at + 1 && closed && !after_month && !line.is_digits(end)).then_some(end)
}

/// The token of the decimals after a whole part that ends at `last`.
fn places(line: &Line, last: usize, grouped: bool) -> Option<usize> {
    let decimals = line.glued(last) && line.is_digits(last + 1) && line.glued(last + 1);
    if !decimals {
        return None;
    }
    let point = line.is_mark(last, &['.', '·', '٫']);
    // A comma that cannot group: "5,00", "1.111,11".
    let length = line.raw(last + 1).len();
    let comma = line.is_mark(last, &[',']) && length < 3 && (!grouped || line.points_before(last));
    if !point && !comma {
        return None;
    }
    // "192.168.1.2" and "22.10.2021" are not decimals.
    let again = line.is_mark(last + 2, &['.', ','])
        && line.glued(last + 2)
        && line.is_digits(last + 3)
        && line.glued(last + 3);
    let dotted_before = last >= 3
        && line.glued(last - 1)
        && line.is_mark(last - 2, &['.'])
        && line.glued(last - 2)
        && line.is_digits(last - 3)
        && !grouped;
    (!again && !dotted_before).then_some(last + 1)
}

impl Line<'_> {
    /// Whether the group that ends before `last` was parted by a point.
    fn points_before(&self, last: usize) -> bool {
        last >= 2 && self.is_mark(last - 2, &['.'])
    }
}

/// "1.3e6", "6.23x10^-4", "1.1^23".
fn with_exponent(line: &Line, numeral: &mut Numeral) {
    let at = numeral.last;
    let times_ten =
        (line.is(at, cue::X) || line.is_mark(at, &['×', '*'])) && line.is_digits(at + 1);
    let (base, sign_at) = if line.glued(at) && line.is_mark(at, &['^']) {
        (None, at + 1)
    } else if line.glued(at) && line.is(at, cue::E) && line.glued(at + 1) {
        (Some(10), at + 1)
    } else if times_ten && matches!(line.raw(at + 1), "10" | "2") && line.is_mark(at + 2, &['^']) {
        (line.raw(at + 1).parse().ok(), at + 3)
    } else if times_ten
        && line.raw(at + 1) == "10"
        && line.is_mark(at + 2, HYPHENS)
        && line.glued(at + 2)
    {
        (Some(10), at + 2)
    } else {
        return;
    };
    let mut digits = sign_at;
    let mut negative = false;
    while line.is_mark(digits, &['+', '-', '−']) && line.glued(digits) {
        // Two signs are an error of typing; the last one counts as part of "minus minus".
        negative ^= line.is_mark(digits, &['-', '−']);
        digits += 1;
    }
    let Ok(exponent) = line.raw(digits).parse::<i32>() else {
        return;
    };
    let exponent = if negative { -exponent } else { exponent };
    let value = match base {
        None => power(numeral.value, exponent),
        Some(base) => power(Decimal::from(base), exponent)
            .and_then(|factor| numeral.value.checked_mul(factor)),
    };
    numeral.last = digits + 1;
    numeral.signed = true;
    match value.filter(|value| !value.is_zero() || numeral.value.is_zero()) {
        Some(value) => numeral.value = value,
        None => numeral.form = Form::Unreadable,
    }
}

fn power(base: Decimal, exponent: i32) -> Option<Decimal> {
    if exponent.unsigned_abs() > 60 {
        return None;
    }
    let mut value = Decimal::ONE;
    for _ in 0..exponent.unsigned_abs() {
        value = value.checked_mul(base)?;
    }
    if exponent < 0 {
        return Decimal::ONE.checked_div(value);
    }
    Some(value)
}

/// "2 1/2", "20/100", "11½", "5.10-3/4".
fn with_fraction(line: &Line, numeral: &mut Numeral) {
    let at = numeral.last;
    if let Some(part) = vulgar(line, at).filter(|_| numeral.places == 0) {
        numeral.value += part;
        numeral.last = at + 1;
        numeral.places = 2;
        return;
    }
    if let Some((part, end)) =
        slashed(line, numeral.first).filter(|_| !numeral.grouped && numeral.places == 0)
    {
        // A numerator without a whole part: "3/4".
        *numeral = Numeral {
            form: Form::Part,
            ..Numeral::plain(numeral.first, end, part)
        };
        return;
    }
    let hyphen = line.is_hyphen(at) && line.glued(at) && line.glued(at + 1);
    let Some((part, end)) =
        slashed(line, at + usize::from(hyphen)).filter(|(part, _)| *part < Decimal::ONE)
    else {
        return;
    };
    if numeral.places > 0 && !hyphen {
        return;
    }
    // Grain and bond prices: the fraction is one of the last place written.
    let unit = Decimal::new(1, u32::from(numeral.places));
    if let Some(value) = part
        .checked_mul(unit)
        .and_then(|part| numeral.value.checked_add(part))
    {
        numeral.value = value;
        numeral.last = end;
        numeral.places = numeral.places.max(2);
    }
}

/// "3/4" at `at`: its value and where it ends.
fn slashed(line: &Line, at: usize) -> Option<(Decimal, usize)> {
    let shape = line.is_digits(at)
        && line.is_mark(at + 1, &['/', '⁄'])
        && line.is_digits(at + 2)
        && ((line.glued(at + 1) && line.glued(at + 2))
            || (!line.glued(at + 1) && !line.glued(at + 2)));
    let more = line.is_mark(at + 3, &['/', '-', '.', ','])
        && line.glued(at + 3)
        && line.is_digits(at + 4)
        && line.glued(at + 4);
    if !shape || more || line.raw(at).len() > 3 || line.raw(at + 2).len() > 3 {
        return None;
    }
    let numerator = Decimal::from_str(line.raw(at)).ok()?;
    let denominator = Decimal::from_str(line.raw(at + 2)).ok()?;
    Some((numerator.checked_div(denominator)?, at + 3))
}
