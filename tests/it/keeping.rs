//! Adding, importing, backing up: what an operator does beside the running service.

use crate::support::program::Program;

const CONFIG: &str = "# Our stories.\nwatches:\n  - https://news.example/a   # the first\n\n# Where it is kept.\nstore: claimwatch.db\n";

fn text(program: &Program) -> String {
    std::fs::read_to_string(program.path("config.yaml")).unwrap()
}

#[test]
fn watches_are_added_and_removed_and_every_comment_stays() {
    let program = Program::new(CONFIG);

    let said = program.says(
        &[
            "add",
            "https://news.example/b",
            "--name",
            "second",
            "--claim",
            "refugees",
        ],
        0,
    );
    assert!(
        said.starts_with("Added 1 watch; the configuration has 2 watches."),
        "{said}"
    );
    program.says(&["config", "check"], 0);
    assert!(text(&program).contains(
        "  - name: second\n    url: https://news.example/b\n    claims: [refugees]\n\n# Where"
    ));

    program.says(&["remove", "second"], 0);
    assert!(text(&program).starts_with(CONFIG));
    let only = program.run(&["remove", "https://news.example/a"]);
    assert_eq!(only.status.code(), Some(2));
    let twice = program.run(&["add", "https://news.example/a"]);
    assert_eq!(twice.status.code(), Some(2));
    let wrong = program.run(&["add", "news.example/c"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(
        text(&program).starts_with(CONFIG),
        "nothing changed by what was refused"
    );
}

#[test]
fn the_watches_of_other_programs_are_imported_once() {
    let program = Program::new(CONFIG);
    let jobs = "name: B\nurl: https://news.example/b\n---\nurl: https://news.example/a\n---\nname: sh\ncommand: ls\n";
    std::fs::write(program.path("urls.yaml"), jobs).unwrap();
    let opml =
        "<opml><body><outline text=\"Wire\" xmlUrl=\"https://news.example/rss\"/></body></opml>";
    std::fs::write(program.path("feeds.opml"), opml).unwrap();

    let output = program.run(&["import", "urls.yaml"]);
    let left = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{left}");
    assert!(
        left.contains("runs a command") && left.contains("watched already"),
        "{left}"
    );
    program.says(&["import", "feeds.opml"], 0);
    assert!(
        text(&program).contains("name: wire\n    feed: https://news.example/rss\n"),
        "{}",
        text(&program)
    );
    assert_eq!(
        program.says(&["import", "urls.yaml"], 0),
        "Nothing to add.\n"
    );
}

#[test]
fn a_backup_is_restored_in_place_of_a_damaged_database() {
    let program =
        Program::new("fetch: {pace: 0s}\nwatches:\n  - {name: a, url: 'http://127.0.0.1:9/a'}\n");
    program.run(&["check"]);
    program.says(&["backup", "copy.db"], 0);
    assert_eq!(
        program.run(&["backup", "copy.db"]).status.code(),
        Some(2),
        "a backup is never overwritten"
    );

    std::fs::write(program.path("claimwatch.db"), b"nonsense").unwrap();
    let said = program.says(&["restore", "copy.db"], 0);
    assert!(said.contains("is kept as"), "{said}");
    program.says(&["status"], 0);
}

#[test]
fn manual_pages_and_completions_are_made_from_the_command_line() {
    let program = Program::new(CONFIG);

    program.says(&["man", "man"], 0);
    let page = std::fs::read_to_string(program.path("man/claimwatch-add.1")).unwrap();
    let config = std::fs::read_to_string(program.path("man/claimwatch.yaml.5")).unwrap();
    assert!(page.contains("add") && page.contains(".TH"), "{page}");
    assert!(config.contains("stop_after") && config.contains("listen"));
    for shell in ["bash", "zsh", "fish"] {
        assert!(
            program
                .says(&["completions", shell], 0)
                .contains("test-alert"),
            "{shell}"
        );
    }
}
