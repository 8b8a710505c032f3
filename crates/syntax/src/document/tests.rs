use std::fmt::Write;

use super::Document;
use crate::Block;

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
