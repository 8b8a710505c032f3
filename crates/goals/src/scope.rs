//! Which goal gets which evidence (rules A1 to A8; the first that fits).

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::claim::{Answer, Claim, Says, Serves};
use crate::lexicon::Class;
use crate::memo::Kept;
use crate::naming::goal_numbers;
use crate::outline::{Form, Passage};
use crate::piece::Piece;
use crate::voice::Side;
use crate::zone::Zone;
use crate::{Evidence, Qualifier, Reason, State, Target, Verdict};

/// A goal on its way to the report.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) passage: usize,
    /// Bytes of the passage's text.
    pub(crate) range: Range<usize>,
    pub(crate) reason: Reason,
    /// Places where it is said again: (passage, range).
    pub(crate) echoes: Vec<(usize, Range<usize>)>,
    pub(crate) told: Arc<Told>,
}

/// What a goal's own words tell.
#[derive(Debug)]
pub(crate) struct Told {
    /// Telling words, in lower case: what names it elsewhere.
    pub(crate) names: Vec<String>,
    /// Its amounts, as written.
    pub(crate) amounts: Vec<String>,
    /// Its metric, by the name that all its spellings share.
    pub(crate) metric: Option<String>,
    pub(crate) target: Option<Target>,
    /// The target compared with what the note says of realism.
    pub(crate) measured: Kept<Vec<String>, Arc<Target>>,
}

/// What a sentence may name a goal by.
#[derive(Debug)]
pub(crate) struct Named {
    /// Its words in lower case, each once, sorted.
    words: Vec<Box<str>>,
    /// Its metrics, by the names that all their spellings share, each once, sorted.
    metrics: Vec<String>,
    /// Goals by number.
    numbers: Vec<usize>,
}

impl Named {
    /// The sentence of a passage that a byte stands in.
    fn of(piece: &Piece, byte: usize) -> &Named {
        let text = &piece.text;
        let count = text.sentences.len();
        let at = text.sentence_at(byte).unwrap_or(count);
        piece.known.names.get(at, count + 1, || {
            let sentence = sentence_of(text, byte);
            let mut metrics: Vec<String> = text
                .of(Class::Metric, text.tokens_in(sentence.clone()))
                .map(|hit| {
                    crate::target::canonical_metric(&text.words(hit).to_lowercase()).into_owned()
                })
                .collect();
            metrics.sort_unstable();
            metrics.dedup();
            let plain = text.plain[sentence].to_lowercase();
            let mut own: Vec<&str> = words(&plain).collect();
            own.sort_unstable();
            own.dedup();
            Named {
                words: own.into_iter().map(Into::into).collect(),
                metrics,
                numbers: goal_numbers(&plain),
            }
        })
    }
}

/// Attaches evidence to goals. `claims`: per passage.
pub(crate) fn attach(
    passages: &[Passage],
    goals: &[Found],
    claims: &[Arc<[Claim]>],
) -> Vec<Attached> {
    let mut attached: Vec<Attached> = goals.iter().map(|_| Attached::default()).collect();
    let mut scope = Scope::new(passages, goals);
    scope.reasons = (passages.iter().zip(claims))
        .map(|(passage, claims)| opens_as_evidence(passage) && claims.iter().any(gives_reason))
        .collect();
    for (index, claims) in claims.iter().enumerate() {
        for claim in claims.iter() {
            let (qualifier, state, answer) = match claim.says {
                Says::Outcome => continue,
                Says::Answer(answer) => (answer.qualifier, answer.state, Some(answer)),
                Says::Asks(qualifier) => (qualifier, State::Asked, None),
            };
            let passage = &passages[index];
            let served = scope.serves(index, claim, qualifier, answer);
            if served.is_empty() {
                continue;
            }
            let range = passage.piece.source(claim.range.clone(), passage.start);
            for goal in served {
                let evidence = Evidence {
                    range: range.clone(),
                    state,
                    reason: claim.reason,
                };
                add(
                    &mut attached[goal].verdicts[qualifier.index()],
                    evidence,
                    answer,
                    passage.start,
                );
                if qualifier == Qualifier::Realism && state == State::Answered {
                    attached[goal]
                        .realism
                        .push(passage.piece.text.plain[claim.range.clone()].to_string());
                }
            }
        }
    }
    attached
}

