//! Numbers that name: telephone numbers, coordinates, names with digits, numbered things.

use super::{Draft, Reader, context, plain_integer};
use crate::claims::FigureKind;
use crate::claims::lang::cue;
use crate::claims::line::Line;
use crate::claims::numbers::Numeral;

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
        .numeral_at(n + 1, joint + usize::from(line.word(joint) == "and"))
        .and_then(|next| coordinate_end(line, reader.numerals[next].last));
    Some(Draft::new(
        numeral.first,
        second.unwrap_or(last),
        FigureKind::Coord,
    ))
}

fn coordinate_end(line: &Line, at: usize) -> Option<usize> {
    let mut last = at;
    let word = matches!(line.word(last), "degrees" | "degree");
    if !word && !line.is_mark(last, &['°', 'º']) {
        return None;
    }
    last += 1;
    while line.is_digits(last) && line.is_mark(last + 1, &['\'', '′', '’', '"', '″', '”']) {
        last += 2;
    }
    let letter = matches!(line.raw(last), "N" | "S" | "E" | "W") && !line.letters_touch(last + 1);
    let spelled = word
        && matches!(line.word(last), "north" | "south" | "east" | "west")
        && line.word(last + 1) != "of";
    (letter || (spelled && matches!(line.word(last + 1), "latitude" | "longitude")))
        .then_some(last + 1)
}

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
    let prefix = matches!(
        line.word(at - 2),
        "sub"
            | "magnitude"
            | "over"
            | "under"
            | "to"
            | "pre"
            | "post"
            | "plus"
            | "minus"
            | "u"
            | "o"
            | "and"
            | "or"
            | "a"
            | "m"
    );
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
        && matches!(line.word(at + 1), "x" | "×")
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
    let even = line.is_hyphen(at + 1)
        && matches!(
            (line.word(at), line.word(at + 2)),
            ("50", "50") | ("fifty", "fifty")
        );
    if even {
        return Some((at, at + 3, FigureKind::Name));
    }
    let brand = line.is_hyphen(at + 1)
        && line.glued(at + 1)
        && line.glued(at + 2)
        && line.is_capital(at + 2)
        && line.raw(at + 2).len() > 2
        && !line.is(at + 2, cue::MONTH | cue::UNIT | cue::NUMBER | cue::CURRENCY)
        && line.is_digits(at)
        || line.raw(at) == "7" && line.word(at + 2) == "eleven";
    brand.then_some((at, at + 3, FigureKind::Name))
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
    if currency || (letters && line.word(first) == "x" && first + 1 == at) {
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
                && !line.glued(first);
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
    let ampersand = at >= 3 && line.word(at - 1) == "p" && line.is_mark(at - 2, &['&']);
    let bare_sp = at >= 2 && line.raw(at - 1) == "P" && line.raw(at - 2) == "S";
    let named =
        line.is(at - 1, cue::INDEX) && line.is_capital(at - 1) && line.word(at - 1) != "average";
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
    let length = matches!(
        line.raw(at),
        "50" | "60" | "100" | "110" | "200" | "400" | "800" | "1500" | "3000" | "5000" | "10000"
    );
    let metre = line.glued(at + 1) && line.raw(at + 1) == "m"
        || matches!(line.word(at + 1), "metres" | "meters");
    let article = line.is_before(at, cue::ARTICLE) && line.word(at - 1) == "the"
        || at >= 2 && line.word(at - 1) == "s" && line.is_mark(at - 2, &['\'', '’']);
    let extent = line.is(at + 2, cue::EXTENT | cue::COMPARED) || line.word(at + 2) == "of";
    (length && metre && article && !extent && line.glued(at + 1)).then_some((
        at,
        at + 2,
        FigureKind::Name,
    ))
}

/// "the 10-year yield", "two-year Treasury notes": maturities that name a security.
fn security(line: &Line, reader: &Reader, n: usize) -> Option<Named> {
    let numeral = &reader.numerals[n];
    let hyphen =
        line.is_hyphen(numeral.last) && matches!(line.word(numeral.last + 1), "year" | "month");
    let named = (numeral.last + 2..numeral.last + 5).any(|at| {
        matches!(
            line.word(at),
            "yield"
                | "yields"
                | "treasury"
                | "treasuries"
                | "bond"
                | "bonds"
                | "gilt"
                | "gilts"
                | "note"
                | "notes"
                | "bund"
                | "bunds"
                | "bill"
                | "bills"
        )
    });
    let article =
        line.is_before(numeral.first, cue::ARTICLE) && line.word(numeral.first - 1) == "a";
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
        && matches!(
            line.word(numeral.last),
            "max" | "dreamliner" | "jumbo" | "ng" | "freighter"
        );
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
    let mut last = numeral.last + usize::from(jet);
    if line.is_hyphen(last) && line.glued(last) && line.is_digits(last + 1) && line.glued(last + 1)
    {
        last += 2;
    }
    while line.glued(last) && line.is_word(last) {
        last += 1;
    }
    Some((at, last, FigureKind::Name))
}

