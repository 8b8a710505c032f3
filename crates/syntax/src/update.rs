//! Keeps a block list in step with an edited text, at the cost of the edit and not of the note.
//! Names neither the parser nor the rope.
//!
//! A block at the top of a note, or an item of a list there, is a *unit*: it begins at a line's
//! start with no container open, so what the grammar makes of the text from there on depends on
//! nothing before. Hence only a window is parsed: from the unit before the edit to some units
//! behind it. As soon as a unit behind the edit comes out of the window as it was before, all
//! that follows is as before too; else the window grows. (The parser's own incremental mode is
//! not used: on notes with few headings it costs a large part of a fresh parse.)

use std::ops::Range;

use crate::{Block, BlockKind, Lines, ListMarker};

/// A replacement of bytes, in offsets before and after it.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) start: usize,
    pub(crate) old_end: usize,
    pub(crate) new_end: usize,
}

/// The text after the change, as far as it is needed here.
pub(crate) trait Text {
    fn len(&self) -> usize;
    /// The start of the line that holds a byte.
    fn line_start(&self, byte: usize) -> usize;
    /// The blocks of a part of the text that is parsed alone, in the text's bytes; `None` where
    /// that cannot be done.
    fn parse(&self, range: Range<usize>) -> Option<Vec<Block>>;
}

/// Brings `blocks` in step with the text; `None` where only a fresh parse can.
pub(crate) fn update(blocks: &mut Vec<Block>, change: &Change, text: &impl Text) -> Option<()> {
    let first = first_touched(blocks, change);
    let from = match first {
        Some(unit) => text.line_start(blocks[unit].range.start),
        None => 0,
    };
    let shift = Shift::of(change);
    let after = next_unit(
        blocks,
        blocks.partition_point(|block| block.range.start <= change.old_end),
    );
    // Most edits change one unit. Each window is much larger than the last, so that all of them
    // together cost little more than the one that does.
    let mut width = 2;
    loop {
        let mut candidates = Vec::new();
        let mut unit = after;
        while let Some(index) = unit
            && candidates.len() < width
        {
            candidates.push(index);
            unit = next_unit(blocks, index + 1);
        }
        let end = match unit {
            Some(index) => text.line_start(shift.apply(blocks[index].range.start)),
            None => text.len(),
        };
        let window = text.parse(from..end)?;
        let met = candidates
            .iter()
            .find_map(|&old| Some((old, meets(blocks, old, &window, shift)?)));
        match met {
            Some((old, new)) => {
                splice(blocks, first.unwrap_or(0), &window[..new], old, shift);
                return Some(());
            }
            None if unit.is_none() => {
                let old = blocks.len();
                splice(blocks, first.unwrap_or(0), &window, old, shift);
                return Some(());
            }
            None => width *= 8,
        }
    }
}

/// Whether a note begins with front matter.
pub(crate) fn has_front_matter(blocks: &[Block]) -> bool {
    blocks
        .first()
        .is_some_and(|block| block.kind == BlockKind::FrontMatter)
}

/// How far what stands behind a change moves.
#[derive(Debug, Clone, Copy)]
struct Shift {
    less: usize,
    more: usize,
}

impl Shift {
    fn of(change: &Change) -> Shift {
        Shift {
            less: change.old_end - change.start,
            more: change.new_end - change.start,
        }
    }

    fn apply(self, byte: usize) -> usize {
        byte + self.more - self.less
    }
}

/// The unit before the one that the change begins in: its text is untouched, and so is all before.
fn first_touched(blocks: &[Block], change: &Change) -> Option<usize> {
    let behind = blocks.partition_point(|block| block.range.start < change.start);
    let touched = unit_of(blocks, behind.checked_sub(1)?);
    let before = touched.checked_sub(1)?;
    let is_header = blocks[before].kind == BlockKind::List && blocks[before].depth == 0;
    let before = if is_header {
        before.checked_sub(1)?
    } else {
        before
    };
    Some(unit_of(blocks, before))
}

fn is_unit(blocks: &[Block], index: usize) -> bool {
    let block = &blocks[index];
    match block.depth {
        0 => block.kind != BlockKind::List,
        1 => block
            .parent
            .is_some_and(|parent| blocks[parent as usize].kind == BlockKind::List),
        _ => false,
    }
}

/// The unit that a block belongs to.
fn unit_of(blocks: &[Block], mut index: usize) -> usize {
    while !is_unit(blocks, index) {
        match blocks[index].parent {
            Some(parent) => index = parent as usize,
            // A list's first item.
            None => return index + 1,
        }
    }
    index
}

/// The first unit from an index on.
fn next_unit(blocks: &[Block], from: usize) -> Option<usize> {
    (from..blocks.len()).find(|&index| is_unit(blocks, index))
}

