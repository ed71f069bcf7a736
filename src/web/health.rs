//! Whether the service lives, and whether it can work.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use jiff::SignedDuration;

use super::Shared;

/// The event loop comes round at least this often, or something has stopped it.
const LONGEST_TURN: SignedDuration = SignedDuration::from_secs(60);

/// `/healthz`: the event loop turns.
pub(super) async fn alive(State(shared): State<Arc<Shared>>) -> (StatusCode, String) {
    let services = shared.services();
    let now = services.clock.now();
    match services.metrics.last_turn() {
        Some(turn) if now.duration_since(turn) > LONGEST_TURN => {
            let answer = format!("the event loop has stood still since {turn}\n");
            (StatusCode::SERVICE_UNAVAILABLE, answer)
        }
        Some(_) | None => (StatusCode::OK, "ok\n".to_owned()),
    }
}

/// `/readyz`: the loop has begun, and the store answers.
pub(super) async fn ready(State(shared): State<Arc<Shared>>) -> (StatusCode, String) {
    let services = shared.services();
    if services.metrics.last_turn().is_none() {
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            "the event loop has not begun\n".to_owned(),
        );
    }
    match services.store.next_due().await {
        Ok(_) => (StatusCode::OK, "ready\n".to_owned()),
        // Paths of this machine are nobody's business; the log has them.
        Err(error) => {
            tracing::error!(%error, "the store does not answer");
            let answer = "the store does not answer; see the log\n".to_owned();
            (StatusCode::SERVICE_UNAVAILABLE, answer)
        }
    }
}
