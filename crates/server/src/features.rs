//! What an editor shows of a note besides its findings, in the protocol's words. Each from one snapshot.

use std::path::Path;

use ide::{Analysis, CompletionKind, Markup, QUALIFIERS, Qualifier, State, Symbol, SymbolKind};
use lsp_types::{
    CodeLens, Command, CompletionItem, CompletionItemKind, CompletionTextEdit, DocumentSymbol,
    DocumentSymbolResponse, FoldingRange, FoldingRangeKind, Hover, HoverContents, InlayHint,
    InlayHintLabel, InlayHintTooltip, InsertTextFormat, Location, MarkupContent, MarkupKind,
    Position, Range, SymbolInformation, TextEdit, Url, WorkspaceEdit,
};
use serde_json::{Value, json};

use crate::capabilities::{ASK, Client};
use crate::carried::Settled;
use crate::event::Snapshot;
use crate::to_proto;

/// Of the goal or the evidence at a position.
pub(crate) fn hover(snapshot: &Snapshot, position: Position) -> Option<Hover> {
    let at = snapshot.offset(position);
    let hover = snapshot.analysis.hover(at, snapshot.client.markup)?;
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: match snapshot.client.markup {
                Markup::Markdown => MarkupKind::Markdown,
                Markup::Plain => MarkupKind::PlainText,
            },
            value: hover.text,
        }),
        range: Some(snapshot.range(&hover.range)),
    })
}

/// What can be typed at a position, in the order in which it is offered.
pub(crate) fn completion(snapshot: &Snapshot, position: Position) -> Vec<CompletionItem> {
    let completions = snapshot.analysis.completions(snapshot.offset(position));
    let items = completions
        .into_iter()
        .enumerate()
        .map(|(number, completion)| {
            let (format, text) = match snapshot.client.snippets {
                true => (InsertTextFormat::SNIPPET, completion.insert.snippet()),
                false => (InsertTextFormat::PLAIN_TEXT, completion.insert.plain()),
            };
            CompletionItem {
                kind: Some(match completion.kind {
                    CompletionKind::Question => CompletionItemKind::TEXT,
                    CompletionKind::Label => CompletionItemKind::KEYWORD,
                    CompletionKind::Goal => CompletionItemKind::SNIPPET,
                }),
                label: completion.label,
                detail: Some(completion.detail),
                sort_text: Some(format!("{number:02}")),
                insert_text_format: Some(format),
                text_edit: Some(CompletionTextEdit::Edit(TextEdit {
                    range: snapshot.range(&completion.range),
                    new_text: text,
                })),
                ..CompletionItem::default()
            }
        });
    items.collect()
}

/// Of the goals that end in a range, but for those on lines where the person has typed: what stands behind the cursor must
/// not move.
pub(crate) fn inlay_hints(snapshot: &Snapshot, range: Range) -> Vec<InlayHint> {
    let document = snapshot.analysis.document();
    let range = snapshot.bytes(range);
    let Settled {
        analysis,
        findings,
        since,
    } = &snapshot.settled;
    let hints = analysis.inlay_hints(findings, 0..analysis.document().len());
    let typed = since.lines(document);
    let is_typed = |line: usize| typed.iter().any(|lines| lines.contains(&line));
    let hints = hints.into_iter().filter_map(|hint| {
        let at = since.end(hint.at);
        if is_typed(document.line_of(at)) || at < range.start || range.end < at {
            return None;
        }
        let below = since.end(hint.edit.range.start);
        let edit = ide::TextEdit {
            range: below..below,
            insert: hint.edit.insert,
        };
        Some(InlayHint {
            position: to_proto::position(document, at, snapshot.client.encoding),
            label: InlayHintLabel::String(hint.label),
            kind: None,
            text_edits: Some(vec![snapshot.text_edit(&edit)]),
            tooltip: Some(InlayHintTooltip::String(hint.tooltip)),
            padding_left: Some(true),
            padding_right: None,
            data: None,
        })
    });
    hints.collect()
}

/// Above the headings of goals. Its command asks what is missing there, in clients that let a server edit.
pub(crate) fn code_lenses(snapshot: &Snapshot) -> Vec<CodeLens> {
    let Settled {
        analysis,
        findings,
        since,
    } = &snapshot.settled;
    let lenses = analysis.code_lenses(findings).into_iter();
    lenses
        .map(|lens| {
            let range = snapshot.range(&since.place(&lens.range));
            let arguments = json!({"textDocument": {"uri": snapshot.uri}, "position": range.start});
            CodeLens {
                range,
                command: Some(Command {
                    title: lens.title,
                    command: ASK.to_owned(),
                    arguments: Some(vec![arguments]),
                }),
                data: None,
            }
        })
        .collect()
}

/// The edit that asks what is missing below the heading at a position; `None` where that is nothing.
pub(crate) fn ask_section(snapshot: &Snapshot, position: Position) -> Option<WorkspaceEdit> {
    let at = snapshot.offset(position);
    let edits = snapshot.analysis.ask_section(at);
    (!edits.is_empty()).then(|| snapshot.workspace_edit(&edits))
}

/// The outline; flat for clients that know no other.
pub(crate) fn document_symbols(snapshot: &Snapshot) -> DocumentSymbolResponse {
    let symbols = snapshot.analysis.document_symbols();
    match snapshot.client.nested_symbols {
        true => DocumentSymbolResponse::Nested(
            symbols
                .into_iter()
                .map(|symbol| nested(snapshot, symbol))
                .collect(),
        ),
        false => {
            let mut flat = Vec::new();
            flatten(snapshot, symbols, None, &mut flat);
            DocumentSymbolResponse::Flat(flat)
        }
    }
}

