//! Goals zones (rule G4): there an outcome alone is enough, and wide. Knows nothing of running prose.

use std::ops::Range;

use super::cue::{behind_cue, cues};
use super::veto::{evidence_first, is_buying, is_feature, vetoed};
use super::whole::{Nouns, changes, is_outcome};
use super::{Setting, push};
use crate::Reason;
use crate::claim::Claim;
use crate::lexicon::Class;
use crate::span;
use crate::text::Text;
use crate::zone::Zone;

/// G4: in a Goals zone an outcome alone is enough, and wide.
pub(super) fn zone_outcome(
    text: &Text,
    part: Range<usize>,
    setting: Setting,
    opening: bool,
    out: &mut Vec<Claim>,
) {
    let part = behind_constraint(text, part);
    if part.is_empty()
        || is_placeholder(text, &part)
        || evidence_first(text, &part)
        || text.at(Class::FactStart, part.start).is_some()
        || vetoed(text, part.clone(), setting)
    {
        return;
    }
    let cue = cues(text, part.clone()).into_iter().next();
    let mut start = cue.as_ref().map_or(part.start, |cue| behind_cue(text, cue));
    if cue.as_ref().is_some_and(|cue| cue.start > part.start + 8) && !opening {
        return;
    }
    start = span::skip_lead(text, start..part.end);
    let end = span::end(text, start..part.end);
    if start >= end {
        return;
    }
    let span = start..end;
    let nouns = Nouns::of(text, span.clone());
    let dated = text.has(Class::Date, span.clone());
    let lone = text
        .at(Class::Quantity, start)
        .is_some_and(|hit| hit.end == end)
        && !setting.labelled_line
        || text.is(start, "one") && nouns.amounts == 1 && !nouns.metric && !dated;
    let pronoun = cue.is_none()
        && [
            "they", "he", "she", "it", "we", "i", "you", "i'd", "we'd", "i'm", "we're", "that",
            "this", "these",
        ]
        .iter()
        .any(|word| text.is(part.start, word))
        && text.at(Class::ChangeVerb, part.start + 1).is_none();
    let task = text.at(Class::TaskVerb, start).is_some() && !nouns.metric;
    if lone && cue.is_none()
        || pronoun
        || task
        || text.has(Class::Deal, span.clone()) && !nouns.metric
        || text.is(start, "not")
    {
        return;
    }
    let verb_first = [
        Class::ChangeVerb,
        Class::AttainVerb,
        Class::OrganisationVerb,
        Class::AnyVerb,
    ]
    .into_iter()
    .any(|class| text.at(class, start).is_some());
    let comparative = compares(text, span.clone());
    let stated = states_a_fact(text, start..part.end, end);
    if cue.is_none()
        && (stated
            || text.has(Class::PastPeriod, span.clone())
            || text.at(Class::NowWord, start).is_some())
    {
        return;
    }
    let enough = match setting.zone {
        Zone::Metrics => {
            cue.is_some() || verb_first || dated && nouns.amounts > 0 || changes(text, span.clone())
        }
        _ if setting.nested && cue.is_none() => {
            verb_first
                && (nouns.amounts > 0 || nouns.metric)
                && !text.has(Class::PastPeriod, part.clone())
        }
        _ if opening => {
            cue.is_some() && is_outcome(text, span.clone(), true)
                || verb_first
                || nouns.amounts > 0
                || comparative
                || dated && text.verb(span.clone()).is_none()
        }
        _ => {
            cue.is_some() && is_outcome(text, span.clone(), true)
                || verb_first && (nouns.amounts > 0 || nouns.metric)
        }
    };
    let rolls_out = text.at(Class::OrganisationVerb, start).is_some() && span.len() > 2;
    if !enough
        || is_feature(text, span.clone(), verb_first)
        || is_buying(text, span.clone()) && !rolls_out
    {
        return;
    }
    let why = zone_kind(setting.zone, cue.is_some(), verb_first, &nouns, comparative);
    for span in span::conjuncts(text, span, |part| is_outcome(text, part, true)) {
        push(text, span, Reason { rule: "G4", why }, out);
    }
}

/// What made a line of a Goals zone an outcome, for the explanation.
fn zone_kind(zone: Zone, cue: bool, verb: bool, nouns: &Nouns, comparative: bool) -> &'static str {
    match (zone, cue, verb, nouns.metric, nouns.amounts > 0) {
        (Zone::Metrics, ..) => "a change in a Metrics zone",
        (_, true, ..) => "a wish in a Goals zone",
        (_, _, true, ..) => "a verb of achieving in a Goals zone",
        (_, _, _, true, true) => "a metric with a value in a Goals zone",
        (_, _, _, _, true) => "a value in a Goals zone",
        _ if comparative => "a comparative in a Goals zone",
        (_, _, _, true, _) => "a metric in a Goals zone",
        _ => "a deadline in a Goals zone",
    }
}

/// A comparative that is no part of a metric's name ("no-show rate").
fn compares(text: &Text, span: Range<usize>) -> bool {
    let in_metric = |at: usize| {
        text.of(Class::Metric, span.clone())
            .any(|metric| metric.contains(&at))
    };
    text.of(Class::Comparative, span.clone())
        .any(|hit| !in_metric(hit.start))
}

/// G5: "Without new heads, grow 20%" states a constraint before the goal.
fn behind_constraint(text: &Text, part: Range<usize>) -> Range<usize> {
    if !text.is(part.start, "without") {
        return part;
    }
    let comma = part.clone().find(|&at| text.mark(at) == Some(","));
    match comma.filter(|&at| text.at(Class::ChangeVerb, at + 1).is_some()) {
        Some(at) => at + 1..part.end,
        None => part,
    }
}

/// P1: prompt text of a template.
fn is_placeholder(text: &Text, part: &Range<usize>) -> bool {
    ["[", "{", "<", "_"]
        .iter()
        .any(|open| text.is(part.start, open))
        && text
            .quantities_in(part.start..(part.start + 2).min(part.end))
            .next()
            .is_none()
}

/// G4: "ARR is 8M" is a present fact, "20% growth is what they want" is not.
fn states_a_fact(text: &Text, part: Range<usize>, end: usize) -> bool {
    let verb = text
        .of(Class::ClauseVerb, part.clone())
        .find(|verb| verb.start >= end || verb.start > part.start);
    verb.is_some_and(|verb| {
        verb.start == end && text.quantities_in(part.start..end).next().is_none()
    })
}
