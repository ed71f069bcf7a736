//! Tells what kind of document a body is, by its bytes first: servers name types they do not serve.

use super::Page;

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// HTML, or anything a browser would show as HTML.
    Html,
    /// Plain text.
    Plain,
    /// A PDF document.
    Pdf,
    /// Something else, by the name an operator knows it.
    Other(&'static str),
}

/// The first bytes by which other formats are known.
const SIGNATURES: &[(&[u8], &str)] = &[
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
    // White space before the mark is allowed by the readers of the format, and some servers put it there.
    if page.bytes.trim_ascii_start().starts_with(b"%PDF-") {
        return Format::Pdf;
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn format(bytes: &[u8], content_type: Option<&str>) -> Format {
        of(&Page {
            bytes,
            content_type,
            url: "https://news.example/",
        })
    }

    #[test]
    fn the_bytes_decide_before_the_header() {
        assert!(matches!(
            format(b"%PDF-1.7\n\x01\x02", Some("text/html")),
            Format::Pdf
        ));
        assert!(matches!(
            format(b"\x89PNG\r\n\x1a\n", None),
            Format::Other(_)
        ));
        assert!(matches!(
            format(&[1, 2, 3, 4, 5, 6, 7, 14, 15, 16], Some("text/html")),
            Format::Other(_)
        ));
        assert!(matches!(
            format(b"{}", Some("application/json")),
            Format::Other(_)
        ));
        assert!(matches!(
            format(b"<?xml version='1.0'?><rss></rss>", Some("text/xml")),
            Format::Other(_)
        ));
    }

    #[test]
    fn text_is_read_as_what_it_says_it_is() {
        assert_eq!(
            format(b"<p>x", Some("text/html; charset=utf-8")),
            Format::Html
        );
        assert_eq!(format(b"<p>x", None), Format::Html);
        assert_eq!(format(b"plain words", Some("text/plain")), Format::Plain);
    }
}
