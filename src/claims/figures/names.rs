//! Names with digits or Roman numbers: F-16s, COVID-19, FTSE 100, World War II.

use super::{Draft, Reader, plain_integer};
use crate::claims::FigureKind;
use crate::claims::lang::cue;
use crate::claims::line::Line;
use crate::claims::numbers::Numeral;

/// Names with digits: "F-16s", "COVID-19", "H5N1", "MH17", "9/11", "24/7", "FTSE 100", "7-Eleven", "the 100m", "737-800".
pub(super) fn name(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let at = reader.numerals[n].first;
    let (first, last, kind) = fixed(line, at)
        .or_else(|| glued(line, at))
        .or_else(|| index(line, at))
        .or_else(|| dotted(line, at))
        .or_else(|| event(line, at))
        .or_else(|| security(line, reader, n))
        .or_else(|| maker(line, reader, n))?;
    let mut draft = Draft::new(first, last, kind);
    if kind == FigureKind::Id || kind == FigureKind::Name {
        // A name may have begun before this number ("H5N1"), never before the last figure's end.
        draft.first = first.max(reader.found.last().map_or(0, |before| before.last));
    }
    Some(draft)
}

/// Whether a number is the tail of a word with hyphens: "last-32", "all-four". Prefixes that bound or negate a number
/// are no such words.
pub(super) fn inside_compound(line: &Line, numeral: &Numeral) -> bool {
    let at = numeral.first;
    let joined = at >= 2
        && line.glued(at)
        && line.is_hyphen(at - 1)
        && line.glued(at - 1)
        && line.is_word(at - 2);
    if !joined
        || line.is(
            at - 2,
            cue::NUMBER
                | cue::UNIT
                | cue::CURRENCY
                | cue::EARLY
                | cue::MONTH
                | cue::INDEX
                | cue::LABEL,
        )
    {
        return false;
    }
    let prefix = line.is(at - 2, cue::NUMBER_PREFIX);
    !prefix && !line.raw(at - 2).chars().any(char::is_uppercase)
}

type Named = (usize, usize, FigureKind);

/// "9/11", "24/7", "7-Eleven", "50/50".
fn fixed(line: &Line, at: usize) -> Option<Named> {
    let slash = line.is_mark(at + 1, &['/']) && line.glued(at + 1) && line.glued(at + 2);
    let known = slash
        && matches!(
            (line.raw(at), line.raw(at + 2)),
            ("9", "11") | ("24" | "7", "7") | ("50", "50")
        );
    if known {
        return Some((at, at + 3, FigureKind::Name));
    }
    // "4x100m", "4x4": a relay or a drive; "50-50" is an idiom.
    let times = line.raw(at) == "4"
        && (line.is(at + 1, cue::X) || line.is_mark(at + 1, &['×']))
        && line.glued(at + 1)
        && line.is_digits(at + 2)
        && line.glued(at + 2);
    if times {
        return Some((
            at,
            at + 3 + usize::from(line.glued(at + 3) && line.is_word(at + 3)),
            FigureKind::Name,
        ));
    }
    if line.raw(at) == "1" && line.is_before(at, cue::MAKER) && line.is(at - 1, cue::FORMULA) {
        return Some((at - 1, at + 1, FigureKind::Name));
    }
    let even = line.is_hyphen(at + 1)
        && matches!(
            (line.word(at), line.word(at + 2)),
            ("50", "50") | ("fifty", "fifty")
        );
    if even {
        return Some((at, at + 3, FigureKind::Name));
    }
    // "30 Under 30" is a list.
    let under = line.is(at + 1, cue::UNDER)
        && line.raw(at) == line.raw(at + 2)
        && line.is_digits(at)
        && !line.raw(at).is_empty();
    if under {
        return Some((at, at + 3, FigureKind::Name));
    }
    if in_thousands(line, at) {
        return Some((at, at + 2, FigureKind::Name));
    }
    let brand = line.is_hyphen(at + 1)
        && line.glued(at + 1)
        && line.glued(at + 2)
        && line.is_capital(at + 2)
        && line.raw(at + 2).len() > 2
        && !line.is(at + 2, cue::MONTH | cue::UNIT | cue::NUMBER | cue::CURRENCY)
        && line.is_digits(at)
        || line.raw(at) == "7" && line.is_hyphen(at + 1) && line.is(at + 2, cue::ELEVEN);
    brand.then_some((at, at + 3, FigureKind::Name))
}

