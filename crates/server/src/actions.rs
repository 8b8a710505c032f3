//! Code actions: what can be done about the findings, each with its whole edit.

use ide::{Assist, AssistKind, Document, QUALIFIERS, TextEdit, answer_place, escape_snippet};
use lsp_types::{CodeAction, CodeActionContext, CodeActionKind, CodeActionTriggerKind, Range};
use serde_json::{Value, json};

use crate::capabilities::FIX_ALL;
use crate::event::Snapshot;
use crate::to_proto;

/// Which kinds of actions a client wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wanted {
    quick_fixes: bool,
    rewrites: bool,
    fix_all: bool,
}

impl Wanted {
    /// Reads a request's context; `None` where nothing of ours is wanted.
    pub(crate) fn new(context: &CodeActionContext) -> Option<Wanted> {
        let wants = |kind: &CodeActionKind| match &context.only {
            Some(only) => only
                .iter()
                .any(|wanted| includes(wanted.as_str(), kind.as_str())),
            None => true,
        };
        // What nobody asked for is offered about findings only: else a lamp would burn beside every line of prose.
        let automatic = context.only.is_none()
            && context.trigger_kind == Some(CodeActionTriggerKind::AUTOMATIC);
        let wanted = Wanted {
            quick_fixes: wants(&CodeActionKind::QUICKFIX),
            rewrites: !automatic && wants(&CodeActionKind::REFACTOR_REWRITE),
            fix_all: !automatic && wants(&FIX_ALL),
        };
        (wanted.quick_fixes || wanted.rewrites || wanted.fix_all).then_some(wanted)
    }
}

/// The actions for a range of a note, as JSON: lsp-types knows no edit that leaves the cursor inside.
pub(crate) fn actions(snapshot: &Snapshot, range: Range, wanted: Wanted) -> Vec<Value> {
    let analysis = &snapshot.analysis;
    let range = snapshot.bytes(range);
    let mut assists = Vec::new();
    if wanted.quick_fixes {
        assists.extend(analysis.assists(range.clone()));
    }
    if wanted.rewrites {
        assists.extend(analysis.rewrites(range));
    }
    let mut actions: Vec<Value> = (assists.into_iter())
        .map(|assist| action(snapshot, assist))
        .collect();
    if wanted.fix_all {
        let edits = analysis.ask_all(&QUALIFIERS);
        if !edits.is_empty() {
            actions.push(json!(CodeAction {
                title: "Ask everything that this note misses".to_owned(),
                kind: Some(FIX_ALL),
                edit: Some(snapshot.workspace_edit(&edits)),
                ..CodeAction::default()
            }));
        }
    }
    actions
}

fn action(snapshot: &Snapshot, assist: Assist) -> Value {
    let document = snapshot.analysis.document();
    let fixes = assist.fixes.iter();
    let diagnostics: Vec<_> = fixes
        .map(|fix| to_proto::diagnostic(document, &snapshot.uri, fix, &snapshot.client))
        .collect();
    let mut action = json!(CodeAction {
        title: assist.label,
        kind: Some(match assist.kind {
            AssistKind::QuickFix => CodeActionKind::QUICKFIX,
            AssistKind::Rewrite => CodeActionKind::REFACTOR_REWRITE,
        }),
        diagnostics: Some(diagnostics).filter(|of| !of.is_empty()),
        edit: Some(snapshot.workspace_edit(&assist.edits)),
        is_preferred: assist.preferred.then_some(true),
        ..CodeAction::default()
    });
    let snippets = assist.asks && snapshot.client.snippet_edits;
    let edits = snippets.then(|| with_cursor(snapshot, &assist.edits));
    if let Some(edits) = edits.flatten() {
        action["edit"]["documentChanges"][0]["edits"] = Value::Array(edits);
    }
    action
}

/// Turns edits that ask into LSP's `SnippetTextEdit`, one for each place: the cursor goes from answer to answer. `None`
/// where an editor would indent what it inserts otherwise than the note does.
fn with_cursor(snapshot: &Snapshot, asked: &[TextEdit]) -> Option<Vec<Value>> {
    // Where a snippet ends is its place 0.
    let mut places = (1..asked.len()).chain([0]);
    let by_place = asked.chunk_by(|a, b| a.range == b.range);
    let edits = by_place.map(|edits| {
        let range = &edits[0].range;
        let mut value = String::new();
        for edit in edits {
            let insert = unindented(snapshot.analysis.document(), edit)?;
            let (question, behind) = insert.split_at(answer_place(&insert));
            let [question, behind] = [question, behind].map(escape_snippet);
            value += &format!("{question} ${}{behind}", places.next()?);
        }
        let snippet = json!({"kind": "snippet", "value": value});
        Some(json!({"range": snapshot.range(range), "snippet": snippet}))
    });
    edits.collect()
}

/// An insert without the indentation of the line that it is put into: an editor gives that to every line of a snippet. And
/// it turns tabs into spaces or the other way round.
fn unindented(document: &Document, edit: &TextEdit) -> Option<String> {
    let line = document.line_range(document.line_of(edit.range.start));
    let before = document.slice(line.start..edit.range.start);
    let indentation = &before[..before.len() - before.trim_start().len()];
    let mut lines = edit.insert.split_inclusive('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out += line.strip_prefix(indentation)?;
    }
    (!edit.insert.contains('\t') && !indentation.contains('\t')).then_some(out)
}

/// Whether a wanted kind is a kind or one of the kinds above it: `source` includes
/// `source.fixAll`, `source.fix` does not.
fn includes(wanted: &str, kind: &str) -> bool {
    match kind.strip_prefix(wanted) {
        Some(rest) => wanted.is_empty() || rest.is_empty() || rest.starts_with('.'),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(only: Option<&[&'static str]>, expected: Option<(bool, bool, bool)>) {
        let only = only.map(|kinds| kinds.iter().map(|kind| CodeActionKind::new(kind)).collect());
        let wanted = Wanted::new(&CodeActionContext {
            only,
            ..CodeActionContext::default()
        });
        assert_eq!(
            wanted.map(|wanted| (wanted.quick_fixes, wanted.rewrites, wanted.fix_all)),
            expected
        );
    }

    #[test]
    fn kinds_match_by_dotted_segment() {
        check(None, Some((true, true, true)));
        check(Some(&["quickfix"]), Some((true, false, false)));
        check(Some(&["source"]), Some((false, false, true)));
        check(Some(&["source.fixAll"]), Some((false, false, true)));
        check(Some(&["source.fixAll.sowhat"]), Some((false, false, true)));
        check(Some(&[""]), Some((true, true, true)));
        check(Some(&["refactor"]), Some((false, true, false)));
        check(Some(&["refactor.rewrite"]), Some((false, true, false)));
        check(
            Some(&[
                "source.fixAllX",
                "source.fix",
                "quickfix.other",
                "refactor.extract",
            ]),
            None,
        );
        check(
            Some(&["source.fixAll.other", "source.organizeImports"]),
            None,
        );
        check(Some(&[]), None);
    }
}
