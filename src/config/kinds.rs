//! The options of receivers by [`KINDS`]: read, filled in and shown from the list of keys that each kind gives.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::alert::{ReceiverName, WatchName};
use crate::deliver::kind::{Default, Key, Kind, Service, Setting, Settings, Wants};
use crate::deliver::{KINDS, http};
use crate::secret::state_directory;

use super::desk::{Desk, plain};
use super::mistakes::{Mistakes, Wrong, quoted};
use super::receivers::{Kept, kept, needed};
use super::section::{At, Field, List, Section, one};
use super::values;

/// A receiver of one of the kinds, as typed.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub kind: &'static Kind,
    given: BTreeMap<&'static str, Given>,
}

/// An option as typed.
#[derive(Debug, Clone)]
enum Given {
    Secret(At<Kept>),
    Text(At<String>),
    Texts(List<String>),
    Numbers(At<BTreeMap<String, u32>>),
}

/// The kind of this name.
pub(super) fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.name == name)
}

/// Reads the options of a kind.
pub(super) fn read(
    kind: &'static Kind,
    section: &mut Section<'_>,
    notes: &mut Mistakes,
) -> Option<Typed> {
    let mut given = BTreeMap::new();
    let mut is_whole = true;
    for key in kind.keys {
        let value = option(key, section, notes);
        if value.is_none() && key.default == Default::Needed {
            needed(None::<()>, key.name, key.about, section, notes);
            is_whole = false;
        }
        if let Some(value) = value {
            given.insert(key.name, value);
        }
    }
    is_whole.then_some(Typed { kind, given })
}

fn option(key: &'static Key, section: &mut Section<'_>, notes: &mut Mistakes) -> Option<Given> {
    let text = |section: &mut Section<'_>, notes: &mut Mistakes| {
        section.value(key.name, notes, |typed| line(key.wants, typed))
    };
    match key.wants {
        Wants::Address | Wants::Secret => kept(&section.field(key.name)?, notes).map(Given::Secret),
        Wants::Text | Wants::Server | Wants::Count(..) | Wants::Flag | Wants::File => {
            text(section, notes).map(Given::Text)
        }
        Wants::Texts => section
            .filled(key.name, notes, values::text)
            .map(Given::Texts),
        Wants::Numbers => numbers(&section.field(key.name)?, notes).map(Given::Numbers),
    }
}

/// One line that is what the key wants.
fn line(wants: Wants, typed: &str) -> Result<String, Wrong> {
    match wants {
        Wants::Count(least, most) => values::count(typed, least, most).map(|n| n.to_string()),
        Wants::Flag => values::truth(typed).map(|truth| truth.to_string()),
        Wants::Server => {
            let url = http::address(typed)
                .map_err(|problem| Wrong::new(problem, "write https:// and the host"))?;
            if url.password().is_some() || !url.username().is_empty() {
                return Err(Wrong::new(
                    "the address of a server holds no user or password",
                    "remove what stands before the @",
                ));
            }
            Ok(typed.to_owned())
        }
        Wants::Address
        | Wants::Secret
        | Wants::Text
        | Wants::Texts
        | Wants::Numbers
        | Wants::File => values::text(typed),
    }
}

/// A number for each watch.
fn numbers(field: &Field<'_>, notes: &mut Mistakes) -> Option<At<BTreeMap<String, u32>>> {
    let mut section = Section::open(field, notes)?;
    let mut numbers = BTreeMap::new();
    for (key, value) in section.named() {
        if WatchName::new(&key.text).is_none() {
            let wrong = Wrong::new(
                format!("{} is not the name of a watch", quoted(&key.text)),
                "write NAME: NUMBER",
            );
            notes.note(Some(key.place), wrong);
            continue;
        }
        let number = |typed: &str| values::count(typed, 1, i32::MAX.unsigned_abs());
        if let Some(number) = one(&value, notes, &number) {
            numbers.insert(key.text.clone(), number.value);
        }
    }
    Some(field.with(numbers))
}

