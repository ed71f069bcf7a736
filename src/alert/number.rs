//! Numbers in JSON as people write them: `2100000`, not `2100000.0`.

use serde::Serializer;

/// The largest whole number that every reader of JSON takes without loss: 2 to the power of 53.
const MAX_WHOLE: f64 = 9_007_199_254_740_992.0;

/// Writes a number, whole ones without a fraction.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the shape that serde calls"
)]
pub(super) fn serialize<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if number.fract() == 0.0 && number.abs() <= MAX_WHOLE {
        #[expect(clippy::cast_possible_truncation, reason = "whole and in range")]
        serializer.serialize_i64(*number as i64)
    } else {
        serializer.serialize_f64(*number)
    }
}

/// The same for a number that may be missing.
pub(super) mod option {
    use serde::Serializer;

    #[expect(clippy::ref_option, reason = "the shape that serde calls")]
    pub(in super::super) fn serialize<S: Serializer>(
        number: &Option<f64>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match number {
            Some(number) => super::serialize(number, serializer),
            None => serializer.serialize_none(),
        }
    }
}
