//! From text to blocks, by tree-sitter's block grammar for markdown. The one file that names
//! tree-sitter; it never reads inline markup.

use std::cell::RefCell;
use std::ops::{ControlFlow, Range};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use tree_sitter::{Language, Node, ParseOptions, ParseState, Parser, TreeCursor};

use crate::{Block, BlockKind, Lines, ListMarker, Task};
use crate::{mask, table};

/// What the grammar makes of a text.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub(crate) blocks: Vec<Block>,
    /// Whether the grammar stumbled: then a part of the text, parsed alone, may look different.
    pub(crate) stumbled: bool,
}

/// Reads a text; `None` when it takes longer than `limit`.
pub(crate) fn parse(text: &str, limit: Duration) -> Option<Parsed> {
    let view = mask::view(text);
    let tree = PARSER.with_borrow_mut(|parser| {
        let start = Instant::now();
        let mut in_time = |_: &ParseState| match start.elapsed() < limit {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        };
        let options = ParseOptions::new().progress_callback(&mut in_time);
        let mut rest = |byte: usize, _| view.get(byte..).unwrap_or_default();
        let tree = parser.parse_with_options(&mut rest, None, Some(options));
        // Else the next parse would go on with this one.
        parser.reset();
        tree
    })?;
    let mut walker = Walker {
        text,
        blocks: Vec::new(),
        open: Vec::new(),
        end: 0,
    };
    walker.walk(&mut tree.walk());
    Some(Parsed {
        blocks: walker.blocks,
        stumbled: tree.root_node().has_error(),
    })
}

thread_local! {
    static PARSER: RefCell<Parser> = RefCell::new({
        let mut parser = Parser::new();
        parser
            .set_language(&GRAMMAR.language)
            .expect("Cargo.lock pins a grammar that this tree-sitter reads");
        parser
    });
}

/// What a kind of node is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// No block itself, but holds blocks: the document, sections, error nodes.
    Transparent,
    Container(BlockKind),
    Leaf(BlockKind),
    Marker(ListMarker),
    Box(Task),
    /// The prefix that the containers take from a line.
    Continuation,
    /// Holds lines, and in between the continuations.
    Content,
    Info,
    FenceEnd,
    HeadingMarker(u8),
    Other,
}

struct Grammar {
    language: Language,
    /// By the id of the kind.
    roles: Vec<Role>,
}

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let language = Language::new(tree_sitter_md::LANGUAGE);
    let roles = (0..language.node_kind_count())
        .map(|id| {
            let id = u16::try_from(id).unwrap_or(u16::MAX);
            language.node_kind_for_id(id).map_or(Role::Other, role)
        })
        .collect();
    Grammar { language, roles }
});

fn role(kind: &str) -> Role {
    match kind {
        "document" | "section" => Role::Transparent,
        "minus_metadata" | "plus_metadata" => Role::Leaf(BlockKind::FrontMatter),
        "atx_heading" | "setext_heading" => Role::Leaf(BlockKind::Heading(1)),
        "atx_h1_marker" | "setext_h1_underline" => Role::HeadingMarker(1),
        "atx_h2_marker" | "setext_h2_underline" => Role::HeadingMarker(2),
        "atx_h3_marker" => Role::HeadingMarker(3),
        "atx_h4_marker" => Role::HeadingMarker(4),
        "atx_h5_marker" => Role::HeadingMarker(5),
        "atx_h6_marker" => Role::HeadingMarker(6),
        "paragraph" => Role::Leaf(BlockKind::Paragraph),
        "list" => Role::Container(BlockKind::List),
        "list_item" => Role::Container(BlockKind::ListItem {
            marker: ListMarker::Minus,
            task: None,
        }),
        "list_marker_minus" => Role::Marker(ListMarker::Minus),
        "list_marker_star" => Role::Marker(ListMarker::Star),
        "list_marker_plus" => Role::Marker(ListMarker::Plus),
        "list_marker_dot" => Role::Marker(ListMarker::Dot),
        "list_marker_parenthesis" => Role::Marker(ListMarker::Parenthesis),
        "task_list_marker_unchecked" => Role::Box(Task::Open),
        "task_list_marker_checked" => Role::Box(Task::Done),
        "block_quote" => Role::Container(BlockKind::BlockQuote),
        "pipe_table" => Role::Leaf(BlockKind::Table),
        "fenced_code_block" => Role::Leaf(BlockKind::Code {
            fenced: true,
            language: false,
        }),
        "indented_code_block" => Role::Leaf(BlockKind::Code {
            fenced: false,
            language: false,
        }),
        "html_block" => Role::Leaf(BlockKind::Html),
        "thematic_break" => Role::Leaf(BlockKind::ThematicBreak),
        "link_reference_definition" => Role::Leaf(BlockKind::LinkDefinition),
        "block_continuation" => Role::Continuation,
        "inline" | "code_fence_content" => Role::Content,
        "info_string" => Role::Info,
        "fenced_code_block_delimiter" => Role::FenceEnd,
        _ => Role::Other,
    }
}

