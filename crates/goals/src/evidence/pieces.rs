//! A sentence cut into pieces: at its marks, and where a connective opens a clause.

use std::ops::Range;

use crate::lexicon::Class;
use crate::substance::is_name;
use crate::text::Text;
use crate::token::TokenKind;

/// What opens a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    Start,
    Comma,
    /// A mark behind which something is said of what stands before: a dash, an arrow, a colon.
    Colon,
    /// A mark that begins something new: `;`, a bracket.
    Break,
}

impl Lead {
    /// Whether a clause cannot run over the mark.
    pub(super) fn is_strong(self) -> bool {
        matches!(self, Lead::Colon | Lead::Break)
    }
}

/// What a piece is to the goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Goal,
    Miss,
    Otherwise,
    Or,
    HitIt,
    /// Any other condition: serves nothing (T3).
    OtherIf,
    Because,
    Purpose,
    NegPurpose,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) tokens: Range<usize>,
    /// Where its content begins, behind the connective or the condition.
    pub(super) body: usize,
    pub(super) lead: Lead,
    pub(super) kind: Kind,
}

/// Cuts a sentence. `goals`: tokens of the goals of the text.
pub(super) fn split(text: &Text, sentence: Range<usize>, goals: &[Range<usize>]) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut start = sentence.start;
    let mut lead = Lead::Start;
    let mut kind = (Kind::Plain, sentence.start);
    let mut at = sentence.start;
    let close =
        |out: &mut Vec<Piece>, start: usize, end: usize, lead: Lead, kind: (Kind, usize)| {
            let tokens = trim(text, start..end);
            if !tokens.is_empty() {
                out.push(Piece {
                    body: kind.1.clamp(tokens.start, tokens.end),
                    tokens,
                    lead,
                    kind: kind.0,
                });
            }
        };
    while at < sentence.end {
        if let Some(goal) = goals.iter().find(|goal| goal.contains(&at)) {
            // A goal's own words are not cut, and what stands before it in its clause is its cue.
            kind = (Kind::Goal, at);
            at = goal.end.min(sentence.end);
            let follows = purpose_behind(text, at, sentence.end);
            if at < sentence.end {
                close(&mut out, start, at, lead, kind);
                (start, lead) = (at, Lead::Comma);
                kind = follows.unwrap_or((Kind::Plain, at));
                at = at.max(follows.map_or(at, |follows| follows.1));
            }
            continue;
        }
        let mark = mark_lead(text, at);
        if let Some(next) = mark {
            close(&mut out, start, at, lead, kind);
            (start, lead, kind) = (at + 1, next, (Kind::Plain, at + 1));
            at += 1;
            continue;
        }
        // "… and she has to …": a clause of its own.
        if at > start && (text.is(at, "and") || text.is(at, "but")) && subject_follows(text, at + 1)
        {
            close(&mut out, start, at, lead, kind);
            (start, lead, kind) = (at, Lead::Comma, (Kind::Plain, at + 1));
            at += 1;
            continue;
        }
        if let Some(found) = connective(text, at, sentence.end, start == at) {
            // A condition within a condition stays where it is.
            if start < at {
                close(&mut out, start, at, lead, kind);
                lead = Lead::Comma;
            }
            (start, kind) = (at, found);
            at = found.1.max(at + 1);
            continue;
        }
        at += 1;
    }
    close(&mut out, start, sentence.end, lead, kind);
    out
}

fn subject_follows(text: &Text, at: usize) -> bool {
    ["they", "he", "she", "we", "i", "it", "there"]
        .iter()
        .any(|word| text.is(at, word))
}

/// Without marks and line ends at the edges.
pub(super) fn trim(text: &Text, tokens: Range<usize>) -> Range<usize> {
    let edge = |at: usize| match text.tokens[at].kind {
        TokenKind::Newline => true,
        // "-3%" keeps its sign.
        TokenKind::Mark if text.is(at, "-") => !text.tokens.get(at + 1).is_some_and(|next| {
            next.kind == TokenKind::Number && next.start == text.tokens[at].end
        }),
        TokenKind::Mark => !matches!(
            &text.plain[text.tokens[at].range()],
            "%" | "$" | "€" | "£" | "+" | "~" | "<" | ">" | "#"
        ),
        _ => false,
    };
    let mut range = tokens.start..tokens.end.min(text.tokens.len());
    while range.start < range.end && edge(range.start) {
        range.start += 1;
    }
    while range.start < range.end && edge(range.end - 1) {
        range.end -= 1;
    }
    range
}

fn mark_lead(text: &Text, at: usize) -> Option<Lead> {
    match text.mark(at)? {
        "," => Some(Lead::Comma),
        ";" | "(" | ")" | "|" => Some(Lead::Break),
        "–" | "->" | ":" => Some(Lead::Colon),
        "-" => {
            let token = text.tokens[at];
            let blank = at > 0
                && text.tokens[at - 1].end < token.start
                && text
                    .tokens
                    .get(at + 1)
                    .is_some_and(|next| next.start > token.end);
            blank.then_some(Lead::Colon)
        }
        _ => None,
    }
}

