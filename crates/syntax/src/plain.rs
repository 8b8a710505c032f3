//! The blocks of a text that the grammar takes too long for: paragraphs between blank lines.
//! Knows no other markup.

use std::ops::Range;

use crate::{Block, BlockKind, Lines};

/// The paragraphs of a text.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = Vec::new();
    let mut start = 0;
    for chunk in text.split_inclusive('\n') {
        let body = chunk.trim_end_matches('\n');
        let mut line_start = start;
        for line in body.strip_suffix('\r').unwrap_or(body).split('\r') {
            let content = line.trim_matches([' ', '\t']);
            if content.is_empty() {
                blocks.extend(paragraph(&lines));
                lines.clear();
            } else {
                let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
                lines.push(line_start + blanks..line_start + blanks + content.len());
            }
            line_start += line.len() + 1;
        }
        start += chunk.len();
    }
    blocks.extend(paragraph(&lines));
    blocks
}

fn paragraph(lines: &[Range<usize>]) -> Option<Block> {
    let (first, last) = (lines.first()?, lines.last()?);
    Some(Block {
        kind: BlockKind::Paragraph,
        range: first.start..last.end,
        depth: 0,
        parent: None,
        lines: Lines::new(first.start, lines.iter().cloned()),
    })
}

#[cfg(test)]
mod tests {
    use super::blocks;

    #[test]
    fn blank_lines_part_paragraphs() {
        let text = "\r\n- a\r\n  b \r\r# c\n\n\td";
        let blocks = blocks(text);
        let lines: Vec<Vec<&str>> = blocks
            .iter()
            .map(|block| block.line_ranges().map(|line| &text[line]).collect())
            .collect();
        assert_eq!(lines, [vec!["- a", "b"], vec!["# c"], vec!["d"]]);
    }
}
