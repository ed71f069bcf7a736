//! The way to the server: passwords, and who is trusted with them.

use claimwatch::store::{Place, Server, Store};

use crate::support::postgres;
use crate::support::tls::AUTHORITY;

fn open(address: &str) -> Result<Store, String> {
    let server = Server::read(address).unwrap();
    Store::open(Place::Server(server)).map_err(|error| error.to_string())
}

/// Whether the connections to a database are encrypted.
fn is_encrypted(database: &str) -> String {
    let sql = format!(
        "SELECT string_agg(DISTINCT ssl::text, ' ') FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) \
         WHERE datname = '{database}' AND application_name = 'claimwatch'"
    );
    postgres::cluster().unwrap().psql("postgres", &sql)
}

#[test]
fn the_way_to_the_server_is_as_safe_as_its_address_says() {
    let Some(address) = postgres::database() else {
        return;
    };
    let cluster = postgres::cluster().unwrap();
    let name = postgres::name(&address);
    for (words, encrypted) in [
        ("sslmode=disable", "false"),
        ("", "true"),
        ("sslmode=prefer", "true"),
        ("sslmode=require", "true"),
        (
            &format!("sslmode=verify-full&sslrootcert={AUTHORITY}"),
            "true",
        ),
    ] {
        let store = open(&cluster.network_address(name, cluster.port, words)).unwrap();

        assert_eq!(is_encrypted(name), encrypted, "{words}");
        drop(store);
    }
}

#[test]
fn a_server_that_nobody_vouches_for_is_not_connected_to() {
    let Some(address) = postgres::database() else {
        return;
    };
    let cluster = postgres::cluster().unwrap();

    let name = postgres::name(&address);
    let error =
        open(&cluster.network_address(name, cluster.port, "sslmode=verify-full")).unwrap_err();

    assert!(error.contains("certificate"), "{error}");
}

#[test]
fn a_password_is_sent_and_never_shown() {
    let Some(address) = postgres::database() else {
        return;
    };
    let cluster = postgres::cluster().unwrap();
    let name = postgres::name(&address);
    cluster.ask_for_a_password(name, "reporter", "hunter2");
    let with = |password: &str| {
        format!(
            "postgres://reporter{password}@127.0.0.1:{}/{name}",
            cluster.port
        )
    };

    let store = open(&with(":hunter2")).unwrap();
    let wrong = open(&with(":hunter3")).unwrap_err();
    let none = open(&with("")).unwrap_err();

    assert!(!format!("{store:?} {wrong} {none}").contains("hunter"));
    assert!(wrong.contains("password"), "{wrong}");
    assert!(none.contains("password"), "{none}");
}
