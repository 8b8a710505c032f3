//! A note as a list of passages, each with what stands around it: zone, parent, section, table row (rules P1, P2).

mod asked;
mod lines;
mod table;
mod template;

use std::sync::Arc;

use rustc_hash::FxHashMap;
use syntax::{Block, BlockKind, Document, Task};

pub(crate) use asked::Asked;
use asked::AskedBlocks;
pub(crate) use lines::alike;
use template::Template;

use crate::Qualifier;
use crate::piece::Piece;
use crate::voice::Side;
use crate::zone::Zone;

/// A piece in its place.
#[derive(Debug, Clone)]
pub(crate) struct Passage {
    /// Index of its block in the document.
    pub(crate) block: u32,
    /// Byte at which that block begins.
    pub(crate) start: usize,
    pub(crate) piece: Arc<Piece>,
    /// The zone in force for it, its own label included.
    pub(crate) zone: Zone,
    /// The passage that contains it: the item it is nested under, the goal cell of its row, the label it continues.
    pub(crate) parent: Option<u32>,
    /// Where it stands in the note's form.
    pub(crate) form: Form,
    /// Counts headings, real and pseudo: equal numbers stand in one section.
    pub(crate) section: u32,
    /// Counts dated headings: the calls of a note that holds several (A6).
    pub(crate) call: u32,
    /// Counts paragraphs; the passages of one paragraph or item share it.
    pub(crate) paragraph: u32,
    /// A cell that holds the value of the metric in this cell (D3).
    pub(crate) value: Option<u32>,
    /// Its place in a numbered list, from 1.
    pub(crate) number: Option<u32>,
    /// The list it is an item of (its block), for "these" and "all".
    pub(crate) list: Option<u32>,
    /// Inside a block quote: the prospect's words.
    pub(crate) quoted: bool,
    pub(crate) task: Option<Task>,
    /// Who speaks; set by `voice`.
    pub(crate) side: Side,
    /// Counts the turns of a transcript; set by `voice`.
    pub(crate) turn: Option<u32>,
    /// Whether its zone comes from its own label or column, not from a heading above.
    pub(crate) labelled: bool,
    /// How deep the headings and items around it are, for "the same level".
    pub(crate) depth: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A heading, or a line that serves as one.
    Heading,
    /// A list item's text.
    Item,
    /// A paragraph or a line of its own.
    Line,
    /// A cell of a table; counts from 0.
    Cell { row: u32, column: u16 },
}

/// The pieces of a leaf block.
pub(crate) type Pieces = Arc<[Arc<Piece>]>;

/// The passages of a document, and sowhat's own questions, which are none. `piece_of` reads the pieces of the leaf block of an index (and may remember them).
pub(crate) fn outline(
    document: &Document,
    extra: &[String],
    mut piece_of: impl FnMut(usize) -> Pieces,
) -> (Vec<Passage>, Vec<Asked>) {
    let blocks = document.blocks();
    let mut walk = Walk::new(blocks, extra);
    walk.asked = AskedBlocks::find(blocks, &mut piece_of);
    let mut questions = Vec::with_capacity(walk.asked.leaves.len());
    let mut leaves = walk.asked.leaves.clone().into_iter().peekable();
    let mut index = 0;
    while index < blocks.len() {
        let block = &blocks[index];
        if walk.asked.is_aside(index) {
            if let Some((_, qualifier)) = leaves.next_if(|(leaf, _)| *leaf == index) {
                questions.push(walk.question(index, &piece_of(index), qualifier));
            }
            index += 1;
            continue;
        }
        match block.kind {
            BlockKind::Heading(level) => walk.heading(index, level, &piece_of(index)),
            BlockKind::Paragraph => walk.paragraph(index, &piece_of(index)),
            BlockKind::Code { fenced: false, .. } => walk.paragraph(index, &piece_of(index)),
            BlockKind::Code {
                fenced: true,
                language: false,
            } => {
                let pieces = piece_of(index);
                if pieces
                    .iter()
                    .filter(|piece| piece.speaker.is_some())
                    .count()
                    * 2
                    >= pieces.len().max(2)
                {
                    walk.paragraph(index, &pieces);
                }
            }
            BlockKind::Table => index = walk.table(index, &mut piece_of) - 1,
            BlockKind::List => walk.list_begins(index),
            _ => {}
        }
        index += 1;
    }
    (walk.passages, questions)
}

