//! A goal's words as a target (section 4 of the guide). Fills in what the words say and leaves the rest open:
//! a wrong field is worse than none.

use super::{
    Direction, Form, Target, deadline,
    direction::{Way, direction, is_change},
    lex::Lexed,
    metric,
    quantity::{self, Bound, Kind, Quantity, Sign},
    subject, surroundings,
    unit::{Span, Unit},
    values::{Values, before, head, values},
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
    } else if let Some(rank) = quantities.iter().find(|quantity| is_rank(&lexed, quantity)) {
        target.metric = Some("rank".to_owned());
        target.value = Some(rank.value);
        target.form = Some(Form::Level);
    }
    let money = target
        .unit
        .as_deref()
        .is_some_and(|unit| unit == "%" || !unit.chars().any(|c| c.is_lowercase()));
    target.metric = target
        .metric
        .map(|words| metric::shown(&words, goal_text, money));
    (target != Target::default()).then_some(target)
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

/// "#1", "top 3"; not "every third pair".
fn is_rank(lexed: &Lexed<'_>, quantity: &Quantity) -> bool {
    let ranks = matches!(lexed.at(quantity.tokens.start), "#" | "top" | "no" | "nr");
    quantity.kind == Kind::Ordinal && ranks && quantity.value >= 1.0
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
    let percent = target.unit.is_none()
        && value.noun.is_none()
        && target.metric.as_deref().is_some_and(metric::is_percentage);
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
        // "get accuracy up to 97%"
        Some(Bound::AtMost) if way.is_some() && before(lexed, value) == "to" => return Form::Level,
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
            let adjective = matches!(previous, "the" | "a" | "this") && lexed.is_word(at + 1);
            surroundings::per_at(lexed, at).filter(|per| per.span.is_some() && !limit && !adjective)
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
