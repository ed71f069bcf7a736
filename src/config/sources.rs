//! What a watch reads: a story, one value of a JSON document, or a list whose articles are followed each by itself.

use std::time::Duration;

use crate::alert::WatchName;
use crate::alert::rules::TrackedClaim;
use crate::story::json::{self, Wanted};
use crate::story::listing::{MAX_ENTRIES, Only};

use super::desk::{Desk, plain};
use super::file::{self, Many, One, selector};
use super::mistakes::{Mistakes, Wrong};
use super::receivers::needed;
use super::section::{At, Field, Section};
use super::{List, ListKind, addresses, notify, values};

/// How long an article is followed, unless a watch says otherwise.
const FOLLOW_FOR: Duration = Duration::from_secs(14 * 86_400);
/// How many articles of a list are followed at one time, unless a watch says otherwise.
const LIMIT: u32 = 200;

/// The keys of which a watch has one.
pub(super) const SOURCES: [&str; 5] = ["url", "feed", "links", "sitemap", "json"];

/// What is read.
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub url: At<String>,
    pub kind: Kind,
}

/// As what it is read.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    Story,
    Feed,
    Links(At<String>),
    Sitemap,
    Json { at: At<json::At>, unit: One<String> },
}

/// The keys that only a list or a JSON value has.
#[derive(Debug, Clone, Default)]
pub(super) struct Extra {
    pub only: Option<At<()>>,
    pub title: Many<String>,
    pub tags: Many<String>,
    pub follow_for: One<Duration>,
    pub limit: One<u32>,
    pub robots: One<bool>,
    pub claim: One<String>,
}

/// Reads what a watch reads.
pub(super) fn source(section: &mut Section<'_>, notes: &mut Mistakes) -> Option<Source> {
    let url = section.value("url", notes, addresses::page);
    let feed = section.value("feed", notes, addresses::page);
    let sitemap = section.value("sitemap", notes, addresses::page);
    let links = section.field("links");
    let json = section.field("json");
    let given = section.count(&SOURCES);
    if given > 1 {
        let what = format!(
            "{}: a watch reads one thing, and here are {given}",
            section.path
        );
        let hint = "keep one of `url`, `feed`, `links`, `sitemap` and `json`, or make two watches";
        notes.note(Some(section.place), Wrong::new(what, hint));
        return None;
    }
    if given == 0 && !SOURCES.iter().any(|key| section.has_like(key)) {
        needed(
            None::<()>,
            "url",
            "write url: and the address of the story",
            section,
            notes,
        );
    }
    let of = |kind: Kind| move |url: At<String>| Source { url, kind };
    url.map(of(Kind::Story))
        .or_else(|| feed.map(of(Kind::Feed)))
        .or_else(|| sitemap.map(of(Kind::Sitemap)))
        .or_else(|| links.and_then(|field| read_links(&field, notes)))
        .or_else(|| json.and_then(|field| read_json(&field, notes)))
}

fn read_links(field: &Field<'_>, notes: &mut Mistakes) -> Option<Source> {
    let mut section = Section::open(field, notes)?;
    let page = section.value("page", notes, addresses::page);
    let which = section.value("selector", notes, selector);
    let hint = "write page: and the address of the section page";
    let page = needed(page, "page", hint, &section, notes);
    let hint = "write selector: and a CSS selector of the links, such as \"main h2 a\"";
    let which = needed(which, "selector", hint, &section, notes);
    section.close(notes);
    Some(Source {
        url: page?,
        kind: Kind::Links(which?),
    })
}

fn read_json(field: &Field<'_>, notes: &mut Mistakes) -> Option<Source> {
    let mut section = Section::open(field, notes)?;
    let url = section.value("url", notes, addresses::page);
    let pointer = section.value("pointer", notes, pointer);
    let path = section.value("path", notes, path);
    let unit = section.value("unit", notes, values::text);
    let hint = "write url: and the address of the JSON document";
    let url = needed(url, "url", hint, &section, notes);
    match section.count(&["pointer", "path"]) {
        0 if !section.has_like("pointer") && !section.has_like("path") => {
            let hint = "write pointer: /data/0/total, or path: and a JSONPath in quotes";
            needed(None::<()>, "pointer", hint, &section, notes);
        }
        0 | 1 => {}
        _ => field.wrong(
            notes,
            Wrong::new(
                "`pointer` and `path` exclude each other",
                "keep the one you mean",
            ),
        ),
    }
    section.close(notes);
    Some(Source {
        url: url?,
        kind: Kind::Json {
            at: pointer.or(path)?,
            unit,
        },
    })
}

fn pointer(typed: &str) -> Result<json::At, Wrong> {
    match json::pointer_problem(typed) {
        None => Ok(json::At::Pointer(typed.to_owned())),
        Some(problem) => Err(Wrong::new(problem, "write it as /data/0/total")),
    }
}

fn path(typed: &str) -> Result<json::At, Wrong> {
    match json::path_problem(typed) {
        None => Ok(json::At::Path(typed.to_owned())),
        Some(problem) => Err(Wrong::new(problem, "write it as \"$.data[0].total\"")),
    }
}

