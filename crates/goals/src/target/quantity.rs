//! Every number in a text, with what it means. Dates, periods, times and names are told apart from amounts;
//! which amount is a target and which a baseline is not decided here.

use std::ops::Range;

use super::{
    lex::{Kind as TokenKind, Lexed},
    measure::{money_before, unit_at},
    names::{self, label, name, plain, scaled},
    numeral::Numeral,
    spoken, surroundings,
    unit::{self, Span, Unit},
    words::Word,
};

/// A number in a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quantity {
    /// Bytes in the text: sign, currency, number, unit.
    pub(crate) range: Range<usize>,
    /// What kind of number.
    pub(crate) kind: Kind,
    /// In its unit; the low end of a range. Of a year the year, of other dates 0.
    pub(crate) value: f64,
    /// The high end of a range.
    pub(crate) high: Option<f64>,
    /// What it is measured in.
    pub(crate) unit: Unit,
    /// `+20%`, `↓ 3`.
    pub(crate) sign: Option<Sign>,
    /// `under 5%`, `110%+`.
    pub(crate) bound: Option<Bound>,
    /// `~20%`
    pub(crate) approx: bool,
    /// `40 demos a month`
    pub(crate) per: Option<Per>,
    /// Bytes of the words that follow it: `new logos`.
    pub(crate) noun: Option<Range<usize>>,
    /// What its scale word multiplied it with: 1e6 in `5M`.
    pub(super) scale: f64,
    /// Its tokens.
    pub(super) tokens: Range<usize>,
}

impl Quantity {
    /// Whether it counts or measures something, as opposed to dates, times and names.
    pub(crate) fn is_amount(&self) -> bool {
        self.kind == Kind::Amount
    }
}

/// What kind of number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// Counts or measures.
    Amount,
    /// A rank or an order: `#1`, `top 3`, `1st`.
    Ordinal,
    /// A day: `30 Sept`, `3/11/26`.
    Date,
    /// `Q3`, `FY26`, `2027`
    Period,
    /// `11:30`
    Time,
    /// `SOC 2`, `Goal 2`, `B2B`, `24/7`
    Identifier,
}

/// A sign before a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Sign {
    /// `+`, `↑`, `^`
    Plus,
    /// `-`, `↓`
    Minus,
}

/// What a number bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Bound {
    /// `under`, `<`
    Below,
    /// `at most`, `≤`, `within`
    AtMost,
    /// `at least`, `≥`, `5+`
    AtLeast,
    /// `over`, `>`
    Above,
}

/// What a number is counted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Per {
    /// Bytes: `a month`, `/mo`, `/rep`.
    pub(crate) range: Range<usize>,
    /// The time, if it is one.
    pub(crate) span: Option<Span>,
}

/// Every number in `text`, in its order, without overlaps. Linear in the text's length; total.
pub(crate) fn quantities(text: &str) -> Vec<Quantity> {
    read(&Lexed::new(text))
}

/// The same, for a text that is read already.
pub(super) fn read(lexed: &Lexed<'_>) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while at < lexed.tokens.len() {
        let Some(mut quantity) = at_token(lexed, at) else {
            at += 1;
            continue;
        };
        // What stands before a number may belong to the number before it.
        let free = found.last().map_or(0, |last| last.tokens.end);
        quantity.tokens.start = quantity.tokens.start.max(free);
        quantity.range = lexed.span(quantity.tokens.start, quantity.tokens.end);
        at = quantity.tokens.end.max(at + 1);
        match found.last_mut() {
            Some(last) if is_rest(last, &quantity) => append(lexed, last, quantity),
            _ => found.push(quantity),
        }
    }
    found
}

/// The minutes of "5 hours 40 minutes".
fn is_rest(last: &Quantity, next: &Quantity) -> bool {
    let (Unit::Duration(long), Unit::Duration(short)) = (last.unit, next.unit) else {
        return false;
    };
    let plain = next.sign.is_none() && next.high.is_none() && last.high.is_none();
    last.tokens.end == next.tokens.start && short < long && plain
}

