//! The short way from one judgement to the next: after an edit of a few words only what the changed passages say is
//! read again, and what else looks at them.
//!
//! Every stage is asked whether the old words and the new look alike to everything around them; as long as they do,
//! its result for all other passages stays. As soon as one does not (a heading gets another name, a goal comes, goes
//! or becomes the same as another, a turn gets another speaker), there is no short way, and the note is judged whole.

use std::sync::Arc;

use syntax::Document;

use super::change::{Change, Shape};
use super::{Input, Judged};
use crate::detect::{self, Kin, Reworded};
use crate::outline::{self, Form};
use crate::piece::Piece;
use crate::reading::READER;
use crate::scope::{Known, Renamed};
use crate::{State, answers, report, voice};

/// So many blocks of one edit are followed.
const FEW: usize = 8;

impl Judged {
    /// The judgement of an edited note; `None` where the edit reaches further than its own words.
    pub(crate) fn follow(mut self: Box<Self>, input: &Input<'_>) -> Option<Box<Judged>> {
        if self.year != input.year || self.goals.crowded {
            return None;
        }
        let change = Change::between(&self.text, input.text);
        let touched = change.touched(&self.blocks, input.document.blocks())?;
        self.shift(input.document);
        let changed = self.replace_pieces(&touched, input)?;
        if changed.iter().any(|&index| self.is_read(index)) {
            return None;
        }
        let reworded = self.restate(&changed)?;
        let renamed = self.rename(&reworded)?;
        let mut read: Vec<usize> = reworded.iter().map(|of| of.passage).collect();
        read.extend(&changed);
        read.sort_unstable();
        read.dedup();
        for &index in &read {
            self.answers.reread(index, &self.passages, &self.places);
        }
        let known = Known {
            passages: &self.passages,
            goals: &self.goals.found,
            places: &self.places,
            claims: &self.answers.claims,
            asked: &self.asked,
        };
        let touched = self.links.follow(&known, &read, &renamed)?;
        self.report(&change, &read, &renamed, &touched)?;
        self.text.clear();
        self.text.push_str(input.text);
        Some(self)
    }

    /// Blocks behind the change move.
    fn shift(&mut self, document: &Document) {
        let blocks = document.blocks();
        for (shape, block) in self.blocks.iter_mut().zip(blocks) {
            *shape = Shape::of(block);
        }
        for passage in &mut self.passages {
            passage.start = blocks[passage.block as usize].range.start;
        }
        for asked in &mut self.asked {
            asked.start = blocks[asked.block as usize].range.start;
        }
    }

    /// Reads the changed blocks anew. Gives the passages of their pieces.
    fn replace_pieces(&mut self, touched: &[usize], input: &Input<'_>) -> Option<Vec<usize>> {
        let blocks = input.document.blocks();
        let transcript = self.passages.iter().any(|passage| passage.turn.is_some());
        // What was not read before is a container, or no text that anybody reads.
        let is_read = |block: &usize| self.pieces[*block].is_some();
        let touched: Vec<usize> = touched.iter().copied().filter(is_read).collect();
        if touched.len() > FEW {
            return None;
        }
        let mut changed = Vec::new();
        for block in touched {
            let old = self.pieces[block].as_ref()?;
            let new: Vec<Arc<Piece>> = input.pieces(block).into_iter().map(Arc::new).collect();
            if old.len() != new.len() {
                return None;
            }
            let kind = blocks[block].kind;
            let mut at = (self.passages).partition_point(|of| (of.block as usize) < block);
            for (old, new) in old.iter().zip(&new) {
                if !outline::alike(old, new, kind, &input.words.extra)
                    || transcript && !voice::alike(old, new)
                {
                    return None;
                }
                let passage = self.passages.get_mut(at);
                // A table's header and a callout's title have no passage.
                let Some(passage) = passage.filter(|passage| Arc::ptr_eq(&passage.piece, old))
                else {
                    continue;
                };
                if !detect::alike(old, new, passage) || !answers::alike(old, new) {
                    return None;
                }
                passage.piece = new.clone();
                changed.push(at);
                at += 1;
            }
            self.pieces[block] = Some(new.into());
        }
        Some(changed)
    }

    /// Whether the learned reader, not the rules, found a goal in a passage: only it can find it again.
    fn is_read(&self, index: usize) -> bool {
        let here = self.places.here(index).iter();
        here.map(|place| &self.goals.found[place.goal])
            .any(|found| found.reason.rule == READER)
    }

