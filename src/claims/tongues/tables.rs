//! The words of each language, one table a language: numbers, magnitudes, fractions, units, money, months, bounds.
//!
//! Words are written folded (lower case, without accents), several of one meaning joined by bars, entries set apart by
//! blanks; a blank inside a phrase is an underscore. A word that ends in an asterisk stands for all words that begin so.

/// What the grammar asks of a language.
pub(super) struct Table {
    /// `zwei=2`
    pub numbers: &'static str,
    /// `tausend=1000`; after a number, or alone.
    pub magnitudes: &'static str,
    /// What may stand inside a number in words: "sessenta e quatro".
    pub joints: &'static str,
    /// Number words written in one: "achtunddreissigtausend", "trentadue".
    pub compounds: bool,
    /// `drittel=1/3`
    pub fractions: &'static str,
    /// What adds a half: "deux et demie".
    pub halves: &'static str,
    /// `zweite*=2`
    pub ordinals: &'static str,
    /// What before an ordinal makes it a share: "jeder dritte".
    pub every: &'static str,
    /// What between one and a number makes it a share: "un sur trois".
    pub in_each: &'static str,
    /// Zero: "keine", "niemand".
    pub none: &'static str,
    /// `hunderte=200..999`
    pub vague: &'static str,
    /// `verdoppelt*=2`
    pub multiples: &'static str,
    /// `kilometer=kilometer`
    pub units: &'static str,
    /// `euro=EUR`
    pub money: &'static str,
    /// Words between a magnitude and its unit: "millions d'euros".
    pub of: &'static str,
    /// `mehr_als=>` with `>` more than, `+` at least, `<` less than, `-` at most, `~` about, `n` nearly.
    pub bounds: &'static str,
    /// The twelve months.
    pub months: &'static str,
    /// `bis`: between the ends of a range.
    pub to: &'static str,
    /// `zwischen`: before a range whose ends `and` joins.
    pub between: &'static str,
    /// `und` in a range after `between`.
    pub and: &'static str,
    /// After an hour: "Uhr", "heures".
    pub oclock: &'static str,
    /// Before an hour: "um", "alle", `a_las`.
    pub at: &'static str,
    /// Before a year: `im_jahr`, "seit".
    pub year: &'static str,
    /// Before an age: "de 51 ans".
    pub aged: &'static str,
}

/// Units that are written alike in all these languages.
pub(super) const SIGNS: &str = "%=percent km=kilometer m=meter cm=centimeter mm=millimeter kg=kilogram g=gram t=tonne ha=hectare \
km/h=kilometer_per_hour °c=celsius °f=fahrenheit mw=megawatt gw=gigawatt kw=kilowatt kwh=kilowatt_hour l=liter min=minute \
км=kilometer м=meter см=centimeter мм=millimeter кг=kilogram г=gram т=tonne га=hectare км/ч=kilometer_per_hour км/год=kilometer_per_hour \
мвт=megawatt квт=kilowatt km2=square_kilometer m2=square_meter км2=square_kilometer м2=square_meter m3=cubic_meter";

/// Signs and short forms of money.
pub(super) const COINS: &str = "€=EUR $=USD £=GBP ¥=JPY ₽=RUB ₴=UAH r$=BRL us$=USD eur=EUR usd=USD chf=CHF gbp=GBP zl=PLN zł=PLN грн=UAH руб=RUB";

/// The table of a language, by its code.
pub(super) fn of(code: &str) -> Option<&'static Table> {
    Some(match code {
        "de" => &GERMAN,
        "fr" => &FRENCH,
        "es" => &SPANISH,
        "it" => &ITALIAN,
        "pt" => &PORTUGUESE,
        "nl" => &DUTCH,
        "pl" => &POLISH,
        "ru" => &RUSSIAN,
        "uk" => &UKRAINIAN,
        _ => return None,
    })
}

