//! Rewriting a line at the cursor, with or without a finding: make it a goal, or put the reason to use.

use std::ops::Range;

use goals::{Qualifier, State};
use syntax::{BlockKind, TextEdit};

use super::ask::Asker;
use super::{Assist, AssistKind, challenge, surroundings};
use crate::analysis::Analysis;

/// What announces a goal (rule P3).
const LABEL: &str = "Goal:";

/// What a line of a note can be turned into.
pub(super) fn rewrites(analysis: &Analysis, range: &Range<usize>) -> Vec<Assist> {
    let goals = analysis.note().goals.iter().enumerate();
    let touched: Vec<usize> = goals
        .filter(|(_, goal)| goal.range.start <= range.end && range.start <= goal.range.end)
        .map(|(index, _)| index)
        .collect();
    let challenges = touched
        .iter()
        .filter_map(|&goal| insert_challenge(analysis, goal));
    let goal = touched
        .is_empty()
        .then(|| make_goal(analysis, range))
        .flatten();
    challenges.chain(goal).collect()
}

/// The question for the end of the sale, below a goal with a stated reason, in the reason's words.
fn insert_challenge(analysis: &Analysis, index: usize) -> Option<Assist> {
    let document = analysis.document();
    let goal = &analysis.note().goals[index];
    let verdict = goal.verdict(Qualifier::Importance);
    if verdict.state != State::Answered || verdict.against {
        return None;
    }
    let reason = verdict.evidence.first()?;
    let question = challenge::question(&document.slice(reason.range.clone()))?;
    let place = surroundings(document, goal.block);
    if document.slice(place).contains(&question) {
        return None;
    }
    let edit = Asker::new(analysis).insert(index, &question)?;
    let assist = rewrite(format!("Challenge: \"{question}\""), edit);
    Some(Assist {
        asks: true,
        ..assist
    })
}

/// The label, in front of a paragraph that states none.
fn make_goal(analysis: &Analysis, range: &Range<usize>) -> Option<Assist> {
    let document = analysis.document();
    let index = document.block_at(range.start)?;
    let block = &document.blocks()[index];
    let line = block.line_ranges().next()?;
    let words = document.slice(line.clone());
    let states = analysis.note().goals.iter().any(|goal| goal.block == index);
    let is_one = block.kind == BlockKind::Paragraph && range.end <= block.range.end && !states;
    // A label that announced nothing does no better twice.
    let is_other = words.trim_end().ends_with(['?', ':'])
        || words.starts_with(LABEL)
        || words.split_whitespace().nth(1).is_none();
    if !is_one || is_other {
        return None;
    }
    let edit = TextEdit {
        range: line.start..line.start,
        insert: format!("{LABEL} "),
    };
    Some(rewrite("Make this line a goal".to_owned(), edit))
}

fn rewrite(label: String, edit: TextEdit) -> Assist {
    Assist {
        kind: AssistKind::Rewrite,
        label,
        edits: vec![edit],
        preferred: false,
        asks: false,
        fixes: Vec::new(),
    }
}
