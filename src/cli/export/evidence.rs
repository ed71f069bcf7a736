//! `claimwatch export STORY`: a story as evidence, in a folder or as a web archive.
//!
//! What is written is what was stored and nothing else: the same story gives the same bytes, wherever it is exported.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::page::{self, Section};
use crate::cli::{Common, Ending, Hint, history, opened, runtime};
use crate::fetch::RENDERED_BY;
use crate::store::{Happened, StoredPage, Version};
use crate::story::Story;

#[derive(Debug, clap::Args)]
#[group(id = "evidence")]
pub(super) struct Evidence {
    /// The story, as `claimwatch stories` names it, or its watch
    story: String,
    /// An empty or new folder to write to
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,
    /// Write the pages as one web archive (WARC 1.1) in place of files
    #[arg(long)]
    warc: bool,
}

/// One version with all there is of it.
pub(super) struct Piece {
    pub(super) happened: Happened,
    pub(super) page: StoredPage,
    story: Story,
}

pub(super) fn run(
    arguments: &Evidence,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let config = opened::config_without_secrets(common)?;
    let mut folder = Folder::open(&arguments.to)?;
    let versions = runtime()?.block_on(async {
        let store = opened::store(&config)?;
        let story = opened::story(&store, &arguments.story).await?;
        let mut warc = Vec::new();
        let (mut versions, mut sections) = (Vec::new(), Vec::new());
        for happened in store.history(&story).await? {
            let number = happened.version.number;
            if !happened.version.kept {
                versions.push(history::as_json(&happened));
                sections.push(Section::without_text(happened));
                continue;
            }
            let piece = Piece {
                page: store.page(&story, number).await?,
                story: store.body(&story, number).await?,
                happened,
            };
            versions.push(about(&piece));
            let file = if arguments.warc {
                record(&piece, &mut warc);
                None
            } else {
                Some(write(&piece, &mut folder)?)
            };
            let rendered_by = rendered_by(&piece).map(str::to_owned);
            sections.push(Section::of(piece, rendered_by, file));
        }
        if arguments.warc {
            folder.put("story.warc", &[warc_info(), warc].concat())?;
        }
        let about = json!({"story": story.as_str(), "versions": versions});
        folder.put("story.json", &serde_json::to_vec_pretty(&about)?)?;
        if let Some(entry) = store.story(&story).await? {
            folder.put("story.html", page::page(&entry, &sections).as_bytes())?;
        }
        anyhow::Ok(versions.len())
    })?;
    folder.close()?;
    writeln!(
        out,
        "{versions} versions written to {}",
        arguments.to.display()
    )?;
    Ok(Ending::Well)
}

/// A version as `story.json` lists it: what `history --json` says, and where the page came from.
fn about(piece: &Piece) -> serde_json::Value {
    let mut about = history::as_json(&piece.happened);
    about["url"] = json!(piece.page.url);
    about["content_type"] = json!(piece.page.content_type);
    about["rendered_by"] = json!(rendered_by(piece));
    about
}

/// The browser that made the page from what was served, where one did.
fn rendered_by(piece: &Piece) -> Option<&str> {
    let last = piece.page.head.as_deref()?.lines().last()?;
    last.strip_prefix(RENDERED_BY)?.strip_prefix(": ")
}

