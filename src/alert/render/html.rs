//! The HTML of a mail: one column, no images, no scripts, nothing from outside.
//!
//! Nothing is told by colour alone: removed words are struck through, added ones underlined and bold. Styles are inline,
//! since mail programs drop others; the one style block only carries dark mode.

use std::fmt::Write;

use super::lead::{Form, lead as of};
use super::subject::joined;
use super::words::{clean, cut};
use super::{elsewhere, facts, times};
use crate::alert::{Alert, Point, ToldChange};

/// Past this mail programs hide the end of a message.
pub const MAX_HTML_BYTES: usize = 80_000;

/// Colours for dark mode; those for light mode stand in the elements.
const STYLE: &str = "<style>:root{color-scheme:light dark;supported-color-schemes:light dark}\
@media (prefers-color-scheme:dark){\
body,.page{background:#15181c!important;color:#e9ecef!important}\
.dim{color:#b3bac2!important}\
.line{border-color:#454d56!important}\
del{color:#ffb3ab!important}ins{color:#9fe0a8!important}\
a{color:#9cc7ff!important}\
.bar{background:#9cc7ff!important}.soft{background:#4d6a8a!important}}</style>";

/// Longer headings give way to short ones; the words stand in the table below.
const MAX_HEADING_CHARS: usize = 90;

const REMOVED: &str = "color:#9a1c10;text-decoration:line-through";
const ADDED: &str = "color:#0b5c1b;font-weight:bold;text-decoration:underline";
pub(super) const DIM: &str = "color:#50575e";
/// Every table; what its cells have in common stands here once, or a mail would be half as long again.
const TABLE: &str =
    "<table cellpadding=\"4\" style=\"border-collapse:collapse;margin:0 0 12px -4px";
/// Where words are short: a column is never narrower than a word, or a phone would show "thousa nd".
const SHORT_WORDS: &str = ";font-size:14px;overflow-wrap:break-word";
/// A row, up to what its heading has for itself.
const ROW: &str = "<tr valign=\"top\"><th scope=\"row\" align=\"left\"";

/// `text` with the five characters that HTML reads otherwise written out, and without control characters.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The HTML of the mail that carries `alert`.
///
/// ```
/// let alert = claimwatch::alert::test(jiff::Timestamp::UNIX_EPOCH);
/// let html = claimwatch::alert::render::html::html(&alert);
/// assert!(html.contains("<ins"));
/// assert!(!html.contains("<script"));
/// ```
#[must_use]
pub fn html(alert: &Alert) -> String {
    let mut out = String::with_capacity(8_192);
    let language = alert
        .story
        .as_ref()
        .and_then(|story| story.language.as_deref());
    head(&mut out, alert);
    if alert.test {
        paragraph(&mut out, facts::TEST_NOTE);
    }
    if let Some(digest) = &alert.digest {
        super::digest::html(&mut out, digest);
    } else if let Some(disagreement) = &alert.disagreement {
        let _ = writeln!(
            out,
            "<h1 style=\"font-size:22px;line-height:1.3;margin:20px 0 8px\"><span dir=\"auto\">{}</span></h1>",
            escape(&alert.summary)
        );
        let rows = elsewhere::of_disagreement(alert, disagreement);
        others(&mut out, "What they say (UTC)", &rows);
    } else {
        if alert.problem.is_some() {
            problem(&mut out, alert);
        }
        // A story that is back tells both.
        if alert.problem.is_none() || !alert.changes.is_empty() {
            changes(&mut out, alert, language);
        }
    }
    closing(&mut out, alert);
    out
}

