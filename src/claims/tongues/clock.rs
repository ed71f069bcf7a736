//! Dates, hours and years: numbers that count nothing.

use super::book::{Book, Use};
use super::grammar::{Read, Reader};
use super::token::Kind;
use crate::claims::FigureKind;

impl Reader<'_> {
    /// A date, an hour or a year.
    pub fn point_in_time(&self, at: usize) -> Option<Read> {
        let token = self
            .tokens
            .get(at)
            .filter(|token| token.kind == Kind::Digits)?;
        if let Some(end) = self.date(at) {
            return Some((Some(self.made(FigureKind::Date, at, end)), end));
        }
        if let Some(end) = self.hour(at) {
            return Some((Some(self.made(FigureKind::Time, at, end)), end));
        }
        let year = token.text.len() == 4
            && token.text.bytes().all(|byte| byte.is_ascii_digit())
            && token
                .text
                .parse::<u32>()
                .is_ok_and(|year| (1500..2100).contains(&year));
        let measured = self.unit(at + 1).is_some() && !self.is_year_word(at + 1);
        let led = self.book.ending(Use::Year, self.tokens, at).is_some()
            || self.is_year_word(at + 1)
            || at
                .checked_sub(1)
                .is_some_and(|before| self.is_month(before));
        let alone = !self.is_kind(at + 1, Kind::Word) || self.is(at.wrapping_sub(1), "(");
        (year && !measured && (led || alone))
            .then(|| (Some(self.made(FigureKind::Year, at, at + 1)), at + 1))
    }

    fn is_year_word(&self, at: usize) -> bool {
        matches!(
            self.folded(at),
            "году"
                | "года"
                | "год"
                | "году."
                | "г"
                | "році"
                | "року"
                | "рік"
                | "roku"
                | "r"
        )
    }

    /// "3. November 2026", "30 juin", "15 de junio", "12.03.2026".
    pub fn date(&self, at: usize) -> Option<usize> {
        let text = self.tokens[at].text;
        if text.split('.').count() == 3
            && text.len() >= 6
            && text.split('.').all(|part| part.len() <= 4)
            && text.split('.').next_back()?.len() != 3
        {
            return Some(at + 1);
        }
        text.parse::<u32>()
            .ok()
            .filter(|day| (1..=31).contains(day))?;
        let mut end = at + 1;
        end += usize::from(self.is(end, "."));
        end += usize::from(Book::lists(self.book.table.of, self.folded(end)));
        if !self.is_month(end) {
            return None;
        }
        end += 1;
        let year = |at: usize| {
            self.tokens
                .get(at)
                .is_some_and(|token| token.kind == Kind::Digits && token.text.len() == 4)
        };
        if year(end) {
            end += 1;
        } else if Book::lists(self.book.table.of, self.folded(end)) && year(end + 1) {
            end += 2;
        }
        Some(end)
    }

    /// "14 Uhr", "14.30 Uhr", "10 h 20", "10h", "alle 3.14", "3:14".
    fn hour(&self, at: usize) -> Option<usize> {
        let text = self.tokens[at].text;
        let number = |text: &str, most: u32| {
            text.len() <= 2 && text.parse::<u32>().is_ok_and(|value| value <= most)
        };
        let led = self.book.ending(Use::At, self.tokens, at).is_some();
        let oclock = |at: usize| Book::lists(self.book.table.oclock, self.folded(at));
        let colon = number(text, 24)
            && self.is(at + 1, ":")
            && self
                .tokens
                .get(at + 2)
                .is_some_and(|minute| minute.text.len() == 2 && number(minute.text, 59));
        if colon {
            return Some(at + 3 + usize::from(oclock(at + 3)));
        }
        if let Some((hour, minute)) = text.split_once('.') {
            let clock = number(hour, 24) && minute.len() == 2 && number(minute, 59);
            return (clock && (led || oclock(at + 1)))
                .then(|| at + 1 + usize::from(oclock(at + 1)));
        }
        if !number(text, 24) {
            return None;
        }
        if oclock(at + 1) {
            let short = self.folded(at + 1) == "h";
            let minutes = short
                && self
                    .tokens
                    .get(at + 2)
                    .is_some_and(|minute| minute.text.len() == 2 && number(minute.text, 59));
            let german = matches!(self.book.code, "de");
            let dutch = self.book.code == "nl" && led;
            return (minutes
                || german
                || dutch
                || (led && self.book.code != "nl")
                || (short && !self.tokens[at + 1].spaced))
                .then(|| at + 2 + usize::from(minutes));
        }
        let bare = led
            && matches!(self.book.code, "es" | "it" | "pt")
            && self.unit(at + 1).is_none()
            && !self.is(at + 1, "%");
        bare.then_some(at + 1)
    }
}
