//! Which claims of the configuration follow a figure or a statement that is exported.
//!
//! A claim is decided by the sentence of a figure, and by its source, as for an alert: what is asked is whether the claim would
//! follow it if it were new.

use std::collections::BTreeMap;

use crate::alert::WatchName;
use crate::alert::rules::{TrackedClaim, follows};
use crate::claims::{Amount, Manner, Source, Statement};
use crate::cli::Hint;
use crate::compare::{Change, ChangeKind, Evidence};
use crate::config::Config;
use crate::store::FigureStand;
use crate::story::{Place, Span, Story};
use crate::text::sentences;

/// The claims that are followed in the stories of each watch.
pub(super) struct Followed<'c> {
    watches: BTreeMap<&'c WatchName, &'c [TrackedClaim]>,
    wanted: Option<&'c str>,
}

impl<'c> Followed<'c> {
    /// Those of the configuration; only what `wanted` follows is exported, where that is named.
    pub(super) fn of(config: &'c Config, wanted: Option<&'c str>) -> anyhow::Result<Self> {
        if let Some(name) = wanted
            && !config.claims.iter().any(|claim| claim.name == name)
        {
            let names: Vec<&str> = config.claims.iter().map(|one| one.name.as_str()).collect();
            let hint = if names.is_empty() {
                "the configuration follows no claims".to_owned()
            } else {
                format!("the claims are: {}", names.join(", "))
            };
            return Err(anyhow::anyhow!("no claim is called `{name}`").context(Hint(hint)));
        }
        let watches = config.watches.iter();
        Ok(Self {
            watches: watches
                .map(|watch| (&watch.name, watch.rules.claims.as_slice()))
                .collect(),
            wanted,
        })
    }

    /// The claims of a watch; `None` where nothing of it is wanted.
    pub(super) fn claims(&self, watch: &WatchName) -> Option<&'c [TrackedClaim]> {
        let list = watch.list();
        let found = self.watches.get(list.as_ref().unwrap_or(watch));
        let claims = found.copied().unwrap_or_default();
        self.wants(claims.iter().map(|claim| claim.name.as_str()))
            .then_some(claims)
    }

    /// Whether a row that these claims follow is wanted.
    pub(super) fn wants<'n>(&self, mut names: impl Iterator<Item = &'n str>) -> bool {
        self.wanted
            .is_none_or(|wanted| names.any(|name| name == wanted))
    }
}

/// The sentences of a version in which its figures are looked for.
#[derive(Default)]
pub(super) struct Sentences(Vec<String>);

impl Sentences {
    pub(super) fn of(story: &Story) -> Self {
        let mut sentences = Vec::new();
        for (place, text) in story.places() {
            if place == Place::Headline {
                sentences.push(text.to_owned());
                continue;
            }
            let ranges = sentences::ranges(text, &story.language);
            sentences.extend(ranges.into_iter().map(|range| text[range].to_owned()));
        }
        Self(sentences)
    }

    /// The names of the claims that follow a figure. Its row has no place, so every sentence with its words is asked, and where
    /// the text is no longer kept, the words themselves.
    pub(super) fn claims(&self, claims: &[TrackedClaim], figure: &FigureStand) -> Vec<String> {
        let noun = figure.noun.as_deref().or(figure.counted.as_deref());
        let mut holding: Vec<&str> = self.holding(&figure.text).collect();
        if let Some(noun) = noun
            && holding.iter().any(|sentence| sentence.contains(noun))
        {
            holding.retain(|sentence| sentence.contains(noun));
        }
        let bare = format!("{} {}", figure.text, noun.unwrap_or_default());
        if holding.is_empty() {
            holding.push(&bare);
        }
        let is_followed = |claim: &TrackedClaim| {
            holding.iter().any(|sentence| {
                let side = figure_in(sentence, figure, noun);
                follows(claim, &added(ChangeKind::FigureAdded, side))
            })
        };
        names(claims, is_followed)
    }

    /// The sentences that have `words` standing by themselves.
    fn holding<'s>(&'s self, words: &'s str) -> impl Iterator<Item = &'s str> {
        let stands_alone = move |sentence: &str| {
            sentence.match_indices(words).any(|(at, _)| {
                let (before, after) = (&sentence[..at], &sentence[at + words.len()..]);
                !before.ends_with(char::is_alphanumeric)
                    && !after.starts_with(char::is_alphanumeric)
            })
        };
        self.0
            .iter()
            .map(String::as_str)
            .filter(move |sentence| !words.is_empty() && stands_alone(sentence))
    }
}

/// The names of the claims that follow a statement of `story`.
pub(super) fn of_statement(
    claims: &[TrackedClaim],
    story: &Story,
    statement: &Statement,
) -> Vec<String> {
    let kind = match statement.manner {
        Manner::Quote => ChangeKind::QuoteAdded,
        Manner::Reported | Manner::Plain => ChangeKind::StatementAdded,
    };
    let text = story.text(statement.span.place).unwrap_or_default();
    let start = statement.span.start as usize;
    let sentence = sentences::ranges(text, &story.language)
        .into_iter()
        .find(|range| range.contains(&start))
        .and_then(|range| text.get(range));
    let side = Evidence {
        text: statement.text.clone(),
        sentence: sentence.unwrap_or(&statement.text).to_owned(),
        said_by: statement.said_by.clone(),
        span: statement.span,
        ..nothing()
    };
    let change = added(kind, side);
    names(claims, |claim| follows(claim, &change))
}

fn names(claims: &[TrackedClaim], is_followed: impl Fn(&TrackedClaim) -> bool) -> Vec<String> {
    claims
        .iter()
        .filter(|claim| is_followed(claim))
        .map(|claim| claim.name.clone())
        .collect()
}

fn figure_in(sentence: &str, figure: &FigureStand, noun: Option<&str>) -> Evidence {
    let (low, high) = (figure.low, figure.high);
    Evidence {
        text: figure.text.clone(),
        sentence: sentence.to_owned(),
        said_by: figure
            .said_by
            .clone()
            .map(|name| Source { name, via: None }),
        amount: low.zip(high).map(|(low, high)| Amount {
            low,
            high,
            qualifier: None,
        }),
        unit: figure.unit.clone(),
        noun: noun.map(str::to_owned),
        ..nothing()
    }
}

fn nothing() -> Evidence {
    Evidence {
        text: String::new(),
        sentence: String::new(),
        said_by: None,
        amount: None,
        tally: None,
        unit: None,
        noun: None,
        span: Span {
            place: Place::Headline,
            start: 0,
            end: 0,
        },
    }
}

fn added(kind: ChangeKind, side: Evidence) -> Change {
    Change {
        kind,
        aspect: None,
        severity: kind.severity(None),
        old: None,
        new: Some(side),
        delta: None,
        places: Vec::new(),
    }
}
