//! The words that make English numbers.

use crate::claims::lang::NumberWord::{
    self, Dozen, Hundred, Part, Scale, ScaleOrdinal, Small, SmallOrdinal, Ten, TenOrdinal,
};
use crate::claims::lang::Table;

/// Every number word with what it contributes.
pub(super) fn words() -> Table<NumberWord> {
    let mut words = Table::default();
    let lists = [
        (SMALL, Small as fn(u8) -> NumberWord),
        (TENS, Ten),
        (SMALL_ORDINALS, SmallOrdinal),
        (TEN_ORDINALS, TenOrdinal),
        (SCALES, Scale),
        (SCALE_ORDINALS, ScaleOrdinal),
        (PARTS, Part),
    ];
    for (list, make) in lists {
        for (value, spellings) in list {
            for spelling in spellings.split(' ') {
                words.insert(spelling, make(*value));
            }
        }
    }
    words.insert("hundred", Hundred);
    words.insert("hundreds", Hundred);
    for dozen in ["dozen", "dozens", "doz"] {
        words.insert(dozen, Dozen);
    }
    for (value, spelling) in FOLDS {
        words.insert(spelling, Small(*value));
    }
    words
}

/// Multiples in one word.
const FOLDS: &[(u8, &str)] = &[
    (2, "twofold"),
    (3, "threefold"),
    (4, "fourfold"),
    (5, "fivefold"),
    (6, "sixfold"),
    (7, "sevenfold"),
    (8, "eightfold"),
    (9, "ninefold"),
    (10, "tenfold"),
    (12, "twelvefold"),
    (20, "twentyfold"),
    (100, "hundredfold"),
];

const SMALL: &[(u8, &str)] = &[
    (0, "zero nought naught"),
    (1, "one"),
    (2, "two"),
    (3, "three"),
    (4, "four"),
    (5, "five"),
    (6, "six"),
    (7, "seven"),
    (8, "eight"),
    (9, "nine"),
    (10, "ten"),
    (11, "eleven"),
    (12, "twelve"),
    (13, "thirteen"),
    (14, "fourteen"),
    (15, "fifteen"),
    (16, "sixteen"),
    (17, "seventeen"),
    (18, "eighteen"),
    (19, "nineteen"),
];

const TENS: &[(u8, &str)] = &[
    (20, "twenty"),
    (30, "thirty"),
    (40, "forty fourty"),
    (50, "fifty"),
    (60, "sixty"),
    (70, "seventy"),
    (80, "eighty"),
    (90, "ninety ninty"),
];

const SMALL_ORDINALS: &[(u8, &str)] = &[
    (1, "first"),
    (2, "second"),
    (3, "third thirds"),
    (4, "fourth fourths"),
    (5, "fifth fifths"),
    (6, "sixth sixths"),
    (7, "seventh sevenths"),
    (8, "eighth eighths"),
    (9, "ninth ninths nineth"),
    (10, "tenth tenths"),
    (11, "eleventh elevenths"),
    (12, "twelfth twelfths twelveth"),
    (13, "thirteenth thirteenths"),
    (14, "fourteenth fourteenths"),
    (15, "fifteenth fifteenths"),
    (16, "sixteenth sixteenths"),
    (17, "seventeenth seventeenths"),
    (18, "eighteenth eighteenths"),
    (19, "nineteenth nineteenths"),
    // Only in "twenty-firsts" and the like; "seconds" alone is a time.
    (1, "firsts"),
];

const TEN_ORDINALS: &[(u8, &str)] = &[
    (20, "twentieth twentieths"),
    (30, "thirtieth thirtieths"),
    (40, "fortieth fortieths"),
    (50, "fiftieth fiftieths"),
    (60, "sixtieth sixtieths"),
    (70, "seventieth seventieths"),
    (80, "eightieth eightieths"),
    (90, "ninetieth ninetieths"),
];

const SCALES: &[(u8, &str)] = &[
    (3, "thousand thousands k"),
    (5, "lakh lakhs lac lacs lkh lkhs lakhn"),
    (6, "million millions mn mln mio mil"),
    (7, "crore crores cr crs koti kr"),
    (9, "billion billions bn bln milliard milliards"),
    (12, "trillion trillions tn trn tln"),
    (15, "quadrillion quadrillions"),
    (18, "quintillion quintillions"),
];

const SCALE_ORDINALS: &[(u8, &str)] = &[
    (2, "hundredth hundredths"),
    (3, "thousandth thousandths"),
    (6, "millionth millionths"),
    (9, "billionth billionths"),
    (12, "trillionth trillionths"),
];

const PARTS: &[(u8, &str)] = &[(2, "half halves"), (4, "quarter quarters")];
