//! The English words by which a statement shows who makes it, whether it denies, and how sure it is.
//!
//! Words only, no rules: each list has one meaning, and the rules in the modules above ask for that meaning.

use crate::claims::modality::Modality;
use crate::claims::negation::Negator;
use crate::claims::vocabulary::{Entry, Lists, Said, flag};

/// Verbs that introduce what somebody says: forms that can be a finite verb, by what they do.
const SAYING: &[(Said, &str)] = &[
    (
        Said::Said,
        "said says say stated told tell tells commented tweeted remarked replied replies \
        responded stressed stresses emphasised emphasized explained explains \
        joked quipped declared declares reiterated repeated repeats concluded concludes opined mused \
        countered retorted chimed testified testifies cautioned cautions",
    ),
    (
        Said::Announced,
        "announced announces announce unveiled pledged pledges promised promises vowed vows",
    ),
    (Said::Reported, "reported reports report"),
    (
        Said::Confirmed,
        "confirmed confirms confirm acknowledge admit acknowledged acknowledges admitted admits conceded concedes verified",
    ),
    (Said::Denied, "denied denies deny refuted refutes"),
    (
        Said::Claimed,
        "claimed claims claim insisted insists insist maintained maintains argued argues argue asserted \
        asserts contended contends alleged alleges allege assert contend maintain",
    ),
    (Said::Accused, "accused accuses accuse blamed blames blame"),
    (Said::Warned, "warned warns warn feared fears fear"),
    (
        Said::Estimated,
        "estimated estimates estimate predict predicted predicts forecast forecasts calculated calculates \
        projected projects reckoned reckons",
    ),
    (
        Said::Believed,
        "believed believes believe expects expect thinks suspects hopes reckon",
    ),
    (Said::Urged, "urged urges demanded demands"),
];

/// Verbs that say something only with "that", a quotation or a place at the end of the sentence.
const SAYING_WITH_THAT: &[(Said, &str)] = &[
    (
        Said::Said,
        "noted notes added adds mentioned mentions observed observes agreed agrees signalled signaled \
        indicated indicates suggested suggests hinted hints implied implies argue reasoned ruled rules held \
        thought complained complains complain suggest indicate note agree lamented laments boasted boasts joked protested protests",
    ),
    (Said::Asked, "asked asks wondered wonders queried"),
    (
        Said::Denied,
        "rejected rejects dismissed dismisses disputed disputes rebuffed",
    ),
    (Said::Estimated, "put puts"),
    (
        Said::Said,
        "continued recounted related recalled recalls posted responded wrote writes state states countered testified",
    ),
    (
        Said::Found,
        "found finds showed shows show revealed reveals reveal concluded established discovered \
        determined heard learned recorded",
    ),
    (
        Said::Called,
        "called calls call described describes labelled labeled branded hailed criticised criticized \
        praised termed dubbed condemned denounced",
    ),
];

/// Participles that hang a statement on the subject of the sentence: "..., adding that the road is open".
const PARTICIPLES: &[(Said, &str)] = &[
    (
        Said::Said,
        "saying adding noting stating stressing explaining telling writing insisting claiming arguing",
    ),
    (Said::Warned, "warning cautioning"),
    (Said::Denied, "denying rejecting"),
    (Said::Confirmed, "confirming acknowledging admitting"),
    (Said::Announced, "announcing promising vowing pledging"),
    (Said::Accused, "accusing blaming"),
];

/// Words for a source that is no name: officials, police, a ministry, a report.
const SOURCES: &str = "police officials authorities prosecutors investigators experts analysts \
    scientists researchers doctors medics rescuers firefighters witnesses residents locals villagers observers \
    economists diplomats lawmakers organisers organizers campaigners activists critics sources source official \
    spokesman spokeswoman spokesperson spokespeople ministry government army military navy agency authority \
    commission council court bank company firm union association charity organisation organization group party \
    office department institute university hospital report study survey poll statement figures data documents \
    records newspaper media reports officers officer kremlin pentagon coastguard coroner regulator watchdog \
    operator airline employer employers lawyers lawyer families relatives survivors soldiers rebels negotiators \
    aides aide insiders people scientists meteorologists forecasters seismologists hospitals unions un eu nato unicef unhcr imf opec \
    ministers leaders parliament senate congress jury judges inquiry investigation audit team committee board";

