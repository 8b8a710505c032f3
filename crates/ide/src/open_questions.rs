//! What is still open of a note's goals, each with the question to ask first. What hints, completion and lenses show.

use goals::{Qualifier, State};
use syntax::TextEdit;

use crate::analysis::Analysis;
use crate::assists::Asker;
use crate::diagnostics::Diagnostic;

/// A qualifier of a goal that nothing in the note answers, or nothing with substance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OpenQuestion {
    /// Index of the goal in [`goals::Note::goals`].
    pub(crate) goal: usize,
    /// What the question is about.
    pub(crate) qualifier: Qualifier,
    /// Missing or vague.
    pub(crate) state: State,
    /// The question to ask first of those that do not stand there yet.
    pub(crate) question: String,
    /// Puts it below the goal.
    pub(crate) edit: TextEdit,
}

/// What findings say is open, in their order.
pub(crate) fn open_questions<'a>(
    analysis: &Analysis,
    findings: impl IntoIterator<Item = &'a Diagnostic>,
) -> Vec<OpenQuestion> {
    let asker = Asker::new(analysis);
    let open = findings.into_iter().filter_map(|finding| {
        let (goal, qualifier) = (finding.goal?, finding.qualifier?);
        let state = analysis.note().goals.get(goal)?.verdict(qualifier).state;
        if !matches!(state, State::Missing | State::Vague) {
            return None;
        }
        let question = asker.questions(goal, qualifier).into_iter().next()?;
        Some(OpenQuestion {
            goal,
            qualifier,
            state,
            edit: asker.edit(goal, qualifier, &question)?,
            question,
        })
    });
    open.collect()
}
