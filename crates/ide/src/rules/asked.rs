//! The question of a qualifier stands there, without an answer.

use goals::{Qualifier, State};

use super::{Check, Code, Rule, capital};
use crate::diagnostics::{Diagnostic, Subject};
use crate::severity::Severity;

const ANSWER_IT: &str =
    "The question was asked or is to be asked. Type the answer behind it, or below it.";

pub(super) const IMPORTANCE: Rule = Rule {
    code: Code("importance-asked"),
    severity: Severity::Hint,
    prose_severity: Severity::Hint,
    summary: "The question why it matters stands there, unanswered.",
    explanation: ANSWER_IT,
    bad: note!(arr, "Is this an important target? Why or why not?", missed),
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
    code: Code("cost-of-inaction-asked"),
    severity: Severity::Hint,
    prose_severity: Severity::Hint,
    summary: "The question what happens if they miss stands there, unanswered.",
    explanation: ANSWER_IT,
    bad: note!(arr, "What happens if you don't hit that goal?", why),
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
    code: Code("realism-asked"),
    severity: Severity::Hint,
    prose_severity: Severity::Hint,
    summary: "The question how the target compares stands there, unanswered.",
    explanation: ANSWER_IT,
    bad: note!(
        growth,
        "How does that target compare to last year's performance?",
        why,
        missed
    ),
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
    if subject.verdict.state != State::Asked {
        return None;
    }
    let name = capital(subject.qualifier.name());
    Some(subject.finding_with_evidence(
        rule,
        format!("{name} is asked, not answered yet."),
        "asked here",
    ))
}
