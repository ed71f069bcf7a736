//! When two amounts say the same: rounding, units, fractions for percentages, words for digits.
//!
//! The rules are those of `docs/CHANGES.md`: 2,143,000 is about 2.1 million, 62 miles are 100 kilometres; 200 dead are
//! not 204 dead, and three percent are not three percentage points.

use rust_decimal::prelude::ToPrimitive;

use super::scales::{is_conversion, scale};
use crate::claims::{Amount, Decimal, Figure, FigureKind, Qualifier};

/// How two amounts of the same thing relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sameness {
    /// Another value or another unit.
    Different,
    /// The same value in another form, rounded or converted.
    Restated,
    /// The same value and unit.
    Equal,
}

/// Compares two figures, each with the words it is written in.
pub(super) fn compare(old: (&Figure, &str), new: (&Figure, &str)) -> Sameness {
    if let (Some(a), Some(b)) = (old.0.tally, new.0.tally) {
        return if a == b {
            Sameness::Equal
        } else {
            Sameness::Different
        };
    }
    let (Some(a), Some(b)) = (old.0.amount, new.0.amount) else {
        return Sameness::Different;
    };
    let units = (unit(old.0), unit(new.0));
    let ages = (old.0.kind == FigureKind::Age) != (new.0.kind == FigureKind::Age);
    // "Dies at 84" and "dies aged 84": one of them is read as an age only.
    if ages && (a.low, a.high) == (b.low, b.high) {
        return Sameness::Restated;
    }
    // "From 63 million a year earlier": a bare number takes the currency of the one it is compared with.
    let bare = (units.0.is_empty() && is_currency(units.1))
        || (units.1.is_empty() && is_currency(units.0));
    if bare
        && (a.low, a.high) == (b.low, b.high)
        && is_magnitude_word(old.1)
        && is_magnitude_word(new.1)
    {
        return Sameness::Restated;
    }
    if units.0 == units.1 || is_degree_of(units) {
        if (a.low, a.high) == (b.low, b.high) {
            return Sameness::Equal;
        }
        return both_ends(a, b, |x, y| {
            is_rounding((x, old.1, a.qualifier), (y, new.1, b.qualifier))
        });
    }
    // "9,600 pounds a year" for "a year's tuition is £9,600": only one of them says the period beside the sum.
    if is_rate_of(units.0, units.1) || is_rate_of(units.1, units.0) {
        return both_ends(a, b, |x, y| x == y);
    }
    if is_partly_written(old, new) || is_partly_written(new, old) {
        return Sameness::Restated;
    }
    match (scale(units.0), scale(units.1)) {
        (Some(from), Some(to)) if from.dimension == to.dimension => {
            both_ends(a, b, |x, y| is_conversion(from, x, to, y))
        }
        _ => Sameness::Different,
    }
}

/// Whether `short` is `full` with its unit written in part or read otherwise.
///
/// "An annual cost of 1.1 million" is "1.1 million a year", "two and a half hours instead of four" are four hours, "900,000
/// pounds" are sterling where the other version says so, and "1.1m" is a million where it says that.
fn is_partly_written(short: (&Figure, &str), full: (&Figure, &str)) -> bool {
    let (Some(a), Some(b)) = (short.0.amount, full.0.amount) else {
        return false;
    };
    let (unit, whole) = (unit(short.0), unit(full.0));
    let same = (a.low, a.high) == (b.low, b.high);
    let rate = !unit.is_empty()
        && whole
            .strip_prefix(unit)
            .is_some_and(|rest| rest.starts_with('/') || rest.starts_with("_per_"));
    let bare = unit.is_empty()
        && short.0.kind == FigureKind::Count
        && short.0.noun.is_none()
        && matches!(
            full.0.kind,
            FigureKind::Duration | FigureKind::Measure | FigureKind::Age
        );
    let sterling = unit == "pound" && whole == "GBP";
    let million = Decimal::from(1_000_000);
    let raised = unit == "meter"
        && short.1.ends_with('m')
        && (whole.is_empty() || is_currency(whole))
        && a.low.checked_mul(million) == Some(b.low)
        && a.high.checked_mul(million) == Some(b.high);
    raised || same && (rate || bare || sterling)
}

