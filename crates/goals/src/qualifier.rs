//! The three qualifiers of a goal: one value each, and the list of them.

/// One of the three things that make a goal mean something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Qualifier {
    /// Does it matter, and why?
    Importance,
    /// What happens if they miss it, or change nothing?
    CostOfInaction,
    /// How does the target compare with what was reached before? Is it attainable?
    Realism,
}

/// All three, in the order in which a rep asks.
pub const QUALIFIERS: [Qualifier; 3] = [
    Qualifier::Importance,
    Qualifier::CostOfInaction,
    Qualifier::Realism,
];

impl Qualifier {
    /// Index in [`QUALIFIERS`] and in [`crate::Goal::verdicts`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Its name in codes and settings: `cost-of-inaction`.
    pub fn id(self) -> &'static str {
        ["importance", "cost-of-inaction", "realism"][self.index()]
    }

    /// Its name in the report: `cost_of_inaction`.
    pub fn field(self) -> &'static str {
        ["importance", "cost_of_inaction", "realism"][self.index()]
    }

    /// Its name in a sentence: `cost of inaction`.
    pub fn name(self) -> &'static str {
        ["importance", "cost of inaction", "realism"][self.index()]
    }
}
