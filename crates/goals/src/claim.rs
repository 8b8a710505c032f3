//! What a sentence says: the one typed answer, whoever gives it. The phrases give it now; a learned reader can
//! give the same kind of answer. Structure, scope, vetoes and states are decided on top of it.

use std::ops::Range;

use crate::{Qualifier, Reason, State, Vagueness};

/// One thing that a sentence says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Claim {
    /// Where it says so: bytes of the plain text.
    pub(crate) range: Range<usize>,
    /// What it says.
    pub(crate) says: Says,
    /// How certain the reading is, 0 to 1. Phrases are sure of themselves; a learned reader is not.
    pub(crate) certainty: f32,
    /// What decided.
    pub(crate) reason: Reason,
}

/// The kinds of claims.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Says {
    /// A future state that they want: a goal, unless a veto strikes.
    Outcome,
    /// An answer to a qualifier's question.
    Answer(Answer),
    /// A question of a qualifier, or a note that it was not answered, with no answer in the same claim.
    Asks(Qualifier),
}

/// How well a passage answers a qualifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) qualifier: Qualifier,
    /// `Vague` or `Answered`.
    pub(crate) state: State,
    /// It speaks against the goal (Q4).
    pub(crate) against: bool,
    /// Why it is vague, where it is.
    pub(crate) vagueness: Option<Vagueness>,
    /// Which goals it may serve beyond the one it belongs to by place.
    pub(crate) serves: Serves,
}

/// Hints on scope that the words themselves give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Serves {
    /// The goal it belongs to by its place (rules A1 to A8).
    Near,
    /// "these", "both", "all of them", "the plan": all goals of the list before it (A4).
    All,
    /// Only a goal in the same sentence: a connective that hangs on it.
    Sentence,
}
