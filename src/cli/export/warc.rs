//! Versions as the records of a web archive (WARC 1.1).

use std::fmt::Write as _;

use super::evidence::Piece;
use crate::store::Version;
use crate::web::feed::urn;

/// The record that says what made the archive.
pub(super) fn info() -> Vec<u8> {
    let body = format!(
        "software: claimwatch/{}\r\nformat: WARC File Format 1.1\r\n\
         description: bodies are kept with their content encoding undone; the headers are those of the answer\r\n",
        env!("CARGO_PKG_VERSION")
    );
    let head = format!(
        "WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <{}>\r\nWARC-Date: 1970-01-01T00:00:00Z\r\n\
         Content-Type: application/warc-fields\r\nContent-Length: {}\r\n\r\n",
        urn(body.as_bytes()),
        body.len()
    );
    [head.as_bytes(), body.as_bytes(), b"\r\n\r\n"].concat()
}

/// The record of one version: the answer where its headers were kept, else the page alone, as what a browser has made of
/// an answer is not the answer.
pub(super) fn record(piece: &Piece) -> Vec<u8> {
    let (version, page) = (&piece.happened.version, &piece.page);
    let head = page
        .head
        .as_deref()
        .filter(|_| piece.rendered_by().is_none())
        .map(|head| http_head(head, page.bytes.len()));
    let (kind, content_type) = match &head {
        Some(_) => ("response", "application/http; msgtype=response"),
        None => (
            "resource",
            page.content_type.as_deref().unwrap_or("text/html"),
        ),
    };
    let head = head.unwrap_or_default();
    let lines = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <{}>\r\nWARC-Date: {}\r\nWARC-Target-URI: {}\r\n\
         WARC-Payload-Digest: sha256:{}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        urn(identity(version).as_bytes()),
        version.first_seen.strftime("%Y-%m-%dT%H:%M:%SZ"),
        page.url,
        version.sha256,
        head.len() + page.bytes.len()
    );
    [lines.as_bytes(), head.as_bytes(), &page.bytes, b"\r\n\r\n"].concat()
}

/// The headers of an answer whose body stands there decoded and whole.
fn http_head(head: &str, length: usize) -> String {
    let is_kept = |line: &&str| {
        let name = line.split(':').next().unwrap_or_default();
        !["content-encoding", "content-length", "transfer-encoding"]
            .iter()
            .any(|dropped| name.eq_ignore_ascii_case(dropped))
    };
    let mut lines: String = head
        .lines()
        .filter(is_kept)
        .flat_map(|line| [line, "\r\n"])
        .collect();
    // Writing to a string does not fail.
    let _ = write!(lines, "Content-Length: {length}\r\n\r\n");
    lines
}

/// What no other version is.
fn identity(version: &Version) -> String {
    format!(
        "{} {} {}",
        version.story.as_str(),
        version.number,
        version.sha256
    )
}
