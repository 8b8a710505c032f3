//! What a sentence names a goal by (rule A3): its metric, its telling words, its value or its number. Knows no places.

use std::cell::RefCell;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Found;
use super::cascade::Scope;
use crate::Qualifier;
use crate::claim::Claim;
use crate::lexicon::Class;
use crate::naming::goal_numbers;
use crate::piece::Piece;

/// What a sentence may name a goal by.
#[derive(Debug)]
pub(crate) struct Named {
    /// Its words in lower case, each once, sorted.
    pub(super) words: Vec<Box<str>>,
    /// Its metrics, by the names that all their spellings share, each once, sorted.
    pub(super) metrics: Vec<String>,
    /// Goals by number.
    numbers: Vec<usize>,
}

impl Named {
    /// The sentence of a passage that a byte stands in.
    pub(super) fn of(piece: &Piece, byte: usize) -> &Named {
        let text = &piece.text;
        let count = text.sentences.len();
        let at = text.sentence_at(byte).unwrap_or(count);
        piece.known.names.get(at, count + 1, || {
            let sentence = sentence_of(text, byte);
            let mut metrics: Vec<String> = text
                .of(Class::Metric, text.tokens_in(sentence.clone()))
                .map(|hit| {
                    crate::target::canonical_metric(&text.words(hit).to_lowercase()).into_owned()
                })
                .collect();
            metrics.sort_unstable();
            metrics.dedup();
            let plain = text.plain[sentence].to_lowercase();
            let mut own: Vec<&str> = words(&plain).collect();
            own.sort_unstable();
            own.dedup();
            Named {
                words: own.into_iter().map(Into::into).collect(),
                metrics,
                numbers: goal_numbers(&plain),
            }
        })
    }
}

impl Scope<'_> {
    /// A3: the goals that its sentence names by metric, value or number.
    pub(super) fn named(&self, index: usize, claim: &Claim, qualifier: Qualifier) -> Vec<usize> {
        let own = Named::of(&self.passages[index].piece, claim.range.start);
        let among = match qualifier {
            Qualifier::Realism => Among::UpTo(self.passages[index].call),
            _ => Among::All,
        };
        self.named_in(own, &own.metrics, &among)
    }

    /// The goals that a sentence names best: by number, metric, telling words or value.
    pub(super) fn named_in(&self, own: &Named, metrics: &[String], among: &Among) -> Vec<usize> {
        if !own.numbers.is_empty() {
            let goals: Vec<usize> = match among {
                Among::List(goals) => goals.to_vec(),
                _ => (0..self.goals.len())
                    .filter(|&goal| self.is_among(goal, among))
                    .collect(),
            };
            let numbered: Vec<usize> = own
                .numbers
                .iter()
                .filter(|&&number| number >= 1 && number <= goals.len())
                .map(|number| goals[number - 1])
                .collect();
            if goals.len() > 1 && !numbered.is_empty() {
                return numbered;
            }
        }
        let mut best = 0;
        let mut out = Vec::new();
        for (goal, score) in self.by_name.scores(own, metrics) {
            if score < best || !self.is_among(goal, among) {
                continue;
            }
            if score > best {
                best = score;
                out.clear();
            }
            out.push(goal);
        }
        out.sort_unstable();
        out
    }

    pub(super) fn is_among(&self, goal: usize, among: &Among) -> bool {
        match among {
            Among::All => true,
            Among::UpTo(call) => self.passages[self.goals[goal].passage].call <= *call,
            Among::List(goals) => goals.contains(&goal),
        }
    }

    /// A7: the goal that the question before an answer names.
    pub(super) fn named_by_question(&self, index: usize) -> Option<usize> {
        let passage = &self.passages[index];
        let turn = passage.turn?;
        let question = (0..index)
            .rev()
            .take_while(|&at| {
                self.passages[at]
                    .turn
                    .is_some_and(|other| other + 1 >= turn)
            })
            .find(|&at| self.passages[at].turn != Some(turn))?;
        let piece = &self.passages[question].piece;
        let text = &piece.text;
        let last = text
            .sentences
            .iter()
            .rev()
            .find(|sentence| text.mark(sentence.end) == Some("?"))?;
        let own = Named::of(piece, text.bytes(last.clone()).start);
        let named = self.named_in(own, &[], &Among::All);
        (named.len() == 1).then(|| named[0])
    }
}

/// Which goals a sentence may mean.
pub(super) enum Among<'a> {
    All,
    /// Those of the calls up to this one.
    UpTo(u32),
    List(&'a [usize]),
}

/// Goals by what names them.
pub(super) struct ByName<'a> {
    /// Each telling word with its goals, by its first bytes: what [`same_word`] takes for equal agrees in them.
    names: FxHashMap<&'a [u8], Vec<(&'a str, Vec<usize>)>>,
    /// By amount.
    amounts: FxHashMap<&'a str, Vec<usize>>,
    /// By metric.
    metrics: FxHashMap<&'a str, Vec<usize>>,
    /// Room to count in: all zero between two questions.
    scores: RefCell<Vec<u32>>,
}

