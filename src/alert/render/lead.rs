//! What changed, in one line: the words a subject, a heading and a summary are made of.
//!
//! Subjects have room for few characters and take [`Form::Compact`]; everything else shows the story's own words.

use super::numbers;
use super::words::{Piece, cut, diff};
use crate::alert::{Side, ToldChange};
use crate::compare::{Aspect, ChangeKind};

/// How much room there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A subject that has more to say: figures as in [`Form::Compact`], words cut shorter.
    Tight,
    /// A subject: `2.1–2.2M`.
    Compact,
    /// A heading or sentence: `2.1 to 2.2 million`.
    Full,
}

/// What changed, in pieces that each renderer joins in its own way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lead {
    /// What it is about: `Refugees`, `Reversed`, `Quote changed: Zakharova`.
    pub label: String,
    /// What it was, where it is said here.
    pub from: Option<String>,
    /// What it is, likewise.
    pub to: Option<String>,
    /// How far it moved: `+16%`.
    pub step: Option<String>,
    /// Whether it goes back and forth between the two.
    pub alternates: bool,
}

impl Lead {
    /// What stands between the two sides: `arrow`, unless neither of them is the last.
    #[must_use]
    pub fn link<'a>(&self, arrow: &'a str) -> &'a str {
        if self.alternates { " and " } else { arrow }
    }

    /// Of a fact that goes back and forth: it has gone no way.
    fn back_and_forth(mut self) -> Self {
        self.alternates = true;
        self.step = None;
        let both = self.from.is_some() && self.to.is_some();
        self.label = match self.label.as_str() {
            label if !both => format!("Back and forth: {label}"),
            "" => "Alternates between".to_owned(),
            label => format!("{}: alternates between", label.trim_end_matches(':')),
        };
        self
    }
}

/// The longest label: the figure stands within the first 40 characters of a subject.
const LABEL_CHARS: usize = 22;

impl Form {
    /// The longest words that stand alone, in characters.
    fn limit(self) -> usize {
        match self {
            Self::Tight => 28,
            Self::Compact => 36,
            Self::Full => 100,
        }
    }

    /// The longest words on each side of an arrow, in characters.
    fn side_limit(self) -> usize {
        match self {
            Self::Tight => 16,
            Self::Compact => 24,
            Self::Full => 100,
        }
    }
}

/// The kind of a told change, where this version knows it.
#[must_use]
pub fn kind_of(change: &ToldChange) -> Option<ChangeKind> {
    ChangeKind::ALL
        .into_iter()
        .find(|kind| kind.as_str() == change.kind)
}

/// Whether the change is of this aspect.
fn is(change: &ToldChange, aspect: Aspect) -> bool {
    change.aspect.as_deref() == Some(aspect.as_str())
}

/// What changed, in one line.
#[must_use]
pub fn lead(change: &ToldChange, form: Form) -> Lead {
    let lead = of_kind(change, form);
    if change.alternates {
        lead.back_and_forth()
    } else {
        lead
    }
}

fn of_kind(change: &ToldChange, form: Form) -> Lead {
    let Some(kind) = kind_of(change) else {
        return labelled(change.kind.replace('_', " "));
    };
    match kind {
        ChangeKind::FigureChanged
        | ChangeKind::FigureAdded
        | ChangeKind::FigureRemoved
        | ChangeKind::QualifierChanged => figure(change, form),
        ChangeKind::StatementChanged => between(statement_label(change), change, form),
        ChangeKind::AttributionChanged => attribution(change, form),
        ChangeKind::QuoteChanged => labelled(of_speaker("Quote changed", change)),
        ChangeKind::QuoteRemoved if is(change, Aspect::Paraphrased) => {
            labelled(of_speaker("Quote now in other words", change))
        }
        ChangeKind::QuoteRemoved => labelled(of_speaker("Quote removed", change)),
        ChangeKind::QuoteAdded => labelled(of_speaker("Quote added", change)),
        ChangeKind::StatementRemoved => labelled(format!("Removed: {}", quoted(change, form))),
        ChangeKind::StatementAdded => labelled(format!("Added: {}", quoted(change, form))),
        ChangeKind::HeadlineChanged if form != Form::Full => labelled("Headline changed"),
        ChangeKind::HeadlineChanged => between("Headline changed", change, form),
        ChangeKind::CorrectionNoticeAdded => labelled("Correction added"),
        ChangeKind::StoryRemoved => labelled("Story gone"),
        ChangeKind::StoryMoved => between("Story moved", change, form),
        ChangeKind::BylineChanged => between("Byline changed", change, form),
    }
}

fn labelled(label: impl Into<String>) -> Lead {
    Lead {
        label: label.into(),
        ..Lead::default()
    }
}

