//! Code actions: what can be done about the findings, each with its whole edit.

use ide::{AssistKind, QUALIFIERS};
use lsp_types::{CodeAction, CodeActionContext, CodeActionKind, CodeActionOrCommand, Range};

use crate::capabilities::FIX_ALL;
use crate::event::Snapshot;
use crate::{from_proto, to_proto};

/// Which kinds of actions a client wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wanted {
    quick_fixes: bool,
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
        let wanted = Wanted {
            quick_fixes: wants(&CodeActionKind::QUICKFIX),
            fix_all: wants(&FIX_ALL),
        };
        (wanted.quick_fixes || wanted.fix_all).then_some(wanted)
    }
}

/// The actions for a range of a note.
pub(crate) fn actions(
    snapshot: &Snapshot,
    range: Range,
    wanted: Wanted,
) -> Vec<CodeActionOrCommand> {
    let analysis = &snapshot.analysis;
    let document = analysis.document();
    let edit = |edits: &[_]| {
        to_proto::workspace_edit(
            document,
            &snapshot.uri,
            snapshot.version,
            edits,
            &snapshot.client,
        )
    };
    let mut actions = Vec::new();
    if wanted.quick_fixes {
        let range = from_proto::range(document, range, snapshot.client.encoding);
        for assist in analysis.assists(range) {
            let fixes = assist.fixes.iter();
            let diagnostics = fixes
                .map(|fix| to_proto::diagnostic(document, &snapshot.uri, fix, &snapshot.client));
            actions.push(CodeAction {
                title: assist.label,
                kind: Some(match assist.kind {
                    AssistKind::QuickFix => CodeActionKind::QUICKFIX,
                }),
                diagnostics: Some(diagnostics.collect()),
                edit: Some(edit(&assist.edits)),
                is_preferred: assist.preferred.then_some(true),
                ..CodeAction::default()
            });
        }
    }
    if wanted.fix_all {
        let edits = analysis.ask_all(&QUALIFIERS);
        if !edits.is_empty() {
            actions.push(CodeAction {
                title: "Ask everything that this note misses".to_owned(),
                kind: Some(FIX_ALL),
                edit: Some(edit(&edits)),
                ..CodeAction::default()
            });
        }
    }
    actions
        .into_iter()
        .map(CodeActionOrCommand::CodeAction)
        .collect()
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
    fn check(only: Option<&[&'static str]>, expected: Option<(bool, bool)>) {
        let only = only.map(|kinds| kinds.iter().map(|kind| CodeActionKind::new(kind)).collect());
        let wanted = Wanted::new(&CodeActionContext {
            only,
            ..CodeActionContext::default()
        });
        assert_eq!(
            wanted.map(|wanted| (wanted.quick_fixes, wanted.fix_all)),
            expected
        );
    }

    #[test]
    fn kinds_match_by_dotted_segment() {
        check(None, Some((true, true)));
        check(Some(&["quickfix"]), Some((true, false)));
        check(Some(&["source"]), Some((false, true)));
        check(Some(&["source.fixAll"]), Some((false, true)));
        check(Some(&["source.fixAll.sowhat"]), Some((false, true)));
        check(Some(&[""]), Some((true, true)));
        check(
            Some(&["source.fixAllX", "source.fix", "quickfix.other", "refactor"]),
            None,
        );
        check(
            Some(&["source.fixAll.other", "source.organizeImports"]),
            None,
        );
        check(Some(&[]), None);
    }
}
