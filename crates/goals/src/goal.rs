//! A goal, and what the note says of its qualifiers.

use std::ops::Range;

use crate::{Qualifier, Target};

/// A goal that the note states.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// Its words, as bytes in the document (rule G8). May run over a line's end.
    pub range: Range<usize>,
    /// Where it stands; decides how loudly a missing qualifier is told.
    pub zone: Zone,
    /// Index in [`syntax::Document::blocks`] of the leaf block that states it.
    pub block: usize,
    /// In a table: the cells of its row (bytes, without the blanks around the text; empty where the cell
    /// is empty) that belong to each qualifier's column.
    pub cells: [Option<Range<usize>>; 3],
    /// What the note says of each qualifier, in the order of [`crate::QUALIFIERS`].
    pub verdicts: [Verdict; 3],
    /// The target, as far as the words tell.
    pub target: Option<Target>,
    /// Which rule made it a goal.
    pub reason: Reason,
}

impl Goal {
    /// What the note says of one qualifier.
    pub fn verdict(&self, qualifier: Qualifier) -> &Verdict {
        &self.verdicts[qualifier.index()]
    }

    /// Whether nothing is left to ask: all three are answered.
    pub fn is_qualified(&self) -> bool {
        self.verdicts
            .iter()
            .all(|verdict| verdict.state == State::Answered)
    }
}

/// Where a goal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Zone {
    /// Under a heading, label, callout or tag that announces goals (rules P2, P3).
    Goals,
    /// Anywhere else.
    Prose,
}

/// How well a qualifier is answered; ordered, the best evidence wins (rule Q1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum State {
    /// Nothing in the note speaks to it.
    #[default]
    Missing,
    /// The question stands there, without an answer.
    Asked,
    /// An answer without substance.
    Vague,
    /// An answer with substance.
    Answered,
}

impl State {
    /// Its name in the report.
    pub fn id(self) -> &'static str {
        ["missing", "asked", "vague", "answered"][self as usize]
    }
}

/// What the note says of one qualifier of one goal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// The best of the evidence.
    pub state: State,
    /// The answer speaks against the goal ("nothing happens if they miss"): rule Q4.
    pub against: bool,
    /// It is missing, but the learned reader is not sure of that, or of the goal.
    pub doubted: bool,
    /// What is vague about it, where it is: chooses the sharper question.
    pub vagueness: Option<Vagueness>,
    /// What supports the state, best first. Empty when missing.
    pub evidence: Vec<Evidence>,
}

/// A passage that speaks to a qualifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Bytes in the document.
    pub range: Range<usize>,
    /// What it says of the qualifier.
    pub state: State,
    /// Which rule took it.
    pub reason: Reason,
}

/// Why an answer has no substance (section 1.2 of the guide).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Vagueness {
    /// Only a feeling: "the CEO would be unhappy".
    Feeling,
    /// A reason that fits every goal: "to be more efficient".
    Generic,
    /// Desire or rank only: "top priority".
    Desire,
    /// "We'd miss the number."
    Circular,
    /// "Probably cuts."
    Hedge,
    /// "Lose customers": how many?
    NoNumber,
    /// "TBD", "good question".
    Dodge,
    /// A belief or a plan instead of a comparison.
    BeliefOrPlan,
}

/// What decided: the rule's name in the guide, and in what sense it applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reason {
    /// `G4`, `A6`.
    pub rule: &'static str,
    /// A few words: `outcome in a Goals zone`.
    pub why: &'static str,
}
