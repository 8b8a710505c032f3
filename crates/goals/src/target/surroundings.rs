//! What stands around a number: signs and bounds before it, rates and nouns behind it, and the neighbours that make
//! a date or a year of it. Looks a few tokens far, never further.

use std::ops::Range;

use super::{
    lex::Lexed,
    measure,
    numeral::Numeral,
    quantity::{Bound, Per, Quantity, Sign},
    spoken,
    unit::Span,
    words::Word,
};

/// Fills in sign, bound, rate and noun of an amount whose tokens are known.
pub(super) fn read(lexed: &Lexed<'_>, quantity: &mut Quantity) {
    if let Some((sign, first)) = sign(lexed, quantity.tokens.start) {
        quantity.sign = Some(sign);
        quantity.tokens.start = first;
    }
    let (bound, approx) = bound(lexed, quantity.tokens.start);
    quantity.approx = approx
        || lexed.at(quantity.tokens.end) == "or" && lexed.at(quantity.tokens.end + 1) == "so";
    let noun = noun(lexed, quantity.tokens.end);
    quantity.per = per(lexed, quantity.tokens.end, noun.end);
    quantity.bound = bound
        .or_else(|| spoken::bound_behind(lexed, quantity.tokens.end))
        .or_else(|| spoken::bound_behind(lexed, noun.end));
    quantity.noun = (!noun.is_empty()).then(|| lexed.span(noun.start, noun.end));
}

fn sign(lexed: &Lexed<'_>, first: usize) -> Option<(Sign, usize)> {
    let at = first.checked_sub(1)?;
    let after_number = at > 0 && lexed.numeral(at - 1).is_some();
    let glued = lexed.glued(first);
    match lexed.at(at) {
        "+" | "plus" if !after_number => Some((Sign::Plus, at)),
        "↑" | "^" => Some((Sign::Plus, at)),
        "↓" => Some((Sign::Minus, at)),
        "-" | "–" | "−" if glued && !lexed.glued(at) => Some((Sign::Minus, at)),
        "minus" if !after_number => Some((Sign::Minus, at)),
        _ => None,
    }
}

/// The bound that stands before a number, and whether the number is rough.
fn bound(lexed: &Lexed<'_>, first: usize) -> (Option<Bound>, bool) {
    let mut approx = false;
    let mut at = first;
    let before = |at: usize| at.checked_sub(1).map_or("", |before| lexed.at(before));
    for _ in 0..4 {
        match before(at) {
            "~" | "≈" => approx = true,
            "a" | "an" | "the" | "only" | "just" | "well" => {}
            "." if matches!(
                before(at - 1),
                "max" | "min" | "mind" | "ca" | "c" | "approx" | "no"
            ) => {}
            "c" => approx = true,
            _ if at > 0 && lexed.word(at - 1) == Some(Word::Approx) => approx = true,
            _ => break,
        }
        at -= 1;
    }
    (
        at.checked_sub(1).and_then(|at| bound_word(lexed, at)),
        approx,
    )
}

/// The bound whose last word stands at `at`.
fn bound_word(lexed: &Lexed<'_>, at: usize) -> Option<Bound> {
    let before = |back: usize| at.checked_sub(back).map_or("", |before| lexed.at(before));
    let negated = |word: &str| {
        matches!(word, "no" | "not" | "never" | "without")
            || word.ends_with("n't")
            || word.ends_with("n’t")
    };
    let denied = negated(before(1)) || negated(before(2));
    // "nobody does more than four nights", "no lift stops over 20 min"
    let none = || {
        (at.saturating_sub(9)..at)
            .rev()
            .map(|at| lexed.at(at))
            .take_while(|word| !matches!(*word, "," | ";" | "." | ":"))
            .any(|word| {
                negated(word)
                    || matches!(word, "nobody" | "none" | "nothing" | "neither" | "nowhere")
            })
    };
    let above = || Some(if none() { Bound::AtMost } else { Bound::Above });
    match lexed.at(at) {
        "<" => Some(Bound::Below),
        "≤" | "<=" => Some(Bound::AtMost),
        ">" => Some(Bound::Above),
        "≥" | ">=" => Some(Bound::AtLeast),
        "under" | "below" | "beneath" | "sub" | "unter" if denied => Some(Bound::AtLeast),
        "under" | "below" | "beneath" | "sub" | "unter" => Some(Bound::Below),
        "than" => match before(1) {
            "less" | "fewer" | "lower" | "shorter" | "smaller" | "faster" | "sooner"
                if negated(before(2)) || none() =>
            {
                Some(Bound::AtLeast)
            }
            "less" | "fewer" | "lower" | "shorter" | "smaller" | "faster" | "sooner" => {
                Some(Bound::Below)
            }
            "more" | "greater" | "higher" | "longer" | "bigger" | "larger" | "later" | "better"
            | "worse" | "over"
                if negated(before(2)) || before(2).is_empty() && negated(before(3)) =>
            {
                Some(Bound::AtMost)
            }
            "more" | "greater" | "higher" | "longer" | "bigger" | "larger" | "better" => above(),
            _ => None,
        },
        "most" | "höchstens" | "max" | "maximum" => Some(Bound::AtMost),
        "latest" | "within" | "inside" => Some(Bound::AtMost),
        "to" if before(1) == "up" => Some(Bound::AtMost),
        "least" | "mind" | "mindestens" | "min" | "minimum" => Some(Bound::AtLeast),
        "over" | "above" | "beyond" | "exceed" | "exceeds" | "exceeding" | "past" | "über"
            if denied =>
        {
            Some(Bound::AtMost)
        }
        "over" | "above" | "beyond" | "exceed" | "exceeds" | "exceeding" | "über" => above(),
        _ => None,
    }
}