/// A lead with both sides in quotation marks.
fn between(label: &str, change: &ToldChange, form: Form) -> Lead {
    let (from, to) = phrases(change, form.side_limit());
    Lead {
        label: label.to_owned(),
        from: from.map(|text| format!("\"{text}\"")),
        to: to.map(|text| format!("\"{text}\"")),
        ..Lead::default()
    }
}

fn statement_label(change: &ToldChange) -> &'static str {
    if is(change, Aspect::Negation) {
        "Reversed:"
    } else if is(change, Aspect::Modality) {
        "Certainty changed:"
    } else if is(change, Aspect::Entity) {
        "Name changed:"
    } else if is(change, Aspect::When) {
        "Time changed:"
    } else if is(change, Aspect::Where) {
        "Place changed:"
    } else {
        "Changed:"
    }
}

/// The label with the speaker's name: the last word of it in quotes of people, as newspapers do.
fn of_speaker(label: &str, change: &ToldChange) -> String {
    match &change.attribution {
        Some(by) => format!("{label}: {}", cut(&by.source, Form::Compact.limit())),
        None => label.to_owned(),
    }
}

/// The words of the one side there is, in quotation marks.
fn quoted(change: &ToldChange, form: Form) -> String {
    let side = change.new.as_ref().or(change.old.as_ref());
    let text = side.map(|side| side.text.as_str()).unwrap_or_default();
    format!("\"{}\"", cut(text, form.limit()))
}

fn attribution(change: &ToldChange, form: Form) -> Lead {
    let name = |source: &Option<String>| source.as_deref().map(|name| cut(name, form.side_limit()));
    let by = change.attribution.as_ref();
    let (from, to) = by.map_or((None, None), |by| (name(&by.before), name(&by.now)));
    match (from, to) {
        (None, Some(to)) => labelled(format!("Source added: {to}")),
        (Some(from), None) => labelled(format!("Source dropped: {from}")),
        (Some(from), Some(to)) if from != to => Lead {
            label: "Source changed:".to_owned(),
            from: Some(from),
            to: Some(to),
            ..Lead::default()
        },
        _ => between("Source changed:", change, form),
    }
}

fn figure(change: &ToldChange, form: Form) -> Lead {
    let (old, new) = match (&change.old, &change.new) {
        (Some(old), Some(new)) => (old, new),
        (Some(old), None) => return labelled(alone("Removed", old, change, form)),
        (None, Some(new)) => return labelled(alone("New figure", new, change, form)),
        (None, None) => (&Side::default(), &Side::default()),
    };
    // Where nothing tells what is counted, a subject begins with the figure itself.
    let unnamed = match form {
        Form::Tight | Form::Compact => "",
        Form::Full => "Figure",
    };
    Lead {
        label: label(change).unwrap_or_else(|| unnamed.to_owned()),
        from: Some(value(old, old_unit(change), form)),
        to: Some(value(new, change.unit.as_deref(), form)),
        step: step(change),
        alternates: false,
    }
}

/// A figure that came or went.
fn alone(label: &str, side: &Side, change: &ToldChange, form: Form) -> String {
    let noun = change.noun.as_deref().unwrap_or_default();
    let text = cut(&spoken(side), form.limit());
    format!("{label}: \"{text}\" {}", cut(noun, LABEL_CHARS))
        .trim_end()
        .to_owned()
}

/// Nouns that do not tell what is counted.
const EMPTY_NOUNS: [&str; 10] = [
    "point", "points", "number", "numbers", "figure", "figures", "total", "totals", "count",
    "counts",
];

/// What a figure counts, as a label; `None` where the story's noun tells nothing.
#[must_use]
pub fn label(change: &ToldChange) -> Option<String> {
    let noun = change
        .noun
        .clone()
        .filter(|noun| !EMPTY_NOUNS.contains(&noun.to_lowercase().as_str()));
    let claim = change
        .claim
        .as_ref()
        .map(|name| name.replace(['-', '_'], " "));
    Some(capital(&cut(&noun.or(claim)?, LABEL_CHARS)))
}

/// With a capital first letter.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

fn old_unit(change: &ToldChange) -> Option<&str> {
    change.old_unit.as_deref().or(change.unit.as_deref())
}

/// How far a figure moved: in percent, in points between shares, from zero by the number itself.
#[must_use]
pub fn step(change: &ToldChange) -> Option<String> {
    let delta = change.delta.as_ref()?;
    let absolute = numbers::decimal(delta.absolute)?;
    if absolute.is_zero() {
        return None;
    }
    let unit = change.unit.as_deref();
    match delta.percent.and_then(numbers::decimal) {
        Some(percent) if !numbers::is_share(unit) => Some(numbers::percent(percent)),
        _ => Some(numbers::step(absolute, unit)),
    }
}

