//! The German words by which a statement shows who makes it, whether it denies, and how sure it is.

use super::super::modality::Modality;
use super::super::negation::Negator;
use super::super::vocabulary::{Entry, Lists, Said, flag};

/// Everything German.
pub(in crate::claims) const LISTS: Lists = Lists {
    nouns_have_capitals: true,
    entries: ENTRIES,
    saying: &[
        (
            Said::Said,
            "sagte sagt sagten sagen erklärte erklärt erklärten teilte teilten mitteilte mitteilten betonte \
            betont schrieb schreibt äußerte meinte meint ergänzte hieß heißt rief",
        ),
        (
            Said::Announced,
            "kündigte kündigten ankündigte verkündete versprach",
        ),
        (
            Said::Reported,
            "berichtete berichtet berichteten berichten meldete meldet meldeten melden",
        ),
        (
            Said::Confirmed,
            "bestätigte bestätigt bestätigten räumte gestand",
        ),
        (
            Said::Denied,
            "bestritt bestreitet bestritten dementierte dementiert leugnete",
        ),
        (Said::Claimed, "behauptete behauptet behaupteten behaupten"),
        (Said::Accused, "beschuldigte beschuldigt bezichtigte"),
        (
            Said::Warned,
            "warnte warnt warnten warnen befürchtet befürchtete",
        ),
        (
            Said::Estimated,
            "schätzt schätzte schätzten schätzen rechnet rechnete beziffert bezifferte",
        ),
        (
            Said::Believed,
            "erwartet erwartete glaubt glaubte vermutet vermutete",
        ),
        (Said::Urged, "forderte fordert forderten fordern"),
    ],
    saying_with_that: &[
        (Said::Said, "fügte wies verwies"),
        (Said::Asked, "fragte fragt"),
        (Said::Denied, "wies zurückwies"),
        (Said::Found, "ergab ergeben zeigte zeigt"),
        (
            Said::Called,
            "nannte nennt bezeichnete bezeichnet sprach spricht",
        ),
    ],
    participles: &[],
    according: "laut|nach angaben|nach angaben von|nach angaben der|nach angaben des|zufolge|nach einschätzung|nach aussage von|\
        nach aussagen von|nach darstellung|wie aus",
    negators: &[
        (Negator::Not, "nicht|noch nicht"),
        (Negator::Never, "nie|niemals|keinesfalls|keineswegs"),
        (Negator::NoLonger, "nicht mehr|nicht länger|keine mehr"),
        (Negator::No, "kein|keine|keinen|keinem|keiner|keines|null"),
        (
            Negator::Nobody,
            "niemand|niemanden|niemandem|nichts|nirgends",
        ),
        (Negator::Neither, "weder"),
        (Negator::Without, "ohne"),
        (Negator::Hardly, "kaum|selten"),
        (
            Negator::Refused,
            "bestritt|bestreitet|bestritten|dementierte|dementiert|leugnete|lehnte|lehnt|verweigerte|\
            verweigert|weigerte|weigert|schloss aus|ablehnte|ausgeschlossen",
        ),
        (
            Negator::Unlike,
            "unmöglich|unklar|unbekannt|unwahrscheinlich|unverletzt|unbestätigt|ungewiss|ungültig|unfähig",
        ),
    ],
    harmless: "nicht nur|nicht zuletzt|nicht weniger als|nicht mehr als|nichts als|kein zweifel|nicht zu vergessen",
    hedges: &[
        (
            Modality::Alleged,
            "angeblich|angebliche|angeblichen|mutmaßlich|mutmaßliche|mutmaßlichen|mutmaßlicher|vermeintlich",
        ),
        (
            Modality::Reported,
            "soll|sollen|dem vernehmen nach|berichten zufolge",
        ),
        (
            Modality::Suspected,
            "verdächtig|verdächtigt|unter verdacht|verdacht auf|vermutlich|vermutliche",
        ),
        (
            Modality::Accused,
            "beschuldigt|angeklagt|vorgeworfen|bezichtigt",
        ),
        (
            Modality::Possible,
            "kann|können|könnte|könnten|möglicherweise|vielleicht|eventuell|womöglich|dürfte|dürften",
        ),
        (
            Modality::Likely,
            "wahrscheinlich|voraussichtlich|wohl|erwartet",
        ),
        (
            Modality::Seeming,
            "offenbar|anscheinend|scheinbar|scheint|scheinen",
        ),
        (
            Modality::Planned,
            "plant|planen|plante|geplant|will|wollen|wollte|wollten|beabsichtigt|erwägt|möchte",
        ),
        (Modality::Tried, "versuchte|versucht|versuchten"),
        (Modality::Will, "wird|werden"),
        (Modality::Would, "würde|würden|werde|wenn|falls"),
        (
            Modality::Must,
            "muss|müssen|musste|mussten|sollte|sollten|darf|dürfen",
        ),
        (
            Modality::Confirmed,
            "bestätigt|bestätigte|bestätigten|nachgewiesen|erwiesen|offiziell|verurteilt",
        ),
        (
            Modality::Unconfirmed,
            "unbestätigt|unbestätigten|nicht bestätigt|unklar",
        ),
    ],
};