fn append(lexed: &Lexed<'_>, last: &mut Quantity, next: Quantity) {
    if let (Unit::Duration(long), Unit::Duration(short)) = (last.unit, next.unit) {
        last.value += next.value * short.hours() / long.hours();
    }
    last.tokens.end = next.tokens.end;
    last.range = lexed.span(last.tokens.start, last.tokens.end);
    last.per = next.per;
    last.noun = next.noun;
}

fn at_token(lexed: &Lexed<'_>, at: usize) -> Option<Quantity> {
    match lexed.tokens[at].kind {
        TokenKind::Name => Some(name(lexed, at)),
        TokenKind::Numeral(Numeral::Value { value, plain }) => label(lexed, at, value, plain)
            .or_else(|| share(lexed, at))
            .or_else(|| amount(lexed, at)),
        TokenKind::Numeral(numeral) => Some(special(lexed, at, numeral)),
        TokenKind::Word(word) => in_words(lexed, at, word),
        TokenKind::Sign => names::sign(lexed, at),
    }
}

/// An amount, with everything around it.
fn measured(lexed: &Lexed<'_>, tokens: Range<usize>, value: f64, unit: Unit) -> Quantity {
    let mut quantity = plain(Kind::Amount, tokens, value);
    quantity.unit = unit;
    surroundings::read(lexed, &mut quantity);
    quantity
}

/// Numerals that the scanner tells apart by their shape.
fn special(lexed: &Lexed<'_>, at: usize, numeral: Numeral) -> Quantity {
    let kind = match numeral {
        Numeral::Share(part, whole) if whole > 0.0 => {
            return measured(lexed, at..at + 1, part / whole * 100.0, Unit::Share);
        }
        Numeral::Ratio(part, whole) if part == 1.0 && whole > 1.0 => {
            return measured(lexed, at..at + 1, whole, Unit::Count);
        }
        Numeral::Time if surroundings::is_ratio(lexed, at) => {
            let text = lexed.at(at);
            let whole = text.rsplit(':').next().and_then(|whole| whole.parse().ok());
            return measured(lexed, at..at + 1, whole.unwrap_or(0.0), Unit::Count);
        }
        Numeral::Date => Kind::Date,
        Numeral::Time => Kind::Time,
        Numeral::Period => Kind::Period,
        _ => Kind::Identifier,
    };
    plain(kind, at..at + 1, 0.0)
}

/// `one in three`, `3 of 4`, `95 times out of 100`, `97 departures in a hundred`
fn share(lexed: &Lexed<'_>, at: usize) -> Option<Quantity> {
    let (part, mut next) = spoken::integer(lexed, at)?;
    let mut between = 0;
    while between < 2
        && lexed.is_word(next)
        && (lexed.word(next).is_none() || lexed.at(next) == "times")
    {
        between += 1;
        next += 1;
    }
    let out = lexed.at(next) == "out" && lexed.at(next + 1) == "of";
    let preposition = lexed.at(next + usize::from(out));
    if !matches!(preposition, "in" | "of" | "on" | "per") {
        return None;
    }
    next += usize::from(out) + 1;
    let article = lexed.at(next);
    let skips = match article {
        "every" | "a" | "each" => true,
        "the" | "our" | "their" => preposition == "of",
        _ => false,
    };
    // "a hundred" is a number itself.
    let (whole, end) = spoken::integer(lexed, next)
        .or_else(|| spoken::integer(lexed, next + usize::from(skips)))?;
    let hundred = whole == 100.0;
    let fits = whole >= 2.0
        && part <= whole
        && (whole <= 20.0 || whole <= 1000.0 && (preposition != "on" || hundred));
    let apart = between > 0 && !hundred && !out && part != 1.0;
    let open = matches!(preposition, "per" | "on") && !hundred && between > 0;
    if !fits || apart || open || unit_at(lexed, end).is_some() || scaled(lexed, end) {
        return None;
    }
    Some(measured(lexed, at..end, part / whole * 100.0, Unit::Share))
}

