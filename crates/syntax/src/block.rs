//! The blocks of a note as a flat list in document order: the only tree that other crates see.

use std::ops::Range;

/// One block. Containers (`List`, `ListItem`, `BlockQuote`, `Table`, `TableRow`) stand before
/// what they contain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Bytes in the document, from the block's first character (its marker, for a list item or a
    /// quote) to the end of its last line, without that line's ending.
    pub range: Range<usize>,
    /// How many containers stand around it.
    pub depth: u16,
    /// Index of the container around it in [`crate::Document::blocks`].
    pub parent: Option<u32>,
    /// The text of a leaf (`FrontMatter`, `Heading`, `Paragraph`, `TableCell`, `Code`, `Html`), a range a line,
    /// in bytes relative to `range.start`: without quote and indentation prefixes, heading and
    /// task markers, and line endings. Empty for containers.
    pub lines: Box<[Range<u32>]>,
}

/// The kinds of blocks, by CommonMark's names, with tables and tasks from GFM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// YAML or TOML between `---` or `+++` at the start of the note.
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
    /// A row of a table. The delimiter row is left out.
    TableRow {
        /// Whether it is the header.
        header: bool,
    },
    /// A cell of a row.
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
