//! The lines of a note that are shown, and where in them a range stands.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind};
use ide::Document;

/// The lines of a document that hold some ranges, as one text with `\n` between them.
pub(super) struct Excerpt<'a> {
    document: &'a Document,
    pub(super) source: String,
    pub(super) first_line: usize,
    /// For each line: where it begins in the document, and where in `source`.
    starts: Vec<(usize, usize)>,
}

impl<'a> Excerpt<'a> {
    pub(super) fn new<'r>(
        document: &'a Document,
        ranges: impl Iterator<Item = &'r Range<usize>> + Clone,
    ) -> Excerpt<'a> {
        let first = ranges
            .clone()
            .map(|range| document.line_of(range.start))
            .min();
        let last = ranges.map(|range| document.line_of(range.end)).max();
        let first_line = first.unwrap_or(0);
        let mut source = String::new();
        let mut starts = Vec::new();
        for line in first_line..=last.unwrap_or(0) {
            let range = document.line_range(line);
            starts.push((range.start, source.len()));
            source += &document.slice(range);
            source.push('\n');
        }
        Excerpt {
            document,
            source,
            first_line,
            starts,
        }
    }

    /// The parts of a range in `source`, one a line, without what stands before a line's text.
    pub(super) fn spans(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let lines = self.document.line_of(range.start)..=self.document.line_of(range.end);
        lines.filter_map(|line| self.span(line, range)).collect()
    }

    pub(super) fn span(&self, line: usize, range: &Range<usize>) -> Option<Range<usize>> {
        let (document_start, source_start) =
            *self.starts.get(line.checked_sub(self.first_line)?)?;
        let whole = self.document.line_range(line);
        let (start, end) = (range.start.max(whole.start), range.end.min(whole.end));
        if start >= end {
            return None;
        }
        let text = self.document.slice(start..end);
        let prefix = match start > range.start {
            true => text.len() - text.trim_start_matches([' ', '\t', '>']).len(),
            false => 0,
        };
        let blank = text.len() - text.trim_end().len();
        let (start, end) = (start + prefix, end - blank);
        let to_source = |byte: usize| byte - document_start + source_start;
        (start < end).then(|| to_source(start)..to_source(end))
    }

    /// Passages to point at beside the goal. What stands in the goal itself is seen already; of
    /// passages in one line with one label, the last bears it.
    pub(super) fn context<'l>(
        &self,
        goal: &Range<usize>,
        related: &[&'l (Range<usize>, String)],
    ) -> Vec<Annotation<'l>> {
        let mut spans: Vec<(Range<usize>, &str)> = (related.iter())
            .filter(|(range, _)| range.end <= goal.start || goal.end <= range.start)
            .flat_map(|(range, label)| {
                let last = self.spans(range).len().saturating_sub(1);
                let label = move |index| if index == last { label.as_str() } else { "" };
                (self.spans(range).into_iter().enumerate())
                    .map(move |(index, span)| (span, label(index)))
            })
            .collect();
        spans.sort_by_key(|(span, _)| span.start);
        spans.dedup();
        for index in 1..spans.len() {
            let between = spans[index - 1].0.end..spans[index].0.start;
            let same_line = self
                .source
                .get(between)
                .is_none_or(|between| !between.contains('\n'));
            if same_line && spans[index - 1].1 == spans[index].1 {
                spans[index - 1].1 = "";
            }
        }
        (spans.into_iter())
            .map(|(span, label)| {
                let label = Some(label).filter(|label| !label.is_empty());
                AnnotationKind::Context.span(span).label(label)
            })
            .collect()
    }
}