/// A value in the room there is.
fn value(side: &Side, unit: Option<&str>, form: Form) -> String {
    if form == Form::Full {
        return cut(&spoken(side), form.limit());
    }
    compact(side, unit)
        .unwrap_or_else(|| format!("\"{}\"", cut(&spoken(side), Form::Compact.limit())))
}

/// The interval of a figure in few characters; `None` for words such as "dozens", whose interval nobody has said.
fn compact(side: &Side, unit: Option<&str>) -> Option<String> {
    let low = numbers::decimal(side.low?)?;
    let high = numbers::decimal(side.high?)?;
    if low != high && !side.text.chars().any(char::is_numeric) {
        return None;
    }
    let number = numbers::compact(low, high, unit);
    let number = cut(&number, Form::Compact.limit());
    // "About" is left out: a subject has no room for what does not bound the value.
    Some(match bound(side).filter(|bound| *bound != "about") {
        Some(bound) => format!("{bound} {number}"),
        None => number,
    })
}

/// The words of a figure with the bound it has been given: `at least 12`.
#[must_use]
pub fn spoken(side: &Side) -> String {
    match bound(side) {
        Some(bound) if !side.text.to_lowercase().contains(bound) => {
            format!("{bound} {}", side.text)
        }
        _ => side.text.clone(),
    }
}

/// The bound of a figure in words.
fn bound(side: &Side) -> Option<&'static str> {
    match side.qualifier.as_deref()? {
        "about" => Some("about"),
        "nearly" => Some("nearly"),
        "more_than" => Some("more than"),
        "at_least" => Some("at least"),
        "less_than" => Some("less than"),
        "up_to" => Some("up to"),
        _ => None,
    }
}

/// The words of both sides, or where they are too long, those around the first difference.
pub(super) fn phrases(change: &ToldChange, limit: usize) -> (Option<String>, Option<String>) {
    let fits = |side: &Option<Side>| {
        side.as_ref()
            .is_none_or(|side| side.text.chars().count() <= limit)
    };
    if fits(&change.old) && fits(&change.new) {
        let text = |side: &Option<Side>| side.as_ref().map(|side| side.text.clone());
        return (text(&change.old), text(&change.new));
    }
    // As many words around the difference as there is room for.
    let pieces = differing(change);
    let fits = |text: &str| !text.is_empty() && text.chars().count() <= limit;
    let (old, new) = (0..6)
        .rev()
        .map(|words| around_difference(&pieces, words))
        .find(|(old, new)| fits(old) && fits(new))
        .or_else(|| {
            // Too long whatever is left out: the changed words themselves, cut.
            let mut sides = (0..6).map(|words| around_difference(&pieces, words));
            sides.find(|(old, new)| !old.is_empty() && !new.is_empty())
        })
        .unwrap_or_default();
    let shown = |side: &Option<Side>, text: &str| side.as_ref().map(|_| cut(text, limit));
    (shown(&change.old, &old), shown(&change.new, &new))
}

/// The words of the two sides held against each other; those of the sentences where the sides themselves do not differ.
fn differing(change: &ToldChange) -> Vec<Piece> {
    if let (Some(old), Some(new)) = (&change.old, &change.new)
        && old.text != new.text
    {
        return diff(&old.text, &new.text);
    }
    change.diff.clone()
}

/// The first difference with up to this many words before and after it.
fn around_difference(pieces: &[Piece], around: usize) -> (String, String) {
    let first = pieces.iter().position(|(sign, _)| sign != "=").unwrap_or(0);
    let changed = pieces
        .iter()
        .skip(first)
        .take_while(|(sign, _)| sign != "=")
        .count();
    let unchanged = |at: Option<usize>| {
        let piece = at
            .and_then(|at| pieces.get(at))
            .filter(|(sign, _)| sign == "=");
        piece.map_or("", |(_, text)| text.as_str())
    };
    let before: Vec<&str> = unchanged(first.checked_sub(1)).split_whitespace().collect();
    let before = before.get(before.len().saturating_sub(around.div_ceil(2))..);
    let before = before.unwrap_or_default().join(" ");
    let after: Vec<&str> = unchanged(Some(first + changed))
        .split_whitespace()
        .take(around)
        .collect();
    let after = after.join(" ");
    let side = |wanted: &str| {
        let middle = pieces
            .iter()
            .skip(first)
            .take(changed)
            .find(|(sign, _)| sign == wanted);
        let middle = middle.map_or("", |(_, text)| text.trim());
        let parts = [before.as_str(), middle, after.as_str()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    };
    (side("-"), side("+"))
}
