//! The subject of a mail, and the sentence that sums an alert up.
//!
//! A reader knows from the subject alone which figure or statement moved, from what to what, by how much, and in whose
//! story. The figure stands within the first 40 characters; what is cut is the title, never the figure.

use std::borrow::Cow;

use super::lead::{Form, Lead, kind_of, label, lead, phrases};
use super::words::{clean, cut};
use super::{SubjectStyle, times};
use crate::alert::{Alert, Problem, ToldChange};
use crate::compare::{Aspect, ChangeKind};

/// The longest subject, in characters.
pub const MAX_SUBJECT_CHARS: usize = 80;

/// Beyond this the words that changed give way, so that the subject still tells whose story it is.
const MAX_WORDS_CHARS: usize = 54;

/// Below this a cut label tells nothing.
const MIN_LABEL_CHARS: usize = 8;

/// Below this a cut title tells nothing.
const MIN_TITLE_CHARS: usize = 12;

/// The subject of the mail that carries `alert`.
#[must_use]
pub fn subject(alert: &Alert, style: SubjectStyle) -> String {
    let text = match (alert.kind.as_str(), &alert.problem) {
        ("watch_failing", Some(problem)) => failing(alert, problem),
        ("delivery_failed", _) => format!("[problem] {}", summary(alert)),
        ("digest", _) => summary(alert),
        ("claim_disagreement", _) => match &alert.disagreement {
            Some(disagreement) => super::elsewhere::subject(alert, disagreement),
            None => summary(alert),
        },
        ("watch_recovered", _) => format!("[working] {}", summary(alert)),
        _ => of_story(alert, style),
    };
    let mark = if alert.test { "[test] " } else { "" };
    let limit = MAX_SUBJECT_CHARS - mark.len();
    format!("{mark}{}", cut(&clean(&text), limit))
}

/// `[problem] ndtv-ukraine: refused (403), 3 checks in a row since 13:05`; the cause is cut, never the rest.
fn failing(alert: &Alert, problem: &Problem) -> String {
    let start = format!("[problem] {}: ", alert.watch.id);
    let checks = match problem.failures {
        0 | 1 => String::new(),
        number => format!(", {number} checks in a row"),
    };
    let end = format!("{checks} since {}", since(alert, problem));
    let room = MAX_SUBJECT_CHARS.saturating_sub(start.len() + end.len());
    format!(
        "{start}{}{end}",
        cut(&brief(&problem.cause), room.max(MIN_TITLE_CHARS))
    )
}

/// The cause without the web address it is about, which stands below: `403 (forbidden)`, `connection refused`.
fn brief(cause: &str) -> Cow<'_, str> {
    let Some((before, rest)) = cause.split_once("`http") else {
        return Cow::Borrowed(cause);
    };
    let Some((address, after)) = rest.split_once('`') else {
        return Cow::Borrowed(cause);
    };
    if let Some(why) = after.strip_prefix(": ").filter(|why| !why.is_empty()) {
        return Cow::Borrowed(why);
    }
    if before.is_empty() && after.starts_with(' ') {
        let said = after.trim_start();
        return Cow::Borrowed(said.strip_prefix("answered ").unwrap_or(said));
    }
    let host = address.split('/').nth(2).unwrap_or_default();
    Cow::Owned(format!("{before}`{host}`{after}"))
}

/// When the trouble began: the time of day while that is enough.
fn since(alert: &Alert, problem: &Problem) -> String {
    if alert.at.duration_since(problem.since).as_hours() < 20 {
        times::clock(problem.since)
    } else {
        times::short(problem.since)
    }
}

fn of_story(alert: &Alert, style: SubjectStyle) -> String {
    if style == SubjectStyle::Story && alert.story.is_some() {
        return titled("", alert, MAX_SUBJECT_CHARS);
    }
    let what = what(alert);
    match alert.changes.first() {
        Some(change) if alert.changes.len() == 1 && is_headline(change) => {
            headlines(&what, alert, change)
        }
        _ => titled(&what, alert, MAX_SUBJECT_CHARS),
    }
}

fn is_headline(change: &ToldChange) -> bool {
    change.kind == ChangeKind::HeadlineChanged.as_str()
}

