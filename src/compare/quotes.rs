//! What became of the quotations: reworded, trimmed, paraphrased, gone, or without their marks.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::reading::key;
use super::sources::is_demonym;
use super::tokens::Token;
use super::verbs::is_verb;
use super::version::Version;
use super::{Aspect, Change, ChangeKind};
use crate::claims::attribution::{is_same, said_by};
use crate::claims::{Decimal, Source, numbers, quotes::Quoted};
use crate::story::Span;
use crate::text::Language;
use crate::text::similarity::is_respelling;

/// A quotation of one version.
#[derive(Debug, Clone)]
pub(super) struct Quote {
    /// The sentence it lies in.
    pub sentence: usize,
    /// The words between the marks.
    pub span: Span,
    pub words: Vec<String>,
    pub speaker: Option<Source>,
}

/// The quotations of some sentences.
pub(super) fn collect(version: &Version<'_>, sentences: &[usize]) -> Vec<Quote> {
    let mut found: Vec<Quote> = Vec::new();
    for &index in sentences {
        for Quoted { inner, .. } in version.whole_quotes(index) {
            let span =
                super::reading::span(version.sentences[index].span.place, inner.start, inner.end);
            if found.last().is_some_and(|known| known.span == span) {
                continue;
            }
            let text = version.story.slice(span).unwrap_or("");
            let words = words(&in_digits(text, &version.story.language));
            if !words.is_empty() {
                found.push(Quote {
                    sentence: index,
                    span,
                    words,
                    speaker: said_by(&version.attributions, span).cloned(),
                });
            }
        }
    }
    found
}

/// The quotations of both versions that are the same utterance, and the changes between them.
pub(super) struct Outcome {
    pub changes: Vec<Change>,
    /// Old quotations without a counterpart, by index.
    pub gone: Vec<usize>,
    /// New quotations without a counterpart, by index.
    pub come: Vec<usize>,
}

/// Pairs quotations by their words.
pub(super) fn compare(
    old: &Version<'_>,
    new: &Version<'_>,
    olds: &[Quote],
    news: &[Quote],
    same_group: impl Fn(usize, usize) -> Option<f32>,
) -> Outcome {
    let mut ranked: Vec<(f32, usize, usize)> = Vec::new();
    for (i, a) in olds.iter().enumerate() {
        for (j, b) in news.iter().enumerate() {
            let likeness = likeness(&a.words, &b.words);
            let group = same_group(a.sentence, b.sentence);
            let together = group.is_some();
            let short = a.words.len().min(b.words.len()) <= 3;
            // A quoted word replaced by another quoted word in the same sentence is the same utterance reworded.
            let enough = if together {
                likeness >= 0.4
                    || (short
                        && group.is_some_and(|share| share >= 0.6)
                        && a.words.len().abs_diff(b.words.len()) <= 3)
            } else {
                likeness >= 0.6
            };
            if enough {
                ranked.push((likeness + if together { 0.5 } else { 0.0 }, i, j));
            }
        }
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, i, j) in ranked {
        if pairs.iter().all(|(a, b)| *a != i && *b != j) {
            pairs.push((i, j));
        }
    }
    pairs.sort_unstable();
    // An utterance that its speaker interrupts in one version only.
    let (parts_old, _) = interrupted(olds, news);
    let (parts_new, whole_old) = interrupted(news, olds);
    let mut changes = Vec::new();
    for &(i, j) in &pairs {
        if !(parts_old.contains(&i) || whole_old.contains(&i)) {
            changes.extend(change(old, new, &olds[i], &news[j]));
        }
    }
    Outcome {
        gone: (0..olds.len())
            .filter(|i| pairs.iter().all(|(a, _)| a != i) && !parts_old.contains(i))
            .collect(),
        come: (0..news.len())
            .filter(|j| pairs.iter().all(|(_, b)| b != j) && !parts_new.contains(j))
            .collect(),
        changes,
    }
}

