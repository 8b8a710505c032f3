//! What the reader is told of a goal and a sentence: where they stand to each other, and what the rules make of them.
//! The same list, in the same order, as `pair_features` in `training/data.py`.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::page::{self, Page};
use crate::outline::{Form, Passage};
use crate::{QUALIFIERS, State};

/// Sentences further apart count as so far.
const DISTANCE: i64 = 8;
const ZONES: usize = 10;
/// So many goals before and behind are a goal's neighbours: evidence may be theirs.
const NEIGHBOURS: usize = 8;
/// As many words in common as the last of these, and more, count alike: none, 1, 2, 3.
const SHARED: usize = 4;
/// What the rules make of a sentence, for each qualifier.
const SAID: [State; 3] = [State::Asked, State::Vague, State::Answered];
const SERVED: usize = QUALIFIERS.len() * SAID.len();

/// A goal in the reader's words: its pieces, and what the rules attach to it as (qualifier, state, sentence), each once.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Marked {
    pub(crate) pieces: Range<usize>,
    pub(crate) served: Vec<(usize, State, u32)>,
}

/// The goals of a note, to be paired with its sentences.
pub(super) struct Pairs<'a> {
    page: &'a Page,
    passages: &'a [Passage],
    /// By their place.
    goals: &'a [Marked],
    /// Of each goal, the words that tell what it is about.
    words: Vec<Vec<u32>>,
    /// Of a sentence, to which goals the rules attach what in it, by the goal.
    served: FxHashMap<u32, Vec<(usize, usize, State)>>,
}

impl<'a> Pairs<'a> {
    pub(super) fn new(page: &'a Page, passages: &'a [Passage], goals: &'a [Marked]) -> Pairs<'a> {
        let mut served: FxHashMap<u32, Vec<_>> = FxHashMap::default();
        for (at, goal) in goals.iter().enumerate() {
            for &(qualifier, state, sentence) in &goal.served {
                let of = served.entry(sentence).or_default();
                of.push((at, qualifier, state));
            }
        }
        Pairs {
            words: (goals.iter())
                .map(|goal| page.telling(&goal.pieces))
                .collect(),
            page,
            passages,
            goals,
            served,
        }
    }

    /// The features of a goal, by its place, and a sentence, by its pieces and what [`Page::telling`] says of them.
    pub(super) fn features(&self, goal: usize, pieces: &Range<usize>, words: &[u32]) -> Vec<f32> {
        let mut out = Vec::new();
        self.stand(goal, pieces.start, &mut out);
        let near = goal.saturating_sub(NEIGHBOURS)..goal + NEIGHBOURS + 1;
        let sentence = self.page.sentence_of[pieces.start];
        let served = self.served.get(&sentence).map_or(&[][..], Vec::as_slice);
        let (mut own, mut others) = ([0.0; SERVED], [0.0; SERVED]);
        let first = served.partition_point(|(of, ..)| *of < near.start);
        for &(of, qualifier, state) in served[first..].iter().take_while(|of| of.0 < near.end) {
            let bits = if of == goal { &mut own } else { &mut others };
            if let Some(state) = SAID.iter().position(|said| *said == state) {
                bits[qualifier * SAID.len() + state] = 1.0;
            }
        }
        out.extend(own.into_iter().chain(others));
        let count = |of: usize| in_common(&self.words[of], words);
        let others = (near.start..near.end.min(self.goals.len())).filter(|&of| of != goal);
        let with_others = others.map(count).max().unwrap_or_default();
        let own = count(goal);
        one_of(&mut out, SHARED, own.min(SHARED - 1));
        one_of(&mut out, SHARED, with_others.min(SHARED - 1));
        flag(&mut out, own > with_others);
        flag(&mut out, own < with_others);
        out
    }

    /// Where a goal and the sentence that begins at a piece stand to each other.
    fn stand(&self, goal: usize, first: usize, out: &mut Vec<f32>) {
        let (page, passages) = (self.page, self.passages);
        let goal = &self.goals[goal];
        let line = page.line_of[first] as usize;
        let goal_line = page.line_of[goal.pieces.start] as usize;
        let sentence = page.sentence_of[first];
        let goal_sentence = page.sentence_of[goal.pieces.start];
        let (here, there) = (&passages[line], &passages[goal_line]);
        let distance = (i64::from(sentence) - i64::from(goal_sentence)).clamp(-DISTANCE, DISTANCE);
        one_of(
            out,
            2 * DISTANCE as usize + 1,
            (distance + DISTANCE) as usize,
        );
        let row = |passage: &Passage| match passage.form {
            Form::Cell { row, .. } => Some(row),
            _ => None,
        };
        let same = |one: Option<u32>, two: Option<u32>| one.is_some() && one == two;
        let flags = [
            line == goal_line,
            sentence == goal_sentence,
            is_around(passages, goal_line, line),
            is_around(passages, line, goal_line),
            here.section == there.section,
            here.paragraph == there.paragraph,
            same(row(here), row(there)),
            same(here.turn, there.turn),
            here.call == there.call,
            first >= goal.pieces.start,
            begin_in(self.goals, &(page.firsts[line]..page.firsts[line + 1])) > 0,
            here.labelled,
        ];
        flags.iter().for_each(|&is| flag(out, is));
        let between = if first >= goal.pieces.start {
            goal.pieces.end..first
        } else {
            first..goal.pieces.start
        };
        one_of(out, 4, begin_in(self.goals, &between).min(3));
        one_of(out, ZONES, here.zone as usize);
        one_of(out, 4, page::form(here) as usize);
        one_of(out, 3, page::side(here) as usize);
    }
}

fn one_of(out: &mut Vec<f32>, count: usize, at: usize) {
    out.extend((0..count).map(|k| f32::from(u8::from(k == at))));
}

fn flag(out: &mut Vec<f32>, is: bool) {
    out.push(f32::from(u8::from(is)));
}

/// How many words both hold; each in order.
fn in_common(one: &[u32], two: &[u32]) -> usize {
    one.iter()
        .filter(|word| two.binary_search(word).is_ok())
        .count()
}

/// How many goals begin among some pieces.
fn begin_in(goals: &[Marked], pieces: &Range<usize>) -> usize {
    let before = |at: usize| goals.partition_point(|goal| goal.pieces.start < at);
    before(pieces.end).saturating_sub(before(pieces.start))
}

/// Whether a passage stands around another.
fn is_around(passages: &[Passage], outer: usize, inner: usize) -> bool {
    std::iter::successors(passages[inner].parent, |&at| passages[at as usize].parent)
        .any(|at| at as usize == outer)
}
