//! Numbers in words: `a hundred and thirty`, `two and a half`, `a third`, `half an hour`. English only, plus the
//! scales of other languages. Says what a run of words amounts to, not what it measures.

use super::{
    lex::Lexed,
    measure,
    numeral::Numeral,
    quantity::{Bound, Quantity},
    unit::{Span, Unit},
    words::Word,
};

/// A number with its scale worked in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number {
    pub(super) value: f64,
    /// What the scale word behind it multiplied it with.
    pub(super) scale: f64,
    /// The token behind it.
    pub(super) next: usize,
}

/// The number that begins at a token, in digits or words.
pub(super) fn number(lexed: &Lexed<'_>, at: usize) -> Option<Number> {
    let (mut value, mut next) = match lexed.numeral(at) {
        Some(Numeral::Value { value, .. }) => (value, at + 1),
        Some(_) => return None,
        None => cardinal(lexed, at)?,
    };
    // "three point four"
    if let (None, "point", Some(Word::Small(tenths))) =
        (lexed.numeral(at), lexed.at(next), lexed.word(next + 1))
        && tenths < 10.0
    {
        value += tenths / 10.0;
        next += 2;
    }
    let mut scale = 1.0;
    while scale < 1e12 {
        let Some(factor) = scale_at(lexed, at, next) else {
            break;
        };
        scale *= factor;
        next += 1;
    }
    if lexed.at(next) == "and"
        && matches!(lexed.at(next + 1), "a" | "one")
        && lexed.at(next + 2) == "half"
    {
        value += 0.5;
        next += 3;
        if let Some(factor) = scale_at(lexed, at, next) {
            scale *= factor;
            next += 1;
        }
    }
    Some(Number {
        value: value * scale,
        scale,
        next,
    })
}

/// A whole number without scale or unit: `3`, `nine`, `a hundred`.
pub(super) fn integer(lexed: &Lexed<'_>, at: usize) -> Option<(f64, usize)> {
    let (value, next) = match lexed.numeral(at) {
        Some(Numeral::Value { value, plain: true }) => (value, at + 1),
        Some(_) => return None,
        None => cardinal(lexed, at)?,
    };
    (value <= 100_000.0).then_some((value, next))
}

/// The scale at `at`, for the number that begins at `number`.
fn scale_at(lexed: &Lexed<'_>, number: usize, at: usize) -> Option<f64> {
    match lexed.word(at)? {
        Word::Scale(factor) => Some(factor),
        Word::Hundred => Some(100.0),
        Word::ShortScale(factor) if lexed.glued(at) || factor == 1e3 => Some(factor),
        // "400 m" are metres, "3,2 M€" and "$5 m" are not.
        Word::ShortScale(factor) => {
            let token = lexed.tokens[at];
            let upper = lexed
                .raw(token.start..token.end)
                .starts_with(char::is_uppercase);
            let money = measure::money_before(lexed, number).is_some()
                || measure::unit_at(lexed, at + 1)
                    .is_some_and(|unit| matches!(unit.unit, Unit::Money(_)));
            (upper || money).then_some(factor)
        }
        _ => None,
    }
}

/// A cardinal in words.
fn cardinal(lexed: &Lexed<'_>, at: usize) -> Option<(f64, usize)> {
    let mut next = at;
    let (mut total, mut current) = (0.0, None::<f64>);
    if matches!(lexed.at(at), "a" | "an") {
        matches!(lexed.word(at + 1)?, Word::Hundred | Word::Scale(_)).then_some(())?;
        current = Some(1.0);
        next += 1;
    } else if matches!(lexed.word(at)?, Word::Scale(_)) && lexed.at(at) != "thousand" {
        return None;
    }
    while next < at + 12 {
        let open = current.is_some_and(|value| value >= 100.0 && value % 100.0 == 0.0);
        let tens = current.is_some_and(|value| value % 100.0 >= 20.0 && value % 10.0 == 0.0);
        match lexed.word(next) {
            Some(Word::Small(value))
                if current.is_none() || open || tens && (1.0..10.0).contains(&value) =>
            {
                current = Some(current.unwrap_or(0.0) + value);
            }
            Some(Word::Tens(value)) if current.is_none() || open => {
                current = Some(current.unwrap_or(0.0) + value)
            }
            Some(Word::Hundred) if current.is_none_or(|value| value < 100.0) => {
                current = Some(current.unwrap_or(1.0) * 100.0)
            }
            Some(Word::Scale(factor)) if current.is_some() || next == at => {
                total += current.take().unwrap_or(1.0) * factor;
            }
            _ => break,
        }
        next += 1;
        let more = matches!(lexed.word(next + 1), Some(Word::Small(value)) if value > 0.0)
            || matches!(lexed.word(next + 1), Some(Word::Tens(_)));
        let hundreds = current.is_some_and(|value| value >= 100.0 && value % 100.0 == 0.0);
        let joined = lexed.at(next) == "and" && (hundreds || current.is_none() && total >= 1000.0);
        let hyphen = lexed.at(next) == "-"
            && lexed.glued(next)
            && lexed.glued(next + 1)
            && current.is_some_and(|value| value % 10.0 == 0.0);
        if more && (joined || hyphen) {
            next += 1;
        }
    }
    (next > at && (total > 0.0 || current.is_some()))
        .then_some((total + current.unwrap_or(0.0), next))
}

