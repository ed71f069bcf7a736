//! The kinds of change, what of a fact changed, and how much it matters.

/// The kinds of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "docs/CHANGES.md explains each with examples")]
pub enum ChangeKind {
    FigureChanged,
    FigureAdded,
    FigureRemoved,
    QualifierChanged,
    StatementChanged,
    AttributionChanged,
    QuoteChanged,
    QuoteRemoved,
    StatementRemoved,
    StatementAdded,
    QuoteAdded,
    HeadlineChanged,
    CorrectionNoticeAdded,
    StoryRemoved,
    StoryMoved,
    BylineChanged,
}

/// Which side of a fact changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "docs/CHANGES.md explains each with examples")]
pub enum Aspect {
    Unit,
    Negation,
    Modality,
    Entity,
    When,
    Where,
    Other,
    Added,
    Removed,
    Replaced,
    Reworded,
    Trimmed,
    Paraphrased,
    Meaning,
}

/// How much a change matters, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// For the log and digests.
    Low,
    /// Told.
    Medium,
    /// Told, also in quiet hours.
    High,
    /// Told first of all.
    Critical,
}

impl ChangeKind {
    /// Every kind, in the order of their declaration.
    pub const ALL: [Self; 16] = [
        Self::FigureChanged,
        Self::FigureAdded,
        Self::FigureRemoved,
        Self::QualifierChanged,
        Self::StatementChanged,
        Self::AttributionChanged,
        Self::QuoteChanged,
        Self::QuoteRemoved,
        Self::StatementRemoved,
        Self::StatementAdded,
        Self::QuoteAdded,
        Self::HeadlineChanged,
        Self::CorrectionNoticeAdded,
        Self::StoryRemoved,
        Self::StoryMoved,
        Self::BylineChanged,
    ];

    /// The name used in configuration, JSON and mail.
    ///
    /// ```
    /// # use claimwatch::compare::ChangeKind;
    /// assert_eq!(ChangeKind::FigureChanged.as_str(), "figure_changed");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FigureChanged => "figure_changed",
            Self::FigureAdded => "figure_added",
            Self::FigureRemoved => "figure_removed",
            Self::QualifierChanged => "qualifier_changed",
            Self::StatementChanged => "statement_changed",
            Self::AttributionChanged => "attribution_changed",
            Self::QuoteChanged => "quote_changed",
            Self::QuoteRemoved => "quote_removed",
            Self::StatementRemoved => "statement_removed",
            Self::StatementAdded => "statement_added",
            Self::QuoteAdded => "quote_added",
            Self::HeadlineChanged => "headline_changed",
            Self::CorrectionNoticeAdded => "correction_notice_added",
            Self::StoryRemoved => "story_removed",
            Self::StoryMoved => "story_moved",
            Self::BylineChanged => "byline_changed",
        }
    }

    /// Whether the change is about a number.
    #[must_use]
    pub fn is_figure(self) -> bool {
        matches!(
            self,
            Self::FigureChanged | Self::FigureAdded | Self::FigureRemoved | Self::QualifierChanged
        )
    }

    /// The severity the default rules give it.
    #[must_use]
    pub fn severity(self, aspect: Option<Aspect>) -> Severity {
        match (self, aspect) {
            (Self::CorrectionNoticeAdded | Self::StoryRemoved, _) => Severity::Critical,
            (Self::QuoteChanged, Some(Aspect::Trimmed)) => Severity::Medium,
            (
                Self::FigureChanged
                | Self::StatementChanged
                | Self::AttributionChanged
                | Self::QuoteChanged,
                _,
            ) => Severity::High,
            (Self::HeadlineChanged, Some(Aspect::Reworded))
            | (
                Self::StatementAdded | Self::QuoteAdded | Self::StoryMoved | Self::BylineChanged,
                _,
            ) => Severity::Low,
            (
                Self::FigureAdded
                | Self::FigureRemoved
                | Self::QualifierChanged
                | Self::QuoteRemoved
                | Self::StatementRemoved
                | Self::HeadlineChanged,
                _,
            ) => Severity::Medium,
        }
    }
}

impl Aspect {
    /// The name used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Negation => "negation",
            Self::Modality => "modality",
            Self::Entity => "entity",
            Self::When => "when",
            Self::Where => "where",
            Self::Other => "other",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Replaced => "replaced",
            Self::Reworded => "reworded",
            Self::Trimmed => "trimmed",
            Self::Paraphrased => "paraphrased",
            Self::Meaning => "meaning",
        }
    }
}

impl Severity {
    /// Every severity, the most severe first.
    pub const ALL: [Self; 4] = [Self::Critical, Self::High, Self::Medium, Self::Low];

    /// The name used in configuration, JSON and mail.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}
