//! Leaving a goal be: a comment on its line that silences it.

use goals::Qualifier;
use syntax::{BlockKind, TextEdit};

use super::Assist;
use crate::analysis::Analysis;
use crate::diagnostics::Diagnostic;

/// Silences one qualifier of a goal.
pub(super) fn qualifier(analysis: &Analysis, finding: &Diagnostic) -> Option<Assist> {
    let qualifier: Qualifier = finding.qualifier?;
    let edit = comment(
        analysis,
        finding.goal?,
        &format!("ignore {}", qualifier.id()),
    )?;
    let label = format!("Ignore {} for this goal", qualifier.name());
    Some(Assist::quick_fix(label, vec![edit], vec![finding.clone()]))
}

/// Silences a goal.
pub(super) fn goal(analysis: &Analysis, goal: usize, fixes: Vec<Diagnostic>) -> Option<Assist> {
    let edit = comment(analysis, goal, "ignore")?;
    Some(Assist::quick_fix(
        "Ignore this goal".to_owned(),
        vec![edit],
        fixes,
    ))
}

/// Takes away a comment that silences nothing; its line too where nothing else stands there.
pub(super) fn unused(analysis: &Analysis, finding: &Diagnostic) -> Option<Assist> {
    if finding.code.as_str() != "ignore-unused" {
        return None;
    }
    let document = analysis.document();
    let line = document.line_of(finding.range.start);
    let row = document.line_range(line);
    let behind = document.slice(finding.range.end..row.end);
    let before = document.slice(row.start..finding.range.start);
    if !document.slice(finding.range.clone()).ends_with("-->") {
        return None;
    }
    let range = match (before.trim().is_empty(), behind.trim().is_empty()) {
        (true, true) => row.start..row.end + document.line_ending(line).len(),
        (_, true) => row.start + before.trim_end().len()..row.end,
        _ => finding.range.clone(),
    };
    let edit = TextEdit {
        range,
        insert: String::new(),
    };
    let label = "Remove this comment".to_owned();
    let assist = Assist::quick_fix(label, vec![edit], vec![finding.clone()]);
    Some(Assist {
        preferred: true,
        ..assist
    })
}

/// Puts a comment behind the text of the goal's line; none where a comment would be no comment.
fn comment(analysis: &Analysis, goal: usize, words: &str) -> Option<TextEdit> {
    let goal = analysis.note().goals.get(goal)?;
    let block = analysis.document().blocks().get(goal.block)?;
    if matches!(block.kind, BlockKind::Code { .. } | BlockKind::FrontMatter) {
        return None;
    }
    let line = block
        .line_ranges()
        .find(|line| line.end >= goal.range.end)?;
    Some(TextEdit {
        range: line.end..line.end,
        insert: format!(" <!-- sowhat: {words} -->"),
    })
}
