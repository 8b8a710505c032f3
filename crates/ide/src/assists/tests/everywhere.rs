//! A goal in every leaf of the labelled notes, whatever the judgement sees there: where its questions and comments go,
//! the rest means the same.

use std::fs;
use std::path::Path;

use super::*;

#[test]
fn below_every_leaf_the_rest_means_the_same() {
    let mut edits = 0;
    let mut broken = Vec::new();
    for (name, text) in notes() {
        for document in shapes(&text) {
            let leaves = leaves(&document);
            let alone = leaves.iter().map(|leaf| vec![leaf.clone()]);
            for goals in alone.chain([leaves.clone()]) {
                let analysis = with_goals(document.clone(), goals);
                for done in all_done(&analysis) {
                    edits += done.len();
                    let wrong = wrong(&analysis, &done);
                    broken.extend(wrong.map(|wrong| format!("{name}: {wrong}\n  {done:?}")));
                }
            }
        }
    }
    println!("{edits} edits");
    assert!(edits > 10_000, "{edits} edits");
    assert_eq!(broken, [""; 0], "{} broken", broken.len());
}

/// A note as it is, with nothing between its blocks, and quoted as tightly as can be, with an open end.
fn shapes(text: &str) -> [Document; 3] {
    let dense = text.replace("\n\n", "\n");
    let quoted: Vec<String> = text.lines().map(|line| format!(">{line}")).collect();
    [text, &dense, &quoted.join("\r\n")].map(Document::new)
}

/// Everything asked, and the first goal silenced.
fn all_done(analysis: &Analysis) -> [Vec<TextEdit>; 2] {
    let silence = ignore::goal(analysis, 0, Vec::new());
    [
        analysis.ask_all(&ALL),
        silence.map_or_else(Vec::new, |assist| assist.edits),
    ]
}

fn wrong(analysis: &Analysis, edits: &[TextEdit]) -> Option<String> {
    let document = analysis.document();
    let after = Document::new(&apply(&document.text(), edits).unwrap());
    if let Some(wrong) = elsewhere::wrong(document, edits, &after) {
        return Some(wrong);
    }
    let moved = |at| map_offset(edits, at, Bias::Before);
    let goals = analysis.note().goals.iter();
    let goals = goals.map(|goal| moved(goal.range.start)..moved(goal.range.end));
    let again = with_goals(after, goals.collect());
    let asked = !edits.is_empty() && edits.iter().all(|edit| edit.insert.contains('?'));
    (asked && !again.ask_all(&ALL).is_empty()).then(|| "asked twice".to_owned())
}

/// The first line of each leaf that has words.
fn leaves(document: &Document) -> Vec<Range<usize>> {
    let blocks = document.blocks().iter();
    let blocks = blocks.filter(|block| block.kind != BlockKind::FrontMatter);
    let lines = blocks.filter_map(|block| block.line_ranges().next());
    lines.filter(|line| !line.is_empty()).collect()
}

fn notes() -> Vec<(String, String)> {
    let dev = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/dev");
    let paths = fs::read_dir(dev)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let notes = paths.filter(|path| path.extension().is_some_and(|end| end == "md"));
    let named = |path: std::path::PathBuf| {
        (
            path.display().to_string(),
            fs::read_to_string(path).unwrap(),
        )
    };
    notes.map(named).collect()
}
