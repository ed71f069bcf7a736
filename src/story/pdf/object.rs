//! The objects a PDF is written in: read one at a time, with a bound on their depth and number.

use std::collections::BTreeMap;

/// Arrays and dictionaries inside each other.
const MAX_DEPTH: usize = 32;
/// The longest name; the standard has it so.
const MAX_NAME_BYTES: usize = 127;
/// Objects inside one that is read as a whole.
const MAX_PARTS: usize = 200_000;

/// One object.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object {
    /// A number, whole or not.
    Number(f64),
    /// A name, without its slash.
    Name(String),
    /// The bytes of a string.
    Text(Vec<u8>),
    /// A list.
    Array(Vec<Object>),
    /// Keys and values.
    Dict(Dict),
    /// The object of this number, which stands elsewhere.
    Ref(u32),
    /// Any other word: `true`, `null`, an operator.
    Word(Vec<u8>),
}

/// Keys and values.
pub(super) type Dict = BTreeMap<String, Object>;

impl Object {
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    #[cfg(test)]
    pub(super) fn array(&self) -> Option<&[Object]> {
        match self {
            Self::Array(entries) => Some(entries),
            _ => None,
        }
    }

    pub(super) fn dict(&self) -> Option<&Dict> {
        match self {
            Self::Dict(dict) => Some(dict),
            _ => None,
        }
    }
}

/// Reads objects from bytes.
pub(super) struct Lexer<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    parts: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self {
            bytes,
            at,
            parts: 0,
        }
    }

    /// The next object; nothing at the end, or where it is built to exhaust its reader.
    pub(super) fn next(&mut self) -> Option<Object> {
        self.parts = 0;
        self.object(0)
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    /// Goes over white space and comments.
    pub(super) fn skip_space(&mut self) {
        while let Some(byte) = self.peek(0) {
            if byte == b'%' {
                let rest = &self.bytes[self.at..];
                let end = rest.iter().position(|b| matches!(b, b'\n' | b'\r'));
                self.at += end.unwrap_or(rest.len());
            } else if is_space(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn object(&mut self, depth: usize) -> Option<Object> {
        self.parts += 1;
        if depth > MAX_DEPTH || self.parts > MAX_PARTS {
            self.at = self.bytes.len();
            return None;
        }
        self.skip_space();
        match (self.peek(0)?, self.peek(1)) {
            (b'/', _) => Some(Object::Name(self.name())),
            (b'(', _) => Some(Object::Text(self.literal())),
            (b'<', Some(b'<')) => Some(self.dict(depth)),
            (b'<', _) => Some(Object::Text(self.hex())),
            (b'[', _) => Some(self.array(depth)),
            (b'0'..=b'9' | b'+' | b'-' | b'.', _) => Some(self.number()),
            (b'>', Some(b'>')) => self.word(2),
            (b'>' | b']' | b')' | b'{' | b'}', _) => self.word(1),
            (_, _) => {
                let rest = &self.bytes[self.at..];
                let end = rest.iter().position(|b| !is_regular(*b));
                self.word(end.unwrap_or(rest.len()).max(1))
            }
        }
    }

    fn word(&mut self, length: usize) -> Option<Object> {
        let word = self.bytes.get(self.at..self.at + length)?.to_vec();
        self.at += length;
        Some(Object::Word(word))
    }

    fn array(&mut self, depth: usize) -> Object {
        self.at += 1;
        let mut entries = Vec::new();
        loop {
            match self.object(depth + 1) {
                None => break,
                Some(Object::Word(word)) if word == b"]" => break,
                Some(Object::Word(word)) if word == b"R" => refer(&mut entries),
                Some(entry) => entries.push(entry),
            }
        }
        Object::Array(entries)
    }

    fn dict(&mut self, depth: usize) -> Object {
        self.at += 2;
        let mut entries = Vec::new();
        loop {
            match self.object(depth + 1) {
                None => break,
                Some(Object::Word(word)) if word == b">>" => break,
                Some(Object::Word(word)) if word == b"R" => refer(&mut entries),
                // The end of the object around it: this dictionary was cut.
                Some(Object::Word(word)) if word == b"endobj" || word == b"stream" => break,
                Some(entry) => entries.push(entry),
            }
        }
        let mut dict = Dict::new();
        let mut entries = entries.into_iter();
        while let Some(key) = entries.next() {
            if let (Object::Name(key), Some(value)) = (key, entries.next()) {
                dict.insert(key, value);
            }
        }
        Object::Dict(dict)
    }

    fn name(&mut self) -> String {
        self.at += 1;
        let mut name = Vec::new();
        while let Some(byte) = self.peek(0).filter(|byte| is_regular(*byte)) {
            let code = (byte == b'#')
                .then(|| Some((hex_digit(self.peek(1)?)?, hex_digit(self.peek(2)?)?)))
                .flatten();
            if let Some((high, low)) = code {
                name.push(high << 4 | low);
                self.at += 3;
            } else {
                name.push(byte);
                self.at += 1;
            }
        }
        name.truncate(MAX_NAME_BYTES);
        String::from_utf8_lossy(&name).into_owned()
    }

    fn number(&mut self) -> Object {
        let start = self.at;
        self.at += 1;
        while self
            .peek(0)
            .is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
        {
            self.at += 1;
        }
        let text = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        // Some writers put a second sign into the middle: what comes before it counts.
        let end = text[1..].find('-').map_or(text.len(), |at| at + 1);
        Object::Number(text[..end].parse().unwrap_or(0.0))
    }

    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let (mut text, mut open) = (Vec::new(), 1_usize);
        while let Some(byte) = self.peek(0) {
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => open -= 1,
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                _ => {}
            }
            if open == 0 {
                break;
            }
            text.push(byte);
        }
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek(0) else {
            return;
        };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' if self.peek(0) == Some(b'\n') => self.at += 1,
            b'\r' | b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit) = self.peek(0).filter(|b| (b'0'..=b'7').contains(b)) else {
                        break;
                    };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                text.push(u8::try_from(code & 0xFF).unwrap_or(0));
            }
            other => text.push(other),
        }
    }

    fn hex(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut digits = Vec::new();
        while let Some(byte) = self.peek(0) {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            digits.extend(hex_digit(byte));
        }
        digits
            .chunks(2)
            .map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0))
            .collect()
    }
}

