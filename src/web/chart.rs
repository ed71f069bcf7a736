//! Figures over time, as steps: a figure holds until it is edited.
//!
//! The picture is SVG drawn here, once for wide screens and once for narrow ones; it needs no colours to be read (each line
//! has dashes and a letter of its own), and the table below it says the same in words.

use jiff::Timestamp;

use super::changes;
use super::html::{Html, Table};
use crate::claims::Decimal;
use crate::store::{FigureCourse, FigureStand};

/// The room of a picture, in its own units.
struct Frame {
    class: &'static str,
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    /// The most times below it.
    times: i64,
}

const WIDE: Frame = Frame {
    class: "on-wide",
    width: 760.0,
    height: 260.0,
    left: 60.0,
    right: 110.0,
    times: 5,
};
const NARROW: Frame = Frame {
    class: "on-narrow",
    width: 340.0,
    height: 230.0,
    left: 44.0,
    right: 80.0,
    times: 2,
};
const TOP: f64 = 26.0;
const BOTTOM: f64 = 34.0;
/// How far below each other two labels can be read.
const LABEL_HEIGHT: f64 = 15.0;
/// Marks nearer to each other than this are one.
const MARK_WIDTH: f64 = 4.0;
/// How much room the word at a correction takes.
const WORD_WIDTH: f64 = 70.0;
/// Lines that can be told apart without colour.
const MAX_LINES: usize = 4;
/// The most lines in a picture; those beyond the first few are thin and have no names.
const MAX_DRAWN: usize = 200;
/// The most steps of a line that are drawn; the latest are.
const MAX_STEPS: usize = 200;
/// The most rows of the table below.
const MAX_ROWS: usize = 60;
/// The styles of the lines, each with dashes of its own, and the letters they go by.
const STYLES: [(&str, &str); MAX_LINES] = [("s0", "A"), ("s1", "B"), ("s2", "C"), ("s3", "D")];
/// Lengths between two times below a picture, in seconds: an hour to a year.
const PACES: [i64; 10] = [
    3_600, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 1_209_600, 2_592_000, 31_536_000,
];
const DAY: i64 = 86_400;
/// How many powers of ten can be read above each other.
const MAX_POWERS: i32 = 10;

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

/// Where a picture begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// At nought: heights can be compared.
    Nought,
    /// At the lowest value: small moves can be seen.
    Lowest,
    /// At nought, ten times as much being one step: small and large values have room.
    Tenfold,
}

impl Ground {
    /// The ground that is asked for by a word of an address.
    pub(super) fn of(word: Option<&str>) -> Self {
        match word {
            Some("lowest") => Self::Lowest,
            Some("tenfold") => Self::Tenfold,
            _ => Self::Nought,
        }
    }
}

/// Something that happened at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// An alert was sent.
    Told(Timestamp),
    /// The publisher corrected the story.
    Corrected(Timestamp),
}

