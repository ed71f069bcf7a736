//! `claimwatch read`: the claims of one page or file; with `--jsonl` or `--manifest`, of a whole archive.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::opened::{self, Document, Shown};
use super::{Common, Ending, Hint, table};
use crate::claims::{self, Claims, Figure, Manner, Source};
use crate::records;
use crate::story::{self, Place, Role, Story};

/// The longest line of a batch, in bytes.
const MAX_LINE_BYTES: usize = 8 << 20;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The address of a page, or a file
    #[arg(required_unless_present_any = ["jsonl", "manifest"])]
    source: Option<String>,
    /// Let a browser show the page first, for pages that scripts make
    #[arg(long, requires = "source")]
    browser: bool,
    /// Read texts from stdin, one JSON object a line with `id`, `lang` and `text`; answer a line for each
    #[arg(long, conflicts_with_all = ["source", "manifest"])]
    jsonl: bool,
    /// Read the pages listed in FILE (`id<TAB>path<TAB>url` a line); answer one JSON object with an entry for each
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with = "source",
        requires = "json"
    )]
    manifest: Option<PathBuf>,
}

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    if arguments.jsonl {
        return lines(out, records::read::line);
    }
    if let Some(manifest) = &arguments.manifest {
        return pages(manifest, out);
    }
    let source = arguments.source.as_deref().unwrap_or_default();
    let shown = if arguments.browser {
        Shown::ByBrowser
    } else {
        Shown::AsServed
    };
    let document = opened::open(source, &common.config, shown)?;
    let story = document.story(&story::Options::default())?;
    let claims = claims::read(&story);
    if common.json {
        writeln!(out, "{}", records::story::record(&story, &claims))?;
    } else {
        show(source, &document, &story, &claims, out)?;
    }
    Ok(Ending::Well)
}

/// Answers every line of standard input; a line that cannot be read is told on stderr and the rest goes on.
pub(super) fn lines(
    out: &mut dyn Write,
    answer: impl Fn(&str) -> Result<String, String>,
) -> anyhow::Result<Ending> {
    let mut ending = Ending::Well;
    for (number, line) in (1u64..).zip(std::io::stdin().lock().split(b'\n')) {
        let line = line.context("cannot read from stdin")?;
        let text = String::from_utf8_lossy(&line);
        if text.trim().is_empty() {
            continue;
        }
        let result = if line.len() > MAX_LINE_BYTES {
            Err(format!("the line is longer than {MAX_LINE_BYTES} bytes"))
        } else {
            answer(&text)
        };
        match result {
            Ok(json) => writeln!(out, "{json}")?,
            Err(problem) => {
                eprintln!("error: line {number}: {problem}");
                ending = Ending::Trouble;
            }
        }
    }
    Ok(ending)
}

/// One JSON object with an entry for every page of the manifest.
fn pages(manifest: &Path, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let list = std::fs::read_to_string(manifest)
        .with_context(|| format!("cannot read the manifest `{}`", manifest.display()))?;
    let mut ending = Ending::Well;
    let mut separator = "{";
    for (number, line) in (1u64..)
        .zip(list.lines())
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let mut fields = line.split('\t');
        let (Some(id), Some(path), Some(url)) = (fields.next(), fields.next(), fields.next())
        else {
            eprintln!(
                "error: {}:{number}: expected `id<TAB>path<TAB>url`",
                manifest.display()
            );
            ending = Ending::Trouble;
            continue;
        };
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!(
                    "error: {}:{number}: cannot read `{path}`: {error}",
                    manifest.display()
                );
                ending = Ending::Trouble;
                continue;
            }
        };
        let page = story::Page {
            bytes: &bytes,
            content_type: None,
            url,
        };
        let entry = records::page::entry(&story::read(&page, &story::Options::default()));
        write!(out, "{separator}\n{}: {entry}", serde_json::Value::from(id))?;
        separator = ",";
    }
    writeln!(out, "{}}}", if separator == "{" { "{" } else { "\n" })?;
    Ok(ending)
}

/// What a person is shown.
fn show(
    source: &str,
    document: &Document,
    story: &Story,
    claims: &Claims,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    writeln!(out, "{}", table::plain(&story.headline))?;
    writeln!(out, "{}\n", table::plain(&about(story, document)))?;
    figures(story, claims, out)?;
    quotes(claims, out)?;
    denials(claims, out)?;
    corrections(story, claims, out)?;
    if document.is_from_the_web() {
        writeln!(
            out,
            "\nNothing was stored. To follow it, write into config.yaml:\nwatches:\n  - {}",
            table::plain(source)
        )?;
    }
    Ok(())
}