/// The words behind a number that it counts: up to four, none of which ends a phrase.
fn noun(lexed: &Lexed<'_>, at: usize) -> Range<usize> {
    let hyphen = lexed.at(at) == "-" && lexed.glued(at) && lexed.glued(at + 1);
    let start = at + usize::from(hyphen);
    let mut end = start;
    while end < start + 4 && lexed.is_word(end) {
        match lexed.word(end) {
            Some(
                Word::Stop
                | Word::Rate(_)
                | Word::Month
                | Word::Approx
                | Word::Small(_)
                | Word::Tens(_),
            ) => break,
            _ => end += 1,
        }
    }
    if end == start { at..at } else { start..end }
}

/// The rate behind an amount or behind its noun: `/mo`, `a month`, `monthly`, `YoY`.
fn per(lexed: &Lexed<'_>, unit_end: usize, noun_end: usize) -> Option<Per> {
    per_at(lexed, unit_end).or_else(|| {
        (noun_end > unit_end)
            .then(|| per_at(lexed, noun_end))
            .flatten()
    })
}

/// The rate that begins at a token.
pub(super) fn per_at(lexed: &Lexed<'_>, at: usize) -> Option<Per> {
    let found = |next: usize, span: Option<Span>| {
        Some(Per {
            range: lexed.span(at, next),
            span,
        })
    };
    let span = |at: usize| match lexed.word(at) {
        Some(Word::Time(span) | Word::ShortTime(span)) => Some(span),
        _ => None,
    };
    match lexed.at(at) {
        "/" if lexed.is_word(at + 1) => found(at + 2, span(at + 1)),
        "a" | "an" | "per" | "each" | "every" | "pro" | "par" => {
            let adjective = usize::from(matches!(
                lexed.at(at + 1),
                "working" | "business" | "calendar" | "single"
            ));
            let time = span(at + 1 + adjective);
            let other =
                lexed.at(at) == "per" && lexed.is_word(at + 1) && lexed.at(at + 1) != "cent";
            let annum = lexed.at(at + 1) == "annum";
            match time {
                Some(time) => found(at + 2 + adjective, Some(time)),
                None if annum => found(at + 2, Some(Span::Year)),
                None if other => found(at + 2, None),
                None => None,
            }
        }
        "y" | "m" | "q" if lexed.at(at + 1) == "/" && lexed.at(at + 2) == lexed.at(at) => {
            let span = match lexed.at(at) {
                "y" => Span::Year,
                "m" => Span::Month,
                _ => Span::Quarter,
            };
            found(at + 3, Some(span))
        }
        "p" if lexed.at(at + 1) == "." && lexed.at(at + 2) == "a" => found(
            at + 3 + usize::from(lexed.at(at + 3) == "."),
            Some(Span::Year),
        ),
        "year" if lexed.at(at + 1) == "over" && lexed.at(at + 2) == "year" => {
            found(at + 3, Some(Span::Year))
        }
        "year"
            if lexed.at(at + 2) == "on"
                || lexed.at(at + 4) == "year" && lexed.at(at + 2) == "over" =>
        {
            found(at + 5, Some(Span::Year))
        }
        _ => match lexed.word(at) {
            Some(Word::Rate(span)) => found(at + 1, Some(span)),
            _ => None,
        },
    }
}

