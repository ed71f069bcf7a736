//! Pages that are made by scripts: fetched as all others, then shown to a Chromium, and read when they have come to rest.
//!
//! The browser is given no way to the network at all. Whatever a page asks for stops before it leaves the browser and is
//! fetched by us, behind the same walls and with the same limits as any page ([`parts`]); the rest fails. One browser serves all
//! watches, a few pages at a time; it is started when it is needed and ends when it is not.

mod asked;
mod parts;
mod program;
mod shadow;
mod tab;
mod walls;
mod wire;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use reqwest::header::HeaderMap;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tracing::{debug, info};
use url::Url;

use super::limits::{
    MAX_TABS, MAX_VISITS, PAGES_PER_BROWSER, PATIENCE_FOR_TAB, PATIENCE_FOR_VISIT,
};
use super::shown::{shown, shown_text};
use super::{Access, Client, Error, Fetched, Page, Room, Validators};
use parts::Visit;
use program::{Hand, Program};
pub(super) use walls::is_inside;

/// How long a browser that has just been started may take to answer.
const PATIENCE_FOR_START: Duration = Duration::from_secs(20);
/// How long the end of a browser is waited for when claimwatch ends.
const PATIENCE_FOR_GOODBYE: Duration = Duration::from_secs(4);

/// Why there is no rendered page.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("Chromium has ended")]
    Ended,
    #[error("Chromium refused `{method}`: {why}")]
    Refused { method: &'static str, why: String },
    #[error("the page made Chromium fall over")]
    Crashed,
    #[error("the page does not come to rest")]
    Restless,
    #[error("the page leads from one address to the next without end")]
    Wandering,
    /// The address that the page led to brought no page.
    #[error(transparent)]
    Led(#[from] Error),
}

/// What a server sent with a page, for the browser to see.
#[derive(Debug, Clone, Default)]
pub(super) struct Served {
    /// Every header, cookies among them.
    pub headers: HeaderMap,
    /// Whether it came from a network that only `fetch.allow_networks` opens.
    pub is_inside: bool,
}

/// The browser of a client. Cheap to clone; the clones share it.
#[derive(Debug, Clone)]
pub(super) struct Browser {
    path: Option<PathBuf>,
    idle: Duration,
    visits: Arc<Semaphore>,
    tabs: Arc<Semaphore>,
    running: Arc<Slot>,
}

type Slot = Mutex<Option<Arc<Program>>>;

impl Browser {
    /// Not started yet. `path` is that of a Chromium; without one, an installed one is looked for when it is needed.
    pub(super) fn new(path: Option<PathBuf>, idle: Duration) -> Self {
        Self {
            path,
            idle,
            visits: Arc::new(Semaphore::new(MAX_VISITS)),
            tabs: Arc::new(Semaphore::new(MAX_TABS)),
            running: Arc::default(),
        }
    }

    /// The browser that runs, or a new one in its place where it has ended or served long enough.
    fn program(&self) -> Result<Hand, String> {
        let mut running = lock(&self.running);
        if let Some(program) = running
            .as_ref()
            .filter(|program| !program.wire.is_over() && program.pages() < PAGES_PER_BROWSER)
        {
            return Ok(program.hand());
        }
        let path = program::find(self.path.as_deref())?;
        let program = Arc::new(Program::start(&path)?);
        let (slot, started) = (Arc::downgrade(&self.running), Arc::downgrade(&program));
        tokio::spawn(end_when_idle(slot, started, self.idle));
        let hand = program.hand();
        // The one before ends with its last page.
        *running = Some(program);
        Ok(hand)
    }

    fn is_running(&self) -> bool {
        lock(&self.running).is_some()
    }

    /// Ends the browser, where one runs, and waits until nothing is left of it.
    pub(super) async fn close(&self) {
        let program = lock(&self.running).take();
        let Some(program) = program else {
            return;
        };
        let mut gone = program.gone();
        drop(program);
        // Whoever does not wait to the end leaves the rest to the system, which ends what hangs on closed pipes.
        let _ = timeout(PATIENCE_FOR_GOODBYE, gone.wait_for(|gone| *gone)).await;
    }

    /// `page` as it is when its scripts have run.
    async fn render(
        &self,
        client: &Client,
        page: Page,
        served: Served,
        access: &Access,
        home: &Url,
    ) -> Result<Page, Error> {
        let url = shown_text(&page.url);
        let occupied = Error::Occupied {
            url: url.clone(),
            hope: client.limits.render,
        };
        let Ok(Ok(_tab)) = timeout(PATIENCE_FOR_TAB, self.tabs.acquire()).await else {
            return Err(occupied);
        };
        let failed = |why: String| Error::Browser {
            url: url.clone(),
            why,
        };
        let program = self.program().map_err(failed)?;
        let version = self.version(&program).await.map_err(failed)?;
        let visit = Visit::new(client, page, served, access, home);
        let rendered = timeout(client.limits.render, tab::render(&program.wire, &visit))
            .await
            .map_err(|_| Error::Timeout {
                url: url.clone(),
                awaited: "the page in the browser",
                limit: client.limits.render,
            })?;
        let tab::Rendered { html, main, hops } = rendered.map_err(|fault| match fault {
            Fault::Led(error) => error,
            Fault::Ended => failed(ended(&program)),
            fault => failed(fault.to_string()),
        })?;
        let bytes = html.into_bytes();
        if bytes.len() > client.limits.body_bytes {
            return Err(Error::TooLarge {
                url,
                limit_bytes: client.limits.body_bytes,
            });
        }
        let mut room = Room::default();
        if !client.has_room(&mut room, bytes.len()).await {
            return Err(Error::Crowded {
                url,
                hope: client.limits.whole,
            });
        }
        Ok(Page {
            bytes,
            room,
            hops,
            content_type: Some("text/html; charset=utf-8".into()),
            head: format!("{}{RENDERED_BY}: {version}\n", main.head),
            // What a server says of its page says nothing of what scripts make of it.
            validators: Validators::default(),
            framed: true,
            ..main
        })
    }

    /// The name and version of the browser; waits until it has started.
    async fn version(&self, program: &Program) -> Result<String, String> {
        let answer = timeout(PATIENCE_FOR_START, program.version()).await;
        match answer {
            Ok(Ok(version)) => Ok(version),
            Ok(Err(Fault::Ended)) => Err(ended(program)),
            Ok(Err(fault)) => Err(fault.to_string()),
            Err(_) => {
                lock(&self.running).take();
                Err(format!(
                    "Chromium did not start within {} s",
                    PATIENCE_FOR_START.as_secs()
                ))
            }
        }
    }
}

/// What the last line of a rendered page's headers is called; the lines before it are the server's.
pub(crate) const RENDERED_BY: &str = "claimwatch-rendered-by";

/// Why the browser has ended, as far as it said.
fn ended(program: &Program) -> String {
    let words = program.last_words().unwrap_or_default();
    let hint = if words.contains("sandbox") {
        "; it needs user namespaces for its sandbox (systemd/browser.conf opens them for the service)"
    } else {
        ""
    };
    match words.as_str() {
        "" => Fault::Ended.to_string(),
        words => format!("{}: {words}{hint}", Fault::Ended),
    }
}

impl Client {
    /// The page at `url` as a browser shows it. What is no HTML is given as it is.
    pub(super) async fn get_rendered(&self, url: &str, access: &Access) -> Result<Fetched, Error> {
        let Ok(Ok(_visit)) = timeout(PATIENCE_FOR_VISIT, self.browser.visits.acquire()).await
        else {
            return Err(Error::Occupied {
                url: shown_text(url),
                hope: self.limits.render,
            });
        };
        let (fetched, served) = self.follow(url, &Validators::default(), access).await?;
        let Fetched::Page(page) = fetched else {
            return Ok(fetched);
        };
        if !is_html(page.content_type.as_deref()) {
            return Ok(Fetched::Page(page));
        }
        let found = Url::parse(&page.url).map_err(|error| Error::Address {
            url: shown_text(&page.url),
            why: error.to_string(),
        })?;
        let home = access.home.clone().unwrap_or(found);
        debug!(url = %shown(&home), "showing to the browser");
        self.browser
            .render(self, page, served, access, &home)
            .await
            .map(Fetched::Page)
    }

    /// Whether a browser runs for this client just now.
    #[must_use]
    pub fn has_browser(&self) -> bool {
        self.browser.is_running()
    }

    /// Ends the browser, where one was needed.
    pub async fn close(&self) {
        self.browser.close().await;
    }
}

fn is_html(content_type: Option<&str>) -> bool {
    let kind = content_type.map(|kind| kind.split(';').next().unwrap_or_default().trim());
    // A page without a type is one that a browser would look at.
    kind.is_none_or(|kind| {
        kind.eq_ignore_ascii_case("text/html") || kind.eq_ignore_ascii_case("application/xhtml+xml")
    })
}

/// Ends the browser when it has had nothing to do for long enough.
async fn end_when_idle(slot: Weak<Slot>, program: Weak<Program>, idle: Duration) {
    loop {
        sleep(idle / 4).await;
        let (Some(slot), Some(program)) = (slot.upgrade(), program.upgrade()) else {
            return;
        };
        if program.rests_for() < idle {
            continue;
        }
        let mut running = lock(&slot);
        if running
            .as_ref()
            .is_some_and(|running| Arc::ptr_eq(running, &program))
        {
            info!("Chromium had nothing to do and is ended");
            running.take();
        }
        return;
    }
}

/// The slot is never left half changed, so a panic elsewhere does not spoil it.
fn lock(slot: &Slot) -> std::sync::MutexGuard<'_, Option<Arc<Program>>> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_are_shown_to_the_browser() {
        assert!(is_html(Some("Text/HTML; charset=utf-8")));
        assert!(is_html(Some("application/xhtml+xml")));
        assert!(is_html(None));
        for other in [
            "application/pdf",
            "application/json",
            "text/xml",
            "text/plain",
        ] {
            assert!(!is_html(Some(other)), "{other}");
        }
    }
}
