//! A mail server on loopback that speaks TLS, with a certificate of an authority that no system knows.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// The certificate of the authority.
pub const AUTHORITY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/tls/ca.pem");

/// When TLS begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Begins {
    AtOnce,
    WithStartTls,
}

/// The running server and every line it was sent, those under TLS marked.
pub struct Server {
    pub address: SocketAddr,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub async fn start(begins: Begins) -> Self {
        claimwatch::fetch::install_crypto();
        let file = |name: &str| format!("{}/testdata/tls/{name}", env!("CARGO_MANIFEST_DIR"));
        let certificate = CertificateDer::from_pem_file(file("server.pem")).unwrap();
        let key = PrivateKeyDer::from_pem_file(file("server.key")).unwrap();
        let config = rustls::ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let lines = Arc::<Mutex<Vec<String>>>::default();
        let shared = Arc::clone(&lines);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, lines) = (acceptor.clone(), Arc::clone(&shared));
                // A client that hangs up is part of the tests.
                tokio::spawn(async move { drop(serve(stream, begins, acceptor, &lines).await) });
            }
        });
        Self { address, lines }
    }

    pub fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }
}

async fn serve(
    mut stream: TcpStream,
    begins: Begins,
    acceptor: TlsAcceptor,
    lines: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    if begins == Begins::WithStartTls {
        stream.write_all(b"220 ready\r\n").await?;
        loop {
            let line = read_line(&mut stream).await?;
            lines.lock().unwrap().push(line.clone());
            if line.starts_with("EHLO") {
                stream.write_all(b"250-here\r\n250 STARTTLS\r\n").await?;
            } else if line == "STARTTLS" {
                stream.write_all(b"220 go\r\n").await?;
                break;
            } else {
                stream.write_all(b"502 no\r\n").await?;
            }
        }
    }
    let mut stream = acceptor.accept(stream).await?;
    if begins == Begins::AtOnce {
        stream.write_all(b"220 ready\r\n").await?;
    }
    converse(stream, lines).await
}

/// A line, byte by byte: what follows it may be TLS.
async fn read_line(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut line = Vec::new();
    while !line.ends_with(b"\r\n") {
        let mut byte = [0];
        tokio::io::AsyncReadExt::read_exact(stream, &mut byte).await?;
        line.push(byte[0]);
    }
    Ok(String::from_utf8(line).unwrap().trim_end().to_owned())
}

async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    lines: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut in_message = false;
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let said = line.trim_end().to_owned();
        line.clear();
        if in_message && said != "." {
            continue;
        }
        lines.lock().unwrap().push(format!("tls {said}"));
        let answer = match said.split(' ').next().unwrap_or_default() {
            "EHLO" => "250-here\r\n250 AUTH PLAIN",
            "AUTH" => "235 known",
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        in_message = said == "DATA";
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
        stream.flush().await?;
    }
    Ok(())
}
