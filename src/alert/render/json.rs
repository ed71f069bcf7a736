//! The webhook body, as `docs/alert.schema.json` describes it.

use serde_json::{Value, json};

use crate::alert::Alert;

/// The body that is posted for `alert`, the same bytes at every attempt.
///
/// ```
/// let alert = claimwatch::alert::test(jiff::Timestamp::UNIX_EPOCH);
/// let body = claimwatch::alert::render::json::body(&alert);
/// assert!(body.starts_with(r#"{"type":"claimwatch.figure_changed","timestamp":"1970-01-01T00:00:00Z","data":{"#));
/// ```
#[must_use]
pub fn body(alert: &Alert) -> String {
    value(alert).to_string()
}

/// The same as a value.
#[must_use]
pub fn value(alert: &Alert) -> Value {
    json!({
        "type": format!("claimwatch.{}", alert.kind),
        "timestamp": alert.at,
        "data": alert,
    })
}
