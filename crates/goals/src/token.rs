//! Words, numbers and marks of a plain text. Knows no meaning beyond that.

use std::ops::Range;

use crate::lexicon::Lexicon;

/// A word, a number or a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    /// Byte of its first character in the plain text.
    pub(crate) start: u32,
    /// Byte behind its last character.
    pub(crate) end: u32,
    /// Its number in the lexicon; [`Lexicon::UNKNOWN`] where no phrase holds it.
    pub(crate) word: u32,
    /// What it is made of.
    pub(crate) kind: TokenKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Word,
    /// Starts with a digit: `20`, `4.1M`, `3rd`.
    Number,
    /// Punctuation and symbols; arrows are one token.
    Mark,
    /// A line's end.
    Newline,
}

impl Token {
    pub(crate) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Splits a plain text. Words keep their apostrophes and lose their hyphens: `on-time` is two tokens.
pub(crate) fn tokens(text: &str, lexicon: &Lexicon) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 5 + 4);
    let mut folded = String::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if c.is_whitespace() {
            if c == '\n' {
                out.push(Token {
                    start: start as u32,
                    end: start as u32 + 1,
                    word: Lexicon::UNKNOWN,
                    kind: TokenKind::Newline,
                });
            }
            continue;
        }
        if is_zero_width(c) {
            continue;
        }
        let mut end = start + c.len_utf8();
        let kind = if c.is_alphanumeric() {
            let number = c.is_ascii_digit();
            folded.clear();
            fold(c, &mut folded);
            while let Some(&(at, next)) = rest.peek() {
                let after = text[at + next.len_utf8()..].chars().next();
                let inside = match next {
                    '\'' | '’' => after.is_some_and(char::is_alphabetic),
                    '.' | ',' => {
                        number
                            && after.is_some_and(|c| c.is_ascii_digit())
                            && text[..at].ends_with(|c: char| c.is_ascii_digit())
                    }
                    c => c.is_alphanumeric() || is_combining(c),
                };
                if !inside {
                    break;
                }
                fold(next, &mut folded);
                end = at + next.len_utf8();
                rest.next();
            }
            if number {
                TokenKind::Number
            } else {
                TokenKind::Word
            }
        } else {
            folded.clear();
            match (c, rest.peek().map(|&(_, next)| next)) {
                ('-' | '=' | '–' | '—', Some('>')) => {
                    rest.next();
                    end += 1;
                    folded.push_str("->");
                }
                ('-', Some('-')) => {
                    while rest.next_if(|&(_, c)| c == '-' || c == '>').is_some() {
                        end += 1;
                    }
                    folded.push_str(if text[start..end].ends_with('>') {
                        "->"
                    } else {
                        "–"
                    });
                }
                ('→' | '⇒' | '➡' | '➔', _) => folded.push_str("->"),
                ('—' | '―', _) => folded.push('–'),
                ('“' | '”' | '„' | '«' | '»', _) => folded.push('"'),
                ('’' | '‘', _) => folded.push('\''),
                ('.', Some('.')) => {
                    while rest.next_if(|&(_, c)| c == '.').is_some() {
                        end += 1;
                    }
                    folded.push('…');
                }
                ('-', Some(next)) if next.is_alphanumeric() && is_hyphen(text, start) => continue,
                _ => folded.push(c),
            }
            TokenKind::Mark
        };
        out.push(Token {
            start: start as u32,
            end: end as u32,
            word: lexicon.word(&folded),
            kind,
        });
    }
    out
}

/// A hyphen inside a word: letters or digits on both sides, and no number range.
fn is_hyphen(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + 1..].chars().next();
    match (before, after) {
        (Some(b), Some(a)) => {
            b.is_alphanumeric()
                && a.is_alphanumeric()
                && !(b.is_ascii_digit() && a.is_ascii_digit())
        }
        _ => false,
    }
}

fn is_zero_width(c: char) -> bool {
    matches!(
        c,
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe0e}' | '\u{fe0f}'
    )
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn fold(c: char, out: &mut String) {
    match c {
        '’' => out.push('\''),
        c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
        c => out.extend(c.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> String {
        let lexicon = Lexicon::get();
        tokens(text, lexicon)
            .iter()
            .map(|token| &text[token.range()])
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn words_numbers_and_marks() {
        assert_eq!(
            split("On-time delivery 4,5% -> they don't"),
            "On|time|delivery|4,5|%|->|they|don't"
        );
        assert_eq!(split("$8M—by Q4… (20-25)"), "$|8M|—|by|Q4|…|(|20|-|25|)");
    }
}
