//! Annotations: lines in a fixture that say what is expected of the text above them. Gives a body no meaning.
//!
//! An annotation stands below the line (and below other annotations of that line) in which its span begins:
//!
//! ```text
//! - Grow revenue 20% so we can open an office
//!   ^^^^^^^^^^^^^^^^ goal: importance=answered
//! ```
//!
//! Carets mark columns as a reader sees them in a monospace editor: a wide character (most emoji, CJK) takes two
//! columns, a combining or zero-width one none. Where that is hard to count, or a tab stands in the way, or the
//! span runs over the line's end, the span is quoted instead, `\n` for a line's end, `\"` and `\\` for themselves:
//!
//! ```text
//! Growth is what they
//! ^"Growth is what they\nwant" code: message
//! want
//! ```
//!
//! A quoted span is its first occurrence that begins in the line.

use std::{fmt, ops::Range};

use unicode_width::UnicodeWidthChar;

/// What is said of a span.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Annotation {
    /// First byte of the span in the clean text.
    pub start: usize,
    /// End of the span, exclusive.
    pub end: usize,
    /// The words behind the span: `code: message`.
    pub body: String,
}

impl Annotation {
    /// What is said of the bytes `range`.
    pub fn new(range: Range<usize>, body: impl Into<String>) -> Annotation {
        Annotation {
            start: range.start,
            end: range.end,
            body: body.into(),
        }
    }

    /// The span in bytes of the clean text.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// A text without its annotation lines, and what they said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Annotated {
    /// The clean text.
    pub text: String,
    /// In the order of their spans, those of one span as written.
    pub annotations: Vec<Annotation>,
}

/// An annotation that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Line in the annotated text, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.why)
    }
}

/// Takes the annotations out of a text.
///
/// # Errors
/// The first annotation that points at nothing.
pub fn extract(annotated: &str) -> Result<Annotated, Fault> {
    let mut text = String::with_capacity(annotated.len());
    let mut found = Vec::new();
    let mut above = None;
    for (index, line) in annotated.split_inclusive('\n').enumerate() {
        match mark(line) {
            Some(mark) => found.push((index + 1, above, mark)),
            None => {
                above = Some(text.len());
                text.push_str(line);
            }
        }
    }
    let mut annotations = Vec::new();
    for (line, above, mark) in found {
        let fault = |why| Fault { line, why };
        let above = above.ok_or_else(|| fault("there is no text above it".to_owned()))?;
        let range = mark.span.resolve(&text, above).map_err(fault)?;
        annotations.push(Annotation::new(range, mark.body));
    }
    annotations.sort_by_key(|annotation| (annotation.start, annotation.end));
    Ok(Annotated { text, annotations })
}

/// A text without its annotation lines, whatever they say.
pub fn strip(annotated: &str) -> String {
    annotated
        .split_inclusive('\n')
        .filter(|line| mark(line).is_none())
        .collect()
}

/// Writes annotations below the lines in which they begin: the inverse of [`extract`]. Spans on a line of plain
/// one-column characters get carets, the others quotes.
pub fn render(text: &str, annotations: &[Annotation]) -> String {
    let mut sorted: Vec<&Annotation> = annotations.iter().collect();
    sorted.sort_by_key(|annotation| (annotation.start, annotation.end));
    let mut rest = sorted.into_iter().peekable();
    let mut out = String::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        out.push_str(line);
        while let Some(annotation) = rest.next_if(|next| next.start < end || end == text.len()) {
            if !out.ends_with('\n') {
                out.push('\n');
            }
            out.push_str(&render_one(text, start, line, annotation));
            out.push('\n');
        }
        start = end;
    }
    out
}

/// A unified diff of two annotated texts, empty where they are equal.
pub fn diff(expected: &str, actual: &str) -> String {
    if expected == actual {
        return String::new();
    }
    similar::TextDiff::from_lines(expected, actual)
        .unified_diff()
        .context_radius(2)
        .missing_newline_hint(false)
        .to_string()
        .lines()
        .filter(|line| !line.starts_with("@@"))
        .map(|line| format!("{line}\n"))
        .collect()
}

struct Mark {
    span: Span,
    body: String,
}

enum Span {
    Columns(Range<usize>),
    Quoted(String),
}

fn mark(line: &str) -> Option<Mark> {
    let line = line.trim_end();
    let indent = line.len() - line.trim_start_matches(' ').len();
    let rest = &line[indent..];
    if let Some(quoted) = rest.strip_prefix("^\"") {
        let (words, body) = unquote(quoted)?;
        return Some(Mark {
            span: Span::Quoted(words),
            body: body.trim_start().to_owned(),
        });
    }
    let body = rest.trim_start_matches('^');
    let carets = rest.len() - body.len();
    let is_mark = carets > 0 && body.starts_with(' ');
    is_mark.then(|| Mark {
        span: Span::Columns(indent..indent + carets),
        body: body.trim_start().to_owned(),
    })
}

/// The words up to the closing quote, and what follows it.
fn unquote(quoted: &str) -> Option<(String, &str)> {
    let mut words = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((words, &quoted[at + 1..])),
            '\\' => match chars.next()?.1 {
                'n' => words.push('\n'),
                other => words.push(other),
            },
            _ => words.push(c),
        }
    }
    None
}

