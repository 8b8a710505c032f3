//! Hints at a goal's end: what is still open, in a word or two.

use std::ops::Range;

use goals::{Goal, Period, Qualifier};
use syntax::TextEdit;

use crate::analysis::Analysis;
use crate::diagnostics::Diagnostic;
use crate::open_questions::open_questions;

/// A hint. Those of one goal stand at one place, in the order in which a rep asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlayHint {
    /// Where it stands, in bytes: the goal's end.
    pub at: usize,
    /// `why?`, with a dot in front where another hint of the goal stands before it.
    pub label: String,
    /// The question.
    pub tooltip: String,
    /// Asks it.
    pub edit: TextEdit,
}

/// The hints of the goals that end in a range of bytes; only of what `findings` say, so that the two never contradict
/// each other.
pub(crate) fn inlay_hints(
    analysis: &Analysis,
    findings: &[Diagnostic],
    range: &Range<usize>,
) -> Vec<InlayHint> {
    let goals = &analysis.note().goals;
    let end = |finding: &Diagnostic| Some(goals.get(finding.goal?)?.range.end);
    let findings = (findings.iter())
        .filter(|finding| end(finding).is_some_and(|end| range.start <= end && end <= range.end));
    let mut last = None;
    let hints = open_questions(analysis, findings).into_iter().map(|open| {
        let goal = &goals[open.goal];
        let first = last.replace(open.goal) != Some(open.goal);
        let label = label(goal, open.qualifier);
        InlayHint {
            at: goal.range.end,
            label: if first { label } else { format!("· {label}") },
            tooltip: open.question,
            edit: open.edit,
        }
    });
    hints.collect()
}

/// The same words for the same state, so that nothing moves.
fn label(goal: &Goal, qualifier: Qualifier) -> String {
    match qualifier {
        Qualifier::Importance => "why?".to_owned(),
        Qualifier::CostOfInaction => "if missed?".to_owned(),
        Qualifier::Realism => {
            let target = goal.target.as_ref();
            let period = target.and_then(|target| target.period_kind);
            format!("vs last {}?", period.unwrap_or(Period::Year).name())
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::judged;

    /// Shows a note with its hints in brackets where they stand.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let analysis = judged(text);
        let findings = analysis.diagnostics();
        let mut shown = text.to_owned();
        let hints = analysis.inlay_hints(&findings, 0..text.len());
        for hint in hints.iter().rev() {
            let gap = if hint.label.starts_with('·') {
                ""
            } else {
                " "
            };
            shown.insert_str(hint.at, &format!("{gap}[{}]", hint.label));
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_is_open_stands_at_the_goals_end() {
        check(
            "# Goals\n\n- Grow ARR to $5M so we can open in Berlin\n- Cut churn by 2 points this quarter\n",
            "# Goals\n\n- Grow ARR to $5M [if missed?][· vs last year?] so we can open in Berlin\n\
             - Cut churn by 2 points this quarter [why?][· if missed?][· vs last quarter?]\n",
        );
    }

    #[test]
    fn a_hint_asks_its_question() {
        let text = "# Goals\n\n- Grow ARR to $5M\n";
        let analysis = judged(text);
        let hints = analysis.inlay_hints(&analysis.diagnostics(), 0..text.len());
        assert_eq!(hints[1].tooltip, "What happens if you don't hit that goal?");
        assert_eq!(hints[1].edit.insert, format!("\n  - {}", hints[1].tooltip));
    }

    #[test]
    fn hints_are_of_the_goals_in_a_range() {
        let text = "# Goals\n\n- Grow ARR to $5M\n\n## Later\n\n- Hire 12 engineers by May\n";
        let analysis = judged(text);
        let findings = analysis.diagnostics();
        let later = text.find("## Later").unwrap();
        let hints = analysis.inlay_hints(&findings, later..text.len());
        assert!(!hints.is_empty());
        assert!(hints.iter().all(|hint| hint.at > later));
        assert_eq!(analysis.inlay_hints(&[], 0..text.len()), []);
    }
}
