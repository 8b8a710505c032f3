//! Questions that sowhat put into the note and nobody has answered: taken out before the note is read, so that asking
//! changes nothing but what was asked.

use std::ops::Range;
use std::sync::Arc;

use syntax::{Block, BlockKind};

use super::Pieces;
use crate::Qualifier;
use crate::piece::Piece;

/// A question in its place.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// Index of its block in the document.
    pub(crate) block: u32,
    /// Byte at which that block begins.
    pub(crate) start: usize,
    pub(crate) piece: Arc<Piece>,
    pub(crate) qualifier: Qualifier,
    /// How many passages stand before it.
    pub(crate) before: usize,
    /// The passage of the item that it is nested under.
    pub(crate) parent: Option<u32>,
}

/// The blocks of which nothing is read but the question.
#[derive(Debug, Default)]
pub(super) struct AskedBlocks {
    /// By block; empty where there is none.
    aside: Vec<bool>,
    /// Each question's block, with what it asks for.
    pub(super) leaves: Vec<(usize, Qualifier)>,
}

impl AskedBlocks {
    pub(super) fn find(blocks: &[Block], mut piece_of: impl FnMut(usize) -> Pieces) -> AskedBlocks {
        let mut found = AskedBlocks::default();
        for item in 0..blocks.len() {
            if let Some((leaf, pieces)) = only_line(blocks, item, &mut piece_of)
                && let Some(qualifier) = asks(&pieces[0])
            {
                found.aside.resize(blocks.len(), false);
                found.aside[item] = true;
                found.aside[leaf] = true;
                found.leaves.push((leaf, qualifier));
            }
        }
        if !found.leaves.is_empty() {
            found.add_lists(blocks);
        }
        found
    }

    /// Lists that hold nothing else.
    fn add_lists(&mut self, blocks: &[Block]) {
        let mut filled = vec![false; blocks.len()];
        let others =
            (0..blocks.len()).filter(|&at| !self.aside[at] && blocks[at].kind != BlockKind::List);
        for at in others {
            let mut around = blocks[at].parent;
            while let Some(container) = around
                && !std::mem::replace(&mut filled[container as usize], true)
            {
                around = blocks[container as usize].parent;
            }
        }
        for (at, aside) in self.aside.iter_mut().enumerate() {
            *aside |= blocks[at].kind == BlockKind::List && !filled[at];
        }
    }

    pub(super) fn is_aside(&self, block: usize) -> bool {
        self.aside.get(block).copied().unwrap_or_default()
    }
}

/// The paragraph of a list item that holds no more than one line, and that nothing answers.
fn only_line(
    blocks: &[Block],
    item: usize,
    piece_of: &mut impl FnMut(usize) -> Pieces,
) -> Option<(usize, Pieces)> {
    let BlockKind::ListItem { .. } = blocks[item].kind else {
        return None;
    };
    let leaf = item + 1;
    let paragraph = blocks.get(leaf)?;
    if paragraph.kind != BlockKind::Paragraph || paragraph.parent != Some(item as u32) {
        return None;
    }
    // What stands below a question in its item, or the prospect's words below it, answers it.
    let next = blocks.get(leaf + 1);
    let answers =
        |next: &Block| next.depth > blocks[item].depth || next.kind == BlockKind::BlockQuote;
    if next.is_some_and(answers) {
        return None;
    }
    let pieces = piece_of(leaf);
    (pieces.len() == 1).then_some((leaf, pieces))
}

/// What one of sowhat's questions asks for, where a line is nothing else.
fn asks(piece: &Piece) -> Option<Qualifier> {
    let text = &piece.text;
    let lead = text.tokens_in(piece.lead_in(false)..text.plain.len()).start;
    let whole = |own: &&(Range<usize>, Qualifier)| {
        own.0.start <= lead && own.0.end + 1 >= text.tokens.len()
    };
    let (_, qualifier) = text.own_questions.iter().find(whole)?;
    Some(*qualifier)
}
