//! Where a goal's words begin and end (rule G8), and how a sentence falls into parts.

use std::ops::Range;

use crate::lexicon::Class;
use crate::target::Kind;
use crate::text::Text;
use crate::token::TokenKind;

/// The parts of a sentence that are judged on their own in a Goals zone: `a; b`.
pub(crate) fn parts(text: &Text, sentence: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = sentence.start;
    for at in sentence.clone() {
        if text.mark(at) == Some(";") {
            out.push(start..at);
            start = at + 1;
        }
    }
    out.push(start..sentence.end);
    out.retain(|part| !part.is_empty());
    out.into_iter()
        .flat_map(|part| listed(text, part))
        .collect()
}

/// "15 new customers per month, win rate 28%": a list by commas, where each member stands for itself.
fn listed(text: &Text, part: Range<usize>) -> Vec<Range<usize>> {
    let mut members = Vec::new();
    let mut start = part.start;
    for at in part.clone() {
        if text.mark(at) == Some(",") {
            members.push(start..at);
            start = at + 1;
        }
    }
    members.push(start..part.end);
    let stands = |member: &Range<usize>| {
        let start = skip_lead(text, member.clone());
        let noun = text.quantities_in(member.clone()).next().is_some()
            && member.len() > 1
            && text.at(Class::Date, start).is_none()
            && text.at(Class::Bound, start).is_none()
            || text.at(Class::Comparative, start).is_some()
                && text.at(Class::Bound, start).is_none()
                && member.end > start + 1
            || [Class::StrongChange, Class::OrganisationVerb]
                .into_iter()
                .any(|class| text.at(class, start).is_some())
            || text
                .values_in(member.clone())
                .any(|quantity| quantity.kind == Kind::Ordinal);
        let preposition = [
            "by",
            "in",
            "before",
            "without",
            "while",
            "across",
            "with",
            "for",
            "from",
            "at",
            "so",
            "because",
            "was",
            "now",
            "which",
            "who",
            "otherwise",
            "not",
            "nor",
            "but",
            "maybe",
            "perhaps",
            "ideally",
        ]
        .iter()
        .any(|word| text.is(start, word));
        start < member.end
            && !text.is(start, "#")
            && noun
            && !preposition
            && text.verb(member.clone()).is_none()
            && !text.has(Class::PastPeriod, member.clone())
            && !text.has(Class::NowWord, member.clone())
            && !text.has(Class::EvidenceMark, start..(start + 1).min(member.end))
    };
    if members.len() > 1 && members.iter().all(stands) {
        members
    } else {
        vec![part]
    }
}

/// The first token of the outcome: behind `to`, articles, `also`, marks and the like.
pub(crate) fn skip_lead(text: &Text, span: Range<usize>) -> usize {
    let mut at = span.start;
    while at < span.end {
        let word = text.plain[text.tokens[at].range()].to_ascii_lowercase();
        let skip = match text.tokens[at].kind {
            TokenKind::Mark => !matches!(
                word.as_str(),
                "+" | "<"
                    | ">"
                    | "$"
                    | "€"
                    | "£"
                    | "-"
                    | "~"
                    | "≤"
                    | "≥"
                    | "#"
                    | "≈"
                    | "↑"
                    | "↓"
                    | "("
            ),
            _ => matches!(
                word.as_str(),
                "to" | "we"
                    | "also"
                    | "now"
                    | "really"
                    | "just"
                    | "basically"
                    | "definitely"
                    | "then"
                    | "that"
                    | "and"
                    | "is"
                    | "the"
                    | "a"
                    | "an"
                    | "see"
                    | "still"
                    | "first"
                    | "be able"
            ),
        };
        // "the same week" keeps nothing of its article, "a third" keeps its number.
        if !skip || text.at(Class::Quantity, at).is_some() || text.at(Class::Metric, at).is_some() {
            break;
        }
        at += 1;
    }
    at
}

/// The token behind the outcome's last one.
pub(crate) fn end(text: &Text, span: Range<usize>) -> usize {
    let mut at = span.start;
    let mut amounts = false;
    while at < span.end {
        if at > span.start && stops(text, &span, at, amounts) {
            break;
        }
        if let Some(hit) = text.at(Class::Quantity, at) {
            amounts = true;
            at = hit.end.min(span.end);
        } else {
            at += 1;
        }
    }
    trim(text, span.start..at)
}

