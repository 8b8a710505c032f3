//! Looks for the weighing of rules and reader that serves labelled notes best: `Weighing` in `reading/decide.rs`.
//!
//! ```text
//! cargo run -p sowhat-goals --release --example fit -- FOLD
//! ```
//!
//! `FOLD`: the fold of `tests/corpus/train` that the reader was not trained on.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use sowhat_goals::{Memo, Reads, Settings, Weighing, note};
use syntax::Document;
use test_utils::score::Figures;

#[allow(
    dead_code,
    reason = "the labelled notes' support serves others as well"
)]
#[path = "../tests/support/corpus.rs"]
mod corpus;

/// What is tried of each number of a [`Weighing`].
const STEPS: [&[f32]; 5] = [
    &[0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95],
    &[0.0, 0.1, 0.2, 0.3, 0.5, 0.7],
    &[0.0, 0.05, 0.1, 0.2, 0.3],
    &[0.0, 0.3, 0.4, 0.5, 0.6],
    &[1.0, 1.5, 2.0, 3.0, 5.0, 10.0],
];

fn main() -> Result<(), String> {
    let fold = std::env::args().nth(1).and_then(|fold| fold.parse().ok());
    let selection = corpus::Selection {
        set: "train".to_owned(),
        fold: Some(fold.ok_or("usage: fit FOLD")?),
        ..corpus::Selection::default()
    };
    let settings = Settings {
        today: Some((2026, 6, 1)),
        ..Settings::default()
    };
    let mut notes: Vec<_> = (corpus::judge(&selection)?.into_iter())
        .map(|judged| {
            let document = Document::new(&judged.gold.text);
            (judged, document, Memo::reading(Reads::AtOnce))
        })
        .collect();
    let mut figures = |weighing: Weighing| {
        let mut figures = Figures::default();
        for (judged, document, memo) in &mut notes {
            memo.weigh(weighing);
            judged.goals = note(document, &settings, memo).goals;
            let (gold, found) = judged.scored();
            figures.add(&gold, &found);
        }
        figures
    };
    let mut best = (Weighing::default(), 0.0);
    // One number at a time, twice round: they hardly hang on each other.
    for field in (0..5).chain(0..5) {
        let from = best.0;
        for &step in STEPS[field] {
            let mut weighing = from;
            *[
                &mut weighing.new,
                &mut weighing.kept,
                &mut weighing.announced,
                &mut weighing.missing,
                &mut weighing.trust,
            ][field] = step;
            let figures = figures(weighing);
            let sum = show(&weighing, &figures);
            if sum > best.1 {
                best = (weighing, sum);
            }
        }
    }
    println!("best: {:?}", best.0);
    Ok(())
}

/// Prints the figures; gives what is to be as large as can be.
fn show(weighing: &Weighing, figures: &Figures) -> f64 {
    let (goals, flags) = (figures.goals, figures.all_flags());
    println!(
        "{weighing:?}: goals {:.3} {:.3} {:.3}  flags {:.3} {:.3} {:.3}  states {:.3}",
        goals.precision(),
        goals.recall(),
        goals.f1(),
        flags.precision(),
        flags.recall(),
        flags.f1(),
        figures.state_accuracy(),
    );
    goals.f1() + flags.f1() + figures.state_accuracy()
}
