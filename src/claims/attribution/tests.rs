//! What the product promises about sources, on texts written for it.

use super::*;

/// The sources of a one-paragraph story with what they say: "police: the road is closed".
fn said(text: &str) -> Vec<String> {
    told(&[text])
}

/// The same of several paragraphs.
fn told(paragraphs: &[&str]) -> Vec<String> {
    let story = Story::from_text("", paragraphs);
    sources(&story)
        .iter()
        .map(|said| {
            let scope = story.slice(said.scope).unwrap_or("(nothing)");
            match &said.source {
                Some(Source { name, via: None }) => format!("{name}: {scope}"),
                Some(Source {
                    name,
                    via: Some(via),
                }) => format!("{name} via {via}: {scope}"),
                None => format!("open: {scope}"),
            }
        })
        .collect()
}

/// The names of the sources only.
fn names(paragraphs: &[&str]) -> Vec<String> {
    told(paragraphs)
        .into_iter()
        .filter_map(|line| line.split_once(':').map(|(name, _)| name.to_owned()))
        .collect()
}

#[test]
fn a_source_is_found_before_and_behind_what_it_says() {
    for (text, expected) in [
        (
            "Police said the road was closed.",
            "Police: the road was closed.",
        ),
        (
            "The road is closed, police said.",
            "police: The road is closed",
        ),
        (
            "The road is closed, police said on Monday evening.",
            "police: The road is closed",
        ),
        (
            "According to the fire service, 12 people were hurt.",
            "fire service: 12 people were hurt.",
        ),
        (
            "Twelve people were hurt, according to the fire service.",
            "fire service: Twelve people were hurt",
        ),
        (
            "The refugee agency UNHCR has estimated the number at 2.1 million.",
            "UNHCR: the number at 2.1 million.",
        ),
        (
            "On Monday the head of the port authority said the strike was over.",
            "head of the port authority: the strike was over.",
        ),
        (
            "In a statement the ministry said it had been warned.",
            "ministry: it had been warned.",
        ),
        (
            "The ministry said in a statement that it had been warned.",
            "ministry: in a statement that it had been warned.",
        ),
        (
            "Holt on Tuesday announced a tax on sugar.",
            "Holt: a tax on sugar.",
        ),
        (
            "The road, Holt said, would stay closed.",
            "Holt: The road, Holt said, would stay closed.",
        ),
        (
            "Forecasters warn that the storm may turn.",
            "Forecasters: that the storm may turn.",
        ),
        (
            "A survey by the Alder institute found that few agree.",
            "survey by the Alder institute: that few agree.",
        ),
        (
            "Few agree, a survey by the Alder institute found.",
            "survey by the Alder institute: Few agree",
        ),
        (
            "Prices fell, figures from the statistics office show.",
            "figures from the statistics office: Prices fell",
        ),
        (
            "The lake is falling, said hydrologist Vera Tolo.",
            "Vera Tolo: The lake is falling",
        ),
        (
            "The union put the number of strikers at 900.",
            "union: the number of strikers at 900.",
        ),
    ] {
        assert_eq!(said(text), [expected], "{text}");
    }
}

#[test]
fn the_name_is_taken_out_of_title_office_and_apposition() {
    for (text, name) in [
        ("Prime Minister Ines Holt said it was late.", "Ines Holt"),
        ("Mr. Holt said it was late.", "Holt"),
        (
            "Ukrainian-born coach Marta Bell said it was late.",
            "Marta Bell",
        ),
        (
            "The trust's chairwoman, Lene Aust, said it was late.",
            "Lene Aust",
        ),
        (
            "Jon Rask, a police spokesman, said it was late.",
            "Jon Rask",
        ),
        ("Jon Rask, who runs the port, said it was late.", "Jon Rask"),
        (
            "A retired engineer, Mircea Tolo, who had worked there for 33 years, told local radio it was late.",
            "Mircea Tolo via local radio",
        ),
        (
            "It was late, the trust's chief executive, Moira Quill, said.",
            "Moira Quill",
        ),
        (
            "Analyst Greta Solm of the bank Norvest said it was late.",
            "Greta Solm",
        ),
        ("Rina Orel, 22, said it was late.", "Rina Orel"),
        ("Sen. Ted Moor, R-Alder, said it was late.", "Ted Moor"),
        (
            "Secretary of State Mike Orel said it was late.",
            "Mike Orel",
        ),
        (
            "The Interior Ministry said it was late.",
            "Interior Ministry",
        ),
        (
            "Police and prosecutors said it was late.",
            "Police and prosecutors",
        ),
        (
            "President Holt's advisers said it was late.",
            "President Holt's advisers",
        ),
        ("State company Carbona said it was late.", "Carbona"),
        (
            "A spokeswoman for the mayors said it was late.",
            "spokeswoman for the mayors",
        ),
    ] {
        assert_eq!(names(&[text]), [name], "{text}");
    }
}