struct Walk<'a> {
    blocks: &'a [Block],
    extra: &'a [String],
    passages: Vec<Passage>,
    asked: AskedBlocks,
    /// Open headings: level, zone, passage of the heading itself.
    headings: Vec<(u8, Option<Zone>, u32)>,
    /// Zone that a block (a quote with a callout, a list under a lead-in) holds for what it contains.
    inside: Vec<Option<Zone>>,
    /// Up to which block each list's items are counted, and how many they are.
    counted: FxHashMap<Option<u32>, (usize, u32)>,
    /// First passage of a list item's block.
    item_of: Vec<Option<u32>>,
    section: u32,
    call: u32,
    paragraph: u32,
    /// The template whose single letters are labels here.
    template: Template,
    /// Whether a dated heading was seen.
    dated: bool,
    /// Whether a list stands in the zone of the last pseudo-heading already.
    list_seen: bool,
}

/// Level of a pseudo-heading: below every real one.
const PSEUDO: u8 = 9;

impl Passage {
    /// Byte of the text at which its words begin: behind a label, and behind the speaker's name where it is a turn.
    pub(crate) fn lead(&self) -> usize {
        self.piece.lead_in(self.turn.is_some())
    }
}

impl<'a> Walk<'a> {
    fn new(blocks: &'a [Block], extra: &'a [String]) -> Walk<'a> {
        Walk {
            blocks,
            extra,
            passages: Vec::with_capacity(blocks.len()),
            asked: AskedBlocks::default(),
            headings: Vec::new(),
            inside: vec![None; blocks.len()],
            counted: FxHashMap::default(),
            item_of: vec![None; blocks.len()],
            section: 0,
            call: 0,
            paragraph: 0,
            template: Template::None,
            dated: false,
            list_seen: false,
        }
    }

    /// The zone in force at a block, from the containers around it, else from the headings above.
    fn zone_at(&self, block: usize) -> Option<Zone> {
        let mut at = self.blocks[block].parent;
        while let Some(container) = at {
            if let Some(zone) = self.inside[container as usize] {
                return Some(zone);
            }
            at = self.blocks[container as usize].parent;
        }
        self.headings.iter().rev().find_map(|&(_, zone, _)| zone)
    }

    /// The nearest list item around a block that has a passage already.
    fn item_around(&self, block: usize) -> Option<(usize, Option<u32>)> {
        let mut at = self.blocks[block].parent;
        while let Some(container) = at {
            if matches!(
                self.blocks[container as usize].kind,
                BlockKind::ListItem { .. }
            ) {
                return Some((container as usize, self.item_of[container as usize]));
            }
            at = self.blocks[container as usize].parent;
        }
        None
    }

    /// The place of an item among its list's items, from 1. Goes on counting where it was asked last.
    fn place_in_list(&mut self, item: usize) -> u32 {
        let list = self.blocks[item].parent;
        let begin = (list.map_or(0, |list| list as usize), 0);
        let counted = self.counted.get(&list).copied();
        let (from, mut count) = counted.filter(|&(upto, _)| upto <= item).unwrap_or(begin);
        let before = self.blocks[from..item].iter();
        count += before
            .filter(|block| {
                block.parent == list && matches!(block.kind, BlockKind::ListItem { .. })
            })
            .count() as u32;
        self.counted.insert(list, (item, count));
        count + 1
    }

    fn question(&self, block: usize, pieces: &Pieces, qualifier: Qualifier) -> Asked {
        let item = self.blocks[block]
            .parent
            .map_or(block, |item| item as usize);
        Asked {
            block: block as u32,
            start: self.blocks[block].range.start,
            piece: pieces[0].clone(),
            qualifier,
            before: self.passages.len(),
            parent: self.outer_item(item),
        }
    }

    fn outer_item(&self, item: usize) -> Option<u32> {
        self.item_around(item).and_then(|(_, passage)| passage)
    }

    fn quote_around(&self, block: usize) -> Option<usize> {
        let mut at = self.blocks[block].parent;
        while let Some(container) = at {
            if self.blocks[container as usize].kind == BlockKind::BlockQuote {
                return Some(container as usize);
            }
            at = self.blocks[container as usize].parent;
        }
        None
    }

    fn push(&mut self, block: usize, piece: Arc<Piece>, zone: Zone, form: Form) -> u32 {
        let index = self.passages.len() as u32;
        self.passages.push(Passage {
            block: block as u32,
            start: self.blocks[block].range.start,
            zone,
            parent: None,
            form,
            section: self.section,
            call: self.call,
            paragraph: self.paragraph,
            value: None,
            number: None,
            list: None,
            quoted: false,
            task: piece.task,
            side: Side::Note,
            turn: None,
            labelled: false,
            depth: self.blocks[block].depth,
            piece,
        });
        index
    }
}