static GERMAN: Table = Table {
    numbers: "null=0 ein|eine|einen|einem|einer|eines|eins=1 zwei=2 drei=3 vier=4 funf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 elf=11 zwolf=12 \
dreizehn=13 vierzehn=14 funfzehn=15 sechzehn=16 siebzehn=17 achtzehn=18 neunzehn=19 zwanzig=20 dreissig|dreißig=30 vierzig=40 funfzig=50 \
sechzig=60 siebzig=70 achtzig=80 neunzig=90 dutzend=12 anderthalb|eineinhalb=1.5 zweieinhalb=2.5 dreieinhalb=3.5 viereinhalb=4.5",
    magnitudes: "hundert=100 tausend|tsd=1000 million|millionen|mio=1000000 milliarde|milliarden|mrd=1000000000 billion|billionen=1000000000000",
    joints: "und",
    compounds: true,
    fractions: "halfte=1/2 drittel=1/3 viertel=1/4 funftel=1/5 sechstel=1/6 siebtel=1/7 achtel=1/8 neuntel=1/9 zehntel=1/10 dreiviertel=3/4 dreiviertel=3/4",
    halves: "",
    ordinals: "zweite*=2 dritte*=3 vierte*=4 funfte*=5 sechste*=6 siebte*=7 achte|achten|achter|achtes=8 neunte*=9 zehnte*=10 elfte*=11 zwolfte*=12",
    every: "jeder jede jedes jeden jedem",
    in_each: "von",
    none: "kein keine keinen keiner keinem niemand",
    vague: "dutzende|dutzenden=24..99 hunderte|hunderten=200..999 tausende|tausenden=2000..9999 mehrere=3..9 einige=3..9 zahlreiche=10..99",
    multiples: "verdoppelt*=2 verdoppeln=2 doppelt=2 verdreifach*=3 vervierfach*=4 halbiert*=0.5",
    units: "prozent=percent prozentpunkt|prozentpunkte|prozentpunkten=percentage_point kilometer|kilometern=kilometer meter|metern|metres=meter \
zentimeter|zentimetern=centimeter millimeter|millimetern=millimeter stundenkilometer|stundenkilometern|kilometer_pro_stunde|kilometern_pro_stunde|kilometer_in_der_stunde=kilometer_per_hour kilo|kilogramm=kilogram gramm=gram \
tonne|tonnen=tonne liter|litern=liter hektar=hectare quadratmeter|quadratmetern=square_meter quadratkilometer|quadratkilometern=square_kilometer \
kubikmeter|kubikmetern=cubic_meter grad=degree sekunde|sekunden=second minute|minuten=minute stunde|stunden=hour tag|tage|tagen=day \
woche|wochen=week monat|monate|monaten=month jahr|jahre|jahren=year jahrzehnt|jahrzehnte|jahrzehnten=decade jahrhundert|jahrhunderte=century \
megawatt=megawatt gigawatt=gigawatt kilowatt=kilowatt kilowattstunde|kilowattstunden=kilowatt_hour jahrig*=age",
    money: "euro|euros=EUR cent=cent dollar|dollars|us-dollar=USD franken=CHF pfund=GBP rubel=RUB zloty=PLN kronen=SEK yen=JPY",
    of: "",
    bounds: "mehr_als=> uber=> gut=> mindestens=+ wenigstens=+ weniger_als=< unter=< bis_zu=- hochstens=- maximal=- nicht_mehr_als=- rund=~ etwa=~ ungefahr=~ \
circa=~ ca=~ gegen=~ schatzungsweise=~ knapp=n fast=n nahezu=n beinahe=n",
    months: "januar februar marz april mai juni juli august september oktober november dezember",
    to: "bis",
    between: "zwischen",
    and: "und",
    oclock: "uhr",
    at: "",
    year: "seit im_jahr jahr bis ende anfang mitte im_jahre",
    aged: "",
};

