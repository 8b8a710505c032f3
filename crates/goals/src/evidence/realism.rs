//! Realism (rules Q7, T4, T6): values at a past or present time, records, beliefs, plans.

use std::ops::Range;

use super::{Context, Label, Speaker};
use crate::Vagueness;
use crate::lexicon::Class;
use crate::substance::Substance;
use crate::target::Unit;
use crate::text::Text;
use crate::token::TokenKind;

/// Nothing that looks like an answer, where one should stand.
pub(super) const NO_VALUE: &str = "no value";

/// How it stands now, without a number.
pub(super) const STATUS: &str = "present status";

/// A value that names no time.
pub(super) const BARE: &str = "a value";

/// Text that answers "compared with what?": something stands there, so it is at least vague.
pub(super) fn labelled(text: &Text, tokens: Range<usize>, plan: bool) -> Substance {
    let has = |class| text.has(class, tokens.clone());
    if has(Class::AgainstRealism) {
        return Substance::against("they say that it cannot be reached");
    }
    let number = amount(text, tokens.clone(), &[]);
    if number && has(Class::Belief) && !timed(text, tokens.clone()) && !has(Class::Metric) {
        return Substance::vague("Q7", "a belief alone", Vagueness::BeliefOrPlan);
    }
    if number && (!plan || timed(text, tokens.clone())) {
        return Substance::answered("Q7", "a value under a label");
    }
    if has(Class::Dodging) || has(Class::Unmeasured) {
        return Substance::vague("Q7", "no value is known", Vagueness::Dodge);
    }
    let changed = tokens.len() <= 8 && has(Class::Changed);
    if !plan && (changed || has(Class::Trend) || has(Class::Status) || has(Class::Record)) {
        return Substance::answered("Q7", "present status");
    }
    if plan || has(Class::Planning) {
        return Substance::vague("Q7", "a plan alone", Vagueness::BeliefOrPlan);
    }
    if has(Class::Belief) || has(Class::Quality) || has(Class::GoodYear) {
        return Substance::vague("Q7", "a belief alone", Vagueness::BeliefOrPlan);
    }
    Substance::vague("Q7", NO_VALUE, Vagueness::BeliefOrPlan)
}

/// A clause that nothing announces.
pub(super) fn statement(
    text: &Text,
    tokens: Range<usize>,
    goals: &[Range<usize>],
    context: &Context,
) -> Option<Substance> {
    if tokens.is_empty() {
        return None;
    }
    let has = |class| text.has(class, tokens.clone());
    let belief = has(Class::Belief) && !has(Class::Quantity);
    if has(Class::Rank) || !belief && (has(Class::Deal) || has(Class::VendorWord)) {
        return None;
    }
    let result = tokens.len() <= 6 && RESULT.iter().any(|word| text.is(tokens.start, word));
    if result && amount(text, tokens.clone(), goals) {
        return Some(Substance::answered("Q7", "where it ended"));
    }
    if has(Class::PastTarget) && text.of(Class::Quantity, tokens.clone()).count() < 2 {
        return Some(Substance::vague(
            "Q7",
            "last year's target, without result",
            Vagueness::BeliefOrPlan,
        ));
    }
    if amount(text, tokens.clone(), goals) {
        return value(text, tokens, goals, context);
    }
    if has(Class::AgainstRealism) {
        return Some(Substance::against("they say that it cannot be reached"));
    }
    if has(Class::Trend) {
        return Some(Substance::answered("Q7", "a trend"));
    }
    if has(Class::GoodYear) {
        return Some(Substance::vague(
            "Q7",
            "a good or bad year, without size",
            Vagueness::BeliefOrPlan,
        ));
    }
    if has(Class::Belief) && !wanted_apart(text, tokens.clone()) {
        return Some(Substance::vague(
            "Q7",
            "a belief alone",
            Vagueness::BeliefOrPlan,
        ));
    }
    if has(Class::Status) && !has(Class::Unmeasured) {
        return Some(Substance::answered("Q7", STATUS));
    }
    if has(Class::Unmeasured) && context.speaker != Speaker::Rep {
        return Some(Substance::vague(
            "Q7",
            "no value is known",
            Vagueness::Dodge,
        ));
    }
    let behind_goal =
        goals.iter().any(|goal| goal.end == tokens.start) && text.is(tokens.start, "by");
    if has(Class::Planning) && (context.contained || behind_goal) {
        return Some(Substance::vague(
            "Q7",
            "a plan alone",
            Vagueness::BeliefOrPlan,
        ));
    }
    None
}

