//! A note at one moment, with everything that can be asked of it.

use std::ops::Range;
use std::sync::Arc;

use goals::{Explanation, Memo, Note, Qualifier, Settings};
use syntax::{Document, TextEdit};

use crate::assists::{self, Assist};
use crate::code_lens::{self, CodeLens};
use crate::completion::{self, Completion};
use crate::config::Config;
use crate::diagnostics::{self, Diagnostic};
use crate::folding;
use crate::hover::{self, Hover};
use crate::inlay_hints::{self, InlayHint};
use crate::markup::Markup;
use crate::questions;
use crate::semantic_tokens::{self, SemanticToken};
use crate::symbols::{self, Symbol};

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
        assists::ask_for(self, &self.diagnostics(), qualifiers)
    }

    /// What the line at a range of bytes can be turned into, whatever was found there.
    pub fn rewrites(&self, range: Range<usize>) -> Vec<Assist> {
        assists::rewrites(self, range)
    }

    /// Hints at the ends of the goals that end in a range of bytes, of what `findings` say.
    pub fn inlay_hints(&self, findings: &[Diagnostic], range: Range<usize>) -> Vec<InlayHint> {
        inlay_hints::inlay_hints(self, findings, &range)
    }

    /// What there is to say of the goal or the evidence at a byte.
    pub fn hover(&self, at: usize, markup: Markup) -> Option<Hover> {
        hover::hover(self, at, markup)
    }

    /// What can be typed at a byte.
    pub fn completions(&self, at: usize) -> Vec<Completion> {
        completion::completions(self, at)
    }

    /// What stands above the headings of goals, of what `findings` say.
    pub fn code_lenses(&self, findings: &[Diagnostic]) -> Vec<CodeLens> {
        code_lens::code_lenses(self, findings)
    }

    /// The edits that ask what is missing below the heading at a byte.
    pub fn ask_section(&self, at: usize) -> Vec<TextEdit> {
        code_lens::ask_section(self, at, &self.diagnostics())
    }

    /// The outline: headings with their goals.
    pub fn document_symbols(&self) -> Vec<Symbol> {
        symbols::document_symbols(self)
    }

    /// The words of the note's first heading.
    pub fn title(&self) -> Option<String> {
        symbols::title(&self.document)
    }

    /// The goals alone, as entries of an outline.
    pub fn goal_symbols(&self) -> Vec<Symbol> {
        symbols::goal_symbols(self).collect()
    }

    /// Goals and evidence that touch a range of bytes, line by line, disjoint.
    pub fn semantic_tokens(&self, range: Range<usize>) -> Vec<SemanticToken> {
        semantic_tokens::semantic_tokens(self, &range)
    }

    /// First and last lines (from 0) of what can be folded.
    pub fn folding_ranges(&self) -> Vec<(usize, usize)> {
        folding::folding_ranges(&self.document, &self.note)
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
