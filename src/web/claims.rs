//! Claims over outlets and time: the ones that are followed, and any figure that is asked for.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Shared;
use super::changes;
use super::chart::{self, Line, Mark};
use super::form::{self, Form, Trouble};
use super::html::{Html, Page};
use crate::alert::rules::{TrackedClaim, follows};
use crate::compare::ChangeKind;
use crate::services::Services;
use crate::store::{Course, Event, FigureCourse, Recent};

/// How far back alerts and corrections are marked.
const YEAR: SignedDuration = SignedDuration::from_hours(24 * 366);
/// The latest changes that are searched for those of a claim.
const CHANGES_SEARCHED: u32 = 300;
/// So many of the latest versions of each story are in the chart.
const VERSIONS_DRAWN: u32 = 200;
/// The most figures on a page.
const FIGURES_SHOWN: usize = 40;
/// The longest word that is looked for, in characters.
const MAX_WORD_CHARS: usize = 100;

/// The claims that are followed.
pub(super) async fn page(State(shared): State<Arc<Shared>>) -> Page<'static> {
    let services = shared.services();
    let mut body = Html::default();
    if services.config.claims.is_empty() {
        body.put("<p>No claim is followed. Add one under <code>claims</code> in the configuration, or ask above how many there are of something.</p>");
    }
    body.put("<ul class=\"changes\">");
    for claim in &services.config.claims {
        body.put("<li><p>");
        body.link(&format!("claim/{}", claim.name), &claim.name);
        body.put("</p><p class=\"dim\">");
        match &claim.statement {
            Some(statement) => body.text(statement),
            None => body.text(&claim.words.join(", ")),
        };
        body.put("</p></li>");
    }
    body.put("</ul>");
    Page {
        title: "Claims",
        root: "",
        forms: Some("claims"),
        body,
    }
}

/// The same for programs.
pub(super) async fn json(State(shared): State<Arc<Shared>>) -> Response {
    let services = shared.services();
    let object = |claim: &TrackedClaim| json!({"claim": claim.name, "words": claim.words, "statement": claim.statement});
    let claims: Vec<Value> = services.config.claims.iter().map(object).collect();
    form::json(&json!({ "claims": claims }))
}

/// One claim over outlets and time.
pub(super) async fn one(
    State(shared): State<Arc<Shared>>,
    Path(name): Path<String>,
) -> Result<Response, Trouble> {
    let (name, form) = Form::of(&name);
    let services = shared.services();
    let mut claims = services.config.claims.iter();
    let claim = claims
        .find(|claim| claim.name == name)
        .ok_or(Trouble::Missing("No claim of this name is followed."))?;
    let now = services.clock.now();
    let events = of_claim(&services, claim).await?;
    if form == Form::Atom {
        let seed = format!("claim {name}");
        return Ok(changes::atom(name, &seed, &events, now));
    }
    let courses = courses(&services, claim).await?;
    if form == Form::Json {
        let figures: Vec<Value> = courses.iter().map(object).collect();
        let events = changes::objects(&events);
        return Ok(form::json(
            &json!({"claim": name, "figures": figures, "changes": events}),
        ));
    }
    let mut body = Html::default();
    if claim.statement.is_none() {
        let mut lines: Vec<Line> = courses
            .iter()
            .map(|course| Line::of(course, course.watch.to_string(), now))
            .collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.steps.len()));
        body.add(&chart::figure(name, &lines, &marks(&events)));
    }
    body.put("<h2>Changes</h2>");
    changes::list(&mut body, &events, "../");
    let page = Page {
        title: name,
        root: "../",
        forms: Some(name),
        body,
    };
    Ok(page.into_response())
}

/// What is looked for.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    of: String,
}

