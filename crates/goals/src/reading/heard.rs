//! What the sentences of a note say of its goals, by the reader. A sentence is heard wherever it was read: in the goal's
//! own window or in another.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

use reader::{Encoded, Network, Rows, Says};
use rustc_hash::{FxHashMap, FxHashSet};

use super::page::{Page, Window};
use super::pairs::{Marked, Pairs};
use super::{Part, Reading, Readings, Reads, hash};
use crate::outline::Passage;
use crate::{Qualifier, State};

/// At most so many sentences before and behind a goal are heard, and of those further away that the rules attach to it.
const REACH: usize = 64;
/// The same in a note with so many goals that not all can be heard of all: pairs of a goal and a sentence in a note, a
/// quarter of a second's work.
const PAIRS: usize = 20_000;

/// A sentence and its pieces.
type Sentence = (u32, Range<usize>);

/// What was said of the last judgement's goals, by all that it hangs on.
pub(super) type Said = FxHashMap<u64, Arc<[Says]>>;

impl Reading {
    /// What each sentence around a goal says of it, for each goal. While a window is not read again, what was said last
    /// of the same words stands in.
    pub(super) fn heard(
        &self,
        passages: &[Passage],
        marked: &[Marked],
        readings: &mut Readings,
    ) -> Vec<Vec<(u32, Says)>> {
        let hearing = Hearing::new(self, passages, marked);
        let mut said = Said::default();
        let mut fresh = Vec::new();
        let mut heard = vec![Vec::new(); marked.len()];
        for (at, (goal, heard)) in marked.iter().zip(&mut heard).enumerate() {
            if goal.pieces.is_empty() {
                continue;
            }
            let (read, unread) = hearing.around(goal);
            let says = hearing.said(at, &read, &readings.said, &mut said);
            let of_goal = hash(self.words(passages, &goal.pieces));
            let key = |at: usize| hash((of_goal, self.words(passages, &hearing.sentences[at].1)));
            if readings.reads == Reads::Later {
                fresh.extend(read.iter().zip(&*says).map(|(&at, says)| (key(at), *says)));
            }
            let last = |&at: &usize| Some((at, *readings.says.get(&key(at))?));
            let mut all: Vec<(usize, Says)> = (read.iter().copied())
                .zip(says.iter().copied())
                .chain(unread.iter().filter_map(last))
                .collect();
            all.sort_by_key(|(at, _)| *at);
            let named = |(at, says): (usize, Says)| (hearing.sentences[at].0, says);
            *heard = all.into_iter().map(named).collect();
        }
        readings.said = said;
        match self.is_read() {
            true => readings.says = fresh.into_iter().collect(),
            false => readings.says.extend(fresh),
        }
        leave_to_their_goals(&mut heard, marked);
        heard
    }

    /// What the sentences of a window say of a goal in it, read for itself. Where words are masked in what was read, they
    /// still count as words in common.
    pub(super) fn heard_in(
        &self,
        passages: &[Passage],
        window: &Window,
        encoded: &Encoded,
        (marked, goal): (&[Marked], usize),
    ) -> Vec<(u32, Says)> {
        let network = Network::get();
        let sentences = sentences(&self.page, &window.read);
        let rows_of = |pieces: &Range<usize>| -> Vec<&[f32]> {
            let pieces = pieces.start.max(window.read.start)..pieces.end.min(window.read.end);
            pieces
                .map(|at| encoded.row(at - window.read.start))
                .collect()
        };
        let rows: Vec<_> = sentences
            .iter()
            .map(|(_, pieces)| rows_of(pieces))
            .collect();
        let rows = network.sentences(&rows);
        let rows: Vec<&[f32]> = (0..sentences.len()).map(|at| rows.row(at)).collect();
        let pairs = Pairs::new(&self.page, passages, marked);
        let features: Vec<Vec<f32>> = (sentences.iter())
            .map(|(_, pieces)| pairs.features(goal, pieces, &self.page.telling(pieces)))
            .collect();
        let of_goal = network.goals(&[rows_of(&marked[goal].pieces)]);
        let says = network.says(of_goal.row(0), &rows, &features);
        sentences.into_iter().map(|(of, _)| of).zip(says).collect()
    }
}

