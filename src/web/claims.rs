//! Claims over outlets and time: the ones that are followed, and any figure that is asked for.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Shared;
use super::changes::{self, Detail};
use super::chart::{self, Ground, Line, Mark};
use super::feed::{self, Heading};
use super::form::{self, Form, Trouble};
use super::html::{Html, Page, Table};
use crate::alert::rules::{self, TrackedClaim, follows};
use crate::alert::{StoryId, WatchName};
use crate::compare::ChangeKind;
use crate::services::Services;
use crate::store::{Course, Event, FigureCourse, Recent, Stand};

/// How far back alerts and corrections are marked.
const YEAR: SignedDuration = SignedDuration::from_hours(24 * 366);
/// The latest changes that are searched for those of a claim.
const CHANGES_SEARCHED: u32 = 300;
/// So many of the latest versions of each story are in the chart.
const VERSIONS_DRAWN: u32 = 200;
/// The most figures on a page of what was looked for.
const FIGURES_SHOWN: usize = 40;
/// The most figures of a claim: one or two of each outlet.
const FIGURES_FOLLOWED: usize = 400;
/// Values that are further apart differ, where the claim does not say how far, in percent.
const DIFFERENCE: i64 = 10;
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
        query: "",
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

/// What changed of any of them, for feed readers.
pub(super) async fn atom(State(shared): State<Arc<Shared>>) -> Result<Response, Trouble> {
    let services = shared.services();
    let mut events = latest(&services).await?;
    let claims = &services.config.claims;
    events.retain(|event| {
        let change = &event.recorded.change;
        claims.iter().any(|claim| follows(claim, change))
    });
    let heading = Heading {
        title: "Changes of the claims that are followed",
        seed: "claims",
        path: "claims",
        query: "",
    };
    Ok(feed::of_events(&services, &heading, &events))
}

/// How a claim is drawn.
#[derive(Debug, Deserialize)]
pub(super) struct Drawn {
    /// Where the picture begins.
    ground: Option<String>,
}

/// One claim over outlets and time.
pub(super) async fn one(
    State(shared): State<Arc<Shared>>,
    Path(name): Path<String>,
    Query(drawn): Query<Drawn>,
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
        let heading = Heading {
            title: name,
            seed: &format!("claim {name}"),
            path: &format!("claim/{name}"),
            query: "",
        };
        return Ok(feed::of_events(&services, &heading, &events));
    }
    let courses = courses(&services, claim).await?;
    let mut stands = services.store.standing(name).await?;
    stands
        .sort_by_key(|stand| std::cmp::Reverse((stand.value.amount.high, stand.value.amount.low)));
    if form == Form::Json {
        let figures: Vec<Value> = courses.iter().map(object).collect();
        let events = changes::objects(&events);
        let outlets: Vec<Value> = stands.iter().map(outlet).collect();
        return Ok(form::json(
            &json!({"claim": name, "outlets": outlets, "figures": figures, "changes": events}),
        ));
    }
    let mut body = Html::default();
    if claim.statement.is_none() {
        let lasting = services.store.disagreements().await?;
        let since = lasting.get(name).map(|lasting| lasting.since);
        let apart = agreement(&mut body, claim, &stands, since);
        let ground = Ground::of(drawn.ground.as_deref());
        let known = (courses.as_slice(), stands.as_slice());
        over_time(&mut body, name, known, &marks(&events), (now, ground));
        body.put("<h2>What outlets say</h2>");
        body.add(&grid(&stands, apart));
    }
    body.put("<h2>Changes</h2>");
    if events.is_empty() {
        body.put("<p>Nothing has changed yet.</p>");
    }
    changes::list(&mut body, &events, "../", Detail::Full);
    let page = Page {
        title: name,
        root: "../",
        forms: Some(name),
        query: "",
        body,
    };
    Ok(page.into_response())
}

