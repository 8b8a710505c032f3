//! The README shows what the program prints: each `$` line of its `console` blocks is run over the example notes, and
//! what stands below must be the output; the figures are those that the labelled notes are held to.
//! `UPDATE_EXPECT=1 cargo test -p sowhat --test readme` writes both anew.
#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

use std::path::Path;
use std::{env, fs};

use assert_cmd::Command;

#[test]
fn the_readme_shows_what_is_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let floor = fs::read_to_string(root.join("crates/goals/tests/figures.txt")).unwrap();
    let fresh = with_figures(&freshened(&readme, &root.join("examples")), &floor);
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(root.join("README.md"), &fresh).unwrap();
        return;
    }
    let stale = readme.lines().zip(fresh.lines()).find(|(is, be)| is != be);
    assert!(
        readme == fresh,
        "README.md is not fresh, first here: {stale:#?}\nUPDATE_EXPECT=1 cargo test -p sowhat --test readme writes it"
    );
}

/// The text with the output below each command as it is today.
fn freshened(readme: &str, examples: &Path) -> String {
    let mut fresh = String::new();
    let mut commands = 0;
    let mut in_console = false;
    for line in readme.split_inclusive('\n') {
        let fence = line.starts_with("```");
        if fence {
            in_console = line.trim_end() == "```console";
        }
        if fence || !in_console {
            fresh += line;
        } else if let Some(command) = line.strip_prefix("$ ") {
            commands += 1;
            fresh += line;
            fresh += &output(command.trim_end(), examples);
        }
    }
    assert!(commands >= 3, "{commands} commands");
    fresh
}

/// The text with the table of figures between its two comments.
fn with_figures(readme: &str, floor: &str) -> String {
    let figure = |name: &str| {
        let line = floor.lines().find_map(|line| line.strip_prefix(name));
        let value = line.and_then(|rest| rest.strip_prefix(": ")?.parse().ok());
        let value: f64 = value.unwrap_or_else(|| panic!("no figure is called {name}"));
        format!("{value:.2}")
    };
    let mut table = String::from(
        "\n| Notes | Goals, F1 | Found goals that are goals | What is missing, F1 | Answers read right |\n\
         |---|---|---|---|---|\n",
    );
    for (title, set) in [
        ("kept aside", "dev both all"),
        ("kept aside, by the rules alone", "dev rules all"),
        ("to learn from, worded plainly", "train both plain"),
        ("to learn from, all", "train both all"),
        ("to learn from, all, by the rules alone", "train rules all"),
    ] {
        let [f1, precision, flags, states] = ["goals F1", "goals precision", "flags F1", "states"]
            .map(|name| figure(&format!("{set} {name}")));
        table += &format!("| {title} | {f1} | {precision} | {flags} | {states} |\n");
    }
    let (before, rest) = readme.split_once("<!-- figures").unwrap();
    let (comment, rest) = rest.split_once("-->\n").unwrap();
    let (_, after) = rest.split_once("<!-- /figures -->").unwrap();
    format!("{before}<!-- figures{comment}-->\n{table}\n<!-- /figures -->{after}")
}

/// What a command prints in a folder that holds the examples only.
fn output(command: &str, examples: &Path) -> String {
    let program = ["sowhat ", "cargo run --release -- "];
    let args = program
        .iter()
        .find_map(|program| command.strip_prefix(program))
        .unwrap_or_else(|| panic!("not a command of ours: {command}"));
    let (folder, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    copy(examples, &folder.path().join("examples"));
    let output = Command::cargo_bin("sowhat")
        .unwrap()
        .args(args.split(' '))
        .current_dir(folder.path())
        .env("SOWHAT_CACHE_DIR", cache.path())
        .output()
        .unwrap();
    [output.stdout, output.stderr]
        .map(|bytes| String::from_utf8(bytes).unwrap())
        .concat()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to),
            false => drop(fs::copy(entry.path(), to).unwrap()),
        }
    }
}