/// Compares two cells of a table, one of which may owe its magnitude to the heading: "12.6" under "in millions" is 12.6 million.
pub(super) fn compare_cells(
    old: (&Figure, &str, Option<u32>),
    new: (&Figure, &str, Option<u32>),
) -> Sameness {
    if old.2 == new.2 {
        return Sameness::Different;
    }
    let raised = |side: (&Figure, &str, Option<u32>)| -> Option<(Decimal, Decimal)> {
        let amount = side.0.amount?;
        let bare =
            side.0.kind == FigureKind::Count && side.0.unit.is_none() && !is_magnitude_word(side.1);
        let factor = Decimal::from(10u64.checked_pow(side.2.filter(|_| bare).unwrap_or(0))?);
        Some((
            amount.low.checked_mul(factor)?,
            amount.high.checked_mul(factor)?,
        ))
    };
    if raised(old).is_some() && raised(old) == raised(new) {
        Sameness::Restated
    } else {
        Sameness::Different
    }
}

/// Whether the two figures could be one figure in different units: kilometres and miles, dollars and euros.
pub(super) fn is_same_family(old: &Figure, new: &Figure) -> bool {
    if old.tally.is_some() != new.tally.is_some() {
        return false;
    }
    let (from, to) = (unit(old), unit(new));
    if from == to {
        return family(old.kind) == family(new.kind) || loose(old.kind, new.kind);
    }
    let base = |unit: &str| unit.split('/').next().unwrap_or("").to_owned();
    if (is_money(from) && is_money(to))
        || (!from.is_empty() && base(from) == base(to))
        || matches!((from, to), ("pound", "GBP") | ("GBP", "pound"))
        || (is_share(from) && is_share(to))
        || is_degree_of((from, to))
    {
        return true;
    }
    matches!((scale(from), scale(to)), (Some(a), Some(b)) if a.dimension == b.dimension)
}

fn is_money(unit: &str) -> bool {
    is_currency(unit) || matches!(unit.split('/').next(), Some("cent" | "penny"))
}

fn is_share(unit: &str) -> bool {
    matches!(
        unit,
        "percent" | "percentage_point" | "basis_point" | "part"
    )
}

/// Whether the bound or certainty of two equal values differs.
pub(super) fn is_other_qualifier(old: Option<Qualifier>, new: Option<Qualifier>) -> bool {
    old != new
}

/// Whether one bound lies below the value and the other above it: "nearly 3 percent", "more than 3 percent".
pub(super) fn is_contrary(qualifiers: (Option<Qualifier>, Option<Qualifier>)) -> bool {
    let below = |qualifier| {
        matches!(
            qualifier,
            Some(Qualifier::Nearly | Qualifier::LessThan | Qualifier::UpTo)
        )
    };
    let above = |qualifier| matches!(qualifier, Some(Qualifier::MoreThan | Qualifier::AtLeast));
    (below(qualifiers.0) && above(qualifiers.1)) || (above(qualifiers.0) && below(qualifiers.1))
}

fn loose(one: FigureKind, other: FigureKind) -> bool {
    use FigureKind::{Count, Ordinal, Vague};
    matches!(
        (one, other),
        (Count, Ordinal | Vague) | (Ordinal | Vague, Count)
    )
}

fn family(kind: FigureKind) -> u8 {
    match kind {
        FigureKind::Count | FigureKind::Vague => 0,
        FigureKind::Percent | FigureKind::Fraction | FigureKind::Ratio => 1,
        FigureKind::Money => 2,
        FigureKind::Measure => 3,
        FigureKind::Duration => 4,
        FigureKind::Multiple => 5,
        FigureKind::Index => 6,
        FigureKind::Age => 7,
        FigureKind::Ordinal => 8,
        FigureKind::Score => 9,
        FigureKind::Date
        | FigureKind::Year
        | FigureKind::Time
        | FigureKind::Phone
        | FigureKind::Coord
        | FigureKind::Id
        | FigureKind::Name
        | FigureKind::List => 10,
    }
}