/// Whether number words count something here: "one" is a pronoun more often than a number.
pub(super) fn is_counting(lexed: &Lexed<'_>, at: usize, quantity: &Quantity) -> bool {
    let next = quantity.tokens.end;
    let hyphen = lexed.at(next) == "-" && lexed.glued(next) && lexed.glued(next + 1);
    if hyphen && quantity.unit == Unit::Count && quantity.value < 4.0 {
        return false;
    }
    if lexed.at(at) != "one" || next > at + 1 {
        return true;
    }
    let before = at.checked_sub(1).map_or("", |before| lexed.at(before));
    let pronoun = matches!(
        before,
        "the"
            | "this"
            | "that"
            | "which"
            | "no"
            | "another"
            | "first"
            | "last"
            | "right"
            | "each"
            | "every"
            | "any"
            | "only"
            | "some"
            | "big"
    );
    let noun =
        lexed.is_word(next) && lexed.word(next) != Some(Word::Stop) && lexed.at(next) != "another";
    !pronoun && noun || quantity.bound.is_some() || before == "into"
}

/// Whether "double" and the like multiply: "double-digit growth" and "double down" don't.
pub(super) fn is_factor(lexed: &Lexed<'_>, at: usize) -> bool {
    let next = lexed.at(at + 1);
    let hyphen = next == "-" && lexed.glued(at + 1);
    let other = matches!(
        next,
        "digit"
            | "digits"
            | "down"
            | "opt"
            | "check"
            | "checks"
            | "click"
            | "shift"
            | "shifts"
            | "room"
            | "rooms"
            | "entry"
            | "booking"
            | "bookings"
            | "handling"
            | "work"
            | "sided"
    );
    !hyphen && !other
}

/// Whether "none" is a number: it stands alone, or closes its clause.
pub(super) fn is_none(lexed: &Lexed<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| lexed.at(before));
    let after = lexed.at(at + 1);
    matches!(
        before,
        "" | ":" | "," | "to" | "-" | "–" | "(" | "be" | "are" | "is" | "were" | "was"
    ) && matches!(
        after,
        "" | "." | "," | ";" | ")" | "by" | "from" | "in" | "this" | "at" | "before" | "until"
    )
}

/// Whether "third" and the like order: "a third site", "the ninth estate".
pub(super) fn is_ordinal(lexed: &Lexed<'_>, at: usize) -> bool {
    lexed.at(at) != "half" && lexed.is_word(at + 1)
}

/// "a" before a span where it means one: "within a week", "more than a year".
pub(super) fn one_span(lexed: &Lexed<'_>, at: usize) -> Option<Span> {
    let before = at.checked_sub(1).map(|before| lexed.at(before))?;
    let article = matches!(lexed.at(at), "a" | "an")
        || lexed.at(at) == "the" && matches!(before, "within" | "inside");
    let limits = matches!(
        before,
        "within"
            | "than"
            | "under"
            | "inside"
            | "below"
            | "over"
            | "least"
            | "most"
            | "after"
            | "in"
    );
    match lexed.word(at + 1) {
        Some(Word::Time(span)) if article && limits => Some(span),
        _ => None,
    }
}

/// A part of a whole, or of a unit.
pub(super) struct Part {
    pub(super) value: f64,
    pub(super) unit: Unit,
    pub(super) next: usize,
}

