//! The Spanish words by which a statement shows who makes it, whether it denies, and how sure it is.

use super::super::modality::Modality;
use super::super::negation::Negator;
use super::super::vocabulary::{Entry, Lists, Said, flag};

/// Everything Spanish.
pub(in crate::claims) const LISTS: Lists = Lists {
    nouns_have_capitals: false,
    entries: ENTRIES,
    saying: &[
        (
            Said::Said,
            "dijo dice dijeron dicen declaró declaran declararon explicó explica explicaron señaló señala señalaron \
            indicó indica indicaron añadió añade agregó precisó precisa subrayó comentó comenta escribió respondió contó \
            aseguró asegura aseguraron manifestó informó informa informaron informan afirmó afirma afirmaron",
        ),
        (Said::Announced, "anunció anuncia anunciaron prometió"),
        (Said::Reported, "reportó reportaron notificó"),
        (
            Said::Confirmed,
            "confirmó confirma confirmaron reconoció reconoce admitió admite",
        ),
        (
            Said::Denied,
            "negó niega negaron desmintió desmiente desmintieron",
        ),
        (Said::Claimed, "sostuvo sostiene alegó alega insistió"),
        (Said::Accused, "acusó acusa acusaron culpó"),
        (
            Said::Warned,
            "advirtió advierte advirtieron alertó alerta teme",
        ),
        (Said::Estimated, "estimó estima calculó calcula cifró prevé"),
        (Said::Believed, "cree espera considera"),
        (Said::Urged, "exigió exige reclamó pidió pide"),
    ],
    saying_with_that: &[
        (Said::Asked, "preguntó pregunta"),
        (Said::Denied, "rechazó rechaza"),
        (Said::Found, "mostró muestra reveló revela"),
        (Said::Called, "calificó califica tachó denunció"),
    ],
    participles: &[],
    according: "según|de acuerdo con|en palabras de|a juicio de",
    negators: &[
        (Negator::Not, "no|aún no|todavía no"),
        (Negator::Never, "nunca|jamás"),
        (Negator::NoLonger, "ya no"),
        (Negator::No, "ningún|ninguna|ninguno|ningunos"),
        (Negator::Nobody, "nadie|nada"),
        (Negator::Neither, "ni|tampoco"),
        (Negator::Without, "sin"),
        (Negator::Hardly, "apenas"),
        (
            Negator::Refused,
            "negó|niega|negaron|desmintió|desmiente|desmintieron|rechazó|rechaza|rechazaron|descartó|descarta",
        ),
        (
            Negator::Unlike,
            "imposible|desconocido|desconocida|improbable|incapaz|ilegal|ileso|ilesos|ilesa",
        ),
    ],
    harmless: "no solo|no sólo|no menos de|no más de|sin duda|sin embargo|nada más|no obstante",
    hedges: &[
        (
            Modality::Alleged,
            "presunto|presunta|presuntos|presuntas|presuntamente|supuesto|supuesta|supuestos|supuestamente",
        ),
        (Modality::Reported, "habría|habrían|al parecer"),
        (
            Modality::Suspected,
            "sospechoso|sospechosa|sospechosos|sospecha de",
        ),
        (
            Modality::Accused,
            "acusado|acusada|acusados|imputado|imputada|procesado",
        ),
        (
            Modality::Possible,
            "puede|pueden|podría|podrían|quizá|quizás|tal vez|posiblemente|posible",
        ),
        (
            Modality::Likely,
            "probablemente|probable|previsiblemente|se espera|se prevé",
        ),
        (Modality::Seeming, "parece|parecen|aparentemente"),
        (
            Modality::Planned,
            "planea|planean|prevé|prevén|quiere|quieren|pretende|pretenden|tiene previsto|estudia",
        ),
        (Modality::Tried, "intentó|intentaron|trató de|trataron de"),
        (Modality::Will, "va a|van a|será|serán|habrá|tendrá"),
        (Modality::Would, "si|sería|serían"),
        (
            Modality::Must,
            "debe|deben|deberá|deberán|tiene que|tienen que|hay que|obligado|obligatorio|obligatoria",
        ),
        (
            Modality::Confirmed,
            "confirmó|confirmado|confirmada|confirma|confirmaron|oficialmente|condenado|condenada",
        ),
        (
            Modality::Unconfirmed,
            "sin confirmar|no confirmado|no confirmada|no ha sido confirmado",
        ),
    ],
};

const ENTRIES: &[Entry] = &[
    (
        "policía bomberos autoridades autoridad gobierno ministerio fiscalía tribunal juzgado ejército empresa compañía banco \
        sindicato asociación instituto universidad hospital partido ayuntamiento portavoz testigos vecinos expertos \
        investigadores analistas medios periódico diario informe estudio encuesta agencia comisión consejo onu ue otan \
        fuente fuentes médicos servicio",
        flag::SOURCE,
    ),
    (
        "presidente presidenta ministro ministra alcalde alcaldesa gobernador gobernadora portavoz director directora jefe jefa \
        diputado diputada senador senadora profesor profesora médico médica enfermero enfermera abogado abogada juez jueza \
        fiscal secretario secretaria general entrenador entrenadora vecino vecina agricultor agricultora economista \
        analista meteorólogo meteoróloga",
        flag::ROLE,
    ),
    ("sr. sra. don doña dr. dra.", flag::ADDRESS),
    (
        "que porque cuando mientras aunque pero si como donde para sino tras",
        flag::SUBORDINATOR,
    ),
    ("quien quienes cuyo cuya", flag::RELATIVE),
    (
        "el la los las un una unos unas este esta estos estas su sus",
        flag::DETERMINER,
    ),
    ("el la los las un una", flag::ARTICLE),
    (
        "a al en con por sobre contra hacia desde durante ante entre sin",
        flag::PREPOSITION,
    ),
    ("es son era eran fue fueron está están estaba", flag::BE),
    ("ha han había habían", flag::HAVE),
    ("puede pueden debe deben va van", flag::MODAL),
    (
        "también además luego después ya aún todavía solo sólo apenas casi",
        flag::ADVERB,
    ),
    (
        "lunes martes miércoles jueves viernes sábado domingo ayer hoy mañana tarde noche enero febrero marzo abril mayo junio \
        julio agosto septiembre octubre noviembre diciembre",
        flag::TIME,
    ),
    ("él ella", flag::HE_SHE),
    ("ellos ellas", flag::IT_THEY),
    ("yo nosotros se nadie alguien", flag::PRONOUN),
    ("efe afp reuters país mundo abc", flag::OUTLET),
    (
        "periódico diario agencia cadena emisora radio revista",
        flag::OUTLET_NOUN,
    ),
];
