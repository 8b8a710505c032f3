//! Writes labelled notes as the learned reader sees them, one JSON object a line, for `training/`.
//!
//! ```text
//! cargo run -p sowhat-goals --release --example lessons -- FOLDER > LESSONS
//! ```

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "printing is what it is for"
)]

use std::path::Path;
use std::process::ExitCode;

use serde_json::json;
use sowhat_goals::{Settings, lesson};
use syntax::Document;
use test_utils::gold::{self, LabelledNote};

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("usage: lessons FOLDER");
        return ExitCode::from(2);
    };
    match gold::load(Path::new(&folder)) {
        Ok(notes) => {
            notes.iter().for_each(print);
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(2)
        }
    }
}

fn print(note: &LabelledNote) {
    // The day on which the labelled notes are judged, where they name none.
    let settings = Settings {
        today: Some((2026, 6, 1)),
        ..Settings::default()
    };
    let given: Vec<_> = note.goals.iter().map(|goal| goal.range.clone()).collect();
    let lesson = lesson(&Document::new(&note.text), &settings, &given);
    let ends = |range: &std::ops::Range<usize>| [range.start, range.end];
    let goals = note.goals.iter().map(|goal| {
        json!({
            "range": ends(&goal.range),
            "states": goal.states().map(|state| state as u8),
            "evidence": goal.qualifiers.each_ref().map(|(_, text)| text),
        })
    });
    let served = lesson.served.iter();
    let served = served
        .map(|(goal, qualifier, state, sentence)| json!([goal, qualifier, *state as u8, sentence]));
    println!(
        "{}",
        json!({
            "name": note.name,
            "text": note.text,
            "pieces": lesson.pieces,
            "sources": lesson.sources.iter().map(ends).collect::<Vec<_>>(),
            "line_of": lesson.line_of,
            "sentence_of": lesson.sentence_of,
            "rules": lesson.rules,
            "around": lesson.around,
            "lines": lesson.lines,
            "goals": goals.collect::<Vec<_>>(),
            "rule_goals": lesson.goals.iter().map(ends).collect::<Vec<_>>(),
            "served": served.collect::<Vec<_>>(),
        })
    );
}