/// `a third`, `two thirds`, `half`, `three quarters`, `half a million`, `a quarter of an hour`
pub(super) fn part(lexed: &Lexed<'_>, at: usize) -> Option<Part> {
    let (times, mut next) = match (lexed.at(at), lexed.word(at)) {
        ("half", _) => (1.0, at),
        ("a" | "an" | "one", _) => (1.0, at + 1),
        ("the", _) if lexed.at(at + 2) == "part" => (1.0, at + 1),
        (_, Some(Word::Small(times))) if times > 1.0 => (times, at + 1),
        _ => return None,
    };
    let hyphen = next > at && lexed.at(next) == "-" && lexed.glued(next) && lexed.glued(next + 1);
    next += usize::from(hyphen);
    let part = match lexed.word(next)? {
        Word::Part(part) if times == 1.0 && is_part(lexed, at, next) => part,
        Word::Parts(part) if times > 1.0 => part,
        Word::Time(Span::Quarter) if times == 1.0 && is_quarter_part(lexed, at, next) => 0.25,
        Word::Time(Span::Quarter) if times == 3.0 => 0.25,
        _ => return None,
    };
    let half = lexed.at(next) == "half";
    next += 1;
    let of = usize::from(lexed.at(next) == "of");
    if matches!(lexed.at(next + of), "a" | "an") && (half || of == 1) {
        let inner = next + of + 1;
        match lexed.word(inner) {
            Some(Word::Scale(factor)) if half => {
                let unit = measure::unit_at(lexed, inner + 1);
                return Some(Part {
                    value: times * part * factor,
                    unit: unit.map_or(Unit::Count, |unit| unit.unit),
                    next: unit.map_or(inner + 1, |unit| unit.next),
                });
            }
            _ => {
                let unit = measure::unit_at(lexed, inner).filter(|unit| unit.unit != Unit::Factor);
                if let Some(unit) = unit {
                    return Some(Part {
                        value: times * part * unit.factor,
                        unit: unit.unit,
                        next: unit.next,
                    });
                }
            }
        }
    }
    Some(Part {
        value: times * part * 100.0,
        unit: Unit::Share,
        next,
    })
}

/// Whether "a third" at `at`, its part at `next`, is a share and not an order ("a third site").
fn is_part(lexed: &Lexed<'_>, at: usize, next: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| lexed.at(before));
    let after = lexed.at(next + 1);
    if lexed.at(next) == "half" {
        let other = matches!(
            before,
            "first" | "second" | "other" | "better" | "last" | "next" | "this" | "previous"
        ) || matches!(
            after,
            "time" | "year" | "way" | "hearted" | "term" | "yearly" | "price" | "full" | "empty"
        );
        let hyphen = after == "-" && lexed.glued(next + 1);
        return !other && !hyphen;
    }
    let compared = matches!(
        after,
        "less" | "more" | "fewer" | "lower" | "higher" | "part" | "cheaper" | "faster" | "shorter"
    );
    compared || !lexed.is_word(next + 1) || lexed.word(next + 1) == Some(Word::Stop)
}

/// Whether "a quarter" is a share: "by a quarter", "a quarter of"; alone it is a period.
fn is_quarter_part(lexed: &Lexed<'_>, at: usize, next: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| lexed.at(before));
    let compared = matches!(
        lexed.at(next + 1),
        "of" | "less" | "more" | "fewer" | "lower" | "higher" | "cheaper" | "faster"
    );
    compared || matches!(before, "by" | "about" | "nearly" | "to")
}

/// A bound that stands behind a number: "5 or less", "2 max".
pub(super) fn bound_behind(lexed: &Lexed<'_>, next: usize) -> Option<Bound> {
    match (lexed.at(next), lexed.at(next + 1)) {
        ("or", "less" | "fewer" | "below" | "under" | "lower" | "faster" | "shorter") => {
            Some(Bound::AtMost)
        }
        ("or", "more" | "better" | "above" | "over" | "higher") => Some(Bound::AtLeast),
        ("at", "most") | ("max" | "maximum" | "tops", _) => Some(Bound::AtMost),
        ("no" | "not", "more") => Some(Bound::AtMost),
        ("at", "least") | ("minimum", _) => Some(Bound::AtLeast),
        _ => None,
    }
}