fn head(out: &mut String, alert: &Alert) {
    let title = escape(&alert.summary);
    let preheader = escape(&cut(&facts::preheader(alert), 200));
    // Writing to a String cannot fail; that holds for every `write!` here.
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
<meta name=\"color-scheme\" content=\"light dark\"><meta name=\"supported-color-schemes\" content=\"light dark\">\
<title>{title}</title>{STYLE}</head>\n\
<body class=\"page\" style=\"margin:0;padding:0;background:#ffffff;color:#1d2125\">\
<div style=\"display:none;max-height:0;overflow:hidden\">{preheader}</div>\n\
<div class=\"page\" style=\"max-width:600px;margin:0 auto;padding:16px;font:16px/1.5 system-ui,'Segoe UI',Roboto,Arial,sans-serif;\
background:#ffffff;color:#1d2125;overflow-wrap:anywhere\">\n"
    );
}

/// The HTML of a mail whose text is the user's own: the same lines.
#[must_use]
pub fn lines(alert: &Alert, own: &str) -> String {
    let mut out = String::new();
    head(&mut out, alert);
    out.push_str("<div dir=\"auto\" style=\"white-space:pre-wrap\">");
    for line in own.lines() {
        let words: Vec<String> = line.split(' ').map(escape).collect();
        out.push_str(words.join(" ").trim_end());
        out.push('\n');
    }
    out.push_str("</div>\n</div></body></html>");
    out
}

fn paragraph(out: &mut String, text: &str) {
    let _ = writeln!(out, "<p style=\"margin:0 0 12px\">{}</p>", escape(text));
}

fn changes(out: &mut String, alert: &Alert, language: Option<&str>) {
    if let Some(text) = facts::several(alert) {
        paragraph(out, &text);
    }
    let changes = facts::in_order(alert);
    let mut left_out = alert.changes_omitted as usize;
    for (index, &change) in changes.iter().enumerate() {
        if out.len() > MAX_HTML_BYTES {
            left_out += alert.changes.len() - index;
            break;
        }
        heading(out, (changes.len() > 1).then_some(index + 1), change);
        table(out, alert, change);
        match facts::shown_before(&changes, index) {
            Some(before) => {
                let place = facts::place(alert, change);
                small_heading(out, &format!("{place}: see change {}", before + 1));
            }
            None => quote(out, alert, change, language),
        }
        history(out, alert, change);
        let rows = elsewhere::rows(alert, change);
        if !rows.is_empty() {
            others(out, elsewhere::HEADING, &rows);
        }
    }
    if left_out > 0 {
        paragraph(
            out,
            &format!("{left_out} more changes are not listed here."),
        );
    }
    labelled(out, "Also changed", &facts::also_changed(alert));
    labelled(out, "Disclosed?", &facts::disclosed(alert));
}

/// The change in one line.
fn heading(out: &mut String, number: Option<usize>, change: &ToldChange) {
    let first = number.is_none_or(|number| number == 1);
    let (level, size) = if first { ("h1", 22) } else { ("h2", 19) };
    let number = number.map_or_else(String::new, |number| format!("{number}. "));
    let mut lead = of(change, Form::Full);
    if joined(&lead).chars().count() > MAX_HEADING_CHARS {
        lead = of(change, Form::Compact);
    }
    let colon = if lead.from.is_some() && !lead.alternates && !lead.label.ends_with(':') {
        ":"
    } else {
        ""
    };
    let mut text = format!("{number}{}{colon}", escape(&lead.label));
    for (index, side) in [&lead.from, &lead.to].into_iter().flatten().enumerate() {
        let link = if index > 0 {
            lead.link(" \u{2192} ")
        } else {
            " "
        };
        let _ = write!(text, "{link}<span dir=\"auto\">{}</span>", escape(side));
    }
    let aside = facts::aside(change, &lead);
    if !aside.is_empty() {
        let _ = write!(
            text,
            " <span style=\"font-weight:normal\">{}</span>",
            escape(&aside)
        );
    }
    let _ = writeln!(
        out,
        "<{level} style=\"font-size:{size}px;line-height:1.3;margin:20px 0 8px\">{text}</{level}>"
    );
}