/// Whether outlets say the same; the places of the lowest and the highest value where they do not.
fn agreement(
    body: &mut Html,
    claim: &TrackedClaim,
    stands: &[Stand],
    since: Option<Timestamp>,
) -> Option<(usize, usize)> {
    let amounts: Vec<_> = stands.iter().map(|stand| stand.value.amount).collect();
    let by = claim
        .disagree
        .map_or_else(|| DIFFERENCE.into(), |rule| rule.by);
    let apart = rules::apart(&amounts, by);
    body.put("<p class=\"lead\">").text(&match stands.len() {
        0 => "No story gives a value now.".to_owned(),
        1 => "One story gives a value.".to_owned(),
        count if apart.is_none() => format!("{count} stories give a value, and they agree."),
        count => format!("{count} stories give a value. "),
    });
    let places = apart.map(|(low, high)| [low, high]);
    if let Some([Some(low), Some(high)]) = places.map(|two| two.map(|at| stands.get(at))) {
        body.put("<span class=\"trouble\">They differ</span> by ")
            .text(&format!("{}% or more: from ", by.normalize()))
            .element("bdi", &low.value.text)
            .put(" to ")
            .element("bdi", &high.value.text);
        if let Some(since) = since {
            body.put(", since ");
            changes::time(body, since);
        }
        body.put(".");
    }
    body.put("</p>");
    apart
}

/// The outlets, a row each, the highest value first.
fn grid(stands: &[Stand], apart: Option<(usize, usize)>) -> Html {
    let mut table = Table::new(
        "What each outlet says now",
        &[
            ("Says", ""),
            ("Outlet", ""),
            ("Since", "nowrap"),
            ("Story", "any"),
        ],
    );
    for (at, stand) in stands.iter().enumerate() {
        let cell = table.cell().element("strong", &stand.value.text);
        if let Some((low, high)) = apart {
            if at == low {
                cell.put(" <span class=\"badge\">lowest</span>");
            } else if at == high {
                cell.put(" <span class=\"badge\">highest</span>");
            }
        }
        let outlet = stand.outlet.as_deref().unwrap_or(stand.watch.as_str());
        table.cell().element("bdi", outlet);
        changes::time(table.cell(), stand.at);
        let cell = table.cell().put("<a dir=\"auto\" href=\"../story/");
        cell.text(stand.story.as_str()).put("\">");
        cell.short(&stand.headline).put("</a>");
    }
    table.into_html()
}

/// The picture of a claim, an outlet a line, with the ways to draw it otherwise.
fn over_time(
    body: &mut Html,
    name: &str,
    (courses, stands): (&[FigureCourse], &[Stand]),
    marks: &[Mark],
    (now, ground): (Timestamp, Ground),
) {
    let outlets: BTreeMap<(&WatchName, &StoryId), &str> = stands
        .iter()
        .filter_map(|stand| Some(((&stand.watch, &stand.story), stand.outlet.as_deref()?)))
        .collect();
    let line = |course: &FigureCourse| {
        let outlet = outlets.get(&(&course.watch, &course.story));
        let outlet = outlet.map_or_else(|| course.watch.to_string(), |outlet| (*outlet).to_owned());
        Line::of(course, outlet, now)
    };
    let mut lines: Vec<Line> = courses.iter().map(line).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.steps.len()));
    body.put("<p class=\"ways\">");
    for (way, path, words) in [
        (Ground::Nought, "", "From nought"),
        (Ground::Lowest, "?ground=lowest", "From the lowest value"),
        (Ground::Tenfold, "?ground=tenfold", "Each step tenfold"),
    ] {
        if way == ground {
            body.element("strong", words);
        } else {
            body.link(&format!("{name}{path}"), words);
        }
    }
    body.put("</p>");
    body.add(&chart::figure(name, &lines, marks, ground));
}

/// What is looked for.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    of: String,
}

