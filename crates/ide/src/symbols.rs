//! The outline of a note: its headings with their goals.

use std::ops::Range;

use goals::QUALIFIERS;
use syntax::{Block, BlockKind, Document};

use crate::analysis::Analysis;
use crate::words::one_line;

/// An entry of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// A heading's words, or a goal's, on one line.
    pub name: String,
    /// Of a goal what is open: `1 of 3 answered`; empty for a heading.
    pub detail: String,
    /// Which of the two.
    pub kind: SymbolKind,
    /// A heading with all that belongs to it, or a goal; in bytes.
    pub range: Range<usize>,
    /// The words themselves; inside `range`.
    pub selection: Range<usize>,
    /// What stands below a heading.
    pub children: Vec<Symbol>,
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SymbolKind {
    /// A heading.
    Heading,
    /// A goal.
    Goal,
}

/// Headings by their level, goals below the heading that they stand under.
pub(crate) fn document_symbols(analysis: &Analysis) -> Vec<Symbol> {
    let document = analysis.document();
    let headings = document
        .blocks()
        .iter()
        .filter_map(|block| heading(document, block));
    let mut entries: Vec<(u8, Symbol)> = headings.collect();
    entries.extend(goal_symbols(analysis).map(|goal| (u8::MAX, goal)));
    entries.sort_by_key(|(_, symbol)| symbol.range.start);
    // Headings that are still open, each with its level; the note itself is around all.
    let mut open: Vec<(u8, Symbol)> = Vec::new();
    let mut top = Vec::new();
    let close = |open: &mut Vec<(u8, Symbol)>, top: &mut Vec<Symbol>, level: u8, end: usize| {
        while open.last().is_some_and(|(of, _)| *of >= level) {
            let Some((_, mut done)) = open.pop() else {
                break;
            };
            done.range.end = end.max(done.range.end);
            open.last_mut()
                .map_or(&mut *top, |(_, parent)| &mut parent.children)
                .push(done);
        }
    };
    for (level, symbol) in entries {
        if symbol.kind == SymbolKind::Goal {
            open.last_mut()
                .map_or(&mut top, |(_, parent)| &mut parent.children)
                .push(symbol);
            continue;
        }
        close(
            &mut open,
            &mut top,
            level,
            end_before(document, symbol.range.start),
        );
        open.push((level, symbol));
    }
    close(&mut open, &mut top, 0, document.len());
    top
}

/// The words of a note's first heading.
pub(crate) fn title(document: &Document) -> Option<String> {
    let mut headings = document
        .blocks()
        .iter()
        .filter_map(|block| heading(document, block));
    headings.next().map(|(_, heading)| heading.name)
}

/// The goals alone, in the note's order.
pub(crate) fn goal_symbols(analysis: &Analysis) -> impl Iterator<Item = Symbol> + '_ {
    let document = analysis.document();
    analysis.note().goals.iter().map(|goal| {
        let answered = goal
            .verdicts
            .iter()
            .filter(|of| of.state == goals::State::Answered);
        Symbol {
            name: one_line(&document.slice(goal.range.clone())),
            detail: format!("{} of {} answered", answered.count(), QUALIFIERS.len()),
            kind: SymbolKind::Goal,
            range: goal.range.clone(),
            selection: goal.range.clone(),
            children: Vec::new(),
        }
    })
}

fn heading(document: &Document, block: &Block) -> Option<(u8, Symbol)> {
    let BlockKind::Heading(level) = block.kind else {
        return None;
    };
    let first = block.line_ranges().next()?;
    let last = block.line_ranges().last()?;
    let words = one_line(&document.slice(first.start..last.end));
    let symbol = Symbol {
        // An entry without a name is an error in some clients.
        name: if words.is_empty() {
            "(no title)".to_owned()
        } else {
            words
        },
        detail: String::new(),
        kind: SymbolKind::Heading,
        range: block.range.clone(),
        selection: first.start..last.end,
        children: Vec::new(),
    };
    Some((level, symbol))
}

/// The end of the line before the one that begins here.
fn end_before(document: &Document, at: usize) -> usize {
    match document.line_of(at) {
        0 => 0,
        line => document.line_range(line - 1).end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::judged;

    /// The outline, indented, each with the lines that it takes.
    fn outline(text: &str) -> String {
        fn show(document: &Document, symbols: &[Symbol], depth: usize, out: &mut String) {
            for symbol in symbols {
                let lines =
                    document.line_of(symbol.range.start)..document.line_of(symbol.range.end);
                let detail = if symbol.detail.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", symbol.detail)
                };
                out.push_str(&format!(
                    "{}{}{detail} {lines:?}\n",
                    "  ".repeat(depth),
                    symbol.name
                ));
                show(document, &symbol.children, depth + 1, out);
            }
        }
        let analysis = judged(text);
        let mut out = String::new();
        show(
            analysis.document(),
            &analysis.document_symbols(),
            0,
            &mut out,
        );
        out
    }

    #[test]
    fn goals_stand_below_their_headings() {
        let text = "# Acme\n\n## Goals\n\n- Grow ARR to $5M so we can open in Berlin\n\n### Ops\n\n- Cut churn to 2%\n\n## Next steps\n";
        assert_eq!(
            outline(text),
            "Acme 0..11\n  Goals 2..9\n    Grow ARR to $5M (1 of 3 answered) 4..4\n    Ops 6..9\n      Cut churn to 2% (0 of 3 answered) 8..8\n  Next steps 10..11\n"
        );
    }

    #[test]
    fn goals_stand_alone_where_there_is_no_heading() {
        assert_eq!(
            outline("Goal: grow ARR to $5M\n"),
            "grow ARR to $5M (0 of 3 answered) 0..0\n"
        );
    }

    #[test]
    fn a_heading_without_words_has_a_name() {
        assert_eq!(outline("#\n"), "(no title) 0..1\n");
    }
}