fn role_of(node: Node<'_>) -> Role {
    if node.is_error() {
        return Role::Transparent;
    }
    GRAMMAR
        .roles
        .get(node.kind_id() as usize)
        .copied()
        .unwrap_or(Role::Other)
}

/// Turns nodes into blocks, in document order. It does not recurse: notes nest as deep as they like.
struct Walker<'a> {
    text: &'a str,
    blocks: Vec<Block>,
    /// Indices of the containers around the next block.
    open: Vec<u32>,
    /// The furthest end of a block so far.
    end: usize,
}

impl Walker<'_> {
    /// Adds the blocks below the cursor's node.
    fn walk(&mut self, cursor: &mut TreeCursor<'_>) {
        if !cursor.goto_first_child() {
            return;
        }
        // For each node that was entered, whether it is a container.
        let mut entered: Vec<bool> = Vec::new();
        loop {
            let node = cursor.node();
            let enter = match role_of(node) {
                Role::Transparent => Some(false),
                Role::Container(kind) => {
                    self.open(kind, node);
                    Some(true)
                }
                Role::Leaf(kind) => {
                    self.leaf(kind, node);
                    None
                }
                Role::Marker(marker) => {
                    self.item(node, |m, _| *m = marker);
                    None
                }
                Role::Box(task) => {
                    self.item(node, |_, t| *t = Some(task));
                    None
                }
                _ => None,
            };
            if let Some(container) = enter {
                if cursor.goto_first_child() {
                    entered.push(container);
                    continue;
                }
                if container {
                    self.open.pop();
                }
            }
            while !cursor.goto_next_sibling() {
                let Some(container) = entered.pop() else {
                    return;
                };
                if container {
                    self.close();
                }
                cursor.goto_parent();
            }
        }
    }

    fn open(&mut self, kind: BlockKind, node: Node<'_>) {
        if kind == BlockKind::List
            && let Some(list) = self.list_before(node)
        {
            self.open.push(list);
            return;
        }
        let index = self.blocks.len() as u32;
        let start = node.start_byte();
        let start = start + blanks(&self.text[start..]);
        let end = match kind {
            BlockKind::BlockQuote => start + 1,
            _ => start,
        };
        self.push(kind, start..end, [].into_iter());
        self.open.push(index);
    }

    /// The list right before this one, where both have the same markers: then they are one, which
    /// the grammar forgets after an empty item.
    fn list_before(&self, list: Node<'_>) -> Option<u32> {
        let mut index = self.blocks.len().checked_sub(1)?;
        while self.blocks[index].parent != self.open.last().copied() {
            index = self.blocks[index].parent? as usize;
        }
        let before = match self.blocks.get(index + 1)?.kind {
            BlockKind::ListItem { marker, .. } => Role::Marker(marker),
            _ => return None,
        };
        let same = before == role_of(list.child(0)?.child(0)?);
        (same && self.blocks[index].kind == BlockKind::List).then_some(index as u32)
    }

    fn close(&mut self) {
        if let Some(index) = self.open.pop() {
            self.blocks[index as usize].range.end = self.end;
        }
    }

    /// Tells the innermost list item about its marker or its box.
    fn item(&mut self, node: Node<'_>, set: impl FnOnce(&mut ListMarker, &mut Option<Task>)) {
        let Some(&index) = self.open.last() else {
            return;
        };
        let item = &mut self.blocks[index as usize];
        if let BlockKind::ListItem { marker, task } = &mut item.kind {
            set(marker, task);
            item.range.end = trim_end(self.text, node.byte_range()).end;
            self.end = self.end.max(item.range.end);
        }
    }

    fn push(
        &mut self,
        kind: BlockKind,
        range: Range<usize>,
        lines: impl Iterator<Item = Range<usize>>,
    ) {
        self.end = self.end.max(range.end);
        self.blocks.push(Block {
            kind,
            depth: u16::try_from(self.open.len()).unwrap_or(u16::MAX),
            parent: self.open.last().copied(),
            lines: Lines::new(range.start, lines),
            range,
        });
    }

    fn leaf(&mut self, kind: BlockKind, node: Node<'_>) {
        match kind {
            BlockKind::Heading(_) => self.heading(node),
            BlockKind::Paragraph => self.paragraph(node),
            BlockKind::Table => self.table(node),
            BlockKind::Code { fenced: true, .. } => self.fenced(node),
            BlockKind::FrontMatter => {
                let lines = self.lines(node, node.byte_range(), trim_end);
                let range = span(&lines);
                let inner = lines.len().saturating_sub(1).max(1);
                self.push(kind, range, lines[1..inner].iter().cloned());
            }
            _ => {
                let text = matches!(kind, BlockKind::Html | BlockKind::Code { .. });
                let mut lines = self.lines(node, node.byte_range(), trim);
                let range = span(&lines);
                lines.retain(|_| text);
                self.push(kind, range, lines.into_iter());
            }
        }
    }

    fn paragraph(&mut self, node: Node<'_>) {
        let mut lines = self.lines(node, content(node), trim);
        let Some(first) = lines.first_mut() else {
            return;
        };
        let boxed = self.first_in_item().and_then(|index| {
            let (task, length) = task_box(&self.text[first.clone()])?;
            Some((index, task, length))
        });
        if let Some((index, found, length)) = boxed {
            let rest = trim(self.text, first.start + length..first.end);
            *first = rest;
            if let BlockKind::ListItem { task, .. } = &mut self.blocks[index].kind {
                *task = Some(found);
            }
        }
        let range = span(&lines);
        self.push(BlockKind::Paragraph, range, lines.into_iter());
    }

    /// The list item around the next block, where that block is its first and it has no box yet.
    fn first_in_item(&self) -> Option<usize> {
        let index = *self.open.last()? as usize;
        let first = index + 1 == self.blocks.len();
        (first
            && matches!(
                self.blocks[index].kind,
                BlockKind::ListItem { task: None, .. }
            ))
        .then_some(index)
    }

    fn heading(&mut self, node: Node<'_>) {
        if let Some((paragraph, end)) = self.above_empty_bullet(node) {
            self.paragraph(paragraph);
            self.end = self.end.max(end);
            return;
        }
        let start = node.start_byte() + blanks(&self.text[node.start_byte()..]);
        let mut level = 1;
        let mut lines = Vec::new();
        let mut end = start;
        for child in children(node) {
            match role_of(child) {
                Role::HeadingMarker(of) => {
                    level = of;
                    end = trim_end(self.text, child.byte_range()).end;
                }
                Role::Leaf(BlockKind::Paragraph) => {
                    lines = self.lines(child, content(child), trim);
                }
                Role::Content => {
                    let line = trim(self.text, child.byte_range());
                    end = line.end;
                    lines.push(without_closing_hashes(self.text, line));
                }
                _ => {}
            }
        }
        if lines.is_empty() {
            lines.push(end..end);
        }
        self.push(BlockKind::Heading(level), start..end, lines.into_iter());
    }

    /// The paragraph above a lone `-`, and where that ends. To CommonMark the two are a heading; a person has begun the next
    /// item of a list, and what stands above it must not change for that moment.
    fn above_empty_bullet<'t>(&self, heading: Node<'t>) -> Option<(Node<'t>, usize)> {
        let of = |role: Role| children(heading).find(|part| role_of(*part) == role);
        let underline = trim(self.text, of(Role::HeadingMarker(2))?.byte_range());
        let paragraph = of(Role::Leaf(BlockKind::Paragraph))?;
        (&self.text[underline.clone()] == "-").then_some((paragraph, underline.end))
    }

    fn fenced(&mut self, node: Node<'_>) {
        let start = node.start_byte() + blanks(&self.text[node.start_byte()..]);
        let mut language = false;
        let mut lines = Vec::new();
        let mut end = start;
        for child in children(node) {
            match role_of(child) {
                Role::Info => {
                    language = true;
                    end = trim_end(self.text, child.byte_range()).end;
                }
                Role::FenceEnd => end = trim_end(self.text, child.byte_range()).end,
                Role::Content => {
                    lines = self.lines(child, child.byte_range(), trim_end);
                    end = span(&lines).end.max(end);
                }
                _ => {}
            }
        }
        let kind = BlockKind::Code {
            fenced: true,
            language,
        };
        self.push(kind, start..end, lines.into_iter());
    }

    /// A table's rows and cells are read from its lines: the grammar stumbles over empty cells.
    fn table(&mut self, node: Node<'_>) {
        let lines = self.lines(node, node.byte_range(), trim);
        let table = self.blocks.len() as u32;
        self.push(BlockKind::Table, span(&lines), [].into_iter());
        self.open.push(table);
        for (number, line) in lines.iter().enumerate() {
            if number == 1 {
                continue;
            }
            let row = self.blocks.len() as u32;
            let header = number == 0;
            self.push(BlockKind::TableRow { header }, line.clone(), [].into_iter());
            self.open.push(row);
            for cell in table::cells(&self.text[line.clone()]) {
                let cell = line.start + cell.start..line.start + cell.end;
                self.push(BlockKind::TableCell, cell.clone(), [cell].into_iter());
            }
            self.open.pop();
        }
        self.open.pop();
    }

    /// The lines of a range inside a node: what the containers leave of each, put through `trim`.
    /// Blank lines at the end are left out.
    fn lines(
        &self,
        node: Node<'_>,
        range: Range<usize>,
        trim: fn(&str, Range<usize>) -> Range<usize>,
    ) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let mut start = range.start;
        while start < range.end {
            let rest = &self.text.as_bytes()[start..range.end];
            let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let end = start + length.unwrap_or(rest.len());
            let from = if lines.is_empty() || self.open.is_empty() {
                start
            } else {
                continuation_end(node, start).min(end)
            };
            lines.push(trim(self.text, from..end));
            start = match &self.text.as_bytes()[end..range.end] {
                [b'\r', b'\n', ..] => end + 2,
                _ => end + 1,
            };
        }
        while lines.len() > 1 && lines.last().is_some_and(Range::is_empty) {
            lines.pop();
        }
        if lines.is_empty() {
            lines.push(range.start..range.start);
        }
        lines
    }
}

