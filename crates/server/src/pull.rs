//! Findings for clients that pull a note's: who waits, and what they are answered.

use lsp_types::{
    Diagnostic, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, Url,
};
use tokio::sync::oneshot;
use xxhash_rust::xxh3::xxh3_64;

/// Somebody who waits for a note's findings.
#[derive(Debug)]
pub(crate) struct Pull {
    pub(crate) uri: Url,
    /// The name of the findings that the client has.
    pub(crate) previous: Option<String>,
    pub(crate) reply: oneshot::Sender<Pulled>,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Pulled {
    /// What the client has, by its name.
    Unchanged(String),
    /// All findings, under a name where they have one.
    Full(Option<String>, Vec<Diagnostic>),
}

/// The name of findings (LSP's result id): the same findings have the same, whoever asks and whenever. So nothing that
/// was told has to be kept.
pub(crate) fn name(findings: &[Diagnostic]) -> String {
    let bytes = serde_json::to_vec(findings).unwrap_or_default();
    format!("{:016x}", xxh3_64(&bytes))
}

/// Who waits.
#[derive(Debug, Default)]
pub(crate) struct Pulls(Vec<Pull>);

impl Pulls {
    pub(crate) fn wait(&mut self, pull: Pull) {
        self.0.push(pull);
    }

    pub(crate) fn are_waiting(&self, uri: &Url) -> bool {
        self.0.iter().any(|pull| pull.uri == *uri)
    }

    /// Answers all who wait for a note.
    pub(crate) fn answer(&mut self, uri: &Url, findings: &[Diagnostic]) {
        if !self.are_waiting(uri) {
            return;
        }
        let name = name(findings);
        for pull in self.0.extract_if(.., |pull| pull.uri == *uri) {
            let pulled = match pull.previous.as_ref() == Some(&name) {
                true => Pulled::Unchanged(name.clone()),
                false => Pulled::Full(Some(name.clone()), findings.to_vec()),
            };
            // Where nobody waits any more, nobody is told.
            let _ = pull.reply.send(pulled);
        }
    }

    /// The note was closed: whoever still waits gets nothing.
    pub(crate) fn forget(&mut self, uri: &Url) {
        for pull in self.0.extract_if(.., |pull| pull.uri == *uri) {
            let _ = pull.reply.send(Pulled::nothing());
        }
    }
}

impl Pulled {
    /// Of a note that is not open, or not ours.
    pub(crate) fn nothing() -> Pulled {
        Pulled::Full(None, Vec::new())
    }

    /// In the protocol's words.
    pub(crate) fn report(self) -> DocumentDiagnosticReportResult {
        let related_documents = None;
        let report = match self {
            Pulled::Unchanged(result_id) => {
                DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
                    related_documents,
                    unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport {
                        result_id,
                    },
                })
            }
            Pulled::Full(result_id, items) => {
                DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
                    related_documents,
                    full_document_diagnostic_report: FullDocumentDiagnosticReport {
                        result_id,
                        items,
                    },
                })
            }
        };
        DocumentDiagnosticReportResult::Report(report)
    }
}