/// G5: whether a passage begins like evidence ("b/c …", "miss -> …").
fn opens_as_evidence(passage: &Passage) -> bool {
    let text = &passage.piece.text;
    let first = text.tokens_in(passage.lead()..text.plain.len()).start;
    text.at(Class::EvidenceStart, first).is_some()
}

/// Whether a claim is evidence by its own words: a reason or a consequence.
fn gives_reason(claim: &Claim) -> bool {
    matches!(
        claim.says,
        Says::Answer(Answer {
            qualifier: Qualifier::Importance | Qualifier::CostOfInaction,
            ..
        })
    )
}

/// What a note says of one goal.
#[derive(Debug, Default)]
pub(crate) struct Attached {
    pub(crate) verdicts: [Verdict; 3],
    /// The texts that answer its realism.
    pub(crate) realism: Vec<String>,
}

/// Q1: the best of all evidence decides. Evidence comes block by block; this is of one that starts at `block`.
fn add(verdict: &mut Verdict, evidence: Evidence, answer: Option<Answer>, block: usize) {
    if evidence.state > verdict.state {
        verdict.state = evidence.state;
        verdict.against = answer.is_some_and(|answer| answer.against);
        verdict.vagueness = answer.and_then(|answer| answer.vagueness);
        verdict.evidence.insert(0, evidence);
    } else {
        if evidence.state == State::Answered
            && verdict.state == State::Answered
            && answer.is_some_and(|answer| !answer.against)
        {
            verdict.against = false;
        }
        // Of the same block are only the last, and the first where one of them decided.
        let all = &verdict.evidence;
        let last = (all.iter().rev()).take_while(|known| known.range.start >= block);
        let mut near = all.iter().take(State::Answered as usize).chain(last);
        if !near.any(|known| known.range == evidence.range) {
            verdict.evidence.push(evidence);
        }
    }
}

struct Scope<'a> {
    passages: &'a [Passage],
    goals: &'a [Found],
    /// Goals by the passage that states (or repeats) them, in order of place.
    stated: Vec<(usize, usize, Range<usize>)>,
    /// The part of `stated` that is of a passage.
    at: Vec<(u32, u32)>,
    /// The nearest passage up to each that states a goal.
    latest: Vec<Option<u32>>,
    by_name: ByName<'a>,
    by_section: FxHashMap<u32, Vec<usize>>,
    by_call: BTreeMap<u32, Vec<usize>>,
    /// How many numbered items a list has.
    numbered: FxHashMap<Option<u32>, usize>,
    /// Nearest heading passage before each passage, by section.
    heading: Vec<Option<usize>>,
    /// Which passages hold a reason or a consequence.
    reasons: Vec<bool>,
}

