//! Which changes of a check are told.

use super::baseline::{self, Moves};
use super::flips;
use super::{Flips, LastAlerted, Memory, Met, Reason, Rules, TrackedClaim, thresholds, tracked};
use crate::alert::{ReceiverName, RuleResult};
use crate::claims::Amount;
use crate::compare::{Change, ChangeKind, Evidence, Severity};

/// What is told of a check, what is not, and why.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Judgement {
    /// What is told, most severe first.
    pub told: Vec<Told>,
    /// What is not told.
    pub suppressed: Vec<(Change, Reason)>,
    /// The values last told from now on: they take the place of those that were handed in.
    pub alerted: LastAlerted,
    /// The facts that have lately gone from one value to another, likewise.
    pub flips: Flips,
}

/// A change that is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The change.
    pub change: Change,
    /// The tracked claim it belongs to.
    pub claim: Option<String>,
    /// The severity after the rules.
    pub severity: Severity,
    /// Why it is told.
    pub reason: Reason,
    /// The rules that were asked.
    pub rules: Vec<RuleResult>,
    /// Who is told in place of the watch's receivers.
    pub notify: Option<Vec<ReceiverName>>,
}

/// What one claim makes of one change.
struct Verdict {
    reason: Reason,
    told: bool,
    rules: Vec<RuleResult>,
}

/// Decides which of `changes` are told under `rules`.
///
/// A tracked claim decides for the changes it matches, against the value it was last told with; the first claim that
/// tells a change gives it its name, severity and receivers. What no claim matches is told from medium severity up. What is
/// muted is not told, and the value last told stays what it was.
///
/// ```
/// use claimwatch::alert::{judge, rules::{Memory, Rules}};
///
/// let judgement = judge(&[], &Rules::default(), &Memory::default());
///
/// assert!(judgement.told.is_empty());
/// ```
#[must_use]
pub fn judge(changes: &[Change], rules: &Rules, memory: &Memory) -> Judgement {
    let mut judgement = Judgement::default();
    let mut moves = Moves::default();
    for change in changes {
        if rules.ignore.contains(&change.kind) {
            let reason = Reason::Ignored(change.kind);
            judgement.suppressed.push((change.clone(), reason));
            continue;
        }
        judgement.add(change, &rules.claims, memory, &mut moves);
    }
    judgement.alerted = moves.applied_to(&memory.last_alerted);
    let told = judgement
        .told
        .iter()
        .map(|told| (&told.change, told.reason == Reason::Alternates));
    let suppressed = judgement
        .suppressed
        .iter()
        .map(|(change, _)| (change, false));
    judgement.flips = flips::after(&memory.flips, told.chain(suppressed), memory.at);
    judgement
        .told
        .sort_by_key(|told| std::cmp::Reverse(told.severity));
    judgement
}

impl Judgement {
    /// The judgement as each group of receivers hears of it: those whom the claims name, and `receivers` of the watch
    /// for the rest. Receivers who are told the same changes are one group, and so get one alert. Those of the watch that
    /// get a digest are told what is of low severity as well.
    ///
    /// ```
    /// use claimwatch::alert::rules::Judgement;
    ///
    /// assert!(Judgement::default().by_receiver(&[], &|_| false).is_empty());
    /// ```
    #[must_use]
    pub fn by_receiver(
        &self,
        receivers: &[ReceiverName],
        gets_digest: &dyn Fn(&ReceiverName) -> bool,
    ) -> Vec<(Vec<ReceiverName>, Self)> {
        let hears = |told: &Told, name: &ReceiverName| {
            told.notify.as_deref().unwrap_or(receivers).contains(name)
        };
        let mut names: Vec<&ReceiverName> = receivers.iter().collect();
        names.extend(
            self.told
                .iter()
                .filter_map(|told| told.notify.as_ref())
                .flatten(),
        );
        names.sort();
        names.dedup();

        let mut groups: Vec<(Vec<ReceiverName>, Self)> = Vec::new();
        for name in names {
            let mut told: Vec<Told> = self
                .told
                .iter()
                .filter(|told| hears(told, name))
                .cloned()
                .collect();
            if receivers.contains(name) && gets_digest(name) {
                told.extend(self.low());
            }
            if told.is_empty() {
                continue;
            }
            if let Some(group) = groups.iter_mut().find(|(_, part)| part.told == told) {
                group.0.push(name.clone());
                continue;
            }
            let is_told = |change: &Change| told.iter().any(|told| told.change == *change);
            let part = Self {
                suppressed: self
                    .suppressed
                    .iter()
                    .filter(|(change, _)| !is_told(change))
                    .cloned()
                    .collect(),
                told,
                alerted: self.alerted.clone(),
                flips: self.flips.clone(),
            };
            groups.push((vec![name.clone()], part));
        }
        groups
    }

