//! The plain text of one leaf block, with a map back to the document's bytes. Reads markup by
//! simple rules close to CommonMark's; knows nothing of other blocks, so a link's definition is
//! taken on trust.

mod emphasis;
mod lex;
mod scan;

use std::ops::Range;

use crate::{Block, Document};
use scan::{Cut, Instead};

/// What a reader of the rendered note would read: emphasis, link targets, tags, comments and code
/// are gone, wikilinks show their alias, escapes and entities are resolved, lines are joined by
/// `\n`. Brackets that make no link, emoji, `#tags` and typographic quotes stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inline {
    /// The plain text.
    pub text: String,
    /// Struck text (`~~x~~`), without its tildes: it is not in `text`. Bytes in the document.
    pub struck: Vec<Range<usize>>,
    /// Bold text (`**x**`, `__x__`). Bytes in `text`.
    pub strong: Vec<Range<usize>>,
    /// Ascending; a segment lasts until the next one begins.
    segments: Vec<Segment>,
    /// Where the first line begins.
    origin: usize,
}

/// A part of the plain text and what it stands for in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Segment {
    plain: usize,
    source: usize,
    /// Where it stands for a source of another length: a resolved entity, a gap, a line ending.
    length: Option<usize>,
}

impl Inline {
    pub(crate) fn read(document: &Document, block: &Block) -> Inline {
        let text = document.slice(block.range.clone());
        let lines = block.lines.iter().map(|line| {
            let Range { start, end } = *line;
            let byte = block.range.start + start as usize;
            // A block of another document has other lines: they read as nothing.
            let line = text.get(start as usize..end as usize);
            (line.unwrap_or_default(), byte)
        });
        Inline::of_lines(lines)
    }

    /// Reads lines that belong together, each with the byte in the document at which it begins.
    /// A line holds no line ending, and neither quote prefix nor indentation.
    pub fn of_lines<'a>(lines: impl IntoIterator<Item = (&'a str, usize)>) -> Inline {
        let mut lines = lines.into_iter();
        let Some((first, origin)) = lines.next() else {
            return Inline::default();
        };
        let Some((second, byte)) = lines.next() else {
            return Inline::of_source(first, &[(0, origin)]);
        };
        let mut joined = String::from(first);
        let mut starts = vec![(0, origin)];
        for (line, byte) in [(second, byte)].into_iter().chain(lines) {
            joined.push('\n');
            starts.push((joined.len(), byte));
            joined.push_str(line);
        }
        Inline::of_source(&joined, &starts)
    }

    /// The document's byte of an offset in `text` at which something begins. An offset behind the
    /// text counts as its end.
    pub fn to_source(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        match self.segment(offset) {
            None => self.origin,
            Some(segment) => match segment.length {
                Some(_) if offset == segment.plain => segment.source,
                Some(length) => segment.source + length,
                None => segment.source + (offset - segment.plain),
            },
        }
    }

    /// The document's bytes of a range of `text`, from its first character to behind its last,
    /// with all the markup in between.
    pub fn range_to_source(&self, range: Range<usize>) -> Range<usize> {
        let start = self.to_source(range.start);
        let Some(text) = self.text.get(range.clone()) else {
            return start..start;
        };
        let Some((at, last)) = text.char_indices().next_back() else {
            return start..start;
        };
        let at = range.start + at;
        let end = match self.segment(at) {
            Some(Segment {
                source,
                length: Some(length),
                ..
            }) => source + length,
            _ => self.to_source(at) + last.len_utf8(),
        };
        start..end
    }

    /// The offset in `text` of the first character that stands at a byte of the document or behind it.
    pub fn to_plain(&self, byte: usize) -> usize {
        let next = self
            .segments
            .partition_point(|segment| segment.source <= byte);
        let end = self
            .segments
            .get(next)
            .map_or(self.text.len(), |next| next.plain);
        let Some(segment) = next
            .checked_sub(1)
            .and_then(|index| self.segments.get(index))
        else {
            return 0;
        };
        let plain = match segment.length {
            Some(_) if byte > segment.source => end,
            Some(_) => segment.plain,
            None => (segment.plain + (byte - segment.source)).min(end),
        };
        (plain..=self.text.len())
            .find(|&at| self.text.is_char_boundary(at))
            .unwrap_or(self.text.len())
    }

    fn segment(&self, offset: usize) -> Option<&Segment> {
        let next = self
            .segments
            .partition_point(|segment| segment.plain <= offset);
        self.segments.get(next.checked_sub(1)?)
    }

    /// Reads joined lines. `starts`: where each line begins in `source` and in the document.
    fn of_source(source: &str, starts: &[(usize, usize)]) -> Inline {
        let mut builder = Builder {
            source,
            starts,
            inline: Inline {
                text: String::with_capacity(source.len()),
                origin: starts.first().map_or(0, |start| start.1),
                ..Inline::default()
            },
        };
        if scan::is_plain(source) {
            builder.verbatim(0..source.len());
            return builder.inline;
        }
        let found = scan::scan(source);
        builder.build(&found.cuts);
        let mut inline = builder.inline;
        let to_document = |at| document_byte(starts, at);
        inline.struck = found
            .struck
            .iter()
            .map(|range| to_document(range.start)..to_document(range.end))
            .collect();
        inline.strong = found
            .strong
            .iter()
            .map(|range| {
                let [start, end] =
                    [range.start, range.end].map(|at| inline.to_plain(to_document(at)));
                start..end
            })
            .filter(|range| !range.is_empty())
            .collect();
        inline
    }
}

