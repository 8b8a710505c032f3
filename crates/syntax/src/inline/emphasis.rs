//! Which runs of `*`, `_`, `~~` and `==` open and close what: CommonMark's delimiter algorithm.

use std::ops::Range;

/// A run of one delimiter character.
#[derive(Debug, Clone)]
pub(super) struct Run {
    /// What is left of it.
    pub(super) range: Range<usize>,
    pub(super) byte: u8,
    length: usize,
    opens: bool,
    closes: bool,
}

/// A pair that was found: the delimiters' bytes.
pub(super) struct Pair {
    pub(super) byte: u8,
    pub(super) open: Range<usize>,
    pub(super) close: Range<usize>,
}

impl Run {
    /// The run of the character at `at`; `None` where it neither opens nor closes, with its length.
    pub(super) fn at(source: &str, at: usize) -> (Option<Run>, usize) {
        let bytes = source.as_bytes();
        let byte = bytes[at];
        let length = bytes[at..].iter().take_while(|&&next| next == byte).count();
        let before = source[..at].chars().next_back().unwrap_or('\n');
        let after = source[at + length..].chars().next().unwrap_or('\n');
        let blank_before = before.is_whitespace();
        let blank_after = after.is_whitespace();
        let left =
            !blank_after && (!is_punctuation(after) || blank_before || is_punctuation(before));
        let right =
            !blank_before && (!is_punctuation(before) || blank_after || is_punctuation(after));
        let (opens, closes) = match byte {
            b'_' => (
                left && (!right || is_punctuation(before)),
                right && (!left || is_punctuation(after)),
            ),
            b'*' => (left, right),
            _ => (left && length == 2, right && length == 2),
        };
        let run = Run {
            range: at..at + length,
            byte,
            length,
            opens,
            closes,
        };
        ((opens || closes).then_some(run), length)
    }

    fn kind(&self) -> usize {
        let byte = match self.byte {
            b'*' => 0,
            b'_' => 1,
            b'~' => 2,
            _ => 3,
        };
        (byte * 3 + self.length % 3) * 2 + usize::from(self.opens)
    }

    /// The rule of three: `*a**b*` is no pair of one and two.
    fn pairs_with(&self, close: &Run) -> bool {
        self.byte == close.byte
            && !((self.closes || close.opens)
                && (self.length + close.length).is_multiple_of(3)
                && !(self.length.is_multiple_of(3) && close.length.is_multiple_of(3)))
    }
}

/// Pairs runs that stand in the order of the text.
pub(super) fn pairs(runs: &[Run], mut found: impl FnMut(Pair)) {
    let mut openers: Vec<Run> = Vec::new();
    // How high the stack was when nothing was found for a kind of closer: no need to look there
    // again. Keeps hostile lines linear.
    let mut floors = [0; 24];
    for run in runs {
        let mut run = run.clone();
        while run.closes && !run.range.is_empty() {
            let floor = floors[run.kind()];
            let above = openers.get(floor..).unwrap_or_default();
            let Some(index) = above.iter().rposition(|open| open.pairs_with(&run)) else {
                floors[run.kind()] = openers.len();
                break;
            };
            openers.truncate(floor + index + 1);
            let Some(open) = openers.last_mut() else {
                break;
            };
            let double = open.range.len() >= 2 && run.range.len() >= 2;
            let width = if double { 2 } else { 1 };
            found(Pair {
                byte: run.byte,
                open: open.range.end - width..open.range.end,
                close: run.range.start..run.range.start + width,
            });
            open.range.end -= width;
            run.range.start += width;
            if open.range.is_empty() {
                openers.pop();
            }
            for floor in &mut floors {
                *floor = openers.len().min(*floor);
            }
        }
        if run.opens && !run.range.is_empty() {
            openers.push(run);
        }
    }
}

fn is_punctuation(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_punctuation();
    }
    !character.is_alphanumeric() && !character.is_whitespace()
}
