//! A labelled note as `training/` learns from it: the very pieces and facts that the judgement shows the reader.

use std::ops::Range;
use std::sync::Arc;

use reader::Vocabulary;
use syntax::Document;

use super::page::{self, Page};
use crate::answers::Answers;
use crate::detect::{self, Goals, Outcomes};
use crate::judged::{self, Input};
use crate::outline::{Form, Passage};
use crate::scope::{Found, Known, Links, Places};
use crate::{Memo, Reason, Settings, State};

/// A note in the reader's words, and what the rules say of given goals.
#[derive(Debug, Default)]
pub struct Lesson {
    /// Word pieces, by their line in the vocabulary.
    pub pieces: Vec<u32>,
    /// For each piece, its bytes in the document.
    pub sources: Vec<Range<usize>>,
    /// For each piece, the line that it stands in.
    pub line_of: Vec<u32>,
    /// For each piece, its sentence; counts through the note.
    pub sentence_of: Vec<u32>,
    /// For each piece, what the rules say of it, as bits.
    pub rules: Vec<u16>,
    /// For each piece, what stands around it.
    pub around: Vec<[u8; reader::AROUND]>,
    /// Where each line stands: section, parent, turn, paragraph, call, row.
    pub lines: Vec<[Option<u32>; 6]>,
    /// The goals that the rules find, as bytes in the document.
    pub goals: Vec<Range<usize>>,
    /// What the rules attach to the given goals: goal, qualifier, state, sentence.
    pub served: Vec<(usize, usize, State, u32)>,
}

/// Prepares a note. `given`: the labelled goals, as bytes in the document; one that stands in no piece is left out,
/// the others keep their order.
pub fn lesson(document: &Document, settings: &Settings, given: &[Range<usize>]) -> Lesson {
    let mut memo = Memo::default();
    let words = settings.words();
    let text = document.text();
    let year = judged::year(document, &text, &mut memo).or(settings.today.map(|(year, ..)| year));
    let input = Input {
        document,
        text: &text,
        year: year.unwrap_or(i32::MIN),
        words: &words,
    };
    let passages = input.passages(&mut memo).0;
    let by_rules = Goals::of(&passages, &Outcomes::read(&passages, input.year));
    let places = Places::new(&passages, &by_rules.found);
    let answers = Answers::read(&passages, &by_rules.found, &places);
    let page = Page::new(
        &passages,
        &by_rules.found,
        &answers.claims,
        Vocabulary::own(),
    );
    let source = |passage: usize, plain: &Range<usize>| {
        let passage = &passages[passage];
        passage.piece.source(plain.clone(), passage.start)
    };
    let sources: Vec<Range<usize>> = (page.line_of.iter().zip(&page.plain))
        .map(|(line, plain)| source(*line as usize, plain))
        .collect();
    let found: Vec<Found> = (given.iter())
        .filter_map(|range| found(&page, &sources, &passages, range))
        .collect();
    let served = served(&page, &passages, &found);
    Lesson {
        goals: (by_rules.found.iter())
            .map(|found| source(found.passage, &found.range))
            .collect(),
        lines: passages.iter().map(line).collect(),
        pieces: page.input.pieces,
        rules: page.input.rules,
        around: page.input.around,
        line_of: page.line_of,
        sentence_of: page.sentence_of,
        sources,
        served,
    }
}

/// A labelled goal as the rules would have found it.
fn found(
    page: &Page,
    sources: &[Range<usize>],
    passages: &[Passage],
    range: &Range<usize>,
) -> Option<Found> {
    let inside = |own: &Range<usize>| own.start < range.end && range.start < own.end;
    let first = sources.iter().position(inside)?;
    let passage = page.line_of[first];
    let of_passage = |at: &usize| page.line_of[*at] == passage && inside(&sources[*at]);
    let last = (first..sources.len()).rev().find(of_passage)?;
    let plain = page.plain[first].start..page.plain[last].end;
    let text = &passages[passage as usize].piece.text;
    Some(Found {
        passage: passage as usize,
        range: plain.clone(),
        reason: Reason {
            rule: "label",
            why: "labelled",
        },
        echoes: Vec::new(),
        told: Arc::new(detect::told(text, plain)),
    })
}

fn served(page: &Page, passages: &[Passage], found: &[Found]) -> Vec<(usize, usize, State, u32)> {
    let places = Places::new(passages, found);
    let answers = Answers::read(passages, found, &places);
    let links = Links::new(&Known {
        passages,
        goals: found,
        places: &places,
        claims: &answers.claims,
        asked: &[],
    });
    let mut out = Vec::new();
    for (passage, claim, goals) in links.serving(&answers.claims) {
        let pieces = page.pieces_in(passage, &claim.range);
        if let Some((qualifier, state)) = page::kind(claim)
            && !pieces.is_empty()
        {
            let sentence = page.sentence_of[pieces.start];
            out.extend(goals.iter().map(|&goal| (goal, qualifier, state, sentence)));
        }
    }
    out
}

fn line(passage: &Passage) -> [Option<u32>; 6] {
    let row = match passage.form {
        Form::Cell { row, .. } => Some(row),
        _ => None,
    };
    [
        Some(passage.section),
        passage.parent,
        passage.turn,
        Some(passage.paragraph),
        Some(passage.call),
        row,
    ]
}
