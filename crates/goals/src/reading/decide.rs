//! The one place where the rules and the reader meet: which spans are goals, and which state each qualifier has.
//! Rules propose and veto, the reader weighs. The numbers are those of [`Weighing`].

use std::ops::Range;
use std::sync::Arc;

use reader::Says;
use syntax::Task;

use super::page::Page;
use crate::detect::{self, Goals};
use crate::outline::Passage;
use crate::scope::{Attached, Found};
use crate::{Evidence, Reason, State, Verdict};

/// The name of the reader where rules have theirs.
pub const READER: &str = "reader";

/// How the reader's word is weighed against the rules'. Fitted on labelled notes that neither was made with, by
/// `cargo run -p sowhat-goals --release --example fit`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighing {
    /// A span that only the reader takes for a goal is one from this certainty on.
    pub new: f32,
    /// A span that the rules take for a goal, where no heading or label announces goals, is none below this certainty.
    pub kept: f32,
    /// The same where a heading or label announces goals.
    pub announced: f32,
    /// A qualifier is missing from this certainty on, if nothing else is likelier.
    pub missing: f32,
    /// How many times likelier the rules' word makes a state.
    pub trust: f32,
    /// That there is a goal, and that it misses the qualifier, is doubted below this certainty of both.
    pub sure: f32,
}

impl Default for Weighing {
    fn default() -> Weighing {
        Weighing {
            new: 0.7,
            kept: 0.5,
            announced: 0.1,
            missing: 0.5,
            trust: 2.0,
            sure: 0.7,
        }
    }
}

/// Pieces that a note needs to be like those that the reader learned from; below it doubts whatever it sees.
const CONTEXT: usize = 80;

/// A piece belongs to a span from this certainty on.
const INSIDE: f32 = 0.4;

/// A span that the reader takes for a goal.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spotted {
    pub(super) passage: usize,
    /// Bytes of the passage's plain text.
    pub(super) range: Range<usize>,
    /// How certain the reader is, 0 to 1: the mean over the span.
    pub(super) certainty: f32,
}

/// The goals, by the rules' and the reader's word. `tags`: of each piece, as [`reader::Encoded::goal`]; `None` where
/// it was not read: there the rules decide.
pub(crate) fn goals(
    passages: &[Passage],
    page: &Page,
    by_rules: &Goals,
    tags: &[Option<[f32; 3]>],
    weighing: &Weighing,
) -> Vec<Found> {
    let inside = |at: usize| tags[at].map(|[_, first, further]| first + further);
    let doubted = |found: &Found| {
        let pieces = page.pieces_in(found.passage, &found.range);
        let most = pieces.filter_map(inside).reduce(f32::max);
        // A heading that says so is the note's own word (G4): it takes more to doubt it, and more than a bare list.
        let kept = match passages[found.passage].zone.is_goals() {
            true if page.plain.len() < CONTEXT => 0.0,
            true => weighing.announced,
            false => weighing.kept,
        };
        most.is_some_and(|most| most < kept)
    };
    let mut goals: Vec<Found> = (by_rules.found.iter())
        .filter(|found| !doubted(found))
        .cloned()
        .collect();
    for mut spotted in spotted(page, tags) {
        let passage = &passages[spotted.passage];
        let plain = &passage.piece.text.plain;
        spotted.range = whole_words(plain, spotted.range);
        // One word is no future state.
        let short = plain[spotted.range.clone()]
            .split_whitespace()
            .nth(1)
            .is_none();
        let over = matches!(passage.task, Some(Task::Done | Task::Cancelled));
        let known = (goals.iter()).any(|goal| goal.touches(spotted.passage, &spotted.range));
        let fragment = is_fragment(plain, &spotted.range);
        if over || short || fragment || known || spotted.certainty < weighing.new {
            continue;
        }
        let found = Found {
            passage: spotted.passage,
            range: spotted.range.clone(),
            reason: Reason {
                rule: READER,
                why: "read as an outcome that they want",
            },
            echoes: Vec::new(),
            told: Arc::new(detect::told(&passage.piece.text, spotted.range)),
        };
        match goals
            .iter_mut()
            .find(|goal| detect::same_goal(goal, &found))
        {
            Some(goal) => goal.echoes.push((found.passage, found.range)),
            None => goals.push(found),
        }
    }
    goals.sort_by_key(|found| (found.passage, found.range.start));
    goals
}

/// Whether it breaks off in the middle of a phrase: "security of | data", "tell them what | we do".
fn is_fragment(plain: &str, range: &Range<usize>) -> bool {
    const OPEN: [&str; 19] = [
        "a", "an", "the", "of", "for", "to", "with", "and", "or", "as", "into", "that", "which",
        "whose", "what", "who", "how", "why", "where",
    ];
    let goes_on = plain[range.end..]
        .trim_start()
        .starts_with(char::is_alphanumeric);
    let last = plain[range.clone()].split_whitespace().next_back();
    goes_on && last.is_some_and(|last| OPEN.iter().any(|open| last.eq_ignore_ascii_case(open)))
}

/// A range that begins and ends where words do.
fn whole_words(plain: &str, range: Range<usize>) -> Range<usize> {
    let is_inside = |c: &char| c.is_alphanumeric();
    let before = plain[..range.start].chars().rev().take_while(is_inside);
    let behind = plain[range.end..].chars().take_while(is_inside);
    let length =
        |chars: &mut dyn Iterator<Item = char>| -> usize { chars.map(char::len_utf8).sum() };
    range.start - length(&mut before.into_iter())..range.end + length(&mut behind.into_iter())
}

