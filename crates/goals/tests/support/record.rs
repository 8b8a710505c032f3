//! The figures of the judgement on all labelled notes, and their record.

use std::collections::BTreeMap;

use sowhat_goals::Reads;

use crate::corpus::{Selection, figures, judge};

/// The figures of one row, in the order in which they are shown.
pub(crate) const FIGURES: [&str; 9] = [
    "goals precision",
    "goals recall",
    "goals F1",
    "importance F1",
    "cost F1",
    "realism F1",
    "flags precision",
    "flags F1",
    "states",
];

/// All figures, by `set judge kind figure`: both sets, by the rules alone and with the learned reader.
pub(crate) fn record() -> Result<BTreeMap<String, f64>, String> {
    let mut record = BTreeMap::new();
    for set in ["train", "dev"] {
        for (judge_name, reads) in [("rules", Reads::Never), ("both", Reads::AtOnce)] {
            let notes = judge(&Selection {
                set: set.to_owned(),
                reads,
                ..Selection::default()
            })?;
            for (kind, figures) in figures(&notes, false) {
                let flags = figures.flags.map(|counts| counts.f1());
                let all = figures.all_flags();
                let values = [
                    figures.goals.precision(),
                    figures.goals.recall(),
                    figures.goals.f1(),
                    flags[0],
                    flags[1],
                    flags[2],
                    all.precision(),
                    all.f1(),
                    figures.state_accuracy(),
                ];
                for (name, value) in FIGURES.into_iter().zip(values) {
                    record.insert(format!("{set} {judge_name} {kind} {name}"), value);
                }
            }
        }
    }
    Ok(record)
}

/// A record from its text, a figure a line.
pub(crate) fn read(text: &str) -> Result<BTreeMap<String, f64>, String> {
    let figure = |line: &str| {
        let (name, figure) = line.split_once(": ")?;
        Some((name.to_owned(), figure.parse().ok()?))
    };
    let lines = text
        .lines()
        .map(|line| figure(line).ok_or(format!("no figure: {line}")));
    lines.collect()
}
