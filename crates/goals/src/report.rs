//! What the note reports of a goal: its words, its cells, its target, and what was found out about it.

use std::sync::Arc;

use crate::outline::{Form, Passage};
use crate::scope::{Attached, Found};
use crate::zone::Zone as Announced;
use crate::{Goal, QUALIFIERS, Qualifier, Zone, target};

/// The goal with all that is attached to it.
pub(crate) fn goal(passages: &[Passage], found: &Found, attached: Attached) -> Goal {
    let passage = &passages[found.passage];
    let mut cells = [None, None, None];
    if let Form::Cell { row, .. } = passage.form {
        let of_row =
            |other: &&Passage| matches!(other.form, Form::Cell { row: of, .. } if of == row);
        let before = passages[..found.passage].iter().rev().take_while(of_row);
        let first = found.passage - before.count();
        for other in passages[first..].iter().take_while(of_row) {
            for qualifier in QUALIFIERS {
                let matches = match other.zone {
                    Announced::Importance => qualifier == Qualifier::Importance,
                    Announced::Cost => qualifier == Qualifier::CostOfInaction,
                    Announced::Realism => qualifier == Qualifier::Realism,
                    Announced::WhyAndCost => qualifier != Qualifier::Realism,
                    _ => false,
                };
                if matches && cells[qualifier.index()].is_none() {
                    cells[qualifier.index()] = Some(
                        other
                            .piece
                            .source(0..other.piece.text.plain.len(), other.start),
                    );
                }
            }
        }
    }
    let mut range = passage.piece.source(found.range.clone(), passage.start);
    if let Some(value) = passage.value.map(|value| &passages[value as usize]) {
        range.end = value
            .piece
            .source(0..value.piece.text.plain.len(), value.start)
            .end;
    }
    Goal {
        range,
        zone: if passage.zone.is_goals() {
            Zone::Goals
        } else {
            Zone::Prose
        },
        block: passage.block as usize,
        cells,
        target: measured(found, attached.realism),
        verdicts: attached.verdicts,
        reason: found.reason,
    }
}

/// The target as the goal's words give it, compared with what the note says of realism.
fn measured(found: &Found, realism: Vec<String>) -> Option<crate::Target> {
    let told = &found.told;
    let target = told.target.as_ref()?;
    let measured = told.measured.get(realism, |realism| {
        let mut target = target.clone();
        let evidence: Vec<&str> = realism.iter().map(String::as_str).collect();
        target::measure(&mut target, &evidence);
        Arc::new(target)
    });
    Some(measured.as_ref().clone())
}
