//! What is never a goal, or no longer one (rules G5, G6, P8): evidence, features, steps of a deal, what is past.

use std::ops::Range;

use super::Setting;
use super::whole::Nouns;
use crate::lexicon::Class;
use crate::target::Kind;
use crate::text::Text;
use crate::voice::Side;

/// G6: what is never a goal, by the whole sentence.
pub(super) fn vetoed(text: &Text, sentence: Range<usize>, setting: Setting) -> bool {
    let mut classes = vec![Class::Abandoned, Class::Shrug, Class::PastTarget];
    if setting.side == Side::Note && !setting.quoted {
        classes.push(Class::VendorGoal);
    }
    if !setting.zone.is_goals() {
        classes.push(Class::Hypothetical);
        classes.push(Class::Forecast);
    }
    classes
        .into_iter()
        .any(|class| text.has(class, sentence.clone()))
}

/// G5: an opening evidence word makes the clause evidence.
pub(super) fn evidence_first(text: &Text, part: &Range<usize>) -> bool {
    text.of(Class::EvidenceStart, part.clone())
        .any(|hit| hit.start == part.start)
        || text.at(Class::PastPeriod, part.start).is_some()
}

/// G5: where an opening evidence clause ends: at a comma followed by a subject and its cue.
pub(super) fn evidence_ends(text: &Text, sentence: &Range<usize>) -> usize {
    if !text
        .of(Class::EvidenceStart, sentence.clone())
        .any(|hit| hit.start == sentence.start)
    {
        return sentence.start;
    }
    // T1: a sentence-initial "So" leads to the goal.
    if text.is(sentence.start, "so") {
        return sentence.start;
    }
    let comma = sentence.clone().find(|&at| {
        let cue = text
            .of(Class::Want, at + 2..(at + 6).min(sentence.end))
            .next();
        text.mark(at) == Some(",") && cue.is_some()
    });
    comma.unwrap_or(sentence.end)
}

/// G6: a feature request, unless a number on a metric stands with it.
pub(super) fn is_feature(text: &Text, span: Range<usize>, verb_first: bool) -> bool {
    let nouns = Nouns::of(text, span.clone());
    let dated = text.has(Class::Date, span.clone());
    let better = text.at(Class::Comparative, span.start).is_some();
    !better
        && text.has(Class::Feature, span)
        && !(nouns.metric && nouns.amounts > 0)
        && !(verb_first && (nouns.amounts > 0 || dated))
}

/// G6: a buying step.
pub(super) fn is_buying(text: &Text, span: Range<usize>) -> bool {
    let nouns = Nouns::of(text, span.clone());
    text.of(Class::Buying, span.clone())
        .any(|hit| hit.start <= span.start + 3)
        && !(nouns.metric && nouns.amounts > 0)
}

/// G6: a criterion of the deal.
pub(super) fn is_deal(text: &Text, span: Range<usize>) -> bool {
    text.has(Class::Deal, span.clone()) && text.at(Class::ChangeVerb, span.start).is_none()
}

/// P8: a year before the note's is past.
pub(super) fn is_past_year(text: &Text, span: Range<usize>, year: i32) -> bool {
    text.values_in(span)
        .filter(|quantity| quantity.kind == Kind::Period)
        .any(|quantity| {
            (1990.0..2100.0).contains(&quantity.value) && (quantity.value as i32) < year
        })
}
