//! The findings of a note: what the rules say of its goals, less what its comments silence.

use std::ops::Range;

use goals::{Goal, Note, Qualifier, Verdict, Zone};
use syntax::Document;

use crate::config::Config;
use crate::questions;
use crate::rules::{Check, Code, RULES, Rule};
use crate::severity::Severity;
use crate::suppress::Suppressions;

/// At most so much evidence is shown with a finding.
const RELATED: usize = 3;

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that found it.
    pub code: Code,
    /// How loudly it is told.
    pub severity: Severity,
    /// Where it is shown, in bytes of the document.
    pub range: Range<usize>,
    /// What is missing and what to ask, in a rep's words.
    pub message: String,
    /// Passages that explain it, in bytes of the document, each with a few words.
    pub related: Vec<(Range<usize>, String)>,
    /// Index of the goal in [`Note::goals`], where it is about one.
    pub goal: Option<usize>,
    /// The qualifier, where it is about one.
    pub qualifier: Option<Qualifier>,
}

/// One qualifier of one goal, as a rule sees it.
pub(crate) struct Subject<'a> {
    pub(crate) document: &'a Document,
    pub(crate) config: &'a Config,
    pub(crate) index: usize,
    pub(crate) goal: &'a Goal,
    pub(crate) qualifier: Qualifier,
    pub(crate) verdict: &'a Verdict,
}

impl Subject<'_> {
    /// The question to ask first.
    pub(crate) fn question(&self) -> Option<String> {
        questions::preferred(self.document, self.config, self.goal, self.qualifier)
    }

    /// A finding on the goal's words.
    pub(crate) fn finding(&self, rule: &Rule, message: String) -> Diagnostic {
        Diagnostic {
            code: rule.code,
            severity: match self.goal.zone {
                Zone::Goals if !self.verdict.doubted => rule.severity,
                // Precision first: what may be wrong does not warn.
                Zone::Goals | Zone::Prose => rule.prose_severity,
            },
            range: self.goal.range.clone(),
            message,
            related: Vec::new(),
            goal: Some(self.index),
            qualifier: Some(self.qualifier),
        }
    }

    /// The same with the evidence that decided.
    pub(crate) fn finding_with_evidence(
        &self,
        rule: &Rule,
        message: String,
        label: &str,
    ) -> Diagnostic {
        let deciding = self
            .verdict
            .evidence
            .iter()
            .filter(|of| of.state == self.verdict.state);
        let related = deciding
            .take(RELATED)
            .map(|of| (of.range.clone(), label.to_owned()))
            .collect();
        Diagnostic {
            related,
            ..self.finding(rule, message)
        }
    }
}

/// All findings, by place, then in the order of the rules.
pub(crate) fn diagnostics(document: &Document, note: &Note, config: &Config) -> Vec<Diagnostic> {
    let mut comments = Suppressions::read(document, note);
    let mut found = Vec::new();
    for (index, goal) in note.goals.iter().enumerate() {
        for &qualifier in &config.qualifiers {
            let verdict = goal.verdict(qualifier);
            let subject = Subject {
                document,
                config,
                index,
                goal,
                qualifier,
                verdict,
            };
            let Some(diagnostic) = verdict_finding(&subject) else {
                continue;
            };
            if !comments.silence(index, qualifier) {
                found.push(diagnostic);
            }
        }
    }
    found.extend(comments.unused(document));
    found.retain_mut(|diagnostic| {
        let severity = config.severity(diagnostic.code, diagnostic.severity);
        diagnostic.severity = severity.unwrap_or(diagnostic.severity);
        severity.is_some()
    });
    found.sort_by_key(|diagnostic| diagnostic.range.start);
    found
}

fn verdict_finding(subject: &Subject<'_>) -> Option<Diagnostic> {
    RULES.iter().find_map(|rule| match rule.check {
        Check::Verdict { of, check } if of.is_none_or(|of| of == subject.qualifier) => {
            check(rule, subject)
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use goals::{Reason, State};

    use super::*;

    /// How loud it is that a goal under a goals heading misses everything.
    fn severities(doubted: bool) -> Vec<Severity> {
        let document = Document::new("# Goals\n\n- Grow ARR to $5M\n");
        let verdict = Verdict {
            state: State::Missing,
            doubted,
            ..Verdict::default()
        };
        let goal = Goal {
            range: 11..26,
            block: 2,
            zone: Zone::Goals,
            cells: [None, None, None],
            verdicts: [verdict.clone(), verdict.clone(), verdict],
            target: None,
            reason: Reason {
                rule: "G4",
                why: "outcome in a Goals zone",
            },
        };
        let note = Note { goals: vec![goal] };
        let found = diagnostics(&document, &note, &Config::default());
        found.into_iter().map(|found| found.severity).collect()
    }

    #[test]
    fn what_the_reader_doubts_does_not_warn() {
        assert_eq!(severities(false), [Severity::Warning; 3]);
        assert_eq!(severities(true), [Severity::Information; 3]);
    }
}
