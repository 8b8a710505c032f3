//! From a document to its goals.

use std::ops::Range;
use std::sync::Arc;

use syntax::Document;

use crate::claim::{Claim, Says};
use crate::detect;
use crate::evidence;
use crate::outline::{self, Form, Passage};
use crate::piece::{self, Piece};
use crate::question;
use crate::scope::{self, Attached, Found};
use crate::voice::{self, Side};
use crate::zone::Zone as Announced;
use crate::{Goal, Memo, QUALIFIERS, Qualifier, Zone, target};

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
    /// A team's own questions, in words or with `{…}` for what varies: known as questions of their qualifier
    /// before anything else (rule Q9).
    pub own_questions: Vec<(Qualifier, String)>,
    /// Today as (year, month, day): the note's date where it names none (rule P8).
    pub today: Option<(i32, u8, u8)>,
}

/// Judges a note. Total: every text is a note.
pub fn note(document: &Document, settings: &Settings, memo: &mut Memo) -> Note {
    let extra: Vec<String> = settings
        .goal_headings
        .iter()
        .map(|word| word.to_lowercase())
        .collect();
    let own: Vec<question::Own> = settings
        .own_questions
        .iter()
        .filter_map(|(qualifier, template)| question::Own::new(*qualifier, template))
        .collect();
    memo.begin(&extra, &own);
    let text = document.text();
    let mut passages = outline::outline(document, &extra, |block| {
        memo.pieces(block, &text[block.range.clone()], || {
            let mut pieces = piece::pieces(document, block, &extra);
            for piece in pieces.iter_mut().filter(|_| !own.is_empty()) {
                piece.text.own_questions = question::own_questions(&piece.text, &own);
            }
            pieces
        })
    });
    voice::assign(&mut passages);
    let year = year(document, &text, memo)
        .or(settings.today.map(|(year, ..)| year))
        .unwrap_or(i32::MIN);
    let goals = detect::goals(&passages, year);
    let claims = claims(&passages, &goals);
    let attached = scope::attach(&passages, &goals, &claims);
    let mut goals: Vec<Goal> = goals
        .iter()
        .zip(attached)
        .map(|(found, attached)| goal(&passages, found, attached))
        .collect();
    goals.sort_by_key(|goal| goal.range.start);
    Note { goals }
}

/// P8: the year of the note, by the first date in its first lines.
fn year(document: &Document, text: &str, memo: &mut Memo) -> Option<i32> {
    const HEAD: usize = 12;
    let head = &text[..document.line_range(HEAD - 1).end];
    memo.year(head, || {
        (0..HEAD).find_map(|line| {
            let line = &text[document.line_range(line)];
            let date = target::quantities(line)
                .into_iter()
                .find(|quantity| quantity.kind == target::Kind::Date)?;
            line[date.range]
                .split(|c: char| !c.is_ascii_digit())
                .find(|digits| digits.len() == 4)
                .and_then(|digits| digits.parse().ok())
        })
    })
}

/// The evidence in each passage.
fn claims(passages: &[Passage], goals: &[Found]) -> Vec<Arc<[Claim]>> {
    let mut stated: Vec<(usize, Range<usize>)> = goals
        .iter()
        .flat_map(|goal| {
            std::iter::once((goal.passage, goal.range.clone())).chain(goal.echoes.iter().cloned())
        })
        .collect();
    stated.sort_by_key(|(passage, _)| *passage);
    let mut states = vec![false; passages.len()];
    for goal in goals {
        states[goal.passage] = true;
    }
    let mut contained: Vec<bool> = Vec::with_capacity(passages.len());
    let mut rest = stated.as_slice();
    let mut claims = Vec::with_capacity(passages.len());
    for (index, passage) in passages.iter().enumerate() {
        let (here, behind) = rest.split_at(rest.partition_point(|(at, _)| *at <= index));
        rest = behind;
        let here = here.iter().map(|(_, range)| range.clone()).collect();
        contained.push(is_contained(passage, passages, &states, &contained));
        claims.push(evidence(index, passages, here, contained[index]));
    }
    claims
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
    let asked = answers(index, passage, passages);
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
fn answers(index: usize, passage: &Passage, passages: &[Passage]) -> Option<(Qualifier, bool)> {
    if passage.side != Side::Prospect {
        let before = index.checked_sub(1).map(|at| &passages[at])?;
        // A quote's lazy lines are part of it, so the quotation marks tell the voices apart there.
        let cited = |passage: &Passage| {
            passage
                .piece
                .text
                .plain
                .trim_start()
                .starts_with(['"', '“', '„'])
        };
        let quoted = passage.quoted
            && before.side == Side::Note
            && (!before.quoted || cited(passage) && !cited(before));
        let asking = &before.piece.text;
        let nested = passage.parent == Some(index as u32 - 1)
            && (asking.plain.trim_end().ends_with('?')
                || (asking.own_questions.iter()).any(|(own, _)| own.end == asking.tokens.len()));
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

fn goal(passages: &[Passage], found: &Found, attached: Attached) -> Goal {
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
