//! What changed lately, largest first.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use jiff::SignedDuration;
use serde_json::json;

use super::Shared;
use super::changes::{self, Detail};
use super::feed::{self, Heading};
use super::form::{self, Trouble};
use super::html::{Html, Page};
use crate::services::Services;
use crate::store::{Event, Recent};

/// How far back the page looks.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// How far back the feed looks: a reader may be away for a weekend.
const WEEK: SignedDuration = SignedDuration::from_hours(24 * 7);
/// The most changes on a page.
const MAX_SHOWN: u32 = 100;

async fn events(services: &Services, back: SignedDuration) -> Result<Vec<Event>, Trouble> {
    let wanted = Recent {
        since: services.clock.now() - back,
        watch: None,
        limit: MAX_SHOWN,
    };
    Ok(services.store.recent(wanted).await?)
}

/// The page people see first.
pub(super) async fn page(State(shared): State<Arc<Shared>>) -> Result<Page<'static>, Trouble> {
    let services = shared.services();
    let mut events = events(&services, DAY).await?;
    changes::largest_first(&mut events);
    let counts = services.store.counts().await?;
    let mut body = Html::default();
    let most = u32::try_from(events.len()).is_ok_and(|count| count >= MAX_SHOWN);
    body.put("<p class=\"lead\">");
    body.text(&format!(
        "{}{} in the last 24 hours, largest first. ",
        if most { "The latest " } else { "" },
        counted(events.len() as u64, "change")
    ));
    body.link("watches", &counted(counts.watches, "watch"));
    body.text(&format!(
        ", {} failing; {} waiting",
        counts.failing,
        counted(counts.waiting, "alert")
    ));
    if counts.parked > 0 {
        body.text(&format!(", {} given up", counts.parked));
    }
    body.put(".</p>");
    if events.is_empty() {
        body.put("<p>No figure and no statement has changed.</p>");
    }
    changes::list(&mut body, &events, "", Detail::Brief);
    Ok(Page {
        title: "Today",
        root: "",
        forms: Some("today"),
        query: "",
        body,
    })
}

/// The same for programs.
pub(super) async fn json(State(shared): State<Arc<Shared>>) -> Result<Response, Trouble> {
    let services = shared.services();
    let mut events = events(&services, DAY).await?;
    changes::largest_first(&mut events);
    Ok(form::json(
        &json!({"at": services.clock.now(), "changes": changes::objects(&events)}),
    ))
}

/// The same for feed readers.
pub(super) async fn atom(State(shared): State<Arc<Shared>>) -> Result<Response, Trouble> {
    let services = shared.services();
    let events = events(&services, WEEK).await?;
    let heading = Heading {
        title: "Changes",
        seed: "claimwatch changes",
        path: "today",
        query: "",
    };
    Ok(feed::of_events(&services, &heading, &events))
}

/// So many of something: `1 change`, `2 watches`.
pub(super) fn counted(count: u64, noun: &str) -> String {
    let ending = match noun {
        _ if count == 1 => "",
        noun if noun.ends_with("ch") => "es",
        _ => "s",
    };
    format!("{count} {noun}{ending}")
}