impl Mark {
    fn at(&self) -> Timestamp {
        match self {
            Self::Told(at) | Self::Corrected(at) => *at,
        }
    }
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
pub(super) fn figure(title: &str, lines: &[Line], marks: &[Mark], ground: Ground) -> Html {
    let mut html = Html::default();
    let drawn = lines.get(..MAX_DRAWN).unwrap_or(lines);
    html.put("<figure>");
    for frame in [WIDE, NARROW] {
        let Some(scale) = Scale::of(drawn, frame, ground) else {
            let mut html = Html::default();
            html.put("<p>No values to draw.</p>");
            return html;
        };
        picture(&mut html, title, drawn, marks, &scale);
    }
    html.put("<figcaption>");
    legend(&mut html, lines, marks);
    html.put("<details><summary>The values</summary>")
        .add(&table(title, lines))
        .put("</details></figcaption></figure>");
    html
}

fn picture(html: &mut Html, title: &str, lines: &[Line], marks: &[Mark], scale: &Scale) {
    let frame = &scale.frame;
    html.put("<svg class=\"")
        .put(frame.class)
        .put("\" viewBox=\"0 0 ");
    html.number(frame.width).put(" ").number(frame.height);
    html.put("\" role=\"img\" aria-label=\"");
    html.text(&format!("{title} over time; the values are below"));
    html.put("\">");
    axes(html, scale);
    draw_marks(html, marks, scale);
    for other in lines.iter().skip(MAX_LINES) {
        html.put("<g class=\"rest\">");
        steps(html, other, scale);
        html.put("</g>");
    }
    let named = &lines[..lines.len().min(MAX_LINES)];
    let heights = spread(named, scale);
    for ((line, (style, letter)), at) in named.iter().zip(STYLES).zip(heights) {
        draw(html, line, style, scale);
        if let Some(last) = line.steps.last() {
            let letter = if lines.len() > 1 { letter } else { "" };
            let value = format!("{letter} {}", range(last.low, last.high));
            let end = (frame.width - frame.right + 6.0, at);
            label(html, end, "start", value.trim_start());
        }
    }
    html.put("</svg>");
}

/// What the lines and marks are.
fn legend(html: &mut Html, lines: &[Line], marks: &[Mark]) {
    html.put("<ul class=\"legend\">");
    if lines.len() > 1 {
        for (line, (style, letter)) in lines.iter().zip(STYLES) {
            html.put("<li><svg viewBox=\"0 0 28 8\" aria-hidden=\"true\"><g class=\"")
                .put(style)
                .put("\"><path class=\"line\" d=\"M0 4H28\"/></g></svg> ")
                .put(letter)
                .put(" ")
                .element("bdi", &line.name);
            if let Some(last) = line.steps.last() {
                html.put(": ").element("strong", &last.text);
            }
            html.put("</li>");
        }
    }
    if lines.len() > MAX_LINES {
        let rest = lines.len() - MAX_LINES;
        html.element("li", &format!("thin: {rest} others"));
    }
    if marks.iter().any(|mark| matches!(mark, Mark::Told(_))) {
        html.put("<li>▲ an alert</li>");
    }
    html.put("</ul>");
}

/// Where a time and a value are in the picture.
struct Scale {
    frame: Frame,
    ground: Ground,
    first: i64,
    last: i64,
    least: f64,
    most: f64,
}

impl Scale {
    /// Everything fits.
    fn of(lines: &[Line], frame: Frame, ground: Ground) -> Option<Self> {
        let steps = || lines.iter().flat_map(|line| &line.steps);
        let first = steps().map(|step| step.from).min()?.as_second();
        let last = steps().map(|step| step.until).max()?.as_second();
        let highest = steps().map(|step| step.high).fold(f64::MIN, f64::max);
        let lowest = steps().map(|step| step.low).fold(f64::MAX, f64::min);
        let mut scale = Self {
            frame,
            ground,
            first,
            last: last.max(first + 1),
            least: 0.0,
            most: 1.0,
        };
        scale.least = match ground {
            Ground::Nought | Ground::Tenfold => scale.height(lowest.min(0.0)),
            Ground::Lowest => lowest,
        };
        let most = match ground {
            Ground::Nought | Ground::Tenfold => highest.max(0.0),
            Ground::Lowest => highest,
        };
        let most = scale.height(most);
        let room = (most - scale.least) * 0.05;
        scale.most = if room > 0.0 {
            most + room
        } else {
            most + most.abs().max(1.0)
        };
        Some(scale)
    }

    /// A value as a height: as it is, or so that ten times as much is one step.
    fn height(&self, value: f64) -> f64 {
        match self.ground {
            Ground::Nought | Ground::Lowest => value,
            Ground::Tenfold => value.signum() * (1.0 + value.abs()).log10(),
        }
    }

    fn x(&self, at: i64) -> f64 {
        let share = float(at - self.first) / float(self.last - self.first);
        self.frame.left + share.clamp(0.0, 1.0) * (self.right() - self.frame.left)
    }

