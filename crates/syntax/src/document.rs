//! A note's text with its blocks. The one file that names ropey.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use ropey::Rope;

use crate::{Block, Inline, parse};

/// A note: its text and its blocks, always in step. Cheap to clone; a clone is a snapshot.
#[derive(Debug, Clone)]
pub struct Document {
    rope: Rope,
    blocks: Arc<[Block]>,
}

impl Document {
    /// Reads a note. Total: every text is a document.
    pub fn new(text: &str) -> Document {
        Document {
            rope: Rope::from_str(text),
            blocks: parse::blocks(text).into(),
        }
    }

    /// Replaces the bytes of `range` (clamped to the text and to character boundaries) by `text`.
    pub fn edit(&mut self, range: Range<usize>, text: &str) {
        let mut whole = self.text();
        whole.replace_range(range, text);
        *self = Document::new(&whole);
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The whole text.
    pub fn text(&self) -> String {
        self.rope.to_string()
    }

    /// The text of a byte range, which must lie on character boundaries.
    pub fn slice(&self, range: Range<usize>) -> Cow<'_, str> {
        self.rope.byte_slice(range).into()
    }

    /// The blocks in document order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The plain text of a leaf block, with its way back to bytes.
    pub fn inline(&self, block: &Block) -> Inline {
        Inline::read(self, block)
    }

    /// Index of the line (from 0) that holds a byte.
    pub fn line_of(&self, byte: usize) -> usize {
        self.rope.byte_to_line(byte.min(self.len()))
    }

    /// Bytes of a line, without its ending. The last line of a text that ends in a line ending is empty.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let start = self.rope.line_to_byte(line.min(self.rope.len_lines()));
        let end = self
            .rope
            .line_to_byte((line + 1).min(self.rope.len_lines()));
        let text = self.slice(start..end);
        start..start + text.trim_end_matches(['\r', '\n']).len()
    }
}
