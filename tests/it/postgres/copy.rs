//! Everything that is stored, from a file to a server and back.

use std::path::Path;

use claimwatch::store::Store;
use rusqlite::types::Value;

use super::{daemon, enroll};
use crate::store::watch;
use crate::support::postgres;

struct Column {
    name: String,
    kind: String,
    is_needed: bool,
}

fn tables(file: &rusqlite::Connection) -> Vec<(String, Vec<Column>)> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid";
    let mut query = file.prepare(sql).unwrap();
    let names = query.query_map([], |row| row.get::<_, String>(0)).unwrap();
    names
        .map(|name| {
            let name = name.unwrap();
            let mut query = file
                .prepare("SELECT name, type, \"notnull\" OR pk > 0 FROM pragma_table_info(?1)")
                .unwrap();
            let columns = query.query_map([&name], |row| {
                Ok(Column {
                    name: row.get(0)?,
                    kind: row.get(1)?,
                    is_needed: row.get(2)?,
                })
            });
            (name.clone(), columns.unwrap().map(Result::unwrap).collect())
        })
        .collect()
}

/// Three rows for every table, which refer to each other: full ones, and one with nothing that need not be there.
fn fill(path: &Path) {
    let file = rusqlite::Connection::open(path).unwrap();
    for (table, columns) in tables(&file) {
        for row in 1..=3 {
            let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
            let values: Vec<Value> = columns
                .iter()
                .map(|column| value(&table, column, row))
                .collect();
            let places = vec!["?"; names.len()].join(", ");
            let sql = format!(
                "INSERT INTO {table} ({}) VALUES ({places})",
                names.join(", ")
            );
            file.execute(&sql, rusqlite::params_from_iter(values))
                .unwrap();
        }
    }
}

fn value(table: &str, column: &Column, row: i64) -> Value {
    if row == 3 && !column.is_needed {
        return Value::Null;
    }
    match (table, column.name.as_str(), column.kind.as_str()) {
        ("delivery", "state", _) => Value::Text("parked".to_owned()),
        ("mute", "kind", _) => Value::Text("claim".to_owned()),
        ("held", "why", _) => Value::Text("quiet".to_owned()),
        ("delivery", "finished", _) => Value::Integer(i64::MAX - row),
        (_, _, "INTEGER") => Value::Integer(row),
        (_, _, "BLOB") => Value::Blob(vec![0, 255, row as u8]),
        (_, name, _) => Value::Text(format!("{name} „Ünïcode“ '\\ {row}")),
    }
}

/// Every row of every table.
fn rows(path: &Path) -> Vec<(String, Vec<Vec<Value>>)> {
    let file = rusqlite::Connection::open(path).unwrap();
    tables(&file)
        .into_iter()
        .map(|(table, columns)| {
            let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
            let names = names.join(", ");
            let mut query = file
                .prepare(&format!("SELECT {names} FROM {table} ORDER BY {names}"))
                .unwrap();
            let rows =
                query.query_map([], |row| (0..columns.len()).map(|at| row.get(at)).collect());
            (table, rows.unwrap().map(Result::unwrap).collect())
        })
        .collect()
}

#[tokio::test]
async fn every_row_goes_to_a_server_and_comes_back_as_it_was() {
    let Some(address) = postgres::database() else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let (here, back) = (folder.path().join("here.db"), folder.path().join("back.db"));
    drop(Store::open(&here).unwrap());
    fill(&here);

    let server = daemon(&address);
    let there = Store::open(&here).unwrap().copy(&server).await.unwrap();
    let again = server.copy(&Store::open(&back).unwrap()).await.unwrap();

    assert_eq!(there, again);
    assert!(
        there.iter().all(|one| one.rows == 3) && there.len() >= 21,
        "{there:?}"
    );
    assert_eq!(rows(&here), rows(&back));
    server.check_integrity().await.unwrap();
}

#[tokio::test]
async fn a_copied_store_is_worked_with_and_not_copied_over() {
    let Some(address) = postgres::database() else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let file = Store::open(folder.path().join("here.db")).unwrap();
    enroll(&file, 7).await;
    let server = daemon(&address);

    file.copy(&server).await.unwrap();
    enroll(&server, 9).await;
    let error = file.copy(&server).await.unwrap_err();

    assert_eq!(server.counts().await.unwrap().watches, 9);
    assert!(server.known(&watch("w8")).await.is_ok());
    assert!(error.to_string().contains("nothing was copied"), "{error}");
}

#[test]
fn the_command_copies_both_ways_and_says_how_much() {
    let Some(address) = postgres::database() else {
        return;
    };
    let program = crate::support::program::Program::new("watches: [https://news.example/a]\n");
    let folder = tempfile::tempdir().unwrap();
    let (here, back) = (folder.path().join("here.db"), folder.path().join("back.db"));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async { enroll(&Store::open(&here).unwrap(), 7).await });

    let there = program.says(&["store", "copy", here.to_str().unwrap(), &address], 0);
    let again = program.says(
        &["store", "copy", &address, back.to_str().unwrap(), "--json"],
        0,
    );

    assert!(
        there.contains("7  watch") && there.contains("Copied to postgres:"),
        "{there}"
    );
    assert!(again.contains("\"watch\":7"), "{again}");
    assert_eq!(rows(&here), rows(&back));
}