/// "4K television", "a 10K": a resolution or a race, unless something is counted in thousands.
fn in_thousands(line: &Line, at: usize) -> bool {
    let written = line.glued(at + 1)
        && line.raw(at + 1) == "K"
        && matches!(line.raw(at), "2" | "4" | "5" | "8" | "10")
        && !(line.is_mark(at.wrapping_sub(1), &['$', '£', '€']) && line.glued(at));
    let counted = super::context::is_plural(line, at + 2) && !line.raw(at + 2).starts_with("TV");
    let named = line.is_before(at, cue::ARTICLE) || matches!(line.raw(at), "4" | "8");
    written && named && !counted
}

/// Digits that touch letters: "H5N1", "F-16s", "COVID-19", "A320neos", "5G", "CO2".
fn glued(line: &Line, at: usize) -> Option<Named> {
    if !line.is_digits(at) && !line.is_hyphen(at) {
        return None;
    }
    let mut first = at;
    if line.is_digits(at) && line.glued(at) {
        first = name_start(line, at);
    }
    // "ID.3": a point between capitals and a digit belongs to a name.
    let model = line.is_digits(at)
        && at >= 2
        && line.glued(at)
        && line.is_mark(at - 1, &['.'])
        && line.glued(at - 1)
        && line.is_word(at - 2)
        && line.raw(at - 2).len() <= 3
        && line.raw(at - 2).len() > 1
        && line.raw(at - 2).chars().all(char::is_uppercase)
        && !line.is(at - 2, cue::LABEL);
    if model {
        return Some((at - 2, at + 1, FigureKind::Name));
    }
    let letters = line.is_word(first) && first < at;
    let currency = letters && is_currency_prefix(line, first, at);
    if currency || (letters && line.is(first, cue::X) && first + 1 == at) {
        return None;
    }
    if letters
        && (line.is_capital(first)
            || first + 1 == at
            || line.raw(first).chars().any(char::is_uppercase))
    {
        let lower_prefix = !line.raw(first).chars().any(char::is_uppercase)
            && line.is_hyphen(at.saturating_sub(1));
        if !lower_prefix {
            let last = name_end(line, at);
            let label = first > 0
                && line.is(first - 1, cue::LABEL | cue::TITLE_LABEL)
                && !line.glued(first)
                && !line.glued(first - 1);
            return Some((
                first,
                last,
                if label {
                    FigureKind::Id
                } else {
                    FigureKind::Name
                },
            ));
        }
    }
    // "5G", "3D", "4x4": digits, then a capital, then nothing.
    let capital = line.glued(at + 1)
        && matches!(line.raw(at + 1), "G" | "D")
        && !line.letters_touch(at + 2)
        && line.raw(at).len() == 1;
    capital.then_some((at, at + 2, FigureKind::Name))
}

/// Where the name that touches the digits at `at` starts.
fn name_start(line: &Line, at: usize) -> usize {
    let mut first = at;
    while first > 0 && line.glued(first) {
        let before = first - 1;
        let part = line.is_word(before) || line.is_digits(before);
        let hyphen = line.is_hyphen(before)
            && line.is_mark(before, &['-', '‐', '‑', '–'])
            && line.glued(before)
            && before > 0
            && (line.is_word(before - 1) || line.is_digits(before - 1));
        if !part && !hyphen {
            break;
        }
        first = before;
    }
    first
}

