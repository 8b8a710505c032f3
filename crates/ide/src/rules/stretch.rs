//! A target far outside what was reached before.

use goals::{Qualifier, State};

use super::{Check, Code, Rule, capital};
use crate::diagnostics::{Diagnostic, Subject};
use crate::severity::Severity;

pub(super) const REALISM_STRETCH: Rule = Rule {
    code: Code("realism-stretch"),
    severity: Severity::Information,
    prose_severity: Severity::Information,
    summary: "The target lies far outside what was reached before.",
    explanation: "Five times last year's growth, or double the best month ever, takes more than effort. Ask what has to change to get there, and what is funded and staffed already.",
    bad: note!("Grow ARR by 25% this year, 3% last year", why, missed),
    good: note!("Grow ARR by 25% this year, 22% last year", why, missed),
    check: Check::Verdict {
        of: Some(Qualifier::Realism),
        check,
    },
};

fn check(rule: &Rule, subject: &Subject<'_>) -> Option<Diagnostic> {
    let comparison = subject.goal.target.as_ref()?.comparison.as_ref()?;
    if subject.verdict.state != State::Answered || !comparison.far {
        return None;
    }
    let message = format!(
        "{}: far from what was reached before. Ask: “What has to change to get there?”",
        capital(&comparison.words)
    );
    Some(subject.finding_with_evidence(rule, message, "reached before"))
}
