//! By when: deadlines and the periods that a goal is measured over. Reads words of time only; an event without a
//! date is no deadline here.

use std::ops::Range;

use super::{
    Period,
    lex::Lexed,
    quantity::{Kind, Quantity},
    surroundings,
    unit::Span,
    words::Word,
};

/// A time that a goal names.
pub(super) struct When {
    /// With its preposition.
    pub(super) tokens: Range<usize>,
    /// Without it.
    pub(super) shown: Range<usize>,
    /// `by`, `before`, `until`: surely a deadline.
    pub(super) firm: bool,
}

/// Every time named in a text, in its order.
pub(super) fn times(lexed: &Lexed<'_>, quantities: &[Quantity]) -> Vec<When> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < lexed.tokens.len() {
        let when = time(lexed, quantities, at);
        at = when
            .as_ref()
            .map_or(at + 1, |when| when.tokens.end.max(at + 1));
        found.extend(when);
    }
    found
}

fn time(lexed: &Lexed<'_>, quantities: &[Quantity], at: usize) -> Option<When> {
    let text = lexed.at(at);
    let firm = matches!(
        text,
        "by" | "before" | "until" | "till" | "til" | "bis" | "avant"
    );
    let loose = matches!(
        text,
        "in" | "for" | "from" | "during" | "on" | "at" | "come" | "since"
    );
    let start = at + usize::from(firm || loose);
    let end = expression(lexed, quantities, start, firm || loose, 0)?;
    // "for the H1 cohort", "in the autumn survey": part of a name.
    if loose && lexed.is_word(end) && lexed.word(end).is_none() {
        return None;
    }
    // "since 2021" and "from 2025" begin something.
    (text != "since").then_some(When {
        tokens: at..end,
        shown: start..end,
        firm,
    })
}

/// Where the expression of time that begins at `at` ends. After a preposition, bare names of months and seasons
/// and "the year" are times as well.
fn expression(
    lexed: &Lexed<'_>,
    quantities: &[Quantity],
    at: usize,
    after_preposition: bool,
    depth: u8,
) -> Option<usize> {
    let article = usize::from(lexed.at(at) == "the");
    let at = at + article;
    if let Some(end) = dated(lexed, quantities, at) {
        return Some(end);
    }
    let text = lexed.at(at);
    match text {
        "eoy" | "eoq" | "eom" | "eofy" | "ye" => {
            return Some(dated(lexed, quantities, at + 1).unwrap_or(at + 1));
        }
        "start" | "beginning" | "middle" | "close" if lexed.at(at + 1) != "of" => return None,
        "end" | "start" | "beginning" | "middle" | "close" | "early" | "mid" | "late" | "fin"
        | "ende" => {
            let mut inner = at + 1;
            while inner < at + 4
                && matches!(
                    lexed.at(inner),
                    "of" | "-" | "the" | "de" | "this" | "next" | "their" | "our"
                )
            {
                inner += 1;
            }
            // "the end of the close of the year" goes no deeper.
            let end = if depth < 2 {
                expression(lexed, quantities, inner, true, depth + 1)
            } else {
                None
            };
            if end.is_some() {
                return end;
            }
            let named = period_noun(lexed, inner)?;
            return Some(named);
        }
        "year" | "month" | "quarter" | "fy" => {
            let dash = usize::from(lexed.at(at + 1) == "-");
            let within = at > 0 && lexed.at(at - 1) == "of";
            if !within && matches!(lexed.at(at + 1 + dash), "end" | "close") {
                return Some(at + 2 + dash);
            }
        }
        "this" | "next" | "coming" | "current" => {
            return period_noun(lexed, at + 1)
                .map(|end| dated(lexed, quantities, end).unwrap_or(end));
        }
        _ => {}
    }
    if after_preposition
        && (lexed.word(at) == Some(Word::Month) && surroundings::is_month(lexed, at)
            || season(text))
    {
        let mut end = at + 1;
        if lexed.at(end) == "next" && lexed.at(end + 1) == "year" {
            end += 2;
        }
        return Some(dated(lexed, quantities, end).unwrap_or(end));
    }
    None
}

/// Dates and periods in digits, with the year behind them.
fn dated(lexed: &Lexed<'_>, quantities: &[Quantity], at: usize) -> Option<usize> {
    let at_number = |at: usize| {
        let index = quantities.partition_point(|quantity| quantity.tokens.end <= at);
        quantities.get(index).filter(|quantity| {
            quantity.tokens.start == at && matches!(quantity.kind, Kind::Date | Kind::Period)
        })
    };
    let mut end = at_number(at)?.tokens.end;
    let of = usize::from(lexed.at(end) == "of");
    if let Some(year) = at_number(end + of).filter(|year| year.kind == Kind::Period) {
        end = year.tokens.end;
    }
    if matches!(lexed.at(end), "end" | "close") {
        end += 1;
    }
    Some(end)
}

/// `fiscal year`, `quarter`, `summer`
fn period_noun(lexed: &Lexed<'_>, at: usize) -> Option<usize> {
    let adjective = usize::from(matches!(
        lexed.at(at),
        "fiscal"
            | "financial"
            | "calendar"
            | "budget"
            | "school"
            | "coming"
            | "current"
            | "academic"
            | "half"
    ));
    let noun = at + adjective;
    let text = lexed.at(noun);
    let named = matches!(
        lexed.word(noun),
        Some(Word::Time(
            Span::Year | Span::Quarter | Span::Month | Span::Week
        )) | Some(Word::Month)
    ) || season(text)
        || matches!(text, "fy" | "season" | "semester" | "term" | "half");
    if !named {
        return None;
    }
    Some(noun + 1 + usize::from(matches!(lexed.at(noun + 1), "end")))
}

fn season(text: &str) -> bool {
    matches!(
        text,
        "spring"
            | "summer"
            | "autumn"
            | "fall"
            | "winter"
            | "christmas"
            | "xmas"
            | "easter"
            | "thanksgiving"
            | "diwali"
            | "ramadan"
            | "peak"
            | "whitsun"
            | "harvest"
    )
}

/// Year, quarter or month, if the words of a deadline name one.
pub(super) fn kind(text: &str) -> Option<Period> {
    let lower = text.to_ascii_lowercase();
    let has = |part: &str| lower.contains(part);
    if has("quarter")
        || has("eoq")
        || lower
            .strip_prefix('q')
            .is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit()))
    {
        Some(Period::Quarter)
    } else if has("month") || has("eom") {
        Some(Period::Month)
    } else if has("year")
        || has("eoy")
        || has("fy")
        || lower.len() == 4 && lower.bytes().all(|byte| byte.is_ascii_digit())
    {
        Some(Period::Year)
    } else {
        None
    }
}