#[allow(deprecated, reason = "the field must be there")]
fn nested(snapshot: &Snapshot, symbol: Symbol) -> DocumentSymbol {
    let children = symbol.children.into_iter();
    let children: Vec<_> = children.map(|child| nested(snapshot, child)).collect();
    DocumentSymbol {
        kind: symbol_kind(symbol.kind),
        name: symbol.name,
        detail: Some(symbol.detail).filter(|detail| !detail.is_empty()),
        tags: None,
        deprecated: None,
        range: snapshot.range(&symbol.range),
        selection_range: snapshot.range(&symbol.selection),
        children: Some(children).filter(|children| !children.is_empty()),
    }
}

fn flatten(
    snapshot: &Snapshot,
    symbols: Vec<Symbol>,
    above: Option<&str>,
    out: &mut Vec<SymbolInformation>,
) {
    for symbol in symbols {
        let location = Location::new(snapshot.uri.clone(), snapshot.range(&symbol.range));
        out.push(symbol_information(&symbol, location, above));
        flatten(snapshot, symbol.children, Some(&symbol.name), out);
    }
}

#[allow(deprecated, reason = "the field must be there")]
fn symbol_information(
    symbol: &Symbol,
    location: Location,
    above: Option<&str>,
) -> SymbolInformation {
    SymbolInformation {
        name: symbol.name.clone(),
        kind: symbol_kind(symbol.kind),
        tags: None,
        deprecated: None,
        location,
        container_name: above.map(str::to_owned),
    }
}

/// The goals of a note, for those who look at all notes: no more than that needs.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Goals {
    /// What the note is called: its first heading, else its file.
    pub(crate) title: Box<str>,
    /// In the note's order.
    pub(crate) goals: Box<[Goal]>,
}

/// A goal of a note.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Goal {
    pub(crate) words: Box<str>,
    pub(crate) range: Range,
    /// Of each qualifier that is looked at.
    pub(crate) states: [Option<Standing>; 3],
}

/// How a goal stands with one qualifier.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Standing {
    pub(crate) state: State,
    /// Whether a finding says that it is to be asked.
    pub(crate) open: bool,
}

impl Goals {
    /// Of a note.
    pub(crate) fn new(analysis: &Analysis, uri: &Url, client: &Client) -> Goals {
        let document = analysis.document();
        let findings = analysis.diagnostics();
        let looked_at: Vec<Qualifier> = analysis.qualifiers().collect();
        let symbols = analysis.goal_symbols().into_iter();
        let goals = symbols.zip(&analysis.note().goals).enumerate();
        let goals = goals.map(|(index, (symbol, goal))| Goal {
            words: symbol.name.into_boxed_str(),
            range: to_proto::range(document, &goal.range, client.encoding),
            states: QUALIFIERS.map(|qualifier| {
                let state = goal.verdict(qualifier).state;
                let is_told = findings
                    .iter()
                    .any(|of| (of.goal, of.qualifier) == (Some(index), Some(qualifier)));
                let open = is_told && matches!(state, State::Missing | State::Vague);
                looked_at
                    .contains(&qualifier)
                    .then_some(Standing { state, open })
            }),
        });
        let name = || {
            let name = Path::new(uri.path()).file_stem()?;
            Some(name.to_string_lossy().into_owned())
        };
        let title = analysis.title().or_else(name).unwrap_or_default();
        Goals {
            title: title.into_boxed_str(),
            goals: goals.collect(),
        }
    }
}

/// Goals that were found, each below its note's title.
#[allow(deprecated, reason = "the field must be there")]
pub(crate) fn found(notes: Vec<(Url, Goals)>) -> Vec<SymbolInformation> {
    let found = notes.into_iter().flat_map(|(uri, Goals { title, goals })| {
        let goals = goals.into_iter();
        goals.map(move |goal| SymbolInformation {
            name: goal.words.into_string(),
            kind: symbol_kind(SymbolKind::Goal),
            tags: None,
            deprecated: None,
            location: Location::new(uri.clone(), goal.range),
            container_name: Some(title.to_string()),
        })
    });
    found.collect()
}

/// The answer to `sowhat/goals`: notes with their goals, and how each stands.
pub(crate) fn goals(notes: Vec<(Url, Goals)>) -> Value {
    let goal = |goal: &Goal| {
        let of = QUALIFIERS.into_iter().zip(goal.states);
        let of = of.filter_map(|(qualifier, of)| Some((qualifier, of?)));
        let qualifiers = of.map(|(qualifier, Standing { state, open })| {
            json!({"qualifier": qualifier.id(), "state": state.id(), "open": open})
        });
        json!({"text": goal.words, "range": goal.range, "qualifiers": qualifiers.collect::<Vec<_>>()})
    };
    let notes = notes.iter().filter(|(_, note)| !note.goals.is_empty());
    let notes = notes.map(|(uri, note)| {
        let goals: Vec<Value> = note.goals.iter().map(goal).collect();
        json!({"uri": uri, "title": note.title, "goals": goals})
    });
    notes.collect()
}

/// What stands for a heading in other servers, and what is left for goals.
fn symbol_kind(kind: SymbolKind) -> lsp_types::SymbolKind {
    match kind {
        SymbolKind::Heading => lsp_types::SymbolKind::STRING,
        SymbolKind::Goal => lsp_types::SymbolKind::EVENT,
    }
}

/// Goals with what stands below them.
pub(crate) fn folding_ranges(snapshot: &Snapshot) -> Vec<FoldingRange> {
    let ranges = snapshot.analysis.folding_ranges().into_iter();
    ranges
        .map(|(first, last)| FoldingRange {
            start_line: first as u32,
            end_line: last as u32,
            kind: Some(FoldingRangeKind::Region),
            start_character: None,
            end_character: None,
            collapsed_text: None,
        })
        .collect()
}