/// Whether a wish is told in other words than the belief's own ("should be fine").
fn wanted_apart(text: &Text, tokens: Range<usize>) -> bool {
    text.of(Class::Want, tokens.clone()).any(|want| {
        !text
            .of(Class::Belief, tokens.clone())
            .any(|belief| belief.start <= want.start && want.end <= belief.end)
    })
}

/// A clause with an amount in it.
fn value(
    text: &Text,
    tokens: Range<usize>,
    goals: &[Range<usize>],
    context: &Context,
) -> Option<Substance> {
    let has = |class| text.has(class, tokens.clone());
    let amount = text
        .of(Class::Quantity, tokens.clone())
        .map(|hit| hit.start)
        .min();
    let before = tokens.start..amount.unwrap_or(tokens.end);
    let wanted = text.has(Class::Want, before)
        || has(Class::GoalIs)
        || has(Class::Modal)
        || text.is(tokens.start, "if");
    if has(Class::Record) && !has(Class::Want) {
        return Some(Substance::answered("Q7", "a record"));
    }
    let behind_goal = goals.iter().any(|goal| goal.end == tokens.start);
    if has(Class::Planning) && (context.contained || behind_goal) && !timed(text, tokens.clone()) {
        return Some(Substance::vague(
            "Q7",
            "a plan alone",
            Vagueness::BeliefOrPlan,
        ));
    }
    if !wanted && (timed(text, tokens.clone()) || has(Class::Usually)) {
        return Some(Substance::answered(
            "Q7",
            "a value at a past or present time",
        ));
    }
    if compared(text, tokens.clone()) {
        return Some(Substance::answered("Q7", "a value to compare with"));
    }
    if wanted {
        return None;
    }
    if has(Class::Forecast) && !has(Class::Want) {
        return Some(Substance::answered("Q7", "a forecast with a number"));
    }
    if has(Class::Belief) {
        return Some(Substance::vague(
            "Q7",
            "a belief alone",
            Vagueness::BeliefOrPlan,
        ));
    }
    let past = has(Class::Date)
        && tokens
            .clone()
            .any(|at| PAST.iter().any(|word| text.is(at, word)));
    if past {
        return Some(Substance::answered(
            "Q7",
            "a value at a past or present time",
        ));
    }
    measured(text, tokens, goals, context).then(|| Substance::answered("Q7", BARE))
}

/// Verbs that open a clause with a result: "landed at 8".
const RESULT: &[&str] = &["landed", "ended", "finished", "closed", "came"];

/// Verbs that tell of what was.
const PAST: &[&str] = &[
    "was", "were", "did", "had", "took", "came", "got", "ran", "sat", "stood", "lost", "drew",
    "made", "gave", "fell", "rose", "grew", "dropped", "ended", "finished", "closed", "hit",
    "reached", "accepted", "left", "sold", "shipped", "signed", "opened", "hired",
];

