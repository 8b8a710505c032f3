//! The learned reader: a small encoder, fine-tuned on labelled notes, that says what the words of a note mean.
//! Knows neither markdown nor rules; `training/` makes its weights.

mod layer;
mod math;
mod matrix;
mod network;
mod vocabulary;
mod weights;

pub use network::{AROUND, Encoded, Input, LONGEST, Network, RULE_BITS, Rows, Says};
pub use vocabulary::{Vocabulary, WordPiece};
pub use weights::BUILT_IN;