/// Whether a month's name at `at` is one: "may" and "march" are verbs as well.
pub(super) fn is_month(lexed: &Lexed<'_>, at: usize) -> bool {
    if lexed.word(at) != Some(Word::Month) {
        return false;
    }
    let token = lexed.tokens[at];
    let doubtful = matches!(lexed.at(at), "may" | "march" | "mar" | "dec");
    let before = at.checked_sub(1).map_or("", |before| lexed.at(before));
    let preposition = matches!(
        before,
        "by" | "in"
            | "until"
            | "till"
            | "before"
            | "from"
            | "since"
            | "of"
            | "end"
            | "mid"
            | "for"
            | "on"
            | "to"
    );
    !doubtful
        || preposition
        || lexed
            .raw(token.start..token.end)
            .starts_with(char::is_uppercase)
}

/// The tokens of a date whose day stands at `at`: `30 Sept`, `the 3rd of May 2026`, `Sept 30th`, `June 2026`.
pub(super) fn date(lexed: &Lexed<'_>, at: usize, value: f64) -> Option<Range<usize>> {
    let is_day = (1.0..=31.0).contains(&value) && lexed.at(at).len() <= 2;
    let suffix = usize::from(
        lexed.glued(at + 1) && matches!(lexed.at(at + 1), "st" | "nd" | "rd" | "th" | "."),
    );
    let month = at + 1 + suffix + usize::from(lexed.at(at + 1 + suffix) == "of");
    let named = lexed.word(month) == Some(Word::Month)
        && (lexed.at(month) != "may" || !lexed.is_word(month + 1));
    if is_day && (named || is_month(lexed, month)) {
        let year = matches!(lexed.numeral(month + 1), Some(Numeral::Value { value, plain: true }) if year(value));
        return Some(at..month + 1 + usize::from(year));
    }
    let before = at
        .checked_sub(1)
        .filter(|before| is_month(lexed, *before))?;
    let year = year(value) && lexed.at(at).len() == 4;
    let counted =
        measure::unit_at(lexed, at + 1).is_some() || lexed.at(at + 1) == "-" && lexed.glued(at + 1);
    if year || is_day && !counted {
        let dot = suffix == 1 && lexed.at(at + 1) == ".";
        return Some(before..at + 1 + if dot { 0 } else { suffix });
    }
    None
}

fn year(value: f64) -> bool {
    (1990.0..2100.0).contains(&value)
}

/// Whether a bare number names a year: `in 2027`, `2026`. Round ones may count: `2000 users`.
pub(super) fn is_year(lexed: &Lexed<'_>, at: usize, value: f64) -> bool {
    if !year(value) || lexed.at(at).len() != 4 {
        return false;
    }
    let unit = measure::unit_at(lexed, at + 1).is_some();
    let scaled = matches!(
        lexed.word(at + 1),
        Some(Word::Scale(_) | Word::ShortScale(_))
    );
    if unit || scaled || measure::money_before(lexed, at).is_some() {
        return false;
    }
    let before = at.checked_sub(1).map_or("", |before| lexed.at(before));
    let dated = matches!(
        before,
        "in" | "by"
            | "since"
            | "until"
            | "till"
            | "before"
            | "after"
            | "for"
            | "during"
            | "year"
            | "of"
            | "end"
            | "early"
            | "mid"
            | "late"
            | "spring"
            | "summer"
            | "autumn"
            | "fall"
            | "winter"
            | "season"
    );
    let counts =
        lexed.is_word(at + 1) && lexed.word(at + 1) != Some(Word::Stop) && value % 50.0 == 0.0;
    dated || !counts
}

/// Whether `1:40` is a ratio: the words say so.
pub(super) fn is_ratio(lexed: &Lexed<'_>, at: usize) -> bool {
    lexed.at(at).starts_with("1:")
        && (1..=3).any(|back| {
            at.checked_sub(back)
                .is_some_and(|at| lexed.at(at) == "ratio")
        })
}

/// Where a telephone number that begins with its `+` ends.
pub(super) fn telephone(lexed: &Lexed<'_>, at: usize) -> Option<usize> {
    let mut next = at + 1;
    let mut digits = 0;
    while next < at + 8 && lexed.numeral(next).is_some() {
        digits += lexed.at(next).bytes().filter(u8::is_ascii_digit).count();
        next += 1;
    }
    (next > at + 2 && digits >= 9).then_some(next)
}