/// Where the text of the line begins that starts at `byte`: behind what the containers take.
fn continuation_end(node: Node<'_>, mut byte: usize) -> usize {
    let mut node = node;
    while let Some(child) = node.first_child_for_byte(byte) {
        match role_of(child) {
            Role::Continuation if child.start_byte() <= byte => byte = child.end_byte(),
            Role::Content if child.start_byte() < byte => node = child,
            _ => break,
        }
    }
    byte
}

fn children<'t>(node: Node<'t>) -> impl Iterator<Item = Node<'t>> {
    let mut cursor = node.walk();
    let mut more = cursor.goto_first_child();
    std::iter::from_fn(move || {
        let node = more.then(|| cursor.node());
        more = more && cursor.goto_next_sibling();
        node
    })
}

/// The bytes of a paragraph's text, without what follows it.
fn content(paragraph: Node<'_>) -> Range<usize> {
    paragraph
        .child(0)
        .map_or_else(|| paragraph.byte_range(), |inline| inline.byte_range())
}

/// From the first line to the last.
fn span(lines: &[Range<usize>]) -> Range<usize> {
    match (lines.first(), lines.last()) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => 0..0,
    }
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches(BLANKS).len()
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let range = trim_end(text, range);
    range.start + blanks(&text[range.clone()])..range.end
}

fn trim_end(text: &str, range: Range<usize>) -> Range<usize> {
    range.start..range.start + text[range].trim_end_matches(BLANKS).len()
}

const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

/// `# title ##`: the hashes at the end are no text where a blank stands before them.
fn without_closing_hashes(text: &str, line: Range<usize>) -> Range<usize> {
    let open = text[line.clone()].trim_end_matches('#');
    if open.is_empty() || open.ends_with([' ', '\t']) {
        trim_end(text, line.start..line.start + open.len())
    } else {
        line
    }
}

/// The box at the start of a list item's text, and its length. The grammar knows no `[-]`, and no
/// box without text behind it.
fn task_box(text: &str) -> Option<(Task, usize)> {
    let task = match text.as_bytes().get(..3)? {
        b"[ ]" => Task::Open,
        b"[x]" | b"[X]" => Task::Done,
        b"[-]" => Task::Cancelled,
        _ => return None,
    };
    matches!(text.as_bytes().get(3), None | Some(b' ' | b'\t')).then_some((task, 3))
}