    /// Reads again what the changed passages state.
    fn restate(&mut self, changed: &[usize]) -> Option<Vec<Reworded>> {
        let mut now = Vec::new();
        for &index in changed {
            // A metric's goal is worded in two cells.
            let metric = self.passages[index].parent.map(|parent| parent as usize);
            let metric = metric.filter(|&metric| self.passages[metric].value == Some(index as u32));
            for index in [Some(index), metric].into_iter().flatten() {
                if now.iter().all(|(known, _)| *known != index) {
                    now.push((index, self.outcomes.reread(index, &self.passages)));
                }
            }
        }
        let silent = |(index, now): &(usize, Arc<[_]>)| {
            now.is_empty() && self.outcomes.stated[*index].is_empty()
        };
        now.retain(|now| !silent(now));
        if now.is_empty() {
            return Some(Vec::new());
        }
        let outcomes = &mut self.outcomes;
        let kin = self.kin.get_or_insert_with(|| Kin::of(outcomes));
        kin.reword(outcomes, &self.places, now)
    }

    /// Gives goals their new words. Gives those that are looked for, or measured, by other words than before.
    fn rename(&mut self, reworded: &[Reworded]) -> Option<Vec<Renamed>> {
        let mut renamed = Vec::new();
        for of in reworded {
            let stated = &self.outcomes.stated[of.passage][of.place];
            let new = &stated.claim.range;
            let here = self.places.here_mut(of.passage);
            let mut fit = here.iter_mut().filter(|place| place.range == of.old);
            // A statement that was corrected later stands for no goal.
            let Some(place) = fit.next() else { continue };
            if fit.next().is_some() {
                return None;
            }
            let found = &mut self.goals.found[place.goal];
            if found.passage == of.passage && found.range == of.old {
                found.range = new.clone();
                found.reason = stated.claim.reason;
                found.told = stated.told.clone();
                if !found.told.same_names(&of.before) || found.told.units != of.before.units {
                    renamed.push(Renamed {
                        goal: place.goal,
                        before: of.before.clone(),
                    });
                }
            } else {
                let mut echoes = found.echoes.iter_mut();
                let echo = echoes.find(|(at, range)| *at == of.passage && *range == of.old)?;
                echo.1 = new.clone();
            }
            place.range = new.clone();
        }
        let in_order = |of: &Reworded| {
            let here = self.places.here(of.passage);
            here.is_sorted_by(|one, two| one.range.start < two.range.start)
        };
        reworded.iter().all(in_order).then_some(renamed)
    }

    /// Reports what was touched anew; the rest moves.
    fn report(
        &mut self,
        change: &Change,
        read: &[usize],
        renamed: &[Renamed],
        touched: &[usize],
    ) -> Option<()> {
        let mut wanted = vec![false; self.reports.len()];
        touched.iter().for_each(|&goal| wanted[goal] = true);
        renamed.iter().for_each(|of| wanted[of.goal] = true);
        for &index in read {
            for at in self.row(index) {
                let here = self.places.here(at);
                here.iter().for_each(|place| wanted[place.goal] = true);
            }
        }
        let attached =
            (self.links).attached(&self.passages, &self.answers.claims, &self.asked, &wanted);
        let goals = self.reports.iter_mut().zip(&self.goals.found);
        for (((report, found), attached), wanted) in goals.zip(attached).zip(wanted) {
            if wanted {
                let before =
                    std::mem::replace(report, report::goal(&self.passages, found, attached));
                // What the reader doubted it doubts until it has read again.
                for (verdict, before) in report.verdicts.iter_mut().zip(before.verdicts) {
                    verdict.doubted = verdict.state == State::Missing && before.doubted;
                }
                continue;
            }
            report.range = change.moved(&report.range)?;
            for cell in report.cells.iter_mut().flatten() {
                *cell = change.moved(cell)?;
            }
            for verdict in &mut report.verdicts {
                for evidence in &mut verdict.evidence {
                    evidence.range = change.moved(&evidence.range)?;
                }
            }
        }
        Some(())
    }

    /// The passages of a table's row around one; elsewhere itself.
    fn row(&self, index: usize) -> std::ops::Range<usize> {
        let Form::Cell { row, .. } = self.passages[index].form else {
            return index..index + 1;
        };
        let of_row =
            |at: &usize| matches!(self.passages[*at].form, Form::Cell { row: of, .. } if of == row);
        let before = (0..index).rev().take_while(of_row).count();
        let behind = (index..self.passages.len()).take_while(of_row).count();
        index - before..index + behind
    }
}
