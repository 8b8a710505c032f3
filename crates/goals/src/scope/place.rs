//! Which goal stands near a claim (rules A1, A2, A4 to A6): in its sentence, around it, before it, in its call.

use super::cascade::Scope;
use super::naming::{Among, Named, sentence_of};
use super::places::Place;
use crate::claim::{Answer, Claim, Says};
use crate::outline::{Form, Passage};
use crate::zone::Zone;
use crate::{Qualifier, State};

impl Scope<'_> {
    /// A1: the goal of its sentence; a tail behind the last of several serves them all.
    pub(super) fn same_sentence(&self, index: usize, claim: &Claim) -> Option<Vec<usize>> {
        let here = self.places.here(index);
        if here.is_empty() {
            return None;
        }
        let text = &self.passages[index].piece.text;
        let sentence = sentence_of(text, claim.range.start);
        let inside = |at: usize| here.partition_point(|place| place.range.start < at);
        let inside = &here[inside(sentence.start)..inside(sentence.end)];
        match inside.len() {
            0 => None,
            1 => Some(vec![inside[0].goal]),
            _ => {
                let last = &inside[inside.len() - 1];
                if claim.range.start >= last.range.end {
                    let tail: Vec<usize> = inside.iter().map(|place| place.goal).collect();
                    let realism = matches!(
                        claim.says,
                        Says::Answer(Answer {
                            qualifier: Qualifier::Realism,
                            ..
                        })
                    );
                    return Some(if realism { vec![last.goal] } else { tail });
                }
                let before = inside
                    .iter()
                    .rev()
                    .find(|place| place.range.start <= claim.range.start)
                    .unwrap_or(&inside[0]);
                Some(vec![before.goal])
            }
        }
    }

    /// A2: nested items, other cells of the row, the section of a heading that is a goal.
    pub(super) fn container(&self, index: usize, claim: &Claim) -> Option<Vec<usize>> {
        let mut at = self.passages[index].parent;
        while let Some(parent) = at {
            let here = self.places.here(parent as usize);
            if !here.is_empty() {
                let goals: Vec<usize> = here.iter().map(|place| place.goal).collect();
                if goals.len() > 1 {
                    let own = Named::of(&self.passages[index].piece, claim.range.start);
                    let named = self.named_in(own, &own.metrics, &Among::List(&goals));
                    return Some(if named.is_empty() { goals } else { named });
                }
                return Some(goals);
            }
            at = self.passages[parent as usize].parent;
        }
        let heading = self.places.heading_before(index)?;
        let here = self.places.here(heading);
        (!here.is_empty() && self.passages[index].section == self.passages[heading].section)
            .then(|| here.iter().map(|place| place.goal).collect())
    }

    /// A5: later sentences of the paragraph or turn serve the goal before them; earlier ones only realism.
    pub(super) fn same_paragraph(
        &self,
        index: usize,
        claim: &Claim,
        qualifier: Qualifier,
        names_other: bool,
    ) -> Option<usize> {
        let passage = &self.passages[index];
        let same = |other: &Passage| match (passage.turn, other.turn) {
            (Some(turn), Some(other)) => turn == other,
            (None, None) => passage.paragraph == other.paragraph,
            _ => false,
        };
        if !names_other {
            for at in (0..=index).rev().take_while(|&at| same(&self.passages[at])) {
                let mut before = (self.places.here(at).iter().rev())
                    .filter(|place| at < index || place.range.start < claim.range.start);
                if let Some(place) = before.next() {
                    return Some(place.goal);
                }
            }
        }
        if qualifier != Qualifier::Realism || matches!(claim.says, Says::Asks(_)) || names_other {
            return None;
        }
        for at in index..self.passages.len() {
            if !same(&self.passages[at]) {
                break;
            }
            let text = &passage.piece.text;
            let here = (self.places.here(at).iter())
                .find(|place| at > index || place.range.start > claim.range.end);
            if let Some(Place { goal, range, .. }) = here {
                let between = if at == index {
                    text.sentences
                        .iter()
                        .filter(|s| {
                            let b = text.bytes((*s).clone());
                            b.start > claim.range.start && b.start < range.start
                        })
                        .count()
                } else {
                    1
                };
                return (between <= 2).then_some(*goal);
            }
        }
        None
    }

    /// A4: a labelled line or evidence item that follows a goal at the same level.
    pub(super) fn chain(&self, index: usize) -> Option<Vec<usize>> {
        let passage = &self.passages[index];
        if !passage.labelled && passage.form != Form::Item && passage.form != Form::Line {
            return None;
        }
        for at in (0..index).rev() {
            let before = &self.passages[at];
            let here = self.places.here(at);
            if !here.is_empty() {
                let goals: Vec<usize> = here.iter().map(|place| place.goal).collect();
                let near = before.section == passage.section || passage.labelled;
                return (near && before.depth <= passage.depth).then_some(if passage.labelled {
                    goals
                } else {
                    vec![*goals.last()?]
                });
            }
            if before.parent.is_some() {
                continue;
            }
            let evidence = before.labelled
                && !before.zone.is_goals()
                && before.zone != Zone::Nothing
                && before.zone != Zone::Prose;
            if !evidence && !self.reasons[at] {
                return None;
            }
        }
        None
    }

    /// A6: an own qualifier zone serves all goals of its call; equally long numbered lists go in pairs; a value
    /// without metric serves the only goal of its unit.
    pub(super) fn own_zone(&self, index: usize, claim: &Claim, qualifier: Qualifier) -> Vec<usize> {
        let all = self.places.of_call(self.passages[index].call);
        if all.len() <= 1 {
            return all;
        }
        if let Some(pair) = self.paired(index, &all) {
            return vec![pair];
        }
        let named_metric = self.names_a_metric(index, claim);
        let answered = matches!(
            claim.says,
            Says::Answer(Answer {
                state: State::Answered,
                ..
            })
        );
        match qualifier {
            Qualifier::Realism if named_metric => Vec::new(),
            Qualifier::Realism if answered => {
                self.only_of_unit(index, claim, &all).into_iter().collect()
            }
            _ => all,
        }
    }

    pub(super) fn paired(&self, index: usize, all: &[usize]) -> Option<usize> {
        let number = self.passages[index].number? as usize;
        let length = self.places.numbered(self.passages[index].list);
        let numbered = all.iter().all(|&goal| self.stated(goal).number.is_some());
        (numbered && length == all.len()).then(|| all[number - 1])
    }

    /// A5: a sentence before a goal's that begins with "so", "hence" or "that's why" gives its reason.
    pub(super) fn reason_before(&self, index: usize, claim: &Claim) -> Option<usize> {
        let text = &self.passages[index].piece.text;
        let own = text.sentence_at(claim.range.start)?;
        let follows = text
            .sentences
            .iter()
            .skip(own + 1)
            .take(2)
            .find(|sentence| {
                ["so", "hence", "therefore", "thus", "that's"]
                    .iter()
                    .any(|word| text.is(sentence.start, word))
                    || text.is(sentence.start, "that")
                        && text.is(sentence.start + 1, "is")
                        && text.is(sentence.start + 2, "why")
            })?;
        let bytes = text.bytes(follows.clone());
        (self.places.here(index).iter())
            .find(|place| bytes.contains(&place.range.start))
            .map(|place| place.goal)
    }
}
