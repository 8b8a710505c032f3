//! What an editor can ask of a note: plain data in, plain data out. Knows no protocol, reads no
//! file, and asks nobody the time.

mod analysis;
mod assists;
mod code_lens;
mod completion;
pub mod config;
mod diagnostics;
mod folding;
mod hover;
mod inlay_hints;
mod markup;
mod nearest;
mod open_questions;
mod questions;
pub mod rules;
mod semantic_tokens;
mod severity;
mod suppress;
mod symbols;
mod words;

#[cfg(test)]
mod tests;

pub use analysis::Analysis;
pub use assists::{Assist, AssistKind, answer_place};
pub use code_lens::CodeLens;
pub use completion::{Completion, CompletionKind, Insert, escape_snippet};
pub use config::{Config, ConfigProblem};
pub use diagnostics::Diagnostic;
pub use goals::{
    Comparison, Decided, Direction, Evidence, Explained, Explanation, Goal, LONGEST_NOTE,
    LONGEST_RUN, Memo, Note, PassedOver, Period, QUALIFIERS, Qualifier, READER, READER_BUILT_IN,
    Read, Reads, Reason, State, Target, Unread, Vagueness, Verdict, Zone, prepare,
};
pub use hover::Hover;
pub use inlay_hints::InlayHint;
pub use markup::Markup;
pub use rules::{Code, RULES, Rule};
pub use semantic_tokens::{SemanticToken, TokenKind};
pub use severity::{SEVERITIES, Severity};
pub use symbols::{Symbol, SymbolKind};
pub use syntax::{Block, BlockKind, Document, Encoding, Position, TextEdit, apply};
