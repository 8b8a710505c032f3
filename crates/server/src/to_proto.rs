//! From our words to the protocol's, with the positions of one snapshot.

use std::ops::Range;

use ide::{Diagnostic, Document, Encoding, Severity, TextEdit};
use lsp_types::{
    CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, DocumentChanges, Location,
    NumberOrString, OneOf, OptionalVersionedTextDocumentIdentifier, Position, TextDocumentEdit,
    Url, WorkspaceEdit,
};
use serde_json::json;

use crate::capabilities::Client;

/// What findings say they come from.
pub(crate) const SOURCE: &str = "sowhat";

/// The position of a byte.
pub(crate) fn position(document: &Document, byte: usize, encoding: Encoding) -> Position {
    let ide::Position { line, column } = document.position(byte, encoding);
    Position::new(line, column)
}

/// The range of bytes.
pub(crate) fn range(
    document: &Document,
    range: &Range<usize>,
    encoding: Encoding,
) -> lsp_types::Range {
    lsp_types::Range::new(
        position(document, range.start, encoding),
        position(document, range.end, encoding),
    )
}

/// The findings of one snapshot. Those of one goal stand at one place, which is looked up once.
pub(crate) fn diagnostics(
    document: &Document,
    uri: &Url,
    findings: &[Diagnostic],
    client: &Client,
) -> Vec<lsp_types::Diagnostic> {
    let mut last: Option<(&Range<usize>, lsp_types::Range)> = None;
    let findings = findings.iter().map(|finding| {
        let place = match last {
            Some((known, place)) if *known == finding.range => place,
            _ => range(document, &finding.range, client.encoding),
        };
        last = Some((&finding.range, place));
        diagnostic_at(place, document, uri, finding, client)
    });
    findings.collect()
}

/// A finding.
pub(crate) fn diagnostic(
    document: &Document,
    uri: &Url,
    diagnostic: &Diagnostic,
    client: &Client,
) -> lsp_types::Diagnostic {
    let place = range(document, &diagnostic.range, client.encoding);
    diagnostic_at(place, document, uri, diagnostic, client)
}

fn diagnostic_at(
    place: lsp_types::Range,
    document: &Document,
    uri: &Url,
    diagnostic: &Diagnostic,
    client: &Client,
) -> lsp_types::Diagnostic {
    let related = || {
        let location = |(at, message): &(Range<usize>, String)| DiagnosticRelatedInformation {
            location: Location::new(uri.clone(), range(document, at, client.encoding)),
            message: message.clone(),
        };
        diagnostic.related.iter().map(location).collect()
    };
    let has_related = client.related_information && !diagnostic.related.is_empty();
    let data = diagnostic.qualifier.filter(|_| client.diagnostic_data);
    lsp_types::Diagnostic {
        range: place,
        severity: Some(severity(diagnostic.severity)),
        code: Some(NumberOrString::String(diagnostic.code.as_str().to_owned())),
        code_description: (client.pages.of(diagnostic.code)).map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: diagnostic.message.clone(),
        related_information: has_related.then(related),
        data: data.map(|qualifier| json!({"qualifier": qualifier.id()})),
        ..lsp_types::Diagnostic::default()
    }
}

/// A severity.
pub(crate) fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Information => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}

/// An edit.
pub(crate) fn text_edit(
    document: &Document,
    edit: &TextEdit,
    encoding: Encoding,
) -> lsp_types::TextEdit {
    lsp_types::TextEdit {
        range: range(document, &edit.range, encoding),
        new_text: edit.insert.clone(),
    }
}

/// Edits of one note, for one version of it where the client can be told so.
pub(crate) fn workspace_edit(
    document: &Document,
    uri: &Url,
    version: i32,
    edits: &[TextEdit],
    client: &Client,
) -> WorkspaceEdit {
    let edits = edits
        .iter()
        .map(|edit| text_edit(document, edit, client.encoding));
    if client.document_changes {
        let edit = TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                uri: uri.clone(),
                version: Some(version),
            },
            edits: edits.map(OneOf::Left).collect(),
        };
        return WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(vec![edit])),
            ..WorkspaceEdit::default()
        };
    }
    WorkspaceEdit::new([(uri.clone(), edits.collect())].into())
}
