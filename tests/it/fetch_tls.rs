//! Who a server is gets proved or nothing is asked, and what it says over HTTP/2 is read like all else.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::http::Response;
use claimwatch::fetch::{Access, Client, Error, Fetched, Page, Retry, Route, Validators};
use rcgen::{
    BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::browser::has_chromium;
use crate::fetch::{PAGE, options};

/// An authority that issues certificates.
struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).unwrap();
        Self {
            pem: certificate.pem(),
            issuer: Issuer::new(params, key),
        }
    }

    fn issue(&self, params: &CertificateParams) -> Identity {
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Identity {
            chain: vec![certificate.der().clone()],
            key: key.serialize_der(),
        }
    }
}

/// What a server shows to prove who it is.
struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: Vec<u8>,
}

fn for_name(name: &str) -> CertificateParams {
    CertificateParams::new(vec![name.to_owned()]).unwrap()
}

/// A server with a certificate, and how often something was asked of it.
struct Secure {
    address: SocketAddr,
    asked: Arc<AtomicUsize>,
}

impl Secure {
    async fn start(identity: Identity, protocol: &'static str) -> Self {
        claimwatch::fetch::install_crypto();
        let key = PrivateKeyDer::try_from(identity.key).unwrap();
        let mut config = rustls::ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(identity.chain, key)
            .unwrap();
        config.alpn_protocols = vec![protocol.into()];
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, count) = (acceptor.clone(), Arc::clone(&count));
                tokio::spawn(async move {
                    // A client that refuses the certificate hangs up: that is what is tested.
                    let Ok(stream) = acceptor.accept(stream).await else {
                        return;
                    };
                    match protocol {
                        "h2" => second(stream, &count).await,
                        _ => first(stream, &count).await,
                    }
                });
            }
        });
        Self { address, asked }
    }

    fn url(&self, path: &str) -> String {
        format!("https://{}{path}", self.address)
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

type Stream = tokio_rustls::server::TlsStream<tokio::net::TcpStream>;

/// HTTP/1.1: one answer to each connection.
async fn first(mut stream: Stream, asked: &AtomicUsize) {
    let mut request = vec![0; 4096];
    let Ok(read @ 1..) = stream.read(&mut request).await else {
        return;
    };
    asked.fetch_add(1, Ordering::SeqCst);
    let request = String::from_utf8_lossy(&request[..read]).into_owned();
    let page = if request.starts_with("GET /script") {
        "<div id=root></div><script>fetch('/text').then(a => a.text()).then(t => root.innerHTML = t)</script>"
    } else {
        PAGE
    };
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{page}",
        page.len()
    );
    // Whoever has heard enough may leave.
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.shutdown().await;
}

/// HTTP/2: `/cut` breaks off in the middle, `/away` redirects.
async fn second(stream: Stream, asked: &AtomicUsize) {
    let Ok(mut connection) = h2::server::handshake(stream).await else {
        return;
    };
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        asked.fetch_add(1, Ordering::SeqCst);
        let path = request.uri().path().to_owned();
        let head = Response::builder().header("etag", "\"v2\"");
        let head = match path.as_str() {
            "/away" => head.status(301).header("location", "/story"),
            _ => head.status(200).header("content-type", "text/html"),
        };
        let head = head.body(()).unwrap();
        let mut body = respond.send_response(head, path == "/away").unwrap();
        match path.as_str() {
            "/away" => {}
            "/cut" => {
                body.send_data(PAGE.as_bytes()[..20].into(), false).unwrap();
                body.send_reset(h2::Reason::INTERNAL_ERROR);
            }
            _ => body.send_data(PAGE.into(), true).unwrap(),
        }
    }
}

/// Asks as a watch does whose `ca_file` names this authority.
async fn get(url: &str, ca: Option<&str>, browser: bool) -> Result<Page, Error> {
    let access = Access {
        route: Route {
            proxy: None,
            ca: ca.map(|pem| pem.as_bytes().to_vec()),
        },
        browser,
        ..Access::default()
    };
    let client = Client::new(&options()).unwrap();
    let fetched = client.get_as(url, &Validators::default(), &access).await;
    client.close().await;
    match fetched? {
        Fetched::Page(page) => Ok(page),
        Fetched::Unchanged { .. } => panic!("nothing was known that could be unchanged"),
    }
}

