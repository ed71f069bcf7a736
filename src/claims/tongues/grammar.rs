//! From numbers to figures: what is counted or measured, between which bounds, and what is no quantity at all.

use super::book::{Book, Use};
use super::numbers::{self, Number};
use super::token::{Kind, Token, tokens};
use crate::claims::{Amount, Decimal, Figure, FigureKind, Qualifier, Unit};
use crate::story::{Place, Span};

/// The figures of a text, in order.
pub(super) fn read(book: &Book, text: &str, place: Place) -> Vec<Figure> {
    if u32::try_from(text.len()).is_err() {
        return Vec::new();
    }
    let tokens = tokens(text, book.code);
    let reader = Reader {
        book,
        tokens: &tokens,
        place,
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reader.figure(at) {
            Some((figure, end)) => {
                found.extend(figure);
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

/// Whether the number after a word is a name: "school No. 8", "line 4", "room 12".
fn is_label(before: &Token<'_>) -> bool {
    const LABELS: &str = "nr no n° nº № num nummer numero zimmer linie linien gleis kapitel artikel paragraf absatz seite ligne lignes salle article page quai linea lineas lineas \
articulo pagina sala via linha linhas artigo sala lijn lijnen kamer artikel spoor linia linii liniach linie pokoj artykul art strona линия линии линиях школа школе статья статьи \
номер лінія лінії лініях стаття статті кімната палата flug vol vuelo volo voo vlucht lot реис";
    Book::lists(LABELS, &before.folded)
}

pub(super) struct Reader<'a> {
    pub book: &'a Book,
    pub tokens: &'a [Token<'a>],
    place: Place,
}

/// A figure, or nothing where the tokens are no figure and must not be read again; and the token after it.
pub(super) type Read = (Option<Figure>, usize);

impl Reader<'_> {
    fn figure(&self, at: usize) -> Option<Read> {
        if self.is_part_of_a_name(at) {
            return Some((None, at + 1));
        }
        self.point_in_time(at)
            .or_else(|| self.share(at))
            .or_else(|| self.word(at))
            .or_else(|| self.quantity(at))
    }

    /// "G20", "Covid-19", "A 7".
    fn is_part_of_a_name(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let Some(before) = at.checked_sub(1).map(|before| &self.tokens[before]) else {
            // "1. Storm": the number of a list.
            return token.kind == Kind::Digits
                && self.is(at + 1, ".")
                && self.tokens.get(at + 2).is_some_and(|next| next.spaced)
                && !self.is_month(at + 2);
        };
        if token.kind == Kind::Digits && is_label(before) {
            return true;
        }
        // "Lines 4 and 9": the second number of a label.
        if token.kind == Kind::Digits
            && at >= 3
            && Book::lists(self.book.table.and, &before.folded)
            && self.tokens[at - 2].kind == Kind::Digits
            && is_label(&self.tokens[at - 3])
        {
            return true;
        }
        if token.kind != Kind::Digits || token.spaced {
            return false;
        }
        let hyphen = before.text == "-"
            && !before.spaced
            && at > 1
            && self.tokens[at - 2].kind == Kind::Word;
        before.kind == Kind::Word && !matches!(before.folded.as_str(), "h" | "r" | "us") || hyphen
    }

    pub fn folded(&self, at: usize) -> &str {
        self.tokens
            .get(at)
            .map_or("", |token| token.folded.as_str())
    }

    pub fn is(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.text == text)
    }

    pub fn is_month(&self, at: usize) -> bool {
        Book::lists(self.book.table.months, self.folded(at))
    }

    pub fn is_kind(&self, at: usize, kind: Kind) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == kind)
    }

    /// "Jeder dritte", "un sur trois", "ein Viertel", "die Hälfte".
    fn share(&self, at: usize) -> Option<Read> {
        if Book::lists(self.book.table.every, self.folded(at)) {
            let value = self
                .book
                .ordinal(self.folded(at + 1))
                .filter(|value| *value > 1)?;
            return self.part(at, at + 2, Decimal::ONE, Decimal::from(value));
        }
        let first = numbers::at(self.book, self.tokens, at);
        let one = self.book.numbers.get(self.folded(at)).copied();
        let (value, end) = match (first, one) {
            (Some(number), _) => (number.value, number.end),
            (None, Some(one)) => (one, at + 1),
            (None, None) => return self.half(at),
        };
        if let Some((n, d)) = self.book.fractions.get(self.folded(end)) {
            return self.part(
                at,
                end + 1,
                value.checked_mul(Decimal::from(*n))?,
                Decimal::from(*d),
            );
        }
        // "Un Français sur trois": a word may stand between.
        for skipped in 0..=1 {
            let Some((length, _)) = self.book.starting(Use::InEach, self.tokens, end + skipped)
            else {
                continue;
            };
            // "Nach einer Pause von drei Wochen": a noun between says what lasts, not of how many.
            if skipped == 1 && matches!(self.book.code, "de" | "ru" | "uk") {
                continue;
            }
            let whole = numbers::at(self.book, self.tokens, end + skipped + length)?;
            let fits = value < whole.value
                && whole.value <= Decimal::from(20)
                && value <= Decimal::from(10)
                && (self.book.code != "de" || value == Decimal::ONE);
            let one_only = matches!(self.book.code, "it" | "ru" | "uk" | "nl");
            if fits && (!one_only || value == Decimal::ONE) {
                return self.part(at, whole.end, value, whole.value);
            }
        }
        None
    }

    /// "Die Hälfte", "половина", "le tiers": a share without a number before it.
    fn half(&self, at: usize) -> Option<Read> {
        let (n, d) = *self.book.fractions.get(self.folded(at))?;
        let alone = d == 2
            || matches!(self.book.code, "ru" | "uk" | "pl")
            || (self.book.code == "fr" && self.folded(at) == "tiers");
        if !alone {
            return None;
        }
        self.part(at, at + 1, Decimal::from(n), Decimal::from(d))
    }

    fn part(&self, at: usize, end: usize, one: Decimal, whole: Decimal) -> Option<Read> {
        let value = one.checked_div(whole)?;
        let mut figure = self.made(FigureKind::Fraction, at, end);
        figure.amount = Some(Amount {
            qualifier: self.qualifier(at),
            ..Amount::exactly(value)
        });
        Some((Some(figure), end))
    }

    /// The bound before a figure, with an article between them or not.
    fn qualifier(&self, at: usize) -> Option<Qualifier> {
        const ARTICLES: &str = "die der das den le la les l el los las il lo gli i o os as de het";
        let article = at > 0 && Book::lists(ARTICLES, self.folded(at - 1));
        self.book
            .bound(self.tokens, at)
            .or_else(|| {
                article
                    .then(|| self.book.bound(self.tokens, at - 1))
                    .flatten()
            })
            .map(|(_, qualifier)| qualifier)
    }

    /// A word that is a figure by itself: none, hundreds, doubled, the third.
    fn word(&self, at: usize) -> Option<Read> {
        let word = self
            .tokens
            .get(at)
            .filter(|token| token.kind == Kind::Word)?
            .folded
            .as_str();
        if let Some((length, _)) = self.book.starting(Use::None, self.tokens, at) {
            let mut figure = self.made(FigureKind::Count, at, at + length);
            figure.amount = Some(Amount::exactly(Decimal::ZERO));
            return Some((Some(figure), at + length));
        }
        if let Some((low, high)) = self.book.vague(word) {
            let mut figure = self.made(FigureKind::Vague, at, at + 1);
            figure.amount = Some(Amount {
                low: low.into(),
                high: high.into(),
                qualifier: None,
            });
            self.name_counted(&mut figure, at + 1);
            return Some((Some(figure), at + 1));
        }
        if numbers::at(self.book, self.tokens, at).is_some() {
            return None;
        }
        if let Some(value) = self.book.multiple(word) {
            let mut figure = self.made(FigureKind::Multiple, at, at + 1);
            figure.amount = Some(Amount::exactly(value));
            figure.unit = Some(Unit("times".to_owned()));
            return Some((Some(figure), at + 1));
        }
        let value = self
            .book
            .ordinal(word)
            .filter(|_| self.is_kind(at + 1, Kind::Word))?;
        let mut figure = self.made(FigureKind::Ordinal, at, at + 1);
        figure.amount = Some(Amount::exactly(value.into()));
        Some((Some(figure), at + 1))
    }

    /// A count, a measure, money, a percentage, a range, a score.
    fn quantity(&self, at: usize) -> Option<Read> {
        let number = numbers::at(self.book, self.tokens, at)?;
        if let Some(read) = self.score(at, number) {
            return Some(read);
        }
        let (low, high, end) = self.range(at, number);
        let mut figure = self.made(FigureKind::Count, at, end);
        let mut last = end;
        if let Some((length, code)) = self.coin_before(at) {
            figure = self.made(FigureKind::Money, at - length, end);
            figure.unit = Some(Unit(code));
        } else if let Some((next, kind, unit)) = self.unit(end) {
            figure = self.made(kind, at, next);
            figure.unit = Some(Unit(unit));
            last = next;
            if kind == FigureKind::Duration
                && figure.unit.as_ref().is_some_and(|unit| unit.0 == "year")
                && self.is_age(at, number, next)
            {
                figure.kind = FigureKind::Age;
            }
        } else {
            self.name_counted(&mut figure, end);
        }
        let mut extra = Decimal::ZERO;
        if low == high
            && let Some((length, _)) = self.book.starting(Use::Half, self.tokens, last)
        {
            // "Deux heures et demie": the half follows the unit.
            extra = Decimal::new(5, 1);
            last += length;
            let end = self.tokens[last - 1].end;
            figure.span.end = u32::try_from(end).unwrap_or(u32::MAX);
        }
        let (low, high) = (low + extra, high + extra);
        let qualified = at - self.coin_before(at).map_or(0, |(length, _)| length);
        figure.amount = Some(Amount {
            low: low.min(high).normalize(),
            high: low.max(high).normalize(),
            qualifier: self.qualifier(qualified),
        });
        Some((Some(figure), last))
    }

    /// "2:1", "3-2" between or after names.
    fn score(&self, at: usize, number: Number) -> Option<Read> {
        let sign = self.tokens.get(number.end)?.text;
        let other =
            numbers::at(self.book, self.tokens, number.end + 1).filter(|other| other.digits)?;
        let goals = |value: Decimal| value < Decimal::from(30) && value.fract().is_zero();
        let fits = number.digits
            && goals(number.value)
            && goals(other.value)
            && !self.tokens[number.end].spaced
            && !self.tokens[number.end + 1].spaced
            && self.tokens[at].text.len() <= 2;
        let counted = self.tokens.get(other.end).is_some_and(|next| {
            next.text == "%"
                || (next.kind == Kind::Word && next.text.starts_with(char::is_lowercase))
        });
        let is_score =
            sign == ":" || (matches!(sign, "-" | "–") && (!counted || number.value > other.value));
        (fits && is_score).then(|| {
            let mut figure = self.made(FigureKind::Score, at, other.end);
            figure.tally = Some((number.value, other.value));
            (Some(figure), other.end)
        })
    }

    /// Both ends of a range, or the number twice, and the token after it.
    fn range(&self, at: usize, number: Number) -> (Decimal, Decimal, usize) {
        // "С 20 до 35" is a change; "от 20 до 35", "von 20 bis 35" are ranges.
        const FROM: &str = "de da dal dalla с з z du dalle des";
        let plain = (number.value, number.value, number.end);
        let before = |list: &'static str| at > 0 && Book::lists(list, self.folded(at - 1));
        let between = before(self.book.table.between)
            || (at > 1 && Book::lists(self.book.table.between, self.folded(at - 2)));
        let joint = |end: usize| {
            (between && Book::lists(self.book.table.and, self.folded(end)))
                || (Book::lists(self.book.table.to, self.folded(end)) && !before(FROM))
                || matches!(self.folded(end), "-" | "–" | "—")
        };
        // "Entre el 10 y el 15 por ciento", "zwischen 10 Euro und 15 Euro".
        let ends = [Some(number.end), self.unit(number.end).map(|(end, ..)| end)];
        for end in ends.into_iter().flatten() {
            if !joint(end) {
                continue;
            }
            let article = usize::from(matches!(
                self.folded(end + 1),
                "el" | "le" | "il" | "o" | "a"
            ));
            let Some(other) = numbers::at(self.book, self.tokens, end + 1 + article) else {
                continue;
            };
            if self
                .date(end + 1 + article)
                .is_some_and(|_| self.is_kind(end + 1 + article, Kind::Digits))
                || other.value <= number.value && !other.magnitude
            {
                continue;
            }
            // "2 bis 3 Millionen": the magnitude belongs to both.
            let low = if other.magnitude && !number.magnitude && number.digits {
                self.scaled(number.value, end + 1 + article, other)
            } else {
                number.value
            };
            return (low, other.value, other.end);
        }
        plain
    }

    fn scaled(&self, value: Decimal, at: usize, other: Number) -> Decimal {
        let bare = Number { ..other };
        let factor = (at..bare.end)
            .filter_map(|k| self.book.magnitudes.get(self.folded(k)))
            .try_fold(Decimal::ONE, |all, factor| all.checked_mul(*factor));
        factor
            .and_then(|factor| value.checked_mul(factor))
            .unwrap_or(value)
    }

    /// The unit, currency or percent sign at a token.
    pub fn unit(&self, at: usize) -> Option<(usize, FigureKind, String)> {
        let mut start = at;
        // "1,4 million d'euros", "51-jährig".
        if Book::lists(self.book.table.of, self.folded(start))
            || matches!(self.folded(start), "-" | "'" | "’")
        {
            start += 1;
            start += usize::from(matches!(self.folded(start), "'" | "’"));
        }
        if let Some((length, code)) = self.book.starting(Use::Money, self.tokens, start) {
            return Some((start + length, FigureKind::Money, code.to_owned()));
        }
        let (length, unit) = self.book.starting(Use::Unit, self.tokens, start)?;
        // A letter that is no unit after all: "5 m" is, "5 G" and "l'" are not.
        let short =
            self.tokens[start].text.chars().count() == 1 && self.tokens[start].kind == Kind::Word;
        if short
            && (start != at
                || !self.tokens[start].text.starts_with(char::is_lowercase)
                || self.is(start + 1, "'"))
        {
            return None;
        }
        let kind = match unit {
            "percent" | "percentage_point" => FigureKind::Percent,
            "second" | "minute" | "hour" | "day" | "week" | "month" | "year" | "decade"
            | "century" => FigureKind::Duration,
            "age" => return Some((start + length, FigureKind::Age, "year".to_owned())),
            _ => FigureKind::Measure,
        };
        Some((start + length, kind, unit.to_owned()))
    }

    /// "€ 20", "R$ 2.500": money before its number.
    fn coin_before(&self, at: usize) -> Option<(usize, String)> {
        let sign = self.tokens.get(at.checked_sub(1)?)?;
        let lettered =
            at > 1 && !sign.spaced && self.tokens[at - 2].kind == Kind::Word && sign.text == "$";
        let written = if lettered {
            format!("{}$", self.folded(at - 2))
        } else {
            sign.folded.clone()
        };
        if sign.kind == Kind::Word && !sign.text.chars().all(char::is_uppercase) {
            return None;
        }
        let code = super::tables::COINS
            .split_ascii_whitespace()
            .filter_map(|entry| entry.split_once('='))
            .find(|(coin, _)| *coin == written)?
            .1;
        Some((1 + usize::from(lettered), code.to_owned()))
    }

    /// "Un homme de 51 ans", "51 Jahre alt".
    fn is_age(&self, at: usize, number: Number, next: usize) -> bool {
        let likely = number.value >= Decimal::TWO && number.value < Decimal::from(115);
        let led = self
            .book
            .ending(Use::Aged, self.tokens, at)
            .is_some_and(|(length, _)| at > length && self.is_kind(at - length - 1, Kind::Word));
        likely && (matches!(self.folded(next), "alt" | "alte" | "alter" | "oud") || led)
    }

    fn name_counted(&self, figure: &mut Figure, at: usize) {
        let language = crate::text::Language::new(self.book.code);
        let noun = (at..at + 2)
            .filter_map(|k| self.tokens.get(k))
            .take_while(|token| token.kind == Kind::Word)
            .find(|token| !crate::text::similarity::is_stop_word(&token.folded, &language))
            .map(|token| token.text.to_lowercase());
        figure.counted.clone_from(&noun);
        figure.noun = noun;
    }

    pub fn made(&self, kind: FigureKind, first: usize, end: usize) -> Figure {
        let start = self.tokens.get(first).map_or(0, |token| token.start);
        let last = self
            .tokens
            .get(end.saturating_sub(1))
            .map_or(start, |token| token.end);
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Figure {
            amount: None,
            tally: None,
            kind,
            unit: None,
            noun: None,
            counted: None,
            role: None,
            said_by: None,
            span: Span {
                place: self.place,
                start: clamp(start),
                end: clamp(last),
            },
        }
    }
}
