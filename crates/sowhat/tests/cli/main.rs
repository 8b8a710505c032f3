//! The command line as a person and a script meet it: the real binary in a folder of its own.
#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failed test")]

mod ask;
mod bad_input;
mod cache;
mod check;
mod commands;
mod folder;
mod reader;
mod settings;
mod walk;
