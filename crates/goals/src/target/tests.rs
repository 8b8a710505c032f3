//! What numbers, targets and comparisons of real notes come to.

mod comparisons;
mod properties;
mod quantities;
mod targets;
