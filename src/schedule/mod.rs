//! When a watch is due: every so often with decay, or by a crontab line.

pub mod crontab;
pub mod every;

pub use crontab::Crontab;
pub use every::Every;

/// When a watch is due.
#[derive(Debug, Clone, PartialEq)]
pub enum Schedule {
    /// Every so often, less often as the story ages.
    Every(Every),
    /// By a crontab line.
    Cron(Crontab),
}
