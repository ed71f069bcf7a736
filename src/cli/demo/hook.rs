//! The demo's webhook receiver: it verifies each signature as a program of the reader's own would.

use std::net::SocketAddr;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// The key both sides know, made up for the demo.
const KEY: &[u8] = b"the demo's own signing key";
/// More deliveries than the demo makes.
const MAX_WAITING: usize = 16;

/// The running receiver.
pub(super) struct Hook {
    pub(super) address: SocketAddr,
    received: mpsc::Receiver<Received>,
    task: JoinHandle<()>,
}

/// One delivery.
pub(super) struct Received {
    /// The `webhook-id` header.
    pub(super) id: String,
    /// Whether the signature is that of id, time and body.
    pub(super) verified: bool,
    /// The body.
    pub(super) body: serde_json::Value,
}

impl Hook {
    /// Listens on a free port of loopback.
    pub(super) async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (sender, received) = mpsc::channel(MAX_WAITING);
        let router = Router::new()
            .route("/alerts", post(receive))
            .with_state(sender);
        let task = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "the demo's webhook receiver stopped");
            }
        });
        Ok(Self {
            address,
            received,
            task,
        })
    }

    /// Where to post.
    pub(super) fn url(&self) -> String {
        format!("http://{}/alerts", self.address)
    }

    /// The secret as it is written in a configuration.
    pub(super) fn secret() -> String {
        format!("whsec_{}", STANDARD.encode(KEY))
    }

    /// The next delivery.
    pub(super) async fn next(&mut self) -> Option<Received> {
        self.received.recv().await
    }
}

impl Drop for Hook {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn receive(
    State(sender): State<mpsc::Sender<Received>>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let header = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned()
    };
    let (id, timestamp) = (header("webhook-id"), header("webhook-timestamp"));
    let verified = is_signed(&id, &timestamp, &body, &header("webhook-signature"));
    let Ok(body) = serde_json::from_slice(&body) else {
        return StatusCode::BAD_REQUEST;
    };
    match sender.send(Received { id, verified, body }).await {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Checks a signature as <https://www.standardwebhooks.com> says: HMAC-SHA256 over `id.timestamp.body`.
fn is_signed(id: &str, timestamp: &str, body: &[u8], signatures: &str) -> bool {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(KEY) else {
        return false;
    };
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body);
    signatures
        .split(' ')
        .filter_map(|signature| signature.strip_prefix("v1,"))
        .any(|signature| {
            STANDARD
                .decode(signature)
                .is_ok_and(|bytes| mac.clone().verify_slice(&bytes).is_ok())
        })
}
