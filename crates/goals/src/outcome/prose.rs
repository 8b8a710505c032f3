//! Free prose (rule G3): an outcome needs a cue there, a wish or a goal noun, that is the prospect's own.

use std::ops::Range;

use super::cue::{behind_cue, cues, negation, owned};
use super::veto::{evidence_ends, is_buying, is_deal, is_feature, is_past_year, vetoed};
use super::whole::{Nouns, is_outcome};
use super::{Setting, push};
use crate::Reason;
use crate::claim::Claim;
use crate::lexicon::Class;
use crate::span;
use crate::text::Text;

/// G3: free prose needs an outcome and a cue.
pub(super) fn prose_outcomes(
    text: &Text,
    sentence: Range<usize>,
    setting: Setting,
    strict: bool,
    out: &mut Vec<Claim>,
) {
    if vetoed(text, sentence.clone(), setting) {
        return;
    }
    let mut done = sentence.start;
    let open = evidence_ends(text, &sentence);
    for cue in cues(text, sentence.clone()) {
        if cue.start < done || cue.start < open || !owned(text, &sentence, &cue, setting) {
            continue;
        }
        let start = span::skip_lead(text, behind_cue(text, &cue)..sentence.end);
        let end = span::end(text, start..sentence.end);
        let strong = text.at(Class::GoalIs, cue.start).is_some();
        if start >= end || strict && strong {
            continue;
        }
        let span = start..end;
        let asks = ["ask", "find", "check", "call", "send", "email", "confirm"]
            .iter()
            .any(|word| text.is(start, word));
        let unfit = asks
            || text.at(Class::TaskVerb, start).is_some() && !Nouns::of(text, span.clone()).metric
            || is_past_year(text, span.clone(), setting.year)
            || strong && is_participle(text, start)
            || needs_verb(text, &cue) && !starts_with_verb(text, behind_cue(text, &cue))
            || is_bare(text, &span)
                && !(setting.asked_target
                    || strong && Nouns::of(text, sentence.clone()).metric
                    || metric_before(text, sentence.start));
        if unfit {
            continue;
        }
        if is_buying(text, span.clone()) && !strong
            || is_deal(text, span.clone())
            || is_feature(
                text,
                span.clone(),
                text.at(Class::ChangeVerb, start).is_some(),
            )
        {
            continue;
        }
        let subject = span::clause_start(text, sentence.start, cue.start)..cue.start;
        let measured = Nouns::of(text, subject.clone()).metric
            && text
                .of(Class::Metric, subject.clone())
                .any(|hit| hit.end == cue.start);
        let moves =
            Nouns::of(text, span.clone()).amounts > 0 || text.has(Class::Comparative, span.clone());
        let whole = is_outcome(text, span.clone(), strong) || measured && moves;
        if !whole {
            continue;
        }
        let span = if measured && moves && !Nouns::of(text, span.clone()).metric {
            span::skip_lead(text, subject)..end
        } else {
            span
        };
        let span = match negation(text, &sentence, &cue) {
            Some(start) => start..span.end,
            None => span,
        };
        let span = if text.is(cue.start, "quota") || text.is(cue.start, "aop") {
            cue.start..span.end
        } else {
            span
        };
        done = end;
        for span in span::conjuncts(text, span, |part| is_outcome(text, part, true)) {
            let why = kind(text, span.clone(), strong);
            push(text, span, Reason { rule: "G3", why }, out);
        }
        resumed(text, done..sentence.end, out);
    }
}

/// "The plan is made at four": no goal noun with its value.
fn is_participle(text: &Text, at: usize) -> bool {
    let word = text.plain[text.tokens[at].range()].to_ascii_lowercase();
    word.len() > 4 && word.ends_with("ed")
        || matches!(
            word.as_str(),
            "made"
                | "done"
                | "written"
                | "still"
                | "not"
                | "there"
                | "ready"
                | "wrong"
                | "from"
                | "based"
        )
}

/// A cue that ends in "to" wants a verb behind it: not "promised it to his dealers".
fn needs_verb(text: &Text, cue: &Range<usize>) -> bool {
    text.is(cue.end - 1, "to") && text.at(Class::GoalIs, cue.start).is_none()
}

fn starts_with_verb(text: &Text, at: usize) -> bool {
    [Class::AnyVerb, Class::ClauseVerb]
        .into_iter()
        .any(|class| text.at(class, at).is_some())
        || !text.plain[text.tokens[at].range()].ends_with('s')
            && text.at(Class::Quantity, at).is_none()
            && text.at(Class::Metric, at).is_none()
            && !["his", "her", "the", "their", "our", "a"]
                .iter()
                .any(|word| text.is(at, word))
}

/// A number without unit or noun: "4".
fn is_bare(text: &Text, span: &Range<usize>) -> bool {
    let start = span.start;
    text.at(Class::Quantity, start)
        .is_some_and(|hit| hit.end == span.end)
        && text
            .quantities_in(span.clone())
            .next()
            .is_some_and(|quantity| {
                quantity.unit == crate::target::Unit::Count && quantity.value < 1000.0
            })
}

/// Whether the sentence before names a metric with a value.
fn metric_before(text: &Text, start: usize) -> bool {
    let behind = (text.sentences).partition_point(|sentence| sentence.end <= start);
    (behind.checked_sub(1))
        .map(|before| &text.sentences[before])
        .is_some_and(|before| {
            let nouns = Nouns::of(text, before.clone());
            nouns.metric && nouns.amounts > 0
        })
}

/// "grow 20% so they can open Lyon, and cut churn": the wish goes on behind the reason.
fn resumed(text: &Text, rest: Range<usize>, out: &mut Vec<Claim>) {
    let Some(at) = rest.clone().find(|&at| {
        text.mark(at) == Some(",")
            && text.is(at + 1, "and")
            && text.at(Class::StrongChange, at + 2).is_some()
    }) else {
        return;
    };
    let end = span::end(text, at + 2..rest.end);
    if is_outcome(text, at + 2..end, true) {
        push(
            text,
            at + 2..end,
            Reason {
                rule: "G3",
                why: "a further change behind the same wish",
            },
            out,
        );
    }
}

/// What made it an outcome, for the explanation.
fn kind(text: &Text, span: Range<usize>, strong: bool) -> &'static str {
    let nouns = Nouns::of(text, span.clone());
    let verb = [Class::ChangeVerb, Class::AttainVerb]
        .into_iter()
        .any(|class| text.at(class, span.start).is_some());
    match (strong, nouns.metric, nouns.amounts > 0, verb) {
        (true, true, true, _) => "a metric with a value behind a goal noun",
        (true, _, true, _) => "a value behind a goal noun",
        (true, ..) => "an outcome behind a goal noun",
        (_, true, true, _) => "a metric with a value behind a wish",
        (_, _, true, true) => "a change with a value behind a wish",
        (_, true, _, true) => "a change of a metric behind a wish",
        (_, _, true, _) => "a value behind a wish",
        _ => "a change behind a wish",
    }
}