    /// What is not told for its low severity alone.
    fn low(&self) -> impl Iterator<Item = Told> {
        let is_low = |reason: &Reason| matches!(reason, Reason::LowSeverity(..));
        let low = self
            .suppressed
            .iter()
            .filter(move |(_, reason)| is_low(reason));
        low.map(|(change, _)| Told {
            change: change.clone(),
            claim: None,
            severity: change.severity,
            reason: Reason::Digest(change.kind, change.severity),
            rules: Vec::new(),
            notify: None,
        })
    }

    /// Judges one change that is not ignored.
    fn add(
        &mut self,
        change: &Change,
        claims: &[TrackedClaim],
        memory: &Memory,
        moves: &mut Moves,
    ) {
        let mut quiet = None;
        let mut teller = None;
        for claim in claims
            .iter()
            .filter(|claim| tracked::matches(claim, change))
        {
            let verdict = weigh(claim, change, memory);
            remember(moves, claim, change, &memory.last_alerted, verdict.told);
            if verdict.told && teller.is_none() {
                teller = Some((claim, verdict));
            } else if quiet.is_none() {
                quiet = Some(verdict);
            }
        }
        if let Some((claim, verdict)) = teller {
            self.told.push(Told {
                change: change.clone(),
                claim: Some(claim.name.clone()),
                severity: claim.severity.unwrap_or(change.severity),
                reason: verdict.reason,
                rules: verdict.rules,
                notify: claim.notify.clone(),
            });
        } else if let Some(verdict) = quiet {
            self.suppressed.push((change.clone(), verdict.reason));
        } else if change.severity < Severity::Medium {
            let reason = Reason::LowSeverity(change.kind, change.severity);
            self.suppressed.push((change.clone(), reason));
        } else if let Some(reason) = memory.objection(None, change) {
            self.suppressed.push((change.clone(), reason));
        } else {
            self.told.push(Told {
                change: change.clone(),
                claim: None,
                severity: change.severity,
                reason: memory.occasion(change, Reason::Severity(change.kind, change.severity)),
                rules: Vec::new(),
                notify: None,
            });
        }
    }
}

/// One side of a figure with its value.
type Valued<'a> = (&'a Evidence, Amount);

/// The two sides of a figure whose values can be held against each other.
fn values(change: &Change) -> Option<(Valued<'_>, Valued<'_>)> {
    let (old, new) = (change.old.as_ref()?, change.new.as_ref()?);
    let comparable = change.kind == ChangeKind::FigureChanged && old.unit == new.unit;
    comparable.then_some(((old, old.amount?), (new, new.amount?)))
}

/// What `claim` makes of a change that it matches.
fn weigh(claim: &TrackedClaim, change: &Change, memory: &Memory) -> Verdict {
    let limits = &claim.alert;
    let mut met = Vec::new();
    let mut rules = Vec::new();
    let mut moved = None;
    // A figure that comes, goes or changes its unit has no step to measure; its severity decides.
    let mut by_severity = limits.kinds.is_empty();
    if limits.weigh_values() && change.kind.is_figure() {
        by_severity = true;
        if let Some(((old, was), (_, now))) = values(change) {
            let from = baseline::of(&memory.last_alerted, &claim.name, old, was);
            let weighed = thresholds::weigh(limits, &from, &now);
            by_severity = false;
            met = weighed.met;
            rules = weighed.rules;
            moved = weighed.moved;
        }
    }
    if !limits.kinds.is_empty() {
        let named = limits.kinds.contains(&change.kind);
        let rule = format!("kind {}", change.kind.as_str());
        rules.push(RuleResult { rule, met: named });
        if named {
            met.push(Met::Kind(change.kind));
        }
    }
    let severity = claim.severity.unwrap_or(change.severity);
    if met.is_empty() && by_severity && severity >= Severity::Medium {
        met.push(Met::Severity(change.kind, severity));
    }
    let name = claim.name.clone();
    let objection = memory.objection(Some(claim), change);
    let told = !met.is_empty() && objection.is_none();
    let reason = if told {
        memory.occasion(change, Reason::Claim { name, met })
    } else if let Some(objection) = objection.filter(|_| !met.is_empty()) {
        objection
    } else {
        Reason::ClaimQuiet {
            name,
            kind: change.kind,
            moved,
        }
    };
    Verdict {
        reason,
        told,
        rules,
    }
}

