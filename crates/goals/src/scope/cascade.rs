//! The cascade of scope: for one claim the first rule that fits says which goals it serves.

use std::cell::RefCell;

use super::naming::{ByName, Marks, Named};
use super::places::Places;
use super::{Found, Known, Served, Told};
use crate::claim::{Answer, Claim, Says, Serves};
use crate::outline::Passage;
use crate::target::Unit;
use crate::voice::Side;
use crate::zone::Zone;
use crate::{Qualifier, State};

/// A note with its goals, to be asked what a claim serves.
pub(super) struct Scope<'a> {
    pub(super) passages: &'a [Passage],
    goals: &'a [Found],
    pub(super) places: &'a Places,
    pub(super) by_name: &'a ByName,
    /// Which passages hold a reason or a consequence.
    pub(super) reasons: &'a [bool],
    /// What was looked at for the claim in question.
    looked: RefCell<Looked>,
}

/// What an answer hangs on beside places: whose words were looked at.
#[derive(Debug, Clone, Default)]
pub(super) struct Looked {
    /// Goals whose words were looked at.
    pub(super) goals: Vec<usize>,
    /// Whether the units of many were.
    pub(super) units: bool,
    /// By what words goals were looked for.
    pub(super) words: Marks,
}

impl<'a> Scope<'a> {
    pub(super) fn new(known: &Known<'a>, by_name: &'a ByName, reasons: &'a [bool]) -> Scope<'a> {
        Scope {
            passages: known.passages,
            goals: known.goals,
            places: known.places,
            by_name,
            reasons,
            looked: RefCell::default(),
        }
    }

    /// The goals that a claim of a passage serves.
    pub(super) fn served(&self, index: usize, claim: &Claim) -> Served {
        let goals = match claim.says {
            Says::Outcome => Vec::new(),
            Says::Answer(answer) => self.serves(index, claim, answer.qualifier, Some(answer)),
            Says::Asks(qualifier) => self.serves(index, claim, qualifier, None),
        };
        let looked = self.looked.take();
        Served { goals, looked }
    }

    /// What a goal's words tell.
    pub(super) fn told(&self, goal: usize) -> &'a Told {
        self.looked.borrow_mut().goals.push(goal);
        &self.goals[goal].told
    }

    /// The units of a goal's amounts.
    pub(super) fn units_of(&self, goal: usize) -> &'a [Unit] {
        &self.told(goal).units
    }

    /// The units of one of many goals.
    pub(super) fn units_of_many(&self, goal: usize) -> &'a [Unit] {
        self.looked.borrow_mut().units = true;
        &self.goals[goal].told.units
    }

    /// Goals are looked for by the words of a sentence.
    pub(super) fn look_for(&self, named: &Named) {
        self.looked.borrow_mut().words.add(named.marks);
    }

    /// The passage that states a goal first.
    pub(super) fn stated(&self, goal: usize) -> &'a Passage {
        &self.passages[self.goals[goal].passage]
    }

    /// Where a goal's words end, if it is this passage that states it first.
    pub(super) fn end_at(&self, goal: usize, passage: usize) -> Option<usize> {
        let found = &self.goals[goal];
        (found.passage == passage).then_some(found.range.end)
    }

    /// The passage that states a goal first.
    pub(super) fn place_of(&self, goal: usize) -> usize {
        self.goals[goal].passage
    }

    /// A goal's own words.
    pub(super) fn words_of(&self, goal: usize) -> &'a str {
        let found = &self.goals[goal];
        &self.stated(goal).piece.text.plain[found.range.clone()]
    }

    pub(super) fn count(&self) -> usize {
        self.goals.len()
    }

    fn serves(
        &self,
        index: usize,
        claim: &Claim,
        qualifier: Qualifier,
        answer: Option<Answer>,
    ) -> Vec<usize> {
        if self.count() == 0 {
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
            return self.places.latest_before(index).into_iter().collect();
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
            return self.goals_at(stated);
        }
        vec![goal]
    }

    /// The goals that a passage states, in order of place.
    pub(super) fn goals_at(&self, passage: usize) -> Vec<usize> {
        let here = self.places.here(passage).iter();
        here.map(|place| place.goal).collect()
    }

    /// The goals of the list that stands before a passage.
    pub(super) fn list_before(&self, index: usize) -> Vec<usize> {
        let last = self.places.latest_before(index);
        last.map_or_else(Vec::new, |last| {
            self.places.of_section(self.stated(last).section)
        })
    }
}
