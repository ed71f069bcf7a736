//! Figures over time, as steps: a figure holds until it is edited.
//!
//! The picture is SVG drawn here; it needs no colours to be read (each line has dashes of its own and its name at its end),
//! and the table below it says the same in words.

use jiff::Timestamp;

use super::changes;
use super::html::Html;
use crate::claims::Decimal;
use crate::store::{FigureCourse, FigureStand};

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 150.0;
const TOP: f64 = 26.0;
const BOTTOM: f64 = 34.0;
/// Lines that can be told apart without colour.
pub(super) const MAX_LINES: usize = 4;
/// The most steps of a line that are drawn; the latest are.
const MAX_STEPS: usize = 200;
/// The most rows of the table below.
const MAX_ROWS: usize = 60;
/// The styles of the lines, each with dashes of its own.
const STYLES: [&str; MAX_LINES] = ["s0", "s1", "s2", "s3"];

/// One figure of one outlet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// What it is called.
    pub name: String,
    /// Its values, oldest first.
    pub steps: Vec<Step>,
}

/// A value and how long it stood.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step {
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The story's words.
    pub text: String,
    /// Who says it.
    pub said_by: Option<String>,
}

/// Something that happened at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// An alert was sent.
    Told(Timestamp),
    /// The publisher corrected the story.
    Corrected(Timestamp),
}

/// What a figure counts.
pub(super) fn noun(course: &FigureCourse) -> String {
    let last = course.stands.last();
    let noun = last.and_then(|stand| stand.noun.clone().or_else(|| stand.counted.clone()));
    noun.unwrap_or_else(|| "figure".to_owned())
}

impl Line {
    /// The course of a figure, which stands until `now` where nothing has ended it.
    pub(super) fn of(course: &FigureCourse, name: String, now: Timestamp) -> Self {
        let step = |stand: &FigureStand| {
            Some(Step {
                from: stand.at,
                until: stand.until.unwrap_or(now).max(stand.at),
                low: number(stand.low)?,
                high: number(stand.high)?,
                text: stand.text.clone(),
                said_by: stand.said_by.clone(),
            })
        };
        let steps: Vec<Step> = course.stands.iter().filter_map(step).collect();
        let first = steps.len().saturating_sub(MAX_STEPS);
        Self {
            name,
            steps: steps.into_iter().skip(first).collect(),
        }
    }
}

fn number(value: Option<Decimal>) -> Option<f64> {
    value.and_then(|value| f64::try_from(value).ok())
}

/// The picture with its table.
pub(super) fn figure(title: &str, lines: &[Line], marks: &[Mark]) -> Html {
    let mut html = Html::default();
    let Some(scale) = Scale::of(lines) else {
        html.put("<p>No values to draw.</p>");
        return html;
    };
    html.put("<figure><svg viewBox=\"0 0 760 260\" role=\"img\" aria-label=\"");
    html.text(&format!(
        "{title} over time; the table below has the values"
    ));
    html.put("\">");
    axes(&mut html, &scale);
    for mark in marks {
        draw_mark(&mut html, *mark, &scale);
    }
    let names = spread(lines.iter().take(MAX_LINES), &scale);
    for ((line, style), at) in lines.iter().zip(STYLES).zip(names) {
        draw(&mut html, line, style, at, &scale);
    }
    html.put("</svg><figcaption>");
    table(&mut html, title, lines);
    html.put("</figcaption></figure>");
    html
}

/// Where a time and a value are in the picture.
struct Scale {
    first: f64,
    last: f64,
    least: f64,
    most: f64,
    from: Timestamp,
    until: Timestamp,
}

impl Scale {
    /// Everything fits, and the ground is nought.
    fn of(lines: &[Line]) -> Option<Self> {
        let steps = || lines.iter().take(MAX_LINES).flat_map(|line| &line.steps);
        let from = steps().map(|step| step.from).min()?;
        let until = steps().map(|step| step.until).max()?;
        let most = steps().map(|step| step.high).fold(0.0, f64::max);
        let least = steps().map(|step| step.low).fold(0.0, f64::min);
        let room = (most - least).max(f64::MIN_POSITIVE) * 0.05;
        Some(Self {
            first: seconds(from),
            last: seconds(until).max(seconds(from) + 1.0),
            least,
            most: most + room,
            from,
            until,
        })
    }