static FRENCH: Table = Table {
    numbers: "zero=0 un|une=1 deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12 treize=13 quatorze=14 quinze=15 \
seize=16 dix-sept=17 dix-huit=18 dix-neuf=19 vingt|vingts=20 trente=30 quarante=40 cinquante=50 soixante=60 soixante-dix=70 septante=70 \
quatre-vingt|quatre-vingts=80 quatre-vingt-dix=90 nonante=90 huitante=80 dizaine=10 douzaine=12 quinzaine=15 vingtaine=20 trentaine=30 \
quarantaine=40 cinquantaine=50 soixantaine=60 centaine=100",
    magnitudes: "cent|cents=100 mille|millier=1000 million|millions=1000000 milliard|milliards=1000000000",
    joints: "et",
    compounds: false,
    fractions: "moitie=1/2 demi|demie=1/2 tiers=1/3 quart|quarts=1/4 cinquieme|cinquiemes=1/5 dixieme|dixiemes=1/10",
    halves: "et_demi et_demie",
    ordinals: "deuxieme=2 second|seconde=2 troisieme=3 quatrieme=4 cinquieme=5 sixieme=6 septieme=7 huitieme=8 neuvieme=9 dixieme=10",
    every: "",
    in_each: "sur",
    none: "aucun aucune personne_n personne_ne nul",
    vague: "dizaines=20..99 centaines=200..999 milliers=2000..9999 plusieurs=3..9 quelques=3..9 nombreux|nombreuses=10..99",
    multiples: "double|doublee|double|doubler|doublent=2 triple|triplee|tripler=3 quadruple=4",
    units: "pour_cent|pourcent=percent points_de_pourcentage|point_de_pourcentage=percentage_point kilometre|kilometres=kilometer metre|metres=meter \
centimetre|centimetres=centimeter millimetre|millimetres=millimeter kilometres-heure|kilometres_heure|kilometres_par_heure|kilometres_a_l_heure=kilometer_per_hour kilo|kilos|kilogramme|kilogrammes=kilogram \
gramme|grammes=gram tonne|tonnes=tonne litre|litres=liter hectare|hectares=hectare metres_carres=square_meter kilometres_carres=square_kilometer \
metres_cubes=cubic_meter degre|degres=degree seconde|secondes=second minute|minutes=minute heure|heures=hour jour|jours=day semaine|semaines=week mois=month \
an|ans|annee|annees=year decennie|decennies=decade siecle|siecles=century megawatts=megawatt gigawatts=gigawatt kilowatts=kilowatt",
    money: "euro|euros=EUR centime|centimes=cent dollar|dollars=USD francs=CHF livres=GBP roubles=RUB yens=JPY",
    of: "d de des",
    bounds: "plus_de=> plus_d=> au_moins=+ au_minimum=+ moins_de=< moins_d=< jusqu_a=- au_plus=- au_maximum=- environ=~ avoisine=~ avoisinait=~ avoisinant=~ autour_de=~ quelque=~ pres_de=n pres_d=n presque=n",
    months: "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    to: "a",
    between: "entre",
    and: "et",
    oclock: "h heure heures",
    at: "a vers de jusqu_a des avant apres",
    year: "en depuis annee fin debut d_ici",
    aged: "de age_de agee_de",
};

static SPANISH: Table = Table {
    numbers: "cero=0 un|una|uno=1 dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12 trece=13 catorce=14 quince=15 \
dieciseis=16 diecisiete=17 dieciocho=18 diecinueve=19 veinte=20 veintiun|veintiuno|veintiuna=21 veintidos=22 veintitres=23 veinticuatro=24 \
veinticinco=25 veintiseis=26 veintisiete=27 veintiocho=28 veintinueve=29 treinta=30 cuarenta=40 cincuenta=50 sesenta=60 setenta=70 ochenta=80 \
noventa=90 doscientos|doscientas=200 trescientos|trescientas=300 cuatrocientos|cuatrocientas=400 quinientos|quinientas=500 seiscientos|seiscientas=600 \
setecientos|setecientas=700 ochocientos|ochocientas=800 novecientos|novecientas=900 docena=12 decena=10 veintena=20 treintena=30 centenar=100",
    magnitudes: "cien|ciento=100 mil|millar=1000 millon|millones=1000000 billon|billones=1000000000000",
    joints: "y",
    compounds: false,
    fractions: "mitad=1/2 tercio|tercios=1/3 tercera_parte=1/3 cuarto|cuartos=1/4 cuarta_parte=1/4 quinto|quintos=1/5 quinta_parte=1/5 decima_parte=1/10",
    halves: "y_medio y_media",
    ordinals: "segundo|segunda=2 tercer|tercero|tercera=3 cuarto|cuarta=4 quinto|quinta=5 sexto|sexta=6 septimo|septima=7 octavo|octava=8",
    every: "",
    in_each: "de_cada",
    none: "ningun ninguna ninguno nadie no_hubo no_hay sin",
    vague: "decenas=20..99 centenares|cientos=200..999 miles=2000..9999 varios|varias=3..9 algunos|algunas=3..9 numerosos|numerosas=10..99",
    multiples: "duplic*=2 triplic*=3 cuadruplic*=4",
    units: "por_ciento|por_cien=percent puntos_porcentuales|punto_porcentual=percentage_point kilometro|kilometros=kilometer metro|metros=meter centimetro|centimetros=centimeter \
milimetro|milimetros=millimeter kilometros_por_hora=kilometer_per_hour kilo|kilos|kilogramo|kilogramos=kilogram gramo|gramos=gram tonelada|toneladas=tonne \
litro|litros=liter hectarea|hectareas=hectare metros_cuadrados=square_meter kilometros_cuadrados=square_kilometer metros_cubicos=cubic_meter grado|grados=degree \
segundo|segundos=second minuto|minutos=minute hora|horas=hour dia|dias=day semana|semanas=week mes|meses=month ano|anos=year decada|decadas=decade \
siglo|siglos=century megavatios=megawatt gigavatios=gigawatt",
    money: "euro|euros=EUR centimo|centimos|centavos=cent dolar|dolares=USD libras=GBP pesos=MXN soles=PEN francos=CHF rublos=RUB yenes=JPY",
    of: "de",
    bounds: "mas_de=> al_menos=+ por_lo_menos=+ como_minimo=+ menos_de=< hasta=- como_maximo=- no_mas_de=- unos=~ unas=~ ronda=~ rondan=~ rondaba=~ rondaban=~ cerca_de=n alrededor_de=~ aproximadamente=~ en_torno_a=~ \
casi=n",
    months: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    to: "a",
    between: "entre",
    and: "y",
    oclock: "h",
    at: "a_las las",
    year: "en desde ano de finales_de",
    aged: "de",
};

