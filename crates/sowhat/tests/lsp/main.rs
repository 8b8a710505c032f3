//! Transcripts of the protocol against the real binary.
#![allow(
    clippy::unwrap_used,
    reason = "a transcript that breaks is a failed test"
)]

mod client;
mod configuration;
mod features;
mod film;
mod life;
mod notes;
mod text;
mod workspace;
