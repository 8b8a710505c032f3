//! The cascade of scope: for one claim the first rule that fits says which goals it serves.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Found;
use super::naming::ByName;
use crate::claim::{Answer, Claim, Says, Serves};
use crate::outline::{Form, Passage};
use crate::voice::Side;
use crate::zone::Zone;
use crate::{Qualifier, State};

pub(super) struct Scope<'a> {
    pub(super) passages: &'a [Passage],
    pub(super) goals: &'a [Found],
    /// Goals by the passage that states (or repeats) them, in order of place.
    pub(super) stated: Vec<(usize, usize, Range<usize>)>,
    /// The part of `stated` that is of a passage.
    pub(super) at: Vec<(u32, u32)>,
    /// The nearest passage up to each that states a goal.
    pub(super) latest: Vec<Option<u32>>,
    pub(super) by_name: ByName<'a>,
    pub(super) by_section: FxHashMap<u32, Vec<usize>>,
    pub(super) by_call: BTreeMap<u32, Vec<usize>>,
    /// How many numbered items a list has.
    pub(super) numbered: FxHashMap<Option<u32>, usize>,
    /// Nearest heading passage before each passage, by section.
    pub(super) heading: Vec<Option<usize>>,
    /// Which passages hold a reason or a consequence.
    pub(super) reasons: Vec<bool>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(passages: &'a [Passage], goals: &'a [Found]) -> Scope<'a> {
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
    pub(super) fn here(&self, passage: usize) -> &[(usize, usize, Range<usize>)] {
        let (start, end) = self.at[passage];
        &self.stated[start as usize..end as usize]
    }

    pub(super) fn serves(
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
    pub(super) fn with_label_mates(&self, index: usize, goal: usize) -> Vec<usize> {
        let stated = self.goals[goal].passage;
        if self.passages[index].labelled && self.passages[stated].labelled && stated != index {
            return self.here(stated).iter().map(|(_, goal, _)| *goal).collect();
        }
        vec![goal]
    }

    pub(super) fn latest_before(&self, index: usize) -> Option<usize> {
        let (_, goal, _) = self.here(self.latest[index]? as usize).last()?;
        Some(*goal)
    }

    pub(super) fn list_before(&self, index: usize) -> Vec<usize> {
        let Some(last) = self.latest_before(index) else {
            return Vec::new();
        };
        let section = self.passages[self.goals[last].passage].section;
        self.by_section.get(&section).cloned().unwrap_or_default()
    }
}