static ITALIAN: Table = Table {
    numbers: "zero=0 un|uno|una=1 due=2 tre=3 quattro=4 cinque=5 sei=6 sette=7 otto=8 nove=9 dieci=10 undici=11 dodici=12 tredici=13 quattordici=14 quindici=15 \
sedici=16 diciassette=17 diciotto=18 diciannove=19 venti|vent=20 trenta|trent=30 quaranta|quarant=40 cinquanta|cinquant=50 sessanta|sessant=60 \
settanta|settant=70 ottanta|ottant=80 novanta|novant=90 decina=10 dozzina=12 ventina=20 trentina=30 quarantina=40 cinquantina=50 centinaio=100",
    magnitudes: "cento=100 mille|mila|migliaio=1000 milione|milioni|mln=1000000 miliardo|miliardi|mld=1000000000",
    joints: "e",
    compounds: true,
    fractions: "meta=1/2 terzo|terzi=1/3 quarto|quarti=1/4 quinto|quinti=1/5 decimo|decimi=1/10",
    halves: "e_mezzo e_mezza",
    ordinals: "secondo|seconda=2 terzo|terza=3 quarto|quarta=4 quinto|quinta=5 sesto|sesta=6 settimo|settima=7 ottavo|ottava=8 centesima|centesimo=100",
    every: "",
    in_each: "su",
    none: "nessun nessuna nessuno",
    vague: "decine=20..99 centinaia=200..999 migliaia=2000..9999 diversi|diverse|alcuni|alcune|parecchi=3..9 numerosi|numerose=10..99",
    multiples: "raddoppi*=2 triplic*=3 quadruplic*=4",
    units: "per_cento=percent punti_percentuali|punto_percentuale=percentage_point chilometro|chilometri=kilometer metro|metri=meter centimetro|centimetri=centimeter \
millimetro|millimetri=millimeter chilometri_orari|chilometri_all_ora=kilometer_per_hour chilo|chili|chilogrammo|chilogrammi=kilogram grammo|grammi=gram tonnellata|tonnellate=tonne \
litro|litri=liter ettaro|ettari=hectare metri_quadrati|metri_quadri=square_meter chilometri_quadrati=square_kilometer metri_cubi=cubic_meter grado|gradi=degree \
secondo|secondi=second minuto|minuti=minute ora|ore=hour giorno|giorni=day settimana|settimane=week mese|mesi=month anno|anni=year decennio|decenni=decade \
secolo|secoli=century megawatt=megawatt gigawatt=gigawatt",
    money: "euro=EUR centesimo|centesimi=cent dollaro|dollari=USD sterline=GBP franchi=CHF rubli=RUB yen=JPY",
    of: "di d",
    bounds: "piu_di=> oltre=> almeno=+ come_minimo=+ meno_di=< fino_a=- al_massimo=- non_piu_di=- circa=~ intorno_a=~ quasi=n",
    months: "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    to: "a",
    between: "tra fra",
    and: "e",
    oclock: "",
    at: "alle ore dalle",
    year: "nel dal del fine anno",
    aged: "di",
};