/// The receiver that was typed, every default filled in.
pub(super) fn resolve(
    name: &ReceiverName,
    typed: &Typed,
    whole: &At<super::receivers::Channel>,
    desk: &mut Desk<'_>,
) -> Option<Service> {
    let mut settings = Settings::default();
    for key in typed.kind.keys {
        let path = format!("notify.{name}.{}", key.name);
        if let Some(setting) = setting(key, &path, typed, desk)? {
            settings = settings.with(key, setting);
        }
    }
    if let Some(problem) = (typed.kind.check)(&settings) {
        let wrong = Wrong::new(problem.what, problem.hint);
        match typed.given.get(problem.key) {
            Some(Given::Secret(at)) => at.wrong(desk.notes, wrong),
            Some(Given::Text(at)) => at.wrong(desk.notes, wrong),
            Some(Given::Texts(at)) => at.wrong(desk.notes, wrong),
            Some(Given::Numbers(at)) => at.wrong(desk.notes, wrong),
            None => whole.wrong(desk.notes, wrong),
        }
    }
    Some(Service {
        kind: typed.kind,
        settings,
    })
}

/// One option; the outer `None` where it cannot be had, which was noted.
#[expect(
    clippy::option_option,
    reason = "not to be had, and not given, are two things"
)]
fn setting(
    key: &'static Key,
    path: &str,
    typed: &Typed,
    desk: &mut Desk<'_>,
) -> Option<Option<Setting>> {
    Some(match typed.given.get(key.name) {
        Some(Given::Secret(at)) => {
            desk.came(path, Some(at));
            desk.has_plain_secrets |= matches!(at.value, Kept::Here(_));
            let secret = desk.secret(at)?;
            let problem = match key.wants {
                Wants::Address => http::address(secret.expose()).err(),
                _ => None,
            };
            if let Some(problem) = problem {
                let wrong = Wrong::new(problem, "write https://, the host and the path");
                at.wrong(desk.notes, wrong);
            }
            Some(Setting::Secret(secret))
        }
        Some(Given::Text(at)) => {
            desk.came(path, Some(at));
            Some(Setting::Text(match key.wants {
                Wants::File => file(at, desk),
                _ => at.value.clone(),
            }))
        }
        Some(Given::Texts(list)) => {
            desk.came(path, Some(list));
            Some(Setting::Texts(plain(Some(list))))
        }
        Some(Given::Numbers(at)) => {
            desk.came(path, Some(at));
            Some(Setting::Numbers(at.value.clone()))
        }
        None => {
            desk.came::<()>(path, None);
            match key.default {
                Default::Is(text) => Some(Setting::Text(text.to_owned())),
                Default::Needed | Default::Nothing => None,
            }
        }
    })
}

/// A path: from the file's, or for a service from its state directory. Two receivers would write over each other.
fn file(at: &At<String>, desk: &mut Desk<'_>) -> String {
    let state = state_directory(desk.lookup);
    let base = state.as_ref().unwrap_or(&desk.base);
    let path: PathBuf = base.join(&at.value).components().collect();
    let path = path.display().to_string();
    if !desk.written.insert(path.clone()) {
        let wrong = Wrong::new("another receiver writes this file", "name another file");
        at.wrong(desk.notes, wrong);
    }
    path
}

/// The options of a receiver as lines of YAML: the line, and the name of its key.
pub(super) fn shown(
    service: &Service,
    secret: &str,
    scalar: impl Fn(&str) -> String,
) -> Vec<(String, &'static str)> {
    let options = service
        .kind
        .keys
        .iter()
        .filter_map(|key| Some((key.name, service.settings.get(key)?)));
    options
        .map(|(name, setting)| {
            let value = match setting {
                Setting::Secret(_) => secret.to_owned(),
                Setting::Text(text) => scalar(text),
                Setting::Texts(texts) => {
                    let texts: Vec<String> = texts.iter().map(|text| scalar(text)).collect();
                    format!("[{}]", texts.join(", "))
                }
                Setting::Numbers(numbers) => {
                    let pairs = numbers
                        .iter()
                        .map(|(name, n)| format!("{}: {n}", scalar(name)));
                    format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
                }
            };
            (format!("{name}: {value}"), name)
        })
        .collect()
}