/// Every way in which a certificate can be wrong, for an authority that is trusted.
fn wrong(authority: &Authority) -> Vec<(&'static str, Identity)> {
    let with = |change: &dyn Fn(&mut CertificateParams)| {
        let mut params = for_name("127.0.0.1");
        change(&mut params);
        authority.issue(&params)
    };
    let lonely = KeyPair::generate().unwrap();
    let lonely = Identity {
        chain: vec![
            for_name("127.0.0.1")
                .self_signed(&lonely)
                .unwrap()
                .der()
                .clone(),
        ],
        key: lonely.serialize_der(),
    };
    // A certificate for a server signs another one, which it may not.
    let key = KeyPair::generate().unwrap();
    let server = for_name("news.example");
    let signed = server.signed_by(&key, &authority.issuer).unwrap();
    let posing = Issuer::new(server, key);
    let leaf = KeyPair::generate().unwrap();
    let forged = for_name("127.0.0.1").signed_by(&leaf, &posing).unwrap();
    let forged = Identity {
        chain: vec![forged.der().clone(), signed.der().clone()],
        key: leaf.serialize_der(),
    };
    vec![
        (
            "expired",
            with(&|params| params.not_after = date_time_ymd(2020, 1, 1)),
        ),
        (
            "not valid yet",
            with(&|params| params.not_before = date_time_ymd(2200, 1, 1)),
        ),
        ("of another host", authority.issue(&for_name("127.0.0.2"))),
        ("of a name", authority.issue(&for_name("localhost"))),
        (
            "for clients",
            with(&|params| params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth]),
        ),
        ("signed by itself", lonely),
        (
            "of an unknown authority",
            Authority::new().issue(&for_name("127.0.0.1")),
        ),
        ("of one who is no authority", forged),
    ]
}

#[tokio::test]
async fn a_server_that_cannot_prove_who_it_is_is_asked_nothing() {
    let authority = Authority::new();
    for (how, identity) in wrong(&authority) {
        let server = Secure::start(identity, "http/1.1").await;

        let error = get(&server.url("/story"), Some(&authority.pem), false)
            .await
            .expect_err(how);

        assert!(matches!(error, Error::Connect { .. }), "{how}: {error:?}");
        assert!(error.to_string().contains("certificate"), "{how}: {error}");
        assert_eq!(error.retry(), Retry::Backoff);
        assert_eq!(server.asked(), 0, "{how}");
    }
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_asked_nothing_over_https() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/story", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut heard = [0; 4096];
        let read = stream.read(&mut heard).await.unwrap();
        let answer = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
        stream.write_all(answer).await.unwrap();
        heard[..read].to_vec()
    });

    let error = get(&url, None, false).await.unwrap_err();

    assert!(matches!(error, Error::Connect { .. }), "{error:?}");
    let heard = server.await.unwrap();
    assert_eq!(heard[0], 22, "the beginning of TLS, and no request");
}

#[tokio::test]
async fn ca_file_trusts_its_authority_for_the_watch_that_names_it_alone() {
    let authority = Authority::new();
    let identity = authority.issue(&for_name("127.0.0.1"));
    let server = Secure::start(identity, "http/1.1").await;
    let url = server.url("/story");

    assert!(get(&url, None, false).await.is_err());
    let page = get(&url, Some(&authority.pem), false).await.unwrap();
    assert!(get(&url, None, false).await.is_err());

    assert_eq!(page.bytes, PAGE.as_bytes());
    assert_eq!(server.asked(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_browser_shows_comes_over_connections_that_are_proved_the_same_way() {
    if !has_chromium() {
        return;
    }
    let authority = Authority::new();
    let server = Secure::start(authority.issue(&for_name("127.0.0.1")), "http/1.1").await;
    let url = server.url("/script");

    let page = get(&url, Some(&authority.pem), true).await.unwrap();

    assert!(String::from_utf8(page.bytes).unwrap().contains(PAGE));
    assert!(get(&url, None, true).await.is_err());
    assert_eq!(
        server.asked(),
        2,
        "the page and its text, and nothing after"
    );
}

#[tokio::test]
async fn a_page_over_http_2_is_a_page() {
    let authority = Authority::new();
    let server = Secure::start(authority.issue(&for_name("127.0.0.1")), "h2").await;
    let get = async |path: &str| get(&server.url(path), Some(&authority.pem), false).await;

    let page = get("/away").await.unwrap();

    assert_eq!(page.bytes, PAGE.as_bytes());
    assert!(page.head.starts_with("HTTP/2.0 200 OK\n"), "{}", page.head);
    assert_eq!(page.validators.etag.as_deref(), Some("\"v2\""));
    assert_eq!(page.hops.len(), 1);
    // The end of a body is always marked there, so a page without a length is still known to be whole ...
    assert!(page.framed);
    // ... and one that breaks off is none.
    assert!(matches!(get("/cut").await, Err(Error::Broken { .. })));
    assert_eq!(server.asked(), 3);
}
