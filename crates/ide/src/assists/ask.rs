//! Asking: which questions go where. Never asks what stands there already.

use std::borrow::Cow;
use std::ops::Range;

use goals::{Goal, Qualifier};
use syntax::{Document, TextEdit};

use super::place::{self, Below};
use crate::analysis::Analysis;
use crate::config::Config;
use crate::questions;

/// Knows which goals have their questions in the same place.
pub(crate) struct Asker<'a> {
    document: &'a Document,
    goals: &'a [Goal],
    config: &'a Config,
    /// For each goal, the block below which its questions go.
    anchors: Vec<usize>,
}

impl<'a> Asker<'a> {
    pub(crate) fn new(analysis: &'a Analysis) -> Asker<'a> {
        let document = analysis.document();
        let goals = &analysis.note().goals;
        let anchors = goals
            .iter()
            .map(|goal| place::anchor(document, goal.block))
            .collect();
        Asker {
            document,
            goals,
            config: analysis.config(),
            anchors,
        }
    }

    /// The questions to offer for a qualifier of a goal, the preferred first, without those that
    /// stand there.
    pub(crate) fn questions(&self, index: usize, qualifier: Qualifier) -> Vec<String> {
        let (mut questions, there) = self.all_questions(index, qualifier);
        questions.retain(|question| !there.contains(question.as_str()));
        questions
    }

    /// The edit that asks one question.
    pub(crate) fn edit(
        &self,
        index: usize,
        qualifier: Qualifier,
        question: &str,
    ) -> Option<TextEdit> {
        match self.cell(index, qualifier) {
            Some(cell) => Some(place::in_cell(self.document, cell, question)),
            None => self.insert(index, question),
        }
    }

    /// The edit that puts a question of no qualifier below a goal.
    pub(super) fn insert(&self, index: usize, question: &str) -> Option<TextEdit> {
        Some(self.below(index)?.edit(question, true, true))
    }

    /// The edits that ask the preferred question of each of these; sorted, one a question. A
    /// qualifier of which any question stands there is left as it is.
    pub(super) fn ask(&self, wanted: &[(usize, Qualifier)]) -> Vec<TextEdit> {
        let mut edits = Vec::new();
        let mut below: Vec<(Below, String)> = Vec::new();
        for &(index, qualifier) in wanted {
            let (questions, there) = self.all_questions(index, qualifier);
            if questions
                .iter()
                .any(|question| there.contains(question.as_str()))
            {
                continue;
            }
            let Some(question) = questions.into_iter().next() else {
                continue;
            };
            match self.cell(index, qualifier) {
                Some(cell) => edits.push(place::in_cell(self.document, cell, &question)),
                None => below.extend(self.below(index).map(|below| (below, question))),
            }
        }
        for (number, (place, question)) in below.iter().enumerate() {
            let same =
                |other: Option<&(Below, String)>| other.is_some_and(|of| of.0.at == place.at);
            let first = !same(number.checked_sub(1).and_then(|before| below.get(before)));
            edits.push(place.edit(question, first, !same(below.get(number + 1))));
        }
        edits.sort_by_key(|edit| edit.range.start);
        edits
    }

    /// All questions of a qualifier, and the text in which they stand once they are asked.
    fn all_questions(&self, index: usize, qualifier: Qualifier) -> (Vec<String>, Cow<'_, str>) {
        let cell = self.cell(index, qualifier);
        let shared = cell.is_none() && self.is_shared(index);
        let place = cell.unwrap_or_else(|| place::surroundings(self.document, self.anchors[index]));
        let goal = &self.goals[index];
        let questions = questions::questions(self.document, self.config, goal, qualifier, shared);
        (questions, self.document.slice(place))
    }

    fn below(&self, index: usize) -> Option<Below> {
        place::below(self.document, self.anchors[index])
    }

    fn cell(&self, index: usize, qualifier: Qualifier) -> Option<Range<usize>> {
        self.goals[index].cells[qualifier.index()].clone()
    }

    fn is_shared(&self, index: usize) -> bool {
        self.anchors
            .iter()
            .filter(|anchor| **anchor == self.anchors[index])
            .count()
            > 1
    }
}
