//! The learned reader's part in the judgement: it is shown the note as the rules see it, and its word is weighed with
//! theirs in `decide`. Knows no thread: what is not read yet is named, and read by whoever has the time.

mod decide;
mod explain;
mod heard;
mod lesson;
mod page;
mod pairs;

use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use reader::{Encoded, Input, Network, Says, Vocabulary};
use rustc_hash::{FxHashMap, FxHasher};

use crate::answers::Answers;
use crate::claim::Claim;
use crate::detect::Goals;
use crate::outline::Passage;
use crate::scope::{Attached, Found, Links};
pub use decide::{READER, Weighing};
pub use explain::{Decided, Explained, Explanation, PassedOver};
pub use lesson::{Lesson, lesson};
use page::{Page, Window};
use pairs::Marked;

/// When the reader reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reads {
    /// Never: the rules judge alone.
    #[default]
    Never,
    /// At once: a judgement waits for it.
    AtOnce,
    /// When it is told to: a judgement uses what was read before and names what was not ([`crate::Memo::unread`]).
    Later,
}

/// What was read, by content.
#[derive(Debug, Default)]
pub(crate) struct Readings {
    pub(crate) reads: Reads,
    pub(crate) weighing: Weighing,
    /// The windows of the note as it was judged last, and what was learned since: 0.8 MB each.
    known: FxHashMap<Input, Arc<Encoded>>,
    unread: Vec<Input>,
    /// What was said last of a line, and of a goal and a sentence, by their words: stands in while a window that has
    /// changed is not read again.
    tags: FxHashMap<u64, Vec<[f32; 3]>>,
    says: FxHashMap<u64, Says>,
    /// What the last judgement's sentences said of its goals.
    said: heard::Said,
}

impl Readings {
    /// Whether a text is one for the reader.
    pub(crate) fn takes(&self, text: &str) -> bool {
        let is_too_long = self.reads == Reads::Later && text.len() > LONGEST_NOTE;
        self.reads != Reads::Never && !is_too_long && !is_documentation(text)
    }

    /// What the last judgement would have liked to be read.
    pub(crate) fn unread(&mut self) -> Vec<Input> {
        std::mem::take(&mut self.unread)
    }

    /// Takes in what was read.
    pub(crate) fn learn(&mut self, input: Input, encoded: Arc<Encoded>) {
        self.known.insert(input, encoded);
    }

    /// What is known of each, after reading now what has to be.
    fn encoded(&mut self, inputs: &[Input]) -> Vec<Option<Arc<Encoded>>> {
        let unknown = inputs
            .iter()
            .filter(|input| !self.known.contains_key(input));
        let unknown: Vec<Input> = unknown.cloned().collect();
        match self.reads {
            Reads::Never => {}
            Reads::AtOnce => {
                for input in unknown {
                    let encoded = Network::get().encode(&input);
                    self.learn(input, Arc::new(encoded));
                }
            }
            Reads::Later => self.unread = unknown,
        }
        inputs
            .iter()
            .map(|input| self.known.get(input).cloned())
            .collect()
    }
}

/// The longest note, in bytes, that is read without being told to: an hour's transcript. What is longer is a log or no
/// note at all, and would take a minute.
pub const LONGEST_NOTE: usize = 64 << 10;
/// As many bytes of notes are shown to the reader at a time without being told to: half a minute's work.
pub const LONGEST_RUN: u64 = 1 << 20;

/// Whether a text has so much inline code that it is about a program, not from a call: it was no such text that the
/// reader learned from. Of some 2,300 labelled call notes four have so much.
fn is_documentation(text: &str) -> bool {
    const SPANS: usize = 3;
    text.matches('`').count() >= 2 * SPANS
}

/// A note as it was read.
pub(crate) struct Reading {
    page: Page,
    parts: Vec<Part>,
    /// Of each piece, as [`Encoded::goal`]; `None` where it was not read.
    tags: Vec<Option<[f32; 3]>>,
}

/// A window and what was read of it.
struct Part {
    window: Window,
    encoded: Option<Arc<Encoded>>,
    /// Of what there is to read.
    hash: u64,
}

impl Reading {
    /// Reads a note.
    pub(crate) fn new(
        passages: &[Passage],
        by_rules: &Goals,
        claims: &[Arc<[Claim]>],
        readings: &mut Readings,
    ) -> Reading {
        let page = Page::new(passages, &by_rules.found, claims, Vocabulary::own());
        let windows = page.windows();
        let inputs: Vec<Input> = windows.iter().map(|window| page.input(window)).collect();
        let parts: Vec<Part> = (windows.into_iter().zip(&inputs))
            .zip(readings.encoded(&inputs))
            .map(|((window, input), encoded)| Part {
                window,
                encoded,
                hash: hash(input),
            })
            .collect();
        // What this note does not hold any more goes.
        (readings.known).retain(|_, encoded| Arc::strong_count(encoded) > 1);
        let mut reading = Reading {
            tags: vec![None; page.plain.len()],
            page,
            parts,
        };
        reading.read_tags(passages, readings);
        reading
    }

