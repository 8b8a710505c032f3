//! Why a note was judged as it was: the rule that decided, or the reader with its certainty and the words without which
//! it would be less certain.

use std::ops::Range;

use reader::{Encoded, Input, Network, Vocabulary};

use super::page::Window;
use super::{Marked, READER, Reading, Readings, decide, mean_inside};
use crate::judged::{Judged, Stages};
use crate::outline::Passage;
use crate::scope::Found;
use crate::{Goal, QUALIFIERS, Reason, State, Verdict};

/// Why a note was judged as it was.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Explanation {
    /// The goals in document order.
    pub goals: Vec<Explained>,
    /// What looked like a goal and is none, in document order.
    pub passed_over: Vec<PassedOver>,
}

/// Why something is a goal, and why its qualifiers are in their states.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// The goal.
    pub goal: Goal,
    /// Why it is one.
    pub outcome: Decided,
    /// Why each qualifier has its state, in the order of [`QUALIFIERS`].
    pub states: [Decided; QUALIFIERS.len()],
}

/// What decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// The rule, or the reader by the name `reader`; `None` where nothing speaks to it.
    pub reason: Option<Reason>,
    /// How certain the reader is of the same, 0 to 1; `None` where it was not asked.
    pub certainty: Option<f32>,
    /// The words that weighed most with the reader, the weightiest first; empty where it did not decide.
    pub words: Vec<String>,
}

/// What the rules or the reader took for a goal and the other did not.
#[derive(Debug, Clone, PartialEq)]
pub struct PassedOver {
    /// Bytes in the document.
    pub range: Range<usize>,
    /// The rule that proposed it; `None` where the reader did.
    pub reason: Option<Reason>,
    /// How certain the reader is that it is a goal, 0 to 1.
    pub certainty: f32,
}

/// So many words are named.
const WORDS: usize = 3;
/// A word counts that makes so much of a difference.
const WEIGHT: f32 = 0.02;
/// Pieces that are shown around a sentence while its words are weighed.
const CONTEXT: usize = 48;

impl Explanation {
    pub(crate) fn new(stages: &Stages, readings: &mut Readings) -> Explanation {
        let Stages {
            judged,
            reading,
            by_rules,
        } = stages;
        let Some(reading) = reading else {
            return by_rules_alone(judged);
        };
        let found = &judged.goals.found;
        let marked = reading.marked(found, &judged.answers, &judged.links);
        let heard = reading.heard(&judged.passages, &marked, readings);
        let weigher = Weigher {
            reading,
            passages: &judged.passages,
            marked: &marked,
        };
        let mut goals: Vec<Explained> = (found.iter().zip(&judged.reports).enumerate())
            .map(|(at, (found, goal))| {
                let shares = QUALIFIERS.map(|of| decide::shares(&heard[at], of.index()));
                Explained {
                    goal: goal.clone(),
                    outcome: weigher.outcome(at, found),
                    states: QUALIFIERS.map(|of| {
                        let verdict = &goal.verdicts[of.index()];
                        let certainty = shares[of.index()][verdict.state as usize];
                        let said = heard[at].iter().max_by(|(_, a), (_, b)| {
                            let of = |says: &reader::Says| says[of.index()][verdict.state as usize];
                            of(a).total_cmp(&of(b))
                        });
                        weigher.state(at, of.index(), verdict, certainty, said.map(|said| said.0))
                    }),
                }
            })
            .collect();
        goals.sort_by_key(|explained| explained.goal.range.start);
        Explanation {
            goals,
            passed_over: weigher.passed_over(found, by_rules),
        }
    }
}

fn by_rules_alone(judged: &Judged) -> Explanation {
    let decided = |reason| Decided {
        reason,
        certainty: None,
        words: Vec::new(),
    };
    let mut goals: Vec<Explained> = (judged.reports.iter())
        .map(|goal| Explained {
            outcome: decided(Some(goal.reason)),
            states: goal
                .verdicts
                .each_ref()
                .map(|verdict| decided(reason_of(verdict))),
            goal: goal.clone(),
        })
        .collect();
    goals.sort_by_key(|explained| explained.goal.range.start);
    Explanation {
        goals,
        passed_over: Vec::new(),
    }
}

fn reason_of(verdict: &Verdict) -> Option<Reason> {
    verdict.evidence.first().map(|evidence| evidence.reason)
}

impl Weigher<'_> {
    fn certainty(&self, passage: usize, range: &Range<usize>) -> Option<f32> {
        let pieces = self.reading.page.pieces_in(passage, range);
        self.reading.certainty(pieces)
    }

    fn passed_over(&self, found: &[Found], by_rules: &[Found]) -> Vec<PassedOver> {
        let stands = |passage: usize, range: &Range<usize>| {
            found.iter().any(|goal| goal.touches(passage, range))
        };
        let proposed = by_rules.iter().map(|goal| {
            let certainty = self
                .certainty(goal.passage, &goal.range)
                .unwrap_or_default();
            (
                goal.passage,
                goal.range.clone(),
                Some(goal.reason),
                certainty,
            )
        });
        let spotted = decide::spotted(&self.reading.page, &self.reading.tags);
        let spotted = (spotted.into_iter()).map(|of| (of.passage, of.range, None, of.certainty));
        let mut passed: Vec<PassedOver> = proposed
            .chain(spotted)
            .filter(|(passage, range, ..)| !stands(*passage, range))
            .map(|(passage, range, reason, certainty)| PassedOver {
                range: self.passages[passage]
                    .piece
                    .source(range, self.passages[passage].start),
                reason,
                certainty,
            })
            .collect();
        passed.sort_by_key(|of| of.range.start);
        passed.dedup_by(|next, before| next.range.start < before.range.end);
        passed
    }
}

