//! Puts the words of pages together as lines and paragraphs, as the eye does: by where they stand.

use std::collections::BTreeMap;

use super::content::Run;

/// Two runs are on one line where their heights differ by less than this share of the size.
const SAME_LINE: f64 = 0.35;
/// A gap as wide as this share of the size parts two words, ...
const WORD_GAP: f64 = 0.15;
/// ... and one of so many sizes two columns of a table.
const COLUMN_GAP: f64 = 2.5;
/// Lines further apart than this many sizes begin a paragraph.
const PARAGRAPH_GAP: f64 = 1.75;
/// Sizes that differ by less are one.
const SAME_SIZE: f64 = 0.08;
/// A line that ends so much before the others (in sizes) is the last of its paragraph.
const SHORT_BY: f64 = 4.0;
/// The share of a page at its upper and lower end where running heads and page numbers stand.
const MARGIN: f64 = 0.1;
/// Running heads are found by standing on so many pages.
const MIN_REPEATS: usize = 3;

/// A line of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    from: f64,
    to: f64,
    y: f64,
    size: f64,
    page: usize,
    in_margin: bool,
}

/// A paragraph, a heading, a row of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    pub(super) text: String,
    pub(super) size: f64,
    pub(super) page: usize,
    /// Whether it has columns.
    pub(super) is_row: bool,
}

/// The lines of one page.
pub(super) fn lines(runs: &[Run], page: usize, height: Option<(f64, f64)>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for run in runs {
        let size = run.size.max(1.0);
        match lines.last_mut() {
            Some(line) if continues(line, run, size) => {
                let gap = run.from - line.to;
                if gap > COLUMN_GAP * size {
                    line.text.push_str(" | ");
                } else if gap > WORD_GAP * size {
                    line.text.push(' ');
                }
                line.text.push_str(&run.text);
                line.to = line.to.max(run.to);
                line.size = line.size.max(run.size);
            }
            Some(_) | None => lines.push(Line {
                text: run.text.clone(),
                from: run.from,
                to: run.to,
                y: run.y,
                size: run.size,
                page,
                in_margin: height.is_some_and(|(low, high)| {
                    let edge = (high - low) * MARGIN;
                    run.y < low + edge || run.y > high - edge
                }),
            }),
        }
    }
    for line in &mut lines {
        line.text = super::super::line(&line.text);
    }
    lines.retain(|line| !line.text.is_empty());
    lines
}

fn continues(line: &Line, run: &Run, size: f64) -> bool {
    // A small raised figure belongs to the line it is raised on.
    let reach = SAME_LINE * size.max(line.size);
    (line.y - run.y).abs() < reach && run.from > line.to - size * 0.6
}

/// Leaves out running heads, running feet and page numbers.
pub(super) fn without_furniture(lines: Vec<Line>, pages: usize) -> Vec<Line> {
    let mut seen: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.in_margin) {
        let pages = seen.entry(masked(&line.text)).or_default();
        if pages.last() != Some(&line.page) {
            pages.push(line.page);
        }
    }
    let often = MIN_REPEATS.max(pages / 3);
    let is_furniture = |line: &Line| {
        let mask = masked(&line.text);
        let is_number = mask.trim_matches(|c: char| !c.is_alphanumeric()) == "0"
            || mask.eq_ignore_ascii_case("page 0")
            || mask.eq_ignore_ascii_case("page 0 of 0");
        line.in_margin && (is_number || seen.get(&mask).is_some_and(|on| on.len() >= often))
    };
    lines
        .into_iter()
        .filter(|line| !is_furniture(line))
        .collect()
}

/// The text with each number as 0: page 7 stands where page 8 does.
fn masked(text: &str) -> String {
    let mut masked = String::new();
    for letter in text.chars() {
        if !letter.is_ascii_digit() {
            masked.push(letter);
        } else if !masked.ends_with('0') {
            masked.push('0');
        }
    }
    masked
}

