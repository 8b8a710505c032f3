//! From a document to its goals.

use reader::Network;
use syntax::Document;

use crate::judged::{self, Input, Judged, Stages};
use crate::memo::Words;
use crate::question::Own;
use crate::{Explanation, Goal, Memo, Qualifier, READER_BUILT_IN, Reads};

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
    /// Judge by the rules alone, even where the learned reader is at hand.
    pub rules_only: bool,
    /// Today as (year, month, day): the note's date where it names none (rule P8).
    pub today: Option<(i32, u8, u8)>,
}

/// Judges a note. Total: every text is a note.
pub fn note(document: &Document, settings: &Settings, memo: &mut Memo) -> Note {
    let words = settings.words();
    let last = memo.take(&words);
    let text = document.text();
    let input = input(document, &text, &words, settings, memo);
    // Whoever reads at once wants the reader's word on every note.
    let last = last.filter(|_| memo.readings.reads != Reads::AtOnce);
    let followed = last.and_then(|last| last.follow(&input));
    let is_followed = followed.is_some();
    let judged = followed.unwrap_or_else(|| Box::new(Judged::fresh(&input, memo)));
    let note = judged.note();
    memo.keep(judged, is_followed);
    note
}

/// Loads what the first judgement would wait for: the lexicon, and the reader's weights where they are built in. On any
/// thread, beside a judgement too.
pub fn prepare() {
    if READER_BUILT_IN {
        Network::get();
    }
    let document = Document::new("- Grow revenue 20% YoY");
    note(&document, &Settings::default(), &mut Memo::default());
}

/// Why [`note`] judges a document as it does. Takes seconds where the reader decides: it reads again without each word.
pub fn explain(document: &Document, settings: &Settings, memo: &mut Memo) -> Explanation {
    let words = settings.words();
    memo.take(&words);
    let text = document.text();
    let input = input(document, &text, &words, settings, memo);
    let stages = Stages::of(&input, memo);
    Explanation::new(&stages, &mut memo.readings)
}

fn input<'a>(
    document: &'a Document,
    text: &'a str,
    words: &'a Words,
    settings: &Settings,
    memo: &mut Memo,
) -> Input<'a> {
    let today = settings.today.map(|(year, ..)| year);
    let year = judged::year(document, text, memo).or(today);
    Input {
        document,
        text,
        year: year.unwrap_or(i32::MIN),
        words,
    }
}

impl Settings {
    pub(crate) fn words(&self) -> Words {
        let extra = self.goal_headings.iter();
        let own = self.own_questions.iter();
        Words {
            rules_only: self.rules_only,
            extra: extra.map(|word| word.to_lowercase()).collect(),
            own: own
                .filter_map(|(qualifier, template)| Own::new(*qualifier, template))
                .collect(),
        }
    }
}
