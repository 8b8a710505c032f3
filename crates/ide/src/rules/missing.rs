//! Nothing in the note speaks to a qualifier.

use goals::{Qualifier, State};

use super::{Check, Code, Rule, ask};
use crate::diagnostics::{Diagnostic, Subject};
use crate::severity::Severity;

pub(super) const IMPORTANCE: Rule = Rule {
    code: Code("importance-missing"),
    severity: Severity::Warning,
    prose_severity: Severity::Information,
    summary: "The note does not say why the goal matters.",
    explanation: "A target that nobody can give a reason for is dropped when the quarter gets busy. Ask why it matters and what reaching it makes possible: an outcome, a promise, somebody's name on it.",
    bad: note!(arr, missed),
    good: note!(
        arr,
        "Is this an important target? Why or why not? The board promised it to the lead investor in January",
        missed
    ),
    check: Check::Verdict {
        of: Some(Qualifier::Importance),
        check,
    },
};

pub(super) const COST_OF_INACTION: Rule = Rule {
    code: Code("cost-of-inaction-missing"),
    severity: Severity::Warning,
    prose_severity: Severity::Information,
    summary: "The note does not say what happens if the goal is missed.",
    explanation: "Most deals are lost to doing nothing. If missing the goal costs nothing, there is no reason to act now. Ask what happens if they miss it, and whether more of the same would get them there.",
    bad: note!(arr, why),
    good: note!(
        arr,
        "What happens if you don't hit that goal? 12 jobs go in sales",
        why
    ),
    check: Check::Verdict {
        of: Some(Qualifier::CostOfInaction),
        check,
    },
};

pub(super) const REALISM: Rule = Rule {
    code: Code("realism-missing"),
    severity: Severity::Warning,
    prose_severity: Severity::Information,
    summary: "The note does not say how the target compares with what was reached before.",
    explanation: "A number means something beside the last one. Ask where they stand today or what last year brought, and whether those who have to hit the target believe in it.",
    bad: note!(growth, why, missed),
    good: note!(
        growth,
        "How does that target compare to last year's performance? 22% growth",
        why,
        missed
    ),
    check: Check::Verdict {
        of: Some(Qualifier::Realism),
        check,
    },
};

fn check(rule: &Rule, subject: &Subject<'_>) -> Option<Diagnostic> {
    if subject.verdict.state != State::Missing {
        return None;
    }
    let name = subject.qualifier.name();
    Some(subject.finding(rule, format!("No {name}.{}", ask(subject.question()))))
}
