//! The command line as a person meets it: what it prints, and how it ends.

use std::io::Write;
use std::process::Stdio;

use claimwatch::deliver::email;

use crate::support::program::Program;
use crate::support::site::story_page;
use crate::support::smtp::{Mode, Server};

const OLD: &str =
    "At least 41 people died when the ferry sank off the northern coast, the coast guard said.";
const REST: &str = "The ferry had left the harbour of Sund at dawn with a load of timber.";

fn with_pages() -> Program {
    let program = Program::new("watches:\n  - https://news.example/a-story\n");
    let page = |text: &str| story_page("Ferry sinks off the northern coast", &[text, REST]);
    std::fs::write(program.path("old.html"), page(OLD)).unwrap();
    std::fs::write(
        program.path("same.html"),
        page(OLD).replace("<footer>", "<footer>7 comments. "),
    )
    .unwrap();
    std::fs::write(program.path("new.html"), page(&OLD.replace("41", "63"))).unwrap();
    program
}

/// Feeds `input` to the program and gives its exit code and standard output.
fn fed(program: &Program, arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let mut child = program
        .command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn compare_ends_with_1_on_a_change_and_0_without() {
    let program = with_pages();

    let changed = program.says(&["compare", "old.html", "new.html"], 1);
    let same = program.says(&["compare", "old.html", "same.html"], 0);

    assert!(
        changed.contains("figure_changed: \"41\" -> \"63\""),
        "{changed}"
    );
    assert_eq!(same, "No figure and no statement differs.\n");
}

#[test]
fn compare_as_json_has_both_values() {
    let program = with_pages();

    let answer = program.says(&["compare", "old.html", "new.html", "--json"], 1);

    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["alert"], true);
    assert_eq!(
        (
            &answer["changes"][0]["old_value"],
            &answer["changes"][0]["new_value"]
        ),
        (&41.0.into(), &63.0.into())
    );
}

#[test]
fn a_missing_file_is_an_error_with_a_hint() {
    let program = with_pages();

    let output = program.run(&["read", "nowhere.html"]);

    assert_eq!(output.status.code(), Some(2));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(
        errors.starts_with("error: cannot read `nowhere.html`"),
        "{errors}"
    );
    assert!(errors.contains("hint: "), "{errors}");
}

#[test]
fn a_page_that_is_no_story_says_what_to_do() {
    let program = with_pages();
    std::fs::write(program.path("empty.html"), "<html><body></body></html>").unwrap();

    let output = program.run(&["read", "empty.html"]);

    assert_eq!(output.status.code(), Some(2));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(
        errors.contains("no story was read from `empty.html`") && errors.contains("hint: "),
        "{errors}"
    );
}

#[test]
fn a_batch_goes_on_after_a_line_it_cannot_read() {
    let program = with_pages();
    let lines = "{\"id\": \"a\", \"lang\": \"en\", \"text\": \"60 buses\"}\nnonsense\n\
                 {\"id\": \"b\", \"lang\": \"en\", \"text\": \"no figures\"}\n";

    let (code, out, errors) = fed(&program, &["read", "--jsonl"], lines);

    assert_eq!(code, Some(2));
    let ids: Vec<String> = out
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].to_string())
        .collect();
    assert_eq!(ids, ["\"a\"", "\"b\""]);
    assert_eq!(errors.lines().count(), 1);
    assert!(errors.starts_with("error: line 2: "), "{errors}");
}

#[test]
fn pairs_of_versions_are_compared_line_by_line() {
    let program = with_pages();
    let line = format!(
        "{{\"id\": \"a\", \"lang\": \"en\", \"old\": {{\"title\": \"\", \"paragraphs\": [\"{OLD}\"]}}, \
         \"new\": {{\"title\": \"\", \"paragraphs\": [\"{}\"]}}}}\n",
        OLD.replace("41", "63")
    );

    let (code, out, _) = fed(&program, &["compare", "--jsonl"], &line);

    assert_eq!(code, Some(0));
    let answer: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(answer["changes"][0]["kind"], "figure_changed");
}

