//! English nouns that tell what a number beside them is.

use crate::claims::lang::{Cues, cue};

/// Words by what they signal.
pub(super) const LISTS: &[(Cues, &str)] = &[
    (
        cue::LABEL,
        "resolution article articles flight route room proposition section sections chapter chapters page pages paragraph \
         paragraphs verse clause clauses figure fig exhibit appendix annex schedule amendment highway interstate motorway autoroute \
         terminal pier gate runway platform hangar phase stage level tier grade category cat no nos number nr directive \
         decree ordinance rule regulation protocol case docket bill ward precinct district constituency sector zone block \
         lot plot apartment apt flat suite locker cell bed train tram bus line lane track exit junction mile-marker row seat table \
         episode season series version volume vol issue edition part act scene verse psalm sonnet symphony opus \
         game match race heat round week lap set day year form box item step question option channel studio magnitude-class \
         reactor unit well borehole camp checkpoint base barracks depot warehouse silo shaft mine blockhouse school \
         squadron regiment battalion brigade division corps area region site station engine ladder precinct post shed dock berth \
         crew team group class type model mark generation gen size factor formula serial order invoice claim petition statute \
         title subsection subparagraph addendum recommendation principle goal target lesson unit exercise problem \
         courtroom classroom dormitory dorm cabin deck wing theatre theater screen aisle carriage coach pump valve bunker trench \
         hut tent pen paddock field well rig turbine furnace kiln boiler conveyor bus \
         barrack bay hall ring court pitch arena stand gate entrance floor storey stop sol wave storm",
    ),
    (
        cue::TITLE_LABEL,
        "count counts force base area project operation plan group agenda list hut ship hull tower building house bridge tunnel \
         boko vision expo euro windows league tour network radio sky channel bbc itv espn fox cnn film world \
         apollo artemis soyuz voyager sputnik explorer crew expedition mission cosmos planet rocket vostok shenzhou chandrayaan \
         luna mariner pioneer gemini falcon starship titan atlas ariane delta vega proton hurricane typhoon cyclone",
    ),
    (
        cue::MAKER,
        "formula boeing airbus embraer bombardier cessna antonov tupolev ilyushin sukhoi mig lockheed porsche audi bmw mazda peugeot \
         ferrari mercedes volvo lexus infiniti acura tesla iphone ipad galaxy pixel playstation xbox windows android ios macos \
         ubuntu nokia samsung huawei xiaomi intel core ryzen radeon geforce rtx gtx nvidia amd boeing's falcon learjet gulfstream \
         concorde sputnik chevron fifa formula nikon canon dash fokker saab mirage rafale leopard abrams challenger \
         merkava chatgpt gpt gemini claude llama office studio sony toyota",
    ),
    (
        cue::NAMED,
        "war pope king queen emperor tsar elizabeth charles louis henry george edward william philip john paul benedict \
         francis pius gregory clement innocent alexander nicholas catherine frederick juan felipe carlos alfonso haakon harald \
         gustaf bowl rocky star world title type olympics olympiad wrestlemania ufc act chapter volume part phase class schedule \
         annex appendix category",
    ),
    (
        cue::INDEX,
        "index indices exchange bourse ftse nasdaq dow nikkei dax cac stoxx hang sensex nifty kospi shanghai composite russell ibex mib asx \
         tsx bovespa ibovespa topix taiex jones csi msci s&p psi omx bist rts moex merval ta aex smi atx wig sti klci set jse \
         average industrials vix",
    ),
    (
        cue::POLL,
        "vote votes voting voter voters poll polls polling pollster turnout margin approval rating ratings swing lead share majority support election \
         percent percentage rate rates yield yields inflation unemployment interest growth survey majority disapproval favourability \
         favorability deficit gdp",
    ),
    (
        cue::RATE,
        "barrel bbl tonne ton kilo kilogram kg gallon litre liter share head person unit bushel pound ounce hour day week month \
         year night minute second quarter square hectare acre mile kilometer kilometre metre meter gram bottle ticket seat piece \
         quintal teu feu box container bag sack dose pill shot pint cup glass pair dozen copy call message user customer \
         household family student pupil child adult passenger game match session shift visit word page carat therm kwh mwh \
         megawatt kilowatt sheet tree plate head capita annum employee worker resident inhabitant vote home house kwh lb oz \
         plot bird cow pig sheep animal case man woman round term decade fortnight semester season mwh minute litre cubic sq \
         contract security adr stock token coin",
    ),
    (
        cue::PLURAL,
        "people men women children police personnel staff crew sheep fish deer cattle aircraft spacecraft oxen mice geese feet \
         teeth lice dice series species swine policemen policewomen firemen firefighters servicemen servicewomen fishermen \
         fishermen businessmen businesswomen congressmen congresswomen lawmakers gunmen militiamen clergymen salesmen sportsmen \
         horsemen spokesmen tradesmen craftsmen chairmen bodies criteria phenomena media data bacteria alumni nuclei fungi stimuli \
         headquarters offspring youth troops folk poultry livestock means schoolchildren grandchildren stepchildren brethren \
         hovercraft watercraft helicopters squid salmon trout shrimp bison elk moose passers-by dead wounded injured missing \
         homeless infantry cavalry marines horsepower countrymen townspeople salespeople tribesmen fellowmen craft mankind mps mlas mep \
         meps ngos vips ceos dogs cases buses lives wives knives leaves thieves loaves wolves halves",
    ),
    (
        cue::SINGULAR_S,
        "is was has does this thus its plus less bus gas virus campus crisis basis analysis news politics economics mathematics physics \
         illness business congress process access success progress press mass class cross loss boss pass glass grass address \
         princess witness fitness darkness status focus bonus census consensus corpus chaos tennis minus us as his always perhaps \
         across towards besides sometimes nowadays afterwards los las des hers yours ours theirs james thomas charles paris \
         texas illinois arkansas kansas athens brussels wales hamas bus lens series diabetes measles cosmos ethos surplus versus via \
         christmas alas gross excess express wilderness weakness sadness business's apparatus stimulus nucleus cactus locus \
         arms means whereas cyprus laos honduras maldives netherlands philippines",
    ),
    (
        cue::ZERO,
        "casualties casualty deaths death injuries injury fatalities fatality victims survivors cases arrests jobs injured \
         dead wounded killed people passengers children patients damage-reports infections hospitalisations hospitalizations \
         layoffs redundancies missing detainees hostages incidents accidents arrested crew",
    ),
    (
        cue::TOLL,
        "injured wounded killed dead missing hurt hospitalised hospitalized arrested detained displaced infected homeless stranded \
         trapped unaccounted drowned jailed evacuated rescued hospitalise unhurt dead unemployed jobless captured sickened",
    ),
    (
        cue::HARM,
        "killed kill kills killing injured injure injures injuring wounded wounding wounds wound arrested arresting arrest \
         detained detaining hurt hurting displaced displacing claimed claiming left leaving sickened sickening infected \
         infecting hospitalised hospitalized captured capturing rescued rescuing evacuated evacuating jailed jailing freed freeing displaces",
    ),
    (
        cue::TALLY,
        "toll figure figures number numbers total tally count tallies estimate estimates population turnout attendance crowd \
         workforce membership headcount death-toll sum amount price cost fine level rate share average median record size value \
         revenue sales profit profits income loss losses budget debt deficit surplus capacity output production circulation \
         enrolment enrollment audience readership ranks strength caseload death deaths cases dead casualties",
    ),
    (
        cue::EVENT,
        "world cup election elections olympics games season budget census championship championships tournament referendum war \
         crisis financial fiscal film movie book album song accord agreement treaty act law plan strategy report study survey \
         average total level levels record peak target edition finals final race campaign primary primaries convention conference \
         summit attack attacks earthquake quake tsunami hurricane flood floods fire riots coup uprising revolution invasion pandemic \
         outbreak deal precedent ruling case model models vintage harvest crop recession crash merger launch tour festival awards \
         award prize draft class bid figures results result figure data statistics constitution protocol convention midterm midterms \
         general presidential parliamentary congressional local european olympic paralympic super winter summer spring autumn fall \
         academic school calendar tax financial earnings revenue profit profits sales calendar inauguration murder killing killings \
         bombing bombings massacre disaster accident shooting trial verdict amendment eruption drought famine boom downturn debut \
         hit single novel remake sequel documentary biopic series show romp thriller drama horror comedy classic paper article interview",
    ),
    (
        cue::PERSON,
        "mayor man woman boy girl teenager student teacher doctor nurse farmer driver pilot captain president minister \
         chancellor striker midfielder defender goalkeeper forward winger player coach manager singer actor actress artist author writer \
         novelist poet journalist reporter lawyer attorney judge officer soldier sergeant colonel general major lieutenant widow \
         widower father mother son daughter brother sister husband wife uncle aunt cousin nephew niece grandfather grandmother \
         victim suspect defendant gunman killer resident survivor veteran pensioner retiree engineer scientist professor chef \
         waiter baker butcher plumber electrician carpenter mechanic shopkeeper owner founder director executive chairman \
         chairwoman boss skipper senator governor congressman congresswoman lawmaker mp councillor candidate activist protester \
         migrant refugee immigrant passenger cyclist pedestrian motorist tourist hiker climber swimmer runner boxer champion \
         rapper musician composer conductor dancer comedian presenter broadcaster billionaire millionaire tycoon entrepreneur \
         baby infant toddler child kid youngster adult youth worker labourer laborer prisoner inmate convict monk priest bishop \
         pope king queen prince princess duke duchess heir monarch pupil guest guard crewmember sailor fisherman trader miner clerk cook cleaner judge juror \
         bystander neighbour neighbor villager townsperson citizen voter employee trainee recruit cadet conscript reservist rebel \
         militant fighter insurgent hostage captive detainee evacuee deportee asylum-seeker caller patient nurse midwife paramedic medic \
         surgeon dentist vet therapist counsellor counselor aide adviser advisor envoy diplomat ambassador delegate spokesperson \
         spokesman spokeswoman commander admiral lieutenant constable detective inspector policeman policewoman firefighter fireman \
         lifeguard astronaut cosmonaut jockey golfer batsman bowler pitcher quarterback skater skier surfer sprinter sibling \
         twin spouse partner fiance fiancee girlfriend boyfriend friend colleague roommate tenant landlord lodger shopper commuter \
         graduate undergraduate apprentice volunteer believer worshipper pilgrim supporter fan spectator viewer reader user \
         subscriber member participant contestant competitor applicant claimant beneficiary carer caregiver parent grandparent \
         orphan newborn senior elder minor",
    ),
    (
        cue::SEASON,
        "spring summer autumn fall winter christmas easter ramadan",
    ),
    (
        cue::MASS,
        "water snow rain cocaine heroin oil grain wheat rice maize corn cash warming ice sand mud rubble explosives ammunition \
         marijuana cannabis fentanyl methamphetamine gold silver copper aluminium aluminum steel iron coal gas fuel petrol diesel \
         gasoline timber wood cotton sugar coffee cocoa tea milk meat beef pork poultry fish flour salt waste sewage plastic paper \
         concrete cement asphalt liquor alcohol beer wine land forest farmland rainforest cropland aid food medicine equipment \
         rainfall snowfall electricity power energy torque jet experience data storage memory rope cable wire pipe pipeline \
         road railway track fabric cloth service work training history research negotiations talks",
    ),
    (
        cue::CRICKET,
        "overs wickets wicket innings stumps declared batsman batsmen bowler bowled lbw",
    ),
    (
        cue::ANGLE,
        "rotate rotates rotated rotating rotation tilt tilts tilted tilting turn turns turned turning angle angles angled slope \
         slopes sloping incline inclined inclination gradient spin spins bend bends pivot pivots pivoted bank banked pitch yaw roll \
         arc lean leaning leaned heading bearing latitude longitude view vision swivel swivelled heel heeled list listing",
    ),
    (
        cue::CHANGE_NOUN,
        "rise rises increase increases drop drops fall falls cut cuts hike hikes decline declines gain gains jump jumps reduction \
         reductions raise raises decrease decreases surge surges slump slumps plunge dip dips slide uptick downturn \
         advance climb improvement swing shift change rally retreat spike leap collapse boost uplift discount \
         devaluation depreciation appreciation upgrade downgrade",
    ),
    (
        cue::DIRECTION,
        "north south east west northeast northwest southeast southwest north-east north-west south-east south-west off away \
         inland offshore upstream downstream short behind ahead outside",
    ),
    (cue::LIFETIME, "expectancy lifespan lifetime longevity"),
    (
        cue::CROWD,
        "population audience number numbers membership readership users subscribers passengers visitors viewers workforce voters electorate \
         circulation downloads followers customers unemployed refugees people inhabitants residents citizens members",
    ),
    (
        cue::LEVEL,
        "unemployment inflation rate yield yields turnout growth gdp prices",
    ),
    (
        cue::PRICE,
        "worth cost costs price prices priced pay paid fine fined spend spent wage wages salary fee fees tax raise raised earn earned bill \
         charge charged sells sold sell buy bought note notes value values valued tuition ticket tickets fare fares income funding donation donations damages bail ransom budget loan debt grant bonus reward stake profit loss rent",
    ),
];
