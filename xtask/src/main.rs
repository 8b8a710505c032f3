//! `cargo xtask`: what the project does with itself. One file a subcommand; nothing of the product lives here.
#![expect(clippy::print_stdout, reason = "a command's output")]
#![expect(clippy::print_stderr, reason = "progress and problems")]

mod chromium;
mod dist;
mod editors;
mod eval;
mod install;
mod run;
mod test;
mod tools;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What the project does with itself.
#[derive(Parser)]
#[command(bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Xtask {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    Dist(dist::Args),
    Eval(eval::Args),
    Install(install::Args),
    Test(test::Args),
}

fn main() -> ExitCode {
    let done = match Xtask::parse().task {
        Task::Dist(args) => dist::run(&args),
        Task::Eval(args) => eval::run(&args),
        Task::Install(args) => install::run(&args),
        Task::Test(args) => test::run(&args),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