/// Notes where a followed figure went.
fn remember(
    moves: &mut Moves,
    claim: &TrackedClaim,
    change: &Change,
    last_alerted: &LastAlerted,
    told: bool,
) {
    if !claim.alert.weigh_values() {
        return;
    }
    let Some((old, now)) = values(change) else {
        return;
    };
    let known = if told {
        now.1
    } else {
        baseline::of(last_alerted, &claim.name, old.0, old.1)
    };
    moves.note(last_alerted, &claim.name, old, now, known);
}

#[cfg(test)]
mod tests {
    use super::super::{Step, Thresholds};
    use super::*;
    use crate::claims::{Decimal, Source};
    use crate::compare::Aspect;
    use crate::story::{Place, Span};

    fn side(text: &str, value: Option<i64>, sentence: &str) -> Evidence {
        Evidence {
            text: text.to_owned(),
            sentence: sentence.to_owned(),
            said_by: None,
            amount: value.map(|value| Amount {
                low: value.into(),
                high: value.into(),
                qualifier: None,
            }),
            tally: None,
            unit: None,
            noun: Some("refugees".to_owned()),
            span: Span {
                place: Place::Paragraph(0),
                start: 0,
                end: 0,
            },
        }
    }

    fn moved(from: i64, to: i64) -> Change {
        let sentence = |value: i64| format!("Aid groups counted {value} refugees in the valley.");
        Change {
            kind: ChangeKind::FigureChanged,
            aspect: None,
            severity: Severity::High,
            old: Some(side(&from.to_string(), Some(from), &sentence(from))),
            new: Some(side(&to.to_string(), Some(to), &sentence(to))),
            delta: None,
            places: vec![Place::Paragraph(0)],
        }
    }

    fn said(kind: ChangeKind, aspect: Option<Aspect>, old: &str, new: &str) -> Change {
        let text = |text: &str| (!text.is_empty()).then(|| side(text, None, text));
        Change {
            kind,
            aspect,
            severity: kind.severity(aspect),
            old: text(old),
            new: text(new),
            delta: None,
            places: Vec::new(),
        }
    }

    fn refugees(alert: Thresholds) -> Rules {
        Rules {
            claims: vec![TrackedClaim {
                name: "refugees".to_owned(),
                words: vec!["refugees".to_owned()],
                alert,
                ..TrackedClaim::default()
            }],
            ignore: Vec::new(),
        }
    }

    fn by_five_percent() -> Thresholds {
        Thresholds {
            change: Some(Decimal::from(5)),
            ..Thresholds::default()
        }
    }

    /// What is remembered after a check.
    fn knowing(judgement: &Judgement) -> Memory {
        Memory {
            last_alerted: judgement.alerted.clone(),
            ..Memory::default()
        }
    }

    /// What is told when a figure takes these values one check after the other.
    fn told_steps(rules: &Rules, values: &[i64]) -> Vec<String> {
        let mut memory = Memory::default();
        let mut told = Vec::new();
        for pair in values.windows(2) {
            let judgement = judge(&[moved(pair[0], pair[1])], rules, &memory);
            told.extend(
                judgement
                    .told
                    .iter()
                    .map(|told| format!("{}: {}", pair[1], told.reason)),
            );
            memory.last_alerted = judgement.alerted;
        }
        told
    }

    #[test]
    fn without_claims_medium_is_told_and_low_is_not() {
        let changes = [
            moved(100, 101),
            said(ChangeKind::BylineChanged, None, "Ann Lee", "Bo Lee"),
        ];

        let judgement = judge(&changes, &Rules::default(), &Memory::default());

        assert_eq!(judgement.told.len(), 1);
        assert_eq!(
            judgement.told[0].reason.to_string(),
            "kind figure_changed is of high severity, and medium and above are told"
        );
        assert_eq!(
            judgement.suppressed[0].1.to_string(),
            "kind byline_changed is of low severity, and only medium and above are told"
        );
    }