impl<'a> Scope<'a> {
    fn new(passages: &'a [Passage], goals: &'a [Found]) -> Scope<'a> {
        let mut stated: Vec<(usize, usize, Range<usize>)> = Vec::new();
        let mut by_section: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        let mut by_call: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (index, goal) in goals.iter().enumerate() {
            stated.push((goal.passage, index, goal.range.clone()));
            let echoes = goal.echoes.iter();
            stated.extend(echoes.map(|(passage, range)| (*passage, index, range.clone())));
            let passage = &passages[goal.passage];
            by_section.entry(passage.section).or_default().push(index);
            by_call.entry(passage.call).or_default().push(index);
        }
        stated.sort_by_key(|(passage, _, range)| (*passage, range.start));
        let mut at = vec![(0, 0); passages.len()];
        for (count, (passage, ..)) in (0..).zip(&stated) {
            let (start, end) = &mut at[*passage];
            if *end == 0 {
                *start = count;
            }
            *end = count + 1;
        }
        let mut numbered: FxHashMap<Option<u32>, usize> = FxHashMap::default();
        for passage in passages.iter().filter(|passage| passage.number.is_some()) {
            *numbered.entry(passage.list).or_default() += 1;
        }
        let mut latest = None;
        let latest = (0..).zip(&at).map(|(index, (start, end))| {
            if start < end {
                latest = Some(index);
            }
            latest
        });
        let latest = latest.collect();
        let mut last = None;
        let heading = passages
            .iter()
            .enumerate()
            .map(|(index, passage)| {
                let before = last;
                if passage.form == Form::Heading {
                    last = Some(index);
                }
                before
            })
            .collect();
        Scope {
            passages,
            goals,
            stated,
            at,
            latest,
            by_name: ByName::new(goals),
            by_section,
            by_call,
            numbered,
            heading,
            reasons: vec![false; passages.len()],
        }
    }

    /// The goals that a passage states, in order of place.
    fn here(&self, passage: usize) -> &[(usize, usize, Range<usize>)] {
        let (start, end) = self.at[passage];
        &self.stated[start as usize..end as usize]
    }

    fn serves(
        &self,
        index: usize,
        claim: &Claim,
        qualifier: Qualifier,
        answer: Option<Answer>,
    ) -> Vec<usize> {
        if self.goals.is_empty() {
            return Vec::new();
        }
        let serves = answer.map_or(Serves::Near, |answer| answer.serves);
        // A1
        if let Some(goals) = self.same_sentence(index, claim) {
            let other = qualifier == Qualifier::Realism
                && serves != Serves::Sentence
                && self.measures_another(index, claim, &goals);
            return if other { Vec::new() } else { goals };
        }
        if serves == Serves::Sentence {
            return Vec::new();
        }
        // A2
        if let Some(goals) = self.container(index, claim) {
            return goals;
        }
        if qualifier == Qualifier::Realism
            && claim.says != Says::Asks(qualifier)
            && answer.is_some_and(|answer| answer.state == State::Answered)
        {
            return self.compared(index, claim, serves);
        }
        if qualifier == Qualifier::Realism && self.counts_something_else(index, claim) {
            return Vec::new();
        }
        if serves == Serves::All {
            let all = self.list_before(index);
            if !all.is_empty() {
                return all;
            }
        }
        // A3
        let named = self.named(index, claim, qualifier);
        if !named.is_empty() {
            return named;
        }
        if let Some(goal) = self.named_by_question(index) {
            return vec![goal];
        }
        let names_other = qualifier == Qualifier::Realism
            && self.names_a_metric(index, claim)
            && answer.is_some();
        // A5
        if let Some(goal) = self.same_paragraph(index, claim, qualifier, names_other) {
            return self.with_label_mates(index, goal);
        }
        if qualifier != Qualifier::Realism
            && let Some(goal) = self.reason_before(index, claim)
        {
            return vec![goal];
        }
        // A4
        if let Some(goals) = self.chain(index) {
            return goals;
        }
        // A7
        if self.passages[index].side == Side::Prospect || self.passages[index].side == Side::Rep {
            if names_other {
                return Vec::new();
            }
            return self.latest_before(index).into_iter().collect();
        }
        // A6
        let passage = &self.passages[index];
        let own_zone = matches!(
            passage.zone,
            Zone::Importance
                | Zone::Cost
                | Zone::WhyAndCost
                | Zone::Realism
                | Zone::Plan
                | Zone::Mixed
        ) || matches!(claim.says, Says::Asks(_));
        if own_zone {
            return self.own_zone(index, claim, qualifier);
        }
        Vec::new()
    }

    /// A label's line speaks of all goals of the labelled line it follows ("**Metrics:** a; b").
    fn with_label_mates(&self, index: usize, goal: usize) -> Vec<usize> {
        let stated = self.goals[goal].passage;
        if self.passages[index].labelled && self.passages[stated].labelled && stated != index {
            return self.here(stated).iter().map(|(_, goal, _)| *goal).collect();
        }
        vec![goal]
    }

    /// Q7, M4: a value is realism only of the metric it is of: named, or "it" near the goal in the same unit.
    fn compared(&self, index: usize, claim: &Claim, serves: Serves) -> Vec<usize> {
        let mut goals = self.measured_by(index, claim, serves);
        if claim.reason.why == "present status" {
            // Q7: a status answers only for a goal without number.
            goals.retain(|&goal| self.goals[goal].told.amounts.is_empty());
        }
        goals
    }

    fn measured_by(&self, index: usize, claim: &Claim, serves: Serves) -> Vec<usize> {
        let named: Vec<usize> = self
            .named(index, claim, Qualifier::Realism)
            .into_iter()
            .filter(|&goal| self.names_well(index, claim, goal))
            .collect();
        if !named.is_empty() {
            return named;
        }
        if serves == Serves::All {
            return self.list_before(index);
        }
        if self.names_a_metric(index, claim) {
            // A5: a goal without metric takes the one named before it, in the same unit.
            let goal = self.same_paragraph(index, claim, Qualifier::Realism, false);
            let unnamed = goal.filter(|&goal| {
                self.goals[goal].told.metric.is_none()
                    && self.goals[goal].told.names.is_empty()
                    && self.same_unit(index, claim, goal)
            });
            return unnamed.into_iter().collect();
        }
        let fits = |goal: &usize| self.same_unit(index, claim, *goal);
        if self.speaks_of_it(index, claim)
            && let Some(goal) = self
                .same_paragraph(index, claim, Qualifier::Realism, false)
                .filter(fits)
        {
            return vec![goal];
        }
        if let Some(goals) = self.chain(index) {
            return goals.into_iter().filter(fits).collect();
        }
        if self.passages[index].side != Side::Note {
            let goal = self
                .named_by_question(index)
                .or_else(|| self.latest_before(index));
            return goal
                .filter(|goal| fits(goal) && self.speaks_of_it(index, claim))
                .into_iter()
                .collect();
        }
        if matches!(self.passages[index].zone, Zone::Realism | Zone::Plan) {
            self.own_zone(index, claim, Qualifier::Realism)
        } else {
            Vec::new()
        }
    }

    /// Whether a claim's own words name a metric, but none of these goals'.
    fn measures_another(&self, index: usize, claim: &Claim, goals: &[usize]) -> bool {
        let text = &self.passages[index].piece.text;
        let metrics: Vec<String> = text
            .of(Class::Metric, text.tokens_in(claim.range.clone()))
            .map(|hit| {
                crate::target::canonical_metric(&text.words(hit).to_lowercase()).into_owned()
            })
            .collect();
        let behind = goals.iter().all(|&goal| {
            self.goals[goal].passage == index && claim.range.start >= self.goals[goal].range.end
        });
        let own = |goal: &usize| {
            let told = &self.goals[*goal].told;
            metrics.iter().any(|metric| {
                told.metric.as_ref() == Some(metric)
                    || told.names.iter().any(|name| metric.contains(name.as_str()))
            })
        };
        behind && !metrics.is_empty() && !goals.iter().any(own)
    }

    /// More than half of a goal's telling words, or its very metric.
    fn names_well(&self, index: usize, claim: &Claim, goal: usize) -> bool {
        let told = &self.goals[goal].told;
        let own = Named::of(&self.passages[index].piece, claim.range.start);
        let metric = (told.metric.as_ref()).is_some_and(|metric| own.metrics.contains(metric));
        let matched = told
            .names
            .iter()
            .filter(|name| own.words.iter().any(|word| same_word(word, name)))
            .count();
        let head = told
            .names
            .last()
            .is_some_and(|head| own.words.iter().any(|word| same_word(word, head)));
        metric
            || head
            || matched * 2 > told.names.len()
            || matched > 0 && self.same_unit(index, claim, goal)
    }

    fn same_unit(&self, index: usize, claim: &Claim, goal: usize) -> bool {
        let units = |text: &crate::text::Text,
                     range: Range<usize>|
         -> Vec<std::mem::Discriminant<crate::target::Unit>> {
            text.quantities_in(text.tokens_in(range))
                .map(|quantity| std::mem::discriminant(&quantity.unit))
                .collect()
        };
        let found = &self.goals[goal];
        let of_goal = units(
            &self.passages[found.passage].piece.text,
            found.range.clone(),
        );
        let text = &self.passages[index].piece.text;
        let own = units(text, sentence_of(text, claim.range.start));
        of_goal.is_empty() || own.is_empty() || own.iter().any(|unit| of_goal.contains(unit))
    }

    /// "Currently it is 98%", "around nine": the sentence points at what was said, at a past or present time.
    fn speaks_of_it(&self, index: usize, claim: &Claim) -> bool {
        let text = &self.passages[index].piece.text;
        let sentence = text.tokens_in(sentence_of(text, claim.range.start));
        let start = text.tokens_in(claim.range.clone()).start;
        text.has(Class::PastPeriod, sentence.clone())
            || text.has(Class::NowWord, sentence.clone())
            || sentence.len() <= 8
            || text.at(Class::Quantity, start).is_some()
            || [
                "it", "it's", "that", "that's", "this", "they", "they're", "we", "we're", "was",
                "from", "around", "about", "roughly", "best",
            ]
            .iter()
            .any(|word| text.is(start, word))
    }

    /// "How many people use the files?" asks for a size, not for a baseline, unless it names the goal.
    fn counts_something_else(&self, index: usize, claim: &Claim) -> bool {
        let text = &self.passages[index].piece.text;
        let start = text.tokens_in(claim.range.clone()).start;
        let counts = text.is(start, "how")
            && (text.is(start + 1, "many") || text.is(start + 1, "much"))
            || text.is(start, "what") && text.is(start + 1, "tools");
        counts && self.named(index, claim, Qualifier::Realism).is_empty()
    }

    /// A1: the goal of its sentence; a tail behind the last of several serves them all.
    fn same_sentence(&self, index: usize, claim: &Claim) -> Option<Vec<usize>> {
        let here = self.here(index);
        if here.is_empty() {
            return None;
        }
        let text = &self.passages[index].piece.text;
        let sentence = sentence_of(text, claim.range.start);
        let inside = |at: usize| here.partition_point(|(.., range)| range.start < at);
        let inside = &here[inside(sentence.start)..inside(sentence.end)];
        match inside.len() {
            0 => None,
            1 => Some(vec![inside[0].1]),
            _ => {
                let last = &inside[inside.len() - 1];
                if claim.range.start >= last.2.end {
                    let tail: Vec<usize> = inside.iter().map(|(_, goal, _)| *goal).collect();
                    let realism = matches!(
                        claim.says,
                        Says::Answer(Answer {
                            qualifier: Qualifier::Realism,
                            ..
                        })
                    );
                    return Some(if realism { vec![last.1] } else { tail });
                }
                let before = inside
                    .iter()
                    .rev()
                    .find(|(.., range)| range.start <= claim.range.start)
                    .unwrap_or(&inside[0]);
                Some(vec![before.1])
            }
        }
    }

    /// A2: nested items, other cells of the row, the section of a heading that is a goal.
    fn container(&self, index: usize, claim: &Claim) -> Option<Vec<usize>> {
        let mut at = self.passages[index].parent;
        while let Some(parent) = at {
            let here = self.here(parent as usize);
            if !here.is_empty() {
                let goals: Vec<usize> = here.iter().map(|(_, goal, _)| *goal).collect();
                if goals.len() > 1 {
                    let own = Named::of(&self.passages[index].piece, claim.range.start);
                    let named = self.named_in(own, &own.metrics, &Among::List(&goals));
                    return Some(if named.is_empty() { goals } else { named });
                }
                return Some(goals);
            }
            at = self.passages[parent as usize].parent;
        }
        let heading = self.heading[index]?;
        let here = self.here(heading);
        (!here.is_empty() && self.passages[index].section == self.passages[heading].section)
            .then(|| here.iter().map(|(_, goal, _)| *goal).collect())
    }

    /// A3: the goals that its sentence names by metric, value or number.
    fn named(&self, index: usize, claim: &Claim, qualifier: Qualifier) -> Vec<usize> {
        let own = Named::of(&self.passages[index].piece, claim.range.start);
        let among = match qualifier {
            Qualifier::Realism => Among::UpTo(self.passages[index].call),
            _ => Among::All,
        };
        self.named_in(own, &own.metrics, &among)
    }

    /// The goals that a sentence names best: by number, metric, telling words or value.
    fn named_in(&self, own: &Named, metrics: &[String], among: &Among) -> Vec<usize> {
        if !own.numbers.is_empty() {
            let goals: Vec<usize> = match among {
                Among::List(goals) => goals.to_vec(),
                _ => (0..self.goals.len())
                    .filter(|&goal| self.is_among(goal, among))
                    .collect(),
            };
            let numbered: Vec<usize> = own
                .numbers
                .iter()
                .filter(|&&number| number >= 1 && number <= goals.len())
                .map(|number| goals[number - 1])
                .collect();
            if goals.len() > 1 && !numbered.is_empty() {
                return numbered;
            }
        }
        let mut best = 0;
        let mut out = Vec::new();
        for (goal, score) in self.by_name.scores(own, metrics) {
            if score < best || !self.is_among(goal, among) {
                continue;
            }
            if score > best {
                best = score;
                out.clear();
            }
            out.push(goal);
        }
        out.sort_unstable();
        out
    }

    fn is_among(&self, goal: usize, among: &Among) -> bool {
        match among {
            Among::All => true,
            Among::UpTo(call) => self.passages[self.goals[goal].passage].call <= *call,
            Among::List(goals) => goals.contains(&goal),
        }
    }

    fn names_a_metric(&self, index: usize, claim: &Claim) -> bool {
        let text = &self.passages[index].piece.text;
        let tokens = text.tokens_in(sentence_of(text, claim.range.start));
        text.of(Class::Metric, tokens).any(|hit| {
            !matches!(
                text.words(hit).to_lowercase().as_str(),
                "days" | "hours" | "time" | "times" | "rate" | "growth"
            )
        })
    }

    /// A5: later sentences of the paragraph or turn serve the goal before them; earlier ones only realism.
    fn same_paragraph(
        &self,
        index: usize,
        claim: &Claim,
        qualifier: Qualifier,
        names_other: bool,
    ) -> Option<usize> {
        let passage = &self.passages[index];
        let same = |other: &Passage| match (passage.turn, other.turn) {
            (Some(turn), Some(other)) => turn == other,
            (None, None) => passage.paragraph == other.paragraph,
            _ => false,
        };
        if !names_other {
            for at in (0..=index).rev().take_while(|&at| same(&self.passages[at])) {
                let mut before = (self.here(at).iter().rev())
                    .filter(|(.., range)| at < index || range.start < claim.range.start);
                if let Some((_, goal, _)) = before.next() {
                    return Some(*goal);
                }
            }
        }
        if qualifier != Qualifier::Realism || matches!(claim.says, Says::Asks(_)) || names_other {
            return None;
        }
        for at in index..self.passages.len() {
            if !same(&self.passages[at]) {
                break;
            }
            let text = &passage.piece.text;
            let here = (self.here(at).iter())
                .find(|(.., range)| at > index || range.start > claim.range.end);
            if let Some((_, goal, range)) = here {
                let between = if at == index {
                    text.sentences
                        .iter()
                        .filter(|s| {
                            let b = text.bytes((*s).clone());
                            b.start > claim.range.start && b.start < range.start
                        })
                        .count()
                } else {
                    1
                };
                return (between <= 2).then_some(*goal);
            }
        }
        None
    }

    /// A4: a labelled line or evidence item that follows a goal at the same level.
    fn chain(&self, index: usize) -> Option<Vec<usize>> {
        let passage = &self.passages[index];
        if !passage.labelled && passage.form != Form::Item && passage.form != Form::Line {
            return None;
        }
        for at in (0..index).rev() {
            let before = &self.passages[at];
            let here = self.here(at);
            if !here.is_empty() {
                let goals: Vec<usize> = here.iter().map(|(_, goal, _)| *goal).collect();
                let near = before.section == passage.section || passage.labelled;
                return (near && before.depth <= passage.depth).then_some(if passage.labelled {
                    goals
                } else {
                    vec![*goals.last()?]
                });
            }
            if before.parent.is_some() {
                continue;
            }
            let evidence = before.labelled
                && !before.zone.is_goals()
                && before.zone != Zone::Nothing
                && before.zone != Zone::Prose;
            if !evidence && !self.reasons[at] {
                return None;
            }
        }
        None
    }

    fn latest_before(&self, index: usize) -> Option<usize> {
        let (_, goal, _) = self.here(self.latest[index]? as usize).last()?;
        Some(*goal)
    }

    fn list_before(&self, index: usize) -> Vec<usize> {
        let Some(last) = self.latest_before(index) else {
            return Vec::new();
        };
        let section = self.passages[self.goals[last].passage].section;
        self.by_section.get(&section).cloned().unwrap_or_default()
    }

    /// A6: an own qualifier zone serves all goals of its call; equally long numbered lists go in pairs; a value
    /// without metric serves the only goal of its unit.
    fn own_zone(&self, index: usize, claim: &Claim, qualifier: Qualifier) -> Vec<usize> {
        let all = self.goals_of_call(self.passages[index].call);
        if all.len() <= 1 {
            return all;
        }
        if let Some(pair) = self.paired(index, &all) {
            return vec![pair];
        }
        let named_metric = self.names_a_metric(index, claim);
        let answered = matches!(
            claim.says,
            Says::Answer(Answer {
                state: State::Answered,
                ..
            })
        );
        match qualifier {
            Qualifier::Realism if named_metric => Vec::new(),
            Qualifier::Realism if answered => {
                self.only_of_unit(index, claim, &all).into_iter().collect()
            }
            _ => all,
        }
    }

    /// The goals of a dated call; those of the one before where it states none.
    fn goals_of_call(&self, call: u32) -> Vec<usize> {
        let before = self.by_call.range(..=call).next_back();
        before.map_or_else(
            || (0..self.goals.len()).collect(),
            |(_, goals)| goals.clone(),
        )
    }

    fn paired(&self, index: usize, all: &[usize]) -> Option<usize> {
        let number = self.passages[index].number? as usize;
        let length = self.numbered[&self.passages[index].list];
        let numbered = all
            .iter()
            .all(|&goal| self.passages[self.goals[goal].passage].number.is_some());
        (numbered && length == all.len()).then(|| all[number - 1])
    }

    fn only_of_unit(&self, index: usize, claim: &Claim, all: &[usize]) -> Option<usize> {
        let text = &self.passages[index].piece.text;
        let unit = text
            .quantities_in(text.tokens_in(claim.range.clone()))
            .next()?
            .unit;
        let mut fit = all.iter().filter(|&&goal| {
            let found = &self.goals[goal];
            let text = &self.passages[found.passage].piece.text;
            text.quantities_in(text.tokens_in(found.range.clone()))
                .any(|quantity| quantity.unit == unit)
        });
        let only = fit.next()?;
        fit.next().is_none().then_some(*only)
    }

    /// A7: the goal that the question before an answer names.
    fn named_by_question(&self, index: usize) -> Option<usize> {
        let passage = &self.passages[index];
        let turn = passage.turn?;
        let question = (0..index)
            .rev()
            .take_while(|&at| {
                self.passages[at]
                    .turn
                    .is_some_and(|other| other + 1 >= turn)
            })
            .find(|&at| self.passages[at].turn != Some(turn))?;
        let piece = &self.passages[question].piece;
        let text = &piece.text;
        let last = text
            .sentences
            .iter()
            .rev()
            .find(|sentence| text.mark(sentence.end) == Some("?"))?;
        let own = Named::of(piece, text.bytes(last.clone()).start);
        let named = self.named_in(own, &[], &Among::All);
        (named.len() == 1).then(|| named[0])
    }

    /// A5: a sentence before a goal's that begins with "so", "hence" or "that's why" gives its reason.
    fn reason_before(&self, index: usize, claim: &Claim) -> Option<usize> {
        let text = &self.passages[index].piece.text;
        let own = text.sentence_at(claim.range.start)?;
        let follows = text
            .sentences
            .iter()
            .skip(own + 1)
            .take(2)
            .find(|sentence| {
                ["so", "hence", "therefore", "thus", "that's"]
                    .iter()
                    .any(|word| text.is(sentence.start, word))
                    || text.is(sentence.start, "that")
                        && text.is(sentence.start + 1, "is")
                        && text.is(sentence.start + 2, "why")
            })?;
        let bytes = text.bytes(follows.clone());
        (self.here(index).iter())
            .find(|(.., range)| bytes.contains(&range.start))
            .map(|(_, goal, _)| *goal)
    }
}

