//! What the service manager is told: ready, reloading, stopping, and that the loop still turns.
//!
//! Outside systemd every message goes nowhere, which is right.

use std::time::Duration;

use sd_notify::NotifyState;

use crate::secret;

/// The messages are advice: a manager that cannot be reached must not stop the work.
fn tell(states: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(states) {
        tracing::debug!(%error, "the service manager cannot be told");
    }
}

/// Whether a service manager started us and listens.
#[must_use]
pub fn is_managed() -> bool {
    secret::environment("NOTIFY_SOCKET").is_some()
}

/// Everything is set up.
pub(super) fn ready(watches: usize) {
    tell(&[
        NotifyState::Ready,
        NotifyState::Status(&format!("watches: {watches}")),
    ]);
}

/// The configuration is being read again; [`ready`] follows.
pub(super) fn reloading() {
    match NotifyState::monotonic_usec_now() {
        Ok(now) => tell(&[NotifyState::Reloading, now]),
        Err(_) => tell(&[NotifyState::Reloading]),
    }
}

/// The end has begun.
pub(super) fn stopping() {
    tell(&[NotifyState::Stopping]);
}

/// The loop turns. Sent from the loop itself, so that a stalled one is restarted.
pub(super) fn alive(status: &str) {
    tell(&[NotifyState::Watchdog, NotifyState::Status(status)]);
}

/// How often [`alive`] is wanted: half the manager's patience, or `None` where it has no watchdog.
pub(super) fn watchdog_interval() -> Option<Duration> {
    sd_notify::watchdog_enabled().map(|patience| patience / 2)
}
