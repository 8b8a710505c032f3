//! The evidence in each passage, read in its place: its label, its speaker, the question before it. Which goal it
//! serves is decided by `scope`.

use std::ops::Range;
use std::sync::Arc;

use crate::Qualifier;
use crate::claim::{Claim, Says};
use crate::evidence;
use crate::outline::{Form, Passage};
use crate::piece::Piece;
use crate::question;
use crate::scope::{Found, Places};
use crate::voice::Side;
use crate::zone::Zone as Announced;

/// The evidence in the passages.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    /// The claims of each passage.
    pub(crate) claims: Vec<Arc<[Claim]>>,
    /// Whether a passage around each states a goal (A2).
    contained: Vec<bool>,
}

impl Answers {
    /// Reads all passages.
    pub(crate) fn read(passages: &[Passage], goals: &[Found], places: &Places) -> Answers {
        let mut states = vec![false; passages.len()];
        for goal in goals {
            states[goal.passage] = true;
        }
        let mut answers = Answers {
            claims: Vec::with_capacity(passages.len()),
            contained: Vec::with_capacity(passages.len()),
        };
        for (index, passage) in passages.iter().enumerate() {
            let contained = is_contained(passage, passages, &states, &answers.contained);
            answers.contained.push(contained);
            let claims = evidence(index, passages, places.ranges(index), contained);
            answers.claims.push(claims);
        }
        answers
    }

    /// Reads a passage again whose words have changed.
    pub(crate) fn reread(&mut self, index: usize, passages: &[Passage], places: &Places) {
        let here = places.ranges(index);
        self.claims[index] = evidence(index, passages, here, self.contained[index]);
    }
}

/// Whether other passages' evidence sees no difference between two pieces that stand in one place.
pub(crate) fn alike(old: &Piece, new: &Piece) -> bool {
    let seen = |piece: &Piece| {
        (
            last_question(piece),
            is_cited(piece),
            piece.text.plain.trim_end().ends_with('?'),
            ends_with_own_question(piece),
        )
    };
    seen(old) == seen(new)
}

fn evidence(
    index: usize,
    passages: &[Passage],
    here: Vec<Range<usize>>,
    contained: bool,
) -> Arc<[Claim]> {
    let passage = &passages[index];
    let piece = &passage.piece;
    let label = match passage.zone {
        Announced::Importance => evidence::Label::Importance,
        Announced::Cost => evidence::Label::Cost,
        Announced::Realism => evidence::Label::Realism,
        Announced::Plan => evidence::Label::Plan,
        Announced::Mixed => evidence::Label::Mixed,
        Announced::WhyAndCost => evidence::Label::WhyAndCost,
        _ => evidence::Label::None,
    };
    let speaker = match passage.side {
        Side::Note => evidence::Speaker::Note,
        Side::Prospect => evidence::Speaker::Prospect,
        Side::Rep => evidence::Speaker::Rep,
    };
    let asked = asked_before(index, passage, passages);
    let context = evidence::Context {
        label,
        answers: asked.as_ref().map(|(qualifier, _)| *qualifier),
        as_it_is: asked.is_some_and(|(_, as_it_is)| as_it_is),
        speaker,
        goal_zone: passage.zone.is_goals(),
        no_goal_zone: passage.zone == Announced::Nothing,
        zone: !passage.labelled,
        contained,
    };
    if passage.form == Form::Heading && (passage.labelled || here.is_empty()) {
        return empty_zone(index, passage, passages, label).into();
    }
    if piece.is_empty() {
        return label_only(piece, label).into();
    }
    let key = (passage.lead(), here, context);
    (piece.known.evidence).get(key, |(from, here, context)| {
        evidence::claims(&piece.text, *from, here, *context).into()
    })
}

