//! Something speaks to a qualifier, without substance.

use goals::{Qualifier, State, Vagueness};

use super::{Check, Code, Rule, ask, capital};
use crate::diagnostics::{Diagnostic, Subject};
use crate::severity::Severity;

pub(super) const IMPORTANCE: Rule = Rule {
    code: Code("importance-vague"),
    severity: Severity::Information,
    prose_severity: Severity::Information,
    summary: "The reason given fits every goal.",
    explanation: "“Top priority” and “the CEO wants it” are said of every goal. The sharper question asks for what somebody committed to, or for what becomes possible.",
    bad: note!(arr, "why: top priority", missed),
    good: note!(
        arr,
        "What did they commit to, and to whom? What ranks below it? The CEO gave the board her word in January, and the new product waits behind it",
        "why: top priority",
        missed
    ),
    check: Check::Verdict {
        of: Some(Qualifier::Importance),
        check,
    },
};

pub(super) const COST_OF_INACTION: Rule = Rule {
    code: Code("cost-of-inaction-vague"),
    severity: Severity::Information,
    prose_severity: Severity::Information,
    summary: "The consequence given has no substance.",
    explanation: "That somebody would be unhappy is no consequence. The sharper question asks what changes then: jobs, money, a customer, a date.",
    bad: note!(arr, "if missed: the CEO will be unhappy", why),
    good: note!(
        arr,
        "Besides the CEO being unhappy, what actually changes: headcount, budget, a customer, a date? They close the Leeds plant",
        "if missed: the CEO will be unhappy",
        why
    ),
    check: Check::Verdict {
        of: Some(Qualifier::CostOfInaction),
        check,
    },
};

pub(super) const REALISM: Rule = Rule {
    code: Code("realism-vague"),
    severity: Severity::Information,
    prose_severity: Severity::Information,
    summary: "There is a belief or a plan, but nothing to compare the target with.",
    explanation: "“Doable” is a hope until a number stands beside it. Ask for the last result of the same metric.",
    bad: note!(growth, why, missed, "she thinks it's doable"),
    good: note!(
        growth,
        "How does 25% compare to last year's ARR? 22% growth",
        why,
        missed,
        "she thinks it's doable"
    ),
    check: Check::Verdict {
        of: Some(Qualifier::Realism),
        check,
    },
};

fn check(rule: &Rule, subject: &Subject<'_>) -> Option<Diagnostic> {
    if subject.verdict.state != State::Vague {
        return None;
    }
    let name = capital(subject.qualifier.name());
    let why = subject
        .verdict
        .vagueness
        .map(words)
        .map(|words| format!(": {words}"))
        .unwrap_or_default();
    let message = format!("{name} is vague{why}.{}", ask(subject.question()));
    Some(subject.finding_with_evidence(rule, message, "this says little"))
}

/// What is vague about it.
fn words(vagueness: Vagueness) -> &'static str {
    match vagueness {
        Vagueness::Feeling => "a feeling, and nothing that changes",
        Vagueness::Generic => "a reason that fits every goal",
        Vagueness::Desire => "somebody wants it, nobody committed to it",
        Vagueness::Circular => "it only says the goal again",
        Vagueness::Hedge => "a guess",
        Vagueness::NoNumber => "no number",
        Vagueness::Dodge => "no answer yet",
        Vagueness::BeliefOrPlan => "a belief or a plan, and nothing to compare with",
    }
}
