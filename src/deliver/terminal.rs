//! Printed where claimwatch runs, as it would be mailed.

use std::io::{self, Write};

use super::Error;
use crate::alert::{Alert, render};

/// The width of the line between two alerts.
const RULE_CHARS: usize = 72;

/// Prints the alert on stdout.
///
/// # Errors
/// When it cannot be written.
pub fn send(alert: &Alert) -> Result<(), Error> {
    print(&mut io::stdout().lock(), alert)
}

/// Prints the alert on `out`.
///
/// ```
/// use claimwatch::{alert, deliver::terminal};
///
/// let mut out = Vec::new();
/// terminal::print(&mut out, &alert::test(jiff::Timestamp::UNIX_EPOCH)).expect("memory takes it all");
///
/// assert!(String::from_utf8_lossy(&out).contains("Subject: [test] Refugees"));
/// ```
///
/// # Errors
/// When it cannot be written.
pub fn print(out: &mut impl Write, alert: &Alert) -> Result<(), Error> {
    let text = format!("{}\n{}\n", "=".repeat(RULE_CHARS), render::terminal(alert));
    write(out, text.as_bytes()).map_err(|error| Error::Transport {
        to: String::from("terminal"),
        why: error.to_string(),
    })
}

/// In one piece, so that two alerts do not mix.
fn write(out: &mut impl Write, text: &[u8]) -> io::Result<()> {
    out.write_all(text)?;
    out.flush()
}
