//! What is remembered never changes an answer: a note that was edited step by step is judged like a fresh one.

use std::fs;
use std::path::PathBuf;

use sowhat_goals::{Memo, Settings, note};
use syntax::Document;

/// Lines that change what stands around others.
const LINES: &[&str] = &[
    "## Goals\n",
    "# Call 2, 3 March 2026\n",
    "- Grow ARR from $8M to $12M this year\n",
    "  - why: the board promised it\n",
    "- Cut churn to 5% by June\n",
    "Realism: it was 7% last year\n",
    "| Goal | Why | If missed |\n| --- | --- | --- |\n| Hire 5 reps | board | |\n",
    "> We want to double revenue, otherwise jobs go.\n",
    "Anna (CFO): we need 20% more leads\nBen (AE): why does that matter?\nAnna: the bank looks at it\nBen: ok\n",
    "1. Open 3 offices\n2. Win 40 customers\n",
    "Actually 6M ARR now.\n",
    "\n",
];

/// Steps of a small generator of numbers; the tests need no better one.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

fn edit(document: &mut Document, random: &mut Random) {
    let mut at = random.below(document.len() + 1);
    if random.below(2) == 0 {
        at = document
            .line_range(random.below(document.line_count()))
            .start;
    }
    match random.below(4) {
        0 => document.edit(at..at + random.below(60), ""),
        1 => document.edit(at..at, ["x", " ", "7", "\n", "#", "- "][random.below(6)]),
        _ => document.edit(at..at, LINES[random.below(LINES.len())]),
    }
}

#[test]
fn a_remembered_note_reads_like_a_fresh_one() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/train");
    let mut notes: Vec<PathBuf> = (fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    notes.sort();
    let settings = Settings::default();
    let mut memo = Memo::default();
    let mut random = Random(7);
    let mut goals = 0;
    for path in notes.iter().step_by(29) {
        let mut document = Document::new(&fs::read_to_string(path).unwrap());
        for step in 0..15 {
            edit(&mut document, &mut random);
            let remembered = note(&document, &settings, &mut memo);
            let fresh = note(&document, &settings, &mut Memo::default());
            goals += fresh.goals.len();
            assert_eq!(remembered, fresh, "{} after edit {step}", path.display());
        }
    }
    assert!(goals > 500, "the notes hold goals: {goals}");
}

#[test]
fn other_words_for_a_heading_are_not_answered_from_memory() {
    let document = Document::new("## Moonshots\n\n- Grow ARR to $12M\n");
    let mut memo = Memo::default();
    let plain = Settings::default();
    let told = Settings {
        goal_headings: vec!["Moonshots".to_owned()],
        ..Settings::default()
    };
    for settings in [&plain, &told, &plain] {
        let fresh = note(&document, settings, &mut Memo::default());
        assert_eq!(note(&document, settings, &mut memo), fresh);
    }
}
