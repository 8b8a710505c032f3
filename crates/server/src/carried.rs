//! What is shown while a person types: what was settled before, carried along the text.

use std::ops::Range;
use std::sync::Arc;

use ide::{Analysis, Diagnostic, Document};

/// What is shown, as of when nobody typed, and what has been typed since.
#[derive(Debug, Clone)]
pub(crate) struct Settled {
    pub(crate) analysis: Analysis,
    /// Those of its findings that are shown.
    pub(crate) findings: Arc<[Diagnostic]>,
    pub(crate) since: Edits,
}

impl Settled {
    pub(crate) fn new(analysis: &Analysis, findings: Arc<[Diagnostic]>) -> Settled {
        Settled {
            analysis: analysis.clone(),
            findings,
            since: Edits::default(),
        }
    }
}

/// Edits, each in the text that the one before it left.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edits(Vec<Edit>);

/// An edit of a text.
#[derive(Debug, Clone)]
struct Edit {
    /// The bytes that it took.
    range: Range<usize>,
    /// How many it put there.
    length: usize,
    /// How many of those only end the line before, which stays as it is.
    ending: usize,
}

impl Edits {
    pub(crate) fn push(&mut self, range: Range<usize>, text: &str) {
        // Key after key, what is typed is one edit.
        if let Some(last) = self.0.last_mut()
            && range == (last.end_of_text()..last.end_of_text())
            && last.length > 0
        {
            last.length += text.len();
            return;
        }
        let rest = text.strip_prefix('\r').unwrap_or(text);
        let rest = match range.is_empty() {
            true => rest.strip_prefix('\n').unwrap_or(text),
            false => text,
        };
        self.0.push(Edit {
            length: text.len(),
            ending: text.len() - rest.len(),
            range,
        });
    }

    /// Where some words are now. What is typed at their ends is none of them.
    pub(crate) fn place(&self, range: &Range<usize>) -> Range<usize> {
        self.0
            .iter()
            .fold(range.clone(), |at, edit| edit.place(&at))
    }

    /// Where something behind words is now: what is typed there comes behind it.
    pub(crate) fn end(&self, at: usize) -> usize {
        self.0.iter().fold(at, |at, edit| edit.end(at))
    }

    /// The bytes that were typed, in the text as it is; empty where something was taken.
    pub(crate) fn typed(&self) -> Vec<Range<usize>> {
        let edits = self.0.iter().enumerate();
        let typed = edits.map(|(number, edit)| {
            let start = edit.range.start;
            let put = start + edit.ending..start + edit.length;
            self.0[number + 1..].iter().fold(put, |put, later| {
                let end = later.start(put.end).max(later.end(put.end));
                later.end(put.start).min(end)..end
            })
        });
        typed.collect()
    }

    /// First and last lines (from 0) of what was typed.
    pub(crate) fn lines(&self, document: &Document) -> Vec<Range<usize>> {
        let line = |at: usize| document.line_of(at.min(document.len()));
        let typed = self.typed().into_iter();
        typed.map(|of| line(of.start)..line(of.end) + 1).collect()
    }
}

impl Edit {
    fn end_of_text(&self) -> usize {
        self.range.start + self.length
    }

    fn place(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.start(range.start);
        start..self.end(range.end).max(start)
    }

    fn start(&self, at: usize) -> usize {
        match at {
            _ if at >= self.range.end => at - self.range.end + self.range.start + self.length,
            _ => at.min(self.range.start),
        }
    }

    fn end(&self, at: usize) -> usize {
        match at {
            _ if at <= self.range.start => at,
            _ if at >= self.range.end => at - self.range.end + self.range.start + self.length,
            _ => self.range.start,
        }
    }
}

/// Findings and goals at their places in a text that changes. What loses all its words is gone.
#[derive(Debug, Default)]
pub(crate) struct Carried {
    /// By start.
    pub(crate) findings: Vec<Diagnostic>,
    /// All goals that were judged, also those without findings.
    pub(crate) goals: Vec<Range<usize>>,
}

impl Carried {
    pub(crate) fn edit(&mut self, range: Range<usize>, text: &str) {
        let mut edit = Edits::default();
        edit.push(range, text);
        for goal in &mut self.goals {
            *goal = edit.place(goal);
        }
        self.goals.retain(|goal| !goal.is_empty());
        for finding in &mut self.findings {
            finding.range = edit.place(&finding.range);
            for (related, _) in &mut finding.related {
                *related = edit.place(related);
            }
        }
        self.findings.retain(|finding| !finding.range.is_empty());
    }

    /// Whether a goal was judged before.
    pub(crate) fn knows(&self, goal: &Range<usize>) -> bool {
        let mut known = self.goals.iter();
        known.any(|known| known.start < goal.end && goal.start < known.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(edits: &[(Range<usize>, &str)], words: Range<usize>, place: Range<usize>) {
        let mut all = Edits::default();
        for (range, text) in edits {
            all.push(range.clone(), text);
        }
        assert_eq!(all.place(&words), place);
    }

    #[test]
    fn words_keep_their_place_whatever_is_typed_around_them() {
        check(&[(0..0, "ab")], 3..6, 5..8);
        check(&[(3..3, "ab")], 3..6, 5..8);
        check(&[(6..6, "ab")], 3..6, 3..6);
        check(&[(4..5, "abc")], 3..6, 3..8);
        check(&[(2..4, "")], 3..6, 2..4);
        check(&[(5..9, "x")], 3..6, 3..5);
        check(&[(2..7, "xy")], 3..6, 2..2);
    }

    #[test]
    fn what_was_typed_is_known_in_the_text_as_it_is() {
        let mut edits = Edits::default();
        edits.push(4..4, "\nab");
        edits.push(7..7, "c");
        edits.push(0..0, "xx");
        assert_eq!(edits.typed(), [7..10, 0..2]);
    }
}