static PORTUGUESE: Table = Table {
    numbers: "zero=0 um|uma=1 dois|duas=2 tres=3 quatro=4 cinco=5 seis=6 sete=7 oito=8 nove=9 dez=10 onze=11 doze=12 treze=13 catorze|quatorze=14 quinze=15 \
dezesseis|dezasseis=16 dezessete|dezassete=17 dezoito=18 dezenove|dezanove=19 vinte=20 trinta=30 quarenta=40 cinquenta=50 sessenta=60 setenta=70 oitenta=80 \
noventa=90 duzentos|duzentas=200 trezentos|trezentas=300 quatrocentos|quatrocentas=400 quinhentos|quinhentas=500 seiscentos|seiscentas=600 \
setecentos|setecentas=700 oitocentos|oitocentas=800 novecentos|novecentas=900 duzia=12 dezena=10 centena=100",
    magnitudes: "cem|cento=100 mil|milhar=1000 milhao|milhoes=1000000 bilhao|bilhoes=1000000000 mil_milhoes=1000000000",
    joints: "e",
    compounds: false,
    fractions: "metade=1/2 terco|tercos=1/3 quarto|quartos=1/4 quinto|quintos=1/5 decimo|decimos=1/10",
    halves: "e_meio e_meia",
    ordinals: "segundo|segunda=2 terceiro|terceira=3 quarto|quarta=4 quinto|quinta=5 sexto|sexta=6 setimo|setima=7 oitavo|oitava=8",
    every: "",
    in_each: "em_cada em_cada",
    none: "nenhum nenhuma ninguem nao_ha nao_houve",
    vague: "dezenas=20..99 centenas=200..999 milhares=2000..9999 varios|varias|alguns|algumas=3..9 diversos|diversas=3..9",
    multiples: "dobrou|duplicou|dobraram|duplicaram|dobrar|duplicar=2 triplic*=3",
    units: "por_cento=percent pontos_percentuais|ponto_percentual=percentage_point quilometro|quilometros=kilometer metro|metros=meter centimetro|centimetros=centimeter \
milimetro|milimetros=millimeter quilometros_por_hora=kilometer_per_hour quilo|quilos|quilograma|quilogramas=kilogram grama|gramas=gram tonelada|toneladas=tonne \
litro|litros=liter hectare|hectares=hectare metros_quadrados=square_meter quilometros_quadrados=square_kilometer metros_cubicos=cubic_meter grau|graus=degree \
segundo|segundos=second minuto|minutos=minute hora|horas=hour dia|dias=day semana|semanas=week mes|meses=month ano|anos=year decada|decadas=decade \
seculo|seculos=century megawatts=megawatt gigawatts=gigawatt",
    money: "euro|euros=EUR centimos|centavos=cent dolar|dolares=USD real|reais=BRL libras=GBP francos=CHF rublos=RUB",
    of: "de",
    bounds: "mais_de=> ao_menos=+ pelo_menos=+ no_minimo=+ menos_de=< ate=- no_maximo=- cerca_de=~ aproximadamente=~ em_torno_de=~ uns=~ umas=~ quase=n perto_de=n",
    months: "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    to: "a",
    between: "entre",
    and: "e",
    oclock: "h",
    at: "as",
    year: "em desde ano de",
    aged: "de",
};

