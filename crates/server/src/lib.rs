//! The language server: the only crate that knows the protocol. Decides nothing about notes.
//!
//! Messages come in through [`input`], are turned into events in `lsp`, and are worked off one by
//! one by a thread of their own (`main_loop`) that owns all state. What goes out passes one
//! writer.

mod actions;
mod capabilities;
mod carried;
mod disk;
mod event;
mod features;
mod from_proto;
mod input;
mod lsp;
mod main_loop;
mod open_note;
mod pages;
mod pull;
mod reader;
mod settings;
mod state;
mod to_proto;
mod tokens;
mod workspace;

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// What a person is told who starts the server by hand.
pub const FOR_AN_EDITOR: &str = "sowhat server speaks the language server protocol on standard input and output: an editor starts it.";

/// Serves an editor on standard input and output until it says goodbye or hangs up. Exit code 0
/// after an orderly `shutdown`, else 1, as the protocol wants it. `cache` is where pages go that an editor opens from a
/// finding; `None` where there is no place for them.
pub fn run(cache: Option<PathBuf>) -> ExitCode {
    if io::stdin().is_terminal() {
        // Where standard error is gone, nobody is left to tell.
        let _ = writeln!(io::stderr(), "{FOR_AN_EDITOR}");
    }
    lsp::serve(cache)
}
