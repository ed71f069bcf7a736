//! The `DevTools` protocol over two pipes: JSON messages, each ended by a zero byte.
//!
//! Pipes and not the usual web socket: nothing listens, so no other user of the machine can steer the browser, and a browser
//! whose pipes are closed ends by itself, even where claimwatch was killed.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::unix::pipe;
use tokio::sync::{mpsc, oneshot};
use tracing::debug;

use super::Fault;

/// The longest message of the browser. A page of the largest size in letters that JSON writes as six bytes still fits.
const MAX_MESSAGE_BYTES: usize = 32 << 20;
/// Messages that wait to be written.
const MAX_UNSENT: usize = 64;
/// Events of one page that wait to be heard; a page that makes more of them never comes to rest.
const MAX_UNHEARD: usize = 1024;

/// The line to a browser. Cheap to clone; when the last clone is gone, the browser ends.
#[derive(Clone)]
pub(super) struct Wire {
    out: mpsc::Sender<Vec<u8>>,
    ears: Arc<Ears>,
}

/// Who waits for what the browser says.
#[derive(Default)]
struct Ears {
    next: AtomicU64,
    /// None once the browser has ended.
    calls: Mutex<Option<Calls>>,
    pages: Mutex<BTreeMap<String, mpsc::Sender<Event>>>,
}

type Calls = BTreeMap<u64, oneshot::Sender<Result<Value, String>>>;

/// What happens in a page, as far as it is wanted.
#[derive(Debug)]
pub(super) enum Event {
    /// The page wants something from the web and waits for it.
    Asks(Value),
    /// Its text is there.
    Parsed,
    /// All it was made of is there.
    Loaded,
    /// It shows a message and waits for an answer.
    Dialog,
    /// It fell over.
    Crashed,
}

impl Wire {
    /// A line whose messages go out and come in by these pipes.
    pub(super) fn new(out: pipe::Sender, come: pipe::Receiver) -> Self {
        let (sender, unsent) = mpsc::channel(MAX_UNSENT);
        let ears = Arc::new(Ears {
            calls: Mutex::new(Some(Calls::new())),
            ..Ears::default()
        });
        tokio::spawn(write(out, unsent));
        tokio::spawn(hear(come, Arc::clone(&ears)));
        Self { out: sender, ears }
    }

    /// Asks the browser, or one of its pages, and waits for the answer.
    pub(super) async fn call(
        &self,
        page: Option<&str>,
        method: &'static str,
        params: Value,
    ) -> Result<Value, Fault> {
        let id = self.ears.next.fetch_add(1, Ordering::Relaxed);
        let (sender, answer) = oneshot::channel();
        lock(&self.ears.calls)
            .as_mut()
            .ok_or(Fault::Ended)?
            .insert(id, sender);
        // Whoever stops waiting is forgotten.
        let _waiting = Waiting(&self.ears, id);
        self.send(id, page, method, params).await?;
        match answer.await {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(why)) => Err(Fault::Refused { method, why }),
            Err(_) => Err(Fault::Ended),
        }
    }

    /// Tells a page something and waits for no answer.
    pub(super) async fn tell(
        &self,
        page: &str,
        method: &'static str,
        params: Value,
    ) -> Result<(), Fault> {
        let id = self.ears.next.fetch_add(1, Ordering::Relaxed);
        self.send(id, Some(page), method, params).await
    }

    async fn send(
        &self,
        id: u64,
        page: Option<&str>,
        method: &'static str,
        params: Value,
    ) -> Result<(), Fault> {
        let mut message = json!({"id": id, "method": method, "params": params});
        if let Some(page) = page {
            message["sessionId"] = page.into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.out.send(bytes).await.map_err(|_| Fault::Ended)
    }

    /// What happens in this page from now on.
    pub(super) fn events(&self, page: &str) -> mpsc::Receiver<Event> {
        let (sender, events) = mpsc::channel(MAX_UNHEARD);
        lock(&self.ears.pages).insert(page.to_owned(), sender);
        events
    }

    /// Nothing of this page is wanted any more.
    pub(super) fn forget(&self, page: &str) {
        lock(&self.ears.pages).remove(page);
    }

    /// The browser has gone wrong: nobody asks it for more.
    pub(super) fn give_up(&self) {
        lock(&self.ears.calls).take();
        lock(&self.ears.pages).clear();
    }

    /// Whether the browser has ended, or was given up.
    pub(super) fn is_over(&self) -> bool {
        lock(&self.ears.calls).is_none()
    }
}

/// One that waits for an answer, until dropped.
struct Waiting<'a>(&'a Ears, u64);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if let Some(calls) = lock(&self.0.calls).as_mut() {
            calls.remove(&self.1);
        }
    }
}

