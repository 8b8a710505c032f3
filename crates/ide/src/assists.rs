//! What can be done about a finding: ask, or leave it be.

mod ask;
mod challenge;
mod ignore;
mod place;
mod rewrite;
mod style;

use std::ops::Range;

use goals::{Qualifier, State};
use syntax::{Document, TextEdit};

use crate::analysis::Analysis;
use crate::diagnostics::Diagnostic;
pub(crate) use ask::Asker;

/// Something that can be done, with all its edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assist {
    /// What kind it is.
    pub kind: AssistKind,
    /// What a menu says.
    pub label: String,
    /// Sorted and disjoint; inserts at the same place come in their order.
    pub edits: Vec<TextEdit>,
    /// Whether it is the one to take without looking.
    pub preferred: bool,
    /// Whether its edits insert questions, each with a place for its answer: see [`answer_place`].
    pub asks: bool,
    /// The findings that it deals with.
    pub fixes: Vec<Diagnostic>,
}

/// The kinds of assists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AssistKind {
    /// Deals with a finding.
    QuickFix,
    /// Says a line in another way; deals with no finding.
    Rewrite,
}

impl Assist {
    fn quick_fix(label: String, edits: Vec<TextEdit>, fixes: Vec<Diagnostic>) -> Assist {
        Assist {
            kind: AssistKind::QuickFix,
            label,
            edits,
            preferred: false,
            asks: false,
            fixes,
        }
    }
}

/// Where the answer goes to a question that is inserted: behind it, in bytes of the insert. What follows are line ends and
/// the marks of quotes.
pub fn answer_place(insert: &str) -> usize {
    insert.trim_end_matches(['\r', '\n', '>', ' ']).len()
}

/// What can be done about the findings that touch a range: the questions of each, then all that
/// a goal misses at once, then silence.
pub(crate) fn assists(analysis: &Analysis, range: Range<usize>) -> Vec<Assist> {
    let touches = |at: &Range<usize>| at.start <= range.end && range.start <= at.end;
    let line = |at: usize| analysis.document().line_of(at);
    let on_line =
        |at: &Range<usize>| line(at.start) <= line(range.end) && line(range.start) <= line(at.end);
    let all = analysis.diagnostics();
    // Beside the words, the whole line stands for its goals: a cursor rests on the marker as well.
    let is_near = all.iter().any(|finding| touches(&finding.range));
    let mut findings = all;
    findings.retain(|finding| match is_near {
        true => touches(&finding.range),
        false => on_line(&finding.range),
    });
    let asker = Asker::new(analysis);

    let mut assists: Vec<Assist> = findings
        .iter()
        .flat_map(|finding| questions(analysis, &asker, finding))
        .collect();
    let mut goals: Vec<usize> = findings.iter().filter_map(|finding| finding.goal).collect();
    goals.dedup();
    for &goal in &goals {
        assists.extend(ask_all_of_goal(analysis, &asker, goal, &findings));
    }
    assists.extend(
        findings
            .iter()
            .filter_map(|finding| ignore::unused(analysis, finding)),
    );
    assists.extend(
        findings
            .iter()
            .filter_map(|finding| ignore::qualifier(analysis, finding)),
    );
    for goal in goals {
        let of_goal = findings
            .iter()
            .filter(|finding| finding.goal == Some(goal))
            .cloned();
        assists.extend(ignore::goal(analysis, goal, of_goal.collect()));
    }
    assists
}

/// What the line at a range can be turned into.
pub(crate) fn rewrites(analysis: &Analysis, range: Range<usize>) -> Vec<Assist> {
    rewrite::rewrites(analysis, &range)
}

/// The bytes in which the questions about a leaf block stand once they are asked.
pub(crate) fn surroundings(document: &Document, leaf: usize) -> Range<usize> {
    place::surroundings(document, place::anchor(document, leaf))
}

/// What a question's line below a leaf block begins with.
pub(crate) fn lead_below(document: &Document, leaf: usize) -> Option<String> {
    place::below(document, place::anchor(document, leaf)).map(|below| below.lead)
}

/// The edits that ask what some findings say is missing of these qualifiers.
pub(crate) fn ask_for<'a>(
    analysis: &Analysis,
    findings: impl IntoIterator<Item = &'a Diagnostic>,
    qualifiers: &[Qualifier],
) -> Vec<TextEdit> {
    let missing = findings
        .into_iter()
        .filter_map(|finding| missing(analysis, finding));
    let wanted = missing.filter(|(_, qualifier)| qualifiers.contains(qualifier));
    Asker::new(analysis).ask(&wanted.collect::<Vec<_>>())
}

fn questions(analysis: &Analysis, asker: &Asker<'_>, finding: &Diagnostic) -> Vec<Assist> {
    let (Some(index), Some(qualifier)) = (finding.goal, finding.qualifier) else {
        return Vec::new();
    };
    let state = analysis.note().goals[index].verdict(qualifier).state;
    if !matches!(state, State::Missing | State::Vague) {
        return Vec::new();
    }
    let questions = asker.questions(index, qualifier).into_iter().enumerate();
    questions
        .filter_map(|(number, question)| {
            let edit = asker.edit(index, qualifier, &question)?;
            let label = format!("Ask: \"{question}\"");
            let assist = Assist::quick_fix(label, vec![edit], vec![finding.clone()]);
            Some(Assist {
                preferred: number == 0,
                asks: true,
                ..assist
            })
        })
        .collect()
}

fn ask_all_of_goal(
    analysis: &Analysis,
    asker: &Asker<'_>,
    goal: usize,
    findings: &[Diagnostic],
) -> Option<Assist> {
    let of_goal = findings.iter().filter(|finding| finding.goal == Some(goal));
    let fixes: Vec<Diagnostic> = of_goal
        .filter(|finding| missing(analysis, finding).is_some())
        .cloned()
        .collect();
    let wanted: Vec<_> = fixes
        .iter()
        .filter_map(|finding| missing(analysis, finding))
        .collect();
    let edits = asker.ask(&wanted);
    let label = format!("Ask all {} that this goal misses", edits.len());
    (edits.len() > 1).then(|| Assist {
        asks: true,
        ..Assist::quick_fix(label, edits, fixes)
    })
}

/// The goal and qualifier that a finding says are missing.
fn missing(analysis: &Analysis, finding: &Diagnostic) -> Option<(usize, Qualifier)> {
    let (goal, qualifier) = (finding.goal?, finding.qualifier?);
    let state = analysis.note().goals.get(goal)?.verdict(qualifier).state;
    (state == State::Missing).then_some((goal, qualifier))
}

#[cfg(test)]
mod tests;
