//! The alert that `test-alert` sends: a made-up story, through the same path as any other.

use jiff::{SignedDuration, Timestamp};

use super::rules::{Judgement, Reason, Told};
use super::{Alert, Context, Point, StoryId, VersionRef, WatchName, compose};
use crate::claims::{Amount, Decimal, Source};
use crate::compare::{Change, ChangeKind, Delta, Evidence, Percent, Severity};
use crate::story::{Place, Span, Story};

/// The address of the made-up story.
const URL: &str = "https://news.example/world/talks-resume-4127";

/// An example alert that is marked as a test.
///
/// ```
/// let alert = claimwatch::alert::test(jiff::Timestamp::UNIX_EPOCH);
/// assert!(alert.test);
/// ```
///
/// # Panics
///
/// Never: what it tells is written down here.
#[must_use]
pub fn test(at: Timestamp) -> Alert {
    let mut alert = made_up(at).expect("the made-up judgement tells one change");
    alert.test = true;
    alert
}

/// The alert before it is marked as a test.
fn made_up(at: Timestamp) -> Option<Alert> {
    let ago = |hours| {
        at.checked_sub(SignedDuration::from_hours(hours))
            .unwrap_or(at)
    };
    let version =
        |number: u32, first: Timestamp, last: Option<Timestamp>, digits: &str| VersionRef {
            version: number,
            first_seen: first,
            last_seen: last,
            sha256: digits.repeat(8),
            archive_url: None,
        };
    let (old, new) = (story("2.1 to 2.2 million"), story("2.5 million"));
    let watch = WatchName::new("example")?;
    let point = |hours, low: f64, high: f64, text: &str| Point {
        at: ago(hours),
        low,
        high,
        text: text.to_owned(),
    };
    let past = [
        point(49, 2e6, 2e6, "2.0 million"),
        point(47, 2.1e6, 2.2e6, "2.1 to 2.2 million"),
    ];
    let context = Context {
        watch: &watch,
        tags: &[],
        story_id: &StoryId::of(&watch, URL),
        url: URL,
        story: &new,
        old_story: Some(&old),
        old: Some(&version(2, ago(47), Some(ago(1)), "9c1e04d7")),
        new: Some(&version(3, at, None, "b77a4c0e")),
        at,
        history: &|_| past.to_vec(),
        elsewhere: &|_| Vec::new(),
        link: None,
    };
    let judgement = Judgement {
        told: vec![told(&old, &new)],
        ..Judgement::default()
    };
    compose(&context, &judgement)
}

/// The made-up story with its figure.
fn story(figure: &str) -> Story {
    let estimate = format!(
        "The UN refugee agency UNHCR puts the number of refugees at {figure}, up from a week ago."
    );
    let mut story = Story::from_text(
        "Talks resume as border crossings fill",
        &[
            "Delegations met again on Thursday while buses queued at three crossings.",
            estimate.as_str(),
            "\u{201c}We were not asked to leave,\u{201d} said a teacher who had stayed.",
        ],
    );
    story.outlet = Some("The Example Courier".to_owned());
    story
}

/// The one change of the made-up story.
fn told(old: &Story, new: &Story) -> Told {
    let million = |tenths| Decimal::from(tenths * 100_000);
    let change = Change {
        kind: ChangeKind::FigureChanged,
        aspect: None,
        severity: Severity::High,
        old: Some(evidence(
            old,
            "2.1 to 2.2 million",
            (million(21), million(22)),
        )),
        new: Some(evidence(new, "2.5 million", (million(25), million(25)))),
        delta: Some(Delta {
            absolute_low: million(3),
            absolute_high: million(4),
            absolute: Decimal::from(350_000),
            percent: Some(Percent {
                low: Decimal::new(1364, 2),
                high: Decimal::new(1905, 2),
                middle: Decimal::new(1628, 2),
            }),
        }),
        places: vec![Place::Paragraph(1)],
    };
    Told {
        reason: Reason::Severity(change.kind, change.severity),
        claim: None,
        severity: change.severity,
        rules: Vec::new(),
        notify: None,
        change,
    }
}

/// One side of the made-up change.
fn evidence(story: &Story, text: &str, (low, high): (Decimal, Decimal)) -> Evidence {
    let place = Place::Paragraph(1);
    let sentence = story.text(place).unwrap_or_default();
    let start = sentence.find(text).unwrap_or_default();
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Evidence {
        text: text.to_owned(),
        sentence: sentence.to_owned(),
        said_by: Some(Source {
            name: "UNHCR".to_owned(),
            via: None,
        }),
        amount: Some(Amount {
            low,
            high,
            qualifier: None,
        }),
        tally: None,
        unit: None,
        noun: Some("refugees".to_owned()),
        span: Span {
            place,
            start: offset(start),
            end: offset(start + text.len()),
        },
    }
}