/// Where in the window the old unit stands as it was, if it does.
fn meets(blocks: &[Block], old: usize, window: &[Block], shift: Shift) -> Option<usize> {
    let start = shift.apply(blocks[old].range.start);
    let mut new = window.partition_point(|block| block.range.start < start);
    while new < window.len() && !is_unit(window, new) {
        new += 1;
    }
    let old_end = next_top(blocks, old + 1);
    let new_end = next_top(window, new + 1);
    let same = |(a, b): (&Block, &Block)| {
        a.kind == b.kind
            && a.depth == b.depth
            && shift.apply(a.range.start) == b.range.start
            && shift.apply(a.range.end) == b.range.end
    };
    let same = new < window.len()
        && old_end - old == new_end - new
        && blocks[old..old_end]
            .iter()
            .zip(&window[new..new_end])
            .all(same);
    same.then_some(new)
}

/// The first block from an index on that begins a unit or a list at the top.
fn next_top(blocks: &[Block], from: usize) -> usize {
    (from..blocks.len())
        .find(|&index| blocks[index].depth == 0 || is_unit(blocks, index))
        .unwrap_or(blocks.len())
}

/// Puts `window` in the place of the old units from `first` up to `rest`, both exclusive of the
/// headers of lists, which follow from the items: adjacent items of one kind make one list.
fn splice(blocks: &mut Vec<Block>, first: usize, window: &[Block], rest: usize, shift: Shift) {
    let mut left = first;
    // A list that begins with the first unit comes out of the window anew.
    if left > 0
        && blocks
            .get(left)
            .is_some_and(|block| block.parent == Some(left as u32 - 1))
    {
        left -= 1;
    }
    let mut middle: Vec<Block> = Vec::with_capacity(window.len() + 1);
    let mut list = top_list(blocks, left);
    let offset = left as u32;
    let joins = list.is_some() && list_kind(blocks, list) == window.get(1).and_then(item_kind);
    let joins = joins && window[0].kind == BlockKind::List;
    for block in &window[usize::from(joins)..] {
        let mut block = block.clone();
        block.parent = match block.parent {
            Some(0) if joins => list.map(|index| index as u32),
            Some(parent) => Some(parent + offset - u32::from(joins)),
            None => None,
        };
        middle.push(block);
    }
    // A window that ends right behind a list's header has lost the item that the list began with.
    if middle
        .last()
        .is_some_and(|last| last.kind == BlockKind::List && last.depth == 0)
    {
        middle.pop();
    }
    if let Some(index) = middle.iter().rposition(|block| block.depth == 0) {
        list = (middle[index].kind == BlockKind::List).then_some(left + index);
    } else if !joins && !middle.is_empty() {
        list = None;
    }
    finish(blocks, left, middle, list, rest, shift);
}

/// Joins the left part, the middle and the right part, whose lists may have lost their header.
fn finish(
    blocks: &mut Vec<Block>,
    left: usize,
    mut middle: Vec<Block>,
    list: Option<usize>,
    rest: usize,
    shift: Shift,
) {
    let kind_of = |middle: &[Block], index: usize| {
        let item = (index + 1).checked_sub(left);
        match item.and_then(|item| middle.get(item)) {
            Some(block) if index >= left => item_kind(block),
            _ => list_kind(blocks, Some(index)),
        }
    };
    let mut header = None;
    if let Some(kind) = blocks.get(rest).and_then(item_kind) {
        let joins = list.filter(|&index| kind_of(&middle, index) == Some(kind));
        header = Some(joins.unwrap_or_else(|| {
            let start = shift.apply(blocks[rest].range.start);
            middle.push(Block {
                kind: BlockKind::List,
                range: start..start,
                depth: 0,
                parent: None,
                lines: Lines::default(),
            });
            left + middle.len() - 1
        }));
    }
    let right = left + middle.len();
    for block in &mut blocks[rest..] {
        block.range = shift.apply(block.range.start)..shift.apply(block.range.end);
        block.parent = match block.parent {
            Some(parent) if (parent as usize) < rest => header.map(|index| index as u32),
            Some(parent) => Some((parent as usize - rest + right) as u32),
            None => None,
        };
    }
    blocks.splice(left..rest, middle);
    for index in [list, header].into_iter().flatten() {
        let inside = blocks[index + 1..]
            .iter()
            .take_while(|block| block.depth > 0);
        let last = inside.filter(|block| block.depth == 1).last();
        if let Some(end) = last.map(|item| item.range.end) {
            blocks[index].range.end = end;
        }
    }
}

/// The list at the top that the blocks before an index end with.
fn top_list(blocks: &[Block], before: usize) -> Option<usize> {
    let mut index = before.checked_sub(1)?;
    while let Some(parent) = blocks[index].parent {
        index = parent as usize;
    }
    (blocks[index].kind == BlockKind::List).then_some(index)
}

/// What an item's list is made of.
fn item_kind(block: &Block) -> Option<ListMarker> {
    match block.kind {
        BlockKind::ListItem { marker, .. } if block.depth == 1 => Some(marker),
        _ => None,
    }
}

fn list_kind(blocks: &[Block], list: Option<usize>) -> Option<ListMarker> {
    blocks.get(list? + 1).and_then(item_kind)
}
