//! English words by the part they play in the grammar of figures: what stands before, between and after numbers.

use crate::claims::lang::{Cues, cue};

/// Words by what they signal.
pub(super) const LISTS: &[(Cues, &str)] = &[
    (cue::OLD, "old olds"),
    (cue::YEAR_OR_MONTH, "year month"),
    (cue::AGE_UNIT, "months weeks days years"),
    (cue::AGES, "age ages"),
    (cue::AFTER_AGE, "when and in at on after of from"),
    (cue::JUST, "just only now still already"),
    (cue::DIE, "die dies died dead"),
    (cue::SOMEBODY, "he she who i"),
    (cue::THRESHOLD, "under over below above"),
    (cue::ANYONE, "anyone those everyone"),
    (
        cue::SIBLINGS,
        "boys girls men women sisters brothers children sons daughters twins teenagers students siblings",
    ),
    (cue::AFTER_APPOSITION, "of from and who was is had has said"),
    (
        cue::STANDARD,
        "usual average previous normal record target of",
    ),
    (
        cue::COMPARING,
        "against versus vs double twice triple times than",
    ),
    (
        cue::LEVEL_PREPOSITION,
        "to at of above below from near past",
    ),
    (cue::SECONDS, "second seconds sec secs s"),
    (cue::MORE_OTHERS, "more others other"),
    (
        cue::COUNTING,
        "number numbers total count tally share amount level estimate estimates range",
    ),
    (cue::STANDS, "stood stands totalled totaled"),
    (cue::ORDINAL_ENDING, "st nd rd th"),
    (cue::DECADE_OWNER, "his her their my our your over under"),
    (cue::DECADE_OPENER, "the a early late mid"),
    (cue::DEGREE_SCALE, "fahrenheit celsius"),
    (cue::PART, "half quarter"),
    (cue::REPEATED, "straight consecutive successive such time"),
    (cue::ZERO_NAME, "net ground sub"),
    (
        cue::AFTER_PRONOUN,
        "day night morning evening afternoon summer winter weekend that who which such way must should would might \
         could where thing whose side reason man's step point another wonders size",
    ),
    (
        cue::AFTER_COMPOUND,
        "off way time sided stop size liner to on upmanship party man trick",
    ),
    (cue::AFTER_COUNT, "in more other over out less to"),
    (
        cue::BEFORE_PRONOUN,
        "only good bad big new old little loved number",
    ),
    (
        cue::BEFORE_PERIOD,
        "first second third fourth last final previous opening latter early this that next fiscal each every past \
         current same st nd rd th latest prior recent earlier",
    ),
    (cue::PERIOD_ORDINAL, "first second third fourth mid"),
    (cue::AFTER_SHARE, "of the who"),
    (
        cue::HALF_NOUN,
        "brother sister marathon century final finals mile back term finalist finalists measures year volley pipe \
         staff dollar moon way hearted",
    ),
    (
        cue::BEFORE_MINUS,
        "to at of convert was is below and from around about near reached hit",
    ),
    (cue::A_AN, "a an"),
    (cue::ANY_SCALE, "m bn b k tn million billion"),
    (cue::LONG_SCALE, "million billion trillion"),
    (
        cue::SUBUNIT,
        "cents cent pence p c sen paise rappen kopecks fils",
    ),
    (cue::EACH, "a an each every"),
    (
        cue::PERIOD,
        "year month week day decade quarter hour fortnight season night minute second",
    ),
    (
        cue::EARLIER,
        "earlier ago later before after prior previously hence",
    ),
    (
        cue::NUMBER_PREFIX,
        "sub magnitude over under to pre post plus minus u o and or a m",
    ),
    (cue::METRES, "metres meters"),
    (
        cue::SECURITY,
        "yield yields treasury treasuries bond bonds gilt gilts note notes bund bunds bill bills",
    ),
    (cue::JET, "max dreamliner jumbo ng freighter"),
    (cue::REMAINDER, "short shy clear ahead"),
    (cue::NOUN_OPENER, "more other new such additional fewer"),
    (
        cue::MODIFYING,
        "cylinder bedroom story storey door seat judge member page speed man woman vehicle car room point game \
         match",
    ),
    (cue::LABEL_SHORT, "no nos nr vol fig art sec ch apt"),
    (cue::SINGULAR_VERB, "is was has does"),
    (
        cue::STREET,
        "street st road rd avenue ave lane drive dr way boulevard blvd place crescent terrace close row gardens \
         parade",
    ),
    (cue::SINGULAR_LABEL, "class series"),
    (
        cue::SAFE_LABEL,
        "resolution article articles flight route room proposition section sections chapter chapters page pages \
         paragraph clause phase stage level tier grade category number terminal pier gate runway platform highway \
         interstate ward precinct district sector zone block lane episode season volume version exit junction \
         reactor unit type class group round step option channel apartment day week line row game lap figure item \
         paragraphs schedule annex appendix heat turn hole act scene part",
    ),
    (
        cue::LOOSE_LABEL,
        "day week figure game turn round act season unit group part line",
    ),
    (cue::DEGREES, "degrees degree"),
    (cue::COMPASS, "north south east west"),
    (cue::COORDINATE, "latitude longitude"),
    (cue::POINTS, "point points pts"),
    (cue::PERCENT_NOUN, "percentage percent percents cent pct"),
    (cue::DOUBLE, "times twice half"),
    (
        cue::AFTER_METRE,
        "above below from off race final sprint hurdles freestyle relay",
    ),
    (cue::SETTLE, "close end finish settle trade stand open peak"),
    (cue::CARRY, "moved sent brought up down added pushed"),
    (cue::WENT, "went go goes gone closed ended opened"),
    (cue::LEVEL_BOUND, "below above past beyond under"),
    (
        cue::CHANGES_OBJECT,
        "cut drove driving bring brings bringing brought raises raised raise raising sent sending restored push \
         change reached ended finished moved added taking took lost close closed off",
    ),
    (
        cue::GAINS,
        "added adds lost loses lose gained moved cut shed",
    ),
    (
        cue::TARGET,
        "needed required planned expected forecast allowed",
    ),
    (
        cue::VOTES_OR_GOALS,
        "votes vote points goals sets games runs seats",
    ),
    (cue::VOTES, "votes vote"),
    (
        cue::WON_BY,
        "voted vote won beat lost ruled passed score votes",
    ),
    (
        cue::PLURAL_LABEL,
        "pages page chapters sections articles lines nos",
    ),
    (cue::NIL, "nil love all"),
    (cue::MERIDIEM, "am pm"),
    (cue::RUN_IN, "in of clocked ran"),
    (cue::SCALE_PLURAL, "tens hundreds thousands"),
    (cue::DEADLINE, "by until till in before after"),
    (
        cue::BLURS,
        "about around up over than least some nearly almost",
    ),
    (cue::ONE_TAIL, "another self"),
    (cue::MINUS, "minus negative"),
    (cue::AGED, "aged ages"),
    (cue::TURNS, "turns turned turning turn"),
    (cue::LIFE_OWNER, "his her their my our your"),
    (cue::ABOUT, "about"),
    (cue::LEAST, "least"),
    (cue::STONE, "stone"),
    (cue::HOMONYM_UNIT, "bar cup turn quarter gray rad cal"),
    (cue::SHORT_UNIT, "mo min sec mb mt ps pp ppt gal mol"),
    (cue::POUND, "pound pounds"),
    (cue::WHOLE_CURRENCY, "won real kip lek soles marks"),
    (cue::NO_CURRENCY, "sterling us u united new"),
    (cue::RARE_CURRENCY, "ether dram drams sen dong"),
    (cue::NAMED_FIRST, "ringgit ringgits rupees rupiah"),
    (cue::DIFFERENCE, "more less fewer lower higher up down"),
    (cue::ROUND, "of by from for about around"),
    (
        cue::BEFORE_ONE,
        "the this that which no another any every each next previous some",
    ),
    (cue::NORWEGIAN, "norway norwegian norwegians oslo norges"),
    (
        cue::BALLOT,
        "poll polls survey voters vote voted ballot electorate respondents referendum runoff",
    ),
    (
        cue::ODDS,
        "ratio ratios odds outnumber outnumbered outnumbering outnumbers proportion",
    ),
    (cue::BOTH, "both all"),
    (
        cue::WEIGHT,
        "weigh weighs weighed weighing weight weights heavy heavier load loads loaded lift lifts lifted thrust pressure force \
         cargo payload haul hauled catch seized bomb bombs explosives ton tons tonne tonnes kilogram kilograms kg",
    ),
    (cue::DAY_PART, "morning afternoon evening night tonight"),
];
