//! What a keystroke costs, and a fresh note, beside the bare parser on the same text.

use divan::{Bencher, black_box};
use sowhat_syntax::Document;
use tree_sitter::{InputEdit, Language, Parser, Point};

const SIZES: [usize; 3] = [2 << 10, 20 << 10, 200 << 10];

fn main() {
    divan::main();
}

/// One character typed into the middle of a note with headings, and taken back.
#[divan::bench(args = SIZES)]
fn keystroke(bencher: Bencher, size: usize) {
    type_into(bencher, &note(size));
}

/// The same in a note without headings.
#[divan::bench(args = SIZES)]
fn keystroke_without_headings(bencher: Bencher, size: usize) {
    type_into(bencher, &note(size).replace("## ", ""));
}

/// The same while someone holds a snapshot of the note from before the key.
#[divan::bench(args = SIZES)]
fn keystroke_beside_a_snapshot(bencher: Bencher, size: usize) {
    let text = note(size);
    let at = middle(&text);
    let mut document = Document::new(&text);
    bencher.bench_local(|| {
        let snapshot = document.clone();
        document.edit(at..at, "x");
        black_box(snapshot.blocks());
        let snapshot = document.clone();
        document.edit(at..at + 1, "");
        black_box(snapshot.blocks());
    });
}

/// The bare incremental reparse of the same two edits, without any block read from the tree.
#[divan::bench(args = SIZES)]
fn bare_keystroke(bencher: Bencher, size: usize) {
    bare_type_into(bencher, note(size));
}

/// The same in a note without headings.
#[divan::bench(args = SIZES)]
fn bare_keystroke_without_headings(bencher: Bencher, size: usize) {
    bare_type_into(bencher, note(size).replace("## ", ""));
}

#[divan::bench(args = SIZES)]
fn fresh(bencher: Bencher, size: usize) {
    let text = note(size);
    bencher.bench_local(|| Document::new(black_box(&text)));
}

#[divan::bench(args = SIZES)]
fn bare_fresh(bencher: Bencher, size: usize) {
    let text = note(size);
    let mut parser = parser();
    bencher.bench_local(|| parser.parse(black_box(&text), None));
}

/// The plain text of every leaf of a note.
#[divan::bench(args = SIZES)]
fn inline(bencher: Bencher, size: usize) {
    let document = Document::new(&note(size));
    bencher.bench_local(|| {
        let texts = document
            .blocks()
            .iter()
            .map(|block| document.inline(block).text.len());
        texts.sum::<usize>()
    });
}

fn type_into(bencher: Bencher, text: &str) {
    let at = middle(text);
    let mut document = Document::new(text);
    bencher.bench_local(|| {
        document.edit(at..at, "x");
        black_box(document.blocks());
        document.edit(at..at + 1, "");
        black_box(document.blocks());
    });
}

fn bare_type_into(bencher: Bencher, text: String) {
    let at = middle(&text);
    let typed = format!("{}x{}", &text[..at], &text[at..]);
    let point = Point::new(
        text[..at].matches('\n').count(),
        at - text[..at].rfind('\n').map_or(0, |end| end + 1),
    );
    let behind = Point::new(point.row, point.column + 1);
    let mut parser = parser();
    let Some(mut tree) = parser.parse(&text, None) else {
        return;
    };
    bencher.bench_local(|| {
        for insert in [true, false] {
            let (old, new) = if insert { (0, 1) } else { (1, 0) };
            let end = |length| if length == 1 { behind } else { point };
            tree.edit(&InputEdit {
                start_byte: at,
                old_end_byte: at + old,
                new_end_byte: at + new,
                start_position: point,
                old_end_position: end(old),
                new_end_position: end(new),
            });
            let text = if insert { &typed } else { &text };
            if let Some(parsed) = parser.parse(text, Some(&tree)) {
                tree = parsed;
            }
        }
    });
}

fn parser() -> Parser {
    let mut parser = Parser::new();
    let language = Language::new(tree_sitter_md::LANGUAGE);
    parser
        .set_language(&language)
        .expect("Cargo.lock pins a grammar that this tree-sitter reads");
    parser
}

/// Inside a word of the middle's prose.
fn middle(text: &str) -> usize {
    let half = text.len() / 2;
    half + text[half..].find("nobody").unwrap_or(0) + 2
}

/// A call note of about so many bytes.
fn note(size: usize) -> String {
    let mut note = String::from("---\ndate: 2026-01-02\n---\n\n# Acme, second call\n\n");
    let mut number = 0;
    while note.len() < size {
        number += 1;
        note += &format!(
            "## Team {number}\n\n- Increase revenue {number}% YoY so that we can open an office\n  \
             - Because the **board** was promised it\n  - [ ] ask about last year\n- Hire {number} reps \
             by EOY\n\nThey said the number came from the CEO, and nobody knows why. It was\n\
             {number}% last year, see [[Acme first call|the first call]].\n\n> We miss it, we lose people.\n\n"
        );
    }
    note
}
