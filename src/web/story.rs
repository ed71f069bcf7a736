//! One story: its versions, any two of them side by side, and how its figures moved.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::chart::{self, Ground, Line, Mark};
use super::feed::{self, Heading};
use super::form::{self, Form, Trouble};
use super::html::{Html, Page, Table};
use super::{Shared, changes, versions, watches};
use crate::alert::StoryId;
use crate::compare::{ChangeKind, Severity};
use crate::services::Services;
use crate::store::{Course, Event, Happened, StoryEntry};

/// Versions on one page.
const VERSIONS_SHOWN: u32 = 50;
/// So many of the latest versions are in the chart.
const VERSIONS_DRAWN: u32 = 200;
/// Figures in the chart.
const FIGURES_DRAWN: usize = 4;

/// What can be asked of a story.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// The old version of a comparison.
    a: Option<u32>,
    /// The new one.
    b: Option<u32>,
    /// `side` for two columns.
    view: Option<String>,
    /// Only versions before this one.
    before: Option<u32>,
}

/// The page of a story, in the form asked for.
pub(super) async fn page(
    State(shared): State<Arc<Shared>>,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let (name, form) = Form::of(&name);
    let services = shared.services();
    let id = StoryId::from_typed(name);
    let story = services.store.story(&id).await?;
    let story = story.ok_or(Trouble::Missing("There is no such story."))?;
    let before = asked.before.unwrap_or(u32::MAX);
    let happened = services.store.versions(&id, before, VERSIONS_SHOWN).await?;
    match form {
        Form::Html => whole(&services, &story, &happened, &asked).await,
        Form::Json => Ok(form::json(&object(&story, &happened))),
        Form::Atom => {
            let title = story.headline.as_deref().unwrap_or(&story.url);
            let events = events(&story, &happened);
            let heading = Heading {
                title,
                seed: &format!("story {id}"),
                path: &format!("story/{id}"),
                query: "",
            };
            Ok(feed::of_events(&services, &heading, &events))
        }
    }
}

async fn whole(
    services: &Services,
    story: &StoryEntry,
    happened: &[Happened],
    asked: &Asked,
) -> Result<Response, Trouble> {
    let mut body = Html::default();
    body.put("<p class=\"lead\">")
        .outside(&story.url, &story.url);
    body.put("<br>Watch ").link(
        &format!("../{}", watches::path_of(&story.watch)),
        story.watch.as_str(),
    );
    if let Some(removed) = story.removed {
        body.put(" · <span class=\"trouble\">not found since ");
        changes::time(&mut body, removed);
        body.put("</span>");
    }
    body.put("</p>");
    picker(&mut body, story.versions, asked);
    if let (Some(a), Some(b)) = (asked.a, asked.b) {
        let title = format!("Version {a} against version {b}");
        body.element("h2", &title);
        neighbours(&mut body, story, (a, b), asked);
        compared(&mut body, services, story, (a, b), asked).await?;
    }
    body.put("<h2>Versions</h2>");
    timeline(&mut body, story, happened);
    moved(&mut body, services, story, happened).await?;
    let title = story.headline.as_deref().unwrap_or(&story.url);
    let page = Page {
        title,
        root: "../",
        forms: Some(story.id.as_str()),
        query: "",
        body,
    };
    Ok(page.into_response())
}

/// Two versions beside each other, as far as their texts are still kept.
async fn compared(
    body: &mut Html,
    services: &Services,
    story: &StoryEntry,
    (a, b): (u32, u32),
    asked: &Asked,
) -> Result<(), Trouble> {
    let mut heads = Vec::new();
    for number in [a, b] {
        let version = services.store.version(&story.id, number).await?;
        heads.push((number, version.first_seen));
        if !version.kept {
            let gone = format!("The text of version {number} is no longer kept.");
            body.element("p", &gone);
            return Ok(());
        }
    }
    let old = services.store.body(&story.id, a).await?;
    let new = services.store.body(&story.id, b).await?;
    let view = versions::View::of(asked.view.as_deref());
    // Texts of any length are compared on a thread of their own.
    let compared =
        tokio::task::spawn_blocking(move || versions::compared((&old, &new), &heads, view));
    let fault = |_| Trouble::Fault("The two versions could not be compared.");
    body.add(&compared.await.map_err(fault)?);
    Ok(())
}

/// The ways to the versions before and after, and to the other view.
fn neighbours(body: &mut Html, story: &StoryEntry, (a, b): (u32, u32), asked: &Asked) {
    let id = &story.id;
    let is_side = versions::View::of(asked.view.as_deref()) == versions::View::Side;
    let view = |side: bool| if side { "&view=side" } else { "" };
    body.put("<p class=\"ways\">");
    if let (Some(before), true) = (a.checked_sub(1).filter(|before| *before > 0), b == a + 1) {
        let path = format!("{id}?a={before}&b={a}{}", view(is_side));
        body.link(&path, &format!("← {before} against {a}"));
    }
    let other = format!("{id}?a={a}&b={b}{}", view(!is_side));
    body.link(
        &other,
        if is_side {
            "In one text"
        } else {
            "Side by side"
        },
    );
    if b < story.versions && b == a + 1 {
        let path = format!("{id}?a={b}&b={}{}", b + 1, view(is_side));
        body.link(&path, &format!("{b} against {} →", b + 1));
    }
    body.put("</p>");
}

/// The form that chooses two versions.
fn picker(body: &mut Html, last: u32, asked: &Asked) {
    if last < 2 {
        return;
    }
    let (a, b) = (asked.a.unwrap_or(last - 1), asked.b.unwrap_or(last));
    body.put("<form><label for=\"a\">Compare version</label>");
    field(body, "a", a, last);
    body.put("<label for=\"b\">with</label>");
    field(body, "b", b, last);
    let side = asked.view.as_deref() == Some("side");
    body.put("<label for=\"view\">shown</label><select id=\"view\" name=\"view\"><option value=\"inline\">in one text</option><option value=\"side\"")
        .put(if side { " selected" } else { "" })
        .put(">side by side</option></select><button>Compare</button></form>");
}

