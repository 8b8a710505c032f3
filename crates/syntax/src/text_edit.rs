//! Edits as values.

use std::ops::Range;

/// Replaces a byte range by a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextEdit {
    /// What goes, in bytes.
    pub range: Range<usize>,
    /// What comes.
    pub insert: String,
}
