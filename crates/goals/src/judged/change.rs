//! What differs between two versions of a text, and which of its blocks that changes. Knows no words.

use std::ops::Range;

use syntax::{Block, BlockKind};

/// A block's form, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    kind: BlockKind,
    parent: Option<u32>,
    depth: u16,
    range: Range<usize>,
}

/// One replacement of bytes that makes the new text of the old one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    start: usize,
    old_end: usize,
    new_end: usize,
}

impl Shape {
    pub(super) fn of(block: &Block) -> Shape {
        Shape {
            kind: block.kind,
            parent: block.parent,
            depth: block.depth,
            range: block.range.clone(),
        }
    }
}

impl Change {
    pub(super) fn between(old: &str, new: &str) -> Change {
        let (old, new) = (old.as_bytes(), new.as_bytes());
        let start = same(old.chunks(STEP), new.chunks(STEP));
        let start = start + same(bytes(&old[start..]), bytes(&new[start..]));
        let (old, new) = (&old[start..], &new[start..]);
        let behind = same(old.rchunks(STEP), new.rchunks(STEP));
        let (old, new) = (&old[..old.len() - behind], &new[..new.len() - behind]);
        let near = same(bytes(old).rev(), bytes(new).rev());
        Change {
            start,
            old_end: start + old.len() - near,
            new_end: start + new.len() - near,
        }
    }

    /// The blocks whose text has changed. `None` where the blocks are others, or where a place cannot be told to be
    /// before or behind the change.
    pub(super) fn touched(&self, old: &[Shape], new: &[Block]) -> Option<Vec<usize>> {
        if old.len() != new.len() {
            return None;
        }
        let mut touched = Vec::new();
        for (index, (old, new)) in old.iter().zip(new).enumerate() {
            let same = old.kind == new.kind && old.parent == new.parent && old.depth == new.depth;
            if !same {
                return None;
            }
            let before = old.range.end <= self.start && new.range == old.range;
            let behind = old.range.start >= self.old_end
                && new.range.start == self.behind(old.range.start)
                && new.range.end == self.behind(old.range.end);
            if before && old.range.start >= self.old_end {
                return None;
            }
            if !before && !behind {
                touched.push(index);
            }
        }
        Some(touched)
    }

    /// Moves a range that stands before the change or behind it. `None` where that cannot be told.
    pub(super) fn moved(&self, range: &Range<usize>) -> Option<Range<usize>> {
        if range.start < self.old_end {
            return (range.end <= self.start).then(|| range.clone());
        }
        if range.is_empty() && range.start == self.start {
            return None;
        }
        Some(self.behind(range.start)..self.behind(range.end))
    }

    /// Where a byte behind the change has gone.
    pub(super) fn behind(&self, byte: usize) -> usize {
        byte + self.new_end - self.old_end
    }
}

const STEP: usize = 256;

fn bytes(text: &[u8]) -> std::slice::Chunks<'_, u8> {
    text.chunks(1)
}

/// How many bytes two sequences of chunks begin with alike.
fn same<'a>(old: impl Iterator<Item = &'a [u8]>, new: impl Iterator<Item = &'a [u8]>) -> usize {
    let same = old.zip(new).take_while(|(old, new)| old == new);
    same.map(|(old, _)| old.len()).sum()
}