/// Runs of pieces that are rather in a goal than not, within one sentence, cut where a goal begins.
pub(super) fn spotted(page: &Page, tags: &[Option<[f32; 3]>]) -> Vec<Spotted> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    for (at, tags) in tags.iter().enumerate() {
        let Some([_, first, further]) = *tags else {
            continue;
        };
        if first + further < INSIDE {
            continue;
        }
        match spans.last_mut() {
            Some(last)
                if last.end == at
                    && first <= further
                    && page.sentence_of[at] == page.sentence_of[at - 1] =>
            {
                last.end += 1;
            }
            _ => spans.push(at..at + 1),
        }
    }
    let certainty = |span: &Range<usize>| {
        let inside = tags[span.clone()]
            .iter()
            .flatten()
            .map(|tag| tag[1] + tag[2]);
        inside.sum::<f32>() / span.len() as f32
    };
    (spans.into_iter())
        .map(|span| Spotted {
            passage: page.line_of[span.start] as usize,
            range: page.plain[span.start].start..page.plain[span.end - 1].end,
            certainty: certainty(&span),
        })
        .collect()
}

/// Of all sentences the best decides (Q1), each with its certainty: a noisy or. Sums to 1.
pub(super) fn shares(says: &[(u32, Says)], qualifier: usize) -> [f32; 4] {
    let (mut nothing, mut neither, mut unanswered) = (1.0_f32, 1.0_f32, 1.0_f32);
    for (_, says) in says {
        let [none, asked, _, answered] = says[qualifier];
        nothing *= none;
        neither *= none + asked;
        unanswered *= 1.0 - answered;
    }
    [
        nothing,
        neither - nothing,
        unanswered - neither,
        1.0 - unanswered,
    ]
}

const STATES: [State; 4] = [State::Missing, State::Asked, State::Vague, State::Answered];

/// What the reader says of a goal.
pub(super) struct Heard<'a> {
    /// How certain it is one, 0 to 1.
    pub(super) goal: f32,
    /// What each sentence says of it.
    pub(super) says: &'a [(u32, Says)],
}

/// Weighs what the rules attached to a goal with what the reader says of it, sentence by sentence.
/// `place`: the bytes in the document of a sentence.
pub(super) fn weigh(
    attached: &mut Attached,
    heard: &Heard<'_>,
    weighing: &Weighing,
    place: impl Fn(u32) -> Option<Range<usize>>,
) {
    let says = heard.says;
    for (qualifier, verdict) in attached.verdicts.iter_mut().enumerate() {
        let mut shares = shares(says, qualifier);
        shares[verdict.state as usize] *= weighing.trust;
        let all: f32 = shares.iter().sum();
        let silent = shares[0] < weighing.missing * all;
        let likely = |&a: &usize, &b: &usize| shares[a].total_cmp(&shares[b]);
        let best = (usize::from(silent)..4).max_by(likely).unwrap_or_default();
        // A question that stands there stays asked, whatever the reader makes of it: what was asked is not asked again.
        let asked = verdict.state == State::Asked && STATES[best] == State::Missing;
        if STATES[best] != verdict.state && !asked {
            *verdict = read(says, qualifier, STATES[best], &place);
        }
        let certainty = heard.goal * shares[0] / all;
        verdict.doubted = verdict.state == State::Missing && certainty < weighing.sure;
    }
}

/// A verdict by the reader's word: supported by the sentence that says so most clearly.
fn read(
    says: &[(u32, Says)],
    qualifier: usize,
    state: State,
    place: impl Fn(u32) -> Option<Range<usize>>,
) -> Verdict {
    let by = |(_, says): &&(u32, Says)| says[qualifier][state as usize];
    let best = says.iter().max_by(|a, b| by(a).total_cmp(&by(b)));
    let range = best
        .filter(|_| state != State::Missing)
        .and_then(|(sentence, _)| place(*sentence));
    let evidence = range.map(|range| Evidence {
        range,
        state,
        reason: Reason {
            rule: READER,
            why: "read so",
        },
    });
    Verdict {
        state,
        evidence: evidence.into_iter().collect(),
        ..Verdict::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of a qualifier of which the rules know nothing: the reader is so certain that there is a goal, and
    /// that the only sentence says nothing of it.
    fn weighed(goal: f32, nothing: f32) -> (State, bool) {
        let says = [(0, [[nothing, 0.0, 0.0, 1.0 - nothing]; 3])];
        let heard = Heard { goal, says: &says };
        let mut attached = Attached::default();
        let weighing = Weighing {
            missing: 0.5,
            trust: 2.0,
            sure: 0.6,
            ..Weighing::default()
        };
        weigh(&mut attached, &heard, &weighing, |_| Some(0..1));
        let [verdict, ..] = attached.verdicts;
        (verdict.state, verdict.doubted)
    }

    #[test]
    fn what_is_missing_is_doubted_with_the_goal_or_with_the_silence() {
        assert_eq!(weighed(1.0, 0.95), (State::Missing, false));
        assert_eq!(weighed(0.4, 0.95), (State::Missing, true));
        assert_eq!(weighed(1.0, 0.36), (State::Missing, true));
        assert_eq!(weighed(1.0, 0.05), (State::Answered, false));
    }
}
