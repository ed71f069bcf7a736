//! How an alert reads: as a mail, on a terminal.
//!
//! The same alert gives the same bytes each time, so that a repeat can be recognised. Text of a page is untrusted and
//! passes [`words::clean`] on every way out.

pub mod atom;
pub mod chat;
pub mod digest;
mod elsewhere;
mod facts;
pub mod html;
pub mod lead;
pub mod mail;
pub mod numbers;
pub mod subject;
pub mod template;
pub mod text;
pub mod times;
pub mod words;

pub use mail::{Mail, MailOptions, SubjectLine, mail};

use super::Alert;

/// `1 check`, `3 checks`.
fn numbered(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

/// What the subject of an alert starts with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SubjectStyle {
    /// The figure or statement that moved.
    #[default]
    Change,
    /// The title: the same subject for every mail of a story.
    Story,
}

/// The alert as a terminal shows it: what would be mailed, subject first.
///
/// ```
/// let alert = claimwatch::alert::test(jiff::Timestamp::UNIX_EPOCH);
/// let shown = claimwatch::alert::render::terminal(&alert);
/// assert!(shown.starts_with("Subject: [test] Refugees 2.1–2.2M → 2.5M (+16%)"));
/// ```
#[must_use]
pub fn terminal(alert: &Alert) -> String {
    format!(
        "Subject: {}\n\n{}",
        subject::subject(alert, SubjectStyle::Change),
        text::text(alert)
    )
}
