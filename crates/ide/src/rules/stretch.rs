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
    // They have more than double of what they want, or less than half where less is better: far, but nothing to get to.
    // One that is merely reached is no finding (the contract: "far outside what was reached before"); of the 14 such goals
    // in the labelled notes none was there, a number or a way was misread. The hover asks there.
    let asks = if comparison.reached {
        "already there? Ask: “What would still have to change?”"
    } else {
        "far from what was reached before. Ask: “What has to change to get there?”"
    };
    let message = format!("{}: {asks}", capital(&comparison.words));
    Some(subject.finding_with_evidence(rule, message, "reached before"))
}

#[cfg(test)]
mod tests {
    use crate::tests::judged;

    /// What the finding about realism says; nothing where there is none.
    #[track_caller]
    fn check(goal: &str, before: &str, expected: &str) {
        let text = format!("# Goals\n\n- {goal}\n  - {before}\n");
        let findings = judged(&text).diagnostics().into_iter();
        let told = findings.filter(|finding| finding.code.as_str().starts_with("realism-"));
        let told: Vec<_> = told.map(|finding| finding.message).collect();
        assert_eq!(told.join("\n"), expected);
    }

    #[test]
    fn the_comparison_is_said_with_its_period() {
        check(
            "Grow revenue by 20% this year",
            "last year: 3%",
            "20% against 3% last year: 6.7 times: far from what was reached before. Ask: “What has to change to get there?”",
        );
        check("Grow revenue by 20% this year", "last year: 18%", "");
    }

    #[test]
    fn a_target_that_they_are_far_beyond_is_questioned() {
        check(
            "Hit 500 customers",
            "today 1,200",
            "500 against 1,200: -58.3%: already there? Ask: “What would still have to change?”",
        );
        check("Hit 500 customers", "today 600", "");
    }

    #[test]
    fn what_cannot_be_compared_is_not() {
        check("Hit $5M ARR this year", "$2M revenue last year", "");
        check("Grow revenue by 20% YoY", "last month: 2%", "");
    }
}