/// The files of one version; answers the name of its page.
fn write(piece: &Piece, folder: &mut Folder) -> anyhow::Result<String> {
    let number = piece.happened.version.number;
    let ending = ending(piece.page.content_type.as_deref());
    let name = format!("{number:04}/page.{ending}");
    folder.put(&name, &piece.page.bytes)?;
    if let Some(head) = &piece.page.head {
        folder.put(&format!("{number:04}/headers.txt"), head.as_bytes())?;
    }
    folder.put(
        &format!("{number:04}/story.txt"),
        text(&piece.story).as_bytes(),
    )?;
    Ok(name)
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

/// The record that says what made the archive.
fn warc_info() -> Vec<u8> {
    let body = format!(
        "software: claimwatch/{}\r\nformat: WARC File Format 1.1\r\n\
         description: bodies are kept with their content encoding undone; the headers are those of the answer\r\n",
        env!("CARGO_PKG_VERSION")
    );
    let head = format!(
        "WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: {}\r\nWARC-Date: 1970-01-01T00:00:00Z\r\n\
         Content-Type: application/warc-fields\r\nContent-Length: {}\r\n\r\n",
        urn(body.as_bytes()),
        body.len()
    );
    [head.as_bytes(), body.as_bytes(), b"\r\n\r\n"].concat()
}

/// Adds the record of one version: the answer where its headers were kept, else the page alone, as what a browser has made of
/// an answer is not the answer.
fn record(piece: &Piece, warc: &mut Vec<u8>) {
    let (version, page) = (&piece.happened.version, &piece.page);
    let head = page
        .head
        .as_deref()
        .filter(|_| rendered_by(piece).is_none())
        .map(|head| http_head(head, page.bytes.len()));
    let (kind, content_type) = match &head {
        Some(_) => ("response", "application/http; msgtype=response"),
        None => (
            "resource",
            page.content_type.as_deref().unwrap_or("text/html"),
        ),
    };
    let head = head.unwrap_or_default();
    let lines = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {}\r\nWARC-Date: {}\r\nWARC-Target-URI: {}\r\n\
         WARC-Payload-Digest: sha256:{}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        urn(identity(version).as_bytes()),
        version.first_seen.strftime("%Y-%m-%dT%H:%M:%SZ"),
        page.url,
        version.sha256,
        head.len() + page.bytes.len()
    );
    for part in [lines.as_bytes(), head.as_bytes(), &page.bytes, b"\r\n\r\n"] {
        warc.extend_from_slice(part);
    }
}

/// The headers of an answer whose body stands there decoded and whole.
fn http_head(head: &str, length: usize) -> String {
    let is_kept = |line: &&str| {
        let name = line.split(':').next().unwrap_or_default();
        !["content-encoding", "content-length", "transfer-encoding"]
            .iter()
            .any(|dropped| name.eq_ignore_ascii_case(dropped))
    };
    let mut lines: String = head
        .lines()
        .filter(is_kept)
        .flat_map(|line| [line, "\r\n"])
        .collect();
    // Writing to a string does not fail.
    let _ = write!(lines, "Content-Length: {length}\r\n\r\n");
    lines
}

/// What no other version is.
fn identity(version: &Version) -> String {
    format!(
        "{} {} {}",
        version.story.as_str(),
        version.number,
        version.sha256
    )
}

/// A name of the form of a UUID (version 8, made from a hash), the same for the same bytes.
fn urn(of: &[u8]) -> String {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(of)[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = hex(&bytes);
    format!(
        "<urn:uuid:{}-{}-{}-{}-{}>",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The folder, and the hashes of what was written to it.
struct Folder {
    path: PathBuf,
    sums: String,
}

impl Folder {
    /// A folder with nothing in it, made where there is none: evidence is never mixed with older files.
    fn open(path: &Path) -> anyhow::Result<Self> {
        let shown = path.display();
        fs::create_dir_all(path).with_context(|| format!("cannot make the folder `{shown}`"))?;
        let mut entries =
            fs::read_dir(path).with_context(|| format!("cannot read the folder `{shown}`"))?;
        if entries.next().is_some() {
            return Err(anyhow::anyhow!("the folder `{shown}` is not empty")
                .context(Hint("name a new folder".to_owned())));
        }
        Ok(Self {
            path: path.to_owned(),
            sums: String::new(),
        })
    }

    /// Writes a file and notes its hash.
    fn put(&mut self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        self.file(name, bytes)?;
        let hash = hex(&Sha256::digest(bytes));
        // Writing to a string does not fail.
        let _ = writeln!(self.sums, "{hash}  {name}");
        Ok(())
    }

    fn file(&self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let path = self.path.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)
                .with_context(|| format!("cannot make the folder `{}`", parent.display()))?;
        }
        let write = || {
            let mut file = OpenOptions::new()
                .write(true)
                .create_new(true)
                .open(&path)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        write().with_context(|| format!("cannot write `{}`", path.display()))
    }

    /// Writes the hashes, in the form that `sha256sum --check` reads.
    fn close(self) -> anyhow::Result<()> {
        self.file("SHA256SUMS", self.sums.as_bytes())
    }
}
