//! Whether words name an outcome at all (rule G2): something that changes, and a measure of it.

use std::ops::Range;

use crate::lexicon::Class;
use crate::text::Text;

pub(super) struct Nouns {
    pub(super) metric: bool,
    pub(super) amounts: usize,
}

impl Nouns {
    pub(super) fn of(text: &Text, span: Range<usize>) -> Nouns {
        Nouns {
            metric: text.has(Class::Metric, span.clone()),
            amounts: text.quantities_in(span).count(),
        }
    }
}

/// G2: an outcome. `strong`: the cue is a goal noun or the zone, so a bare value is a target.
pub(crate) fn is_outcome(text: &Text, span: Range<usize>, strong: bool) -> bool {
    let nouns = Nouns::of(text, span.clone());
    let first = |class: Class| text.at(class, span.start).is_some();
    let dated = text.has(Class::Date, span.clone());
    let rate = text.has(Class::PerPeriod, span.clone());
    if first(Class::ChangeVerb) && (nouns.metric || nouns.amounts > 0) {
        return true;
    }
    if first(Class::AttainVerb) && (nouns.amounts > 0 || nouns.metric && dated) {
        return true;
    }
    if first(Class::StrongChange) && span.len() >= 2 && !is_pronoun(text, span.start + 1) {
        return true;
    }
    if first(Class::OrganisationVerb)
        && span.len() >= 2
        && (nouns.amounts > 0
            || nouns.metric
            || dated
            || text.has(Class::OrganisationNoun, span.clone())
            || names_something(text, span.start + 1..span.end))
    {
        return true;
    }
    if text.at(Class::Comparative, span.start).is_some()
        && [
            "fewer", "less", "more", "no", "zero", "better", "faster", "lower", "higher", "shorter",
        ]
        .iter()
        .any(|word| text.is(span.start, word))
        && nouns.metric
    {
        return true;
    }
    let better = text.has(Class::Comparative, span.clone());
    let valued = nouns.amounts > 0;
    valued && (nouns.metric || rate || strong || dated || better && span.len() > 1)
        || nouns.metric && (better || strong && dated)
}

/// From-to, arrow, bound, or a direction word before a value.
pub(super) fn changes(text: &Text, span: Range<usize>) -> bool {
    let arrow = span.clone().any(|at| text.mark(at) == Some("->"));
    let amounts = Nouns::of(text, span.clone()).amounts;
    arrow && amounts >= 1
        || text.has(Class::ChangeVerb, span.clone())
        || amounts > 0
            && (text.has(Class::Bound, span.clone())
                || text.has(Class::Comparative, span.clone())
                || span
                    .clone()
                    .any(|at| text.is(at, "+") || text.is(at, "growth")))
}

fn is_pronoun(text: &Text, at: usize) -> bool {
    [
        "it",
        "this",
        "that",
        "them",
        "these",
        "those",
        "things",
        "something",
    ]
    .iter()
    .any(|word| text.is(at, word))
}

/// A name: a capital letter inside the sentence ("in DACH", "enter Mexico").
fn names_something(text: &Text, tokens: Range<usize>) -> bool {
    tokens.into_iter().any(|at| {
        text.plain[text.tokens[at].range()].starts_with(char::is_uppercase) && !text.is(at, "i")
    })
}
