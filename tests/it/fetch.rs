//! What fetching promises, against a web server that does as it is told.

use std::io::Write;
use std::time::Duration;

use claimwatch::clock::Clock;
use claimwatch::fetch::{Client, Error, Fetched, Hop, Limits, Options, Page, Retry, Validators};
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};

use crate::served::{Answer, Server, Then, raw, whole};

pub const PAGE: &str = "<p>The agency has put the number of people who fled at 2.5 million.</p>";

pub fn options() -> Options {
    Options {
        contact: Some("desk@example.org".into()),
        user_agent: None,
        pace: Duration::ZERO,
        per_host: 2,
        allow_networks: vec!["127.0.0.1/32".parse().unwrap()],
        browser: None,
    }
}

pub fn client() -> Client {
    Client::new(&options()).unwrap()
}

pub fn client_with(limits: Limits) -> Client {
    Client::with(&options(), limits, Clock::system()).unwrap()
}

pub async fn get(url: &str) -> Result<Page, Error> {
    match client().get(url, &Validators::default()).await? {
        Fetched::Page(page) => Ok(page),
        Fetched::Unchanged { .. } => panic!("nothing was known that could be unchanged"),
    }
}

/// What a page with these bytes on the wire comes to.
async fn page(head: &str, body: impl AsRef<[u8]>) -> Result<Page, Error> {
    let server = Server::always(whole(head, body)).await;
    get(&server.url("/story")).await
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn redirect(to: &str) -> Answer {
    whole(&format!("302 Found\nLocation: {to}"), "moved")
}

#[tokio::test]
async fn a_page_arrives_byte_for_byte() {
    let latin = b"<p>caf\xe9 \x00 \xff\xfe</p>";
    let head = "200 OK\nContent-Type: text/html; charset=windows-1252\nETag: \"v1\"\nLast-Modified: Fri, 11 Mar 2022 14:05:12 GMT";
    let server = Server::always(whole(head, latin)).await;

    let page = get(&server.url("/story?page=2")).await.unwrap();

    assert_eq!(page.bytes, latin);
    assert_eq!((page.status, page.url), (200, server.url("/story?page=2")));
    assert_eq!(
        page.content_type.as_deref(),
        Some("text/html; charset=windows-1252")
    );
    assert_eq!(page.validators.etag.as_deref(), Some("\"v1\""));
    assert_eq!(
        page.validators.last_modified.as_deref(),
        Some("Fri, 11 Mar 2022 14:05:12 GMT")
    );
    assert!(page.hops.is_empty() && page.framed);
}

#[tokio::test]
async fn the_server_is_told_who_asks() {
    let server = Server::always(whole("200 OK\nSet-Cookie: a=1", PAGE)).await;
    let client = client();
    for _ in 0..2 {
        client
            .get(&server.url("/"), &Validators::default())
            .await
            .unwrap();
    }

    let seen = server.seen();

    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        seen[0].header("user-agent"),
        Some(format!("claimwatch/{version} (+desk@example.org)").as_str())
    );
    let encodings = seen[0].header("accept-encoding").unwrap();
    assert!(
        ["gzip", "br", "zstd", "deflate"]
            .iter()
            .all(|encoding| encodings.contains(encoding))
    );
    assert!(seen[0].header("accept").unwrap().starts_with("text/html"));
    assert_eq!(seen[1].header("cookie"), None);
    assert_eq!(seen[1].header("if-none-match"), None);
}

#[test]
fn a_user_agent_that_cannot_be_sent_is_told_at_once() {
    let options = Options {
        user_agent: Some("two\nlines".into()),
        ..options()
    };

    assert!(matches!(Client::new(&options), Err(Error::Options { .. })));
}