/// The change that a subject shows: of the most severe facts the one that is tracked, or a figure or a reversal that says
/// what it is about. The note that corrects a fact, and the headline that repeats it, come last.
#[must_use]
pub fn foremost(alert: &Alert) -> Option<&ToldChange> {
    let is_note = |change: &ToldChange| {
        change.kind == ChangeKind::CorrectionNoticeAdded.as_str() || is_headline(change)
    };
    // The first of equals: the order of the changes is that of their severity, then of the story.
    alert.changes.iter().min_by_key(|change| {
        let tracked = change.claim.is_some();
        (
            is_note(change),
            severity(change),
            !tracked,
            is_deep(change),
            weight(change),
        )
    })
}

/// The severities of facts, the most severe lowest.
fn severity(change: &ToldChange) -> usize {
    let order = ["critical", "high", "medium", "low"];
    order
        .iter()
        .position(|name| *name == change.severity)
        .unwrap_or(order.len())
}

/// Whether a change stands far down in the story, where less depends on it.
fn is_deep(change: &ToldChange) -> bool {
    change.paragraph.is_some_and(|number| number > 4)
}

/// How well a change stands for others of its severity, the best lowest.
fn weight(change: &ToldChange) -> u8 {
    let reversed = change.aspect.as_deref() == Some(Aspect::Negation.as_str());
    let figure = change.kind == ChangeKind::FigureChanged.as_str();
    let named = change
        .noun
        .as_deref()
        .is_some_and(|noun| !noun.eq_ignore_ascii_case("people"))
        && label(change).is_some();
    if figure && named && change.paragraph.is_some() {
        1
    } else if figure || reversed {
        2
    } else {
        3
    }
}

/// What changed, in few characters: `Refugees 2.1–2.2M → 2.5M (+16%)`.
fn what(alert: &Alert) -> String {
    if let Some(problem) = alert.problem.as_ref().filter(|_| is_back(alert)) {
        let back = format!("Back after {}", times::between(problem.since, alert.at));
        return match problem.changed_meanwhile {
            Some(false) => format!("{back}, unchanged"),
            Some(true) | None if alert.changes.is_empty() => back,
            Some(true) | None => format!("{back}: {}", changed(alert)),
        };
    }
    if let Some(problem) = &alert.problem {
        return format!(
            "Gone: {} since {}",
            cut(&brief(&problem.cause), 30),
            times::clock(problem.since)
        );
    }
    changed(alert)
}

/// Whether the alert tells that a story is there again.
fn is_back(alert: &Alert) -> bool {
    alert.kind == "story_restored"
}

/// The change that stands for all, and how many more there are.
fn changed(alert: &Alert) -> String {
    let Some(change) = foremost(alert) else {
        return alert.kind.replace('_', " ");
    };
    let mut others = alert.changes.len() - 1 + alert.changes_omitted as usize;
    let mut end = String::new();
    let corrected = ChangeKind::CorrectionNoticeAdded.as_str();
    if change.kind != corrected && alert.changes.iter().any(|change| change.kind == corrected) {
        end.push_str(", corrected");
        others -= 1;
    }
    if others > 0 {
        end = format!("{end} & {others} more");
    }
    let length = end.chars().count();
    let compact = lead(change, Form::Compact);
    let is_short = joined(&compact).chars().count() + length <= MAX_WORDS_CHARS;
    let lead = if is_short {
        compact
    } else {
        lead(change, Form::Tight)
    };
    format!("{}{end}", in_room(lead, length))
}

/// The lead in one line, its label cut where the figure needs the room. `taken` is what follows it.
fn in_room(mut lead: Lead, taken: usize) -> String {
    let length = joined(&lead).chars().count() + taken;
    let label = lead.label.chars().count();
    if lead.from.is_some() && length > MAX_SUBJECT_CHARS {
        let room = (label + MAX_SUBJECT_CHARS).saturating_sub(length);
        lead.label = cut(&lead.label, room.max(MIN_LABEL_CHARS));
    }
    joined(&lead)
}

/// The pieces of a lead in one line.
#[must_use]
pub fn joined(lead: &Lead) -> String {
    let mut text = lead.label.clone();
    match (&lead.from, &lead.to) {
        (Some(from), Some(to)) if text.is_empty() => text = format!("{from} → {to}"),
        (Some(from), Some(to)) => text = format!("{text} {from}{}{to}", lead.link(" → ")),
        (Some(one), None) | (None, Some(one)) => text = format!("{text} {one}"),
        (None, None) => {}
    }
    if let Some(step) = &lead.step {
        text = format!("{text} ({step})");
    }
    text
}

