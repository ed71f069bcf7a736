//! Tells what kind of document a body is, by its bytes first: servers name types they do not serve.

use super::Page;

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// HTML, or anything a browser would show as HTML.
    Html,
    /// Plain text.
    Plain,
    /// Something else, by the name an operator knows it.
    Other(&'static str),
}

/// The first bytes by which other formats are known.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"RIFF", "a media file"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x1F\x8B", "a compressed file"),
    (b"\x28\xB5\x2F\xFD", "a compressed file"),
    (b"\xD0\xCF\x11\xE0", "an office document"),
    (b"ID3", "a sound file"),
    (b"OggS", "a media file"),
];

/// What the body of a page is.
pub(super) fn of(page: &Page<'_>) -> Format {
    let signature = SIGNATURES
        .iter()
        .find(|(start, _)| page.bytes.starts_with(start));
    if let Some((_, name)) = signature {
        return Format::Other(name);
    }
    let named = page.content_type.unwrap_or_default();
    let named = named
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    match named.as_str() {
        _ if looks_binary(page.bytes) => Format::Other("a binary file"),
        "" | "text/html" | "application/xhtml+xml" | "application/octet-stream" => {
            by_start(page.bytes)
        }
        "text/plain" | "text/markdown" => Format::Plain,
        "application/json" | "application/ld+json" | "text/json" => Format::Other("JSON"),
        "text/css" | "text/javascript" | "application/javascript" => {
            Format::Other("a script or stylesheet")
        }
        "application/rss+xml" | "application/atom+xml" => Format::Other("a feed"),
        _ if named.ends_with("xml") => by_start(page.bytes),
        _ if named.starts_with("text/") => by_start(page.bytes),
        _ => Format::Other("this type of file"),
    }
}

/// Markup or not, by how it begins.
fn by_start(bytes: &[u8]) -> Format {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let start = start.trim_start_matches(|letter: char| {
        letter.is_whitespace() || letter == '\u{FEFF}' || letter == '\0'
    });
    if start.starts_with("<?xml") && (start.contains("<rss") || start.contains("<feed")) {
        return Format::Other("a feed");
    }
    Format::Html
}

/// Text has hardly any control characters; UTF-16 text has one in every other place and begins as markup.
fn looks_binary(bytes: &[u8]) -> bool {
    let window = &bytes[..bytes.len().min(4096)];
    let controls = window
        .iter()
        .filter(|byte| **byte < 0x20 && !matches!(**byte, b'\n' | b'\r' | b'\t' | 0x0C | 0x1B | 0))
        .count();
    controls * 50 > window.len()
}
