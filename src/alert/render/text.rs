//! The plain text of a mail: 72 columns, the same facts as the HTML.

use super::lead::{Form, lead};
use super::words::{clean, cut, wrap};
use super::{elsewhere, facts, times};
use crate::alert::{Alert, Point, ToldChange};

/// The width of a line; addresses may be longer.
const WIDTH: usize = 72;

/// The columns of a bar of a figure's history.
const BAR_CHARS: f64 = 20.0;

/// The text of the mail that carries `alert`.
///
/// ```
/// let alert = claimwatch::alert::test(jiff::Timestamp::UNIX_EPOCH);
/// let text = claimwatch::alert::render::text::text(&alert);
/// assert!(text.contains("REFUGEES: 2.1 to 2.2 million -> 2.5 million  (+16%)"));
/// ```
#[must_use]
pub fn text(alert: &Alert) -> String {
    let mut lines = Vec::new();
    if alert.test {
        lines.extend(wrap(facts::TEST_NOTE, "", WIDTH));
        lines.push(String::new());
    }
    if let Some(digest) = &alert.digest {
        super::digest::text(&mut lines, digest);
    } else if let Some(disagreement) = &alert.disagreement {
        lines.extend(wrap(&alert.summary, "", WIDTH));
        lines.push(String::new());
        others(&mut lines, &elsewhere::of_disagreement(alert, disagreement));
    } else {
        if alert.problem.is_some() {
            problem(&mut lines, alert);
        }
        // A story that is back tells both.
        if alert.problem.is_none() || !alert.changes.is_empty() {
            changes(&mut lines, alert);
        }
    }
    closing(&mut lines, alert);
    let mut text = String::new();
    for line in lines {
        // The last gate: whatever a page has brought along, no line breaks or control characters leave here.
        text.push_str(&clean_line(&line));
        text.push('\n');
    }
    text
}

/// Text of the user's own, each line made safe.
#[must_use]
pub fn lines(own: &str) -> String {
    own.lines().fold(String::new(), |text, line| {
        text + clean_line(line).trim_end() + "\n"
    })
}

/// Like [`clean`], but columns stay apart.
fn clean_line(line: &str) -> String {
    line.split(' ').map(clean).collect::<Vec<_>>().join(" ")
}

fn changes(lines: &mut Vec<String>, alert: &Alert) {
    let several = facts::several(alert);
    if let Some(text) = &several {
        lines.extend(wrap(text, "", WIDTH));
        lines.push(String::new());
    }
    let changes = facts::in_order(alert);
    for (index, &change) in changes.iter().enumerate() {
        let number = if several.is_some() {
            format!("{}. ", index + 1)
        } else {
            String::new()
        };
        heading(lines, &number, change);
        sides(lines, alert, change);
        match facts::shown_before(&changes, index) {
            Some(before) => lines.extend([
                format!("{}: see {}.", facts::place(alert, change), before + 1),
                String::new(),
            ]),
            None => marked_sentence(lines, alert, change),
        }
        history(lines, alert, change);
        let rows = elsewhere::rows(alert, change);
        if !rows.is_empty() {
            lines.push(facts::shout(elsewhere::HEADING));
            others(lines, &rows);
        }
    }
    if alert.changes_omitted > 0 {
        let text = format!(
            "{} more changes are not listed here.",
            alert.changes_omitted
        );
        lines.extend(wrap(&text, "", WIDTH));
        lines.push(String::new());
    }
    labelled(lines, "ALSO CHANGED", &facts::also_changed(alert));
    labelled(lines, "DISCLOSED?  ", &facts::disclosed(alert));
    lines.push(String::new());
}

/// `REFUGEES: 2.1 to 2.2 million -> 2.5 million  (+16%, crossed 2.5 million)`
fn heading(lines: &mut Vec<String>, number: &str, change: &ToldChange) {
    // Words too long for one line stand in the table below anyway.
    let full = headline(number, change, Form::Full);
    if full.chars().count() <= WIDTH {
        lines.push(full);
    } else {
        lines.extend(wrap(&headline(number, change, Form::Compact), "", WIDTH));
    }
    lines.push(String::new());
}