/// Offices and trades that stand before a name or in its place.
const ROLES: &str = "president minister premier chancellor governor mayor senator \
    representative congressman congresswoman ambassador secretary secretary-general general colonel captain major \
    lieutenant sergeant commander admiral judge justice chief director manager chairman chairwoman chair head \
    leader deputy spokesman spokeswoman spokesperson doctor professor nurse teacher coach trainer striker captain \
    midfielder defender goalkeeper manager officer inspector detective superintendent commissioner prosecutor \
    lawyer attorney analyst economist scientist researcher historian author writer journalist editor reporter \
    founder co-founder co-author co-chair co-owner co-director co-leader ex-minister ex-president executive ceo owner farmer villager resident survivor witness tourist student driver pilot \
    engineer hydrologist forecaster meteorologist seismologist epidemiologist virologist archaeologist biologist \
    physicist chemist geologist candidate lawmaker mp councillor councilor bishop archbishop cardinal priest imam \
    rabbi monk nun activist campaigner coordinator negotiator delegate envoy diplomat aide adviser advisor \
    official soldier veteran medic paramedic surgeon psychologist singer actor actress director musician composer \
    painter chef waiter baker butcher fisherman miner worker volunteer rescuer firefighter guard pensioner retiree \
    shopkeeper trader broker investor entrepreneur father mother brother sister son daughter wife husband widow \
    uncle aunt neighbour neighbor friend colleague teammate lord speaker whip treasurer ombudsman auditor actuary \
    sheriff marshal constable warden ranger cleric sheikh emir vice-president vice-chancellor principal rector dean";

/// Forms of address, which are no part of a name.
const ADDRESS: &str = "mr mrs ms miss mx dr prof rev sen rep gov lt gen col capt maj sgt adm \
    amb hon mr. mrs. ms. dr. prof. rev. sen. rep. gov. lt. gen. col. capt. maj. sgt. adm. amb. hon. sens. reps. \
    cpl. pvt. cmdr. brig. supt. det. insp. pres. messrs. mme. mlle. former acting interim outgoing incoming \
    state vice deputy assistant senior junior prime foreign interior defence defense finance health transport education \
    justice energy trade culture environment agriculture labour labor home";

/// Parts of a sentence that no noun phrase runs across.
const SUBORDINATORS: &str = "that because if when while as although though since until unless \
    whereas so than whether why how where what before after once but yet or nor except lest whenever wherever \
    published released seen obtained issued carried posted broadcast compiled conducted commissioned taken \
    cited quoted speaking";

/// Pronouns that open a relative clause.
const RELATIVES: &str = "who which whose whom";

/// Words that go before a noun.
const DETERMINERS: &str = "the a an this that these those his her its their our my your some \
    any every each another new more most other latest previous further both all several many few one two three four five six seven eight nine ten no";

/// Prepositions.
const PREPOSITIONS: &str = "of in on at by for from with to into onto over under about \
    against between among during through across near off outside inside within without along around behind \
    beyond despite following including amid via per upon toward towards throughout above below alongside";

/// Auxiliaries and other verbs that end a noun phrase.
const BE: &str = "is are was were be been being am isn't aren't wasn't weren't 's 're 'm";
/// Forms of "have".
const HAVE: &str = "has have had having hasn't haven't hadn't 've";
/// Modal and helping verbs.
const MODALS: &str = "will would can could may might must shall should do does did won't \
    wouldn't can't cannot couldn't mustn't shouldn't don't doesn't didn't needn't 'll 'd";

/// Adverbs that stand between a subject and its verb.
const ADVERBS: &str = "also later earlier now then previously repeatedly again publicly \
    already still always often once first last long recently meanwhile separately privately reportedly allegedly initially \
    eventually finally simply merely just only even ever never not subsequently immediately quickly today \
    yesterday tonight tomorrow too however therefore though instead jointly openly flatly strongly categorically \
    vehemently angrily quietly briefly reluctantly";

/// Days, months and parts of the day.
const TIMES: &str = "monday tuesday wednesday thursday friday saturday sunday today yesterday \
    tomorrow tonight morning afternoon evening night midnight noon week weekend month year january february march \
    april june july august september october november december jan. feb. mar. apr. jun. jul. aug. sept. oct. nov. \
    dec. late early mid last next earlier hours days weeks months years ago gmt time";

