//! The units table: canonical names, what they measure, how they convert, and the symbols every language shares.
//!
//! A unit is a name of the table (`kilometer`), a prefix and a name (`gigawatt`), or two of them joined by `_per_`
//! (`kilometer_per_hour`). What a name is worth in the base unit of its family is exact.

mod table;

use std::collections::HashMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::Unit;
pub(crate) use table::{CURRENCY_CODES, CURRENCY_SIGNS, dollar};
use table::{PREFIXES, UNITS, UnitRow};

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Dimension {
    Length,
    Area,
    Volume,
    Mass,
    Speed,
    FuelEconomy,
    Time,
    Power,
    Energy,
    Temperature,
    Pressure,
    Force,
    Torque,
    Angle,
    Information,
    InformationRate,
    Frequency,
    Voltage,
    Current,
    Charge,
    Resistance,
    Sound,
    Light,
    Radioactivity,
    Dose,
    Amount,
    Concentration,
    Share,
    SharePoints,
    Magnitude,
    Cargo,
    Shipping,
    Flow,
    Multiple,
    Index,
    Picture,
    CrossSection,
}

/// The family of a unit: what it measures and, for a rate, per what. Two units of one family convert.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Family {
    /// What is measured.
    pub of: Measured,
    /// What a rate is counted per.
    pub per: Option<Measured>,
}

/// One side of a family.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measured {
    /// A physical or other convertible dimension.
    Dimension(Dimension),
    /// A currency; its subunits belong to it only where there is no doubt whose they are.
    Currency(String),
    /// Anything else by its name: `share`, `head`.
    Other(String),
}

/// The family of a unit.
///
/// ```
/// use claimwatch::claims::{Unit, units};
///
/// let kmh = Unit("kilometer_per_hour".to_owned());
/// let mph = Unit("mile_per_hour".to_owned());
/// assert_eq!(units::family(&kmh), units::family(&mph));
/// ```
#[must_use]
pub fn family(unit: &Unit) -> Family {
    let name = unit.0.as_str();
    if let Some(row) = row(name) {
        return row.0.family();
    }
    let Some((top, bottom)) = split(name) else {
        return Family {
            of: measured(name),
            per: None,
        };
    };
    let speed = [measured(top), measured(bottom)]
        == [
            Measured::Dimension(Dimension::Length),
            Measured::Dimension(Dimension::Time),
        ];
    if speed {
        return Family {
            of: Measured::Dimension(Dimension::Speed),
            per: None,
        };
    }
    Family {
        of: measured(top),
        per: Some(measured(bottom)),
    }
}

/// Whether two units measure the same thing, so that values in them can be compared after conversion.
///
/// ```
/// use claimwatch::claims::{Unit, units};
///
/// let unit = |name: &str| Unit(name.to_owned());
/// assert!(units::same_family(&unit("mile"), &unit("kilometer")));
/// assert!(!units::same_family(&unit("USD"), &unit("EUR")));
/// ```
#[must_use]
pub fn same_family(one: &Unit, other: &Unit) -> bool {
    one == other || family(one) == family(other)
}

/// A value in the base unit of its family, or `None` where the unit has none or the number would be too large.
///
/// ```
/// use claimwatch::claims::{Decimal, Unit, units};
///
/// let metres = units::to_base(Decimal::from(2), &Unit("mile".to_owned()));
/// assert_eq!(metres, Some(Decimal::new(3_218_688, 3)));
/// ```
#[must_use]
pub fn to_base(value: Decimal, unit: &Unit) -> Option<Decimal> {
    let name = unit.0.as_str();
    match name {
        "fahrenheit" => {
            return value
                .checked_sub(Decimal::from(32))?
                .checked_mul(Decimal::from(5))?
                .checked_div(Decimal::from(9));
        }
        "kelvin" => return value.checked_sub(Decimal::new(27_315, 2)),
        _ => {}
    }
    if let Some(factor) = factor(name) {
        return value.checked_mul(factor);
    }
    let (top, bottom) = split(name)?;
    let top = factor(top).or_else(|| is_currency(top).then_some(Decimal::ONE))?;
    let bottom = factor(bottom).unwrap_or(Decimal::ONE);
    value.checked_mul(top)?.checked_div(bottom)
}

/// A value of one unit in another of the same family, or `None` where they do not convert.
///
/// ```
/// use claimwatch::claims::{Decimal, Unit, units};
///
/// let celsius = units::convert(Decimal::from(50), &Unit("fahrenheit".to_owned()), &Unit("celsius".to_owned()));
/// assert_eq!(celsius, Some(Decimal::from(10)));
/// ```
#[must_use]
pub fn convert(value: Decimal, from: &Unit, to: &Unit) -> Option<Decimal> {
    if from == to {
        return Some(value);
    }
    if !same_family(from, to) {
        return None;
    }
    let base = to_base(value, from)?;
    match to.0.as_str() {
        "fahrenheit" => base
            .checked_mul(Decimal::from(9))?
            .checked_div(Decimal::from(5))?
            .checked_add(Decimal::from(32)),
        "kelvin" => base.checked_add(Decimal::new(27_315, 2)),
        _ => base.checked_div(to_base(Decimal::ONE, to)?),
    }
}

/// Whether a name is an ISO currency code of the table.
pub(crate) fn is_currency(name: &str) -> bool {
    CURRENCY_CODES.binary_search(&name).is_ok()
}

