//! A news site on loopback whose pages a test sets.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::sync::watch;

/// One answer of the site.
#[derive(Clone)]
pub struct Answer {
    status: StatusCode,
    body: String,
    etag: Option<String>,
    location: Option<String>,
}

/// The running site. It ends with the runtime it was started on.
#[derive(Clone)]
pub struct Site {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    pages: Mutex<BTreeMap<String, Answer>>,
    once: Mutex<BTreeMap<String, String>>,
    visits: watch::Sender<Vec<Visit>>,
}

/// One request.
#[derive(Clone, Debug)]
pub struct Visit {
    pub page: String,
    pub headers: HeaderMap,
    pub at: std::time::Instant,
}

impl Site {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            pages: Mutex::default(),
            once: Mutex::default(),
            visits: watch::Sender::new(Vec::new()),
        });
        let router = Router::new()
            .route("/", get(front))
            .route("/{page}", get(answer))
            .with_state(Arc::clone(&shared));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, shared }
    }

    pub fn url(&self, page: &str) -> String {
        format!("http://{}/{page}", self.address)
    }

    /// Publishes a story: a headline and paragraphs on a plain page.
    pub fn publish(&self, page: &str, headline: &str, paragraphs: &[&str]) {
        self.set(page, 200, &story_page(headline, paragraphs));
    }

    pub fn set(&self, page: &str, status: u16, body: &str) {
        let status = StatusCode::from_u16(status).unwrap();
        let answer = Answer {
            status,
            body: body.to_owned(),
            etag: None,
            location: None,
        };
        self.shared
            .pages
            .lock()
            .unwrap()
            .insert(page.to_owned(), answer);
    }

    /// Sends who asks for `page` to another address; the front page is that of `""`.
    pub fn redirect(&self, page: &str, location: &str) {
        self.set(page, 302, "");
        let mut pages = self.shared.pages.lock().unwrap();
        pages.get_mut(page).unwrap().location = Some(location.to_owned());
    }

    /// Serves `body` for the next request alone.
    pub fn set_once(&self, page: &str, body: &str) {
        self.shared
            .once
            .lock()
            .unwrap()
            .insert(page.to_owned(), body.to_owned());
    }

    pub fn set_etag(&self, page: &str, etag: &str) {
        self.shared
            .pages
            .lock()
            .unwrap()
            .get_mut(page)
            .unwrap()
            .etag = Some(etag.to_owned());
    }

    pub fn visits(&self) -> Vec<Visit> {
        self.shared.visits.borrow().clone()
    }

    /// Waits until the site was asked `count` times in all.
    pub async fn visited(&self, count: usize) {
        self.shared
            .visits
            .subscribe()
            .wait_for(|visits| visits.len() >= count)
            .await
            .unwrap();
    }

    /// Waits until the visits are as wanted.
    pub async fn until(&self, mut is_so: impl FnMut(&[Visit]) -> bool) {
        let mut visits = self.shared.visits.subscribe();
        visits.wait_for(|visits| is_so(visits)).await.unwrap();
    }

    /// Waits until the site was asked for `page`.
    pub async fn visited_page(&self, page: &str) {
        let was_asked = |visits: &Vec<Visit>| visits.iter().any(|visit| visit.page == page);
        self.shared
            .visits
            .subscribe()
            .wait_for(was_asked)
            .await
            .unwrap();
    }
}

/// A page as a small newspaper makes it.
pub fn story_page(headline: &str, paragraphs: &[&str]) -> String {
    let text: String = paragraphs
        .iter()
        .map(|paragraph| format!("<p>{paragraph}</p>\n"))
        .collect();
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{headline}</title>\
         <meta property=\"og:site_name\" content=\"The Harbour Post\"></head><body>\
         <nav><a href=\"/\">Home</a></nav><main><article><h1>{headline}</h1>\n{text}</article></main>\
         <footer>All rights reserved.</footer></body></html>"
    )
}

async fn front(state: State<Arc<Shared>>, headers: HeaderMap) -> Response {
    answer(state, Path(String::new()), headers).await
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    Path(page): Path<String>,
    headers: HeaderMap,
) -> Response {
    let at = std::time::Instant::now();
    let response = choose(&shared, &page, &headers);
    // Counted only now: whoever waited for the visit may set another page at once.
    shared
        .visits
        .send_modify(|visits| visits.push(Visit { page, headers, at }));
    response
}

fn choose(shared: &Shared, page: &str, headers: &HeaderMap) -> Response {
    let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    if let Some(body) = shared.once.lock().unwrap().remove(page) {
        return (html, body).into_response();
    }
    let Some(answer) = shared.pages.lock().unwrap().get(page).cloned() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let asked = headers.get(header::IF_NONE_MATCH);
    let mut response = match (&answer.etag, asked) {
        (Some(etag), Some(asked)) if asked == etag.as_str() => {
            StatusCode::NOT_MODIFIED.into_response()
        }
        _ => (answer.status, html, answer.body).into_response(),
    };
    if let Some(location) = &answer.location {
        response
            .headers_mut()
            .insert(header::LOCATION, location.parse().unwrap());
    }
    if let Some(etag) = &answer.etag {
        response
            .headers_mut()
            .insert(header::ETAG, etag.parse().unwrap());
    }
    response
}