/// Pronouns that stand for a person.
const HE_SHE: &str = "he she";
/// Pronouns that stand for a body or several people.
const IT_THEY: &str = "it they";
/// Pronouns that stand for nobody named.
const OTHER_PRONOUNS: &str = "i we you one someone somebody nobody everyone everybody anyone \
    this that these those there who none neither others another some many most few him her them us me";

/// Nouns for outlets, which may stand without a name.
const OUTLET_NOUNS: &str = "media newspaper newspapers agency television tv radio magazine channel \
    broadcaster daily weekly";

/// News agencies, broadcasters and papers, which count only with a capital.
const OUTLETS: &str = "afp reuters ap bbc cnn nbc abc cbs npr pbs bloomberg tass interfax ria \
    xinhua dpa ansa efe pa itv sky rtl zdf ard nos vrt nrk svt yle rai tvn ndtv pti ani kyodo yonhap anadolu \
    politico axios times \
    post guardian journal telegraph herald tribune gazette courier chronicle observer independent economist \
    spiegel bild welt zeit monde figaro libération pais mundo repubblica corriere euronews ukrinform unian meduza \
    novosti ifx mail mirror sun express standard examiner globe news press al-jazeera jazeera al-arabiya";

/// Nouns for collected evidence, which "shows" things.
const EVIDENCE: &str = "figures data survey poll study report statistics records results \
    documents research analysis tests census estimates polls studies audit inquiry images footage papers surveys";

/// What can be denied, dismissed or rejected in words.
const CHARGES: &str = "claim claims accusation accusations allegation allegations charge \
    charges report reports suggestion suggestions criticism criticisms rumour rumours rumor rumors idea notion \
    responsibility involvement wrongdoing that this it";

/// What is "put at" an amount.
const COUNTS: &str = "number toll figure total cost costs damage count death losses loss \
    value price estimate size share population speed chances probability";

/// Verb forms that are nouns, or adjectives, as often.
const NOUN_FORMS: &str = "claims claim reports report estimates estimate fears fear forecast \
    forecasts demands state states hopes notes promises projects blame thought show shows calls call rules protests \
    suspects disputes";

/// Forms that need a plural subject or a helping verb, or they are infinitives and nouns.
const BASE_FORMS: &str = "say claim report announce confirm deny insist argue allege blame warn \
    fear estimate forecast believe reckon state show reveal find call tell \
    allege assert contend maintain acknowledge admit predict complain suggest indicate note agree warn";

/// Capitalised words that stand in names of places, peoples and bodies, not in those of persons.
const NO_PERSON: &str = "united nations north south east west new northern southern eastern \
    western central great san santa los las saint st. port fort mount lake river cape republic kingdom states island \
    islands city county province region street avenue road square park house hall church bridge university college \
    school airport station stadium theatre theater museum hotel bay valley coast ocean sea gulf war day world national \
    international federal royal european african asian american british french german chinese russian ukrainian \
    israeli iranian indian japanese korean turkish italian spanish polish canadian australian mexican brazilian arab \
    democratic democrats republicans conservatives liberals greens labour social christian islamic islamist people's \
    food health trade organization organisation programme program fund press club town league cup open games \
    championship championships act bill law treaty agreement accord minister president secretary general airlines \
    airways lines motors holdings inc. inc corp. corp ltd. ltd co. co plc partners capital media network systems \
    technologies industries energy oil gas steel foods stores markets exchange index korea america africa europe asia \
    zealand york angeles francisco arabia lanka emirates jersey carolina dakota virginia hampshire mexico orleans \
    delhi kong guinea rica salvador leone forum watch foundation trust alliance movement front \
    federation society centre center coalition campaign committee commission council authority service services force forces \
    command guard brigade battalion agency bureau institute academy clinic hospital laboratory laboratories lab labs bank union \
    association party group company studio studios pictures insurance railway railways rail shipping pharmaceuticals ventures \
    solutions initiative project mission relief aid rights reserve treasury parliament senate congress assembly tribunal \
    airport police army navy ministry department office board chamber exchange fund authority observatory museum library \
    newspaper magazine channel";

/// Words after "told" that are no outlet and no name: "told reporters".
const AUDIENCES: &str = "reporters journalists parliament lawmakers supporters investors \
    shareholders analysts viewers listeners voters delegates members colleagues officials police fans workers \
    staff employees students him her them us me people crowds correspondents";

/// Everything English.
pub(in crate::claims) const LISTS: Lists = Lists {
    nouns_have_capitals: false,
    entries: ENTRIES,
    saying: SAYING,
    saying_with_that: SAYING_WITH_THAT,
    participles: PARTICIPLES,
    according: "according to",
    negators: NEGATORS,
    harmless: NO_DENIAL,
    hedges: HEDGES,
};