#[tokio::test]
async fn every_encoding_that_is_asked_for_is_undone() {
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
    zlib.write_all(PAGE.as_bytes()).unwrap();
    let zstd = zstd::encode_all(PAGE.as_bytes(), 3).unwrap();

    assert_eq!(
        page("200 OK\nContent-Encoding: gzip", gzip(PAGE.as_bytes()))
            .await
            .unwrap()
            .bytes,
        PAGE.as_bytes()
    );
    assert_eq!(
        page("200 OK\nContent-Encoding: deflate", zlib.finish().unwrap())
            .await
            .unwrap()
            .bytes,
        PAGE.as_bytes()
    );
    assert_eq!(
        page("200 OK\nContent-Encoding: zstd", zstd)
            .await
            .unwrap()
            .bytes,
        PAGE.as_bytes()
    );
    assert_eq!(
        page("200 OK\nContent-Encoding: br", b"\x0b\x02\x80hello\x03")
            .await
            .unwrap()
            .bytes,
        b"hello"
    );
    assert_eq!(
        page("200 OK\nContent-Encoding: utf-8", PAGE)
            .await
            .unwrap()
            .bytes,
        PAGE.as_bytes()
    );
}

#[tokio::test]
async fn an_encoding_that_was_not_asked_for_is_refused() {
    for encoding in ["gzip, gzip", "compress", "x-claimwatch"] {
        let error = page(&format!("200 OK\nContent-Encoding: {encoding}"), PAGE)
            .await
            .unwrap_err();

        assert!(
            matches!(&error, Error::Encoding { encoding: told, .. } if told == encoding),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn a_page_that_was_cut_is_an_error_and_never_a_shorter_page() {
    let packed = gzip(PAGE.as_bytes());
    let zstd = zstd::encode_all(PAGE.as_bytes(), 3).unwrap();
    let answers = [
        ("length", raw("200 OK\nContent-Length: 500", PAGE)),
        (
            "chunks",
            raw(
                "200 OK\nTransfer-Encoding: chunked",
                format!("{:x}\r\n{PAGE}\r\n", PAGE.len()),
            ),
        ),
        (
            "chunk size",
            raw(
                "200 OK\nTransfer-Encoding: chunked",
                "5\r\nhello\r\nZZZ\r\nxx\r\n0\r\n\r\n",
            ),
        ),
        (
            "gzip",
            whole(
                "200 OK\nContent-Encoding: gzip",
                &packed[..packed.len() / 2],
            ),
        ),
        (
            "gzip without its end",
            whole(
                "200 OK\nContent-Encoding: gzip",
                &packed[..packed.len() - 4],
            ),
        ),
        (
            "zstd",
            whole("200 OK\nContent-Encoding: zstd", &zstd[..zstd.len() / 2]),
        ),
        (
            "brotli",
            whole("200 OK\nContent-Encoding: br", b"\x0b\x02\x80hel"),
        ),
        (
            "no gzip at all",
            whole("200 OK\nContent-Encoding: gzip", PAGE),
        ),
        (
            "reset",
            raw("200 OK\nContent-Length: 500", PAGE).then(Then::Reset),
        ),
        (
            "two lengths",
            raw("200 OK\nContent-Length: 10\nContent-Length: 20", PAGE),
        ),
        (
            "a length of words",
            raw("200 OK\nContent-Length: -5 potatoes", PAGE),
        ),
        ("no HTTP", raw("", "").then(Then::Close)),
    ];
    for (what, answer) in answers {
        let server = Server::always(answer).await;

        let error = get(&server.url("/story")).await.expect_err(what);

        assert!(matches!(error, Error::Broken { .. }), "{what}: {error:?}");
        assert_eq!(error.retry(), Retry::Backoff, "{what}");
    }
}

#[tokio::test]
async fn a_page_whose_end_is_not_marked_says_so() {
    let server = Server::always(raw("200 OK\nContent-Type: text/html", PAGE)).await;

    let page = get(&server.url("/story")).await.unwrap();

    assert_eq!(
        (page.bytes.as_slice(), page.framed),
        (PAGE.as_bytes(), false)
    );
}

#[tokio::test]
async fn the_way_to_a_page_is_recorded() {
    let last = Server::always(whole("200 OK", PAGE)).await;
    let port = last.address.port();
    let second = Server::always(redirect(&format!("//reader:hunter2@127.0.0.1:{port}/c"))).await;
    let first = Server::always(redirect(&second.url("/b"))).await;

    let page = get(&first.url("/a?key=s3cret")).await.unwrap();

    assert_eq!(page.url, last.url("/c"));
    assert_eq!(
        page.hops,
        [
            Hop {
                status: 302,
                url: first.url("/a?key=*")
            },
            Hop {
                status: 302,
                url: second.url("/b")
            }
        ]
    );
}

#[tokio::test]
async fn a_redirect_must_say_where_to() {
    for head in [
        "302 Found",
        "302 Found\nLocation:",
        "301 Moved Permanently\nLocation: http://[::1",
        "302 Found\nLocation: http://",
    ] {
        let error = page(head, "").await.unwrap_err();

        assert!(matches!(error, Error::Redirect { .. }), "{head}: {error:?}");
    }
}

#[tokio::test]
async fn a_page_that_did_not_change_is_not_sent_again() {
    let server = Server::start(|request| match request.header("if-none-match") {
        Some("\"v1\"") => raw("304 Not Modified\nETag: \"v1\"", ""),
        Some(_) | None => whole("200 OK\nETag: \"v1\"", PAGE),
    })
    .await;
    let known = get(&server.url("/story")).await.unwrap().validators;
    let known = Validators {
        last_modified: Some("Fri, 11 Mar 2022 14:05:12 GMT".into()),
        ..known
    };

    let fetched = client().get(&server.url("/story"), &known).await.unwrap();

    assert_eq!(
        fetched,
        Fetched::Unchanged {
            hops: vec![],
            validators: known
        }
    );
    assert_eq!(
        server.seen()[1].header("if-modified-since"),
        Some("Fri, 11 Mar 2022 14:05:12 GMT")
    );
}

#[tokio::test]
async fn headers_that_are_too_long_are_not_kept() {
    let long = "x".repeat(9 << 10);
    let head = format!("200 OK\nETag: \"{long}\"\nContent-Type: text/html; {long}\nLast-Modified:");

    let page = page(&head, PAGE).await.unwrap();

    assert_eq!(
        (page.validators, page.content_type),
        (Validators::default(), None)
    );

    let server = Server::always(redirect(&format!("/{long}"))).await;
    let error = get(&server.url("/")).await.unwrap_err();
    assert!(
        error.to_string().ends_with("it does not say where to"),
        "{error}"
    );
}

#[tokio::test]
async fn not_modified_means_nothing_to_one_who_knows_nothing() {
    let error = page("304 Not Modified", "").await.unwrap_err();

    assert!(matches!(error, Error::NothingToCompare { .. }), "{error:?}");
}

#[tokio::test]
async fn a_status_without_a_page_is_an_error_that_says_it() {
    for (code, retry) in [
        (204, Retry::Never),
        (206, Retry::Never),
        (403, Retry::Never),
        (404, Retry::Never),
        (410, Retry::Never),
        (500, Retry::Backoff),
        (502, Retry::Backoff),
    ] {
        let error = page(&format!("{code} X"), PAGE).await.unwrap_err();

        assert!(
            matches!(error, Error::Status { status, retry_after: None, .. } if status == code),
            "{error:?}"
        );
        assert_eq!(error.retry(), retry, "{code}");
        assert_eq!(
            (error.is_missing(), error.is_gone()),
            (code == 404, code == 410)
        );
    }
}

#[tokio::test]
async fn nobody_at_home_is_told_as_such() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!(
        "http://{}/story?token=s3cret",
        listener.local_addr().unwrap()
    );
    drop(listener);

    let error = get(&url).await.unwrap_err();

    let url = url.replace("s3cret", "*");
    assert_eq!(
        error.to_string(),
        format!("cannot connect to fetch `{url}`: Connection refused (os error 111)")
    );
    assert_eq!(error.retry(), Retry::Backoff);
}
