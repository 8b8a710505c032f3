//! From a document to its goals.

use syntax::{BlockKind, Document};

use crate::{Goal, Reason, Verdict, Zone};

/// What a note says: its goals in document order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Note {
    /// The goals, by their start.
    pub goals: Vec<Goal>,
}

/// What the judgement is told from outside.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// Further words that announce goals in a heading or label (rule P3), any case.
    pub goal_headings: Vec<String>,
    /// Today as (year, month, day): the note's date where it names none (rule P8).
    pub today: Option<(i32, u8, u8)>,
}

/// What was read before, remembered by content: makes judging a changed note cost the change.
/// Never changes an answer.
#[derive(Debug, Default)]
pub struct Memo {}

/// Judges a note. Total: every text is a note.
pub fn note(document: &Document, _settings: &Settings, _memo: &mut Memo) -> Note {
    let mut goals = Vec::new();
    let mut in_zone = false;
    for (index, block) in document.blocks().iter().enumerate() {
        match block.kind {
            BlockKind::Heading(_) => {
                in_zone = document.inline(block).text.to_lowercase().contains("goals")
            }
            BlockKind::Paragraph if in_zone && block.depth > 0 => goals.push(Goal {
                range: document
                    .inline(block)
                    .range_to_source(0..document.inline(block).text.len()),
                zone: Zone::Goals,
                block: index,
                cells: [None, None, None],
                verdicts: [Verdict::default(), Verdict::default(), Verdict::default()],
                target: None,
                reason: Reason {
                    rule: "G4",
                    why: "outcome in a Goals zone",
                },
            }),
            _ => {}
        }
    }
    Note { goals }
}
