//! How headings, paragraphs and lists tell what stands in which zone (rules P1 to P3).

use std::ops::Range;
use std::sync::Arc;

use syntax::{BlockKind, ListMarker};

use super::{Form, PSEUDO, Walk};
use crate::lexicon::Class;
use crate::piece::{Opens, Piece};
use crate::zone::{Place, Zone};

/// Whether what stands around a block sees no difference between two pieces of it.
pub(crate) fn alike(old: &Piece, new: &Piece, kind: BlockKind, extra: &[String]) -> bool {
    let form = |piece: &Piece| (piece.label, piece.opens, piece.task, piece.item);
    let marks = |piece: &Piece| (piece.tagged, piece.letter);
    let same = match kind {
        BlockKind::Heading(_) => {
            let title = |piece: &Piece| {
                (
                    piece.title(extra),
                    tells_of_ourselves(piece),
                    is_dated(piece),
                )
            };
            title(old) == title(new)
        }
        BlockKind::TableCell => {
            let cell = |piece: &Piece| (piece.label_title(extra), piece.is_empty());
            cell(old) == cell(new)
        }
        _ => {
            let line = |piece: &Piece| {
                let title = is_title(piece).then(|| piece.title(extra));
                let opens = title.is_some() || piece.opens.is_some();
                (title, opens && is_dated(piece), callout(piece, extra))
            };
            line(old) == line(new)
        }
    };
    let asks = |piece: &Piece| !piece.text.own_questions.is_empty();
    let same = same && !asks(old) && !asks(new);
    same && old.speaker == new.speaker && form(old) == form(new) && marks(old) == marks(new)
}

impl Walk<'_> {
    pub(super) fn heading(&mut self, block: usize, level: u8, pieces: &[Arc<Piece>]) {
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
    pub(super) fn open(&mut self, level: u8, _zone: Option<Zone>, piece: &Piece) {
        self.section += 1;
        while self
            .headings
            .last()
            .is_some_and(|&(open, ..)| open >= level)
        {
            self.headings.pop();
        }
        if is_dated(piece) {
            self.call += u32::from(self.dated);
            self.dated = true;
        }
    }

    /// "Goals per Carla" right above a list: a title, whatever else it says.
    pub(super) fn list_title(
        &self,
        block: usize,
        count: usize,
        pieces: &[Arc<Piece>],
        in_item: bool,
    ) -> Option<Opens> {
        let piece = &pieces[count];
        let above = match pieces.get(count + 1) {
            Some(next) => next.item,
            None if in_item => false,
            None => {
                let mut behind = block + 1..self.blocks.len();
                let next = behind.find(|&next| !self.asked.is_aside(next));
                next.map(|next| &self.blocks[next]).is_some_and(|next| {
                    next.kind == BlockKind::List && next.depth == self.blocks[block].depth
                })
            }
        };
        if !above || !is_title(piece) {
            return None;
        }
        let zone = piece.title(self.extra);
        Some(Opens { zone })
    }

    pub(super) fn list_begins(&mut self, block: usize) {
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

    pub(super) fn paragraph(&mut self, block: usize, pieces: &[Arc<Piece>]) {
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
}

/// Whether it has the form of a list's title.
fn is_title(piece: &Piece) -> bool {
    let text = &piece.text;
    let plain = text.plain.trim_end();
    let short = text.tokens.len() <= 10 && !plain.ends_with(['.', '!', ',', ';']);
    short && !piece.item && piece.label.is_none() && piece.speaker.is_none()
}

fn is_dated(piece: &Piece) -> bool {
    let mut quantities = piece.text.quantities.iter();
    quantities.any(|quantity| quantity.kind == crate::target::Kind::Date)
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