/// The document's byte of an offset in joined lines.
fn document_byte(starts: &[(usize, usize)], at: usize) -> usize {
    let line = starts
        .partition_point(|start| start.0 <= at)
        .saturating_sub(1);
    starts
        .get(line)
        .map_or(0, |&(joined, byte)| byte + (at - joined))
}

/// Copies the source without what was cut.
struct Builder<'a> {
    source: &'a str,
    starts: &'a [(usize, usize)],
    inline: Inline,
}

impl Builder<'_> {
    /// `cuts` by their start, the longer first.
    fn build(&mut self, cuts: &[Cut]) {
        let mut at = 0;
        for cut in cuts {
            if cut.range.end <= at {
                continue;
            }
            if cut.range.start < at {
                at = cut.range.end;
                continue;
            }
            self.verbatim(at..cut.range.start);
            at = cut.range.end;
            match cut.instead {
                Instead::Nothing => {}
                Instead::Character(character) => self.instead(cut.range.clone(), character),
                Instead::Gap => {
                    let blank = self.inline.text.chars().next_back();
                    if blank.is_none_or(char::is_whitespace) {
                        let rest = &self.source[at..];
                        at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
                    } else if blank.is_some_and(char::is_alphanumeric)
                        && self.source[at..].starts_with(char::is_alphanumeric)
                    {
                        self.instead(cut.range.clone(), ' ');
                    }
                }
            }
        }
        self.verbatim(at..self.source.len());
        self.drop_blanks();
    }

    /// Lines come trimmed, so blanks at the end of one are left over from a gap.
    fn drop_blanks(&mut self) {
        let inline = &mut self.inline;
        let length = inline.text.trim_end_matches([' ', '\t']).len();
        inline.text.truncate(length);
        while inline
            .segments
            .last()
            .is_some_and(|last| last.plain >= length && last.plain > 0)
        {
            inline.segments.pop();
        }
    }

    fn verbatim(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while let Some(length) = self.source[at..range.end].find('\n') {
            self.piece(at..at + length);
            self.drop_blanks();
            self.inline.segments.push(Segment {
                plain: self.inline.text.len(),
                source: document_byte(self.starts, at + length),
                length: Some(0),
            });
            self.inline.text.push('\n');
            at += length + 1;
        }
        self.piece(at..range.end);
    }

    fn piece(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let plain = self.inline.text.len();
        let source = document_byte(self.starts, range.start);
        let goes_on = self.inline.segments.last().is_some_and(|last| {
            last.length.is_none() && source.checked_sub(last.source) == Some(plain - last.plain)
        });
        if !goes_on {
            self.inline.segments.push(Segment {
                plain,
                source,
                length: None,
            });
        }
        self.inline.text.push_str(&self.source[range]);
    }

    fn instead(&mut self, range: Range<usize>, character: char) {
        let source = document_byte(self.starts, range.start);
        let end = document_byte(self.starts, range.end);
        self.inline.segments.push(Segment {
            plain: self.inline.text.len(),
            source,
            length: Some(end - source),
        });
        self.inline.text.push(character);
    }
}

#[cfg(test)]
mod tests;
