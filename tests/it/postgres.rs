//! Several daemons on one PostgreSQL: a real server, the same promises.

mod copy;
mod lost;
mod shared;
mod way;

use std::process::Command;

use claimwatch::store::{Enrolled, Server, Store};
use jiff::Timestamp;

use crate::store::{at, watch};
use crate::support::postgres;

/// A store in the database at `address`, as a process of its own would open it.
fn daemon(address: &str) -> Store {
    let server = Server::read(address).unwrap();
    Store::open_exclusive(claimwatch::store::Place::Server(server)).unwrap()
}

/// Watches `w0`, `w1`, ... that are due at time 0.
async fn enroll(store: &Store, count: usize) {
    let listed = (0..count).map(|number| Enrolled {
        name: watch(&format!("w{number}")),
        url: format!("https://news.example/{number}"),
        due: at(0),
        list: None,
    });
    store.enroll(listed.collect(), at(0)).await.unwrap();
}

/// The names that are handed out at `now`.
async fn lease(store: &Store, now: Timestamp, limit: u32) -> Vec<String> {
    let until = now + jiff::SignedDuration::from_secs(60);
    let leased = store.lease_due("daemon", now, until, limit).await.unwrap();
    leased.iter().map(ToString::to_string).collect()
}

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
        // What is left by the dead is free at once only where a successor knows that they are.
        &[
            "takes_over_what_its_predecessor",
            "a_delivery_is_handed_out_once_until_its_time_is_up",
            "an_alert_in_the_outbox_survives_a_restart",
            "found_again_byte_for_byte",
        ],
    );
}

#[test]
fn a_newsroom_works_on_a_server_as_on_a_file() {
    again_on_a_server(&["together::", "gone::", "mute::"], &[]);
}
