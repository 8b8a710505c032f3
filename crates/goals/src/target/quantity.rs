//! Every number in a text, with what it means. Dates, periods, times and names are told apart from amounts;
//! which amount is a target and which a baseline is not decided here.

use std::ops::Range;

use super::{
    lex::{Kind as TokenKind, Lexed},
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

impl Bound {
    /// Whether values below the number are fine.
    pub(crate) fn is_upper(self) -> bool {
        matches!(self, Bound::Below | Bound::AtMost)
    }
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
        found.push(quantity);
    }
    found
}

fn at_token(lexed: &Lexed<'_>, at: usize) -> Option<Quantity> {
    match lexed.tokens[at].kind {
        TokenKind::Name => Some(name(lexed, at)),
        TokenKind::Numeral(Numeral::Value { value, plain }) => label(lexed, at, value, plain)
            .or_else(|| share(lexed, at))
            .or_else(|| amount(lexed, at)),
        TokenKind::Numeral(numeral) => Some(special(lexed, at, numeral)),
        TokenKind::Word(word) => in_words(lexed, at, word),
        TokenKind::Sign => sign(lexed, at),
    }
}

/// A quantity that is no amount.
fn plain(kind: Kind, tokens: Range<usize>, value: f64) -> Quantity {
    Quantity {
        range: 0..0,
        kind,
        value,
        high: None,
        unit: Unit::Count,
        sign: None,
        bound: None,
        approx: false,
        per: None,
        noun: None,
        scale: 1.0,
        tokens,
    }
}

/// An amount, with everything around it.
fn measured(lexed: &Lexed<'_>, tokens: Range<usize>, value: f64, unit: Unit) -> Quantity {
    let mut quantity = plain(Kind::Amount, tokens, value);
    quantity.unit = unit;
    surroundings::read(lexed, &mut quantity);
    quantity
}

