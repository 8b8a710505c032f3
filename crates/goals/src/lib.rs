//! The judgement: which goals a note states, and how well each of them is qualified.
//! Knows no editor, no severity and no I/O. The guide it follows is `docs/goals.md`.

mod goal;
mod note;
mod qualifier;
mod target;

pub use goal::{Evidence, Goal, Reason, State, Vagueness, Verdict, Zone};
pub use note::{Memo, Note, Settings, note};
pub use qualifier::{QUALIFIERS, Qualifier};
pub use target::{Comparison, Direction, Period, Target};
