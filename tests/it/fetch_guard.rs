//! Fetching goes nowhere it must not go, and tells no secret.

use std::io::Read;
use std::net::TcpListener;
use std::sync::Arc;

use claimwatch::fetch::{Error, Retry, install_crypto};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::fetch::{PAGE, get, redirect};
use crate::served::{Canary, Server, raw, whole};

#[tokio::test]
async fn no_redirect_leads_into_a_forbidden_network() {
    let (canary, canary6) = (
        Canary::start("127.0.0.2:0").await,
        Canary::start("[::1]:0").await,
    );
    let (port, port6) = (canary.port(), canary6.port());
    for to in [
        format!("http://127.0.0.2:{port}/x"),
        format!("//127.0.0.2:{port}/x"),
        format!("http://[::1]:{port6}/x"),
        format!("http://[::ffff:127.0.0.2]:{port}/x"),
        format!("http://[64:ff9b::7f00:2]:{port}/x"),
        format!("http://2130706434:{port}/x"),
        format!("http://0x7f000002:{port}/x"),
        format!("http://0177.0.0.2:{port}/x"),
        format!("http://127.2:{port}/x"),
        format!("http://0.0.0.0:{port}/x"),
        format!("http://127.0.0.1@127.0.0.2:{port}/x"),
        format!("http://127.0.0.2:{port}#@127.0.0.1/"),
        format!("http://127.0.0.2.:{port}/x"),
        format!("http://127\u{3002}0\u{3002}0\u{3002}2:{port}/x"),
        format!("https://127.0.0.2:{port}/x"),
        String::from("http://169.254.169.254/latest/meta-data/"),
        String::from("http://100.64.0.1/x"),
        String::from("http://10.0.0.1/x"),
        String::from("http://[fd00::1]/x"),
    ] {
        let server = Server::always(redirect(&to)).await;

        let error = get(&server.url("/story")).await.expect_err(&to);

        assert!(matches!(error, Error::Forbidden { .. }), "{to}: {error:?}");
        assert_eq!(error.retry(), Retry::Never);
    }
    canary.saw_nobody().await;
    canary6.saw_nobody().await;
}

#[tokio::test]
async fn nothing_but_the_web_is_fetched() {
    for to in [
        "file:///etc/passwd",
        "gopher://127.0.0.1/_QUIT",
        "ftp://127.0.0.1/x",
        "data:text/html,<p>hello</p>",
    ] {
        let server = Server::always(redirect(to)).await;

        assert!(
            matches!(
                get(&server.url("/story")).await,
                Err(Error::Redirect { .. })
            ),
            "{to}"
        );
        assert!(matches!(get(to).await, Err(Error::Address { .. })), "{to}");
    }
    assert!(matches!(
        get("news.example/story").await,
        Err(Error::Address { .. })
    ));
}

#[tokio::test]
async fn a_forbidden_address_is_not_connected_to_however_it_is_written() {
    let (canary, canary6) = (
        Canary::start("127.0.0.2:0").await,
        Canary::start("[::1]:0").await,
    );
    let (port, port6) = (canary.port(), canary6.port());
    for url in [
        format!("http://127.0.0.2:{port}/"),
        format!("http://2130706434:{port}/"),
        format!("http://0x7f.2:{port}/"),
        format!("http://[::ffff:7f00:2]:{port}/"),
        format!("http://[::1]:{port6}/"),
        // The name has ::1 among its addresses, or 127.0.0.1 alone, which is allowed: then nobody listens there.
        format!("http://localhost:{port6}/"),
    ] {
        let error = get(&url).await.expect_err(&url);

        assert!(
            matches!(error, Error::Forbidden { .. } | Error::Connect { .. }),
            "{url}: {error:?}"
        );
    }
    canary.saw_nobody().await;
    canary6.saw_nobody().await;
}

#[tokio::test]
async fn no_error_shows_a_password_or_a_key() {
    let server = Server::start(|request| match request.target.as_str() {
        "/redirect?token=s3cret" => redirect("ftp://reader:hunter2@127.0.0.1/?token=s3cret"),
        "/loop?token=s3cret" => redirect("/loop?token=s3cret"),
        "/cut?token=s3cret" => raw("200 OK\nContent-Length: 500", PAGE),
        _ => whole("404 Not Found", ""),
    })
    .await;
    for path in ["redirect", "loop", "cut", "missing"] {
        let url = format!(
            "http://reader:hunter2@{}/{path}?token=s3cret",
            server.address
        );

        let error = get(&url).await.unwrap_err();

        let told = format!("{error} {error:?}");
        assert!(
            !told.contains("hunter2") && !told.contains("s3cret") && !told.contains("reader"),
            "{told}"
        );
    }
    assert_eq!(
        server.seen()[0].header("authorization"),
        Some("Basic cmVhZGVyOmh1bnRlcjI="),
        "the server does get them"
    );
}

/// A certificate for 127.0.0.1 that signs itself, and its key, made for this test alone; valid until 2126.
const SELF_SIGNED: &str = "-----BEGIN CERTIFICATE-----
MIIBkDCCATagAwIBAgIUWIVSDGdfUN0lvStquwLrynEyyaQwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzE1MzYwNloYDzIxMjYxMDMw
MTUzNjA2WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQyMCZHhTuJM4ve4LH32MtGZUPLdaHE/sfMwhcKiEoAWXghAGMYFXk3
6HyTcGhJ39YQlw5EHp8nR7RT5Zbso1S+o2QwYjAdBgNVHQ4EFgQUm7BYEXgKhpts
ozwaIgnVhekUXTAwHwYDVR0jBBgwFoAUm7BYEXgKhptsozwaIgnVhekUXTAwDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUC
IQDTJLLAWu8CcrZjKuNtlLNe4o+GFyQ93HPcK4wbK2yLsAIgB/CrwacBSD6pasS+
BhyyK4nEmNG2w28c0NRrMynvpGs=
-----END CERTIFICATE-----
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQghu1KW0o/XQGo+blC
DnSlVaLqa94y27ypOtWMkm/H0/ShRANCAAQyMCZHhTuJM4ve4LH32MtGZUPLdaHE
/sfMwhcKiEoAWXghAGMYFXk36HyTcGhJ39YQlw5EHp8nR7RT5Zbso1S+
-----END PRIVATE KEY-----
";

/// Serves one TLS connection with the certificate above; returns whether the client went on after seeing it.
fn serve_tls(listener: &TcpListener) -> bool {
    let certificate = CertificateDer::from_pem_slice(SELF_SIGNED.as_bytes()).unwrap();
    let key = PrivateKeyDer::from_pem_slice(SELF_SIGNED.as_bytes()).unwrap();
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let (stream, _) = listener.accept().unwrap();
    let mut tls = StreamOwned::new(ServerConnection::new(Arc::new(config)).unwrap(), stream);
    tls.read(&mut [0]).is_ok()
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    install_crypto();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/story", listener.local_addr().unwrap());
    let server = tokio::task::spawn_blocking(move || serve_tls(&listener));

    let error = get(&url).await.unwrap_err();

    assert!(error.to_string().contains("certificate"), "{error}");
    assert_eq!(error.retry(), Retry::Backoff);
    assert!(!server.await.unwrap(), "nothing was asked");
}
