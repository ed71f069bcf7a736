//! Statements over the versions in which they stand unchanged, read from the texts that are kept.

use std::collections::BTreeMap;
use std::io::Write;

use jiff::Timestamp;

use super::{Stories, named};
use crate::alert::rules::TrackedClaim;
use crate::claims::{self, Manner, Source, Statement};
use crate::cli::export::form::{Cell, Format, Rows};
use crate::cli::export::tracked::{self, Followed};
use crate::store::{Cursor, Exported};
use crate::story::{Place, Story};

const STATEMENTS: &[&str] = &[
    "story",
    "watch",
    "url",
    "outlet",
    "since_version",
    "since",
    "gone_version",
    "gone",
    "manner",
    "place",
    "text",
    "said_by",
    "via",
    "denies",
    "claims",
];

/// What makes two statements the same one.
type Words = (Manner, String, Option<Source>, bool);

/// A version and when it was first seen.
type Seen = (u32, Timestamp);

/// A statement from the version it came with to the one that no longer has it.
struct Stand {
    since: Seen,
    gone: Option<Seen>,
    statement: Statement,
    claims: Vec<String>,
}

/// The statements of one story, version upon version.
#[derive(Default)]
struct Course {
    stands: Vec<Stand>,
    /// Where in `stands` those are that the version before had.
    open: BTreeMap<Words, Vec<usize>>,
}

impl Course {
    /// Goes on with a version: what it shares with the one before stands, the rest came or is gone.
    fn add(&mut self, seen: Seen, story: &Story, followed: &[TrackedClaim]) {
        let mut before = std::mem::take(&mut self.open);
        for statement in claims::read(story).statements {
            let words = words(&statement);
            let stood = before.get_mut(&words).and_then(Vec::pop);
            let at = stood.unwrap_or_else(|| {
                self.stands.push(Stand {
                    since: seen,
                    gone: None,
                    claims: tracked::of_statement(followed, story, &statement),
                    statement,
                });
                self.stands.len() - 1
            });
            self.open.entry(words).or_default().push(at);
        }
        for at in before.into_values().flatten() {
            if let Some(stand) = self.stands.get_mut(at) {
                stand.gone = Some(seen);
            }
        }
    }
}

fn words(statement: &Statement) -> Words {
    (
        statement.manner,
        statement.text.clone(),
        statement.said_by.clone(),
        statement.negated,
    )
}

/// Writes the statements and answers how many there were.
pub(in crate::cli::export) async fn statements(
    source: &super::Source<'_>,
    followed: &Followed<'_>,
    format: Format,
    out: &mut dyn Write,
) -> anyhow::Result<u64> {
    let mut rows = Rows::begin(out, format, STATEMENTS)?;
    let mut stories = Stories::of(source);
    while let Some(story) = stories.next().await? {
        let Some(claims) = followed.claims(&story.watch) else {
            continue;
        };
        let (course, outlet) = course(source, &story, claims).await?;
        for stand in course.stands {
            let ends = [Some(stand.since), stand.gone];
            let is_recent = ends.iter().flatten().any(|(_, at)| *at >= source.since);
            if is_recent && followed.wants(stand.claims.iter().map(String::as_str)) {
                rows.put(&row(&story, outlet.as_deref(), stand))?;
            }
        }
    }
    Ok(rows.written())
}

/// The statements of a story, and the publication as the latest text names it.
async fn course(
    source: &super::Source<'_>,
    story: &Exported,
    claims: &[TrackedClaim],
) -> anyhow::Result<(Course, Option<String>)> {
    let (mut course, mut outlet) = (Course::default(), None);
    let mut next = Some(Cursor::default());
    while let Some(from) = next {
        // Every version, however old: what came before the time asked for decides what is new after it.
        let handful = source
            .store
            .export_versions(story, Timestamp::MIN, from)
            .await?;
        for version in handful.rows.into_iter().map(|row| row.version) {
            let text = source
                .store
                .export_text(story, Some(version.number))
                .await?;
            if let Some(text) = text {
                course.add((version.number, version.first_seen), &text, claims);
                outlet = text.outlet;
            }
        }
        next = handful.next;
    }
    Ok((course, outlet))
}

fn row(story: &Exported, outlet: Option<&str>, stand: Stand) -> [Cell; 15] {
    let [id, watch, url] = named(story);
    let statement = stand.statement;
    let source = statement.said_by.as_ref();
    [
        id,
        watch,
        url,
        Cell::any(outlet),
        Cell::count(stand.since.0),
        Cell::Time(stand.since.1),
        stand
            .gone
            .map_or(Cell::Nothing, |(version, _)| Cell::count(version)),
        Cell::time(stand.gone.map(|(_, at)| at)),
        Cell::text(manner(statement.manner)),
        Cell::Text(place(statement.span.place)),
        Cell::text(&statement.text),
        Cell::any(source.map(|source| &source.name)),
        Cell::any(source.and_then(|source| source.via.as_ref())),
        Cell::Truth(statement.negated),
        Cell::List(stand.claims),
    ]
}

fn manner(manner: Manner) -> &'static str {
    match manner {
        Manner::Quote => "quote",
        Manner::Reported => "reported",
        Manner::Plain => "plain",
    }
}

fn place(place: Place) -> String {
    match place {
        Place::Headline => "headline".to_owned(),
        Place::Standfirst => "standfirst".to_owned(),
        Place::Paragraph(index) => format!("paragraph {}", index + 1),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_stands_until_a_version_no_longer_has_it() {
        let said = "\"We will rebuild,\" the mayor Anna Holt said.";
        let versions = [
            vec![said, "The bridge is closed."],
            vec!["The bridge is open.", said],
            vec!["The bridge is open."],
        ];
        let mut course = Course::default();

        for (number, paragraphs) in (1..).zip(&versions) {
            let at = Timestamp::from_second(i64::from(number)).unwrap();
            let story = Story::from_text("Bridge", paragraphs);
            course.add((number, at), &story, &[]);
        }

        let stood: Vec<_> = course
            .stands
            .iter()
            .filter(|stand| {
                stand.statement.text.contains("rebuild") || stand.statement.text.contains("bridge")
            })
            .map(|stand| {
                let gone = stand.gone.map(|(number, _)| number);
                (stand.statement.manner, stand.since.0, gone)
            })
            .collect();
        assert!(stood.contains(&(Manner::Quote, 1, Some(3))), "{stood:?}");
        assert!(stood.contains(&(Manner::Plain, 1, Some(2))), "{stood:?}");
        assert!(stood.contains(&(Manner::Plain, 2, None)), "{stood:?}");
    }
}