/// A numeral or number word with its scale, its unit and, in a range, its partner.
fn amount(lexed: &Lexed<'_>, at: usize) -> Option<Quantity> {
    let low = spoken::number(lexed, at)?;
    let money = money_before(lexed, at);
    let first = money.map_or(at, |money| money.first);
    let factor = money.map_or(1.0, |money| money.factor);
    let mut next = low.next;
    let mut plus = is_plus(lexed, next);
    next += usize::from(plus);
    let mut unit = unit_at(lexed, next);
    next = unit.map_or(next, |unit| unit.next);
    let mut value = low.value;
    let mut high = None;
    if let Some(partner) = partner(lexed, first, next) {
        let number = partner.number;
        let scale = if low.scale == 1.0 { number.scale } else { 1.0 };
        let own = unit_at(lexed, number.next);
        if low.value * scale < number.value {
            value = low.value * scale;
            high = Some(number.value);
            next = own.map_or(number.next, |unit| unit.next);
            unit = own.or(unit);
        }
    }
    let scale = factor * unit.map_or(1.0, |unit| unit.factor);
    let unit = money
        .map(|money| Unit::Money(money.symbol))
        .or(unit.map(|unit| unit.unit));
    if !plus && is_plus(lexed, next) {
        plus = true;
        next += 1;
    }
    let mut quantity = measured(
        lexed,
        first..next,
        value * scale,
        unit.unwrap_or(Unit::Count),
    );
    quantity.high = high.map(|high| high * scale);
    quantity.scale = low.scale;
    if plus && quantity.bound.is_none() {
        quantity.bound = Some(Bound::AtLeast);
    }
    Some(quantity)
}

/// A `+` that stands behind a number: `110%+`.
fn is_plus(lexed: &Lexed<'_>, at: usize) -> bool {
    lexed.at(at) == "+"
        && lexed.glued(at)
        && !(lexed.glued(at + 1) && lexed.numeral(at + 1).is_some())
}

struct Partner {
    number: spoken::Number,
}

/// The other end of a range: `20-25%`, `$4-$5M`, `between 10 and 15`.
fn partner(lexed: &Lexed<'_>, first: usize, at: usize) -> Option<Partner> {
    let dash = matches!(lexed.at(at), "-" | "–") && lexed.glued(at) && lexed.glued(at + 1);
    let between =
        first > 0 && lexed.at(first - 1) == "between" && matches!(lexed.at(at), "and" | "&");
    if !dash && !between {
        return None;
    }
    let start = at + 1 + usize::from(unit::currency_sign(lexed.at(at + 1)).is_some());
    let number = spoken::number(lexed, start)?;
    // "two-four-six" is no range; in digits it is.
    (between || lexed.numeral(start).is_some()).then_some(Partner { number })
}

/// Numbers that begin with a word.
fn in_words(lexed: &Lexed<'_>, at: usize, word: Option<Word>) -> Option<Quantity> {
    let text = lexed.at(at);
    if let Some(Word::Factor(factor)) = word {
        return spoken::is_factor(lexed, at)
            .then(|| measured(lexed, at..at + 1, factor, Unit::Factor));
    }
    if text == "x" && lexed.glued(at + 1) {
        let number = spoken::number(lexed, at + 1)?;
        return Some(measured(lexed, at..number.next, number.value, Unit::Factor));
    }
    if text == "none" && spoken::is_none(lexed, at) {
        return Some(measured(lexed, at..at + 1, 0.0, Unit::Count));
    }
    if let Some(part) = spoken::part(lexed, at) {
        return Some(measured(lexed, at..part.next, part.value, part.unit));
    }
    if let Some(span) = spoken::one_span(lexed, at) {
        return Some(measured(lexed, at..at + 2, 1.0, Unit::Duration(span)));
    }
    if let Some(Word::Part(part)) = word {
        return spoken::is_ordinal(lexed, at)
            .then(|| plain(Kind::Ordinal, at..at + 1, (1.0 / part).round()));
    }
    if !matches!(
        word,
        Some(Word::Small(_) | Word::Tens(_) | Word::Hundred | Word::Scale(_))
    ) && !matches!(text, "a" | "an")
    {
        return None;
    }
    share(lexed, at).or_else(|| {
        let quantity = amount(lexed, at)?;
        spoken::is_counting(lexed, at, &quantity).then_some(quantity)
    })
}
