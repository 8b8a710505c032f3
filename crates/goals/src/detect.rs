//! The goals of a whole note: what single passages state, seen together (rules P7, D3 to D7, G10, G11).

use std::collections::HashSet;
use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap};
use syntax::Task;

use crate::Reason;
use crate::claim::{Claim, Says};
use crate::lexicon::Class;
use crate::memo::Kept;
use crate::outcome::{self, Setting};
use crate::outline::{Form, Passage};
use crate::scope::{self, Found, Told};
use crate::target;
use crate::text::Text;
use crate::voice::Side;
use crate::zone::Zone;

/// The goals of a note, each once, in the order of their first statement. `year`: that of the note (P8).
pub(crate) fn goals(passages: &[Passage], year: i32) -> Vec<Found> {
    let outcomes = outcomes(passages, year);
    let mut goals: Vec<Found> = Vec::new();
    let mut known = Index::default();
    for (index, stated) in outcomes.iter().enumerate() {
        for stated in stated.iter() {
            let found = found(index, stated);
            let superseding = stated.supersedes;
            let same = known.same(&goals, &found, superseding);
            known.add(same.unwrap_or(goals.len()), &found);
            match same {
                Some(known) if superseding && !same_goal(&goals[known], &found) => {
                    goals[known] = found
                }
                Some(known) => restate(&mut goals[known], found, passages),
                // "actually 6M now" corrects a goal; alone it is a fact.
                None if found.reason.rule == "D7" => {}
                None => goals.push(found),
            }
        }
    }
    goals
}

/// What each passage states.
fn outcomes(passages: &[Passage], year: i32) -> Vec<Arc<[Stated]>> {
    let asked = asked_targets(passages);
    let covered = covered_boxes(passages);
    let slogans = slogans(passages);
    let ended = ended_rows(passages);
    let mut out: Vec<Arc<[Stated]>> = Vec::with_capacity(passages.len());
    for (index, passage) in passages.iter().enumerate() {
        let measures = objective_of(passages, index);
        let nested = ancestors(passages, index).chain(measures).any(|above| {
            out.get(above)
                .is_some_and(|stated: &Arc<[Stated]>| !stated.is_empty())
        });
        let past = matches!(passage.form, Form::Cell { row, .. } if ended.contains(&row));
        let claims = if slogans[index] || past {
            Arc::default()
        } else if passage.side == Side::Rep {
            confirmed_summary(passages, index, year)
        } else {
            stated(
                passage,
                Seen {
                    asked: asked[index],
                    covered: covered[index],
                    nested,
                    year,
                },
            )
        };
        let value = passage.value.filter(|_| !past && !slogans[index]);
        out.push(match value {
            Some(value) => two_cells(passage, &passages[value as usize]),
            None => claims,
        });
    }
    out
}

/// D3: a metric and its value in two cells of a row.
fn two_cells(passage: &Passage, value: &Passage) -> Arc<[Stated]> {
    let text = &passage.piece.text;
    let told = value
        .piece
        .text
        .quantities
        .iter()
        .any(|quantity| quantity.is_amount());
    if !told || passage.piece.is_empty() {
        return Arc::default();
    }
    let claim = Claim {
        range: text.bytes(0..text.tokens.len()),
        says: Says::Outcome,
        certainty: 1.0,
        reason: Reason {
            rule: "D3",
            why: "a metric and its value in two cells",
        },
    };
    let mut stated = Stated::new(text, claim);
    let both = format!("{} {}", text.plain.trim(), value.piece.text.plain.trim());
    stated.told = Arc::new(self::told(&Text::read(both.clone()), 0..both.len()));
    Arc::new([stated])
}

struct Seen {
    asked: bool,
    covered: bool,
    nested: bool,
    year: i32,
}

fn stated(passage: &Passage, seen: Seen) -> Arc<[Stated]> {
    let piece = &passage.piece;
    let done = matches!(passage.task, Some(Task::Done | Task::Cancelled)) && !seen.covered;
    let task = passage.task == Some(Task::Open) && !passage.zone.is_goals();
    let title = passage.form == Form::Heading && (passage.labelled || !passage.zone.is_goals());
    let group = passage.form == Form::Item
        && piece.opens.is_some()
        && piece.text.plain.trim_end().ends_with(':');
    if done || task || title || group || piece.is_empty() {
        return Arc::default();
    }
    let setting = Setting {
        zone: passage.zone,
        side: passage.side,
        quoted: passage.quoted,
        asked_target: seen.asked,
        heading_zone: !passage.labelled,
        item: passage.form != Form::Line || piece.text.tokens.len() < 25,
        nested: seen.nested && !passage.labelled,
        labelled_line: passage.labelled && !matches!(passage.form, Form::Cell { .. }),
        year: seen.year,
    };
    piece.known.outcomes.get((passage.lead(), setting), |_| {
        let claims = outcome::outcomes(&piece.text, passage.lead(), setting);
        (claims.into_iter())
            .map(|claim| Stated::new(&piece.text, claim))
            .collect()
    })
}