/// Where the name that has digits at `at` ends.
fn name_end(line: &Line, at: usize) -> usize {
    let mut last = at + 1;
    while line.glued(last)
        && (line.is_word(last)
            || line.is_digits(last)
            || line.is_hyphen(last) && line.glued(last + 1) && line.is_digits(last + 1))
    {
        last += 1;
    }
    last
}

/// "USD115", "Rs20", "RM42", "R50m", "PS2.7m" are money.
fn is_currency_prefix(line: &Line, first: usize, at: usize) -> bool {
    let dollar = first > 0 && line.is_mark(first - 1, &['$']);
    first + 1 == at && (dollar || super::money::prefix_code(line, at).is_some())
}

/// "FTSE 100", "S&P 500", "CAC 40", "Nikkei 225", "Stoxx 600".
fn index(line: &Line, at: usize) -> Option<Named> {
    let digits = line.is_digits(at)
        && at > 0
        && line.raw(at).len() <= 4
        && !line.is_mark(at + 1, &['.', ',', '%']) | !line.glued(at + 1);
    if !digits {
        return None;
    }
    let size = line.raw(at).parse::<u32>().ok()?;
    let known = matches!(
        size,
        20 | 25
            | 30
            | 35
            | 40
            | 50
            | 60
            | 80
            | 100
            | 125
            | 150
            | 200
            | 225
            | 250
            | 300
            | 350
            | 400
            | 500
            | 600
            | 1000
            | 2000
            | 3000
    );
    let slash = line.is_mark(at - 1, &['/']);
    let ampersand = at >= 3 && line.is(at - 1, cue::P) && line.is_mark(at - 2, &['&']);
    let bare_sp = at >= 2 && line.raw(at - 1) == "P" && line.raw(at - 2) == "S";
    let named =
        line.is(at - 1, cue::INDEX) && line.is_capital(at - 1) && !line.is(at - 1, cue::AVERAGE);
    let joined = slash && at >= 2 && line.is(at - 2, cue::INDEX);
    if !known || !(ampersand || bare_sp || named || joined) {
        return None;
    }
    let first = if ampersand {
        at - 3
    } else if bare_sp {
        at - 2
    } else {
        at - 1
    };
    Some((first, at + 1, FigureKind::Name))
}

/// "192.168.1.2", "22-451", "1111-2222": digits in more than two parts, or joined where no range can be.
fn dotted(line: &Line, at: usize) -> Option<Named> {
    if !line.is_digits(at) {
        return None;
    }
    let goes_on = |at: usize| {
        line.is_mark(at, &['.']) && line.glued(at) && line.is_digits(at + 1) && line.glued(at + 1)
    };
    if goes_on(at + 1) && goes_on(at + 3) && goes_on(at + 5) && !line.points_group {
        let mut last = at + 7;
        while goes_on(last) {
            last += 2;
        }
        return Some((at, last, FigureKind::Id));
    }
    None
}

/// "the 100m", "the men's 1500m": a race that is named by its length.
fn event(line: &Line, at: usize) -> Option<Named> {
    // "10,000m" has its metre after the group.
    let grouped = line.is_mark(at + 1, &[',']) && line.glued(at + 1) && line.glued(at + 2);
    let (length, at) = if grouped {
        let thousands = line.raw(at + 2) == "000" && matches!(line.raw(at), "3" | "5" | "10");
        (
            thousands || line.raw(at) == "1" && line.raw(at + 2) == "500",
            at + 2,
        )
    } else {
        let short = matches!(
            line.raw(at),
            "50" | "60"
                | "100"
                | "110"
                | "200"
                | "400"
                | "800"
                | "1500"
                | "3000"
                | "5000"
                | "10000"
        );
        (short, at)
    };
    let first = if grouped { at - 2 } else { at };
    let metre = line.glued(at + 1) && line.raw(at + 1) == "m" || line.is(at + 1, cue::METRES);
    let article = line.is_before(first, cue::ARTICLE) && line.is(first - 1, cue::THE)
        || first >= 2 && line.is(first - 1, cue::S) && line.is_mark(first - 2, &['\'', '’']);
    let extent = line.is(at + 2, cue::EXTENT | cue::COMPARED) || line.is(at + 2, cue::OF);
    (length && metre && article && !extent && line.glued(at + 1)).then_some((
        first,
        at + 2,
        FigureKind::Name,
    ))
}

