//! The blocks of a note as a flat list in document order: the only tree that other crates see.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// One block. Containers (`List`, `ListItem`, `BlockQuote`, `Table`, `TableRow`) stand before
/// what they contain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Bytes in the document, from the block's first character (its marker, for a list item or a
    /// quote) to the end of its last line that is not blank, without that line's ending. A
    /// container ends where its last block does.
    pub range: Range<usize>,
    /// How many containers stand around it.
    pub depth: u16,
    /// Index of the container around it in [`crate::Document::blocks`].
    pub parent: Option<u32>,
    /// The text of a leaf (`FrontMatter`, `Heading`, `Paragraph`, `TableCell`, `Code`, `Html`), a
    /// range a line, in bytes relative to `range.start`: without quote and indentation prefixes,
    /// heading and task markers, fences, setext underlines, surrounding blanks and line endings.
    /// An empty heading or cell has one empty line, where its text would go. No line at all for
    /// the other kinds.
    pub lines: Lines,
}

impl Block {
    /// The bytes of each of [`Block::lines`] in the document.
    pub fn line_ranges(&self) -> impl ExactSizeIterator<Item = Range<usize>> + '_ {
        let base = self.range.start;
        self.lines
            .iter()
            .map(move |line| base + line.start as usize..base + line.end as usize)
    }
}

/// The lines of a leaf, as a slice of ranges. Nearly all leaves have one line: it is stored in
/// place, so that a note's blocks are copied without touching the allocator.
#[derive(Clone, Default)]
pub struct Lines(Repr);

#[derive(Clone, Default)]
enum Repr {
    #[default]
    None,
    One(Range<u32>),
    Many(Arc<[Range<u32>]>),
}

impl Lines {
    /// Lines in bytes of the document, made relative to where their block starts.
    pub(crate) fn new(base: usize, lines: impl IntoIterator<Item = Range<usize>>) -> Lines {
        lines
            .into_iter()
            .map(|line| (line.start - base) as u32..(line.end - base) as u32)
            .collect()
    }
}

impl FromIterator<Range<u32>> for Lines {
    fn from_iter<I: IntoIterator<Item = Range<u32>>>(lines: I) -> Lines {
        let mut lines = lines.into_iter();
        let Some(first) = lines.next() else {
            return Lines(Repr::None);
        };
        let Some(second) = lines.next() else {
            return Lines(Repr::One(first));
        };
        Lines(Repr::Many(
            [first, second].into_iter().chain(lines).collect(),
        ))
    }
}

impl Deref for Lines {
    type Target = [Range<u32>];

    fn deref(&self) -> &[Range<u32>] {
        match &self.0 {
            Repr::None => &[],
            Repr::One(line) => std::slice::from_ref(line),
            Repr::Many(lines) => lines,
        }
    }
}

impl<'a> IntoIterator for &'a Lines {
    type Item = &'a Range<u32>;
    type IntoIter = std::slice::Iter<'a, Range<u32>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq for Lines {
    fn eq(&self, other: &Lines) -> bool {
        **self == **other
    }
}

impl Eq for Lines {}

impl fmt::Debug for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// The kinds of blocks, by CommonMark's names, with tables and tasks from GFM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// YAML or TOML between `---` or `+++` at the start of the note. Its lines are what stands
    /// between the two.
    FrontMatter,
    /// An ATX or setext heading, level 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list.
    List,
    /// An item of a list.
    ListItem {
        /// Its marker.
        marker: ListMarker,
        /// Its box, where it has one.
        task: Option<Task>,
    },
    /// A block quote.
    BlockQuote,
    /// A GFM table.
    Table,
    /// A row of a table, a line of text. The delimiter row is left out.
    TableRow {
        /// Whether it is the header.
        header: bool,
    },
    /// A cell of a row. Empty cells are there too; cells that a short row lacks are not.
    TableCell,
    /// A code block.
    Code {
        /// Whether fences surround it; else it is indented.
        fenced: bool,
        /// Whether its fence names a language.
        language: bool,
    },
    /// An HTML block, comments included.
    Html,
    /// A thematic break.
    ThematicBreak,
    /// A link reference definition.
    LinkDefinition,
}

/// The marker of a list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListMarker {
    /// `-`
    Minus,
    /// `*`
    Star,
    /// `+`
    Plus,
    /// `1.`
    Dot,
    /// `1)`
    Parenthesis,
}

/// The box of a task list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Task {
    /// `[ ]`
    Open,
    /// `[x]` or `[X]`
    Done,
    /// `[-]`, as Obsidian's themes and many notes have it.
    Cancelled,
}
