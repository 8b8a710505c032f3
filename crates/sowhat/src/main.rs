//! The command line: reads files and arguments, prints, and exits. What a note says is decided
//! below, in `ide` and what it stands on.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

mod ask;
mod cache;
mod check;
mod cli;
mod explain;
mod fault;
mod human;
mod init;
mod nothing;
mod ordered;
mod progress;
mod replace;
mod report;
mod session;
mod settings;
mod severity;
mod source;
mod style;
mod tally;
mod walk;

/// Why a command could not do its work at all.
#[derive(Debug)]
enum Failure {
    /// To be told on standard error.
    Message(String),
    /// Standard output could not be written.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Output(error)
    }
}

fn main() -> ExitCode {
    match run(cli::Cli::parse().command) {
        Ok(code) => code,
        // Whoever reads has read enough, as `head` has.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(Failure::Output(error)) => {
            style::error(&format!("standard output: {error}"));
            ExitCode::from(2)
        }
        Err(Failure::Message(message)) => {
            style::error(&message);
            ExitCode::from(2)
        }
    }
}

fn run(command: cli::Command) -> Result<ExitCode, Failure> {
    match command {
        cli::Command::Check(args) => check::run(&args),
        cli::Command::Ask(args) => ask::run(&args),
        cli::Command::Server => Ok(server::run(cache::folder())),
        cli::Command::Explain { code } => explain::run(code.as_deref()),
        cli::Command::Init => init::run(),
        cli::Command::Completions { shell } => {
            let mut command = cli::Cli::command();
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut command, "sowhat", &mut script);
            io::stdout().write_all(&script)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}
