//! What a sentence names a goal by (rule A3): its metric, its telling words, its value or its number. Knows no places.

use std::borrow::Cow;
use std::cell::RefCell;
use std::hash::BuildHasher;
use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::cascade::Scope;
use super::{Found, Told};
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
    /// Where its words and metrics leave their marks.
    pub(super) marks: Marks,
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
                marks: Marks::of(
                    own.iter()
                        .copied()
                        .chain(metrics.iter().map(String::as_str)),
                ),
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
        self.look_for(own);
        if !own.numbers.is_empty() {
            let goals: Vec<usize> = match among {
                Among::List(goals) => goals.iter().copied().take(MANY).collect(),
                _ => (0..self.count())
                    .filter(|&goal| self.is_among(goal, among))
                    .take(MANY)
                    .collect(),
            };
            let numbers = own.numbers.iter().filter(|&&number| number >= 1);
            let numbered: Vec<usize> = numbers
                .filter_map(|&number| goals.get(number - 1).copied())
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
            Among::UpTo(call) => self.stated(goal).call <= *call,
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

/// A set of words, by their first bytes: may hold more than was put in, never less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Marks(u128);

impl Marks {
    fn of<'a>(words: impl Iterator<Item = &'a str>) -> Marks {
        let mark = |word: &str| 1 << (FxBuildHasher.hash_one(first_bytes(word)) % 128);
        Marks(words.fold(0, |marks, word| marks | mark(word)))
    }

    /// The words by which a goal is looked for, where they are not the same in both.
    pub(super) fn of_change(old: &Told, new: &Told) -> Marks {
        let words = |told: &Told| -> Vec<(u8, String)> {
            let names = told.names.iter().map(|name| (0, name.clone()));
            let amounts = told.amounts.iter().map(|amount| (1, amount.clone()));
            let metric = told.metric.iter().map(|metric| (2, metric.clone()));
            names.chain(amounts).chain(metric).collect()
        };
        let (old, new) = (words(old), words(new));
        // Order and repetition tell nothing here.
        let gone = old.iter().filter(|word| !new.contains(word));
        let come = new.iter().filter(|word| !old.contains(word));
        let counted = |words: &[(u8, String)], word: &(u8, String)| {
            words.iter().filter(|other| *other == word).count()
        };
        let other = old
            .iter()
            .filter(|word| counted(&old, word) != counted(&new, word));
        Marks::of(gone.chain(come).chain(other).map(|(_, word)| word.as_str()))
    }

    pub(super) fn add(&mut self, other: Marks) {
        self.0 |= other.0;
    }

    pub(super) fn meet(self, other: Marks) -> bool {
        self.0 & other.0 != 0
    }
}

/// What so many goals share names none of them, and nobody counts goals so far.
const MANY: usize = 64;

/// Goals by what names them.
#[derive(Debug, Default)]
pub(super) struct ByName {
    /// Each telling word with its goals, by its first bytes: what [`same_word`] takes for equal agrees in them.
    names: FxHashMap<First, FxHashMap<Box<str>, Vec<usize>>>,
    /// By amount.
    amounts: FxHashMap<Box<str>, Vec<usize>>,
    /// By metric.
    metrics: FxHashMap<Box<str>, Vec<usize>>,
    /// Room to count in: all zero between two questions.
    scores: RefCell<Vec<u32>>,
}

impl ByName {
    pub(super) fn new(goals: &[Found]) -> ByName {
        let mut by = ByName::default();
        by.scores.get_mut().resize(goals.len(), 0);
        for (index, goal) in goals.iter().enumerate() {
            by.add(index, &goal.told);
        }
        by
    }

