//! What the client can do, as far as it changes what we do, and what we offer it.

use ide::Encoding;
use lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, ExecuteCommandOptions,
    PositionEncodingKind, SaveOptions, ServerCapabilities, TextDocumentSyncKind,
    TextDocumentSyncOptions,
};

/// The command that shows the findings of a note, or of all open ones.
pub(crate) const CHECK: &str = "sowhat.check";

/// The kind of the action that asks everything a note misses.
pub(crate) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.sowhat");

/// What the client can do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Client {
    /// What columns count.
    pub(crate) encoding: Encoding,
    /// Whether the client chose it.
    pub(crate) negotiated: bool,
    /// Whether a finding may have related information.
    pub(crate) related_information: bool,
    /// Whether a finding's data come back with a request for its actions.
    pub(crate) diagnostic_data: bool,
    /// Whether actions may be literals with edits.
    pub(crate) action_literals: bool,
    /// Whether edits may name the version they are for.
    pub(crate) document_changes: bool,
    /// Whether the client can be asked for its settings.
    pub(crate) configuration: bool,
    /// Whether it tells of changed settings when asked to.
    pub(crate) registers_configuration: bool,
    /// Whether it watches files when asked to.
    pub(crate) registers_watchers: bool,
}

impl Client {
    /// Reads what the client announced.
    pub(crate) fn new(announced: &ClientCapabilities) -> Client {
        let workspace = announced.workspace.as_ref();
        let document = announced.text_document.as_ref();
        let general = announced.general.as_ref();
        let findings = document.and_then(|document| document.publish_diagnostics.as_ref());
        let dynamic = |of: Option<bool>| of.unwrap_or(false);
        let encodings = general.and_then(|general| general.position_encodings.as_deref());
        Client {
            encoding: encoding(encodings.unwrap_or_default()),
            negotiated: encodings.is_some(),
            related_information: dynamic(findings.and_then(|of| of.related_information)),
            diagnostic_data: dynamic(findings.and_then(|of| of.data_support)),
            action_literals: document
                .and_then(|document| document.code_action.as_ref())
                .is_some_and(|actions| actions.code_action_literal_support.is_some()),
            document_changes: dynamic(
                workspace
                    .and_then(|workspace| workspace.workspace_edit.as_ref())
                    .and_then(|edit| edit.document_changes),
            ),
            configuration: dynamic(workspace.and_then(|workspace| workspace.configuration)),
            registers_configuration: dynamic(
                workspace
                    .and_then(|workspace| workspace.did_change_configuration)
                    .and_then(|of| of.dynamic_registration),
            ),
            registers_watchers: dynamic(
                workspace
                    .and_then(|workspace| workspace.did_change_watched_files)
                    .and_then(|of| of.dynamic_registration),
            ),
        }
    }

    /// What this client is offered: only what works with it.
    pub(crate) fn offer(&self) -> ServerCapabilities {
        ServerCapabilities {
            position_encoding: self.negotiated.then_some(match self.encoding {
                Encoding::Utf8 => PositionEncodingKind::UTF8,
                Encoding::Utf16 => PositionEncodingKind::UTF16,
                Encoding::Utf32 => PositionEncodingKind::UTF32,
            }),
            text_document_sync: Some(
                TextDocumentSyncOptions {
                    open_close: Some(true),
                    change: Some(TextDocumentSyncKind::INCREMENTAL),
                    save: Some(
                        SaveOptions {
                            include_text: Some(false),
                        }
                        .into(),
                    ),
                    ..TextDocumentSyncOptions::default()
                }
                .into(),
            ),
            code_action_provider: self.action_literals.then(|| {
                CodeActionOptions {
                    code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, FIX_ALL]),
                    ..CodeActionOptions::default()
                }
                .into()
            }),
            execute_command_provider: Some(ExecuteCommandOptions {
                commands: vec![CHECK.to_owned()],
                ..ExecuteCommandOptions::default()
            }),
            ..ServerCapabilities::default()
        }
    }
}

/// UTF-8 where it is offered: no column has to be counted then. UTF-16 is what every client knows.
fn encoding(offered: &[PositionEncodingKind]) -> Encoding {
    if offered.contains(&PositionEncodingKind::UTF8) {
        Encoding::Utf8
    } else if offered.contains(&PositionEncodingKind::UTF32)
        && !offered.contains(&PositionEncodingKind::UTF16)
    {
        Encoding::Utf32
    } else {
        Encoding::Utf16
    }
}
