//! A rich configuration broken in one place at a time: whatever the slip, what is said names its line and what to do.
//!
//! Every kind of slip is made in twenty places. All of them are mistakes, so a file that is accepted counts as a miss, too.
//! Those of form are what an editor can see by the schema.

use claimwatch::config::{Mistakes, Place};

use crate::config::read_with;

/// Places in which each kind of slip is made.
const PLACES: usize = 20;

/// The good configuration.
pub(crate) fn rich() -> String {
    std::fs::read_to_string("testdata/config/rich.yaml").unwrap()
}

/// Who can see a slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// The text is no YAML.
    Text,
    /// A key or value that cannot stand there, whatever else the file says.
    Form,
    /// A value that means nothing to the rest of the file, or to the world.
    Meaning,
}

/// A kind of slip: what becomes of a line, in every manner it can be made there.
pub(crate) struct Slip {
    pub name: &'static str,
    pub sort: Sort,
    make: fn(&Line<'_>) -> Vec<String>,
}

/// A line of the good file, taken apart.
pub(crate) struct Line<'t> {
    whole: &'t str,
    /// Indentation and dashes.
    lead: &'t str,
    key: &'t str,
    value: &'t str,
}

impl<'t> Line<'t> {
    /// A line with a key, or with an entry of a list, which has the key "".
    fn of(whole: &'t str) -> Option<Self> {
        let text = whole.trim_start_matches([' ', '-']);
        if text.is_empty() || text.starts_with(['#', '&']) {
            return None;
        }
        let lead = &whole[..whole.len() - text.len()];
        let (key, value) = match text.split_once(": ") {
            Some((key, value)) if !text.starts_with(['\'', '"', '{']) => (key, value.trim()),
            _ if text.ends_with(':') => (&text[..text.len() - 1], ""),
            _ => ("", text),
        };
        Some(Self {
            whole,
            lead,
            key,
            value,
        })
    }

    /// Whether one value stands behind the key.
    fn has_value(&self) -> bool {
        !self.key.is_empty() && !self.value.is_empty() && self.key != "<<"
    }

    /// Whether that value is neither a list nor a mapping.
    fn has_text(&self) -> bool {
        self.has_value() && !self.value.starts_with(['[', '{'])
    }

    fn with_value(&self, value: &str) -> String {
        format!("{}{}: {value}", self.lead, self.key)
    }

    fn with_key(&self, key: &str) -> String {
        let space = if self.value.is_empty() { "" } else { " " };
        format!("{}{key}:{space}{}", self.lead, self.value)
    }

    /// Whether the key is one of claimwatch, and not a name that the user gives.
    fn is_key(&self) -> bool {
        let is_top = self.lead.is_empty();
        let is_name = self.lead == "  " && self.value.is_empty();
        let is_word = self.key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        !self.key.is_empty() && is_word && (is_top || !is_name)
    }
}

/// Each of `values` in place of the value of one of `keys`.
fn put(line: &Line<'_>, keys: &[&str], values: &[&str]) -> Vec<String> {
    if !keys.contains(&line.key) || !line.has_value() {
        return Vec::new();
    }
    values.iter().map(|value| line.with_value(value)).collect()
}

/// One change of every line that holds one value.
fn texts(line: &Line<'_>, change: impl Fn(&str) -> String) -> Vec<String> {
    let changed = line
        .has_text()
        .then(|| line.with_value(&change(line.value)));
    changed.into_iter().collect()
}

/// One change of every key that claimwatch knows.
fn keys(line: &Line<'_>, change: impl Fn(&str) -> String) -> Vec<String> {
    let changed = line.is_key().then(|| line.with_key(&change(line.key)));
    changed.into_iter().collect()
}

/// A line before this one, as far in.
fn before(line: &Line<'_>, inserted: &str) -> Vec<String> {
    let fits = !line.key.is_empty() && !line.lead.contains('-');
    let both = fits.then(|| format!("{}{inserted}\n{}", line.lead, line.whole));
    both.into_iter().collect()
}

