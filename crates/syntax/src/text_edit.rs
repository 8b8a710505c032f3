//! Edits as values. Knows no document: what they are applied to is a text.

use std::ops::Range;

/// Replaces a byte range by a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextEdit {
    /// What goes, in bytes.
    pub range: Range<usize>,
    /// What comes.
    pub insert: String,
}

/// To which side of an insertion an offset at that place goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bias {
    /// It stays before what is inserted.
    Before,
    /// It moves behind what is inserted.
    After,
}

impl TextEdit {
    /// Inserts a text at a byte.
    pub fn insertion(at: usize, insert: impl Into<String>) -> TextEdit {
        TextEdit {
            range: at..at,
            insert: insert.into(),
        }
    }
}

/// Applies edits, all in bytes of `text` as it is before the first of them. They must be sorted and
/// disjoint (two that touch are; insertions at one place come in their order) and lie on character
/// boundaries inside the text: `None` otherwise.
pub fn apply(text: &str, edits: &[TextEdit]) -> Option<String> {
    let inserted: usize = edits.iter().map(|edit| edit.insert.len()).sum();
    let mut out = String::with_capacity(text.len() + inserted);
    let mut at = 0;
    for edit in edits {
        // Out of order or overlapping ranges are ranges that end before they start: no slice.
        out.push_str(text.get(at..edit.range.start)?);
        text.get(edit.range.clone())?;
        out.push_str(&edit.insert);
        at = edit.range.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// Where a byte of the text before the edits stands after them. The edits are as for [`apply`]. A
/// byte inside a replaced range moves to the start of what replaces it, or with [`Bias::After`] to
/// its end.
pub fn map_offset(edits: &[TextEdit], offset: usize, bias: Bias) -> usize {
    let mut added = 0;
    let mut removed = 0;
    for edit in edits {
        let Range { start, end } = edit.range;
        let behind = end < offset || (end == offset && (start < end || bias == Bias::After));
        if !behind {
            if start >= offset {
                break;
            }
            let inside = if bias == Bias::After {
                edit.insert.len()
            } else {
                0
            };
            return start + added - removed + inside;
        }
        added += edit.insert.len();
        removed += end - start;
    }
    offset + added - removed
}

#[cfg(test)]
mod tests {
    use super::{Bias, TextEdit, apply, map_offset};

    fn edit(start: usize, end: usize, insert: &str) -> TextEdit {
        TextEdit {
            range: start..end,
            insert: insert.into(),
        }
    }

    #[test]
    fn edits_are_applied_all_at_once() {
        let edits = [
            edit(0, 1, "xy"),
            edit(1, 1, "-"),
            edit(1, 1, "+"),
            edit(3, 4, ""),
            TextEdit::insertion(4, "é"),
        ];
        assert_eq!(apply("abcd", &edits).as_deref(), Some("xy-+bcé"));
        assert_eq!(apply("abcd", &[]).as_deref(), Some("abcd"));
    }

    #[test]
    fn what_cannot_be_applied_is_refused() {
        assert_eq!(apply("abcd", &[edit(0, 2, ""), edit(1, 3, "")]), None);
        assert_eq!(apply("abcd", &[edit(2, 3, ""), edit(0, 1, "")]), None);
        assert_eq!(apply("abcd", &[edit(3, 5, "")]), None);
        assert_eq!(apply("é", &[edit(1, 1, "x")]), None);
        assert_eq!(
            apply(
                "abcd",
                &[
                    #[allow(clippy::reversed_empty_ranges, reason = "what is tested")]
                    edit(2, 1, "")
                ]
            ),
            None
        );
    }

    #[test]
    fn offsets_follow_the_edits() {
        let edits = [edit(2, 2, "12"), edit(4, 6, "x"), edit(8, 9, "")];
        let map = |bias| [0, 2, 3, 4, 5, 6, 7, 8, 9, 12].map(|at| map_offset(&edits, at, bias));
        assert_eq!(map(Bias::Before), [0, 2, 5, 6, 6, 7, 8, 9, 9, 12]);
        assert_eq!(map(Bias::After), [0, 4, 5, 6, 7, 7, 8, 9, 9, 12]);
    }
}
