//! `claimwatch stories`: the stories followed.

use std::io::Write;

use serde_json::json;

use super::{Common, Ending, opened, runtime, table};

pub(super) fn run(common: &Common, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let config = opened::config_without_secrets(common)?;
    let stories =
        runtime()?.block_on(async { anyhow::Ok(opened::store(&config)?.stories().await?) })?;
    if common.json {
        for story in &stories {
            let line = json!({
                "story": story.id,
                "watch": story.watch,
                "followed": story.followed,
                "url": story.url,
                "headline": story.headline,
                "published": story.published,
                "first_seen": story.first_seen,
                "last_change": story.last_change,
                "removed": story.removed,
                "versions": story.versions,
            });
            writeln!(out, "{line}")?;
        }
        return Ok(Ending::Well);
    }
    let mut rows = vec![
        ["STORY", "WATCH", "VERSIONS", "LAST CHANGE", "HEADLINE"]
            .map(str::to_owned)
            .to_vec(),
    ];
    rows.extend(stories.iter().map(|story| {
        vec![
            story.id.to_string(),
            story.watch.to_string(),
            story.versions.to_string(),
            story
                .last_change
                .map_or_else(|| "-".to_owned(), table::time),
            story.headline.clone().unwrap_or_else(|| story.url.clone()),
        ]
    }));
    table::write(out, "", &rows)?;
    Ok(Ending::Well)
}
