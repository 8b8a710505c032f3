//! The units and currencies around a number. Says what stands there, not whether it makes sense.

use super::{
    lex::Lexed,
    unit::{self, Unit},
    words::Word,
};

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
    pub(super) first: usize,
    pub(super) symbol: &'static str,
    pub(super) factor: f64,
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
        // "KR 2" is a key result.
        Word::Money(_) if lexed.raw(lexed.span(sign, sign + 1)) == "KR" => None,
        Word::Money(code) if lexed.at(sign).len() <= 3 && code != "cents" => {
            found(sign, unit::currency(code), 1.0)
        }
        Word::ScaledMoney(scale, code) => found(sign, unit::currency(code), scale),
        _ => None,
    }
}