/// Every word list with the meaning it gives its words.
const ENTRIES: &[Entry] = &[
    (SOURCES, flag::SOURCE),
    (ROLES, flag::ROLE),
    (ADDRESS, flag::ADDRESS),
    (SUBORDINATORS, flag::SUBORDINATOR),
    (RELATIVES, flag::RELATIVE),
    (DETERMINERS, flag::DETERMINER),
    (PREPOSITIONS, flag::PREPOSITION),
    (BE, flag::BE),
    (HAVE, flag::HAVE),
    (MODALS, flag::MODAL),
    (ADVERBS, flag::ADVERB),
    (TIMES, flag::TIME),
    (HE_SHE, flag::HE_SHE),
    (IT_THEY, flag::IT_THEY),
    (OTHER_PRONOUNS, flag::PRONOUN),
    (OUTLETS, flag::OUTLET),
    (OUTLET_NOUNS, flag::OUTLET_NOUN),
    (AUDIENCES, flag::AUDIENCE),
    (EVIDENCE, flag::EVIDENCE),
    (CHARGES, flag::CHARGE),
    (COUNTS, flag::COUNT),
    (NOUN_FORMS, flag::NOUN_FORM),
    (BASE_FORMS, flag::BASE_FORM),
    (NO_PERSON, flag::NO_PERSON),
    ("the a an", flag::ARTICLE),
    (
        "citing quoting quoted declined refused respond comment",
        flag::KEY,
    ),
];

/// Words and phrases that deny, by how they do it.
const NEGATORS: &[(Negator, &str)] = &[
    (
        Negator::Not,
        "not|cannot|don't|doesn't|didn't|isn't|aren't|wasn't|weren't|won't|wouldn't|can't|couldn't|shouldn't|\
        mustn't|needn't|hasn't|haven't|hadn't|ain't|mightn't|has yet to|have yet to|had yet to|not yet|nor|dont|didnt",
    ),
    (
        Negator::Never,
        "never|at no time|on no account|under no circumstances|by no means|in no way|not at all",
    ),
    (
        Negator::NoLonger,
        "no longer|not any more|not anymore|no more",
    ),
    (
        Negator::No,
        "no|none|no such|zero|not a single|not one|not any",
    ),
    (Negator::Nobody, "nobody|no one|no-one|nothing|nowhere"),
    (Negator::Neither, "neither"),
    (
        Negator::Without,
        "without|in the absence of|lack of|lacks|lacked|lacking|except for",
    ),
    (Negator::Hardly, "hardly|scarcely|barely|rarely|seldom"),
    (
        Negator::Refused,
        "denied|denies|deny|denying|denial of|refused|refuses|refuse|refusing|rejected|rejects|reject|\
        rejecting|declined to|declines to|declining to|failed to|fails to|fail to|failing to|failed in|ruled out|rules out|\
        rule out|ruling out|stopped short of|dismissed|dismisses|dismissing|refuted|refutes|disputed",
    ),
    (
        Negator::Unlike,
        "unable|unlikely|unaware|unhurt|uninjured|unharmed|unscathed|unclear|unknown|unconfirmed|unverified|\
        unprepared|unwilling|unavailable|unfounded|untrue|unlawful|unsafe|unsuccessful|unsuccessfully|unarmed|uncertain|\
        unnecessary|undecided|unchanged|unaffected|unauthorised|unauthorized|unacceptable|unfit|unfair|unjustified|\
        unrelated|undamaged|unopposed|uninsured|unvaccinated|unpaid|unpopular|unready|unfinished|impossible|incorrect|\
        inaccurate|incomplete|invalid|ineligible|inadequate|insufficient|innocent|illegal|illegally|irregular|false|\
        falsely|wrong|wrongly|non-existent|inconclusive|involuntary|independent of",
    ),
];

/// Phrases with a denying word that deny nothing.
const NO_DENIAL: &str = "not only|not just|not merely|not simply|not least|not to mention|not \
    unlike|not surprisingly|no later than|no fewer than|no less than|no more than|no sooner than|no earlier than|no \
    doubt|no matter|no wonder|nothing but|nothing short of|none other than|whether or not|or not|if not|why not|without \
    doubt|without question|not so much|not long after|not far from|last but not least|not until|no stranger to|none \
    the less|no other than|more often than not|not necessarily only|nothing less than|never mind|never before|no \
    small|no mean feat|no easy|not for nothing|zero tolerance|net zero|ground zero|zero hour|year zero";