/// Whether a passage around it states a goal (A2). `before`: what is known of the passages before it.
fn is_contained(passage: &Passage, passages: &[Passage], states: &[bool], before: &[bool]) -> bool {
    let mut at = passage.parent;
    while let Some(parent) = at.map(|parent| parent as usize) {
        if states[parent] {
            return true;
        }
        if let Some(&known) = before.get(parent) {
            return known;
        }
        at = passages[parent].parent;
    }
    false
}

/// A7: the question type that the turn before asks for, and whether it asks if they get there as they are.
fn asked_before(
    index: usize,
    passage: &Passage,
    passages: &[Passage],
) -> Option<(Qualifier, bool)> {
    if passage.side != Side::Prospect {
        let before = index.checked_sub(1).map(|at| &passages[at])?;
        // A quote's lazy lines are part of it, so the quotation marks tell the voices apart there.
        let quoted = passage.quoted
            && before.side == Side::Note
            && (!before.quoted || is_cited(&passage.piece) && !is_cited(&before.piece));
        let asking = &before.piece.text;
        let nested = passage.parent == Some(index as u32 - 1)
            && (asking.plain.trim_end().ends_with('?') || ends_with_own_question(&before.piece));
        return (quoted || nested)
            .then(|| last_question(&before.piece))
            .flatten();
    }
    let turn = passage.turn?;
    (0..index)
        .rev()
        .take_while(|&at| passages[at].turn.is_some_and(|other| other + 1 >= turn))
        .find(|&at| passages[at].side == Side::Rep)
        .and_then(|at| last_question(&passages[at].piece))
}

fn last_question(piece: &Piece) -> Option<(Qualifier, bool)> {
    *piece.known.asks.get_or_init(|| {
        (piece.text.sentences.iter().rev())
            .find_map(|sentence| question::asks_how(&piece.text, sentence.clone()))
    })
}

/// An empty label or cell is the question, unanswered (Q1, T10).
fn label_only(piece: &Piece, label: evidence::Label) -> Vec<Claim> {
    let reason = crate::Reason {
        rule: "Q1",
        why: "empty label",
    };
    let ask = |qualifier| Claim {
        range: 0..piece.text.plain.len(),
        says: Says::Asks(qualifier),
        certainty: 1.0,
        reason,
    };
    match label {
        evidence::Label::Importance => vec![ask(Qualifier::Importance)],
        evidence::Label::Cost => vec![ask(Qualifier::CostOfInaction)],
        evidence::Label::Realism => vec![ask(Qualifier::Realism)],
        evidence::Label::WhyAndCost => {
            vec![ask(Qualifier::Importance), ask(Qualifier::CostOfInaction)]
        }
        _ => Vec::new(),
    }
}

/// A heading of a qualifier with nothing below it is the question, unanswered.
fn empty_zone(
    index: usize,
    passage: &Passage,
    passages: &[Passage],
    _label: evidence::Label,
) -> Vec<Claim> {
    let filled = passages
        .get(index + 1)
        .is_some_and(|next| next.form != Form::Heading);
    if filled || !passage.labelled {
        return Vec::new();
    }
    let text = &passage.piece.text;
    let zone = passage
        .piece
        .opens
        .and_then(|opens| opens.zone)
        .or_else(|| {
            Announced::of_title(text, 0..text.tokens.len(), crate::zone::Place::Heading, &[])
        });
    match zone {
        Some(Announced::Importance) => label_only(&passage.piece, evidence::Label::Importance),
        Some(Announced::Cost) => label_only(&passage.piece, evidence::Label::Cost),
        Some(Announced::Realism) => label_only(&passage.piece, evidence::Label::Realism),
        Some(Announced::WhyAndCost) => label_only(&passage.piece, evidence::Label::WhyAndCost),
        _ => Vec::new(),
    }
}

/// Whether it begins with a quotation mark.
fn is_cited(piece: &Piece) -> bool {
    piece.text.plain.trim_start().starts_with(['"', '“', '„'])
}

fn ends_with_own_question(piece: &Piece) -> bool {
    let mut own = piece.text.own_questions.iter();
    own.any(|(own, _)| own.end == piece.text.tokens.len())
}
