use std::fmt::Write;

use super::Document;
use crate::{Block, BlockKind};

/// A small generator, so that a failing case can be run again.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const PIECES: [&str; 64] = [
    "a",
    "goal 20%",
    "b c",
    " ",
    "  ",
    "    ",
    "\t",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\n\n\n",
    "- ",
    "\n- ",
    "\n- ",
    "\n  - ",
    "\n    - ",
    "\n\t- ",
    "* ",
    "\n* ",
    "+ ",
    "\n1. ",
    "\n2) ",
    "\n10. ",
    "> ",
    "\n> ",
    "\n> > ",
    "\n> - ",
    "\n> [!goal] T",
    "# ",
    "\n# H",
    "\n## H",
    "\n###### H",
    "#",
    "\n===",
    "\n---\n",
    "---",
    "\n***\n",
    "```",
    "\n```\n",
    "\n~~~\n",
    "\n```rust\n",
    "|",
    "\n| a | b |\n|---|---|\n| 1 | |",
    "\n| ",
    "||",
    "\n|---|\n",
    "[ ] ",
    "[x] ",
    "[-] ",
    "<!--",
    "-->",
    "<div>",
    "</div>",
    "\n<p>\n",
    "\n[a]: http://x\n",
    "\"t\"",
    "\0",
    "👩‍👩‍👧",
    "é",
    "**",
    "\\",
    "`",
];

fn text(random: &mut Random, pieces: usize) -> String {
    (0..pieces).map(|_| random.pick(&PIECES)).collect()
}

fn show(text: &str, blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        let lines: Vec<&str> = block.line_ranges().map(|line| &text[line]).collect();
        let indent = usize::from(block.depth) * 2;
        let _ = writeln!(
            out,
            "{:indent$}{:?} {:?} {:?} {lines:?}",
            "", block.kind, block.range, block.parent
        );
    }
    out
}

/// What must hold for the blocks of any text.
fn check_sound(document: &Document) {
    let text = document.text();
    let mut last = 0;
    for (index, block) in document.blocks().iter().enumerate() {
        assert!(
            last <= block.range.start,
            "{text:?}\n{}",
            show(&text, document.blocks())
        );
        last = block.range.start;
        assert!(
            text.get(block.range.clone()).is_some(),
            "{text:?} {block:?}"
        );
        for line in block.line_ranges() {
            let line_text = text.get(line.clone());
            assert!(
                line_text.is_some_and(|line| !line.contains(['\n', '\r'])),
                "{text:?} {block:?}"
            );
            assert!(
                block.range.start <= line.start && line.end <= block.range.end,
                "{text:?} {block:?}"
            );
        }
        match block.parent {
            None => assert_eq!(block.depth, 0),
            Some(parent) => {
                assert!((parent as usize) < index);
                let parent = &document.blocks()[parent as usize];
                assert_eq!(block.depth, parent.depth + 1);
                assert!(parent.range.start <= block.range.start, "{text:?}");
                assert!(
                    block.range.end <= parent.range.end,
                    "{text:?}\n{}",
                    show(&text, document.blocks())
                );
            }
        }
        document.inline(block);
    }
}

fn check_edits(seed: u64, length: usize, edits: usize) {
    let random = &mut Random(seed * 0x9e37_79b9 + 1);
    let mut document = Document::new(&text(random, length));
    for _ in 0..edits {
        let start = random.below(document.len() + 1);
        let span = if random.below(4) == 0 { 40 } else { 4 };
        let end = start + random.below(span);
        let pieces = random.below(3);
        let insert = text(random, pieces);
        let before = document.clone();
        document.edit(start..end, &insert);
        let text = document.text();
        let fresh = Document::new(&text);
        assert!(
            document.blocks() == fresh.blocks(),
            "seed {seed}: {:?}\nedit {start}..{end} {insert:?}\ngives {text:?}\nwas\n{}\nincremental\n{}\nfresh\n{}",
            before.text(),
            show(&before.text(), before.blocks()),
            show(&text, document.blocks()),
            show(&text, fresh.blocks()),
        );
    }
    check_sound(&document);
}

#[test]
fn edited_blocks_are_those_of_the_edited_text() {
    for seed in 0..400 {
        check_edits(seed, 4 + seed as usize % 60, 12);
    }
}

