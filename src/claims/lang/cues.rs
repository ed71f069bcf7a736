//! What a word can signal to the reader of figures; a word may signal several things at once.

use std::ops::BitOr;

/// A set of signals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Cues(pub u64);

impl Cues {
    /// Whether any of `others` is among these.
    pub fn any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }
}

impl BitOr for Cues {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

macro_rules! cues {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        /// The signals by name.
        pub(crate) mod cue {
            use super::Cues;
            $($(#[$doc])* pub const $name: Cues = Cues(1 << $bit);)*
        }
    };
}

cues! {
    /// Part of a number in words.
    NUMBER = 0;
    /// A month.
    MONTH = 1;
    /// A month's short form that is also a common word ("may", "march").
    MONTH_WORD = 2;
    /// A day of the week.
    WEEKDAY = 3;
    /// The first word of a unit's name.
    UNIT = 4;
    /// The first word of a currency's name.
    CURRENCY = 5;
    /// the, a, an.
    ARTICLE = 6;
    /// my, its, their, this, those, each: words that open a noun phrase.
    DETERMINER = 7;
    /// of, in, to, from, with ...
    PREPOSITION = 8;
    /// and, or, but, that, who, when ...
    CONJUNCTION = 9;
    /// it, they, them, whom ...
    PRONOUN = 10;
    /// is, were, has, will, did ...
    AUXILIARY = 11;
    /// Other verbs that end a noun phrase.
    VERB = 12;
    /// Adverbs that end a noun phrase.
    ADVERB = 13;
    /// rose, fell, cut, up, down: what a size or level of change follows.
    CHANGE = 14;
    /// ranging, ranges.
    RANGING = 15;
    /// Nouns that carry a number as their name: Resolution 1701, Room 204.
    LABEL = 16;
    /// The same only where they are written with a capital: Base 51, Force 10.
    TITLE_LABEL = 17;
    /// Makers and series whose number is part of a name: Boeing 777.
    MAKER = 18;
    /// Indices: FTSE, Nikkei, index.
    INDEX = 19;
    /// Verbs and nouns of matches and votes.
    CONTEST = 20;
    /// turnout, vote, poll, margin: here points are percentage points.
    POLL = 21;
    /// Time zones.
    ZONE = 22;
    /// Denominators of rates: barrel, hour, head.
    RATE = 23;
    /// Plurals without s: people, children, men.
    PLURAL = 24;
    /// Nouns of events and people of which "no" makes zero.
    ZERO = 25;
    /// killed, injured, missing: words that stand for people in place of a noun.
    TOLL = 26;
    /// After a unit: long, deep, high, old.
    EXTENT = 27;
    /// in, since, until, before: what a year follows.
    YEAR = 28;
    /// Nouns a year may name: election, season, budget, cup.
    EVENT = 29;
    /// more, less, higher, lower: after a figure they make it a difference.
    COMPARED = 30;
    /// than, against, double, versus: what follows is measured like what went before.
    AGAINST = 31;
    /// another, further, additional.
    FURTHER = 32;
    /// People: mayor, woman, boy; they have ages.
    PERSON = 33;
    /// by.
    BY = 34;
    /// several, a few.
    SEVERAL = 35;
    /// be-verbs.
    BE = 36;
    /// Words that make a number a measure of distance to what follows "of".
    SEASON = 37;
    /// The noun that names the figure before its verb: toll, figure, number, total.
    TALLY = 38;
    /// Verbs whose object is counted when no noun follows: killed, injured, arrested.
    HARM = 39;
    /// Before a Roman number or another number it makes a name: War, Pope, Formula.
    NAMED = 40;
    /// early, late, mid: before a year or decade.
    EARLY = 41;
    /// Singular nouns that end in s.
    SINGULAR_S = 42;
    /// Adjectives between a number and its noun that end in s or look like other things.
    ADJECTIVE = 43;
    /// Mass nouns: water, snow, rain, cocaine.
    MASS = 44;
    /// Clock words: at, by, until, around.
    CLOCK = 45;
    /// Words for exchange of currencies and prices: worth, cost, price.
    PRICE = 46;
    /// no, none: zero before the right noun.
    ZERO_WORD = 47;
    /// dozens, scores, hundreds, several: counts without a number.
    VAGUE = 48;
    /// Spellings of Roman numbers.
    ROMAN = 49;
    /// Nouns that name a rate or level that has a percentage: rate, yield, inflation.
    LEVEL = 50;
    /// Determiners that open another noun phrase: its, this, every, last.
    OPENS = 51;
    /// Verbs in their base form that are nouns as well: vote, report, strike.
    NOUN_TOO = 52;
    /// Plurals that modify another noun: sports, arms, women.
    MODIFIER = 53;
    /// Words before "over" and a time that make it a bound: for over ten years.
    LASTS = 55;
    /// Words of cricket.
    CRICKET = 56;
    /// Words for the years somebody lives: life expectancy, lifespan.
    LIFETIME = 58;
    /// Adjectives that a share or measure grades: "94% effective".
    GRADED = 59;
    /// What becomes of people: survived, escaped, died.
    FATE = 60;
    /// Nouns of change: a rise, a cut.
    CHANGE_NOUN = 61;
    /// Words of races against the clock.
    RACE = 63;
    /// north, offshore, away: a way is told from here.
    DIRECTION = 62;
    /// Words of turning and leaning: here degrees are no temperature.
    ANGLE = 57;
    /// What is counted in millions: population, audience, users.
    CROWD = 54;
}
