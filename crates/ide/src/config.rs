//! The settings: plain data, handed in. Reads text and JSON that others fetched; touches no file.
//!
//! Every setting is declared once, in `settings.rs`: its key, what it does, what it takes, its
//! default and how it is read. The file, the client's settings and the commented `sowhat.toml`
//! that `sowhat init` writes all come from that declaration.

mod node;
mod settings;
mod template;

use std::path::{Path, PathBuf};
use std::time::Duration;

use goals::{QUALIFIERS, Qualifier};

pub use settings::{SETTINGS, Setting};
pub use template::template;

use crate::questions::DEFAULT_QUESTIONS;
use crate::rules::Code;
use crate::severity::Severity;
use node::Node;

/// The name of a file of settings.
pub const FILE_NAME: &str = "sowhat.toml";

/// The settings in force for a note. [`Config::default`] holds the defaults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The questions of each qualifier, in the order of [`QUALIFIERS`], the preferred first.
    pub questions: [Vec<String>; 3],
    /// Further questions, offered behind those.
    pub extra_questions: [Vec<String>; 3],
    /// The severities that differ from the rules' own; `None` switches a finding off.
    pub severities: Vec<(Code, Option<Severity>)>,
    /// The qualifiers to look at.
    pub qualifiers: Vec<Qualifier>,
    /// Further words that announce goals in a heading or label.
    pub goal_headings: Vec<String>,
    /// Notes to leave out: globs as in `.gitignore`, relative to the file's folder.
    pub exclude: Vec<String>,
    /// When an editor shows findings.
    pub run: Run,
    /// Whether the learned reader is asked beside the rules.
    pub reader: bool,
    /// How long a finding on a goal that is being typed is held back. Zero: not at all.
    pub typing_pause: Duration,
}

/// When an editor shows findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Run {
    /// While the person types.
    #[default]
    Type,
    /// When a note is opened and saved.
    Save,
    /// When asked to.
    Manual,
}

impl Run {
    /// All three.
    pub const ALL: [Run; 3] = [Run::Type, Run::Save, Run::Manual];

    /// Its name in the settings.
    pub fn id(self) -> &'static str {
        ["type", "save", "manual"][self as usize]
    }
}

/// What is wrong with a file of settings, or with a client's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigProblem {
    /// Whether the settings can be used all the same.
    pub severity: Severity,
    /// The line, from 1; 0 where the settings have none.
    pub line: usize,
    /// The column in Unicode scalar values, from 1; 0 where the settings have none.
    pub column: usize,
    /// What is wrong, in a sentence that names the key and what was expected.
    pub message: String,
    /// What was expected, where a value is wrong.
    pub expected: Option<String>,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            questions: DEFAULT_QUESTIONS
                .map(|questions| questions.iter().map(|q| (*q).to_owned()).collect()),
            extra_questions: Default::default(),
            severities: Vec::new(),
            qualifiers: QUALIFIERS.to_vec(),
            goal_headings: Vec::new(),
            exclude: Vec::new(),
            run: Run::Type,
            reader: true,
            typing_pause: Duration::from_millis(700),
        }
    }
}

impl Config {
    /// Reads a `sowhat.toml`. Gives the whole settings, the defaults where the file is silent, and
    /// its warnings; or the first error, with which the file counts for nothing.
    pub fn from_toml(text: &str) -> Result<(Config, Vec<ConfigProblem>), ConfigProblem> {
        let root = node::from_toml(text)?;
        let mut config = Config::default();
        let mut warnings = Vec::new();
        for problem in settings::read(&mut config, &root) {
            let problem = problem.placed(text);
            match problem.severity {
                Severity::Error => return Err(problem),
                _ => warnings.push(problem),
            }
        }
        Ok((config, warnings))
    }

    /// These settings with a client's over them, with or without the wrapper `sowhat`. What is
    /// wrong with one of the client's settings leaves the others in force. `null` says nothing.
    pub fn with_client(&self, client: &serde_json::Value) -> (Config, Vec<ConfigProblem>) {
        let client = client.get("sowhat").unwrap_or(client);
        let mut config = self.clone();
        let problems = match node::from_json(client) {
            Some(root) => settings::read(&mut config, &root),
            None => Vec::new(),
        };
        (
            config,
            problems
                .into_iter()
                .map(|problem| problem.placed(""))
                .collect(),
        )
    }

    /// Whether a qualifier is looked at.
    pub fn has(&self, qualifier: Qualifier) -> bool {
        self.qualifiers.contains(&qualifier)
    }

    /// The severity that the settings give a finding: the rule's own where they say nothing of it,
    /// `None` where they switch it off.
    pub fn severity(&self, code: Code, own: Severity) -> Option<Severity> {
        let set = self.severities.iter().find(|(of, _)| *of == code);
        set.map_or(Some(own), |(_, severity)| *severity)
    }

    /// The questions of a qualifier, the preferred first.
    pub fn questions_of(&self, qualifier: Qualifier) -> impl Iterator<Item = &str> {
        let [questions, extra] =
            [&self.questions, &self.extra_questions].map(|all| &all[qualifier.index()]);
        questions.iter().chain(extra).map(String::as_str)
    }
}

/// Where the settings of a folder's notes may stand, the nearest first: the first file that is
/// there holds them all.
pub fn file_candidates(folder: &Path) -> impl Iterator<Item = PathBuf> + '_ {
    folder.ancestors().map(|folder| folder.join(FILE_NAME))
}

/// A problem that still knows its place in bytes.
struct Problem {
    severity: Severity,
    span: Option<std::ops::Range<usize>>,
    message: String,
    expected: Option<String>,
}

impl Problem {
    fn unknown(key: &str, node: &Node, names: &[&str], what: &str) -> Problem {
        Problem {
            severity: Severity::Warning,
            span: node.span.clone(),
            message: format!(
                "unknown {what} `{key}`{}",
                crate::nearest::did_you_mean(key, names.iter().copied())
            ),
            expected: None,
        }
    }

    fn wrong(path: &str, node: &Node, expected: String) -> Problem {
        Problem {
            severity: Severity::Error,
            span: node.span.clone(),
            message: format!(
                "`{path}`: expected {expected}, found {}",
                node.value.words()
            ),
            expected: Some(expected),
        }
    }

    fn placed(self, text: &str) -> ConfigProblem {
        let (line, column) = match self.span {
            Some(span) => node::line_and_column(text, span.start),
            None => (0, 0),
        };
        ConfigProblem {
            severity: self.severity,
            line,
            column,
            message: self.message,
            expected: self.expected,
        }
    }
}

#[cfg(test)]
mod tests;
