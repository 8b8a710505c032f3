//! A goal's words as a target (section 4 of the guide). Fills in what the words say and leaves the rest open:
//! a wrong field is worse than none.

use super::{
    Direction, Form, Target, deadline,
    lex::Lexed,
    metric,
    quantity::{self, Bound, Kind, Quantity, Sign},
    subject, surroundings,
    unit::{Span, Unit},
    words::Word,
};
use crate::Period;

/// Reads the words of a goal. `None` if they name neither metric, direction, value nor time.
pub(crate) fn read(goal_text: &str) -> Option<Target> {
    let lexed = Lexed::new(goal_text);
    let quantities = quantity::read(&lexed);
    let mut times = deadline::times(&lexed, &quantities);
    let end = constraint(&lexed);
    let values = values(&lexed, &quantities, end);

    let mut target = Target::default();
    let mut scale = 1.0;
    if let Some(values) = &values {
        let value = &quantities[values.value];
        scale = value.scale;
        target.unit = value.unit.symbol().map(str::to_owned);
        // "within 12 months" is a deadline only beside a value.
        times.extend(
            quantities
                .iter()
                .filter(|other| is_term(&lexed, other, value))
                .map(term),
        );
    }
    let times: Vec<_> = times
        .into_iter()
        .filter(|when| when.tokens.end <= end || when.firm)
        .collect();
    let when = times.iter().find(|when| when.firm).or(times.last());
    if let Some(when) = when {
        let shown = lexed.span(when.shown.start, when.shown.end);
        target.deadline = Some(lexed.raw(shown).to_owned());
    }
    let value = values.as_ref().map(|values| &quantities[values.value]);
    period(&lexed, value, &mut target);

    let found = direction(&lexed, end);
    target.direction = found.as_ref().map(|found| found.direction);
    target.metric = subject::metric(
        &lexed,
        &quantities,
        &times,
        values.as_ref(),
        found.as_ref(),
        end,
    );
    if let (Some(values), Some(value)) = (&values, value) {
        amount(
            &lexed,
            &quantities,
            values,
            value,
            found.as_ref(),
            &mut target,
        );
        base(&quantities, values, value, scale, &mut target);
    } else if let Some(rank) = quantities.iter().find(|quantity| is_rank(quantity)) {
        target.metric = Some("rank".to_owned());
        target.value = Some(rank.value);
        target.form = Some(Form::Level);
    }
    (target != Target::default()).then_some(target)
}

/// Which quantities are target and baseline.
pub(super) struct Values {
    /// Index of the target's value.
    pub(super) value: usize,
    /// Index of what was reached before.
    pub(super) base: Option<usize>,
}

/// Where the target ends and its conditions and reasons begin.
fn constraint(lexed: &Lexed<'_>) -> usize {
    let ends = |at: usize| {
        let next = lexed.at(at + 1);
        match lexed.at(at) {
            "without" | "while" | "because" | "since" => at > 0,
            "w" => next == "/" && lexed.at(at + 2) == "o",
            "so" => matches!(next, "that" | "they" | "we" | "he" | "she"),
            _ => false,
        }
    };
    let count = lexed.tokens.len();
    (0..count).find(|at| ends(*at)).unwrap_or(count)
}

