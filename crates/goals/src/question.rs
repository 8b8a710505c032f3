//! What a question asks (rule Q9, D8, D13, D16): in direct words, or told ("didn't ask why").
//! Knows no answer; where an answer follows in the same sentence, it only says where.

use std::ops::Range;

use crate::Qualifier;
use crate::lexicon::Class;
use crate::text::Text;
use crate::token::TokenKind;

mod own;

pub(crate) use own::{Own, find as own_questions};

/// A question, or the note that it was not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    /// What it asks, the leading first. Empty where it asks something else.
    pub(crate) qualifiers: Vec<Qualifier>,
    /// Its tokens. What stands behind them in the sentence answers it.
    pub(crate) tokens: Range<usize>,
}

/// What a sentence asks: its leading qualifier, and whether the question is if they get there as they are.
pub(crate) fn asks_how(text: &Text, sentence: Range<usize>) -> Option<(Qualifier, bool)> {
    let asked = asked(text, sentence)?;
    let qualifier = asked.qualifiers.first().copied()?;
    Some((qualifier, text.has(Class::AskAsItIs, asked.tokens)))
}

/// Reads a sentence as a question. `None` where it is none.
pub(crate) fn asked(text: &Text, sentence: Range<usize>) -> Option<Asked> {
    if let Some((tokens, qualifier)) = text.own_question(&sentence) {
        return Some(Asked {
            qualifiers: vec![*qualifier],
            tokens: tokens.start.max(sentence.start)..tokens.end,
        });
    }
    let question = text.is(sentence.end, "?") || sentence.clone().any(|at| text.is(at, "?"));
    let start = sentence.clone().find(|&at| text.mark(at).is_none())?;
    let cue = text
        .of(Class::AskCue, sentence.clone())
        .find(|cue| is_told(text, cue, &sentence));
    let told = cue.is_some();
    // "no baseline taken yet, didn't get to the reason": what stands before the telling clause is no question.
    let from = cue.as_ref().map_or(sentence.start, |cue| {
        (sentence.start + 3..cue.start)
            .rev()
            .find(|&at| matches!(text.mark(at), Some("," | ";" | "–" | "(")))
            .map_or(sentence.start, |mark| mark + 1)
    });
    let from = match question {
        true => question_start(text, &sentence),
        false if told_before(text, sentence.start..from) => sentence.start,
        false => from,
    };
    let opening = starts_as_question(text, start);
    if !question && !opening && !told && !is_half(text, &sentence) {
        return None;
    }
    let tokens = from..end_of_question(text, &(from..sentence.end), question);
    let behind = match &cue {
        Some(cue) if !question && cue.end < tokens.end => cue.end.max(tokens.start)..tokens.end,
        _ => tokens.clone(),
    };
    let qualifiers = types(text, behind, told && !question);
    (question || !qualifiers.is_empty()).then_some(Asked { qualifiers, tokens })
}

/// Where a direct question begins: behind the last strong mark or line end before its first question word.
fn question_start(text: &Text, sentence: &Range<usize>) -> usize {
    let end = sentence
        .clone()
        .find(|&at| text.is(at, "?"))
        .unwrap_or(sentence.end);
    let strong = |at: usize| {
        matches!(text.mark(at), Some("->" | ";" | "|"))
            || text.tokens[at].kind == TokenKind::Newline
    };
    let word = |at: usize| text.at(Class::AskWord, at).is_some();
    (sentence.start..end)
        .rev()
        .find(|&at| strong(at) && (at + 1..end.min(at + 4)).any(word))
        .map_or(sentence.start, |at| at + 1)
}

/// Whether a question word stands before.
fn told_before(text: &Text, tokens: Range<usize>) -> bool {
    [Class::AskCost, Class::AskImportance]
        .iter()
        .any(|&class| text.has(class, tokens.clone()))
}

/// "what happens if …", "why 12,000", "how many …" without its question mark.
fn starts_as_question(text: &Text, start: usize) -> bool {
    const WORDS: &[&str] = &[
        "what", "what's", "whats", "why", "how", "how's", "who", "who's", "where", "where's",
        "which", "warum", "pourquoi", "wozu", "weshalb",
    ];
    WORDS.iter().any(|word| text.is(start, word))
        || text.is(start, "and") && WORDS.iter().any(|word| text.is(start + 1, word))
}

/// A condition that breaks off: "and if you're not on the framework...".
fn is_half(text: &Text, sentence: &Range<usize>) -> bool {
    (text.is(sentence.end, "...")
        || text.is(sentence.end, "…")
        || text.mark(sentence.end - 1) == Some("…")
        || text.mark(sentence.end - 1) == Some(":"))
        && sentence.len() < 12
        && text.has(Class::AskCost, sentence.clone())
        && (text.is(sentence.start, "if") || text.is(sentence.start + 1, "if"))
}

/// "ask Karen what …", "didn't get to why …", "to find out: …": a cue near the start with a question word, or the
/// words of a question, behind it.
fn is_told(text: &Text, cue: &Range<usize>, sentence: &Range<usize>) -> bool {
    // "is asking for weekly numbers" tells of a wish.
    if ["asking", "asks"]
        .iter()
        .any(|word| text.is(cue.start, word))
        && text.is(cue.end, "for")
    {
        return false;
    }
    let strong = [
        "ask", "asked", "asks", "asking", "didn't", "not", "never", "forgot", "find",
    ]
    .iter()
    .any(|word| text.is(cue.start, word))
        || text.is(cue.start, "did") && text.is(cue.start + 1, "not");
    if cue.start > sentence.start + if strong { 8 } else { 3 } {
        return false;
    }
    let behind = cue.end..sentence.end;
    let near = cue.end..sentence.end.min(cue.end + 6);
    near.clone().any(|at| text.at(Class::AskWord, at).is_some())
        || text.has(Class::NoAnswer, sentence.clone())
        || strong
            && [Class::AskCost, Class::AskRealism, Class::AskImportance]
                .iter()
                .any(|&class| text.has(class, behind.clone()))
}

