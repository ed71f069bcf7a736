//! How alike two words or two sentences are: folded spelling, stems, stop words, and a weighted likeness.
//!
//! The one rule: likeness is counted in words that carry meaning; blanks, articles and punctuation match everywhere and
//! would make strangers look alike.

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Language;

/// Reduces the words of one language to their stems.
pub struct Stems {
    stemmer: Option<Stemmer>,
    english: bool,
}

impl Stems {
    /// The stems of `language`; a language without rules keeps its words, folded.
    ///
    /// ```
    /// # use claimwatch::text::{Language, similarity::Stems};
    /// let stems = Stems::of(&Language::new("en"));
    /// assert_eq!(stems.stem("killing"), stems.stem("killed"));
    /// assert_eq!(stems.stem("fled"), stems.stem("fleeing"));
    /// ```
    #[must_use]
    pub fn of(language: &Language) -> Self {
        let algorithm = match language.as_str() {
            "en" | "" => Algorithm::English,
            "de" => Algorithm::German,
            "fr" => Algorithm::French,
            "es" => Algorithm::Spanish,
            "it" => Algorithm::Italian,
            "pt" => Algorithm::Portuguese,
            "nl" => Algorithm::Dutch,
            "sv" => Algorithm::Swedish,
            "no" | "nb" | "nn" => Algorithm::Norwegian,
            "da" => Algorithm::Danish,
            "fi" => Algorithm::Finnish,
            "ro" => Algorithm::Romanian,
            "hu" => Algorithm::Hungarian,
            "tr" => Algorithm::Turkish,
            "ru" | "uk" | "be" | "bg" => Algorithm::Russian,
            _ => {
                return Self {
                    stemmer: None,
                    english: false,
                };
            }
        };
        Self {
            stemmer: Some(Stemmer::create(algorithm)),
            english: matches!(algorithm, Algorithm::English),
        }
    }

    /// The stem of a word, folded: lower case, without accents.
    #[must_use]
    pub fn stem(&self, word: &str) -> String {
        let lower = word.to_lowercase();
        let base = if self.english {
            super::thesaurus::irregular(&lower).unwrap_or(&lower)
        } else {
            &lower
        };
        match &self.stemmer {
            Some(stemmer) => fold(&stemmer.stem(base)),
            None => fold(base),
        }
    }
}

/// A word without what spelling habits add: upper case, accents, soft hyphens.
///
/// ```
/// # use claimwatch::text::similarity::fold;
/// assert_eq!(fold("Çelik"), "celik");
/// ```
#[must_use]
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let plain = word
        .nfd()
        .filter(|letter| !is_combining_mark(*letter) && *letter != '\u{ad}')
        .flat_map(char::to_lowercase);
    // Cyrillic й and ї lose their mark in decomposition, which only ever makes two spellings of one name meet.
    plain.nfc().collect()
}

/// Whether two spellings are likely those of one name or a corrected typing error.
///
/// ```
/// # use claimwatch::text::similarity::is_respelling;
/// assert!(is_respelling("pictues", "pictures"));
/// assert!(is_respelling("Serhiy", "Serhii"));
/// assert!(!is_respelling("Torvik", "Tornes"));
/// ```
#[must_use]
pub fn is_respelling(one: &str, other: &str) -> bool {
    let one: Vec<char> = fold(one).chars().collect();
    let other: Vec<char> = fold(other).chars().collect();
    if one == other {
        return true;
    }
    let shorter = one.len().min(other.len());
    if shorter < 4 || one.iter().chain(&other).any(char::is_ascii_digit) {
        return false;
    }
    // Transliterations differ in their vowels: "Kyivske", "Kievske".
    let frame = |word: &[char]| {
        word.iter()
            .filter(|c| !"aeiouy".contains(**c))
            .collect::<String>()
    };
    let allowed = if shorter >= 8 || (shorter >= 6 && frame(&one) == frame(&other)) {
        2
    } else {
        1
    };
    one.first() == other.first() && edits(&one, &other, allowed) <= allowed
}

/// The number of letters inserted, dropped, replaced or swapped with their neighbour; anything above `limit` is `limit + 1`.
fn edits(one: &[char], other: &[char], limit: usize) -> usize {
    if one.len().abs_diff(other.len()) > limit {
        return limit + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let mut cost = (last[j] + usize::from(a != b))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0).min(limit + 1)
}

/// The share of meaning-bearing weight that two bags of words have in common, from 0 to 1.
///
/// Each bag is a sorted list of word and weight. The second number is the share of the lighter bag found in the other: 1
/// where one text lies within the other, as after a split or a merge.
///
/// ```
/// # use claimwatch::text::similarity::likeness;
/// let (dice, within) = likeness(&[(1, 1.0), (2, 1.0)], &[(1, 1.0), (2, 1.0), (3, 2.0)]);
/// assert!(dice < within && (within - 1.0).abs() < 1e-6);
/// ```
#[must_use]
pub fn likeness(one: &[(u32, f32)], other: &[(u32, f32)]) -> (f32, f32) {
    let (mut i, mut j, mut shared) = (0, 0, 0.0);
    while i < one.len() && j < other.len() {
        match one[i].0.cmp(&other[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += one[i].1.min(other[j].1);
                i += 1;
                j += 1;
            }
        }
    }
    let total = |bag: &[(u32, f32)]| bag.iter().map(|(_, weight)| weight).sum::<f32>();
    let (a, b) = (total(one), total(other));
    if a <= 0.0 || b <= 0.0 {
        return (0.0, 0.0);
    }
    (2.0 * shared / (a + b), shared / a.min(b))
}