/// The connective that begins at a token, and where its content begins.
fn connective(text: &Text, at: usize, end: usize, opens: bool) -> Option<(Kind, usize)> {
    let shortest = |class| {
        text.of(class, at..end)
            .filter(|hit| hit.start == at)
            .map(|hit| hit.end)
            .min()
    };
    let longest = |class| {
        text.of(class, at..end)
            .filter(|hit| hit.start == at)
            .map(|hit| hit.end)
            .max()
    };
    if let Some(cue) = shortest(Class::HitIt) {
        return Some((Kind::HitIt, condition_end(text, at, cue, end)));
    }
    if let Some(cue) = shortest(Class::Miss) {
        return Some((Kind::Miss, condition_end(text, at, cue, end)));
    }
    if text.is(at, "without") && longest(Class::Otherwise).is_none() {
        let body = condition_end(text, at, at + 1, end);
        // "Without new heads, grow 20%" is a constraint; "without it, two customers may leave" is none.
        let clause = text.mark(body).is_none()
            || (body + 2..(body + 14).min(end))
                .take_while(|&now| text.at(Class::Want, now).is_none())
                .any(|now| text.at(Class::Would, now).is_some());
        return (body < end && clause).then_some((Kind::Miss, body));
    }
    if let Some(cue) = longest(Class::Otherwise) {
        return (opens || !text.is(at, "else")).then_some((Kind::Otherwise, cue));
    }
    if let Some(cue) = longest(Class::NegPurpose) {
        return Some((Kind::NegPurpose, cue.min(at + 2)));
    }
    if longest(Class::Purpose).is_some() {
        return Some((Kind::Purpose, at + 1));
    }
    if let Some(cue) = longest(Class::Because) {
        // "since they", "as their": the subject belongs to the reason.
        let body = if text.is(at, "since") || text.is(at, "as") {
            at + 1
        } else {
            cue
        };
        return Some((Kind::Because, body));
    }
    if text.is(at, "if") {
        return Some((Kind::OtherIf, at + 1));
    }
    if text.is(at, "or") && clause_follows(text, at + 1, end) {
        return Some((Kind::Or, at + 1));
    }
    None
}

/// Where a condition ends: at a mark, at "then", or where a subject with its modal begins.
fn condition_end(text: &Text, at: usize, cue: usize, end: usize) -> usize {
    if cue < end && text.tokens[cue - 1].kind == TokenKind::Mark {
        return cue;
    }
    for now in at + 1..end {
        if now >= cue && (mark_lead(text, now).is_some() || text.is(now, "="))
            || text.is(now, "then")
        {
            return now;
        }
        if now > at + 2
            && (now >= cue || text.at(Class::They, now).is_some())
            && modal_subject(text, now, end)
        {
            return now;
        }
    }
    // No mark and no modal: the words behind the cue, where there are any that could be a clause.
    if end > cue + 3 { cue } else { end }
}

/// "they will", "the bank can", "we'd".
fn modal_subject(text: &Text, at: usize, end: usize) -> bool {
    let subject = text.at(Class::They, at).is_some()
        || text.at(Class::We, at).is_some()
        || text.at(Class::Role, at).is_some()
        || [
            "the", "a", "an", "their", "our", "his", "her", "it", "this", "that", "two", "i",
            "there", "you",
        ]
        .iter()
        .any(|word| text.is(at, word));
    let contracted = [
        "they'd", "they'll", "he'd", "he'll", "she'd", "she'll", "we'd", "we'll", "i'd", "i'll",
        "it'd", "it'll", "i'm", "they're", "we're", "he's", "she's", "that's", "there's", "it's",
    ];
    if contracted.iter().any(|word| text.is(at, word)) {
        return true;
    }
    subject
        && (at + 1..(at + 6).min(end))
            .take_while(|&now| text.mark(now).is_none())
            .any(|now| {
                [
                    "would", "will", "could", "may", "might", "can", "have", "has", "must",
                    "won't", "can't", "is", "are", "gets", "get", "goes", "go", "loses", "lose",
                    "closes", "close", "pulls", "stops", "takes", "take", "leaves", "pay", "pays",
                ]
                .iter()
                .any(|word| text.is(now, word))
            })
}

/// Whether a clause with subject and verb follows "or".
fn clause_follows(text: &Text, at: usize, end: usize) -> bool {
    if text.at(Class::They, at).is_some()
        || text.at(Class::We, at).is_some()
        || text.is(at, "it")
        || text.is(at, "its")
    {
        return at + 1 < end;
    }
    let named = is_name(text, at, at.wrapping_sub(1))
        && (at + 1..(at + 3).min(end)).any(|now| {
            text.tokens[now].kind == TokenKind::Word
                && text.plain[text.tokens[now].range()].ends_with('s')
        });
    if named {
        return true;
    }
    let determined = ["the", "their", "our", "his", "her"]
        .iter()
        .any(|word| text.is(at, word))
        || text.at(Class::Power, at).is_some();
    determined
        && (at + 1..(at + 5).min(end)).any(|now| {
            [Class::Harm, Class::Demand]
                .iter()
                .any(|&class| text.at(class, now).is_some())
                || ["gets", "goes", "closes", "stops", "is", "will", "loses"]
                    .iter()
                    .any(|word| text.is(now, word))
        })
}

/// "… to raise Series B", "… for the IPO" right behind the goal.
fn purpose_behind(text: &Text, at: usize, end: usize) -> Option<(Kind, usize)> {
    if let Some(hit) = text
        .of(Class::NegPurpose, at..end)
        .filter(|hit| hit.start == at)
        .max_by_key(|hit| hit.end)
    {
        return Some((Kind::NegPurpose, hit.end.min(at + 2)));
    }
    let number = text
        .tokens
        .get(at + 1)
        .is_some_and(|token| token.kind == TokenKind::Number)
        || text.at(Class::Quantity, at + 1).is_some();
    if text.is(at, "to") && !number && at + 1 < end {
        return Some((Kind::Purpose, at + 1));
    }
    let period = text.at(Class::Date, at + 1).is_some()
        || ["this", "next", "last", "each", "every", "all"]
            .iter()
            .any(|word| text.is(at + 1, word));
    (text.is(at, "for") && !period && !number).then_some((Kind::Purpose, at + 1))
}
