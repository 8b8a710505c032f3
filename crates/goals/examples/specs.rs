//! Compares the judgement with the specifications under `tests/specs`.
//!
//! ```text
//! cargo run -p sowhat-goals --example specs -- [FILTER] [--only FILE] [--quiet] [--update | --tidy]
//! ```
//!
//! `FILTER` is a part of a note's place (`file.md:12 Heading > Sub-heading`), any case; `--only` takes one file.
//! `--quiet` prints places without differences. `--update` writes what is found into the specifications: read the
//! diff before you commit it. `--tidy` writes their own annotations in plainest form (carets where they can stand).
//! Exit code 0 when all pass, 1 when some do not, 2 when a specification cannot be read.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "printing is what it is for"
)]

use std::process::ExitCode;

#[path = "../tests/support/specs.rs"]
mod specs;

const USAGE: &str = "usage: specs [FILTER] [--only FILE] [--quiet] [--update | --tidy]";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<ExitCode, String> {
    let (mut filter, mut quiet, mut update, mut tidy) = (String::new(), false, false, false);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--only" => {
                let path = words.next().ok_or(USAGE)?;
                let name = path.rsplit('/').next().unwrap_or_default();
                filter = format!("{name}:");
            }
            "--quiet" => quiet = true,
            "--update" => update = true,
            "--tidy" => tidy = true,
            _ if word.starts_with("--") => return Err(USAGE.to_owned()),
            _ => filter = word,
        }
    }
    if update || tidy {
        specs::rewrite(&filter, update)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut outcome = specs::check(&filter)?;
    if quiet {
        for mismatch in &mut outcome.mismatches {
            mismatch.truncate(mismatch.find('\n').map_or(0, |end| end + 1));
        }
    }
    println!("{}", outcome.summary());
    Ok(ExitCode::from(u8::from(!outcome.mismatches.is_empty())))
}
