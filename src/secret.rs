//! The only reader of passwords and keys: `{env: NAME}`, `{file: PATH}`, `{credential: NAME}`.
//!
//! A [`Secret`] never shows itself: not in `Debug`, not in logs, errors, the store or the status page.

use secrecy::{ExposeSecret, SecretString};

/// A secret that was found when the configuration was read.
#[derive(Debug, Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Wraps a secret.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(SecretString::from(text))
    }

    /// The secret itself, for the one call that needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}
