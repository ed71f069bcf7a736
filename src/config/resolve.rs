//! What was typed becomes what is meant: defaults filled in, names looked up, secrets found.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::fetch;
use crate::secret::{Lookup, state_directory};
use crate::store::{self, Place, Retention};

use super::claims::claims;
use super::desk::Desk;
use super::file::{self, File};
use super::mistakes::{Mistakes, Wrong};
use super::receivers::Kept;
use super::section::At;
use super::watches::watches;
use super::{Config, Problems, archive, mailer, notify, server};

const PROBLEMS_AFTER: u32 = 3;
const PROBLEMS_REMIND: Duration = Duration::from_secs(24 * 3600);
const PACE: Duration = Duration::from_secs(1);
const PER_HOST: u32 = 2;
const STORE: &str = "claimwatch.db";

/// The configuration that `file` means; mistakes are noted, and then the answer is not used.
pub(super) fn config(
    file: &File,
    path: &Path,
    lookup: &dyn Lookup,
    notes: &mut Mistakes,
) -> Config {
    let mut desk = Desk::new(path, &file.notify.unreadable, lookup, notes);
    let desk = &mut desk;
    let email = mailer::server(file, desk);
    let receivers = notify::receivers(file, desk);
    let claims = claims(file, &receivers, desk);
    let watches = watches(file, &receivers, &claims, desk);
    notify::unheard(file, &receivers, &watches, desk);
    Config {
        path: path.to_owned(),
        watches,
        receivers,
        email,
        claims,
        ignore: desk.list("ignore.kinds", file.ignore.kinds.as_ref()),
        fetch: fetch(&file.fetch, desk),
        problems: problems(&file.problems, desk),
        keep: Retention {
            age: desk.optional("keep.for", file.keep.age.as_ref()).flatten(),
            versions: desk.optional("keep.versions", file.keep.versions.as_ref()),
        },
        store: store(file.store.as_ref(), desk),
        archive: archive::archive(file.archive.as_ref(), desk),
        server: server::server(file.server.as_ref(), desk),
        has_plain_secrets: desk.has_plain_secrets,
        exposes_secrets: false,
        warnings: std::mem::take(&mut desk.warnings),
        origins: std::mem::take(&mut desk.origins),
    }
}

fn fetch(typed: &file::Fetch, desk: &mut Desk<'_>) -> fetch::Options {
    if let (Some(agent), Some(_)) = (&typed.user_agent, &typed.contact) {
        desk.warnings.push(format!(
            "line {}: `fetch.user_agent` replaces the whole User-Agent, so `fetch.contact` is told to nobody",
            agent.place.line
        ));
    }
    let per_host = desk.pick("fetch.per_host", typed.per_host.as_ref(), PER_HOST);
    fetch::Options {
        contact: desk.optional("fetch.contact", typed.contact.as_ref()),
        user_agent: desk.optional("fetch.user_agent", typed.user_agent.as_ref()),
        pace: desk.pick("fetch.pace", typed.pace.as_ref(), PACE),
        per_host: usize::try_from(per_host).unwrap_or(1),
        allow_networks: desk.list("fetch.allow_networks", typed.allow_networks.as_ref()),
        browser: desk
            .optional("fetch.browser", typed.browser.as_ref())
            .map(PathBuf::from),
    }
}

fn problems(typed: &file::Problems, desk: &mut Desk<'_>) -> Problems {
    Problems {
        after: desk.pick("problems.after", typed.after.as_ref(), PROBLEMS_AFTER),
        remind: desk.pick("problems.remind", typed.remind.as_ref(), PROBLEMS_REMIND),
    }
}

/// The database: a file beside the configuration, or for a service in its state directory; or a server.
fn store(typed: Option<&At<Kept>>, desk: &mut Desk<'_>) -> Place {
    desk.came("store", typed);
    let given = typed.and_then(|at| desk.secret(at));
    let given = given.as_ref().map_or(STORE, |given| given.expose());
    if let Some(at) = typed
        && given.contains("://")
    {
        match store::Server::read(given) {
            Ok(server) => {
                desk.has_plain_secrets |=
                    server.has_password() && matches!(at.value, Kept::Here(_));
                return Place::Server(server);
            }
            Err(why) => at.wrong(
                desk.notes,
                Wrong::new(
                    format!("the address of the database cannot be used: {why}"),
                    "write the path of a file, or postgres://user@host/database?sslmode=verify-full",
                ),
            ),
        }
    }
    let state = state_directory(desk.lookup);
    Place::File(state.as_ref().unwrap_or(&desk.base).join(given))
}
