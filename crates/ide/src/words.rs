//! A note's words as they are shown elsewhere.

/// On one line: without the marks of quotes and the blanks at the lines' ends.
pub(crate) fn one_line(text: &str) -> String {
    let words = text.lines().flat_map(|line| {
        line.trim_start_matches(|at: char| at == '>' || at.is_whitespace())
            .split_whitespace()
    });
    words.collect::<Vec<_>>().join(" ")
}
