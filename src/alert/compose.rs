//! Makes the alert of a check, and the alerts that are not about a change.
//!
//! What an alert holds is bounded here, once for every channel: changes, sentences, history and size as JSON. Text of the
//! page is cleaned here too, so that nothing that is stored or sent can carry control characters.

use jiff::Timestamp;

use super::render::{numbers, subject, words};
use super::rules::{Judgement, Reason, Told};
use super::{
    Alert, AlertId, Attribution, Disclosure, Links, MAX_ALERT_BYTES, MAX_CHANGES,
    MAX_HISTORY_POINTS, MAX_SENTENCE_CHARS, Point, Problem, SCHEMA, Sentences, Side, StoryId,
    StoryRef, ToldChange, ToldDelta, VersionRef, WatchName, WatchRef,
};
use crate::claims::{Decimal, Source};
use crate::compare::{Change, ChangeKind, Delta, Evidence, Severity};
use crate::story::{Place, Story};

/// The longest title or name in an alert, in characters.
const MAX_TITLE_CHARS: usize = 300;

/// What an alert about changes is made of, beside the judgement.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The watch.
    pub watch: &'a WatchName,
    /// Its tags.
    pub tags: &'a [String],
    /// The story.
    pub story_id: &'a StoryId,
    /// Its address.
    pub url: &'a str,
    /// The story as it reads now.
    pub story: &'a Story,
    /// The story as it read before.
    pub old_story: Option<&'a Story>,
    /// The version before.
    pub old: Option<&'a VersionRef>,
    /// The version now.
    pub new: Option<&'a VersionRef>,
    /// When the check took place.
    pub at: Timestamp,
    /// Looks up how a figure moved before this check, oldest first; the two sides of the change are added to it.
    pub history: &'a dyn Fn(&Told) -> Vec<Point>,
    /// The story on the local page.
    pub link: Option<&'a str>,
}

/// The watch and story of an alert that is not about a change.
#[derive(Debug, Clone)]
pub struct About<'a> {
    /// The watch.
    pub watch: &'a WatchName,
    /// Its tags.
    pub tags: &'a [String],
    /// The story, where one has been seen.
    pub story: Option<StoryRef>,
    /// When it is told.
    pub at: Timestamp,
}

