//! Currencies before and after a number, subunits, and rates of money.

use rust_decimal::Decimal;

use super::quantity::Quantity;
use super::{Reader, context, measures, rates};
use crate::claims::FigureKind;
use crate::claims::lang::{NumberWord, cue};
use crate::claims::line::Line;
use crate::claims::units::{self, CURRENCY_SIGNS, dollar};

/// The currency a sign means by itself.
fn sign(line: &Line, at: usize) -> Option<&'static str> {
    // Nearly all tokens are plain words.
    let first = line.raw(at).bytes().next()?;
    if line.is_digits(at) || first.is_ascii_alphabetic() && !line.is_capital(at) {
        return None;
    }
    CURRENCY_SIGNS
        .iter()
        .find(|(sign, _)| *sign == line.raw(at))
        .map(|(_, code)| *code)
}

/// Whether a sign of currency, or letters before one, stands here.
pub(super) fn is_sign(line: &Line, at: usize) -> bool {
    sign(line, at).is_some()
        || line.is_word(at) && line.glued(at + 1) && line.is_mark(at + 1, &['$'])
        || is_code(line.raw(at))
}

/// Whether these letters are an ISO 4217 code.
pub(super) fn is_code(letters: &str) -> bool {
    letters.len() >= 3
        && letters.starts_with(|first: char| first.is_ascii_uppercase())
        && units::is_currency(letters)
}

/// The currency of letters right before a number: "USD115", "Rs 1,100", "RM42", "CHF 250,000".
pub(super) fn prefix_code(line: &Line, at: usize) -> Option<(&'static str, usize)> {
    let before = at.checked_sub(1)?;
    let dot = line.is_mark(before, &['.']) && line.glued(before);
    let word = before - usize::from(dot && before > 0);
    let (raw, lower) = (line.raw(word), line.word(word));
    let glued = line.glued(at);
    let found = match lower {
        "rs" | "re" if line.is_capital(word) || glued => "INR",
        "rm" if raw == "RM" => "MYR",
        "le" | "egp" if raw == "LE" || raw == "EGP" => "EGP",
        "rmb" => "CNY",
        "rp" if line.is_capital(word) => "IDR",
        "ksh" | "kshs" => "KES",
        "ugx" | "ush" => "UGX",
        "sfr" | "fr" if line.is_capital(word) => "CHF",
        "dh" | "dhs" if line.is_capital(word) => "AED",
        "btc" => "BTC",
        "php" => "PHP",
        // What turns text into ASCII writes the pound sign in letters.
        "ps" if raw == "PS" && glued && exact(line, at) => "GBP",
        "r" if raw == "R" && glued && exact(line, at) => "ZAR",
        "n" if raw == "N" && glued && exact(line, at) => "NGN",
        "tk" if line.is_capital(word) => "BDT",
        "sh" | "shs" if line.is_capital(word) => "shilling",
        "tsh" | "tshs" => "TZS",
        "usd" | "eur" | "gbp" | "chf" | "aud" | "cad" | "jpy" | "inr" | "cny" if !dot => {
            return code(lower).map(|code| (code, word));
        }
        _ if !dot && line.is(word, cue::NAMED_FIRST) => return named_before(line, word),
        _ if !dot && is_code(raw) && !(line.is(word, cue::LABEL)) => {
            return code(lower).map(|code| (code, word));
        }
        _ if !dot && scaled_code(raw).is_some() => {
            return scaled_code(raw).map(|(code, _)| (code, word));
        }
        _ => return None,
    };
    Some((found, word))
}

/// "MSEK", "TEUR", "BUSD": a code with its scale before it, as company reports write it.
fn scaled_code(letters: &str) -> Option<(&'static str, Decimal)> {
    let (scale, rest) = (letters.get(..1)?, letters.get(1..)?);
    let factor = match scale {
        "k" | "K" | "T" => 1_000,
        "M" => 1_000_000,
        "B" => 1_000_000_000,
        _ => return None,
    };
    // "TALL", "BALL" and "MALL" in capitals are words.
    let known = is_code(rest) && rest.len() == 3 && rest != "ALL";
    known
        .then(|| code(&rest.to_ascii_lowercase()))
        .flatten()
        .map(|code| (code, Decimal::from(factor)))
}

