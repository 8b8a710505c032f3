//! Numbers that are no amounts: dates, times, periods, ranks and the numbers in names.

use std::ops::Range;

use super::{
    lex::{Kind as TokenKind, Lexed},
    measure::{money_before, unit_at},
    numeral::Numeral,
    quantity::{Kind, Quantity},
    surroundings,
    unit::{Span, Unit},
    words::Word,
};

/// A quantity that is no amount.
pub(super) fn plain(kind: Kind, tokens: Range<usize>, value: f64) -> Quantity {
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

/// `Q3`, `FY25/26`, `B2B`, `v2.3`
pub(super) fn name(lexed: &Lexed<'_>, at: usize) -> Quantity {
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

/// Numerals that their neighbours make a date, a time, a rank or a name.
pub(super) fn label(lexed: &Lexed<'_>, at: usize, value: f64, is_plain: bool) -> Option<Quantity> {
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
    let hyphenated = before == "-" && lexed.glued(at) && lexed.glued(at - 1);
    let crossed = next == "x" && glued && lexed.glued(at + 2) && lexed.numeral(at + 2).is_some();
    if hyphenated && next == "s" || crossed {
        // "Under-19s", "24x7"
        return Some(plain(
            Kind::Identifier,
            at..at + if crossed { 3 } else { 2 },
            value,
        ));
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
pub(super) fn is_name_suffix(lexed: &Lexed<'_>, at: usize) -> bool {
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

pub(super) fn scaled(lexed: &Lexed<'_>, at: usize) -> bool {
    matches!(
        lexed.word(at),
        Some(Word::Scale(_) | Word::ShortScale(_) | Word::Hundred)
    )
}

/// `#1`, `'27`
pub(super) fn sign(lexed: &Lexed<'_>, at: usize) -> Option<Quantity> {
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
