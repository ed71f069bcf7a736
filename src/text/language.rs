//! Guesses the language of a text from its script and its commonest words.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Language;

/// Words looked at; more text does not change the answer.
const MAX_WORDS: usize = 300;
/// No common word is longer.
const MAX_COMMON_BYTES: usize = 16;
/// Fewer common words than this say nothing.
const MIN_HITS: usize = 3;

/// The commonest small words of each language that is told apart by words. Sorted by language.
const COMMON: &[(&str, &[&str])] = &[
    (
        "cs",
        &[
            "a", "se", "na", "je", "že", "v", "by", "pro", "jsem", "jako", "ale", "podle", "byl",
            "které", "který", "jsou", "také", "však", "ze", "při",
        ],
    ),
    (
        "da",
        &[
            "og", "er", "det", "at", "en", "den", "til", "af", "ikke", "på", "som", "med", "har",
            "de", "blev", "efter", "fra", "jeg", "også", "mere",
        ],
    ),
    (
        "de",
        &[
            "und", "der", "die", "das", "ist", "nicht", "den", "mit", "von", "ein", "eine", "auf",
            "dem", "des", "sich", "für", "im", "zu", "auch", "wurde",
        ],
    ),
    (
        "en",
        &[
            "the", "and", "of", "to", "in", "that", "is", "was", "for", "on", "with", "said", "by",
            "at", "it", "from", "has", "as", "were", "be",
        ],
    ),
    (
        "es",
        &[
            "el", "la", "de", "que", "y", "en", "los", "se", "del", "las", "un", "por", "con",
            "una", "para", "su", "al", "es", "como", "más",
        ],
    ),
    (
        "fi",
        &[
            "ja", "on", "ei", "että", "se", "oli", "hän", "mutta", "myös", "kun", "ovat", "mukaan",
            "joka", "sekä", "ollut", "tai", "sen", "vuonna", "noin", "kuin",
        ],
    ),
    (
        "fr",
        &[
            "le", "la", "les", "de", "des", "et", "en", "un", "une", "du", "que", "est", "dans",
            "qui", "pour", "par", "sur", "au", "plus", "pas",
        ],
    ),
    (
        "hu",
        &[
            "a", "az", "és", "hogy", "nem", "egy", "is", "volt", "csak", "meg", "már", "még",
            "szerint", "de", "ezt", "ha", "el", "vagy", "lesz", "azt",
        ],
    ),
    (
        "id",
        &[
            "yang", "dan", "di", "dengan", "untuk", "dari", "pada", "ini", "itu", "tidak", "dalam",
            "akan", "juga", "ke", "oleh", "tersebut", "telah", "karena", "bahwa", "ada",
        ],
    ),
    (
        "it",
        &[
            "il", "di", "che", "la", "e", "per", "non", "un", "una", "del", "della", "con", "sono",
            "è", "i", "gli", "da", "nel", "alla", "anche",
        ],
    ),
    (
        "nl",
        &[
            "de", "het", "een", "van", "en", "in", "dat", "is", "op", "te", "zijn", "niet", "met",
            "voor", "aan", "ook", "er", "door", "bij", "worden",
        ],
    ),
    (
        "no",
        &[
            "og", "er", "det", "at", "en", "den", "til", "av", "ikke", "på", "som", "med", "har",
            "de", "ble", "etter", "fra", "jeg", "også", "mer",
        ],
    ),
    (
        "pl",
        &[
            "i", "w", "na", "się", "z", "nie", "do", "to", "że", "jest", "o", "jak", "po", "od",
            "przez", "ale", "był", "oraz", "która", "który",
        ],
    ),
    (
        "pt",
        &[
            "o", "a", "de", "que", "e", "do", "da", "em", "um", "para", "os", "no", "não", "uma",
            "com", "na", "por", "dos", "mais", "ao",
        ],
    ),
    (
        "ro",
        &[
            "de", "și", "în", "la", "a", "care", "cu", "pe", "din", "nu", "că", "pentru", "au",
            "fost", "mai", "este", "o", "un", "după", "într",
        ],
    ),
    (
        "sv",
        &[
            "och", "att", "det", "i", "en", "som", "på", "är", "av", "för", "den", "med", "till",
            "inte", "har", "de", "ett", "om", "var", "från",
        ],
    ),
    (
        "tr",
        &[
            "ve",
            "bir",
            "bu",
            "da",
            "de",
            "için",
            "ile",
            "olarak",
            "daha",
            "çok",
            "olan",
            "gibi",
            "sonra",
            "kadar",
            "ancak",
            "göre",
            "dedi",
            "olduğunu",
            "en",
            "ise",
        ],
    ),
];

/// The language of `text`, unknown where there is too little to go by.
///
/// ```
/// use claimwatch::text::language::detect;
///
/// assert_eq!(detect("Die Zahl der Toten ist auf zwölf gestiegen, und es wird nicht die letzte sein.").as_str(), "de");
/// assert_eq!(detect("Число погибших выросло до двенадцати.").as_str(), "ru");
/// assert!(detect("12 34").is_unknown());
/// ```
#[must_use]
pub fn detect(text: &str) -> Language {
    by_script(text).unwrap_or_else(|| by_words(text))
}

/// The language of `text` where its words leave hardly a doubt: enough to overrule a page that names another one.
///
/// ```
/// use claimwatch::text::language::certain;
///
/// assert!(certain("Die Zahl der Toten steigt.").is_none());
/// ```
#[must_use]
pub fn certain(text: &str) -> Option<Language> {
    if let Some(language) = by_script(text) {
        return Some(language);
    }
    let (counts, words) = count(text);
    let (first, second) = best_two(&counts);
    let (language, hits) = first?;
    let sure = words >= 40 && hits * 100 >= words * 15 && hits >= 2 * second;
    sure.then(|| Language::new(language))
}

