//! The English words by which a statement shows who makes it, whether it denies, and how sure it is.
//!
//! Words only, no rules: each list has one meaning, and the rules in the modules above ask for that meaning.

use super::super::vocabulary::{Entry, Said, flag};

/// Verbs that introduce what somebody says: forms that can be a finite verb, by what they do.
pub(in crate::claims) const SAYING: &[(Said, &str)] = &[
    (
        Said::Said,
        "said says say state stated told tell tells commented wrote writes tweeted posted remarked replied replies \
        responded stressed stresses emphasised emphasized explained explains recalled recalls \
        continued joked quipped declared declares reiterated repeated repeats concluded concludes opined mused \
        countered retorted chimed testified testifies recounted related summed cautioned cautions",
    ),
    (Said::Asked, "asked asks wondered wonders queried"),
    (
        Said::Announced,
        "announced announces announce unveiled pledged pledges promised promises vowed vows",
    ),
    (Said::Reported, "reported reports report"),
    (
        Said::Confirmed,
        "confirmed confirms confirm acknowledged acknowledges admitted admits conceded concedes verified",
    ),
    (
        Said::Denied,
        "denied denies deny rejected rejects dismissed dismisses disputed disputes refuted refutes rebuffed",
    ),
    (
        Said::Claimed,
        "claimed claims claim insisted insists insist maintained maintains argued argues argue asserted \
        asserts contended contends alleged alleges",
    ),
    (Said::Accused, "accused accuses accuse blamed blames blame"),
    (Said::Warned, "warned warns warn feared fears fear"),
    (
        Said::Estimated,
        "estimated estimates estimate predicted predicts forecast forecasts calculated calculates \
        projected projects reckoned reckons",
    ),
    (
        Said::Believed,
        "believed believes believe expects expect thinks suspects hopes assumes assume reckon",
    ),
    (Said::Urged, "urged urges demanded demands"),
];

