//! The learned reader's part in the judgement: it is shown the note as the rules see it, and its word is weighed with
//! theirs in `decide`. Knows no thread: what is not read yet is named, and read by whoever has the time.

mod decide;
mod explain;
mod lesson;
mod page;
mod pairs;

use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use reader::{Encoded, Input, Network, Says, Vocabulary};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::answers::Answers;
use crate::claim::Claim;
use crate::detect::Goals;
use crate::outline::Passage;
use crate::scope::{Attached, Found, Links};
use crate::{Qualifier, State};
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
    /// The windows of the note as it was judged last, and what was learned since: half a megabyte each.
    known: FxHashMap<Input, Arc<Encoded>>,
    unread: Vec<Input>,
    /// What was said last of a line, and of a goal and a sentence, by their words: stands in while a window that has
    /// changed is not read again.
    tags: FxHashMap<u64, Vec<[f32; 3]>>,
    says: FxHashMap<u64, Says>,
}

impl Readings {
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
                let encoded = Network::get().encode_all(&unknown);
                let read = unknown.into_iter().zip(encoded);
                read.for_each(|(input, encoded)| self.learn(input, Arc::new(encoded)));
            }
            Reads::Later => self.unread = unknown,
        }
        inputs
            .iter()
            .map(|input| self.known.get(input).cloned())
            .collect()
    }
}

/// Whether a text has so much inline code that it is about a program, not from a call: it was no such text that the
/// reader learned from. Of some 2,300 labelled call notes four have so much.
pub(crate) fn is_documentation(text: &str) -> bool {
    const SPANS: usize = 3;
    text.matches('`').count() >= 2 * SPANS
}

/// A note as it was read.
pub(crate) struct Reading {
    page: Page,
    windows: Vec<(Window, Option<Arc<Encoded>>)>,
}

impl Reading {
    /// Reads a note; `None` where the reader reads nothing.
    pub(crate) fn new(
        passages: &[Passage],
        by_rules: &Goals,
        claims: &[Arc<[Claim]>],
        readings: &mut Readings,
    ) -> Option<Reading> {
        if readings.reads == Reads::Never {
            return None;
        }
        let page = Page::new(passages, &by_rules.found, claims, Vocabulary::own());
        let windows = page.windows();
        let inputs: Vec<Input> = windows.iter().map(|window| page.input(window)).collect();
        let windows = windows.into_iter().zip(readings.encoded(&inputs)).collect();
        // What this note does not hold any more goes.
        (readings.known).retain(|_, encoded| Arc::strong_count(encoded) > 1);
        Some(Reading { page, windows })
    }

    /// The goals, by the rules' and the reader's word.
    pub(crate) fn goals(
        &self,
        passages: &[Passage],
        by_rules: &Goals,
        readings: &mut Readings,
    ) -> Vec<Found> {
        let mut tags = self.tags();
        if readings.reads == Reads::Later {
            let all_known = self.windows.iter().all(|(_, encoded)| encoded.is_some());
            let lines = self.page.firsts.windows(2).zip(passages);
            let lines: Vec<(Range<usize>, u64)> = lines
                .map(|(ends, passage)| (ends[0]..ends[1], hash(&passage.piece.text.plain)))
                .collect();
            if all_known {
                readings.tags = (lines.iter())
                    .filter_map(|(pieces, hash)| {
                        let tags: Option<Vec<_>> = tags[pieces.clone()].iter().copied().collect();
                        Some((*hash, tags?))
                    })
                    .collect();
            } else {
                for (pieces, hash) in lines {
                    let last = readings.tags.get(&hash).into_iter().flatten();
                    for (tag, last) in tags[pieces].iter_mut().zip(last) {
                        tag.get_or_insert(*last);
                    }
                }
            }
        }
        decide::goals(passages, &self.page, by_rules, &tags, &readings.weighing)
    }

