//! Transcripts of the protocol against the real binary.

mod client;
mod configuration;
mod life;
mod notes;
mod text;
