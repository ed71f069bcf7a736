//! Makes the alert of a check, and the alerts that are not about a change.
//!
//! What an alert holds is bounded here, once for every channel: changes, sentences, history and size as JSON. Text of the
//! page is cleaned here too, so that nothing that is stored or sent can carry control characters.

mod digest;
mod disagreement;
mod net;
mod told;
mod trouble;

pub use digest::{Fold, digest};
pub use disagreement::{Parties, Party, claim_disagreement};
pub use trouble::{
    About, delivery_failed, story_removed, story_restored, watch_failing, watch_recovered,
};

use jiff::Timestamp;

use super::render::{subject, words};
use super::rules::{Judgement, Reason, Standing, Told};
use super::{
    Alert, AlertId, Disclosure, Links, MAX_ALERT_BYTES, MAX_CHANGES, MAX_SENTENCE_CHARS, Point,
    SCHEMA, StoryId, StoryRef, ToldChange, VersionRef, WatchName, WatchRef,
};
use crate::compare::{Change, ChangeKind, Evidence};
use crate::story::Story;

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
    /// Looks up the value of the same claim in other watches.
    pub elsewhere: &'a dyn Fn(&Told) -> Vec<Neighbour>,
    /// The story on the local page.
    pub link: Option<&'a str>,
}

/// The value of a claim in the story of another watch.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbour {
    /// The watch.
    pub watch: WatchName,
    /// The publication.
    pub outlet: Option<String>,
    /// The value.
    pub value: Standing,
    /// Since when the story says so.
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
///     elsewhere: &|_| Vec::new(),
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
        .map(|told| told::told_change(context, told))
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
        digest: None,
        disagreement: None,
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
