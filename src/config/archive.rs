//! The section `archive`: whether a public archive is asked to keep new versions.

use crate::deliver::wayback::{Options, WAYBACK};

use super::addresses;
use super::desk::Desk;
use super::file::One;
use super::mistakes::{Mistakes, Wrong};
use super::receivers::{Kept, kept};
use super::section::{At, Field, Section};
use super::values;

/// The section as typed.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    wayback: One<bool>,
    key: Option<At<Kept>>,
    server: One<String>,
}

/// Reads the section.
pub(super) fn read(field: &Field<'_>, notes: &mut Mistakes) -> Option<Typed> {
    let mut section = Section::open(field, notes)?;
    let typed = Typed {
        wayback: section.value("wayback", notes, values::truth),
        key: section.field("key").and_then(|field| kept(&field, notes)),
        server: section.value("server", notes, server),
    };
    section.close(notes);
    Some(typed)
}

/// The archive, where one is to be asked.
pub(super) fn archive(typed: Option<&Typed>, desk: &mut Desk<'_>) -> Option<Options> {
    let typed = typed?;
    let wanted = desk.pick("archive.wayback", typed.wayback.as_ref(), false);
    let wayback = typed.wayback.as_ref().filter(|_| wanted)?;
    let Some(at) = &typed.key else {
        let wrong = Wrong::new(
            "the archive takes requests from its members alone: `key` is missing",
            "get a key at https://archive.org/account/s3.php and write key: {file: PATH} or {credential: NAME}",
        );
        wayback.wrong(desk.notes, wrong);
        return None;
    };
    desk.came("archive.key", Some(at));
    desk.has_plain_secrets |= matches!(at.value, Kept::Here(_));
    let key = desk.secret(at)?;
    let is_pair = key
        .expose()
        .split_once(':')
        .is_some_and(|(access, secret)| !access.is_empty() && !secret.is_empty())
        && key.expose().bytes().all(|byte| byte.is_ascii_graphic());
    if !is_pair {
        let wrong = Wrong::new(
            "this is not a key of the archive",
            "write the access key and the secret key with a colon between them",
        );
        at.wrong(desk.notes, wrong);
    }
    Some(Options {
        server: desk.pick("archive.server", typed.server.as_ref(), WAYBACK.to_owned()),
        key,
    })
}

/// An address that paths can be added to.
fn server(typed: &str) -> Result<String, Wrong> {
    let url = addresses::page(typed)?;
    if url.contains(['?', '#', '@']) {
        return Err(Wrong::new(
            "this is more than the address of an archive",
            format!("write scheme and host: {WAYBACK}"),
        ));
    }
    Ok(url.trim_end_matches('/').to_owned())
}
