//! A whole store copied into an empty one, from a file to a server or back.
//!
//! Rows go as they are, table by table in the order in which they refer to each other, out of one consistent state and into
//! one transaction: the copy is whole or not there.

use std::path::Path;

use rusqlite::types::Value;

use super::Store;
use super::error::{Error, Fault};
use super::place::Place;
use super::schema::{self, Table};
use super::sql::{Connection, Reach};

/// Rows that a server hands out at a time; pages are large.
const ROWS_AT_ONCE: usize = 100;

/// How many rows of a table were copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// The table.
    pub table: String,
    /// The rows.
    pub rows: u64,
}

impl Store {
    /// Copies everything into the store `to`, which must be empty.
    pub async fn copy(&self, to: &Self) -> Result<Vec<Copied>, Error> {
        let doing = "copy what is stored";
        let (from, to) = (self.place().clone(), to.place().clone());
        let name = to.name();
        let copying = tokio::task::spawn_blocking(move || copy(&from, &to));
        let copied = copying.await.map_err(|_| Error::Closed { doing })?;
        copied.map_err(|fault| fault.at(&name, doing))
    }

    /// Copies everything into the file `to`, which must not exist.
    pub async fn copy_into_file(&self, to: &Path) -> Result<(), Error> {
        if !self.is_shared() {
            return self.backup(to).await;
        }
        let file = Self::open(to)?;
        self.copy(&file).await?;
        Ok(())
    }
}

fn copy(from: &Place, to: &Place) -> Result<Vec<Copied>, Fault> {
    let source = from.connect_to_read()?;
    let target = to.connect_to_copy()?;
    source.begin_to_read()?;
    target.begin_to_write(Reach::All)?;
    let tables = schema::known_tables()?;
    for table in &tables {
        let has_rows = target
            .prepare_cached(&format!("SELECT 1 FROM {} LIMIT 1", table.name))?
            .exists([])?;
        if has_rows {
            return Err(Fault::NotEmpty);
        }
    }
    let mut copied = Vec::new();
    for table in &tables {
        copied.push(Copied {
            rows: copy_table(&source, &target, table)?,
            table: table.name.clone(),
        });
    }
    target.commit()?;
    Ok(copied)
}

fn copy_table(source: &Connection, target: &Connection, table: &Table) -> Result<u64, Fault> {
    let (name, columns) = (&table.name, table.columns.join(", "));
    let places: Vec<String> = (1..=table.columns.len())
        .map(|number| format!("?{number}"))
        .collect();
    let insert = format!(
        "INSERT INTO {name} ({columns}) VALUES ({})",
        places.join(", ")
    );
    let mut insert = target.prepare_cached(&insert)?;
    let order = table.key.join(", ");
    let select = format!("SELECT {columns} FROM {name} ORDER BY {order}");
    let mut count = 0;
    let mut put = |row: Vec<Value>| {
        count += 1;
        insert.execute(row)
    };
    match source {
        Connection::Sqlite(_) => {
            let mut query = source.prepare_cached(&select)?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                let values = (0..table.columns.len()).map(|column| row.get(column));
                put(values.collect::<Result<_, _>>()?)?;
            }
        }
        Connection::Postgres(session) => {
            session.run(&format!("DECLARE of_{name} NO SCROLL CURSOR FOR {select}"))?;
            let mut query =
                source.prepare_cached(&format!("FETCH {ROWS_AT_ONCE} FROM of_{name}"))?;
            loop {
                let rows = query.query_map([], |row| {
                    let values = (0..table.columns.len()).map(|column| row.get(column));
                    values.collect::<Result<Vec<Value>, _>>()
                })?;
                let mut got = 0;
                for row in rows {
                    put(row?)?;
                    got += 1;
                }
                if got < ROWS_AT_ONCE {
                    break;
                }
            }
        }
    }
    if let Connection::Postgres(session) = target
        && table.key == ["key"]
    {
        // The next key that is given comes after those that were.
        session.run(&format!(
            "SELECT setval(pg_get_serial_sequence('claimwatch.{name}', 'key'), max(key)) FROM {name} HAVING max(key) > 0"
        ))?;
    }
    Ok(count)
}