fn unit(figure: &Figure) -> &str {
    match (&figure.unit, figure.kind) {
        (Some(unit), _) => &unit.0,
        (None, FigureKind::Fraction | FigureKind::Ratio) => "part",
        (None, _) => "",
    }
}

fn is_currency(unit: &str) -> bool {
    let code = unit.split('/').next().unwrap_or(unit);
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// "Minus 4 degrees" leaves the scale open; it is the one the other version names.
fn is_degree_of(units: (&str, &str)) -> bool {
    matches!(
        units,
        ("degree", "celsius" | "fahrenheit") | ("celsius" | "fahrenheit", "degree")
    )
}

/// Whether `rate` is so much of `unit` for each of something.
fn is_rate_of(rate: &str, unit: &str) -> bool {
    !unit.is_empty()
        && !unit.contains('/')
        && rate.split_once('/').is_some_and(|(base, _)| base == unit)
}

fn both_ends(a: Amount, b: Amount, same: impl Fn(Decimal, Decimal) -> bool) -> Sameness {
    if same(a.low, b.low) && same(a.high, b.high) {
        Sameness::Restated
    } else {
        Sameness::Different
    }
}

/// Whether one value is the other rounded, and shows that it is.
fn is_rounding(
    one: (Decimal, &str, Option<Qualifier>),
    other: (Decimal, &str, Option<Qualifier>),
) -> bool {
    if one.0 == other.0 {
        return true;
    }
    // "1,009 thousand" and "1,010 thousand" are exact to the same place: neither is the other rounded.
    if grain(one.1).is_some() && grain(one.1) == grain(other.1) {
        return false;
    }
    let (coarse, fine) = if significant(one.0) <= significant(other.0) {
        (one, other)
    } else {
        (other, one)
    };
    let digits = significant(coarse.0);
    let (Some(value), Some(exact)) = (coarse.0.to_f64(), fine.0.to_f64()) else {
        return false;
    };
    let rounded = round_to(exact, digits);
    let shows = is_magnitude_word(coarse.1)
        || matches!(
            coarse.2,
            Some(Qualifier::About | Qualifier::Nearly | Qualifier::MoreThan | Qualifier::AtLeast)
        )
        || trailing_zeros(coarse.0) >= 3;
    let limit = if digits >= 2 { 0.05 } else { 0.01 };
    let near = exact != 0.0 && ((value - exact) / exact).abs() <= limit + 1e-9;
    shows && near && (rounded - value).abs() <= value.abs() * 1e-9
}

/// To what place a figure with a word for its magnitude is written: the word, and the digits behind the point.
fn grain(written: &str) -> Option<(String, usize)> {
    if !is_magnitude_word(written) {
        return None;
    }
    let start = written.find(|c: char| c.is_ascii_digit())?;
    let number = written[start..]
        .split(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
        .next()?;
    let decimals = number
        .rsplit_once('.')
        .map_or(0, |(_, behind)| behind.len());
    let word = written
        .rsplit(|c: char| !c.is_alphabetic())
        .find(|word| !word.is_empty())?;
    Some((word.to_lowercase(), decimals))
}

fn round_to(value: f64, digits: u32) -> f64 {
    if value == 0.0 {
        return 0.0;
    }
    let power = i32::try_from(digits).unwrap_or(15) - 1 - floor_log10(value);
    let factor = 10f64.powi(power);
    (value * factor).round() / factor
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the logarithm of a Decimal lies between -28 and 29"
)]
fn floor_log10(value: f64) -> i32 {
    value.abs().log10().floor() as i32
}

fn significant(value: Decimal) -> u32 {
    let digits = value.normalize().mantissa().unsigned_abs().to_string();
    u32::try_from(digits.trim_end_matches('0').len().max(1)).unwrap_or(29)
}

fn trailing_zeros(value: Decimal) -> usize {
    let value = value.normalize();
    if value.scale() > 0 {
        return 0;
    }
    let digits = value.mantissa().unsigned_abs().to_string();
    digits.len() - digits.trim_end_matches('0').len()
}

/// Whether the figure is written with a word or letter for its magnitude.
fn is_magnitude_word(written: &str) -> bool {
    const WORDS: [&str; 35] = [
        "million",
        "billion",
        "trillion",
        "thousand",
        "hundred",
        "dozen",
        "lakh",
        "crore",
        "mio",
        "mrd",
        "milliard",
        "milliards",
        "milliarden",
        "tausend",
        "millionen",
        "millions",
        "mille",
        "millones",
        "mil",
        "miles",
        "milioni",
        "miliardi",
        "milhoes",
        "milhões",
        "miljoen",
        "miljard",
        "milion",
        "tys",
        "mln",
        "mld",
        "тыс",
        "тысяч",
        "млн",
        "млрд",
        "тисяч",
    ];
    let lower = written.to_lowercase();
    lower.split(|c: char| !c.is_alphabetic()).any(|word| {
        WORDS.contains(&word)
            || word.starts_with("милли")
            || word.starts_with("міль")
            || word.starts_with("мілья")
    }) || lower.trim_end().ends_with(['m', 'k'])
        || lower.trim_end().ends_with("bn")
        || lower.trim_end().ends_with("tn")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::claims::Unit;
    use crate::story::{Place, Span};

    fn figure(value: &str, kind: FigureKind, unit: Option<&str>) -> Figure {
        let value: Decimal = value.parse().unwrap();
        Figure {
            amount: Some(Amount {
                low: value,
                high: value,
                qualifier: None,
            }),
            tally: None,
            kind,
            unit: unit.map(|unit| Unit(unit.to_owned())),
            noun: None,
            counted: None,
            role: None,
            said_by: None,
            span: Span {
                place: Place::Headline,
                start: 0,
                end: 0,
            },
        }
    }

    fn count(value: &str, written: &str, other: &str, other_written: &str) -> Sameness {
        compare(
            (&figure(value, FigureKind::Count, None), written),
            (&figure(other, FigureKind::Count, None), other_written),
        )
    }

    #[test]
    fn a_rounded_figure_is_the_same_figure() {
        assert_eq!(
            count("2143000", "2,143,000", "2100000", "2.1 million"),
            Sameness::Restated
        );
        assert_eq!(
            count("389952", "389,952", "390000", "390,000"),
            Sameness::Restated
        );
        assert_eq!(
            count("1200000", "1,200,000", "1200000", "1.2 million"),
            Sameness::Equal
        );
    }

    #[test]
    fn a_near_figure_is_another_figure() {
        assert_eq!(
            count("2000000", "2 million", "2400000", "2.4 million"),
            Sameness::Different
        );
        assert_eq!(count("5000", "5,000", "5200", "5,200"), Sameness::Different);
        assert_eq!(
            count("1009000", "1,009 thousand", "1010000", "1,010 thousand"),
            Sameness::Different
        );
        assert_eq!(count("200", "200", "204", "204"), Sameness::Different);
    }

    #[test]
    fn converted_units_are_the_same_and_other_units_are_not() {
        let measure = |value, unit| figure(value, FigureKind::Measure, Some(unit));
        let lasting = |value, unit| figure(value, FigureKind::Duration, Some(unit));

        let miles = compare(
            (&measure("62", "mile"), "62-mile"),
            (&measure("100", "kilometer"), "100-kilometre"),
        );
        let weeks = compare(
            (&lasting("3", "week"), "three weeks"),
            (&lasting("21", "day"), "21 days"),
        );
        let terms = compare(
            (&lasting("15", "year"), "15 years"),
            (&lasting("15", "month"), "15 months"),
        );
        let points = compare(
            (
                &figure("3", FigureKind::Percent, Some("percent")),
                "3 percent",
            ),
            (
                &figure("3", FigureKind::Percent, Some("percentage_point")),
                "3 points",
            ),
        );

        assert_eq!(miles, Sameness::Restated);
        assert_eq!(weeks, Sameness::Restated);
        assert_eq!(terms, Sameness::Different);
        assert_eq!(points, Sameness::Different);
    }

    #[test]
    fn a_quarter_is_25_percent() {
        let quarter = figure("0.25", FigureKind::Fraction, None);
        let percent = figure("25", FigureKind::Percent, Some("percent"));
        assert_eq!(
            compare((&quarter, "a quarter"), (&percent, "25 percent")),
            Sameness::Restated
        );
    }
}