    #[test]
    fn an_ignored_kind_is_never_told() {
        let rules = Rules {
            ignore: vec![ChangeKind::QuoteRemoved],
            ..Rules::default()
        };

        let judgement = judge(
            &[said(ChangeKind::QuoteRemoved, None, "we leave", "")],
            &rules,
            &Memory::default(),
        );

        assert!(judgement.told.is_empty());
        assert_eq!(
            judgement.suppressed[0].1.to_string(),
            "kind quote_removed is ignored by the configuration"
        );
    }

    #[test]
    fn quiet_steps_add_up_until_they_are_told() {
        let told = told_steps(
            &refugees(by_five_percent()),
            &[100, 102, 104, 106, 108, 110],
        );

        assert_eq!(told, ["106: claim refugees: moved 6% (limit 5%)"]);
    }

    #[test]
    fn a_step_from_zero_is_always_large_enough() {
        let told = told_steps(&refugees(by_five_percent()), &[0, 1]);

        assert_eq!(told, ["1: claim refugees: moved from zero (limit 5%)"]);
    }

    #[test]
    fn crossing_a_value_is_told_at_the_edge_and_again_after_it_went_back() {
        let rules = refugees(Thresholds {
            crosses: vec![Decimal::from(250)],
            ..Thresholds::default()
        });

        let told = told_steps(&rules, &[200, 249, 250, 260, 240, 245, 251]);

        assert_eq!(
            told,
            [
                "250: claim refugees: crossed 250",
                "240: claim refugees: fell back below 250",
                "251: claim refugees: crossed 250",
            ]
        );
    }

    #[test]
    fn down_any_tells_every_fall_below_what_was_last_told() {
        let rules = refugees(Thresholds {
            down: Some(Step::Any),
            up: Some(Step::Percent(Decimal::from(10))),
            ..Thresholds::default()
        });

        let told = told_steps(&rules, &[100, 105, 104, 99, 120]);

        assert_eq!(
            told,
            [
                "99: claim refugees: fell 1%",
                "120: claim refugees: rose 21%"
            ]
        );
    }

    #[test]
    fn two_figures_of_one_claim_keep_their_own_baselines() {
        let rules = refugees(by_five_percent());

        let first = judge(
            &[moved(1000, 1020), moved(500, 510)],
            &rules,
            &Memory::default(),
        );
        let second = judge(
            &[moved(1020, 1040), moved(510, 520)],
            &rules,
            &knowing(&first),
        );
        let third = judge(
            &[moved(1040, 1060), moved(520, 524)],
            &rules,
            &knowing(&second),
        );

        assert!(first.told.is_empty() && second.told.is_empty());
        assert_eq!(third.told.len(), 1);
        assert_eq!(third.told[0].change, moved(1040, 1060));
    }

    #[test]
    fn no_value_is_too_large_to_judge() {
        let rules = refugees(Thresholds {
            change: Some(Decimal::from(5)),
            crosses: vec![Decimal::ZERO, Decimal::MAX],
            up: Some(Step::Percent(Decimal::MAX)),
            down: Some(Step::Any),
            kinds: Vec::new(),
        });
        let extremes = [
            Decimal::MIN,
            Decimal::NEGATIVE_ONE,
            Decimal::ZERO,
            Decimal::MAX,
        ];
        for low in extremes {
            for high in extremes {
                let mut change = moved(1, 2);
                let amount = Amount {
                    low,
                    high,
                    qualifier: None,
                };
                change.old.as_mut().unwrap().amount = Some(amount);

                let judgement = judge(&[change], &rules, &Memory::default());

                assert_eq!(judgement.told.len() + judgement.suppressed.len(), 1);
            }
        }
    }