/// Whether a clause without a time measures something: a metric with its value, or "it is 12", "we're at 41".
fn measured(text: &Text, tokens: Range<usize>, goals: &[Range<usize>], context: &Context) -> bool {
    const BE: &[&str] = &[
        "is", "are", "was", "were", "at", "did", "takes", "took", "take", "averages", "it's",
        "that's", "they're", "we're", "he's", "she's", "i'm", "does", "do", "makes", "stands",
        "sits", "runs", "got", "get",
    ];
    const SUBJECT: &[&str] = &[
        "it",
        "it's",
        "that",
        "that's",
        "this",
        "they",
        "they're",
        "we",
        "we're",
        "he",
        "he's",
        "she",
        "she's",
        "currently",
        "now",
        "about",
        "i",
        "i'm",
        "team",
        "at",
        "still",
        "only",
    ];
    let Some(amount) = text.of(Class::Quantity, tokens.clone()).find(|hit| {
        !goals
            .iter()
            .any(|goal| goal.start <= hit.start && hit.end <= goal.end)
    }) else {
        return false;
    };
    // "Denial rate 11.4%", "scrap was 3.7%", but not "1,300 customers".
    let metric = text
        .of(Class::Metric, tokens.clone())
        .any(|metric| metric.start < amount.start && amount.start <= metric.end + 8);
    if metric
        && (text.has(Class::StateVerb, tokens.clone())
            || amount.start <= tokens.start + 6 && !context.goal_zone)
    {
        return true;
    }
    // "Tyler said they are at 9": what is said counts.
    let said = text
        .of(
            Class::Said,
            tokens.start..(tokens.start + 4).min(amount.start),
        )
        .map(|hit| hit.end)
        .max();
    let tokens = said.unwrap_or(tokens.start)..tokens.end;
    let opening = tokens.start..(tokens.start + 4).min(amount.start);
    let subject = opening
        .clone()
        .take(2)
        .any(|at| SUBJECT.iter().any(|word| text.is(at, word)));
    let copula = opening
        .clone()
        .any(|at| BE.iter().any(|word| text.is(at, word)));
    if subject && copula && tokens.len() <= 10 {
        return true;
    }
    let words = &text.plain[text.bytes(amount.clone())];
    let share = words.ends_with('%') || words.contains(" in ") || words.contains(" of ");
    let percent = share
        && (text.has(Class::Metric, tokens.clone())
            || text.has(Class::StateVerb, tokens.clone())
            || tokens.len() <= 4 && amount.end == tokens.end && !context.goal_zone);
    let counted = !context.goal_zone
        && text.has(Class::Metric, amount.end..(amount.end + 5).min(tokens.end))
        && text
            .of(Class::Date, amount.end..tokens.end)
            .any(|date| text.is(date.start - 1, "in"));
    if counted {
        return true;
    }
    let bare = amount.start <= tokens.start + 1 && tokens.len() <= amount.len() + 3;
    let percent = percent
        || text.plain[text.bytes(amount.clone())].ends_with('%')
            && text.has(Class::StateVerb, tokens.start..amount.start);
    // A cell's number, or "40 new logos" below a goal, measures nothing that was; "93 in Q2" does.
    let dated = text.has(Class::Date, amount.end..tokens.end);
    let united = text
        .quantities_in(amount)
        .any(|quantity| quantity.unit != Unit::Count || quantity.noun.is_none() && dated);
    percent || (context.contained && united || context.label == Label::Realism) && bare
}

/// Whether a past or present time is named.
fn timed(text: &Text, tokens: Range<usize>) -> bool {
    text.has(Class::PastPeriod, tokens.clone()) || text.has(Class::NowWord, tokens)
}

/// "vs 8%", "up from 35", "instead of 5".
fn compared(text: &Text, tokens: Range<usize>) -> bool {
    let word = |at: usize| {
        ["vs", "versus", "against", "from", "than", "of"]
            .iter()
            .any(|word| text.is(at, word))
    };
    tokens.clone().any(|at| {
        word(at)
            && text.at(Class::Quantity, at + 1).is_some()
            && (!(text.is(at, "of") || text.is(at, "from") || text.is(at, "than"))
                || at > tokens.start
                    && ["instead", "up", "down", "coming", "came", "ahead"]
                        .iter()
                        .any(|word| text.is(at - 1, word)))
    })
}

/// An amount that is none of the goal's own.
fn amount(text: &Text, tokens: Range<usize>, goals: &[Range<usize>]) -> bool {
    let names = |at: usize| {
        [
            "number",
            "no",
            "point",
            "goal",
            "objective",
            "target",
            "for",
        ]
        .iter()
        .any(|word| text.is(at, word))
    };
    let name = |hit: &Range<usize>| {
        hit.start > tokens.start
            && hit.len() == 1
            && names(hit.start - 1)
            && text.plain[text.bytes(hit.clone())].len() == 1
    };
    // "8:40 this month": minutes and seconds.
    let clock = |at: usize| {
        text.tokens[at].kind == TokenKind::Number
            && text.is(at + 1, ":")
            && text.tokens.get(at + 2).is_some_and(|token| {
                token.kind == TokenKind::Number && token.end - token.start == 2
            })
    };
    let timed =
        text.has(Class::Usually, tokens.clone()) || text.has(Class::NowWord, tokens.clone());
    timed && tokens.clone().any(clock)
        || text.of(Class::Quantity, tokens.clone()).any(|hit| {
            !name(&hit)
                && !goals
                    .iter()
                    .any(|goal| goal.start <= hit.start && hit.end <= goal.end)
        })
}
