//! From the protocol's words to ours.

use std::ops::Range;

use ide::{Document, Encoding};
use lsp_types::Position;

/// The byte of a position. What lies behind a line's end counts as its end, what lies behind the
/// text as its end, what lies inside a character as its start.
pub(crate) fn offset(document: &Document, position: Position, encoding: Encoding) -> usize {
    let Position {
        line,
        character: column,
    } = position;
    document.byte(ide::Position { line, column }, encoding)
}

/// The bytes of a range; one that ends before it begins is empty.
pub(crate) fn range(
    document: &Document,
    range: lsp_types::Range,
    encoding: Encoding,
) -> Range<usize> {
    let start = offset(document, range.start, encoding);
    start..offset(document, range.end, encoding).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::to_proto;

    const TEXT: &str = "a👨‍👩‍👧 é\r\nzwei\n\nénde";

    #[test]
    fn positions_go_there_and_back_in_every_encoding() {
        let document = Document::new(TEXT);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for (byte, _) in TEXT.char_indices().chain([(TEXT.len(), ' ')]) {
                if TEXT.as_bytes().get(byte) == Some(&b'\n') && TEXT[..byte].ends_with('\r') {
                    continue;
                }
                let position = to_proto::position(&document, byte, encoding);
                assert_eq!(
                    offset(&document, position, encoding),
                    byte,
                    "{encoding:?} {position:?}"
                );
            }
        }
    }

    #[test]
    fn positions_outside_are_clamped() {
        let document = Document::new(TEXT);
        let at = |line, column| offset(&document, Position::new(line, column), Encoding::Utf16);
        assert_eq!(at(0, 10_000), TEXT.find('\r').unwrap());
        assert_eq!(at(2, 1), TEXT.find("énde").unwrap() - 1);
        assert_eq!(at(3, 9), TEXT.len());
        assert_eq!(at(u32::MAX, 0), TEXT.len());
        // Inside a surrogate pair.
        assert_eq!(at(0, 2), 1);
        assert_eq!(at(0, 3), 5);
    }
}
