//! A statement that no connective ties to the goal: what its words say of importance and of the cost of inaction.

use std::ops::Range;

use super::{Context, Label};
use crate::lexicon::Class;
use crate::substance::{Substance, kind_of_vague, substance};
use crate::text::Text;
use crate::{Qualifier, State, Vagueness};

/// What a statement says of importance, and of the cost of inaction.
pub(super) fn read(
    text: &Text,
    tokens: Range<usize>,
    goals: &[Range<usize>],
    context: &Context,
) -> [Option<(Qualifier, Substance)>; 2] {
    if text.has(Class::VendorWord, tokens.clone()) {
        return [None, None];
    }
    [
        importance(text, tokens.clone(), goals, context)
            .map(|found| (Qualifier::Importance, found)),
        cost(text, tokens, goals, context).map(|found| (Qualifier::CostOfInaction, found)),
    ]
}

fn importance(
    text: &Text,
    tokens: Range<usize>,
    goals: &[Range<usize>],
    context: &Context,
) -> Option<Substance> {
    let has = |class| text.has(class, tokens.clone());
    if has(Class::AgainstImportance) {
        return Some(Substance::against("a denial with content"));
    }
    if has(Class::Commit) {
        return Some(Substance::answered("Q5", "a commitment"));
    }
    if has(Class::Rank) {
        return Some(Substance::answered("Q5", "a rank with list or owner"));
    }
    let product = has(Class::Feature) || has(Class::Buying) || has(Class::Deal);
    let tied = text
        .of(Class::Tie, tokens.clone())
        .any(|hit| hit.start == tokens.start || text.at(Class::Negation, hit.start - 1).is_none());
    if tied || has(Class::Stake) || !product && demanded(text, tokens.clone()) {
        let found = substance(text, tokens.clone(), Qualifier::Importance, goals);
        if found.state == State::Answered {
            return Some(found);
        }
    }
    if has(Class::Matters) || has(Class::Attention) && !product {
        let from = text
            .of(Class::Matters, tokens.clone())
            .map(|hit| hit.end)
            .max()
            .unwrap_or(tokens.start);
        let mut found = substance(text, from..tokens.end, Qualifier::Importance, goals);
        if found.state == State::Vague {
            found = kind_of_vague(text, tokens.clone());
        }
        if found.state == State::Answered && !has(Class::Matters) && !context.contained {
            return Some(Substance::vague(
                "Q5",
                "wanted, without why",
                Vagueness::Desire,
            ));
        }
        return Some(found);
    }
    None
}

/// Someone with power, and what they ask for or do.
fn demanded(text: &Text, tokens: Range<usize>) -> bool {
    text.of(Class::Outsider, tokens.clone())
        .any(|power| text.has(Class::Demand, power.end..(power.end + 5).min(tokens.end)))
}

fn cost(
    text: &Text,
    tokens: Range<usize>,
    goals: &[Range<usize>],
    context: &Context,
) -> Option<Substance> {
    let has = |class| text.has(class, tokens.clone());
    if has(Class::Loss) && !has(Class::Deal) {
        return Some(Substance::answered("Q6", "a running loss"));
    }
    if has(Class::OldWays) {
        return Some(Substance::against("they carry on as before"));
    }
    if has(Class::Harm) && !has(Class::Want) && (context.contained || context.label != Label::None)
    {
        return Some(substance(text, tokens, Qualifier::CostOfInaction, goals))
            .filter(|found| found.state == State::Answered);
    }
    None
}

/// Whether a reason is nothing but a metric's value ("because they only did 3%"): Q5.
pub(super) fn is_bare_value(text: &Text, tokens: Range<usize>) -> bool {
    ![
        Class::Loss,
        Class::Commit,
        Class::Tie,
        Class::Stake,
        Class::Power,
        Class::Event,
    ]
    .iter()
    .any(|&class| text.has(class, tokens.clone()))
        && tokens.len() <= 10
}