/// Makes one reference of the two numbers that were read last.
fn refer(entries: &mut Vec<Object>) {
    let _generation = entries.pop();
    let number = entries.pop().and_then(|object| object.number());
    entries.push(Object::Ref(whole(number.unwrap_or(0.0))));
}

/// A number as one that counts; what is none is 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, which is what is wanted of a number in a file"
)]
pub(super) fn whole(number: f64) -> u32 {
    number as u32
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte)
        && !matches!(
            byte,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
        )
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(text: &str) -> Object {
        Lexer::new(text.as_bytes(), 0).next().unwrap()
    }

    #[test]
    fn every_kind_of_object_is_read() {
        let Object::Dict(dict) = read(
            "<< /A#20B 1.5 /C [12 0 R (x\\(y\\)\\101\\\n(z)) <48 656C6> -7] % note\n /D << /E true >> >>",
        ) else {
            panic!("no dictionary");
        };

        assert_eq!(dict["A B"], Object::Number(1.5));
        let entries = dict["C"].array().unwrap();
        assert_eq!(entries[0], Object::Ref(12));
        assert_eq!(entries[1], Object::Text(b"x(y)A(z)".to_vec()));
        assert_eq!(entries[2], Object::Text(b"Hel\x60".to_vec()));
        assert_eq!(entries[3].number(), Some(-7.0));
        assert_eq!(
            dict["D"].dict().unwrap()["E"],
            Object::Word(b"true".to_vec())
        );
    }

    #[test]
    fn nesting_without_end_and_cut_objects_end_the_reading() {
        for text in [
            "[".repeat(1_000_000),
            "<<".repeat(1_000_000),
            "<</a".repeat(1_000_000),
        ] {
            Lexer::new(text.as_bytes(), 0).next();
        }
        for text in ["(never closed", "<48", "[1 2", "<</A", "/", "-", ">", ""] {
            Lexer::new(text.as_bytes(), 0).next();
        }
    }
}
