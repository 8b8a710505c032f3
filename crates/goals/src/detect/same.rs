//! Which statements are one goal (rules D7, G11). Knows their words, not their surroundings.

use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{Outcomes, Stated};
use crate::outline::Passage;
use crate::scope::{Found, Places, Told};

/// The goals of a note, each once, in the order of their first statement.
#[derive(Debug)]
pub(crate) struct Goals {
    pub(crate) found: Vec<Found>,
    /// Whether so many goals are told in the same words that not all of them were compared.
    pub(crate) crowded: bool,
}

/// With so many goals of the same name and value a new one is compared.
const MANY: usize = 64;

impl Goals {
    pub(crate) fn of(passages: &[Passage], outcomes: &Outcomes) -> Goals {
        let mut goals: Vec<Found> = Vec::new();
        let mut known = Index::default();
        let mut names = (outcomes.stated.iter())
            .any(|stated| stated.iter().any(|stated| stated.supersedes))
            .then(Names::default);
        for (index, stated) in outcomes.stated.iter().enumerate() {
            let mut here: Vec<(usize, Arc<Told>)> = Vec::new();
            for stated in stated.iter() {
                let found = found(index, stated);
                let told = found.told.clone();
                let same = match &names {
                    Some(names) if stated.supersedes => names.corrected(&goals, &found),
                    _ => known.same(&goals, &found),
                };
                match same {
                    Some(known) if stated.supersedes && !same_goal(&goals[known], &found) => {
                        goals[known] = found;
                    }
                    Some(known) => restate(&mut goals[known], found, passages),
                    // "actually 6M now" corrects a goal; alone it is a fact.
                    None if is_correction(stated) => continue,
                    None => goals.push(found),
                }
                let goal = same.unwrap_or(goals.len() - 1);
                if let Some(names) = &mut names {
                    names.add(goal, &told);
                }
                here.push((goal, told));
            }
            // Statements of one passage are never the same goal: they are compared with later ones only.
            here.iter().for_each(|(goal, told)| known.add(*goal, told));
        }
        Goals {
            found: goals,
            crowded: known.crowded,
        }
    }
}

fn found(passage: usize, stated: &Stated) -> Found {
    Found {
        passage,
        range: stated.claim.range.clone(),
        reason: stated.claim.reason,
        echoes: Vec::new(),
        told: stated.told.clone(),
    }
}

fn is_correction(stated: &Stated) -> bool {
    stated.claim.reason.rule == "D7"
}

/// By what a statement may be the same as another: each name and the metric, with the last amount.
fn keys(told: &Told) -> impl Iterator<Item = u64> + '_ {
    let key = |is_metric: bool, name: &String| {
        FxBuildHasher.hash_one((is_metric, name, told.amounts.last()))
    };
    let names = told.names.iter().map(move |name| key(false, name));
    names.chain(told.metric.iter().map(move |metric| key(true, metric)))
}

/// Goals by what may make another the same.
#[derive(Default)]
struct Index {
    goals: FxHashMap<u64, Vec<usize>>,
    crowded: bool,
}

impl Index {
    fn add(&mut self, goal: usize, told: &Told) {
        for key in keys(told) {
            let goals = self.goals.entry(key).or_default();
            if !goals.contains(&goal) {
                match goals.len() < MANY {
                    true => goals.push(goal),
                    false => self.crowded = true,
                }
            }
        }
    }

    /// The first goal that `found` says again.
    fn same(&self, goals: &[Found], found: &Found) -> Option<usize> {
        keys(&found.told)
            .filter_map(|key| self.goals.get(&key))
            .flatten()
            .copied()
            .filter(|&goal| same_goal(&goals[goal], found))
            .min()
    }
}

/// Goals by their names and metrics alone: what a correction may mean.
#[derive(Default)]
struct Names(FxHashMap<(bool, String), Vec<usize>>);

impl Names {
    fn words(told: &Told) -> impl Iterator<Item = (bool, String)> + '_ {
        let names = told.names.iter().map(|name| (false, name.clone()));
        names.chain(told.metric.iter().map(|metric| (true, metric.clone())))
    }

    fn add(&mut self, goal: usize, told: &Told) {
        for word in Self::words(told) {
            let goals = self.0.entry(word).or_default();
            if let Err(at) = goals.binary_search(&goal) {
                goals.insert(at, goal);
            }
        }
    }

    /// The first goal of the same metric, or with a name in common.
    fn corrected(&self, goals: &[Found], found: &Found) -> Option<usize> {
        let first = |of: &Vec<usize>| {
            let mut of = of.iter().copied();
            of.find(|&goal| same_metric(&goals[goal].told, &found.told))
        };
        Self::words(&found.told)
            .filter_map(|word| self.0.get(&word).and_then(first))
            .min()
    }
}

/// G11: the same metric and the same value, or the same words where there is no value.
pub(crate) fn same_goal(one: &Found, two: &Found) -> bool {
    one.passage != two.passage && same_words(&one.told, &two.told)
}

fn same_words(one: &Told, two: &Told) -> bool {
    let shared = one
        .names
        .iter()
        .filter(|name| two.names.contains(name))
        .count();
    let fewer = one.names.len().min(two.names.len()).max(1);
    let metric = one.metric.is_some() && one.metric == two.metric;
    if one.amounts.is_empty() && two.amounts.is_empty() {
        return shared == fewer && shared >= 2;
    }
    one.amounts.last().is_some()
        && one.amounts.last() == two.amounts.last()
        && (shared * 2 >= fewer || metric)
}

