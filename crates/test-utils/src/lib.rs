//! What the tests of every room share: the fixture language, the labelled notes and how they are scored.
//! Plain data only: knows no judgement, no editor and no protocol, so each room can compare its own answers
//! against it.

pub mod annotation;
pub mod fixture;
pub mod gold;
pub mod label;
pub mod score;
pub mod spec;
mod state;

pub use state::{QUALIFIERS, State};
