//! Where a question goes: right below its goal, as a child of it in the note's own style. Reads
//! blocks and lines; knows no goals. The rest of the note stays byte for byte, and means the same.

use std::ops::Range;

use syntax::{Block, BlockKind, Document, TextEdit};

use super::style::{self, Bullet, column};

/// A place for questions below a block.
pub(super) struct Below {
    /// The end of the block's last line.
    pub(super) at: usize,
    ending: &'static str,
    /// Whether a blank line goes before the first question, and behind the last.
    blank: [bool; 2],
    /// What a blank line has: the marks of the quotes around it.
    blank_line: String,
    /// What each question's line begins with.
    pub(super) lead: String,
}

impl Below {
    /// The edit that puts a question there, as the `first` or `last` of several.
    pub(super) fn edit(&self, question: &str, first: bool, last: bool) -> TextEdit {
        let blank = format!("{}{}", self.ending, self.blank_line);
        let mut insert = String::new();
        if first && self.blank[0] {
            insert += &blank;
        }
        insert = insert + self.ending + &self.lead + question;
        if last && self.blank[1] {
            insert += &blank;
        }
        TextEdit {
            range: self.at..self.at,
            insert,
        }
    }
}

/// The edit that puts a question into a table's cell, behind what stands there.
pub(super) fn in_cell(document: &Document, cell: Range<usize>, question: &str) -> TextEdit {
    let question = question.replace('|', "\\|");
    let insert = if cell.is_empty() {
        let row = document.line_range(document.line_of(cell.start));
        let closed = |text: &str, pipe: Option<char>| text.is_empty() || pipe == Some('|');
        let before = document.slice(row.start..cell.start);
        let behind = document.slice(cell.end..row.end);
        let [mut left, mut right] = ["", ""];
        if closed(&before, before.chars().next_back()) {
            left = " ";
        }
        if closed(&behind, behind.chars().next()) {
            right = " ";
        }
        format!("{left}{question}{right}")
    } else {
        format!(" {question}")
    };
    TextEdit {
        range: cell.end..cell.end,
        insert,
    }
}

/// The block below which the questions about a leaf go: a table for its cells.
pub(super) fn anchor(document: &Document, leaf: usize) -> usize {
    let blocks = document.blocks();
    let up = |index: &usize| blocks.get(*index)?.parent.map(|parent| parent as usize);
    std::iter::successors(Some(leaf), up)
        .find(|index| matches!(blocks.get(*index).map(|of| of.kind), Some(BlockKind::Table)))
        .unwrap_or(leaf)
}

/// The bytes in which the questions about a block stand once they are asked.
pub(super) fn surroundings(document: &Document, anchor: usize) -> Range<usize> {
    let blocks = document.blocks();
    let block = &blocks[anchor];
    if let Some(item) = parent_item(blocks, block) {
        return item.range.clone();
    }
    let next = next_block(document, anchor);
    let list = next.filter(|next| {
        matches!(next.kind, BlockKind::List | BlockKind::Paragraph) && next.parent == block.parent
    });
    block.range.start..list.map_or(block.range.end, |list| list.range.end)
}

/// The place for questions below a block; `None` in a code block that never ends.
pub(super) fn below(document: &Document, anchor: usize) -> Option<Below> {
    let blocks = document.blocks();
    let block = blocks.get(anchor)?;
    let last_line = document.line_of(block.range.end);
    let last = document.line_range(last_line);
    if matches!(block.kind, BlockKind::Code { fenced: true, .. }) {
        let text = document.slice(last.clone());
        let text = text.trim_start_matches(['>', ' ', '\t']);
        let open = document.line_of(block.range.start) == last_line;
        if open || !text.starts_with(['`', '~']) {
            return None;
        }
    }
    let ending = match document.line_ending(last_line) {
        "" => document.first_line_ending(),
        ending => ending,
    };

    let next = next_block(document, anchor);
    let follows = next.filter(|next| document.line_of(next.range.start) == last_line + 1);
    let item = parent_item(blocks, block);
    let outer = match (item, block.kind) {
        (None, BlockKind::Code { fenced: false, .. }) => style::outside_code(document, block),
        _ => style::blanked(document, item.unwrap_or(block).range.start),
    };
    let bullet = match item {
        Some(item) => style::child_of(document, item, &outer),
        None => match follows {
            Some(list) if list.kind == BlockKind::List && list.parent == block.parent => {
                style::of_list(document, list)
            }
            _ => Bullet::new(outer.clone(), style::marker(document)),
        },
    };

    let quotes = outer
        .rfind('>')
        .map_or("", |last| &outer[..=last])
        .to_owned();
    // What is indented as deep as a question's text would become part of the question.
    let swallowed = next.is_some_and(|next| {
        next.parent == block.parent
            && column(&style::blanked(document, next.range.start)) >= column(&bullet.lead())
    });
    if swallowed {
        let lead = match item {
            Some(item) => style::content(document, item, &outer),
            None => outer,
        };
        let blank = [true, follows.is_some()];
        return Some(Below {
            at: last.end,
            ending,
            blank,
            blank_line: quotes,
            lead,
        });
    }
    // A table goes on until a blank line; a bullet's text takes in the plain line that follows. What interrupted a
    // paragraph interrupts that text as well, but for a table.
    let before = block.kind == BlockKind::Table;
    let after = follows.is_some_and(|of| {
        (block.kind != BlockKind::Paragraph || of.kind == BlockKind::Table) && is_lazy(document, of)
    });
    Some(Below {
        at: last.end,
        ending,
        blank: [before, after],
        blank_line: quotes,
        lead: bullet.lead(),
    })
}

/// Whether a block that follows a bullet's line would be read as more of its text.
fn is_lazy(document: &Document, block: &Block) -> bool {
    match block.kind {
        BlockKind::Heading(_) => !document.slice(block.range.clone()).starts_with('#'),
        BlockKind::Code { fenced, .. } => !fenced,
        BlockKind::Paragraph | BlockKind::Table | BlockKind::Html | BlockKind::LinkDefinition => {
            true
        }
        _ => false,
    }
}

/// The block that begins behind another one ends.
fn next_block(document: &Document, index: usize) -> Option<&Block> {
    let blocks = document.blocks();
    let end = blocks[index].range.end;
    blocks[index + 1..]
        .iter()
        .find(|block| block.range.start >= end)
}

fn parent_item<'a>(blocks: &'a [Block], block: &Block) -> Option<&'a Block> {
    let parent = blocks.get(block.parent? as usize)?;
    matches!(parent.kind, BlockKind::ListItem { .. }).then_some(parent)
}
