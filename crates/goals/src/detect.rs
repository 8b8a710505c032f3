//! The goals of a whole note: what single passages state, seen together (rules P7, D3 to D7, G10, G11).

use std::collections::HashSet;

use syntax::Task;

use crate::claim::Claim;
use crate::lexicon::Class;
use crate::outcome::{self, Setting};
use crate::outline::{Form, Passage};
use crate::scope::{self, Found};
use crate::target;
use crate::text::Text;
use crate::voice::Side;
use crate::zone::Zone;

/// The goals of a note, each once, in the order of their first statement. `year`: that of the note (P8).
pub(crate) fn goals(passages: &[Passage], year: i32) -> Vec<Found> {
    let outcomes = outcomes(passages, year);
    let mut goals: Vec<Found> = Vec::new();
    for (index, claims) in outcomes.iter().enumerate() {
        for claim in claims {
            let found = found(passages, index, claim);
            let superseding = supersedes(&passages[index].piece.text, claim);
            match goals.iter().position(|goal| {
                same_goal(goal, &found) || superseding && same_metric(goal, &found)
            }) {
                Some(known) if superseding && !same_goal(&goals[known], &found) => {
                    goals[known] = found
                }
                Some(known) => restate(&mut goals[known], found, passages),
                // "actually 6M now" corrects a goal; alone it is a fact.
                None if claim.reason.rule == "D7" => {}
                None => goals.push(found),
            }
        }
    }
    goals
}

/// What each passage states.
fn outcomes(passages: &[Passage], year: i32) -> Vec<Vec<Claim>> {
    let asked = asked_targets(passages);
    let covered = covered_boxes(passages);
    let slogans = slogans(passages);
    let ended = ended_rows(passages);
    let mut out: Vec<Vec<Claim>> = Vec::with_capacity(passages.len());
    for (index, passage) in passages.iter().enumerate() {
        let measures = objective_of(passages, index);
        let nested = ancestors(passages, index).chain(measures).any(|above| {
            out.get(above)
                .is_some_and(|claims: &Vec<Claim>| !claims.is_empty())
        });
        let past = matches!(passage.form, Form::Cell { row, .. } if ended.contains(&row));
        let claims = if slogans[index] || past {
            Vec::new()
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
        out.push(claims);
    }
    out
}

struct Seen {
    asked: bool,
    covered: bool,
    nested: bool,
    year: i32,
}

fn stated(passage: &Passage, seen: Seen) -> Vec<Claim> {
    let piece = &passage.piece;
    let done = matches!(passage.task, Some(Task::Done | Task::Cancelled)) && !seen.covered;
    let task = passage.task == Some(Task::Open) && !passage.zone.is_goals();
    let title = passage.form == Form::Heading && (passage.labelled || !passage.zone.is_goals());
    let group = passage.form == Form::Item
        && piece.opens.is_some()
        && piece.text.plain.trim_end().ends_with(':');
    if done || task || title || group || piece.is_empty() {
        return Vec::new();
    }
    let setting = Setting {
        zone: passage.zone,
        side: passage.side,
        quoted: passage.quoted,
        asked_target: seen.asked,
        heading_zone: !passage.labelled,
        item: passage.form != Form::Line || piece.text.tokens.len() < 25,
        nested: seen.nested && !passage.labelled,
        labelled_line: passage.labelled,
        year: seen.year,
    };
    outcome::outcomes(&piece.text, passage.lead(), setting)
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
    passages
        .iter()
        .map(|passage| {
            labelled(passage)
                && passages
                    .iter()
                    .filter(|other| other.list == passage.list && labelled(other))
                    .count()
                    >= 2
        })
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
    let plain = text.plain.trim_start().to_lowercase();
    plain.starts_with("kr") && !plain[2..].starts_with(char::is_alphabetic)
        || plain.starts_with("key result")
}

fn is_objective(text: &Text) -> bool {
    let plain = text.plain.trim_start();
    let rest = plain
        .strip_prefix(['O', 'o'])
        .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    rest.is_some_and(|rest| rest.starts_with([':', ' ', '-', '–']))
        || plain.to_lowercase().starts_with("objective")
}

/// P7: a rep's summary ("so your goal is …") that the next prospect turn confirms holds the goal.
fn confirmed_summary(passages: &[Passage], index: usize, year: i32) -> Vec<Claim> {
    let passage = &passages[index];
    let text = &passage.piece.text;
    let all = 0..text.tokens.len();
    if !text.has(Class::Summary, all) {
        return Vec::new();
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
        return Vec::new();
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
    outcome::summarised(text, passage.lead(), setting)
}

fn found(passages: &[Passage], index: usize, claim: &Claim) -> Found {
    let text = &passages[index].piece.text;
    let plain = &text.plain[claim.range.clone()];
    let amounts = text
        .quantities_in(text.tokens_in(claim.range.clone()))
        .map(|quantity| {
            text.plain[quantity.range.clone()]
                .to_lowercase()
                .trim_matches(['%', '+', '~', '<', '>', ' '])
                .to_string()
        })
        .collect();
    let metric = target::read(plain)
        .and_then(|target| target.metric)
        .map(|metric| target::canonical_metric(&metric).into_owned());
    Found {
        passage: index,
        range: claim.range.clone(),
        reason: claim.reason,
        echoes: Vec::new(),
        names: scope::names(text, claim.range.clone()),
        amounts,
        metric,
    }
}

/// G11: the same metric and the same value, or the same words where there is no value.
fn same_goal(one: &Found, two: &Found) -> bool {
    if one.passage == two.passage {
        return false;
    }
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
    one.metric.is_some() && one.metric == two.metric
        || one.names.iter().any(|name| two.names.contains(name))
}

/// D7: words that correct an earlier statement.
fn supersedes(text: &Text, claim: &Claim) -> bool {
    let sentence = text
        .sentences
        .iter()
        .find(|sentence| text.bytes((*sentence).clone()).contains(&claim.range.start))
        .cloned();
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
