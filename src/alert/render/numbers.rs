//! Numbers as people read them: `2.1–2.2M`, `+16%`, `2.5 million`, `+0.3 points`.
//!
//! Nothing is rounded but percentages of change; a value that would lose digits in a short form is written out.

use crate::claims::Decimal;

/// The magnitudes that have a word and a letter.
const SCALES: [(i64, &str, &str); 3] = [
    (1_000_000_000_000, "trillion", "T"),
    (1_000_000_000, "billion", "B"),
    (1_000_000, "million", "M"),
];

/// Signs that are written before an amount of money.
const CURRENCIES: [(&str, &str); 4] = [("USD", "$"), ("EUR", "€"), ("GBP", "£"), ("JPY", "¥")];

/// Units with a symbol that every reader knows.
const SYMBOLS: [(&str, &str); 12] = [
    ("percent", "%"),
    ("celsius", "°C"),
    ("fahrenheit", "°F"),
    ("kilometer", " km"),
    ("meter", " m"),
    ("centimeter", " cm"),
    ("kilogram", " kg"),
    ("kilometer_per_hour", " km/h"),
    ("megawatt", " MW"),
    ("gigawatt", " GW"),
    ("percentage_point", " points"),
    ("basis_point", " bp"),
];

/// Whether a unit is itself a share, so that its changes are points and never percent.
#[must_use]
pub fn is_share(unit: Option<&str>) -> bool {
    matches!(unit, Some("percent" | "percentage_point"))
}

/// The number of an alert, exactly as its JSON has it.
#[must_use]
pub fn decimal(number: f64) -> Option<Decimal> {
    number.to_string().parse().ok()
}

