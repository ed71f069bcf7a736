//! Reads a PDF report as a story: its text with its figures, without running heads and page numbers.
//!
//! Everything here is bounded and nothing recurses without end: objects are read only when they are needed, streams unpack
//! to so many bytes, drawings take so many steps. What is beyond is left out; a PDF without text is no story.

mod content;
mod document;
mod filter;
mod font;
mod glyphs;
mod layout;
mod object;

use super::{Date, NotAStory, Paragraph, Role, Story, Why, date, line};
use content::Allowance;
use document::Document;
use layout::Block;
use object::{Dict, Object};

/// A headline is larger than the text by this factor, ...
const HEADLINE_FACTOR: f64 = 1.25;
/// ... and a heading by this one.
const HEADING_FACTOR: f64 = 1.1;
/// A longer text is no heading.
const MAX_HEADING_CHARS: usize = 250;

/// The story of a PDF.
pub(super) fn read(bytes: &[u8]) -> Result<Story, NotAStory> {
    let document = Document::new(bytes);
    if document.is_encrypted() {
        return Err(NotAStory {
            why: Why::Format,
            detail: "the PDF is encrypted; watch a copy of it that is not".to_owned(),
        });
    }
    let pages = document.pages();
    let mut allowance = Allowance::default();
    let mut lines = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let runs = content::runs(&document, page, &mut allowance);
        lines.extend(layout::lines(&runs, number, page.height));
    }
    let blocks = layout::blocks(&layout::without_furniture(lines, pages.len()));
    let info = document.trailer("Info").unwrap_or_default();
    let mut story = told(blocks, &info);
    super::bound::cut(&mut story.paragraphs);
    if story.paragraphs.is_empty() {
        return Err(NotAStory {
            why: Why::Empty,
            detail: "the PDF has no text that can be read; it may be a scan".to_owned(),
        });
    }
    super::complete(&mut story);
    Ok(story)
}

/// The story of a document's paragraphs.
fn told(mut blocks: Vec<Block>, info: &Dict) -> Story {
    let usual = usual_size(&blocks);
    let is_headline = |block: &Block| {
        block.page == 0
            && block.size >= usual * HEADLINE_FACTOR
            && block.text.chars().filter(|c| c.is_alphabetic()).count() > 3
            && block.text.chars().count() <= MAX_HEADING_CHARS
    };
    let largest = blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| is_headline(block))
        .max_by(|(at, one), (other, two)| one.size.total_cmp(&two.size).then(other.cmp(at)))
        .map(|(at, _)| at);
    let headline = largest.map(|at| blocks.remove(at).text);
    let paragraphs = blocks.into_iter().filter(|block| {
        // A rule, a dot, a lone letter of a drawing.
        block.text.chars().filter(|c| c.is_alphanumeric()).count() > 1
    });
    let paragraphs = paragraphs.map(|block| Paragraph {
        role: role(&block, usual),
        text: block.text,
    });
    Story {
        headline: headline
            .or_else(|| text_of(info, "Title"))
            .unwrap_or_default(),
        published: date_of(info, "CreationDate"),
        modified: date_of(info, "ModDate"),
        paragraphs: paragraphs.collect(),
        ..Story::default()
    }
}

fn role(block: &Block, usual: f64) -> Role {
    let is_short = block.text.chars().count() <= MAX_HEADING_CHARS;
    if block.is_row || block.text.starts_with(['•', '▪', '■', '○', '●']) {
        Role::Item
    } else if block.size >= usual * HEADING_FACTOR && is_short {
        Role::Subheading
    } else {
        Role::Body
    }
}

/// The size in which most of the text is set.
fn usual_size(blocks: &[Block]) -> f64 {
    let mut lengths: std::collections::BTreeMap<u32, usize> = std::collections::BTreeMap::new();
    for block in blocks {
        // Tenths of a point are near enough.
        *lengths.entry(object::whole(block.size * 10.0)).or_default() += block.text.len();
    }
    let most = lengths.into_iter().max_by_key(|(_, length)| *length);
    most.map_or(0.0, |(size, _)| f64::from(size) / 10.0)
}

/// A text of the document's description.
fn text_of(info: &Dict, key: &str) -> Option<String> {
    let Object::Text(bytes) = info.get(key)? else {
        return None;
    };
    let text = match bytes.strip_prefix(b"\xFE\xFF") {
        Some(wide) => {
            let units = wide
                .chunks_exact(2)
                .map(|unit| u16::from_be_bytes([unit[0], unit[1]]));
            String::from_utf16_lossy(&units.collect::<Vec<u16>>())
        }
        None => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
    };
    let text = line(super::beginning(&text, 1_000));
    (!text.is_empty()).then_some(text)
}

/// `D:20260309124000+01'00'` as a date.
fn date_of(info: &Dict, key: &str) -> Option<Date> {
    let text = text_of(info, key)?;
    let digits = text.strip_prefix("D:").unwrap_or(&text);
    let part = |from: usize, to: usize| {
        digits
            .get(from..to)
            .filter(|part| part.bytes().all(|b| b.is_ascii_digit()))
    };
    let (year, month, day) = (
        part(0, 4)?,
        part(4, 6).unwrap_or("01"),
        part(6, 8).unwrap_or("01"),
    );
    let Some((hour, minute)) = part(8, 10).zip(part(10, 12)) else {
        return date::read(&format!("{year}-{month}-{day}"));
    };
    let second = part(12, 14).unwrap_or("00");
    let zone: String = digits
        .get(14..)
        .unwrap_or("Z")
        .chars()
        .filter(|c| *c != '\'')
        .collect();
    let zone = if zone.is_empty() { "Z" } else { zone.as_str() };
    date::read(&format!(
        "{year}-{month}-{day}T{hour}:{minute}:{second}{zone}"
    ))
}

#[cfg(test)]
mod tests;
