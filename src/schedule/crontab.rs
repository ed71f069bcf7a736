//! Crontab lines with the meaning of crontab(5).

/// A crontab line in a time zone.
#[derive(Debug, Clone, PartialEq)]
pub struct Crontab {
    /// The line as typed.
    pub line: String,
}