impl Asked {
    fn word(&self) -> String {
        self.of.trim().chars().take(MAX_WORD_CHARS).collect()
    }

    /// What was asked, as part of an address.
    fn query(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::for_suffix(String::from("?"), 1);
        query.append_pair("of", &self.word()).finish()
    }
}

/// The figures that count what is asked for.
async fn found(services: &Services, asked: &Asked) -> Result<Vec<FigureCourse>, Trouble> {
    let word = asked.word();
    if word.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = Course {
        word,
        story: None,
        versions: Some(VERSIONS_DRAWN),
    };
    let mut courses = services.store.courses(wanted).await?;
    courses.truncate(FIGURES_SHOWN);
    Ok(courses)
}

/// How many there are of something, in every story.
pub(super) async fn search(
    State(shared): State<Arc<Shared>>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let services = shared.services();
    let courses = found(&services, &asked).await?;
    let now = services.clock.now();
    let mut body = Html::default();
    if asked.word().is_empty() {
        body.put("<p>Ask above how many there are of something, such as refugees.</p>");
    } else {
        body.put("<p class=\"lead\">What the stories say about “<bdi>")
            .text(&asked.word())
            .put("</bdi>”.</p>");
        if courses.is_empty() {
            body.put("<p>No story counts this.</p>");
        }
    }
    for course in &courses {
        let name = format!("{} in {}", chart::noun(course), course.watch);
        body.put("<h2>");
        body.link(&format!("story/{}", course.story), &name);
        body.put("</h2>");
        let line = Line::of(course, course.watch.to_string(), now);
        body.add(&chart::figure(&name, &[line], &[], Ground::Nought));
    }
    let page = Page {
        title: "Figures",
        root: "",
        forms: Some("figures"),
        query: &asked.query(),
        body,
    };
    Ok(page.into_response())
}

/// The same for programs.
pub(super) async fn search_json(
    State(shared): State<Arc<Shared>>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let courses = found(&shared.services(), &asked).await?;
    let figures: Vec<Value> = courses.iter().map(object).collect();
    Ok(form::json(&json!({"of": asked.word(), "figures": figures})))
}

/// What changed of them lately, for feed readers.
pub(super) async fn search_atom(
    State(shared): State<Arc<Shared>>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let services = shared.services();
    let word = asked.word().to_lowercase();
    let mut events = latest(&services).await?;
    events.retain(|event| {
        let change = &event.recorded.change;
        let nouns = [&change.old, &change.new].into_iter().flatten();
        let mut nouns = nouns.filter_map(|side| side.noun.as_deref());
        change.kind.is_figure()
            && !word.is_empty()
            && nouns.any(|noun| noun.to_lowercase().contains(&word))
    });
    let heading = Heading {
        title: &format!("Changes of figures: {}", asked.word()),
        seed: &format!("figures {word}"),
        path: "figures",
        query: &asked.query(),
    };
    Ok(feed::of_events(&services, &heading, &events))
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
    courses.truncate(FIGURES_FOLLOWED);
    Ok(courses)
}

/// The latest changes of all stories.
async fn latest(services: &Services) -> Result<Vec<Event>, Trouble> {
    let wanted = Recent {
        since: services.clock.now() - YEAR,
        watch: None,
        limit: CHANGES_SEARCHED,
    };
    Ok(services.store.recent(wanted).await?)
}

/// The changes of a claim, and the corrections of the stories they happened to.
async fn of_claim(services: &Services, claim: &TrackedClaim) -> Result<Vec<Event>, Trouble> {
    let events = latest(services).await?;
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

fn outlet(stand: &Stand) -> Value {
    let (value, number) = (&stand.value, |value| f64::try_from(value).ok());
    json!({
        "watch": stand.watch, "story": stand.story, "url": stand.url, "outlet": stand.outlet, "since": stand.at,
        "text": value.text, "low": number(value.amount.low), "high": number(value.amount.high), "unit": value.unit,
    })
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