/// The paragraphs of all lines.
pub(super) fn blocks(lines: &[Line]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut before: Option<&Line> = None;
    // The right end of the lines of this column so far: a line that ends well before it is the last of its paragraph.
    let mut right = f64::MIN;
    for line in lines {
        let joins = before.is_some_and(|before| {
            let same_column = (before.from - line.from).abs() < before.size * 6.0;
            if !same_column || before.page != line.page {
                right = before.to.max(line.to);
            }
            right = right.max(line.to);
            goes_on(before, line, right)
        });
        match blocks.last_mut() {
            Some(block) if joins => append(&mut block.text, &line.text),
            Some(_) | None => blocks.push(Block {
                text: line.text.clone(),
                size: line.size,
                page: line.page,
                is_row: is_row(line),
            }),
        }
        before = Some(line);
    }
    blocks
}

fn is_row(line: &Line) -> bool {
    line.text.contains(" | ")
}

/// Whether a line goes on with the paragraph of the line before it.
fn goes_on(before: &Line, line: &Line, right: f64) -> bool {
    let size = before.size.max(1.0);
    let same_size = (before.size - line.size).abs() <= size * SAME_SIZE;
    if !same_size || is_row(before) || is_row(line) || begins_item(&line.text) {
        return false;
    }
    let ends = before
        .text
        .trim_end_matches(['"', '”', '’', ')'])
        .ends_with(['.', '!', '?', ':']);
    let drop = before.y - line.y;
    if drop <= 0.0 || before.page != line.page {
        // At the top of the next column or page a sentence goes on, a paragraph may not.
        return !ends;
    }
    if drop > PARAGRAPH_GAP * size {
        return false;
    }
    let is_short = before.to < right - SHORT_BY * size;
    let is_indented = line.from > before.from + size * 0.8 && ends;
    !(ends && is_short || is_indented)
}

/// Whether a line begins an entry of a list.
fn begins_item(text: &str) -> bool {
    let mut letters = text.chars();
    matches!(
        letters.next(),
        Some('•' | '▪' | '■' | '–' | '○' | '●' | '-')
    ) && letters.next() == Some(' ')
}

/// Adds a line; a word that was parted at its end is whole again.
fn append(text: &mut String, line: &str) {
    let is_parted = text.ends_with(['-', '\u{ad}', '‐'])
        && text.chars().rev().nth(1).is_some_and(char::is_alphabetic)
        && line.starts_with(char::is_lowercase);
    if is_parted {
        text.pop();
    } else {
        text.push(' ');
    }
    text.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, from: f64, y: f64, size: f64) -> Run {
        let width = f64::from(u32::try_from(text.chars().count()).unwrap_or(0)) * size * 0.5;
        Run {
            text: text.to_owned(),
            from,
            to: from + width,
            y,
            size,
        }
    }

    fn texts(runs: &[Run]) -> Vec<String> {
        let lines = lines(runs, 0, None);
        blocks(&lines).into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn lines_become_paragraphs_and_parted_words_whole() {
        let runs = [
            run("A headline", 50.0, 700.0, 20.0),
            run("The ferry ran aground on Mon-", 50.0, 650.0, 10.0),
            run("day, the coast guard said in", 50.0, 638.0, 10.0),
            run("the evening.", 50.0, 626.0, 10.0),
            run("Nobody was hurt, it said.", 50.0, 614.0, 10.0),
        ];

        assert_eq!(
            texts(&runs),
            [
                "A headline",
                "The ferry ran aground on Monday, the coast guard said in the evening.",
                "Nobody was hurt, it said."
            ]
        );
    }

    #[test]
    fn words_are_parted_by_gaps_and_columns_marked() {
        let runs = [
            run("Total", 50.0, 700.0, 10.0),
            run("refugees", 78.0, 700.0, 10.0),
            run("6,200,000", 300.0, 700.0, 10.0),
        ];

        assert_eq!(texts(&runs), ["Total refugees | 6,200,000"]);
    }

    #[test]
    fn what_stands_on_the_margin_of_every_page_is_no_text() {
        let mut all = Vec::new();
        for page in 0..4 {
            let number = format!("Report 2026, page {}", page + 1);
            let text = format!(
                "Paragraph {} of the report stands here.",
                ["one", "two", "three", "four"][page]
            );
            let runs = [run(&text, 50.0, 400.0, 10.0), run(&number, 50.0, 20.0, 8.0)];
            all.extend(lines(&runs, page, Some((0.0, 800.0))));
        }

        let kept = without_furniture(all, 4);

        assert_eq!(kept.len(), 4);
        assert!(kept.iter().all(|line| line.text.starts_with("Paragraph")));
    }
}