/// The canonical spelling of a code in lower case.
fn code(lower: &str) -> Option<&'static str> {
    let upper = lower.to_ascii_uppercase();
    let at = units::CURRENCY_CODES.binary_search(&upper.as_str()).ok()?;
    units::CURRENCY_CODES.get(at).copied()
}

/// "malaysian ringgit 42".
fn named_before(line: &Line, word: usize) -> Option<(&'static str, usize)> {
    let two = word
        .checked_sub(1)
        .map(|before| format!("{} {}", line.word(before), line.word(word)));
    let long = two.and_then(|two| {
        line.lexicon
            .currencies
            .get(two.as_str())
            .map(|code| (*code, word - 1))
    });
    long.or_else(|| {
        line.lexicon
            .currencies
            .get(line.word(word))
            .map(|code| (*code, word))
    })
}

/// Whether a number is written as sums are: with decimals, groups or a scale.
fn exact(line: &Line, at: usize) -> bool {
    line.is_mark(at + 1, &[',', '.']) && line.glued(at + 1) && line.is_digits(at + 2)
        || line.glued(at + 1) && line.is(at + 1, cue::ANY_SCALE)
        || line.is(at + 1, cue::LONG_SCALE)
}

/// Takes the currency before the number into the quantity.
pub(super) fn before(reader: &Reader, found: &mut Quantity) {
    let line = reader.line;
    let numeral = &reader.numerals[found.n];
    let at = numeral.first;
    let Some(mark) = at.checked_sub(1) else {
        return;
    };
    let floor = reader.found.last().map_or(0, |draft| draft.last);
    if let Some(mut code) = sign(line, mark).filter(|code| *code != "cent") {
        let mut first = mark;
        if let Some((whose, letters)) = whose_dollar(line, mark, floor) {
            (code, first) = (whose, letters);
        }
        // A sign before the currency: "-$5", "−€3".
        if first > floor
            && line.is_mark(first - 1, &['-', '−'])
            && line.glued(first)
            && !line.glued(first - 1)
        {
            first -= 1;
            found.value = -found.value;
        }
        set(found, first, code);
        return;
    }
    // What turns text into ASCII writes the yen sign as "Y=", as it writes the pound sign as "PS".
    if line.is_mark(mark, &['='])
        && line.glued(at)
        && line.glued(mark)
        && line.raw(mark.wrapping_sub(1)) == "Y"
        && mark > floor
    {
        set(found, mark - 1, "JPY");
        return;
    }
    // "$US55", "$A82".
    if line.is_word(mark)
        && line.glued(at)
        && mark > 0
        && line.is_mark(mark - 1, &['$'])
        && line.glued(mark)
        && let Some(code) = dollar(line.word(mark))
    {
        set(found, mark - 1, code);
        return;
    }
    if let Some((code, first)) = prefix_code(line, at).filter(|(_, first)| *first >= floor) {
        if let Some((_, factor)) = scaled_code(line.raw(first)) {
            multiply(found, factor);
        }
        set(found, first, code);
    }
}

/// "US$5", "HK$5", "C$5": whose dollar the sign at `mark` is, and where its letters stand.
fn whose_dollar(line: &Line, mark: usize, floor: usize) -> Option<(&'static str, usize)> {
    let letters = mark
        .checked_sub(1)
        .filter(|&letters| line.is_word(letters) && letters >= floor)?;
    if line.raw(mark) != "$" {
        return None;
    }
    let raw = line.raw(letters);
    let capital =
        raw.chars().all(char::is_uppercase) && raw.len() > 1 || matches!(raw, "C" | "c" | "S");
    let whose = dollar(line.word(letters))?;
    (line.glued(mark) || capital).then_some((whose, letters))
}

fn set(found: &mut Quantity, first: usize, code: &str) {
    found.first = first;
    found.unit = Some(code.to_owned());
    found.kind = FigureKind::Money;
    found.currency_first = true;
}

