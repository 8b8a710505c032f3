//! Which goal a value measures (rules Q7, M4): named by its metric, or "it" near a goal in the same unit.

use super::cascade::Scope;
use super::naming::{Named, same_word, sentence_of};
use crate::Qualifier;
use crate::claim::{Claim, Serves};
use crate::lexicon::Class;
use crate::target::Unit;
use crate::voice::Side;
use crate::zone::Zone;

impl Scope<'_> {
    /// Q7, M4: a value is realism only of the metric it is of: named, or "it" near the goal in the same unit.
    pub(super) fn compared(&self, index: usize, claim: &Claim, serves: Serves) -> Vec<usize> {
        let mut goals = self.measured_by(index, claim, serves);
        if claim.reason.why == "present status" {
            // Q7: a status answers only for a goal without number.
            goals.retain(|&goal| self.told(goal).amounts.is_empty());
        }
        goals
    }

    pub(super) fn measured_by(&self, index: usize, claim: &Claim, serves: Serves) -> Vec<usize> {
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
                self.told(goal).metric.is_none()
                    && self.told(goal).names.is_empty()
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
                .or_else(|| self.places.latest_before(index));
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
    pub(super) fn measures_another(&self, index: usize, claim: &Claim, goals: &[usize]) -> bool {
        let text = &self.passages[index].piece.text;
        let metrics: Vec<String> = text
            .of(Class::Metric, text.tokens_in(claim.range.clone()))
            .map(|hit| {
                crate::target::canonical_metric(&text.words(hit).to_lowercase()).into_owned()
            })
            .collect();
        let behind = goals.iter().all(|&goal| {
            self.end_at(goal, index)
                .is_some_and(|end| claim.range.start >= end)
        });
        let own = |goal: &usize| {
            let told = self.told(*goal);
            metrics.iter().any(|metric| {
                told.metric.as_ref() == Some(metric)
                    || told.names.iter().any(|name| metric.contains(name.as_str()))
            })
        };
        behind && !metrics.is_empty() && !goals.iter().any(own)
    }

    /// More than half of a goal's telling words, or its very metric.
    pub(super) fn names_well(&self, index: usize, claim: &Claim, goal: usize) -> bool {
        let told = self.told(goal);
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

    pub(super) fn same_unit(&self, index: usize, claim: &Claim, goal: usize) -> bool {
        let kind = |unit: &Unit| std::mem::discriminant(unit);
        let of_goal = self.units_of(goal);
        let text = &self.passages[index].piece.text;
        let mut own = text
            .quantities_in(text.tokens_in(sentence_of(text, claim.range.start)))
            .map(|quantity| kind(&quantity.unit))
            .peekable();
        of_goal.is_empty()
            || own.peek().is_none()
            || own.any(|unit| of_goal.iter().any(|of| kind(of) == unit))
    }

    /// "Currently it is 98%", "around nine": the sentence points at what was said, at a past or present time.
    pub(super) fn speaks_of_it(&self, index: usize, claim: &Claim) -> bool {
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
    pub(super) fn counts_something_else(&self, index: usize, claim: &Claim) -> bool {
        let text = &self.passages[index].piece.text;
        let start = text.tokens_in(claim.range.clone()).start;
        let counts = text.is(start, "how")
            && (text.is(start + 1, "many") || text.is(start + 1, "much"))
            || text.is(start, "what") && text.is(start + 1, "tools");
        counts && self.named(index, claim, Qualifier::Realism).is_empty()
    }

    pub(super) fn names_a_metric(&self, index: usize, claim: &Claim) -> bool {
        let text = &self.passages[index].piece.text;
        let tokens = text.tokens_in(sentence_of(text, claim.range.start));
        text.of(Class::Metric, tokens).any(|hit| {
            !matches!(
                text.words(hit).to_lowercase().as_str(),
                "days" | "hours" | "time" | "times" | "rate" | "growth"
            )
        })
    }

    pub(super) fn only_of_unit(&self, index: usize, claim: &Claim, all: &[usize]) -> Option<usize> {
        let text = &self.passages[index].piece.text;
        let unit = text
            .quantities_in(text.tokens_in(claim.range.clone()))
            .next()?
            .unit;
        let mut fit = all
            .iter()
            .filter(|&&goal| self.units_of_many(goal).contains(&unit));
        let only = fit.next()?;
        fit.next().is_none().then_some(*only)
    }
}
