//! The names by which fonts call their letters, and the letters of the oldest encoding.

use unicode_normalization::UnicodeNormalization;

/// Names that are not made of a letter and an accent.
const NAMES: &[(&str, &str)] = &[
    ("AE", "Æ"),
    ("Eth", "Ð"),
    ("Euro", "€"),
    ("Lslash", "Ł"),
    ("OE", "Œ"),
    ("Oslash", "Ø"),
    ("Thorn", "Þ"),
    ("ae", "æ"),
    ("ampersand", "&"),
    ("asciicircum", "^"),
    ("asciitilde", "~"),
    ("asterisk", "*"),
    ("at", "@"),
    ("backslash", "\\"),
    ("bar", "|"),
    ("braceleft", "{"),
    ("braceright", "}"),
    ("bracketleft", "["),
    ("bracketright", "]"),
    ("bullet", "•"),
    ("cent", "¢"),
    ("colon", ":"),
    ("comma", ","),
    ("copyright", "©"),
    ("currency", "¤"),
    ("dagger", "†"),
    ("daggerdbl", "‡"),
    ("degree", "°"),
    ("divide", "÷"),
    ("dollar", "$"),
    ("dotlessi", "ı"),
    ("eight", "8"),
    ("ellipsis", "…"),
    ("emdash", "—"),
    ("endash", "–"),
    ("equal", "="),
    ("eth", "ð"),
    ("exclam", "!"),
    ("exclamdown", "¡"),
    ("ff", "ff"),
    ("ffi", "ffi"),
    ("ffl", "ffl"),
    ("fi", "fi"),
    ("five", "5"),
    ("fl", "fl"),
    ("florin", "ƒ"),
    ("four", "4"),
    ("germandbls", "ß"),
    ("greater", ">"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("guilsinglleft", "‹"),
    ("guilsinglright", "›"),
    ("hyphen", "-"),
    ("less", "<"),
    ("lessequal", "≤"),
    ("greaterequal", "≥"),
    ("notequal", "≠"),
    ("lslash", "ł"),
    ("minus", "−"),
    ("mu", "µ"),
    ("multiply", "×"),
    ("nbspace", " "),
    ("nine", "9"),
    ("numbersign", "#"),
    ("oe", "œ"),
    ("one", "1"),
    ("onehalf", "½"),
    ("onequarter", "¼"),
    ("onesuperior", "¹"),
    ("oslash", "ø"),
    ("paragraph", "¶"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("percent", "%"),
    ("period", "."),
    ("periodcentered", "·"),
    ("perthousand", "‰"),
    ("plus", "+"),
    ("plusminus", "±"),
    ("question", "?"),
    ("questiondown", "¿"),
    ("quotedbl", "\""),
    ("quotedblbase", "„"),
    ("quotedblleft", "“"),
    ("quotedblright", "”"),
    ("quoteleft", "‘"),
    ("quoteright", "’"),
    ("quotesinglbase", "‚"),
    ("quotesingle", "'"),
    ("registered", "®"),
    ("section", "§"),
    ("semicolon", ";"),
    ("seven", "7"),
    ("sfthyphen", "\u{ad}"),
    ("six", "6"),
    ("slash", "/"),
    ("space", " "),
    ("sterling", "£"),
    ("thorn", "þ"),
    ("three", "3"),
    ("threequarters", "¾"),
    ("threesuperior", "³"),
    ("trademark", "™"),
    ("two", "2"),
    ("twosuperior", "²"),
    ("underscore", "_"),
    ("yen", "¥"),
    ("zero", "0"),
];

/// Accents that stand behind a letter in a name.
const ACCENTS: &[(&str, char)] = &[
    ("acute", '\u{301}'),
    ("breve", '\u{306}'),
    ("caron", '\u{30c}'),
    ("cedilla", '\u{327}'),
    ("circumflex", '\u{302}'),
    ("commaaccent", '\u{326}'),
    ("dieresis", '\u{308}'),
    ("dotaccent", '\u{307}'),
    ("grave", '\u{300}'),
    ("hungarumlaut", '\u{30b}'),
    ("macron", '\u{304}'),
    ("ogonek", '\u{328}'),
    ("ring", '\u{30a}'),
    ("tilde", '\u{303}'),
];

/// Where the standard encoding of fonts differs from that of Windows.
const STANDARD: &[(u8, char)] = &[
    (0x27, '’'),
    (0x60, '‘'),
    (0xA4, '⁄'),
    (0xA6, 'ƒ'),
    (0xA8, '¤'),
    (0xA9, '\''),
    (0xAA, '“'),
    (0xAC, '‹'),
    (0xAD, '›'),
    (0xAE, 'ﬁ'),
    (0xAF, 'ﬂ'),
    (0xB1, '–'),
    (0xB2, '†'),
    (0xB3, '‡'),
    (0xB4, '·'),
    (0xB7, '•'),
    (0xB8, '‚'),
    (0xB9, '„'),
    (0xBA, '”'),
    (0xBC, '…'),
    (0xBD, '‰'),
    (0xD0, '—'),
    (0xE1, 'Æ'),
    (0xE8, 'Ł'),
    (0xE9, 'Ø'),
    (0xEA, 'Œ'),
    (0xF1, 'æ'),
    (0xF5, 'ı'),
    (0xF8, 'ł'),
    (0xF9, 'ø'),
    (0xFA, 'œ'),
    (0xFB, 'ß'),
];

/// The text that a glyph of this name shows; nothing where the name tells nothing.
pub(super) fn text(name: &str) -> Option<String> {
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    if name.contains('_') {
        return name.split('_').map(text).collect();
    }
    if let Some((_, found)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some((*found).to_owned());
    }
    let mut letters = name.chars();
    let first = letters.next()?;
    let rest = letters.as_str();
    if rest.is_empty() {
        return Some(first.to_string());
    }
    if let Some((_, accent)) = ACCENTS.iter().find(|(known, _)| *known == rest) {
        return Some([first, *accent].into_iter().nfc().collect());
    }
    coded(name)
}

/// `uni0416`, `u1F600`, and the Cyrillic letters of Adobe's first fonts.
fn coded(name: &str) -> Option<String> {
    if let Some(digits) = name
        .strip_prefix("uni")
        .filter(|digits| digits.len() % 4 == 0)
    {
        let units: Option<Vec<u16>> = (0..digits.len() / 4)
            .map(|at| u16::from_str_radix(digits.get(at * 4..at * 4 + 4)?, 16).ok())
            .collect();
        return String::from_utf16(&units?).ok();
    }
    if let Some(number) = name
        .strip_prefix("afii100")
        .and_then(|digits| digits.parse::<u32>().ok())
    {
        let code = match number {
            17..=22 => 0x410 + number - 17,
            23 => 0x401,
            24..=49 => 0x416 + number - 24,
            65..=70 => 0x430 + number - 65,
            71 => 0x451,
            72..=97 => 0x436 + number - 72,
            _ => return None,
        };
        return char::from_u32(code).map(|letter| letter.to_string());
    }
    let digits = name
        .strip_prefix('u')
        .filter(|digits| (4..=6).contains(&digits.len()))?;
    let code = u32::from_str_radix(digits, 16).ok()?;
    char::from_u32(code).map(|letter| letter.to_string())
}

/// The letter of a code in the standard encoding of fonts.
pub(super) fn standard(code: u8) -> Option<char> {
    if let Some((_, letter)) = STANDARD.iter().find(|(known, _)| *known == code) {
        return Some(*letter);
    }
    match code {
        0x20..=0x7E | 0xA1..=0xBF => Some(char::from(code)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_glyphs_tell_their_letters() {
        for (name, letters) in [
            ("A", "A"),
            ("eacute", "é"),
            ("Scaron", "Š"),
            ("fi", "fi"),
            ("f_f_i", "ffi"),
            ("quoteright", "’"),
            ("seven.oldstyle", "7"),
            ("uni0416", "Ж"),
            ("u0416", "Ж"),
            ("afii10017", "А"),
            ("afii10097", "я"),
        ] {
            assert_eq!(text(name).as_deref(), Some(letters), "{name}");
        }
        assert_eq!(text("g123"), None);
        assert_eq!(text(".notdef"), None);
    }
}