/// What a unit of this name measures, where the table has it.
pub(crate) fn dimension(name: &str) -> Option<Dimension> {
    row(name).map(|(row, _)| row.dimension)
}

fn split(name: &str) -> Option<(&str, &str)> {
    name.split_once("_per_").or_else(|| name.split_once('/'))
}

fn measured(name: &str) -> Measured {
    if let Some(row) = row(name) {
        return Measured::Dimension(row.0.dimension);
    }
    if is_currency(name) {
        return Measured::Currency(name.to_owned());
    }
    Measured::Other(name.to_owned())
}

/// The row of a name and the power of ten of its prefix.
fn row(name: &str) -> Option<(&'static UnitRow, i32)> {
    if let Ok(at) = UNITS.binary_search_by(|row| row.name.cmp(name)) {
        return UNITS.get(at).map(|row| (row, 0));
    }
    PREFIXES.iter().find_map(|(prefix, _, power)| {
        let base = name.strip_prefix(prefix)?;
        let at = UNITS.binary_search_by(|row| row.name.cmp(base)).ok()?;
        UNITS
            .get(at)
            .filter(|row| row.takes_prefix)
            .map(|row| (row, *power))
    })
}

fn factor(name: &str) -> Option<Decimal> {
    let (row, power) = row(name)?;
    let mut factor = Decimal::new(row.factor.0, row.factor.1);
    let ten = if power < 0 {
        Decimal::new(1, 1)
    } else {
        Decimal::TEN
    };
    for _ in 0..power.unsigned_abs() {
        factor = factor.checked_mul(ten)?;
    }
    (!factor.is_zero()).then_some(factor)
}

impl UnitRow {
    fn family(&self) -> Family {
        Family {
            of: Measured::Dimension(self.dimension),
            per: None,
        }
    }
}

static SYMBOLS: LazyLock<HashMap<&'static str, &'static UnitRow>> = LazyLock::new(|| {
    UNITS
        .iter()
        .flat_map(|row| {
            row.symbols
                .split_whitespace()
                .map(move |symbol| (symbol, row))
        })
        .collect()
});

/// The canonical name of a symbol as written, such as `km`, `kW`, `°C`, `MWh`.
pub(crate) fn of_symbol(symbol: &str) -> Option<String> {
    let direct = |symbol: &str| SYMBOLS.get(symbol).copied();
    if let Some(row) = direct(symbol) {
        return Some(row.name.to_owned());
    }
    PREFIXES.iter().find_map(|(prefix, signs, _)| {
        signs.split(' ').find_map(|sign| {
            let base = symbol.strip_prefix(sign)?;
            // Large prefixes before metre, gram, second or litre are words in capitals ("Ms", "Em"), not units.
            let large = matches!(sign, "M" | "G" | "T" | "P" | "E");
            let rare = matches!(base, "m" | "s" | "g" | "gr" | "l" | "sec")
                || sign == "E" && !matches!(base, "J" | "B" | "W" | "Wh" | "eV");
            if large && (rare || base == "L" && !matches!(sign, "M" | "G")) {
                return None;
            }
            direct(base)
                .filter(|row| row.takes_prefix)
                .map(|row| format!("{prefix}{}", row.name))
        })
    })
}

/// The canonical name of a unit's name with a prefix word, given the name of the unit itself: "gigatonnes".
pub(crate) fn of_prefixed<'a>(
    word: &'a str,
    base: impl Fn(&'a str) -> Option<&'static str>,
) -> Option<String> {
    PREFIXES.iter().find_map(|(prefix, _, _)| {
        let name = base(word.strip_prefix(prefix)?)?;
        let at = UNITS.binary_search_by(|row| row.name.cmp(name)).ok()?;
        UNITS.get(at).filter(|row| row.takes_prefix)?;
        Some(format!("{prefix}{name}"))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn unit(name: &str) -> Unit {
        Unit(name.to_owned())
    }

    #[test]
    fn the_tables_are_sorted_so_that_they_can_be_searched() {
        assert!(UNITS.is_sorted_by(|a, b| a.name < b.name));
        assert!(CURRENCY_CODES.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn rates_of_one_kind_are_one_family_and_convert() {
        let value = convert(
            Decimal::from(100),
            &unit("kilometer_per_hour"),
            &unit("mile_per_hour"),
        )
        .unwrap();

        assert_eq!(value.round_dp(2), Decimal::new(6214, 2));
    }

    #[test]
    fn prefixes_make_units_of_the_same_family() {
        assert_eq!(
            convert(Decimal::from(2), &unit("gigawatt"), &unit("megawatt")),
            Some(Decimal::from(2000))
        );
        assert_eq!(of_symbol("GW").as_deref(), Some("gigawatt"));
        assert_eq!(of_symbol("mm").as_deref(), Some("millimeter"));
    }

    #[test]
    fn currencies_never_convert() {
        assert_eq!(convert(Decimal::ONE, &unit("USD"), &unit("EUR")), None);
        assert!(!same_family(&unit("USD/barrel"), &unit("USD")));
    }

    #[test]
    fn a_percentage_point_is_no_percent() {
        assert!(!same_family(&unit("percent"), &unit("percentage_point")));
        assert_eq!(
            convert(
                Decimal::from(25),
                &unit("basis_point"),
                &unit("percentage_point")
            ),
            Some(Decimal::new(25, 2))
        );
    }
}
