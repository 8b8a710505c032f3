//! How well found goals agree with labelled ones: precision, recall and F1 of the goals and of the missing
//! flags, and how often a state is right. Compares spans and states only; never reads a note.

use std::{
    cmp::Reverse,
    collections::HashSet,
    iter::Sum,
    ops::{AddAssign, Range},
};

use crate::State;

/// A goal as far as it is scored: its bytes, and its states in the order of [`crate::QUALIFIERS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// Bytes in the note.
    pub range: Range<usize>,
    /// The three states.
    pub states: [State; 3],
}

/// Which labelled goal is which found goal, in one note: indices into the two lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matching {
    /// Labelled and found.
    pub pairs: Vec<(usize, usize)>,
    /// Labelled, not found.
    pub lost: Vec<usize>,
    /// Found, not labelled.
    pub extra: Vec<usize>,
}

/// Pairs goals one to one, longest overlap first; a pair shares at least half of the shorter span.
pub fn match_goals(gold: &[Scored], found: &[Scored]) -> Matching {
    let mut candidates = Vec::new();
    for (g, a) in gold.iter().enumerate() {
        for (f, b) in found.iter().enumerate() {
            let (a, b) = (&a.range, &b.range);
            let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
            let shorter = a.len().min(b.len());
            if shorter > 0 && shared * 2 >= shorter {
                candidates.push((Reverse(shared), g, f));
            }
        }
    }
    candidates.sort_unstable();
    let (mut taken_gold, mut taken_found) = (HashSet::new(), HashSet::new());
    let mut matching = Matching::default();
    for (_, g, f) in candidates {
        if !taken_gold.contains(&g) && !taken_found.contains(&f) {
            taken_gold.insert(g);
            taken_found.insert(f);
            matching.pairs.push((g, f));
        }
    }
    matching.lost = (0..gold.len())
        .filter(|g| !taken_gold.contains(g))
        .collect();
    matching.extra = (0..found.len())
        .filter(|f| !taken_found.contains(f))
        .collect();
    matching
}

/// Right, wrong and overlooked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Labelled and found.
    pub hit: usize,
    /// Found, not labelled.
    pub extra: usize,
    /// Labelled, not found.
    pub lost: usize,
}

impl Counts {
    /// Share of the found that is right, 0 to 1; 1 where nothing was found.
    pub fn precision(&self) -> f64 {
        share(self.hit, self.hit + self.extra)
    }

    /// Share of the labelled that was found, 0 to 1; 1 where nothing is labelled.
    pub fn recall(&self) -> f64 {
        share(self.hit, self.hit + self.lost)
    }

    /// Harmonic mean of the two, 0 to 1.
    pub fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        let both = precision + recall;
        if both == 0.0 {
            return 0.0;
        }
        2.0 * precision * recall / both
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.hit += other.hit;
        self.extra += other.extra;
        self.lost += other.lost;
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Counts>>(counts: I) -> Counts {
        counts.fold(Counts::default(), |mut sum, next| {
            sum += next;
            sum
        })
    }
}

/// The figures of any number of notes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many notes.
    pub notes: usize,
    /// The goals.
    pub goals: Counts,
    /// The missing flags of each qualifier. A lost goal loses its missing flags, an extra goal's are extra.
    pub flags: [Counts; 3],
    /// Matched goals by qualifier, labelled state and found state, each as `state as usize`.
    pub states: [[[usize; 4]; 4]; 3],
}

impl Figures {
    /// Takes in one note.
    pub fn add(&mut self, gold: &[Scored], found: &[Scored]) {
        let matching = match_goals(gold, found);
        self.add_matched(gold, found, &matching);
        self.goals += Counts {
            hit: matching.pairs.len(),
            extra: matching.extra.len(),
            lost: matching.lost.len(),
        };
        let missing = |goal: &Scored, q: usize| usize::from(goal.states[q] == State::Missing);
        for (q, counts) in self.flags.iter_mut().enumerate() {
            counts.lost += matching
                .lost
                .iter()
                .map(|&g| missing(&gold[g], q))
                .sum::<usize>();
            counts.extra += matching
                .extra
                .iter()
                .map(|&f| missing(&found[f], q))
                .sum::<usize>();
        }
    }