/// The sentences of a note as they are paired with its goals.
struct Hearing<'a> {
    reading: &'a Reading,
    marked: &'a [Marked],
    pairs: Pairs<'a>,
    sentences: Vec<Sentence>,
    /// Of each sentence, the words that tell what it is about.
    words: Vec<Vec<u32>>,
    /// Of each sentence its place in `rows`; `None` where it was not read.
    read: Vec<Option<usize>>,
    /// The sentences as they are paired; made when the first goal needs them.
    rows: OnceCell<Rows>,
    reach: usize,
}

impl<'a> Hearing<'a> {
    fn new(reading: &'a Reading, passages: &'a [Passage], marked: &'a [Marked]) -> Hearing<'a> {
        let sentences = sentences(&reading.page, &(0..reading.page.plain.len()));
        let mut count = 0;
        let read = sentences.iter().map(|(_, pieces)| {
            reading.has_read(pieces).then(|| {
                count += 1;
                count - 1
            })
        });
        Hearing {
            read: read.collect(),
            words: (sentences.iter())
                .map(|(_, pieces)| reading.page.telling(pieces))
                .collect(),
            reading,
            marked,
            pairs: Pairs::new(&reading.page, passages, marked),
            sentences,
            rows: OnceCell::new(),
            reach: (PAIRS / 2 / marked.len().max(1)).clamp(REACH / 8, REACH),
        }
    }

    /// The sentences that are heard of a goal, by their place: those that were read as well as the goal, and others.
    fn around(&self, goal: &Marked) -> (Vec<usize>, Vec<usize>) {
        let own = (self.sentences).partition_point(|(_, of)| of.end <= goal.pieces.start);
        let near = own.saturating_sub(self.reach)..(own + self.reach + 1).min(self.sentences.len());
        let place = |(.., of): &(usize, State, u32)| {
            self.sentences.binary_search_by_key(of, |(of, _)| *of).ok()
        };
        let mut far: Vec<usize> = (goal.served.iter().filter_map(place))
            .filter(|at| !near.contains(at))
            .collect();
        far.sort_unstable();
        far.dedup();
        let (before, behind) = far.split_at(far.partition_point(|&at| at < near.start));
        let before = &before[before.len().saturating_sub(self.reach)..];
        let behind = &behind[..behind.len().min(self.reach)];
        let all = (before.iter().copied())
            .chain(near)
            .chain(behind.iter().copied());
        let goal_is_read = self.reading.has_read(&goal.pieces);
        all.partition(|&at| goal_is_read && self.read[at].is_some())
    }

    /// What sentences say of a goal; all of them are read. Looked up in `last`, if it was said before.
    fn said(&self, goal: usize, near: &[usize], last: &Said, said: &mut Said) -> Arc<[Says]> {
        if near.is_empty() {
            return Arc::default();
        }
        let features: Vec<Vec<f32>> = (near.iter())
            .map(|&at| (self.pairs).features(goal, &self.sentences[at].1, &self.words[at]))
            .collect();
        let goal = &self.marked[goal];
        let pieces = near.iter().map(|&at| &self.sentences[at].1);
        let read: Vec<u64> = (std::iter::once(&goal.pieces).chain(pieces))
            .map(|pieces| self.reading.hash_of(pieces))
            .collect();
        let bits: Vec<Vec<u32>> = (features.iter())
            .map(|of| of.iter().map(|of| of.to_bits()).collect())
            .collect();
        let key = hash((read, bits));
        let says = last.get(&key).or_else(|| said.get(&key)).cloned();
        let says = says.unwrap_or_else(|| self.say(goal, near, &features).into());
        said.insert(key, Arc::clone(&says));
        says
    }

    fn say(&self, goal: &Marked, near: &[usize], features: &[Vec<f32>]) -> Vec<Says> {
        let network = Network::get();
        let rows = self.rows.get_or_init(|| {
            let read = self.sentences.iter().zip(&self.read);
            let read = read.filter(|(_, place)| place.is_some());
            let rows: Vec<_> = read.map(|((_, of), _)| self.reading.rows_of(of)).collect();
            network.sentences(&rows)
        });
        let near = near.iter().filter_map(|&at| self.read[at]);
        let near: Vec<&[f32]> = near.map(|place| rows.row(place)).collect();
        let of_goal = network.goals(&[self.reading.rows_of(&goal.pieces)]);
        network.says(of_goal.row(0), &near, features)
    }
}

impl Reading {
    /// The parts that answer for some pieces.
    fn parts_of(&self, pieces: &Range<usize>) -> &[Part] {
        let before = |at: usize| self.parts.partition_point(|part| part.window.own.end <= at);
        let last = pieces.end.saturating_sub(1).max(pieces.start);
        let end = (before(last) + 1).min(self.parts.len());
        &self.parts[before(pieces.start).min(end)..end]
    }