const ENTRIES: &[Entry] = &[
    (
        "polizei feuerwehr behörden behörde regierung ministerium innenministerium außenministerium gesundheitsministerium \
        verteidigungsministerium staatsanwaltschaft gericht armee militär unternehmen firma bank gewerkschaft verband \
        institut universität krankenhaus partei stadt stadtverwaltung sprecher sprecherin zeugen anwohner experten forscher \
        analysten ermittler beamte medien zeitung bericht studie umfrage statistikamt wetterdienst betreiber konzern \
        agentur nachrichtenagentur zentralbank kommission rat un eu nato",
        flag::SOURCE,
    ),
    (
        "präsident präsidentin minister ministerin ministerpräsident ministerpräsidentin kanzler kanzlerin bürgermeister \
        bürgermeisterin oberbürgermeister oberbürgermeisterin gouverneur senator senatorin innenminister innenministerin \
        außenminister außenministerin finanzminister finanzministerin gesundheitsminister gesundheitsministerin \
        verteidigungsminister verteidigungsministerin umweltminister umweltministerin verkehrsminister verkehrsministerin \
        sprecher sprecherin polizeisprecher polizeisprecherin regierungssprecher vorsitzende vorsitzender chef chefin \
        leiter leiterin direktor direktorin vorstandschef vorstandschefin verhandlungsführer verhandlungsführerin trainer \
        richter richterin anwalt anwältin professor professorin arzt ärztin lehrer lehrerin bauer landwirt landwirtin \
        rentner rentnerin generalsekretär generalsekretärin geschäftsführer geschäftsführerin parteichef parteichefin \
        augenzeuge augenzeugin bewohner bewohnerin",
        flag::ROLE,
    ),
    ("herr frau dr dr. prof prof.", flag::ADDRESS),
    (
        "dass weil wenn als während obwohl damit sodass nachdem bevor ob wie sondern aber sei seien habe hätten hätte",
        flag::SUBORDINATOR,
    ),
    ("welche welcher welches deren dessen", flag::RELATIVE),
    (
        "der die das den dem des ein eine einen einem einer eines diese dieser dieses seine ihre",
        flag::DETERMINER,
    ),
    (
        "der die das den dem des ein eine einen einem einer eines",
        flag::ARTICLE,
    ),
    (
        "in im an am auf bei beim mit nach seit vor über unter gegen durch für um aus zu zum zur",
        flag::PREPOSITION,
    ),
    ("ist sind war waren wurde wurden worden", flag::BE),
    ("hat haben hatte hatten", flag::HAVE),
    (
        "kann können konnte wird werden würde soll sollen muss müssen darf",
        flag::MODAL,
    ),
    (
        "auch dann zudem später zuvor bereits noch ferner außerdem weiter hingegen jedoch dagegen",
        flag::ADVERB,
    ),
    (
        "montag dienstag mittwoch donnerstag freitag samstag sonntag heute gestern morgen abend mittag nacht nachmittag januar \
        februar märz april mai juni juli august september oktober november dezember",
        flag::TIME,
    ),
    ("er sie", flag::HE_SHE),
    ("es", flag::IT_THEY),
    ("man ich wir niemand jemand", flag::PRONOUN),
    (
        "dpa afp reuters spiegel bild welt ard zdf zeit faz süddeutsche",
        flag::OUTLET,
    ),
    ("zeitung agentur sender magazin", flag::OUTLET_NOUN),
];