    /// Takes in one note as if every goal had been found and none was extra: what is left to see is how
    /// well states are judged.
    pub fn add_given_goals(&mut self, gold: &[Scored], found: &[Scored]) {
        let matching = match_goals(gold, found);
        self.goals.hit += matching.pairs.len();
        self.add_matched(gold, found, &matching);
    }

    fn add_matched(&mut self, gold: &[Scored], found: &[Scored], matching: &Matching) {
        self.notes += 1;
        for &(g, f) in &matching.pairs {
            for q in 0..3 {
                let (want, got) = (gold[g].states[q], found[f].states[q]);
                self.states[q][want as usize][got as usize] += 1;
                let counts = &mut self.flags[q];
                match (want == State::Missing, got == State::Missing) {
                    (true, true) => counts.hit += 1,
                    (true, false) => counts.lost += 1,
                    (false, true) => counts.extra += 1,
                    (false, false) => {}
                }
            }
        }
    }

    /// The missing flags of all qualifiers: the headline.
    pub fn all_flags(&self) -> Counts {
        self.flags.iter().copied().sum()
    }

    /// Share of states that are right on matched goals, 0 to 1; 1 where none is matched.
    pub fn state_accuracy(&self) -> f64 {
        let all = self.states.iter().flatten().flatten().sum();
        let right = self
            .states
            .iter()
            .flat_map(|table| (0..4).map(|state| table[state][state]))
            .sum();
        share(right, all)
    }
}

impl AddAssign<&Figures> for Figures {
    fn add_assign(&mut self, other: &Figures) {
        self.notes += other.notes;
        self.goals += other.goals;
        for q in 0..3 {
            self.flags[q] += other.flags[q];
            for (row, more) in self.states[q].iter_mut().zip(&other.states[q]) {
                for (cell, more) in row.iter_mut().zip(more) {
                    *cell += more;
                }
            }
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        return 1.0;
    }
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goal(range: Range<usize>, states: [State; 3]) -> Scored {
        Scored { range, states }
    }

    const NONE: [State; 3] = [State::Missing; 3];

    #[test]
    fn a_pair_shares_half_of_the_shorter_span() {
        let gold = [goal(0..10, NONE), goal(20..30, NONE)];
        let found = [goal(5..50, NONE), goal(16..20, NONE)];
        // 5..50 shares 5 of 10 with the first goal and all of the second: the longer overlap wins.
        assert_eq!(
            match_goals(&gold, &found),
            Matching {
                pairs: vec![(1, 0)],
                lost: vec![0],
                extra: vec![1],
            }
        );
    }

    #[test]
    fn empty_spans_match_nothing() {
        let matching = match_goals(&[goal(3..3, NONE)], &[goal(0..9, NONE)]);
        assert_eq!(matching.pairs, []);
    }

    #[test]
    fn figures_count_goals_flags_and_states() {
        let mut figures = Figures::default();
        figures.add(
            &[
                goal(0..10, [State::Answered, State::Missing, State::Missing]),
                goal(20..30, NONE),
            ],
            &[
                goal(0..10, [State::Vague, State::Missing, State::Asked]),
                goal(40..50, [State::Missing, State::Vague, State::Missing]),
            ],
        );
        assert_eq!(
            figures.goals,
            Counts {
                hit: 1,
                extra: 1,
                lost: 1
            }
        );
        // hit: cost; lost: realism, and the three of the lost goal; extra: two of the extra goal.
        assert_eq!(
            figures.all_flags(),
            Counts {
                hit: 1,
                extra: 2,
                lost: 4
            }
        );
        assert!((figures.state_accuracy() - 1.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn nothing_to_find_and_nothing_found_is_perfect() {
        let counts = Counts::default();
        assert_eq!(
            (counts.precision(), counts.recall(), counts.f1()),
            (1.0, 1.0, 1.0)
        );
    }
}
