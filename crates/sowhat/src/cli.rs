//! The arguments, as data. Decides nothing: what a command does stands in its own module.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use ide::{QUALIFIERS, Qualifier};

use crate::severity::FailOn;

/// Finds the goals in sales call notes and asks what they still lack.
///
/// A goal is worth something once the note says why it matters, what happens if it is missed, and
/// how it compares with what was reached before. sowhat shows which of the three is missing, and
/// knows the question to ask.
#[derive(Debug, Parser)]
#[command(
    name = "sowhat",
    version,
    max_term_width = 100,
    arg_required_else_help = true
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Shows what the goals in the notes still lack
    ///
    /// Exit codes: 0 nothing to report, 1 findings at or above --fail-on, 2 bad usage, an
    /// unreadable path or a broken sowhat.toml.
    Check(Check),
    /// Writes the missing questions into the notes, each below its goal
    ///
    /// A note is replaced whole or not at all, and never when it changed in the meantime. Asking
    /// twice changes nothing. Exit codes: 0 done, 1 with --diff where something would change,
    /// 2 bad usage, an unreadable path or a broken sowhat.toml.
    Ask(Ask),
    /// Runs the language server on standard input and output (an editor starts it)
    Server,
    /// Says what a finding means, with an example before and after
    Explain {
        /// A finding's code, such as importance-missing; none lists them all
        code: Option<String>,
    },
    /// Writes a commented sowhat.toml into the current folder
    Init,
    /// Prints completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// Which notes to take, and under which settings.
#[derive(Debug, Args)]
pub(crate) struct Selection {
    /// Notes and folders; `-` is standard input. None: the current folder
    ///
    /// Folders are searched for *.md and *.markdown; hidden files and what .gitignore names are
    /// left out. A file that is named here is always taken.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// The name of the note on standard input: for its settings, and in what is printed
    #[arg(long, value_name = "NAME")]
    pub(crate) stdin_filename: Option<PathBuf>,

    /// Settings to use instead of the nearest sowhat.toml of each note
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// When to ask the learned reader beside the rules
    ///
    /// It takes about a second for each 10 KiB. By itself it is asked where all notes together hold
    /// no more than 1 MiB, for each note of no more than 64 KiB. `reader = false` in sowhat.toml
    /// leaves it out everywhere.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Reader::Auto)]
    pub(crate) reader: Reader,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Reader {
    /// Where it takes seconds, not minutes
    Auto,
    /// On every note
    Always,
    /// Never: the rules judge alone
    Never,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) selection: Selection,

    /// How to print what was found
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,

    /// The least severity that makes the exit code 1
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = FailOn::Warning)]
    pub(crate) fail_on: FailOn,

    /// Count the findings by code instead of showing them
    #[arg(long)]
    pub(crate) statistics: bool,

    /// Say of each goal, and of what was passed over, which rule decided, or how sure the learned reader is and by which
    /// words; takes seconds a note
    #[arg(long, conflicts_with = "statistics")]
    pub(crate) explain: bool,

    /// Judge every note anew, and remember nothing
    ///
    /// What was printed of a note is kept for a month in a folder of your own (SOWHAT_CACHE_DIR, or where the platform
    /// keeps caches), and printed again while neither the note nor its settings nor sowhat change.
    #[arg(long)]
    pub(crate) no_cache: bool,
}

impl Check {
    /// What decides how a note is printed.
    pub(crate) fn print(&self) -> (Format, bool, bool) {
        (self.format, self.statistics, self.explain)
    }
}

#[derive(Debug, Args)]
pub(crate) struct Ask {
    #[command(flatten)]
    pub(crate) selection: Selection,

    /// Print what would change as a unified diff, and write nothing
    #[arg(long)]
    pub(crate) diff: bool,

    /// Ask about this qualifier only; may be given more than once
    #[arg(long = "qualifier", value_name = "QUALIFIER", value_parser = qualifiers())]
    pub(crate) qualifiers: Vec<Qualifier>,
}

/// How `check` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Each goal with what it lacks, to read
    Human,
    /// One JSON object for all notes
    Json,
    /// One JSON object a note, a line each, as soon as it is known
    Ndjson,
}

/// Reads a qualifier by its name in codes and settings.
fn qualifiers() -> impl TypedValueParser<Value = Qualifier> {
    let find = |id: String| {
        QUALIFIERS
            .into_iter()
            .find(|qualifier| qualifier.id() == id)
    };
    PossibleValuesParser::new(QUALIFIERS.map(Qualifier::id))
        .try_map(move |id| find(id).ok_or("unknown"))
}