/// `what – OUTLET: TITLE` in `limit` characters; the title is cut, then dropped.
fn titled(what: &str, alert: &Alert, limit: usize) -> String {
    let Some(story) = &alert.story else {
        return what.to_owned();
    };
    let outlet = story.outlet.as_deref().unwrap_or_default();
    let mut text = what.to_owned();
    let mut room = limit.saturating_sub(what.chars().count());
    let mut add = |separator: &str, part: &str, least: usize| {
        let separator = if text.is_empty() { "" } else { separator };
        let length = separator.chars().count();
        let wanted = part.chars().count().min(least);
        if part.is_empty() || room < length + wanted {
            return;
        }
        let part = cut(part, room - length);
        room -= (length + part.chars().count()).min(room);
        text.push_str(separator);
        text.push_str(&part);
    };
    add(" – ", &cut(outlet, 24), 24);
    let separator = if outlet.is_empty() { " – " } else { ": " };
    add(separator, &story.title, MIN_TITLE_CHARS);
    text
}

/// `Headline changed – NDTV: OLD → NEW`, each side with half of the room.
fn headlines(what: &str, alert: &Alert, change: &ToldChange) -> String {
    let outlet = alert
        .story
        .as_ref()
        .and_then(|story| story.outlet.as_deref());
    let start = match outlet {
        Some(outlet) => format!("{what} – {}: ", cut(outlet, 24)),
        None => format!("{what} – "),
    };
    let room = MAX_SUBJECT_CHARS.saturating_sub(start.chars().count() + 3);
    let text = |side: &Option<crate::alert::Side>| {
        side.as_ref()
            .map(|side| side.text.clone())
            .unwrap_or_default()
    };
    let (old, new) = (text(&change.old), text(&change.new));
    let old_size = old
        .chars()
        .count()
        .min((room / 2).max(room.saturating_sub(new.chars().count())));
    let new_size = room.saturating_sub(old_size);
    format!("{start}{} → {}", cut(&old, old_size), cut(&new, new_size))
}

/// One sentence that tells the whole alert, for notifications and for people who read nothing else.
///
/// ```
/// let alert = claimwatch::alert::test(jiff::Timestamp::UNIX_EPOCH);
/// assert_eq!(
///     claimwatch::alert::render::subject::summary(&alert),
///     "Refugees: 2.1 to 2.2 million changed to 2.5 million (+16%), said by UNHCR, in the story \
///      \"Talks resume as border crossings fill\" (The Example Courier)"
/// );
/// ```
#[must_use]
pub fn summary(alert: &Alert) -> String {
    if let Some(digest) = &alert.digest {
        return clean(&super::digest::headline(digest));
    }
    if let Some(disagreement) = &alert.disagreement {
        return clean(&super::elsewhere::summary(alert, disagreement));
    }
    if let Some(problem) = &alert.problem {
        return problem_summary(alert, problem);
    }
    changes_summary(alert)
}

/// The changes in a sentence.
fn changes_summary(alert: &Alert) -> String {
    let mut text = foremost(alert).map_or_else(|| alert.kind.replace('_', " "), change_summary);
    let others = alert.changes.len().saturating_sub(1) + alert.changes_omitted as usize;
    match others {
        0 => {}
        1 => text.push_str(", and one more change"),
        _ => text = format!("{text}, and {others} more changes"),
    }
    if let Some(story) = &alert.story {
        text = format!("{text}, in the story \"{}\"", cut(&story.title, 120));
        if let Some(outlet) = &story.outlet {
            text = format!("{text} ({})", cut(outlet, 60));
        }
    }
    clean(&text)
}

/// One change as part of a sentence.
fn change_summary(change: &ToldChange) -> String {
    let lead = lead(change, Form::Full);
    let label = lead.label.trim_end_matches(':');
    let mut text = match (&lead.from, &lead.to) {
        (Some(_), Some(_)) if lead.alternates => joined(&lead),
        (Some(from), Some(to)) => format!("{label}: {from} changed to {to}"),
        (Some(one), None) | (None, Some(one)) => format!("{label}: {one}"),
        (None, None) => format!("{label}{}", change_words(change)),
    };
    if let Some(step) = lead.step {
        text = format!("{text} ({step})");
    }
    let told_by_label =
        change.kind == ChangeKind::AttributionChanged.as_str() || lead.from.is_none();
    if let Some(by) = change.attribution.as_ref().filter(|_| !told_by_label) {
        text = format!("{text}, said by {}", by.source);
    }
    text
}

