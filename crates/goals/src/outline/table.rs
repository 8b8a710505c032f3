//! How a table's columns tell what stands in its cells (rules P1, D3).

use syntax::BlockKind;

use super::{Form, Pieces, Walk};
use crate::zone::Zone;

impl Walk<'_> {
    /// Reads a table; returns the index behind its blocks.
    pub(super) fn table(
        &mut self,
        table: usize,
        piece_of: &mut impl FnMut(usize) -> Pieces,
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
                piece_of(cell)
                    .first()
                    .and_then(|piece| piece.label_title(self.extra))
            })
            .collect();
        let columns = Columns::new(&header, around);
        for &row in rows.iter().skip(usize::from(columns.has_header)) {
            let cells = cells(row);
            let first_zone = cells.first().and_then(|&cell| {
                piece_of(cell)
                    .first()
                    .and_then(|piece| piece.label_title(self.extra))
            });
            let mut goal_cell = None;
            let begin = self.passages.len();
            for (column, &cell) in cells.iter().enumerate() {
                let Some(piece) = piece_of(cell).first().cloned() else {
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