/// The name in brackets is another.
fn names(line: &Line<'_>, names: &[&str]) -> Vec<String> {
    if line.key != "notify" || !line.value.starts_with('[') {
        return Vec::new();
    }
    let end = line.value.find([',', ']']).unwrap();
    let with = |name: &&str| line.with_value(&format!("[{name}{}", &line.value[end..]));
    names.iter().map(with).collect()
}

/// Each of `sources` in place of where a secret is kept.
fn secrets(line: &Line<'_>, sources: &[&str]) -> Vec<String> {
    let Some(start) = ["{env:", "{credential:"]
        .iter()
        .find_map(|source| line.whole.find(source))
    else {
        return Vec::new();
    };
    let end = start + line.whole[start..].find('}').unwrap() + 1;
    let (head, tail) = (&line.whole[..start], &line.whole[end..]);
    let with = |source: &&str| format!("{head}{source}{tail}");
    sources.iter().map(with).collect()
}

const LENGTHS: [&str; 7] = [
    "every",
    "at_most",
    "stop_after",
    "remind",
    "pace",
    "follow_for",
    "for",
];
const ADDRESSES: [&str; 5] = ["url", "feed", "sitemap", "server", "proxy"];
const PEOPLE: [&str; 3] = ["to", "from", "contact"];

