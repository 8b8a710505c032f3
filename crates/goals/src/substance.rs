//! The substance test (rules Q2, Q3, Q4): whether an answer about importance or the cost of inaction says
//! something, or only sounds like it. Realism has a test of its own, in `evidence::realism`.

use std::ops::Range;

use crate::lexicon::{Class, Lexicon};
use crate::text::Text;
use crate::token::TokenKind;
use crate::{Qualifier, Reason, State, Vagueness};

/// What the test found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Substance {
    pub(crate) state: State,
    pub(crate) against: bool,
    pub(crate) vagueness: Option<Vagueness>,
    pub(crate) reason: Reason,
}

impl Substance {
    pub(crate) fn answered(rule: &'static str, why: &'static str) -> Substance {
        Substance {
            state: State::Answered,
            against: false,
            vagueness: None,
            reason: Reason { rule, why },
        }
    }

    pub(crate) fn against(why: &'static str) -> Substance {
        Substance {
            state: State::Answered,
            against: true,
            vagueness: None,
            reason: Reason { rule: "Q4", why },
        }
    }

    pub(crate) fn vague(rule: &'static str, why: &'static str, vagueness: Vagueness) -> Substance {
        Substance {
            state: State::Vague,
            against: false,
            vagueness: Some(vagueness),
            reason: Reason { rule, why },
        }
    }
}

/// Tests a stretch of text. `goals` are the tokens of goals in the same text: their own words carry nothing.
pub(crate) fn substance(
    text: &Text,
    tokens: Range<usize>,
    qualifier: Qualifier,
    goals: &[Range<usize>],
) -> Substance {
    let against = match qualifier {
        Qualifier::Importance => Class::AgainstImportance,
        Qualifier::CostOfInaction => Class::AgainstCost,
        Qualifier::Realism => Class::AgainstRealism,
    };
    if text.has(against, tokens.clone()) {
        return Substance::against("a denial with content");
    }
    let hedged = text.has(Class::Hedge, tokens.clone());
    let strip = Strip::of(text, tokens.clone(), goals);
    // "to be discussed on 10 March", "ask me in September": a dodge with a date is one.
    let opens_dodging = text
        .of(Class::Dodging, tokens.clone())
        .any(|hit| hit.start <= tokens.start + 1)
        && !text.has(Class::Quantity, tokens.clone());
    if let Some(why) = hard_anchor(text, tokens.clone(), &strip).filter(|_| !opens_dodging) {
        return Substance::answered("Q2", why);
    }
    let dodges = text.has(Class::Dodging, tokens.clone());
    if !dodges
        && tokens
            .clone()
            .any(|at| strip.leaves(at..at + 1) && is_name(text, at, tokens.start))
    {
        return Substance::answered("Q2", "a name");
    }
    if dodges {
        return Substance::vague("Q3", "a dodge", Vagueness::Dodge);
    }
    if let Some(why) = soft_anchor(text, tokens.clone(), qualifier, &strip) {
        if hedged {
            return Substance::vague(
                "Q3",
                "hedged, without number, date or name",
                Vagueness::Hedge,
            );
        }
        return Substance::answered("Q2", why);
    }
    kind_of_vague(text, tokens)
}

/// Tokens that carry nothing (the strip of Q2).
struct Strip {
    from: usize,
    stripped: Vec<bool>,
}

impl Strip {
    fn of(text: &Text, tokens: Range<usize>, goals: &[Range<usize>]) -> Strip {
        let mut strip = Strip {
            from: tokens.start,
            stripped: vec![false; tokens.len()],
        };
        for goal in goals {
            strip.mark(goal.clone());
        }
        for class in [
            Class::Feeling,
            Class::Generic,
            Class::LoseSomething,
            Class::Circular,
            Class::PastPeriod,
            Class::NowWord,
        ] {
            for hit in text.of(class, tokens.clone()) {
                strip.mark(hit);
            }
        }
        // The person who says, feels or wants is no name that counts.
        for class in [Class::Said, Class::Desire, Class::Feeling] {
            for hit in text.of(class, tokens.clone()) {
                // "the loan is called": nobody speaks.
                if hit.start > tokens.start && text.at(Class::Be, hit.start - 1).is_some() {
                    continue;
                }
                let subject = (tokens.start.max(hit.start.saturating_sub(3))..hit.start)
                    .rev()
                    .take_while(|&at| {
                        text.mark(at).is_none() && text.at(Class::Quantity, at).is_none()
                    })
                    .last();
                strip.mark(subject.unwrap_or(hit.start)..hit.end);
            }
        }
        // An event as a deadline only says when.
        for at in tokens.clone() {
            if ["before", "by", "until", "till", "within"]
                .iter()
                .any(|word| text.is(at, word))
            {
                let end = (at + 1..(at + 4).min(tokens.end))
                    .filter_map(|at| text.at(Class::Date, at))
                    .map(|hit| hit.end)
                    .max();
                let event = (at + 1..(at + 4).min(tokens.end))
                    .filter_map(|at| text.at(Class::Event, at))
                    .map(|hit| hit.end)
                    .max();
                if let Some(end) = end.max(event) {
                    strip.mark(at..end);
                }
            }
        }
        strip
    }

    fn mark(&mut self, tokens: Range<usize>) {
        let start = tokens
            .start
            .saturating_sub(self.from)
            .min(self.stripped.len());
        let end = tokens
            .end
            .saturating_sub(self.from)
            .min(self.stripped.len());
        if start < end {
            self.stripped[start..end].fill(true);
        }
    }

    /// Whether anything of the tokens is left.
    fn leaves(&self, tokens: Range<usize>) -> bool {
        tokens
            .into_iter()
            .any(|at| at >= self.from && self.stripped.get(at - self.from) == Some(&false))
    }
}

