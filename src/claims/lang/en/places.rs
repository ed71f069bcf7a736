//! Countries, their capitals and the regions news speaks of, in English, to tell a place from other names.

/// Names of places in lower case, separated by "|".
pub(in crate::claims) const PLACES: &str = "afghanistan|albania|algeria|andorra|angola|argentina|armenia|australia|austria|\
    azerbaijan|bahamas|bahrain|bangladesh|barbados|belarus|belgium|belize|benin|bhutan|bolivia|bosnia|botswana|brazil|\
    britain|great britain|brunei|bulgaria|burkina faso|burundi|cambodia|cameroon|canada|cape verde|chad|chile|china|\
    colombia|comoros|congo|costa rica|croatia|cuba|cyprus|czech republic|czechia|denmark|djibouti|dominica|\
    dominican republic|east timor|ecuador|egypt|el salvador|england|eritrea|estonia|eswatini|ethiopia|fiji|finland|france|\
    gabon|gambia|georgia|germany|ghana|greece|greenland|grenada|guatemala|guinea|guyana|haiti|honduras|hungary|iceland|\
    india|indonesia|iran|iraq|ireland|israel|italy|ivory coast|jamaica|japan|jordan|kazakhstan|kenya|kiribati|kosovo|\
    kuwait|kyrgyzstan|laos|latvia|lebanon|lesotho|liberia|libya|liechtenstein|lithuania|luxembourg|madagascar|malawi|\
    malaysia|maldives|mali|malta|mauritania|mauritius|mexico|micronesia|moldova|monaco|mongolia|montenegro|morocco|\
    mozambique|myanmar|namibia|nauru|nepal|netherlands|new zealand|nicaragua|niger|nigeria|north korea|north macedonia|\
    northern ireland|norway|oman|pakistan|palau|palestine|panama|papua new guinea|paraguay|peru|philippines|poland|\
    portugal|puerto rico|qatar|romania|russia|rwanda|samoa|san marino|saudi arabia|scotland|senegal|serbia|seychelles|\
    sierra leone|singapore|slovakia|slovenia|somalia|south africa|south korea|south sudan|spain|sri lanka|sudan|suriname|\
    sweden|switzerland|syria|taiwan|tajikistan|tanzania|thailand|togo|tonga|trinidad|tunisia|turkey|türkiye|\
    turkmenistan|tuvalu|uganda|ukraine|united arab emirates|united kingdom|united states|uruguay|uzbekistan|vanuatu|\
    venezuela|vietnam|wales|yemen|zambia|zimbabwe|africa|asia|europe|north america|south america|latin america|\
    middle east|balkans|caucasus|crimea|donbas|gaza|gaza strip|west bank|kashmir|tibet|xinjiang|hong kong|siberia|\
    kabul|tirana|algiers|buenos aires|yerevan|canberra|vienna|baku|dhaka|minsk|brussels|sofia|ottawa|santiago|beijing|\
    bogota|bogotá|kinshasa|zagreb|havana|prague|copenhagen|quito|cairo|tallinn|addis ababa|helsinki|paris|tbilisi|berlin|\
    accra|athens|budapest|reykjavik|new delhi|delhi|jakarta|tehran|baghdad|dublin|jerusalem|tel aviv|rome|kingston|tokyo|\
    amman|nairobi|pristina|bishkek|riga|beirut|tripoli|vilnius|kuala lumpur|mexico city|chisinau|ulaanbaatar|podgorica|\
    rabat|maputo|kathmandu|amsterdam|the hague|wellington|managua|abuja|pyongyang|skopje|oslo|muscat|islamabad|lima|\
    manila|warsaw|lisbon|doha|bucharest|moscow|kigali|riyadh|dakar|belgrade|bratislava|ljubljana|mogadishu|pretoria|seoul|\
    madrid|colombo|khartoum|stockholm|bern|geneva|zurich|damascus|taipei|dushanbe|bangkok|tunis|ankara|istanbul|kampala|\
    kyiv|kiev|london|washington|montevideo|tashkent|caracas|hanoi|sanaa|lusaka|harare|new york|los angeles|chicago|\
    san francisco|boston|sydney|melbourne|shanghai|mumbai|lagos|johannesburg|cape town|toronto|barcelona|milan|munich|\
    hamburg|frankfurt|st. petersburg|kharkiv|odesa|odessa|mariupol|donetsk|luhansk|lviv|aleppo|mosul|basra|kandahar|herat";