/// The blocks of a text, one a line: kind, then the lines of its text.
fn check(source: &str, expected: &[&str]) {
    let document = Document::new(source);
    check_sound(&document);
    let blocks: Vec<String> = document
        .blocks()
        .iter()
        .map(|block| {
            let lines: Vec<&str> = block.line_ranges().map(|line| &source[line]).collect();
            let name = match block.kind {
                BlockKind::Heading(level) => format!("h{level}"),
                BlockKind::ListItem { marker, task } => {
                    let task = task.map_or(String::new(), |task| format!(" {task:?}"));
                    format!("{marker:?}{task}")
                }
                BlockKind::Paragraph => "p".into(),
                BlockKind::BlockQuote => "quote".into(),
                BlockKind::TableRow { header } => if header { "header" } else { "row" }.into(),
                BlockKind::TableCell => "cell".into(),
                BlockKind::Code { .. } => "code".into(),
                other => format!("{other:?}"),
            };
            let text = if lines.is_empty() {
                String::new()
            } else {
                format!(" {}", lines.join("/"))
            };
            format!("{}{name}{text}", " ".repeat(block.depth.into()))
        })
        .collect();
    assert_eq!(blocks, expected, "{source:?}");
}

#[test]
fn lists_nest_by_any_indentation() {
    let nested = ["List", " Minus", "  p a", "  List", "   Minus", "    p b"];
    for indent in ["  ", "   ", "    ", "\t"] {
        check(&format!("- a\n{indent}- b\n"), &nested);
    }
    check(
        "1. a\n   more\n2) b",
        &[
            "List",
            " Dot",
            "  p a/more",
            "List",
            " Parenthesis",
            "  p b",
        ],
    );
    check("- \n- b\n", &["List", " Minus", " Minus", "  p b"]);
    check("-\n\n\n- b\n", &["List", " Minus", " Minus", "  p b"]);
}

#[test]
fn a_bullet_that_was_just_begun_makes_no_heading_of_the_line_above() {
    check("- a\n  - \n", &["List", " Minus", "  p a"]);
    check(
        "- a\n  - \n- b\n",
        &["List", " Minus", "  p a", " Minus", "  p b"],
    );
    check("a\nb\n-\n", &["p a/b"]);
    check("a\n--\n", &["h2 a"]);
    check("a\n=\n", &["h1 a"]);
}

#[test]
fn boxes_are_told_and_no_text() {
    check(
        "- [ ] a\n- [x] b\n- [-] c\n- [ ]\n- [-]d\n1. [X] e\n",
        &[
            "List",
            " Minus Open",
            "  p a",
            " Minus Done",
            "  p b",
            " Minus Cancelled",
            "  p c",
            " Minus Open",
            "  p ",
            " Minus",
            "  p [-]d",
            "List",
            " Dot Done",
            "  p e",
        ],
    );
}

#[test]
fn prefixes_are_no_text() {
    check(
        "> [!goal] Goals\n> - a\n>   b\nlazy\n",
        &[
            "quote",
            " p [!goal] Goals",
            " List",
            "  Minus",
            "   p a/b/lazy",
        ],
    );
    check(
        "- a\n  > q\n  > r\n",
        &["List", " Minus", "  p a", "  quote", "   p q/r"],
    );
    check("> # H\n> text\n", &["quote", " h1 H", " p text"]);
    check("> > a\n> b\n", &["quote", " quote", "  p a/b"]);
    check("> ```\n> x\n>\n>  y\n> ```\n", &["quote", " code x// y"]);
    check("   a  \n b\\\n\tc\n", &["p a/b\\/c"]);
}

#[test]
fn headings_show_their_title() {
    check(
        "# A #\n## B#\n###\n#### \n",
        &["h1 A", "h2 B#", "h3 ", "h4 "],
    );
    check("A\nb\n===\nC\n---\n", &["h1 A/b", "h2 C"]);
    check("> A\n> ---\n", &["quote", " h2 A"]);
}

#[test]
fn tables_have_all_their_cells() {
    let cells = [
        "Table", " header", "  cell a", "  cell b", " row", "  cell 1", "  cell ", " row",
        "  cell ", "  cell 2",
    ];
    check("| a | b |\n|---|---|\n| 1 | |\n|| 2 |\n", &cells);
    check("a|b\n-|-\n1||\n|  | 2\n", &cells);
    let mut inner = vec!["List".to_owned(), " Minus".to_owned()];
    inner.extend(cells.iter().map(|cell| format!("  {cell}")));
    let inner: Vec<&str> = inner.iter().map(String::as_str).collect();
    check("- | a | b |\n  |---|---|\n  | 1 |  |\n  || 2 |\n", &inner);
}

