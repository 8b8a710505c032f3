//! The phrases that the rules lean on, as data, and finding them in a text.
//!
//! A file of `lexicon/` holds classes: a line `@name` opens one, each further line is a phrase of it.
//! In a phrase
//! - `word` is itself, in any case; `~grow` also its forms on -s, -ed, -ing;
//! - `(a|b c|)` is any of the alternatives, the last one here being nothing; a group never grows together
//!   with the word beside it;
//! - `<name>` is a phrase of a class that stands above, `<qty>` a quantity, `<date>` a date or period,
//!   `<word>` any one word;
//! - `..3` is a gap of at most three words within the clause;
//! - `^` is the start of a sentence or clause, `$` its end.
//!
//! Each line becomes a small graph whose alternatives part and meet again, so that nothing is multiplied out; the
//! first words of all lines stand in one table, so that a text is read once, whatever their number.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::token::{Token, TokenKind};

mod classes;
mod graph;
mod phrase;

pub(crate) use classes::Class;
use graph::{Graph, Openings};

/// All phrases, ready to be found.
pub(crate) struct Lexicon {
    words: FxHashMap<Box<str>, u32>,
    graph: Graph,
    openings: Openings,
}

/// One place of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Element {
    Word(u32),
    Class(Class),
    AnyWord,
    Gap(u8),
    Start,
    End,
}

/// A phrase found: tokens `start..end` are of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) class: Class,
}

/// The marks, in the order of their numbers: first those that end a clause, then those that rules ask for.
const MARKS: &[&str] = &[
    ",", ";", ":", ".", "!", "?", "…", "(", ")", "\"", "–", "->", "-", "|", "=", "/", "'", "+",
    "<", ">", "%", "$", "€", "£", "~", "#", "@", "[", "]", "*",
];
const CLAUSE_MARKS: u32 = 12;
const NAMED_MARKS: u32 = 16;

/// A phrase is no longer than so many tokens, that of a class within it included: words that go on for ever
/// ("rate rate rate …") would else be phrases of every length.
const LONGEST: usize = 48;
/// A phrase has at most so many elements.
const DEEPEST: usize = 24;

impl Lexicon {
    /// The number of a word that no phrase holds.
    pub(crate) const UNKNOWN: u32 = 0;

    /// The one lexicon, made at its first use.
    pub(crate) fn get() -> &'static Lexicon {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);
        &LEXICON
    }

    /// The number of a folded word.
    pub(crate) fn word(&self, folded: &str) -> u32 {
        self.words.get(folded).copied().unwrap_or(Self::UNKNOWN)
    }

    /// The mark of a number, where rules ask for it.
    pub(crate) fn mark(word: u32) -> Option<&'static str> {
        (1..=NAMED_MARKS)
            .contains(&word)
            .then(|| MARKS[word as usize - 1])
    }

    fn load() -> Lexicon {
        let mut words: FxHashMap<Box<str>, u32> = FxHashMap::default();
        let mut intern = |word: &str| match words.get(word) {
            Some(&known) => known,
            None => {
                let next = words.len() as u32 + 1;
                words.insert(word.into(), next);
                next
            }
        };
        for mark in MARKS {
            intern(mark);
        }
        let mut builder = graph::Builder::default();
        phrase::read(&mut intern, &mut |class, parts| builder.add(class, parts));
        let (graph, openings) = builder.finish(words.len());
        Lexicon {
            words,
            graph,
            openings,
        }
    }

    /// Finds all phrases. `given` are the hits found by other means (quantities, dates), sorted by start.
    /// The answer holds `given`, each hit once, in no order.
    pub(crate) fn find(&self, tokens: &[Token], given: &[Hit]) -> Vec<Hit> {
        let mut search = Search {
            lexicon: self,
            tokens,
            found: Vec::with_capacity(tokens.len() * 2),
            at: vec![(0, 0); tokens.len()],
            waiting: Vec::new(),
        };
        let mut given = given.iter().rev().peekable();
        // A phrase holds classes that begin at its own start or later, so right to left has them all.
        for start in (0..tokens.len()).rev() {
            let first = search.found.len();
            while let Some(hit) = given.next_if(|hit| hit.start as usize >= start) {
                search.add(first, *hit);
            }
            search.phrases(start, first);
            search.at[start] = (first as u32, search.found.len() as u32);
        }
        search.found
    }
}

