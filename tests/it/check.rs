//! One check after another on a site whose story is edited: what is told, and what is not.

use serde_json::Value;

use crate::support::program::Program;
use crate::support::site::Site;

const HEADLINE: &str = "Thousands leave the valley as talks go on";
const LEAD: &str =
    "Thousands of people left the Orva valley on Monday, the regional governor said.";
const FIGURE: &str = "The agency has estimated the total number of refugees at 2.1 to 2.2 million.";
const NEW_FIGURE: &str = "The agency has estimated the total number of refugees at 2.5 million.";
const DENIAL: &str = "The army was not ready to open the northern road, its spokesman said.";
const END: &str = "Talks between the two sides are to go on next week in the capital.";

/// A program that watches one page of `site`.
fn watching(site: &Site) -> Program {
    Program::new(&format!(
        "fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\nwatches:\n  - {{name: valley, url: '{}'}}\n",
        site.url("valley")
    ))
}

/// Checks once and gives the line of the only watch.
async fn check(program: &Program) -> Value {
    let mut command = program.command(&["check", "--json"]);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap();
    let line = String::from_utf8(output.stdout).unwrap();
    serde_json::from_str(line.trim())
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

/// The kinds of the changes of a line.
fn kinds(line: &Value) -> Vec<&str> {
    line["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| change["kind"].as_str().unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_version_is_stored_and_not_told() {
    let site = Site::start().await;
    site.publish("valley", HEADLINE, &[LEAD, FIGURE, DENIAL, END]);
    let program = watching(&site);

    let line = check(&program).await;

    assert_eq!(line["outcome"], "first");
    assert_eq!(line["alert"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_figure_stands_in_the_subject_with_both_values() {
    let site = Site::start().await;
    site.publish("valley", HEADLINE, &[LEAD, FIGURE, DENIAL, END]);
    let program = watching(&site);
    check(&program).await;
    site.publish("valley", HEADLINE, &[LEAD, NEW_FIGURE, DENIAL, END]);

    let line = check(&program).await;

    assert_eq!(line["outcome"], "changed");
    assert_eq!(kinds(&line), ["figure_changed"]);
    let subject = line["alert"]["subject"].as_str().unwrap();
    assert!(
        subject.starts_with("Refugees 2.1–2.2M → 2.5M (+16%)"),
        "{subject}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_denial_that_loses_its_not_is_told() {
    let site = Site::start().await;
    site.publish("valley", HEADLINE, &[LEAD, FIGURE, DENIAL, END]);
    let program = watching(&site);
    check(&program).await;
    site.publish(
        "valley",
        HEADLINE,
        &[LEAD, FIGURE, &DENIAL.replace(" not", ""), END],
    );

    let line = check(&program).await;

    assert_eq!(kinds(&line), ["statement_changed"]);
    assert_ne!(line["alert"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_surrounds_the_story_is_silent() {
    let site = Site::start().await;
    site.publish("valley", HEADLINE, &[LEAD, FIGURE, DENIAL, END]);
    let program = watching(&site);
    check(&program).await;
    let page = crate::support::site::story_page(HEADLINE, &[LEAD, FIGURE, DENIAL, END]).replace(
        "<footer>",
        "<aside class=\"ads\"><p>Save 40% on 12 chairs.</p></aside><footer>312 comments. ",
    );
    site.set("valley", 200, &page);

    let line = check(&program).await;

    assert_eq!(line["outcome"], "unchanged");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_story_that_goes_back_to_bytes_seen_before_has_changed_back() {
    let site = Site::start().await;
    site.publish("valley", HEADLINE, &[LEAD, FIGURE, DENIAL, END]);
    let program = watching(&site);
    check(&program).await;
    let page = |figure| {
        crate::support::site::story_page(HEADLINE, &[LEAD, figure, DENIAL, END])
            .replace("<footer>", "<footer>312 comments. ")
    };
    // Other bytes around the same story, seen twice: the second time its hash is enough.
    site.set("valley", 200, &page(FIGURE));
    assert_eq!(check(&program).await["outcome"], "unchanged");
    assert_eq!(check(&program).await["outcome"], "unchanged");
    site.set("valley", 200, &page(NEW_FIGURE));
    assert_eq!(kinds(&check(&program).await), ["figure_changed"]);

    site.set("valley", 200, &page(FIGURE));
    let line = check(&program).await;

    assert_eq!(kinds(&line), ["figure_changed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_bytes_and_a_304_are_unchanged() {
    let site = Site::start().await;
    site.publish("valley", HEADLINE, &[LEAD, FIGURE, DENIAL, END]);
    site.set_etag("valley", "\"v1\"");
    let program = watching(&site);
    check(&program).await;

    let line = check(&program).await;

    assert_eq!(line["outcome"], "unchanged");
    let asked = site.visits()[1].headers.get("if-none-match").cloned();
    assert_eq!(asked.unwrap(), "\"v1\"");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wall_or_an_error_is_a_failed_check_and_never_a_removal() {
    let site = Site::start().await;
    site.publish("valley", HEADLINE, &[LEAD, FIGURE, DENIAL, END]);
    let program = watching(&site);
    check(&program).await;
    let wall = "<html><body><h1>We value your privacy</h1><p>We and our partners use cookies. \
                Accept all to continue.</p><button>Accept all</button></body></html>";

    for (status, body) in [
        (500, "oops"),
        (403, "no"),
        (404, "not found"),
        (200, wall),
        (200, ""),
    ] {
        site.set("valley", status, body);
        let line = check(&program).await;

        assert_eq!(line["outcome"], "failed", "{status} {body}");
        assert_eq!(line["alert"], Value::Null, "{status} {body}");
    }
    site.publish("valley", HEADLINE, &[LEAD, FIGURE, DENIAL, END]);
    assert_eq!(check(&program).await["outcome"], "unchanged");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_says_the_same_and_keeps_nothing() {
    let site = Site::start().await;
    site.publish("valley", HEADLINE, &[LEAD, FIGURE, DENIAL, END]);
    let program = watching(&site);
    check(&program).await;
    site.publish("valley", HEADLINE, &[LEAD, NEW_FIGURE, DENIAL, END]);

    let mut dry = program.command(&["check", "--json", "--dry-run"]);
    let output = tokio::task::spawn_blocking(move || dry.output().unwrap())
        .await
        .unwrap();

    assert!(String::from_utf8_lossy(&output.stdout).contains("figure_changed"));
    assert_eq!(check(&program).await["outcome"], "changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paragraph_that_is_missing_once_is_not_gone() {
    let site = Site::start().await;
    site.publish("valley", HEADLINE, &[LEAD, FIGURE, DENIAL, END]);
    let program = watching(&site);
    check(&program).await;
    let cut = crate::support::site::story_page(HEADLINE, &[LEAD, FIGURE, END]);
    site.set_once("valley", &cut);

    let line = check(&program).await;

    assert_eq!(line["outcome"], "unchanged");
    assert_eq!(site.visits().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paragraph_that_is_missing_twice_is_told_as_removed() {
    let site = Site::start().await;
    site.publish("valley", HEADLINE, &[LEAD, FIGURE, DENIAL, END]);
    let program = watching(&site);
    check(&program).await;
    site.publish("valley", HEADLINE, &[LEAD, FIGURE, END]);

    let line = check(&program).await;

    assert_eq!(kinds(&line), ["statement_removed"]);
    assert_ne!(line["alert"], Value::Null);
}
