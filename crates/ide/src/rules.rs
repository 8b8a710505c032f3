//! The registry of findings: one value each, in reading order. Settings, diagnostics, `sowhat
//! explain`, the manual and the tests read the same values.

#[macro_use]
mod example;

mod asked;
mod doubtful;
mod ignore_unused;
mod missing;
mod stretch;
mod vague;

use std::fmt;

use goals::Qualifier;

use crate::diagnostics::{Diagnostic, Subject};
use crate::severity::Severity;

/// The name of a rule, as it stands in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(&'static str);

impl Code {
    /// The code of a name; `None` where no rule has it.
    pub fn find(name: &str) -> Option<Code> {
        find(name).map(|rule| rule.code)
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// A kind of finding.
#[derive(Debug)]
pub struct Rule {
    /// Its name.
    pub code: Code,
    /// How loudly it is told where the settings say nothing of it; under a goals heading.
    pub severity: Severity,
    /// The same in free prose, and where the learned reader is not sure.
    pub prose_severity: Severity,
    /// What it says, in one sentence.
    pub summary: &'static str,
    /// Why it is worth a rep's time and what to do, in a paragraph.
    pub explanation: &'static str,
    /// A note with exactly this finding.
    pub bad: &'static str,
    /// The note without a finding: `bad` with its first fix and, where that is a question, the
    /// answer behind it.
    pub good: &'static str,
    pub(crate) check: Check,
}

impl Rule {
    /// What it means, as a page of markdown.
    pub fn page(&self) -> String {
        format!("# {}\n\n{}", self.code, self.body())
    }

    /// The page without its title.
    pub fn body(&self) -> String {
        format!(
            "*{}.* {}\n\n{}\n\nBefore:\n\n```md\n{}```\n\nAfter:\n\n```md\n{}```\n",
            capital(&self.loudness()),
            self.summary,
            self.explanation,
            self.bad,
            self.good
        )
    }

    /// Its severity in words.
    pub fn loudness(&self) -> String {
        let [own, prose] = [self.severity, self.prose_severity].map(Severity::id);
        match own == prose {
            true => own.to_owned(),
            false => {
                format!("{own}; {prose} outside goals headings and where the reader is unsure")
            }
        }
    }
}

/// What a rule looks at.
#[derive(Debug)]
pub(crate) enum Check {
    /// One qualifier of one goal. At most one of these rules applies to each: the first.
    Verdict {
        /// The qualifier that it looks at; `None`: each of them.
        of: Option<Qualifier>,
        /// What it has to say.
        check: fn(&Rule, &Subject<'_>) -> Option<Diagnostic>,
    },
    /// The comments that silence findings, once all others are known.
    Comments,
}

/// All rules.
pub static RULES: &[Rule] = &[
    missing::IMPORTANCE,
    missing::COST_OF_INACTION,
    missing::REALISM,
    vague::IMPORTANCE,
    vague::COST_OF_INACTION,
    vague::REALISM,
    asked::IMPORTANCE,
    asked::COST_OF_INACTION,
    asked::REALISM,
    doubtful::GOAL_DOUBTFUL,
    stretch::REALISM_STRETCH,
    ignore_unused::IGNORE_UNUSED,
];

/// The rule of a name.
pub fn find(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code.0 == code)
}

/// The rule of a name, or the nearest name where one is like it.
pub fn find_or_nearest(code: &str) -> Result<&'static Rule, Option<&'static str>> {
    let names = RULES.iter().map(|rule| rule.code.0);
    find(code).ok_or_else(|| crate::nearest::nearest(code, names))
}

/// `cost of inaction` with a capital.
pub(crate) fn capital(name: &str) -> String {
    let mut characters = name.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}

/// ` Ask: “…”`, or nothing.
fn ask(question: Option<String>) -> String {
    question
        .map(|question| format!(" Ask: “{question}”"))
        .unwrap_or_default()
}