/// The passages around one, from the nearest.
fn ancestors(passages: &[Passage], index: usize) -> impl Iterator<Item = usize> + '_ {
    std::iter::successors(passages[index].parent, |&at| passages[at as usize].parent)
        .map(|at| at as usize)
}

/// D3: which passages answer a question about targets.
fn asked_targets(passages: &[Passage]) -> Vec<bool> {
    let mut asked = false;
    let mut turn = None;
    let mut out = Vec::with_capacity(passages.len());
    for passage in passages {
        let text = &passage.piece.text;
        if passage.side == Side::Rep {
            let all = 0..text.tokens.len();
            let more = asked && text.has(Class::AnythingElse, all.clone());
            asked = text.plain.contains('?') && (text.has(Class::TargetQuestion, all) || more);
            turn = passage.turn;
            out.push(false);
        } else {
            let next = passage
                .turn
                .zip(turn)
                .is_some_and(|(now, then)| now == then + 1);
            out.push(asked && passage.side == Side::Prospect && next);
        }
    }
    out
}

/// D6: boxes of a list whose ticked items are labels ("Attendees: …", "Goal: …") mean "covered in the call".
fn covered_boxes(passages: &[Passage]) -> Vec<bool> {
    let labelled = |passage: &Passage| {
        passage.task == Some(Task::Done) && passage.list.is_some() && passage.labelled
    };
    let mut labels: FxHashMap<Option<u32>, usize> = FxHashMap::default();
    for passage in passages.iter().filter(|passage| labelled(passage)) {
        *labels.entry(passage.list).or_default() += 1;
    }
    passages
        .iter()
        .map(|passage| labelled(passage) && labels[&passage.list] >= 2)
        .collect()
}

/// D5: an objective that is only a slogan or a group's name, over key results with numbers of their own.
fn slogans(passages: &[Passage]) -> Vec<bool> {
    let mut out = vec![false; passages.len()];
    for index in 0..passages.len() {
        let Some(above) = objective_of(passages, index) else {
            continue;
        };
        let text = &passages[above].piece.text;
        let measured = passages[index]
            .piece
            .text
            .quantities
            .iter()
            .any(|quantity| quantity.is_amount());
        let from = text.tokens_in(passages[above].lead()..text.plain.len());
        if measured
            && !outcome::is_outcome(text, from, true)
            && !text
                .quantities
                .iter()
                .any(|quantity| quantity.kind == target::Kind::Ordinal)
        {
            out[above] = true;
        }
    }
    out
}

/// The objective that a key result measures: the item around it, else the nearest objective before it.
fn objective_of(passages: &[Passage], index: usize) -> Option<usize> {
    let passage = &passages[index];
    if !is_key_result(&passage.piece.text) || !passage.zone.is_goals() {
        return None;
    }
    let near = (0..index)
        .rev()
        .take(12)
        .find(|&at| !is_key_result(&passages[at].piece.text));
    ancestors(passages, index)
        .next()
        .or(near)
        .filter(|&above| is_objective(&passages[above].piece.text))
}

/// A row of a table that says how a target ended ("hit", "missed") reports the past (G6).
fn ended_rows(passages: &[Passage]) -> HashSet<u32> {
    const ENDS: &[&str] = &[
        "hit",
        "missed",
        "met",
        "not met",
        "achieved",
        "not achieved",
        "miss",
        "reached",
        "not reached",
    ];
    passages
        .iter()
        .filter_map(|passage| match passage.form {
            Form::Cell { row, .. }
                if ENDS.contains(&passage.piece.text.plain.trim().to_lowercase().as_str()) =>
            {
                Some(row)
            }
            _ => None,
        })
        .collect()
}

fn is_key_result(text: &Text) -> bool {
    let plain = text.plain.trim_start();
    begins(plain, "kr") && !plain[2..].starts_with(char::is_alphabetic)
        || begins(plain, "key result")
}

fn is_objective(text: &Text) -> bool {
    let plain = text.plain.trim_start();
    let rest = plain
        .strip_prefix(['O', 'o'])
        .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    rest.is_some_and(|rest| rest.starts_with([':', ' ', '-', '–'])) || begins(plain, "objective")
}