/// Where the question ends: at its mark, else at an arrow, a dash, or at ", he said".
fn end_of_question(text: &Text, sentence: &Range<usize>, question: bool) -> usize {
    let typed = |at: usize| {
        [Class::AskCost, Class::AskRealism, Class::AskImportance]
            .iter()
            .any(|&class| text.has(class, sentence.start..at))
    };
    for at in sentence.clone().skip(1) {
        if text.is(at, "?") {
            return at + 1;
        }
        match text.mark(at) {
            Some("->") => return at,
            Some(";" | "–" | ":") if !question && typed(at) => return at,
            Some("-")
                if !question && typed(at) && text.tokens[at - 1].end < text.tokens[at].start =>
            {
                return at;
            }
            None if !question
                && text.is(at, "and")
                && typed(at)
                && (text.at(Class::Said, at + 1).is_some()
                    || text.at(Class::They, at + 1).is_some()
                        && text.at(Class::Said, at + 2).is_some()
                    || answer_named(text, at + 1)) =>
            {
                return at;
            }
            Some(",") if !question && typed(at) && answer_begins(text, at + 1) => return at,
            _ => {}
        }
    }
    sentence.end
}

/// ", he said", ", but …", ", no answer".
fn answer_begins(text: &Text, at: usize) -> bool {
    let at = if text.is(at, "and") { at + 1 } else { at };
    answer_named(text, at)
        || text.at(Class::They, at).is_some()
        || text.at(Class::Said, at).is_some()
        || text.at(Class::Said, at + 1).is_some()
        || text.at(Class::NoAnswer, at).is_some()
        || text.is(at, "but")
        || text.is(at, "answer")
}

/// "Dev will send it", "Henrik laughed".
fn answer_named(text: &Text, at: usize) -> bool {
    const VERBS: &[&str] = &[
        "will", "to", "had", "has", "said", "is", "was", "would", "couldn't", "didn't", "doesn't",
        "laughed", "wants",
    ];
    text.tokens
        .get(at)
        .is_some_and(|token| text.plain[token.range()].starts_with(char::is_uppercase))
        && VERBS.iter().any(|word| text.is(at + 1, word))
}

/// What the words ask: C before R before I; a "why" that opens asks for I. Told questions may ask for several.
fn types(text: &Text, tokens: Range<usize>, several: bool) -> Vec<Qualifier> {
    let mut order = [
        (Class::AskCost, Qualifier::CostOfInaction),
        (Class::AskRealism, Qualifier::Realism),
        (Class::AskImportance, Qualifier::Importance),
    ];
    let why = tokens.clone().take(6).any(|at| {
        ["why", "warum", "pourquoi", "wozu", "weshalb"]
            .iter()
            .any(|word| text.is(at, word))
    });
    if why {
        order.swap(1, 2);
    }
    let mut out = Vec::new();
    let mut seen: Option<Range<usize>> = None;
    for (class, qualifier) in order {
        let joined = |hit: &Range<usize>| {
            seen.as_ref().is_none_or(|seen| {
                let between = seen.end.min(hit.end)..seen.start.max(hit.start);
                between.start <= between.end
                    && between.clone().any(|at| {
                        text.is(at, "and")
                            || text.is(at, "or")
                            || matches!(text.mark(at), Some("," | ";" | "?" | "/"))
                    })
            })
        };
        let lone_now =
            |hit: &Range<usize>| qualifier == Qualifier::Realism && why && hit.len() == 1;
        let mut hits = text.of(class, tokens.clone());
        let found = hits.find(|hit| !lone_now(hit) && joined(hit));
        let many = (qualifier == Qualifier::Realism && several)
            .then(|| text.of(Class::AskMany, tokens.clone()).find(joined))
            .flatten();
        if let Some(hit) = found.or(many) {
            out.push(qualifier);
            if !several {
                break;
            }
            seen = Some(hit);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn type_of(line: &str) -> Option<Qualifier> {
        let text = Text::read(line.to_owned());
        text.sentences
            .iter()
            .find_map(|sentence| asks_how(&text, sentence.clone()))
            .map(|(qualifier, _)| qualifier)
    }

    #[test]
    fn questions_have_a_type() {
        use Qualifier::{CostOfInaction as C, Importance as I, Realism as R};
        for (line, expected) in [
            ("What happens if they miss?", Some(C)),
            ("Is 5M ARR an important target? Why or why not?", Some(I)),
            ("Why does 6 matter so much?", Some(I)),
            ("How does 20% compare to last year?", Some(R)),
            ("And where is it today?", Some(R)),
            (
                "What happens if nothing changes and you stay at 8%?",
                Some(C),
            ),
            (
                "Could you get to 5M by doing more of what you already do?",
                Some(C),
            ),
            ("What does each month below 5M cost you?", Some(C)),
            ("ask Karen what pipeline was last year", Some(R)),
            ("didn't ask why", Some(I)),
            ("need to ask how bad no-shows are today", Some(R)),
            ("- [ ] ask what happens if they miss", Some(C)),
            ("Versus?", Some(R)),
            ("From?", Some(R)),
            ("And if it stays?", Some(C)),
            ("What rests on it?", Some(I)),
            ("does the board look at it?", Some(I)),
            ("How do they plan to sell in Poland?", None),
            ("Send pricing on Friday", None),
        ] {
            assert_eq!(type_of(line), expected, "{line}");
        }
    }
}
