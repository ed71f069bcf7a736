//! A webhook receiver on loopback that keeps what it is sent, and misbehaves when told to.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use tokio::sync::watch;

/// One delivery that was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    pub id: String,
    pub body: serde_json::Value,
}

/// The running receiver. It ends with the runtime it was started on.
#[derive(Clone)]
pub struct Hook {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    /// The statuses of the next answers; 204 when there are none.
    answers: Mutex<VecDeque<StatusCode>>,
    attempts: watch::Sender<usize>,
    taken: watch::Sender<Vec<Post>>,
}

impl Hook {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            answers: Mutex::default(),
            attempts: watch::Sender::new(0),
            taken: watch::Sender::new(Vec::new()),
        });
        let router = Router::new()
            .route("/", post(receive))
            .with_state(Arc::clone(&shared));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, shared }
    }

    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Answers the next delivery with `status` and does not keep it.
    pub fn refuse_next(&self, status: u16) {
        self.shared
            .answers
            .lock()
            .unwrap()
            .push_back(StatusCode::from_u16(status).unwrap());
    }

    pub fn taken(&self) -> Vec<Post> {
        self.shared.taken.borrow().clone()
    }

    /// Waits until `count` deliveries were taken in all, and gives them.
    pub async fn has_taken(&self, count: usize) -> Vec<Post> {
        let mut taken = self.shared.taken.subscribe();
        taken
            .wait_for(|posts| posts.len() >= count)
            .await
            .unwrap()
            .clone()
    }

    /// Waits until what was taken is as wanted.
    pub async fn until(&self, is_so: impl FnMut(&Vec<Post>) -> bool) {
        self.shared.taken.subscribe().wait_for(is_so).await.unwrap();
    }

    /// Waits until `count` deliveries were tried in all.
    pub async fn was_tried(&self, count: usize) {
        self.shared
            .attempts
            .subscribe()
            .wait_for(|attempts| *attempts >= count)
            .await
            .unwrap();
    }
}

async fn receive(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let refusal = shared.answers.lock().unwrap().pop_front();
    if refusal.is_none() {
        let id = headers["webhook-id"].to_str().unwrap().to_owned();
        let body = serde_json::from_slice(&body).unwrap();
        shared
            .taken
            .send_modify(|taken| taken.push(Post { id, body }));
    }
    shared.attempts.send_modify(|attempts| *attempts += 1);
    refusal.unwrap_or(StatusCode::NO_CONTENT)
}
