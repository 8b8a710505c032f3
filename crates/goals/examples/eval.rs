//! The figures of the judgement on the labelled notes, by kind of note, beside earlier ones: for `cargo xtask eval`.
//!
//! ```text
//! cargo run -p sowhat-goals --release --example eval -- BEFORE
//! ```
//!
//! `BEFORE`: a `figures.txt` as `tests/corpus.rs` records it.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use std::collections::BTreeMap;
use std::fs;

#[allow(
    dead_code,
    reason = "the labelled notes' support serves others as well"
)]
#[path = "../tests/support/corpus.rs"]
mod corpus;
#[path = "../tests/support/record.rs"]
mod record;

/// What the columns are called.
const HEADS: [&str; 9] = [
    "P", "R", "F1", "import.", "cost", "realism", "P", "F1", "states",
];

fn main() -> Result<(), String> {
    let path = std::env::args().nth(1).ok_or("usage: eval BEFORE")?;
    let before = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    let before = record::read(&before)?;
    let today = record::record()?;
    for (set, about) in [
        (
            "train",
            "the rules and the reader were made with these notes",
        ),
        ("dev", "nobody looks into these notes"),
    ] {
        for judge in ["rules", "both"] {
            table(&format!("{set} {judge}"), about, &today, &before);
        }
    }
    Ok(())
}

fn table(title: &str, about: &str, today: &BTreeMap<String, f64>, before: &BTreeMap<String, f64>) {
    println!("{title} ({about})");
    println!(
        "{:6} {:^41}  {:^41}  {:^27}",
        "", "goals", "missing flags, F1", "all flags"
    );
    println!(
        "{:6} {}",
        "kind",
        HEADS.map(|head| format!("{head:<13}")).join(" ")
    );
    let suffix = record::FIGURES[0];
    let kinds = today.keys().filter_map(|name| {
        let kind = name.strip_prefix(title)?.strip_suffix(suffix)?;
        Some(kind.trim())
    });
    let mut kinds: Vec<&str> = kinds.collect();
    kinds.sort_by_key(|kind| (kind.len(), *kind != "plain", *kind));
    for kind in kinds {
        let cells = record::FIGURES.map(|figure| {
            let name = format!("{title} {kind} {figure}");
            cell(today[&name], before.get(&name).copied())
        });
        println!("{kind:6} {}", cells.join(" "));
    }
    println!();
}

/// A figure, and how it has moved where it has.
fn cell(now: f64, before: Option<f64>) -> String {
    let moved = before
        .map(|before| now - before)
        .filter(|moved| moved.abs() >= 0.0005);
    let moved = moved.map_or_else(String::new, |moved| format!(" {moved:+.3}"));
    format!("{:<13}", format!("{now:.3}{moved}"))
}