static DUTCH: Table = Table {
    numbers: "nul=0 een=1 twee=2 drie=3 vier=4 vijf=5 zes=6 zeven=7 acht=8 negen=9 tien=10 elf=11 twaalf=12 dertien=13 veertien=14 vijftien=15 zestien=16 \
zeventien=17 achttien=18 negentien=19 twintig=20 dertig=30 veertig=40 vijftig=50 zestig=60 zeventig=70 tachtig=80 negentig=90 anderhalf|anderhalve=1.5 \
tweeeneenhalf|tweeenhalf|tweeenhalve=2.5 tiental=10 twintigtal=20 dozijn=12",
    magnitudes: "honderd=100 duizend=1000 miljoen|mln=1000000 miljard|mld=1000000000",
    joints: "en",
    compounds: true,
    fractions: "helft=1/2 derde=1/3 kwart=1/4 vijfde=1/5 tiende=1/10",
    halves: "en_een_half",
    ordinals: "tweede=2 derde=3 vierde=4 vijfde=5 zesde=6 zevende=7 achtste=8 negende=9 tiende=10",
    every: "",
    in_each: "op_de van_de",
    none: "geen niemand",
    vague: "tientallen=20..99 honderden=200..999 duizenden=2000..9999 enkele=3..9 verschillende|meerdere=3..9",
    multiples: "verdubbel*=2 verdrievoudig*=3 gehalveerd=0.5",
    units: "procent=percent procentpunt|procentpunten=percentage_point kilometer_per_uur|kilometers_per_uur=kilometer_per_hour kilometer|kilometers=kilometer meter|meters=meter centimeter|centimeters=centimeter \
millimeter|millimeters=millimeter kilo|kilogram=kilogram gram=gram ton=tonne liter=liter hectare|hectaren=hectare vierkante_meter=square_meter \
vierkante_kilometer=square_kilometer kubieke_meter=cubic_meter graden|graad=degree seconde|seconden=second minuut|minuten=minute uur|uren=hour dag|dagen=day \
week|weken=week maand|maanden=month jaar|jaren=year decennium|decennia=decade eeuw|eeuwen=century jarige=age megawatt=megawatt gigawatt=gigawatt",
    money: "euro=EUR cent=cent dollar=USD pond=GBP frank=CHF roebel=RUB",
    of: "",
    bounds: "meer_dan=> ruim=> minstens=+ ten_minste=+ minimaal=+ minder_dan=< hooguit=- maximaal=- hoogstens=- tot=- ongeveer=~ circa=~ zo_n=~ rond=~ bijna=n",
    months: "januari februari maart april mei juni juli augustus september oktober november december",
    to: "tot",
    between: "tussen",
    and: "en",
    oclock: "uur",
    at: "om tot vanaf",
    year: "in sinds jaar eind begin",
    aged: "van",
};

static POLISH: Table = Table {
    numbers: "zero=0 jeden|jedna|jednego|jednej=1 dwa|dwie|dwoch|dwoje|dwaj|dwiema|dwom=2 trzy|trzech|troje|trzej|trzem=3 cztery|czterech|czworo|czterej=4 piec|pieciu|piecioro=5 \
szesc|szesciu|szescioro=6 siedem|siedmiu|siedmioro=7 osiem|osmiu=8 dziewiec|dziewieciu=9 dziesiec|dziesieciu=10 jedenascie|jedenastu=11 dwanascie|dwunastu=12 \
trzynascie|trzynastu=13 czternascie|czternastu=14 pietnascie|pietnastu=15 szesnascie|szesnastu=16 siedemnascie|siedemnastu=17 osiemnascie|osiemnastu=18 \
dziewietnascie|dziewietnastu=19 dwadziescia|dwudziestu=20 trzydziesci|trzydziestu=30 czterdziesci|czterdziestu=40 piecdziesiat|piecdziesieciu=50 \
szescdziesiat|szescdziesieciu=60 siedemdziesiat|siedemdziesieciu=70 osiemdziesiat|osiemdziesieciu=80 dziewiecdziesiat|dziewiecdziesieciu=90 \
dwiescie|dwustu=200 trzysta|trzystu=300 czterysta|czterystu=400 piecset|pieciuset=500 szescset=600 siedemset=700 osiemset=800 dziewiecset=900 poltora|poltorej=1.5 tuzin=12",
    magnitudes: "sto|stu=100 tysiac|tysiace|tysiecy|tys=1000 milion|miliony|milionow|mln=1000000 miliard|miliardy|miliardow|mld=1000000000",
    joints: "",
    compounds: false,
    fractions: "polowa|polowe|polowy|pol=1/2 trzecia_czesc|jedna_trzecia=1/3 cwierc|jedna_czwarta=1/4 jedna_piata=1/5",
    halves: "i_pol",
    ordinals: "drug*=2 trzec*=3 czwart*=4 piat*=5 szost*=6 siodm*=7 osm*=8",
    every: "co",
    in_each: "na",
    none: "zaden zadna zadnych zadnego nikt nikogo",
    vague: "dziesiatki=20..99 setki=200..999 kilka|kilku|kilkoro=3..9 kilkanascie|kilkunastu=11..19 kilkadziesiat|kilkudziesieciu=20..99 kilkaset|kilkuset=200..999",
    multiples: "podwoi*=2 potroi*=3",
    units: "kilometrow_na_godzine|kilometry_na_godzine=kilometer_per_hour procent|proc|procenta=percent punkt_procentowy|punkty_procentowe|punktow_procentowych=percentage_point kilometr|kilometry|kilometrow=kilometer metr|metry|metrow=meter \
centymetr|centymetry|centymetrow=centimeter milimetr|milimetry|milimetrow=millimeter kilogram|kilogramy|kilogramow|kilo=kilogram gram|gramy|gramow=gram tona|tony|ton=tonne \
litr|litry|litrow=liter hektar|hektary|hektarow=hectare stopien|stopnie|stopni=degree sekunda|sekundy|sekund=second minuta|minuty|minut=minute godzina|godziny|godzin=hour \
dzien|dni=day tydzien|tygodnie|tygodni=week miesiac|miesiace|miesiecy=month rok|lata|lat|roku=year wiek|wieki=century letni*|letnia=age",
    money: "euro=EUR cent|centy=cent dolar|dolary|dolarow=USD zloty|zlote|zlotych=PLN frankow=CHF funtow=GBP rubli=RUB",
    of: "",
    bounds: "ponad=> wiecej_niz=> co_najmniej=+ przynajmniej=+ mniej_niz=< ponizej=< do=- najwyzej=- maksymalnie=- okolo=~ ok=~ mniej_wiecej=~ blisko=n prawie=n niemal=n",
    months: "stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia",
    to: "do",
    between: "miedzy",
    and: "a",
    oclock: "",
    at: "o godz godzinie od",
    year: "w od z roku",
    aged: "",
};