/// Weighs words: what the reader says without each.
struct Weigher<'a> {
    reading: &'a Reading,
    passages: &'a [Passage],
    marked: &'a [Marked],
}

impl Weigher<'_> {
    fn outcome(&self, goal: usize, found: &Found) -> Decided {
        let pieces = &self.marked[goal].pieces;
        let words = match found.reason.rule == READER && !pieces.is_empty() {
            false => Vec::new(),
            true => {
                let sentence = self.sentence(self.reading.page.sentence_of[pieces.start]);
                let window = self.window(&sentence, pieces);
                self.weightiest(&sentence, &window, |encoded| {
                    let own = pieces.start - window.read.start..pieces.end - window.read.start;
                    mean_inside(encoded.goal.get(own).into_iter().flatten()).unwrap_or_default()
                })
            }
        };
        Decided {
            reason: Some(found.reason),
            certainty: self.certainty(found.passage, &found.range),
            words,
        }
    }

    /// `said`: the sentence that says so most clearly.
    fn state(
        &self,
        goal: usize,
        qualifier: usize,
        verdict: &Verdict,
        certainty: f32,
        said: Option<u32>,
    ) -> Decided {
        let reason = reason_of(verdict);
        let decided = reason.is_some_and(|reason| reason.rule == READER);
        let words = match said.filter(|_| decided && verdict.state != State::Missing) {
            None => Vec::new(),
            Some(said) => {
                let sentence = self.sentence(said);
                let window = self.window(&sentence, &self.marked[goal].pieces);
                let goal = (self.marked, goal);
                self.weightiest(&sentence, &window, |encoded| {
                    let heard = self.reading.heard_in(self.passages, &window, encoded, goal);
                    let says = heard.iter().find(|(of, _)| *of == said);
                    says.map_or(0.0, |(_, says)| says[qualifier][verdict.state as usize])
                })
            }
        };
        Decided {
            reason,
            certainty: Some(certainty),
            words,
        }
    }

    /// The pieces of a sentence.
    fn sentence(&self, sentence: u32) -> Range<usize> {
        let of = &self.reading.page.sentence_of;
        of.partition_point(|&of| of < sentence)..of.partition_point(|&of| of <= sentence)
    }

    /// What is shown while the words of a sentence are weighed.
    fn window(&self, sentence: &Range<usize>, goal: &Range<usize>) -> Window {
        let start = sentence.start.min(goal.start).saturating_sub(CONTEXT);
        let end = sentence.end.max(goal.end) + CONTEXT;
        let read = start..end.min(self.reading.page.plain.len());
        Window {
            own: read.clone(),
            read,
        }
    }

    /// The words of a sentence without which `certainty` falls most.
    fn weightiest(
        &self,
        sentence: &Range<usize>,
        window: &Window,
        certainty: impl Fn(&Encoded) -> f32,
    ) -> Vec<String> {
        if window.read.len() > reader::LONGEST {
            return Vec::new();
        }
        let input = self.reading.page.input(window);
        let of = |input: &Input| certainty(&Network::get().encode(input));
        let whole = of(&input);
        let mut weighed: Vec<(f32, String)> = (self.words_in(sentence).into_iter())
            .map(|(pieces, word)| {
                let mut without = input.clone();
                for at in pieces {
                    without.pieces[at - window.read.start] = Vocabulary::own().unknown();
                }
                (whole - of(&without), word)
            })
            .filter(|(weight, _)| *weight >= WEIGHT)
            .collect();
        weighed.sort_by(|a, b| b.0.total_cmp(&a.0));
        weighed.truncate(WORDS);
        weighed.into_iter().map(|(_, word)| word).collect()
    }

    /// The words of a sentence with their pieces.
    fn words_in(&self, sentence: &Range<usize>) -> Vec<(Range<usize>, String)> {
        let page = &self.reading.page;
        let mut words: Vec<Range<usize>> = Vec::new();
        for at in sentence.clone() {
            match words.last_mut() {
                Some(last) if page.plain[at].start == page.plain[last.end - 1].end => {
                    last.end = at + 1;
                }
                _ => words.push(at..at + 1),
            }
        }
        let told = |pieces: Range<usize>| {
            let word = self.reading.words(self.passages, &pieces);
            let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
            (!word.is_empty()).then(|| (pieces, word.to_owned()))
        };
        words.into_iter().filter_map(told).collect()
    }
}