    #[test]
    fn a_claim_sets_severity_and_receivers_of_what_it_tells() {
        let desk = ReceiverName::new("desk").unwrap();
        let standards = ReceiverName::new("standards").unwrap();
        let mut rules = refugees(by_five_percent());
        rules.claims[0].severity = Some(Severity::Critical);
        rules.claims[0].notify = Some(vec![standards.clone()]);
        let changes = [
            said(ChangeKind::QuoteRemoved, None, "we leave", ""),
            moved(100, 200),
        ];

        let judgement = judge(&changes, &rules, &Memory::default());
        let groups = judgement.by_receiver(std::slice::from_ref(&desk), &|_| false);

        assert_eq!(judgement.told[0].severity, Severity::Critical);
        assert_eq!(judgement.told[0].claim.as_deref(), Some("refugees"));
        let told: Vec<_> = groups
            .iter()
            .map(|(names, part)| (names.clone(), part.told[0].change.kind))
            .collect();
        assert_eq!(
            told,
            [
                (vec![desk], ChangeKind::QuoteRemoved),
                (vec![standards], ChangeKind::FigureChanged)
            ]
        );
    }

    #[test]
    fn words_nearby_and_other_speakers_rule_a_figure_out() {
        let mut rules = refugees(by_five_percent());
        rules.claims[0].not_near = vec!["camp".to_owned()];
        rules.claims[0].said_by = vec!["UNHCR".to_owned()];
        let mut in_camp = moved(100, 101);
        in_camp.old.as_mut().unwrap().sentence = "The camp holds 100 refugees.".to_owned();
        in_camp.new.as_mut().unwrap().sentence = "The camp holds 101 refugees.".to_owned();
        let mut by_mayor = moved(100, 101);
        for side in [&mut by_mayor.old, &mut by_mayor.new] {
            side.as_mut().unwrap().said_by = Some(Source {
                name: "the mayor".to_owned(),
                via: None,
            });
        }

        let judgement = judge(
            &[moved(100, 101), in_camp, by_mayor],
            &rules,
            &Memory::default(),
        );

        // What the claim does not follow keeps its default severity.
        assert_eq!(judgement.told.len(), 2);
        assert_eq!(
            judgement.suppressed[0].1.to_string(),
            "claim refugees: moved 1%, within its limits"
        );
    }

    #[test]
    fn a_followed_denial_is_found_after_it_lost_its_not() {
        let rules = Rules {
            claims: vec![TrackedClaim {
                name: "denial".to_owned(),
                statement: Some("The ministry was not planning to close the crossing".to_owned()),
                alert: Thresholds {
                    kinds: vec![ChangeKind::StatementChanged],
                    ..Thresholds::default()
                },
                ..TrackedClaim::default()
            }],
            ignore: Vec::new(),
        };
        let changes = [
            said(
                ChangeKind::StatementChanged,
                Some(Aspect::Negation),
                "The ministry said it was not planning to close the crossing.",
                "The ministry said it was planning to close the crossing.",
            ),
            said(
                ChangeKind::QuoteRemoved,
                None,
                "We have no plan to close the crossing, the ministry said",
                "",
            ),
        ];

        let judgement = judge(&changes, &rules, &Memory::default());

        assert_eq!(judgement.told.len(), 1);
        assert_eq!(
            judgement.told[0].reason.to_string(),
            "claim denial: kind statement_changed"
        );
        assert_eq!(
            judgement.suppressed[0].1.to_string(),
            "claim denial: no rule of it tells kind quote_removed"
        );
    }

    #[test]
    fn a_followed_figure_that_disappears_is_told_although_it_has_no_step() {
        let mut change = moved(100, 101);
        change.kind = ChangeKind::FigureRemoved;
        change.severity = Severity::Medium;
        change.new = None;

        let judgement = judge(&[change], &refugees(by_five_percent()), &Memory::default());

        assert_eq!(
            judgement.told[0].reason.to_string(),
            "claim refugees: kind figure_removed, of medium severity"
        );
    }

    #[test]
    fn a_unit_keeps_other_figures_of_the_sentence_out() {
        let mut rules = refugees(by_five_percent());
        rules.claims[0].unit = Some("people".to_owned());
        let mut days = moved(14, 15);
        for side in [&mut days.old, &mut days.new] {
            let side = side.as_mut().unwrap();
            side.unit = Some("day".to_owned());
        }
        let mut buses = moved(14, 15);
        for side in [&mut buses.old, &mut buses.new] {
            side.as_mut().unwrap().noun = Some("buses".to_owned());
        }

        let judgement = judge(&[moved(14, 15), days, buses], &rules, &Memory::default());

        let claims: Vec<_> = judgement
            .told
            .iter()
            .map(|told| told.claim.as_deref())
            .collect();
        assert_eq!(claims, [Some("refugees"), None, None]);
    }
}
