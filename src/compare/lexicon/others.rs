//! Languages with short lists: negation, hedges, plans, times.

use super::Lists;

const EMPTY: Lists = Lists {
    negations: "",
    denials: "",
    hedges: "",
    plans: "",
    scopes: "",
    times: "",
    phrases: "",
    likes: "",
    contrasts: "",
    light: "",
    roles: "",
    place_words: "",
};

/// For a language without lists of its own.
pub(super) static NONE: Lists = EMPTY;

/// The languages that have lists, by their code.
pub(super) static ALL: [(&str, Lists); 9] = [
    (
        "de",
        Lists {
            negations: "nicht kein keine keinen keinem keiner keines nie niemals niemand nichts weder nirgends",
            denials: "ohne ablehnen dementieren leugnen bestreiten",
            hedges: "konnte konnten mutmasslich mutmaßlich angeblich wohl offenbar vermutlich moglicherweise vielleicht soll sollen durfte durften \
wahrscheinlich scheint anscheinend verdacht verdachtig",
            plans: "wird werden plant planen will wollen geplant soll sollen vorgesehen",
            scopes: "alle alles jeder jede jedes meisten einige nur fast teilweise ganz samtliche vollstandig",
            times: "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar marz april mai juni juli august september \
oktober november dezember heute gestern morgen vormittag mittag nachmittag abend nacht woche monat jahr sommer winter fruhjahr herbst wochenende",
            likes: "sagte sagen erklarte teilte mitteilte mitgeteilt berichtete hiess betonte\nrund etwa circa ungefahr knapp\ntote todesopfer getotet starben gestorben\nverletzte verletzt verletzten",
            contrasts: "tote+todesopfer+getotet+starben verletzte+verletzt vermisste+vermisst\nstieg+steigen+gestiegen+steigt+wuchs fiel+sank+gefallen+gesunken+sinkt+fallt\ngewinn verlust\nbestatigte+bestatigt dementierte+dementiert+bestritt\nfestgenommen+verhaftet angeklagt verurteilt freigesprochen befragt+vernommen",
            roles: "minister ministerin prasident prasidentin kanzler kanzlerin sprecher sprecherin vorsitzende vorsitzender chef chefin burgermeister direktor",
            place_words: "in bei nahe aus nach vor",
            ..EMPTY
        },
    ),
    (
        "fr",
        Lists {
            negations: "pas aucun aucune jamais personne rien ni guere",
            denials: "sans refuser nier dementir rejeter",
            hedges: "peut-etre pourrait pourraient aurait auraient serait seraient presume presumee semble semblent probable probablement possible \
soupconne soupconnee selon",
            plans: "va vont prevoit prevoient devrait devraient compte",
            scopes: "tous toutes tout toute plupart certains certaines seulement presque partiellement entierement",
            times: "lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet aout septembre octobre novembre \
decembre aujourd'hui hier demain matin midi apres-midi soir nuit semaine mois an annee ete hiver printemps automne week-end",
            likes: "dit declare annonce affirme explique indique precise\nmorts mort tues tue deces victimes\nblesses blesse\nenviron quelque pres",
            contrasts: "morts+mort+tues+tue blesses+blesse disparus+disparu\nhausse+augmente+augmentation+progresse baisse+diminue+diminution+recul+recule\nbenefice perte\nconfirme dement+nie",
            roles: "ministre president presidente maire directeur directrice chef porte-parole",
            place_words: "a en dans pres de vers",
            ..EMPTY
        },
    ),
    (
        "es",
        Lists {
            negations: "no ni nunca jamas nadie nada ningun ninguna ninguno tampoco",
            denials: "sin negar rechazar desmentir",
            hedges: "podria podrian puede pueden supuesto supuesta supuestamente presunto presunta presuntamente quiza quizas posible posiblemente \
probable probablemente habria habrian seria parece parecen",
            plans: "sera seran va van preve planea planean",
            scopes: "todos todas todo toda mayoria algunos algunas solo casi parcialmente totalmente",
            times: "lunes martes miercoles jueves viernes sabado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre \
noviembre diciembre hoy ayer manana tarde noche madrugada semana mes ano verano invierno primavera otono",
            likes: "dijo informo declaro anuncio afirmo explico senalo conto advirtio aseguro\nmuertos fallecidos victimas muertes\nheridos lesionados",
            contrasts: "muertos+fallecidos+murieron heridos+lesionados desaparecidos\nsubio+aumento+crecio bajo+cayo+disminuyo\nganancia+beneficio perdida\nconfirmo nego+desmintio",
            roles: "ministro ministra presidente presidenta alcalde alcaldesa director directora jefe portavoz",
            place_words: "en cerca de desde hacia",
            ..EMPTY
        },
    ),
    (
        "it",
        Lists {
            negations: "non nessun nessuno nessuna mai niente nulla ne",
            denials: "senza negare rifiutare smentire",
            hedges: "potrebbe potrebbero presunto presunta presumibilmente forse probabilmente probabile possibile sembra sarebbe sarebbero avrebbe",
            plans: "sara saranno prevede",
            scopes: "tutti tutte tutto tutta maggior alcuni alcune solo quasi",
            times: "lunedi martedi mercoledi giovedi venerdi sabato domenica gennaio febbraio marzo aprile maggio giugno luglio agosto settembre \
ottobre novembre dicembre oggi ieri domani mattina pomeriggio sera notte settimana mese anno estate inverno primavera autunno",
            place_words: "a in vicino da di",
            ..EMPTY
        },
    ),
    (
        "pt",
        Lists {
            negations: "nao nem nunca jamais ninguem nada nenhum nenhuma",
            denials: "sem negar rejeitar recusar desmentir",
            hedges: "poderia poderiam pode podem suposto suposta supostamente talvez provavel provavelmente possivel possivelmente teria seria parece",
            plans: "vai vao sera serao deve devem preve",
            scopes: "todos todas tudo maioria alguns algumas apenas quase",
            times: "segunda-feira terca-feira quarta-feira quinta-feira sexta-feira sabado domingo janeiro fevereiro marco abril maio junho julho \
agosto setembro outubro novembro dezembro hoje ontem amanha manha tarde noite madrugada semana mes ano verao inverno primavera outono",
            place_words: "em perto de para",
            ..EMPTY
        },
    ),
    (
        "nl",
        Lists {
            negations: "niet geen nooit niemand niets noch nergens",
            denials: "zonder weigeren ontkennen",
            hedges: "zou zouden mogelijk vermoedelijk misschien wellicht waarschijnlijk kan kunnen vermeend verdacht lijkt",
            plans: "zal zullen wil willen gaat gaan plant",
            scopes: "alle alles meeste sommige alleen bijna gedeeltelijk",
            times: "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli augustus september oktober \
november december vandaag gisteren morgen ochtend middag avond nacht week maand jaar zomer winter lente herfst weekend",
            place_words: "in bij uit naar",
            ..EMPTY
        },
    ),
    (
        "pl",
        Lists {
            negations: "nie nikt nic nigdy zaden zadna zadne ani",
            denials: "bez odmowic zaprzeczyc",
            hedges: "moze moga mogl mogla prawdopodobnie rzekomo podobno domniemany chyba byc",
            plans: "bedzie beda planuje zamierza",
            scopes: "wszyscy wszystkie wiekszosc niektorzy tylko prawie",
            times: "poniedziałek wtorek sroda sroda czwartek piatek sobota niedziela stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia \
pazdziernika listopada grudnia dzis wczoraj jutro rano wieczor noc tydzien miesiac rok",
            place_words: "w koło z do",
            ..EMPTY
        },
    ),
    (
        "ru",
        Lists {
            negations: "не нет ни никто ничто никогда ничего нельзя никаких",
            denials: "без отказался отрицает опроверг",
            hedges: "может могут возможно вероятно якобы предположительно кажется наверное",
            plans: "будет будут планирует намерен собирается",
            scopes: "все всех каждыи большинство некоторые только почти частично",
            times: "понедельник вторник среду среда четверг пятницу пятница субботу суббота воскресенье января февраля марта апреля мая июня июля августа \
сентября октября ноября декабря сегодня вчера завтра утром днем вечером ночью неделе неделя месяц году год",
            likes: "сказал заявил сообщил отметил добавил рассказал",
            contrasts: "погибли+погиб+погибло+убиты пострадали+пострадал+ранены+ранен пропали\nвыросла+вырос+выросли+увеличилась упала+упал+снизилась+снизился+сократилась\nприбыль убыток\nподтвердил опроверг+отрицает",
            place_words: "в на под около из",
            ..EMPTY
        },
    ),
    (
        "uk",
        Lists {
            negations: "не немає нема ні ніхто ніщо ніколи нічого немае",
            denials: "без відмовився заперечив спростував",
            hedges: "може можуть можливо імовірно ймовірно нібито здається",
            plans: "буде будуть планує планують має намір",
            scopes: "усі всі всіх кожен більшість деякі лише тільки майже частково",
            times: "понеділок вівторок середу середа четвер пятницю п'ятницю суботу неділю січня лютого березня квітня травня червня липня серпня вересня \
жовтня листопада грудня сьогодні вчора завтра вранці ввечері вночі тижня тиждень місяць року рік",
            likes: "сказав заявив повідомив повідомила зазначив додав розповів",
            contrasts: "загинули+загинув+загинуло постраждали+постраждав+поранені+поранено зникли\nзросла+зріс+зросли впала+впав+знизилась\nпідтвердив спростував+заперечив",
            place_words: "в у на під біля з",
            ..EMPTY
        },
    ),
];
