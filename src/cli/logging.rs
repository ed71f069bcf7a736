//! Log lines: plain on a terminal, field by field for the journal under systemd, JSON on request.

mod journal;

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::secret;

/// Starts logging. The service keeps a diary; a verb somebody waits for tells trouble only. `verbose` counts the `-v` given.
pub(super) fn start(is_service: bool, verbose: u8) {
    let level = match (is_service, verbose) {
        (false, 0) => "error",
        (true, 0) | (false, 1) => "warn,claimwatch=info",
        (true, 1) | (false, 2) => "warn,claimwatch=debug",
        _ => "debug",
    };
    let filter =
        secret::environment("CLAIMWATCH_LOG").map_or_else(|| EnvFilter::new(level), EnvFilter::new);
    let wants_json = secret::environment("CLAIMWATCH_LOG_FORMAT").as_deref() == Some("json");
    let journal = journal::Journal::of_this_process().filter(|_| !wants_json);
    let builder = tracing_subscriber::fmt().with_writer(io::stderr);
    // A second start (several runs in one test process) keeps the first.
    let _ = match journal {
        Some(journal) => tracing_subscriber::registry()
            .with(filter)
            .with(journal)
            .try_init()
            .map_err(Into::into),
        None if wants_json => builder.with_env_filter(filter).json().try_init(),
        None => builder
            .with_env_filter(filter)
            .with_ansi(use_colour())
            .with_target(false)
            .try_init(),
    };
}

fn use_colour() -> bool {
    io::stderr().is_terminal()
        && secret::environment("NO_COLOR").is_none_or(|value| value.is_empty())
}
