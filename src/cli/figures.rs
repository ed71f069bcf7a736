//! `claimwatch figures`: how a figure moved, in every story.

use std::io::Write;

use serde_json::json;

use super::{Common, Ending, opened, runtime, table};
use crate::claims::Decimal;
use crate::store::{FigureCourse, FigureStand};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// What is counted or measured, such as `refugees`
    word: String,
}

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let config = opened::config_without_secrets(common)?;
    let courses = runtime()?
        .block_on(async { anyhow::Ok(opened::store(&config)?.figures(&arguments.word).await?) })?;
    if courses.is_empty() && !common.json {
        writeln!(
            out,
            "No story counts \"{}\".",
            table::plain(&arguments.word)
        )?;
    }
    for course in &courses {
        if common.json {
            for stand in &course.stands {
                writeln!(out, "{}", as_json(course, stand))?;
            }
        } else {
            show(course, out)?;
        }
    }
    Ok(Ending::Well)
}

fn show(course: &FigureCourse, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(
        out,
        "{}  {}  {}",
        course.story,
        course.watch,
        table::plain(&course.url)
    )?;
    let rows: Vec<Vec<String>> = course
        .stands
        .iter()
        .map(|stand| {
            let gone = stand
                .until
                .map_or_else(String::new, |until| format!("until {}", table::time(until)));
            vec![
                table::time(stand.at),
                stand.text.clone(),
                stand
                    .noun
                    .clone()
                    .or_else(|| stand.counted.clone())
                    .unwrap_or_default(),
                stand.said_by.clone().unwrap_or_default(),
                gone,
            ]
        })
        .collect();
    table::write(out, "  ", &rows)?;
    Ok(())
}

fn as_json(course: &FigureCourse, stand: &FigureStand) -> serde_json::Value {
    let number = |value: Option<Decimal>| value.and_then(|value| f64::try_from(value).ok());
    json!({
        "story": course.story,
        "watch": course.watch,
        "url": course.url,
        "from": stand.at,
        "until": stand.until,
        "version": stand.since,
        "kind": stand.kind,
        "text": stand.text,
        "low": number(stand.low),
        "high": number(stand.high),
        "qualifier": stand.qualifier,
        "unit": stand.unit,
        "noun": stand.noun,
        "counted": stand.counted,
        "said_by": stand.said_by,
    })
}
