//! An answer that speaks against the goal.

use goals::{Qualifier, State};

use super::{Check, Code, Rule, capital};
use crate::diagnostics::{Diagnostic, Subject};
use crate::severity::Severity;

pub(super) const GOAL_DOUBTFUL: Rule = Rule {
    code: Code("goal-doubtful"),
    severity: Severity::Hint,
    prose_severity: Severity::Hint,
    summary: "An answer speaks against the goal.",
    explanation: "“Nothing happens if we miss” is an answer, and it says that the goal may not hold. Do not build on it before you know who wants it, what would make them act, or where the number came from.",
    bad: note!(
        arr,
        why,
        "if missed: nothing really happens, they try again next year"
    ),
    good: note!(arr, why, missed),
    check: Check::Verdict { of: None, check },
};

fn check(rule: &Rule, subject: &Subject<'_>) -> Option<Diagnostic> {
    if subject.verdict.state != State::Answered || !subject.verdict.against {
        return None;
    }
    let find_out = match subject.qualifier {
        Qualifier::Importance => "who wants it, and why now",
        Qualifier::CostOfInaction => "what else would make them act",
        Qualifier::Realism => "where the number came from, and who believes in it",
    };
    let name = capital(subject.qualifier.name());
    let message =
        format!("{name} speaks against this goal. Before you build on it, find out {find_out}.");
    Some(subject.finding_with_evidence(rule, message, "this speaks against it"))
}
