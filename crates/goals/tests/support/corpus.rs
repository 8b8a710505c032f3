//! The labelled notes under `tests/corpus`, judged and scored.

use std::path::PathBuf;

use sowhat_goals as goals;
use syntax::Document;
use test_utils::{
    State,
    gold::{self, LabelledNote},
    score::{Figures, Scored},
};

/// The day on which the labelled notes are judged, where they name none.
const TODAY: (i32, u8, u8) = (2026, 6, 1);

/// A labelled note with what the judgement says of it.
pub(crate) struct Judged {
    /// The note and its labels.
    pub(crate) gold: LabelledNote,
    /// The judgement's own goals.
    pub(crate) goals: Vec<goals::Goal>,
}

impl Judged {
    /// Labelled goals and found goals, as far as they are scored.
    pub(crate) fn scored(&self) -> (Vec<Scored>, Vec<Scored>) {
        let gold = self.gold.goals.iter().map(|goal| Scored {
            range: goal.range.clone(),
            states: goal.states(),
        });
        let found = self.goals.iter().map(|goal| Scored {
            range: goal.range.clone(),
            states: goal.verdicts.each_ref().map(|verdict| state(verdict.state)),
        });
        (gold.collect(), found.collect())
    }
}

/// The labels' word for a state.
pub(crate) fn state(state: goals::State) -> State {
    State::from_id(state.id()).expect("both crates name the same four states")
}

/// Which labelled notes are judged, and by whom.
#[derive(Default)]
pub(crate) struct Selection {
    /// The folder under `tests/corpus`, or any other, whole.
    pub(crate) set: String,
    /// How their names begin.
    pub(crate) prefix: String,
    /// One of the five folds that `training/` cuts, from 0.
    pub(crate) fold: Option<usize>,
    /// Whether the learned reader is asked.
    pub(crate) reads: goals::Reads,
}

/// Judges labelled notes.
pub(crate) fn judge(selection: &Selection) -> Result<Vec<Judged>, String> {
    let Selection { set, prefix, .. } = selection;
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/corpus")
        .join(set);
    let settings = goals::Settings {
        today: Some(TODAY),
        ..goals::Settings::default()
    };
    let notes = (gold::load(&folder)?.into_iter().enumerate())
        .filter(|(at, _)| selection.fold.is_none_or(|fold| at % 5 == fold))
        .filter(|(_, note)| note.name.starts_with(prefix.as_str()));
    Ok(notes
        .map(|(_, gold)| {
            let document = Document::new(&gold.text);
            // A memo of its own for each note: what one note left behind must not excuse the next.
            let note = goals::note(
                &document,
                &settings,
                &mut goals::Memo::reading(selection.reads),
            );
            Judged {
                gold,
                goals: note.goals,
            }
        })
        .collect())
}

/// The plainly worded kinds of labelled notes.
const PLAIN: [&str; 3] = ["p", "q", "s"];

/// The figures by first letter of the note's name, in alphabetical order, then those of the plainly worded notes
/// as `plain` and those of all as `all`.
pub(crate) fn figures(notes: &[Judged], given_goals: bool) -> Vec<(String, Figures)> {
    let mut rows: Vec<(String, Figures)> = Vec::new();
    let (mut plain, mut all) = (Figures::default(), Figures::default());
    for note in notes {
        let (gold, found) = note.scored();
        let mut figures = Figures::default();
        match given_goals {
            true => figures.add_given_goals(&gold, &found),
            false => figures.add(&gold, &found),
        }
        let letter: String = note.gold.name.chars().take(1).collect();
        if PLAIN.contains(&letter.as_str()) {
            plain += &figures;
        }
        if rows.last().is_none_or(|(last, _)| *last != letter) {
            rows.push((letter, Figures::default()));
        }
        if let Some((_, row)) = rows.last_mut() {
            *row += &figures;
        }
        all += &figures;
    }
    if plain.notes > 0 {
        rows.push(("plain".to_owned(), plain));
    }
    rows.push(("all".to_owned(), all));
    rows
}
