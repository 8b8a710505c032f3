//! The labelled notes hold the line: prints how the judgement scores on them, and fails where a figure falls
//! below what `figures.txt` records. `UPDATE_FIGURES=1 cargo test -p sowhat-goals --test corpus` records today's;
//! `cargo xtask eval` shows them.

use std::{env, fmt::Write as _, fs, path::PathBuf};

#[allow(
    dead_code,
    reason = "the labelled notes' support serves others as well"
)]
#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/record.rs"]
mod record;

/// How far a figure may fall before it counts: less than a handful of goals.
const TOLERANCE: f64 = 0.004;

/// The kinds of notes move against each other while the judgement is worked on; what counts is the whole.
const HELD_KINDS: [&str; 2] = [" plain ", " all "];
const HELD: [&str; 4] = ["goals precision", "goals F1", "flags F1", "states"];

#[test]
fn no_figure_falls_below_what_is_recorded() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/figures.txt");
    let today = record::record().expect("the labelled notes are in the repository");
    let lines = today
        .iter()
        .map(|(name, figure)| format!("{name}: {figure:.3}\n"));
    let table: String = lines.collect();
    println!("{table}");
    if env::var_os("UPDATE_FIGURES").is_some() {
        fs::write(&path, table).unwrap();
        return;
    }
    let recorded = record::read(&fs::read_to_string(&path).unwrap()).unwrap();
    let names = |record: &std::collections::BTreeMap<String, f64>| -> Vec<String> {
        record.keys().cloned().collect()
    };
    assert_eq!(
        names(&recorded),
        names(&today),
        "figures.txt names every figure"
    );
    let mut fallen = String::new();
    for (name, floor) in recorded {
        let held = HELD_KINDS.iter().any(|kind| name.contains(kind))
            && HELD.iter().any(|figure| name.ends_with(figure));
        let figure = today[&name];
        if held && figure + TOLERANCE < floor {
            writeln!(fallen, "{name}: {figure:.3}, was {floor:.3}").unwrap();
        }
    }
    assert!(fallen.is_empty(), "\n{fallen}");
}
