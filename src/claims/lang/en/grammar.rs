//! English function words and the small closed classes: months, zones, qualifying particles.

use crate::claims::lang::{Cues, cue};

/// Words by what they signal.
pub(super) const LISTS: &[(Cues, &str)] = &[
    (
        cue::MONTH,
        "january february april june july august september october november december \
         jan feb apr jun jul aug sep sept oct nov dec",
    ),
    (cue::MONTH_WORD, "may march mar"),
    (
        cue::WEEKDAY,
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun",
    ),
    (cue::ARTICLE, "the a an"),
    (
        cue::DETERMINER,
        "my your his her its our their this that these those each every all any both either neither another such same \
         other own some most last next past previous first entire whole whose",
    ),
    (
        cue::LASTS,
        "for in after of well just lasted took takes is was are were be than by spent with a waited to nearly served been now at last \
         take and within lasting spanning lose loses lost losing spend spends spending waste wasted cost costs save saved saves gain gained",
    ),
    (
        cue::OPENS,
        "my your his her its our their this that these those each every both either neither another whose last",
    ),
    (
        cue::PREPOSITION,
        "of in to from with without by for on at into onto upon off over under above below between among amongst across \
         along around after before during since until till through throughout against about toward towards near beyond \
         behind beneath beside besides inside outside within despite except per via versus vs than as like amid aboard \
         including excluding up down out away ahead apart back due following regarding concerning plus minus worth \
         according depending because instead alongside past unlike underneath",
    ),
    (
        cue::CONJUNCTION,
        "and or but nor yet so that who whom which whose when where while whereas if unless because although though \
         since until whether why how what not also then",
    ),
    (
        cue::PRONOUN,
        "it they them he she him her we us you i me this that these those whom who which others itself themselves \
         himself herself ones one here there mine yours theirs ours",
    ),
    (
        cue::AUXILIARY,
        "is are was were be been being am has have had having do does did done will would shall should can could may might \
         must cannot ain isn aren wasn weren hasn haven hadn don doesn didn won wouldn shouldn couldn",
    ),
    (cue::BE, "is are was were be been being am"),
    (
        cue::ADVERB,
        "now then there here ago later earlier away apart already still yet only just even again also too very more less \
         almost about together yesterday today tomorrow tonight overnight annually monthly daily weekly yearly each apiece \
         respectively alone instead once twice never ever often always soon so far north south east west northeast northwest \
         southeast southwest northwards eastwards westwards southwards inland offshore upstream downstream downwind nearby \
         abroad aboard onboard online altogether overall combined straight running down up off out back total seriously \
         critically worldwide nationwide not immediately currently recently previously formerly approximately roughly \
         exactly precisely nearly further thereafter afterwards beforehand onwards forward forth beneath within outside inside \
         least most enough non afterward statewide countrywide globally locally nationally else likely unlikely early late",
    ),
    (cue::BY, "by"),
    (cue::SEVERAL, "several few many"),
    (
        cue::ZONE,
        "gmt utc est edt cst cdt mst mdt pst pdt bst cet cest eet eest ist jst kst msk aest aedt acst awst nzst nzdt sgt hkt \
         wib pkt wat cat eat et pt ct mt z sast",
    ),
    (
        cue::YEAR,
        "in since until till by of before after between from during for fiscal season through to about around circa year fy and or late early mid",
    ),
    (cue::EARLY, "early late mid"),
    (
        cue::AGAINST,
        "than against versus vs double twice triple times compared to from half",
    ),
    (
        cue::COMPARED,
        "more less fewer lower higher up down greater smaller cheaper dearer faster slower longer shorter larger better worse \
         stronger weaker below above older younger colder warmer hotter cooler heavier lighter wider deeper",
    ),
    (cue::FURTHER, "another further additional extra"),
    (
        cue::CLOCK,
        "at by until till around about from before after since between past to near",
    ),
    (cue::ZERO_WORD, "no none"),
    (
        cue::VAGUE,
        "dozens scores hundreds thousands millions billions trillions lakhs crores several tens fortnight",
    ),
    (
        cue::ROMAN,
        "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii xxiv xxv xxx xl l lviii lix lvii",
    ),
    (
        cue::EXTENT,
        "full empty complete long wide deep high tall thick old away ahead apart older younger tall across behind clear",
    ),
    (
        cue::RANGING,
        "ranging ranges ranged range varying varies varied vary anywhere somewhere run runs running span spans spanning",
    ),
    (
        cue::GRADED,
        "effective accurate efficient complete certain sure likely owned pure organic full empty done finished ready vaccinated \
         confident satisfied aware reliable renewable recyclable biodegradable safe contained immunised immunized charged loaded \
         correct right wrong responsible dependent identical similar alcohol-free ahead behind downstream upstream",
    ),
    (
        cue::ADJECTIVE,
        "previous various numerous serious religious dangerous precious conscious famous indigenous hazardous poisonous \
         suspicious mysterious contagious infectious continuous consecutive homeless jobless unconscious less mass cross press \
         gas glass class business express straight combined total overall annual further daily weekly monthly early late online likely online back-up overseas sports arms goods civilian foreign senior former local other new more",
    ),
];
