//! A note as a list of passages, each with what stands around it: zone, parent, section, table row (rules P1, P2).

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use syntax::{Block, BlockKind, Document, ListMarker, Task};

use crate::lexicon::Class;
use crate::piece::Piece;
use crate::voice::Side;
use crate::zone::{Place, Zone};

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

/// The passages of a document. `piece_of` reads a leaf block's pieces (and may remember them).
pub(crate) fn outline(
    document: &Document,
    extra: &[String],
    mut piece_of: impl FnMut(&Block) -> Arc<[Arc<Piece>]>,
) -> Vec<Passage> {
    let blocks = document.blocks();
    let mut walk = Walk::new(blocks, extra);
    let mut index = 0;
    while index < blocks.len() {
        let block = &blocks[index];
        match block.kind {
            BlockKind::Heading(level) => walk.heading(index, level, &piece_of(block)),
            BlockKind::Paragraph => walk.paragraph(index, &piece_of(block)),
            BlockKind::Code { fenced: false, .. } => walk.paragraph(index, &piece_of(block)),
            BlockKind::Code {
                fenced: true,
                language: false,
            } => {
                let pieces = piece_of(block);
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
    walk.passages
}

struct Walk<'a> {
    blocks: &'a [Block],
    extra: &'a [String],
    passages: Vec<Passage>,
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
        if self.turn.is_some() {
            self.piece.turn_lead.max(self.piece.lead)
        } else {
            self.piece.lead
        }
    }
}

impl<'a> Walk<'a> {
    fn new(blocks: &'a [Block], extra: &'a [String]) -> Walk<'a> {
        Walk {
            blocks,
            extra,
            passages: Vec::with_capacity(blocks.len()),
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

    fn heading(&mut self, block: usize, level: u8, pieces: &[Arc<Piece>]) {
        let Some(piece) = pieces.first() else { return };
        self.paragraph += 1;
        // The note's own title ("Demo with Acme") says what it is, not what stands below it.
        let zone = piece.title(self.extra).filter(|zone| {
            *zone != Zone::Nothing || !self.passages.is_empty() || tells_of_ourselves(piece)
        });
        self.open(level, zone, piece);
        let around = self
            .headings
            .iter()
            .rev()
            .find_map(|&(_, zone, _)| zone)
            .unwrap_or(Zone::Prose);
        let index = self.push(block, piece.clone(), around, Form::Heading);
        self.passages[index as usize].labelled = zone.is_some();
        self.headings.push((level, zone, index));
    }

    /// Closes what a heading of this level closes, and counts.
    fn open(&mut self, level: u8, _zone: Option<Zone>, piece: &Piece) {
        self.section += 1;
        while self
            .headings
            .last()
            .is_some_and(|&(open, ..)| open >= level)
        {
            self.headings.pop();
        }
        let text = &piece.text;
        let dated = text
            .quantities
            .iter()
            .any(|quantity| quantity.kind == crate::target::Kind::Date);
        if dated {
            self.call += u32::from(self.dated);
            self.dated = true;
        }
    }

    /// "Goals per Carla" right above a list: a title, whatever else it says.
    fn list_title(
        &self,
        block: usize,
        count: usize,
        pieces: &[Arc<Piece>],
        in_item: bool,
    ) -> Option<crate::piece::Opens> {
        let piece = &pieces[count];
        let above = match pieces.get(count + 1) {
            Some(next) => next.item,
            None if in_item => false,
            None => self.blocks.get(block + 1).is_some_and(|next| {
                next.kind == BlockKind::List && next.depth == self.blocks[block].depth
            }),
        };
        let text = &piece.text;
        let plain = text.plain.trim_end();
        let short = text.tokens.len() <= 10 && !plain.ends_with(['.', '!', ',', ';']);
        if !above || !short || piece.item || piece.label.is_some() || piece.speaker.is_some() {
            return None;
        }
        let zone = piece.title(self.extra);
        Some(crate::piece::Opens { zone })
    }

    fn list_begins(&mut self, block: usize) {
        self.list_seen = true;
        // A list right below a line that opens a zone belongs to it; the zone ends with the list only
        // where that line is an item itself.
        if let Some(last) = self.passages.last()
            && last.form == Form::Item
            && let Some(opens) = last.piece.opens
            && self.item_around(block).is_some_and(|(item, passage)| {
                passage == Some(self.passages.len() as u32 - 1) || self.item_of[item].is_none()
            })
        {
            self.inside[block] = opens.zone;
        }
    }

    fn paragraph(&mut self, block: usize, pieces: &[Arc<Piece>]) {
        self.paragraph += 1;
        let item = self.item_around(block);
        let quote = self.quote_around(block);
        let mut line_parent: Option<u32> = None;
        let mut opened: Option<Zone> = None;
        for (count, piece) in pieces.iter().enumerate() {
            if let (Some(quote), 0) = (quote, count)
                && let Some(zone) = callout(piece, self.extra)
            {
                self.inside[quote] = Some(zone);
                self.section += 1;
                continue;
            }
            let opens = piece
                .opens
                .or_else(|| self.list_title(block, count, pieces, item.is_some()));
            // Inside a list item only the first line may be an item; elsewhere a pseudo-heading opens a zone.
            let in_item = item.is_some();
            if let Some(opens) = opens.filter(|_| !in_item) {
                if let Some(quote) = quote {
                    self.inside[quote] = opens.zone;
                    self.section += 1;
                } else {
                    self.open(PSEUDO, opens.zone, piece);
                }
                let around = self.zone_at(block).unwrap_or(Zone::Prose);
                let index = self.push(block, piece.clone(), around, Form::Heading);
                self.passages[index as usize].labelled = opens.zone.is_some();
                if quote.is_none() {
                    self.headings.push((PSEUDO, opens.zone, index));
                }
                continue;
            }
            let mut zone = self.zone_at(block).unwrap_or(Zone::Prose);
            let mut labelled = false;
            let label = piece
                .label
                .or_else(|| piece.letter.and_then(|letter| self.template.zone(letter)));
            if let Some(label) = label {
                zone = label;
                labelled = true;
            } else if in_item && let Some(opened) = opens.and_then(|opens| opens.zone) {
                zone = opened;
                labelled = true;
            }
            // Prose below the list of a zone needs cues again.
            let by_heading = self
                .headings
                .iter()
                .rev()
                .find(|(_, zone, _)| zone.is_some())
                .is_some_and(|&(level, ..)| level < PSEUDO);
            if zone.is_goals()
                && !labelled
                && !in_item
                && !piece.item
                && self.list_seen
                && !by_heading
                && quote.is_none()
            {
                zone = Zone::Prose;
            }
            self.list_seen |= piece.item;
            if in_item {
                // A question on an item's first line holds for the lines below it.
                if !labelled && count > 0 {
                    zone = opened.unwrap_or(zone);
                }
                opened = opens.and_then(|opens| opens.zone).or(opened);
            }
            if piece.tagged {
                zone = Zone::Goals;
            }
            let form = if in_item || piece.item {
                Form::Item
            } else {
                Form::Line
            };
            let index = self.push(block, piece.clone(), zone, form);
            let mut parent = None;
            let mut list = None;
            if let Some((container, first)) = item {
                list = self.blocks[container].parent;
                match first {
                    Some(first) => parent = Some(first),
                    None => {
                        self.item_of[container] = Some(index);
                        parent = self.outer_item(container);
                        if let BlockKind::ListItem { task, marker } = self.blocks[container].kind {
                            self.passages[index as usize].task = task.or(piece.task);
                            if matches!(marker, ListMarker::Dot | ListMarker::Parenthesis) {
                                let place = self.place_in_list(container);
                                self.passages[index as usize].number = Some(place);
                            }
                        }
                        // A label on an item holds for what is nested under it.
                        if let Some(label) =
                            piece.label.or(piece.opens.and_then(|opens| opens.zone))
                        {
                            self.inside[container] = Some(label);
                        }
                    }
                }
            } else if count > 0 && !piece.item && line_parent.is_some() && piece.label.is_none() {
                parent = None;
            }
            let passage = &mut self.passages[index as usize];
            passage.parent = parent;
            passage.list = list;
            passage.quoted = quote.is_some();
            passage.labelled = labelled;
            line_parent = Some(index);
        }
    }

    /// Reads a table; returns the index behind its blocks.
    fn table(
        &mut self,
        table: usize,
        piece_of: &mut impl FnMut(&Block) -> Arc<[Arc<Piece>]>,
    ) -> usize {
        self.paragraph += 1;
        let around = self.zone_at(table).unwrap_or(Zone::Prose);
        let mut end = table + 1;
        while end < self.blocks.len() && self.blocks[end].depth > self.blocks[table].depth {
            end += 1;
        }
        let rows: Vec<usize> = (table + 1..end)
            .filter(|&at| matches!(self.blocks[at].kind, BlockKind::TableRow { .. }))
            .collect();
        let cells = |row: usize| -> Vec<usize> {
            (row + 1..end)
                .take_while(|&at| self.blocks[at].kind == BlockKind::TableCell)
                .collect()
        };
        let Some(&head) = rows.first() else {
            return end;
        };
        let header: Vec<Option<Zone>> = cells(head)
            .iter()
            .map(|&cell| {
                piece_of(&self.blocks[cell])
                    .first()
                    .and_then(|piece| piece.label_title(self.extra))
            })
            .collect();
        let columns = Columns::new(&header, around);
        for &row in rows.iter().skip(usize::from(columns.has_header)) {
            let cells = cells(row);
            let first_zone = cells.first().and_then(|&cell| {
                piece_of(&self.blocks[cell])
                    .first()
                    .and_then(|piece| piece.label_title(self.extra))
            });
            let mut goal_cell = None;
            let begin = self.passages.len();
            for (column, &cell) in cells.iter().enumerate() {
                let Some(piece) = piece_of(&self.blocks[cell]).first().cloned() else {
                    continue;
                };
                let mut zone = columns.zone(column, around);
                let mut labelled = columns
                    .header
                    .get(column)
                    .is_some_and(|zone| zone.is_some());
                if columns.is_template && column > 0 {
                    zone = first_zone.unwrap_or(Zone::Prose);
                    labelled = first_zone.is_some();
                } else if columns.is_template {
                    zone = Zone::Nothing;
                }
                let index = self.push(
                    cell,
                    piece.clone(),
                    zone,
                    Form::Cell {
                        row: row as u32,
                        column: column as u16,
                    },
                );
                let passage = &mut self.passages[index as usize];
                passage.labelled = labelled || columns.goal == Some(column);
                if columns.goal == Some(column) && !piece.is_empty() {
                    goal_cell = Some(index);
                }
            }
            if let (Some(goal), Some(value)) = (goal_cell, columns.value)
                && let Some(cell) = (begin..self.passages.len()).find(|&at| matches!(self.passages[at].form, Form::Cell { column, .. } if usize::from(column) == value))
            {
                self.passages[goal as usize].value = Some(cell as u32);
                self.passages[cell].zone = Zone::Nothing;
            }
            if let Some(goal) = goal_cell {
                for index in begin..self.passages.len() {
                    if index as u32 != goal {
                        self.passages[index].parent = Some(goal);
                    }
                }
            }
        }
        end
    }
}

/// A qualification method whose letters are used as labels (P3).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Template {
    None,
    /// HubSpot's goals, plans, challenges, timeline; then budget, authority, consequences, implications.
    Gpct {
        challenges_seen: bool,
    },
    /// Situation, pain, impact, critical event, decision.
    Spiced,
    /// Metrics, economic buyer, decision criteria and process, (paper process,) pain, champion, competition.
    Meddic,
}

impl Template {
    /// What a letter announces; remembers the template.
    fn zone(&mut self, letter: char) -> Option<Zone> {
        match (letter, *self) {
            ('G', _) => {
                *self = Template::Gpct {
                    challenges_seen: false,
                }
            }
            ('S', _) => *self = Template::Spiced,
            ('M', _) => *self = Template::Meddic,
            _ => {}
        }
        match (*self, letter) {
            (Template::Gpct { .. }, 'G') => Some(Zone::Goals),
            (Template::Gpct { .. }, 'P') => Some(Zone::Plan),
            (
                Template::Gpct {
                    challenges_seen: false,
                },
                'C',
            ) => {
                *self = Template::Gpct {
                    challenges_seen: true,
                };
                Some(Zone::Prose)
            }
            (Template::Gpct { .. }, 'C') => Some(Zone::Cost),
            (Template::Gpct { .. }, 'I') => Some(Zone::Importance),
            (Template::Gpct { .. }, 'B' | 'A') => Some(Zone::Nothing),
            (Template::Gpct { .. }, 'T') | (Template::Spiced, 'S' | 'P') => Some(Zone::Prose),
            (Template::Spiced, 'I') => Some(Zone::Mixed),
            (Template::Spiced, 'C' | 'E') => Some(Zone::Importance),
            (Template::Spiced, 'D') => Some(Zone::Nothing),
            (Template::Meddic, 'M') => Some(Zone::Metrics),
            (Template::Meddic, 'E' | 'D' | 'P') => Some(Zone::Nothing),
            (Template::Meddic, 'I' | 'C') => Some(Zone::Prose),
            _ => None,
        }
    }
}

/// The columns of a table by their headers.
struct Columns {
    header: Vec<Option<Zone>>,
    goal: Option<usize>,
    /// The column behind the goal's that holds its value.
    value: Option<usize>,
    has_header: bool,
    /// Two columns, titles on the left: a filled-in template.
    is_template: bool,
}

impl Columns {
    fn new(header: &[Option<Zone>], around: Zone) -> Columns {
        let qualifier = |zone: &Option<Zone>| {
            zone.is_some_and(|zone| {
                matches!(
                    zone,
                    Zone::Importance | Zone::Cost | Zone::Realism | Zone::WhyAndCost
                )
            })
        };
        let mut goal = header
            .iter()
            .position(|zone| zone.is_some_and(Zone::is_goals));
        if goal.is_none()
            && (around.is_goals() || header.iter().filter(|zone| qualifier(zone)).count() >= 2)
        {
            // The first column that announces nothing of its own; `#` and `No` hold no text and are passed over when empty.
            goal = header.iter().position(|zone| zone.is_none());
        }
        let value = goal.map(|goal| goal + 1).filter(|&next| {
            header
                .get(next)
                .is_some_and(|zone| zone.is_some_and(Zone::is_goals))
        });
        let is_template = header.len() == 2 && goal.is_none();
        Columns {
            header: header.to_vec(),
            goal,
            value,
            has_header: !is_template,
            is_template,
        }
    }

    fn zone(&self, column: usize, around: Zone) -> Zone {
        if self.goal == Some(column) {
            return if around == Zone::Metrics {
                Zone::Metrics
            } else {
                Zone::Goals
            };
        }
        match self.header.get(column).copied().flatten() {
            Some(zone) => zone,
            None => Zone::Prose,
        }
    }
}

/// Whether a note's title says that it is not about the prospect: "Internal review", "Goals for the call".
fn tells_of_ourselves(piece: &Piece) -> bool {
    let text = &piece.text;
    text.is(0, "internal") || text.has(Class::ZoneGoals, 0..text.tokens.len())
}

/// `[!goal] Goals`: the zone of a callout, by its type or its title.
fn callout(piece: &Piece, extra: &[String]) -> Option<Zone> {
    let plain = piece.text.plain.trim_start();
    let inner = plain.strip_prefix("[!")?;
    let close = inner.find(']')?;
    let from = piece.text.plain.len() - inner.len();
    let kind: Range<usize> = from..from + close;
    let title = from + close + 1..piece.text.plain.len();
    let of = |bytes: Range<usize>| {
        Zone::of_title(
            &piece.text,
            piece.text.tokens_in(bytes),
            Place::Heading,
            extra,
        )
    };
    Some(of(title).or_else(|| of(kind)).unwrap_or(Zone::Prose))
}