/// Which goals a sentence may mean.
enum Among<'a> {
    All,
    /// Those of the calls up to this one.
    UpTo(u32),
    List(&'a [usize]),
}

/// Goals by what names them.
struct ByName<'a> {
    /// Each telling word with its goals, by its first bytes: what [`same_word`] takes for equal agrees in them.
    names: FxHashMap<&'a [u8], Vec<(&'a str, Vec<usize>)>>,
    /// By amount.
    amounts: FxHashMap<&'a str, Vec<usize>>,
    /// By metric.
    metrics: FxHashMap<&'a str, Vec<usize>>,
    /// Room to count in: all zero between two questions.
    scores: RefCell<Vec<u32>>,
}

impl<'a> ByName<'a> {
    fn new(goals: &'a [Found]) -> ByName<'a> {
        let mut by = ByName {
            names: FxHashMap::default(),
            amounts: FxHashMap::default(),
            metrics: FxHashMap::default(),
            scores: RefCell::new(vec![0; goals.len()]),
        };
        for (index, goal) in goals.iter().enumerate() {
            for name in &goal.told.names {
                let names = by.names.entry(first_bytes(name)).or_default();
                match names.iter_mut().find(|(known, _)| known == name) {
                    Some((_, goals)) => goals.push(index),
                    None => names.push((name, vec![index])),
                }
            }
            for amount in goal.told.amounts.iter().filter(|amount| amount.len() > 1) {
                by.amounts.entry(amount).or_default().push(index);
            }
            if let Some(metric) = &goal.told.metric {
                by.metrics.entry(metric).or_default().push(index);
            }
        }
        by
    }

    /// How well a sentence names each goal that it names at all, in no order.
    fn scores(&self, own: &Named, metrics: &[String]) -> Vec<(usize, u32)> {
        let mut scores = self.scores.borrow_mut();
        let mut named = Vec::new();
        let mut count = |goals: &[usize], points: u32| {
            for &goal in goals {
                if scores[goal] == 0 {
                    named.push((goal, 0));
                }
                scores[goal] += points;
            }
        };
        let mut seen: Vec<&str> = Vec::new();
        for word in &own.words {
            let names = self.names.get(first_bytes(word)).into_iter().flatten();
            for (name, goals) in names.filter(|(name, _)| same_word(word, name)) {
                if !seen.contains(name) {
                    seen.push(name);
                    count(goals, 2);
                }
            }
            if let Some(goals) = self.amounts.get(&**word) {
                count(goals, 2);
            }
        }
        for metric in metrics {
            if let Some(goals) = self.metrics.get(metric.as_str()) {
                count(goals, 3);
            }
        }
        for (goal, score) in &mut named {
            *score = std::mem::take(&mut scores[*goal]);
        }
        named
    }
}

fn first_bytes(word: &str) -> &[u8] {
    &word.as_bytes()[..word.len().min(4)]
}

fn sentence_of(text: &crate::text::Text, at: usize) -> Range<usize> {
    text.sentence_at(at).map_or(0..text.plain.len(), |at| {
        text.bytes(text.sentences[at].clone())
    })
}

fn words(plain: &str) -> impl Iterator<Item = &str> {
    plain
        .split(|c: char| !(c.is_alphanumeric() || c == '.' || c == ',' || c == '%'))
        .map(|word| word.trim_matches(['.', ',', '%']))
        .filter(|word| !word.is_empty())
}

/// Equal but for a plural's or a verb's ending.
fn same_word(one: &str, two: &str) -> bool {
    one == two || {
        let (short, long) = if one.len() < two.len() {
            (one, two)
        } else {
            (two, one)
        };
        short.len() >= 4
            && long.starts_with(short)
            && matches!(
                &long[short.len()..],
                "s" | "es" | "ed" | "ing" | "'s" | "r" | "d"
            )
    }
}

/// The words that name a goal elsewhere: its nouns, without verbs, numbers and small words.
pub(crate) fn names(text: &crate::text::Text, range: Range<usize>) -> Vec<String> {
    const SMALL: &[&str] = &[
        "the", "a", "an", "of", "to", "by", "in", "on", "at", "for", "and", "or", "with", "from",
        "per", "under", "below", "above", "over", "within", "this", "that", "next", "year",
        "month", "week", "quarter", "day", "days", "hours", "weeks", "months", "end", "all", "new",
        "more", "less", "than", "least", "most", "no", "it", "its", "their", "them", "our", "us",
        "we", "be", "is", "are", "up", "down", "back", "out", "into", "before", "after", "without",
        "every", "each", "least", "rate", "time", "number", "one", "two", "first", "percent",
        "every", "only", "not", "his", "her", "they", "he", "she", "who", "which", "still",
        "people", "half", "minutes", "average",
    ];
    let tokens = text.tokens_in(range);
    let mut out = Vec::new();
    for at in tokens.clone() {
        let word = text.plain[text.tokens[at].range()].to_lowercase();
        let verb = [Class::ChangeVerb, Class::AttainVerb]
            .into_iter()
            .any(|class| text.at(class, at).is_some())
            && text.at(Class::Metric, at).is_none();
        let small = SMALL.contains(&word.as_str())
            || word.chars().count() < 2
            || !word.starts_with(char::is_alphabetic);
        let number = text.at(Class::Quantity, at).is_some()
            || text.at(Class::Date, at).is_some()
            || text.at(Class::NumberWord, at).is_some();
        if !verb && !small && !number && !out.contains(&word) {
            out.push(word);
        }
    }
    out
}