/// Whether a folded word only holds a sentence together: article, preposition, pronoun, auxiliary.
///
/// ```
/// # use claimwatch::text::{Language, similarity::is_stop_word};
/// assert!(is_stop_word("the", &Language::new("en")));
/// assert!(!is_stop_word("truce", &Language::new("en")));
/// ```
#[must_use]
pub fn is_stop_word(word: &str, language: &Language) -> bool {
    let list = match language.as_str() {
        "en" | "" => ENGLISH,
        "de" => GERMAN,
        "fr" => FRENCH,
        "es" => SPANISH,
        "it" => ITALIAN,
        "pt" => PORTUGUESE,
        "nl" => DUTCH,
        "pl" => POLISH,
        "ru" => RUSSIAN,
        "uk" => UKRAINIAN,
        _ => return word.chars().count() <= 2,
    };
    list.split_ascii_whitespace().any(|stop| stop == word)
}

const ENGLISH: &str = "a an the and or but nor if of in on at to from by with without for as into onto over under \
about after before between during through against among amid around upon within toward towards off out up down per via than then so \
such that this these those there here it its itself he him his himself she her hers herself they them their theirs \
themselves we us our ours you your yours i me my who whom whose which what when where why how while because since until till \
although though whether is are was were be been being am do does did doing done has have had having will would shall should can \
could may might must 's s also just very too even still yet already again now both each every either any some more most other \
another own same only all one ones says said say told tells tell not no";
const GERMAN: &str = "der die das den dem des ein eine einen einem einer eines und oder aber als wie in im an am auf aus bei beim mit \
nach von vom vor zu zum zur fur uber unter um durch gegen ohne bis seit es er sie ihn ihm ihr ihre ihren ihrem ihrer sein seine seinen seinem \
seiner sich wir uns man dass ob wenn weil ist sind war waren wird werden wurde wurden sei seien habe haben hat hatte hatten werde \
auch noch nur schon mehr so dort hier da nicht";
const FRENCH: &str = "le la les l un une des du de d et ou mais a au aux en dans sur sous par pour avec sans chez vers que qu qui \
quoi dont ou ce cet cette ces c se s sa son ses leur leurs il elle ils elles on nous vous je j ne n pas y est sont etait etaient a \
ont avait avaient ete etre avoir sera seront plus aussi deja encore";
const SPANISH: &str = "el la los las un una unos unas de del y e o u pero a al en con sin por para que se su sus lo le les es son era \
eran fue fueron ha han habia habian ser estar esta estan como mas ya no si sobre entre desde hasta este esta estos estas ese esa";
const ITALIAN: &str = "il lo la i gli le l un uno una di del dello della dei degli delle e o ma a al allo alla ai agli alle da dal dalla \
in nel nella nei con su sul sulla per tra fra che chi si suo sua suoi sue e sono era erano ha hanno aveva non piu anche come";
const PORTUGUESE: &str = "o a os as um uma de do da dos das e ou mas em no na nos nas por pelo pela para com sem que se seu sua seus suas \
ao aos e sao era foi foram ha tem ser estar mais ja nao como sobre entre ate";
const DUTCH: &str = "de het een en of maar van in op aan bij met naar uit door voor tot om te dat die dit deze er hij zij ze het we zijn \
haar hun zich is was waren wordt worden werd heeft hebben had niet ook nog al meer dan als";
const POLISH: &str = "i a w z na do o od po za przez dla przy pod nad ze sie to ten ta te tego tej jest sa byl byla bylo byli byly \
nie ze ktory ktora ktore jak oraz ale lub juz tez jego jej ich";
const RUSSIAN: &str = "и в во на с со к ко от до из за по о об у при для над под без между не ни но а или что чтобы как это этот эта эти \
тот он она оно они его ее их ему ей им был была было были есть быть бы же ли уже еще также который которая которые";
const UKRAINIAN: &str = "і и й та в у на з із зі до від за по про при для над під без між не ні але а або що щоб як це цеи ця ці тои він \
вона воно вони иого її іх иому був була було були є бути б би же чи вже ще також якии яка які";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_errors_and_transliterations_are_respellings() {
        for (one, other) in [
            ("recieved", "received"),
            ("Kyivske", "Kievske"),
            ("Ahmet", "Ahmed"),
        ] {
            assert!(is_respelling(one, other), "{one} {other}");
        }
    }

    #[test]
    fn other_names_and_numbers_are_not_respellings() {
        for (one, other) in [
            ("Holt", "Colt"),
            ("1968", "1986"),
            ("Jutta", "Janine"),
            ("rise", "fall"),
        ] {
            assert!(!is_respelling(one, other), "{one} {other}");
        }
    }

    #[test]
    fn strangers_share_nothing() {
        assert_eq!(likeness(&[(1, 1.0)], &[(2, 1.0)]), (0.0, 0.0));
        assert_eq!(likeness(&[], &[(2, 1.0)]), (0.0, 0.0));
    }
}