    fn x(&self, at: Timestamp) -> f64 {
        let share = (seconds(at) - self.first) / (self.last - self.first);
        LEFT + share.clamp(0.0, 1.0) * (WIDTH - LEFT - RIGHT)
    }

    fn y(&self, value: f64) -> f64 {
        let share = (value - self.least) / (self.most - self.least);
        HEIGHT - BOTTOM - share.clamp(0.0, 1.0) * (HEIGHT - TOP - BOTTOM)
    }
}

/// Seconds since 1970; half a second more or less cannot be seen.
#[expect(clippy::cast_precision_loss, reason = "pictures have pixels")]
fn seconds(at: Timestamp) -> f64 {
    at.as_second() as f64
}

fn axes(html: &mut Html, scale: &Scale) {
    for value in [
        scale.least,
        f64::midpoint(scale.least, scale.most),
        scale.most,
    ] {
        let y = scale.y(value);
        line(html, "axis", (LEFT, y), (WIDTH - RIGHT, y));
        label(html, (LEFT - 6.0, y + 4.0), "end", &short(value));
    }
    let day = |at: Timestamp| at.strftime("%-d %b %H:%M").to_string();
    label(html, (LEFT, HEIGHT - 10.0), "start", &day(scale.from));
    let end = (WIDTH - RIGHT, HEIGHT - 10.0);
    label(html, end, "end", &day(scale.until));
}

fn draw_mark(html: &mut Html, mark: Mark, scale: &Scale) {
    match mark {
        Mark::Told(at) => {
            let (x, y) = (scale.x(at), HEIGHT - BOTTOM);
            html.put("<path class=\"tick\" d=\"M")
                .number(x)
                .put(" ")
                .number(y);
            html.put("l-4 8h8z\"><title>told</title></path>");
        }
        Mark::Corrected(at) => {
            let x = scale.x(at);
            line(html, "mark", (x, TOP), (x, HEIGHT - BOTTOM));
            label(html, (x, TOP - 8.0), "middle", "correction");
        }
    }
}

fn draw(html: &mut Html, of: &Line, style: &'static str, name_at: f64, scale: &Scale) {
    html.put("<g class=\"").put(style).put("\">");
    for step in &of.steps {
        let (left, right) = (scale.x(step.from), scale.x(step.until));
        let (top, ground) = (scale.y(step.high), scale.y(step.low));
        html.put("<rect class=\"band\" x=\"").number(left);
        html.put("\" y=\"").number(top);
        html.put("\" width=\"").number((right - left).max(1.0));
        html.put("\" height=\"").number((ground - top).max(0.0));
        html.put("\"/>");
    }
    html.put("<path class=\"line\" d=\"");
    let mut before: Option<&Step> = None;
    for step in &of.steps {
        let middle = scale.y(f64::midpoint(step.low, step.high));
        let holds = before.is_some_and(|before| before.until == step.from);
        html.put(if holds { "L" } else { "M" });
        html.number(scale.x(step.from)).put(" ").number(middle);
        html.put("H")
            .number(scale.x(step.until).max(scale.x(step.from) + 1.0));
        before = Some(step);
    }
    html.put("\"/></g>");
    if let (Some(first), Some(last)) = (of.steps.first(), of.steps.last()) {
        let start = (
            scale.x(first.from),
            (scale.y(first.high) - 5.0).max(TOP - 4.0),
        );
        label(html, start, "start", &first.text);
        let end = format!("{} · {}", last.text, of.name);
        let end: String = end.chars().take(24).collect();
        label(html, (WIDTH - RIGHT + 6.0, name_at), "start", &end);
    }
}

/// Heights for the names at the ends of the lines, far enough apart to be read.
fn spread<'a>(lines: impl Iterator<Item = &'a Line>, scale: &Scale) -> Vec<f64> {
    let mut heights: Vec<f64> = lines
        .map(|line| {
            let last = line.steps.last();
            last.map_or(TOP, |step| {
                scale.y(f64::midpoint(step.low, step.high)) + 4.0
            })
        })
        .collect();
    let mut order: Vec<usize> = (0..heights.len()).collect();
    order.sort_by(|a, b| heights[*a].total_cmp(&heights[*b]));
    let mut above = f64::MIN;
    for index in order {
        heights[index] = heights[index].max(above + 15.0);
        above = heights[index];
    }
    heights
}

