//! Languages with short lists: negation, hedges, plans, times.

use super::Lists;

const EMPTY: Lists = Lists {
    negations: "",
    denials: "",
    hedges: "",
    plans: "",
    futures: "",
    saying: "",
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
            plans: "plant planen will wollen geplant soll sollen vorgesehen",
            scopes: "alle alles jeder jede jedes meisten einige nur fast teilweise ganz samtliche vollstandig",
            times: "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar marz april mai juni juli august september \
oktober november dezember heute gestern morgen vormittag mittag nachmittag abend nacht woche monat jahr sommer winter fruhjahr herbst wochenende",
            likes: "sagte sagen erklarte teilte mitteilte mitgeteilt berichtete hiess betonte\nrund etwa circa ungefahr knapp\ntote todesopfer getotet starben gestorben\nverletzte verletzt verletzten",
            roles: "minister ministerin prasident prasidentin kanzler kanzlerin sprecher sprecherin vorsitzende vorsitzender chef chefin burgermeister direktor",
            place_words: "in bei nahe aus nach vor",
            contrasts: "empf+riet+rät verfug+ordnete+angeordnet+befahl erlaub+gestatt verbot+verbiet+untersag warnt+gewarnt \n\
forder+verlangt versprach+versprochen+verspricht+zugesagt droht+drohte \n\
kauft+gekauft+erworb+erwarb verkauft mietet+gemietet+pachtet \n\
begann+beginnt+begonnen+startet endet+beendet fortgesetzt+fortsetz unterbroch+unterbrach \n\
tote+toten+getotet+starb+gestorben+todesopfer+ums_leben verletz vermisst gerettet+uberleb \n\
stieg+steig+gestieg+wuchs+wachs+gewachsen+zunahm+zugenommen+erhoh+anstieg fiel+fallt+gefallen+sank+sink+gesunken+ruckgang+zuruckg+abnahm+gesenkt \n\
gewinn+uberschuss verlust+fehlbetrag+defizit \n\
bestatig dementier+bestritt+bestreit+bestritten+leugn gestand+gestanden+gesteht+gestehen+zugegeben+raumte \n\
festgenommen+verhaftet+festnahm angeklag freigelassen+entlassen verurteil freigesprochen befragt+vernommen \n\
angenommen+zugestimmt+stimmte+billig+genehmig abgelehnt+ablehn+lehnt+verworf+verwarf verschob+verschieb \n\
eroffn+geoffn+offne+wiedereroffn geschlossen+schlie+schloss+sperr+gesperrt \n\
gewann+gewonnen+gewinnt+siegt verlor+verloren+verliert unentschieden \n\
unterstutz+befurwort kritisier+gegen+widersprach \n\
unfall+ungluck anschlag+attentat+brandstift+vorsatz \n\
kundig+angekund abgesagt+zuruckgenommen \n\
vor nach \n\
nord sud ost west",
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
            futures: "era eront ira iront dra dront",
            plans: "va vont prevoit prevoient devrait devraient compte",
            scopes: "tous toutes tout toute plupart certains certaines seulement presque partiellement entierement",
            times: "lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet aout septembre octobre novembre \
decembre aujourd'hui hier demain matin midi apres-midi soir nuit semaine mois an annee ete hiver printemps automne week-end",
            likes: "dit declare annonce affirme explique indique precise\nmorts mort tues tue deces victimes\nblesses blesse\nenviron quelque pres",
            roles: "ministre president presidente maire directeur directrice chef porte-parole",
            place_words: "a en dans pres de vers",
            contrasts: "recommand+conseil ordonn+oblig+impos autoris+permi interdi menac \n\
achet+acqui vend+vente lou \n\
annul+supprim report maint+mainten suspend+suspens \n\
nomm licenc+renvoy+limog demission \n\
promis+promet exig+reclam \n\
mort+tue+deces+deced bless disparu rescap+sauve \n\
hausse+augment+progress+grimp baiss+dimin+recul+chut \n\
benefic+gain perte+deficit \n\
confirm dement+nie+nier avou+reconnu+reconnait \n\
arret+interpell inculp+examen relach+liber condamn acquitt+relax interroge \n\
adopt+approuv+accept+vote rejet+refus report \n\
ouvr+ouvert+rouvr ferm \n\
gagn+remport+vainc perd+battu+defait \n\
soutien+souten oppos+critiqu \n\
accident attentat+attaque+criminel volontaire \n\
commenc+debut+lanc cess+fin+arret+termin poursui \n\
homicide danger+risque \n\
avant apres \n\
nord sud est ouest",
            ..EMPTY
        },
    ),
    (
        "es",
        Lists {
            negations: "no ni nunca jamas nadie nada ningun ninguna ninguno tampoco",
            denials: "sin negar rechazar desmentir",
            hedges: "podria podrian podria podrian puede pueden supuesto supuesta supuestamente presunto presunta presuntamente quiza quizas posible posiblemente \
probable probablemente habria habrian seria parece parecen",
            futures: "ara aran era eran ira iran",
            plans: "sera seran va van preve planea planean",
            scopes: "todos todas todo toda mayoria algunos algunas solo casi parcialmente totalmente",
            times: "lunes martes miercoles jueves viernes sabado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre \
noviembre diciembre hoy ayer manana tarde noche madrugada semana mes ano verano invierno primavera otono",
            likes: "dijo informo declaro anuncio afirmo explico senalo conto advirtio aseguro\nmuertos fallecidos victimas muertes\nheridos lesionados",
            roles: "ministro ministra presidente presidenta alcalde alcaldesa director directora jefe portavoz",
            place_words: "en cerca de desde hacia",
            contrasts: "recomend+aconsej orden+oblig permit+autoriz prohib amenaz \n\
compr+adquir+adquiri vend alquil \n\
cancel+anul aplaz+pospu manten+mantien suspend \n\
nombr despid+destitu dimit+renunci \n\
promet+prometi exig+reclam \n\
muert+mur+fallec+mato herid+lesion desaparec rescat+sobreviv \n\
sub+aument+crec+increment+alza baj+cay+dismin+descen+redu \n\
gananc+benefic perdid+deficit \n\
confirm neg+desmint+desment confes+admit+reconoc \n\
detuv+deten+arrest imput+acus liber+puest_en conden absuel+absolv interrog \n\
aprob+acept+adopt rechaz aplaz+pospus \n\
abri+abiert+reabr cerr+cierr \n\
gan+venc perd+derrot empat \n\
apoy+respald opon+critic+opus \n\
accident atentado+ataque provocad+intencional \n\
averia incendio explosion \n\
antes despues \n\
norte sur este oeste",
            ..EMPTY
        },
    ),
    (
        "it",
        Lists {
            saying: "secondo detto dice dichiarato affermato spiegato raccontato annunciato riferito comunicato sottolineato aggiunto",
            negations: "non nessun nessuno nessuna mai niente nulla",
            denials: "senza negare rifiutare smentire",
            hedges: "potrebbe potrebbero rischia rischiano potrebbe potrebbero presunto presunta presumibilmente forse probabilmente probabile possibile sembra sarebbe sarebbero avrebbe",
            futures: "era eranno ira iranno",
            plans: "sara saranno prevede",
            scopes: "tutti tutte tutto tutta maggior alcuni alcune solo quasi",
            times: "lunedi martedi mercoledi giovedi venerdi sabato domenica gennaio febbraio marzo aprile maggio giugno luglio agosto settembre \
ottobre novembre dicembre oggi ieri domani mattina pomeriggio sera notte settimana mese anno estate inverno primavera autunno",
            place_words: "a in vicino da di",
            contrasts: "raccomand+consigl ordin+obblig+impo autorizz+permess viet+proibi minacc \n\
compr+acquist vend+vendut affitt \n\
annull rinvi+postici mantien+mantenut sospe \n\
nomin licenzi+destitu dimess+dimett \n\
promess+promett chies+chied+pretend \n\
mort+uccis+decedut+vittim ferit dispers salvat+soprav \n\
aument+cresc+salit+sal calat+diminu+sces+cal \n\
utile+guadagn+profitto perdit+deficit \n\
conferm smenti+negat+nega confess+ammess+ammett \n\
arrest+fermat indagat+accusat rilasci+scarcer+liberat condann assolt interrog \n\
approv+accett+adott respin+rifiut rinvi \n\
apert+apr+riapr chius+chiud \n\
vint+vinc pers+perd pareg \n\
crollat+crolla risch+pericol \n\
sostien+appogg critic+oppon \n\
incidente attentato+attacco dolos \n\
prima dopo \n\
nord sud est ovest",
            ..EMPTY
        },
    ),
    (
        "pt",
        Lists {
            saying: "segundo disse afirmou declarou anunciou explicou garantiu contou informou acrescentou assegurou conforme",
            negations: "nao nem nunca jamais ninguem nada nenhum nenhuma",
            denials: "sem negar rejeitar recusar desmentir",
            hedges: "poderia poderiam poderia poderiam pode podem suposto suposta supostamente talvez provavel provavelmente possivel possivelmente teria seria parece",
            plans: "vai vao sera serao deve devem preve",
            scopes: "todos todas tudo maioria alguns algumas apenas quase",
            times: "segunda-feira terca-feira quarta-feira quinta-feira sexta-feira sabado domingo janeiro fevereiro marco abril maio junho julho \
agosto setembro outubro novembro dezembro hoje ontem amanha manha tarde noite madrugada semana mes ano verao inverno primavera outono",
            place_words: "em perto de para",
            contrasts: "recomend+aconselh orden+obrig permit+autoriz proib ameac \n\
compr+adquir vend alug \n\
cancel+anul adiad+adiou mantev+mantid suspen \n\
nome demitid+despedid+exoner demitiu \n\
promet+promess exig \n\
mort+morr+matou+obito ferid desaparec resgat+sobreviv \n\
sub+aument+cresc+alta+elev ca+diminu+desc+queda+recu \n\
lucro+ganho prejuizo+perda+deficit \n\
confirm neg+desment confess+admit \n\
deteve+detid+prend+pres+detev acus+denunci libert+solt+liber conden absolv interrog \n\
aprov+aceit+adot rejeit+recus adi \n\
abr+abert+reabr fech \n\
venc+ganh perd+derrot empat \n\
apoi critic+opo \n\
acidente atentado+ataque criminos \n\
antes depois \n\
norte sul leste oeste",
            ..EMPTY
        },
    ),
    (
        "nl",
        Lists {
            saying: "volgens zegt zei aldus verklaarde vertelt vertelde meldt meldde liet",
            negations: "niet geen nooit niemand niets noch nergens",
            denials: "zonder weigeren ontkennen",
            hedges: "zou zouden zou zouden mogelijk vermoedelijk misschien wellicht waarschijnlijk kan kunnen vermeend verdacht lijkt",
            plans: "zal zullen wil willen plant",
            scopes: "alle alles meeste sommige alleen bijna gedeeltelijk",
            times: "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli augustus september oktober \
november december vandaag gisteren morgen ochtend middag avond nacht week maand jaar zomer winter lente herfst weekend",
            place_words: "in bij uit naar",
            contrasts: "aanbev+aangeraden+adviseer+geadviseer verplicht+bevolen+beval toegestaan+stond verbo+verbied dreig \n\
kocht+gekocht+koopt verkocht+verkoopt huur+gehuur \n\
afgelast+geannuleerd+geschrapt uitgesteld gehandhaafd opgeschort \n\
benoemd ontslagen afgetreden \n\
beloof+belooft eist+geeist \n\
dood+doden+gedood+overled+stierf+stierven+omgekomen gewond vermist gered \n\
steeg+stijg+gestegen+groeid+toegenomen+toename daald+gedaald+daling+daalt+afgenomen \n\
winst verlies+tekort \n\
bevestig ontken bekend_heeft+bekende \n\
aangehouden+gearresteerd+opgepakt aangeklaagd vrijgelaten veroordeeld vrijgesproken verhoord \n\
aangenomen+goedgekeurd+keurt verworpen+afgewezen+weiger uitgesteld \n\
geopend+opent+heropen gesloten+sluit \n\
gewonnen+won+wint verloren+verloor+verliest gelijk \n\
steun bekritis+tegen \n\
ongeval+ongeluk aanslag+aanval+brandsticht \n\
voor na \n\
noord zuid oost west",
            ..EMPTY
        },
    ),
    (
        "pl",
        Lists {
            saying: "powiedział powiedziała powiedzial powiedziala wedlug według zdaniem poinformował poinformowała poinformowal oświadczył oświadczyła mówi mowi przyznał przyznała dodał dodała ogłosił ogłosiła",
            negations: "nie nikt nic nigdy zaden zadna zadne ani",
            denials: "bez odmowic zaprzeczyc",
            hedges: "moze moga moze moga mogl mogla prawdopodobnie rzekomo podobno domniemany chyba byc",
            plans: "bedzie beda planuje zamierza",
            scopes: "wszyscy wszystkie wiekszosc niektorzy tylko prawie",
            times: "poniedziałek poniedziałku wtorek wtorku sroda srode srody czwartek czwartku piatek piatku sobota sobote soboty niedziela niedziele niedzieli stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia \
pazdziernika listopada grudnia dzis wczoraj jutro rano wieczor noc tydzien miesiac rok",
            place_words: "w koło z do",
            contrasts: "zalec+zaleca+rekomend nakaz+rozkaz pozwol+zezwol zakaz+zabron gro \n\
kupi+nabyl sprzeda wynaj \n\
odwola+anulow przeloz+odroczy utrzym zawies \n\
mianow+powola zwolni+odwolal zrezygn \n\
obieca zada+domaga \n\
zgin+smier+zabit+zmar+ofiar rann+ranion zagin uratow+ocal \n\
wzros+zwieksz+rosn spad+zmniejsz+obniz \n\
zysk strat+deficyt \n\
potwierdz zaprzecz przyzn \n\
zatrzyman+aresztow oskarz+zarzut zwolnion+wypuszcz skazan uniewinn przesluch \n\
przyjal+przyje+uchwal+zatwierdz odrzuc odroczy+przeloz \n\
otwar+otworz+otwier zamkn+zamyk \n\
wygral+wygra+pokonal przegral+przegra zremis \n\
popar+popier krytyk+sprzeciw \n\
wypadek+wypadk zamach+atak+podpal \n\
przed po \n\
polnoc poludni wschod+wschodni zachod+zachodni",
            ..EMPTY
        },
    ),
    (
        "ru",
        Lists {
            negations: "не нет ни никто ничто никогда ничего нельзя никаких",
            denials: "без отказался отрицает опроверг",
            hedges: "может могут мог могла могло могли может могут возможно вероятно якобы предположительно кажется наверное",
            plans: "будет будут планирует намерен собирается",
            scopes: "все всех каждыи большинство некоторые только почти частично",
            times: "понедельник понедельника понедельнику вторник вторника среду среда среды среде четверг четверга пятницу пятница пятницы пятнице субботу суббота субботы воскресенье воскресенья января февраля марта апреля мая июня июля августа \
сентября октября ноября декабря сегодня вчера завтра утром днем вечером ночью неделе неделя месяц году год",
            likes: "сказал заявил сообщил отметил добавил рассказал",
            place_words: "в на под около из",
            contrasts: "рекоменд+посовет приказ+обяза разреш+позвол запрет+запрещ пригроз+угрож \n\
купи+приобр прода аренд \n\
отмен перенес+отлож сохран приостан \n\
назнач увол+отстран отстав \n\
пообещ+обеща потреб+требу \n\
погиб+убит+умер+скончал+жертв пострада+ранен пропал+пропав спасен+выжил \n\
вырос+увелич+повыс+подорож+рост упал+сниз+сократ+подешев+паден \n\
прибыл убыт \n\
подтверд опроверг+отриц+отказал призна \n\
задерж+арестов обвин освобо+отпущ осужд+приговор оправда допрош \n\
одобр+принял+поддерж+утверд отклон+отверг отлож \n\
откры+возобнов закры \n\
выигра+победи проигра+проиграл ничь \n\
критик+против поддерж \n\
авари+случайн теракт+поджог+атак+умышлен \n\
взрыв пожар обрушен \n\
до_ после \n\
север+северн юг+южн восто запад",
            ..EMPTY
        },
    ),
    (
        "uk",
        Lists {
            negations: "не немає нема ні ніхто ніщо ніколи нічого немае",
            denials: "без відмовився заперечив спростував",
            hedges: "може можуть міг могла могло могли може можуть можливо імовірно ймовірно нібито здається",
            plans: "буде будуть планує планують має намір",
            scopes: "усі всі всіх кожен більшість деякі лише тільки майже частково",
            times: "понеділок понеділка вівторок вівторка середу середа середи четвер четверга пятницю п'ятницю п'ятниця п'ятниці п’ятницю п’ятниці суботу субота суботи неділю неділя неділі січня лютого березня квітня травня червня липня серпня вересня \
жовтня листопада грудня сьогодні вчора завтра вранці ввечері вночі тижня тиждень місяць року рік",
            likes: "сказав заявив повідомив повідомила зазначив додав розповів",
            place_words: "в у на під біля з",
            contrasts: "рекоменд+порад наказ+зобов'яз дозвол заборон погрож \n\
купи+придба прода оренд \n\
скасув перен+відкла збереж призупин \n\
признач звільни+усун відстав \n\
пообіця+обіця вимаг \n\
загин+вбит+помер+жертв постражд+поранен зник врятов+вижи \n\
зрос+збільш+підвищ+подорожч впав+впал+зниз+скорот+здешев \n\
прибут збит \n\
підтверд спростув+запереч визнав+зізна \n\
затрим+арешт звинувач+обвинув звільн+відпущ засудж виправд допит \n\
схвал+ухвал+прийня+підтрим відхил відкла \n\
відкри+віднов закри \n\
вигра+перем програ нічи \n\
критик+проти підтрим \n\
аварі+випадков теракт+підпал+атак+навмисн \n\
північ+північн півден схід+східн захід+західн",
            ..EMPTY
        },
    ),
];
