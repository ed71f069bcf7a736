//! Asks the web for pages: politely, with limits on everything, and never inside forbidden networks.

pub mod address;
pub mod client;

use std::time::Duration;

/// The manners and the walls of fetching.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The address to write to, told in the User-Agent.
    pub contact: Option<String>,
    /// The whole User-Agent, where the operator sets one.
    pub user_agent: Option<String>,
    /// The pause between two requests to one host.
    pub pace: Duration,
    /// Connections to one host at a time.
    pub per_host: usize,
    /// Private or special networks that may be asked all the same.
    pub allow_networks: Vec<address::Network>,
}