/// `Q3`, `FY25/26`, `B2B`, `v2.3`
fn name(lexed: &Lexed<'_>, at: usize) -> Quantity {
    let name = lexed.at(at);
    let digits = name.trim_start_matches(|next: char| !next.is_ascii_digit());
    let letters = &name[..name.len() - digits.len()];
    let number = digits.parse::<f64>().ok();
    let is_period = number.is_some_and(|number| match letters {
        "q" => (1.0..=4.0).contains(&number),
        "h" => (1.0..=2.0).contains(&number),
        "fy" | "cy" | "gj" | "kw" => true,
        _ => false,
    });
    let mut next = at + 1;
    while matches!(lexed.at(next), "/" | "." | "'" | "’" | "-")
        && lexed.glued(next)
        && lexed.glued(next + 1)
        && lexed.numeral(next + 1).is_some()
    {
        next += 2;
    }
    let kind = if is_period {
        Kind::Period
    } else {
        Kind::Identifier
    };
    plain(kind, at..next, number.unwrap_or(0.0))
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

/// Numerals that their neighbours make a date, a time, a rank or a name.
fn label(lexed: &Lexed<'_>, at: usize, value: f64, is_plain: bool) -> Option<Quantity> {
    let before = at.checked_sub(1).map_or("", |before| lexed.at(before));
    if !is_plain {
        return None;
    }
    if let Some(date) = surroundings::date(lexed, at, value) {
        return Some(plain(Kind::Date, date, value));
    }
    let (next, glued) = (lexed.at(at + 1), lexed.glued(at + 1));
    if glued && matches!(next, "st" | "nd" | "rd" | "th") {
        let dated = matches!(before, "the" | "by" | "on" | "until" | "before" | "from")
            && value <= 31.0
            && (!lexed.is_word(at + 2) || lexed.word(at + 2) == Some(Word::Stop));
        let kind = if dated { Kind::Date } else { Kind::Ordinal };
        return Some(plain(kind, at..at + 2, value));
    }
    if matches!(next, "am" | "pm" | "uhr" | "o'clock" | "o’clock") && value <= 24.0 {
        return Some(plain(Kind::Time, at..at + 2, value));
    }
    if glued && is_name_suffix(lexed, at + 1) {
        let clock = lexed.at(at + 1).starts_with('h') && lexed.at(at + 1).len() > 1;
        let half = matches!(next, "h" | "q");
        let kind = if half {
            Kind::Period
        } else if clock {
            Kind::Time
        } else {
            Kind::Identifier
        };
        return Some(plain(kind, at..at + 2, value));
    }
    if before == "." && at >= 2 && matches!(lexed.at(at - 2), "no" | "nr") && lexed.glued(at - 1) {
        return Some(plain(Kind::Ordinal, at - 2..at + 1, value));
    }
    if surroundings::is_year(lexed, at, value) {
        return Some(plain(Kind::Period, at..at + 1, value));
    }
    let has_unit = unit_at(lexed, at + 1).is_some() || money_before(lexed, at).is_some();
    if has_unit {
        return None;
    }
    if before == "top" && value <= 100.0 {
        return Some(plain(Kind::Ordinal, at - 1..at + 1, value));
    }
    if matches!(before, "week" | "kw" | "fy" | "cy" | "day" | "year") {
        return Some(plain(Kind::Period, at - 1..at + 1, value));
    }
    let at_start = at == 0 && matches!(next, "." | ")") && glued && at + 2 < lexed.tokens.len();
    let named = at > 0 && lexed.word(at - 1) == Some(Word::Label) && !scaled(lexed, at + 1);
    let long = lexed.at(at).len() >= 8;
    if at_start || long || named {
        let first = if named { at - 1 } else { at };
        return Some(plain(Kind::Identifier, first..at + 1, value));
    }
    None
}

/// Letters right behind a numeral that make a name of it: `3PL`, `4G`, `11h30`, `1H`.
fn is_name_suffix(lexed: &Lexed<'_>, at: usize) -> bool {
    let token = lexed.tokens[at];
    let raw = lexed.raw(token.start..token.end);
    let upper = raw.chars().all(|next| next.is_ascii_uppercase());
    match token.kind {
        TokenKind::Name => true,
        TokenKind::Word(None) => upper && (raw.len() > 1 || matches!(raw, "G" | "D" | "Q")),
        TokenKind::Word(Some(Word::ShortTime(Span::Hour | Span::Day))) => upper,
        _ => false,
    }
}

fn scaled(lexed: &Lexed<'_>, at: usize) -> bool {
    matches!(
        lexed.word(at),
        Some(Word::Scale(_) | Word::ShortScale(_) | Word::Hundred)
    )
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
    let apart = between > 0 && !hundred && !out;
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

/// A unit and where it ends.
#[derive(Clone, Copy)]
pub(super) struct UnitAt {
    pub(super) unit: Unit,
    pub(super) next: usize,
    /// What to multiply the value with: 0.01 for basis points.
    pub(super) factor: f64,
}

/// The unit behind a number.
pub(super) fn unit_at(lexed: &Lexed<'_>, at: usize) -> Option<UnitAt> {
    let hyphen = lexed.at(at) == "-" && lexed.glued(at) && lexed.glued(at + 1);
    let at = at + usize::from(hyphen);
    let found = |unit, next, factor| Some(UnitAt { unit, next, factor });
    let points = |at: usize| match lexed.word(at) {
        Some(Word::Points(factor)) if lexed.at(at) != "bps" => Some(factor),
        _ => None,
    };
    match (lexed.at(at), lexed.at(at + 1)) {
        ("%", "-") if points(at + 2).is_some() => return found(Unit::Points, at + 3, 1.0),
        ("%", _) if points(at + 1).is_some() => return found(Unit::Points, at + 2, 1.0),
        ("%", _) => return found(Unit::Percent, at + 1, 1.0),
        ("‰", _) => return found(Unit::Percent, at + 1, 0.1),
        ("per" | "pour" | "por", "cent" | "ciento") => return found(Unit::Percent, at + 2, 1.0),
        ("x" | "×", _) if lexed.numeral(at + 1).is_none() => {
            return found(Unit::Factor, at + 1, 1.0);
        }
        ("fold", _) => return found(Unit::Factor, at + 1, 1.0),
        ("times", after) if !matches!(after, "a" | "per" | "out" | "in") => {
            return found(Unit::Factor, at + 1, 1.0);
        }
        ("p", _) if lexed.glued(at) && !hyphen => return found(Unit::Money("cents"), at + 1, 1.0),
        ("working" | "business" | "calendar" | "full" | "consecutive" | "straight", _) => {
            return match lexed.word(at + 1) {
                Some(Word::Time(span)) => found(Unit::Duration(span), at + 2, 1.0),
                _ => None,
            };
        }
        (sign, _) => {
            if let Some(symbol) = unit::currency_sign(sign) {
                // "5 $6": the sign belongs to what it is glued to.
                let before =
                    lexed.glued(at + 1) && lexed.numeral(at + 1).is_some() && !lexed.glued(at);
                return if before {
                    None
                } else {
                    found(Unit::Money(symbol), at + 1, 1.0)
                };
            }
        }
    }
    match lexed.word(at)? {
        Word::Percent if points(at + 1).is_some() => found(Unit::Points, at + 2, 1.0),
        Word::Percent => found(Unit::Percent, at + 1, 1.0),
        Word::PointsPrefix(factor) if points(at + 1).is_some() => {
            found(Unit::Points, at + 2, factor)
        }
        Word::Points(factor) => found(Unit::Points, at + 1, factor),
        Word::Money(code) => found(Unit::Money(unit::currency(code)), at + 1, 1.0),
        Word::ScaledMoney(scale, code) => found(Unit::Money(unit::currency(code)), at + 1, scale),
        Word::Time(span) => found(Unit::Duration(span), at + 1, 1.0),
        Word::ShortTime(span) if lexed.glued(at) => found(Unit::Duration(span), at + 1, 1.0),
        _ => None,
    }
}

/// A currency before a number.
#[derive(Clone, Copy)]
pub(super) struct MoneyBefore {
    first: usize,
    symbol: &'static str,
    factor: f64,
}

/// `$5`, `US$5`, `SEK 310`
pub(super) fn money_before(lexed: &Lexed<'_>, at: usize) -> Option<MoneyBefore> {
    let sign = at.checked_sub(1)?;
    let found = |first, symbol, factor| {
        Some(MoneyBefore {
            first,
            symbol,
            factor,
        })
    };
    if let Some(symbol) = unit::currency_sign(lexed.at(sign)) {
        let country = sign.checked_sub(1).filter(|_| lexed.glued(sign));
        let symbol_of = |code| match code {
            "us" => Some("$"),
            "a" | "au" => Some("AUD"),
            "c" | "ca" => Some("CAD"),
            "nz" => Some("NZD"),
            "hk" => Some("HKD"),
            "s" => Some("SGD"),
            "r" => Some("BRL"),
            _ => None,
        };
        return match country.and_then(|country| symbol_of(lexed.at(country))) {
            Some(symbol) => found(sign - 1, symbol, 1.0),
            // "5€ 6": the sign belongs to the number before it.
            None if lexed.glued(sign)
                && !lexed.glued(at)
                && country.is_some_and(|before| lexed.numeral(before).is_some()) =>
            {
                None
            }
            None => found(sign, symbol, 1.0),
        };
    }
    match lexed.word(sign)? {
        // Names stand behind their number, codes on either side.
        Word::Money(code) if lexed.at(sign).len() <= 3 && code != "cents" => {
            found(sign, unit::currency(code), 1.0)
        }
        Word::ScaledMoney(scale, code) => found(sign, unit::currency(code), scale),
        _ => None,
    }
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

/// `#1`, `'27`
fn sign(lexed: &Lexed<'_>, at: usize) -> Option<Quantity> {
    let Some(Numeral::Value { value, plain: true }) = lexed.numeral(at + 1) else {
        return None;
    };
    if !lexed.glued(at + 1) {
        return None;
    }
    match lexed.at(at) {
        "#" => Some(plain(Kind::Ordinal, at..at + 2, value)),
        "'" | "’" if !lexed.glued(at) && lexed.at(at + 1).len() == 2 => {
            Some(plain(Kind::Period, at..at + 2, 2000.0 + value))
        }
        "+" if !lexed.glued(at) => {
            surroundings::telephone(lexed, at).map(|end| plain(Kind::Identifier, at..end, 0.0))
        }
        _ => None,
    }
}