static RUSSIAN: Table = Table {
    numbers: "ноль=0 один|одна|одно|одного|однои=1 два|две|двух|двое|двоих|двум=2 три|трех|трое|троих=3 четыре|четырех|четверо=4 пять|пяти|пятеро=5 \
шесть|шести|шестеро=6 семь|семи|семеро=7 восемь|восьми=8 девять|девяти=9 десять|десяти=10 одиннадцать=11 двенадцать=12 тринадцать=13 четырнадцать=14 \
пятнадцать=15 шестнадцать=16 семнадцать=17 восемнадцать=18 девятнадцать=19 двадцать|двадцати=20 тридцать|тридцати=30 сорок|сорока=40 пятьдесят=50 \
шестьдесят=60 семьдесят=70 восемьдесят=80 девяносто=90 двести=200 триста=300 четыреста=400 пятьсот=500 шестьсот=600 семьсот=700 восемьсот=800 \
девятьсот=900 полтора|полторы=1.5 десяток=10 дюжина=12",
    magnitudes: "сто|ста|сотня=100 тысяча|тысячи|тысяч|тыс=1000 миллион|миллиона|миллионов|млн=1000000 миллиард|миллиарда|миллиардов|млрд=1000000000",
    joints: "",
    compounds: false,
    fractions: "половина|половину|половины=1/2 треть|трети=1/3 четверть|четверти=1/4 пятая_часть=1/5",
    halves: "с_половинои",
    ordinals: "втор*=2 трет*=3 четверт*=4 пят*=5 шест*=6 седьм*=7 восьм*=8",
    every: "каждыи каждая каждое каждого",
    in_each: "из",
    none: "никто никого нет",
    vague: "десятки=20..99 сотни=200..999 тысячи_людеи=2000..9999 несколько|нескольких=3..9",
    multiples: "удвои*=2 вдвое=2 утрои*=3 втрое=3",
    units: "километров_в_час|километра_в_час=kilometer_per_hour процент|процента|процентов=percent процентныи_пункт|процентных_пункта|процентных_пунктов=percentage_point километр|километра|километров|километрах=kilometer \
метр|метра|метров=meter сантиметр|сантиметра|сантиметров=centimeter миллиметр|миллиметра|миллиметров=millimeter килограмм|килограмма|килограммов=kilogram \
грамм|грамма|граммов=gram тонна|тонны|тонн=tonne литр|литра|литров=liter гектар|гектара|гектаров=hectare квадратных_метров|квадратных_метра=square_meter \
квадратных_километров|квадратных_километра=square_kilometer кубометр|кубометра|кубометров=cubic_meter градус|градуса|градусов=degree секунда|секунды|секунд=second \
минута|минуты|минут=minute час|часа|часов=hour день|дня|днеи|сутки|суток=day неделя|недели|недель=week месяц|месяца|месяцев=month год|года|лет=year век|века=century \
летнии|летняя|летнего|летнеи=age",
    money: "евро=EUR цент|центов=cent доллар|доллара|долларов=USD рубль|рубля|рублеи=RUB франков=CHF фунтов=GBP гривен|гривны=UAH",
    of: "",
    bounds: "более=> больше=> свыше=> не_менее=+ как_минимум=+ по_меньшеи_мере=+ менее=< меньше=< до=- не_более=- около=~ примерно=~ порядка=~ почти=n",
    months: "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    to: "до",
    between: "между",
    and: "и",
    oclock: "",
    at: "в_",
    year: "в с до году",
    aged: "",
};