/// The alert that tells what `judgement` tells; `None` where it tells nothing.
///
/// ```
/// use claimwatch::alert::{Context, Judgement, StoryId, WatchName, compose};
/// use claimwatch::story::Story;
///
/// let watch = WatchName::new("desk").expect("a plain word");
/// let story = Story::from_text("Truce holds", &["The truce holds."]);
/// let context = Context {
///     watch: &watch,
///     tags: &[],
///     story_id: &StoryId::of(&watch, "https://news.example/1"),
///     url: "https://news.example/1",
///     story: &story,
///     old_story: None,
///     old: None,
///     new: None,
///     at: jiff::Timestamp::UNIX_EPOCH,
///     history: &|_| Vec::new(),
///     link: None,
/// };
///
/// assert!(compose(&context, &Judgement::default()).is_none());
/// ```
#[must_use]
pub fn compose(context: &Context, judgement: &Judgement) -> Option<Alert> {
    let first = judgement.told.first()?;
    let changes: Vec<ToldChange> = judgement
        .told
        .iter()
        .take(MAX_CHANGES)
        .map(|told| told_change(context, told))
        .collect();
    let mut alert = Alert {
        schema: SCHEMA.to_owned(),
        alert_id: AlertId::of(context.at, &facts(context, judgement)),
        kind: first.change.kind.as_str().to_owned(),
        at: context.at,
        severity: first.severity.as_str().to_owned(),
        test: false,
        summary: String::new(),
        watch: WatchRef {
            id: context.watch.clone(),
            tags: tags(context.tags),
            reason: reasons(&judgement.told),
        },
        story: Some(story_ref(context)),
        old: context.old.cloned(),
        new: context.new.cloned(),
        changes_omitted: count(judgement.told.len() - changes.len()),
        changes,
        also_changed: also_changed(&judgement.suppressed),
        headline_changed: context
            .old_story
            .is_some_and(|old| old.headline != context.story.headline),
        disclosure: disclosure(context, judgement),
        links: Links {
            story: context.link.map(words::clean),
        },
        problem: None,
    };
    alert.summary = subject::summary(&alert);
    fit(&mut alert);
    Some(alert)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn title(text: &str) -> String {
    words::cut(&words::clean(text), MAX_TITLE_CHARS)
}

fn sentence(text: &str) -> String {
    words::cut(&words::clean(text), MAX_SENTENCE_CHARS)
}

fn tags(tags: &[String]) -> Vec<String> {
    tags.iter()
        .take(MAX_CHANGES)
        .map(|tag| title(tag))
        .collect()
}

/// What the identifier of the alert stands for: the two versions and every change that is told.
fn facts(context: &Context, judgement: &Judgement) -> String {
    let number = |version: Option<&VersionRef>| {
        version.map_or(String::new(), |version| {
            format!("{} {}", version.version, version.sha256)
        })
    };
    let mut facts = format!(
        "{} {} {} -> {}",
        context.watch,
        context.story_id,
        number(context.old),
        number(context.new)
    );
    for told in &judgement.told {
        let text = |side: &Option<Evidence>| side.as_ref().map(|side| side.text.clone());
        let claim = told.claim.as_deref().unwrap_or_default();
        facts = format!(
            "{facts}\n{} {claim} {:?} {:?}",
            told.change.kind.as_str(),
            text(&told.change.old),
            text(&told.change.new)
        );
    }
    facts
}

/// Why the alert is sent: each reason once.
fn reasons(told: &[Told]) -> String {
    let mut reasons: Vec<String> = Vec::new();
    let by_severity = |told: &&Told| matches!(told.reason, Reason::Severity(..));
    let many = told.iter().filter(by_severity).count();
    for told in told.iter().take(MAX_CHANGES) {
        let reason = if many > 1 && by_severity(&told) {
            format!("{many} changes are of medium severity or above, and those are told")
        } else {
            sentence(&told.reason.to_string())
        };
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons.truncate(3);
    reasons.join("; ")
}

fn story_ref(context: &Context) -> StoryRef {
    let story = context.story;
    let named = |name: &Option<String>| name.as_deref().map(title).filter(|name| !name.is_empty());
    StoryRef {
        id: context.story_id.clone(),
        url: words::clean(context.url),
        title: title(&story.headline),
        outlet: named(&story.outlet),
        agency: named(&story.agency),
        language: Some(story.language.as_str())
            .filter(|language| !language.is_empty())
            .map(title),
        published_at: story.published.as_ref().and_then(|date| date.at),
        paragraphs: count(story.paragraphs.len()),
    }
}

/// One change as it is told.
fn told_change(context: &Context, told: &Told) -> ToldChange {
    let change = &told.change;
    let (old, new) = (change.old.as_ref(), change.new.as_ref());
    let shown = new.or(old);
    let field = |pick: fn(&Evidence) -> &Option<String>| {
        [new, old]
            .into_iter()
            .flatten()
            .find_map(|side| pick(side).clone())
            .map(|text| title(&text))
    };
    let unit = field(|side| &side.unit);
    let old_unit = old.and_then(|side| side.unit.as_deref()).map(title);
    ToldChange {
        kind: change.kind.as_str().to_owned(),
        aspect: change.aspect.map(|aspect| aspect.as_str().to_owned()),
        severity: told.severity.as_str().to_owned(),
        claim: told.claim.clone(),
        noun: field(|side| &side.noun),
        old_unit: old_unit.filter(|old| unit.as_ref() != Some(old)),
        paragraph: shown.and_then(|side| paragraph(side.span.place)),
        places: places(change),
        attribution: attribution(change),
        old: old.map(side),
        new: new.map(side),
        delta: change
            .delta
            .as_ref()
            .map(|delta| told_delta(delta, unit.as_deref())),
        unit,
        rules: told.rules.clone(),
        sentence: Sentences {
            old: old.map(|side| sentence(around(side))),
            new: new.map(|side| sentence(around(side))),
        },
        diff: diff(old, new),
        history: history(context, told),
        elsewhere: Vec::new(),
    }
}

/// The sentence of a side, or its words where it has none.
fn around(side: &Evidence) -> &str {
    if side.sentence.is_empty() {
        &side.text
    } else {
        &side.sentence
    }
}

fn diff(old: Option<&Evidence>, new: Option<&Evidence>) -> Vec<words::Piece> {
    let text = |side: &Evidence| words::clean(around(side));
    match (old, new) {
        (Some(old), Some(new)) => words::diff(&text(old), &text(new)),
        (Some(old), None) => vec![("-".to_owned(), sentence(around(old)))],
        (None, Some(new)) => vec![("+".to_owned(), sentence(around(new)))],
        (None, None) => Vec::new(),
    }
}

/// The number of a paragraph as people count.
fn paragraph(place: Place) -> Option<u32> {
    match place {
        Place::Paragraph(index) => Some(index.saturating_add(1)),
        Place::Headline | Place::Standfirst => None,
    }
}

fn place_name(place: Place) -> String {
    match place {
        Place::Headline => "headline".to_owned(),
        Place::Standfirst => "standfirst".to_owned(),
        Place::Paragraph(index) => format!("paragraph {}", index.saturating_add(1)),
    }
}

/// Every place a change shows, beginning with that of its sentence.
fn places(change: &Change) -> Vec<String> {
    let shown = change.new.as_ref().or(change.old.as_ref());
    let mut places: Vec<String> = shown
        .map(|side| place_name(side.span.place))
        .into_iter()
        .collect();
    for place in &change.places {
        let name = place_name(*place);
        if !places.contains(&name) && places.len() < MAX_CHANGES {
            places.push(name);
        }
    }
    places
}

/// The name of a speaker, with the outlet it spoke to.
fn speaker(source: &Source) -> String {
    match &source.via {
        Some(via) => title(&format!("{}, via {via}", source.name)),
        None => title(&source.name),
    }
}

fn attribution(change: &Change) -> Option<Attribution> {
    let name = |side: &Option<Evidence>| side.as_ref()?.said_by.as_ref().map(speaker);
    let (before, now) = (name(&change.old), name(&change.new));
    let both = change.old.is_some() && change.new.is_some();
    Some(Attribution {
        source: now.clone().or_else(|| before.clone())?,
        changed: both && before != now,
        before,
        now,
    })
}

/// A decimal as the JSON number with the same digits.
fn number(decimal: Decimal) -> f64 {
    // Through text: it gives the nearest number, which arithmetic on mantissa and scale does not always.
    decimal.normalize().to_string().parse().unwrap_or(0.0)
}

fn side(side: &Evidence) -> Side {
    Side {
        text: sentence(&side.text),
        low: side.amount.map(|amount| number(amount.low)),
        high: side.amount.map(|amount| number(amount.high)),
        qualifier: side
            .amount
            .and_then(|amount| amount.qualifier)
            .map(|qualifier| qualifier.as_str().to_owned()),
    }
}

fn told_delta(delta: &Delta, unit: Option<&str>) -> ToldDelta {
    let percent = |pick: fn(&crate::compare::Percent) -> Decimal| {
        delta
            .percent
            .as_ref()
            .map(|percent| number(pick(percent).round_dp(2)))
    };
    let basis = if numbers::is_share(unit) {
        "points"
    } else {
        "midpoint"
    };
    ToldDelta {
        absolute: number(delta.absolute),
        absolute_low: number(delta.absolute_low),
        absolute_high: number(delta.absolute_high),
        percent: percent(|percent| percent.middle),
        percent_low: percent(|percent| percent.low),
        percent_high: percent(|percent| percent.high),
        basis: basis.to_owned(),
    }
}

/// How a figure moved up to and including this change, the newest points where there are too many.
fn history(context: &Context, told: &Told) -> Vec<Point> {
    let point = |side: &Option<Evidence>, at: Timestamp| {
        let side = side.as_ref()?;
        let amount = side.amount?;
        Some(Point {
            at,
            low: number(amount.low),
            high: number(amount.high),
            text: title(&side.text),
        })
    };
    let change = &told.change;
    if change.kind != ChangeKind::FigureChanged {
        return Vec::new();
    }
    let mut points = (context.history)(told);
    for point in &mut points {
        point.text = title(&point.text);
    }
    points.retain(|point| point.at < context.at);
    if points.is_empty() {
        let seen = context.old.map_or(context.at, |version| version.first_seen);
        points.extend(point(&change.old, seen));
    }
    points.extend(point(&change.new, context.at));
    let surplus = points.len().saturating_sub(MAX_HISTORY_POINTS);
    points.drain(..surplus);
    points
}

/// What changed beside what is told, in a few words each: `2 statements added`.
fn also_changed(suppressed: &[(Change, Reason)]) -> Vec<String> {
    ChangeKind::ALL
        .into_iter()
        .filter_map(|kind| {
            let number = suppressed
                .iter()
                .filter(|(change, reason)| {
                    change.kind == kind && !matches!(reason, Reason::Ignored(_))
                })
                .count();
            let (what, how) = kind.as_str().rsplit_once('_')?;
            let what = what.replace('_', " ");
            match number {
                0 => None,
                1 => Some(format!("{what} {how}")),
                _ => Some(format!(
                    "{number} {}s {how}",
                    what.replace("story", "storie")
                )),
            }
        })
        .collect()
}

/// Whether the publisher has told its readers: by a note, by a new update time, or not at all.
fn disclosure(context: &Context, judgement: &Judgement) -> Disclosure {
    let told = judgement.told.iter().map(|told| &told.change);
    let all = told.chain(judgement.suppressed.iter().map(|(change, _)| change));
    let note = all
        .filter(|change| change.kind == ChangeKind::CorrectionNoticeAdded)
        .find_map(|change| change.new.as_ref());
    if let Some(note) = note {
        return Disclosure {
            state: "note".to_owned(),
            note: Some(sentence(&note.text)),
        };
    }
    let modified = |story: &Story| {
        story
            .modified
            .as_ref()
            .map(|date| (date.at, date.text.clone()))
    };
    let dated = context.old_story.is_some_and(|old| {
        modified(context.story).is_some() && modified(old) != modified(context.story)
    });
    Disclosure {
        state: if dated { "modified_time" } else { "none" }.to_owned(),
        note: None,
    }
}

/// Takes away what an alert can do without until it is small enough as JSON: history, then the last changes.
fn fit(alert: &mut Alert) {
    let is_large =
        |alert: &Alert| serde_json::to_vec(alert).is_ok_and(|json| json.len() > MAX_ALERT_BYTES);
    if is_large(alert) {
        for change in alert.changes.iter_mut().skip(1) {
            change.history.clear();
        }
    }
    while alert.changes.len() > 1 && is_large(alert) {
        alert.changes.pop();
        alert.changes_omitted = alert.changes_omitted.saturating_add(1);
    }
}

/// An alert that is not about a change.
fn plain(about: &About, kind: &str, severity: Severity, facts: &str, reason: &str) -> Alert {
    Alert {
        schema: SCHEMA.to_owned(),
        alert_id: AlertId::of(about.at, &format!("{} {kind} {facts}", about.watch)),
        kind: kind.to_owned(),
        at: about.at,
        severity: severity.as_str().to_owned(),
        test: false,
        summary: String::new(),
        watch: WatchRef {
            id: about.watch.clone(),
            tags: tags(about.tags),
            reason: reason.to_owned(),
        },
        story: about.story.clone().map(|story| StoryRef {
            url: words::clean(&story.url),
            title: title(&story.title),
            outlet: story.outlet.as_deref().map(title),
            agency: story.agency.as_deref().map(title),
            ..story
        }),
        old: None,
        new: None,
        changes: Vec::new(),
        changes_omitted: 0,
        also_changed: Vec::new(),
        headline_changed: false,
        disclosure: Disclosure {
            state: "none".to_owned(),
            note: None,
        },
        links: Links::default(),
        problem: None,
    }
}

/// The alert that a story is gone. `problem` says what came back in its place and since when; `last` is the version kept.
///
/// ```
/// use claimwatch::alert::{About, Problem, WatchName, story_removed};
///
/// let watch = WatchName::new("desk").expect("a plain word");
/// let at = jiff::Timestamp::UNIX_EPOCH;
/// let about = About { watch: &watch, tags: &[], story: None, at };
/// let problem = Problem { cause: "404".into(), failures: 3, since: at, next_try: None, changed_meanwhile: None };
///
/// let alert = story_removed(&about, problem, None);
///
/// assert_eq!(alert.severity, "critical");
/// ```
#[must_use]
pub fn story_removed(about: &About, problem: Problem, last: Option<VersionRef>) -> Alert {
    let reason = "a story that is gone is always told";
    let facts = format!(
        "{} {}",
        problem.since,
        last.as_ref().map_or(0, |last| last.version)
    );
    let kind = ChangeKind::StoryRemoved.as_str();
    let mut alert = plain(about, kind, Severity::Critical, &facts, reason);
    alert.old = last;
    with_problem(alert, problem)
}

/// The alert that a watch has failed several times in a row.
///
/// ```
/// use claimwatch::alert::{About, Problem, WatchName, watch_failing};
///
/// let watch = WatchName::new("desk").expect("a plain word");
/// let at = jiff::Timestamp::UNIX_EPOCH;
/// let about = About { watch: &watch, tags: &[], story: None, at };
/// let problem = Problem { cause: "refused (403)".into(), failures: 3, since: at, next_try: None, changed_meanwhile: None };
///
/// let alert = watch_failing(&about, problem);
///
/// assert_eq!(alert.summary, "desk: refused (403), 3 checks in a row since 00:00 UTC");
/// ```
#[must_use]
pub fn watch_failing(about: &About, problem: Problem) -> Alert {
    let reason = "checks of this watch have failed; nothing is known of its story meanwhile";
    let facts = format!("{} {}", problem.since, problem.failures);
    let alert = plain(about, "watch_failing", Severity::Medium, &facts, reason);
    with_problem(alert, problem)
}

/// The alert that a watch that had failed works again.
///
/// ```
/// use claimwatch::alert::{About, Problem, WatchName, watch_recovered};
///
/// let watch = WatchName::new("desk").expect("a plain word");
/// let at = jiff::Timestamp::UNIX_EPOCH;
/// let about = About { watch: &watch, tags: &[], story: None, at };
/// let problem = Problem { cause: "timed out".into(), failures: 3, since: at, next_try: None, changed_meanwhile: Some(false) };
///
/// assert!(watch_recovered(&about, problem).summary.ends_with("no change missed"));
/// ```
#[must_use]
pub fn watch_recovered(about: &About, problem: Problem) -> Alert {
    let reason = "the checks of this watch had failed, and work again";
    let facts = problem.since.to_string();
    let alert = plain(about, "watch_recovered", Severity::Low, &facts, reason);
    with_problem(alert, problem)
}

fn with_problem(mut alert: Alert, mut problem: Problem) -> Alert {
    problem.cause = sentence(&problem.cause);
    alert.problem = Some(problem);
    alert.summary = subject::summary(&alert);
    alert
}
