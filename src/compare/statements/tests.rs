//! What is told of an edited sentence and what is not, family by family: each with edits that mean something and edits that
//! only say the same otherwise.

use crate::compare::{told_line, versions};
use crate::story::Story;
use crate::text::Language;

fn told(old: &str, new: &str) -> Vec<String> {
    told_in("en", old, new)
}

fn told_in(language: &str, old: &str, new: &str) -> Vec<String> {
    let story = |text: &str| {
        let first = "The town hall of Marnstedt was built of red brick by the guild of weavers.";
        let last = "A market is held in the square on most mornings, with cheese and flowers.";
        let mut story = Story::from_text("Marnstedt", &[first, text, last]);
        story.language = Language::new(language);
        story
    };
    versions(&story(old), &story(new))
        .changes
        .iter()
        .map(told_line)
        .collect()
}

#[track_caller]
fn silent(pairs: &[(&str, &str)]) {
    for (old, new) in pairs {
        assert_eq!(told(old, new), Vec::<String>::new(), "{old} -> {new}");
    }
}

#[track_caller]
fn loud(kind: &str, pairs: &[(&str, &str)]) {
    for (old, new) in pairs {
        let told = told(old, new);
        assert!(
            told.iter().any(|line| line.starts_with(kind)),
            "{old} -> {new}: {told:?}"
        );
    }
}

#[test]
fn a_denial_in_another_place_of_the_sentence_is_silent() {
    silent(&[
        (
            "The brewery plans no layoffs.",
            "Layoffs are not planned at the brewery.",
        ),
        (
            "The mill has 12 windows and no chimney.",
            "There is no chimney on the mill, which has 12 windows.",
        ),
        (
            "The archive cannot open until the roof is repaired.",
            "Until the roof is repaired, the archive cannot open.",
        ),
    ]);
}

#[test]
fn a_denial_in_other_words_is_silent() {
    silent(&[
        (
            "Buses to the valley were cancelled.",
            "Buses to the valley did not run.",
        ),
        (
            "The mayor refused to say who had paid.",
            "The mayor would not say who had paid.",
        ),
        (
            "It is the widest bridge in the province.",
            "No wider bridge exists in the province.",
        ),
        (
            "The two sides failed to agree.",
            "The two sides did not agree.",
        ),
    ]);
}

#[test]
fn a_denial_that_comes_goes_or_changes_sides_is_told() {
    loud(
        "statement_changed",
        &[
            (
                "The brewery plans no layoffs.",
                "Layoffs are planned at the brewery.",
            ),
            ("The baker was insured.", "The baker was not insured."),
            (
                "The mayor has not said who paid.",
                "The mayor has said who paid.",
            ),
            (
                "The baker did not resign and will appeal.",
                "The baker resigned and will not appeal.",
            ),
            ("The two sides failed to agree.", "The two sides agreed."),
        ],
    );
}

#[test]
fn a_plan_is_told_where_the_other_version_has_it_done() {
    loud(
        "statement_changed",
        &[
            ("The court will rule in May.", "The court ruled in May."),
            (
                "The court will rule on the lease.",
                "The court has ruled on the lease.",
            ),
            ("The bridge will be closed.", "The bridge is closed."),
            (
                "The company plans to close the mill.",
                "The company will close the mill.",
            ),
        ],
    );
    silent(&[
        (
            "The school will cost 4 million euros.",
            "The school is priced at 4 million euros.",
        ),
        (
            "The council intends to sell the mill.",
            "A sale of the mill is planned by the council.",
        ),
        (
            "The storm is going to lose strength.",
            "The storm will weaken.",
        ),
        (
            "The court is expected to rule on the lease in May.",
            "The court should rule on the lease in May.",
        ),
    ]);
}

#[test]
fn a_hedge_is_told_unless_the_other_version_hedges_in_its_own_words() {
    loud(
        "statement_changed",
        &[
            (
                "The mill may have been set on fire.",
                "The mill was set on fire.",
            ),
            (
                "The painter was suspected of forging the letters.",
                "The painter forged the letters.",
            ),
        ],
    );
    silent(&[
        (
            "The vault is said to hold old coins.",
            "The vault is thought to hold old coins.",
        ),
        (
            "The key turned up in a drawer.",
            "The key was found in a drawer.",
        ),
        (
            "The spy chief accuses hostile states of recruiting students.",
            "Hostile states recruit students, says the spy chief.",
        ),
    ]);
}

#[test]
fn may_is_a_month_where_it_is_written_as_one() {
    let told = told(
        "A fund took over the offices in May.",
        "A fund took over the offices in June.",
    );
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("statement_changed"));
}

