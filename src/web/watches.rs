//! Every watch and its health, and what one of them has found.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::Shared;
use super::changes::{self, Detail};
use super::feed::{self, Entry, Heading};
use super::form::{self, Form, Trouble};
use super::html::{Html, Page, Table};
use super::today::counted;
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
        &format!(
            "{}, {failing} failing.",
            counted(watches.len() as u64, "watch")
        ),
    );
    if watches.is_empty() {
        body.put("<p>Nothing is watched. Add an address under <code>watches</code> in the configuration.</p>");
    }
    let shown = watches.get(..MAX_WATCHES).unwrap_or(&watches);
    body.add(&table(shown, &noise, now, ""));
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
        query: "",
        body,
    })
}

/// Watches and how they are.
fn table(
    watches: &[Status],
    noise: &BTreeMap<WatchName, Noise>,
    now: Timestamp,
    root: &'static str,
) -> Html {
    let mut table = Table::new(
        "Watches; those in trouble first",
        &[
            ("Watch", ""),
            ("State", "any"),
            ("Last check", "nowrap"),
            ("Next check", "nowrap"),
            ("Last change", "nowrap"),
            ("Versions", "number"),
            ("Told / not, 7 days", "number"),
        ],
    );
    for watch in watches {
        let cell = table.cell();
        let page = format!("{root}{}", path_of(&watch.watch));
        cell.link(&page, watch.watch.as_str()).put("<br>");
        let headline = watch.headline.as_deref().unwrap_or(&watch.url);
        cell.put("<a dir=\"auto\" class=\"dim\" href=\"").put(root);
        cell.put("story/").text(watch.story.as_str());
        cell.put("\">").short(headline).put("</a>");
        state(table.cell(), watch);
        ago(table.cell(), watch.last_check, now);
        let cell = table.cell();
        match watch.next_check {
            Some(due) if due > now => cell.text(&format!("in {}", span(due.duration_since(now)))),
            Some(_) => cell.put("now"),
            None => cell.put("never"),
        };
        ago(table.cell(), watch.last_change, now);
        table.cell().number(watch.versions);
        let noise = noise.get(&watch.watch).copied().unwrap_or_default();
        let noise = format!("{} / {}", noise.told, noise.untold);
        table.cell().text(&noise);
    }
    table.into_html()
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
                .put("\" title=\"")
                .text(&at.strftime("%-d %b %Y %H:%M UTC").to_string())
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

/// Those in trouble, for feed readers: an entry for each time that one began to fail or its story was removed.
pub(super) async fn atom(State(shared): State<Arc<Shared>>) -> Result<Response, Trouble> {
    let (watches, _, _) = found(&shared).await?;
    let mut troubles: Vec<Entry<'_>> = watches.iter().filter_map(trouble).collect();
    troubles.sort_by_key(|entry| std::cmp::Reverse(entry.at));
    troubles.truncate(MAX_SHOWN as usize);
    let heading = Heading {
        title: "Watches in trouble",
        seed: "watches in trouble",
        path: "watches",
        query: "",
    };
    Ok(feed::feed(&shared.services(), &heading, &troubles))
}

fn trouble(watch: &Status) -> Option<Entry<'_>> {
    let (term, words, at) = match (watch.removed, watch.failing_since) {
        (Some(removed), _) => ("removed", "the story was removed", removed),
        (None, Some(since)) => ("failing", "checks fail", since),
        (None, None) => return None,
    };
    let mut content = Html::default();
    content.put("<p>");
    state(&mut content, watch);
    content.put("</p>");
    Some(Entry {
        seed: format!("{term} {} {at}", watch.story),
        title: format!("{}: {words}", watch.watch),
        at,
        path: path_of(&watch.watch),
        url: &watch.url,
        term,
        words: "",
        content,
    })
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
        Form::Atom => {
            let heading = Heading {
                title: &title,
                seed: &format!("watch {name}"),
                path: &format!("watch/{name}"),
                query: "",
            };
            Ok(feed::of_events(&services, &heading, &events))
        }
        Form::Html => {
            let (mut watches, noise, now) = found(&shared).await?;
            watches.retain(|own| own.watch == watch || own.watch.list().as_ref() == Some(&watch));
            watches.truncate(MAX_WATCHES);
            let mut body = table(&watches, &noise, now, "../");
            body.put("<h2>Changes</h2>");
            if events.is_empty() {
                body.put("<p>Nothing has changed yet.</p>");
            }
            changes::list(&mut body, &events, "../", Detail::Full);
            let page = Page {
                title: &format!("Watch {name}"),
                root: "../",
                forms: Some(name),
                query: "",
                body,
            };
            Ok(page.into_response())
        }
    }
}
