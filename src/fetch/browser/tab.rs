//! One page in the browser: opened in a profile of its own, led to its address, given what it asks for, and read when it has
//! come to rest.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use serde_json::{Value, json};
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout};
use tracing::debug;

use super::super::limits::MAX_REDIRECTS;
use super::super::{Hop, Page};
use super::asked::{Answer, Asked, Reply};
use super::parts::Visit;
use super::wire::{Event, Wire};
use super::{Fault, shadow};

/// How long a page may take until all it is made of is there. After it, its text alone will do.
const PATIENCE_FOR_LOAD: Duration = Duration::from_secs(12);
/// How long nothing must be asked for until a page counts as at rest ...
const QUIET: Duration = Duration::from_millis(500);
/// ... and how long that is waited for: some pages never stop asking.
const PATIENCE_FOR_QUIET: Duration = Duration::from_secs(6);
/// How long a browser may take to put a page away; one that takes longer has gone wrong.
const PATIENCE_FOR_END: Duration = Duration::from_secs(2);

/// A page as the browser shows it.
pub(super) struct Rendered {
    /// All of it, as HTML.
    pub html: String,
    /// The page as it was served, at the address where its scripts have led.
    pub main: Page,
    /// The way there.
    pub hops: Vec<Hop>,
}

/// Shows the page of the visit to the browser.
pub(super) async fn render(wire: &Wire, visit: &Visit<'_>) -> Result<Rendered, Fault> {
    let mut tab = Tab::open(wire, visit.user_agent()).await?;
    let url = visit.start();
    tab.tell("Page.navigate", json!({"url": url})).await?;
    let (main, hops) = tab.settle(visit).await?;
    let html = tab.html().await?;
    Ok(Rendered { html, main, hops })
}

/// An open page. Dropping it puts it away with all that it has stored.
struct Tab<'w> {
    wire: &'w Wire,
    profile: Profile<'w>,
    /// The page, which is also its main frame.
    target: String,
    session: String,
    events: mpsc::Receiver<Event>,
}

/// A profile in the browser's memory: cookies and storage of one page, away from all others.
struct Profile<'w> {
    wire: &'w Wire,
    id: String,
}

impl Drop for Profile<'_> {
    fn drop(&mut self) {
        let (wire, id) = (self.wire.clone(), std::mem::take(&mut self.id));
        // Without a runtime the browser is about to end anyway.
        let Ok(runtime) = Handle::try_current() else {
            return;
        };
        runtime.spawn(async move {
            let params = json!({"browserContextId": id});
            let put_away = wire.call(None, "Target.disposeBrowserContext", params);
            if timeout(PATIENCE_FOR_END, put_away).await.is_err() {
                debug!("Chromium does not put a page away, and is given up");
                wire.give_up();
            }
        });
    }
}

/// How far the page has come.
struct Progress {
    begin: Instant,
    has_text: bool,
    loaded: Option<Instant>,
    last_word: Instant,
}

impl Progress {
    fn new(now: Instant) -> Self {
        Self {
            begin: now,
            has_text: false,
            loaded: None,
            last_word: now,
        }
    }

    /// When the page is taken as it is, if nothing happens before.
    fn rests_at(&self, is_quiet: bool) -> Instant {
        match self.loaded {
            None => self.begin + PATIENCE_FOR_LOAD,
            Some(loaded) if is_quiet => {
                (self.last_word.max(loaded) + QUIET).min(loaded + PATIENCE_FOR_QUIET)
            }
            Some(loaded) => loaded + PATIENCE_FOR_QUIET,
        }
    }
}

impl<'w> Tab<'w> {
    async fn open(wire: &'w Wire, user_agent: &str) -> Result<Self, Fault> {
        let context = json!({"disposeOnDetach": true});
        let context = wire
            .call(None, "Target.createBrowserContext", context)
            .await?;
        let profile = Profile {
            wire,
            id: text(&context["browserContextId"]),
        };
        let params = json!({"url": "about:blank", "browserContextId": profile.id});
        let target = wire.call(None, "Target.createTarget", params).await?;
        let target = text(&target["targetId"]);
        let params = json!({"targetId": target, "flatten": true});
        let session = wire.call(None, "Target.attachToTarget", params).await?;
        let session = text(&session["sessionId"]);
        let tab = Self {
            events: wire.events(&session),
            wire,
            profile,
            target,
            session,
        };
        let deny = json!({"behavior": "deny", "browserContextId": tab.profile.id});
        wire.call(None, "Browser.setDownloadBehavior", deny).await?;
        let agent = json!({"userAgent": user_agent});
        tab.call("Emulation.setUserAgentOverride", agent).await?;
        tab.call("Inspector.enable", json!({})).await?;
        tab.call("Page.enable", json!({})).await?;
        let everything = json!({"patterns": [{"urlPattern": "*"}]});
        tab.call("Fetch.enable", everything).await?;
        Ok(tab)
    }

