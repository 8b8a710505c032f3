//! The words that labels use for qualifiers and their states. Gives them no meaning.

use std::fmt;

/// The qualifiers' names in labels and reports, in the order in which every triple here stands.
pub const QUALIFIERS: [&str; 3] = ["importance", "cost_of_inaction", "realism"];

/// How well a qualifier is answered, from worst to best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum State {
    /// Nothing speaks to it.
    #[default]
    Missing,
    /// A question without an answer.
    Asked,
    /// An answer without substance.
    Vague,
    /// An answer with substance.
    Answered,
}

impl State {
    /// All four, from worst to best.
    pub const ALL: [State; 4] = [State::Missing, State::Asked, State::Vague, State::Answered];

    /// Its name in labels and reports: `missing`.
    pub fn id(self) -> &'static str {
        ["missing", "asked", "vague", "answered"][self as usize]
    }

    /// The state of that name.
    pub fn from_id(id: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.id() == id)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}