pub(crate) const SLIPS: [Slip; 40] = {
    use Sort::{Form, Meaning, Text};
    const fn slip(name: &'static str, sort: Sort, make: fn(&Line<'_>) -> Vec<String>) -> Slip {
        Slip { name, sort, make }
    }
    [
        slip("key misspelt", Form, |l| {
            keys(l, |k| format!("{k}{}", &k[k.len() - 1..]))
        }),
        slip("key in capitals", Form, |l| keys(l, str::to_uppercase)),
        slip("key in other words", Form, |l| {
            keys(l, |_| "something_else".to_owned())
        }),
        slip("key nobody knows", Form, |l| match l.lead.len() {
            0 => before(l, "zzz: 1"),
            _ if l.is_key() => before(l, "zzz: 1"),
            _ => Vec::new(),
        }),
        slip("key given twice", Form, |l| {
            match l.has_value() && !l.lead.contains('-') {
                true => vec![format!("{0}\n{0}", l.whole)],
                false => Vec::new(),
            }
        }),
        slip("mapping for a value", Form, |l| {
            texts(l, |_| "{zzz: 1}".to_owned())
        }),
        slip("list in a list", Form, |l| {
            texts(l, |_| "[[zzz]]".to_owned())
        }),
        slip("no value", Form, |l| texts(l, |_| String::new())),
        slip("deep nesting", Form, |l| {
            texts(l, |_| format!("{}x{}", "[".repeat(60), "]".repeat(60)))
        }),
        slip("huge text", Form, |l| texts(l, |_| "x".repeat(200_000))),
        slip("length of time", Form, |l| {
            put(l, &LENGTHS, &["10", "ten minutes", "5x", "-5m", "1h3"])
        }),
        slip("percentage", Form, |l| {
            put(
                l,
                &["decay", "change", "by", "up", "down"],
                &["half", "-5%", "5%%", "%"],
            )
        }),
        slip("number out of range", Form, |l| {
            let keys = ["max_per_hour", "after", "per_host", "limit", "versions"];
            put(l, &keys, &["-1", "99999999999999999999", "1.5", "many"])
        }),
        slip("truth value", Form, |l| {
            let keys = [
                "ascii",
                "attach_json",
                "empty",
                "robots",
                "wayback",
                "archive",
            ];
            put(l, &keys, &["maybe", "1", "truee", "\"\""])
        }),
        slip("word of a closed list", Form, |l| {
            put(
                l,
                &["severity", "hold_below", "format", "kinds"],
                &["hihg", "severe", "3"],
            )
        }),
        slip("time of day", Form, |l| match l.whole.contains('"') {
            true => put(
                l,
                &["from", "to", "at"],
                &[
                    "\"25:00\"",
                    "\"7\"",
                    "noon",
                    "\"08:61\"",
                    "\"8.30\"",
                    "\"08:00:61\"",
                    "\"24:01\"",
                ],
            ),
            false => Vec::new(),
        }),
        slip("address without scheme", Form, |l| {
            put(
                l,
                &ADDRESSES,
                &["news.example/a", "htp://news.example/a", "//news.example/a"],
            )
        }),
        slip("address without host", Form, |l| {
            put(l, &ADDRESSES, &["https://", "\"https://:80/a\""])
        }),
        slip("mail address", Form, |l| match l.whole.contains('@') {
            true => put(
                l,
                &PEOPLE,
                &["desk", "desk@", "\"@example.org\"", "desk at example.org"],
            ),
            false => Vec::new(),
        }),
        slip("address of a machine", Form, |l| {
            put(
                l,
                &["listen", "smtp", "allow_networks"],
                &[
                    "mail example",
                    "localhost:99999",
                    "10.1.0.0/33",
                    "ftp://x",
                    "\":\"",
                    "\"[::1\"",
                    "256.1.1.1/8",
                ],
            )
        }),
        slip("crontab line", Meaning, |l| {
            put(
                l,
                &["cron"],
                &[
                    "\"61 * * * *\"",
                    "\"* * *\"",
                    "\"0 0 31 2 *\"",
                    "\"@reboot\"",
                    "\"0 0 * * 9\"",
                    "\"0 0 * * * *\"",
                ],
            )
        }),
        slip("time zone", Meaning, |l| {
            put(l, &["timezone"], &["Europe/Zurick", "Mars/Olympus", "CETT"])
        }),
        slip("selector", Meaning, |l| {
            let keys = ["include", "exclude", "selectors"];
            put(
                l,
                &keys,
                &[
                    "\"a[\"",
                    "\"..x\"",
                    "\"div >\"",
                    "\":::\"",
                    "\"p:no-such(\"",
                ],
            )
        }),
        slip("receiver nobody knows", Meaning, |l| {
            names(l, &["desq", "nobody", "Desk"])
        }),
        slip("secret that is not there", Meaning, |l| {
            secrets(
                l,
                &[
                    "{env: MISSING_ONE}",
                    "{file: /nowhere/secret}",
                    "{credential: nothing}",
                ],
            )
        }),
        slip("colon left out", Text, |l| match l.has_text() {
            true => vec![format!("{}{} {}", l.lead, l.key, l.value)],
            false => Vec::new(),
        }),
        slip("no space after the colon", Text, |l| match l.has_text() {
            true => vec![format!("{}{}:{}", l.lead, l.key, l.value)],
            false => Vec::new(),
        }),
        slip("tab for indentation", Text, |l| {
            l.whole
                .strip_prefix("  ")
                .map(|rest| format!("\t{rest}"))
                .into_iter()
                .collect()
        }),
        slip("quote not closed", Text, |l| {
            texts(l, |v| format!("\"{}", v.replace('"', "")))
        }),
        slip("bracket not closed", Text, |l| {
            texts(l, |v| format!("[{}", v.replace('"', "")))
        }),
        slip("brace not closed", Text, |l| {
            texts(l, |_| "{a: b".to_owned())
        }),
        slip("bracket closed twice", Text, |l| {
            match l.value.ends_with(']') {
                true => vec![format!("{}]", l.whole)],
                false => texts(l, |v| format!("[{v}]]")),
            }
        }),
        slip("indented further", Text, |l| {
            match l.whole.starts_with("    ") && l.has_text() {
                true => vec![format!(" {}", l.whole)],
                false => Vec::new(),
            }
        }),
        slip("indented less", Text, |l| {
            match l.whole.starts_with("    ") && l.has_text() {
                true => vec![l.whole[1..].to_owned()],
                false => Vec::new(),
            }
        }),
        slip("dash before a key", Text, |l| {
            match l.has_text() && !l.lead.contains('-') && !l.lead.is_empty() {
                true => vec![format!("{}- {}: {}", l.lead, l.key, l.value)],
                false => Vec::new(),
            }
        }),
        slip("alias of nothing", Text, |l| {
            texts(l, |v| format!("*{}", v.replace(['"', ' '], "")))
        }),
        slip("alias of itself", Text, |l| {
            texts(l, |_| "&me [*me]".to_owned())
        }),
        slip("sign that YAML keeps for itself", Text, |l| {
            let signs = ["@", "%", "`", "!mine ", "|x "];
            signs
                .iter()
                .flat_map(|sign| texts(l, |v| format!("{sign}{v}")))
                .collect()
        }),
        slip("merged with a text", Text, |l| before(l, "<<: nothing")),
        slip("second document", Text, |l| {
            match l.lead.is_empty() && l.key != "defaults" {
                // The first section may have the line above it.
                true => vec![format!("---\n{}", l.whole), format!("...\n{}", l.whole)],
                false => Vec::new(),
            }
        }),
    ]
};