/// The line under the headline: outlet, agency, date, size.
fn about(story: &Story, document: &Document) -> String {
    let mut parts = Vec::new();
    match (&story.outlet, &story.agency) {
        (Some(outlet), Some(agency)) => parts.push(format!("{outlet}, with {agency}")),
        (Some(name), None) | (None, Some(name)) => parts.push(name.clone()),
        (None, None) => {}
    }
    if !story.byline.is_empty() {
        parts.push(format!("by {}", story.byline.join(", ")));
    }
    if let Some(published) = &story.published {
        parts.push(format!("published {}", published.text));
    }
    let body = story
        .paragraphs
        .iter()
        .filter(|paragraph| paragraph.role != Role::Caption)
        .count();
    parts.push(if body == 1 {
        "1 paragraph".to_owned()
    } else {
        format!("{body} paragraphs")
    });
    if document.is_from_the_web() {
        parts.push(format!("{:.1} s", document.elapsed.as_secs_f64()));
    }
    parts.join(" · ")
}

fn figures(story: &Story, claims: &Claims, out: &mut dyn Write) -> anyhow::Result<()> {
    let claimed: Vec<&Figure> = claims
        .figures
        .iter()
        .filter(|figure| figure.kind.is_claim())
        .collect();
    if claimed.is_empty() {
        writeln!(out, "FIGURES  none")?;
        return Ok(());
    }
    let mut rows = vec![
        ["FIGURES", "of what", "as", "said by", "par."]
            .map(str::to_owned)
            .to_vec(),
    ];
    for figure in claimed {
        let qualifier = figure.amount.and_then(|amount| amount.qualifier);
        rows.push(vec![
            format!("  {}", story.slice(figure.span).unwrap_or_default()),
            figure
                .noun
                .as_ref()
                .or(figure.counted.as_ref())
                .cloned()
                .unwrap_or_default(),
            qualifier.map_or_else(String::new, |qualifier| {
                qualifier.as_str().replace('_', " ")
            }),
            source(figure.said_by.as_ref()),
            paragraph(figure.span.place),
        ]);
    }
    table::write(out, "", &rows)?;
    Ok(())
}

fn quotes(claims: &Claims, out: &mut dyn Write) -> anyhow::Result<()> {
    let rows: Vec<Vec<String>> = claims
        .statements
        .iter()
        .filter(|statement| statement.manner == Manner::Quote)
        .map(|quote| {
            let negated = if quote.negated { "negated" } else { "" };
            vec![
                source(quote.said_by.as_ref()),
                format!("\"{}\"", quote.text),
                negated.to_owned(),
                paragraph(quote.span.place),
            ]
        })
        .collect();
    section(out, "QUOTES", &rows)
}

fn denials(claims: &Claims, out: &mut dyn Write) -> anyhow::Result<()> {
    let rows: Vec<Vec<String>> = claims
        .statements
        .iter()
        .filter(|statement| statement.negated && statement.manner != Manner::Quote)
        .map(|denial| {
            vec![
                denial.text.clone(),
                source(denial.said_by.as_ref()),
                paragraph(denial.span.place),
            ]
        })
        .collect();
    section(out, "DENIALS (a dropped \"not\" would be an alert)", &rows)
}

fn corrections(story: &Story, claims: &Claims, out: &mut dyn Write) -> anyhow::Result<()> {
    let rows: Vec<Vec<String>> = claims
        .corrections
        .iter()
        .map(|note| {
            vec![
                story.slice(*note).unwrap_or_default().to_owned(),
                paragraph(note.place),
            ]
        })
        .collect();
    section(out, "CORRECTION NOTE", &rows)
}

fn section(out: &mut dyn Write, title: &str, rows: &[Vec<String>]) -> anyhow::Result<()> {
    if rows.is_empty() {
        writeln!(out, "{title}  none")?;
        return Ok(());
    }
    writeln!(out, "{title}")?;
    table::write(out, "  ", rows)?;
    Ok(())
}

fn source(source: Option<&Source>) -> String {
    match source {
        None => "(the story)".to_owned(),
        Some(Source { name, via: None }) => name.clone(),
        Some(Source {
            name,
            via: Some(via),
        }) => format!("{name}, to {via}"),
    }
}

/// The paragraph as people count, `title` for the headline.
pub(super) fn paragraph(place: Place) -> String {
    match place {
        Place::Headline => "title".to_owned(),
        Place::Standfirst => "top".to_owned(),
        Place::Paragraph(index) => (index + 1).to_string(),
    }
}

/// The error of a page that is no story, with what to do about it.
pub(super) fn no_story(source: &str, why: &story::NotAStory) -> anyhow::Error {
    anyhow::anyhow!("no story was read from `{source}`").context(Hint(why.detail.clone()))
}
