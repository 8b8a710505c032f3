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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use serde_json::Value;

    use super::*;
    use crate::reading::pairs::{Marked, Pairs};

    /// The golden note of `crates/reader/tests`.
    struct Golden {
        text: String,
        /// In bytes.
        goals: Vec<Range<usize>>,
        /// In pieces.
        sentences: Vec<Range<usize>>,
        /// Of the first goal and each sentence, as `training/data.py` counts them.
        features: Vec<Vec<f32>>,
    }

    fn golden() -> Golden {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let golden = fs::read_to_string(root.join("crates/reader/tests/golden.json")).unwrap();
        let golden: Value = serde_json::from_str(&golden).unwrap();
        let note = format!("{}.md", golden["note"].as_str().unwrap());
        let text = fs::read_to_string(root.join("tests/corpus/train").join(note)).unwrap();
        let ranges = |of: &str| -> Vec<Range<usize>> {
            let ranges: Vec<[usize; 2]> = serde_json::from_value(golden[of].clone()).unwrap();
            ranges.into_iter().map(|[start, end]| start..end).collect()
        };
        Golden {
            text,
            goals: ranges("goals"),
            sentences: ranges("sentences"),
            features: serde_json::from_value(golden["features"].clone()).unwrap(),
        }
    }

    #[test]
    fn goals_and_sentences_are_paired_as_in_training() {
        let Golden {
            text,
            goals,
            sentences,
            features,
        } = golden();
        let document = Document::new(&text);
        let lesson = lesson(&document, &Settings::default(), &goals);
        let mut marked: Vec<Marked> = (goals.iter())
            .map(|range| {
                let inside = |of: &Range<usize>| of.start < range.end && range.start < of.end;
                let first = lesson.sources.iter().position(inside).unwrap();
                let last = lesson.sources.iter().rposition(inside).unwrap();
                Marked {
                    pieces: first..last + 1,
                    served: Vec::new(),
                }
            })
            .collect();
        for &(goal, qualifier, state, sentence) in &lesson.served {
            marked[goal].served.push((qualifier, state, sentence));
        }
        let mut memo = Memo::default();
        let words = Settings::default().words();
        let input = Input {
            document: &document,
            text: &text,
            year: i32::MIN,
            words: &words,
        };
        let passages = input.passages(&mut memo).0;
        let by_rules = Goals::of(&passages, &Outcomes::read(&passages, input.year));
        let page = Page::new(&passages, &by_rules.found, &[], Vocabulary::own());
        let pairs = Pairs::new(&page, &passages, &marked);
        assert!(features.len() > 20 && marked.len() > 1);
        for (pieces, expected) in sentences.iter().zip(&features) {
            let words = page.telling(pieces);
            assert_eq!(
                pairs.features(0, pieces, &words),
                *expected,
                "sentence {pieces:?}"
            );
        }
    }
}
