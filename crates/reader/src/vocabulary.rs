//! WordPiece, as BERT's uncased models read text: lower case, without accents, punctuation apart, the longest
//! known piece first. Source: <https://github.com/google-research/bert>, `tokenization.py`.

use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The pieces that the reader knows, one a line; `##` begins those that go on with a word.
#[derive(Debug)]
pub struct Vocabulary {
    first: FxHashMap<Box<str>, u32>,
    further: FxHashMap<Box<str>, u32>,
    unknown: u32,
    longest: usize,
    /// Of each piece whether it tells what a text is about.
    tells: Vec<bool>,
}

/// A piece of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordPiece {
    /// Its line in the vocabulary, from 0.
    pub id: u32,
    /// Bytes of the text.
    pub range: Range<usize>,
}

/// Words from this line on tell what a text is about; those before are marks, letters and MiniLM's most common words.
/// The same number stands in `training/data.py`.
const TELLING: u32 = 426;

/// A longer word is read as unknown, as BERT does.
const LONGEST_WORD: usize = 100;

impl Vocabulary {
    /// The vocabulary of the weights in this program.
    pub fn own() -> &'static Vocabulary {
        static OWN: OnceLock<Vocabulary> = OnceLock::new();
        OWN.get_or_init(|| Vocabulary::new(include_str!("../weights/vocabulary.txt")))
    }

    /// Reads a vocabulary, one piece a line. A missing `[UNK]` is taken to be the first line.
    pub fn new(lines: &str) -> Vocabulary {
        let mut vocabulary = Vocabulary {
            first: FxHashMap::default(),
            further: FxHashMap::default(),
            unknown: 0,
            longest: 1,
            tells: Vec::new(),
        };
        for (id, piece) in (0..).zip(lines.lines()) {
            if piece == "[UNK]" {
                vocabulary.unknown = id;
            }
            let further = piece.strip_prefix("##").filter(|piece| !piece.is_empty());
            vocabulary.tells.push(id >= TELLING && further.is_none());
            let (known, piece) = match further {
                Some(further) => (&mut vocabulary.further, further),
                None => (&mut vocabulary.first, piece),
            };
            vocabulary.longest = vocabulary.longest.max(piece.len());
            known.insert(piece.into(), id);
        }
        vocabulary
    }

    /// The piece that stands for whatever is not in the vocabulary.
    pub fn unknown(&self) -> u32 {
        self.unknown
    }

    /// Whether a piece, by its line, tells what a text is about: a word, or the beginning of one, that is not too common.
    pub fn tells(&self, id: u32) -> bool {
        self.tells.get(id as usize).copied().unwrap_or_default()
    }

    /// The pieces of a text, in order.
    pub fn pieces(&self, text: &str) -> Vec<WordPiece> {
        let mut pieces = Vec::with_capacity(text.len() / 4);
        let mut word = Word::default();
        for (at, c) in text.char_indices() {
            let bytes = at..at + c.len_utf8();
            if c.is_whitespace() || c.is_control() {
                self.finish(&mut word, &mut pieces);
            } else if is_punctuation(c) {
                self.finish(&mut word, &mut pieces);
                word.push(c, bytes);
                self.finish(&mut word, &mut pieces);
            } else {
                word.push(c, bytes);
            }
        }
        self.finish(&mut word, &mut pieces);
        pieces
    }

    fn finish(&self, word: &mut Word, pieces: &mut Vec<WordPiece>) {
        let before = pieces.len();
        let mut from = 0;
        while from < word.plain.len() && word.bytes.len() <= LONGEST_WORD {
            let known = if from == 0 {
                &self.first
            } else {
                &self.further
            };
            let longest = (from + self.longest).min(word.plain.len());
            let found = (from + 1..=longest)
                .rev()
                .filter_map(|to| word.plain.get(from..to))
                .find_map(|piece| known.get(piece).map(|id| (piece.len(), *id)));
            let Some((length, id)) = found else { break };
            let range = word.source(from..from + length);
            pieces.push(WordPiece { id, range });
            from += length;
        }
        if from < word.plain.len() {
            pieces.truncate(before);
            let range = word.source(0..word.plain.len());
            pieces.push(WordPiece {
                id: self.unknown,
                range,
            });
        }
        word.plain.clear();
        word.bytes.clear();
    }
}

/// A word in lower case without accents, and where its characters stand in the text.
#[derive(Default)]
struct Word {
    plain: String,
    /// For each character: where it begins in `plain`, and its bytes in the text.
    bytes: Vec<(usize, Range<usize>)>,
}

impl Word {
    fn push(&mut self, c: char, bytes: Range<usize>) {
        let plain = c.to_lowercase().nfd().filter(|c| !is_combining_mark(*c));
        for c in plain {
            self.bytes.push((self.plain.len(), bytes.clone()));
            self.plain.push(c);
        }
    }

    fn source(&self, plain: Range<usize>) -> Range<usize> {
        let first = self.bytes.partition_point(|(at, _)| *at < plain.start);
        let last = self.bytes.partition_point(|(at, _)| *at < plain.end);
        let start = self.bytes.get(first).map_or(0, |(_, bytes)| bytes.start);
        let end = last.checked_sub(1).and_then(|last| self.bytes.get(last));
        start..end.map_or(start, |(_, bytes)| bytes.end)
    }
}

/// Whatever is neither a letter, a digit nor a mark stands alone.
fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric() && !is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        let known = "[UNK]\ngrow\nre\n##venue\n20\n%\ncafe\n##s\n-\n";
        let vocabulary = Vocabulary::new(known);
        let pieces = vocabulary.pieces(text).into_iter();
        pieces.map(|piece| &text[piece.range]).collect()
    }

    #[test]
    fn words_fall_into_the_longest_pieces_that_are_known() {
        assert_eq!(
            pieces("Grow revenue 20%"),
            ["Grow", "re", "venue", "20", "%"]
        );
    }

    #[test]
    fn accents_and_case_do_not_count_and_ranges_are_of_the_text() {
        assert_eq!(
            pieces("CAFÉs - cafe\u{301}s"),
            ["CAFÉ", "s", "-", "cafe", "s"]
        );
    }

    #[test]
    fn a_word_that_is_not_known_is_one_unknown_piece() {
        assert_eq!(pieces("grow xyz"), ["grow", "xyz"]);
        assert_eq!(Vocabulary::new("[UNK]\na").pieces("ax")[0].id, 0);
    }
}
