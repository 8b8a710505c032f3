//! What asking does to the findings (contract of `ask`): what was missing is asked, nothing else changes, and there is
//! nothing to ask a second time.
#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use sowhat_ide::{Analysis, Config, Document, Memo, QUALIFIERS, State, TextEdit, apply};

#[test]
fn asking_turns_what_is_missing_into_asked_and_changes_nothing_else() {
    let mut broken = Vec::new();
    let mut asked = 0;
    for (name, text) in notes() {
        let before = judged(&text);
        let edits = before.ask_all(&QUALIFIERS);
        asked += edits.len();
        let after = judged(&apply(&text, &edits).unwrap());
        if !after.ask_all(&QUALIFIERS).is_empty() {
            broken.push(format!("{name}: asked twice"));
        }
        let expected = states(&before, &edits).map(|(place, state)| match state {
            State::Missing => (place, State::Asked),
            other => (place, other),
        });
        let found = states(&after, &[]);
        if !expected.eq(found) {
            let expected: Vec<_> = states(&before, &edits).collect();
            let found: Vec<_> = states(&after, &[]).collect();
            let differ = expected.iter().zip(&found).filter(|(a, b)| a != b);
            let differ: Vec<_> = differ.map(|(a, b)| format!("{a:?}->{b:?}")).collect();
            broken.push(format!(
                "{name}: {} {} {differ:?}",
                expected.len(),
                found.len()
            ));
        }
    }
    assert!(asked > 1000, "{asked} questions asked");
    assert!(
        broken.is_empty(),
        "{} of them\n{}",
        broken.len(),
        broken.join("\n")
    );
}

/// Start of each goal (where `edits` put it) with the state of each qualifier.
fn states<'a>(
    analysis: &'a Analysis,
    edits: &'a [TextEdit],
) -> impl Iterator<Item = (usize, State)> + 'a {
    analysis.note().goals.iter().flat_map(move |goal| {
        let inserted = edits
            .iter()
            .filter(|edit| edit.range.start <= goal.range.start);
        let start = goal.range.start + inserted.map(|edit| edit.insert.len()).sum::<usize>();
        QUALIFIERS.map(|qualifier| (start, goal.verdict(qualifier).state))
    })
}

fn judged(text: &str) -> Analysis {
    let config = Arc::new(Config::default());
    Analysis::new(
        Document::new(text),
        config,
        Some((2026, 6, 1)),
        &mut Memo::default(),
    )
}

/// The example notes and the labelled ones.
fn notes() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders = ["examples", "tests/corpus/train", "tests/corpus/dev"];
    let entries = folders
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).unwrap());
    let paths = entries.map(|entry| entry.unwrap().path());
    let notes = paths.filter(|path| path.extension().is_some_and(|end| end == "md"));
    let mut notes: Vec<_> = notes
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into(),
                fs::read_to_string(path).unwrap(),
            )
        })
        .collect();
    notes.sort();
    notes
}
