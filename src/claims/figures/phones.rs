//! Telephone numbers and coordinates.

use super::{Draft, Reader, context};
use crate::claims::FigureKind;
use crate::claims::lang::cue;
use crate::claims::line::Line;

/// "+44 20 7946 0958", "1-800-555-0199", "(020) 7946 0958".
pub(super) fn phone(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let at = reader.numerals[n].first;
    let mut first = at;
    if at > 0 && line.glued(at) && line.is_mark(at - 1, &['+']) && !line.glued(at - 1) {
        first = at - 1;
    }
    let start = at + usize::from(line.is_hyphen(at));
    if !line.is_digits(start) {
        return None;
    }
    let (mut last, mut groups, mut digits, mut hyphens) = (start + 1, 1, line.raw(start).len(), 0);
    loop {
        let joined = line.is_mark(last, &['-', '.', '/', '‐', '‑', '–'])
            && line.glued(last)
            && line.is_digits(last + 1)
            && line.glued(last + 1);
        let bracket = line.is_mark(last, &[')']) && line.is_digits(last + 1);
        if joined || bracket {
            last += 1;
            hyphens += 1;
        } else if !line.is_digits(last) {
            break;
        }
        digits += line.raw(last).len();
        groups += 1;
        last += 1;
    }
    let international = first < at && (7..=15).contains(&digits);
    let trunk = line.raw(start).starts_with('0') && (9..=12).contains(&digits) && groups >= 2;
    let dashed = hyphens >= 2 && (10..=12).contains(&digits) && line.raw(last - 1).len() == 4;
    let local = hyphens == 1
        && groups == 2
        && digits == 7
        && line.raw(last - 1).len() == 4
        && context::near_before(line, at, cue::LABEL);
    let decimal = line.is_mark(start + 1, &['.']) && groups == 2;
    ((international || trunk || dashed || local) && !decimal)
        .then(|| Draft::new(first, last, FigureKind::Phone))
}

/// "37.2°N, 142.8°E", "37°12'N".
pub(super) fn coordinates(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let numeral = &reader.numerals[n];
    let last = coordinate_end(line, numeral.last)?;
    let joint = last + usize::from(line.is_mark(last, &[',', '/']));
    let second = reader
        .numeral_at(n + 1, joint + usize::from(line.is(joint, cue::AND)))
        .and_then(|next| coordinate_end(line, reader.numerals[next].last));
    Some(Draft::new(
        numeral.first,
        second.unwrap_or(last),
        FigureKind::Coord,
    ))
}

fn coordinate_end(line: &Line, at: usize) -> Option<usize> {
    let mut last = at;
    let word = line.is(last, cue::DEGREES);
    if !word && !line.is_mark(last, &['°', 'º']) {
        return None;
    }
    last += 1;
    while line.is_digits(last) && line.is_mark(last + 1, &['\'', '′', '’', '"', '″', '”']) {
        last += 2;
    }
    let letter = matches!(line.raw(last), "N" | "S" | "E" | "W") && !line.letters_touch(last + 1);
    let spelled = word && line.is(last, cue::COMPASS) && !line.is(last + 1, cue::OF);
    (letter || (spelled && line.is(last + 1, cue::COORDINATE))).then_some(last + 1)
}