fn same_metric(one: &Told, two: &Told) -> bool {
    one.metric.is_some() && one.metric == two.metric
        || one.names.iter().any(|name| two.names.contains(name))
}

/// A goal said again stays where it was said first, unless a Goals zone says it later (G11, section 3.11).
fn restate(known: &mut Found, again: Found, passages: &[Passage]) {
    let in_zone = |found: &Found| passages[found.passage].zone.is_goals();
    if in_zone(&again) && !in_zone(known) {
        let first = std::mem::replace(known, again);
        known.echoes.push((first.passage, first.range));
        known.echoes.extend(first.echoes);
    } else {
        known.echoes.push((again.passage, again.range));
    }
}

/// The statements of a note by what may make them the same, to see whether an edit changes which are.
#[derive(Debug)]
pub(crate) struct Kin {
    /// (passage, place among its statements)
    by_key: FxHashMap<u64, Vec<(usize, usize)>>,
    corrections: Vec<Arc<Told>>,
}

/// A statement of a passage, before an edit and after it.
pub(crate) struct Reworded {
    pub(crate) passage: usize,
    pub(crate) place: usize,
    pub(crate) old: Range<usize>,
    pub(crate) before: Arc<Told>,
}

/// So many statements of one edit are compared with all others.
const FEW: usize = 16;

impl Kin {
    pub(crate) fn of(outcomes: &Outcomes) -> Kin {
        let mut kin = Kin {
            by_key: FxHashMap::default(),
            corrections: Vec::new(),
        };
        for (passage, stated) in outcomes.stated.iter().enumerate() {
            for (place, stated) in stated.iter().enumerate() {
                kin.add((passage, place), &stated.told);
                if stated.supersedes {
                    kin.corrections.push(stated.told.clone());
                }
            }
        }
        kin
    }

    /// Puts what passages state now in the place of what they stated. `None` where that may change how many goals
    /// there are, or which statements are the same; then all is to be read anew.
    pub(crate) fn reword(
        &mut self,
        outcomes: &mut Outcomes,
        places: &Places,
        now: Vec<(usize, Arc<[Stated]>)>,
    ) -> Option<Vec<Reworded>> {
        let mut reworded = Vec::new();
        for (passage, now) in &now {
            let before = &outcomes.stated[*passage];
            if before.len() != now.len() || reworded.len() + now.len() > FEW {
                return None;
            }
            for (place, (old, new)) in before.iter().zip(now.iter()).enumerate() {
                let is_plain = |stated: &Stated| !stated.supersedes && !is_correction(stated);
                if !is_plain(old) || !is_plain(new) {
                    return None;
                }
                self.remove((*passage, place), &old.told);
                reworded.push(Reworded {
                    passage: *passage,
                    place,
                    old: old.claim.range.clone(),
                    before: old.told.clone(),
                });
            }
        }
        let new: Vec<Arc<Told>> = (now.iter())
            .flat_map(|(_, now)| now.iter().map(|stated| stated.told.clone()))
            .collect();
        for (index, (one, told)) in reworded.iter().zip(&new).enumerate() {
            if !one.before.same_names(told) && !self.is_settled(outcomes, &one.before, told) {
                return None;
            }
            let mut others = reworded[..index].iter().zip(&new);
            let same = |(other, other_told): (&Reworded, &Arc<Told>)| {
                other.passage == one.passage
                    || same_words(&other.before, &one.before) == same_words(other_told, told)
            };
            if !others.all(same) {
                return None;
            }
        }
        for (one, told) in reworded.iter().zip(&new) {
            self.add((one.passage, one.place), told);
        }
        for (passage, now) in now {
            outcomes.stated[passage] = now;
        }
        let many = |key: u64| self.is_crowded(key, outcomes, places);
        let crowded = new.iter().any(|told| keys(told).any(many));
        (!crowded).then_some(reworded)
    }

    fn add(&mut self, at: (usize, usize), told: &Told) {
        for key in keys(told) {
            self.by_key.entry(key).or_default().push(at);
        }
    }

    fn remove(&mut self, at: (usize, usize), told: &Told) {
        for key in keys(told) {
            if let Some(all) = self.by_key.get_mut(&key) {
                all.retain(|known| *known != at);
            }
        }
    }

    /// Whether a statement with other words is the same as just those that it was the same as before.
    fn is_settled(&self, outcomes: &Outcomes, before: &Told, now: &Told) -> bool {
        let mut others = keys(before)
            .chain(keys(now))
            .filter_map(|key| self.by_key.get(&key))
            .flatten();
        let settled = others.all(|&(passage, place)| {
            let other = &outcomes.stated[passage][place].told;
            same_words(before, other) == same_words(now, other)
        });
        let mut corrections = self.corrections.iter();
        settled && !corrections.any(|of| same_metric(of, before) || same_metric(of, now))
    }

    /// Whether the goals under a key are too many to be compared.
    fn is_crowded(&self, key: u64, outcomes: &Outcomes, places: &Places) -> bool {
        let all = self.by_key.get(&key).map_or(&[][..], Vec::as_slice);
        if all.len() <= MANY {
            return false;
        }
        let goal = |&(passage, place): &(usize, usize)| {
            let range = &outcomes.stated[passage][place].claim.range;
            let here = places.here(passage).iter();
            // What is not found was just reworded, or stands for no goal any more: it counts by itself.
            (here
                .filter(|of| of.range == *range)
                .map(|of| of.goal)
                .next())
            .ok_or((passage, place))
        };
        let goals: rustc_hash::FxHashSet<_> = all.iter().map(goal).collect();
        goals.len() > MANY
    }
}
