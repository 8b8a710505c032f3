//! Looks for the weighing of rules and reader that serves labelled notes best: `Weighing` in `reading/decide.rs`.
//!
//! ```text
//! cargo run -p sowhat-goals --release --example fit -- FOLD [FOLDER]
//! ```
//!
//! `FOLD`: the fold of `tests/corpus/train` that the reader was not trained on. `FOLDER`: further labelled notes that it
//! was not trained on.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use sowhat_goals::{Memo, Reads, Settings, State, Weighing, note};
use syntax::Document;
use test_utils::score::{Figures, Scored, match_goals};

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
    &[0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8],
    &[1.0, 1.5, 2.0, 3.0, 5.0, 10.0],
];

/// How sure it is to be before a missing qualifier is a warning.
const SURE: [f32; 8] = [0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

fn main() -> Result<(), String> {
    let mut held = HeldOut::load()?;
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
            let sum = show(&weighing, &held.figures(weighing));
            if sum > best.1 {
                best = (weighing, sum);
            }
        }
    }
    println!("best: {:?}", best.0);
    for sure in SURE {
        held.figures(Weighing { sure, ..best.0 });
        let (right, all) = held.sure();
        println!(
            "sure from {sure:.1}: {all} missing, {:.3} of them rightly",
            right as f64 / all as f64
        );
    }
    Ok(())
}

/// Labelled notes that the reader was not trained on.
struct HeldOut {
    notes: Vec<(corpus::Judged, Document, Memo)>,
    settings: Settings,
}

impl HeldOut {
    fn load() -> Result<HeldOut, String> {
        let mut words = std::env::args().skip(1);
        let fold = words.next().and_then(|fold| fold.parse().ok());
        let mut labelled = corpus::judge(&corpus::Selection {
            set: "train".to_owned(),
            fold: Some(fold.ok_or("usage: fit FOLD [FOLDER]")?),
            ..corpus::Selection::default()
        })?;
        if let Some(folder) = words.next() {
            let folder = std::path::absolute(folder).map_err(|error| error.to_string())?;
            labelled.extend(corpus::judge(&corpus::Selection {
                set: folder.display().to_string(),
                ..corpus::Selection::default()
            })?);
        }
        let memo = || Memo::reading(Reads::AtOnce);
        let notes = labelled.into_iter().map(|judged| {
            let document = Document::new(&judged.gold.text);
            (judged, document, memo())
        });
        Ok(HeldOut {
            notes: notes.collect(),
            settings: Settings {
                today: Some((2026, 6, 1)),
                ..Settings::default()
            },
        })
    }

    /// Judges with this weighing.
    fn figures(&mut self, weighing: Weighing) -> Figures {
        let mut figures = Figures::default();
        for (judged, document, memo) in &mut self.notes {
            memo.weigh(weighing);
            judged.goals = note(document, &self.settings, memo).goals;
            let (gold, found) = judged.scored();
            figures.add(&gold, &found);
        }
        figures
    }

    /// How many qualifiers are surely missing: rightly so, and all.
    fn sure(&self) -> (usize, usize) {
        let (mut right, mut all) = (0, 0);
        for (judged, ..) in &self.notes {
            let (gold, found) = judged.scored();
            let pairs = match_goals(&gold, &found).pairs;
            for (at, goal) in judged.goals.iter().enumerate() {
                let labelled = pairs.iter().find(|(_, found)| *found == at);
                for (qualifier, verdict) in goal.verdicts.iter().enumerate() {
                    if verdict.state == State::Missing && !verdict.doubted {
                        let is_right =
                            |gold: &Scored| gold.states[qualifier] == test_utils::State::Missing;
                        all += 1;
                        right += usize::from(labelled.is_some_and(|(of, _)| is_right(&gold[*of])));
                    }
                }
            }
        }
        (right, all)
    }
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
