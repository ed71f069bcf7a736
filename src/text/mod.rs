//! Sentences, words, likeness and language: what is known of a text before its meaning.
//!
//! Everything here works on plain strings and answers with byte ranges into them.

pub mod language;
pub mod sentences;
pub mod similarity;
pub mod thesaurus;
pub mod words;

/// The language of a text as a primary BCP 47 subtag in lower case (`en`, `de`), or empty where it is not known.
///
/// ```
/// use claimwatch::text::Language;
///
/// assert_eq!(Language::new("en-GB").as_str(), "en");
/// assert!(Language::default().is_unknown());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

impl Language {
    /// The primary subtag of `tag`, which may be a full tag such as `en-GB` or `pt_BR`.
    #[must_use]
    pub fn new(tag: &str) -> Self {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self(primary.to_ascii_lowercase())
    }

    /// The subtag, empty where the language is not known.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is known of the language.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.0.is_empty()
    }
}
