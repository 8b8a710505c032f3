//! Realism (rules Q7, T4, T6): values at a past or present time, records, beliefs, plans.

use std::ops::Range;

use super::{Context, Label, Speaker};
use crate::lexicon::Class;
use crate::substance::Substance;
use crate::text::Text;
use crate::{State, Vagueness};

/// Text that answers "compared with what?": something stands there, so it is at least vague.
pub(super) fn labelled(text: &Text, tokens: Range<usize>, plan: bool) -> Substance {
    let has = |class| text.has(class, tokens.clone());
    if has(Class::AgainstRealism) {
        return Substance::against("they say that it cannot be reached");
    }
    let number = amount(text, tokens.clone(), &[]);
    if number && !(plan && !timed(text, tokens.clone())) {
        return Substance::answered("Q7", "a value under a label");
    }
    if has(Class::Dodging) {
        return Substance::vague("Q7", "no value is known", Vagueness::Dodge);
    }
    if !plan && (has(Class::Trend) || has(Class::Status) || has(Class::Record)) {
        return Substance::answered("Q7", "present status");
    }
    if plan || has(Class::Planning) {
        return Substance::vague("Q7", "a plan alone", Vagueness::BeliefOrPlan);
    }
    Substance::vague("Q7", "no value", Vagueness::BeliefOrPlan)
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
    if has(Class::Deal) || has(Class::VendorWord) {
        return None;
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
    if has(Class::Belief) && !has(Class::Want) {
        return Some(Substance::vague(
            "Q7",
            "a belief alone",
            Vagueness::BeliefOrPlan,
        ));
    }
    if has(Class::Status) && (context.contained || has(Class::NowWord)) {
        return Some(Substance::answered("Q7", "present status"));
    }
    if has(Class::Dodging) && context.speaker != Speaker::Rep {
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

/// A clause with an amount in it.
fn value(
    text: &Text,
    tokens: Range<usize>,
    goals: &[Range<usize>],
    context: &Context,
) -> Option<Substance> {
    let has = |class| text.has(class, tokens.clone());
    let wanted =
        has(Class::Want) || has(Class::GoalIs) || has(Class::Modal) || text.is(tokens.start, "if");
    if has(Class::Record) {
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
    if !wanted && (has(Class::PastPeriod) || has(Class::NowWord)) {
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
    if has(Class::Belief) {
        return Some(Substance::answered("Q7", "a belief with a fact"));
    }
    let short = tokens.len() <= 9;
    let states = has(Class::StateVerb);
    if states && (has(Class::Metric) || short || context.contained) {
        return Some(Substance::answered("Q7", "a value"));
    }
    let bare = has(Class::Metric) && !context.goal_zone || context.contained && tokens.len() <= 6;
    (bare && context.label != Label::Cost).then(|| Substance::answered("Q7", "a value"))
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
    text.of(Class::Quantity, tokens).any(|hit| {
        !goals
            .iter()
            .any(|goal| goal.start <= hit.start && hit.end <= goal.end)
    })
}

/// "from 8% to 5%", "8 -> 5", "4 tools into 1" within a goal: the words of where it starts from.
pub(super) fn from_to(text: &Text, goal: Range<usize>) -> Option<Range<usize>> {
    let mut amounts: Vec<Range<usize>> = text.of(Class::Quantity, goal.clone()).collect();
    amounts.dedup_by(|later, earlier| later.start < earlier.end);
    amounts.windows(2).find_map(|pair| {
        let between = pair[0].end..pair[1].start;
        let joined = between
            .clone()
            .any(|at| text.mark(at) == Some("->") || text.is(at, "to") || text.is(at, "into"));
        let clause = !between
            .clone()
            .any(|at| matches!(text.mark(at), Some("," | ";")) || text.is(at, "and"));
        if !(joined && clause && between.len() <= 4) {
            return None;
        }
        let from = pair[0]
            .start
            .checked_sub(1)
            .filter(|&at| goal.contains(&at) && text.is(at, "from"));
        Some(from.unwrap_or(pair[0].start)..pair[0].end)
    })
}

impl Substance {
    #[allow(dead_code, reason = "read by the measure")]
    pub(super) fn is_answered(&self) -> bool {
        self.state == State::Answered
    }
}
