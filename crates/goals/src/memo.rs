//! What was read before, remembered by content: makes judging a changed note cost the change. Never changes an answer.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::{FxHashMap, FxHasher};
use syntax::{Block, BlockKind};

use crate::judged::Judged;
use crate::piece::Piece;
use crate::question::Own;
use crate::reading::{Readings, Reads, Weighing};

/// What was read before, remembered by content: makes judging a changed note cost the change.
/// Never changes an answer. Holds little more than the notes it was used for lately.
#[derive(Debug, Default)]
pub struct Memo {
    blocks: FxHashMap<u64, Known>,
    /// What the pieces were read with.
    words: Words,
    /// Counts the notes that were read whole.
    round: u32,
    /// How many blocks of this round are remembered.
    used: usize,
    year: Option<(String, Option<i32>)>,
    /// The last judgement, to be followed where the next note is an edit of it.
    last: Option<Box<Judged>>,
    followed: u64,
    /// Whether the last judgement followed an edit: the reader was not shown the changed words.
    behind: bool,
    pub(crate) readings: Readings,
}

/// The words from outside that pieces are read with.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Words {
    /// Further words that announce goals, in lower case.
    pub(crate) extra: Vec<String>,
    /// A team's own questions.
    pub(crate) own: Vec<Own>,
    /// Whether the learned reader is left out.
    pub(crate) rules_only: bool,
}

/// A part of a note that the learned reader has not read yet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unread(reader::Input);

/// What the learned reader made of a part of a note.
#[derive(Debug, Clone)]
pub struct Read {
    input: reader::Input,
    encoded: Arc<reader::Encoded>,
}

impl Unread {
    /// Reads it: up to half a second of a processor's time, on as many as are free.
    pub fn read(self) -> Read {
        Read {
            encoded: Arc::new(reader::Network::get().encode(&self.0)),
            input: self.0,
        }
    }
}

/// A leaf block with its pieces.
#[derive(Debug)]
struct Known {
    source: Box<str>,
    kind: BlockKind,
    pieces: Arc<[Arc<Piece>]>,
    round: u32,
}

/// So many blocks may be remembered in vain.
const SPARE: usize = 4096;
/// What was not used for so many rounds goes, if there is too much.
const ROUNDS: u32 = 32;

impl Memo {
    /// A memory for judging with the learned reader, where it is built in.
    pub fn reading(reads: Reads) -> Memo {
        let mut memo = Memo::default();
        if reader::BUILT_IN {
            memo.readings.reads = reads;
        }
        memo
    }

    /// What the last judgement would have liked to be read. Read it with [`Unread::read`], on any thread, and
    /// give it to [`Memo::learn`]; then judge again.
    pub fn unread(&mut self) -> Vec<Unread> {
        self.readings.unread().into_iter().map(Unread).collect()
    }

    /// Weighs the reader's word otherwise: for fitting.
    pub fn weigh(&mut self, weighing: Weighing) {
        self.readings.weighing = weighing;
        self.last = None;
    }

    /// Whether the learned reader has not been shown the words that changed last.
    pub fn is_behind(&self) -> bool {
        let is_read = |last: &Judged| self.readings.takes(&last.text);
        self.behind
            && self.readings.reads == Reads::Later
            && !self.words.rules_only
            && self.last.as_deref().is_none_or(is_read)
    }

    /// The next note is judged whole, and [`Memo::unread`] then names what the reader has not read of it.
    pub fn catch_up(&mut self) {
        self.last = None;
        self.behind = false;
    }

    /// Takes in what was read.
    pub fn learn(&mut self, read: Read) {
        self.readings.learn(read.input, read.encoded);
        // The last judgement was made without it.
        self.last = None;
    }

    /// How many notes were judged by following an edit of the one before, at the cost of the edit.
    pub fn followed(&self) -> u64 {
        self.followed
    }

