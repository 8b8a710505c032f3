//! The style of a note's lists: markers and indentation, as the note has them.

use syntax::{Block, BlockKind, Document, ListMarker};

/// Where a tab stops.
const TAB: usize = 4;
/// How much deeper than its parent's text a child may stand and still be its child.
const SLACK: usize = 3;

/// How a bullet's line begins.
#[derive(Debug)]
pub(super) struct Bullet {
    /// What stands before the marker.
    prefix: String,
    /// The marker with the blanks behind it.
    marker: String,
}

impl Bullet {
    pub(super) fn new(prefix: String, marker: String) -> Bullet {
        Bullet { prefix, marker }
    }

    /// All of it.
    pub(super) fn lead(&self) -> String {
        format!("{}{}", self.prefix, self.marker)
    }
}

/// The bullet of a new child of a list item, in whose line `outer` stands before its marker.
pub(super) fn child_of(document: &Document, item: &Block, outer: &str) -> Bullet {
    let blocks = document.blocks();
    let child = blocks.iter().find(|block| {
        block.kind == BlockKind::List
            && block.range.start > item.range.start
            && block.range.end <= item.range.end
            && parent_of(blocks, block).is_some_and(|parent| std::ptr::eq(parent, item))
            && document.line_of(block.range.start) > document.line_of(item.range.start)
    });
    if let Some(child) = child {
        return of_list(document, child);
    }
    let own = written_marker(document, item);
    let marker = if is_bullet(item) {
        own.clone()
    } else {
        marker(document)
    };
    let wanted = column(&content(document, item, outer));
    let unit = unit(document, outer);
    let mut prefix = spaced(outer);
    while let Some(unit) = unit.as_deref().filter(|_| column(&prefix) < wanted) {
        prefix.push_str(unit);
    }
    if !(wanted..=wanted + SLACK).contains(&column(&prefix)) {
        prefix = content(document, item, outer);
    }
    Bullet::new(prefix, marker)
}

/// The bullet of one more item at the head of a list.
pub(super) fn of_list(document: &Document, list: &Block) -> Bullet {
    let start = list.range.start;
    let blocks = document.blocks();
    let item = blocks.iter().find(|block| {
        block.range.start == start && matches!(block.kind, BlockKind::ListItem { .. })
    });
    let marker = item.map_or_else(|| marker(document), |item| written_marker(document, item));
    Bullet::new(blanked(document, start), marker)
}

/// What a line of a list item's text begins with, below the first.
pub(super) fn content(document: &Document, item: &Block, outer: &str) -> String {
    let marker = written_marker(document, item);
    let width = column(&format!("{outer}{marker}")) - column(outer);
    format!("{}{}", spaced(outer), " ".repeat(width))
}

/// What stands before a marker, with the blank that a quote's mark takes in: what is indented behind it would lose one.
pub(super) fn spaced(outer: &str) -> String {
    let blank = if outer.ends_with('>') { " " } else { "" };
    format!("{outer}{blank}")
}

/// The marker of the note's first bullet, or a dash.
pub(super) fn marker(document: &Document) -> String {
    let bullet = document.blocks().iter().find(|block| is_bullet(block));
    bullet.map_or_else(|| "- ".to_owned(), |item| written_marker(document, item))
}

/// What stands in a line before a byte, with blanks for markers: quotes and indentation are left.
pub(super) fn blanked(document: &Document, byte: usize) -> String {
    let start = document.line_range(document.line_of(byte)).start;
    let text = document.slice(start..byte);
    text.chars()
        .map(|of| if matches!(of, '>' | '\t') { of } else { ' ' })
        .collect()
}

/// The same where a block is code by its indentation: the quotes around it alone, or a question would be code as well.
pub(super) fn outside_code(document: &Document, code: &Block) -> String {
    let inside = blanked(document, code.range.start);
    spaced(inside.rfind('>').map_or("", |last| &inside[..=last]))
}

/// How many columns a text takes. A quote's mark takes in the blank behind it, which may be left out.
pub(super) fn column(text: &str) -> usize {
    let mut left_out = 0;
    let mut column = 0;
    let mut characters = text.chars().peekable();
    while let Some(of) = characters.next() {
        column = match of {
            '\t' => (column / TAB + 1) * TAB,
            _ => column + 1,
        };
        let blank = matches!(characters.peek(), Some(' ' | '\t'));
        left_out += usize::from(of == '>' && !blank);
    }
    column + left_out
}

/// An item's marker with the blanks behind it: `- `, `1. `.
fn written_marker(document: &Document, item: &Block) -> String {
    let line = document.line_range(document.line_of(item.range.start));
    let text = document.slice(item.range.start..line.end.max(item.range.start));
    let digits = text.len()
        - text
            .trim_start_matches(|of: char| of.is_ascii_digit())
            .len();
    let mark = &text[..text.len().min(digits + 1)];
    let behind = &text[mark.len()..];
    let blanks = &behind[..behind.len() - behind.trim_start_matches([' ', '\t']).len()];
    // More blanks than that, and what follows would be code; none, and there is no text.
    match column(blanks) {
        1..=TAB => format!("{mark}{blanks}"),
        _ => format!("{mark} "),
    }
}

/// By what the note indents a child below its parent: a tab or so many blanks. From its first
/// child, else from the line's own tabs; `None` where it has neither.
fn unit(document: &Document, outer: &str) -> Option<String> {
    let blocks = document.blocks();
    let deeper = blocks.iter().find_map(|block| {
        if !matches!(block.kind, BlockKind::ListItem { .. }) {
            return None;
        }
        let parent = parent_of(blocks, parent_of(blocks, block)?)?;
        let inner = blanked(document, block.range.start);
        let outer = blanked(document, parent.range.start);
        let same_line = document.line_of(block.range.start) == document.line_of(parent.range.start);
        let nested = matches!(parent.kind, BlockKind::ListItem { .. }) && !same_line;
        let unit = inner
            .strip_prefix(outer.as_str())
            .filter(|unit| nested && !unit.is_empty());
        unit.map(str::to_owned)
    });
    match deeper {
        Some(unit) if unit.starts_with('\t') => Some("\t".to_owned()),
        Some(unit) => Some(unit),
        None => outer.ends_with('\t').then(|| "\t".to_owned()),
    }
}

fn is_bullet(block: &Block) -> bool {
    matches!(
        block.kind,
        BlockKind::ListItem {
            marker: ListMarker::Minus | ListMarker::Star | ListMarker::Plus,
            ..
        }
    )
}

fn parent_of<'a>(blocks: &'a [Block], block: &Block) -> Option<&'a Block> {
    blocks.get(block.parent? as usize)
}