/// The quotations of one version that make up one quotation of the other, and those whole ones.
fn interrupted(parts: &[Quote], wholes: &[Quote]) -> (Vec<usize>, Vec<usize>) {
    const MOST_PARTS: usize = 3;
    let (mut found, mut whole) = (Vec::new(), Vec::new());
    for (at, quote) in wholes.iter().enumerate() {
        for first in 0..parts.len() {
            let mut words: Vec<&String> = parts[first].words.iter().collect();
            for last in (first + 1..parts.len()).take(MOST_PARTS - 1) {
                words.extend(&parts[last].words);
                if words.len() == quote.words.len()
                    && words.iter().zip(&quote.words).all(|(a, b)| *a == b)
                {
                    found.extend(first..=last);
                    whole.push(at);
                }
            }
        }
    }
    (found, whole)
}

fn change(old: &Version<'_>, new: &Version<'_>, a: &Quote, b: &Quote) -> Vec<Change> {
    let mut changes = Vec::new();
    let proofs = || {
        (
            Some(old.proof(a.span, a.sentence)),
            Some(new.proof(b.span, b.sentence)),
        )
    };
    if let Some(aspect) = difference(&a.words, &b.words) {
        let (before, after) = proofs();
        changes.push(Change {
            old: before,
            new: after,
            ..Change::of(ChangeKind::QuoteChanged, Some(aspect))
        });
    }
    if let (Some(one), Some(other)) = (&a.speaker, &b.speaker)
        && !is_same(one, other)
        && a.words.len() > 3
        && !shares_word(&one.name, &other.name)
        && !is_named_in(new, b.sentence, one)
        && !is_demonym(&key(other.name.strip_prefix("the ").unwrap_or(&other.name)))
        && !is_demonym(&key(one.name.strip_prefix("the ").unwrap_or(&one.name)))
        && (one.name.chars().any(char::is_uppercase) == other.name.chars().any(char::is_uppercase))
    {
        let (before, after) = (
            old.run_proof(a.sentence, a.sentence),
            new.run_proof(b.sentence, b.sentence),
        );
        changes.push(Change {
            old: Some(super::Evidence {
                said_by: Some(one.clone()),
                ..before
            }),
            new: Some(super::Evidence {
                said_by: Some(other.clone()),
                ..after
            }),
            ..Change::of(ChangeKind::AttributionChanged, Some(Aspect::Replaced))
        });
    }
    changes
}

/// Whether a speaker's name stands in a sentence, with another word for him read as the speaker: "said the mayor, Ines Holt".
fn is_named_in(version: &Version<'_>, sentence: usize, speaker: &Source) -> bool {
    let Some(last) = speaker
        .name
        .rsplit(' ')
        .next()
        .filter(|last| last.len() > 2 && speaker.name.contains(' '))
    else {
        return false;
    };
    version.sentences[sentence].text.contains(last)
}

fn shares_word(one: &str, other: &str) -> bool {
    let words = |name: &str| {
        key(name)
            .split(' ')
            .filter(|word| word.len() > 2)
            // "One of the employees" is an employee.
            .map(|word| word.strip_suffix('s').unwrap_or(word).to_owned())
            .collect::<Vec<_>>()
    };
    let others = words(other);
    words(one).iter().any(|word| others.contains(word))
}

/// How two wordings of one utterance differ; `None` where only cosmetically or in a figure.
fn difference(old: &[String], new: &[String]) -> Option<Aspect> {
    if old == new {
        return None;
    }
    let mut gone: Vec<Range<usize>> = Vec::new();
    let mut inserted = false;
    for operation in capture_diff_slices(Algorithm::Myers, old, new) {
        let (tag, was, is) = operation.as_tag_tuple();
        match tag {
            DiffTag::Equal => {}
            DiffTag::Delete => gone.push(was),
            DiffTag::Insert => inserted = true,
            DiffTag::Replace => {
                let cosmetic = was.len() == is.len()
                    && old[was.clone()]
                        .iter()
                        .zip(&new[is.clone()])
                        .all(|(a, b)| is_respelling(a, b) || both_numbers(a, b));
                if !cosmetic && old[was].concat() != new[is].concat() {
                    inserted = true;
                }
            }
        }
    }
    if inserted {
        return Some(Aspect::Reworded);
    }
    if gone.is_empty() {
        return None;
    }
    let at_an_end = gone
        .iter()
        .all(|range| range.start == 0 || range.end == old.len());
    Some(if at_an_end || new.iter().any(|word| word == "…") {
        Aspect::Trimmed
    } else {
        Aspect::Reworded
    })
}

