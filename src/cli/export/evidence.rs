//! A story as evidence: every version with its page, headers, hashes and changes, in a folder or as a web archive.

use std::io::Write;
use std::path::Path;

use serde_json::json;

use super::super::{Ending, history, opened, runtime};
use super::folder::Folder;
use super::page::Pages;
use super::{tables, warc};
use crate::config::Config;
use crate::fetch::RENDERED_BY;
use crate::store::{Happened, Store, StoredPage, StoryEntry};
use crate::story::Story;

/// One version with all there is of it.
pub(super) struct Piece {
    pub(super) happened: Happened,
    pub(super) page: StoredPage,
    pub(super) story: Story,
}

/// Writes the evidence of a story to a folder, one version in memory at a time.
pub(super) fn run(
    config: &Config,
    story: &str,
    to: &Path,
    as_archive: bool,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let mut folder = Folder::open(to)?;
    let versions = runtime()?.block_on(async {
        let store = opened::store(config)?;
        let id = opened::story(&store, story).await?;
        let missing = || anyhow::anyhow!("the story `{id}` has no versions");
        let entry = store.story(&id).await?.ok_or_else(missing)?;
        versions(&store, &entry, &mut folder, as_archive).await
    })?;
    folder.close()?;
    writeln!(out, "{versions} versions written to {}", to.display())?;
    Ok(Ending::Well)
}

async fn versions(
    store: &Store,
    story: &StoryEntry,
    folder: &mut Folder,
    as_archive: bool,
) -> anyhow::Result<u32> {
    let mut archive = if as_archive {
        let mut archive = folder.begin("story.warc")?;
        archive.add(&warc::info())?;
        Some(archive)
    } else {
        None
    };
    let mut pages = Pages::begin(folder, story)?;
    let mut list = folder.begin("story.json")?;
    list.add(format!("{{\n\"story\": {},\n\"versions\": [", json!(story.id)).as_bytes())?;
    let mut last = 0;
    while let Some(happened) = tables::next(store, story, last).await? {
        for one in happened {
            let number = one.version.number;
            list.add(if last == 0 { b"\n" } else { b",\n" })?;
            last = number;
            if !one.version.kept {
                list.add(history::as_json(&one).to_string().as_bytes())?;
                pages.add(&one, None)?;
                continue;
            }
            let piece = Piece {
                page: store.page(&story.id, number).await?,
                story: store.body(&story.id, number).await?,
                happened: one,
            };
            list.add(about(&piece).to_string().as_bytes())?;
            match &mut archive {
                Some(archive) => archive.add(&warc::record(&piece))?,
                None => write(&piece, folder)?,
            }
            pages.add(&piece.happened, Some(piece.story))?;
        }
    }
    list.add(b"\n]\n}\n")?;
    pages.end(folder)?;
    if let Some(archive) = archive {
        folder.end(archive)?;
    }
    folder.end(list)?;
    Ok(last)
}

/// A version as `story.json` lists it: what `history --json` says, and where the page came from.
fn about(piece: &Piece) -> serde_json::Value {
    let mut about = history::as_json(&piece.happened);
    about["url"] = json!(piece.page.url);
    about["content_type"] = json!(piece.page.content_type);
    about["rendered_by"] = json!(piece.rendered_by());
    about
}

impl Piece {
    /// The browser that made the page from what was served, where one did.
    pub(super) fn rendered_by(&self) -> Option<&str> {
        let last = self.page.head.as_deref()?.lines().last()?;
        last.strip_prefix(RENDERED_BY)?.strip_prefix(": ")
    }
}

/// The files of one version.
fn write(piece: &Piece, folder: &mut Folder) -> anyhow::Result<()> {
    let number = piece.happened.version.number;
    let ending = ending(piece.page.content_type.as_deref());
    folder.put(&format!("{number:04}/page.{ending}"), &piece.page.bytes)?;
    if let Some(head) = &piece.page.head {
        folder.put(&format!("{number:04}/headers.txt"), head.as_bytes())?;
    }
    folder.put(
        &format!("{number:04}/story.txt"),
        text(&piece.story).as_bytes(),
    )
}

/// The story as it was read, a paragraph a line.
fn text(story: &Story) -> String {
    let mut text = String::new();
    for (_, words) in story.places() {
        text.push_str(words);
        text.push('\n');
    }
    text
}

fn ending(content_type: Option<&str>) -> &'static str {
    let kind = content_type.unwrap_or("text/html");
    match kind.split(';').next().unwrap_or_default().trim() {
        "text/html" | "application/xhtml+xml" => "html",
        "text/plain" => "txt",
        "application/pdf" => "pdf",
        "application/json" => "json",
        kind if kind.ends_with("xml") => "xml",
        _ => "bin",
    }
}