/// The words of a change whose label does not say them.
fn change_words(change: &ToldChange) -> String {
    match (kind_of(change), phrases(change, 120)) {
        (Some(ChangeKind::QuoteChanged), (Some(from), Some(to))) => {
            format!(": \"{from}\" changed to \"{to}\"")
        }
        (Some(ChangeKind::CorrectionNoticeAdded), (_, Some(note))) => format!(": \"{note}\""),
        _ => String::new(),
    }
}

/// The trouble of a watch in a sentence.
fn problem_summary(alert: &Alert, problem: &Problem) -> String {
    let watch = &alert.watch.id;
    let since = since(alert, problem);
    let cause = brief(&problem.cause);
    let text = match alert.kind.as_str() {
        "watch_failing" if problem.failures <= 1 => {
            format!("{watch}: {cause}, since {since} UTC")
        }
        "watch_failing" => format!(
            "{watch}: {cause}, {} checks in a row since {since} UTC",
            problem.failures
        ),
        "delivery_failed" => format!("{watch}: {}", problem.cause),
        "story_restored" => restored_summary(alert, problem),
        "watch_recovered" => {
            let missed = match problem.changed_meanwhile {
                Some(false) => ", no change missed",
                Some(true) => ", the story changed meanwhile",
                None => "",
            };
            let length = times::between(problem.since, alert.at);
            format!("{watch}: fine again after {length}{missed}")
        }
        _ => {
            let title = alert
                .story
                .as_ref()
                .map_or("", |story| story.title.as_str());
            format!(
                "Story gone: {cause} since {since} UTC: \"{}\"",
                cut(title, 120)
            )
        }
    };
    clean(&text)
}

