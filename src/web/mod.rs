//! The local page, the metrics and the answers to "are you well?": off unless configured, and read-only.
//!
//! Whatever is asked, nothing here changes anything. The page runs no scripts, its Host is checked so that a page elsewhere
//! cannot read it through a name of its own, and nothing allows other origins to read it.

mod changes;
mod chart;
mod claims;
pub(crate) mod evidence;
pub(crate) mod feed;
mod form;
mod guard;
mod health;
mod html;
mod metrics;
mod story;
mod today;
mod versions;
mod watches;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::header;
use axum::middleware;
use axum::response::IntoResponse;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::services::Services;
use crate::store::Mark;
use form::Trouble;
use guard::Limited;
use html::STYLE;

/// The server of the local page, running or not.
pub struct Server {
    shared: Arc<Shared>,
    running: Option<Running>,
}

/// What every request works with.
struct Shared {
    /// The services in force; a reload replaces them.
    services: watch::Sender<Arc<Services>>,
    /// Up to where changes and alerts have been counted.
    mark: Mutex<Option<Mark>>,
}

/// A socket and the task that answers on it.
struct Running {
    listen: SocketAddr,
    task: JoinHandle<()>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    /// Starts serving where the configuration says so. A page that cannot be served is told in the log: watching goes on
    /// without it.
    pub async fn start(services: &Arc<Services>) -> Self {
        let mut server = Self {
            shared: Arc::new(Shared {
                services: watch::Sender::new(Arc::clone(services)),
                mark: Mutex::new(None),
            }),
            running: None,
        };
        server.follow(services).await;
        server
    }

    /// Goes on with other services: the page moves where the new configuration wants it.
    pub async fn follow(&mut self, services: &Arc<Services>) {
        self.shared.services.send_replace(Arc::clone(services));
        let wanted = services.config.server.as_ref().map(|server| server.listen);
        if self.running.as_ref().map(|running| running.listen) == wanted {
            return;
        }
        // The old socket is closed first: the new address may be the same one in another form.
        self.running = None;
        let Some(listen) = wanted else {
            return;
        };
        metrics::begin(&self.shared).await;
        match TcpListener::bind(listen).await {
            Ok(listener) => self.running = Some(serve(listener, listen, Arc::clone(&self.shared))),
            Err(error) => {
                tracing::error!(%listen, %error, "the local page cannot be served; watching goes on without it");
            }
        }
    }
}

impl Shared {
    fn services(&self) -> Arc<Services> {
        Arc::clone(&self.services.borrow())
    }
}

fn serve(listener: TcpListener, listen: SocketAddr, shared: Arc<Shared>) -> Running {
    match listener.local_addr() {
        Ok(address) => tracing::info!(%address, "serving the local page"),
        Err(error) => tracing::warn!(%error, "serving the local page at an unknown address"),
    }
    let router = router(shared);
    let task = tokio::spawn(async move {
        if let Err(error) = axum::serve(Limited::new(listener), router).await {
            tracing::error!(%error, "the local page stopped");
        }
    });
    Running { listen, task }
}

fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/", get(today::page))
        .route("/today.json", get(today::json))
        .route("/today.atom", get(today::atom))
        .route("/watches", get(watches::page))
        .route("/watches.json", get(watches::json))
        .route("/watches.atom", get(watches::atom))
        .route("/watch/{name}", get(watches::one))
        .route("/story/{name}", get(story::page))
        .route("/claims", get(claims::page))
        .route("/claims.json", get(claims::json))
        .route("/claims.atom", get(claims::atom))
        .route("/claim/{name}", get(claims::one))
        .route("/figures", get(claims::search))
        .route("/figures.json", get(claims::search_json))
        .route("/figures.atom", get(claims::search_atom))
        .route("/style.css", get(style))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(metrics::all))
        .fallback(async || Trouble::Missing("There is no such page."))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&shared),
            guard::check,
        ))
        .with_state(shared)
}

async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE)
}
