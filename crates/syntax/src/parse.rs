//! From text to blocks. The one file that names tree-sitter.

use tree_sitter::{Node, Parser};

use crate::{Block, BlockKind, ListMarker, Task};

/// The blocks of a text.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let mut parser = Parser::new();
    if parser
        .set_language(&tree_sitter_md::LANGUAGE.into())
        .is_err()
    {
        return Vec::new();
    }
    let mut blocks = Vec::new();
    if let Some(tree) = parser.parse(text, None) {
        walk(tree.root_node(), text, None, 0, &mut blocks);
    }
    blocks
}

fn walk(node: Node<'_>, text: &str, parent: Option<u32>, depth: u16, out: &mut Vec<Block>) {
    let mut cursor = node.walk();
    for child in node.children(&mut cursor) {
        let kind = match child.kind() {
            "section" => {
                walk(child, text, parent, depth, out);
                continue;
            }
            "minus_metadata" | "plus_metadata" => BlockKind::FrontMatter,
            "atx_heading" => {
                let mut c = child.walk();
                let level = child.children(&mut c).find_map(|n| {
                    n.kind()
                        .strip_prefix("atx_h")
                        .and_then(|k| k.as_bytes().first())
                        .map(|b| b - b'0')
                });
                BlockKind::Heading(level.unwrap_or(1))
            }
            "setext_heading" => {
                BlockKind::Heading(if child.child(1).is_some_and(|n| n.kind().contains("h2")) {
                    2
                } else {
                    1
                })
            }
            "paragraph" => BlockKind::Paragraph,
            "list" => BlockKind::List,
            "list_item" => {
                let mut c = child.walk();
                let mut marker = ListMarker::Minus;
                let mut task = None;
                for n in child.children(&mut c) {
                    match n.kind() {
                        "list_marker_star" => marker = ListMarker::Star,
                        "list_marker_plus" => marker = ListMarker::Plus,
                        "list_marker_dot" => marker = ListMarker::Dot,
                        "list_marker_parenthesis" => marker = ListMarker::Parenthesis,
                        "task_list_marker_unchecked" => task = Some(Task::Open),
                        "task_list_marker_checked" => task = Some(Task::Done),
                        "paragraph" if text[n.start_byte()..].starts_with("[-] ") => {
                            task = Some(Task::Cancelled)
                        }
                        _ => {}
                    }
                }
                BlockKind::ListItem { marker, task }
            }
            "block_quote" => BlockKind::BlockQuote,
            "pipe_table" => BlockKind::Table,
            "pipe_table_header" => BlockKind::TableRow { header: true },
            "pipe_table_row" => BlockKind::TableRow { header: false },
            "pipe_table_cell" => BlockKind::TableCell,
            "fenced_code_block" => {
                let mut c = child.walk();
                BlockKind::Code {
                    fenced: true,
                    language: child.children(&mut c).any(|n| n.kind() == "info_string"),
                }
            }
            "indented_code_block" => BlockKind::Code {
                fenced: false,
                language: false,
            },
            "html_block" => BlockKind::Html,
            "thematic_break" => BlockKind::ThematicBreak,
            "link_reference_definition" => BlockKind::LinkDefinition,
            _ => continue,
        };
        let end = child.start_byte() + text[child.start_byte()..child.end_byte()].trim_end().len();
        let lines = match kind {
            BlockKind::Heading(_)
            | BlockKind::Paragraph
            | BlockKind::TableCell
            | BlockKind::Code { .. }
            | BlockKind::FrontMatter
            | BlockKind::Html => lines(child, text, end),
            _ => Box::default(),
        };
        let index = out.len() as u32;
        out.push(Block {
            kind,
            range: child.start_byte()..end,
            depth,
            parent,
            lines,
        });
        if matches!(
            kind,
            BlockKind::List
                | BlockKind::ListItem { .. }
                | BlockKind::BlockQuote
                | BlockKind::Table
                | BlockKind::TableRow { .. }
        ) {
            walk(child, text, Some(index), depth + 1, out);
        }
    }
}

fn lines(node: Node<'_>, text: &str, end: usize) -> Box<[std::ops::Range<u32>]> {
    let base = node.start_byte();
    let mut start = base;
    let mut out = Vec::new();
    for line in text[base..end].split_inclusive('\n') {
        let next = start + line.len();
        let trimmed = line.trim_end();
        let lead = if start == base {
            0
        } else {
            trimmed.len() - trimmed.trim_start_matches([' ', '>', '\t']).len()
        };
        let hashes = trimmed.len() - trimmed.trim_start_matches(['#', ' ']).len();
        let task = if start == base && trimmed.starts_with("[-] ") {
            4
        } else {
            0
        };
        let lead = if node.kind() == "atx_heading" {
            hashes
        } else {
            lead + task
        };
        if !(node.kind() == "setext_heading" && start != base) {
            out.push((start + lead - base) as u32..(start + trimmed.len() - base) as u32);
        }
        start = next;
    }
    out.into()
}
