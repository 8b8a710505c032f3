//! A note at one moment, with everything that can be asked of it.

use std::ops::Range;
use std::sync::Arc;

use goals::{Explanation, Memo, Note, Qualifier, Settings};
use syntax::{Document, TextEdit};

use crate::assists::{self, Assist};
use crate::config::Config;
use crate::diagnostics::{self, Diagnostic};
use crate::questions;

/// One note at one moment: its text, what it says and the settings in force. Immutable and cheap
/// to clone.
#[derive(Debug, Clone)]
pub struct Analysis {
    document: Document,
    note: Arc<Note>,
    config: Arc<Config>,
    today: Option<(i32, u8, u8)>,
}

impl Analysis {
    /// Judges a document. `today` as (year, month, day) is the note's date where it names none;
    /// `memo` makes judging a changed note cost the change, and never changes an answer.
    pub fn new(
        document: Document,
        config: Arc<Config>,
        today: Option<(i32, u8, u8)>,
        memo: &mut Memo,
    ) -> Analysis {
        let settings = settings(&config, today);
        let note = Arc::new(goals::note(&document, &settings, memo));
        Analysis {
            document,
            note,
            config,
            today,
        }
    }

    /// A judgement made by hand.
    #[cfg(test)]
    pub(crate) fn by_hand(document: Document, note: Note, config: Arc<Config>) -> Analysis {
        Analysis {
            document,
            note: Arc::new(note),
            config,
            today: None,
        }
    }

    /// The text with its blocks.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What the note says.
    pub fn note(&self) -> &Note {
        &self.note
    }

    /// Why the note is judged as it is. `memo` says who judges, as in [`Analysis::new`]; takes seconds where the learned
    /// reader decides.
    pub fn explanation(&self, memo: &mut Memo) -> Explanation {
        goals::explain(&self.document, &settings(&self.config, self.today), memo)
    }

    /// The settings in force.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The qualifiers that are looked at, in the order in which a rep asks.
    pub fn qualifiers(&self) -> impl Iterator<Item = Qualifier> + '_ {
        self.config.qualifiers.iter().copied()
    }

    /// The findings, by place.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        diagnostics::diagnostics(&self.document, &self.note, &self.config)
    }

    /// What can be done about the findings that touch a range of bytes.
    pub fn assists(&self, range: Range<usize>) -> Vec<Assist> {
        assists::assists(self, range)
    }

    /// The edits that ask everything that is missing of these qualifiers, one edit a question;
    /// sorted, disjoint. Nothing where nothing is missing or everything is silenced.
    pub fn ask_all(&self, qualifiers: &[Qualifier]) -> Vec<TextEdit> {
        assists::ask_all(self, qualifiers)
    }
}

fn settings(config: &Config, today: Option<(i32, u8, u8)>) -> Settings {
    Settings {
        goal_headings: config.goal_headings.clone(),
        own_questions: questions::own(config),
        rules_only: !config.reader,
        today,
    }
}
