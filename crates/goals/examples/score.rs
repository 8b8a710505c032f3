//! Scores the judgement against the labelled notes of `tests/corpus`.
//!
//! ```text
//! cargo run -p sowhat-goals --release --example score -- [--set train|dev] [--filter PREFIX] [--fold N] [--reader]
//!     [--list goals|importance|cost|realism|all] [--states-given-gold]
//! ```
//!
//! `--filter` takes the beginning of a note's name (`p`, `q017`). `--fold` takes one of
//! the five folds that `training/` cuts. `--reader` asks the learned reader beside the rules. `--list` prints every disagreement; it is
//! refused for `dev`, which is for measuring only. `--states-given-gold` scores states as if every goal had
//! been found and none was extra.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "printing is what it is for"
)]

use std::process::ExitCode;

use sowhat_goals::Reads;
use test_utils::{
    QUALIFIERS, State,
    score::{Counts, Figures, match_goals},
};

#[path = "../tests/support/corpus.rs"]
mod corpus;

use corpus::Judged;

const USAGE: &str = "usage: score [--set train|dev] [--filter PREFIX] [--fold N] [--reader] \
                     [--list goals|importance|cost|realism|all] [--states-given-gold]";

fn main() -> ExitCode {
    match options().and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(2)
        }
    }
}

struct Options {
    notes: corpus::Selection,
    list: Option<List>,
    given_goals: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum List {
    Goals,
    Qualifier(usize),
    All,
}

fn options() -> Result<Options, String> {
    let mut options = Options {
        notes: corpus::Selection {
            set: "train".to_owned(),
            ..corpus::Selection::default()
        },
        list: None,
        given_goals: false,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value\n{USAGE}"));
        match word.as_str() {
            "--set" => options.notes.set = value()?,
            "--filter" => options.notes.prefix = value()?,
            "--fold" => options.notes.fold = Some(value()?.parse().map_err(|_| USAGE)?),
            "--reader" => options.notes.reads = Reads::AtOnce,
            "--list" => options.list = Some(list(&value()?)?),
            "--states-given-gold" => options.given_goals = true,
            _ => return Err(USAGE.to_owned()),
        }
    }
    if options.notes.set == "dev" && options.list.is_some() {
        return Err("dev is for measuring: its disagreements are not listed".to_owned());
    }
    Ok(options)
}

fn list(word: &str) -> Result<List, String> {
    Ok(match word {
        "goals" => List::Goals,
        "importance" => List::Qualifier(0),
        "cost" => List::Qualifier(1),
        "realism" => List::Qualifier(2),
        "all" => List::All,
        _ => return Err(USAGE.to_owned()),
    })
}

fn run(options: Options) -> Result<(), String> {
    let notes = corpus::judge(&options.notes)?;
    if let Some(list) = options.list {
        for note in &notes {
            disagreements(note, list);
        }
    }
    let rows = corpus::figures(&notes, options.given_goals);
    println!(
        "{:5} {:>5}  {:^20} {:^20}  {:^11} {:^11} {:^11}  states",
        "", "notes", "goals  P   R   F1", "flags  P   R   F1", "importance", "cost", "realism"
    );
    for (name, figures) in &rows {
        row(name, figures);
    }
    if let Some((_, all)) = rows.last() {
        totals(all);
    }
    Ok(())
}

fn row(name: &str, figures: &Figures) {
    let three = |c: Counts| format!("{:.3} {:.3} {:.3}", c.precision(), c.recall(), c.f1());
    let [importance, cost, realism] = figures.flags.map(|counts| format!("F1 {:.3}", counts.f1()));
    println!(
        "{name:5} {:5}  {:^20} {:^20}  {importance:^11} {cost:^11} {realism:^11}  {:.3}",
        figures.notes,
        three(figures.goals),
        three(figures.all_flags()),
        figures.state_accuracy()
    );
}

fn totals(all: &Figures) {
    let counts = |c: Counts| format!("hit {} extra {} lost {}", c.hit, c.extra, c.lost);
    println!("\ngoals  {}", counts(all.goals));
    println!("flags  {}", counts(all.all_flags()));
    for (q, name) in QUALIFIERS.iter().enumerate() {
        println!(
            "\n{name}: {}   (labelled down, found across)",
            counts(all.flags[q])
        );
        println!(
            "{:10} {}",
            "",
            State::ALL.map(|state| format!("{state:>8}")).join(" ")
        );
        for state in State::ALL {
            let cells = all.states[q][state as usize].map(|n| format!("{n:>8}"));
            println!("{state:10} {}", cells.join(" "));
        }
    }
}

/// Prints where the judgement and the labels of one note differ.
fn disagreements(note: &Judged, list: List) {
    let text = &note.gold.text;
    let (gold, found) = note.scored();
    let matching = match_goals(&gold, &found);
    let place = |at: usize| {
        let line = text[..at].matches('\n').count() + 1;
        format!("{}:{line}", note.gold.name)
    };
    let words = |range: &std::ops::Range<usize>| {
        let words = text
            .get(range.clone())
            .unwrap_or("(not on character boundaries)");
        words.replace('\n', "⏎")
    };
    if matches!(list, List::Goals | List::All) {
        for &g in &matching.lost {
            let range = &gold[g].range;
            println!("{}: goal lost: {}", place(range.start), words(range));
        }
        for &f in &matching.extra {
            let goal = &note.goals[f];
            println!(
                "{}: goal extra: {}   [{} {}]",
                place(goal.range.start),
                words(&goal.range),
                goal.reason.rule,
                goal.reason.why
            );
        }
    }
    for (q, name) in QUALIFIERS.iter().enumerate() {
        if list != List::All && list != List::Qualifier(q) {
            continue;
        }
        for &(g, f) in &matching.pairs {
            let (want, got) = (gold[g].states[q], found[f].states[q]);
            if want == got {
                continue;
            }
            let range = &gold[g].range;
            println!(
                "{}: {name} is {want}, got {got}: {}",
                place(range.start),
                words(range)
            );
            let evidence = &note.gold.goals[g].qualifiers[q].1;
            if !evidence.is_empty() {
                println!("    labelled: {}", evidence.replace('\n', "⏎"));
            }
            for evidence in &note.goals[f].verdicts[q].evidence {
                println!(
                    "    found:    {} {}   [{} {}]",
                    evidence.state.id(),
                    words(&evidence.range),
                    evidence.reason.rule,
                    evidence.reason.why
                );
            }
        }
    }
}