static UKRAINIAN: Table = Table {
    numbers: "нуль=0 один|одна|одне|одного|однієі=1 два|дві|двох|двоє=2 три|трьох|троє=3 чотири|чотирьох|четверо=4 пять|п'ять|п’ять|пяти|п'яти|пятеро|п'ятеро=5 \
шість|шести|шестеро=6 сім|семи|семеро=7 вісім|восьми=8 девять|дев'ять|дев’ять|дев'яти=9 десять|десяти=10 одинадцять=11 дванадцять=12 тринадцять=13 чотирнадцять=14 \
пятнадцять|п'ятнадцять|п’ятнадцять=15 шістнадцять=16 сімнадцять=17 вісімнадцять=18 девятнадцять|дев'ятнадцять|дев’ятнадцять=19 двадцять|двадцяти=20 \
тридцять|тридцяти=30 сорок|сорока=40 п'ятдесят|п’ятдесят=50 шістдесят=60 сімдесят=70 вісімдесят=80 дев'яносто|дев’яносто=90 двісті=200 триста=300 чотириста=400 \
п'ятсот|п’ятсот=500 шістсот=600 сімсот=700 вісімсот=800 дев'ятсот|дев’ятсот=900 півтора|півтори=1.5 десяток=10",
    magnitudes: "сто|ста|сотня=100 тисяча|тисячі|тисяч|тис=1000 мільион|мільиона|мільиони|мільионів|млн=1000000 мільярд|мільярда|мільярди|мільярдів|млрд=1000000000",
    joints: "",
    compounds: false,
    fractions: "половина|половину|половини=1/2 третина|третину|третини=1/3 чверть|чверті=1/4",
    halves: "з_половиною",
    ordinals: "друг*=2 треті*|трет*=3 четверт*=4 п'ят*|п’ят*=5 шост*=6 сьом*=7 восьм*=8",
    every: "кожен кожна кожне кожного кожнии",
    in_each: "з із",
    none: "ніхто нікого немає",
    vague: "десятки=20..99 сотні=200..999 кілька|кількох|декілька=3..9",
    multiples: "подвої*=2 подвоі*=2 вдвічі=2 потрої*=3 втричі=3",
    units: "кілометрів_на_годину|кілометри_на_годину|кілометрів_за_годину=kilometer_per_hour відсоток|відсотка|відсотки|відсотків=percent відсоткових_пунктів|відсоткові_пункти=percentage_point кілометр|кілометра|кілометри|кілометрів=kilometer \
метр|метра|метри|метрів=meter сантиметр|сантиметра|сантиметри|сантиметрів=centimeter міліметр|міліметри|міліметрів=millimeter кілограм|кілограма|кілограми|кілограмів=kilogram \
грам|грами|грамів=gram тонна|тонни|тонн=tonne літр|літра|літри|літрів=liter гектар|гектара|гектари|гектарів=hectare квадратних_метрів=square_meter \
квадратних_кілометрів=square_kilometer градус|градуси|градусів=degree секунда|секунди|секунд=second хвилина|хвилини|хвилин=minute година|години|годин=hour \
день|дні|днів|доба|доби=day тиждень|тижні|тижнів=week місяць|місяці|місяців=month рік|роки|років|року=year століття=century річнии|річна|річного=age",
    money: "євро=EUR цент|центів=cent долар|долара|долари|доларів=USD гривня|гривні|гривень=UAH рублів=RUB фунтів=GBP",
    of: "",
    bounds: "понад=> більше=> більш_як=> щонаименше=+ не_менше=+ принаимні=+ менше=< менш_як=< до=- не_більше=- щонаибільше=- близько=~ приблизно=~ орієнтовно=~ маиже=n",
    months: "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    to: "до",
    between: "між",
    and: "і та и",
    oclock: "",
    at: "о об",
    year: "у в з до році",
    aged: "",
};
