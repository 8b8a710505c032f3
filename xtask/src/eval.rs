//! `cargo xtask eval`: how good the judgement is on the labelled notes, beside the last commit's figures.

use std::fs;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};

use crate::run::{cargo, root, succeed};

/// Score the judgement on the labelled notes, by kind of note, against the last commit's figures.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The commit to compare with
    #[arg(long, default_value = "HEAD")]
    against: String,
}

/// Where the figures are recorded.
const FIGURES: &str = "crates/goals/tests/figures.txt";

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let folder = tempfile::tempdir()?;
    let before = folder.path().join("figures.txt");
    let place = format!("{}:{FIGURES}", args.against);
    let shown = Command::new("git")
        .current_dir(root())
        .args(["show", &place])
        .output()
        .context("git does not start")?;
    ensure!(
        shown.status.success(),
        "git show {place}: {}",
        String::from_utf8_lossy(&shown.stderr).trim()
    );
    fs::write(&before, shown.stdout)?;
    let mut eval = cargo();
    eval.args(["run", "--quiet", "--release", "--package", "sowhat-goals"]);
    eval.args(["--example", "eval", "--"]).arg(&before);
    succeed(&mut eval)?;
    println!("`UPDATE_FIGURES=1 cargo test -p sowhat-goals --test corpus` records these figures.");
    Ok(ExitCode::SUCCESS)
}