    /// What each piece was tagged with; `None` where it was not read.
    fn tags(&self) -> Vec<Option<[f32; 3]>> {
        let mut tags = vec![None; self.page.plain.len()];
        for (window, encoded) in &self.windows {
            for at in window.own.clone() {
                let of_window = encoded.as_ref().map(|encoded| &encoded.goal);
                tags[at] = of_window.and_then(|goal| goal.get(at - window.read.start).copied());
            }
        }
        tags
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
        for ((attached, heard), marked) in attached.iter_mut().zip(&heard).zip(&marked) {
            if !heard.is_empty() {
                let place = |sentence| self.place(passages, sentence, &marked.pieces);
                decide::weigh(attached, heard, &readings.weighing, place);
            }
        }
    }

    /// What each sentence around a goal says of it, for each goal. While a window is not read again, what was said last
    /// of the same words stands in.
    fn heard(
        &self,
        passages: &[Passage],
        marked: &[Marked],
        readings: &mut Readings,
    ) -> Vec<Vec<(u32, Says)>> {
        let mut heard: Vec<Vec<(u32, Says)>> = vec![Vec::new(); marked.len()];
        let mut fresh = Vec::new();
        let key = |goal: usize, pieces: &Range<usize>| {
            let of_goal = hash(self.words(passages, &marked[goal].pieces));
            hash((of_goal, self.words(passages, pieces)))
        };
        for (window, encoded) in &self.windows {
            let own = goals_of(window, marked);
            let sentences = self.sentences(window);
            let said = encoded
                .as_ref()
                .map(|encoded| self.says(passages, window, encoded, marked, &own, &sentences));
            for (at, &goal) in own.iter().enumerate() {
                heard[goal] = match &said {
                    Some(said) => {
                        let of = sentences.iter().map(|(of, _)| *of);
                        of.zip(said[at].iter().copied()).collect()
                    }
                    None => {
                        let known = sentences.iter().filter_map(|(of, pieces)| {
                            Some((*of, *readings.says.get(&key(goal, pieces))?))
                        });
                        known.collect()
                    }
                };
                if readings.reads == Reads::Later && encoded.is_some() {
                    let pairs = sentences.iter().zip(&heard[goal]);
                    fresh.extend(pairs.map(|((_, pieces), (_, said))| (key(goal, pieces), *said)));
                }
            }
        }
        match self.windows.iter().all(|(_, encoded)| encoded.is_some()) {
            true => readings.says = fresh.into_iter().collect(),
            false => readings.says.extend(fresh),
        }
        leave_to_their_goals(&mut heard, marked);
        heard
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
        marked
    }

    /// The sentences of a window, each with its pieces.
    fn sentences(&self, window: &Window) -> Vec<(u32, Range<usize>)> {
        let mut sentences: Vec<(u32, Range<usize>)> = Vec::new();
        for at in window.read.clone() {
            let sentence = self.page.sentence_of[at];
            match sentences.last_mut() {
                Some((of, pieces)) if *of == sentence => pieces.end = at + 1,
                _ => sentences.push((sentence, at..at + 1)),
            }
        }
        sentences
    }

    fn says(
        &self,
        passages: &[Passage],
        window: &Window,
        encoded: &Encoded,
        marked: &[Marked],
        own: &[usize],
        sentences: &[(u32, Range<usize>)],
    ) -> Vec<Vec<Says>> {
        if own.is_empty() {
            return Vec::new();
        }
        let relative = |pieces: &Range<usize>| {
            pieces.start - window.read.start..pieces.end.min(window.read.end) - window.read.start
        };
        let goals: Vec<Range<usize>> = own
            .iter()
            .map(|&goal| relative(&marked[goal].pieces))
            .collect();
        let ranges: Vec<Range<usize>> = sentences
            .iter()
            .map(|(_, pieces)| relative(pieces))
            .collect();
        let features: Vec<Vec<Vec<f32>>> = (own.iter())
            .map(|&goal| {
                let of = |(_, pieces): &(u32, Range<usize>)| {
                    pairs::features(&self.page, passages, marked, &marked[goal], pieces.start)
                };
                sentences.iter().map(of).collect()
            })
            .collect();
        Network::get().says(encoded, &ranges, &goals, &features)
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

/// The goals that a window answers for.
fn goals_of(window: &Window, marked: &[Marked]) -> Vec<usize> {
    let is_own = |goal: &usize| {
        let pieces = &marked[*goal].pieces;
        window.own.contains(&pieces.start) && !pieces.is_empty()
    };
    (0..marked.len()).filter(is_own).collect()
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}