/// Words and phrases that say how sure a statement is, by what they say.
const HEDGES: &[(Modality, &str)] = &[
    (
        Modality::Alleged,
        "alleged|allegedly|purported|purportedly|supposed|supposedly|so-called|ostensibly|ostensible|\
        claims of|allegations of|allegations that|accusations of|accusations that|claims that",
    ),
    (
        Modality::Reported,
        "reportedly|said to be|said to have|is said to|are said to|was said to|were said to|believed to be|\
        believed to have|is believed|are believed|was believed|were believed|is thought|are thought|was thought|were \
        thought|thought to be|thought to have|understood to be|understood to have|is understood|rumoured|rumored|\
        rumours of|rumors of|reports of|reports that|reported to have|reported to be|it is reported|unconfirmed reports|\
        is reported to|are reported to",
    ),
    (
        Modality::Suspected,
        "suspected|suspect|suspects|suspicion of|on suspicion|presumed|feared|feared to be|presumably|\
        looking into claims|possible",
    ),
    (
        Modality::Accused,
        "accused|accused of|accuses|charged with|charged over|faces charges|facing charges|blamed for|\
        under investigation|being investigated|indicted|on trial for|implicated in|wanted for|wanted over|arrested on \
        suspicion|investigated over|investigated for|is investigating|are investigating|was investigating|looking into",
    ),
    (
        Modality::Possible,
        "may|might|could|can|possibly|perhaps|maybe|potentially|potential|chance of|risk of|risks|not ruled out|cannot be ruled out|conceivably|arguably",
    ),
    (
        Modality::Likely,
        "likely|probably|in all likelihood|expected to|expected|expects|expect|predicted to|projected to|\
        forecast to|tipped to|on course to|heading for|on track to|bound to|probable|poised to|unlikely",
    ),
    (
        Modality::Seeming,
        "appears|appeared|appear|appears to|appeared to|seems|seemed|seem|apparently|apparent|seemingly|\
        evidently|suggests|suggest|suggested|suggesting|indicates|indicating|signs of|signs that|hints|hinted",
    ),
    (
        Modality::Planned,
        "plans to|plan to|planned to|planning to|planned|plans for|intends to|intend to|intended to|aims to|\
        aim to|aimed to|wants to|want to|wanted to|hopes to|hope to|hoped to|considering|considers|mulling|weighing|\
        proposes|proposed|proposal to|agreed to|agrees to|vowed to|pledged to|promised to|promises to|set to|due to be|\
        is due|are due|was due|were due|scheduled to|scheduled for|preparing to|prepares to|ready to|close to|about to|\
        on the verge of|going to|seeks to|seek to|sought to|seeking to|in talks to|in talks with|negotiating|\
        called for|calls for|calling for|threatened to|threatens to|offered to|offers to|hopes that",
    ),
    (
        Modality::Tried,
        "tried to|tries to|trying to|attempted to|attempts to|attempting to|attempted|attempt to|attempt|bid to|\
        bids to|struggled to|efforts to",
    ),
    (
        Modality::Will,
        "will|shall|'ll|won't|is to|are to|was to|were to",
    ),
    (Modality::Would, "would|'d|wouldn't|if"),
    (
        Modality::Must,
        "must|should|ought to|has to|have to|had to|needs to|need to|needed to|obliged to|required to|ordered to|\
        forced to|compelled to|told to|asked to|urged to|mustn't|shouldn't|allowed to|permitted to|banned from|\
        supposed to|obligated to|mandatory|compulsory|optional|voluntary|voluntarily",
    ),
    (
        Modality::Confirmed,
        "confirmed|confirms|confirm|confirmation|confirming|verified|officially|definitely|certainly|certain|\
        undoubtedly|proven|proved|established|clearly|conclusively|acknowledged|admitted|admits|convicted|found guilty|\
        pleaded guilty",
    ),
    (
        Modality::Unconfirmed,
        "unconfirmed|unverified|unproven|could not be verified|could not be confirmed|not been confirmed|\
        not confirmed|not been verified|not verified|could not be independently verified|could not independently verify|\
        yet to be confirmed|unclear|not clear|not known|unknown|no evidence|without evidence|inconclusive",
    ),
];
