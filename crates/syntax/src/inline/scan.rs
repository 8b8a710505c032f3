//! One pass over a block's joined lines that finds what is not plain text. Changes nothing: it
//! tells what to cut and what to put in its place.

use std::ops::Range;

use super::emphasis::{self, Run};
use super::lex::{self, Angle};

/// Bytes of the source that are not in the plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) range: Range<usize>,
    pub(super) instead: Instead,
}

/// What stands in the plain text for a cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Instead {
    /// Markup: the text around it is one.
    Nothing,
    /// Something that was read past: the words around it stay apart.
    Gap,
    /// A resolved entity or line break.
    Character(char),
}

/// What a pass found; ranges in the joined lines.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// By their start, the longer first. They may overlap.
    pub(super) cuts: Vec<Cut>,
    pub(super) struck: Vec<Range<usize>>,
    pub(super) strong: Vec<Range<usize>>,
}

/// Whether there is no markup for sure: most lines are like that.
pub(super) fn is_plain(source: &str) -> bool {
    let bytes = source.as_bytes();
    let mut at = 0;
    while let Some(skip) = bytes[at..].iter().position(|&byte| SPECIAL[byte as usize]) {
        at += skip;
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        let plain = match bytes[at] {
            b']' => true,
            byte @ (b'%' | b'=' | b'~') => next != byte,
            b':' => next != b'/',
            b'!' => next != b'[',
            b'w' | b'W' => !next.eq_ignore_ascii_case(&b'w'),
            b'<' => !(next.is_ascii_alphabetic() || matches!(next, b'/' | b'!')),
            _ => false,
        };
        if !plain {
            return false;
        }
        at += 1;
    }
    true
}

/// Finds all the markup.
pub(super) fn scan(source: &str) -> Found {
    let mut scanner = Scanner {
        source,
        at: 0,
        found: Found::default(),
        runs: Vec::new(),
        brackets: Vec::new(),
        closed: 0,
        wikilink: None,
        unclosed: Vec::new(),
        comment: Ahead::new("-->"),
        percent: Ahead::new("%%"),
        double: Ahead::new("]]"),
    };
    scanner.run();
    let mut found = scanner.found;
    found
        .cuts
        .sort_by(|a, b| (a.range.start, b.range.end).cmp(&(b.range.start, a.range.end)));
    found.struck.sort_by_key(|range| range.start);
    found.strong.sort_by_key(|range| range.start);
    found
}

const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let special = b"\\`*_~=[]!<&:%wW";
    let mut i = 0;
    while i < special.len() {
        table[special[i] as usize] = true;
        i += 1;
    }
    table
};

struct Scanner<'a> {
    source: &'a str,
    at: usize,
    found: Found,
    /// Runs of delimiters that are not paired yet.
    runs: Vec<Run>,
    brackets: Vec<Bracket>,
    /// So many brackets at the bottom cannot begin a link, because one stands inside.
    closed: usize,
    /// Where the wikilink around `at` closes.
    wikilink: Option<usize>,
    /// Lengths of runs of backticks that nothing closes.
    unclosed: Vec<usize>,
    comment: Ahead,
    percent: Ahead,
    double: Ahead,
}

struct Bracket {
    range: Range<usize>,
    /// The number of runs before it.
    runs: usize,
}

