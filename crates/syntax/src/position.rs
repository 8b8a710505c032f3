//! Bytes to lines and columns and back, in the three encodings of the protocol. Total: a place
//! that is not in the text is moved to the nearest one before it.

use crate::Document;

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: the protocol's default.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

/// A place in a text; both count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Position {
    /// The line. Lines end with LF, CRLF or CR.
    pub line: u32,
    /// The column, in units of an [`Encoding`].
    pub column: u32,
}

impl Encoding {
    /// How many units a character takes.
    pub fn width(self, character: char) -> usize {
        match self {
            Encoding::Utf8 => character.len_utf8(),
            Encoding::Utf16 => character.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }
}

impl Document {
    /// The position of a byte. A byte behind the text counts as its end, one inside a character as
    /// that character's start, one inside a line ending as the end of the line.
    pub fn position(&self, byte: usize, encoding: Encoding) -> Position {
        let byte = self.floor(byte);
        let line = self.line_of(byte);
        let range = self.line_range(line);
        let column = self.units_before(byte.min(range.end), encoding)
            - self.units_before(range.start, encoding);
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
        }
    }

    /// The byte of a position. A line behind the last is the end of the text, a column behind the
    /// end of its line is that end (before the line ending), a column inside a character is that
    /// character's start.
    pub fn byte(&self, position: Position, encoding: Encoding) -> usize {
        let line = position.line as usize;
        if line >= self.line_count() {
            return self.len();
        }
        let range = self.line_range(line);
        let units =
            (self.units_before(range.start, encoding)).saturating_add(position.column as usize);
        if units >= self.units_before(range.end, encoding) {
            return range.end;
        }
        self.byte_of_units(units, encoding)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Encoding, Position};
    use crate::Document;

    const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    fn byte(text: &str, line: u32, column: u32, encoding: Encoding) -> usize {
        Document::new(text).byte(Position { line, column }, encoding)
    }

    #[test]
    fn columns_count_what_the_encoding_says() {
        let document = Document::new("a👩‍👩‍👧é goal");
        let goal = document.text().find("goal").unwrap();
        let column = |encoding| document.position(goal, encoding).column;
        assert_eq!(ENCODINGS.map(column), [22, 11, 8]);
    }

    #[test]
    fn what_is_out_of_range_is_clamped() {
        let text = "ab\r\ncd\re👍f\n";
        for encoding in ENCODINGS {
            assert_eq!(byte(text, 0, 99, encoding), 2);
            assert_eq!(byte(text, 1, 99, encoding), 6);
            assert_eq!(byte(text, 3, 0, encoding), text.len());
            assert_eq!(byte(text, 3, 5, encoding), text.len());
            assert_eq!(byte(text, 4, 0, encoding), text.len());
            assert_eq!(byte(text, u32::MAX, u32::MAX, encoding), text.len());
        }
        assert_eq!(byte("", 0, 3, Encoding::Utf16), 0);
    }

    #[test]
    fn inside_a_character_is_its_start() {
        assert_eq!(byte("e👍f", 0, 2, Encoding::Utf16), 1);
        assert_eq!(byte("e👍f", 0, 3, Encoding::Utf16), 5);
        assert_eq!(byte("e👍f", 0, 4, Encoding::Utf8), 1);
        assert_eq!(Document::new("e👍f").position(3, Encoding::Utf8).column, 1);
    }

    #[test]
    fn a_line_ending_belongs_to_its_line() {
        let document = Document::new("ab\r\nc\rd\n");
        let at = |byte| {
            let position = document.position(byte, Encoding::Utf16);
            (position.line, position.column)
        };
        assert_eq!(at(3), (0, 2));
        assert_eq!(at(4), (1, 0));
        assert_eq!(at(6), (2, 0));
        assert_eq!(at(8), (3, 0));
        assert_eq!(at(99), (3, 0));
    }

    fn text() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "a",
            "é",
            "e\u{301}",
            "👍",
            "👩‍👩‍👧",
            "\u{200d}",
            "\u{feff}",
            "\u{2028}",
            "\n",
            "\r\n",
            "\r",
            " ",
            "日本",
        ]);
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn positions_lead_back(text in text()) {
            let document = Document::new(&text);
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let between = at > 0 && text.as_bytes()[at - 1] == b'\r' && text.as_bytes().get(at) == Some(&b'\n');
                for encoding in ENCODINGS {
                    let position = document.position(at, encoding);
                    let expected = if between { at - 1 } else { at };
                    prop_assert_eq!(document.byte(position, encoding), expected);
                }
            }
        }

        #[test]
        fn any_position_is_a_place(text in text(), line in 0u32..30, column in 0u32..50) {
            let document = Document::new(&text);
            for encoding in ENCODINGS {
                let asked = Position { line, column };
                let byte = document.byte(asked, encoding);
                prop_assert!(text.is_char_boundary(byte));
                prop_assert!(document.position(byte, encoding) <= asked);
            }
        }
    }
}