/// How many there are of something, in every story.
pub(super) async fn search(
    State(shared): State<Arc<Shared>>,
    Query(asked): Query<Asked>,
) -> Result<Page<'static>, Trouble> {
    let services = shared.services();
    let word: String = asked.of.trim().chars().take(MAX_WORD_CHARS).collect();
    let mut body = Html::default();
    if word.is_empty() {
        body.put("<p>Ask above how many there are of something, such as refugees.</p>");
    } else {
        let wanted = Course {
            word: word.clone(),
            story: None,
            versions: Some(VERSIONS_DRAWN),
        };
        let courses = services.store.courses(wanted).await?;
        body.put("<p class=\"lead\">What the stories say about “")
            .text(&word)
            .put("”.</p>");
        if courses.is_empty() {
            body.put("<p>No story counts this.</p>");
        }
        let now = services.clock.now();
        for course in courses.iter().take(FIGURES_SHOWN) {
            let name = format!("{} in {}", chart::noun(course), course.watch);
            body.put("<h2><a href=\"story/").text(course.story.as_str());
            body.put("\">").text(&name).put("</a></h2>");
            let line = Line::of(course, course.watch.to_string(), now);
            body.add(&chart::figure(&name, &[line], &[]));
        }
    }
    Ok(Page {
        title: "Figures",
        root: "",
        forms: None,
        body,
    })
}

/// The figures that a claim follows: those that count one of its words and are said by one of its sources.
async fn courses(services: &Services, claim: &TrackedClaim) -> Result<Vec<FigureCourse>, Trouble> {
    let mut courses: Vec<FigureCourse> = Vec::new();
    for word in &claim.words {
        let wanted = Course {
            word: word.clone(),
            story: None,
            versions: Some(VERSIONS_DRAWN),
        };
        for mut course in services.store.courses(wanted).await? {
            course.stands.retain(|stand| {
                let speaker = stand.said_by.as_ref().map(|name| name.to_lowercase());
                speaker.is_none_or(|speaker| {
                    claim.said_by.is_empty()
                        || claim.said_by.iter().any(|wanted| {
                            let wanted = wanted.to_lowercase();
                            speaker.contains(&wanted) || wanted.contains(&speaker)
                        })
                })
            });
            let is_followed = services
                .watch(&course.watch)
                .is_some_and(|watch| watch.rules.claims.iter().any(|own| own.name == claim.name));
            if is_followed && !course.stands.is_empty() && !courses.contains(&course) {
                courses.push(course);
            }
        }
    }
    courses.truncate(FIGURES_SHOWN);
    Ok(courses)
}

/// The changes of a claim, and the corrections of the stories they happened to.
async fn of_claim(services: &Services, claim: &TrackedClaim) -> Result<Vec<Event>, Trouble> {
    let wanted = Recent {
        since: services.clock.now() - YEAR,
        watch: None,
        limit: CHANGES_SEARCHED,
    };
    let events = services.store.recent(wanted).await?;
    let mut stories: Vec<_> = events
        .iter()
        .filter(|event| follows(claim, &event.recorded.change))
        .map(|event| event.story.clone())
        .collect();
    stories.sort();
    stories.dedup();
    Ok(events
        .into_iter()
        .filter(|event| {
            let change = &event.recorded.change;
            let corrected = change.kind == ChangeKind::CorrectionNoticeAdded;
            follows(claim, change) || (corrected && stories.contains(&event.story))
        })
        .collect())
}

fn marks(events: &[Event]) -> Vec<Mark> {
    events
        .iter()
        .filter_map(|event| match event.recorded.change.kind {
            ChangeKind::CorrectionNoticeAdded => Some(Mark::Corrected(event.at)),
            _ if event.recorded.told => Some(Mark::Told(event.at)),
            _ => None,
        })
        .collect()
}

fn object(course: &FigureCourse) -> Value {
    let number =
        |value: Option<crate::claims::Decimal>| value.and_then(|value| f64::try_from(value).ok());
    let values: Vec<Value> = course
        .stands
        .iter()
        .map(|stand| {
            json!({
                "from": stand.at, "until": stand.until, "version": stand.since, "text": stand.text,
                "low": number(stand.low), "high": number(stand.high), "qualifier": stand.qualifier,
                "unit": stand.unit, "noun": stand.noun, "said_by": stand.said_by,
            })
        })
        .collect();
    json!({"watch": course.watch, "story": course.story, "url": course.url, "values": values})
}
