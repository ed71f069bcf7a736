//! Several daemons on one PostgreSQL: a real server, the same promises.

use std::process::Command;

use crate::support::postgres;

/// Runs tests of this program again with their stores on the server; `skipped` are those about files.
fn again_on_a_server(filters: &[&str], skipped: &[&str]) {
    if postgres::cluster().is_none() {
        return;
    }
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(filters)
        .env("CLAIMWATCH_TEST_STORE", "postgres");
    for skip in skipped {
        command.args(["--skip", skip]);
    }

    let output = command.output().unwrap();

    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}");
    assert!(!told.contains("running 0 tests"), "{told}");
}

#[test]
fn what_the_store_promises_of_a_file_it_keeps_on_a_server() {
    again_on_a_server(
        &[
            "store::figures",
            "store::leases",
            "store::memory",
            "store::outbox",
        ],
        &[],
    );
}
