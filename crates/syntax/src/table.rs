//! One row of a pipe table, cut into cells. Knows no other rows.

use std::ops::Range;

/// The cells of a row's line, trimmed. An empty cell is an empty range where its text would go:
/// behind the blank that follows the pipe, if there is one.
pub(crate) fn cells(row: &str) -> Vec<Range<usize>> {
    let bytes = row.as_bytes();
    let mut cells = Vec::new();
    let mut start = usize::from(bytes.first() == Some(&b'|'));
    let mut at = start;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 2,
            b'|' => {
                cells.push(trim(row, start..at));
                at += 1;
                start = at;
            }
            _ => at += 1,
        }
    }
    if !row[start..].trim_matches([' ', '\t']).is_empty() {
        cells.push(trim(row, start..row.len()));
    }
    cells
}

fn trim(row: &str, cell: Range<usize>) -> Range<usize> {
    let text = &row[cell.clone()];
    let blanks = text.len() - text.trim_start_matches([' ', '\t']).len();
    if blanks == text.len() {
        let start = cell.start + blanks.min(1);
        return start..start;
    }
    let start = cell.start + blanks;
    start..start + text[blanks..].trim_end_matches([' ', '\t']).len()
}

#[cfg(test)]
mod tests {
    use super::cells;

    fn check(row: &str, expected: &[&str]) {
        let cells: Vec<&str> = cells(row).into_iter().map(|cell| &row[cell]).collect();
        assert_eq!(cells, expected, "{row}");
    }

    #[test]
    fn pipes_at_the_ends_are_optional() {
        check("| a | b |", &["a", "b"]);
        check("a | b", &["a", "b"]);
        check("|a|b", &["a", "b"]);
        check("a", &["a"]);
    }

    #[test]
    fn empty_cells_count() {
        check("| | b ||", &["", "b", ""]);
        check("||", &[""]);
        check("|", &[]);
        check("", &[]);
    }

    #[test]
    fn escaped_pipes_are_text() {
        check(r"| a \| b | c\\|", &[r"a \| b", r"c\\"]);
        check(r"| [[a\|b]] | \", &[r"[[a\|b]]", r"\"]);
    }

    #[test]
    fn an_empty_cell_stands_where_one_would_type() {
        assert_eq!(cells("|  | a"), [2..2, 5..6]);
        assert_eq!(cells("||a"), [1..1, 2..3]);
    }
}
