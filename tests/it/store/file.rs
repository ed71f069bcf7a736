//! The file: made whole, shared with care, refused when it cannot be trusted.

use std::fs;
use std::path::Path;

use claimwatch::store::{Error, Store};

use super::{Desk, at, found, outgoing};

/// A closed database with a few versions in it.
async fn closed() -> Desk {
    let desk = Desk::watching().await;
    for number in 0..40 {
        let mut record = found(
            (number > 0).then_some(number),
            10 * i64::from(number),
            &text(number),
        );
        if number > 0 {
            let alert = super::alert(10, number, number + 1);
            record.alerts = vec![outgoing(alert, &[("desk", "a@example.org")])];
        }
        desk.store.record(record).await.unwrap();
    }
    desk.restarted()
}

fn text(number: u32) -> String {
    format!("The agency counts {number} thousand refugees. ").repeat(40)
}

#[tokio::test]
async fn a_new_database_is_for_its_owner_alone() {
    let desk = Desk::new();

    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&desk.path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    desk.store.check_integrity().await.unwrap();
}

#[tokio::test]
async fn a_second_daemon_is_refused_and_a_look_back_is_not() {
    let desk = Desk::watching().await;

    let second = Store::open_exclusive(&desk.path);
    assert!(matches!(second, Err(Error::InUse { .. })), "{second:?}");
    let beside = Store::open_existing(&desk.path).unwrap();
    assert_eq!(beside.status().await.unwrap().len(), 1);

    let desk = desk.restarted();
    desk.store.check_integrity().await.unwrap();
}

#[test]
fn looking_back_does_not_make_a_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none.db");

    let error = Store::open_existing(&path).unwrap_err();

    assert!(matches!(error, Error::Missing { .. }));
    assert!(error.to_string().contains("claimwatch run"), "{error}");
    assert!(!path.exists());
}

#[tokio::test]
async fn a_database_of_a_later_claimwatch_is_refused_and_left_alone() {
    let desk = closed().await;
    let path = desk.path.clone();
    drop(desk.store);
    pragma(&path, "user_version", 99);

    let error = refused(&path);

    assert!(matches!(error, Error::Newer { found: 99, .. }), "{error}");
    assert!(error.to_string().contains("restore a backup"), "{error}");
}

#[tokio::test]
async fn a_database_of_another_program_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.db");
    let other = rusqlite::Connection::open(&path).unwrap();
    other
        .execute_batch("CREATE TABLE bookmark (url TEXT)")
        .unwrap();
    drop(other);

    let error = refused(&path);

    assert!(matches!(error, Error::Foreign { .. }), "{error}");
}

#[test]
fn what_is_no_database_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("claimwatch.db");
    for content in [
        "",
        "watches:\n  - https://news.example/1\n",
        "SQLite format 3\0",
    ] {
        fs::write(&path, content).unwrap();

        let error = refused(&path);

        assert!(
            matches!(error, Error::Damaged { .. }),
            "{content:?}: {error}"
        );
        assert!(
            error
                .to_string()
                .contains("put the last backup in its place")
        );
    }
}

#[tokio::test]
async fn a_database_whose_file_is_gone_but_whose_log_is_there_is_not_begun_anew() {
    let desk = Desk::new();
    let path = desk.path.clone();
    drop(desk.store);
    fs::remove_file(&path).unwrap();
    fs::write(path.with_extension("db-wal"), "something").unwrap();

    let error = Store::open_exclusive(&path).unwrap_err();

    assert!(error.to_string().contains("-wal"), "{error}");
    assert!(!path.exists());
}

#[tokio::test]
async fn a_flipped_bit_never_empties_the_database() {
    let desk = closed().await;
    let counts = desk.store.counts().await.unwrap();
    let path = desk.path.clone();
    let Desk { store, folder, .. } = desk;
    drop(store);
    let sound = fs::read(&path).unwrap();
    let flipped = folder.path().join("flipped.db");
    let mut noticed = 0;

    for (round, position) in places(sound.len()).take(100).enumerate() {
        let mut bytes = sound.clone();
        bytes[position] ^= 1 << (round % 8);
        fs::write(&flipped, &bytes).unwrap();
        match Store::open_exclusive(&flipped) {
            Err(error) => {
                noticed += 1;
                assert!(!error.is_full(), "at {position}: {error}");
                assert_eq!(fs::read(&flipped).unwrap(), bytes, "at {position}");
            }
            // A row may read differently, but it is there; or it says that it cannot be read.
            Ok(store) => match store.counts().await {
                Ok(found) => assert_eq!(found.versions, counts.versions, "at {position}"),
                Err(error) => assert!(matches!(error, Error::Damaged { .. }), "{error}"),
            },
        }
    }

    assert!(noticed > 10, "only {noticed} noticed");
}

#[tokio::test]
async fn damage_in_a_stored_page_is_said_and_never_read() {
    let desk = closed().await;
    let path = desk.path.clone();
    drop(desk.store);
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch(
        "UPDATE page SET bytes = CAST(substr(bytes, 1, 30) || x'00' || substr(bytes, 32) AS BLOB)",
    )
    .unwrap();
    drop(raw);

    let store = Store::open(&path).unwrap();

    let page = store.page(&super::story_id(), 1).await;
    assert!(matches!(page, Err(Error::Damaged { .. })), "{page:?}");
}

#[tokio::test]
async fn a_backup_made_at_work_holds_everything_and_replaces_nothing() {
    let desk = closed().await;
    let copy = desk.folder.path().join("backup.db");

    desk.store.backup(&copy).await.unwrap();

    assert!(desk.store.backup(&copy).await.is_err());
    let restored = Store::open_exclusive(&copy).unwrap();
    restored.check_integrity().await.unwrap();
    assert_eq!(
        restored.counts().await.unwrap(),
        desk.store.counts().await.unwrap()
    );
    assert_eq!(restored.next_due().await.unwrap(), Some(at(990)));
}

/// The error of opening `path`, which must leave the file as it is.
fn refused(path: &Path) -> Error {
    let before = fs::read(path).unwrap();
    let error = Store::open_exclusive(path).unwrap_err();
    assert!(Store::open(path).is_err());
    assert_eq!(fs::read(path).unwrap(), before);
    error
}

fn pragma(path: &Path, name: &str, value: i64) {
    let raw = rusqlite::Connection::open(path).unwrap();
    raw.pragma_update(None, name, value).unwrap();
}

/// Positions all over a file, the same on every run; every fourth in its head, which rules the rest.
fn places(length: usize) -> impl Iterator<Item = usize> {
    let mut state = 88_172_645_463_325_252_u64;
    (0..).map(move |round| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let within = if round % 4 == 0 { 100 } else { length };
        usize::try_from(state % within as u64).unwrap()
    })
}
