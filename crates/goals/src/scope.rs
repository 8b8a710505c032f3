//! Which goal gets which evidence (rules A1 to A8; the first that fits).

use std::collections::HashMap;
use std::ops::Range;

use crate::claim::{Answer, Claim, Says, Serves};
use crate::lexicon::Class;
use crate::outline::{Form, Passage};
use crate::voice::Side;
use crate::zone::Zone;
use crate::{Evidence, Qualifier, Reason, State, Verdict};

/// A goal on its way to the report.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) passage: usize,
    /// Bytes of the passage's text.
    pub(crate) range: Range<usize>,
    pub(crate) reason: Reason,
    /// Places where it is said again: (passage, range).
    pub(crate) echoes: Vec<(usize, Range<usize>)>,
    /// Telling words, in lower case: what names it elsewhere.
    pub(crate) names: Vec<String>,
    /// Its amounts, as written.
    pub(crate) amounts: Vec<String>,
    /// Its metric, by the name that all its spellings share.
    pub(crate) metric: Option<String>,
}

/// Attaches evidence to goals. `claims`: per passage.
pub(crate) fn attach(
    passages: &[Passage],
    goals: &[Found],
    claims: &[Vec<Claim>],
) -> Vec<Attached> {
    let mut attached: Vec<Attached> = goals.iter().map(|_| Attached::default()).collect();
    let scope = Scope::new(passages, goals);
    for (index, claims) in claims.iter().enumerate() {
        for claim in claims {
            let (qualifier, state, answer) = match claim.says {
                Says::Outcome => continue,
                Says::Answer(answer) => (answer.qualifier, answer.state, Some(answer)),
                Says::Asks(qualifier) => (qualifier, State::Asked, None),
            };
            let passage = &passages[index];
            let range = passage.piece.source(claim.range.clone(), passage.start);
            for goal in scope.serves(index, claim, qualifier, answer) {
                let evidence = Evidence {
                    range: range.clone(),
                    state,
                    reason: claim.reason,
                };
                add(
                    &mut attached[goal].verdicts[qualifier.index()],
                    evidence,
                    answer,
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

/// What a note says of one goal.
#[derive(Debug, Default)]
pub(crate) struct Attached {
    pub(crate) verdicts: [Verdict; 3],
    /// The texts that answer its realism.
    pub(crate) realism: Vec<String>,
}

/// Q1: the best of all evidence decides.
fn add(verdict: &mut Verdict, evidence: Evidence, answer: Option<Answer>) {
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
        if !verdict
            .evidence
            .iter()
            .any(|known| known.range == evidence.range)
        {
            verdict.evidence.push(evidence);
        }
    }
}

struct Scope<'a> {
    passages: &'a [Passage],
    goals: &'a [Found],
    /// Goals by the passage that states (or repeats) them, in order of place.
    at: HashMap<usize, Vec<(usize, Range<usize>)>>,
    /// Nearest heading passage before each passage, by section.
    heading: Vec<Option<usize>>,
}

impl<'a> Scope<'a> {
    fn new(passages: &'a [Passage], goals: &'a [Found]) -> Scope<'a> {
        let mut at: HashMap<usize, Vec<(usize, Range<usize>)>> = HashMap::new();
        for (index, goal) in goals.iter().enumerate() {
            at.entry(goal.passage)
                .or_default()
                .push((index, goal.range.clone()));
            for (passage, range) in &goal.echoes {
                at.entry(*passage).or_default().push((index, range.clone()));
            }
        }
        for list in at.values_mut() {
            list.sort_by_key(|(_, range)| range.start);
        }
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
            at,
            heading,
        }
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
            return goals;
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
        // A3
        let named = self.named(index, claim, qualifier);
        if !named.is_empty() {
            return named;
        }
        if serves == Serves::All {
            let all = self.list_before(index);
            if !all.is_empty() {
                return all;
            }
        }
        if let Some(goal) = self.named_by_question(index) {
            return vec![goal];
        }
        let names_other = qualifier == Qualifier::Realism
            && self.names_a_metric(index, claim)
            && answer.is_some();
        // A5
        if let Some(goal) = self.same_paragraph(index, claim, qualifier, names_other) {
            return vec![goal];
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

    /// Q7, M4: a value is realism only of the metric it is of: named, or "it" near the goal in the same unit.
    fn compared(&self, index: usize, claim: &Claim, serves: Serves) -> Vec<usize> {
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
            return Vec::new();
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

    /// More than half of a goal's telling words, or its very metric.
    fn names_well(&self, index: usize, claim: &Claim, goal: usize) -> bool {
        let text = &self.passages[index].piece.text;
        let sentence = sentence_of(text, claim.range.start);
        let found = &self.goals[goal];
        let metric = found.metric.as_deref().is_some_and(|metric| {
            text.of(Class::Metric, text.tokens_in(sentence.clone()))
                .any(|hit| {
                    crate::target::canonical_metric(&text.words(hit).to_lowercase()) == metric
                })
        });
        let plain = text.plain[sentence].to_lowercase();
        let matched = found
            .names
            .iter()
            .filter(|name| words(&plain).any(|word| same_word(word, name)))
            .count();
        metric
            || matched * 2 > found.names.len()
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
        let here = self.at.get(&index)?;
        let text = &self.passages[index].piece.text;
        let sentence = sentence_of(text, claim.range.start);
        let inside: Vec<&(usize, Range<usize>)> = here
            .iter()
            .filter(|(_, range)| sentence.start <= range.start && range.start < sentence.end)
            .collect();
        match inside.len() {
            0 => None,
            1 => Some(vec![inside[0].0]),
            _ => {
                let last = inside[inside.len() - 1];
                if claim.range.start >= last.1.end {
                    let tail: Vec<usize> = inside.iter().map(|(goal, _)| *goal).collect();
                    let realism = matches!(
                        claim.says,
                        Says::Answer(Answer {
                            qualifier: Qualifier::Realism,
                            ..
                        })
                    );
                    return Some(if realism { vec![last.0] } else { tail });
                }
                let before = inside
                    .iter()
                    .rev()
                    .find(|(_, range)| range.start <= claim.range.start)
                    .unwrap_or(&inside[0]);
                Some(vec![before.0])
            }
        }
    }

    /// A2: nested items, other cells of the row, the section of a heading that is a goal.
    fn container(&self, index: usize, claim: &Claim) -> Option<Vec<usize>> {
        let mut at = self.passages[index].parent;
        while let Some(parent) = at {
            if let Some(here) = self.at.get(&(parent as usize)) {
                let goals: Vec<usize> = here.iter().map(|(goal, _)| *goal).collect();
                if goals.len() > 1 {
                    let named = self.named_among(index, claim, &goals);
                    return Some(if named.is_empty() { goals } else { named });
                }
                return Some(goals);
            }
            at = self.passages[parent as usize].parent;
        }
        let heading = self.heading[index]?;
        let here = self.at.get(&heading)?;
        (self.passages[index].section == self.passages[heading].section)
            .then(|| here.iter().map(|(goal, _)| *goal).collect())
    }

    /// A3: the goals that its sentence names by metric, value or number.
    fn named(&self, index: usize, claim: &Claim, qualifier: Qualifier) -> Vec<usize> {
        let call = self.passages[index].call;
        let all: Vec<usize> = (0..self.goals.len())
            .filter(|&goal| {
                self.passages[self.goals[goal].passage].call <= call
                    || qualifier != Qualifier::Realism
            })
            .collect();
        self.named_among(index, claim, &all)
    }

    fn named_among(&self, index: usize, claim: &Claim, goals: &[usize]) -> Vec<usize> {
        let text = &self.passages[index].piece.text;
        let sentence = sentence_of(text, claim.range.start);
        let metrics: Vec<String> = text
            .of(Class::Metric, text.tokens_in(sentence.clone()))
            .map(|hit| {
                crate::target::canonical_metric(&text.words(hit).to_lowercase()).into_owned()
            })
            .collect();
        self.named_in(&text.plain[sentence].to_lowercase(), &metrics, goals)
    }

    /// The goals that a sentence names best: by number, metric, telling words or value.
    fn named_in(&self, plain: &str, metrics: &[String], goals: &[usize]) -> Vec<usize> {
        let own: Vec<&str> = words(plain).collect();
        let numbered: Vec<usize> = goal_numbers(plain)
            .into_iter()
            .filter(|&number| number >= 1 && number <= goals.len())
            .map(|number| goals[number - 1])
            .collect();
        if goals.len() > 1 && !numbered.is_empty() {
            return numbered;
        }
        let mut best = 0;
        let mut out = Vec::new();
        for &goal in goals {
            let found = &self.goals[goal];
            let names = found
                .names
                .iter()
                .filter(|name| own.iter().any(|word| same_word(word, name)))
                .count();
            let amounts = found
                .amounts
                .iter()
                .filter(|amount| amount.len() > 1 && own.contains(&amount.as_str()))
                .count();
            let metric = usize::from(
                found
                    .metric
                    .as_deref()
                    .is_some_and(|metric| metrics.iter().any(|own| own == metric)),
            );
            let score = names * 2 + amounts * 2 + metric * 3;
            if score > best {
                best = score;
                out = vec![goal];
            } else if score == best && score > 0 {
                out.push(goal);
            }
        }
        out
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
                let before = self
                    .at
                    .get(&at)
                    .into_iter()
                    .flatten()
                    .filter(|(_, range)| at < index || range.start < claim.range.start);
                if let Some((goal, _)) = before.last() {
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
            let here = self
                .at
                .get(&at)
                .into_iter()
                .flatten()
                .find(|(_, range)| at > index || range.start > claim.range.end);
            if let Some((goal, range)) = here {
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
            if let Some(here) = self.at.get(&at) {
                let goals: Vec<usize> = here.iter().map(|(goal, _)| *goal).collect();
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
            if !evidence {
                return None;
            }
        }
        None
    }

    fn latest_before(&self, index: usize) -> Option<usize> {
        (0..=index).rev().find_map(|at| {
            self.at
                .get(&at)
                .and_then(|here| here.last())
                .map(|(goal, _)| *goal)
        })
    }

    fn list_before(&self, index: usize) -> Vec<usize> {
        let last = match self.latest_before(index) {
            Some(goal) => goal,
            None => return Vec::new(),
        };
        let section = self.passages[self.goals[last].passage].section;
        (0..self.goals.len())
            .filter(|&goal| self.passages[self.goals[goal].passage].section == section)
            .collect()
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
        let of = |call: u32| -> Vec<usize> {
            (0..self.goals.len())
                .filter(|&goal| self.passages[self.goals[goal].passage].call == call)
                .collect()
        };
        (0..=call)
            .rev()
            .map(of)
            .find(|goals| !goals.is_empty())
            .unwrap_or_else(|| (0..self.goals.len()).collect())
    }

    fn paired(&self, index: usize, all: &[usize]) -> Option<usize> {
        let number = self.passages[index].number? as usize;
        let length = self
            .passages
            .iter()
            .filter(|other| other.list == self.passages[index].list && other.number.is_some())
            .count();
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
        let text = &self.passages[question].piece.text;
        let all: Vec<usize> = (0..self.goals.len()).collect();
        let last = text
            .sentences
            .iter()
            .rev()
            .find(|sentence| text.mark(sentence.end) == Some("?"))?;
        let named = self.named_in(
            &text.plain[text.bytes(last.clone())].to_lowercase(),
            &[],
            &all,
        );
        (named.len() == 1).then(|| named[0])
    }

    /// A5: a sentence before a goal's that begins with "so", "hence" or "that's why" gives its reason.
    fn reason_before(&self, index: usize, claim: &Claim) -> Option<usize> {
        let text = &self.passages[index].piece.text;
        let own = text
            .sentences
            .iter()
            .position(|sentence| text.bytes(sentence.clone()).contains(&claim.range.start))?;
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
        self.at
            .get(&index)?
            .iter()
            .find(|(_, range)| bytes.contains(&range.start))
            .map(|(goal, _)| *goal)
    }
}

fn sentence_of(text: &crate::text::Text, at: usize) -> Range<usize> {
    text.sentences
        .iter()
        .map(|sentence| text.bytes(sentence.clone()))
        .find(|range| range.start <= at && at < range.end)
        .unwrap_or(0..text.plain.len())
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

/// "(2)", "#2", "goal 2", "goals 1 and 3": the goals that a sentence names by number.
fn goal_numbers(plain: &str) -> Vec<usize> {
    let lead = plain.trim_start();
    let digit = |rest: &str| -> Option<usize> {
        let mut chars = rest.chars();
        let number = chars.next()?.to_digit(10)? as usize;
        let ends = !chars
            .next()
            .is_some_and(|c| c.is_alphanumeric() || c == '%' || c == '.' || c == ',' || c == '/');
        ends.then_some(number)
    };
    for open in ["(", "#", "g", "no. ", "number "] {
        if let Some(number) = lead.strip_prefix(open).and_then(digit) {
            return vec![number];
        }
    }
    for word in [
        "goal ",
        "goals ",
        "goal #",
        "number ",
        "objective ",
        "target ",
    ] {
        let Some(at) = plain.find(word) else { continue };
        let rest = &plain[at + word.len()..];
        if let Some(first) = digit(rest) {
            let second = rest[1..].strip_prefix(" and ").and_then(digit);
            return std::iter::once(first).chain(second).collect();
        }
    }
    Vec::new()
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