/// Verbs that say something only with "that", a quotation or a place at the end of the sentence.
pub(in crate::claims) const SAYING_WITH_THAT: &[(Said, &str)] = &[
    (
        Said::Said,
        "noted notes added adds mentioned mentions observed observes agreed agrees signalled signaled \
        indicated indicates suggested suggests hinted hints implied implies argue reasoned ruled rules held \
        thought complained complains lamented laments boasted boasts joked protested protests",
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
pub(in crate::claims) const PARTICIPLES: &[(Said, &str)] = &[
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
pub(in crate::claims) const SOURCES: &str = "police officials authorities prosecutors investigators experts analysts \
    scientists researchers doctors medics rescuers firefighters witnesses residents locals villagers observers \
    economists diplomats lawmakers organisers organizers campaigners activists critics sources source official \
    spokesman spokeswoman spokesperson spokespeople ministry government army military navy agency authority \
    commission council court bank company firm union association charity organisation organization group party \
    office department institute university hospital report study survey poll statement figures data documents \
    records newspaper media reports officers officer kremlin pentagon coastguard coroner regulator watchdog \
    operator airline employer employers lawyers lawyer families relatives survivors soldiers rebels negotiators \
    aides aide insiders people scientists meteorologists forecasters seismologists hospitals unions \
    ministers leaders parliament senate congress jury judges inquiry investigation audit team committee board";

/// Offices and trades that stand before a name or in its place.
pub(in crate::claims) const ROLES: &str = "president minister premier chancellor governor mayor senator \
    representative congressman congresswoman ambassador secretary secretary-general general colonel captain major \
    lieutenant sergeant commander admiral judge justice chief director manager chairman chairwoman chair head \
    leader deputy spokesman spokeswoman spokesperson doctor professor nurse teacher coach trainer striker captain \
    midfielder defender goalkeeper manager officer inspector detective superintendent commissioner prosecutor \
    lawyer attorney analyst economist scientist researcher historian author writer journalist editor reporter \
    founder co-founder executive ceo owner farmer villager resident survivor witness tourist student driver pilot \
    engineer hydrologist forecaster meteorologist seismologist epidemiologist virologist archaeologist biologist \
    physicist chemist geologist candidate lawmaker mp councillor councilor bishop archbishop cardinal priest imam \
    rabbi monk nun activist campaigner coordinator negotiator delegate envoy diplomat aide adviser advisor \
    official soldier veteran medic paramedic surgeon psychologist singer actor actress director musician composer \
    painter chef waiter baker butcher fisherman miner worker volunteer rescuer firefighter guard pensioner retiree \
    shopkeeper trader broker investor entrepreneur father mother brother sister son daughter wife husband widow \
    uncle aunt neighbour neighbor friend colleague teammate lord speaker whip treasurer ombudsman auditor actuary \
    sheriff marshal constable warden ranger cleric sheikh emir vice-president vice-chancellor principal rector dean";

/// Forms of address, which are no part of a name.
pub(in crate::claims) const ADDRESS: &str = "mr mrs ms miss mx dr prof rev sen rep gov lt gen col capt maj sgt adm \
    amb hon mr. mrs. ms. dr. prof. rev. sen. rep. gov. lt. gen. col. capt. maj. sgt. adm. amb. hon. sens. reps. \
    cpl. pvt. cmdr. brig. supt. det. insp. pres. messrs. mme. mlle. former acting interim outgoing incoming \
    vice deputy assistant senior junior prime foreign interior defence defense finance health transport education \
    justice energy trade culture environment agriculture labour labor home";

/// Parts of a sentence that no noun phrase runs across.
pub(in crate::claims) const SUBORDINATORS: &str = "that because if when while as although though since until unless \
    whereas so than whether why how where what before after once but yet or nor except lest whenever wherever \
    published released seen obtained issued carried posted broadcast compiled conducted commissioned taken \
    cited quoted speaking";

/// Pronouns that open a relative clause.
pub(in crate::claims) const RELATIVES: &str = "who which whose whom";

/// Words that go before a noun.
pub(in crate::claims) const DETERMINERS: &str = "the a an this that these those his her its their our my your some \
    any every each another both all several many few one two three four five six seven eight nine ten no";

/// Prepositions.
pub(in crate::claims) const PREPOSITIONS: &str = "of in on at by for from with to into onto over under about \
    against between among during through across near off outside inside within without along around behind \
    beyond despite following including amid via per upon toward towards throughout above below alongside";

/// Auxiliaries and other verbs that end a noun phrase.
pub(in crate::claims) const BE: &str =
    "is are was were be been being am isn't aren't wasn't weren't 's 're 'm";
/// Forms of "have".
pub(in crate::claims) const HAVE: &str = "has have had having hasn't haven't hadn't 've";
/// Modal and helping verbs.
pub(in crate::claims) const MODALS: &str = "will would can could may might must shall should do does did won't \
    wouldn't can't cannot couldn't mustn't shouldn't don't doesn't didn't needn't 'll 'd";

/// Adverbs that stand between a subject and its verb.
pub(in crate::claims) const ADVERBS: &str = "also later earlier now then previously repeatedly again publicly \
    already still always often once recently meanwhile separately privately reportedly allegedly initially \
    eventually finally simply merely just only even ever never not subsequently immediately quickly today \
    yesterday tonight tomorrow too however therefore though instead jointly openly flatly strongly categorically \
    vehemently angrily quietly briefly reluctantly";

/// Days, months and parts of the day.
pub(in crate::claims) const TIMES: &str = "monday tuesday wednesday thursday friday saturday sunday today yesterday \
    tomorrow tonight morning afternoon evening night midnight noon week weekend month year january february march \
    april june july august september october november december jan. feb. mar. apr. jun. jul. aug. sept. oct. nov. \
    dec. late early mid last next earlier hours days weeks months years ago gmt local time";

/// Pronouns that stand for a person.
pub(in crate::claims) const HE_SHE: &str = "he she";
/// Pronouns that stand for a body or several people.
pub(in crate::claims) const IT_THEY: &str = "it they";
/// Pronouns that stand for nobody named.
pub(in crate::claims) const OTHER_PRONOUNS: &str = "i we you one someone somebody nobody everyone everybody anyone \
    this that these those there who none neither others another some many most few him her them us me";

/// News agencies, broadcasters and papers, and the nouns that make a name one.
pub(in crate::claims) const OUTLETS: &str = "afp reuters ap bbc cnn nbc abc cbs npr pbs bloomberg tass interfax ria \
    xinhua dpa ansa efe pa itv sky rtl zdf ard nos vrt nrk svt yle rai tvn ndtv pti ani kyodo yonhap anadolu \
    politico axios newspaper newspapers agency television tv radio magazine channel broadcaster daily weekly times \
    post guardian journal telegraph herald tribune gazette courier chronicle observer independent economist \
    spiegel bild welt zeit monde figaro libération pais mundo repubblica corriere euronews ukrinform unian meduza \
    novosti ifx mail mirror sun express standard examiner globe news press al-jazeera jazeera al-arabiya";

/// Words after "told" that are no outlet and no name: "told reporters".
pub(in crate::claims) const AUDIENCES: &str = "reporters journalists parliament lawmakers supporters investors \
    shareholders analysts viewers listeners voters delegates members colleagues officials police fans workers \
    staff employees students him her them us me people crowds correspondents";

/// Every word list with the meaning it gives its words.
pub(in crate::claims) const ENTRIES: &[Entry] = &[
    Entry {
        words: SOURCES,
        flags: flag::SOURCE,
    },
    Entry {
        words: ROLES,
        flags: flag::ROLE,
    },
    Entry {
        words: ADDRESS,
        flags: flag::ADDRESS,
    },
    Entry {
        words: SUBORDINATORS,
        flags: flag::SUBORDINATOR,
    },
    Entry {
        words: RELATIVES,
        flags: flag::RELATIVE,
    },
    Entry {
        words: DETERMINERS,
        flags: flag::DETERMINER,
    },
    Entry {
        words: PREPOSITIONS,
        flags: flag::PREPOSITION,
    },
    Entry {
        words: BE,
        flags: flag::BE,
    },
    Entry {
        words: HAVE,
        flags: flag::HAVE,
    },
    Entry {
        words: MODALS,
        flags: flag::MODAL,
    },
    Entry {
        words: ADVERBS,
        flags: flag::ADVERB,
    },
    Entry {
        words: TIMES,
        flags: flag::TIME,
    },
    Entry {
        words: HE_SHE,
        flags: flag::HE_SHE,
    },
    Entry {
        words: IT_THEY,
        flags: flag::IT_THEY,
    },
    Entry {
        words: OTHER_PRONOUNS,
        flags: flag::PRONOUN,
    },
    Entry {
        words: OUTLETS,
        flags: flag::OUTLET,
    },
    Entry {
        words: AUDIENCES,
        flags: flag::AUDIENCE,
    },
];
