//! A plain text, read once: its tokens, the phrases in it, and its sentences.

use std::cmp::Reverse;
use std::ops::Range;

use crate::Qualifier;
use crate::lexicon::{Class, Hit, Lexicon};
use crate::target::{self, Kind, Quantity};
use crate::token::{self, Token, TokenKind};

/// A plain text with what can be known of it without its surroundings.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Text {
    /// The text.
    pub(crate) plain: String,
    /// Its tokens.
    pub(crate) tokens: Vec<Token>,
    /// Phrases found, by class, then by start, the longer first.
    hits: Vec<Hit>,
    /// The classes that are found at all: most questions are about others.
    classes: Classes,
    /// Numbers, dates and the like.
    pub(crate) quantities: Vec<Quantity>,
    /// Ranges of tokens, without the mark that ends the sentence.
    pub(crate) sentences: Vec<Range<usize>>,
    /// A team's own questions in it, by their tokens.
    pub(crate) own_questions: Vec<(Range<usize>, Qualifier)>,
}

impl Text {
    pub(crate) fn read(plain: String) -> Text {
        let lexicon = Lexicon::get();
        let tokens = token::tokens(&plain, lexicon);
        let quantities = target::quantities(&plain);
        let mut given: Vec<Hit> = quantities
            .iter()
            .filter_map(|quantity| as_hit(quantity, &tokens))
            .collect();
        given.sort();
        let mut hits = lexicon.find(&tokens, &given);
        hits.sort_unstable_by_key(|hit| (hit.class, hit.start, Reverse(hit.end)));
        let sentences = sentences(&plain, &tokens);
        Text {
            classes: Classes::of(&hits),
            plain,
            tokens,
            hits,
            quantities,
            sentences,
            own_questions: Vec::new(),
        }
    }

    /// The first of a team's own questions within a range of tokens.
    pub(crate) fn own_question(&self, tokens: &Range<usize>) -> Option<&(Range<usize>, Qualifier)> {
        let mut own = self.own_questions.iter();
        own.find(|(own, _)| own.start < tokens.end && tokens.start < own.end)
    }

    /// The index of the sentence that a byte stands in.
    pub(crate) fn sentence_at(&self, byte: usize) -> Option<usize> {
        let at = self
            .sentences
            .partition_point(|sentence| self.bytes(sentence.clone()).end <= byte);
        let sentence = self.sentences.get(at)?;
        (self.bytes(sentence.clone()).start <= byte).then_some(at)
    }

    /// The words of a range of tokens.
    pub(crate) fn words(&self, tokens: Range<usize>) -> &str {
        &self.plain[self.bytes(tokens)]
    }

    /// Bytes of the plain text that a range of tokens covers.
    pub(crate) fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        match (
            self.tokens.get(tokens.start),
            tokens
                .end
                .checked_sub(1)
                .and_then(|last| self.tokens.get(last)),
        ) {
            (Some(first), Some(last)) if tokens.start < tokens.end => {
                first.start as usize..last.end as usize
            }
            (Some(first), _) => first.start as usize..first.start as usize,
            (None, _) => self.plain.len()..self.plain.len(),
        }
    }

    /// The tokens that lie within a byte range.
    pub(crate) fn tokens_in(&self, bytes: Range<usize>) -> Range<usize> {
        let start = self
            .tokens
            .partition_point(|token| (token.start as usize) < bytes.start);
        let end = self
            .tokens
            .partition_point(|token| (token.end as usize) <= bytes.end);
        start..end.max(start)
    }

    /// Hits of a class that lie within a range of tokens, by start.
    pub(crate) fn of(
        &self,
        class: Class,
        within: Range<usize>,
    ) -> impl Iterator<Item = Range<usize>> + '_ {
        let hits = self.hits_from(class, within.start);
        hits.iter()
            .take_while(move |hit| hit.class == class && (hit.start as usize) < within.end)
            .filter(move |hit| hit.end as usize <= within.end)
            .map(|hit| hit.start as usize..hit.end as usize)
    }

    /// All hits by class and place, from the first of a class at a token or behind it.
    fn hits_from(&self, class: Class, token: usize) -> &[Hit] {
        if !self.classes.hold(class) {
            return &[];
        }
        let from = self
            .hits
            .partition_point(|hit| (hit.class, (hit.start as usize)) < (class, token));
        &self.hits[from..]
    }

    /// Whether a class occurs within a range of tokens.
    pub(crate) fn has(&self, class: Class, within: Range<usize>) -> bool {
        self.of(class, within).next().is_some()
    }

    /// The longest hit of a class that begins at a token.
    pub(crate) fn at(&self, class: Class, token: usize) -> Option<Range<usize>> {
        self.hits_from(class, token)
            .first()
            .filter(|hit| hit.class == class && hit.start as usize == token)
            .map(|hit| hit.start as usize..hit.end as usize)
    }

    /// The first verb that makes a clause within a range of tokens; "may" in a date is none.
    pub(crate) fn verb(&self, within: Range<usize>) -> Option<Range<usize>> {
        self.of(Class::ClauseVerb, within)
            .find(|verb| !self.in_date(verb.start))
    }

    /// Whether a token is part of a date.
    pub(crate) fn in_date(&self, token: usize) -> bool {
        self.of(Class::Date, token.saturating_sub(4)..self.tokens.len())
            .take_while(|date| date.start <= token)
            .any(|date| date.contains(&token))
    }

    /// Whether the token is this word or mark, in lower case.
    pub(crate) fn is(&self, token: usize, word: &str) -> bool {
        self.tokens
            .get(token)
            .is_some_and(|token| self.plain[token.range()].eq_ignore_ascii_case(word))
    }

    /// The mark of a token: `->` for every arrow, `–` for every dash between words, `"` for every double quote.
    pub(crate) fn mark(&self, token: usize) -> Option<&'static str> {
        let token = self
            .tokens
            .get(token)
            .filter(|token| token.kind == TokenKind::Mark)?;
        Lexicon::mark(token.word)
    }

    /// Real quantities (no dates, times or identifiers) within a range of tokens.
    pub(crate) fn quantities_in(
        &self,
        tokens: Range<usize>,
    ) -> impl Iterator<Item = &Quantity> + '_ {
        let bytes = self.bytes(tokens);
        let from = self
            .quantities
            .partition_point(|quantity| quantity.range.start < bytes.start);
        self.quantities[from..]
            .iter()
            .take_while(move |quantity| quantity.range.end <= bytes.end)
            .filter(|quantity| quantity.is_amount())
    }

    /// Quantities of every kind, dates and ordinals too, that begin within a range of tokens.
    pub(crate) fn values_in(&self, tokens: Range<usize>) -> impl Iterator<Item = &Quantity> + '_ {
        let bytes = self.bytes(tokens);
        let from = self
            .quantities
            .partition_point(|quantity| quantity.range.start < bytes.start);
        self.quantities[from..]
            .iter()
            .take_while(move |quantity| quantity.range.start < bytes.end)
    }
}

