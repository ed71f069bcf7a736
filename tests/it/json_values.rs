//! A number or text of a JSON document: it moves, joins its claim and is told as that of a story is.

use claimwatch::compare::{self, ChangeKind};
use claimwatch::story::{self, Options, Page, Story, json};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::program::Program;
use crate::support::site::Site;

const CLAIMS: &str = "claims:\n  refugees: {words: [refugees], said_by: [UNHCR], unit: refugees, alert: {change: 5%}}\n";

fn watching(site: &Site, value: &str, more: &str) -> Program {
    Program::new(&format!(
        "fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\n{CLAIMS}watches:\n  - name: total\n    json: {{url: '{}', {value}}}\n{more}",
        site.url("total.json")
    ))
}

async fn check(program: &Program) -> Value {
    let mut command = program.command(&["check", "--json"]);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap();
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

fn total(individuals: &Value) -> String {
    json!({"data": [{"individuals": individuals, "note": "as of today"}]}).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_joins_its_claim_and_the_thresholds_of_the_claim_decide() {
    let site = Site::start().await;
    site.set("total.json", 200, &total(&json!(6_000_000)));
    let program = watching(
        &site,
        "pointer: /data/0/individuals, unit: people",
        "    claim: refugees\n",
    );
    let first = check(&program).await;
    site.set("total.json", 200, &total(&json!("6,100,000")));
    let little = check(&program).await;
    site.set("total.json", 200, &total(&json!(6_400_000.0)));
    let enough = check(&program).await;

    assert_eq!(first["outcome"], "first");
    assert_eq!(little["changes"][0]["kind"], "figure_changed");
    assert_eq!(little["alert"], Value::Null, "1.7% is below the threshold");
    assert_eq!(enough["changes"].as_array().unwrap().len(), 1);
    let text = enough["alert"]["text"].as_str().unwrap();
    assert!(
        text.contains("6,000,000"),
        "told against the value known: {text}"
    );
    assert!(text.contains("refugees"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_told_as_a_statement() {
    let site = Site::start().await;
    let level = |level: &str| json!({"warning": {"level": level}}).to_string();
    site.set("total.json", 200, &level("orange"));
    let program = watching(&site, "path: $.warning.level", "");
    check(&program).await;
    site.set("total.json", 200, &level("red"));

    let line = check(&program).await;

    assert_eq!(line["changes"][0]["kind"], "statement_changed");
    assert_ne!(line["alert"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_is_not_there_is_a_failed_check_and_never_a_removal() {
    let site = Site::start().await;
    site.set("total.json", 200, &total(&json!(6_000_000)));
    let program = watching(&site, "pointer: /data/0/individuals", "");
    check(&program).await;

    for (answer, why) in [
        (total(&Value::Null), "neither a number nor a text"),
        ("{}".to_owned(), "nothing at `/data/0/individuals`"),
        (
            "<html><p>Down for maintenance</p></html>".to_owned(),
            "a page in the place of JSON",
        ),
        ("{\"data\": [".to_owned(), "this is no JSON"),
    ] {
        site.set("total.json", 200, &answer);
        let line = check(&program).await;

        assert_eq!(line["outcome"], "failed", "{answer}");
        assert!(line["error"].as_str().unwrap().contains(why), "{line}");
    }
    site.set("total.json", 200, &total(&json!(6_000_000)));
    assert_eq!(check(&program).await["outcome"], "unchanged");
}

fn read(number: &str, unit: Option<&str>) -> Story {
    let options = Options {
        value: Some(json::Wanted {
            at: json::At::Pointer("/n".to_owned()),
            unit: unit.map(str::to_owned),
            label: "refugees-total".to_owned(),
        }),
        ..Options::default()
    };
    let document = format!("{{\"n\": {number}}}");
    let page = Page {
        bytes: document.as_bytes(),
        content_type: None,
        url: "https://data.example/n.json",
    };
    story::read(&page, &options).unwrap()
}

proptest! {
    #[test]
    fn whatever_number_becomes_another_is_one_change_from_the_one_to_the_other(
        old in prop_oneof![-50..2_100_i64, -1_000_000_000_000_i64..1_000_000_000_000],
        new in prop_oneof![-50..2_100_i64, -1_000_000_000_000_i64..1_000_000_000_000],
        places in 0_u32..4,
        unit in proptest::option::of(proptest::sample::select(vec!["people", "USD", "%", "tonnes", "hectares"])),
    ) {
        let old = rust_decimal::Decimal::new(old, places);
        let new = rust_decimal::Decimal::new(new, places);
        prop_assume!(old != new);

        let comparison = compare::versions(&read(&old.to_string(), unit), &read(&new.to_string(), unit));

        prop_assert_eq!(comparison.changes.len(), 1, "{:?}", comparison.changes);
        let change = &comparison.changes[0];
        prop_assert_eq!(change.kind, ChangeKind::FigureChanged);
        let amount = |side: &Option<compare::Evidence>| side.as_ref().and_then(|side| side.amount).map(|amount| (amount.low, amount.high));
        prop_assert_eq!(amount(&change.old), Some((old, old)));
        prop_assert_eq!(amount(&change.new), Some((new, new)));
    }
}