/// Anchors 1 and 2: a number, a date, an event.
fn hard_anchor(text: &Text, tokens: Range<usize>, strip: &Strip) -> Option<&'static str> {
    let number = text
        .of(Class::Quantity, tokens.clone())
        .any(|hit| strip.leaves(hit.clone()) && !is_pronoun_one(text, &hit));
    if number {
        return Some("a number");
    }
    if text
        .of(Class::Date, tokens.clone())
        .any(|hit| strip.leaves(hit))
    {
        return Some("a date");
    }
    text.of(Class::Event, tokens)
        .any(|hit| strip.leaves(hit))
        .then_some("a named event")
}

/// Anchors 4 to 6: an effect on a person, a concrete thing or act, a commitment, a rank.
fn soft_anchor(
    text: &Text,
    tokens: Range<usize>,
    qualifier: Qualifier,
    strip: &Strip,
) -> Option<&'static str> {
    let left = |class| text.of(class, tokens.clone()).any(|hit| strip.leaves(hit));
    if left(Class::Concrete) {
        return Some("a concrete thing or act");
    }
    if qualifier == Qualifier::CostOfInaction && left(Class::HarmVerb) {
        return Some("what they would do");
    }
    if qualifier == Qualifier::Importance {
        if text.has(Class::Commit, tokens.clone()) {
            return Some("a commitment");
        }
        if text.has(Class::Tie, tokens.clone()) {
            return Some("something hangs on it");
        }
        if text.has(Class::Rank, tokens.clone()) {
            return Some("a rank with list or owner");
        }
        if left(Class::ActVerb) {
            return Some("what it makes possible");
        }
    }
    None
}

/// Why a text without substance is vague.
pub(crate) fn kind_of_vague(text: &Text, tokens: Range<usize>) -> Substance {
    let has = |class| text.has(class, tokens.clone());
    let (why, vagueness) = if has(Class::Hedge) {
        ("hedged", Vagueness::Hedge)
    } else if has(Class::LoseSomething) {
        ("a loss without number", Vagueness::NoNumber)
    } else if has(Class::Circular) {
        ("only the goal again", Vagueness::Circular)
    } else if has(Class::Feeling) {
        ("a feeling only", Vagueness::Feeling)
    } else if ranked(text, tokens.clone()) {
        ("a rank only", Vagueness::Desire)
    } else if has(Class::Generic) {
        ("fits every goal", Vagueness::Generic)
    } else if has(Class::Attention) || has(Class::Desire) {
        ("a desire only", Vagueness::Desire)
    } else {
        ("nothing concrete", Vagueness::Generic)
    };
    Substance::vague("Q2", why, vagueness)
}

/// "top priority", "number one": a rank without list or owner.
fn ranked(text: &Text, tokens: Range<usize>) -> bool {
    tokens.clone().any(|at| {
        ["priority", "priorities"]
            .iter()
            .any(|word| text.is(at, word))
            || text.is(at, "number") && text.is(at + 1, "one")
    })
}

/// "that one", "no one": no number.
fn is_pronoun_one(text: &Text, hit: &Range<usize>) -> bool {
    hit.len() == 1 && text.is(hit.start, "one")
}

/// Whether a token is a proper noun: a capital that neither a sentence's start nor a common word explains.
pub(crate) fn is_name(text: &Text, at: usize, start: usize) -> bool {
    let Some(token) = text
        .tokens
        .get(at)
        .filter(|token| token.kind == TokenKind::Word)
    else {
        return false;
    };
    let word = &text.plain[token.range()];
    if !word.starts_with(char::is_uppercase) || word.chars().nth(1).is_none() || is_known(text, at)
    {
        return false;
    }
    let mark = at
        .checked_sub(1)
        .map(|before| &text.tokens[before])
        .filter(|before| !matches!(before.kind, TokenKind::Word | TokenKind::Number));
    let opens = at == start || mark.is_some_and(|mark| &text.plain[mark.range()] != ",");
    let shouting = word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    if !opens || shouting {
        return true;
    }
    // At a start: only with a possessive or a second capital, or as who demands something.
    let demands = token.word == Lexicon::UNKNOWN
        && !word.ends_with('s')
        && !word.ends_with("ing")
        && (text.at(Class::Demand, at + 1).is_some() || text.is(at + 1, "only"));
    let next = text
        .tokens
        .get(at + 1)
        .filter(|next| next.kind == TokenKind::Word);
    demands
        || word.ends_with("'s") && token.word == Lexicon::UNKNOWN
        || next.is_some_and(|next| {
            text.plain[next.range()].starts_with(char::is_uppercase) && !is_known(text, at + 1)
        })
}

/// Whether a word with a capital is a common one: a role, a metric, an acronym.
fn is_known(text: &Text, at: usize) -> bool {
    const KNOWN: &[Class] = &[
        Class::Metric,
        Class::Role,
        Class::Power,
        Class::Acronym,
        Class::GoalNoun,
        Class::Feature,
        Class::NowWord,
        Class::PastPeriod,
        Class::They,
        Class::We,
        Class::Generic,
        Class::AskWord,
    ];
    if KNOWN.iter().any(|&class| text.at(class, at).is_some()) {
        return true;
    }
    let word = &text.plain[text.tokens[at].range()];
    let Some(owner) = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")) else {
        return false;
    };
    let number = Lexicon::get().word(&owner.to_lowercase());
    [
        "vp", "ceo", "cfo", "coo", "cto", "cro", "cmo", "cio", "board", "bank", "team", "there",
        "that", "it", "he", "she", "what", "who", "here", "let", "how", "where",
    ]
    .iter()
    .any(|known| number == Lexicon::get().word(known))
}