/// A file with one slip in it.
pub(crate) struct Broken {
    pub slip: &'static Slip,
    pub line: u64,
    pub changed: String,
    pub text: String,
}

/// Every slip in its twenty places.
pub(crate) fn broken() -> Vec<Broken> {
    let good = rich();
    let lines: Vec<&str> = good.lines().collect();
    let mut files = Vec::new();
    for slip in &SLIPS {
        let candidates: Vec<(usize, String)> = lines
            .iter()
            .enumerate()
            .filter_map(|(index, line)| Some((index, Line::of(line)?)))
            .flat_map(|(index, line)| {
                (slip.make)(&line)
                    .into_iter()
                    .map(move |changed| (index, changed))
            })
            .collect();
        assert!(
            candidates.len() >= PLACES,
            "{}: {} places",
            slip.name,
            candidates.len()
        );
        for place in 0..PLACES {
            let (index, changed) = &candidates[place * candidates.len() / PLACES];
            let mut file = lines.clone();
            file[*index] = changed;
            files.push(Broken {
                slip,
                line: *index as u64 + 1,
                changed: changed.clone(),
                text: file.join("\n") + "\n",
            });
        }
    }
    files
}

/// What is wrong with what is said of a slip in this line, if anything.
fn complaint(said: Result<(), Mistakes>, line: u64) -> Option<String> {
    let Err(mistakes) = said else {
        return Some("accepted".to_owned());
    };
    let is_near = |place: Place| place.line.abs_diff(line) <= 1 && place.column > 0;
    let near = mistakes
        .list
        .iter()
        .filter(|mistake| mistake.place.is_some_and(is_near))
        .count();
    if near == 0 {
        return Some(format!("astray: {mistakes}"));
    }
    if mistakes.list.iter().any(|mistake| mistake.hint.is_none()) {
        return Some(format!("without a remedy: {mistakes}"));
    }
    None
}

/// A short form of a line for a message.
fn shown(line: &str) -> String {
    line.chars().take(90).collect()
}

#[test]
fn the_rich_configuration_is_good() {
    let config = read_with(&rich()).unwrap_or_else(|mistakes| panic!("{mistakes}"));

    assert_eq!(config.warnings, Vec::<String>::new());
}

#[test]
fn whatever_slip_is_made_what_is_said_names_its_line_and_what_to_do() {
    let (mut astray, mut echoes, mut made) = (Vec::new(), Vec::new(), 0);
    for broken in broken() {
        made += 1;
        let heading = format!(
            "{}, line {}: {}",
            broken.slip.name,
            broken.line,
            shown(&broken.changed)
        );
        // Every second one as another system would save it.
        let text = match made % 2 {
            0 => broken.text.clone(),
            _ => format!("\u{feff}{}", broken.text.replace('\n', "\r\n")),
        };
        let said = read_with(&text).map(|_| ());
        if let Err(mistakes) = &said {
            let far = |place: Place| place.line.abs_diff(broken.line) > 1;
            let echo = mistakes.list.iter().find(|m| m.place.is_none_or(far));
            echoes.extend(echo.map(|mistake| format!("{heading}\n  {mistake:?}")));
        }
        if let Some(complaint) = complaint(said, broken.line) {
            astray.push(format!("{heading}\n  {}", shown(&complaint)));
        }
    }

    // A name that is left out of what is merged is the other one's: that is told where it stands.
    assert!(echoes.len() <= 3, "{}", echoes.join("\n"));
    println!(
        "{made} broken files, {} with mistakes told elsewhere, too:\n{}",
        echoes.len(),
        echoes.join("\n")
    );
    assert!(
        astray.is_empty(),
        "{} of {made}\n{}",
        astray.len(),
        astray.join("\n")
    );
}
