//! The command line as a person and a script meet it: the real binary in a folder of its own.

mod ask;
mod bad_input;
mod check;
mod commands;
mod folder;
mod settings;
mod walk;