impl Span {
    /// Bytes of the span that begins in the line starting at `above`.
    fn resolve(&self, text: &str, above: usize) -> Result<Range<usize>, String> {
        let line = text[above..].split('\n').next().unwrap_or_default();
        match self {
            Span::Quoted(words) => text[above..]
                .find(words.as_str())
                .filter(|&at| at < line.len() && !words.is_empty())
                .map(|at| above + at..above + at + words.len())
                .ok_or_else(|| format!("the line above does not hold {words:?}")),
            Span::Columns(columns) => {
                let (mut start, mut end, mut column) = (None, None, 0);
                for (at, c) in line.char_indices() {
                    if c == '\t' && column < columns.end {
                        return Err("a tab stands above: quote the span".to_owned());
                    }
                    let width = c.width().unwrap_or(0);
                    if width > 0 && column == columns.start {
                        start = Some(above + at);
                    }
                    column += width;
                    // Marks of no width belong to the character before them.
                    if column == columns.end && (width > 0 || end.is_some()) {
                        end = Some(above + at + c.len_utf8());
                    }
                }
                match (start, end) {
                    (Some(start), Some(end)) => Ok(start..end),
                    _ => Err(format!(
                        "columns {}..{} of {line:?} are no characters",
                        columns.start, columns.end
                    )),
                }
            }
        }
    }
}

fn render_one(text: &str, line_start: usize, line: &str, annotation: &Annotation) -> String {
    let line = line.trim_end_matches(['\r', '\n']);
    let (start, end) = (annotation.start, annotation.end);
    let plain = end <= line_start + line.len()
        && start < end
        && line.chars().all(|c| c.width() == Some(1))
        && line.is_char_boundary(start - line_start)
        && line.is_char_boundary(end - line_start);
    if plain {
        let before = line[..start - line_start].chars().count();
        let under = text[start..end].chars().count();
        return format!(
            "{}{} {}",
            " ".repeat(before),
            "^".repeat(under),
            annotation.body
        );
    }
    let words = match text.get(start..end) {
        Some(words) => words.to_owned(),
        None => format!("bytes {start}..{end} are no characters"),
    };
    let quoted = words
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n");
    format!("^\"{quoted}\" {}", annotation.body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(annotated: &str) -> Vec<(String, String)> {
        let found = extract(annotated).unwrap();
        found
            .annotations
            .iter()
            .map(|a| (found.text[a.range()].to_owned(), a.body.clone()))
            .collect()
    }

    fn pair(words: &str, body: &str) -> (String, String) {
        (words.to_owned(), body.to_owned())
    }

    #[test]
    fn carets_mark_columns() {
        assert_eq!(
            spans("- a goal here\n  ^^^^^^ code: message\n    ^^^^ other: x\nnext\n"),
            [pair("a goal", "code: message"), pair("goal", "other: x")]
        );
    }

    #[test]
    fn columns_are_what_a_reader_sees() {
        // Two columns for the rocket; none for the combining accent, which stays with its letter.
        assert_eq!(spans("🚀 grow\n   ^^^^ x: y\n"), [pair("grow", "x: y")]);
        assert_eq!(
            spans("cafe\u{301} open\n^^^^ x: y\n"),
            [pair("cafe\u{301}", "x: y")]
        );
    }

    #[test]
    fn a_quoted_span_may_run_over_the_line_end() {
        let text = "say \"so\" and\n^\"\\\"so\\\" and\\nmore\" x: y\nmore\n";
        assert_eq!(spans(text), [pair("\"so\" and\nmore", "x: y")]);
    }

    #[test]
    fn what_was_extracted_is_rendered_again() {
        for text in [
            "- a goal here\n  ^^^^^^ code: message\n    ^^^^ other: x\nnext\n",
            "🚀 grow\n^\"grow\" x: y\n",
            "say \"so\" and\n^\"\\\"so\\\" and\\nmore\" x: y\nmore\n",
            "\tgrow\n^\"grow\" x: y\n",
        ] {
            let found = extract(text).unwrap();
            assert_eq!(render(&found.text, &found.annotations), text);
        }
    }

    #[test]
    fn an_annotation_that_points_at_nothing_is_a_fault() {
        let fault = |text| extract(text).unwrap_err().to_string();
        assert_eq!(fault("^^^ x: y\n"), "line 1: there is no text above it");
        assert_eq!(
            fault("ab\n ^^^ x: y\n"),
            "line 2: columns 1..4 of \"ab\" are no characters"
        );
        assert_eq!(
            fault("ab\ncd\n^\"ab\" x: y\n"),
            "line 3: the line above does not hold \"ab\""
        );
        assert_eq!(
            fault("\tab\n ^^ x: y\n"),
            "line 2: a tab stands above: quote the span"
        );
    }

    #[test]
    fn carets_without_words_are_text() {
        assert_eq!(extract("x\n^^^\n^id\n").unwrap().text, "x\n^^^\n^id\n");
    }

    #[test]
    fn a_diff_shows_what_differs_in_the_same_language() {
        assert_eq!(diff("a\n", "a\n"), "");
        assert_eq!(diff("a\n^ x: 1\n", "a\n^ x: 2\n"), " a\n-^ x: 1\n+^ x: 2\n");
    }
}