/// One text's search.
struct Search<'a> {
    lexicon: &'a Lexicon,
    tokens: &'a [Token],
    found: Vec<Hit>,
    /// Which of `found` begin at a token.
    at: Vec<(u32, u32)>,
    /// Phrases that go on with a class at their very start: found as long as hits are.
    waiting: Vec<(Class, u32)>,
}

/// A phrase's beginning that matches: its start, and the first of `found` with that start.
#[derive(Clone, Copy)]
struct Begun {
    start: usize,
    first: usize,
}

impl Search<'_> {
    /// All phrases that begin at a token; `found[first..]` has what is known of that token.
    fn phrases(&mut self, start: usize, first: usize) {
        let lexicon = self.lexicon;
        let begun = Begun { start, first };
        self.waiting.clear();
        for &state in lexicon.openings.by_word(self.tokens[start].word) {
            self.walk(state, begun, start + 1, 1);
        }
        for &(element, state) in lexicon.openings.other() {
            self.step(element, state, begun, start, 0);
        }
        // Hits at this very start come one by one, and may themselves begin a phrase.
        let mut next = first;
        while next < self.found.len() {
            let hit = self.found[next];
            for &state in lexicon.openings.by_class(hit.class) {
                self.walk(state, begun, hit.end as usize, 1);
            }
            for at in 0..self.waiting.len() {
                let (class, state) = self.waiting[at];
                if class == hit.class {
                    self.walk(state, begun, hit.end as usize, 2);
                }
            }
            next += 1;
        }
    }

    fn add(&mut self, first: usize, hit: Hit) {
        if !self.found[first..].contains(&hit) {
            self.found.push(hit);
        }
    }

    /// Goes on from a state of the graph, `now` being the next token.
    fn walk(&mut self, state: u32, begun: Begun, now: usize, depth: usize) {
        let lexicon = self.lexicon;
        if now > begun.start + LONGEST {
            return;
        }
        let state = lexicon.graph.state(state);
        if let Some(class) = state.ends
            && now > begun.start
        {
            let hit = Hit {
                start: begun.start as u32,
                end: now as u32,
                class,
            };
            self.add(begun.first, hit);
        }
        if depth > DEEPEST {
            return;
        }
        if let Some(token) = self.tokens.get(now)
            && token.word != Lexicon::UNKNOWN
        {
            for to in lexicon.graph.by_word(state, token.word) {
                self.walk(to, begun, now + 1, depth + 1);
            }
        }
        for &(element, to) in lexicon.graph.other(state) {
            self.step(element, to, begun, now, depth);
        }
    }

    /// Takes one step that is no word.
    fn step(&mut self, element: Element, to: u32, begun: Begun, now: usize, depth: usize) {
        match element {
            Element::Class(class) if now == begun.start => self.waiting.push((class, to)),
            Element::Class(class) => {
                let (from, end) = self.at.get(now).copied().unwrap_or_default();
                for at in from..end {
                    let hit = self.found[at as usize];
                    if hit.class == class {
                        self.walk(to, begun, hit.end as usize, depth + 1);
                    }
                }
            }
            Element::AnyWord
                if self.tokens.get(now).is_some_and(|token| {
                    !matches!(token.kind, TokenKind::Mark | TokenKind::Newline)
                }) =>
            {
                self.walk(to, begun, now + 1, depth + 1);
            }
            Element::Gap(most) => {
                for gap in 0..=most as usize {
                    self.walk(to, begun, now + gap, depth + 1);
                    if self.tokens.get(now + gap).is_none_or(ends_clause) {
                        break;
                    }
                }
            }
            Element::Start if now == 0 || ends_clause(&self.tokens[now - 1]) => {
                self.walk(to, begun, now, depth + 1);
            }
            Element::End if self.tokens.get(now).is_none_or(ends_clause) => {
                self.walk(to, begun, now, depth + 1);
            }
            _ => {}
        }
    }
}

/// Whether a clause ends at this token. A line's end does not: prose is wrapped.
fn ends_clause(token: &Token) -> bool {
    token.kind == TokenKind::Mark && (1..=CLAUSE_MARKS).contains(&token.word)
}
