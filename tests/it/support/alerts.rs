//! Alerts about made-up stories.

use claimwatch::alert::rules::{Memory, Rules};
use claimwatch::alert::{
    Alert, Context, Judgement, StoryId, VersionRef, WatchName, compose, judge,
};
use claimwatch::claims::{Amount, Decimal, Source};
use claimwatch::compare::{Aspect, Change, ChangeKind, Delta, Evidence, Percent};
use claimwatch::story::{Place, Span, Story};
use jiff::{SignedDuration, Timestamp};

/// When the made-up checks take place.
pub const AT: &str = "2026-03-11T14:05:12Z";

pub fn at() -> Timestamp {
    AT.parse().unwrap()
}

/// A story whose words are up to the test.
#[derive(Debug, Clone)]
pub struct Made {
    pub watch: &'static str,
    pub title: String,
    pub outlet: Option<String>,
    pub changes: Vec<Change>,
    pub rules: Rules,
}

impl Made {
    pub fn new(title: &str, changes: Vec<Change>) -> Self {
        Self {
            watch: "valley",
            title: title.to_owned(),
            outlet: Some("The Example Courier".to_owned()),
            changes,
            rules: Rules::default(),
        }
    }

    pub fn judgement(&self) -> Judgement {
        judge(&self.changes, &self.rules, &Memory::default())
    }

    /// The alert about it.
    pub fn alert(&self) -> Alert {
        let watch = WatchName::new(self.watch).unwrap();
        let mut story = Story::from_text(&self.title, &["One.", "Two.", "Three."]);
        story.outlet.clone_from(&self.outlet);
        let hours = SignedDuration::from_hours;
        let old = VersionRef {
            version: 2,
            first_seen: at() - hours(47),
            last_seen: Some(at() - hours(1)),
            sha256: "9c1e04d7".repeat(8),
            archive_url: None,
        };
        let new = VersionRef {
            version: 3,
            first_seen: at(),
            last_seen: None,
            sha256: "b77a4c0e".repeat(8),
            archive_url: None,
        };
        let context = Context {
            watch: &watch,
            tags: &["valley".to_owned()],
            story_id: &StoryId::of(&watch, "https://news.example/valley"),
            url: "https://news.example/valley?a=1&b=2",
            story: &story,
            old_story: Some(&story),
            old: Some(&old),
            new: Some(&new),
            at: at(),
            history: &|_| Vec::new(),
            elsewhere: &|_| Vec::new(),
            link: None,
        };
        compose(&context, &self.judgement()).expect("something is told")
    }
}

/// One side of a change in the second paragraph.
pub fn side(text: &str, sentence: &str) -> Evidence {
    let start = sentence.find(text).unwrap_or_default();
    let offset = |at: usize| u32::try_from(at).unwrap();
    Evidence {
        text: text.to_owned(),
        sentence: sentence.to_owned(),
        said_by: None,
        amount: None,
        tally: None,
        unit: None,
        noun: None,
        span: Span {
            place: Place::Paragraph(1),
            start: offset(start),
            end: offset(start + text.len()),
        },
    }
}

/// A change that is no figure.
pub fn said(
    kind: ChangeKind,
    aspect: Option<Aspect>,
    old: Option<Evidence>,
    new: Option<Evidence>,
) -> Change {
    Change {
        kind,
        aspect,
        severity: kind.severity(aspect),
        old,
        new,
        delta: None,
        places: vec![Place::Paragraph(1)],
    }
}

/// A figure of `noun` in `sentence`, which has `{}` in its place, that went from one value to another.
pub fn figure(noun: &str, sentence: &str, from: i64, to: i64) -> Change {
    let value = |number: i64| {
        let text = number.to_string();
        let mut side = side(&text, &sentence.replace("{}", &text));
        side.amount = Some(Amount {
            low: number.into(),
            high: number.into(),
            qualifier: None,
        });
        side.noun = Some(noun.to_owned());
        side.said_by = Some(Source {
            name: "the district".to_owned(),
            via: None,
        });
        side
    };
    let step = Decimal::from(to - from);
    let percent = step * Decimal::ONE_HUNDRED / Decimal::from(from);
    let mut change = said(
        ChangeKind::FigureChanged,
        None,
        Some(value(from)),
        Some(value(to)),
    );
    change.delta = Some(Delta {
        absolute_low: step,
        absolute_high: step,
        absolute: step,
        percent: Some(Percent {
            low: percent,
            high: percent,
            middle: percent,
        }),
    });
    change
}
