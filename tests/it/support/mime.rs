//! Takes a received message apart, as a mail program would.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A message or a part of one.
#[derive(Debug, Clone)]
pub struct Part {
    /// Names in lower case and values, unfolded and decoded, in order.
    pub headers: Vec<(String, String)>,
    /// The decoded body, for a part that has no parts of its own.
    pub body: String,
    pub parts: Vec<Part>,
}

impl Part {
    /// Reads a message.
    pub fn read(bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes).expect("a message of base64 parts is ASCII");
        let (head, body) = text.split_once("\r\n\r\n").expect("a message has a header");
        let headers = headers(head);
        let mut part = Self {
            headers,
            body: String::new(),
            parts: Vec::new(),
        };
        match part.boundary() {
            Some(boundary) => {
                let inner = body.split(&format!("--{boundary}--")).next().unwrap();
                let delimiter = format!("--{boundary}\r\n");
                let pieces = inner.split(delimiter.as_str()).skip(1);
                part.parts = pieces.map(|piece| Self::read(piece.as_bytes())).collect();
            }
            None => part.body = part.decoded(body),
        }
        part
    }

    /// The value of a header that may stand there once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(header, _)| header == name);
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} is there twice");
        value
    }

    /// The first part of this type, at any depth.
    pub fn of_type(&self, wanted: &str) -> Option<&Self> {
        let is = self
            .header("content-type")
            .is_some_and(|value| value.starts_with(wanted));
        if is {
            return Some(self);
        }
        self.parts.iter().find_map(|part| part.of_type(wanted))
    }

    fn boundary(&self) -> Option<String> {
        let (_, rest) = self.header("content-type")?.split_once("boundary=\"")?;
        rest.split('"').next().map(str::to_owned)
    }

    fn decoded(&self, body: &str) -> String {
        assert_eq!(
            self.header("content-transfer-encoding"),
            Some("base64"),
            "no line of a story may stand in a message as it is"
        );
        let packed: String = body.split_whitespace().collect();
        String::from_utf8(STANDARD.decode(packed).unwrap()).unwrap()
    }
}

fn headers(head: &str) -> Vec<(String, String)> {
    head.replace("\r\n ", " ")
        .replace("\r\n\t", " ")
        .split("\r\n")
        .map(|line| {
            let (name, value) = line
                .split_once(": ")
                .unwrap_or_else(|| panic!("no header: {line:?}"));
            (name.to_ascii_lowercase(), words(value))
        })
        .collect()
}

/// A header value with its encoded words (RFC 2047) decoded.
fn words(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    let mut after_word = false;
    while let Some(start) = rest.find("=?utf-8?b?") {
        let (before, after) = rest.split_at(start);
        // White space between two encoded words is none.
        if !(after_word && before.trim().is_empty()) {
            out.push_str(before);
        }
        after_word = true;
        let (packed, tail) = after["=?utf-8?b?".len()..]
            .split_once("?=")
            .expect("a whole word");
        out.push_str(&String::from_utf8(STANDARD.decode(packed).unwrap()).unwrap());
        rest = tail;
    }
    out.push_str(rest);
    out
}