/// Numbered things: Resolution 1701, Room 204, No. 9, Phase 3, Case No. 22-451.
pub(super) fn label(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let numeral = &reader.numerals[n];
    let at = numeral.first;
    let whole = numeral.value.is_integer()
        && numeral.scale == rust_decimal::Decimal::ONE
        && !numeral.article
        && !numeral.signed;
    if whole && street(line, at, numeral.last) {
        return Some(numbered(line, reader, n));
    }
    if !whole || at == 0 || line.is_before(at, cue::NUMBER) {
        return None;
    }
    let hash = line.is_mark(at - 1, &['#', '№']) && line.is_digits(at);
    let dot = line.is_mark(at - 1, &['.'])
        && at >= 2
        && matches!(
            line.word(at - 2),
            "no" | "nos" | "nr" | "vol" | "fig" | "art" | "sec" | "ch" | "apt"
        );
    if hash || dot {
        return Some(numbered(line, reader, n));
    }
    let noun = at - 1;
    if line.word(noun) == "year" && numeral.value > rust_decimal::Decimal::from(999) {
        return None;
    }
    let strong = line.is(noun, cue::LABEL);
    let titled = line.is(noun, cue::TITLE_LABEL) && line.is_capital(noun);
    if !(strong || titled) || numeral.grouped {
        return None;
    }
    let capital = line.is_capital(noun) && (noun > 0 || line.is_digits(at));
    let fits = if capital {
        !counts_things(line, numeral.last)
            || line.is_digits(at)
                && !line.opens_sentence(noun)
                && !line.is(numeral.last, cue::UNIT | cue::CURRENCY)
    } else {
        numbered_in_lower_case(line, noun, numeral.last, at)
    };
    (fits && (capital || !line.is(noun, cue::VERB))).then(|| numbered(line, reader, n))
}

/// "575 Mill Road", "9 E 71st St": the number of a house.
fn street(line: &Line, at: usize, last: usize) -> bool {
    let kind = |at: usize| {
        matches!(
            line.word(at),
            "street"
                | "st"
                | "road"
                | "rd"
                | "avenue"
                | "ave"
                | "lane"
                | "drive"
                | "dr"
                | "way"
                | "boulevard"
                | "blvd"
                | "place"
                | "crescent"
                | "terrace"
                | "close"
                | "row"
                | "gardens"
                | "parade"
        ) && line.is_capital(at)
    };
    let named = (last..last + 5)
        .take_while(|&token| {
            line.is_capital(token)
                || line.is_digits(token)
                || line.glued(token) && line.is_word(token)
        })
        .any(kind);
    line.is_digits(at)
        && last == at + 1
        && line.raw(at).len() <= 5
        && named
        && line.is_capital(last)
        && !context::is_plural(line, last)
}

/// "page 4", "phase 2", "article 5", but not "the team 20 minutes", "last day 12 people".
fn numbered_in_lower_case(line: &Line, noun: usize, last: usize, at: usize) -> bool {
    let plural_label =
        line.word(noun).ends_with('s') && !matches!(line.word(noun), "class" | "series");
    let safe = matches!(
        line.word(noun),
        "resolution"
            | "article"
            | "articles"
            | "flight"
            | "route"
            | "room"
            | "proposition"
            | "section"
            | "sections"
            | "chapter"
            | "chapters"
            | "page"
            | "pages"
            | "paragraph"
            | "clause"
            | "phase"
            | "stage"
            | "level"
            | "tier"
            | "grade"
            | "category"
            | "number"
            | "terminal"
            | "pier"
            | "gate"
            | "runway"
            | "platform"
            | "highway"
            | "interstate"
            | "ward"
            | "precinct"
            | "district"
            | "sector"
            | "zone"
            | "block"
            | "lane"
            | "episode"
            | "season"
            | "volume"
            | "version"
            | "exit"
            | "junction"
            | "reactor"
            | "unit"
            | "type"
            | "class"
            | "group"
            | "round"
            | "step"
            | "option"
            | "channel"
            | "apartment"
            | "day"
            | "week"
            | "line"
            | "row"
            | "game"
            | "lap"
            | "figure"
            | "item"
            | "paragraphs"
            | "schedule"
            | "annex"
            | "appendix"
            | "heat"
            | "turn"
            | "hole"
            | "act"
            | "scene"
            | "part"
    );
    let definite = noun > 0
        && line.is(noun - 1, cue::ARTICLE | cue::DETERMINER | cue::NUMBER)
        && !matches!(line.word(noun - 1), "a" | "an");
    let follows = context::is_plural(line, last)
        || line.is(last, cue::UNIT | cue::CURRENCY)
        || line.is_mark(last, &['%']);
    let time = matches!(
        line.word(noun),
        "day"
            | "week"
            | "figure"
            | "game"
            | "turn"
            | "round"
            | "act"
            | "season"
            | "unit"
            | "group"
            | "part"
            | "line"
    );
    safe && !follows
        && !(definite && (time || line.is_digits(at) && line.raw(at).len() > 3))
        && !(plural_label && time)
}

/// Whether a plural noun or a unit follows, so that the number counts.
fn counts_things(line: &Line, at: usize) -> bool {
    context::is_plural(line, at)
        || line.is(at, cue::UNIT | cue::CURRENCY)
        || line.is_mark(at, &['%'])
}

/// The span of a number that names: joined parts of "22-451" are in it.
fn numbered(line: &Line, reader: &Reader, n: usize) -> Draft {
    let numeral = &reader.numerals[n];
    let mut last = numeral.last;
    loop {
        let joined = line.is_mark(last, &['-', '/', '.', '–'])
            && line.glued(last)
            && line.glued(last + 1)
            && (line.is_digits(last + 1)
                || line.is_capital(last + 1) && line.raw(last + 1).len() <= 2);
        let letter = line.glued(last) && line.is_word(last);
        if !joined && !letter {
            break;
        }
        last += 1 + usize::from(joined);
    }
    let mut draft = Draft::new(numeral.first, last, FigureKind::Id);
    if last == numeral.last {
        draft.low = Some(numeral.value);
        draft.high = Some(numeral.value);
        let noun = numeral.first.saturating_sub(1);
        draft.counted = line.is_word(noun).then(|| line.raw(noun).to_owned());
    }
    draft
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