/// With digits grouped by comma: `1,234.5`.
///
/// ```
/// use claimwatch::alert::render::numbers::grouped;
/// assert_eq!(grouped("-12345.50".parse().expect("a number")), "-12,345.5");
/// ```
#[must_use]
pub fn grouped(number: Decimal) -> String {
    let plain = number.normalize().to_string();
    let (sign, plain) = plain
        .strip_prefix('-')
        .map_or(("", plain.as_str()), |rest| ("-", rest));
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let mut text = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// The magnitude a number is best said in, with what is left of it; `None` where digits would be lost or clumsy.
fn scaled(number: Decimal) -> Option<(Decimal, &'static str, &'static str)> {
    let (scale, word, letter) = SCALES
        .iter()
        .find(|(scale, _, _)| number.abs() >= Decimal::from(*scale))?;
    let rest = number.checked_div(Decimal::from(*scale))?.normalize();
    (rest.scale() <= 3).then_some((rest, *word, *letter))
}

/// In words: `2.5 million`, `389,952`.
///
/// ```
/// use claimwatch::alert::render::numbers::words;
/// assert_eq!(words(2_500_000.into()), "2.5 million");
/// assert_eq!(words(389_952.into()), "389,952");
/// ```
#[must_use]
pub fn words(number: Decimal) -> String {
    scaled(number).map_or_else(
        || grouped(number),
        |(rest, word, _)| format!("{} {word}", grouped(rest)),
    )
}

/// An interval in few characters: `2.1–2.2M`, `$40M`, `3.8%`.
///
/// ```
/// use claimwatch::alert::render::numbers::compact;
/// assert_eq!(compact(2_100_000.into(), 2_200_000.into(), None), "2.1–2.2M");
/// assert_eq!(compact(40_000_000.into(), 40_000_000.into(), Some("USD")), "$40M");
/// ```
#[must_use]
pub fn compact(low: Decimal, high: Decimal, unit: Option<&str>) -> String {
    let short = |number: Decimal| {
        scaled(number).map_or_else(
            || (grouped(number), ""),
            |(rest, _, letter)| (grouped(rest), letter),
        )
    };
    let (first, first_scale) = short(low);
    let (last, last_scale) = short(high);
    let number = if low == high {
        format!("{first}{first_scale}")
    } else if first_scale == last_scale {
        format!("{first}–{last}{last_scale}")
    } else {
        format!("{first}{first_scale}–{last}{last_scale}")
    };
    with_unit(&number, unit, low == high && low == Decimal::ONE)
}

/// A written number with its unit before or after it; counts have none.
fn with_unit(number: &str, unit: Option<&str>, single: bool) -> String {
    let Some(unit) = unit else {
        return number.to_owned();
    };
    let known = |list: &[(&str, &'static str)]| {
        list.iter()
            .find(|(name, _)| *name == unit)
            .map(|(_, sign)| *sign)
    };
    if let Some(sign) = known(&CURRENCIES) {
        return number.strip_prefix('-').map_or_else(
            || format!("{sign}{number}"),
            |rest| format!("-{sign}{rest}"),
        );
    }
    if let Some(symbol) = known(&SYMBOLS) {
        let symbol = if single {
            symbol.trim_end_matches('s')
        } else {
            symbol
        };
        return format!("{number}{symbol}");
    }
    if is_currency(unit) {
        return format!("{unit} {number}");
    }
    let spoken = unit.replace('_', " ").replace('/', " per ");
    let plural = if single || spoken.ends_with('s') || unit.contains(['_', '/']) {
        ""
    } else {
        "s"
    };
    format!("{number} {spoken}{plural}")
}

/// Whether a unit is a currency code of ISO 4217.
fn is_currency(unit: &str) -> bool {
    unit.len() == 3 && unit.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// A change with its sign, in words and with its unit: `+300,000`, `-$5 million`, `+0.3 points`.
///
/// ```
/// use claimwatch::alert::render::numbers::step;
/// assert_eq!(step(300_000.into(), None), "+300,000");
/// assert_eq!(step("-0.3".parse().expect("a number"), Some("percent")), "-0.3 points");
/// ```
#[must_use]
pub fn step(number: Decimal, unit: Option<&str>) -> String {
    let unit = if is_share(unit) {
        Some("percentage_point")
    } else {
        unit
    };
    let text = with_unit(&words(number), unit, number.abs() == Decimal::ONE);
    if number > Decimal::ZERO {
        format!("+{text}")
    } else {
        text
    }
}

/// A percentage rounded to what a reader needs: whole from 10, one decimal from 1, two below.
#[must_use]
pub fn rounded(percent: Decimal) -> String {
    let size = percent.abs();
    let places = if size >= Decimal::TEN {
        0
    } else {
        u32::from(size < Decimal::ONE) + 1
    };
    let strategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    grouped(percent.round_dp_with_strategy(places, strategy))
}

/// A relative change: `+16%`, `-0.25%`.
///
/// ```
/// use claimwatch::alert::render::numbers::percent;
/// assert_eq!(percent("16.279".parse().expect("a number")), "+16%");
/// ```
#[must_use]
pub fn percent(percent: Decimal) -> String {
    let sign = if percent > Decimal::ZERO { "+" } else { "" };
    format!("{sign}{}%", rounded(percent))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_value_is_never_rounded_to_fit_a_short_form() {
        assert_eq!(compact(n("2143512"), n("2143512"), None), "2,143,512");
        assert_eq!(compact(n("2150000"), n("2150000"), None), "2.15M");
        assert_eq!(words(n("1999999999")), "1,999,999,999");
    }

    #[test]
    fn ranges_share_their_magnitude_and_unit() {
        assert_eq!(compact(n("999000"), n("1200000"), None), "999,000–1.2M");
        assert_eq!(compact(n("3"), n("4"), Some("kilometer")), "3–4 km");
        assert_eq!(compact(n("60"), n("60"), Some("hour")), "60 hours");
        assert_eq!(compact(n("1"), n("1"), Some("day")), "1 day");
        assert_eq!(
            compact(n("40000000"), n("40000000"), Some("CHF")),
            "CHF 40M"
        );
        assert_eq!(compact(n("-18"), n("-18"), Some("celsius")), "-18°C");
        assert_eq!(
            compact(n("75.3"), n("75.3"), Some("USD/barrel")),
            "75.3 USD per barrel"
        );
    }

    #[test]
    fn changes_of_shares_are_points_and_changes_of_money_carry_the_currency() {
        assert_eq!(step(n("0.3"), Some("percent")), "+0.3 points");
        assert_eq!(step(n("-5000000"), Some("USD")), "-$5 million");
        assert_eq!(step(n("0"), None), "0");
    }

    #[test]
    fn percentages_keep_what_a_reader_needs() {
        assert_eq!(percent(n("16.279")), "+16%");
        assert_eq!(percent(n("4.651")), "+4.7%");
        assert_eq!(percent(n("-0.254")), "-0.25%");
        assert_eq!(percent(n("1900")), "+1,900%");
    }
}