/// A figure inside a quotation is told as a figure.
fn both_numbers(one: &str, other: &str) -> bool {
    is_number(one) && is_number(other)
}

fn is_number(word: &str) -> bool {
    const NUMBERS: &str = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen \
eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen half";
    word.starts_with(|c: char| c.is_ascii_digit())
        || NUMBERS.split(' ').any(|number| number == word)
}

/// Numbers in words as digits, which are a matter of style.
fn in_digits(text: &str, language: &Language) -> String {
    let mut written = String::with_capacity(text.len());
    let mut done = 0;
    for number in numbers::in_text(text, language) {
        let spelled = text.get(number.start..number.end).unwrap_or("");
        let is_word = spelled
            .chars()
            .all(|c| c.is_alphabetic() || c == '-' || c == ' ');
        // "One" is a pronoun as often as a number.
        if number.start < done || !is_word || number.ordinal || number.value < Decimal::from(2) {
            continue;
        }
        written.push_str(text.get(done..number.start).unwrap_or(""));
        written.push_str(&number.value.normalize().to_string());
        done = number.end;
    }
    written.push_str(text.get(done..).unwrap_or(""));
    written
}

/// The words of a quotation as they are compared: contractions spelled out, marks away, an ellipsis kept.
fn words(text: &str) -> Vec<String> {
    const PERCENT: [&str; 8] = [
        " per cent",
        " pour cent",
        " por ciento",
        " por cento",
        " per cento",
        " prozent",
        " procent",
        "%",
    ];
    let spaced = text.replace("...", " … ").replace('…', " … ");
    let spaced = PERCENT.iter().fold(spaced.to_lowercase(), |text, word| {
        text.replace(word, " percent")
    });
    let mut words: Vec<String> = Vec::new();
    for piece in spaced.split_whitespace() {
        if piece == "…" {
            words.push("…".to_owned());
            continue;
        }
        let lower = piece.to_lowercase().replace('’', "'");
        if let Some(subject) = with_is(&lower) {
            words.extend([subject.to_owned(), "'s".to_owned()]);
            continue;
        }
        let lower = spell_out(&with_apostrophe(&lower));
        words.extend(
            key(&lower)
                .split(' ')
                .filter(|word| !word.is_empty() && *word != "\"")
                .map(in_one_form),
        );
    }
    for at in 1..words.len() {
        // "It's been" is "it has been", "it's over" is "it is over".
        if words[at] == "'s" {
            let has = words.get(at + 1).is_some_and(|next| {
                matches!(
                    next.as_str(),
                    "been" | "got" | "become" | "gone" | "had" | "taken"
                )
            });
            words[at] = String::from(if has { "has" } else { "is" });
        }
    }
    while words.first().is_some_and(|word| word == "…") {
        words.remove(0);
    }
    words
}

/// "Nobody" and "everybody" as "no one" and "everyone": two spellings of a word, as far as a quotation goes.
fn in_one_form(word: &str) -> String {
    match word {
        "nobody" => "noone".to_owned(),
        "somebody" => "someone".to_owned(),
        "anybody" => "anyone".to_owned(),
        "everybody" => "everyone".to_owned(),
        word => word.to_owned(),
    }
}

/// The word before a contracted "is" or "has": "it's", "there's"; "the mayor's" is a possessive.
fn with_is(word: &str) -> Option<&str> {
    const SUBJECTS: [&str; 11] = [
        "it", "that", "there", "he", "she", "what", "who", "here", "where", "how", "this",
    ];
    let subject = word
        .trim_matches(|c: char| !c.is_alphanumeric())
        .strip_suffix("'s")?;
    SUBJECTS.contains(&subject).then_some(subject)
}