fn field(body: &mut Html, name: &'static str, value: u32, last: u32) {
    body.put("<input type=\"number\" min=\"1\" max=\"")
        .number(last)
        .put("\" id=\"")
        .put(name)
        .put("\" name=\"")
        .put(name)
        .put("\" value=\"")
        .number(value)
        .put("\">");
}

/// How the figures of the story moved.
async fn moved(
    body: &mut Html,
    services: &Services,
    story: &StoryEntry,
    happened: &[Happened],
) -> Result<(), Trouble> {
    let wanted = Course {
        story: Some(story.id.clone()),
        versions: Some(VERSIONS_DRAWN),
        ..Course::default()
    };
    let mut courses = services.store.courses(wanted).await?;
    courses.retain(|course| course.stands.len() > 1);
    courses.sort_by_key(|course| std::cmp::Reverse(course.stands.len()));
    courses.truncate(FIGURES_DRAWN);
    if courses.is_empty() {
        return Ok(());
    }
    let now = services.clock.now();
    let is_correction = |one: &&Happened| {
        let mut kinds = one.changes.iter().map(|recorded| recorded.change.kind);
        kinds.any(|kind| kind == ChangeKind::CorrectionNoticeAdded)
    };
    let corrected = happened.iter().filter(is_correction);
    let marks: Vec<Mark> = corrected
        .map(|one| Mark::Corrected(one.version.first_seen))
        .collect();
    body.put("<h2>Figures that moved</h2>");
    for course in &courses {
        let line = Line::of(course, chart::noun(course), now);
        let name = line.name.clone();
        body.element("h3", &name);
        body.add(&chart::figure(&name, &[line], &marks, Ground::Nought));
    }
    Ok(())
}

/// The versions, newest first, with what each one changed.
fn timeline(body: &mut Html, story: &StoryEntry, happened: &[Happened]) {
    let mut table = Table::new(
        "Versions, newest first",
        &[
            ("Version", "number"),
            ("Seen", "nowrap"),
            ("Changed", ""),
            ("Headline", "any"),
        ],
    );
    for one in happened {
        let version = &one.version;
        let number = version.number;
        let cell = table.cell();
        if number > 1 {
            let path = format!("{}?a={}&b={number}", story.id, number - 1);
            cell.link(&path, &number.to_string());
        } else {
            cell.number(number);
        }
        let cell = table.cell();
        changes::time(cell, version.first_seen);
        if version.last_seen > version.first_seen {
            cell.put("<br><span class=\"dim\">to ");
            changes::time(cell, version.last_seen);
            cell.put("</span>");
        }
        badges(table.cell(), one);
        table
            .cell()
            .put("<bdi>")
            .short(&version.headline)
            .put("</bdi>");
    }
    body.add(&table.into_html());
    if let Some(oldest) = happened.last().filter(|oldest| oldest.version.number > 1) {
        let path = format!("{}?before={}", story.id, oldest.version.number);
        body.put("<p>").link(&path, "Older versions").put("</p>");
    }
}

/// What sorts of facts a version changed, and whether its readers were told of it.
fn badges(body: &mut Html, happened: &Happened) {
    let changes = || happened.changes.iter().map(|recorded| &recorded.change);
    let mut words: Vec<(&'static str, usize)> = Vec::new();
    for change in changes() {
        let word = changes::word(change.kind);
        match words.iter_mut().find(|(known, _)| *known == word) {
            Some((_, count)) => *count += 1,
            None => words.push((word, 1)),
        }
    }
    for (word, count) in &words {
        body.put("<span class=\"badge\">").put(word);
        if *count > 1 {
            body.text(&format!(" × {count}"));
        }
        body.put("</span> ");
    }
    let corrected = changes().any(|change| change.kind == ChangeKind::CorrectionNoticeAdded);
    let weighty = changes().any(|change| change.severity >= Severity::High);
    if weighty && !corrected {
        body.put("<span class=\"badge high\">no correction note</span>");
    }
    if words.is_empty() {
        body.put(if happened.version.number > 1 {
            "<span class=\"dim\">wording only</span>"
        } else {
            "<span class=\"dim\">first version</span>"
        });
    }
}

fn events(story: &StoryEntry, happened: &[Happened]) -> Vec<Event> {
    let of_version = |one: &Happened| {
        let event = |(position, recorded): (u32, &crate::store::Recorded)| Event {
            watch: story.watch.clone(),
            story: story.id.clone(),
            url: story.url.clone(),
            headline: one.version.headline.clone(),
            version: one.version.number,
            position,
            at: one.version.first_seen,
            recorded: recorded.clone(),
        };
        (0..).zip(&one.changes).map(event).collect::<Vec<_>>()
    };
    happened.iter().flat_map(of_version).collect()
}

fn object(story: &StoryEntry, happened: &[Happened]) -> Value {
    let version = |one: &Happened| -> Value {
        let version = &one.version;
        let changes: Vec<Value> = one.changes.iter().map(changes::object).collect();
        json!({
            "version": version.number, "first_seen": version.first_seen, "last_seen": version.last_seen,
            "headline": version.headline, "sha256": version.sha256, "reader": version.reader, "changes": changes,
        })
    };
    let versions: Vec<Value> = happened.iter().map(version).collect();
    json!({
        "story": story.id, "watch": story.watch, "url": story.url, "headline": story.headline,
        "published": story.published, "removed": story.removed, "count": story.versions, "versions": versions,
    })
}
