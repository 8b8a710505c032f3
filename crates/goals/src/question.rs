//! What a question asks (rule Q9, D8, D13, D16): in direct words, or told ("didn't ask why").
//! Knows no answer; where an answer follows in the same sentence, it only says where.

use std::ops::Range;

use crate::Qualifier;
use crate::lexicon::Class;
use crate::text::Text;

/// A question, or the note that it was not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    /// What it asks, the leading first. Empty where it asks something else.
    pub(crate) qualifiers: Vec<Qualifier>,
    /// Its tokens. What stands behind them in the sentence answers it.
    pub(crate) tokens: Range<usize>,
}

/// What a sentence asks: its leading qualifier.
pub(crate) fn asks(text: &Text, sentence: Range<usize>) -> Option<Qualifier> {
    asked(text, sentence)?.qualifiers.first().copied()
}

/// Reads a sentence as a question. `None` where it is none.
pub(crate) fn asked(text: &Text, sentence: Range<usize>) -> Option<Asked> {
    let question = text.mark(sentence.end) == Some("?")
        || (sentence.clone()).any(|at| text.mark(at) == Some("?"));
    let cue = text.of(Class::AskCue, sentence.clone()).next();
    let start = sentence.clone().find(|&at| text.mark(at).is_none())?;
    let opening = text.at(Class::AskWord, start).is_some() && starts_as_question(text, start);
    if !question && !opening && !cue.as_ref().is_some_and(|cue| told(text, cue, &sentence)) {
        return None;
    }
    let end = end_of_question(text, &sentence, question);
    let tokens = sentence.start..end;
    Some(Asked {
        qualifiers: types(text, tokens.clone(), question || opening),
        tokens,
    })
}

/// "what happens if …", "why 12,000", "how many …" without its question mark; not "when they …", "if they …".
fn starts_as_question(text: &Text, start: usize) -> bool {
    [
        "what", "what's", "whats", "why", "how", "how's", "who", "who's", "where", "where's",
        "which", "warum", "pourquoi", "wozu",
    ]
    .iter()
    .any(|word| text.is(start, word))
        || [Class::AskCost, Class::AskRealism]
            .iter()
            .any(|&class| text.at(class, start).is_some())
            && ["what", "and", "how"]
                .iter()
                .any(|word| text.is(start, word))
}

/// "ask Karen what …", "didn't get to why …", "not discussed": a cue with a question word, or a denial, behind it.
fn told(text: &Text, cue: &Range<usize>, sentence: &Range<usize>) -> bool {
    let near = cue.start..sentence.end.min(cue.end + 8);
    near.clone()
        .skip(1)
        .any(|at| text.at(Class::AskWord, at).is_some())
        || text.has(Class::NoAnswer, sentence.clone())
        || [Class::AskCost, Class::AskRealism, Class::AskImportance]
            .iter()
            .any(|&class| text.has(class, cue.end..sentence.end.min(cue.end + 8)))
            && cue.start < sentence.start + 4
}

/// Where the question ends: at its mark, else at an arrow, a dash, a colon, or at ", he said".
fn end_of_question(text: &Text, sentence: &Range<usize>, question: bool) -> usize {
    for at in sentence.clone().skip(1) {
        match text.mark(at) {
            Some("?") => return at + 1,
            Some("->" | ";" | "–" | ":") if !question || text.mark(at) == Some("->") => {
                return at;
            }
            Some(",")
                if !question
                    && (text.at(Class::They, at + 1).is_some()
                        || text.at(Class::Said, at + 1).is_some()
                        || text.at(Class::Said, at + 2).is_some()
                        || text.is(at + 1, "but")
                        || text.is(at + 1, "and")) =>
            {
                return at;
            }
            _ => {}
        }
    }
    sentence.end
}

/// What the words ask: C before R before I, except that told questions may ask for several.
fn types(text: &Text, tokens: Range<usize>, direct: bool) -> Vec<Qualifier> {
    let mut out = Vec::new();
    for (class, qualifier) in [
        (Class::AskCost, Qualifier::CostOfInaction),
        (Class::AskRealism, Qualifier::Realism),
        (Class::AskImportance, Qualifier::Importance),
    ] {
        if text.has(class, tokens.clone()) {
            out.push(qualifier);
            if direct {
                break;
            }
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
            .find_map(|sentence| asks(&text, sentence.clone()))
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
