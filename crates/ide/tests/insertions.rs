//! What inserting does to a note: whatever is offered, the rest of the file stays byte for byte and means the same, and
//! nothing is offered twice. Holds for the notes of the repository; `SOWHAT_NOTES` names more folders, separated as in
//! `PATH`.
#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

#[path = "../src/assists/tests/elsewhere.rs"]
mod elsewhere;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs};

use sowhat_ide::{
    Analysis, Assist, BlockKind, Config, Diagnostic, Document, Memo, QUALIFIERS, TextEdit, apply,
};

/// One in so many of the training notes is looked at, and one in so many lines is made a goal: all of them take minutes.
const SAMPLE: usize = 6;

#[test]
fn every_insertion_keeps_the_rest_and_is_offered_once() {
    let mut seen = Seen::default();
    for (name, text) in notes() {
        seen.notes += 1;
        for (shape, text) in shapes(&text) {
            seen.check(&format!("{name}, {shape}"), &text);
        }
    }
    println!(
        "{} notes, {} goals in all shapes, {} edits",
        seen.notes, seen.goals, seen.edits
    );
    assert!(seen.goals > 1000 && seen.edits > 10_000);
    assert!(
        seen.broken.is_empty(),
        "{} broken\n{}",
        seen.broken.len(),
        seen.broken.join("\n")
    );
}

/// A note as it is, and as other editors and habits would have it.
fn shapes(text: &str) -> [(&'static str, String); 5] {
    let plain = text.replace("\r\n", "\n");
    let quoted: String = plain.lines().map(|line| format!("> {line}\n")).collect();
    [
        ("as it is", text.to_owned()),
        ("CRLF", plain.replace('\n', "\r\n")),
        ("without the last line ending", plain.trim_end().to_owned()),
        ("quoted", quoted.clone()),
        (
            "quoted, CRLF, open end",
            quoted.trim_end().replace('\n', "\r\n"),
        ),
    ]
}

/// Something that inserts into a note.
struct Insertion {
    /// What it is called.
    label: String,
    /// Where it is offered, in bytes.
    at: usize,
    edits: Vec<TextEdit>,
}

/// All that was looked at, and what was wrong with it.
#[derive(Default)]
struct Seen {
    memo: Memo,
    notes: usize,
    goals: usize,
    edits: usize,
    broken: Vec<String>,
}

impl Seen {
    fn check(&mut self, name: &str, text: &str) {
        let analysis = judged(text, &mut self.memo);
        self.goals += analysis.note().goals.len();
        for insertion in places(&analysis)
            .into_iter()
            .flat_map(|at| offered(&analysis, at))
        {
            self.edits += 1;
            let Insertion { label, at, edits } = insertion;
            let after = apply(text, &edits).unwrap();
            let after = judged(&after, &mut self.memo);
            let mut broken = elsewhere::wrong(analysis.document(), &edits, after.document());
            if broken.is_none() {
                let again = offered(&after, moved(at, &edits));
                let twice = again.iter().any(|other| other.label == label);
                broken = twice.then(|| "offered again".to_owned());
            }
            let told = broken.map(|wrong| format!("{name} at {at}: {label}: {wrong}"));
            self.broken.extend(told);
        }
    }
}

/// The start of the note, of each goal, of each line that may become one, and of each heading with a lens.
fn places(analysis: &Analysis) -> BTreeSet<usize> {
    let goals = analysis.note().goals.iter().map(|goal| goal.range.start);
    let blocks = analysis.document().blocks().iter();
    let lines = blocks.filter(|block| block.kind == BlockKind::Paragraph);
    let lenses = analysis.code_lenses(&analysis.diagnostics()).into_iter();
    std::iter::once(0)
        .chain(goals)
        .chain(lines.map(|block| block.range.start).step_by(SAMPLE))
        .chain(lenses.map(|lens| lens.range.start))
        .collect()
}

/// All that inserts and is offered at a place: for the goal that begins there, above the heading, for the line; and for
/// the whole note at its start.
fn offered(analysis: &Analysis, at: usize) -> Vec<Insertion> {
    let findings = analysis.diagnostics();
    let goals = &analysis.note().goals;
    let goal = goals.iter().position(|goal| goal.range.start == at);
    let range = goal.map_or(at..at, |goal| goals[goal].range.clone());
    let mut offered: Vec<(String, Vec<TextEdit>)> = Vec::new();
    if goal.is_some() {
        let own = |assist: &Assist| assist.fixes.iter().all(|finding| finding.goal == goal);
        let assists = analysis.assists(range.clone()).into_iter().filter(own);
        offered.extend(assists.map(|assist| (assist.label, assist.edits)));
        let own = findings.iter().filter(|finding| finding.goal == goal);
        let own: Vec<Diagnostic> = own.cloned().collect();
        let hints = analysis.inlay_hints(&own, range.clone()).into_iter();
        offered.extend(hints.map(|hint| (format!("Hint: {}", hint.tooltip), vec![hint.edit])));
    }
    let rewrites = analysis.rewrites(range).into_iter();
    offered.extend(rewrites.map(|assist| (assist.label, assist.edits)));
    offered.push(("Lens".to_owned(), analysis.ask_section(at)));
    if at == 0 {
        offered.push(("Ask all".to_owned(), analysis.ask_all(&QUALIFIERS)));
    }
    offered.retain(|(_, edits)| !edits.is_empty());
    let insertion = |(label, edits)| Insertion { label, at, edits };
    offered.into_iter().map(insertion).collect()
}

/// Where a place is once something was inserted.
fn moved(at: usize, edits: &[TextEdit]) -> usize {
    let before = edits.iter().filter(|edit| edit.range.start < at);
    at + before.map(|edit| edit.insert.len()).sum::<usize>()
}

fn judged(text: &str, memo: &mut Memo) -> Analysis {
    let config = Arc::new(Config::default());
    Analysis::new(Document::new(text), config, Some((2026, 6, 1)), memo)
}

/// The notes by name: the examples, all of `dev`, a sample of `train`, and those that the environment names.
fn notes() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut paths = notes_of(&root.join("examples"));
    paths.extend(notes_of(&root.join("tests/corpus/dev")));
    paths.extend(
        notes_of(&root.join("tests/corpus/train"))
            .into_iter()
            .step_by(SAMPLE),
    );
    if let Some(folders) = env::var_os("SOWHAT_NOTES") {
        paths.extend(env::split_paths(&folders).flat_map(|folder| notes_of(&folder)));
    }
    let named = |path: PathBuf| {
        (
            path.display().to_string(),
            fs::read_to_string(path).unwrap(),
        )
    };
    paths.into_iter().map(named).collect()
}

fn notes_of(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut notes: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .collect();
    notes.sort();
    notes
}
