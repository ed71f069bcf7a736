//! Every watch and its health, and what one of them has found.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::Shared;
use super::changes;
use super::form::{self, Form, Trouble};
use super::html::{Html, Page};
use crate::alert::WatchName;
use crate::store::{Noise, Recent, Status};

const WEEK: SignedDuration = SignedDuration::from_hours(24 * 7);
/// How far back the changes of one watch go.
const YEAR: SignedDuration = SignedDuration::from_hours(24 * 366);
/// The most changes of one watch.
const MAX_SHOWN: u32 = 100;
/// The most watches on a page; the JSON has all.
const MAX_WATCHES: usize = 500;

type Found = (Vec<Status>, BTreeMap<WatchName, Noise>, Timestamp);

async fn found(shared: &Shared) -> Result<Found, Trouble> {
    let services = shared.services();
    let now = services.clock.now();
    let mut watches = services.store.status().await?;
    // What is in trouble comes first; the rest keeps its order.
    watches.sort_by_key(|watch| watch.failures == 0);
    Ok((watches, services.store.noise(now - WEEK).await?, now))
}

/// The page.
pub(super) async fn page(State(shared): State<Arc<Shared>>) -> Result<Page<'static>, Trouble> {
    let (watches, noise, now) = found(&shared).await?;
    let failing = watches.iter().filter(|watch| watch.failures > 0).count();
    let mut body = Html::default();
    body.element(
        "p class=\"lead\"",
        &format!("{} watches, {failing} failing.", watches.len()),
    );
    body.put("<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Watch</th><th scope=\"col\">State</th><th scope=\"col\">Last check</th><th scope=\"col\">Next check</th><th scope=\"col\" class=\"wide\">Last change</th><th scope=\"col\" class=\"number\">Versions</th><th scope=\"col\" class=\"number\">Told / not, 7 days</th></tr></thead><tbody>");
    for watch in watches.iter().take(MAX_WATCHES) {
        row(&mut body, watch, noise.get(&watch.watch), now);
    }
    body.put("</tbody></table></div>");
    if watches.len() > MAX_WATCHES {
        body.element(
            "p",
            &format!("The first {MAX_WATCHES} are shown; the JSON has all."),
        );
    }
    Ok(Page {
        title: "Watches",
        root: "",
        forms: Some("watches"),
        body,
    })
}

fn row(body: &mut Html, watch: &Status, noise: Option<&Noise>, now: Timestamp) {
    body.put("<tr><td>");
    body.link(&path_of(&watch.watch), watch.watch.as_str());
    body.put("<br>");
    let headline = watch.headline.as_deref().unwrap_or(&watch.url);
    body.put("<a class=\"dim\" href=\"story/")
        .text(watch.story.as_str());
    body.put("\">").short(headline).put("</a></td><td>");
    state(body, watch);
    body.put("</td><td class=\"nowrap\">");
    ago(body, watch.last_check, now);
    body.put("</td><td class=\"nowrap\">");
    match watch.next_check {
        Some(due) if due > now => body.text(&format!("in {}", span(due.duration_since(now)))),
        Some(_) => body.put("now"),
        None => body.put("never"),
    };
    body.put("</td><td class=\"nowrap wide\">");
    ago(body, watch.last_change, now);
    body.put("</td><td class=\"number\">")
        .number(watch.versions);
    let noise = noise.copied().unwrap_or_default();
    body.put("</td><td class=\"number\">");
    body.text(&format!("{} / {}", noise.told, noise.untold));
    body.put("</td></tr>");
}

fn state(body: &mut Html, watch: &Status) {
    match (&watch.error, watch.removed) {
        (_, Some(removed)) => {
            body.put("<span class=\"trouble\">removed</span>, not found since ");
            changes::time(body, removed);
        }
        (Some(error), None) => {
            body.put("<span class=\"trouble\">");
            body.text(&format!("{} failed in a row", watch.failures));
            body.put("</span>: ").short(error);
        }
        (None, None) if watch.last_check.is_none() => {
            body.put("not checked yet");
        }
        (None, None) => {
            body.put("ok");
        }
    }
}

fn ago(body: &mut Html, at: Option<Timestamp>, now: Timestamp) {
    match at {
        Some(at) => {
            body.put("<time datetime=\"")
                .text(&at.to_string())
                .put("\">");
            body.text(&format!("{} ago", span(now.duration_since(at))));
            body.put("</time>");
        }
        None => {
            body.put("never");
        }
    }
}

/// The page of a watch; an article has that of its list.
pub(super) fn path_of(watch: &WatchName) -> String {
    format!("watch/{}", watch.list().as_ref().unwrap_or(watch))
}

/// A length of time in its largest unit.
fn span(length: SignedDuration) -> String {
    let seconds = length.as_secs().max(0);
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", seconds / 60),
        3_600..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// The same for programs.
pub(super) async fn json(State(shared): State<Arc<Shared>>) -> Result<Response, Trouble> {
    let (watches, noise, now) = found(&shared).await?;
    let object = |watch: &Status| -> Value {
        let noise = noise.get(&watch.watch).copied().unwrap_or_default();
        json!({
            "watch": watch.watch, "story": watch.story, "url": watch.url, "headline": watch.headline,
            "last_check": watch.last_check, "last_change": watch.last_change, "next_check": watch.next_check,
            "failures": watch.failures, "failing_since": watch.failing_since, "error": watch.error,
            "removed": watch.removed, "versions": watch.versions, "waiting": watch.waiting,
            "told_7d": noise.told, "not_told_7d": noise.untold,
        })
    };
    let watches: Vec<Value> = watches.iter().map(object).collect();
    Ok(form::json(&json!({"at": now, "watches": watches})))
}

/// What one watch has found.
pub(super) async fn one(
    State(shared): State<Arc<Shared>>,
    Path(name): Path<String>,
) -> Result<Response, Trouble> {
    let (name, form) = Form::of(&name);
    let missing = Trouble::Missing("There is no such watch.");
    let watch = WatchName::new(name).ok_or(missing)?;
    let services = shared.services();
    let now = services.clock.now();
    let wanted = Recent {
        since: now - YEAR,
        watch: Some(watch.clone()),
        limit: MAX_SHOWN,
    };
    let events = services.store.recent(wanted).await?;
    if events.is_empty() && services.watch(&watch).is_none() {
        return Err(Trouble::Missing("There is no such watch."));
    }
    let title = format!("Changes found by {name}");
    match form {
        Form::Json => Ok(form::json(
            &json!({"watch": watch, "changes": changes::objects(&events)}),
        )),
        Form::Atom => Ok(changes::atom(
            &title,
            &format!("watch {name}"),
            &events,
            now,
        )),
        Form::Html => {
            let mut body = Html::default();
            if events.is_empty() {
                body.put("<p>Nothing has changed yet.</p>");
            }
            changes::list(&mut body, &events, "../");
            let page = Page {
                title: &title,
                root: "../",
                forms: Some(name),
                body,
            };
            Ok(page.into_response())
        }
    }
}
