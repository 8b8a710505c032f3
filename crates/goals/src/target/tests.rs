//! What numbers, targets and comparisons of real notes come to.

mod comparisons;
mod dump;
mod quantities;
mod targets;
