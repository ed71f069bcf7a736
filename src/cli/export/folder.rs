//! A folder of evidence, and the hashes of what is in it.

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use sha2::{Digest, Sha256};

use super::Hint;

/// The folder, and the hashes of what was written to it.
pub(super) struct Folder {
    path: PathBuf,
    sums: String,
}

impl Folder {
    /// A folder with nothing in it, made where there is none: evidence is never mixed with older files.
    pub(super) fn open(path: &Path) -> anyhow::Result<Self> {
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
    pub(super) fn put(&mut self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let mut file = self.begin(name)?;
        file.add(bytes)?;
        self.end(file)
    }

    /// Begins a file that is written piece by piece.
    pub(super) fn begin(&self, name: &str) -> anyhow::Result<Growing> {
        let path = self.path.join(name);
        let made = || {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            OpenOptions::new().write(true).create_new(true).open(&path)
        };
        let file = made().with_context(|| format!("cannot write `{}`", path.display()))?;
        Ok(Growing {
            name: name.to_owned(),
            file: BufWriter::new(file),
            hash: Sha256::new(),
        })
    }

    /// Ends a file and notes its hash.
    pub(super) fn end(&mut self, file: Growing) -> anyhow::Result<()> {
        let hash = hex(&file.hash.clone().finalize());
        // Writing to a string does not fail.
        let _ = writeln!(self.sums, "{hash}  {}", file.name);
        file.finish()
    }

    /// Writes the hashes, in the form that `sha256sum --check` reads.
    pub(super) fn close(self) -> anyhow::Result<()> {
        let mut file = self.begin("SHA256SUMS")?;
        file.add(self.sums.as_bytes())?;
        file.finish()
    }
}

/// A file that is being written.
pub(super) struct Growing {
    name: String,
    file: BufWriter<File>,
    hash: Sha256,
}

impl Growing {
    /// Writes on.
    pub(super) fn add(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        self.hash.update(bytes);
        let written = self.file.write_all(bytes);
        written.with_context(|| format!("cannot write `{}`", self.name))
    }

    /// What was written is on the disk.
    fn finish(self) -> anyhow::Result<()> {
        let file = self
            .file
            .into_inner()
            .map_err(std::io::IntoInnerError::into_error)?;
        Ok(file.sync_all()?)
    }
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