/// The table of was, now, change and speaker.
fn table(out: &mut String, alert: &Alert, change: &ToldChange) {
    let rows = facts::rows(alert, change);
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "{TABLE};font-size:16px\"><caption class=\"dim\" style=\"text-align:left;padding:0 4px;font-size:14px;{DIM}\">{}</caption>",
        escape(&facts::caption(change))
    );
    for row in rows {
        let note = match row.note.as_str() {
            "" => String::new(),
            note => {
                let dot = if note.starts_with('(') { "" } else { "\u{b7} " };
                let note = escape(note);
                format!(" <span class=\"dim\" style=\"{DIM}\">{dot}{note}</span>")
            }
        };
        let _ = writeln!(
            out,
            "{ROW} style=\"white-space:nowrap\">{}</th><td><span dir=\"auto\">{}</span>{note}</td></tr>",
            row.label,
            escape(&row.value)
        );
    }
    out.push_str("</table>\n");
}

/// The sentence with its changes marked.
fn quote(out: &mut String, alert: &Alert, change: &ToldChange, language: Option<&str>) {
    if !facts::shows_sentence(change) {
        return;
    }
    small_heading(out, &facts::place(alert, change));
    let lang = language.map_or(String::new(), |tag| format!(" lang=\"{}\"", escape(tag)));
    let _ = write!(
        out,
        "<blockquote class=\"line\" dir=\"auto\"{lang} \
style=\"margin:0 0 16px;padding:0 0 0 12px;border-left:4px solid #8a9199\">"
    );
    for (index, (sign, words)) in change.diff.iter().enumerate() {
        let after_removed = index
            .checked_sub(1)
            .and_then(|before| change.diff.get(before))
            .is_some_and(|(sign, _)| sign == "-");
        if words.starts_with(' ') || (sign == "+" && after_removed) {
            out.push(' ');
        }
        let shown = escape(words);
        let _ = match sign.as_str() {
            "-" => write!(out, "<del style=\"{REMOVED}\">{shown}</del>"),
            "+" => write!(out, "<ins style=\"{ADDED}\">{shown}</ins>"),
            _ => write!(out, "{shown}"),
        };
        if words.ends_with(' ') {
            out.push(' ');
        }
    }
    out.push_str("</blockquote>\n");
}

/// A heading in the size of the text; what it says in capitals is said plainly here.
fn small_heading(out: &mut String, text: &str) {
    let _ = writeln!(
        out,
        "<h3 class=\"dim\" style=\"font-size:14px;margin:12px 0 4px;{DIM}\">{}</h3>",
        escape(&sentence_case(text))
    );
}

/// `IN THE STORY, paragraph 3` as `In the story, paragraph 3`.
fn sentence_case(text: &str) -> String {
    super::lead::capital(&text.to_lowercase())
}

/// How the figure moved: rows with bars that begin at zero.
fn history(out: &mut String, alert: &Alert, change: &ToldChange) {
    if !facts::shows_history(change) {
        return;
    }
    let largest = change
        .history
        .iter()
        .map(|point| point.high)
        .fold(0.0, f64::max);
    let _ = write!(out, "{TABLE}{SHORT_WORDS};width:100%\">");
    let _ = writeln!(
        out,
        "<caption class=\"dim\" style=\"text-align:left;padding:0 4px;font-weight:bold;{DIM}\">How it moved (UTC)</caption>"
    );
    for point in &change.history {
        let _ = writeln!(
            out,
            "{ROW} style=\"font-weight:normal\">{}</th><td dir=\"auto\">{}</td><td style=\"width:40%\">{}</td></tr>",
            times::beside(point.at, alert.at),
            escape(&cut(&point.text, 40)),
            bar(point, largest)
        );
    }
    out.push_str("</table>\n");
}