    fn add(&mut self, goal: usize, told: &Told) {
        for name in &told.names {
            let names = self.names.entry(first(name)).or_default();
            match names.get_mut(name.as_str()) {
                Some(goals) => goals.push(goal),
                None => drop(names.insert(name.as_str().into(), vec![goal])),
            }
        }
        for amount in amounts(told) {
            match self.amounts.get_mut(amount) {
                Some(goals) => goals.push(goal),
                None => drop(self.amounts.insert(amount.into(), vec![goal])),
            }
        }
        if let Some(metric) = &told.metric {
            match self.metrics.get_mut(metric.as_str()) {
                Some(goals) => goals.push(goal),
                None => drop(self.metrics.insert(metric.as_str().into(), vec![goal])),
            }
        }
    }

    fn remove(&mut self, goal: usize, told: &Told) {
        let without = |goals: &mut Vec<usize>| goals.retain(|&known| known != goal);
        for name in &told.names {
            let names = self.names.get_mut(&first(name));
            let of_name = names.and_then(|names| names.get_mut(name.as_str()));
            of_name.into_iter().for_each(without);
        }
        for amount in amounts(told) {
            self.amounts.get_mut(amount).into_iter().for_each(without);
        }
        let metric = told.metric.as_deref();
        let of_metric = metric.and_then(|metric| self.metrics.get_mut(metric));
        of_metric.into_iter().for_each(without);
    }

    /// A goal has other words now.
    pub(super) fn rename(&mut self, goal: usize, old: &Told, new: &Told) {
        self.remove(goal, old);
        self.add(goal, new);
    }

    /// How well a sentence names each goal that it names at all, in no order.
    fn scores(&self, own: &Named, metrics: &[String]) -> Vec<(usize, u32)> {
        let mut scores = self.scores.borrow_mut();
        let mut named = Vec::new();
        let mut count = |goals: &[usize], points: u32| {
            for &goal in goals.iter().filter(|_| goals.len() <= MANY) {
                if scores[goal] == 0 {
                    named.push((goal, 0));
                }
                scores[goal] += points;
            }
        };
        let mut seen: Vec<&str> = Vec::new();
        for word in &own.words {
            if let Some(names) = self.names.get(&first(word)) {
                for form in forms(word) {
                    if let Some((name, goals)) = names.get_key_value(&*form)
                        && !seen.contains(&&**name)
                    {
                        seen.push(name);
                        count(goals, 2);
                    }
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

/// What names a goal by its value: one digit says too little.
fn amounts(told: &Told) -> impl Iterator<Item = &str> {
    let amounts = told.amounts.iter().map(String::as_str);
    amounts.filter(|amount| amount.len() > 1)
}

/// The first bytes of a word, and how many they are.
type First = ([u8; 4], u8);

fn first(word: &str) -> First {
    let bytes = first_bytes(word);
    let mut first = [0; 4];
    first[..bytes.len()].copy_from_slice(bytes);
    (first, bytes.len() as u8)
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

/// A plural's or a verb's endings.
const ENDINGS: [&str; 7] = ["s", "es", "ed", "ing", "'s", "r", "d"];
/// A shorter word with an ending is likely another word.
const STEM: usize = 4;

/// Equal but for a plural's or a verb's ending.
pub(super) fn same_word(one: &str, two: &str) -> bool {
    one == two || {
        let (short, long) = if one.len() < two.len() {
            (one, two)
        } else {
            (two, one)
        };
        short.len() >= STEM
            && (long.strip_prefix(short)).is_some_and(|ending| ENDINGS.contains(&ending))
    }
}

/// Whatever is the same word ([`same_word`]): itself, with each ending, and without.
fn forms(word: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let stem = |ending: &&str| word.strip_suffix(ending).filter(|stem| stem.len() >= STEM);
    let stems = ENDINGS.iter().filter_map(stem).map(Cow::Borrowed);
    let longer = ENDINGS.iter().filter(|_| word.len() >= STEM);
    let longer = longer.map(move |ending| Cow::Owned(format!("{word}{ending}")));
    std::iter::once(Cow::Borrowed(word))
        .chain(stems)
        .chain(longer)
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