    fn y(&self, value: f64) -> f64 {
        let share = (self.height(value) - self.least) / (self.most - self.least);
        self.floor() - share.clamp(0.0, 1.0) * (self.floor() - TOP)
    }

    fn right(&self) -> f64 {
        self.frame.width - self.frame.right
    }

    fn floor(&self) -> f64 {
        self.frame.height - BOTTOM
    }

    /// Round values, three to six of them.
    fn values(&self) -> Vec<f64> {
        if self.ground == Ground::Tenfold {
            let fits = |power: &i32| self.height(10f64.powi(*power)) <= self.most;
            let last = (1..=40).take_while(fits).last().unwrap_or(0);
            // No more than there is room for.
            let pace = usize::try_from(last / MAX_POWERS + 1).unwrap_or(1);
            let powers = (last.min(1)..=last).step_by(pace);
            let values = powers.map(|power| 10f64.powi(power));
            return std::iter::once(0.0).chain(values).collect();
        }
        let rough = (self.most - self.least) / 4.0;
        let power = 10f64.powf(rough.log10().floor());
        let paces = [1.0, 2.0, 2.5, 5.0, 10.0].map(|pace| pace * power);
        let pace = paces.into_iter().find(|pace| *pace >= rough);
        let pace = pace.unwrap_or(rough);
        let first = (self.least / pace).ceil();
        (0..6u8)
            .map(|step| (first + f64::from(step)) * pace)
            .filter(|value| value.is_finite() && *value <= self.most)
            .collect()
    }

    /// Round times, as many as have room; the first one where none is round.
    fn times(&self) -> Vec<i64> {
        let length = self.last - self.first;
        let pace = PACES
            .into_iter()
            .find(|pace| length / pace < self.frame.times)
            .unwrap_or(length.max(1));
        let first = (self.first + pace - 1).div_euclid(pace) * pace;
        let times: Vec<i64> = (0..self.frame.times)
            .map(|step| first + step * pace)
            .filter(|at| *at <= self.last)
            .collect();
        if times.is_empty() {
            vec![self.first]
        } else {
            times
        }
    }