/// What other watches say.
fn others(out: &mut String, heading: &str, rows: &[elsewhere::Row]) {
    let _ = writeln!(
        out,
        "{TABLE}{SHORT_WORDS}\"><caption class=\"dim\" style=\"text-align:left;padding:0 4px;font-weight:bold;{DIM}\">{}</caption>",
        escape(heading)
    );
    for row in rows {
        let relation = match row.relation.as_str() {
            "" => String::new(),
            relation => format!(": {}", escape(relation)),
        };
        let _ = writeln!(
            out,
            "{ROW} dir=\"auto\">{}</th><td><span dir=\"auto\">{}</span>, {}{}</td></tr>",
            escape(&cut(&row.outlet, 60)),
            escape(&cut(&row.text, 60)),
            row.at,
            relation
        );
    }
    out.push_str("</table>\n");
}

/// A bar as long as the value; the part that only the upper end of a range reaches is lighter.
fn bar(point: &Point, largest: f64) -> String {
    let share = |value: f64| {
        if largest > 0.0 {
            (value / largest).clamp(0.0, 1.0) * 100.0
        } else {
            0.0
        }
    };
    let (low, high) = (share(point.low), share(point.high));
    let part = |class: &str, colour: &str, width: f64, inside: &str| {
        format!(
            "<div class=\"{class}\" style=\"height:10px;margin-top:5px;width:{width:.0}%;background:{colour}\">{inside}</div>"
        )
    };
    if high - low < 0.5 {
        return part("bar", "#2b5c8a", low, "");
    }
    let inner = part("bar", "#2b5c8a", low / high * 100.0, "").replace("margin-top:5px;", "");
    part("soft", "#a9c4de", high, &inner)
}

/// A label in bold and its text.
fn labelled(out: &mut String, label: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "<p style=\"margin:0 0 8px\"><strong>{}</strong> <span dir=\"auto\">{}</span></p>",
        escape(label),
        escape(text)
    );
}

/// What a failing, recovered or vanished story has to tell.
fn problem(out: &mut String, alert: &Alert) {
    let _ = writeln!(
        out,
        "<h1 style=\"font-size:22px;line-height:1.3;margin:20px 0 8px\"><span dir=\"auto\">{}</span></h1>",
        escape(&alert.summary)
    );
    for (label, value) in facts::problem_rows(alert) {
        labelled(out, &sentence_case(&label), &value);
    }
}

/// The story, what is stored of it, and why the mail was sent.
fn closing(out: &mut String, alert: &Alert) {
    let _ = writeln!(
        out,
        "<hr class=\"line\" style=\"border:0;border-top:1px solid #c4c9ce;margin:16px 0\">"
    );
    if let Some(story) = &alert.story {
        let title = escape(&facts::titled(story));
        let _ = writeln!(
            out,
            "<p style=\"margin:0 0 8px\"><strong>Story</strong> <span dir=\"auto\">{}</span></p>",
            link(&story.url, &title)
        );
    }
    if let Some(local) = &alert.links.story {
        let _ = writeln!(
            out,
            "<p style=\"margin:0 0 8px\">{}</p>",
            link(local, "All its versions")
        );
    }
    labelled(out, "Stored", &facts::stored(alert));
    for (version, url) in facts::archived(alert) {
        let _ = writeln!(
            out,
            "<p style=\"margin:0 0 8px\">{}</p>",
            link(url, &format!("Version {version} in a public archive"))
        );
    }
    let mute = facts::mute(alert).map_or_else(String::new, |mute| escape(&mute) + "<br>");
    let _ = writeln!(
        out,
        "<p class=\"dim\" style=\"font-size:14px;margin:16px 0 0;{DIM}\">{}<br>{mute}Alert {}</p>\n</div></body></html>",
        escape(&facts::why(alert)),
        alert.alert_id
    );
}

/// A link to a web address, or plain text where `url` is something else. `text` is HTML already.
pub(super) fn link(url: &str, text: &str) -> String {
    let lower = url.to_ascii_lowercase();
    if lower.starts_with("https://") || lower.starts_with("http://") {
        format!(
            "<a href=\"{}\" style=\"color:#0b4f9c\">{text}</a>",
            escape(url)
        )
    } else {
        format!("{text} ({})", escape(url))
    }
}
