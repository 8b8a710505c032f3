//! What an editor can ask of a note: plain data in, plain data out. Knows no protocol, reads no
//! file, and asks nobody the time.

mod analysis;
mod assists;
pub mod config;
mod diagnostics;
mod nearest;
mod questions;
pub mod rules;
mod severity;
mod suppress;

pub use analysis::Analysis;
pub use assists::{Assist, AssistKind};
pub use config::{Config, ConfigProblem};
pub use diagnostics::Diagnostic;
pub use goals::{
    Comparison, Decided, Direction, Evidence, Explained, Explanation, Goal, LONGEST_NOTE, Memo,
    Note, PassedOver, Period, QUALIFIERS, Qualifier, READER, READER_BUILT_IN, Read, Reads, Reason,
    State, Target, Unread, Vagueness, Verdict, Zone,
};
pub use rules::{Code, RULES, Rule};
pub use severity::{SEVERITIES, Severity};
pub use syntax::{Block, BlockKind, Document, Encoding, Position, TextEdit, apply};
