//! Log lines on standard error: plain on a terminal, with priority prefixes under systemd, JSON on request.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

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
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr);
    // A second start (several runs in one test process) keeps the first.
    let _ = match secret::environment("CLAIMWATCH_LOG_FORMAT").as_deref() {
        Some("json") => builder.json().try_init(),
        _ if secret::environment("JOURNAL_STREAM").is_some() => {
            builder.event_format(Journal).try_init()
        }
        _ => builder
            .with_ansi(use_colour())
            .with_target(false)
            .try_init(),
    };
}

fn use_colour() -> bool {
    io::stderr().is_terminal()
        && secret::environment("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Lines as the journal wants them: a syslog priority, no time of their own.
struct Journal;

impl<S, N> FormatEvent<S, N> for Journal
where
    S: tracing::Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &tracing::Event<'_>,
    ) -> std::fmt::Result {
        let priority = match *event.metadata().level() {
            tracing::Level::ERROR => 3,
            tracing::Level::WARN => 4,
            tracing::Level::INFO => 6,
            _ => 7,
        };
        write!(writer, "<{priority}>")?;
        context
            .field_format()
            .format_fields(writer.by_ref(), event)?;
        writeln!(writer)
    }
}
