//! What a story asserts: its figures, its statements, and who says them.
//!
//! A number that cannot be read is no [`Figure`]; nothing here fails. A language is one file under `lang`.

mod amount;
pub mod attribution;
pub mod corrections;
pub mod entities;
pub mod figures;
mod lang;
mod line;
pub mod modality;
pub mod negation;
pub mod numbers;
mod passage;
mod phrases;
mod pieces;
pub mod quotes;
pub mod statements;
mod tongues;
pub mod units;
mod vocabulary;

pub use rust_decimal::Decimal;

use crate::story::{Span, Story};

/// Everything a story asserts, each list in reading order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Claims {
    /// The figures, typed non-claims included.
    pub figures: Vec<Figure>,
    /// The statements: quotes, reported and plain.
    pub statements: Vec<Statement>,
    /// Correction, clarification and editor's notes.
    pub corrections: Vec<Span>,
}

/// Reads everything a story asserts.
///
/// ```
/// use claimwatch::{claims, story::Story};
///
/// let story = Story::from_text("Toll rises to 45", &["The toll stands at 45."]);
/// assert_eq!(claims::read(&story).figures.len(), 2);
/// ```
#[must_use]
pub fn read(story: &Story) -> Claims {
    let passages = passage::Passage::all(story);
    let sources = attribution::in_passages(&passages);
    let mut figures: Vec<Figure> = story
        .places()
        .flat_map(|(place, text)| figures::in_text(text, &story.language, place))
        .collect();
    for figure in &mut figures {
        figure.said_by = attribution::said_by(&sources, figure.span).cloned();
    }
    Claims {
        figures,
        statements: statements::in_passages(story, &passages, &sources),
        corrections: corrections::of(story),
    }
}

/// A number that the story asserts of the world, or one that only looks so (see [`FigureKind::is_claim`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The stated value; `None` for dates, names and other numbers that are no quantity.
    pub amount: Option<Amount>,
    /// The two sides of a score or vote tally ("3-2").
    pub tally: Option<(Decimal, Decimal)>,
    /// What sort of number it is.
    pub kind: FigureKind,
    /// The canonical unit; a count has none.
    pub unit: Option<Unit>,
    /// The head of the noun phrase that follows the figure, as written.
    pub noun: Option<String>,
    /// What is counted or measured: `noun`, or the word of the clause that tells ("the number of refugees at ...").
    pub counted: Option<String>,
    /// The part it plays in a change the sentence reports.
    pub role: Option<FigureRole>,
    /// Who says it, where the sentence tells.
    pub said_by: Option<Source>,
    /// Where it stands.
    pub span: Span,
}

/// A closed interval with a qualifier; both ends are equal for a single value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// The lower end.
    pub low: Decimal,
    /// The upper end, never below `low`.
    pub high: Decimal,
    /// How sure or how bounded the value is; `None` means as stated.
    pub qualifier: Option<Qualifier>,
}

/// The bound or certainty a figure is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Qualifier {
    /// About, around, some, roughly.
    About,
    /// Nearly, almost, just under.
    Nearly,
    /// More than, over, above.
    MoreThan,
    /// At least, no fewer than.
    AtLeast,
    /// Less than, fewer than, under.
    LessThan,
    /// Up to, as many as, at most.
    UpTo,
}

/// The kinds of number; the claims first, the typed non-claims after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "docs/FIGURES.md explains each with examples")]
pub enum FigureKind {
    Count,
    Percent,
    Money,
    Measure,
    Duration,
    Fraction,
    Ratio,
    Multiple,
    Index,
    Vague,
    Date,
    Year,
    Time,
    Age,
    Ordinal,
    Score,
    Phone,
    Coord,
    Id,
    Name,
    List,
}

/// A canonical unit: lower case singular words joined by underscores (`kilometer_per_hour`), or an ISO 4217 currency
/// code, or a rate joined by a slash (`USD/barrel`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit(pub String);

/// The part a figure plays in a change its sentence reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FigureRole {
    /// The level before: "from 4.1%".
    From,
    /// The level reached: "to 3.8%".
    To,
    /// The size of a change: "rose 3.5%".
    By,
    /// Added to what was given before: "another 30".
    Further,
}

/// Who says something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// The speaker, as named: `Maria Zakharova`, `police`.
    pub name: String,
    /// The outlet or agency it was said to: `AFP`.
    pub via: Option<String>,
}

/// A sentence or quotation of the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// How it is put forward.
    pub manner: Manner,
    /// Its words; for a quote those inside the quotation marks.
    pub text: String,
    /// Who says it, where the story tells.
    pub said_by: Option<Source>,
    /// Whether it denies what it speaks of (not, never, no longer, denied).
    pub negated: bool,
    /// Where it stands.
    pub span: Span,
}

/// How a statement is put forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Manner {
    /// Inside quotation marks.
    Quote,
    /// In indirect speech: "officials said that ...".
    Reported,
    /// In the story's own voice.
    Plain,
}

impl FigureKind {
    /// Whether numbers of this kind are claims: a correction would be printed if one were wrong.
    ///
    /// ```
    /// # use claimwatch::claims::FigureKind;
    /// assert!(FigureKind::Percent.is_claim());
    /// assert!(!FigureKind::Date.is_claim());
    /// ```
    #[must_use]
    pub fn is_claim(self) -> bool {
        self <= Self::Vague
    }

    /// The name used in data and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Percent => "percent",
            Self::Money => "money",
            Self::Measure => "measure",
            Self::Duration => "duration",
            Self::Fraction => "fraction",
            Self::Ratio => "ratio",
            Self::Multiple => "multiple",
            Self::Index => "index",
            Self::Vague => "vague",
            Self::Date => "date",
            Self::Year => "year",
            Self::Time => "time",
            Self::Age => "age",
            Self::Ordinal => "ordinal",
            Self::Score => "score",
            Self::Phone => "phone",
            Self::Coord => "coord",
            Self::Id => "id",
            Self::Name => "name",
            Self::List => "list",
        }
    }
}

impl Qualifier {
    /// The name used in data and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Nearly => "nearly",
            Self::MoreThan => "more_than",
            Self::AtLeast => "at_least",
            Self::LessThan => "less_than",
            Self::UpTo => "up_to",
        }
    }
}

impl FigureRole {
    /// The name used in data and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::From => "from",
            Self::To => "to",
            Self::By => "by",
            Self::Further => "further",
        }
    }
}