/// Takes the currency after the number into the quantity, and whatever else belongs to a sum; tells whether it is one.
pub(super) fn after(reader: &Reader, found: &mut Quantity) -> bool {
    let line = reader.line;
    if found.currency_first {
        let at = found.last;
        // "$76 US a barrel".
        let named_again =
            found.unit.as_deref() == Some("USD") && matches!(line.raw(at), "US" | "USD");
        if named_again || line.is(at, cue::STERLING) {
            found.last += 1;
        }
        coda(reader, found);
        rates::rate(reader, found);
        return true;
    }
    let hyphen = line.is_hyphen(found.last) && line.glued(found.last) && line.glued(found.last + 1);
    let at = found.last + usize::from(hyphen);
    let Some((unit, last)) = currency_at(reader, found, at) else {
        return false;
    };
    found.unit = Some(unit);
    found.kind = FigureKind::Money;
    found.last = last;
    found.modifier = hyphen;
    if let Some((_, factor)) = scaled_code(line.raw(at)) {
        multiply(found, factor);
    }
    scale_after(line, found);
    coda(reader, found);
    rates::rate(reader, found);
    true
}

fn multiply(found: &mut Quantity, factor: Decimal) {
    if let (Some(value), Some(scale)) = (
        found.value.checked_mul(factor),
        found.scale.checked_mul(factor),
    ) {
        (found.value, found.scale) = (value, scale);
    }
}

/// "75 USD million".
fn scale_after(line: &Line, found: &mut Quantity) {
    let Some(NumberWord::Scale(power @ (6 | 9))) = line.lexicon.numbers.get(line.word(found.last))
    else {
        return;
    };
    let factor = NumberWord::power(*power);
    if let (Some(value), true) = (found.value.checked_mul(factor), found.scale == Decimal::ONE) {
        found.value = value;
        found.scale = factor;
        found.last += 1;
    }
}

/// The currency that starts at `at` after a number, and where it ends.
fn currency_at(reader: &Reader, found: &Quantity, at: usize) -> Option<(String, usize)> {
    let line = reader.line;
    let numeral = &reader.numerals[found.n];
    if let Some(code) = sign(line, at) {
        // "10 $ 20" belongs to what follows; "€" after a blank is fine before words.
        let next_number =
            line.is_digits(at + 1) && line.tokens.get(at).is_none_or(|token| token.spaced);
        return (!next_number).then(|| (code.to_owned(), at + 1));
    }
    if !line.is_word(at) {
        return None;
    }
    // "3.14US$".
    if line.is_mark(at + 1, &['$'])
        && line.glued(at + 1)
        && line.glued(at)
        && !line.is_digits(at + 2)
        && let Some(code) = dollar(line.word(at))
    {
        return Some((code.to_owned(), at + 2));
    }
    if let Some(subunit) = letter_subunit(line, found, at) {
        return Some((subunit.to_owned(), at + 1));
    }
    let raw = line.raw(at);
    let precise = !numeral.spelled || numeral.scale > Decimal::ONE;
    // "USD 20 EUR 30": a code between two numbers may belong to the second, unless it touches the first.
    let own = !line.is_digits(at + 1)
        || line.glued(at)
        || numeral.scale > Decimal::ONE
        || !line.is_mark(at + 2, &[',', '.']);
    if is_code(raw) && precise && own {
        return Some((raw.to_owned(), at + 1));
    }
    if let Some((code, _)) = scaled_code(raw) {
        return Some((code.to_owned(), at + 1));
    }
    match line.word(at) {
        "rm" if raw == "RM" => return Some(("MYR".to_owned(), at + 1)),
        "le" => return Some(("EGP".to_owned(), at + 1)),
        "l" if line.is_mark(at + 1, &['.']) && line.is(at + 2, cue::E) && line.glued(at + 2) => {
            return Some((
                "EGP".to_owned(),
                at + 3 + usize::from(line.is_mark(at + 3, &['.'])),
            ));
        }
        "cad" | "eur" | "usd" | "gbp" | "btc" | "chf" => {
            return code(line.word(at)).map(|code| (code.to_owned(), at + 1));
        }
        _ => {}
    }
    named(reader, found, at)
}

