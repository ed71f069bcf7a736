//! The French words by which a statement shows who makes it, whether it denies, and how sure it is.

use super::super::modality::Modality;
use super::super::negation::Negator;
use super::super::vocabulary::{Entry, Lists, Said, flag};

/// Everything French.
pub(in crate::claims) const LISTS: Lists = Lists {
    nouns_have_capitals: false,
    entries: ENTRIES,
    saying: &[
        (
            Said::Said,
            "dit déclaré déclare indiqué indique précisé précise souligné souligne expliqué explique ajouté ajoute \
            écrit affirmé affirme assuré assure estimé-t-il lancé répondu répond rappelé rappelle raconté raconte",
        ),
        (Said::Announced, "annoncé annonce promis"),
        (Said::Reported, "rapporté rapporte signalé signale"),
        (Said::Confirmed, "confirmé confirme reconnu reconnaît admis"),
        (Said::Denied, "démenti dément nié nie contesté"),
        (Said::Claimed, "prétendu prétend soutenu soutient"),
        (Said::Accused, "accusé accuse"),
        (Said::Warned, "averti avertit prévenu"),
        (Said::Estimated, "estimé estime évalué évalue prévoit"),
        (Said::Believed, "croit pense redoute"),
        (Said::Urged, "réclamé réclame exigé exige"),
    ],
    saying_with_that: &[
        (Said::Asked, "demandé demande"),
        (Said::Denied, "rejeté rejette"),
        (Said::Found, "montré montre révélé révèle"),
        (Said::Called, "qualifié qualifie dénoncé dénonce"),
    ],
    participles: &[],
    according: "selon|d'après|de source|de l'avis de|aux dires de",
    negators: &[
        (Negator::Not, "pas|pas encore|ne pas|ni"),
        (Negator::Never, "jamais"),
        (
            Negator::NoLonger,
            "n'est plus|ne sont plus|n'a plus|n'ont plus|ne sera plus|ne seront plus|ne peut plus|ne peuvent plus",
        ),
        (Negator::No, "aucun|aucune|nul|nulle"),
        (
            Negator::Nobody,
            "personne n'a|personne n'est|personne ne|rien",
        ),
        (Negator::Without, "sans"),
        (Negator::Hardly, "guère"),
        (
            Negator::Refused,
            "démenti|dément|nié|nie|refusé|refuse|rejeté|rejette|exclu|exclut",
        ),
        (
            Negator::Unlike,
            "impossible|inconnu|inconnue|improbable|incapable|illégal|illégale|indemne|indemnes",
        ),
    ],
    harmless: "pas seulement|pas moins de|sans doute|sans aucun doute|rien que",
    hedges: &[
        (
            Modality::Alleged,
            "présumé|présumée|présumés|présumées|prétendu|prétendue|prétendument",
        ),
        (Modality::Reported, "aurait|auraient|serait|seraient|dit-on"),
        (
            Modality::Suspected,
            "soupçonné|soupçonnée|soupçonnés|suspecté|suspectée",
        ),
        (
            Modality::Accused,
            "accusé de|accusée de|accusés de|mis en examen|mise en examen|inculpé|inculpée",
        ),
        (
            Modality::Possible,
            "peut|peuvent|pourrait|pourraient|peut-être|éventuellement|possible",
        ),
        (
            Modality::Likely,
            "probablement|probable|vraisemblablement|devrait|devraient|attendu|attendue",
        ),
        (Modality::Seeming, "semble|semblent|apparemment"),
        (
            Modality::Planned,
            "prévoit de|prévoient de|prévu|prévue|envisage|envisagent|veut|veulent|souhaite|compte|projette",
        ),
        (Modality::Tried, "tenté de|tente de|essayé de"),
        (Modality::Will, "va|vont|sera|seront|aura|auront"),
        (Modality::Would, "si"),
        (
            Modality::Must,
            "doit|doivent|devait|faut|obligé|obligée|obligatoire",
        ),
        (
            Modality::Confirmed,
            "confirmé|confirmée|confirme|officiellement|avéré|condamné|condamnée",
        ),
        (
            Modality::Unconfirmed,
            "non confirmé|non confirmée|pas confirmé|pas été confirmé",
        ),
    ],
};

const ENTRIES: &[Entry] = &[
    (
        "police pompiers autorités autorité gouvernement ministère parquet tribunal armée entreprise société banque syndicat \
        association institut université hôpital parti mairie préfecture porte-parole témoins habitants experts chercheurs \
        analystes enquêteurs médias journal rapport étude sondage compagnie agence commission conseil onu ue otan source \
        sources médecins procureur",
        flag::SOURCE,
    ),
    (
        "président présidente ministre premier première maire préfet préfète porte-parole directeur directrice chef cheffe \
        député députée sénateur sénatrice professeur professeure médecin avocat avocate juge procureur procureure \
        secrétaire général générale patron patronne entraîneur infirmier infirmière agriculteur agricultrice habitant \
        habitante chercheur chercheuse économiste analyste travail intérieur santé finances",
        flag::ROLE,
    ),
    ("m. mme mlle dr m", flag::ADDRESS),
    (
        "que qu'il qu'elle qu'ils parce lorsque quand tandis alors mais si comme où afin car",
        flag::SUBORDINATOR,
    ),
    ("qui dont laquelle lequel", flag::RELATIVE),
    (
        "le la les un une des ce cette ces son sa ses leur leurs",
        flag::DETERMINER,
    ),
    ("le la les un une", flag::ARTICLE),
    (
        "à au aux en dans sur sous avec pour par contre vers depuis pendant après avant entre chez",
        flag::PREPOSITION,
    ),
    ("est sont était étaient été", flag::BE),
    ("a ont avait avaient", flag::HAVE),
    ("peut peuvent doit doivent va vont", flag::MODAL),
    (
        "aussi également ensuite toutefois cependant encore déjà ne n'",
        flag::ADVERB,
    ),
    (
        "lundi mardi mercredi jeudi vendredi samedi dimanche hier aujourd'hui demain matin soir nuit midi janvier février mars \
        avril mai juin juillet août septembre octobre novembre décembre",
        flag::TIME,
    ),
    ("il elle", flag::HE_SHE),
    ("ils elles", flag::IT_THEY),
    ("on nous je vous", flag::PRONOUN),
    ("afp reuters figaro monde libération", flag::OUTLET),
    (
        "journal agence chaîne radio quotidien magazine",
        flag::OUTLET_NOUN,
    ),
];