    async fn call(&self, method: &'static str, params: Value) -> Result<Value, Fault> {
        self.wire.call(Some(&self.session), method, params).await
    }

    async fn tell(&self, method: &'static str, params: Value) -> Result<(), Fault> {
        self.wire.tell(&self.session, method, params).await
    }

    /// Gives the page what it asks for until it has come to rest.
    async fn settle(&mut self, visit: &Visit<'_>) -> Result<(Page, Vec<Hop>), Fault> {
        let (mut main, mut hops) = visit.first();
        let mut progress = Progress::new(Instant::now());
        let mut moves = 0;
        let mut answers = FuturesUnordered::new();
        loop {
            let rests_at = progress.rests_at(answers.is_empty());
            tokio::select! {
                event = self.events.recv() => match event {
                    Some(Event::Asks(params)) => {
                        progress.last_word = Instant::now();
                        match Asked::read(&params, &self.target) {
                            Some(asked) => answers.push(visit.answer(asked, main.url.clone())),
                            None => return Err(Fault::Restless),
                        }
                    }
                    Some(Event::Parsed) => progress.has_text = true,
                    Some(Event::Loaded) => progress.loaded = Some(Instant::now()),
                    Some(Event::Dialog) => {
                        self.tell("Page.handleJavaScriptDialog", json!({"accept": false})).await?;
                    }
                    Some(Event::Crashed) => return Err(Fault::Crashed),
                    None if self.wire.is_over() => return Err(Fault::Ended),
                    None => return Err(Fault::Restless),
                },
                Some(Answer { request, reply, moved }) = answers.next(), if !answers.is_empty() => {
                    if let Some(moved) = moved {
                        let moved = moved?;
                        moves += 1;
                        if moves > MAX_REDIRECTS {
                            return Err(Fault::Wandering);
                        }
                        hops.extend(moved.hop);
                        if let Some(page) = moved.page {
                            main = page;
                            progress = Progress { begin: progress.begin, ..Progress::new(Instant::now()) };
                        }
                    }
                    self.give(&request, reply).await?;
                    progress.last_word = Instant::now();
                }
                () = sleep_until(rests_at) => {
                    return if progress.has_text { Ok((main, hops)) } else { Err(Fault::Restless) };
                }
            }
        }
    }

    /// Hands the page what it has asked for, or tells it that there is nothing.
    async fn give(&self, request: &str, reply: Reply) -> Result<(), Fault> {
        match reply {
            Reply::Own => {
                let params = json!({"requestId": request});
                self.tell("Fetch.continueRequest", params).await
            }
            Reply::None => {
                let params = json!({"requestId": request, "errorReason": "BlockedByClient"});
                self.tell("Fetch.failRequest", params).await
            }
            Reply::Whole {
                status,
                headers,
                body,
            } => {
                let header =
                    |(name, value): (String, String)| json!({"name": name, "value": value});
                let headers: Vec<Value> = headers.into_iter().map(header).collect();
                let params = json!({
                    "requestId": request, "responseCode": status, "responseHeaders": headers,
                    "body": STANDARD.encode(body),
                });
                self.tell("Fetch.fulfillRequest", params).await
            }
        }
    }

    /// The page as it stands, told by the browser itself: scripts of the page have no say in it.
    async fn html(&self) -> Result<String, Fault> {
        let document = self.call("DOM.getDocument", json!({"depth": 0})).await?;
        let node = json!({"nodeId": document["root"]["nodeId"], "includeShadowDOM": true});
        let mut answer = self.call("DOM.getOuterHTML", node).await?;
        match answer["outerHTML"].take() {
            Value::String(html) => Ok(shadow::opened(html)),
            _ => Err(Fault::Restless),
        }
    }
}

impl Drop for Tab<'_> {
    fn drop(&mut self) {
        self.wire.forget(&self.session);
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_rests_when_nothing_was_asked_for_a_while_and_is_not_waited_for_for_ever() {
        let begin = Instant::now();
        let mut progress = Progress::new(begin);
        assert_eq!(progress.rests_at(true), begin + PATIENCE_FOR_LOAD);

        let loaded = begin + Duration::from_secs(1);
        progress.loaded = Some(loaded);
        assert_eq!(progress.rests_at(true), loaded + QUIET);
        assert_eq!(progress.rests_at(false), loaded + PATIENCE_FOR_QUIET);

        progress.last_word = loaded + Duration::from_secs(2);
        assert_eq!(progress.rests_at(true), progress.last_word + QUIET);
        progress.last_word = loaded + PATIENCE_FOR_QUIET;
        assert_eq!(progress.rests_at(true), loaded + PATIENCE_FOR_QUIET);
    }
}
