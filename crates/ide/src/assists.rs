//! What can be done about a finding.

use std::ops::Range;

use goals::Qualifier;
use syntax::TextEdit;

use crate::analysis::Analysis;
use crate::diagnostics::Diagnostic;

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
    /// The findings that it deals with.
    pub fixes: Vec<Diagnostic>,
}

/// The kinds of assists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AssistKind {
    /// Deals with a finding.
    QuickFix,
}

pub(crate) fn assists(_analysis: &Analysis, _range: Range<usize>) -> Vec<Assist> {
    Vec::new()
}

pub(crate) fn ask_all(_analysis: &Analysis, _qualifiers: &[Qualifier]) -> Vec<TextEdit> {
    Vec::new()
}