/// That a story is there again, and what changed meanwhile.
fn restored_summary(alert: &Alert, problem: &Problem) -> String {
    let length = times::between(problem.since, alert.at);
    if !alert.changes.is_empty() {
        return format!("Story back after {length}: {}", changes_summary(alert));
    }
    let how = match problem.changed_meanwhile {
        Some(false) => "unchanged",
        Some(true) | None => "with small changes",
    };
    let story = alert.story.as_ref();
    let title = story.map_or("", |story| story.title.as_str());
    format!("Story back after {length}, {how}: \"{}\"", cut(title, 120))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alert::{Attribution, Side};

    /// The example alert with its change altered.
    fn with(alter: impl FnOnce(&mut ToldChange)) -> Alert {
        let mut alert = crate::alert::test("2026-03-11T14:05:12Z".parse().unwrap());
        alert.test = false;
        if let Some(story) = &mut alert.story {
            story.outlet = Some("Courier".to_owned());
        }
        alter(&mut alert.changes[0]);
        alert.kind.clone_from(&alert.changes[0].kind);
        alert
    }

    #[expect(
        clippy::unnecessary_wraps,
        reason = "a change has sides that may be missing"
    )]
    fn side(text: &str) -> Option<Side> {
        Some(Side {
            text: text.to_owned(),
            ..Side::default()
        })
    }

    /// A change of words that is no figure.
    fn words(kind: ChangeKind, aspect: &str, old: Option<Side>, new: Option<Side>) -> Alert {
        with(|change| {
            change.kind = kind.as_str().to_owned();
            change.aspect = Some(aspect.to_owned());
            let text = |side: &Option<Side>| side.as_ref().map(|side| side.text.clone());
            let (before, now) = (text(&old), text(&new));
            change.diff = super::super::words::diff(
                before.as_deref().unwrap_or_default(),
                now.as_deref().unwrap_or_default(),
            );
            change.old = old;
            change.new = new;
            change.noun = None;
            change.delta = None;
        })
    }

    #[track_caller]
    fn reads(alert: &Alert, wanted: &str) {
        let subject = subject(alert, SubjectStyle::Change);

        assert_eq!(subject, wanted);
        assert!(subject.chars().count() <= MAX_SUBJECT_CHARS);
    }

    #[test]
    fn a_figure_that_moved_comes_first() {
        reads(
            &with(|_| {}),
            "Refugees 2.1–2.2M → 2.5M (+16%) – Courier: Talks resume as border crossings fill",
        );
    }

    #[test]
    fn a_share_moves_by_points() {
        let alert = with(|change| {
            change.noun = Some("turnout".to_owned());
            change.unit = Some("percent".to_owned());
            for (side, value) in [(&mut change.old, 41.2), (&mut change.new, 43.0)] {
                let side = side.as_mut().unwrap();
                (side.low, side.high) = (Some(value), Some(value));
            }
            let delta = change.delta.as_mut().unwrap();
            (delta.absolute, delta.percent) = (1.8, None);
        });

        reads(
            &alert,
            "Turnout 41.2% → 43% (+1.8 points) – Courier: Talks resume as border crossings…",
        );
    }

    #[test]
    fn another_currency_shows_in_the_figure() {
        let alert = with(|change| {
            change.noun = Some("fine".to_owned());
            (change.old_unit, change.unit) = (Some("USD".to_owned()), Some("EUR".to_owned()));
            for side in [&mut change.old, &mut change.new] {
                let side = side.as_mut().unwrap();
                (side.low, side.high) = (Some(4e7), Some(4e7));
            }
            change.delta = None;
        });

        reads(
            &alert,
            "Fine $40M → €40M – Courier: Talks resume as border crossings fill",
        );
    }

    #[test]
    fn words_for_a_number_stay_words() {
        let alert = with(|change| {
            change.noun = Some("deaths".to_owned());
            let old = change.old.as_mut().unwrap();
            (old.low, old.high, old.text) = (Some(24.0), Some(99.0), "dozens".to_owned());
            let new = change.new.as_mut().unwrap();
            (new.low, new.high, new.text) = (Some(34.0), Some(34.0), "34".to_owned());
            change.delta = None;
        });

        reads(
            &alert,
            "Deaths \"dozens\" → 34 – Courier: Talks resume as border crossings fill",
        );
    }

    #[test]
    fn a_bound_is_part_of_the_figure() {
        let alert = with(|change| {
            change.kind = ChangeKind::QualifierChanged.as_str().to_owned();
            for side in [&mut change.old, &mut change.new] {
                let side = side.as_mut().unwrap();
                (side.low, side.high, side.text) = (Some(12.0), Some(12.0), "12".to_owned());
            }
            change.old.as_mut().unwrap().qualifier = Some("at_least".to_owned());
            change.delta = None;
        });

        reads(
            &alert,
            "Refugees at least 12 → 12 – Courier: Talks resume as border crossings fill",
        );
    }

    #[test]
    fn a_figure_that_went_is_quoted() {
        let alert = with(|change| {
            change.kind = ChangeKind::FigureRemoved.as_str().to_owned();
            (change.new, change.delta) = (None, None);
        });

        reads(
            &alert,
            "Removed: \"2.1 to 2.2 million\" refugees – Courier: Talks resume as border…",
        );
    }

    #[test]
    fn a_lost_not_shows_the_words_around_it() {
        let old = "the ministry had said on Monday that it was not planning to close the crossing";
        let new = "the ministry had said on Monday that it was planning to close the crossing";

        reads(
            &words(
                ChangeKind::StatementChanged,
                "negation",
                side(old),
                side(new),
            ),
            "Reversed: \"was not planning to\" → \"was planning to\" – Courier: Talks resume as…",
        );
    }

    #[test]
    fn sources_quotes_and_notes_are_named() {
        let mut alert = words(
            ChangeKind::AttributionChanged,
            "replaced",
            side("police said"),
            side("a guard said"),
        );
        alert.changes[0].attribution = Some(Attribution {
            source: "a guard".to_owned(),
            changed: true,
            before: Some("police".to_owned()),
            now: Some("a guard".to_owned()),
        });
        reads(
            &alert,
            "Source changed: police → a guard – Courier: Talks resume as border crossings…",
        );

        let quote = words(
            ChangeKind::QuoteChanged,
            "reworded",
            side("we saw"),
            side("we see"),
        );
        reads(
            &quote,
            "Quote changed: UNHCR – Courier: Talks resume as border crossings fill",
        );

        let note = words(
            ChangeKind::CorrectionNoticeAdded,
            "other",
            None,
            side("Correction: 12."),
        );
        reads(
            &note,
            "Correction added – Courier: Talks resume as border crossings fill",
        );
    }

    #[test]
    fn a_headline_shows_both_its_forms() {
        let alert = words(
            ChangeKind::HeadlineChanged,
            "meaning",
            side("Regulator approves the drug after a long review of trials"),
            side("Regulator puts off its decision"),
        );

        reads(
            &alert,
            "Headline changed – Courier: Regulator approves the… → Regulator puts off its…",
        );
    }

    #[test]
    fn a_corrected_figure_is_still_about_the_figure() {
        let mut alert = with(|_| {});
        let note = words(
            ChangeKind::CorrectionNoticeAdded,
            "other",
            None,
            side("Correction: 12."),
        );
        alert.changes.insert(0, note.changes[0].clone());
        reads(
            &alert,
            "Refugees 2.1–2.2M → 2.5M (+16%), corrected – Courier: Talks resume as border…",
        );

        alert.changes_omitted = 11;
        reads(
            &alert,
            "Refugees 2.1–2.2M → 2.5M (+16%), corrected & 11 more – Courier: Talks resume…",
        );
    }

    #[test]
    fn the_style_of_one_subject_for_a_story_leaves_the_change_out() {
        assert_eq!(
            subject(&with(|_| {}), SubjectStyle::Story),
            "Courier: Talks resume as border crossings fill"
        );
    }

    #[test]
    fn troubles_say_how_long_and_how_often() {
        let mut alert = with(|_| {});
        alert.kind = "watch_failing".to_owned();
        alert.problem = Some(Problem {
            cause: "the text shrank by 92 percent and ends in a request to subscribe".to_owned(),
            failures: 3,
            since: "2026-03-11T11:55:00Z".parse().unwrap(),
            next_try: None,
            changed_meanwhile: None,
        });
        reads(
            &alert,
            "[problem] example: the text shrank by 92…, 3 checks in a row since 11:55",
        );

        alert.kind = "watch_recovered".to_owned();
        alert.problem.as_mut().unwrap().changed_meanwhile = Some(false);
        reads(
            &alert,
            "[working] example: fine again after 2 h 10 min, no change missed",
        );

        alert.kind = "story_removed".to_owned();
        alert.problem.as_mut().unwrap().cause = "404".to_owned();
        reads(
            &alert,
            "Gone: 404 since 11:55 – Courier: Talks resume as border crossings fill",
        );
    }

    proptest::proptest! {
        #[test]
        fn the_figure_is_never_cut(
            noun in proptest::option::of("\\PC{0,60}"),
            claim in proptest::option::of("\\PC{0,60}"),
            title in "\\PC{0,200}",
            outlet in proptest::option::of("\\PC{0,80}"),
            values in proptest::array::uniform4(0u32..2_000_000_000),
        ) {
            let mut alert = with(|change| {
                change.noun = noun;
                change.claim = claim;
                for (side, (low, high)) in [(&mut change.old, (values[0], values[1])), (&mut change.new, (values[2], values[3]))] {
                    let side = side.as_mut().unwrap();
                    (side.low, side.high) = (Some(f64::from(low.min(high))), Some(f64::from(low.max(high))));
                }
            });
            let story = alert.story.as_mut().unwrap();
            (story.title, story.outlet) = (title, outlet);

            let subject = subject(&alert, SubjectStyle::Change);

            proptest::prop_assert!(subject.chars().count() <= MAX_SUBJECT_CHARS, "{}", subject);
            proptest::prop_assert!(subject.contains(" → "), "{}", subject);
            proptest::prop_assert!(subject.contains("(+16%)"), "{}", subject);
            let first = subject.find(" → ").map(|at| subject[..at].chars().count());
            proptest::prop_assert!(first <= Some(50), "{}", subject);
        }
    }

    #[test]
    fn a_cause_is_told_without_the_address_it_is_about() {
        for (cause, told) in [
            (
                "`https://news.example/world/a-1?id=*` answered 403 (forbidden)",
                "403 (forbidden)",
            ),
            (
                "cannot connect to fetch `http://news.example/a`: connection refused",
                "connection refused",
            ),
            (
                "the page at `https://news.example/a/b` is longer than 8192 KiB",
                "the page at `news.example` is longer than 8192 KiB",
            ),
            ("refused (403)", "refused (403)"),
            ("`http", "`http"),
            ("`https://news.example/a`", "`news.example`"),
        ] {
            assert_eq!(brief(cause), told);
        }
    }
}
