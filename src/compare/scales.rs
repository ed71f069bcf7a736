//! Units that convert into each other.

use rust_decimal::prelude::ToPrimitive;

use crate::claims::Decimal;

#[derive(Clone, Copy)]
pub(super) struct Scale {
    pub dimension: u8,
    factor: f64,
    offset: f64,
    /// How far two converted values may lie apart, as a share.
    tolerance: f64,
}

pub(super) fn is_conversion(from: Scale, x: Decimal, to: Scale, y: Decimal) -> bool {
    let (Some(x), Some(y)) = (x.to_f64(), y.to_f64()) else {
        return false;
    };
    let (a, b) = (x * from.factor + from.offset, y * to.factor + to.offset);
    let reach = a.abs().max(b.abs());
    // Temperatures are compared as differences of degrees: a share of the Kelvin value would forgive several.
    let allowed = if from.dimension == 5 {
        0.6
    } else {
        reach * from.tolerance.min(to.tolerance)
    };
    (a - b).abs() <= allowed + 1e-9
}

/// A unit in the base unit of its dimension.
pub(super) fn scale(unit: &str) -> Option<Scale> {
    const LENGTH: u8 = 0;
    const AREA: u8 = 1;
    const MASS: u8 = 2;
    const VOLUME: u8 = 3;
    const SPEED: u8 = 4;
    const TIME: u8 = 6;
    const SHARE: u8 = 7;
    const POWER: u8 = 8;
    const CURRENCY: u8 = 20;
    let (dimension, factor) = match unit {
        "millimeter" => (LENGTH, 0.001),
        "centimeter" => (LENGTH, 0.01),
        "meter" => (LENGTH, 1.0),
        "kilometer" => (LENGTH, 1_000.0),
        "inch" => (LENGTH, 0.0254),
        "foot" => (LENGTH, 0.3048),
        "yard" => (LENGTH, 0.9144),
        "mile" => (LENGTH, 1_609.344),
        "nautical_mile" => (LENGTH, 1_852.0),
        "square_meter" => (AREA, 1.0),
        "square_kilometer" => (AREA, 1e6),
        "square_mile" => (AREA, 2_589_988.0),
        "square_foot" => (AREA, 0.092_903),
        "hectare" => (AREA, 10_000.0),
        "acre" => (AREA, 4_046.856),
        "gram" => (MASS, 0.001),
        "kilogram" => (MASS, 1.0),
        "tonne" | "metric_ton" => (MASS, 1_000.0),
        "ton" => (MASS, 907.185),
        "pound" => (MASS, 0.453_592),
        "ounce" => (MASS, 0.028_349_5),
        "stone" => (MASS, 6.350_29),
        "milliliter" => (VOLUME, 0.001),
        "liter" => (VOLUME, 1.0),
        "cubic_meter" => (VOLUME, 1_000.0),
        "gallon" => (VOLUME, 3.785_41),
        "cubic_foot" => (VOLUME, 28.316_8),
        "barrel" => (VOLUME, 158.987),
        "meter_per_second" => (SPEED, 3.6),
        "kilometer_per_hour" => (SPEED, 1.0),
        "mile_per_hour" => (SPEED, 1.609_344),
        "knot" => (SPEED, 1.852),
        "watt" => (POWER, 1.0),
        "kilowatt" => (POWER, 1e3),
        "megawatt" => (POWER, 1e6),
        "gigawatt" => (POWER, 1e9),
        "second" => (TIME, 1.0),
        "minute" => (TIME, 60.0),
        "hour" => (TIME, 3_600.0),
        "day" => (TIME, 86_400.0),
        "week" => (TIME, 604_800.0),
        "month" => (TIME, 2_629_800.0),
        "year" => (TIME, 31_557_600.0),
        "decade" => (TIME, 315_576_000.0),
        "century" => (TIME, 3_155_760_000.0),
        "percent" => (SHARE, 0.01),
        "part" => (SHARE, 1.0),
        "cent" => (CURRENCY, 0.01),
        "USD" => (CURRENCY, 1.0),
        "penny" => (CURRENCY + 1, 0.01),
        "GBP" => (CURRENCY + 1, 1.0),
        _ => return temperature(unit),
    };
    let tolerance = match dimension {
        // Three weeks are 21 days and 18 months a year and a half; half a month off is another length.
        TIME => 0.015,
        SHARE => 0.02,
        CURRENCY.. => 1e-9,
        _ => 0.025,
    };
    Some(Scale {
        dimension,
        factor,
        offset: 0.0,
        tolerance,
    })
}

fn temperature(unit: &str) -> Option<Scale> {
    let (factor, offset) = match unit {
        "celsius" => (1.0, 0.0),
        "fahrenheit" => (5.0 / 9.0, -160.0 / 9.0),
        "kelvin" => (1.0, -273.15),
        _ => return None,
    };
    Some(Scale {
        dimension: 5,
        factor,
        offset,
        tolerance: 0.025,
    })
}
