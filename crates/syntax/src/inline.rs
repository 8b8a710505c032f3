//! The plain text of one leaf block, with a map back to the document's bytes.

use std::ops::Range;

use crate::{Block, Document};

/// What a reader of the rendered note would read: emphasis, link targets, comments and code are gone,
/// wikilinks show their alias, lines are joined by `\n`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inline {
    /// The plain text.
    pub text: String,
    /// Runs of `text` that stand in the document as they are: (offset in `text`, byte in the document),
    /// ascending; a run lasts until the next one begins.
    runs: Vec<(usize, usize)>,
    /// Struck text (`~~x~~`): it is not in `text`. Bytes in the document.
    pub struck: Vec<Range<usize>>,
}

impl Inline {
    pub(crate) fn read(document: &Document, block: &Block) -> Inline {
        let mut inline = Inline::default();
        for line in &block.lines {
            if !inline.text.is_empty() {
                inline.text.push('\n');
            }
            let range =
                block.range.start + line.start as usize..block.range.start + line.end as usize;
            inline.runs.push((inline.text.len(), range.start));
            inline.text.push_str(&document.slice(range));
        }
        inline
    }

    /// The document's byte of an offset in `text` at which something begins.
    pub fn to_source(&self, offset: usize) -> usize {
        let run = self
            .runs
            .partition_point(|&(plain, _)| plain <= offset)
            .saturating_sub(1);
        self.runs
            .get(run)
            .map_or(0, |&(plain, source)| source + (offset - plain))
    }

    /// The document's bytes of a range of `text`, from its first character to behind its last.
    pub fn range_to_source(&self, range: Range<usize>) -> Range<usize> {
        let start = self.to_source(range.start);
        match self.text[range.clone()].char_indices().next_back() {
            Some((at, last)) => start..self.to_source(range.start + at) + last.len_utf8(),
            None => start..start,
        }
    }
}
