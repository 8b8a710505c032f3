//! The note in the reader's words: word pieces, what stands around each, and what the rules say of it.

use std::ops::Range;
use std::sync::Arc;

use reader::{AROUND, Input, Vocabulary};
use syntax::Task;

use crate::State;
use crate::claim::{Claim, Says};
use crate::outline::{Form, Passage};
use crate::scope::Found;
use crate::voice::Side;

/// A note in the reader's words.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// All of it; longer than what is read at once.
    pub(crate) input: Input,
    /// For each piece, its bytes in its passage's plain text.
    pub(crate) plain: Vec<Range<usize>>,
    /// For each piece, its passage.
    pub(crate) line_of: Vec<u32>,
    /// For each piece, its sentence; counts through the note, empty ones too.
    pub(crate) sentence_of: Vec<u32>,
    /// Where each passage's pieces begin; ends with the count of all.
    pub(crate) firsts: Vec<usize>,
}

/// A window: the pieces that are read together, and those of them that it answers for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) read: Range<usize>,
    pub(crate) own: Range<usize>,
}

/// Pieces of a window, and how many of them on each side only show what stands around: as in training.
const WINDOW: usize = 512;
const OVERLAP: usize = 48;
const DEEPEST: u16 = 7;
/// Pieces without a letter or digit that are read in a row: ten thousand `-` say no more than these.
const MARKS: usize = 8;

impl Page {
    /// Puts a note into the reader's words. `claims`: what the rules read in each passage.
    pub(crate) fn new(
        passages: &[Passage],
        goals: &[Found],
        claims: &[Arc<[Claim]>],
        vocabulary: &Vocabulary,
    ) -> Page {
        let mut page = Page::default();
        let mut sentences = 0;
        for (index, passage) in passages.iter().enumerate() {
            page.firsts.push(page.plain.len());
            let text = &passage.piece.text;
            let facts = facts(passage);
            let mut last = None;
            let mut marks = 0;
            for piece in passage.piece.words(vocabulary) {
                marks = match text.plain[piece.range.clone()].contains(char::is_alphanumeric) {
                    true => 0,
                    false => marks + 1,
                };
                if marks > MARKS {
                    continue;
                }
                let ends = |sentence: &Range<usize>| text.bytes(sentence.clone()).end;
                let sentence = (text.sentences)
                    .partition_point(|sentence| ends(sentence) <= piece.range.start)
                    .min(text.sentences.len().saturating_sub(1));
                let mut around = facts;
                around[AROUND - 1] = match last {
                    None => 2,
                    Some(before) => u8::from(before != sentence),
                };
                last = Some(sentence);
                page.input.pieces.push(piece.id);
                page.input.around.push(around);
                page.input.rules.push(0);
                page.plain.push(piece.range.clone());
                page.line_of.push(index as u32);
                page.sentence_of.push(sentences + sentence as u32);
            }
            sentences += text.sentences.len().max(1) as u32;
        }
        page.firsts.push(page.plain.len());
        page.mark_rules(goals, claims);
        page
    }

    fn mark_rules(&mut self, goals: &[Found], claims: &[Arc<[Claim]>]) {
        for goal in goals {
            self.mark(goal.passage, &goal.range, 0);
            for (passage, range) in &goal.echoes {
                self.mark(*passage, range, 10);
            }
        }
        for (passage, claims) in claims.iter().enumerate() {
            for claim in claims.iter() {
                if let Some((qualifier, state)) = kind(claim) {
                    self.mark(passage, &claim.range, qualifier as u16 * 3 + state as u16);
                }
            }
        }
    }

    fn mark(&mut self, passage: usize, range: &Range<usize>, bit: u16) {
        for at in self.pieces_in(passage, range) {
            self.input.rules[at] |= 1 << bit;
        }
    }

    /// The pieces that touch a range of a passage's plain text.
    pub(crate) fn pieces_in(&self, passage: usize, range: &Range<usize>) -> Range<usize> {
        let own = self.firsts[passage]..self.firsts[passage + 1];
        let pieces = &self.plain[own.clone()];
        let start = pieces.partition_point(|piece| piece.end <= range.start);
        let end = pieces.partition_point(|piece| piece.start < range.end);
        own.start + start..own.start + end.max(start)
    }

    /// The words among some pieces that tell what they are about, in order, each once.
    pub(super) fn telling(&self, pieces: &Range<usize>) -> Vec<u32> {
        let pieces = self.input.pieces[pieces.clone()].iter().copied();
        let mut words: Vec<u32> = pieces.filter(|&id| Vocabulary::own().tells(id)).collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// The parts that are read together: the whole note, where it is short.
    pub(crate) fn windows(&self) -> Vec<Window> {
        let count = self.plain.len();
        let mut windows = Vec::new();
        let mut own = 0;
        while own < count {
            let mut end = self.window_end(own);
            if count <= WINDOW || count - own <= WINDOW - OVERLAP {
                end = count;
            }
            let behind = if end < count {
                (end + OVERLAP).min(count)
            } else {
                count
            };
            windows.push(Window {
                read: own.saturating_sub(OVERLAP)..behind,
                own: own..end,
            });
            own = end;
        }
        windows
    }

    /// The last line's end that leaves room for what stands around; in the middle of a line, if that is too long.
    fn window_end(&self, own: usize) -> usize {
        let room = own + WINDOW - 2 * OVERLAP;
        let before = self.firsts.partition_point(|&first| first <= room);
        let line = before.checked_sub(1).map(|at| self.firsts[at]);
        line.filter(|&first| first > own)
            .unwrap_or(room.min(self.plain.len()))
    }

    /// What is read of a window.
    pub(crate) fn input(&self, window: &Window) -> Input {
        Input {
            pieces: self.input.pieces[window.read.clone()].to_vec(),
            around: self.input.around[window.read.clone()].to_vec(),
            rules: self.input.rules[window.read.clone()].to_vec(),
        }
    }
}

/// What a claim says of which qualifier.
pub(crate) fn kind(claim: &Claim) -> Option<(usize, State)> {
    match claim.says {
        Says::Outcome => None,
        Says::Answer(answer) => Some((answer.qualifier.index(), answer.state)),
        Says::Asks(qualifier) => Some((qualifier.index(), State::Asked)),
    }
}

fn facts(passage: &Passage) -> [u8; AROUND] {
    [
        form(passage),
        passage.zone as u8,
        side(passage),
        u8::from(passage.quoted),
        match passage.task {
            None => 0,
            Some(Task::Open) => 1,
            Some(Task::Done) => 2,
            Some(_) => 3,
        },
        u8::from(passage.labelled),
        passage.depth.min(DEEPEST) as u8,
        0,
    ]
}

pub(crate) fn form(passage: &Passage) -> u8 {
    match passage.form {
        Form::Heading => 0,
        Form::Item => 1,
        Form::Line => 2,
        Form::Cell { .. } => 3,
    }
}

pub(crate) fn side(passage: &Passage) -> u8 {
    match passage.side {
        Side::Note => 0,
        Side::Prospect => 1,
        Side::Rep => 2,
    }
}