/// Whether a text begins with ASCII words, in any case.
fn begins(plain: &str, words: &str) -> bool {
    plain
        .get(..words.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(words))
}

/// P7: a rep's summary ("so your goal is …") that the next prospect turn confirms holds the goal.
fn confirmed_summary(passages: &[Passage], index: usize, year: i32) -> Arc<[Stated]> {
    let passage = &passages[index];
    let text = &passage.piece.text;
    let all = 0..text.tokens.len();
    if !text.has(Class::Summary, all) {
        return Arc::default();
    }
    let answer = passages[index + 1..]
        .iter()
        .find(|other| other.turn != passage.turn);
    let confirms = answer.is_some_and(|answer| {
        let text = &answer.piece.text;
        let first = text.tokens_in(answer.lead()..text.plain.len()).start;
        answer.side == Side::Prospect && text.at(Class::Confirms, first).is_some()
    });
    if !confirms {
        return Arc::default();
    }
    let setting = Setting {
        zone: Zone::Prose,
        side: Side::Prospect,
        quoted: true,
        asked_target: false,
        heading_zone: true,
        item: false,
        nested: false,
        labelled_line: false,
        year,
    };
    (outcome::summarised(text, passage.lead(), setting).into_iter())
        .map(|claim| Stated::new(text, claim))
        .collect()
}

/// A goal as one passage states it.
#[derive(Debug)]
pub(crate) struct Stated {
    claim: Claim,
    supersedes: bool,
    told: Arc<Told>,
}

impl Stated {
    fn new(text: &Text, claim: Claim) -> Stated {
        Stated {
            supersedes: supersedes(text, &claim),
            told: Arc::new(told(text, claim.range.clone())),
            claim,
        }
    }
}

fn told(text: &Text, range: Range<usize>) -> Told {
    let amounts = text
        .quantities_in(text.tokens_in(range.clone()))
        .map(|quantity| {
            text.plain[quantity.range.clone()]
                .to_lowercase()
                .trim_matches(['%', '+', '~', '<', '>', ' '])
                .to_string()
        })
        .collect();
    let target = target::read(&text.plain[range.clone()]);
    let metric = target
        .as_ref()
        .and_then(|target| target.metric.as_deref())
        .map(|metric| target::canonical_metric(metric).into_owned());
    Told {
        names: scope::names(text, range),
        amounts,
        metric,
        target,
        measured: Kept::default(),
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

/// Goals by what may make another the same: a name or the metric, with the last amount.
#[derive(Default)]
struct Index(FxHashMap<u64, Vec<usize>>);

impl Index {
    fn keys(found: &Found) -> impl Iterator<Item = u64> + '_ {
        let told = &found.told;
        let key = |is_metric: bool, name: &String| {
            FxBuildHasher.hash_one((is_metric, name, told.amounts.last()))
        };
        let names = told.names.iter().map(move |name| key(false, name));
        names.chain(told.metric.iter().map(move |metric| key(true, metric)))
    }

    fn add(&mut self, goal: usize, found: &Found) {
        for key in Self::keys(found) {
            let goals = self.0.entry(key).or_default();
            if goals.last() != Some(&goal) {
                goals.push(goal);
            }
        }
    }

    /// The first goal that `found` says again, or corrects.
    fn same(&self, goals: &[Found], found: &Found, superseding: bool) -> Option<usize> {
        if superseding {
            return goals
                .iter()
                .position(|goal| same_goal(goal, found) || same_metric(goal, found));
        }
        Self::keys(found)
            .filter_map(|key| self.0.get(&key))
            .flatten()
            .copied()
            .filter(|&goal| goals.get(goal).is_some_and(|goal| same_goal(goal, found)))
            .min()
    }
}

/// G11: the same metric and the same value, or the same words where there is no value.
fn same_goal(one: &Found, two: &Found) -> bool {
    if one.passage == two.passage {
        return false;
    }
    let (one, two) = (&one.told, &two.told);
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

fn same_metric(one: &Found, two: &Found) -> bool {
    let (one, two) = (&one.told, &two.told);
    one.metric.is_some() && one.metric == two.metric
        || one.names.iter().any(|name| two.names.contains(name))
}

/// D7: words that correct an earlier statement.
fn supersedes(text: &Text, claim: &Claim) -> bool {
    let sentence = text
        .sentence_at(claim.range.start)
        .map(|at| text.sentences[at].clone());
    sentence.is_some_and(|sentence| text.has(Class::Corrects, sentence))
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
