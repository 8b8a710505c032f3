//! A note's bytes as text. Accepts a byte order mark; refuses what is not UTF-8, and says where.

use std::fmt;
use std::str;

/// U+FEFF in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A note's text, and how many bytes stand before it in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Source<'a> {
    /// The text without its byte order mark.
    pub(crate) text: &'a str,
    /// Bytes of the byte order mark: 0 or 3. Text offset plus this is the file offset.
    pub(crate) offset: usize,
}

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotText {
    /// The first byte that no UTF-8 text has there, as an offset into the file.
    Utf8 { valid_up_to: usize, byte: u8 },
    /// The file ends in the middle of a character that begins at this offset.
    CutOff { valid_up_to: usize },
    /// The file begins with the byte order mark of UTF-16.
    Utf16,
}

impl<'a> Source<'a> {
    /// Reads bytes as they are stored in a file.
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Source<'a>, NotText> {
        let text = str::from_utf8(bytes).map_err(|error| {
            let valid_up_to = error.valid_up_to();
            match (bytes, error.error_len()) {
                ([0xFF, 0xFE, ..] | [0xFE, 0xFF, ..], _) => NotText::Utf16,
                (_, Some(_)) => NotText::Utf8 {
                    valid_up_to,
                    byte: bytes[valid_up_to],
                },
                (_, None) => NotText::CutOff { valid_up_to },
            }
        })?;
        Ok(match text.strip_prefix('\u{FEFF}') {
            Some(text) => Source {
                text,
                offset: BYTE_ORDER_MARK.len(),
            },
            None => Source { text, offset: 0 },
        })
    }

    /// Another text as it would be stored in this file: behind the same byte order mark.
    pub(crate) fn store(&self, text: &str) -> Vec<u8> {
        let mark = &BYTE_ORDER_MARK[..self.offset];
        [mark, text.as_bytes()].concat()
    }
}

impl fmt::Display for NotText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotText::Utf8 { valid_up_to, byte } => write!(
                f,
                "not UTF-8: byte 0x{byte:02x} at offset {valid_up_to}; save the note as UTF-8"
            ),
            NotText::CutOff { valid_up_to } => write!(
                f,
                "not UTF-8: the character at offset {valid_up_to} is cut off by the end of the file"
            ),
            NotText::Utf16 => {
                write!(
                    f,
                    "not UTF-8: offset 0 begins a UTF-16 text; save the note as UTF-8"
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_not_part_of_the_text() {
        let source = Source::new(b"\xEF\xBB\xBF# Goals").unwrap();
        assert_eq!((source.text, source.offset), ("# Goals", 3));
        assert_eq!(source.store("# Aims"), b"\xEF\xBB\xBF# Aims");

        let source = Source::new(b"# Goals").unwrap();
        assert_eq!((source.text, source.offset), ("# Goals", 0));
        assert_eq!(source.store("# Aims"), b"# Aims");
    }

    #[test]
    fn what_is_not_utf8_is_told_with_its_byte() {
        let told = |bytes| Source::new(bytes).unwrap_err().to_string();
        assert!(told(b"Ziel: f\xFCnf").contains("byte 0xfc at offset 7"));
        assert!(told(b"caf\xC3").contains("the character at offset 3 is cut off"));
        assert!(told(b"\xFF\xFEG\0").contains("UTF-16"));
    }
}