/// A set of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Classes([u64; Class::COUNT.div_ceil(64)]);

impl Classes {
    fn of(hits: &[Hit]) -> Classes {
        let mut classes = Classes::default();
        for hit in hits {
            let class = hit.class as usize;
            classes.0[class / 64] |= 1 << (class % 64);
        }
        classes
    }

    fn hold(self, class: Class) -> bool {
        let class = class as usize;
        self.0[class / 64] >> (class % 64) & 1 == 1
    }
}

fn as_hit(quantity: &Quantity, tokens: &[Token]) -> Option<Hit> {
    let start = tokens.partition_point(|token| (token.end as usize) <= quantity.range.start);
    let end = tokens.partition_point(|token| (token.start as usize) < quantity.range.end);
    let class = if quantity.is_amount() {
        Class::Quantity
    } else if matches!(quantity.kind, Kind::Date | Kind::Period) {
        Class::Date
    } else {
        return None;
    };
    (start < end).then_some(Hit {
        start: start as u32,
        end: end as u32,
        class,
    })
}

/// Sentences end at `.`, `!`, `?`, `…` with a blank behind and no abbreviation before.
fn sentences(plain: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, token) in tokens.iter().enumerate() {
        let mark = &plain[token.range()];
        if token.kind != TokenKind::Mark || !matches!(mark, "." | "!" | "?" | "…" | "..." | "..")
        {
            continue;
        }
        let Some(next) = tokens.get(at + 1) else {
            break;
        };
        let blank = next.start > token.end || next.kind == TokenKind::Newline;
        let closing = matches!(&plain[next.range()], "\"" | "”" | ")" | "'" | "’")
            && tokens
                .get(at + 2)
                .is_none_or(|after| after.start > next.end);
        if mark == "."
            && at > start
            && is_abbreviation(
                &plain[tokens[at - 1].range()],
                plain[next.range()].chars().next(),
            )
        {
            continue;
        }
        if matches!(mark, "…" | "..." | "..")
            && plain[next.range()]
                .chars()
                .next()
                .is_some_and(char::is_lowercase)
        {
            continue;
        }
        if blank || closing {
            if start < at {
                out.push(start..at);
            }
            start = at + 1;
        }
    }
    let end =
        tokens.len()
            - usize::from(tokens.last().is_some_and(|token| {
                matches!(&plain[token.range()], "." | "!" | "?" | "…" | "...")
            }));
    if start < end {
        out.push(start..end);
    }
    if out.iter().any(|sentence| sentence.len() > LONGEST) {
        out = out.into_iter().flat_map(parts).collect();
    }
    out
}

/// What goes on for more tokens without an end is no sentence that somebody wrote: it is read in parts, so that its
/// rules need not be linear in its length.
const LONGEST: usize = 256;

fn parts(sentence: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let end = sentence.end;
    sentence
        .step_by(LONGEST)
        .map(move |start| start..(start + LONGEST).min(end))
}

fn is_abbreviation(word: &str, next: Option<char>) -> bool {
    const ALWAYS: &[&str] = &[
        "mr", "mrs", "ms", "dr", "st", "ca", "approx", "vs", "e.g", "i.e", "avg", "mind", "inkl",
        "bzw", "no", "nr", "prof", "jr", "sr", "max", "min", "incl", "excl", "dept", "est", "ref",
    ];
    const BEFORE_LOWER: &[&str] = &[
        "etc", "mo", "yr", "co", "inc", "ltd", "jan", "feb", "mar", "apr", "jun", "jul", "aug",
        "sep", "sept", "oct", "nov", "dec", "am", "pm",
    ];
    let word = word.to_lowercase();
    let initial = word.chars().count() == 1
        && word.chars().all(char::is_alphabetic)
        && word != "i"
        && next.is_some_and(char::is_uppercase)
        && word != "k"
        && word != "m";
    (ALWAYS.contains(&word.as_str()) && (word != "no" || next.is_some_and(|c| c.is_ascii_digit())))
        || initial
        || (BEFORE_LOWER.contains(&word.as_str())
            && next.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit()))
}
