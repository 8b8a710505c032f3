//! The judgement: which goals a note states, and how well each of them is qualified.
//! Knows no editor, no severity and no I/O. The guide it follows is `docs/goals.md`.

mod answers;
mod claim;
mod detect;
mod evidence;
mod goal;
mod judged;
mod lexicon;
mod memo;
mod naming;
mod note;
mod outcome;
mod outline;
mod piece;
mod qualifier;
mod question;
mod reading;
mod report;
mod scope;
mod span;
mod speaker;
mod substance;
mod target;
mod text;
mod token;
mod voice;
mod zone;

pub use goal::{Evidence, Goal, Reason, State, Vagueness, Verdict, Zone};
pub use memo::{Memo, Read, Unread};
pub use note::{Note, Settings, explain, note, prepare};
pub use qualifier::{QUALIFIERS, Qualifier};
pub use reader::BUILT_IN as READER_BUILT_IN;
pub use reading::{
    Decided, Explained, Explanation, LONGEST_NOTE, LONGEST_RUN, Lesson, PassedOver, READER, Reads,
    Weighing, lesson,
};
pub use target::{Comparison, Direction, Period, Target};