impl Scanner<'_> {
    fn run(&mut self) {
        let bytes = self.source.as_bytes();
        while let Some(skip) = bytes[self.at..]
            .iter()
            .position(|&byte| SPECIAL[byte as usize])
        {
            self.at += skip;
            self.at = match bytes[self.at] {
                b'\\' => self.escape(),
                b'`' => self.code(),
                b'*' | b'_' | b'~' | b'=' => self.delimiters(),
                b'[' => self.open_bracket(),
                b'!' => self.exclamation(),
                b']' => self.close_bracket(),
                b'<' => self.angle(),
                b'&' => self.entity(),
                b':' => self.url(),
                b'%' => self.percent(),
                _ => self.www(),
            };
        }
        self.pair(0);
    }

    fn cut(&mut self, range: Range<usize>, instead: Instead) -> usize {
        let end = range.end;
        self.found.cuts.push(Cut { range, instead });
        end
    }

    fn escape(&mut self) -> usize {
        match self.source.as_bytes().get(self.at + 1) {
            Some(b'\n') => self.cut(self.at..self.at + 1, Instead::Nothing),
            Some(next) if next.is_ascii_punctuation() => {
                self.cut(self.at..self.at + 1, Instead::Nothing) + 1
            }
            _ => self.at + 1,
        }
    }

    fn code(&mut self) -> usize {
        let bytes = self.source.as_bytes();
        let run = |at: usize| bytes[at..].iter().take_while(|&&byte| byte == b'`').count();
        let length = run(self.at);
        let behind = self.at + length;
        if self.unclosed.contains(&length) {
            return behind;
        }
        let mut at = behind;
        while let Some(skip) = self.source[at..].find('`') {
            at += skip;
            let other = run(at);
            at += other;
            if other == length {
                return self.cut(self.at..at, Instead::Gap);
            }
        }
        self.unclosed.push(length);
        behind
    }

    fn delimiters(&mut self) -> usize {
        let (run, length) = Run::at(self.source, self.at);
        self.runs.extend(run);
        self.at + length
    }

    fn open_bracket(&mut self) -> usize {
        if let Some(end) = self.open_wikilink(self.at) {
            return end;
        }
        if let Some(end) = lex::footnote(self.source, self.at) {
            return self.cut(self.at..end, Instead::Nothing);
        }
        self.push_bracket(self.at..self.at + 1)
    }

    fn exclamation(&mut self) -> usize {
        let bytes = &self.source.as_bytes()[self.at..];
        if !bytes.starts_with(b"![") {
            return self.at + 1;
        }
        if let Some(inner) = self.wikilink(self.at + 1) {
            return self.cut(self.at..inner.end + 2, Instead::Gap);
        }
        self.push_bracket(self.at..self.at + 2)
    }

    fn push_bracket(&mut self, range: Range<usize>) -> usize {
        let end = range.end;
        self.brackets.push(Bracket {
            range,
            runs: self.runs.len(),
        });
        end
    }

    /// The inside of the wikilink whose brackets stand at `at`.
    fn wikilink(&mut self, at: usize) -> Option<Range<usize>> {
        if !self.source.as_bytes()[at..].starts_with(b"[[") {
            return None;
        }
        let start = at + 2;
        let end = self.double.find(self.source, start)?;
        let inner = self
            .source
            .get(start..end.min(start + LONGEST_WIKILINK + 1))?;
        let fits = !inner.is_empty() && inner.len() <= LONGEST_WIKILINK;
        (fits && !inner.contains(['[', '\n'])).then_some(start..end)
    }

    fn open_wikilink(&mut self, at: usize) -> Option<usize> {
        let inner = self.wikilink(at)?;
        let text = &self.source[inner.clone()];
        let shown = match text.find('|') {
            Some(pipe) if !text[pipe + 1..].trim().is_empty() => inner.start + pipe + 1,
            _ => inner.start,
        };
        self.cut(at..shown, Instead::Nothing);
        self.cut(inner.end..inner.end + 2, Instead::Nothing);
        self.wikilink = Some(inner.end);
        Some(shown)
    }

    fn close_bracket(&mut self) -> usize {
        if self.wikilink == Some(self.at) {
            self.wikilink = None;
            return self.at + 2;
        }
        let behind = self.at + 1;
        let Some(open) = self.brackets.pop() else {
            return behind;
        };
        let image = open.range.len() == 2;
        let dead = !image && self.brackets.len() < self.closed;
        self.closed = self.closed.min(self.brackets.len());
        if dead {
            return behind;
        }
        let end = match self.source.as_bytes().get(behind) {
            Some(b'(') => lex::link_target(self.source, behind),
            Some(b'[') if !self.source[open.range.end..self.at].trim().is_empty() => {
                lex::link_label(self.source, behind)
            }
            _ => None,
        };
        let Some(end) = end else {
            return behind;
        };
        self.pair(open.runs);
        self.cut(open.range, Instead::Nothing);
        if !image {
            self.closed = self.brackets.len();
        }
        self.cut(self.at..end, Instead::Nothing)
    }

    fn angle(&mut self) -> usize {
        if self.source.as_bytes()[self.at..].starts_with(b"<!--") {
            return match self.comment.find(self.source, self.at + 4) {
                Some(end) => self.cut(self.at..end + 3, Instead::Gap),
                None => self.at + 4,
            };
        }
        match lex::angle(self.source, self.at) {
            None => self.at + 1,
            Some((Angle::Link, end)) => self.cut(self.at..end, Instead::Gap),
            Some((Angle::Tag(name), end)) => self.cut(self.at..end, instead_of_tag(name)),
        }
    }

    fn entity(&mut self) -> usize {
        match lex::entity(self.source, self.at) {
            Some((character, end)) => self.cut(self.at..end, Instead::Character(character)),
            None => self.at + 1,
        }
    }

    fn url(&mut self) -> usize {
        match lex::scheme(self.source, self.at) {
            Some(start) => {
                let end = lex::url_end(self.source, self.at + 3).max(self.at + 3);
                self.cut(start..end, Instead::Gap)
            }
            None => self.at + 1,
        }
    }

    fn www(&mut self) -> usize {
        if lex::is_www(self.source, self.at) {
            let end = lex::url_end(self.source, self.at + 4);
            return self.cut(self.at..end, Instead::Gap);
        }
        self.at + 1
    }

    fn percent(&mut self) -> usize {
        if !self.source.as_bytes()[self.at..].starts_with(b"%%") {
            return self.at + 1;
        }
        match self.percent.find(self.source, self.at + 2) {
            Some(end) => self.cut(self.at..end + 2, Instead::Gap),
            None => self.at + 2,
        }
    }

    /// Pairs the runs from the given one on, and forgets them.
    fn pair(&mut self, from: usize) {
        let from = from.min(self.runs.len());
        let found = &mut self.found;
        emphasis::pairs(&self.runs[from..], |pair| {
            let inner = pair.open.end..pair.close.start;
            if pair.byte == b'~' {
                found.cuts.push(Cut {
                    range: pair.open.start..pair.close.end,
                    instead: Instead::Gap,
                });
                found.struck.push(inner);
                return;
            }
            if pair.open.len() == 2 && pair.byte != b'=' {
                found.strong.push(inner);
            }
            found.cuts.push(Cut {
                range: pair.open,
                instead: Instead::Nothing,
            });
            found.cuts.push(Cut {
                range: pair.close,
                instead: Instead::Nothing,
            });
        });
        self.runs.truncate(from);
    }
}