    fn has_read(&self, pieces: &Range<usize>) -> bool {
        let mut parts = self.parts_of(pieces).iter();
        parts.all(|part| part.encoded.is_some())
    }

    /// Pieces that were read, each as the part that answers for it has it.
    fn rows_of(&self, pieces: &Range<usize>) -> Vec<&[f32]> {
        let of_part = |part: &'_ Part| {
            let own = part.window.own.start.max(pieces.start)..part.window.own.end.min(pieces.end);
            (own, part.window.read.start)
        };
        let parts = self.parts_of(pieces).iter();
        let rows = parts.filter_map(|part| Some((part.encoded.as_ref()?, of_part(part))));
        rows.flat_map(|(encoded, (own, start))| own.map(move |at| encoded.row(at - start)))
            .collect()
    }

    /// Of all that [`Reading::rows_of`] hangs on.
    fn hash_of(&self, pieces: &Range<usize>) -> u64 {
        let parts = self.parts_of(pieces).iter();
        let parts: Vec<_> = (parts.map(|part| {
            let start = part.window.read.start;
            (
                part.hash,
                part.window.own.start - start,
                part.window.own.end - start,
            )
        }))
        .collect();
        let first = self.parts_of(pieces).first();
        let start = first.map_or(0, |part| pieces.start - part.window.read.start);
        hash((parts, start, pieces.len()))
    }
}

/// The sentences of some pieces.
fn sentences(page: &Page, pieces: &Range<usize>) -> Vec<Sentence> {
    let mut sentences: Vec<Sentence> = Vec::new();
    for at in pieces.clone() {
        let sentence = page.sentence_of[at];
        match sentences.last_mut() {
            Some((of, pieces)) if *of == sentence => pieces.end = at + 1,
            _ => sentences.push((sentence, at..at + 1)),
        }
    }
    sentences
}

/// What the rules take for the realism of other goals alone says nothing of this one: a figure is compared with one
/// target (A3, T3), and that is arithmetic, which the reader cannot do.
fn leave_to_their_goals(heard: &mut [Vec<(u32, Says)>], marked: &[Marked]) {
    const REALISM: usize = Qualifier::Realism.index();
    const NOTHING: [f32; 4] = [1.0, 0.0, 0.0, 0.0];
    let measured = |marked: &Marked| -> FxHashSet<u32> {
        let served = marked.served.iter();
        let of_realism =
            served.filter(|(of, state, _)| *of == REALISM && *state == State::Answered);
        of_realism.map(|(.., sentence)| *sentence).collect()
    };
    let own: Vec<FxHashSet<u32>> = marked.iter().map(measured).collect();
    let all: FxHashSet<u32> = own.iter().flatten().copied().collect();
    for (heard, own) in heard.iter_mut().zip(&own) {
        for (sentence, says) in heard {
            if all.contains(sentence) && !own.contains(sentence) {
                says[REALISM] = NOTHING;
            }
        }
    }
}
