//! What the grammar is given in place of a text: the same bytes but for the few that it stumbles
//! over. Never changes a length.

use std::borrow::Cow;

/// The view of a text: NUL bytes become a control character (NUL means the end to the parser), a
/// carriage return alone becomes a line feed, and of two pipes in a row the second becomes a
/// character (no cell of a table may be empty without a blank in it).
pub(crate) fn view(text: &str) -> Cow<'_, [u8]> {
    let bytes = text.as_bytes();
    let next = |at: usize| bytes.get(at + 1).copied();
    let mut view = Cow::Borrowed(bytes);
    let mut at = 0;
    while let Some(skip) = bytes[at..]
        .iter()
        .position(|byte| matches!(byte, 0 | b'\r' | b'|'))
    {
        at += skip;
        match bytes[at] {
            0 => view.to_mut()[at] = SUBSTITUTE,
            b'\r' if next(at) != Some(b'\n') => view.to_mut()[at] = b'\n',
            b'|' if next(at) == Some(b'|') => {
                at += 1;
                view.to_mut()[at] = SUBSTITUTE;
            }
            _ => {}
        }
        at += 1;
    }
    view
}

/// A word's character to the grammar, as U+FFFD would be.
const SUBSTITUTE: u8 = 0x1a;

#[cfg(test)]
mod tests {
    use super::view;

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(
            view("a\r\n| b |\nc"),
            std::borrow::Cow::Borrowed(_)
        ));
    }

    #[test]
    fn the_length_never_changes() {
        assert_eq!(
            &*view("a\0b\rc\r\nd||||e\r"),
            b"a\x1ab\nc\r\nd|\x1a|\x1ae\n"
        );
    }
}
