//! What the notes add up to.

use std::collections::BTreeMap;

use ide::{Analysis, Diagnostic, Goal, Severity, State};

/// Counts over notes; empty to begin with.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    /// Notes that were read.
    pub(crate) notes: usize,
    /// Notes that state a goal.
    pub(crate) notes_with_goals: usize,
    /// Goals.
    pub(crate) goals: usize,
    /// Goals with nothing left to ask.
    pub(crate) qualified: usize,
    /// Findings of every kind.
    pub(crate) findings: usize,
    /// Questions that wait for an answer of substance, asked or not.
    pub(crate) open: usize,
    /// Findings by code and severity.
    pub(crate) by_code: BTreeMap<(&'static str, Severity), usize>,
}

impl Tally {
    /// The counts of one note.
    pub(crate) fn of(analysis: &Analysis, diagnostics: &[Diagnostic]) -> Tally {
        let goals = &analysis.note().goals;
        let mut tally = Tally {
            notes: 1,
            notes_with_goals: usize::from(!goals.is_empty()),
            goals: goals.len(),
            qualified: goals
                .iter()
                .filter(|goal| is_qualified(analysis, goal))
                .count(),
            findings: diagnostics.len(),
            ..Tally::default()
        };
        for diagnostic in diagnostics {
            let code = (diagnostic.code.as_str(), diagnostic.severity);
            *tally.by_code.entry(code).or_default() += 1;
            tally.open += usize::from(is_open(analysis, diagnostic));
        }
        tally
    }

    /// Adds another.
    pub(crate) fn add(&mut self, other: &Tally) {
        self.notes += other.notes;
        self.notes_with_goals += other.notes_with_goals;
        self.goals += other.goals;
        self.qualified += other.qualified;
        self.findings += other.findings;
        self.open += other.open;
        for (code, count) in &other.by_code {
            *self.by_code.entry(*code).or_default() += count;
        }
    }
}

/// Whether a finding says that a qualifier is not answered.
fn is_open(analysis: &Analysis, diagnostic: &Diagnostic) -> bool {
    let goal = diagnostic
        .goal
        .and_then(|goal| analysis.note().goals.get(goal));
    match (goal, diagnostic.qualifier) {
        (Some(goal), Some(qualifier)) => goal.verdict(qualifier).state != State::Answered,
        _ => false,
    }
}

/// Whether all the qualifiers that are looked at are answered.
fn is_qualified(analysis: &Analysis, goal: &Goal) -> bool {
    let mut qualifiers = analysis.qualifiers();
    qualifiers.all(|qualifier| goal.verdict(qualifier).state == State::Answered)
}
