//! The evidence as one HTML file that needs nothing else: to be read, printed and handed on.

use super::folder::{Folder, Growing};
use crate::store::{Happened, StoryEntry};
use crate::story::Story;
use crate::web::evidence;

/// The file, written version by version.
pub(super) struct Pages {
    file: Growing,
    before: Option<(u32, Story)>,
}

impl Pages {
    pub(super) fn begin(folder: &Folder, story: &StoryEntry) -> anyhow::Result<Self> {
        let mut file = folder.begin("story.html")?;
        file.add(evidence::begin(story).as_bytes())?;
        Ok(Self { file, before: None })
    }

    /// Adds a version, compared with the last one before it whose text is kept.
    pub(super) fn add(&mut self, happened: &Happened, body: Option<Story>) -> anyhow::Result<()> {
        let before = self.before.as_ref().map(|(number, story)| (*number, story));
        let section = evidence::version(happened, body.as_ref(), before);
        self.file.add(section.as_bytes())?;
        if let Some(body) = body {
            self.before = Some((happened.version.number, body));
        }
        Ok(())
    }

    pub(super) fn end(mut self, folder: &mut Folder) -> anyhow::Result<()> {
        self.file.add(evidence::end().as_bytes())?;
        folder.end(self.file)
    }
}
