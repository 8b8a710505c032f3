//! Whether a note means the same elsewhere once something was inserted: what the unit tests and `tests/insertions.rs`
//! hold every insertion to.

use std::collections::HashMap;
use std::ops::Range;

use syntax::{Block, BlockKind, Document, TextEdit};

/// What is wrong with inserting into a note that was `before`: a byte that went, a line ending of another kind, a block
/// that is another one or stands elsewhere.
pub(crate) fn wrong(before: &Document, edits: &[TextEdit], after: &Document) -> Option<String> {
    let (text, new) = (before.text(), after.text());
    if without(&new, edits).as_deref() != Some(text.as_str()) {
        return Some("a byte went".to_owned());
    }
    if text.ends_with(['\n', '\r']) != new.ends_with(['\n', '\r']) {
        return Some("the last line ending came or went".to_owned());
    }
    let ending = before.first_line_ending();
    let foreign = |edit: &TextEdit| edit.insert.replace(ending, "").contains(['\n', '\r']);
    if edits.iter().any(foreign) {
        return Some(format!("line endings other than {ending:?}"));
    }
    changed(before, edits, after)
}

/// The new text without what was inserted; `None` where an edit does more than insert.
fn without(after: &str, edits: &[TextEdit]) -> Option<String> {
    let mut rest = after.to_owned();
    for edit in edits {
        // What was inserted before it is gone again.
        let inserted = edit.range.start..edit.range.start + edit.insert.len();
        if !edit.range.is_empty() || rest.get(inserted.clone())? != edit.insert {
            return None;
        }
        rest.replace_range(inserted, "");
    }
    Some(rest)
}

/// The first block of the old note that the new one hasn't at its place: of the same kind and text, in the same
/// containers.
fn changed(before: &Document, edits: &[TextEdit], after: &Document) -> Option<String> {
    let there: HashMap<(BlockKind, usize), usize> = (after.blocks().iter().enumerate())
        .map(|(index, block)| ((block.kind, block.range.start), index))
        .collect();
    let place = |range: Range<usize>| moved(range, edits, after);
    // Containers stand before what they contain: where each old block is in the new note. A list may have got a new
    // head: it is where its first item is.
    let mut now: Vec<Option<usize>> = Vec::new();
    for (index, block) in before.blocks().iter().enumerate() {
        let first = match block.kind {
            BlockKind::List => &before.blocks()[index + 1],
            _ => block,
        };
        let found = there.get(&(first.kind, place(first.range.clone()).start));
        let found = found.map(|index| match block.kind {
            BlockKind::List => after.blocks()[*index].parent.map(|list| list as usize),
            _ => Some(*index),
        });
        let same = found.flatten().filter(|index| {
            let other = &after.blocks()[*index];
            let parent = block.parent.and_then(|parent| now[parent as usize]);
            let lines = block.line_ranges().map(place);
            parent == other.parent.map(|parent| parent as usize)
                && lines.eq(other.line_ranges())
                && !now.contains(&Some(*index))
        });
        if same.is_none() {
            return Some(format!("lost or changed: {}", shown(before, block)));
        }
        now.push(same);
    }
    None
}

/// Where a range of the old text is in the new one. What is inserted within its line at its end belongs to it.
fn moved(range: Range<usize>, edits: &[TextEdit], after: &Document) -> Range<usize> {
    let (mut start, mut end, mut grown) = (range.start, range.end, false);
    for edit in edits {
        let (at, length) = (edit.range.start, edit.insert.len());
        let within = at == range.end && !edit.insert.contains(['\n', '\r']);
        start += if at < range.start { length } else { 0 };
        end += if at < range.end || within { length } else { 0 };
        grown |= within;
    }
    if grown {
        // The blanks around what comes into an empty cell are none of its text.
        let text = after.slice(start..end).into_owned();
        start += text.len() - text.trim_start().len();
        end -= text.len() - text.trim_end().len();
    }
    start..end
}

fn shown(document: &Document, block: &Block) -> String {
    format!("{:?} {:?}", block.kind, document.block_text(block))
}