/// A note's title is shorter.
const LONGEST_WIKILINK: usize = 1024;

/// Tags of running text leave no trace; any other (a table's, a placeholder in angle brackets)
/// keeps the words around it apart.
fn instead_of_tag(name: &str) -> Instead {
    const RUNNING: [&str; 18] = [
        "a", "b", "i", "u", "s", "em", "strong", "span", "mark", "sub", "sup", "small", "big",
        "font", "del", "ins", "kbd", "code",
    ];
    if name.eq_ignore_ascii_case("br") {
        return Instead::Character('\n');
    }
    if RUNNING.iter().any(|tag| name.eq_ignore_ascii_case(tag)) {
        return Instead::Nothing;
    }
    Instead::Gap
}

/// Looks for a text further on, and remembers where it stands: a line full of openers costs one search.
struct Ahead {
    needle: &'static str,
    /// Where the last search began and what it found.
    last: Option<(usize, Option<usize>)>,
}

impl Ahead {
    fn new(needle: &'static str) -> Ahead {
        Ahead { needle, last: None }
    }

    fn find(&mut self, source: &str, from: usize) -> Option<usize> {
        if let Some((began, found)) = self.last
            && began <= from
            && found.is_none_or(|at| at >= from)
        {
            return found;
        }
        let found = source[from..].find(self.needle).map(|skip| from + skip);
        self.last = Some((from, found));
        found
    }
}
