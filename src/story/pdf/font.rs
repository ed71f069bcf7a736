//! What the codes of a font mean as text, and how wide they are.

use std::collections::BTreeMap;

use super::document::Document;
use super::glyphs;
use super::object::{Dict, Lexer, Object, whole};

/// Codes of one table that are kept.
const MAX_CODES: usize = 70_000;
/// Letters of one code.
const MAX_LETTERS: usize = 16;
/// The width of what no table tells, in thousandths of the size.
const USUAL_WIDTH: f64 = 500.0;

/// A font.
#[derive(Debug, Default)]
pub(super) struct Font {
    /// Codes of two bytes, as fonts of many letters have them.
    is_wide: bool,
    /// The text of codes, as the document tells for copying.
    told: BTreeMap<u32, String>,
    /// The text of codes of one byte, as their glyphs are named.
    named: BTreeMap<u32, String>,
    base: Base,
    widths: BTreeMap<u32, f64>,
    usual_width: f64,
}

/// The encoding that a font of single bytes begins with.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Base {
    #[default]
    Windows,
    Mac,
    Standard,
    /// UTF-16.
    Unicode,
    /// None that tells letters.
    Unknown,
}

/// One code of a text.
#[derive(Debug, PartialEq)]
pub(super) struct Glyph {
    pub(super) text: String,
    /// In thousandths of the size.
    pub(super) width: f64,
    /// Whether the space between words is added to it.
    pub(super) is_space: bool,
}

impl Font {
    pub(super) fn read(document: &Document<'_>, dict: &Dict) -> Self {
        let is_wide = dict.get("Subtype").and_then(Object::name) == Some("Type0");
        let mut font = Self {
            is_wide,
            usual_width: USUAL_WIDTH,
            ..Self::default()
        };
        if let Some((_, map)) = dict.get("ToUnicode").and_then(|map| document.stream(map)) {
            font.told = told(&map);
        }
        if is_wide {
            font.read_wide(document, dict);
        } else {
            font.read_encoding(document, dict);
            font.read_widths(document, dict);
        }
        font
    }

    fn read_wide(&mut self, document: &Document<'_>, dict: &Dict) {
        let encoding = document.value(dict, "Encoding");
        let name = encoding.as_ref().and_then(Object::name).unwrap_or_default();
        self.base = if name.contains("UCS2") || name.contains("UTF16") {
            Base::Unicode
        } else {
            Base::Unknown
        };
        let Some(Object::Array(below)) = document.value(dict, "DescendantFonts") else {
            return;
        };
        let Some(Object::Dict(below)) = below.first().map(|below| document.resolved(below)) else {
            return;
        };
        let usual = document
            .value(&below, "DW")
            .and_then(|width| width.number());
        self.usual_width = usual.unwrap_or(1000.0);
        let Some(Object::Array(widths)) = document.value(&below, "W") else {
            return;
        };
        let mut entries = widths.iter().map(|entry| document.resolved(entry));
        while let (Some(first), Some(next)) = (entries.next(), entries.next()) {
            let first = whole(first.number().unwrap_or(0.0));
            match next {
                Object::Array(each) => {
                    for (code, width) in (first..=u32::MAX).zip(&each) {
                        self.set_width(code, width.number());
                    }
                }
                last => {
                    let last =
                        whole(last.number().unwrap_or(0.0)).min(first.saturating_add(65_535));
                    let width = entries.next().and_then(|width| width.number());
                    (first..=last).for_each(|code| self.set_width(code, width));
                }
            }
        }
    }

    fn set_width(&mut self, code: u32, width: Option<f64>) {
        if let Some(width) = width.filter(|_| self.widths.len() < MAX_CODES) {
            self.widths.insert(code, width);
        }
    }

