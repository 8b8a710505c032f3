//! A note's text with its blocks. The one file that names ropey.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use ropey::Rope;

use crate::update::{self, Change};
use crate::{Block, Encoding, Inline, parse, plain};

/// A note: its text and its blocks, always in step. Cheap to clone; a clone is a snapshot.
#[derive(Debug, Clone)]
pub struct Document {
    rope: Rope,
    blocks: Arc<Vec<Block>>,
    reading: Reading,
}

/// How the blocks came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// Every part of the text may be read again on its own.
    Parts,
    /// The grammar stumbled somewhere: only the whole text is read.
    Whole,
    /// The grammar took too long: paragraphs by blank lines. It is given another chance after so
    /// many edits, twice as many each time.
    Plain { edits: u32, patience: u32 },
}

/// What the grammar may take for one note. Notes of ordinary shape take a hundredth.
const LIMIT: Duration = Duration::from_millis(800);

impl Document {
    /// Reads a note. Total: every text is a document.
    pub fn new(text: &str) -> Document {
        let mut document = Document {
            rope: Rope::from_str(text),
            blocks: Arc::default(),
            reading: Reading::Plain {
                edits: 0,
                patience: 1,
            },
        };
        document.read(text, 1);
        document
    }

    /// Replaces the bytes of `range` by `text`. A range beyond the text ends with it, a range that
    /// ends before it starts is empty, and a bound inside a character moves to its start.
    pub fn edit(&mut self, range: Range<usize>, text: &str) {
        let start = self.floor(range.start);
        let end = self.floor(range.end).max(start);
        let chars = self.rope.byte_to_char(start)..self.rope.byte_to_char(end);
        let at = chars.start;
        self.rope.remove(chars);
        self.rope.insert(at, text);
        let change = Change {
            start,
            old_end: end,
            new_end: start + text.len(),
        };
        if self.reading == Reading::Parts && self.update(&change) {
            return;
        }
        match self.reading {
            Reading::Plain { edits, patience } if edits + 1 < patience => {
                self.blocks = Arc::new(plain::blocks(&self.text()));
                self.reading = Reading::Plain {
                    edits: edits + 1,
                    patience,
                };
            }
            Reading::Plain { patience, .. } => self.read(&self.text(), patience.saturating_mul(2)),
            _ => self.read(&self.text(), 1),
        }
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

    /// The text of a byte range, clamped as in [`Document::edit`].
    pub fn slice(&self, range: Range<usize>) -> Cow<'_, str> {
        let start = self.floor(range.start);
        let end = self.floor(range.end).max(start);
        let (chunk, base, ..) = self.rope.chunk_at_byte(start);
        match chunk.get(start - base..end - base) {
            Some(text) => Cow::Borrowed(text),
            None => self.rope.byte_slice(start..end).into(),
        }
    }

    /// The blocks in document order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Index of the innermost block whose range holds a byte or ends at it.
    pub fn block_at(&self, byte: usize) -> Option<usize> {
        let behind = self
            .blocks
            .partition_point(|block| block.range.start <= byte);
        let mut index = behind.checked_sub(1)?;
        while self.blocks[index].range.end < byte {
            index = self.blocks[index].parent? as usize;
        }
        Some(index)
    }