    /// The last judgement, if it was made with these words.
    pub(crate) fn take(&mut self, words: &Words) -> Option<Box<Judged>> {
        if self.words != *words {
            *self = Memo {
                words: words.clone(),
                followed: self.followed,
                readings: std::mem::take(&mut self.readings),
                ..Memo::default()
            };
        }
        self.last.take()
    }

    /// Keeps a judgement for the next note. `followed`: it follows an edit.
    pub(crate) fn keep(&mut self, judged: Box<Judged>, followed: bool) {
        self.last = Some(judged);
        self.followed += u64::from(followed);
        self.behind = followed;
    }

    /// Begins to read a note whole.
    pub(crate) fn begin(&mut self) {
        if self.blocks.len() > self.used * 2 + SPARE {
            let oldest = self.round.saturating_sub(ROUNDS);
            self.blocks.retain(|_, known| known.round > oldest);
            // Many different notes in a row: what is left is then the most that pays.
            if self.blocks.len() > self.used * 2 + SPARE {
                let round = self.round;
                self.blocks.retain(|_, known| known.round == round);
            }
        }
        self.round = self.round.wrapping_add(1);
        self.used = 0;
    }

    /// The pieces of a leaf block with this source, read if they are not known.
    pub(crate) fn pieces(
        &mut self,
        block: &Block,
        source: &str,
        read: impl FnOnce() -> Vec<Piece>,
    ) -> Arc<[Arc<Piece>]> {
        let mut hasher = FxHasher::default();
        block.kind.hash(&mut hasher);
        hasher.write(source.as_bytes());
        self.used += 1;
        let known = self.blocks.get_mut(&hasher.finish());
        if let Some(known) = known
            && known.kind == block.kind
            && *known.source == *source
        {
            known.round = self.round;
            return known.pieces.clone();
        }
        let pieces: Arc<[Arc<Piece>]> = read().into_iter().map(Arc::new).collect();
        let known = Known {
            source: source.into(),
            kind: block.kind,
            pieces: pieces.clone(),
            round: self.round,
        };
        self.blocks.insert(hasher.finish(), known);
        pieces
    }

    /// What the first lines of a note say of its year.
    pub(crate) fn year(&mut self, head: &str, read: impl FnOnce() -> Option<i32>) -> Option<i32> {
        match &self.year {
            Some((known, year)) if known == head => *year,
            _ => {
                let year = read();
                self.year = Some((head.to_owned(), year));
                year
            }
        }
    }
}

/// The last few answers to a question, by what they depend on beside the text itself.
pub(crate) struct Kept<K, V>(Mutex<Vec<(K, V)>>);

/// A line that stands in several places is asked about in so many ways.
const WAYS: usize = 4;

impl<K: PartialEq, V: Clone> Kept<K, V> {
    /// The answer for a key, made if it is not known.
    pub(crate) fn get(&self, key: K, make: impl FnOnce(&K) -> V) -> V {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, value)) = lock().iter().find(|(known, _)| *known == key) {
            return value.clone();
        }
        let value = make(&key);
        let mut all = lock();
        if all.len() >= WAYS {
            all.remove(0);
        }
        all.push((key, value.clone()));
        value
    }
}

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Kept(Mutex::default())
    }
}

impl<K, V> fmt::Debug for Kept<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}

/// One answer for each of a list's entries, made when it is first asked for.
#[derive(Debug)]
pub(crate) struct Each<T>(OnceLock<Box<[OnceLock<T>]>>);

impl<T> Each<T> {
    /// The answer for an entry of a list of `count`.
    pub(crate) fn get(&self, index: usize, count: usize, make: impl FnOnce() -> T) -> &T {
        let all = self
            .0
            .get_or_init(|| (0..count).map(|_| OnceLock::new()).collect());
        all[index].get_or_init(make)
    }
}

impl<T> Default for Each<T> {
    fn default() -> Self {
        Each(OnceLock::new())
    }
}
