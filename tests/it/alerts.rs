//! Every alert that can be made has the form that `docs/alert.schema.json` promises to programs.

use claimwatch::alert::digest::MAX_DIGEST_BYTES;
use claimwatch::alert::rules::{Rules, Thresholds, TrackedClaim};
use claimwatch::alert::{
    About, Alert, MAX_ALERT_BYTES, Problem, WatchName, story_removed, story_restored, test,
    watch_failing, watch_recovered,
};
use claimwatch::claims::Decimal;
use claimwatch::compare::{Aspect, ChangeKind};
use claimwatch::deliver::webhook;
use jsonschema::Validator;
use serde_json::Value;

use crate::support::alerts::{Made, at, figure, said, side};

fn schema() -> Validator {
    let text = include_str!("../../docs/alert.schema.json");
    let schema: Value = serde_json::from_str(text).expect("the schema is JSON");
    jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("the schema is one")
}

fn body(alert: &Alert) -> Value {
    serde_json::from_slice(&webhook::body(alert).unwrap()).unwrap()
}

#[track_caller]
pub fn assert_promised(alert: &Alert) {
    let body = body(alert);
    let problems: Vec<String> = schema()
        .iter_errors(&body)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(problems.is_empty(), "{problems:#?}\n{body:#}");
    let limit = match alert.digest {
        Some(_) => MAX_DIGEST_BYTES,
        None => MAX_ALERT_BYTES,
    };
    assert!(serde_json::to_vec(alert).unwrap().len() <= limit);
    let again: Alert = serde_json::from_value(body["data"].clone()).unwrap();
    assert_eq!(&again, alert, "what was stored is what is sent");
}

#[test]
fn every_kind_of_change_has_the_promised_form() {
    for kind in ChangeKind::ALL {
        let (old, new) = (
            side("we stay", "We say: we stay."),
            side("we go", "We say: we go."),
        );
        for (old, new) in [
            (Some(old.clone()), Some(new.clone())),
            (Some(old), None),
            (None, Some(new)),
        ] {
            let mut change = said(kind, Some(Aspect::Other), old, new);
            change.severity = claimwatch::compare::Severity::High;
            assert_promised(&Made::new("Talks go on", vec![change]).alert());
        }
    }
}

#[test]
fn a_body_in_another_form_is_noticed() {
    let mut wrong = body(&test(at()));
    wrong["data"]["changes"][0]["old"]["text"] = Value::from("2\u{1b}[31m million");
    let mut bare = body(&test(at()));
    bare["data"].as_object_mut().unwrap().remove("watch");

    assert!(!schema().is_valid(&wrong));
    assert!(!schema().is_valid(&bare));
}

#[test]
fn a_tracked_figure_shows_its_rules_and_bounds() {
    let mut made = Made::new(
        "River reaches the lower town",
        vec![figure(
            "homes",
            "The district counts {} homes without power.",
            120,
            150,
        )],
    );
    made.rules = Rules {
        claims: vec![TrackedClaim {
            name: "outage".to_owned(),
            words: vec!["without power".to_owned()],
            alert: Thresholds {
                change: Some(Decimal::from(50)),
                crosses: vec![Decimal::from(140)],
                ..Thresholds::default()
            },
            ..TrackedClaim::default()
        }],
        ignore: Vec::new(),
    };

    let alert = made.alert();

    assert_promised(&alert);
    let change = &body(&alert)["data"]["changes"][0];
    assert_eq!(change["claim"], "outage");
    assert_eq!(change["rules"][0]["rule"], "change 50%");
    assert_eq!(change["rules"][0]["met"], false);
    assert_eq!(change["rules"][1]["rule"], "crosses 140");
    assert_eq!(change["delta"]["percent"], 25);
    assert_eq!(alert.watch.reason, "claim outage: crossed 140");
}

#[test]
fn alerts_about_watches_have_the_promised_form() {
    let watch = WatchName::new("valley").unwrap();
    let about = About {
        watch: &watch,
        tags: &["river".to_owned()],
        story: test(at()).story,
        at: at(),
    };
    let problem = Problem {
        cause: "refused (403)".to_owned(),
        failures: 3,
        since: at(),
        next_try: Some(at()),
        changed_meanwhile: None,
    };

    assert_promised(&watch_failing(&about, problem.clone()));
    assert_promised(&watch_recovered(&about, problem.clone()));
    assert_promised(&story_removed(&about, problem.clone(), test(at()).old));
    assert_promised(&story_restored(&about, problem.clone(), None));
    assert_promised(&story_restored(&about, problem, Some(test(at()))));
    assert_promised(&test(at()));
}

#[test]
fn a_story_that_is_turned_over_gives_an_alert_of_bounded_size() {
    let long = "and the river rose again through the night in the lower town ".repeat(60);
    let changes: Vec<_> = (0..40)
        .map(|n| {
            let (old, new) = (
                format!("{n} {long} not {long}"),
                format!("{n} {long} now {long}"),
            );
            said(
                ChangeKind::StatementChanged,
                Some(Aspect::Negation),
                Some(side(&old, &old)),
                Some(side(&new, &new)),
            )
        })
        .collect();

    let alert = Made::new(&"A title without end ".repeat(200), changes).alert();

    assert_promised(&alert);
    assert_eq!(alert.changes.len() + alert.changes_omitted as usize, 40);
    assert!(!alert.changes.is_empty());
}

#[test]
fn control_characters_of_a_page_do_not_reach_a_program() {
    let trick = "a\u{0}b\u{1b}[31m\u{202e}c\r\nd\u{9b}e";
    let mut made = Made::new(
        trick,
        vec![said(
            ChangeKind::AttributionChanged,
            None,
            Some(side(trick, trick)),
            Some(side("b", trick)),
        )],
    );
    made.outlet = Some(trick.to_owned());

    assert_promised(&made.alert());
}
