//! The judgement of a note, stage by stage, each with its result: what the next note is compared with, where it is an
//! edit of this one.

mod change;
mod follow;

use syntax::Document;

use crate::answers::Answers;
use crate::detect::{Goals, Kin, Outcomes};
use crate::memo::Words;
use crate::outline::{self, Asked, Passage, Pieces};
use crate::piece::{self, Piece};
use crate::reading::Reading;
use crate::scope::{Found, Known, Links, Places};
use crate::{Goal, Memo, Note, question, report, target, voice};
use change::Shape;

/// What a judgement rests on.
#[derive(Debug)]
pub(crate) struct Input<'a> {
    pub(crate) document: &'a Document,
    /// The document's text.
    pub(crate) text: &'a str,
    /// That of the note (P8); `i32::MIN` where it is not known.
    pub(crate) year: i32,
    pub(crate) words: &'a Words,
}

/// A judged note.
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) text: String,
    year: i32,
    blocks: Vec<Shape>,
    /// Of each leaf block that is read.
    pieces: Vec<Option<Pieces>>,
    pub(crate) passages: Vec<Passage>,
    asked: Vec<Asked>,
    outcomes: Outcomes,
    pub(crate) goals: Goals,
    places: Places,
    pub(crate) answers: Answers,
    pub(crate) links: Links,
    /// What is reported of each of `goals`.
    pub(crate) reports: Vec<Goal>,
    /// Made when the first edit is followed.
    kin: Option<Kin>,
}

impl Judged {
    /// Judges a whole note; what `memo` knows of its blocks is not read again.
    pub(crate) fn fresh(input: &Input<'_>, memo: &mut Memo) -> Judged {
        Stages::of(input, memo).judged
    }

    /// What is told of it.
    pub(crate) fn note(&self) -> Note {
        let mut goals = self.reports.clone();
        goals.sort_by_key(|goal| goal.range.start);
        Note { goals }
    }
}

/// A judged note with what led there.
pub(crate) struct Stages {
    pub(crate) judged: Judged,
    pub(crate) reading: Option<Reading>,
    /// The goals before the reader was asked.
    pub(crate) by_rules: Vec<Found>,
}

impl Stages {
    /// Judges a whole note.
    pub(crate) fn of(input: &Input<'_>, memo: &mut Memo) -> Stages {
        let (passages, asked, pieces) = input.passages(memo);
        let outcomes = Outcomes::read(&passages, input.year);
        let mut goals = Goals::of(&passages, &outcomes);
        let mut places = Places::new(&passages, &goals.found);
        let mut answers = Answers::read(&passages, &goals.found, &places);
        let readings = &mut memo.readings;
        let reading = match input.words.rules_only || !readings.takes(input.text) {
            true => None,
            false => Some(Reading::new(&passages, &goals, &answers.claims, readings)),
        };
        let mut by_rules = Vec::new();
        if let Some(reading) = &reading {
            by_rules.clone_from(&goals.found);
            goals.found = reading.goals(&passages, &goals, &memo.readings.weighing);
            places = Places::new(&passages, &goals.found);
            answers = Answers::read(&passages, &goals.found, &places);
        }
        let links = Links::new(&Known {
            passages: &passages,
            goals: &goals.found,
            places: &places,
            claims: &answers.claims,
            asked: &asked,
        });
        let all = vec![true; goals.found.len()];
        let mut attached = links.attached(&passages, &answers.claims, &asked, &all);
        if let Some(reading) = &reading {
            let about = (goals.found.as_slice(), &answers, &links);
            reading.weigh(&passages, about, &mut attached, &mut memo.readings);
        }
        let reports = (goals.found.iter().zip(attached))
            .map(|(found, attached)| report::goal(&passages, found, attached))
            .collect();
        let judged = Judged {
            text: input.text.to_owned(),
            year: input.year,
            blocks: input.document.blocks().iter().map(Shape::of).collect(),
            pieces,
            passages,
            asked,
            outcomes,
            goals,
            places,
            answers,
            links,
            reports,
            kin: None,
        };
        Stages {
            judged,
            reading,
            by_rules,
        }
    }
}

impl Input<'_> {
    /// The passages, sowhat's own questions, and the pieces of each leaf block that is read.
    pub(crate) fn passages(
        &self,
        memo: &mut Memo,
    ) -> (Vec<Passage>, Vec<Asked>, Vec<Option<Pieces>>) {
        let blocks = self.document.blocks();
        let mut pieces: Vec<Option<Pieces>> = vec![None; blocks.len()];
        memo.begin();
        let (mut passages, asked) = outline::outline(self.document, &self.words.extra, |index| {
            let read = || {
                let source = &self.text[blocks[index].range.clone()];
                memo.pieces(&blocks[index], source, || self.pieces(index))
            };
            pieces[index].get_or_insert_with(read).clone()
        });
        voice::assign(&mut passages);
        (passages, asked, pieces)
    }

    /// The pieces of a leaf block.
    fn pieces(&self, block: usize) -> Vec<Piece> {
        let Words { extra, own, .. } = self.words;
        let mut pieces = piece::pieces(self.document, &self.document.blocks()[block], extra);
        for piece in pieces.iter_mut().filter(|_| !own.is_empty()) {
            piece.text.own_questions = question::own_questions(&piece.text, own);
        }
        pieces
    }
}

/// P8: the year of the note, by the first date in its first lines.
pub(crate) fn year(document: &Document, text: &str, memo: &mut Memo) -> Option<i32> {
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