    fn read_encoding(&mut self, document: &Document<'_>, dict: &Dict) {
        let encoding = document.value(dict, "Encoding");
        let differences = match &encoding {
            Some(Object::Dict(encoding)) => {
                self.base = base(encoding.get("BaseEncoding").and_then(Object::name));
                document.value(encoding, "Differences")
            }
            other => {
                self.base = base(other.as_ref().and_then(Object::name));
                None
            }
        };
        let Some(Object::Array(differences)) = differences else {
            return;
        };
        let mut code = 0;
        for entry in differences.iter().take(2_000) {
            match entry {
                Object::Number(number) => code = whole(*number),
                Object::Name(name) => {
                    // A glyph whose name says nothing shows nothing that could be read.
                    self.named
                        .insert(code, glyphs::text(name).unwrap_or_default());
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
    }

    fn read_widths(&mut self, document: &Document<'_>, dict: &Dict) {
        let first = document
            .value(dict, "FirstChar")
            .and_then(|first| first.number());
        let first = whole(first.unwrap_or(0.0));
        if let Some(Object::Array(widths)) = document.value(dict, "Widths") {
            for (code, width) in (first..=u32::MAX).zip(widths.iter().take(256)) {
                let width = document.resolved(width).number();
                self.set_width(code, width);
            }
        }
    }

    /// The glyphs of a string.
    pub(super) fn glyphs(&self, bytes: &[u8]) -> Vec<Glyph> {
        let length = if self.is_wide { 2 } else { 1 };
        let codes = bytes.chunks(length).map(|code| {
            let code = code
                .iter()
                .fold(0_u32, |code, byte| code << 8 | u32::from(*byte));
            Glyph {
                text: self.text(code),
                width: self.widths.get(&code).copied().unwrap_or(self.usual_width),
                is_space: !self.is_wide && code == 32,
            }
        });
        codes.collect()
    }

    fn text(&self, code: u32) -> String {
        if let Some(text) = self.told.get(&code).or_else(|| self.named.get(&code)) {
            return text.clone();
        }
        let byte = u8::try_from(code).ok();
        let letter = match self.base {
            Base::Unknown => None,
            Base::Unicode => char::from_u32(code),
            Base::Standard => byte.and_then(glyphs::standard),
            Base::Windows => byte.and_then(|byte| of_charset(encoding_rs::WINDOWS_1252, byte)),
            Base::Mac => byte.and_then(|byte| of_charset(encoding_rs::MACINTOSH, byte)),
        };
        letter.map_or_else(String::new, String::from)
    }
}

fn base(name: Option<&str>) -> Base {
    match name {
        Some("WinAnsiEncoding") => Base::Windows,
        Some("MacRomanEncoding") => Base::Mac,
        Some(_) | None => Base::Standard,
    }
}

fn of_charset(encoding: &'static encoding_rs::Encoding, byte: u8) -> Option<char> {
    let bytes = [byte];
    let (text, _) = encoding.decode_without_bom_handling(&bytes);
    text.chars().next().filter(|letter| !letter.is_control())
}

/// The table of a document that tells the text of codes.
fn told(map: &[u8]) -> BTreeMap<u32, String> {
    let mut lexer = Lexer::new(map, 0);
    let mut told = BTreeMap::new();
    let mut operands: Vec<Object> = Vec::new();
    while let Some(object) = lexer.next() {
        let Object::Word(word) = &object else {
            if operands.len() < 1_000 {
                operands.push(object);
            }
            continue;
        };
        match word.as_slice() {
            b"endbfchar" => {
                for pair in operands.chunks(2) {
                    if let [Object::Text(code), Object::Text(text)] = pair {
                        insert(&mut told, code_of(code), letters(text, 0));
                    }
                }
            }
            b"endbfrange" => {
                for range in operands.chunks(3) {
                    tell_range(&mut told, range);
                }
            }
            _ => {}
        }
        operands.clear();
    }
    told
}

fn tell_range(told: &mut BTreeMap<u32, String>, range: &[Object]) {
    let [Object::Text(first), Object::Text(last), texts] = range else {
        return;
    };
    let (first, last) = (code_of(first), code_of(last));
    let last = last.min(first.saturating_add(65_535));
    match texts {
        Object::Text(text) => {
            for (code, step) in (first..=last).zip(0..=u16::MAX) {
                insert(told, code, letters(text, step));
            }
        }
        Object::Array(texts) => {
            for (code, text) in (first..=last).zip(texts) {
                if let Object::Text(text) = text {
                    insert(told, code, letters(text, 0));
                }
            }
        }
        _ => {}
    }
}

fn insert(told: &mut BTreeMap<u32, String>, code: u32, text: String) {
    if told.len() < MAX_CODES {
        told.insert(code, text);
    }
}

fn code_of(bytes: &[u8]) -> u32 {
    let bytes = bytes.iter().take(4);
    bytes.fold(0, |code, byte| code << 8 | u32::from(*byte))
}

/// UTF-16 text whose last letter is `step` letters further.
fn letters(bytes: &[u8], step: u16) -> String {
    let units = bytes.chunks(2).take(MAX_LETTERS);
    let mut units: Vec<u16> = units
        .map(|unit| match unit {
            [high, low] => u16::from_be_bytes([*high, *low]),
            _ => u16::from(unit[0]),
        })
        .collect();
    if let Some(last) = units.last_mut() {
        *last = last.wrapping_add(step);
    }
    let text = String::from_utf16_lossy(&units);
    text.chars().filter(|letter| *letter != '\0').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_for_copying_tells_letters_ranges_and_ligatures() {
        let map = b"begincmap 2 beginbfchar <0003> <0020> <0004> <00660069> endbfchar\n\
            2 beginbfrange <0010> <0012> <0416> <0020> <0021> [<0041> <0042>] endbfrange endcmap";

        let told = told(map);

        assert_eq!(told[&3], " ");
        assert_eq!(told[&4], "fi");
        assert_eq!((told[&0x10].as_str(), told[&0x12].as_str()), ("Ж", "И"));
        assert_eq!(told[&0x21], "B");
    }

    #[test]
    fn a_range_without_end_is_bounded() {
        let map =
            b"<00000000> <FFFFFFFF> <0041> endbfrange <00000000> <FFFFFFFF> <0041> endbfrange";

        assert!(told(map).len() <= MAX_CODES);
    }
}
