//! Where a note states its goals, and what stands around each passage. Knows no words.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Found;
use crate::outline::{Form, Passage};

/// Where a note states its goals.
#[derive(Debug)]
pub(crate) struct Places {
    /// By passage, then by place.
    stated: Vec<Place>,
    /// The part of `stated` that is of a passage.
    at: Vec<(u32, u32)>,
    /// The nearest passage up to each that states a goal.
    latest: Vec<Option<u32>>,
    by_section: FxHashMap<u32, Vec<usize>>,
    by_call: BTreeMap<u32, Vec<usize>>,
    /// How many numbered items a list has.
    numbered: FxHashMap<Option<u32>, usize>,
    /// Nearest heading passage before each passage.
    heading: Vec<Option<usize>>,
    goals: usize,
}

/// A goal that a passage states, or says again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) passage: usize,
    pub(crate) goal: usize,
    /// Bytes of the passage's text.
    pub(crate) range: Range<usize>,
}

impl Places {
    pub(crate) fn new(passages: &[Passage], goals: &[Found]) -> Places {
        let mut stated = Vec::with_capacity(goals.len());
        let mut by_section: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        let mut by_call: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (index, goal) in goals.iter().enumerate() {
            let place = |(passage, range): (usize, &Range<usize>)| Place {
                passage,
                goal: index,
                range: range.clone(),
            };
            stated.extend(goal.places().map(place));
            let passage = &passages[goal.passage];
            by_section.entry(passage.section).or_default().push(index);
            by_call.entry(passage.call).or_default().push(index);
        }
        stated.sort_by_key(|place| (place.passage, place.range.start));
        let mut at = vec![(0, 0); passages.len()];
        for (count, place) in (0..).zip(&stated) {
            let (start, end) = &mut at[place.passage];
            if *end == 0 {
                *start = count;
            }
            *end = count + 1;
        }
        let mut numbered: FxHashMap<Option<u32>, usize> = FxHashMap::default();
        for passage in passages.iter().filter(|passage| passage.number.is_some()) {
            *numbered.entry(passage.list).or_default() += 1;
        }
        let mut latest = None;
        let latest = (0..).zip(&at).map(|(index, (start, end))| {
            if start < end {
                latest = Some(index);
            }
            latest
        });
        let latest = latest.collect();
        let mut last = None;
        let heading = passages.iter().enumerate().map(|(index, passage)| {
            let before = last;
            if passage.form == Form::Heading {
                last = Some(index);
            }
            before
        });
        Places {
            latest,
            heading: heading.collect(),
            stated,
            at,
            by_section,
            by_call,
            numbered,
            goals: goals.len(),
        }
    }

    /// The goals that a passage states, in order of place.
    pub(crate) fn here(&self, passage: usize) -> &[Place] {
        let (start, end) = self.at[passage];
        &self.stated[start as usize..end as usize]
    }

    /// The same, where their words are moved within the passage.
    pub(crate) fn here_mut(&mut self, passage: usize) -> &mut [Place] {
        let (start, end) = self.at[passage];
        &mut self.stated[start as usize..end as usize]
    }

    /// Where the goals of a passage stand in it, in bytes of its text.
    pub(crate) fn ranges(&self, passage: usize) -> Vec<Range<usize>> {
        let here = self.here(passage).iter();
        here.map(|place| place.range.clone()).collect()
    }

    /// The last goal stated up to a passage.
    pub(super) fn latest_before(&self, index: usize) -> Option<usize> {
        let last = self.here(self.latest[index]? as usize).last()?;
        Some(last.goal)
    }

    /// The goals of a section.
    pub(super) fn of_section(&self, section: u32) -> Vec<usize> {
        self.by_section.get(&section).cloned().unwrap_or_default()
    }

    /// The goals of a dated call; those of the one before where it states none.
    pub(super) fn of_call(&self, call: u32) -> Vec<usize> {
        let before = self.by_call.range(..=call).next_back();
        before.map_or_else(|| (0..self.goals).collect(), |(_, goals)| goals.clone())
    }

    /// How many numbered items a list has.
    pub(super) fn numbered(&self, list: Option<u32>) -> usize {
        self.numbered.get(&list).copied().unwrap_or_default()
    }

    /// The nearest heading before a passage.
    pub(super) fn heading_before(&self, passage: usize) -> Option<usize> {
        self.heading[passage]
    }
}