/// "the 10-year yield", "two-year Treasury notes": maturities that name a security.
fn security(line: &Line, reader: &Reader, n: usize) -> Option<Named> {
    let numeral = &reader.numerals[n];
    let hyphen = line.is_hyphen(numeral.last) && line.is(numeral.last + 1, cue::YEAR_OR_MONTH);
    let named = (numeral.last + 2..numeral.last + 5).any(|at| line.is(at, cue::SECURITY));
    let article = line.is_before(numeral.first, cue::ARTICLE) && line.is(numeral.first - 1, cue::A);
    let gap = (numeral.last + 2..numeral.last + 4).all(|at| {
        line.is_word(at) && !line.is(at, cue::PREPOSITION | cue::CONJUNCTION)
            || at > numeral.last + 2
    });
    (hyphen && named && !article && gap).then_some((
        numeral.first,
        numeral.last + 2,
        FigureKind::Name,
    ))
}

/// "Boeing 777", "Planet 9", "Core i7 860": a capitalised word and its number.
fn maker(line: &Line, reader: &Reader, n: usize) -> Option<Named> {
    let numeral = &reader.numerals[n];
    let at = numeral.first;
    let digits = plain_integer(numeral).is_some() || numeral.is_plain_integer();
    if !digits || at == 0 || line.glued(at) {
        return None;
    }
    let brand = |at: usize| line.raw(at).chars().any(char::is_uppercase);
    let jet = line.raw(at).len() == 3
        && line.raw(at).starts_with('7')
        && line.raw(at).ends_with('7')
        && (line.is(numeral.last, cue::JET)
            || line.is_hyphen(numeral.last)
                && line.glued(numeral.last)
                && line.glued(numeral.last + 1)
                && line.is_digits(numeral.last + 1)
                && line.raw(numeral.last + 1).len() == 3);
    let maker = jet
        || brand(at - 1) && line.is(at - 1, cue::MAKER)
        || line.is_digits(at)
            && at >= 2
            && line.is(at - 2, cue::MAKER)
            && line.is_capital(at - 2)
            && line.is_capital(at - 1);
    if !maker || line.is(at - 1, cue::LABEL) {
        return None;
    }
    let mut last = numeral.last + usize::from(jet && line.is_word(numeral.last));
    if line.is_hyphen(last) && line.glued(last) && line.is_digits(last + 1) && line.glued(last + 1)
    {
        last += 2;
    }
    while line.glued(last) && line.is_word(last) {
        last += 1;
    }
    Some((at, last, FigureKind::Name))
}

/// Roman numbers in names: "World War II", "Pope John Paul II", "Rocky IV".
pub(super) fn roman(reader: &Reader, at: usize) -> Option<Draft> {
    let line = reader.line;
    let capitals = line.raw(at).chars().all(char::is_uppercase) && !line.glued(at);
    let single = line.raw(at).len() == 1;
    if !capitals || at == 0 || !line.is_capital(at - 1) || line.is_mark(at - 1, &['.', ',']) {
        return None;
    }
    let named = line.is(at - 1, cue::NAMED | cue::LABEL | cue::TITLE_LABEL);
    let long = !single && line.raw(at - 1).len() > 1;
    let letter = matches!(line.raw(at), "V" | "X" | "I");
    let pronoun = line.raw(at) == "I" && !named;
    if !(long || single && letter && named) || pronoun || line.is_mark(at + 1, &['.']) && single {
        return None;
    }
    let digits =
        line.glued(at + 1) && (line.is_digits(at + 1) || line.is_mark(at + 1, &['\'', '’', '-']));
    (!digits).then(|| Draft::new(at, at + 1, FigureKind::Name))
}