#[test]
fn a_description_stands_for_a_name_and_a_capital_for_its_country() {
    silent(&[
        (
            "Alderweb will build a plant in Holt.",
            "The search engine's owner will build a plant in Holt.",
        ),
        (
            "The Duchess of Alder opened the ward.",
            "Sophie opened the ward.",
        ),
        ("Moscow rejected the plan.", "Russia rejected the plan."),
    ]);
    loud(
        "statement_changed",
        &[
            (
                "Alderweb will build a plant in Holt.",
                "Brandt will build a plant in Holt.",
            ),
            (
                "Ford workers plan a walk in the woods.",
                "Volvo workers plan a walk in the woods.",
            ),
            (
                "The mill belongs to the French group Lemont.",
                "The mill belongs to the Swiss group Lemont.",
            ),
            ("The blast hit Moscow.", "The blast hit Kyiv."),
            (
                "Poland is to host the spring fair.",
                "The spring fair will be held in Turkey.",
            ),
        ],
    );
}

#[test]
fn a_claim_that_now_holds_for_a_part_is_told() {
    loud(
        "statement_changed",
        &[
            (
                "Schools in the valley will lose their clubs.",
                "Some schools in the valley will lose their clubs.",
            ),
            (
                "The agency will scrap grades for all schools.",
                "The agency will scrap grades for primary schools.",
            ),
        ],
    );
    silent(&[
        (
            "Several schools will lose their clubs.",
            "Some schools will lose their clubs.",
        ),
        (
            "About 300 people came to the vigil.",
            "Some 300 people came to the vigil.",
        ),
        (
            "Some background: the mill opened in 1988.",
            "For background: the mill opened in 1988.",
        ),
    ]);
}

#[test]
fn things_of_one_sort_exclude_each_other_and_names_of_one_thing_do_not() {
    loud(
        "statement_changed",
        &[
            (
                "The chemistry prize went to Lena Voss.",
                "The physics prize went to Lena Voss.",
            ),
            (
                "The coins were found in a dentist's cellar.",
                "The coins were found in a notary's cellar.",
            ),
            (
                "The council rejected the plan.",
                "The council accepted the plan.",
            ),
        ],
    );
    silent(&[
        (
            "The lift will be replaced in spring.",
            "The elevator will be replaced in spring.",
        ),
        (
            "The guild wants a new hall.",
            "A new hall is being demanded by the guild.",
        ),
        ("The index slipped 2 percent.", "The index lost 2 percent."),
        (
            "The trip was preceded by two days of rain.",
            "The trip followed two days of rain.",
        ),
    ]);
    loud(
        "statement_changed",
        &[(
            "The trip was preceded by two days of rain.",
            "The trip preceded two days of rain.",
        )],
    );
}

#[test]
fn a_body_goes_by_its_field_of_work_and_a_relative_clause_names_nobody_else() {
    silent(&[
        (
            "The fire service said the barn was empty.",
            "The fire brigade said the barn was empty.",
        ),
        (
            "Volunteers who run the ferry on Sundays say the bank is unsafe.",
            "Volunteers say the bank is unsafe.",
        ),
        (
            "The hospital apologised after the mistake.",
            "The hospital said sorry after the mistake.",
        ),
    ]);
    loud(
        "attribution_changed",
        &[
            (
                "The fire service said the barn was empty.",
                "The owner said the barn was empty.",
            ),
            (
                "Volunteers who run the ferry on Sundays say the bank is unsafe.",
                "Anglers say the bank is unsafe.",
            ),
        ],
    );
}

#[test]
fn an_utterance_interrupted_by_its_speaker_is_the_same_utterance() {
    silent(&[
        (
            "\"We saw it fall,\" said Ines Holt. \"It was quick.\"",
            "\"We saw it fall. It was quick,\" said Ines Holt.",
        ),
        (
            "\"Nobody asked us for twenty years,\" she said.",
            "\"No one asked us for 20 years,\" she said.",
        ),
    ]);
    loud(
        "quote_changed",
        &[(
            "\"We saw it fall,\" said Ines Holt. \"It was quick.\"",
            "\"We saw it fall. It was slow,\" said Ines Holt.",
        )],
    );
}

#[test]
fn another_source_is_told_in_languages_that_have_only_words_of_saying() {
    for (language, old, new) in [
        (
            "pl",
            "Most jest zamknięty, powiedział Marek Domański.",
            "Most jest zamknięty, powiedział Tomasz Wilk.",
        ),
        (
            "nl",
            "De brug is dicht, volgens de verzekeraar.",
            "De brug is dicht, volgens de wethouder.",
        ),
        (
            "it",
            "Il ponte è chiuso, ha detto Carla Neri.",
            "Il ponte è chiuso, ha detto Piero Galli.",
        ),
        (
            "pt",
            "A ponte está fechada, disse Rui Faria.",
            "A ponte está fechada, disse Ana Couto.",
        ),
    ] {
        let told = told_in(language, old, new);
        assert_eq!(told.len(), 1, "{language}: {told:?}");
        assert!(told[0].starts_with("attribution_changed"), "{told:?}");
    }
}
