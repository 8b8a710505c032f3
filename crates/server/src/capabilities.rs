//! What the client can do, as far as it changes what we do, and what we offer it.

use ide::{Encoding, Markup};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeLensOptions, CompletionOptions, DiagnosticOptions,
    DiagnosticServerCapabilities, ExecuteCommandOptions, OneOf, PositionEncodingKind, SaveOptions,
    SemanticTokensFullOptions, SemanticTokensOptions, ServerCapabilities, TextDocumentSyncKind,
    TextDocumentSyncOptions, WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};
use serde_json::Value;

use crate::pages::Pages;
use crate::tokens;

/// The command that shows the findings of a note, or of all open ones.
pub(crate) const CHECK: &str = "sowhat.check";

/// The command behind a lens: asks what is missing below a heading.
pub(crate) const ASK: &str = "sowhat.ask";

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
    /// Whether a finding may name the page that explains it.
    pub(crate) code_descriptions: bool,
    /// The pages that explain findings.
    pub(crate) pages: Pages,
    /// Whether actions may be literals with edits.
    pub(crate) action_literals: bool,
    /// How it shows what a hover says.
    pub(crate) markup: Markup,
    /// Whether a completion may leave the cursor inside.
    pub(crate) snippets: bool,
    /// Whether an outline may be a tree.
    pub(crate) nested_symbols: bool,
    /// Whether the server may edit a note by itself.
    pub(crate) applies_edits: bool,
    /// Whether it pulls findings: nothing is pushed then. Only where it can be told to pull again: what is found in the
    /// pause behind an edit would else never be seen.
    pub(crate) pulls: bool,
    /// What it asks for again when told to.
    pub(crate) refreshes: Refreshes,
    /// Whether edits may name the version they are for.
    pub(crate) document_changes: bool,
    /// Whether an edit may leave the cursor inside.
    pub(crate) snippet_edits: bool,
    /// Whether the client can be asked for its settings.
    pub(crate) configuration: bool,
    /// Whether it tells of changed settings when asked to.
    pub(crate) registers_configuration: bool,
    /// Whether it watches files when asked to.
    pub(crate) registers_watchers: bool,
    /// Whether it shows the progress of work that it did not ask for.
    pub(crate) shows_progress: bool,
}

/// What a client asks for again when it is told to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Refreshes {
    pub(crate) inlay_hints: bool,
    pub(crate) code_lenses: bool,
    pub(crate) semantic_tokens: bool,
    pub(crate) diagnostics: bool,
}

impl Client {
    /// Reads what the client announced: the `capabilities` of its `initialize`, as they were sent. lsp-types does not
    /// know all of them, and some by another name.
    pub(crate) fn new(announced: &Value) -> Client {
        let has = |path: &str| announced.pointer(path) == Some(&Value::Bool(true));
        let announces = |path: &str| announced.pointer(path).is_some_and(Value::is_object);
        let names = |path: &str| -> Vec<&str> {
            let list = announced.pointer(path).and_then(Value::as_array);
            let names = list.into_iter().flatten().filter_map(Value::as_str);
            names.collect()
        };
        let refreshes = Refreshes {
            inlay_hints: has("/workspace/inlayHint/refreshSupport"),
            code_lenses: has("/workspace/codeLens/refreshSupport"),
            semantic_tokens: has("/workspace/semanticTokens/refreshSupport"),
            diagnostics: has("/workspace/diagnostics/refreshSupport"),
        };
        let pulls = announces("/textDocument/diagnostic") && refreshes.diagnostics;
        let findings = match pulls {
            true => "/textDocument/diagnostic",
            false => "/textDocument/publishDiagnostics",
        };
        let of_findings = |name: &str| has(&format!("{findings}/{name}"));
        let encodings = names("/general/positionEncodings");
        let formats = names("/textDocument/hover/contentFormat");
        Client {
            pulls,
            encoding: encoding(&encodings),
            negotiated: !encodings.is_empty(),
            related_information: of_findings("relatedInformation"),
            diagnostic_data: of_findings("dataSupport"),
            code_descriptions: of_findings("codeDescriptionSupport"),
            pages: Pages::default(),
            action_literals: announces("/textDocument/codeAction/codeActionLiteralSupport"),
            markup: match formats.contains(&"markdown") {
                true => Markup::Markdown,
                false => Markup::Plain,
            },
            snippets: has("/textDocument/completion/completionItem/snippetSupport"),
            nested_symbols: has("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            applies_edits: has("/workspace/applyEdit"),
            refreshes,
            document_changes: has("/workspace/workspaceEdit/documentChanges"),
            snippet_edits: has("/workspace/workspaceEdit/documentChanges")
                && has("/workspace/workspaceEdit/snippetEditSupport"),
            configuration: has("/workspace/configuration"),
            registers_configuration: has("/workspace/didChangeConfiguration/dynamicRegistration"),
            registers_watchers: has("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            shows_progress: has("/window/workDoneProgress"),
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
                    code_action_kinds: Some(vec![
                        CodeActionKind::QUICKFIX,
                        CodeActionKind::REFACTOR_REWRITE,
                        FIX_ALL,
                    ]),
                    ..CodeActionOptions::default()
                }
                .into()
            }),
            execute_command_provider: Some(ExecuteCommandOptions {
                commands: vec![CHECK.to_owned(), ASK.to_owned()],
                ..ExecuteCommandOptions::default()
            }),
            diagnostic_provider: self.pulls.then(|| {
                DiagnosticServerCapabilities::Options(DiagnosticOptions {
                    identifier: Some("sowhat".to_owned()),
                    // A note is judged alone.
                    inter_file_dependencies: false,
                    workspace_diagnostics: true,
                    ..DiagnosticOptions::default()
                })
            }),
            hover_provider: Some(true.into()),
            completion_provider: Some(CompletionOptions::default()),
            inlay_hint_provider: Some(OneOf::Left(true)),
            // A lens that does nothing would only take room.
            code_lens_provider: self.applies_edits.then_some(CodeLensOptions {
                resolve_provider: Some(false),
            }),
            document_symbol_provider: Some(OneOf::Left(true)),
            workspace_symbol_provider: Some(OneOf::Left(true)),
            workspace: Some(WorkspaceServerCapabilities {
                workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                    supported: Some(true),
                    change_notifications: Some(OneOf::Left(true)),
                }),
                file_operations: None,
            }),
            folding_range_provider: Some(true.into()),
            semantic_tokens_provider: Some(
                SemanticTokensOptions {
                    legend: tokens::legend(),
                    range: Some(true),
                    full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
                    ..SemanticTokensOptions::default()
                }
                .into(),
            ),
            ..ServerCapabilities::default()
        }
    }
}

/// UTF-8 where it is offered: no column has to be counted then. UTF-16 is what every client knows.
fn encoding(offered: &[&str]) -> Encoding {
    if offered.contains(&"utf-8") {
        Encoding::Utf8
    } else if offered.contains(&"utf-32") && !offered.contains(&"utf-16") {
        Encoding::Utf32
    } else {
        Encoding::Utf16
    }
}