/// Reads the keys that only a list or a JSON value has.
pub(super) fn extra(section: &mut Section<'_>, notes: &mut Mistakes) -> Extra {
    let most = u32::try_from(MAX_ENTRIES).unwrap_or(u32::MAX);
    let mut extra = Extra {
        follow_for: section.value("follow_for", notes, values::interval),
        limit: section.value("limit", notes, |typed| values::count(typed, 1, most)),
        robots: section.value("robots", notes, values::truth),
        claim: section.value("claim", notes, values::text),
        ..Extra::default()
    };
    let Some(field) = section.field("only") else {
        return extra;
    };
    extra.only = Some(field.with(()));
    if let Some(mut only) = Section::open(&field, notes) {
        extra.title = only.filled("title", notes, values::text);
        extra.tags = only.filled("tags", notes, values::text);
        only.close(notes);
    }
    extra
}

/// Notes keys that mean nothing for what the watch reads.
pub(super) fn contradictions(typed: &file::Watch, notes: &mut Mistakes) {
    let extra = &typed.extra;
    let (is_list, is_json) = match typed.source.kind {
        Kind::Story => (false, false),
        Kind::Feed | Kind::Links(_) | Kind::Sitemap => (true, false),
        Kind::Json { .. } => (false, true),
    };
    let of_lists = [
        extra.only.clone(),
        extra.follow_for.as_ref().map(|at| at.with(())),
        extra.limit.as_ref().map(|at| at.with(())),
        extra.robots.as_ref().map(|at| at.with(())),
    ];
    let of_json = [extra.claim.as_ref().map(|at| at.with(()))];
    let of_pages = [
        typed.include.as_ref().map(|at| at.with(())),
        typed.exclude.as_ref().map(|at| at.with(())),
        typed.access.browser.as_ref().map(|at| at.with(())),
    ];
    let mut useless = |keys: &[Option<At<()>>], what: &str, hint: &str| {
        for at in keys.iter().flatten() {
            at.wrong(notes, Wrong::new(what, hint));
        }
    };
    if !is_list {
        let hint = "remove it, or watch a list: `feed`, `links` or `sitemap`";
        useless(
            &of_lists,
            "this has no effect on a watch that is no list of articles",
            hint,
        );
    }
    if is_json {
        let what = "this has no effect on a JSON value";
        useless(&of_pages, what, "remove it");
    } else {
        let what = "this has no effect on a watch that is no JSON value";
        let hint = "remove it; `claims` names the claims that are followed in a story";
        useless(&of_json, what, hint);
    }
}

/// The list a watch reads, where it reads one.
pub(super) fn list(key: &str, typed: &file::Watch, desk: &mut Desk<'_>) -> Option<List> {
    let kind = match &typed.source.kind {
        Kind::Story | Kind::Json { .. } => return None,
        Kind::Feed => ListKind::Feed,
        Kind::Sitemap => ListKind::Sitemap,
        Kind::Links(selector) => ListKind::Links {
            selector: selector.value.clone(),
        },
    };
    let extra = &typed.extra;
    let limit = desk.pick(&format!("{key}.limit"), extra.limit.as_ref(), LIMIT);
    desk.came(&format!("{key}.only"), extra.only.as_ref());
    Some(List {
        kind,
        only: Only {
            title: plain(extra.title.as_ref()),
            tags: plain(extra.tags.as_ref()),
        },
        follow_for: desk.pick(
            &format!("{key}.follow_for"),
            extra.follow_for.as_ref(),
            FOLLOW_FOR,
        ),
        limit: usize::try_from(limit).unwrap_or(usize::MAX),
        robots: desk.pick(&format!("{key}.robots"), extra.robots.as_ref(), true),
    })
}

/// The JSON value a watch reads, where it reads one.
pub(super) fn value(name: &WatchName, typed: &file::Watch) -> Option<Wanted> {
    let Kind::Json { at, unit } = &typed.source.kind else {
        return None;
    };
    let claim = typed.extra.claim.as_ref();
    Some(Wanted {
        at: at.value.clone(),
        unit: unit.as_ref().map(|unit| unit.value.clone()),
        label: claim.map_or_else(|| name.to_string(), |claim| claim.value.clone()),
    })
}

/// The claim that a JSON value joins, where it joins one: whatever the value says is said of the claim.
pub(super) fn joined(
    key: &str,
    typed: &file::Watch,
    claims: &[TrackedClaim],
    desk: &mut Desk<'_>,
) -> Option<Vec<TrackedClaim>> {
    let wanted = typed.extra.claim.as_ref()?;
    desk.came(&format!("{key}.claim"), Some(wanted));
    let Some(claim) = claims.iter().find(|claim| claim.name == wanted.value) else {
        let known: Vec<&str> = claims.iter().map(|claim| claim.name.as_str()).collect();
        wanted.wrong(desk.notes, notify::no_such("claim", &wanted.value, &known));
        return Some(Vec::new());
    };
    let mut claim = claim.clone();
    // The words of a statement are looked for in the text; a number has no words but the claim's name.
    if claim.statement.is_none() {
        claim.words = vec![claim.name.clone()];
        claim.not_near.clear();
        claim.said_by.clear();
        claim.unit = None;
    }
    Some(vec![claim])
}