fn by_words(text: &str) -> Language {
    let (counts, _) = count(text);
    match best_two(&counts).0 {
        Some((language, hits)) if hits >= MIN_HITS => Language::new(language),
        _ => Language::default(),
    }
}

/// The language with most hits, and the hits of the second.
fn best_two(counts: &[usize]) -> (Option<(&'static str, usize)>, usize) {
    let mut ranked: Vec<(usize, &'static str)> = counts
        .iter()
        .copied()
        .zip(COMMON.iter().map(|(language, _)| *language))
        .collect();
    ranked.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
    let first = ranked.first().map(|(hits, language)| (*language, *hits));
    (first, ranked.get(1).map_or(0, |(hits, _)| *hits))
}

/// How often the common words of each language occur, and the number of words.
fn count(text: &str) -> (Vec<usize>, usize) {
    let mut counts = vec![0; COMMON.len()];
    let mut total = 0;
    let mut small = String::new();
    let words = text
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty());
    for word in words.take(MAX_WORDS) {
        total += 1;
        if word.len() > MAX_COMMON_BYTES {
            continue;
        }
        small.clear();
        small.extend(word.chars().flat_map(char::to_lowercase));
        for language in LANGUAGES_OF.get(small.as_str()).into_iter().flatten() {
            counts[*language] += 1;
        }
    }
    (counts, total)
}

/// The languages of each common word, as indices of [`COMMON`].
static LANGUAGES_OF: LazyLock<BTreeMap<&str, Vec<usize>>> = LazyLock::new(|| {
    let mut languages: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, (_, words)) in COMMON.iter().enumerate() {
        for word in *words {
            languages.entry(word).or_default().push(index);
        }
    }
    languages
});

/// The language that a script gives away.
fn by_script(text: &str) -> Option<Language> {
    let mut letters = 0usize;
    let mut seen = [0usize; 9];
    for letter in text
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .take(2_000)
    {
        letters += 1;
        let script = match u32::from(letter) {
            0x0400..=0x052F => 0,
            0x0590..=0x05FF => 1,
            0x0600..=0x06FF => 2,
            0x0900..=0x097F => 3,
            0x0E00..=0x0E7F => 4,
            0x0370..=0x03FF => 5,
            0xAC00..=0xD7AF => 6,
            0x3040..=0x30FF => 7,
            0x4E00..=0x9FFF => 8,
            _ => continue,
        };
        seen[script] += 1;
    }
    // Kana beside Han is Japanese even where the Han letters are more.
    if seen[7] * 20 > letters && letters > 0 {
        return Some(Language::new("ja"));
    }
    let (script, count) = seen
        .iter()
        .copied()
        .enumerate()
        .max_by_key(|(_, count)| *count)?;
    if count < 8 || count * 2 < letters {
        return None;
    }
    let code = match script {
        0 => cyrillic(text),
        1 => "he",
        2 if text.contains(['پ', 'چ', 'ژ', 'گ']) => "fa",
        2 => "ar",
        3 => "hi",
        4 => "th",
        5 => "el",
        6 => "ko",
        7 => "ja",
        _ => "zh",
    };
    Some(Language::new(code))
}

/// Ukrainian and Bulgarian are told from Russian by their letters.
fn cyrillic(text: &str) -> &'static str {
    let count = |letters: &[char]| {
        text.chars()
            .filter(|letter| letters.contains(letter))
            .count()
    };
    let ukrainian = count(&['і', 'ї', 'є', 'ґ']);
    let russian = count(&['ы', 'э', 'ё']);
    if ukrainian > russian {
        "uk"
    } else if russian == 0 && count(&['ъ']) > 0 && count(&['щ', 'ъ']) * 60 > text.chars().count()
    {
        "bg"
    } else {
        "ru"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_languages_are_told_apart() {
        for (language, text) in [
            (
                "en",
                "The mayor said that the bridge was closed for the night and that it would open on Monday.",
            ),
            (
                "de",
                "Die Bürgermeisterin sagte, dass die Brücke für die Nacht gesperrt ist und nicht vor Montag öffnet.",
            ),
            (
                "fr",
                "Le maire a dit que le pont est fermé pour la nuit et que les voitures ne passent pas par la ville.",
            ),
            (
                "es",
                "El alcalde dijo que el puente se cierra por la noche y que los coches no pasan por la ciudad.",
            ),
            (
                "it",
                "Il sindaco ha detto che il ponte è chiuso per la notte e che non riapre prima della mattina.",
            ),
            (
                "pt",
                "O prefeito disse que a ponte não abre à noite e que os carros passam por uma rua do centro.",
            ),
            (
                "nl",
                "De burgemeester zei dat de brug voor de nacht dicht is en dat het verkeer niet door de stad mag.",
            ),
            (
                "sv",
                "Borgmästaren sade att bron är stängd för natten och att det inte går att köra till staden.",
            ),
            (
                "pl",
                "Burmistrz powiedział, że most jest zamknięty na noc i że nie będzie otwarty przed rankiem, ale to się zmieni.",
            ),
            (
                "uk",
                "Міський голова сказав, що міст зачинено на ніч і що його відкриють у понеділок.",
            ),
            ("ja", "市長は橋が夜間閉鎖されると述べた。"),
            ("zh", "市长表示大桥夜间关闭星期一重新开放"),
        ] {
            assert_eq!(detect(text).as_str(), language, "{text}");
        }
    }

    #[test]
    fn a_short_text_overrules_no_page() {
        assert_eq!(certain("Der Vertrag ist unterschrieben."), None);
    }
}