/// A contraction typed without its apostrophe: "dont", "youre"; "were", "well" and "its" are words themselves.
fn with_apostrophe(word: &str) -> String {
    const AUXILIARIES: &str =
        "do does did is are was were have has had could would should must ca wo need";
    const SUBJECTS: [(&str, &str); 7] = [
        ("youre", "you're"),
        ("theyre", "they're"),
        ("youve", "you've"),
        ("theyve", "they've"),
        ("weve", "we've"),
        ("ive", "i've"),
        ("im", "i'm"),
    ];
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let denied = bare
        .strip_suffix("nt")
        .filter(|stem| AUXILIARIES.split(' ').any(|auxiliary| auxiliary == *stem))
        .map(|stem| format!("{stem}n't"));
    let subject = || {
        let listed = SUBJECTS.iter().find(|(typed, _)| *typed == bare);
        listed.map(|(_, meant)| (*meant).to_owned())
    };
    denied.or_else(subject).unwrap_or_else(|| word.to_owned())
}

/// A contraction in full: "don't" as "do not".
fn spell_out(word: &str) -> String {
    const FULL: [(&str, &str); 7] = [
        ("can't", "can not"),
        ("won't", "will not"),
        ("n't", " not"),
        ("'re", " are"),
        ("'ve", " have"),
        ("'ll", " will"),
        ("'m", " am"),
    ];
    let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    FULL.iter()
        .find_map(|(short, full)| bare.strip_suffix(short).map(|stem| format!("{stem}{full}")))
        .unwrap_or_else(|| word.to_owned())
}

/// The share of words that two quotations have in common, in order, of the shorter one.
fn likeness(one: &[String], other: &[String]) -> f32 {
    let shared: usize = capture_diff_slices(Algorithm::Myers, one, other)
        .iter()
        .map(similar::DiffOp::as_tag_tuple)
        .filter(|(tag, ..)| *tag == DiffTag::Equal)
        .map(|(_, was, _)| was.len())
        .sum();
    let shorter = one.len().min(other.len()).max(1);
    let longer = one.len().max(other.len()).max(1);
    #[expect(clippy::cast_precision_loss, reason = "words of a quotation are few")]
    let share = (shared as f32 / shorter as f32).midpoint(shared as f32 / longer as f32);
    if shorter < 3 && shared < longer {
        share.min(0.5)
    } else {
        share
    }
}

/// Whether quoted words make a claim of their own: "'feels betrayed'", "'accidentally'"; a quoted name or term does not.
pub(super) fn makes_a_claim(tokens: &[Token], quoted: &[usize]) -> bool {
    let content: Vec<usize> = quoted
        .iter()
        .copied()
        .filter(|&at| tokens[at].is_content())
        .collect();
    let negated = quoted.iter().any(|&at| tokens[at].word == "not");
    let verb = content.iter().enumerate().any(|(nth, &at)| {
        let word = tokens[at].word.as_str();
        let before = at
            .checked_sub(1)
            .filter(|before| quoted.contains(before))
            .map(|before| tokens[before].word.as_str());
        let governed = before.is_some_and(|before| {
            matches!(
                before,
                "to" | "not"
                    | "will"
                    | "is"
                    | "are"
                    | "was"
                    | "were"
                    | "has"
                    | "have"
                    | "had"
                    | "be"
                    | "he"
                    | "she"
                    | "they"
                    | "it"
                    | "we"
                    | "i"
                    | "likely"
            )
        });
        is_verb(tokens, at)
            && (governed
                || (nth == 0 && (word.ends_with('s') || tokens[at].past))
                || (word.ends_with("ed")
                    && content[..nth]
                        .iter()
                        .all(|&at| tokens[at].word.ends_with("ly"))))
    });
    let copula = quoted.first().is_some_and(|&at| {
        matches!(
            tokens[at].word.as_str(),
            "be" | "is"
                | "are"
                | "was"
                | "were"
                | "has"
                | "have"
                | "may"
                | "might"
                | "could"
                | "would"
                | "will"
                | "can"
                | "must"
                | "should"
        )
    });
    let plain = |at: &usize| {
        crate::text::thesaurus::base_forms(&tokens[*at].word)
            .first()
            .is_some_and(|form| form.parts.starts_with(['a', 'r']) || form.parts.ends_with('r'))
    };
    negated || verb || copula || (!content.is_empty() && content.iter().all(plain))
}