#[test]
fn a_manifest_gives_an_entry_for_every_page_that_can_be_opened() {
    let program = with_pages();
    std::fs::write(
        program.path("list.tsv"),
        "a\told.html\thttps://news.example/a\nb\tgone.html\thttps://news.example/b\n",
    )
    .unwrap();

    let output = program.run(&["read", "--json", "--manifest", "list.tsv"]);

    assert_eq!(output.status.code(), Some(2));
    let entries: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(entries["a"]["articleBody"], format!("{OLD}\n{REST}"));
    assert_eq!(entries.as_object().unwrap().len(), 1);
}

#[test]
fn init_writes_a_configuration_that_is_accepted_and_never_overwrites_one() {
    let program = Program::new("");
    std::fs::remove_file(program.path("config.yaml")).unwrap();

    program.says(
        &[
            "init",
            "--mail",
            "desk@example.org",
            "https://news.example/a-story",
        ],
        0,
    );
    let checked = program.says(&["config", "check"], 0);
    let again = program.run(&["init", "https://news.example/other"]);

    assert!(checked.contains("1 watch, no mistakes"), "{checked}");
    assert_eq!(again.status.code(), Some(2));
    assert!(
        std::fs::read_to_string(program.path("config.yaml"))
            .unwrap()
            .contains("a-story")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn init_sends_a_test_alert_and_says_what_to_do_where_that_fails() {
    let mail = Server::start(Mode::Ok).await;
    let init = |smtp: String, code: i32| {
        let program = Program::new("");
        std::fs::remove_file(program.path("config.yaml")).unwrap();
        let to = ["init", "--mail", "desk@example.org", "--smtp", &smtp];
        let said = program.says(&[&to[..], &["https://news.example/a-story"]].concat(), code);
        (
            said,
            std::fs::read_to_string(program.path("config.yaml")).unwrap(),
        )
    };

    let (sent, _) = init(format!("smtp://127.0.0.1:{}", mail.port()), 0);
    let (not_sent, kept) = init("smtp://127.0.0.1:1".to_owned(), 2);
    let (no_password, with_file) = init("smtps://desk@mail.example".to_owned(), 0);

    assert!(sent.contains("email <desk@example.org>: sent"), "{sent}");
    assert_eq!(mail.kept().len(), 1);
    assert!(email::greets("127.0.0.1", mail.port()).await);
    assert!(not_sent.contains("claimwatch test-alert"), "{not_sent}");
    assert!(kept.contains("smtp://127.0.0.1:1"), "{kept}");
    assert!(!email::greets("127.0.0.1", 1).await);
    assert!(
        no_password.contains("Put the password of the mail server into `mail-password`"),
        "{no_password}"
    );
    assert!(
        with_file.contains("password: {file: mail-password}"),
        "{with_file}"
    );
}

#[test]
fn the_look_back_verbs_say_when_nothing_is_stored_yet() {
    let program = with_pages();

    for verb in [
        &["status"][..],
        &["stories"],
        &["history", "x"],
        &["figures", "people"],
        &["deliveries"],
    ] {
        let output = program.run(verb);
        assert_eq!(output.status.code(), Some(2), "{verb:?}");
        assert!(
            String::from_utf8_lossy(&output.stderr).contains("no database"),
            "{verb:?}"
        );
    }
}

#[test]
fn a_reader_of_the_output_may_leave_early() {
    let program = with_pages();
    let mut child = program
        .command(&["read", "old.html"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();

    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();

    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn the_demo_mails_the_figure_and_the_lost_not_and_nothing_for_noise() {
    let program = Program::new("");

    let shown = program.says(&["demo"], 0);

    assert_eq!(shown.matches("Subject: ").count(), 2, "{shown}");
    assert!(
        shown.contains("Subject: Refugees 2.1–2.2M → 2.5M (+16%)"),
        "{shown}"
    );
    assert!(
        shown.contains("Subject: Reversed: \"was not trying to\" → \"was trying to\""),
        "{shown}"
    );
    assert!(shown.contains("No mail, as it should be."), "{shown}");
    assert_eq!(shown.matches("signature verified").count(), 2, "{shown}");
}