#[test]
fn ranges_end_with_the_text() {
    let document = Document::new("> - a\n>\n\n- b\n  c  \n\n\nd\r\n");
    let ends: Vec<usize> = document
        .blocks()
        .iter()
        .map(|block| block.range.end)
        .collect();
    assert_eq!(ends, [5, 5, 5, 5, 16, 16, 16, 22]);
}

#[test]
fn front_matter_is_read_at_the_start_only() {
    check(
        "---\ngoals: x\n---\n\na\n",
        &["FrontMatter goals: x", "p a"],
    );
    check("+++\n+++\n", &["FrontMatter"]);
    check("\n---\na\n---\n", &["ThematicBreak", "h2 a"]);
}

#[test]
fn any_line_ending_ends_a_line() {
    let expected = ["h1 A", "p b/c", "List", " Minus", "  p d"];
    for ending in ["\n", "\r\n", "\r"] {
        check(&"# A\n\nb\nc\n- d\n".replace('\n', ending), &expected);
    }
    let document = Document::new("a\r\nb\rc\nd");
    let lines = [0, 1, 2, 3, 4].map(|line| (document.line_range(line), document.line_ending(line)));
    assert_eq!(
        lines,
        [
            (0..1, "\r\n"),
            (3..4, "\r"),
            (5..6, "\n"),
            (7..8, ""),
            (8..8, "")
        ]
    );
    assert_eq!(
        (
            document.first_line_ending(),
            Document::new("").first_line_ending()
        ),
        ("\r\n", "\n")
    );
}

#[test]
fn edits_are_clamped() {
    let mut document = Document::new("aé👍");
    document.edit(2..5, "-");
    assert_eq!(document.text(), "a-👍");
    document.edit(99..200, "!");
    #[allow(clippy::reversed_empty_ranges, reason = "what is tested")]
    document.edit(3..1, "?");
    assert_eq!(document.text(), "a-?👍!");
    assert_eq!(document.slice(4..500), "👍!");
}

#[test]
fn the_innermost_block_is_found() {
    let document = Document::new("# A\n\n- b\n  - c\n\nd\n");
    let kind = |byte| {
        document
            .block_at(byte)
            .map(|index| document.blocks()[index].kind)
    };
    assert_eq!(kind(3), Some(BlockKind::Heading(1)));
    assert_eq!(kind(13), Some(BlockKind::Paragraph));
    assert_eq!(kind(15), None);
    assert_eq!(kind(16), Some(BlockKind::Paragraph));
}

/// Shapes that made parsers abort, overflow the stack or go quadratic.
#[test]
fn hostile_notes_are_read_in_time() {
    let deep = |unit: &str, count: usize| format!("{}x\n", unit.repeat(count));
    let steps: String = (0..700)
        .map(|depth| format!("{}- a\n", "  ".repeat(depth)))
        .collect();
    let table = format!(
        "{}\n{}\n{}",
        "|a".repeat(500),
        "|-".repeat(500),
        format!("{}\n", "|b".repeat(500)).repeat(200)
    );
    let mut shapes = vec![steps, table];
    for unit in ["> ", "- ", "1. ", "* > ", ">", "* ", "+ - "] {
        shapes.extend([250, 260, 10_000].map(|count| deep(unit, count)));
    }
    for unit in [
        "*", "[", "`", "|", "_", "~~", "==", "](", "[[", "<", "<a ", "<!--", "%%", "&", "\\", "\0",
        "\r", "![", "[a](", "**a", "a**", "`` ` ", "[^", "://", "a://", "www.a", "#", "=", "-",
        "👍", "~", "\"", "[a]: ", "|-", "a|",
    ] {
        shapes.push(unit.repeat(100_000 / unit.len()));
    }
    for shape in &shapes {
        let name: String = shape.chars().take(12).collect();
        let start = std::time::Instant::now();
        let mut document = Document::new(shape);
        check_sound(&document);
        let middle = document.len() / 2;
        document.edit(middle..middle, "x");
        document.edit(0..0, "- a\n\n");
        assert!(
            start.elapsed().as_secs() < 10,
            "{name:?} took {:?}",
            start.elapsed()
        );
    }
}

#[test]
fn random_bytes_are_a_note() {
    let random = &mut Random(7);
    for _ in 0..300 {
        let bytes: Vec<u8> = (0..random.below(300))
            .map(|_| random.below(256) as u8 & if random.below(9) > 0 { 0x7f } else { 0xff })
            .collect();
        check_sound(&Document::new(&String::from_utf8_lossy(&bytes)));
        check_sound(&Document::new(&text(random, 60)));
    }
}
