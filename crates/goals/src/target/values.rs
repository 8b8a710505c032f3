//! Which of a goal's numbers is the target and which is what was reached before.

use super::{lex::Lexed, quantity::Quantity, unit::Unit, words::Word};

/// Which quantities are target and baseline.
pub(super) struct Values {
    /// Index of the target's value.
    pub(super) value: usize,
    /// Index of what was reached before.
    pub(super) base: Option<usize>,
}

/// Finds the target's value and its baseline among the amounts.
pub(super) fn values(lexed: &Lexed<'_>, quantities: &[Quantity], end: usize) -> Option<Values> {
    let inside = |quantity: &Quantity| quantity.is_amount() && quantity.tokens.start < end;
    let amounts: Vec<usize> = (0..quantities.len())
        .filter(|index| inside(&quantities[*index]) && !is_adjective(lexed, &quantities[*index]))
        .filter(|index| before(lexed, &quantities[*index]) != "not")
        .collect();
    for pair in amounts.windows(2) {
        if is_from_to(lexed, &quantities[pair[0]], &quantities[pair[1]]) {
            return Some(Values {
                value: pair[1],
                base: Some(pair[0]),
            });
        }
    }
    let past = |index: &&usize| is_past(lexed, &quantities[**index]);
    let base = amounts.iter().find(past).copied();
    let open: Vec<usize> = amounts
        .iter()
        .filter(|index| !past(index))
        .copied()
        .collect();
    let outside = |index: &&usize| !in_parentheses(lexed, &quantities[**index]);
    // "settle 60% of claims in 10 days": the days belong to the metric, or are the deadline.
    let is_term = |index: &&usize| {
        let quantity = &quantities[**index];
        matches!(quantity.unit, Unit::Duration(_))
            && matches!(
                before(lexed, quantity),
                "in" | "within" | "inside" | "after" | "for" | "over"
            )
    };
    let aimed = |index: &&usize| {
        quantities[**index].bound.is_some()
            || matches!(
                head(lexed, &quantities[**index]),
                "to" | "at" | "=" | ":" | "hit" | "reach" | "by"
            )
    };
    let value = open
        .iter()
        .filter(outside)
        .filter(|index| !is_term(index))
        .find(aimed)
        .or_else(|| open.iter().filter(outside).find(|index| !is_term(index)))
        .or_else(|| open.iter().find(outside))?;
    let comparable = base.filter(|base| {
        let (base, value) = (quantities[*base].unit, quantities[*value].unit);
        base == value
            || base == Unit::Count
            || value == Unit::Count
            || matches!(value, Unit::Percent | Unit::Factor)
    });
    Some(Values {
        value: *value,
        base: comparable,
    })
}

/// The word before a quantity, its bound not counted.
pub(super) fn before<'l>(lexed: &'l Lexed<'_>, quantity: &Quantity) -> &'l str {
    quantity
        .tokens
        .start
        .checked_sub(1)
        .map_or("", |at| lexed.at(at))
}

/// The word before a quantity and before its bound, articles and roughness.
pub(super) fn head<'l>(lexed: &'l Lexed<'_>, quantity: &Quantity) -> &'l str {
    let mut at = quantity.tokens.start;
    for _ in 0..4 {
        let skip = match at.checked_sub(1).map_or("", |at| lexed.at(at)) {
            "under" | "below" | "than" | "less" | "fewer" | "more" | "no" | "not" | "within"
            | "at"
                if quantity.bound.is_some() =>
            {
                true
            }
            "least" | "most" | "over" | "above" | "<" | ">" | "≤" | "≥" | "a" | "an" | "the"
            | "~" | "≈" | "." | "only" => true,
            _ => at > 0 && lexed.word(at - 1) == Some(Word::Approx),
        };
        if !skip {
            break;
        }
        at -= 1;
    }
    at.checked_sub(1).map_or("", |at| lexed.at(at))
}

