//! The demo's news site: one story whose furniture moves at every visit, and whose text moves when told to.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

const PAGE: &str = include_str!("story.html");

/// The editions of the story, in the order they are published: what the agency estimates, and what the army denies.
pub(super) const EDITIONS: [Edition; 4] = [
    Edition {
        refugees: "2.1 to 2.2 million",
        denial: "was not trying",
    },
    Edition {
        refugees: "2.1 to 2.2 million",
        denial: "was not trying",
    },
    Edition {
        refugees: "2.5 million",
        denial: "was not trying",
    },
    Edition {
        refugees: "2.5 million",
        denial: "was trying",
    },
];

/// One edition.
pub(super) struct Edition {
    refugees: &'static str,
    denial: &'static str,
}

/// The running site.
pub(super) struct Site {
    pub(super) address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    address: SocketAddr,
    edition: AtomicUsize,
    /// How often the page was asked for; also what its furniture counts.
    visits: watch::Sender<usize>,
}

impl Site {
    /// Serves the first edition on a free port of loopback.
    pub(super) async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            address,
            edition: AtomicUsize::new(0),
            visits: watch::Sender::new(0),
        });
        let router = Router::new()
            .route("/world/tarvia-ceasefire", get(page))
            .with_state(Arc::clone(&shared));
        let task = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "the demo's web site stopped");
            }
        });
        Ok(Self {
            address,
            shared,
            task,
        })
    }

    /// The address of the story.
    pub(super) fn story(&self) -> String {
        format!("http://{}/world/tarvia-ceasefire", self.address)
    }

    /// Publishes the edition with this index.
    pub(super) fn publish(&self, edition: usize) {
        self.shared.edition.store(edition, Ordering::SeqCst);
    }

    /// Waits until the page was asked for twice more: the first of the two looks is then known to be dealt with.
    pub(super) async fn two_more_visits(&self) {
        let mut visits = self.shared.visits.subscribe();
        let goal = *visits.borrow() + 2;
        // The sender lives as long as the site, so the wait can only end by the count.
        let _ = visits.wait_for(|count| *count >= goal).await;
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn page(State(shared): State<Arc<Shared>>) -> Html<String> {
    let edition = &EDITIONS[shared
        .edition
        .load(Ordering::SeqCst)
        .min(EDITIONS.len() - 1)];
    shared.visits.send_modify(|count| *count += 1);
    let visit = *shared.visits.borrow();
    Html(
        PAGE.replace(
            "{address}",
            &format!("http://{}/world/tarvia-ceasefire", shared.address),
        )
        .replace("{visit}", &(visit * 7 + 3).to_string())
        .replace("{refugees}", edition.refugees)
        .replace("{denial}", edition.denial),
    )
}
