//! The comments that silence findings: `<!-- sowhat: ignore -->`, `<!-- sowhat: ignore realism -->`
//! and `<!-- sowhat: ignore-file -->`. A comment in code is text.

use std::ops::Range;

use goals::{Note, QUALIFIERS, Qualifier};
use syntax::{BlockKind, Document};

use crate::diagnostics::Diagnostic;
use crate::nearest::did_you_mean;
use crate::rules::{self, Rule};

/// The comments of a note, and what they silenced so far.
pub(crate) struct Suppressions {
    comments: Vec<Comment>,
}

struct Comment {
    /// From `<!--` to `-->`.
    range: Range<usize>,
    scope: Scope,
    /// Words that name nothing known, each with the message about it.
    strange: Vec<String>,
    used: bool,
}

enum Scope {
    /// The whole note.
    File,
    /// These goals, of these qualifiers.
    Goals(Range<usize>, Vec<Qualifier>),
    /// Nothing: the directive is unknown.
    Nothing,
}

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";
const NAME: &str = "sowhat:";
const IGNORE: &str = "ignore";
const IGNORE_FILE: &str = "ignore-file";

impl Suppressions {
    /// Reads the comments of a note.
    pub(crate) fn read(document: &Document, note: &Note) -> Suppressions {
        let text = document.text();
        let mut comments = Vec::new();
        let mut at = 0;
        while let Some(open) = text[at..].find(OPEN).map(|found| at + found) {
            let inner = open + OPEN.len();
            let Some(close) = text[inner..].find(CLOSE).map(|found| inner + found) else {
                break;
            };
            at = close + CLOSE.len();
            let Some(words) = text[inner..close].trim_start().strip_prefix(NAME) else {
                continue;
            };
            if !is_code(document, &text, open) {
                comments.push(Comment::read(document, note, open..at, words));
            }
        }
        Suppressions { comments }
    }

    /// Whether a finding is silenced; remembers by which comments.
    pub(crate) fn silence(&mut self, goal: usize, qualifier: Qualifier) -> bool {
        let mut silenced = false;
        for comment in &mut self.comments {
            let applies = match &comment.scope {
                Scope::File => true,
                Scope::Goals(goals, qualifiers) => {
                    goals.contains(&goal) && qualifiers.contains(&qualifier)
                }
                Scope::Nothing => false,
            };
            comment.used |= applies;
            silenced |= applies;
        }
        silenced
    }

    /// The findings about the comments themselves.
    pub(crate) fn unused(self, document: &Document) -> Vec<Diagnostic> {
        let whole = |comment: &Comment| matches!(comment.scope, Scope::File) && comment.used;
        if self.comments.iter().any(whole) {
            return Vec::new();
        }
        let Some(rule) = rules::find("ignore-unused") else {
            return Vec::new();
        };
        self.comments
            .into_iter()
            .flat_map(|comment| comment.findings(rule, document))
            .collect()
    }
}

impl Comment {
    fn read(document: &Document, note: &Note, range: Range<usize>, words: &str) -> Comment {
        let mut words = words
            .split([' ', '\t', '\n', '\r', ','])
            .filter(|word| !word.is_empty());
        let mut strange = Vec::new();
        let scope = match words.next() {
            Some(IGNORE_FILE) => {
                strange.extend(words.map(|word| {
                    format!("“{IGNORE_FILE}” silences the whole note; `{word}` says nothing here.")
                }));
                Scope::File
            }
            Some(IGNORE) => {
                let mut qualifiers = Vec::new();
                for word in words {
                    match qualifier(word) {
                        Some(qualifier) => qualifiers.push(qualifier),
                        None => {
                            strange.push(unknown("qualifier", word, &QUALIFIERS.map(Qualifier::id)))
                        }
                    }
                }
                if qualifiers.is_empty() && strange.is_empty() {
                    qualifiers.extend(QUALIFIERS);
                }
                Scope::Goals(goals_of(document, note, range.start), qualifiers)
            }
            word => {
                strange.push(unknown(
                    "comment",
                    word.unwrap_or_default(),
                    &[IGNORE, IGNORE_FILE],
                ));
                Scope::Nothing
            }
        };
        Comment {
            range,
            scope,
            strange,
            used: false,
        }
    }

    fn findings(self, rule: &Rule, document: &Document) -> Vec<Diagnostic> {
        let mut messages = self.strange;
        if messages.is_empty() && !self.used {
            messages.push(match &self.scope {
                Scope::File => {
                    "This comment silences nothing: the note has no findings.".to_owned()
                }
                Scope::Goals(goals, _) if goals.is_empty() => {
                    "This comment silences nothing: no goal stands on its line or on the next."
                        .to_owned()
                }
                _ => "This comment silences nothing: its goal has no such finding.".to_owned(),
            });
        }
        let end = document
            .line_range(document.line_of(self.range.start))
            .end
            .min(self.range.end);
        let finding = |message| Diagnostic {
            code: rule.code,
            severity: rule.severity,
            // A comment over several lines is shown by its first.
            range: self.range.start..end,
            message,
            related: Vec::new(),
            goal: None,
            qualifier: None,
        };
        messages.into_iter().map(finding).collect()
    }
}

/// The goals on the comment's own line; where there are none, those on the next.
fn goals_of(document: &Document, note: &Note, comment: usize) -> Range<usize> {
    let line = document.line_of(comment);
    let on = |line: usize| {
        // Goals stand in document order, so those of one line stand together.
        let first = note
            .goals
            .partition_point(|goal| document.line_of(goal.range.end) < line);
        let count = note.goals[first..]
            .iter()
            .take_while(|goal| document.line_of(goal.range.start) <= line)
            .count();
        first..first + count
    };
    let here = on(line);
    if here.is_empty() { on(line + 1) } else { here }
}

fn qualifier(word: &str) -> Option<Qualifier> {
    QUALIFIERS
        .into_iter()
        .find(|qualifier| word == qualifier.id() || word == qualifier.field())
}

fn unknown(what: &str, word: &str, names: &[&str]) -> String {
    format!(
        "No {what} is called `{word}`{}",
        did_you_mean(word, names.iter().copied())
    )
}

/// Whether a byte stands in a code block or in inline code.
fn is_code(document: &Document, text: &str, byte: usize) -> bool {
    let blocks = document.blocks();
    let next = blocks.partition_point(|block| block.range.start <= byte);
    let code = blocks[..next].iter().next_back().is_some_and(|block| {
        matches!(block.kind, BlockKind::Code { .. } | BlockKind::FrontMatter)
            && byte < block.range.end
    });
    let line = document.line_range(document.line_of(byte)).start;
    code || text[line..byte].matches('`').count() % 2 == 1
}
