//! The goals of prose that no cue announces: a change with a deadline (G3), a correction (D7), the answer to a
//! question about targets (D3). Each asks for a value.

use std::ops::Range;

use super::push;
use super::veto::{evidence_first, is_deal};
use super::whole::{Nouns, changes};
use crate::Reason;
use crate::claim::Claim;
use crate::lexicon::Class;
use crate::span;
use crate::text::Text;

/// G3, the one verbless exception: a change with a value and a deadline.
pub(super) fn verbless(text: &Text, sentence: Range<usize>, out: &mut Vec<Claim>) {
    let end = span::end(text, span::skip_lead(text, sentence.clone())..sentence.end);
    let verb = text.has(Class::ClauseVerb, sentence.clone())
        && !text.has(Class::GoalNoun, end..sentence.end);
    if evidence_first(text, &sentence)
        || sentence.len() > 16
        || verb
        || text.has(Class::PastPeriod, sentence.clone())
        || text.has(Class::NowWord, sentence.clone())
    {
        return;
    }
    let start = span::skip_lead(text, sentence.clone());
    let end = span::end(text, start..sentence.end);
    let span = start..end.max(start);
    let nouns = Nouns::of(text, span.clone());
    let told = [
        "grew", "fell", "rose", "dropped", "climbed", "slipped", "went", "reached", "landed",
        "came", "ended", "made", "got", "was", "were", "doubled", "halved",
    ];
    if told
        .iter()
        .any(|word| sentence.clone().any(|at| text.is(at, word)))
    {
        return;
    }
    if ["i", "we", "our", "my", "i'd", "we'd", "should"]
        .iter()
        .any(|word| text.is(sentence.start, word))
    {
        return;
    }
    let future = text.of(Class::Date, span.clone()).next().is_some();
    if nouns.metric
        && nouns.amounts > 0
        && future
        && changes(text, span.clone())
        && !is_deal(text, span.clone())
    {
        push(
            text,
            span,
            Reason {
                rule: "G3",
                why: "change with a value and a deadline",
            },
            out,
        );
    }
}

/// D7: "actually 6M ARR now" states a goal anew, where one of that metric stands before it.
pub(super) fn corrected(text: &Text, sentence: Range<usize>, out: &mut Vec<Claim>) {
    let corrects = text
        .of(Class::Corrects, sentence.clone())
        .any(|hit| hit.start == sentence.start);
    if !corrects
        || out
            .last()
            .is_some_and(|last| last.range.start >= text.bytes(sentence.clone()).start)
    {
        return;
    }
    let start = span::skip_lead(text, sentence.start + 1..sentence.end);
    let end = span::end(text, start..sentence.end);
    let nouns = Nouns::of(text, start..end.max(start));
    if start < end && nouns.metric && nouns.amounts > 0 {
        push(
            text,
            start..end,
            Reason {
                rule: "D7",
                why: "a correction",
            },
            out,
        );
    }
}

/// D3: the answer to a question about targets is a goal without any cue of its own.
pub(super) fn answered_target(text: &Text, sentence: Range<usize>, out: &mut Vec<Claim>) {
    let start = span::skip_lead(text, sentence.clone());
    let end = span::end(text, start..sentence.end);
    if start < end
        && Nouns::of(text, start..end).amounts > 0
        && !evidence_first(text, &(start..end))
        && !text.has(Class::PastPeriod, start..end)
        && !is_deal(text, start..end)
    {
        push(
            text,
            start..end,
            Reason {
                rule: "D3",
                why: "answer to a question about targets",
            },
            out,
        );
    }
}
