//! Reads one number: digits with their separators, number words, and the magnitude after either.

use super::book::{Book, Use};
use super::token::{Kind, Token};
use crate::claims::Decimal;

/// A number and the tokens it takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number {
    pub end: usize,
    pub value: Decimal,
    /// Whether it is written in digits.
    pub digits: bool,
    /// Whether a word for its magnitude belongs to it.
    pub magnitude: bool,
}

/// The number that begins at a token.
pub(super) fn at(book: &Book, tokens: &[Token<'_>], at: usize) -> Option<Number> {
    let token = tokens.get(at)?;
    let mut number = match token.kind {
        Kind::Digits => in_digits(tokens, at)?,
        Kind::Word => in_words(book, tokens, at)?,
        Kind::Sign => return None,
    };
    if number.digits {
        while let Some(factor) = magnitude(book, tokens, number.end) {
            number.value = number.value.checked_mul(factor)?;
            number.end += 1;
            number.magnitude = true;
            // "32 tys. zł": the point of the short form.
            let point = tokens
                .get(number.end)
                .is_some_and(|token| token.text == "." && !token.spaced);
            let goes_on = tokens.get(number.end + 1).is_some_and(|token| {
                token.folded.starts_with(char::is_alphanumeric)
                    && !token.text.starts_with(char::is_uppercase)
            });
            if point && goes_on {
                number.end += 1;
            }
        }
    }
    if let Some((length, _)) = book.starting(Use::Half, tokens, number.end) {
        number.value = number.value.checked_add(Decimal::new(5, 1))?;
        number.end += length;
    }
    Some(number)
}

fn magnitude(book: &Book, tokens: &[Token<'_>], at: usize) -> Option<Decimal> {
    let token = tokens.get(at).filter(|token| token.kind == Kind::Word)?;
    // "410 M€", "3 k€": a letter is a magnitude only where a sum of money closes up to it.
    let sum = tokens
        .get(at + 1)
        .is_some_and(|next| !next.spaced && matches!(next.text, "€" | "$" | "£"));
    match token.text {
        "k" if sum => return Some(Decimal::ONE_THOUSAND),
        "M" if sum => return Some(Decimal::from(1_000_000)),
        "Md" | "Mds" if sum => return Some(Decimal::from(1_000_000_000)),
        _ => {}
    }
    book.magnitudes
        .get(&token.folded)
        .copied()
        .filter(|factor| *factor >= Decimal::ONE_THOUSAND)
}

fn in_digits(tokens: &[Token<'_>], at: usize) -> Option<Number> {
    let token = tokens.get(at)?;
    let mut digits = plain(token.text)?;
    let mut end = at + 1;
    // "411 000": groups of three set apart by a blank.
    if token.text.len() <= 3
        && !token.text.starts_with('0')
        && token.text.bytes().all(|byte| byte.is_ascii_digit())
    {
        while let Some(group) = tokens.get(end).filter(|group| {
            let width = group.text.split(',').next().unwrap_or("").len();
            group.kind == Kind::Digits && group.spaced && width == 3 && !group.text.contains('.')
        }) {
            digits.push_str(&plain(group.text)?);
            end += 1;
        }
    }
    Some(Number {
        end,
        value: digits.parse().ok()?,
        digits: true,
        magnitude: false,
    })
}

/// Digits without group separators and with a point before the decimals: "1.200,5" is "1200.5".
fn plain(text: &str) -> Option<String> {
    let text = text.replace(['\'', '’'], "");
    let (points, commas) = (text.matches('.').count(), text.matches(',').count());
    let grouped = |sign: char| {
        text.split(sign).skip(1).all(|group| group.len() == 3) && !text.starts_with('0')
    };
    Some(match (points, commas) {
        (0, 0) => text,
        (_, 1) if points == 0 || text.find(',') > text.rfind('.') => {
            text.replace('.', "").replace(',', ".")
        }
        (0, _) => text.replace(',', ""),
        (1, 0) if !grouped('.') => text,
        (_, 0) if grouped('.') => text.replace('.', ""),
        (1, _) => text.replace(',', ""),
        _ => return None,
    })
}

/// A number in words, one after another or written in one.
fn in_words(book: &Book, tokens: &[Token<'_>], at: usize) -> Option<Number> {
    let mut sum = Sum::default();
    let mut end = at;
    let mut count = 0;
    while let Some(token) = tokens.get(end).filter(|token| token.kind == Kind::Word) {
        if end > at && !token.spaced {
            break;
        }
        let joint = end > at && Book::lists(book.table.joints, &token.folded);
        if joint {
            let next = tokens.get(end + 1).filter(|token| token.kind == Kind::Word);
            let goes_on = next.is_some_and(|next| book.numbers.contains_key(&next.folded))
                && sum.takes_more();
            if !goes_on {
                break;
            }
            end += 1;
            continue;
        }
        let Some(parts) = parts(book, &token.folded) else {
            break;
        };
        for part in &parts {
            sum.add(book, *part)?;
        }
        count += parts.len();
        end += 1;
    }
    let alone =
        count == 1 && (sum.value()? == Decimal::ONE || sum.value()? >= Decimal::from(1_000_000));
    (count > 0 && !alone).then_some(Number {
        end,
        value: sum.value()?,
        digits: false,
        magnitude: sum.magnitude,
    })
}

/// The values a word is made of: one, or several written in one.
fn parts(book: &Book, word: &str) -> Option<Vec<Decimal>> {
    // No number word is longer, and a longer one could be cut in too many ways to try them all.
    const LONGEST_BYTES: usize = 60;
    let known = |word: &str| {
        book.numbers
            .get(word)
            .or_else(|| book.magnitudes.get(word))
            .copied()
    };
    if let Some(value) = known(word) {
        return Some(vec![value]);
    }
    if word.contains('-') {
        let pieces = word
            .split('-')
            .filter(|piece| !Book::lists(book.table.joints, piece));
        return pieces.map(known).collect();
    }
    if !book.table.compounds || word.len() > LONGEST_BYTES {
        return None;
    }
    let mut values = Vec::new();
    let mut rest = word;
    while !rest.is_empty() {
        let (part, value) = book.parts.iter().find(|(part, value)| {
            rest.strip_prefix(part.as_str()).is_some_and(|left| {
                (value.is_some() || (!values.is_empty() && !left.is_empty())) && divides(book, left)
            })
        })?;
        rest = rest.get(part.len()..)?;
        values.extend(*value);
    }
    (values.len() > 1).then_some(values)
}

/// Whether a rest of a word can be cut into number words.
fn divides(book: &Book, rest: &str) -> bool {
    rest.is_empty()
        || book.parts.iter().any(|(part, _)| {
            rest.strip_prefix(part.as_str())
                .is_some_and(|left| left.len() < rest.len() && divides(book, left))
        })
}

/// Adds up number words as they are said.
#[derive(Default)]
struct Sum {
    total: Decimal,
    current: Decimal,
    magnitude: bool,
}

impl Sum {
    fn add(&mut self, book: &Book, value: Decimal) -> Option<()> {
        let hundred = Decimal::ONE_HUNDRED;
        let is_magnitude = book
            .magnitudes
            .values()
            .any(|magnitude| *magnitude == value);
        if is_magnitude && value >= Decimal::ONE_THOUSAND {
            let times = if self.current.is_zero() {
                Decimal::ONE
            } else {
                self.current
            };
            // "Mil millones": a thousand times a million.
            if self.current.is_zero() && !self.total.is_zero() && value > Decimal::ONE_THOUSAND {
                self.total = self.total.checked_mul(value)?;
            } else {
                self.total = self.total.checked_add(times.checked_mul(value)?)?;
            }
            self.current = Decimal::ZERO;
            self.magnitude = true;
        } else if is_magnitude
            && value == hundred
            && self.current > Decimal::ZERO
            && self.current < Decimal::TEN
        {
            self.current = self.current.checked_mul(hundred)?;
        } else if book.code == "fr"
            && value == Decimal::from(20)
            && (self.current % hundred) == Decimal::from(4)
        {
            // "Quatre-vingt" is four times twenty.
            self.current = self.current.checked_add(Decimal::from(76))?;
        } else {
            self.current = self.current.checked_add(value)?;
        }
        Some(())
    }

    /// Whether another number may follow a joint: "sessenta e quatro", not "dois e três".
    fn takes_more(&self) -> bool {
        self.current >= Decimal::from(20) || self.current.is_zero()
    }

    fn value(&self) -> Option<Decimal> {
        self.total.checked_add(self.current)
    }
}
