//! What a word can signal to the reader of figures; a word may signal several things at once.

use std::ops::BitOr;

/// How many words of bits a set has: room for 320 signals.
const WORDS: usize = 5;

/// A set of signals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Cues([u64; WORDS]);

impl Cues {
    const fn of(bit: usize) -> Self {
        let mut words = [0; WORDS];
        words[bit / 64] = 1 << (bit % 64);
        Self(words)
    }

    /// Whether any of `others` is among these.
    #[inline]
    pub fn any(self, others: Self) -> bool {
        let mut shared = 0;
        for (own, other) in self.0.iter().zip(others.0) {
            shared |= own & other;
        }
        shared != 0
    }
}

impl BitOr for Cues {
    type Output = Self;

    #[inline]
    fn bitor(self, other: Self) -> Self {
        let mut words = self.0;
        for (word, more) in words.iter_mut().zip(other.0) {
            *word |= more;
        }
        Self(words)
    }
}

macro_rules! cues {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        /// The signals by name.
        pub(crate) mod cue {
            use super::Cues;
            $($(#[$doc])* pub const $name: Cues = Cues::of($bit);)*
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
    /// "old" and "olds" after a unit of time.
    OLD = 64;
    /// The units of maturities and ages.
    YEAR_OR_MONTH = 65;
    /// Plural units that ages are given in.
    AGE_UNIT = 66;
    /// The word for age itself.
    AGES = 67;
    /// What may follow a person's age without a comma: "was 13 when".
    AFTER_AGE = 68;
    /// Adverbs between "was" and an age.
    JUST = 69;
    /// Verbs of dying: "dies at 84".
    DIE = 70;
    /// Pronouns that stand for one person.
    SOMEBODY = 71;
    /// Bounds that make an age group: under 18, over-65s.
    THRESHOLD = 72;
    /// Pronouns that an age group narrows: those under 18.
    ANYONE = 73;
    /// Plurals of people whose ages are told together: two boys, 12 and 14.
    SIBLINGS = 74;
    /// What may follow an age in apposition without a second comma.
    AFTER_APPOSITION = 75;
    /// What a figure is held against: twice the usual 40.
    STANDARD = 76;
    /// Words right before the figure that another is compared with.
    COMPARING = 77;
    /// Prepositions before a level: closed at, above, near.
    LEVEL_PREPOSITION = 78;
    /// Names of the second, spelled or short.
    SECONDS = 79;
    /// Words for others of the same kind.
    MORE_OTHERS = 80;
    /// Nouns that stand for what they count: the number of refugees.
    COUNTING = 81;
    /// Verbs that state a level: the toll stands at.
    STANDS = 82;
    /// Endings of ordinals in digits.
    ORDINAL_ENDING = 83;
    /// Owners and bounds before a decade of life: in her 40s.
    DECADE_OWNER = 84;
    /// What stands before a decade of the calendar: the 60s.
    DECADE_OPENER = 85;
    /// Scales of temperature.
    DEGREE_SCALE = 86;
    /// Words for a half and a quarter.
    PART = 87;
    /// Words that make "a third" an ordinal: a third straight fall.
    REPEATED = 88;
    /// What makes "zero" part of a name: net zero.
    ZERO_NAME = 89;
    /// What follows "one" as a pronoun: one who, one thing, one day.
    AFTER_PRONOUN = 90;
    /// Second halves of words with "one": one-off, one-way.
    AFTER_COMPOUND = 91;
    /// What may follow "one" as a number although it ends a phrase.
    AFTER_COUNT = 92;
    /// Adjectives before "one" as a pronoun: a good one.
    BEFORE_PRONOUN = 93;
    /// What makes a half or quarter a period: the first half, last quarter.
    BEFORE_PERIOD = 94;
    /// The same before a hyphen: second-quarter.
    PERIOD_ORDINAL = 95;
    /// What follows "the half" as a share: the half of, the half who.
    AFTER_SHARE = 96;
    /// Nouns that make one word with a part: half brother, quarter final.
    HALF_NOUN = 97;
    /// What stands before a minus that is set apart: was - 20 degrees.
    BEFORE_MINUS = 98;
    /// The indefinite article.
    A_AN = 99;
    /// Scale words and letters after a sum.
    ANY_SCALE = 100;
    /// Scale words that never touch their digits.
    LONG_SCALE = 101;
    /// Subunits after a sum: 3 dollars 50 cents.
    SUBUNIT = 102;
    /// Words that open the denominator of a rate.
    EACH = 103;
    /// Periods of time that are points in time before "ago".
    PERIOD = 104;
    /// Words that make a period a point in time: a year ago.
    EARLIER = 105;
    /// First parts of words with a hyphen that leave the number a number: sub-30, mid-20.
    NUMBER_PREFIX = 106;
    /// The plural of the metre.
    METRES = 107;
    /// Securities that a maturity names: the 10-year yield.
    SECURITY = 108;
    /// Second names of airliners: 737 Max.
    JET = 109;
    /// Adjectives of distance from a goal: three short of.
    REMAINDER = 110;
    /// Words between a count and its noun: 12 more people.
    NOUN_OPENER = 111;
    /// Singular nouns that numbers turn into modifiers: a 12 page document.
    MODIFYING = 112;
    /// Short forms of labels before a full stop: No. 5, vol. 3.
    LABEL_SHORT = 113;
    /// Auxiliaries in the singular.
    SINGULAR_VERB = 114;
    /// Kinds of streets.
    STREET = 115;
    /// Labels that end in s in the singular.
    SINGULAR_LABEL = 116;
    /// Labels that number things even in lower case: page 4, phase 2.
    SAFE_LABEL = 117;
    /// Labels that also come before counts: the last day 12 people.
    LOOSE_LABEL = 118;
    /// Degrees in coordinates.
    DEGREES = 119;
    /// The four directions.
    COMPASS = 120;
    /// Latitude and longitude.
    COORDINATE = 121;
    /// Points, of an index, a rate or a game.
    POINTS = 122;
    /// Nouns of shares: a percentage of 58.3.
    PERCENT_NOUN = 123;
    /// Multiples before "as much as".
    DOUBLE = 124;
    /// What follows "m" as metre: 9m above, the 100m final.
    AFTER_METRE = 125;
    /// Verbs of reaching a level: to close at.
    SETTLE = 126;
    /// Verbs whose "to" leads to a place: moved to 14 shelters.
    CARRY = 127;
    /// Verbs whose particle tells a change: went up 3%.
    WENT = 128;
    /// Prepositions that tell a level after a verb of change: fell below 5%.
    LEVEL_BOUND = 129;
    /// Verbs of change whose object is not the size of the change: cut 12 jobs, raised 3 million dollars.
    CHANGES_OBJECT = 130;
    /// Verbs that take the size of a change as their object where it has a unit.
    GAINS = 131;
    /// What follows "than" where a goal is meant: more than needed.
    TARGET = 132;
    /// What both sides of a tally count.
    VOTES_OR_GOALS = 133;
    /// Votes.
    VOTES = 134;
    /// Verbs right before a tally: voted 9 to 6.
    WON_BY = 135;
    /// Labels before a range of numbers: pages 3-2.
    PLURAL_LABEL = 136;
    /// Words for nothing in scores.
    NIL = 137;
    /// am and pm.
    MERIDIEM = 138;
    /// Words before a race time: finished in 41:12.
    RUN_IN = 139;
    /// Vague scales that may follow an article.
    SCALE_PLURAL = 140;
    /// Prepositions before a far year: by 2150.
    DEADLINE = 141;
    /// Words that blur a count and so exclude a year: about 2000.
    BLURS = 142;
    /// What makes "one" a pronoun after it: one another.
    ONE_TAIL = 143;
    /// Words for a negative sign.
    MINUS = 144;
    /// "a".
    A = 145;
    /// "against".
    AGAINST_WORD = 146;
    /// "age".
    AGE = 147;
    /// "and".
    AND = 148;
    /// "another".
    ANOTHER = 149;
    /// "as".
    AS = 150;
    /// "at".
    AT = 151;
    /// "average".
    AVERAGE = 152;
    /// "bar".
    BAR = 153;
    /// "between".
    BETWEEN = 154;
    /// "but".
    BUT = 155;
    /// "capita".
    CAPITA = 156;
    /// "clock".
    CLOCK_WORD = 157;
    /// "d".
    D = 158;
    /// "dead".
    DEAD = 159;
    /// "down".
    DOWN = 160;
    /// "e".
    E = 161;
    /// "each".
    EACH_WORD = 162;
    /// "eleven".
    ELEVEN = 163;
    /// "every".
    EVERY = 164;
    /// "few".
    FEW = 165;
    /// "for".
    FOR = 166;
    /// "formula".
    FORMULA = 167;
    /// "fortnight".
    FORTNIGHT = 168;
    /// "from".
    FROM = 169;
    /// "further".
    FURTHER_WORD = 170;
    /// "h".
    H = 171;
    /// "half".
    HALF = 172;
    /// "hand".
    HAND = 173;
    /// "hours".
    HOURS = 174;
    /// "hrs".
    HRS = 175;
    /// "in".
    IN = 176;
    /// "index".
    INDEX_WORD = 177;
    /// "lac".
    LAC = 178;
    /// "local".
    LOCAL = 179;
    /// "m".
    M = 180;
    /// "magnitude".
    MAGNITUDE = 181;
    /// "more".
    MORE = 182;
    /// "no".
    NO = 183;
    /// "none".
    NONE = 184;
    /// "o".
    O = 185;
    /// "odd".
    ODD = 186;
    /// "of".
    OF = 187;
    /// "off".
    OFF = 188;
    /// "on".
    ON = 189;
    /// "once".
    ONCE = 190;
    /// "one".
    ONE = 191;
    /// "only".
    ONLY = 192;
    /// "or".
    OR = 193;
    /// "others".
    OTHERS = 194;
    /// "out".
    OUT = 195;
    /// "over".
    OVER = 196;
    /// "p".
    P = 197;
    /// "past".
    PAST = 198;
    /// "people".
    PEOPLE = 199;
    /// "per".
    PER = 200;
    /// "plus".
    PLUS = 201;
    /// "point".
    POINT = 202;
    /// "s".
    S = 203;
    /// "scores".
    SCORES = 204;
    /// "seats".
    SEATS = 205;
    /// "second".
    SECOND = 206;
    /// "several".
    SEVERAL_WORD = 207;
    /// "sterling".
    STERLING = 208;
    /// "strong".
    STRONG = 209;
    /// "tens".
    TENS = 210;
    /// "than".
    THAN = 211;
    /// "the".
    THE = 212;
    /// "them".
    THEM = 213;
    /// "through".
    THROUGH = 214;
    /// "time".
    TIME = 215;
    /// "times".
    TIMES = 216;
    /// "to".
    TO = 217;
    /// "under".
    UNDER = 218;
    /// "until".
    UNTIL = 219;
    /// "up".
    UP = 220;
    /// "us".
    US = 221;
    /// "when".
    WHEN = 222;
    /// "with".
    WITH = 223;
    /// "x".
    X = 224;
    /// "y".
    Y = 225;
    /// "year".
    YEAR_WORD = 226;
    /// "yo".
    YO = 227;
    /// "zero".
    ZERO_ITSELF = 228;
    /// "compared".
    COMPARED_WORD = 229;
    /// The form of a past participle: ends in -ed.
    PARTICIPLE = 230;
    /// The form of a present participle: ends in -ing.
    GERUND = 231;
    /// The form of an adverb of manner: ends in -ly.
    MANNER = 232;
    /// The form of a superlative: ends in -est.
    SUPERLATIVE = 233;
    /// The form of a multiple in one word: ends in -fold.
    FOLD = 234;
    /// The form of a plural: ends in s, and not as singular nouns do.
    PLURAL_FORM = 235;
    /// The form of a plural that names people by what they do or are: ends in -ers, -ists, -men.
    PEOPLE_FORM = 236;
    /// Words that announce ages.
    AGED = 237;
    /// Verbs of reaching an age.
    TURNS = 238;
    /// Whose decade of life it is: in her 40s.
    LIFE_OWNER = 239;
    /// "about".
    ABOUT = 240;
    /// "least".
    LEAST = 241;
    /// The stone, as a unit of weight.
    STONE = 242;
    /// Names of units that are common words: bar, cup.
    HOMONYM_UNIT = 243;
    /// Short names of units that are also initials.
    SHORT_UNIT = 244;
    /// The pound, sterling or weight.
    POUND = 245;
    /// Names of currencies that are common words and come in thousands.
    WHOLE_CURRENCY = 246;
    /// First words of names of currencies that are none by themselves.
    NO_CURRENCY = 247;
    /// Names of currencies that are often something else.
    RARE_CURRENCY = 248;
    /// Names of currencies that stand before the sum.
    NAMED_FIRST = 249;
    /// What follows the size of a difference: 3 points lower.
    DIFFERENCE = 250;
    /// Prepositions that a round number follows more often than a year.
    ROUND = 251;
    /// Determiners that make "one" a pronoun: the one, no one.
    BEFORE_ONE = 252;
    /// Words that tell whose crowns "kroner" are.
    NORWEGIAN = 253;
    /// "both", "all".
    BOTH = 256;
    /// Parts of the day.
    DAY_PART = 257;
    /// Words of weight.
    WEIGHT = 258;
    /// Words of polls and votes, before two shares of them.
    BALLOT = 254;
    /// Words that make "8 to 1" a ratio.
    ODDS = 255;
}
