//! Text that stands under a qualifier's label, or answers its question: something stands there, so it is at least
//! vague. What the label does not announce counts only with substance.

use std::ops::Range;

use super::{Label, Reader, realism};
use crate::claim::{Says, Serves};
use crate::lexicon::Class;
use crate::substance::{Substance, substance};
use crate::{Qualifier, Reason, State, Vagueness};

impl Reader<'_> {
    /// What the surroundings say that the sentence answers.
    pub(super) fn labels(&self, sentence: &Range<usize>) -> Vec<Qualifier> {
        use Qualifier::{CostOfInaction, Importance, Realism};
        let loss = || {
            [
                Class::Miss,
                Class::Otherwise,
                Class::Loss,
                Class::Harm,
                Class::LoseSomething,
            ]
            .iter()
            .any(|&class| self.text.has(class, sentence.clone()))
        };
        match self.context.label {
            Label::Importance => vec![Importance],
            Label::Cost => vec![CostOfInaction],
            Label::Realism | Label::Plan => vec![Realism],
            Label::Mixed if loss() => vec![CostOfInaction],
            Label::Mixed => vec![Importance],
            Label::WhyAndCost if loss() || self.text.has(Class::Dodging, sentence.clone()) => {
                vec![Importance, CostOfInaction]
            }
            Label::WhyAndCost => vec![Importance],
            Label::None => self.answers.into_iter().collect(),
        }
    }

    /// Text that stands under a label, or answers a question.
    pub(super) fn labelled(&mut self, tokens: Range<usize>, qualifiers: &[Qualifier]) {
        let mut from_clauses = false;
        for &qualifier in qualifiers {
            if self.text.has(Class::NoAnswer, tokens.clone())
                && !self.text.has(Class::Quantity, tokens.clone())
            {
                self.push(
                    tokens.clone(),
                    Says::Asks(qualifier),
                    Reason {
                        rule: "D8",
                        why: "no answer was given",
                    },
                );
                continue;
            }
            let found = match qualifier {
                _ if self.points(&tokens) => Substance::answered("D12", "what it points to"),
                Qualifier::CostOfInaction if self.gets_there(&tokens) => {
                    Substance::against("they get there as they are")
                }
                Qualifier::Importance if self.is_event_label() => {
                    self.event(&tokens);
                    continue;
                }
                Qualifier::Realism => {
                    let plan = self.context.label == Label::Plan;
                    let found = realism::labelled(self.text, tokens.clone(), plan);
                    // Below a heading stands much that is no value of a goal: there the clauses tell.
                    let heading = self.context.zone && self.answers.is_none() && !plan;
                    if heading
                        && (found.state == State::Answered && !found.against
                            || found.reason.why == realism::NO_VALUE)
                    {
                        from_clauses = true;
                        continue;
                    }
                    found
                }
                _ => substance(self.text, tokens.clone(), qualifier, &self.goals),
            };
            self.answer(tokens.clone(), qualifier, found, Serves::Near);
        }
        let before = self.out.len();
        self.prose(tokens);
        // What the label does not announce counts only with substance.
        let mut at = before;
        while at < self.out.len() {
            let keep = match self.out[at].says {
                Says::Answer(answer) => {
                    answer.state == State::Answered
                        && !answer.against
                        && (!qualifiers.contains(&answer.qualifier) || from_clauses)
                        && !(answer.qualifier == Qualifier::Importance
                            && qualifiers == [Qualifier::CostOfInaction])
                        // "If missed: 10% RIF": a value without a time is no baseline there.
                        && !(answer.qualifier == Qualifier::Realism
                            && !qualifiers.contains(&Qualifier::Realism)
                            && self.out[at].reason.why == realism::BARE)
                }
                _ => false,
            };
            if keep {
                at += 1;
            } else {
                self.out.remove(at);
            }
        }
    }

    /// "see above", "same as 2" (D12).
    fn points(&self, tokens: &Range<usize>) -> bool {
        tokens.len() <= 6
            && self
                .text
                .of(Class::Pointer, tokens.clone())
                .any(|hit| hit.start <= tokens.start + 1)
    }

    /// "Could they get there with more of the same? Yes" (Q4).
    fn gets_there(&self, tokens: &Range<usize>) -> bool {
        let but = |at: usize| {
            ["but", "if", "though", "only"]
                .iter()
                .any(|word| self.text.is(at, word))
        };
        let label = 0..self.first;
        let status_quo = label.clone().any(|at| self.text.is(at, "status"))
            || self.text.has(Class::AskAsItIs, label);
        (self.as_it_is || self.context.label == Label::Cost && status_quo)
            && self.text.at(Class::Confirms, tokens.start).is_some()
            && !tokens.clone().any(but)
    }

    /// "Critical event:", "Compelling event:".
    fn is_event_label(&self) -> bool {
        self.context.label == Label::Importance
            && (0..self.first).any(|at| self.text.is(at, "event"))
    }

    /// What stands under an event's label (D15): an event or a date alone only says when; what happens there is a
    /// cost, what it makes possible is importance.
    fn event(&mut self, tokens: &Range<usize>) {
        let cut = tokens
            .clone()
            .find(|&at| matches!(self.text.mark(at), Some("," | ";" | "->" | "–" | "(" | ":")));
        let rest = self.trim(cut.map_or(tokens.end, |cut| cut + 1)..tokens.end);
        let deadline = Substance::vague("D15", "an event as a deadline", Vagueness::Generic);
        if rest.is_empty() {
            let whole = substance(
                self.text,
                tokens.clone(),
                Qualifier::Importance,
                &self.goals,
            );
            let tied = [Class::Tie, Class::Commit, Class::Stake, Class::ActVerb]
                .iter()
                .any(|&class| self.text.has(class, tokens.clone()));
            let found = if tied { whole } else { deadline };
            return self.answer(tokens.clone(), Qualifier::Importance, found, Serves::Near);
        }
        let enables = self.text.has(Class::ActVerb, rest.clone());
        let qualifier = match enables {
            true => Qualifier::Importance,
            false => Qualifier::CostOfInaction,
        };
        if !enables {
            self.answer(
                tokens.clone(),
                Qualifier::Importance,
                deadline,
                Serves::Near,
            );
        }
        let found = substance(self.text, rest.clone(), qualifier, &self.goals);
        if found.state == State::Answered {
            self.answer(rest, qualifier, found, Serves::Near);
        }
    }
}