    /// A time, to the day where days go by.
    fn time(&self, at: i64) -> String {
        let format = match self.last - self.first {
            length if length > 300 * DAY => "%b %Y",
            _ if at % DAY == 0 => "%-d %b",
            _ => "%-d %b %H:%M",
        };
        Timestamp::from_second(at)
            .map_or_else(|_| String::new(), |at| at.strftime(format).to_string())
    }
}

/// A number of seconds, near enough for a picture.
#[expect(clippy::cast_precision_loss, reason = "pictures have pixels")]
fn float(seconds: i64) -> f64 {
    seconds as f64
}

fn axes(html: &mut Html, scale: &Scale) {
    let (left, right) = (scale.frame.left, scale.right());
    for value in scale.values() {
        let y = scale.y(value);
        line(html, "axis", (left, y), (right, y));
        label(html, (left - 6.0, y + 4.0), "end", &short(value));
    }
    for at in scale.times() {
        let x = scale.x(at);
        line(html, "axis", (x, scale.floor()), (x, scale.floor() + 5.0));
        // A label at an edge stays within the picture.
        let anchor = if x < left + 40.0 {
            "start"
        } else if x > right - 20.0 {
            "end"
        } else {
            "middle"
        };
        let below = scale.frame.height - 9.0;
        label(html, (x, below), anchor, &scale.time(at));
    }
}

fn draw_marks(html: &mut Html, marks: &[Mark], scale: &Scale) {
    let mut marks = marks.to_vec();
    marks.sort_by_key(Mark::at);
    let (mut told, mut word) = (f64::MIN, f64::MIN);
    for mark in marks {
        let x = scale.x(mark.at().as_second());
        match mark {
            Mark::Told(_) if x - told >= MARK_WIDTH => {
                told = x;
                html.put("<path class=\"tick\" d=\"M")
                    .number(x)
                    .put(" ")
                    .number(scale.floor() - 8.0)
                    .put("l-4 8h8z\"><title>an alert</title></path>");
            }
            Mark::Told(_) => {}
            Mark::Corrected(_) => {
                line(html, "mark", (x, TOP), (x, scale.floor()));
                if x - word >= WORD_WIDTH {
                    word = x;
                    label(html, (x, TOP - 8.0), "middle", "correction");
                }
            }
        }
    }
}

fn draw(html: &mut Html, of: &Line, style: &'static str, scale: &Scale) {
    html.put("<g class=\"").put(style).put("\">");
    for step in of.steps.iter().filter(|step| step.low < step.high) {
        let (left, right) = (
            scale.x(step.from.as_second()),
            scale.x(step.until.as_second()),
        );
        let (top, ground) = (scale.y(step.high), scale.y(step.low));
        html.put("<rect class=\"band\" x=\"").number(left);
        html.put("\" y=\"").number(top);
        html.put("\" width=\"").number((right - left).max(1.0));
        html.put("\" height=\"").number((ground - top).max(0.0));
        html.put("\"/>");
    }
    steps(html, of, scale);
    html.put("</g>");
}

/// The line itself, with a gap where the figure was not there.
fn steps(html: &mut Html, of: &Line, scale: &Scale) {
    html.put("<path class=\"line\" d=\"");
    let mut before: Option<&Step> = None;
    for step in &of.steps {
        let middle = scale.y(f64::midpoint(step.low, step.high));
        let holds = before.is_some_and(|before| before.until == step.from);
        let (from, until) = (
            scale.x(step.from.as_second()),
            scale.x(step.until.as_second()),
        );
        html.put(if holds { "L" } else { "M" });
        html.number(from).put(" ").number(middle);
        html.put("H").number(until.max(from + 1.0));
        before = Some(step);
    }
    html.put("\"/>");
}

/// Heights for the labels at the ends of the lines, far enough apart to be read and all within the picture.
fn spread(lines: &[Line], scale: &Scale) -> Vec<f64> {
    let end = |line: &Line| {
        let middle = |step: &Step| scale.y(f64::midpoint(step.low, step.high)) + 4.0;
        line.steps.last().map_or(TOP, middle)
    };
    let mut heights: Vec<f64> = lines.iter().map(end).collect();
    let mut order: Vec<usize> = (0..heights.len()).collect();
    order.sort_by(|a, b| heights[*a].total_cmp(&heights[*b]));
    let mut above = f64::MIN;
    for index in &order {
        heights[*index] = heights[*index].max(above + LABEL_HEIGHT);
        above = heights[*index];
    }
    let mut below = scale.floor() + LABEL_HEIGHT;
    for index in order.iter().rev() {
        heights[*index] = heights[*index].min(below - LABEL_HEIGHT);
        below = heights[*index];
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

/// A value as people say it: `2.5M`, `2.1–2.2M`.
fn range(low: f64, high: f64) -> String {
    let (from, to) = (short(low), short(high));
    if from == to {
        return to;
    }
    let unit = |text: &str| {
        text.trim_start_matches(|c: char| !c.is_alphabetic())
            .to_owned()
    };
    let same = unit(&from) == unit(&to);
    let from = if same {
        from.trim_end_matches(char::is_alphabetic)
    } else {
        &from
    };
    format!("{from}–{to}")
}

/// A number as people say it: `2.5M`.
fn short(value: f64) -> String {
    let (value, unit) = match value.abs() {
        size if size >= 1e15 => return format!("{value:.1e}"),
        size if size >= 1e12 => (value / 1e12, "T"),
        size if size >= 1e9 => (value / 1e9, "B"),
        size if size >= 1e6 => (value / 1e6, "M"),
        size if size >= 1e4 => (value / 1e3, "k"),
        _ => (value, ""),
    };
    // Three figures tell two lines of a picture apart.
    let digits = match value.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 0.1 || size == 0.0 => 2,
        _ => 4,
    };
    let text = format!("{value:.digits$}");
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        &text
    };
    format!("{text}{unit}")
}

fn table(title: &str, lines: &[Line]) -> Html {
    let mut rows: Vec<(&Line, &Step)> = lines
        .iter()
        .flat_map(|line| line.steps.iter().map(move |step| (line, step)))
        .collect();
    rows.sort_by_key(|(_, step)| std::cmp::Reverse(step.from));
    let mut table = Table::new(
        title,
        &[
            ("From", "nowrap"),
            ("Until", "nowrap"),
            ("Value", ""),
            ("Said by", ""),
            ("Figure", ""),
        ],
    );
    for (line, step) in rows.iter().take(MAX_ROWS) {
        changes::time(table.cell(), step.from);
        changes::time(table.cell(), step.until);
        table.cell().element("strong", &step.text);
        let said_by = step.said_by.as_deref().unwrap_or("–");
        table.cell().element("bdi", said_by);
        table.cell().element("bdi", &line.name);
    }
    table.into_html()
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
        figure("refugees", lines, &marks, Ground::Nought).into_string()
    }

