//! A text as words, numerals and signs. Knows where they stand; what they mean is asked elsewhere.

use std::ops::Range;

use super::{
    numeral::{self, Numeral},
    words::{self, Word},
};

/// One word, numeral or sign.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// First byte.
    pub(super) start: usize,
    /// Byte behind the last.
    pub(super) end: usize,
}

/// What kind of token.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// Letters, with apostrophes inside; its meaning, if it has one here.
    Word(Option<Word>),
    /// Letters and digits that begin with a letter: `Q3`, `B2B`.
    Name,
    /// Begins with a digit.
    Numeral(Numeral),
    /// Anything else: one character, or an arrow, `<=` or `>=`.
    Sign,
}

/// A text and its tokens.
pub(super) struct Lexed<'t> {
    pub(super) text: &'t str,
    /// The same bytes with ASCII in lower case.
    lower: String,
    pub(super) tokens: Vec<Token>,
}

impl<'t> Lexed<'t> {
    pub(super) fn new(text: &'t str) -> Lexed<'t> {
        let mut lexed = Lexed {
            text,
            lower: text.to_ascii_lowercase(),
            tokens: Vec::with_capacity(text.len() / 4),
        };
        let mut at = 0;
        while let Some(next) = text[at..].chars().next() {
            if next.is_whitespace() {
                at += next.len_utf8();
                continue;
            }
            let token = lexed.token(at, next);
            at = token.end;
            lexed.tokens.push(token);
        }
        lexed
    }

    fn token(&self, start: usize, first: char) -> Token {
        let rest = &self.text[start..];
        if first.is_ascii_digit() {
            let (end, numeral) = numeral::scan(self.text, start);
            return Token {
                kind: Kind::Numeral(numeral),
                start,
                end,
            };
        }
        if first.is_alphabetic() {
            let letters = letters(rest);
            let end = start + letters;
            let word = words::word(&self.lower[start..end]);
            if !rest[letters..].starts_with(|next: char| next.is_ascii_digit())
                || is_prefix(word, &self.lower[start..end])
            {
                return Token {
                    kind: Kind::Word(word),
                    start,
                    end,
                };
            }
            let name = rest
                .find(|next: char| !next.is_alphanumeric())
                .unwrap_or(rest.len());
            return Token {
                kind: Kind::Name,
                start,
                end: start + name,
            };
        }
        let long = ["<->", "-->", "==>", "->", "=>", "<=", ">=", "<-"]
            .into_iter()
            .find(|sign| rest.starts_with(sign));
        let end = start + long.map_or(first.len_utf8(), str::len);
        Token {
            kind: Kind::Sign,
            start,
            end,
        }
    }

    /// The token's text in lower case; empty outside of the text, so that looking around needs no care.
    pub(super) fn at(&self, index: usize) -> &str {
        self.tokens
            .get(index)
            .map_or("", |token| &self.lower[token.start..token.end])
    }

    /// The text as written.
    pub(super) fn raw(&self, range: Range<usize>) -> &'t str {
        &self.text[range]
    }

    /// The meaning of the word there.
    pub(super) fn word(&self, index: usize) -> Option<Word> {
        match self.tokens.get(index)?.kind {
            Kind::Word(word) => word,
            _ => None,
        }
    }

    /// Whether a word stands there.
    pub(super) fn is_word(&self, index: usize) -> bool {
        self.tokens
            .get(index)
            .is_some_and(|token| matches!(token.kind, Kind::Word(_)))
    }

    /// The numeral there.
    pub(super) fn numeral(&self, index: usize) -> Option<Numeral> {
        match self.tokens.get(index)?.kind {
            Kind::Numeral(numeral) => Some(numeral),
            _ => None,
        }
    }

    /// Whether the token follows the one before it without a blank.
    pub(super) fn glued(&self, index: usize) -> bool {
        index > 0
            && self
                .tokens
                .get(index)
                .is_some_and(|token| self.tokens[index - 1].end == token.start)
    }

    /// Bytes from the token `first` to the one before `next`.
    pub(super) fn span(&self, first: usize, next: usize) -> Range<usize> {
        let start = self
            .tokens
            .get(first)
            .map_or(self.text.len(), |token| token.start);
        let end = next
            .checked_sub(1)
            .and_then(|last| self.tokens.get(last))
            .map_or(start, |token| token.end);
        start..end.max(start)
    }
}

/// How many bytes of letters, with apostrophes between two letters.
fn letters(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    while let Some((at, next)) = chars.next() {
        let apostrophe = matches!(next, '\'' | '’')
            && chars.peek().is_some_and(|(_, after)| after.is_alphabetic());
        // Marks that combine with the letter before them.
        let mark = ('\u{300}'..='\u{36f}').contains(&next);
        if !next.is_alphabetic() && !apostrophe && !mark {
            return at;
        }
    }
    rest.len()
}

/// Words that a numeral may follow without a blank: `EUR5m`, `x2`, `ca.5`.
fn is_prefix(word: Option<Word>, lower: &str) -> bool {
    matches!(word, Some(Word::Money(_) | Word::Approx)) || lower == "x"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let lexed = Lexed::new(text);
        let tokens: Vec<_> = lexed
            .tokens
            .iter()
            .map(|token| &text[token.start..token.end])
            .collect();
        assert_eq!(tokens, expected);
    }

    #[test]
    fn words_names_numerals_and_signs() {
        check("ARR 8->15M", &["ARR", "8", "->", "15", "M"]);
        check("Q3 FY26 B2B", &["Q3", "FY26", "B2B"]);
        check("EUR5m x2", &["EUR", "5", "m", "x", "2"]);
        check("year's 1'200 'x'", &["year's", "1'200", "'", "x", "'"]);
        check("≤ 20–25 %", &["≤", "20", "–", "25", "%"]);
    }
}
