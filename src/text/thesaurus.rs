//! Which English words mean the same, and which the opposite.
//!
//! `wordnet.txt` is a table derived from `WordNet` 3.0 (its licence is in `wordnet-license.txt`): one line a word with its
//! parts of speech, most frequent first, the senses it has, the more general senses those belong to, and its antonyms.
//! Only senses that `WordNet`'s tagged texts use are in it.

use std::collections::HashMap;
use std::sync::LazyLock;

const WORDS: &str = include_str!("wordnet.txt");
const IRREGULAR: &str = include_str!("irregular.txt");

/// How two words relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// Nothing is known to connect them.
    None,
    /// One is a more general word for the other.
    Wider,
    /// They share a sense.
    Same,
    /// They are antonyms.
    Opposite,
}

/// What the table knows of one word.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The word in its base form.
    pub lemma: &'static str,
    /// Its parts of speech, most frequent first: `n`, `v`, `a`, `r`.
    pub parts: &'static str,
    senses: &'static str,
    wider: &'static str,
    opposites: &'static str,
}

/// The base forms a word may have, the likeliest first.
///
/// ```
/// # use claimwatch::text::thesaurus::base_forms;
/// let forms: Vec<_> = base_forms("fled").iter().map(|entry| entry.lemma).collect();
/// assert_eq!(forms, ["flee"]);
/// ```
#[must_use]
pub fn base_forms(word: &str) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    let candidates = irregular(word)
        .map(str::to_owned)
        .into_iter()
        .chain(std::iter::once(word.to_owned()))
        .chain(regular_forms(word));
    for candidate in candidates {
        if let Some(entry) = entry(&candidate)
            && found.iter().all(|known| known.lemma != entry.lemma)
        {
            found.push(entry);
        }
    }
    found
}

/// Every spelling that may be a form of a verb, right ones among them.
///
/// ```
/// # use claimwatch::text::thesaurus::inflections;
/// for form in ["strike", "strikes", "striking", "struck"] {
///     assert!(inflections("strike").iter().any(|known| known == form));
/// }
/// ```
#[must_use]
pub fn inflections(lemma: &str) -> Vec<String> {
    const BE: &str = "be am is are was were been being 's 're";
    const HAVE: &str = "have has had having";
    let listed = |list: &str| list.split(' ').map(str::to_owned).collect();
    match lemma {
        "be" => return listed(BE),
        "have" => return listed(HAVE),
        _ => {}
    }
    let stem = lemma.strip_suffix(['e', 'y']).unwrap_or(lemma);
    let last = lemma
        .chars()
        .next_back()
        .map(String::from)
        .unwrap_or_default();
    let mut forms = vec![lemma.to_owned()];
    for ending in ["s", "es", "ed", "ing"] {
        forms.push(format!("{lemma}{ending}"));
        forms.push(format!("{stem}{ending}"));
        forms.push(format!("{lemma}{last}{ending}"));
    }
    forms.push(format!("{lemma}d"));
    forms.extend(["ies", "ied"].map(|ending| format!("{stem}{ending}")));
    forms.extend(
        IRREGULAR
            .lines()
            .filter_map(|row| row.split_once(' '))
            .filter(|(_, base)| *base == lemma)
            .map(|(form, _)| form.to_owned()),
    );
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// The base form of an irregular one (`fled`, `women`).
pub(super) fn irregular(word: &str) -> Option<&'static str> {
    FORMS.get(word)?.split(' ').nth(1)
}

/// How two words relate, whatever their inflection.
///
/// ```
/// # use claimwatch::text::thesaurus::{Relation, relation};
/// assert_eq!(relation("tried", "attempted"), Relation::Same);
/// assert_eq!(relation("rose", "fell"), Relation::Opposite);
/// assert_eq!(relation("arrested", "questioned"), Relation::None);
/// ```
#[must_use]
pub fn relation(one: &str, other: &str) -> Relation {
    relation_of(&base_forms(one), &base_forms(other))
}

/// How two words relate whose base forms are known.
pub(crate) fn relation_of(ones: &[Entry], others: &[Entry]) -> Relation {
    let mut best = Relation::None;
    for a in ones {
        for b in others {
            best = best.max(a.relation(b));
        }
    }
    best
}

impl Entry {
    fn relation(&self, other: &Self) -> Relation {
        if self.lemma == other.lemma {
            Relation::Same
        } else if has(self.opposites, other.lemma) || has(other.opposites, self.lemma) {
            Relation::Opposite
        } else if share(self.senses, other.senses) {
            Relation::Same
        } else if share(self.wider, other.senses) || share(other.wider, self.senses) {
            Relation::Wider
        } else {
            Relation::None
        }
    }
}

fn entry(lemma: &str) -> Option<Entry> {
    let mut fields = ENTRIES.get(lemma)?.split(' ');
    let lemma = fields.next()?;
    let parts = fields.next()?;
    let mut list = || fields.next().filter(|list| *list != "-").unwrap_or("");
    Some(Entry {
        lemma,
        parts,
        senses: list(),
        wider: list(),
        opposites: list(),
    })
}

/// The regular inflections undone, one candidate a rule.
fn regular_forms(word: &str) -> Vec<String> {
    const ENDINGS: [(&str, &str); 17] = [
        ("men", "man"),
        ("ies", "y"),
        ("es", ""),
        ("s", ""),
        ("ied", "y"),
        ("ed", "e"),
        ("ed", ""),
        ("ing", "e"),
        ("ing", ""),
        ("ier", "y"),
        ("er", "e"),
        ("er", ""),
        ("iest", "y"),
        ("est", "e"),
        ("est", ""),
        ("ly", ""),
        ("'s", ""),
    ];
    let mut forms = Vec::new();
    for (ending, instead) in ENDINGS {
        let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() > 1) else {
            continue;
        };
        forms.push(format!("{stem}{instead}"));
        // A doubled consonant before the ending: "stopped", "biggest".
        let mut letters = stem.chars().rev();
        if let (Some(last), Some(before)) = (letters.next(), letters.next())
            && last == before
            && instead.is_empty()
        {
            forms.push(stem[..stem.len() - last.len_utf8()].to_owned());
        }
    }
    forms
}

/// The lines of a table by their first word.
type Table = HashMap<&'static str, &'static str>;

static ENTRIES: LazyLock<Table> = LazyLock::new(|| table(WORDS));
static FORMS: LazyLock<Table> = LazyLock::new(|| table(IRREGULAR));

fn table(rows: &'static str) -> Table {
    rows.lines()
        .filter_map(|row| Some((row.split(' ').next()?, row)))
        .collect()
}

fn has(list: &str, word: &str) -> bool {
    !list.is_empty() && list.split(',').any(|item| item == word)
}

fn share(one: &str, other: &str) -> bool {
    !one.is_empty() && one.split(',').any(|item| has(other, item))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_stands_twice_in_a_table() {
        assert_eq!(ENTRIES.len(), WORDS.lines().count());
        assert_eq!(FORMS.len(), IRREGULAR.lines().count());
    }

    #[test]
    fn inflections_lead_to_their_base_form() {
        for (word, lemma) in [
            ("stopped", "stop"),
            ("injuries", "injury"),
            ("women", "woman"),
        ] {
            assert!(
                base_forms(word).iter().any(|entry| entry.lemma == lemma),
                "{word}"
            );
        }
    }

    #[test]
    fn words_of_different_things_are_not_the_same() {
        assert_eq!(relation("profit", "loss"), Relation::None);
        assert_eq!(relation("killed", "wounded"), Relation::None);
        assert_eq!(relation("quux", "blast"), Relation::None);
    }
}