fn headline(number: &str, change: &ToldChange, form: Form) -> String {
    let lead = lead(change, form);
    let mut line = format!("{number}{}", facts::shout(&lead.label));
    if lead.from.is_some() && !lead.alternates && !line.ends_with(':') {
        line.push(':');
    }
    for (index, side) in [&lead.from, &lead.to].into_iter().flatten().enumerate() {
        line.push_str(if index > 0 { lead.link(" -> ") } else { " " });
        line.push_str(side);
    }
    let aside = facts::aside(change, &lead);
    if !aside.is_empty() {
        line.push_str("  ");
        line.push_str(&aside);
    }
    line
}

/// The table of was, now, change and speaker.
fn sides(lines: &mut Vec<String>, alert: &Alert, change: &ToldChange) {
    let rows = facts::rows(alert, change);
    let values = rows
        .iter()
        .map(|row| row.value.chars().count())
        .filter(|size| *size <= 28);
    let column = values.max().unwrap_or(0);
    for row in &rows {
        let line = format!("  {:<9}{:<column$}   {}", row.label, row.value, row.note);
        let line = line.trim_end();
        if line.chars().count() <= WIDTH {
            lines.push(line.to_owned());
            continue;
        }
        for (index, part) in wrap(&row.value, "           ", WIDTH)
            .into_iter()
            .enumerate()
        {
            let rest = part.trim_start();
            let label = if index == 0 { row.label } else { "" };
            lines.push(format!("  {label:<9}{rest}"));
        }
        lines.extend(wrap(&row.note, "           ", WIDTH));
    }
    if !rows.is_empty() {
        lines.push(String::new());
    }
}

/// The sentence with its changes marked.
fn marked_sentence(lines: &mut Vec<String>, alert: &Alert, change: &ToldChange) {
    if !facts::shows_sentence(change) {
        return;
    }
    lines.push(facts::place(alert, change));
    let mut text = String::new();
    for (sign, words) in &change.diff {
        match sign.as_str() {
            "-" => text.push_str(&marked("[-", words, "-] ")),
            "+" => text.push_str(&marked("{+", words, "+} ")),
            _ => text.push_str(words),
        }
    }
    lines.extend(wrap(&tidy(&text), "  ", WIDTH));
    lines.push(String::new());
}

/// Words between marks, with the white space at their ends left outside.
fn marked(open: &str, words: &str, close: &str) -> String {
    let before = if words.starts_with(' ') { " " } else { "" };
    format!("{before}{open}{}{close}", words.trim())
}

/// Takes the space after a mark away again where punctuation follows.
fn tidy(text: &str) -> String {
    let mut text = text.to_owned();
    for close in ["-] ", "+} "] {
        for mark in [
            ".", ",", ";", ":", "?", "!", ")", "\u{201d}", "\u{2019}", "'",
        ] {
            let tight = format!("{}{mark}", close.trim_end());
            text = text.replace(&format!("{close}{mark}"), &tight);
        }
    }
    text
}

/// How the figure moved, with bars that begin at zero.
fn history(lines: &mut Vec<String>, alert: &Alert, change: &ToldChange) {
    if !facts::shows_history(change) {
        return;
    }
    lines.push("HOW IT MOVED (UTC)".to_owned());
    let largest = change
        .history
        .iter()
        .map(|point| point.high)
        .fold(0.0, f64::max);
    let time = |point: &Point| times::beside(point.at, alert.at);
    let text = |point: &Point| cut(&point.text, 24);
    let times = change.history.iter().map(|point| time(point).len()).max();
    let texts = change
        .history
        .iter()
        .map(|point| text(point).chars().count())
        .max();
    let (times, texts) = (times.unwrap_or(0), texts.unwrap_or(0));
    for (index, point) in change.history.iter().enumerate() {
        let now = if index + 1 == change.history.len() {
            "  <- now"
        } else {
            ""
        };
        let bar = bar(point, largest);
        lines.push(format!(
            "  {:<times$}   {:<texts$}   {bar}{now}",
            time(point),
            text(point)
        ));
    }
    lines.push(String::new());
}

