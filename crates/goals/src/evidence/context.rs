//! What a reader of evidence is told of the surroundings of a passage.

use crate::Qualifier;

/// What a passage's own label, its column header or its qualifier zone says of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) enum Label {
    #[default]
    None,
    Importance,
    Cost,
    Realism,
    Plan,
    /// "Impact": typed by its content (P5).
    Mixed,
    /// "Why / what happens otherwise": a joint label (D10).
    WhyAndCost,
}

/// Who speaks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) enum Speaker {
    Prospect,
    Rep,
    /// Plain note text.
    #[default]
    Note,
}

/// What surrounds a passage, as far as the reading of evidence depends on it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) struct Context {
    pub(crate) label: Label,
    /// The passage is the answer to a question of this type (A7).
    pub(crate) answers: Option<Qualifier>,
    /// That question is whether they get there as they are.
    pub(crate) as_it_is: bool,
    pub(crate) speaker: Speaker,
    pub(crate) goal_zone: bool,
    /// It supplies nothing except tasks to ask (P4).
    pub(crate) no_goal_zone: bool,
    /// The label is that of a heading above, not the passage's own: what says nothing of it is not evidence.
    pub(crate) zone: bool,
    /// It hangs below a goal: nested, indented or quoted text, own sub-section, a cell of its row (A2).
    pub(crate) contained: bool,
}
