//! Text and markdown as values: the document and its edits, its blocks, the plain text of one
//! block, and positions. Knows no goals and no editor.

mod block;
mod document;
mod inline;
mod mask;
mod parse;
mod plain;
mod position;
mod table;
mod text_edit;
mod update;

pub use block::{Block, BlockKind, Lines, ListMarker, Task};
pub use document::Document;
pub use inline::Inline;
pub use position::{Encoding, Position};
pub use text_edit::{Bias, TextEdit, apply, map_offset};
