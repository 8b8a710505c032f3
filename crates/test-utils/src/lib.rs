//! What the tests of every room share: the fixture language, the labelled notes and how they are scored.
//! Plain data only: knows no judgement, no editor and no protocol, so each room can compare its own answers
//! against it.

pub mod gold;
pub mod score;
mod state;

pub use state::{QUALIFIERS, State};
