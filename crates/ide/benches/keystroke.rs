//! What a keystroke costs: from the edit to the findings, at three lengths of a note; beside it
//! the bare incremental block parse of the same edit, and the first look at a fresh note, without and with the learned
//! reader.

use std::sync::Arc;

use divan::{Bencher, black_box};
use sowhat_ide::{Analysis, Config, Document, Memo, Reads};

/// Lengths in KiB.
const LENGTHS: [usize; 3] = [2, 20, 200];

fn main() {
    divan::main();
}

/// A note of about so many KiB: calls with goals, answers and small talk.
fn note(kib: usize) -> String {
    let mut text = String::new();
    let mut call = 0;
    while text.len() < kib * 1024 {
        call += 1;
        text += &format!(
            "# Call {call} with Brackenfield\n\n## Goals\n\n- Grow ARR from $8M to ${}M this year\n  - why: the board promised it to investor {call}\n- Cut churn to {}% by June\n  - if missed: {} jobs go\n\n## Notes\n\nThey have used the old system for years and the team of {call} knows it well. Anna thinks the\nwarehouse is the hard part; nobody has looked at the returns since the spring.\n\n> \"We would rather do it once and do it well.\"\n\n- [ ] send the deck\n- [ ] find out who signs\n\n",
            9 + call % 9,
            2 + call % 7,
            3 + call % 40,
        );
    }
    text
}

/// Where the person types: in the middle, in the value of a goal that other calls state in the same words, so that
/// each letter makes another goal of it.
fn middle(text: &str) -> usize {
    let half = text.len() / 2;
    half + text[half..].find(" this year").unwrap_or_default()
}

#[divan::bench(args = LENGTHS)]
fn keystroke(bencher: Bencher<'_, '_>, kib: usize) {
    let text = note(kib);
    typing(bencher, &text, middle(&text), "x", Memo::default());
}

/// A text comes, and goes again, in a note that `memo` has seen.
fn typing(bencher: Bencher<'_, '_>, text: &str, at: usize, typed: &str, mut memo: Memo) {
    let mut document = Document::new(text);
    let config = Arc::new(Config::default());
    Analysis::new(document.clone(), Arc::clone(&config), None, &mut memo);
    for unread in memo.unread() {
        memo.learn(unread.read());
    }
    Analysis::new(document.clone(), Arc::clone(&config), None, &mut memo);
    let mut there = false;
    bencher.bench_local(|| {
        match there {
            false => document.edit(at..at, typed),
            true => document.edit(at..at + typed.len(), ""),
        }
        there = !there;
        let analysis = Analysis::new(document.clone(), Arc::clone(&config), None, &mut memo);
        black_box(analysis.diagnostics())
    });
}

/// A new line in a note that the learned reader has read, as long as those that it reads in an editor: all goals are
/// weighed with all sentences again.
#[divan::bench(args = [2, 20, 60])]
fn new_line_when_read(bencher: Bencher<'_, '_>, kib: usize) {
    let text = note(kib);
    let at = behind(&text, "old system for years");
    typing(bencher, &text, at, "\n\n", Memo::reading(Reads::Later));
}

/// A place in the middle, behind some words.
fn behind(text: &str, words: &str) -> usize {
    let half = text.len() / 2;
    text[half..]
        .find(words)
        .map_or(half, |at| half + at + words.len())
}

/// A letter comes, and goes again, behind some words in the middle of a note.
fn type_behind(bencher: Bencher<'_, '_>, kib: usize, words: &str) {
    let text = note(kib);
    typing(bencher, &text, behind(&text, words), "x", Memo::default());
}

#[divan::bench(args = LENGTHS)]
fn keystroke_in_a_goal(bencher: Bencher<'_, '_>, kib: usize) {
    type_behind(bencher, kib, "this year");
}

#[divan::bench(args = LENGTHS)]
fn keystroke_in_evidence(bencher: Bencher<'_, '_>, kib: usize) {
    type_behind(bencher, kib, "board promised");
}

#[divan::bench(args = LENGTHS)]
fn keystroke_in_prose(bencher: Bencher<'_, '_>, kib: usize) {
    type_behind(bencher, kib, "old system for years");
}

#[divan::bench(args = LENGTHS)]
fn findings_only(bencher: Bencher<'_, '_>, kib: usize) {
    let document = Document::new(&note(kib));
    let analysis = Analysis::new(document, Arc::default(), None, &mut Memo::default());
    bencher.bench_local(|| black_box(analysis.diagnostics()));
}

#[divan::bench(args = LENGTHS)]
fn bare_block_parse(bencher: Bencher<'_, '_>, kib: usize) {
    let text = note(kib);
    let at = middle(&text);
    let mut document = Document::new(&text);
    let mut typed = false;
    bencher.bench_local(|| {
        match typed {
            false => document.edit(at..at, "x"),
            true => document.edit(at..at + 1, ""),
        }
        typed = !typed;
        black_box(document.blocks().len())
    });
}

#[divan::bench(args = LENGTHS)]
fn fresh_note(bencher: Bencher<'_, '_>, kib: usize) {
    let text = note(kib);
    let config = Arc::new(Config::default());
    bencher.bench_local(|| {
        let document = Document::new(black_box(&text));
        let mut memo = Memo::default();
        Analysis::new(document, Arc::clone(&config), None, &mut memo).diagnostics()
    });
}

/// The first look with the learned reader, on all cores: what a person who opens a note waits for.
#[divan::bench(args = [2, 20], sample_count = 10)]
fn fresh_note_read(bencher: Bencher<'_, '_>, kib: usize) {
    let text = note(kib);
    let config = Arc::new(Config::default());
    bencher.bench_local(|| {
        let document = Document::new(black_box(&text));
        let mut memo = Memo::reading(Reads::AtOnce);
        Analysis::new(document, Arc::clone(&config), None, &mut memo).diagnostics()
    });
}
