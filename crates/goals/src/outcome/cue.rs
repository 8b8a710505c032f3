//! The words that announce a goal in prose, and whose wish they tell (rules P6, G6, G7).

use std::ops::Range;

use super::Setting;
use super::whole::Nouns;
use crate::lexicon::Class;
use crate::span;
use crate::text::Text;
use crate::voice::Side;

/// Cues by start; of overlapping ones the longest.
pub(super) fn cues(text: &Text, within: Range<usize>) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = [Class::Want, Class::GoalIs]
        .into_iter()
        .flat_map(|class| text.of(class, within.clone()))
        .collect();
    all.sort_by_key(|cue| (cue.start, std::cmp::Reverse(cue.end)));
    let mut out: Vec<Range<usize>> = Vec::new();
    for cue in all {
        match out.last_mut() {
            Some(last) if cue.start < last.end => last.end = last.end.max(cue.end),
            // "looking to be", "want to hit": a cue right behind a cue.
            Some(last) if cue.start == last.end => last.end = cue.end,
            _ => out.push(cue),
        }
    }
    out
}

/// "should come down to 5": the verb belongs to the outcome, not to the cue.
pub(super) fn behind_cue(text: &Text, cue: &Range<usize>) -> usize {
    const VERBS: &[&str] = &[
        "be", "come", "go", "get", "fall", "drop", "rise", "reach", "hit",
    ];
    let verb = cue.len() > 1 && VERBS.iter().any(|word| text.is(cue.end - 1, word));
    if verb { cue.end - 1 } else { cue.end }
}

/// P6 and G6: whether the wish behind a cue is the prospect's.
pub(super) fn owned(
    text: &Text,
    sentence: &Range<usize>,
    cue: &Range<usize>,
    setting: Setting,
) -> bool {
    let clause = span::clause_start(text, sentence.start, cue.start)..cue.start;
    let upto = clause.start..cue.end;
    if negation(text, sentence, cue).is_some() {
        // "They don't want churn above 5%" is a goal (G7).
        return text.has(Class::Bound, cue.end..sentence.end)
            && text.quantities_in(cue.end..sentence.end).next().is_some();
    }
    if text.has(Class::ThirdParty, upto.clone())
        || text.has(Class::Hypothetical, clause.clone())
        || text.has(Class::PastPeriod, clause.clone())
    {
        return false;
    }
    let why = clause.clone().any(|at| {
        text.is(at, "why")
            && !(at > sentence.start
                && (text.is(at - 1, "is") || text.is(at - 1, "that's") || text.is(at - 1, "also")))
    });
    if why
        || clause
            .clone()
            .any(|at| text.is(at, "if") || text.is(at, "whether"))
    {
        return false;
    }
    let near = |words: &[&str]| {
        clause
            .clone()
            .any(|at| words.iter().any(|word| text.is(at, word)))
    };
    if setting.side == Side::Note && !setting.quoted && !in_quotes(text, sentence.start, cue.start)
    {
        // The rep's own wishes; "we" and "our" are the prospect's where they speak of a metric (P6).
        if near(&["i", "i'd", "me", "my", "i'm", "i've", "mine"]) {
            return false;
        }
        if near(&["we", "our", "we'd", "we're", "us"])
            && !Nouns::of(text, cue.end..sentence.end).metric
        {
            return false;
        }
        if near(&["you"])
            && ["need", "must", "have", "has", "needs"]
                .iter()
                .any(|word| text.is(cue.start, word))
        {
            return false;
        }
    }
    if is_other_party(text, &clause, cue) {
        return false;
    }
    // "promised it to the lead investor": the goal stands elsewhere.
    if text.is(cue.end - 1, "to") && (cue.start + 1..cue.end).any(|at| text.is(at, "it")) {
        return false;
    }
    // "It must ring them up by itself": a requirement on the product.
    let product = clause.len() <= 2
        && clause
            .clone()
            .any(|at| text.is(at, "it") || text.is(at, "system") || text.is(at, "tool"));
    !product || Nouns::of(text, cue.end..sentence.end).metric
}

/// The token at which "don't want" begins, where the cue is negated.
pub(super) fn negation(text: &Text, sentence: &Range<usize>, cue: &Range<usize>) -> Option<usize> {
    text.of(Class::NegatedWish, sentence.clone())
        .find(|hit| hit.start < cue.end && hit.end > cue.start)
        .map(|hit| hit.start)
}

/// P6: a plural noun that names no part of the firm ("clinics want", "the insurers want") is a third party.
fn is_other_party(text: &Text, clause: &Range<usize>, cue: &Range<usize>) -> bool {
    let said = [
        "also", "really", "all", "both", "then", "now", "still", "actually",
    ];
    let head = clause
        .clone()
        .rev()
        .find(|&at| !said.iter().any(|word| text.is(at, word)));
    let Some(head) = head.filter(|_| {
        text.is(cue.start, "want")
            || text.is(cue.start, "would")
            || text.is(cue.start, "need")
            || text.is(cue.start, "like")
            || text.is(cue.start, "hope")
    }) else {
        return false;
    };
    let word = &text.plain[text.tokens[head].range()];
    let plural = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
    let common = word.starts_with(char::is_lowercase)
        || head == clause.start && text.tokens[head].word == crate::lexicon::Lexicon::UNKNOWN;
    let own = text.at(Class::They, head).is_some()
        || text.at(Class::Role, head).is_some()
        || [
            "partners",
            "owners",
            "founders",
            "managers",
            "directors",
            "sales",
            "ops",
            "operations",
            "logistics",
            "directors",
            "heads",
            "guys",
            "ladies",
            "brothers",
            "sisters",
            "folks",
            "trustees",
            "governors",
            "shareholders",
            "leaders",
            "brothers",
            "finance",
        ]
        .iter()
        .any(|own| word.eq_ignore_ascii_case(own));
    plural
        && common
        && !own
        && text.of(Class::Metric, clause.clone()).all(|hit| {
            hit.end <= head
                || [
                    "customers",
                    "clients",
                    "members",
                    "guests",
                    "patients",
                    "students",
                    "users",
                    "passengers",
                    "tenants",
                    "drivers",
                ]
                .contains(&word.to_lowercase().as_str())
        })
}

fn in_quotes(text: &Text, start: usize, at: usize) -> bool {
    (start..at)
        .filter(|&token| text.mark(token) == Some("\""))
        .count()
        % 2
        == 1
}