/// "30p", "17c", "10 c".
fn letter_subunit(line: &Line, found: &Quantity, at: usize) -> Option<&'static str> {
    let apart = !(line.glued(at + 1) && (line.is_word(at + 1) || line.is_digits(at + 1)));
    let screen = matches!(
        line.raw(at.checked_sub(1)?),
        "360" | "480" | "576" | "720" | "1080" | "1440" | "2160" | "4320"
    );
    let slash = usize::from(line.is_mark(at + 1, &['/']));
    match line.raw(at) {
        "p" if apart && !screen && (line.glued(at) || !line.is(at + 2, cue::M)) => Some("penny"),
        "c" if apart
            && (line.glued(at) || at + 1 >= line.len())
            && found.scale == Decimal::ONE
            && slash < 2 =>
        {
            Some("cent")
        }
        _ => None,
    }
}

/// "US dollars", "Swiss francs", "yen", "cents", "pounds".
fn named(reader: &Reader, found: &Quantity, at: usize) -> Option<(String, usize)> {
    let line = reader.line;
    if !line.is(at, cue::CURRENCY) {
        return None;
    }
    let (code, last) = measures::longest(line, at, &line.lexicon.currencies)?;
    let one_word = last == at + 1;
    let whole = found.scale >= Decimal::ONE_THOUSAND || found.value >= Decimal::ONE_THOUSAND;
    let fits = if !one_word {
        true
    } else if line.is(at, cue::POUND) {
        found.scale >= Decimal::from(1_000_000)
            || ((priced(reader, found) || is_sum(reader, found, at))
                && !measures::weighed(line, last))
    } else if line.is(at, cue::WHOLE_CURRENCY) {
        whole
    } else if line.is(at, cue::RARE_CURRENCY) {
        found.value >= Decimal::from(1) && !line.glued(at) && !line.is(last, cue::OF)
    } else {
        !line.is(at, cue::NO_CURRENCY)
    };
    let norwegian = code == "DKK" && one_word && context::in_sentence(line, at, cue::NORWEGIAN);
    let code = if norwegian { "NOK" } else { code };
    fits.then(|| (code.to_owned(), last))
}

/// Whether the sentence speaks of prices and payments.
fn priced(reader: &Reader, found: &Quantity) -> bool {
    context::in_sentence(reader.line, found.first, cue::PRICE) || reader.line.len() <= 3
}

/// "It will come to 740,000 pounds": thousands of pounds are money unless the sentence speaks of weight.
fn is_sum(reader: &Reader, found: &Quantity, at: usize) -> bool {
    found.value >= Decimal::ONE_THOUSAND
        && !found.modifier
        && reader.line.word(at) == "pounds"
        && !context::in_sentence(reader.line, at, cue::WEIGHT)
}

/// The subunit after a sum: "3 dollars 50 cents", "$20 and 43c", "15 dollars and 50".
fn coda(reader: &Reader, found: &mut Quantity) {
    let line = reader.line;
    let base = found.unit.as_deref();
    if found.scale != Decimal::ONE
        || matches!(base, Some("cent" | "penny"))
        || found.modifier
        || !found.value.is_integer()
    {
        return;
    }
    let linked = line.is(found.last, cue::AND);
    let Some(next) = reader.numeral_at(found.n + 1, found.last + usize::from(linked)) else {
        return;
    };
    let numeral = &reader.numerals[next];
    let small = numeral.value > Decimal::ZERO
        && numeral.value < Decimal::ONE_HUNDRED
        && numeral.value.is_integer()
        && numeral.scale == Decimal::ONE
        && numeral.form == crate::claims::numbers::Form::Cardinal
        && !numeral.signed;
    if !small {
        return;
    }
    let cents = line.is(numeral.last, cue::SUBUNIT);
    let ends = context::closes(line, numeral.last)
        && !line.is_mark(numeral.last, &[')'])
        && !line.is_mark(numeral.last, &[',']);
    if !(cents || ends)
        || line.is_digits(numeral.first) && !cents && line.raw(numeral.first).len() > 2
    {
        return;
    }
    let Some(value) = numeral
        .value
        .checked_div(Decimal::ONE_HUNDRED)
        .and_then(|part| part.checked_add(found.value))
    else {
        return;
    };
    found.value = value;
    found.last = numeral.last + usize::from(cents);
    found.n = next;
}