/// "8% -> 5%", "from 61 to 45 days", "4 tools into 1", "104 to 110"
pub(super) fn is_from_to(lexed: &Lexed<'_>, from: &Quantity, to: &Quantity) -> bool {
    let alike = from.unit == to.unit || from.unit == Unit::Count || to.unit == Unit::Count;
    if !alike || from.bound.is_some() || to.tokens.start < from.tokens.end {
        return false;
    }
    let between = from.tokens.end..to.tokens.start;
    if between.len() > 8 {
        return false;
    }
    let mut connector = None;
    for at in between.clone() {
        match lexed.at(at) {
            "->" | "→" | "=>" | "-->" | "⇒" | "➔" | "➜" | "into" => {
                connector = Some((at, true))
            }
            "to" | "auf" | "à" | "a" if connector.is_none() => connector = Some((at, false)),
            "," | ";" | "." | "by" | "and" | "or" => return false,
            _ => {}
        }
    }
    let Some((at, sure)) = connector else {
        return false;
    };
    let from_word = matches!(before(lexed, from), "from" | "von" | "de" | "del" | "vom");
    let adjacent = at == from.tokens.end && lexed.at(at) == "to" && to.tokens.start == at + 1;
    sure || from_word && lexed.at(at) != "a" || adjacent
}

/// Whether an amount tells what was: "up from 35", "now 6.3%", "last year's $4M", "instead of 6", "vs 4".
pub(super) fn is_past(lexed: &Lexed<'_>, quantity: &Quantity) -> bool {
    let start = quantity.tokens.start;
    let at = |back: usize| start.checked_sub(back).map_or("", |at| lexed.at(at));
    let after = lexed.at(quantity.tokens.end);
    match at(1) {
        "from" | "vs" | "versus" | "currently" | "was" | "were" | "actually" | "atm" => {
            return true;
        }
        // "as of now 5", but "drugs is ten now" aims.
        "now" | "today" | "ly" => return true,
        "of" if at(2) == "instead" => return true,
        "." if at(2) == "vs" => return true,
        "than" if at(2) == "rather" => return true,
        "is" | "at" | "are" if matches!(at(2), "currently" | "now" | "today") => return true,
        _ => {}
    }
    let last = |back: usize| {
        matches!(at(back), "last" | "previous" | "prior")
            && matches!(
                at(back - 1),
                "year's" | "year’s" | "quarter's" | "quarter’s" | "month's" | "month’s"
            )
    };
    matches!(after, "currently" | "today" | "ly" | "atm") || last(2) || last(3)
}

/// Part of a name: "90-day turnover", "first-year".
pub(super) fn is_adjective(lexed: &Lexed<'_>, quantity: &Quantity) -> bool {
    let hyphen = quantity.tokens.clone().any(|at| lexed.at(at) == "-");
    let by_hyphen = lexed.at(quantity.tokens.end) == "-" && lexed.glued(quantity.tokens.end + 1);
    let noun = quantity.noun.is_some();
    noun && quantity.high.is_none()
        && quantity.bound.is_none()
        && (by_hyphen || hyphen && matches!(quantity.unit, Unit::Duration(_)))
}

pub(super) fn in_parentheses(lexed: &Lexed<'_>, quantity: &Quantity) -> bool {
    let start = quantity.tokens.start;
    (start.saturating_sub(6)..start)
        .rev()
        .map(|at| lexed.at(at))
        .find(|sign| matches!(*sign, "(" | ")"))
        == Some("(")
}

/// "9 to 10", "7 or 8": one value between the two.
pub(super) fn ranges(lexed: &Lexed<'_>, quantities: Vec<Quantity>) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::with_capacity(quantities.len());
    for next in quantities {
        let Some(last) = found.last_mut() else {
            found.push(next);
            continue;
        };
        let joined = next.tokens.start == last.tokens.end + 1
            && matches!(lexed.at(last.tokens.end), "to" | "or" | "bis");
        let from = last.tokens.start > 0 && lexed.at(last.tokens.start - 1) == "from";
        let alike = last.unit == next.unit || last.unit == Unit::Count;
        if joined
            && !from
            && alike
            && last.is_amount()
            && next.is_amount()
            && last.high.is_none()
            && next.value > last.value
        {
            let low = last.value;
            let (start, first) = (last.range.start, last.tokens.start);
            *last = next;
            last.high = Some(last.value);
            last.value = low;
            last.range.start = start;
            last.tokens.start = first;
        } else {
            found.push(next);
        }
    }
    found
}
