//! The labelled notes hold the line: prints how the judgement scores on them, and fails where a figure falls
//! below what `floor.txt` records. `UPDATE_FLOOR=1 cargo test -p sowhat-goals --test corpus` records today's.

use sowhat_goals::Reads;
use std::{collections::BTreeMap, env, fmt::Write as _, fs, path::PathBuf};

#[path = "support/corpus.rs"]
mod corpus;

/// How far a figure may fall before it counts: less than a handful of goals.
const TOLERANCE: f64 = 0.004;

/// The figures that are held, by `set group figure`.
fn figures() -> BTreeMap<String, f64> {
    let mut held = BTreeMap::new();
    let selections = ["train", "dev"].into_iter().flat_map(|set| {
        [Reads::Never, Reads::AtOnce].map(|reads| corpus::Selection {
            set: set.to_owned(),
            reads,
            ..corpus::Selection::default()
        })
    });
    for selection in selections {
        let set = match selection.reads {
            Reads::Never => format!("{} rules", selection.set),
            _ => format!("{} both", selection.set),
        };
        let notes = corpus::judge(&selection).expect("the labelled notes are in the repository");
        for (group, figures) in corpus::figures(&notes, false) {
            // The kinds move against each other while the judgement is worked on; what counts is the whole.
            if !["plain", "all"].contains(&group.as_str()) {
                continue;
            }
            let mut hold = |name: &str, figure: f64| {
                held.insert(format!("{set} {group} {name}"), figure);
            };
            hold("goals precision", figures.goals.precision());
            hold("goals F1", figures.goals.f1());
            hold("flags F1", figures.all_flags().f1());
            hold("states", figures.state_accuracy());
        }
    }
    held
}

#[test]
fn no_figure_falls_below_its_floor() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/floor.txt");
    let figures = figures();
    let mut table = String::new();
    for (name, figure) in &figures {
        writeln!(table, "{name}: {figure:.3}").unwrap();
    }
    println!("{table}");
    if env::var_os("UPDATE_FLOOR").is_some() {
        fs::write(&path, table).unwrap();
        return;
    }
    let mut held = 0;
    let mut fallen = String::new();
    for line in fs::read_to_string(&path).unwrap().lines() {
        let (name, floor) = line.split_once(": ").unwrap();
        let floor: f64 = floor.parse().unwrap();
        let figure = figures[name];
        held += 1;
        if figure + TOLERANCE < floor {
            writeln!(fallen, "{name}: {figure:.3}, was {floor:.3}").unwrap();
        }
    }
    assert_eq!(held, figures.len(), "floor.txt does not name every figure");
    assert!(fallen.is_empty(), "\n{fallen}");
}