    /// The bytes of a block as they stand in the note. Equal sources of equal kinds have equal
    /// lines, so this is what to remember facts by.
    pub fn block_text(&self, block: &Block) -> Cow<'_, str> {
        self.slice(block.range.clone())
    }

    /// The plain text of a leaf block, with its way back to bytes.
    pub fn inline(&self, block: &Block) -> Inline {
        Inline::read(self, block)
    }

    /// The number of lines: one more than there are line endings (LF, CRLF, CR).
    pub fn line_count(&self) -> usize {
        self.rope.len_lines()
    }

    /// Index of the line (from 0) that holds a byte.
    pub fn line_of(&self, byte: usize) -> usize {
        self.rope.byte_to_line(byte.min(self.len()))
    }

    /// Bytes of a line, without its ending. The last line of a text that ends in a line ending is
    /// empty, and so are all lines behind it.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let whole = self.whole_line(line);
        whole.start..whole.end - self.line_ending(line).len()
    }

    /// How a line ends: `\n`, `\r\n`, `\r`, or, for the last, not at all.
    pub fn line_ending(&self, line: usize) -> &'static str {
        let Range { start, end } = self.whole_line(line);
        let byte = |back: usize| (start + back <= end).then(|| self.rope.byte(end - back));
        match (byte(2), byte(1)) {
            _ if start == end => "",
            (Some(b'\r'), Some(b'\n')) => "\r\n",
            (_, Some(b'\n')) => "\n",
            (_, Some(b'\r')) => "\r",
            _ => "",
        }
    }

    /// How the note's first line ends, for text that is inserted; `\n` where there is but one line.
    pub fn first_line_ending(&self) -> &'static str {
        match self.line_ending(0) {
            "" => "\n",
            ending => ending,
        }
    }

    /// A byte, clamped to the text and to the start of its character.
    pub(crate) fn floor(&self, byte: usize) -> usize {
        let byte = byte.min(self.len());
        let (chunk, base, ..) = self.rope.chunk_at_byte(byte);
        base + floor(chunk, byte - base)
    }

    /// How many units the text holds before a byte that starts a character. Needs no walk along the line: a note may
    /// have a megabyte in one.
    pub(crate) fn units_before(&self, byte: usize, encoding: Encoding) -> usize {
        match encoding {
            Encoding::Utf8 => byte,
            Encoding::Utf16 => self.rope.char_to_utf16_cu(self.rope.byte_to_char(byte)),
            Encoding::Utf32 => self.rope.byte_to_char(byte),
        }
    }

    /// The start of the character that holds a unit; the way back of [`Document::units_before`]. At most as many units
    /// as the text has.
    pub(crate) fn byte_of_units(&self, units: usize, encoding: Encoding) -> usize {
        match encoding {
            Encoding::Utf8 => self.floor(units),
            Encoding::Utf16 => self.rope.char_to_byte(self.rope.utf16_cu_to_char(units)),
            Encoding::Utf32 => self.rope.char_to_byte(units),
        }
    }

    fn whole_line(&self, line: usize) -> Range<usize> {
        let count = self.rope.len_lines();
        let start = self.rope.line_to_byte(line.min(count));
        let end = self.rope.line_to_byte(line.saturating_add(1).min(count));
        start..end
    }

    fn read(&mut self, text: &str, patience: u32) {
        let (blocks, reading) = match parse::parse(text, LIMIT) {
            Some(parsed) if parsed.stumbled => (parsed.blocks, Reading::Whole),
            Some(parsed) => (parsed.blocks, Reading::Parts),
            None => (plain::blocks(text), Reading::Plain { edits: 0, patience }),
        };
        self.blocks = Arc::new(blocks);
        self.reading = reading;
    }

    /// Brings the blocks in step with the rope, if that can be done by parts.
    fn update(&mut self, change: &Change) -> bool {
        let text = Text {
            rope: &self.rope,
            front_matter: update::has_front_matter(&self.blocks),
        };
        update::update(Arc::make_mut(&mut self.blocks), change, &text).is_some()
    }
}

fn floor(text: &str, mut byte: usize) -> usize {
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

impl From<&str> for Document {
    fn from(text: &str) -> Document {
        Document::new(text)
    }
}

struct Text<'a> {
    rope: &'a Rope,
    /// Whether there was any before the change.
    front_matter: bool,
}

impl update::Text for Text<'_> {
    fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    fn line_start(&self, byte: usize) -> usize {
        self.rope
            .line_to_byte(self.rope.byte_to_line(byte.min(self.rope.len_bytes())))
    }

    fn parse(&self, range: Range<usize>) -> Option<Vec<Block>> {
        let opens = ["---", "+++"]
            .iter()
            .any(|fence| self.rope.bytes().take(3).eq(fence.bytes()));
        let part = self.rope.byte_slice(range.clone());
        if range.start == 0 {
            let parsed = parse::parse(&Cow::from(part), LIMIT).filter(|parsed| !parsed.stumbled)?;
            // Front matter closes wherever it likes, even behind the part.
            let settled =
                !opens || update::has_front_matter(&parsed.blocks) || range.end == self.len();
            return settled.then_some(parsed.blocks);
        }
        if opens && !self.front_matter {
            return None;
        }
        // A blank line before it: only a note begins with front matter.
        let mut text = String::with_capacity(range.len() + 1);
        text.push('\n');
        text.extend(part.chunks());
        let mut blocks = parse::parse(&text, LIMIT)
            .filter(|parsed| !parsed.stumbled)?
            .blocks;
        for block in &mut blocks {
            block.range.start += range.start - 1;
            block.range.end += range.start - 1;
        }
        Some(blocks)
    }
}

#[cfg(test)]
mod tests;
