//! Decodes the bytes of a page into text, as a browser would.
//!
//! The order is that of the HTML standard: a byte order mark, the `Content-Type` header, the page's own `<meta>`, and
//! only then a guess from the bytes. Nothing here fails: what cannot be decoded becomes a replacement character.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A browser looks for `<meta charset>` in this many bytes; some templates put it after long comments.
const META_WINDOW_BYTES: usize = 4096;
/// Enough text to tell encodings apart; more only costs time.
const DETECTION_WINDOW_BYTES: usize = 256 * 1024;

/// The text of `bytes`, with line ends as they are.
///
/// ```
/// use claimwatch::story::charset::decode;
///
/// assert_eq!(decode(b"Caf\xe9", Some("text/html; charset=iso-8859-1")), "Café");
/// assert_eq!(decode("Café".as_bytes(), None), "Café");
/// ```
#[must_use]
pub fn decode(bytes: &[u8], content_type: Option<&str>) -> String {
    let (encoding, mark) = encoding_of(bytes, content_type);
    let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
    text.into_owned()
}

/// The encoding of `bytes` and the length of the byte order mark to skip.
fn encoding_of(bytes: &[u8], content_type: Option<&str>) -> (&'static Encoding, usize) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return (encoding, mark);
    }
    let encoding = content_type
        .and_then(label_in_header)
        .or_else(|| utf16_without_mark(bytes))
        .or_else(|| label_in_page(bytes))
        .unwrap_or_else(|| guess(bytes));
    // A label that promises UTF-8 over bytes that are not would turn every accent into a replacement character;
    // browsers show them, a monitor would report the repair as a change of every word.
    if encoding == UTF_8 && std::str::from_utf8(bytes).is_err() && is_plainly_legacy(bytes) {
        return (guess(bytes), 0);
    }
    (encoding, 0)
}

/// The encoding named by a `Content-Type` value.
fn label_in_header(value: &str) -> Option<&'static Encoding> {
    let lower = value.to_ascii_lowercase();
    let label = lower.split("charset=").nth(1)?;
    let label = label.trim_start_matches(['"', '\'']);
    let end = label
        .find(|c: char| c == ';' || c == '"' || c == '\'' || c.is_whitespace())
        .unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..end])
}

/// The encoding a page names in `<meta charset>` or `<meta http-equiv>`.
fn label_in_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let window = &bytes[..bytes.len().min(META_WINDOW_BYTES)];
    let text = String::from_utf8_lossy(window).to_ascii_lowercase();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("<meta") {
        rest = &rest[at + 5..];
        let tag = &rest[..rest.find('>').unwrap_or(rest.len())];
        if let Some(at) = tag.find("charset=") {
            let label = tag[at + 8..].trim_start_matches(['"', '\'', ' ']);
            let end = label
                .find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)))
                .unwrap_or(label.len());
            // The bytes of the tag were readable as ASCII, so a label of UTF-16 cannot be true.
            return Encoding::for_label(&label.as_bytes()[..end]).map(|encoding| {
                if encoding == UTF_16LE || encoding == UTF_16BE {
                    UTF_8
                } else {
                    encoding
                }
            });
        }
    }
    None
}

/// UTF-16 without a mark: markup in it has a zero in every other byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let window = &bytes[..bytes.len().min(200)];
    if window.len() < 16 {
        return None;
    }
    let zeros = |start: usize| {
        window
            .iter()
            .skip(start)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let half = window.len() / 2;
    if odd * 10 > half * 8 && even == 0 {
        Some(UTF_16LE)
    } else if even * 10 > half * 8 && odd == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether bytes labelled UTF-8 hold so many errors that the label must be wrong, rather than the text be damaged.
fn is_plainly_legacy(bytes: &[u8]) -> bool {
    let mut bad = 0usize;
    let mut good = 0usize;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC2).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    // A cut-off page ends in one broken character; a page in another encoding breaks at nearly every accent.
    bad > 1 && good * 4 < bad || bad == 1 && good == 0
}

/// The encoding the bytes look like.
fn guess(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(DETECTION_WINDOW_BYTES)], true);
    let found = detector.guess(None, Utf8Detection::Allow);
    if found.is_ascii_compatible() {
        found
    } else {
        WINDOWS_1252
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUSSIAN: &str =
        "Министерство сообщило, что число пострадавших выросло до двадцати человек";

    fn windows_1251(text: &str) -> Vec<u8> {
        encoding_rs::WINDOWS_1251.encode(text).0.into_owned()
    }

    #[test]
    fn the_header_names_the_charset() {
        let bytes = windows_1251(RUSSIAN);

        assert_eq!(
            decode(&bytes, Some("text/html; charset=Windows-1251")),
            RUSSIAN
        );
        assert_eq!(
            decode(&bytes, Some("text/html; charset=\"windows-1251\"; x=y")),
            RUSSIAN
        );
    }

    #[test]
    fn a_byte_order_mark_beats_the_header() {
        let bytes = [b"\xEF\xBB\xBF".as_slice(), "Número".as_bytes()].concat();

        assert_eq!(
            decode(&bytes, Some("text/html; charset=windows-1251")),
            "Número"
        );
    }

    #[test]
    fn the_page_names_its_charset_itself() {
        let page = format!("<html><head><meta charset='windows-1251'></head>{RUSSIAN}");
        let old = format!(
            "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\">{RUSSIAN}"
        );

        assert_eq!(decode(&windows_1251(&page), None), page);
        assert_eq!(decode(&windows_1251(&old), Some("text/html")), old);
    }

    #[test]
    fn a_page_that_names_no_charset_is_guessed() {
        assert_eq!(decode(&windows_1251(RUSSIAN), None), RUSSIAN);
    }

    #[test]
    fn a_label_of_utf8_that_cannot_be_true_is_not_believed() {
        assert_eq!(
            decode(&windows_1251(RUSSIAN), Some("text/html; charset=utf-8")),
            RUSSIAN
        );
        assert_eq!(
            decode(b"Caf\xe9 ouvert", Some("text/html; charset=utf-8")),
            "Café ouvert"
        );
    }

    #[test]
    fn a_page_cut_in_the_middle_of_a_character_stays_utf8() {
        let text = "Größe und Höhe über zwölf Häuser, ü";
        let bytes = &text.as_bytes()[..text.len() - 1];

        assert!(decode(bytes, Some("text/html; charset=utf-8")).starts_with("Größe und Höhe über"));
    }

    #[test]
    fn utf16_is_read_with_and_without_a_mark() {
        let text = "<!doctype html><p>Fled: 1000 thousand</p>";
        let plain: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [b"\xFF\xFE".as_slice(), &plain].concat();

        assert_eq!(decode(&plain, None), text);
        assert_eq!(decode(&plain, Some("text/html; charset=utf-16le")), text);
        assert_eq!(decode(&marked, None), text);
    }

    #[test]
    fn an_unknown_label_is_as_good_as_none() {
        assert_eq!(
            decode(b"plain", Some("text/html; charset=klingon-8")),
            "plain"
        );
    }
}
