//! Above a goals heading: how good the discovery is so far.

use std::ops::Range;

use goals::{QUALIFIERS, Zone};
use syntax::{BlockKind, TextEdit};

use crate::analysis::Analysis;
use crate::assists;
use crate::diagnostics::Diagnostic;

/// What stands above a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeLens {
    /// The heading's words, in bytes.
    pub range: Range<usize>,
    /// `3 goals · 1 qualified · ask 4 questions`
    pub title: String,
}

/// One for each heading that has goals right below it, before the next heading; of what `findings` say.
pub(crate) fn code_lenses(analysis: &Analysis, findings: &[Diagnostic]) -> Vec<CodeLens> {
    sections(analysis)
        .into_iter()
        .map(|section| {
            let goals = &analysis.note().goals[section.goals.clone()];
            let qualified = goals.iter().filter(|goal| goal.is_qualified()).count();
            let questions = section.edits(analysis, findings).len();
            let mut title = format!("{} · {qualified} qualified", count(goals.len(), "goal"));
            if questions > 0 {
                title += &format!(" · ask {}", count(questions, "question"));
            }
            CodeLens {
                range: section.heading,
                title,
            }
        })
        .collect()
}

/// What the lens above the heading at a byte does: asks what its goals miss.
pub(crate) fn ask_section(
    analysis: &Analysis,
    at: usize,
    findings: &[Diagnostic],
) -> Vec<TextEdit> {
    let sections = sections(analysis);
    let section = sections
        .iter()
        .find(|section| section.heading.contains(&at));
    section.map_or_else(Vec::new, |section| section.edits(analysis, findings))
}

/// A heading and the goals right below it, by their place.
struct Section {
    heading: Range<usize>,
    goals: Range<usize>,
}

impl Section {
    fn edits(&self, analysis: &Analysis, findings: &[Diagnostic]) -> Vec<TextEdit> {
        let own =
            |finding: &&Diagnostic| finding.goal.is_some_and(|goal| self.goals.contains(&goal));
        assists::ask_for(analysis, findings.iter().filter(own), &QUALIFIERS)
    }
}

fn sections(analysis: &Analysis) -> Vec<Section> {
    let blocks = analysis.document().blocks();
    let goals = &analysis.note().goals;
    let headings = blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Heading(_)));
    let starts: Vec<Range<usize>> = headings
        .filter_map(|block| {
            Some(block.line_ranges().next()?.start..block.line_ranges().last()?.end)
        })
        .collect();
    let before = |at: usize| goals.partition_point(|goal| goal.range.start < at);
    let ends = starts
        .iter()
        .skip(1)
        .map(|next| next.start)
        .chain([usize::MAX]);
    let sections = starts.iter().zip(ends).map(|(heading, end)| Section {
        goals: before(heading.end)..before(end),
        heading: heading.clone(),
    });
    sections
        .filter(|section| {
            goals[section.goals.clone()]
                .iter()
                .any(|goal| goal.zone == Zone::Goals)
        })
        .collect()
}

fn count(number: usize, of: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {of}{plural}")
}

#[cfg(test)]
mod tests {
    use syntax::apply;

    use crate::tests::judged;

    const NOTE: &str = "# Acme\n\n## Goals\n\n- Grow ARR to $5M so we can open in Berlin\n- Cut churn to 2%\n\n## Goals of IT\n\n- Halve tickets\n\n## Next\n\nCall Monday.\n";

    #[test]
    fn a_goals_heading_says_how_good_the_discovery_is() {
        let analysis = judged(NOTE);
        let lenses = analysis.code_lenses(&analysis.diagnostics());
        let shown: Vec<_> = lenses
            .iter()
            .map(|lens| (&NOTE[lens.range.clone()], lens.title.as_str()))
            .collect();
        assert_eq!(
            shown,
            [
                ("Goals", "2 goals · 0 qualified · ask 5 questions"),
                ("Goals of IT", "1 goal · 0 qualified · ask 3 questions"),
            ]
        );
    }

    #[test]
    fn its_command_asks_what_is_missing_below_it() {
        let analysis = judged(NOTE);
        let at = NOTE.find("Goals of IT").unwrap();
        let edits = analysis.ask_section(at);
        let after = apply(NOTE, &edits).unwrap();
        assert_eq!(edits.len(), 3);
        assert!(after.starts_with(&NOTE[..at]));
        let again = judged(&after);
        assert_eq!(again.ask_section(at), []);
    }
}