/// Finds the target's value and its baseline among the amounts.
fn values(lexed: &Lexed<'_>, quantities: &[Quantity], end: usize) -> Option<Values> {
    let inside = |quantity: &Quantity| quantity.is_amount() && quantity.tokens.start < end;
    let amounts: Vec<usize> = (0..quantities.len())
        .filter(|index| inside(&quantities[*index]) && !is_adjective(lexed, &quantities[*index]))
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
fn before<'l>(lexed: &'l Lexed<'_>, quantity: &Quantity) -> &'l str {
    quantity
        .tokens
        .start
        .checked_sub(1)
        .map_or("", |at| lexed.at(at))
}

/// The word before a quantity and before its bound, articles and roughness.
fn head<'l>(lexed: &'l Lexed<'_>, quantity: &Quantity) -> &'l str {
    let mut at = quantity.tokens.start;
    for _ in 0..4 {
        let skip = match at.checked_sub(1).map_or("", |at| lexed.at(at)) {
            "under" | "below" | "than" | "less" | "fewer" | "more" | "no" | "not" | "within"
            | "at"
                if lexed.at(at) != "" && quantity.bound.is_some() =>
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
fn is_from_to(lexed: &Lexed<'_>, from: &Quantity, to: &Quantity) -> bool {
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
fn is_past(lexed: &Lexed<'_>, quantity: &Quantity) -> bool {
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
        "not" if at(2) == "," => return true,
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

fn in_parentheses(lexed: &Lexed<'_>, quantity: &Quantity) -> bool {
    let start = quantity.tokens.start;
    (start.saturating_sub(6)..start)
        .rev()
        .map(|at| lexed.at(at))
        .find(|sign| matches!(*sign, "(" | ")"))
        == Some("(")
}

/// "within 12 months" beside another value.
fn is_term(lexed: &Lexed<'_>, quantity: &Quantity, value: &Quantity) -> bool {
    let long = matches!(
        quantity.unit,
        Unit::Duration(Span::Month | Span::Quarter | Span::Year)
    );
    long && quantity.tokens != value.tokens
        && matches!(before(lexed, quantity), "in" | "within" | "inside" | "over")
}

fn term(quantity: &Quantity) -> deadline::When {
    let start = quantity.tokens.start - 1;
    deadline::When {
        tokens: start..quantity.tokens.end,
        shown: start..quantity.tokens.end,
        firm: false,
    }
}

fn is_rank(quantity: &Quantity) -> bool {
    quantity.kind == Kind::Ordinal && quantity.value >= 1.0
}

/// A word of direction.
pub(super) struct Way {
    pub(super) direction: Direction,
    pub(super) at: usize,
    /// Opens or hires: the number adds to what is there.
    pub(super) adds: bool,
}

/// The direction: verbs of change first, then "up" and "down", then verbs of reaching.
fn direction(lexed: &Lexed<'_>, end: usize) -> Option<Way> {
    use Direction::{Decrease, Increase, Maintain, Reach};
    let way = |at: usize, direction, adds| {
        Some(Way {
            direction,
            at,
            adds,
        })
    };
    let strong = |at: usize| match lexed.at(at) {
        "grow" | "growing" | "increase" | "increasing" | "raise" | "raising" | "boost"
        | "improve" | "improving" | "lift" | "expand" | "augment" | "accelerate" | "maximise"
        | "maximize" | "scale" => way(at, Increase, false),
        "add" | "adding" | "hire" | "hiring" | "open" | "opening" | "launch" | "recruit"
        | "sign" | "land" => way(at, Increase, true),
        "win" if !lexed.at(at + 1).starts_with("rate") => way(at, Increase, true),
        "cut" | "cutting" | "reduce" | "reducing" | "lower" | "lowering" | "shrink" | "shorten"
        | "decrease" | "shave" | "save" | "halve" | "eliminate" | "trim" | "slash"
        | "consolidate" | "minimise" | "minimize" | "drop" => way(at, Decrease, false),
        "double" | "doubling" | "triple" | "tripling" | "quadruple" | "treble" => {
            way(at, Increase, false)
        }
        "keep" | "keeping" | "maintain" | "hold" | "stay" | "remain" | "remains" => {
            way(at, Maintain, false)
        }
        _ => None,
    };
    let weak = |at: usize| match lexed.at(at) {
        "up" | "↑" | "more" | "higher" | "growth" | "improvement" | "uplift" => {
            way(at, Increase, false)
        }
        "down" | "↓" | "less" | "fewer" | "reduction" => way(at, Decrease, false),
        "out" if lexed.at(at + 1) == "of" && lexed.at(0).starts_with("tak") => {
            way(at, Decrease, false)
        }
        _ => None,
    };
    let reach = |at: usize| match lexed.at(at) {
        "hit" | "reach" | "reaching" | "achieve" | "get" | "getting" | "hitting" | "arrive"
        | "go" | "bring" | "become" => way(at, Reach, false),
        _ => None,
    };
    // "at least", "no more than", "up to" and "more than" bound; they don't move.
    let bounding = |at: usize| {
        lexed.at(at + 1) == "than"
            || lexed.at(at + 1) == "to" && lexed.at(at) == "up"
            || at > 0 && matches!(lexed.at(at - 1), "or" | "no" | "not" | "more" | "less")
    };
    let count = lexed.tokens.len().min(end);
    (0..count)
        .find_map(strong)
        .or_else(|| (0..count).filter(|at| !bounding(*at)).find_map(weak))
        .or_else(|| (0..count).find_map(reach))
}

/// Value and form.
fn amount(
    lexed: &Lexed<'_>,
    quantities: &[Quantity],
    values: &Values,
    value: &Quantity,
    way: Option<&Way>,
    target: &mut Target,
) {
    if let Some(sign) = value.sign {
        target.direction.get_or_insert(if sign == Sign::Plus {
            Direction::Increase
        } else {
            Direction::Decrease
        });
    }
    let form = form(lexed, values, value, way);
    if form == Form::Factor {
        target.direction.get_or_insert(if value.value < 1.0 {
            Direction::Decrease
        } else {
            Direction::Increase
        });
    }
    target.form = Some(form);
    // Only beside points or a percentage metric does "%" go without saying.
    let percent =
        target.unit.is_none() && target.metric.as_deref().is_some_and(metric::is_percentage);
    if percent && matches!(form, Form::Level | Form::AtMost | Form::AtLeast) && value.value <= 400.0
    {
        target.unit = Some("%".to_owned());
    }
    // "7 months to 4": the pair shares the unit that is written.
    let base = values.base.map(|base| &quantities[base]);
    if let Some(base) = base.filter(|base| value.unit == Unit::Count && base.unit != Unit::Count) {
        target.unit = base.unit.symbol().map(str::to_owned);
    }
    // Of a range the end that asks less.
    let falls = target.direction == Some(Direction::Decrease) && form != Form::Delta;
    let alternative = second_guess(lexed, quantities, values, value);
    let high = value.high.or(alternative);
    target.value = Some(match high {
        Some(high) if falls => high.max(value.value),
        Some(high) => high.min(value.value),
        None => value.value,
    });
}

/// "~15%, maybe 20"
fn second_guess(
    lexed: &Lexed<'_>,
    quantities: &[Quantity],
    values: &Values,
    value: &Quantity,
) -> Option<f64> {
    let next = quantities.get(values.value + 1)?;
    let alike = next.is_amount() && (next.unit == value.unit || next.unit == Unit::Count);
    let or = lexed.at(next.tokens.start.checked_sub(1)?);
    (alike && next.tokens.start <= value.tokens.end + 3 && (next.approx || or == "or"))
        .then_some(next.value)
}

fn form(lexed: &Lexed<'_>, values: &Values, value: &Quantity, way: Option<&Way>) -> Form {
    if value.unit == Unit::Factor {
        return Form::Factor;
    }
    match value.bound {
        Some(Bound::Below | Bound::AtMost) => return Form::AtMost,
        Some(Bound::AtLeast | Bound::Above) => return Form::AtLeast,
        None => {}
    }
    let from_to = values.base.is_some_and(|base| base < values.value);
    if from_to {
        return Form::Level;
    }
    let head = head(lexed, value);
    // "up from 35" behind a level tells what was; "20% YoY growth" is growth.
    let changes = way.is_some_and(|way| {
        let placed = way.at < value.tokens.end || is_change(lexed.at(way.at));
        placed && matches!(way.direction, Direction::Increase | Direction::Decrease)
    });
    let after = lexed.at(value.tokens.end);
    match head {
        "by" | "with" | "um" if changes => return Form::Delta,
        "of" if way.is_some_and(|way| changes && way.at < value.tokens.start) => {
            return Form::Delta;
        }
        "up" | "down" | "grows" | "↑" | "↓" => return Form::Delta,
        "to" | "at" | "hit" | "reach" | "=" | ":" | "of" | "is" | "be" | "in" | "->" | "→" => {
            return Form::Level;
        }
        _ => {}
    }
    let compared = is_change(after)
        || matches!(
            after,
            "less" | "fewer" | "more" | "lower" | "higher" | "faster" | "cheaper" | "off"
        );
    if value.sign.is_some() || compared || changes {
        return Form::Delta;
    }
    let last = value
        .noun
        .clone()
        .map_or("", |noun| lexed.raw(noun))
        .rsplit(' ')
        .next()
        .unwrap_or("");
    if is_change(last) {
        Form::Delta
    } else {
        Form::Level
    }
}

/// Nouns of change: "20% growth".
pub(super) fn is_change(word: &str) -> bool {
    matches!(
        word,
        "growth" | "improvement" | "reduction" | "increase" | "decrease" | "uplift"
    )
}

/// The baseline that the goal names itself, in the target's unit.
fn base(
    quantities: &[Quantity],
    values: &Values,
    value: &Quantity,
    scale: f64,
    target: &mut Target,
) {
    let Some(base) = values.base.map(|base| &quantities[base]) else {
        return;
    };
    let mut amount = base.high.unwrap_or(base.value);
    // "8 -> 15M": the scale is shared, where that makes sense.
    if base.scale == 1.0 && scale >= 1e3 && amount < 1e3 && amount * scale <= value.value * 20.0 {
        amount *= scale;
    }
    target.baseline = Some(amount);
    target.baseline_unit = base
        .unit
        .symbol()
        .filter(|unit| target.unit.as_deref() != Some(unit))
        .map(str::to_owned);
}

/// The period that the value is measured over.
fn period(lexed: &Lexed<'_>, value: Option<&Quantity>, target: &mut Target) {
    let own = value.and_then(|value| value.per.clone());
    let per = own.or_else(|| {
        let rate = |at: usize| {
            let previous = if at == 0 { "" } else { lexed.at(at - 1) };
            let limit = matches!(
                previous,
                "in" | "within" | "than" | "inside" | "under" | "for"
            );
            surroundings::per_at(lexed, at).filter(|per| per.span.is_some() && !limit)
        };
        (0..lexed.tokens.len()).find_map(rate)
    });
    let span = per.as_ref().and_then(|per| per.span);
    if let Some(per) = per.filter(|per| per.span.is_some()) {
        target.period = Some(lexed.raw(per.range).to_owned());
    }
    target.period_kind = match span {
        Some(Span::Month) => Some(Period::Month),
        Some(Span::Quarter) => Some(Period::Quarter),
        Some(Span::Year) => Some(Period::Year),
        _ => target.deadline.as_deref().and_then(deadline::kind),
    };
}
