//! A signed POST as Standard Webhooks describes it.

use crate::secret::Secret;

/// The options of one webhook.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Where to post; a secret, since services put keys into addresses.
    pub url: Secret,
    /// The signing secrets (`whsec_...`): one, or two while they are rotated.
    pub secrets: Vec<Secret>,
}