fn line(html: &mut Html, class: &'static str, from: (f64, f64), to: (f64, f64)) {
    html.put("<path class=\"").put(class).put("\" d=\"M");
    html.number(from.0).put(" ").number(from.1).put("L");
    html.number(to.0).put(" ").number(to.1).put("\"/>");
}

fn label(html: &mut Html, at: (f64, f64), anchor: &'static str, text: &str) {
    html.put("<text x=\"")
        .number(at.0)
        .put("\" y=\"")
        .number(at.1);
    html.put("\" text-anchor=\"")
        .put(anchor)
        .put("\">")
        .text(text);
    html.put("</text>");
}

/// A number as people say it: `2.5M`.
fn short(value: f64) -> String {
    let (value, unit) = match value.abs() {
        size if size >= 1e9 => (value / 1e9, "B"),
        size if size >= 1e6 => (value / 1e6, "M"),
        size if size >= 1e4 => (value / 1e3, "k"),
        _ => (value, ""),
    };
    let rounded = if value.abs() >= 100.0 {
        value.round()
    } else {
        (value * 10.0).round() / 10.0
    };
    format!("{rounded}{unit}")
}

fn table(html: &mut Html, title: &str, lines: &[Line]) {
    let mut rows: Vec<(&Line, &Step)> = lines
        .iter()
        .flat_map(|line| line.steps.iter().map(move |step| (line, step)))
        .collect();
    rows.sort_by_key(|(_, step)| std::cmp::Reverse(step.from));
    html.put("<div class=\"scroll\"><table><caption>")
        .text(title);
    html.put("</caption><thead><tr><th scope=\"col\">From</th><th scope=\"col\">Until</th><th scope=\"col\">Value</th><th scope=\"col\">Said by</th><th scope=\"col\">Figure</th></tr></thead><tbody>");
    for (line, step) in rows.iter().take(MAX_ROWS) {
        html.put("<tr><td class=\"nowrap\">");
        changes::time(html, step.from);
        html.put("</td><td class=\"nowrap\">");
        changes::time(html, step.until);
        html.put("</td><td>").element("strong", &step.text);
        html.put("</td><td>")
            .text(step.said_by.as_deref().unwrap_or("–"));
        html.put("</td><td>").text(&line.name).put("</td></tr>");
    }
    html.put("</tbody></table></div>");
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + hour * 3600).unwrap()
    }

    fn step(from: i64, until: i64, low: f64, high: f64) -> Step {
        Step {
            from: at(from),
            until: at(until),
            low,
            high,
            text: format!("{low} to {high}"),
            said_by: None,
        }
    }

    fn drawn(lines: &[Line]) -> String {
        let marks = [Mark::Told(at(2)), Mark::Corrected(at(3))];
        figure("refugees", lines, &marks).into_string()
    }

    #[test]
    fn a_figure_is_drawn_in_steps_that_begin_at_nought() {
        let line = Line {
            name: "desk".to_owned(),
            steps: vec![step(0, 2, 2.1, 2.2), step(2, 4, 2.5, 2.5)],
        };

        let svg = drawn(&[line]);

        // From left to right, up at the edit, and on; nought is the ground line.
        assert!(svg.contains("d=\"M64 "), "{svg}");
        assert_eq!(svg.matches("class=\"band\"").count(), 2);
        assert!(svg.contains("y=\"230\" text-anchor=\"end\">0<"), "{svg}");
        assert!(svg.contains("correction") && svg.contains("told"));
    }

    #[test]
    fn a_gap_in_the_figure_is_a_gap_in_the_line() {
        let line = Line {
            name: "desk".to_owned(),
            steps: vec![step(0, 2, 1.0, 1.0), step(3, 4, 1.0, 1.0)],
        };

        let svg = drawn(&[line]);
        let path = svg.split("class=\"line\" d=\"").nth(1).unwrap();

        assert_eq!(path.split('"').next().unwrap().matches('M').count(), 2);
    }

    #[test]
    fn every_number_in_the_picture_is_one() {
        for (low, high) in [(0.0, 0.0), (-5.0, 3.0), (1e30, 1e30), (0.001, 0.002)] {
            let line = Line {
                name: "desk".to_owned(),
                steps: vec![step(0, 0, low, high)],
            };

            let svg = drawn(&[line]);

            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        }
        assert!(drawn(&[]).contains("No values"));
    }
}