    #[test]
    fn a_figure_is_drawn_in_steps_that_begin_at_nought() {
        let line = Line {
            name: "desk".to_owned(),
            steps: vec![step(0, 2, 2.1, 2.2), step(2, 4, 2.5, 2.5)],
        };

        let svg = drawn(&[line]);

        // From left to right, up at the edit, and on; nought is the ground line.
        assert!(svg.contains("d=\"M60 "), "{svg}");
        // A range is a band, in the picture for wide screens and in that for narrow ones.
        assert_eq!(svg.matches("class=\"band\"").count(), 2);
        assert!(svg.contains("y=\"230\" text-anchor=\"end\">0<"), "{svg}");
        assert!(svg.contains(">correction<") && svg.contains(">▲ an alert<"));
        assert!(svg.contains(">2.5<"), "{svg}");
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

            for ground in [Ground::Nought, Ground::Lowest, Ground::Tenfold] {
                let svg =
                    figure("refugees", std::slice::from_ref(&line), &[], ground).into_string();

                assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
            }
        }
        assert!(drawn(&[]).contains("No values"));
    }

    #[test]
    fn labels_at_the_ends_do_not_cover_each_other() {
        let line = |value: f64| Line {
            name: "desk".to_owned(),
            steps: vec![step(0, 4, value, value)],
        };
        let lines = [line(0.0), line(0.01), line(0.02), line(9.0)];
        let scale = Scale::of(&lines, NARROW, Ground::Nought).unwrap();

        let mut heights = spread(&lines, &scale);
        heights.sort_by(f64::total_cmp);

        assert!(
            heights
                .windows(2)
                .all(|two| two[1] - two[0] >= LABEL_HEIGHT)
        );
        assert!(
            heights.iter().all(|height| *height <= scale.floor()),
            "{heights:?}"
        );
    }

    #[test]
    fn values_are_said_briefly() {
        assert_eq!(range(2_100_000.0, 2_200_000.0), "2.1–2.2M");
        assert_eq!(range(900.0, 12_000.0), "900–12k");
        assert_eq!(
            ["0", "85", "0.05", "7.9B"],
            [0.0, 85.0, 0.05, 7.9e9].map(short)[..]
        );
    }

    #[test]
    fn small_and_large_values_have_room_in_one_picture() {
        let line = |value: f64| Line {
            name: "desk".to_owned(),
            steps: vec![step(0, 4, value, value)],
        };
        let lines = [line(12.0), line(2_500_000.0)];

        let scale = Scale::of(&lines, WIDE, Ground::Tenfold).unwrap();

        assert!(scale.floor() - scale.y(12.0) > 20.0);
        assert!(scale.values().len() >= 6);
    }
}