#[test]
fn an_outlet_that_was_told_is_no_speaker() {
    assert_eq!(
        names(&["Holt told AFP the road was closed."]),
        ["Holt via AFP"]
    );
    assert_eq!(
        names(&["Holt told the Alder Courier newspaper that she would go."]),
        ["Holt via Alder Courier newspaper"]
    );
    assert_eq!(
        names(&["Holt told reporters the road was closed."]),
        ["Holt"]
    );
    assert_eq!(
        names(&["Holt told a news conference the road was closed."]),
        ["Holt"]
    );
    assert_eq!(
        names(&["Holt was quoted by Interfax as saying the road was closed."]),
        ["Holt via Interfax"]
    );
}

#[test]
fn what_only_looks_like_an_attribution_is_none() {
    for text in [
        "Residents were told to leave.",
        "There were 12 confirmed cases in the town.",
        "The alleged attack took place in May.",
        "Reports of fire came in all night.",
        "The clinic admitted 12 patients.",
        "Rovers conceded two goals.",
        "Safety rules were ignored.",
        "The state pays for it.",
        "The company added 300 jobs.",
        "Police found three bodies in the cellar.",
        "The bridge was closed, citing high costs would be odd.",
        "Officers asked people to stay at home.",
        "The scale of wind power projects grew.",
        "She appeared in a film called \"Alder Nights\" in May.",
        "He is expected to resign.",
        "The band went on to say goodbye in Alder.",
    ] {
        assert_eq!(said(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_quotation_has_the_speaker_that_stands_beside_it() {
    assert_eq!(
        said("\"We wait,\" said Ines Holt. \"We can wait long.\""),
        [
            "Ines Holt: \"We wait,\"",
            "Ines Holt: \"We can wait long.\""
        ]
    );
    assert_eq!(
        said(
            "Holt said it was \"a farce\", but union leader Karl Benz called it \"a first step\"."
        ),
        [
            "Holt: it was \"a farce\"",
            "Karl Benz: it \"a first step\"."
        ]
    );
    assert_eq!(
        names(&["'We are sorry,' the company said. 'It will not happen again.'"]),
        ["company", "company"]
    );
    assert_eq!(names(&["\"Why now?\" Holt asked."]), ["Holt"]);
    assert_eq!(names(&["Holt wrote: \"It is over.\""]), ["Holt"]);
}

#[test]
fn a_quotation_that_runs_over_paragraphs_keeps_its_speaker() {
    let names = names(&[
        "“We waited for days,” said Ines Holt. “Nobody came.",
        "“Then the water rose.",
        "“We left.”",
    ]);

    assert_eq!(names, ["Ines Holt", "Ines Holt", "Ines Holt", "Ines Holt"]);
}

#[test]
fn a_pronoun_means_the_last_person_or_body_that_spoke_near_by() {
    assert_eq!(
        names(&["Ines Holt said it was late. She said she would go."]),
        ["Ines Holt", "Ines Holt"]
    );
    assert_eq!(
        names(&["The defence ministry denied it. It said its troops had left."]),
        ["defence ministry", "defence ministry"]
    );
    assert_eq!(
        names(&[
            "Premier Ines Holt defended the plan.",
            "\"It works,\" she told parliament."
        ]),
        ["Ines Holt"]
    );
    assert_eq!(
        names(&["Ferry company Kvik Lines made a loss, it said."]),
        ["Kvik Lines"]
    );
}

#[test]
fn a_pronoun_that_could_mean_anybody_is_left_open() {
    assert_eq!(
        names(&["The bridge is closed.", "\"It is unsafe,\" he said."]),
        ["open"]
    );
    assert_eq!(
        names(&["The ministry said no. They said yes."]),
        ["ministry", "open"]
    );
    assert_eq!(
        names(&[
            "Ines Holt said it was late.",
            "One.",
            "Two.",
            "Three.",
            "She said so."
        ]),
        ["Ines Holt", "open"]
    );
}

#[test]
fn a_last_name_is_given_in_full_where_the_story_does() {
    assert_eq!(
        names(&["Governor Ines Holt said no. Later Holt said yes."]),
        ["Ines Holt", "Ines Holt"]
    );
    assert_eq!(
        names(&["Ines Holt and Jon Holt met. Holt said no."]),
        ["Holt"]
    );
}

#[test]
fn two_sources_of_a_sentence_each_have_their_part() {
    assert_eq!(
        said("The army said it had hit a depot and denied hitting homes."),
        ["army: it had hit a depot", "army: hitting homes."]
    );
    assert_eq!(
        said("Police said 12 were hurt, but the hospital said 20 had come in."),
        ["Police: 12 were hurt", "hospital: 20 had come in."]
    );
}

#[test]
fn who_will_not_speak_says_nothing() {
    let story = Story::from_text("", &["The ministry declined to comment on the 12 cases."]);

    let attributions = sources(&story);

    assert_eq!(attributions[0].said, Said::Silent);
    assert_eq!(said_by(&attributions, attributions[0].sentence), None);
}

#[test]
fn a_headline_names_its_source_too() {
    let story = Story::from_text("Twelve hurt in blast, police say", &["A bomb went off."]);

    assert_eq!(
        sources(&story)[0]
            .source
            .as_ref()
            .map(|source| source.name.as_str()),
        Some("police")
    );
}

#[test]
fn the_kind_of_verb_is_kept() {
    let kind = |text: &str| {
        sources(&Story::from_text("", &[text]))
            .first()
            .map(|said| said.said)
    };

    assert_eq!(kind("Holt denied the charges."), Some(Said::Denied));
    assert_eq!(kind("Holt confirmed the deal."), Some(Said::Confirmed));
    assert_eq!(kind("Holt claimed the deal was done."), Some(Said::Claimed));
    assert_eq!(
        kind("Holt accused the union of lying."),
        Some(Said::Accused)
    );
    assert_eq!(kind("Holt did not say when."), Some(Said::Silent));
}

/// The names of the sources of a text in another language.
fn names_in(language: &str, text: &str) -> Vec<String> {
    let mut story = Story::from_text("", &[text]);
    story.language = crate::text::Language::new(language);
    sources(&story)
        .into_iter()
        .filter_map(|said| said.source)
        .map(|source| source.name)
        .collect()
}

#[test]
fn sources_are_found_in_other_languages() {
    for (language, text, name) in [
        (
            "de",
            "„Wir warten“, sagte Bürgermeisterin Ines Holt.",
            "Ines Holt",
        ),
        (
            "de",
            "Die Straße ist gesperrt, teilte die Polizei mit.",
            "Polizei",
        ),
        (
            "de",
            "Laut Innenministerium wurden zwölf Menschen verletzt.",
            "Innenministerium",
        ),
        (
            "de",
            "Die Ministerin sagte, sie werde nicht verhandeln.",
            "Ministerin",
        ),
        (
            "fr",
            "« Nous attendons », a déclaré la ministre du Travail, Ines Aubin.",
            "Ines Aubin",
        ),
        (
            "fr",
            "Selon le gouvernement, le pont est fermé.",
            "gouvernement",
        ),
        (
            "es",
            "«Esperamos», dijo la enfermera Pilar Soto.",
            "Pilar Soto",
        ),
        (
            "es",
            "Hay doce heridos, informó el Ministerio de Salud.",
            "Ministerio de Salud",
        ),
        (
            "es",
            "Hay doce heridos, según una asociación de médicos.",
            "asociación de médicos",
        ),
        ("ru", "«Мы ждём», – заявила мэр Инна Холт.", "Инна Холт"),
        ("ru", "По данным полиции, мост закрыт.", "полиции"),
        (
            "uk",
            "«Ми чекаємо», - сказав речник служби Олег Голт.",
            "Олег Голт",
        ),
        ("uk", "За даними поліції, міст закрито.", "поліції"),
    ] {
        assert_eq!(names_in(language, text), [name], "{text}");
    }
}

#[test]
fn a_headline_may_set_its_source_off_by_a_mark() {
    let source = |headline: &str| {
        sources(&Story::from_text(headline, &["A bomb went off."]))
            .first()
            .and_then(|said| said.source.clone())
            .map(|source| source.name)
    };

    assert_eq!(
        source("Twelve hurt in blast - police").as_deref(),
        Some("police")
    );
    assert_eq!(
        source("Twelve hurt in blast: health officials").as_deref(),
        Some("health officials")
    );
    assert_eq!(source("Holt: ‘We will not wait’").as_deref(), Some("Holt"));
    assert_eq!(source("UN: 2.5 million have fled").as_deref(), Some("UN"));
    assert_eq!(
        source("Court rules Holt must pay").as_deref(),
        Some("Court")
    );
    assert_eq!(
        source("Holt to resign, sources tell Reuters").as_deref(),
        Some("sources")
    );
    assert_eq!(source("Firm accused of dumping waste"), None);
    assert_eq!(source("Twelve hurt in blast - Alder News"), None);
    assert_eq!(source("Live: fighting around Besko"), None);
    assert_eq!(source("Bridge closed: what we know"), None);
}

#[test]
fn an_outlet_that_cites_or_has_read_a_source_passes_it_on() {
    let twelve = |text: &str| {
        let story = Story::from_text("", &[text]);
        let at = u32::try_from(text.find("12").unwrap_or_default()).unwrap_or_default();
        let span = Span {
            place: crate::story::Place::Paragraph(0),
            start: at,
            end: at + 2,
        };
        let attributions = sources(&story);
        said_by(&attributions, span).map(|source| (source.name.clone(), source.via.clone()))
    };
    let told = |name: &str, via: &str| Some((name.to_owned(), Some(via.to_owned())));

    assert_eq!(
        twelve("At least 12 died, state television reported, citing the interior ministry."),
        told("interior ministry", "state television")
    );
    assert_eq!(
        twelve("According to a report by the ministry seen by AFP, 12 people died."),
        told("report by the ministry", "AFP")
    );
    assert_eq!(
        twelve("Officials told AFP 12 people died."),
        told("Officials", "AFP")
    );
}

#[test]
fn a_pronoun_may_mean_somebody_known_by_office_only() {
    assert_eq!(
        names(&["The former head of the port went on trial. He denied all charges."]),
        ["former head"]
    );
    assert_eq!(
        names(&["A waiter handed out napkins. The ash tasted of resin, he said."]),
        ["waiter"]
    );
}

#[test]
fn what_describes_a_source_is_not_said_by_it() {
    assert_eq!(
        said("\"I ran,\" said Ann Weir, 34, a nurse who was on the train."),
        ["Ann Weir: \"I ran,\""]
    );
    assert_eq!(
        said("\"I ran,\" said Ann Weir, 34, \"and 12 others ran.\""),
        ["Ann Weir: \"I ran,\"", "Ann Weir: \"and 12 others ran.\""]
    );
    assert_eq!(
        said("The plant will close, the company said, a decision that affects 300 workers."),
        ["company: The plant will close, the company said, a decision that affects 300 workers."]
    );
}

#[test]
fn a_source_behind_by_is_the_one_that_says_it() {
    for (text, expected) in [
        (
            "It was announced by the ministry that 12 had died.",
            "ministry: that 12 had died.",
        ),
        (
            "The toll was put at 45 by the health ministry.",
            "health ministry: The toll was put at 45",
        ),
        (
            "The mayor was told by officials that the dam had failed.",
            "officials: that the dam had failed.",
        ),
        (
            "The navy claims to have sunk a barge.",
            "navy: to have sunk a barge.",
        ),
    ] {
        assert_eq!(said(text), [expected], "{text}");
    }
    assert!(said("The mayor was told by telephone to leave.").is_empty());
    assert!(said("Neither side confirmed the figures.").is_empty());
}

#[test]
fn a_source_is_found_across_dashes_and_participles() {
    assert_eq!(
        names(&["The bank – which has denied wrongdoing – said on Friday it would pay."]),
        ["bank"]
    );
    assert_eq!(
        names(&["Ms Orr, speaking on condition that she not be quoted, said two had left."]),
        ["Orr"]
    );
}

#[test]
fn a_pronoun_who_was_quoted_and_a_body_that_looks_like_a_name_are_resolved() {
    let quoted = told(&[
        "The spokesman, Arif Belan, repeated the denial.",
        "\"They never existed,\" he was quoted by TAP as saying.",
    ]);
    assert!(
        quoted
            .iter()
            .any(|line| line == "Arif Belan via TAP: \"They never existed,\""),
        "{quoted:?}"
    );
    assert_eq!(
        names(&["Human Dignity Forum said on Friday that it had verified 12 films."]),
        ["Human Dignity Forum", "Human Dignity Forum"]
    );
}

#[test]
fn a_speaker_named_behind_the_last_part_of_a_quotation_said_all_of_it() {
    let found = names(&[
        "\"We heard a bang.",
        "\"Then the roof fell,\" Ana Ruiz said.",
    ]);

    assert_eq!(found, ["Ana Ruiz", "Ana Ruiz"]);
}