/// What other watches say, in columns.
fn others(lines: &mut Vec<String>, rows: &[elsewhere::Row]) {
    let outlet = |row: &elsewhere::Row| cut(&row.outlet, 24);
    let text = |row: &elsewhere::Row| cut(&row.text, 24);
    let width = |of: &dyn Fn(&elsewhere::Row) -> String| {
        let widths = rows.iter().map(|row| of(row).chars().count());
        widths.max().unwrap_or(0)
    };
    let (outlets, texts) = (width(&outlet), width(&text));
    for row in rows {
        let line = format!(
            "  {:<outlets$}  {:<texts$}   {}   {}",
            outlet(row),
            text(row),
            row.at,
            row.relation
        );
        lines.push(line.trim_end().to_owned());
    }
    lines.push(String::new());
}

/// A bar as long as the value, its upper part drawn lighter where the value is a range.
fn bar(point: &Point, largest: f64) -> String {
    let (low, high) = (columns(point.low, largest), columns(point.high, largest));
    let mut bar = "#".repeat(low);
    bar.push_str(&"-".repeat(high.saturating_sub(low)));
    if point.high > point.low && high == low {
        bar.push('-');
    }
    bar
}

/// The columns that show `value` where `largest` fills the bar.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and BAR_CHARS"
)]
fn columns(value: f64, largest: f64) -> usize {
    let share = if largest > 0.0 {
        (value / largest).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (share * BAR_CHARS).round() as usize
}

/// What a failing, recovered or vanished story has to tell.
fn problem(lines: &mut Vec<String>, alert: &Alert) {
    lines.extend(wrap(&alert.summary, "", WIDTH));
    lines.push(String::new());
    for (label, value) in facts::problem_rows(alert) {
        labelled(lines, &label, &value);
    }
    lines.push(String::new());
}

/// A label in capitals and its text beside it.
fn labelled(lines: &mut Vec<String>, label: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    let indent = " ".repeat(label.len().max(8) + 2);
    for (index, line) in wrap(text, &indent, WIDTH).into_iter().enumerate() {
        if index == 0 {
            lines.push(format!("{label:<8}  {}", line.trim_start()));
        } else {
            lines.push(line);
        }
    }
}

/// The story, what is stored of it, and why the mail was sent.
fn closing(lines: &mut Vec<String>, alert: &Alert) {
    if let Some(story) = &alert.story {
        if story.title.is_empty() {
            lines.push(format!("{:<8}  {}", "STORY", story.url));
        } else {
            labelled(lines, "STORY", &facts::titled(story));
            lines.push(format!("          {}", story.url));
        }
    }
    let stored = facts::stored(alert);
    labelled(lines, "STORED", &stored);
    // An address is never broken over two lines.
    for (version, url) in facts::archived(alert) {
        lines.push(format!("{:<8}  version {version}: {url}", "ARCHIVED"));
    }
    if let Some(link) = &alert.links.story {
        lines.push(format!("{:<8}  {link}", "LOCAL"));
    }
    if lines.last().is_some_and(|line| !line.is_empty()) {
        lines.push(String::new());
    }
    lines.push("-- ".to_owned());
    lines.extend(wrap(&facts::why(alert), "", WIDTH));
    lines.extend(facts::mute(alert));
    lines.push(format!("Alert {}", alert.alert_id));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alert::RuleResult;

    fn sample() -> Alert {
        let mut alert = crate::alert::test("2026-03-11T14:05:12Z".parse().unwrap());
        alert.test = false;
        alert
    }

    #[test]
    fn a_copy_in_a_public_archive_is_named_with_its_version() {
        let mut alert = sample();
        let url = "https://web.archive.org/web/20220309151007/https://news.example/world/talks-resume-4127";
        alert.old.as_mut().unwrap().archive_url = Some(url.to_owned());

        let text = text(&alert);

        assert!(
            text.contains(&format!("\nARCHIVED  version 2: {url}\n")),
            "{text}"
        );
    }

    #[test]
    fn a_mail_proves_what_it_tells() {
        let mut alert = sample();
        alert.changes[0].rules = vec![
            RuleResult {
                rule: "change 5%".to_owned(),
                met: true,
            },
            RuleResult {
                rule: "crosses 2.5 million".to_owned(),
                met: true,
            },
        ];
        alert.watch.reason = "claim refugees: moved 16% (limit 5%); crossed 2.5 million".to_owned();

        assert_eq!(
            text(&alert),
            format!(
                "\
REFUGEES: 2.1 to 2.2 million -> 2.5 million  (+16%, crossed 2.5 million)

  Was      2.1 to 2.2 million     seen 9 Mar 15:05 to 11 Mar 13:05 UTC
  Now      2.5 million            seen 11 Mar 14:05 UTC
  Change   +300,000 to +400,000   (+14% to +19%; middle +16%)
  Said by  UNHCR                  (attribution unchanged)

IN THE STORY, paragraph 2 of 3
  The UN refugee agency UNHCR puts the number of refugees at [-2.1 to
  2.2-] {{+2.5+}} million, up from a week ago.

HOW IT MOVED (UTC)
  9 Mar 13:05    2.0 million          ################
  9 Mar 15:05    2.1 to 2.2 million   #################-
  11 Mar 14:05   2.5 million          ####################  <- now

ALSO CHANGED  nothing else; headline unchanged
DISCLOSED?    no correction note, no new update time in the story

STORY     Talks resume as border crossings fill (The Example Courier)
          https://news.example/world/talks-resume-4127
STORED    version 3, sha256 b77a4c0e...; claimwatch diff {0} 2 3

-- \n\
You get this from watch \"example\": claim refugees: moved 16% (limit 5%);
crossed 2.5 million.
Quiet this story for a week:  claimwatch mute {0} --for 7d
Alert {1}
",
                alert.story.as_ref().unwrap().id,
                alert.alert_id
            )
        );
    }

    #[test]
    fn what_else_changed_and_what_was_disclosed_is_said() {
        let mut alert = sample();
        alert.also_changed = vec!["2 statements added".to_owned(), "byline changed".to_owned()];
        alert.disclosure.state = "modified_time".to_owned();
        alert.headline_changed = true;

        let text = text(&alert);

        assert!(
            text.contains("ALSO CHANGED  2 statements added; byline changed; headline"),
            "{text}"
        );
        assert!(
            text.contains("DISCLOSED?    no correction note; the story has a new update"),
            "{text}"
        );
    }

    #[test]
    fn a_figure_seen_twice_needs_no_bars() {
        let mut alert = sample();
        alert.changes[0].history.remove(0);

        assert!(!text(&alert).contains("HOW IT MOVED"));
    }

    proptest::proptest! {
        #[test]
        fn no_line_is_wider_than_72_columns_but_for_long_words(title in "\\PC{0,200}", sentence in "\\PC{0,300}", said in "\\PC{0,90}") {
            let mut alert = sample();
            alert.story.as_mut().unwrap().title = title;
            let change = &mut alert.changes[0];
            change.kind = "quote_changed".to_owned();
            change.diff = super::super::words::diff(&sentence, &said);
            change.old.as_mut().unwrap().text = sentence;
            change.attribution.as_mut().unwrap().source = said;

            for line in text(&alert).lines() {
                let longest = line.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
                proptest::prop_assert!(line.chars().count() <= WIDTH + 1 || longest > 40, "{:?}", line);
            }
        }
    }
}
