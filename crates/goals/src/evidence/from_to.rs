//! Where a goal's own words start from: "from 8% to 5%", "weekly -> daily". Reads no sentence around it.

use std::ops::Range;

use crate::lexicon::Class;
use crate::text::Text;
use crate::token::TokenKind;

/// "from 8% to 5%", "8 -> 5", "4 tools into 1", "weekly -> daily" within a goal: the words of where it starts from.
pub(super) fn from_to(text: &Text, goal: Range<usize>) -> Option<Range<usize>> {
    const OFTEN: &[&str] = &[
        "daily",
        "weekly",
        "biweekly",
        "monthly",
        "quarterly",
        "yearly",
        "annual",
        "annually",
        "manual",
        "paper",
    ];
    let starts = |at: usize| {
        text.at(Class::Quantity, at)
            .map(|hit| hit.end)
            .or_else(|| (text.tokens[at].kind == TokenKind::Number).then_some(at + 1))
            .or_else(|| OFTEN.iter().any(|word| text.is(at, word)).then_some(at + 1))
    };
    let ends = |at: usize| {
        at < goal.end
            && (starts(at).is_some()
                || text.is(at, "one")
                || text.is(at, "single")
                || text.is(at, "~")
                || text.is(at, "<")
                || text.is(at, "under")
                || text.is(at, "zero")
                || text.is(at, "less")
                || text.is(at, "below")
                || text.is(at, "$")
                || text.is(at, "€")
                || text.is(at, "£"))
    };
    let mut at = goal.start;
    while at < goal.end {
        let Some(end) = starts(at) else {
            at += 1;
            continue;
        };
        for joint in end..goal.end.min(end + 5) {
            if text
                .mark(joint)
                .is_some_and(|mark| matches!(mark, "," | ";"))
                || text.is(joint, "and")
            {
                break;
            }
            let joins = text.mark(joint) == Some("->")
                || text.is(joint, "into")
                || text.is(joint, "to")
                    && (joint == end || text.is(at.wrapping_sub(1), "from") || joint <= end + 1);
            if joins && (joint + 1..joint + 3).any(ends) {
                let from = at
                    .checked_sub(1)
                    .filter(|&before| before >= goal.start && text.is(before, "from"));
                return Some(from.unwrap_or(at)..end);
            }
        }
        at = end;
    }
    None
}
