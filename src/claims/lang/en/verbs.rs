//! English verbs that end a noun phrase or tell what a number beside them is.

use crate::claims::lang::{Cues, cue};

/// Words by what they signal.
pub(super) const LISTS: &[(Cues, &str)] = &[
    (
        cue::VERB,
        "said says say told tells tell died die dies dying dead fled flee flees left leave leaves came come comes went go goes \
         gone took take takes taken gave give gives given got get gets made make makes saw see sees seen slept sleep sleeps stood stand \
         stands sat sit sits ran run runs began begin begins begun became become becomes held hold holds kept keep keeps lost lose \
         loses met meet meets paid pay pays put puts read reads rose rise rises risen fell fall falls fallen sank sink sinks sunk sold sell sells sent send \
         sends set sets shot shoots struck strike strikes swept sweeps swam taught thought threw throws won win wins wrote write \
         writes written fought fight fights found find finds flew fly flies flown froze grew grow grows grown heard hear hears hit hits \
         hurt hurts knew know knows known led lead leads lay lie lies lit drew draw draws drawn drove drive drives driven drank \
         ate eat eats eaten felt feel feels fed built build builds bought buy buys brought bring brings broke break breaks broken \
         burned burnt caught catch catches chose choose chooses cost costs crept cut cuts dealt dug dwelt forgot forgave \
         live lives lived remain remains need needs want wants work works attend attends march face faces cross crosses stay stays \
         vote votes voted enter enters reach reaches join joins agree agrees back backs oppose opposes show shows showed shown contain contains include includes \
         receive receives use uses used report reports think thinks believe believes expect expects plan plans hope hopes support supports \
         appear appears seem seems suffer suffers survive survives perish perishes drown drowns carry carries spend spends spent \
         shot made makes make picked laid took blew held tested test turn turns turned opened open opens close closes closed earn earns own owns play plays played \
         speak speaks spoke spoken wear wears wore worn bear bears bore born rode ride rides ridden rang shook slid slipped stole stuck \
         swung tore torn woke worth able unable according aged bound choose competing crossing earning leaving living making \
         sought seek seeks split spread steal stick strive swear sweep swept tend tends tread understand wait waits walk walks",
    ),
    (
        cue::RACE,
        "ran run runs running runner race raced races racing marathon triathlon ironman swam swim swims swimmer sprint sprinted \
         lap laps heat clocked clocking timed skated rowed cycled pedalled stage prologue relay steeplechase parkrun steepest \
         best record finished crossed",
    ),
    (
        cue::FATE,
        "survived survive survives escaped escape died die drowned perished recovered returned fled boarded voted enrolled \
         hired fired vaccinated tested aboard onboard",
    ),
    (
        cue::NOUN_TOO,
        "vote report show plan hope cost cut win loss fall rise run fight strike shot hit stand use need play back face test turn march drive \
         walk cross support work stick split spread seat point order call visit attack search offer bid deal drop gain increase decrease \
         decline catch draw end lead lie meet read ride send set start stop swing throw tie trade wait watch",
    ),
    (
        cue::MODIFIER,
        "jobs bonds drugs claims prices lights sports arms sales women men savings news systems operations communications earnings overseas goods customs veterans \
         children students people girls boys human-rights rights emissions securities futures",
    ),
    (
        cue::CHANGE,
        "rose rise rises risen rising fell fall falls fallen falling climbed climb climbs climbing dropped drop drops dropping \
         gained gain gains gaining lost lose loses losing jumped jump jumps jumping slid slide slides sliding slipped slip slips \
         slipping grew grow grows grown growing shrank shrink shrinks shrunk shrinking cut cuts cutting reduced reduce reduces \
         reducing reduction increased increase increases increasing decreased decrease decreases decreasing raised raise raises \
         raising lowered lower lowers lowering declined decline declines declining advanced advance advances advancing surged surge \
         surges surging soared soar soars soaring plunged plunge plunges plunging tumbled tumble tumbles tumbling sank sink sinks \
         sunk sinking added add adds adding shed sheds shedding eased ease eases easing edged edge edges edging dipped dip dips \
         dipping ticked tick ticks rallied rally rebounded rebound recovered recover retreated retreat crashed crash collapsed \
         collapse doubled doubling tripled tripling expanded expand expands expanding contracted contract contracts contracting narrowed \
         narrow widened widen swelled swell swells swollen dwindled dwindle boosted boost boosts boosting trimmed trim trims trimming \
         slashed slash slashes slashing hiked hike hikes hiking lifted lift lifts lifting moved move moves moving revised revise revises \
         revising upgraded downgraded up down accelerated slowed slowing improved improving worsened bringing brought bring brings \
         taking took push pushed pushes pushing pulled sent sending drove driving knocked wiped extended extending shortened \
         shortening strengthened weakened strengthening weakening appreciated depreciated devalued inched inching crept \
         outperformed underperformed leapt leaped skidded vaulted spiked spiking skyrocketed rocketed ballooned mushroomed \
         plummeted plummets plummeting nosedived halved restored change changed changes higher lower shift difference \
         firmed firms firming softened softens softening ebbed dwindles swelling thinned subsided abated escalated quickened \
         off warmed cooled sagged deepened reached close closed closing finished ended",
    ),
    (
        cue::CONTEST,
        "won win wins winning beat beats beating beaten lost lose loses losing defeated defeat defeats defeating drew draw draws \
         drawn tied tie ties led lead leads leading leads trailed trail trails trailing voted vote votes voting ruled ruling passed \
         pass passes passing approved approve rejected reject backed edged edge edges thrashed routed hammered crushed stunned \
         downed victory victories triumph score scored scoreline result verdict decision majority upheld uphold overturned \
         scoring opener equaliser equalizer goal goals match game games set sets series aggregate margin final semi playoff \
         finished ended split succumbed prevailed triumphed whipped blanked swept overcame upset",
    ),
];
