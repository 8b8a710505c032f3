//! What the reader is told of a goal and a sentence: where they stand to each other, and what the rules make of them.
//! The same list, in the same order, as `pair_features` in `training/data.py`.

use std::ops::Range;

use super::page::{self, Page};
use crate::State;
use crate::outline::{Form, Passage};

/// Sentences further apart count as so far.
const DISTANCE: i64 = 8;
const ZONES: usize = 10;

/// A goal in the reader's words: its pieces, and what the rules attach to it as (qualifier, state, sentence), in
/// order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Marked {
    pub(crate) pieces: Range<usize>,
    pub(crate) served: Vec<(usize, State, u32)>,
}

/// The features of a goal and the sentence that begins at a piece. `goals`: all of the note, by their place.
pub(crate) fn features(
    page: &Page,
    passages: &[Passage],
    goals: &[Marked],
    goal: &Marked,
    first: usize,
) -> Vec<f32> {
    let line = page.line_of[first] as usize;
    let goal_line = page.line_of[goal.pieces.start] as usize;
    let sentence = page.sentence_of[first];
    let goal_sentence = page.sentence_of[goal.pieces.start];
    let (here, there) = (&passages[line], &passages[goal_line]);
    let mut out = Vec::with_capacity(59);
    let mut one_of =
        |count: usize, at: usize| out.extend((0..count).map(|k| f32::from(u8::from(k == at))));
    let distance = (i64::from(sentence) - i64::from(goal_sentence)).clamp(-DISTANCE, DISTANCE);
    one_of(2 * DISTANCE as usize + 1, (distance + DISTANCE) as usize);
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
        begin_in(goals, &(page.firsts[line]..page.firsts[line + 1])) > 0,
        here.labelled,
    ];
    flags.iter().for_each(|&flag| one_of(1, usize::from(!flag)));
    let between = if first >= goal.pieces.start {
        goal.pieces.end..first
    } else {
        first..goal.pieces.start
    };
    one_of(4, begin_in(goals, &between).min(3));
    one_of(ZONES, here.zone as usize);
    one_of(4, page::form(here) as usize);
    one_of(3, page::side(here) as usize);
    for qualifier in 0..3 {
        for state in [State::Asked, State::Vague, State::Answered] {
            one_of(
                1,
                usize::from(
                    goal.served
                        .binary_search(&(qualifier, state, sentence))
                        .is_err(),
                ),
            );
        }
    }
    out
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