    /// What each piece is tagged with. While a window is not read again, what was said last of the same line stands in.
    fn read_tags(&mut self, passages: &[Passage], readings: &mut Readings) {
        for part in &self.parts {
            let Some(encoded) = &part.encoded else {
                continue;
            };
            for at in part.window.own.clone() {
                self.tags[at] = encoded.goal.get(at - part.window.read.start).copied();
            }
        }
        if readings.reads != Reads::Later {
            return;
        }
        let lines = self.page.firsts.windows(2).zip(passages);
        let lines = lines.map(|(ends, line)| (ends[0]..ends[1], hash(&line.piece.text.plain)));
        if self.is_read() {
            let known = lines.filter_map(|(pieces, hash)| {
                let tags: Option<Vec<_>> = self.tags[pieces].iter().copied().collect();
                Some((hash, tags?))
            });
            readings.tags = known.collect();
            return;
        }
        for (pieces, hash) in lines {
            let last = readings.tags.get(&hash).into_iter().flatten();
            for (tag, last) in self.tags[pieces].iter_mut().zip(last) {
                tag.get_or_insert(*last);
            }
        }
    }

    /// The goals, by the rules' and the reader's word.
    pub(crate) fn goals(
        &self,
        passages: &[Passage],
        by_rules: &Goals,
        weighing: &Weighing,
    ) -> Vec<Found> {
        decide::goals(passages, &self.page, by_rules, &self.tags, weighing)
    }

    /// How certain the reader is that some pieces are in a goal: the mean over them; `None` where it read none.
    fn certainty(&self, pieces: Range<usize>) -> Option<f32> {
        mean_inside(self.tags[pieces].iter().flatten())
    }

    /// Whether all of it was read.
    fn is_read(&self) -> bool {
        self.parts.iter().all(|part| part.encoded.is_some())
    }

    /// Weighs what the rules attached to each goal with what the reader says of it.
    pub(crate) fn weigh(
        &self,
        passages: &[Passage],
        (found, answers, links): (&[Found], &Answers, &Links),
        attached: &mut [Attached],
        readings: &mut Readings,
    ) {
        let marked = self.marked(found, answers, links);
        let heard = self.heard(passages, &marked, readings);
        for (at, (attached, heard)) in attached.iter_mut().zip(&heard).enumerate() {
            if heard.is_empty() {
                continue;
            }
            let pieces = &marked[at].pieces;
            // What a heading announces is a goal by the note's own word (G4).
            let by_itself =
                found[at].reason.rule != READER && passages[found[at].passage].zone.is_goals();
            let goal = self.certainty(pieces.clone()).filter(|_| !by_itself);
            let place = |sentence| self.place(passages, sentence, pieces);
            let said = decide::Heard {
                goal: goal.unwrap_or(1.0),
                says: heard,
            };
            decide::weigh(attached, &said, &readings.weighing, place);
        }
    }

    fn marked(&self, found: &[Found], answers: &Answers, links: &Links) -> Vec<Marked> {
        let mut marked: Vec<Marked> = (found.iter())
            .map(|found| Marked {
                pieces: self.page.pieces_in(found.passage, &found.range),
                served: Vec::new(),
            })
            .collect();
        for (passage, claim, goals) in links.serving(&answers.claims) {
            let Some((qualifier, state)) = page::kind(claim) else {
                continue;
            };
            let pieces = self.page.pieces_in(passage, &claim.range);
            let Some(&sentence) = self
                .page
                .sentence_of
                .get(pieces.start)
                .filter(|_| !pieces.is_empty())
            else {
                continue;
            };
            for &goal in goals {
                marked[goal].served.push((qualifier, state, sentence));
            }
        }
        for goal in &mut marked {
            goal.served.sort_unstable();
            goal.served.dedup();
        }
        marked
    }

    fn words<'a>(&self, passages: &'a [Passage], pieces: &Range<usize>) -> &'a str {
        let passage = &passages[self.page.line_of[pieces.start] as usize];
        let range = self.page.plain[pieces.start].start..self.page.plain[pieces.end - 1].end;
        passage.piece.text.plain.get(range).unwrap_or_default()
    }

    /// The bytes in the document of a sentence, without the goal where that stands in it.
    fn place(
        &self,
        passages: &[Passage],
        sentence: u32,
        goal: &Range<usize>,
    ) -> Option<Range<usize>> {
        let start = self.page.sentence_of.partition_point(|&of| of < sentence);
        let end = self.page.sentence_of.partition_point(|&of| of <= sentence);
        let mut pieces = start..end;
        if goal.start < pieces.end && pieces.start < goal.end {
            pieces = match (
                goal.start - pieces.start.min(goal.start),
                pieces.end.saturating_sub(goal.end),
            ) {
                (before, behind) if behind >= before && behind > 0 => goal.end..pieces.end,
                (before, _) if before > 0 => pieces.start..goal.start,
                _ => pieces,
            };
        }
        let passage = &passages[*self.page.line_of.get(pieces.start)? as usize];
        let plain = self.page.plain[pieces.start].start..self.page.plain[pieces.end - 1].end;
        // The mark that ended the sentence before is none of its words.
        let text = &passage.piece.text.plain[plain.clone()];
        let words = text.trim_start_matches(|c: char| c.is_whitespace() || ".,;:!?)".contains(c));
        let start = plain.end - words.len();
        Some(passage.piece.source(start..plain.end, passage.start))
    }
}

fn mean_inside<'a>(tags: impl Iterator<Item = &'a [f32; 3]>) -> Option<f32> {
    let inside: Vec<f32> = tags.map(|tag| tag[1] + tag[2]).collect();
    (!inside.is_empty()).then(|| inside.iter().sum::<f32>() / inside.len() as f32)
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}
