//! The phrases as one graph: states, and steps between them. Knows no text.

use super::phrase::Part;
use super::{Class, Element};

/// All states with their steps.
#[derive(Default)]
pub(super) struct Graph {
    states: Vec<State>,
    /// Steps by a word, each state's together and sorted.
    by_word: Vec<(u32, u32)>,
    /// Steps by anything else, each state's together.
    other: Vec<(Element, u32)>,
}

/// A place between two elements of a phrase.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct State {
    /// The class whose phrase ends here.
    pub(super) ends: Option<Class>,
    /// For a quick no: of each word that goes on from here the bit at its number's rest by 64.
    mask: u64,
    by_word: (u32, u32),
    other: (u32, u32),
}

impl Graph {
    pub(super) fn state(&self, state: u32) -> &State {
        &self.states[state as usize]
    }

    /// Where a word leads.
    pub(super) fn by_word(&self, state: &State, word: u32) -> impl Iterator<Item = u32> + '_ {
        let steps = match state.mask >> (word % 64) & 1 {
            0 => &[],
            _ => &self.by_word[state.by_word.0 as usize..state.by_word.1 as usize],
        };
        let from = steps.partition_point(|step| step.0 < word);
        steps[from..]
            .iter()
            .take_while(move |step| step.0 == word)
            .map(|step| step.1)
    }

    /// The steps that are no words.
    pub(super) fn other(&self, state: &State) -> &[(Element, u32)] {
        &self.other[state.other.0 as usize..state.other.1 as usize]
    }

    fn add(&mut self, steps: &mut [(Element, u32)], ends: Option<Class>) -> u32 {
        steps.sort_unstable();
        let mut state = State {
            ends,
            by_word: (self.by_word.len() as u32, 0),
            other: (self.other.len() as u32, 0),
            ..State::default()
        };
        for &mut (element, to) in steps {
            match element {
                Element::Word(word) => {
                    state.mask |= 1 << (word % 64);
                    self.by_word.push((word, to));
                }
                other => self.other.push((other, to)),
            }
        }
        state.by_word.1 = self.by_word.len() as u32;
        state.other.1 = self.other.len() as u32;
        self.states.push(state);
        self.states.len() as u32 - 1
    }
}

/// The first steps of all phrases.
#[derive(Default)]
pub(super) struct Openings {
    by_word: Table,
    by_class: Table,
    other: Vec<(Element, u32)>,
}

impl Openings {
    /// Where the phrases that begin with a word stand behind it.
    pub(super) fn by_word(&self, word: u32) -> &[u32] {
        self.by_word.get(word as usize)
    }

    /// The same for a class.
    pub(super) fn by_class(&self, class: Class) -> &[u32] {
        self.by_class.get(class as usize)
    }

    /// First steps that are neither.
    pub(super) fn other(&self) -> &[(Element, u32)] {
        &self.other
    }
}

/// Lists by a small number.
#[derive(Default)]
struct Table {
    /// Where each number's list begins; one more at the end.
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Table {
    fn new(mut pairs: Vec<(usize, u32)>, count: usize) -> Table {
        pairs.sort_unstable();
        let mut starts = vec![0; count + 1];
        for &(number, _) in &pairs {
            starts[number + 1] += 1;
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let items = pairs.into_iter().map(|(_, item)| item).collect();
        Table { starts, items }
    }

    fn get(&self, number: usize) -> &[u32] {
        &self.items[self.starts[number] as usize..self.starts[number + 1] as usize]
    }
}

/// Makes the graph, phrase by phrase.
#[derive(Default)]
pub(super) struct Builder {
    graph: Graph,
    openings: Vec<(Element, u32)>,
}

/// What may follow at a place: a state that is made when first needed.
#[derive(Clone)]
struct Rest {
    steps: Vec<(Element, u32)>,
    ends: Option<Class>,
    state: Option<u32>,
}

impl Builder {
    /// Adds a phrase of a class.
    pub(super) fn add(&mut self, class: Class, parts: &[Part]) {
        let mut end = Rest {
            steps: Vec::new(),
            ends: Some(class),
            state: None,
        };
        let whole = self.before(parts, &mut end);
        self.openings.extend(whole.steps);
    }

    /// The graph and its openings, for words numbered up to `words`.
    pub(super) fn finish(self, words: usize) -> (Graph, Openings) {
        let mut by_word = Vec::with_capacity(self.openings.len());
        let mut by_class = Vec::new();
        let mut other = Vec::new();
        for (element, to) in self.openings {
            match element {
                Element::Word(word) => by_word.push((word as usize, to)),
                Element::Class(class) => by_class.push((class as usize, to)),
                element => other.push((element, to)),
            }
        }
        let openings = Openings {
            by_word: Table::new(by_word, words + 1),
            by_class: Table::new(by_class, Class::COUNT),
            other,
        };
        (self.graph, openings)
    }

    /// What may follow at the start of `parts`, with `rest` behind them.
    fn before(&mut self, parts: &[Part], rest: &mut Rest) -> Rest {
        let Some((last, parts)) = parts.split_last() else {
            return rest.clone();
        };
        let mut here = Rest {
            steps: Vec::new(),
            ends: None,
            state: None,
        };
        match last {
            Part::One(element) => here.steps.push((*element, self.state(rest))),
            Part::Any(any) => {
                for parts in any {
                    let way = self.before(parts, rest);
                    here.steps.extend(way.steps);
                    here.ends = here.ends.or(way.ends);
                }
            }
        }
        self.before(parts, &mut here)
    }

    fn state(&mut self, rest: &mut Rest) -> u32 {
        match rest.state {
            Some(state) => state,
            None => {
                let state = self.graph.add(&mut rest.steps, rest.ends);
                rest.state = Some(state);
                state
            }
        }
    }
}