/// G8: evidence marks, brackets, dashes, new clauses.
fn stops(text: &Text, span: &Range<usize>, at: usize, amounts: bool) -> bool {
    if let Some(mark) = text.mark(at) {
        return match mark {
            ":" => !is_ratio(text, at) && (amounts || at > span.start + 4),
            "(" => !is_acronym(text, at),
            ")" => !(at >= 2 && is_acronym(text, at - 2)),
            ";" | "–" | "|" | "…" => true,
            "-" => {
                let token = text.tokens[at];
                let before = text.plain[..token.start as usize].ends_with(' ');
                before
                    && text.plain[token.end as usize..].starts_with(' ')
                    && !number_range(text, at)
            }
            "\"" => true,
            "->" => !from_to(text, span, at),
            "," => comma_stops(text, span, at),
            _ => false,
        };
    }
    if text.at(Class::EvidenceMark, at).is_some() {
        return !is_constraint(text, at);
    }
    if text.at(Class::ClauseVerb, at).is_some() && !text.in_date(at) && !verb_inside(text, at) {
        return true;
    }
    if text.is(at, "to") {
        return amounts_or_object(text, span.start..at, amounts)
            && is_purpose(text, at)
            && !is_wanted_of(text, span, at);
    }
    if text.is(at, "by")
        && text
            .tokens
            .get(at + 1)
            .is_some_and(|token| text.plain[token.range()].ends_with("ing"))
    {
        return true;
    }
    if text.is(at, "or") {
        return !is_range(text, at);
    }
    if text.is(at, "and") || text.is(at, "but") {
        return new_clause(text, at + 1, span.end) || text.is(at, "but");
    }
    false
}

/// A verb that belongs to the outcome: an infinitive's "have", "does not" behind a "that".
fn verb_inside(text: &Text, at: usize) -> bool {
    at > 0 && (text.is(at - 1, "to") || text.is(at - 1, "not"))
        || text.is(at, "cost")
        || text.is(at, "costs")
        || text.is(at, "left") && at > 0 && text.is(at - 1, "are")
}

/// `1:40`
fn is_ratio(text: &Text, at: usize) -> bool {
    number_range(text, at)
}

/// "while keeping CAC flat" belongs to the goal.
fn is_constraint(text: &Text, at: usize) -> bool {
    text.is(at, "while")
        && ["keeping", "holding", "maintaining", "staying"]
            .iter()
            .any(|word| text.is(at + 1, word))
}

/// T8: "28 or 30%", "5 or more"; any other "or" opens a consequence.
fn is_range(text: &Text, at: usize) -> bool {
    let next = at + 1;
    text.at(Class::Quantity, next).is_some()
        || text.at(Class::Date, next).is_some()
        || text.at(Class::Bound, next).is_some()
        || [
            "more", "less", "better", "so", "fewer", "below", "lower", "higher",
        ]
        .iter()
        .any(|word| text.is(next, word))
        || text.at(Class::Metric, next).is_some()
}

/// "(AHT)": the metric's short name, inside the span.
fn is_acronym(text: &Text, open: usize) -> bool {
    let word = text
        .tokens
        .get(open + 1)
        .map(|token| &text.plain[token.range()]);
    text.mark(open) == Some("(")
        && text.mark(open + 2) == Some(")")
        && word.is_some_and(|word| word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase()))
        && text.tokens.len() > open + 3
}

fn number_range(text: &Text, at: usize) -> bool {
    at > 0
        && text
            .tokens
            .get(at + 1)
            .is_some_and(|after| after.kind == TokenKind::Number)
        && text.tokens[at - 1].kind == TokenKind::Number
}

/// T9: value -> value is a from-to.
fn from_to(text: &Text, span: &Range<usize>, at: usize) -> bool {
    text.quantities_in(at..(at + 5).min(span.end))
        .next()
        .is_some()
}

fn comma_stops(text: &Text, span: &Range<usize>, at: usize) -> bool {
    let next = at + 1;
    if next >= span.end || text.at(Class::EvidenceMark, next).is_some() {
        return true;
    }
    if ["maybe", "perhaps", "possibly", "ideally", "better"]
        .iter()
        .any(|word| text.is(next, word))
    {
        return text
            .quantities_in(next..(next + 4).min(span.end))
            .next()
            .is_none();
    }
    if text.at(Class::Date, next).is_some()
        || text.at(Class::Bound, next).is_some() && !text.is(next, "of")
    {
        return false;
    }
    if [
        "in", "by", "before", "without", "while", "across", "with", "for",
    ]
    .iter()
    .any(|word| text.is(next, word))
    {
        return false;
    }
    // A list of outcomes goes on; anything else is a new clause.
    let verb = [Class::ChangeVerb, Class::OrganisationVerb]
        .into_iter()
        .any(|class| text.at(class, next).is_some());
    let and = text.is(next, "and") && !new_clause(text, next + 1, span.end);
    !(verb
        || and
        || text.at(Class::Metric, next).is_some()
            && text.quantities_in(next..span.end).next().is_some())
}

fn new_clause(text: &Text, at: usize, end: usize) -> bool {
    let near = at..(at + 4).min(end);
    text.at(Class::They, at).is_some()
        && (text.verb(near.clone()).is_some() || text.has(Class::Want, near.clone()))
        || text.has(Class::Want, near.clone())
        || text.at(Class::EvidenceMark, at).is_some()
        || text.at(Class::PastPeriod, at).is_some()
        || text.at(Class::NowWord, at).is_some()
        || text.verb(at..(at + 5).min(end)).is_some()
            && text.quantities_in(at..(at + 3).min(end)).next().is_none()
}