impl<'a> ByName<'a> {
    pub(super) fn new(goals: &'a [Found]) -> ByName<'a> {
        let mut by = ByName {
            names: FxHashMap::default(),
            amounts: FxHashMap::default(),
            metrics: FxHashMap::default(),
            scores: RefCell::new(vec![0; goals.len()]),
        };
        for (index, goal) in goals.iter().enumerate() {
            for name in &goal.told.names {
                let names = by.names.entry(first_bytes(name)).or_default();
                match names.iter_mut().find(|(known, _)| known == name) {
                    Some((_, goals)) => goals.push(index),
                    None => names.push((name, vec![index])),
                }
            }
            for amount in goal.told.amounts.iter().filter(|amount| amount.len() > 1) {
                by.amounts.entry(amount).or_default().push(index);
            }
            if let Some(metric) = &goal.told.metric {
                by.metrics.entry(metric).or_default().push(index);
            }
        }
        by
    }

    /// How well a sentence names each goal that it names at all, in no order.
    fn scores(&self, own: &Named, metrics: &[String]) -> Vec<(usize, u32)> {
        let mut scores = self.scores.borrow_mut();
        let mut named = Vec::new();
        let mut count = |goals: &[usize], points: u32| {
            for &goal in goals {
                if scores[goal] == 0 {
                    named.push((goal, 0));
                }
                scores[goal] += points;
            }
        };
        let mut seen: Vec<&str> = Vec::new();
        for word in &own.words {
            let names = self.names.get(first_bytes(word)).into_iter().flatten();
            for (name, goals) in names.filter(|(name, _)| same_word(word, name)) {
                if !seen.contains(name) {
                    seen.push(name);
                    count(goals, 2);
                }
            }
            if let Some(goals) = self.amounts.get(&**word) {
                count(goals, 2);
            }
        }
        for metric in metrics {
            if let Some(goals) = self.metrics.get(metric.as_str()) {
                count(goals, 3);
            }
        }
        for (goal, score) in &mut named {
            *score = std::mem::take(&mut scores[*goal]);
        }
        named
    }
}

fn first_bytes(word: &str) -> &[u8] {
    &word.as_bytes()[..word.len().min(4)]
}

pub(super) fn sentence_of(text: &crate::text::Text, at: usize) -> Range<usize> {
    text.sentence_at(at).map_or(0..text.plain.len(), |at| {
        text.bytes(text.sentences[at].clone())
    })
}

fn words(plain: &str) -> impl Iterator<Item = &str> {
    plain
        .split(|c: char| !(c.is_alphanumeric() || c == '.' || c == ',' || c == '%'))
        .map(|word| word.trim_matches(['.', ',', '%']))
        .filter(|word| !word.is_empty())
}

/// Equal but for a plural's or a verb's ending.
pub(super) fn same_word(one: &str, two: &str) -> bool {
    one == two || {
        let (short, long) = if one.len() < two.len() {
            (one, two)
        } else {
            (two, one)
        };
        short.len() >= 4
            && long.starts_with(short)
            && matches!(
                &long[short.len()..],
                "s" | "es" | "ed" | "ing" | "'s" | "r" | "d"
            )
    }
}

/// The words that name a goal elsewhere: its nouns, without verbs, numbers and small words.
pub(crate) fn names(text: &crate::text::Text, range: Range<usize>) -> Vec<String> {
    const SMALL: &[&str] = &[
        "the", "a", "an", "of", "to", "by", "in", "on", "at", "for", "and", "or", "with", "from",
        "per", "under", "below", "above", "over", "within", "this", "that", "next", "year",
        "month", "week", "quarter", "day", "days", "hours", "weeks", "months", "end", "all", "new",
        "more", "less", "than", "least", "most", "no", "it", "its", "their", "them", "our", "us",
        "we", "be", "is", "are", "up", "down", "back", "out", "into", "before", "after", "without",
        "every", "each", "least", "rate", "time", "number", "one", "two", "first", "percent",
        "every", "only", "not", "his", "her", "they", "he", "she", "who", "which", "still",
        "people", "half", "minutes", "average",
    ];
    let tokens = text.tokens_in(range);
    let mut out = Vec::new();
    for at in tokens.clone() {
        let word = text.plain[text.tokens[at].range()].to_lowercase();
        let verb = [Class::ChangeVerb, Class::AttainVerb]
            .into_iter()
            .any(|class| text.at(class, at).is_some())
            && text.at(Class::Metric, at).is_none();
        let small = SMALL.contains(&word.as_str())
            || word.chars().count() < 2
            || !word.starts_with(char::is_alphabetic);
        let number = text.at(Class::Quantity, at).is_some()
            || text.at(Class::Date, at).is_some()
            || text.at(Class::NumberWord, at).is_some();
        if !verb && !small && !number && !out.contains(&word) {
            out.push(word);
        }
    }
    out
}
