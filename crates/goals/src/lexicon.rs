//! The phrases that the rules lean on, as data, and finding them in a text.
//!
//! A file of `lexicon/` holds classes: a line `@name` opens one, each further line is a phrase of it.
//! In a phrase
//! - `word` is itself, in any case; `~grow` also its forms on -s, -ed, -ing;
//! - `(a|b c|)` is any of the alternatives, the last one here being nothing;
//! - `<name>` is a phrase of a class that stands above, `<qty>` a quantity, `<date>` a date or period,
//!   `<word>` any one word;
//! - `..3` is a gap of at most three words within the clause;
//! - `^` is the start of a sentence or clause, `$` its end.
//!
//! All phrases live in one trie over word numbers, so that a text is read once, whatever their number.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::token::{Token, TokenKind};

mod classes;
mod phrase;

pub(crate) use classes::Class;

/// All phrases, ready to be found.
pub(crate) struct Lexicon {
    words: HashMap<Box<str>, u32>,
    nodes: Vec<Node>,
}

#[derive(Default)]
struct Node {
    /// By word: what most phrases go on with.
    by_word: HashMap<u32, u32>,
    /// By anything else, in a short list.
    by_other: Vec<(Element, u32)>,
    /// Classes whose phrase ends here.
    ends: Vec<Class>,
}

/// One place of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

    fn load() -> Lexicon {
        let mut lexicon = Lexicon {
            words: HashMap::new(),
            nodes: vec![Node::default()],
        };
        for (class, elements) in phrase::all(&mut |word| {
            let next = lexicon.words.len() as u32 + 1;
            *lexicon.words.entry(word.into()).or_insert(next)
        }) {
            let mut at = 0;
            for element in elements {
                at = step(&mut lexicon.nodes, at, element);
            }
            let ends = &mut lexicon.nodes[at as usize].ends;
            if !ends.contains(&class) {
                ends.push(class);
            }
        }
        lexicon
    }

    /// Finds all phrases. `given` are the hits found by other means (quantities, dates), sorted by start.
    /// The answer is sorted by start, the longer first, and holds `given`.
    pub(crate) fn find(&self, tokens: &[Token], given: &[Hit]) -> Vec<Hit> {
        // A phrase may hold classes that begin at or after its own start only, so right to left has them all;
        // classes at the same start stand in the order of definition, so a few rounds settle them.
        let mut at: Vec<Vec<Hit>> = vec![Vec::new(); tokens.len()];
        for hit in given {
            at[hit.start as usize].push(*hit);
        }
        let mut found = Vec::new();
        for start in (0..tokens.len()).rev() {
            loop {
                found.clear();
                self.walk(0, start, start, tokens, &at, 0, &mut found);
                let before = at[start].len();
                for hit in &found {
                    if !at[start].contains(hit) {
                        at[start].push(*hit);
                    }
                }
                if at[start].len() == before {
                    break;
                }
            }
            at[start].sort_by_key(|hit| std::cmp::Reverse(hit.end));
        }
        at.into_iter().flatten().collect()
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "one recursive step; a struct would only rename them"
    )]
    fn walk(
        &self,
        node: u32,
        start: usize,
        now: usize,
        tokens: &[Token],
        at: &[Vec<Hit>],
        depth: usize,
        out: &mut Vec<Hit>,
    ) {
        let node = &self.nodes[node as usize];
        if now > start {
            out.extend(node.ends.iter().map(|&class| Hit {
                start: start as u32,
                end: now as u32,
                class,
            }));
        }
        if depth > 24 {
            return;
        }
        if let Some(token) = tokens.get(now)
            && token.word != Self::UNKNOWN
            && let Some(&next) = node.by_word.get(&token.word)
        {
            self.walk(next, start, now + 1, tokens, at, depth + 1, out);
        }
        for &(element, next) in &node.by_other {
            match element {
                Element::Class(class) => {
                    for hit in at
                        .get(now)
                        .into_iter()
                        .flatten()
                        .filter(|hit| hit.class == class)
                    {
                        self.walk(next, start, hit.end as usize, tokens, at, depth + 1, out);
                    }
                }
                Element::AnyWord
                    if tokens.get(now).is_some_and(|token| {
                        token.kind != TokenKind::Mark && token.kind != TokenKind::Newline
                    }) =>
                {
                    self.walk(next, start, now + 1, tokens, at, depth + 1, out);
                }
                Element::Gap(most) => {
                    for gap in 0..=most as usize {
                        self.walk(next, start, now + gap, tokens, at, depth + 1, out);
                        if tokens
                            .get(now + gap)
                            .is_none_or(|token| ends_clause(token, self))
                        {
                            break;
                        }
                    }
                }
                Element::Start if now == 0 || ends_clause(&tokens[now - 1], self) => {
                    self.walk(next, start, now, tokens, at, depth + 1, out)
                }
                Element::End if tokens.get(now).is_none_or(|token| ends_clause(token, self)) => {
                    self.walk(next, start, now, tokens, at, depth + 1, out);
                }
                _ => {}
            }
        }
    }
}

/// Whether a clause ends at this token. A line's end does not: prose is wrapped.
fn ends_clause(token: &Token, lexicon: &Lexicon) -> bool {
    static MARKS: LazyLock<Vec<u32>> = LazyLock::new(|| {
        [",", ";", ":", ".", "!", "?", "…", "(", ")", "\"", "–", "->"]
            .iter()
            .map(|mark| Lexicon::get().word(mark))
            .collect()
    });
    let _ = lexicon;
    token.kind == TokenKind::Mark && token.word != Lexicon::UNKNOWN && MARKS.contains(&token.word)
}

fn step(nodes: &mut Vec<Node>, at: u32, element: Element) -> u32 {
    let new = nodes.len() as u32;
    let node = &mut nodes[at as usize];
    let next = match element {
        Element::Word(word) => *node.by_word.entry(word).or_insert(new),
        other => match node.by_other.iter().find(|(known, _)| *known == other) {
            Some(&(_, next)) => next,
            None => {
                node.by_other.push((other, new));
                new
            }
        },
    };
    if next == new {
        nodes.push(Node::default());
    }
    next
}