/// "time to hire to come down", "two consultants to be certified": what is wanted of a thing, not a purpose.
fn is_wanted_of(text: &Text, span: &Range<usize>, at: usize) -> bool {
    const OF: &[&str] = &[
        "be", "come", "go", "get", "fall", "drop", "rise", "stay", "reach", "hit", "stop", "grow",
        "hire", "close", "fill", "value", "market", "resolve",
    ];
    let verb_first = [
        Class::ChangeVerb,
        Class::AttainVerb,
        Class::OrganisationVerb,
    ]
    .into_iter()
    .any(|class| text.at(class, span.start).is_some());
    !verb_first && OF.iter().any(|word| text.is(at + 1, word))
        || text
            .of(Class::Metric, span.start..text.tokens.len())
            .take_while(|hit| hit.start < at)
            .any(|hit| at < hit.end)
}

fn amounts_or_object(text: &Text, before: Range<usize>, amounts: bool) -> bool {
    amounts || before.len() >= 2 && text.at(Class::Metric, before.end - 1).is_none()
}

/// `to` + a verb is a purpose; `to` + a number, a date, a name or an article is a target.
fn is_purpose(text: &Text, at: usize) -> bool {
    let next = at + 1;
    let Some(token) = text.tokens.get(next) else {
        return false;
    };
    let word = &text.plain[token.range()];
    if token.kind != TokenKind::Word
        || text.at(Class::Quantity, next).is_some()
        || text.at(Class::Date, next).is_some()
    {
        return false;
    }
    let verb = [Class::AnyVerb, Class::ClauseVerb]
        .into_iter()
        .any(|class| text.at(class, next).is_some());
    let noun = word.starts_with(char::is_uppercase)
        || text.at(Class::Metric, next).is_some()
        || text.at(Class::NumberWord, next).is_some()
        || [
            "the", "a", "an", "all", "any", "our", "their", "his", "her", "its", "under", "below",
            "above", "over", "within", "no", "every", "each", "at", "about", "around", "less",
            "more", "single", "double", "zero", "this", "that", "market", "date",
        ]
        .iter()
        .any(|small| text.is(next, small));
    // "down to", "up to", "back to": a way, not a purpose.
    let way = at > 0
        && ["down", "up", "back", "due", "from"]
            .iter()
            .any(|word| text.is(at - 1, word));
    (verb || !noun) && !way
}

fn trim(text: &Text, span: Range<usize>) -> usize {
    let mut end = span.end;
    while end > span.start {
        let last = end - 1;
        let mark = text
            .mark(last)
            .is_some_and(|mark| !matches!(mark, ")" | "%"));
        let word = [
            "and", "but", "also", "or", "so", "now", "though", "with", "he", "she", "they",
            "which", "then", "because", "the", "a",
        ]
        .iter()
        .any(|word| text.is(last, word));
        let tag = last > span.start
            && text.is(last - 1, "#")
            && text.tokens[last - 1].end == text.tokens[last].start;
        if !mark && !word && !tag {
            break;
        }
        end = if tag { last - 1 } else { last };
    }
    end
}

/// Splits coordinated goals: "hire 10 AEs and cut ramp to 60 days"; "revenue and EBITDA 15%" stays one.
pub(crate) fn conjuncts(
    text: &Text,
    span: Range<usize>,
    is_outcome: impl Fn(Range<usize>) -> bool,
) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = span.start;
    for at in span.clone() {
        let joins = text.is(at, "and")
            || text.is(at, "plus")
            || text.is(at, "&")
            || text.is(at, "+")
                && text.tokens[at].end < text.tokens.get(at + 1).map_or(0, |next| next.start)
            || text.mark(at) == Some(",");
        if !joins || at <= start {
            continue;
        }
        let right = skip_lead(text, at + 1..span.end);
        let own = [
            Class::ChangeVerb,
            Class::AttainVerb,
            Class::OrganisationVerb,
        ]
        .into_iter()
        .any(|class| text.at(class, right).is_some())
            || text.at(Class::Comparative, right).is_some()
                && text
                    .tokens
                    .get(right + 1)
                    .is_some_and(|next| next.kind == TokenKind::Word)
            || (text.at(Class::Metric, right).is_some() || text.is(at, "+"))
                && text.quantities_in(right..span.end).next().is_some()
                && text.quantities_in(start..at).next().is_some();
        if own && is_outcome(start..at) && is_outcome(right..span.end) {
            out.push(start..trim(text, start..at));
            start = right;
        }
    }
    out.push(start..span.end);
    out
}

/// Where the clause that holds `at` begins.
pub(crate) fn clause_start(text: &Text, start: usize, at: usize) -> usize {
    (start..at)
        .rev()
        .find(|&token| {
            matches!(text.mark(token), Some("," | ";" | ":" | "–" | "(" | "\""))
                || text.is(token, "and")
                || text.is(token, "but")
                || text.is(token, "so")
        })
        .map_or(start, |token| token + 1)
}
