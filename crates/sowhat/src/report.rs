//! The report that other programs read: version 1 of the format. Every name in it is a promise.

use std::path::Path;

use ide::{Analysis, Diagnostic, Document, Encoding, Evidence, Goal, QUALIFIERS, Target, Verdict};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::tally::Tally;

/// The version of the format; goes up when a reader of the old one would stumble.
pub(crate) const VERSION: u32 = 1;

/// One note: an element of `notes`, and a line of `ndjson`.
#[derive(serde::Serialize)]
pub(crate) struct NoteReport<'a> {
    path: &'a str,
    goals: Vec<GoalReport>,
    findings: Vec<FindingReport<'a>>,
}

/// What all notes add up to.
#[derive(serde::Serialize)]
pub(crate) struct Summary {
    notes: usize,
    goals: usize,
    qualified: usize,
    findings: usize,
}

#[derive(serde::Serialize)]
struct GoalReport {
    bytes: [usize; 2],
    line: usize,
    column: usize,
    text: String,
    qualifiers: Qualifiers,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<TargetReport>,
}

/// In the order of [`QUALIFIERS`], under their names in the report.
struct Qualifiers([QualifierReport; QUALIFIERS.len()]);

#[derive(serde::Serialize)]
struct QualifierReport {
    state: &'static str,
    evidence: Vec<EvidenceReport>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    against: bool,
}

#[derive(serde::Serialize)]
struct EvidenceReport {
    bytes: [usize; 2],
    text: String,
}

#[derive(PartialEq, Default, serde::Serialize)]
struct TargetReport {
    #[serde(skip_serializing_if = "Option::is_none")]
    metric: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stretch: Option<f64>,
}

#[derive(serde::Serialize)]
struct FindingReport<'a> {
    code: &'a str,
    severity: &'static str,
    bytes: [usize; 2],
    message: &'a str,
}

impl<'a> NoteReport<'a> {
    /// The report of a note. `offset`: bytes in the file before the text that was judged.
    pub(crate) fn new(
        path: &'a str,
        analysis: &Analysis,
        diagnostics: &'a [Diagnostic],
        offset: usize,
    ) -> NoteReport<'a> {
        let document = analysis.document();
        NoteReport {
            path,
            goals: (analysis.note().goals.iter())
                .map(|goal| GoalReport::new(goal, document, offset))
                .collect(),
            findings: (diagnostics.iter())
                .map(|diagnostic| FindingReport {
                    code: diagnostic.code.as_str(),
                    severity: diagnostic.severity.id(),
                    bytes: in_file(&diagnostic.range, offset),
                    message: &diagnostic.message,
                })
                .collect(),
        }
    }
}

impl GoalReport {
    fn new(goal: &Goal, document: &Document, offset: usize) -> GoalReport {
        let (line, column) = line_and_column(document, goal.range.start);
        GoalReport {
            bytes: in_file(&goal.range, offset),
            line,
            column,
            text: document.slice(goal.range.clone()).into_owned(),
            qualifiers: Qualifiers(
                QUALIFIERS.map(|qualifier| {
                    QualifierReport::new(goal.verdict(qualifier), document, offset)
                }),
            ),
            target: goal.target.as_ref().and_then(TargetReport::new),
        }
    }
}

impl QualifierReport {
    fn new(verdict: &Verdict, document: &Document, offset: usize) -> QualifierReport {
        let report = |evidence: &Evidence| EvidenceReport {
            bytes: in_file(&evidence.range, offset),
            text: document.slice(evidence.range.clone()).into_owned(),
        };
        QualifierReport {
            state: verdict.state.id(),
            evidence: verdict.evidence.iter().map(report).collect(),
            against: verdict.against,
        }
    }
}

impl TargetReport {
    /// `None` where the note says nothing of it.
    fn new(target: &Target) -> Option<TargetReport> {
        let finite = |number: Option<f64>| number.filter(|number| number.is_finite());
        let stretch = (target.comparison.as_ref()).and_then(|comparison| comparison.stretch);
        let report = TargetReport {
            metric: target.metric.clone(),
            direction: target.direction.map(|direction| direction.id()),
            value: finite(target.value),
            unit: target.unit.clone(),
            period: target.period.clone(),
            baseline: finite(target.baseline),
            stretch: finite(stretch).map(|stretch| (stretch * 100.0).round() / 100.0),
        };
        (report != TargetReport::default()).then_some(report)
    }
}

impl Serialize for Qualifiers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (qualifier, report) in QUALIFIERS.iter().zip(&self.0) {
            map.serialize_entry(qualifier.field(), report)?;
        }
        map.end()
    }
}

impl From<&Tally> for Summary {
    fn from(tally: &Tally) -> Summary {
        Summary {
            notes: tally.notes,
            goals: tally.goals,
            qualified: tally.qualified,
            findings: tally.findings,
        }
    }
}

/// A path as it is printed: with `/` on every system, and U+FFFD where it is no Unicode.
pub(crate) fn path_text(path: &Path) -> String {
    let text = path.to_string_lossy();
    match std::path::MAIN_SEPARATOR {
        '/' => text.into_owned(),
        separator => text.replace(separator, "/"),
    }
}

/// Line and column of a byte, both from 1; the column in Unicode scalar values.
pub(crate) fn line_and_column(document: &Document, byte: usize) -> (usize, usize) {
    let place = document.position(byte, Encoding::Utf32);
    (place.line as usize + 1, place.column as usize + 1)
}

fn in_file(range: &std::ops::Range<usize>, offset: usize) -> [usize; 2] {
    [range.start + offset, range.end + offset]
}