async fn write(mut out: pipe::Sender, mut unsent: mpsc::Receiver<Vec<u8>>) {
    while let Some(message) = unsent.recv().await {
        if let Err(error) = out.write_all(&message).await {
            debug!(%error, "the browser no longer listens");
            return;
        }
    }
}

/// Hears the browser out; when it falls silent, whoever waits learns that it has ended.
async fn hear(come: pipe::Receiver, ears: Arc<Ears>) {
    let mut come = BufReader::with_capacity(64 << 10, come);
    let mut message = Vec::new();
    loop {
        let limit = u64::try_from(MAX_MESSAGE_BYTES).unwrap_or(u64::MAX);
        let read = (&mut come).take(limit).read_until(0, &mut message).await;
        // A message without its end is the last, or one that is longer than any should be.
        if read.is_err() || message.pop() != Some(0) {
            break;
        }
        if let Ok(said) = serde_json::from_slice(&message) {
            ears.hear(said);
        }
        message.clear();
        message.shrink_to(1 << 20);
    }
    lock(&ears.calls).take();
    lock(&ears.pages).clear();
}

impl Ears {
    fn hear(&self, mut said: Value) {
        if let Some(id) = said["id"].as_u64() {
            let call = lock(&self.calls)
                .as_mut()
                .and_then(|calls| calls.remove(&id));
            if let Some(call) = call {
                let answer = match said["error"]["message"].as_str() {
                    Some(why) => Err(why.to_owned()),
                    None => Ok(said["result"].take()),
                };
                // Whoever asked may have gone.
                let _ = call.send(answer);
            }
            return;
        }
        let event = match said["method"].as_str() {
            Some("Fetch.requestPaused") => Event::Asks(said["params"].take()),
            Some("Page.domContentEventFired") => Event::Parsed,
            Some("Page.loadEventFired") => Event::Loaded,
            Some("Page.javascriptDialogOpening") => Event::Dialog,
            Some("Inspector.targetCrashed") => Event::Crashed,
            _ => return,
        };
        let Some(page) = said["sessionId"].as_str() else {
            return;
        };
        let mut pages = lock(&self.pages);
        if pages
            .get(page)
            .is_some_and(|ear| ear.try_send(event).is_err())
        {
            pages.remove(page);
        }
    }
}

/// The locks guard plain values that are never left half changed, so a panic elsewhere does not spoil them.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// A line, and the browser's two ends of it.
    fn line() -> (Wire, pipe::Receiver, pipe::Sender) {
        let (to_browser, heard) = pipe::pipe().unwrap();
        let (say, from_browser) = pipe::pipe().unwrap();
        (Wire::new(to_browser, from_browser), heard, say)
    }

    #[tokio::test]
    async fn an_answer_reaches_the_one_who_asked() {
        let (wire, heard, mut say) = line();
        let browser = tokio::spawn(async move {
            let mut asked = Vec::new();
            let mut heard = BufReader::new(heard);
            heard.read_until(0, &mut asked).await.unwrap();
            say.write_all(b"{\"id\":7,\"result\":{}}\0{\"id\":0,\"result\":{\"product\":\"C\"}}\0")
                .await
                .unwrap();
            (asked, say)
        });

        let answer = wire
            .call(None, "Browser.getVersion", json!({}))
            .await
            .unwrap();

        assert_eq!(answer["product"], "C");
        let (asked, _say) = browser.await.unwrap();
        assert!(asked.ends_with(b"\0"));
        assert!(String::from_utf8_lossy(&asked).contains("Browser.getVersion"));
    }

    #[tokio::test]
    async fn when_the_browser_ends_everybody_learns_it() {
        let (wire, _heard, say) = line();
        let mut events = wire.events("s");
        let asking = tokio::spawn({
            let wire = wire.clone();
            async move { wire.call(None, "Browser.getVersion", json!({})).await }
        });
        tokio::task::yield_now().await;

        drop(say);

        assert!(matches!(asking.await.unwrap(), Err(Fault::Ended)));
        assert!(events.recv().await.is_none());
        assert!(wire.is_over());
        assert!(matches!(
            wire.call(None, "Browser.close", json!({})).await,
            Err(Fault::Ended)
        ));
    }

    #[tokio::test]
    async fn a_page_that_never_comes_to_rest_is_no_longer_heard() {
        let (wire, _heard, mut say) = line();
        let mut events = wire.events("s");
        let event = b"{\"method\":\"Page.loadEventFired\",\"sessionId\":\"s\"}\0";

        for _ in 0..=MAX_UNHEARD {
            say.write_all(event).await.unwrap();
        }
        drop(say);

        let mut heard = 0;
        while events.recv().await.is_some() {
            heard += 1;
        }
        assert!(heard >= MAX_UNHEARD);
    }
}
