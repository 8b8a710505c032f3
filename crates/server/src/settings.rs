//! The settings in force for each open note: the nearest `sowhat.toml`, and over it the client's.
//! The one place that reads the disk.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use ide::config::{self, Config, ConfigProblem};
use ide::{Encoding, Severity};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use lsp_types::{MessageType, Position, Range, Url};
use serde_json::Value;

use crate::event::Message;
use crate::to_proto;

/// All settings.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    /// What columns count, for the findings in a file.
    pub(crate) encoding: Encoding,
    /// The folders that are open: for notes that have no file.
    pub(crate) folders: Vec<PathBuf>,
    files: HashMap<PathBuf, File>,
    /// The initialization options, and the client's settings, which win.
    client: [Value; 2],
    /// What was told of the client's settings last.
    told: Vec<String>,
    /// Whether anything is in force that was not before.
    changed: bool,
}

/// What is set by others than files.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ByClient {
    encoding: Encoding,
    folders: Vec<PathBuf>,
    client: [Value; 2],
}

#[derive(Debug)]
struct File {
    stamp: Stamp,
    config: Arc<Config>,
    exclude: Gitignore,
}

impl File {
    fn leaves_out(&self, note: &Path) -> bool {
        let exclude = &self.exclude;
        note.starts_with(exclude.path())
            && exclude.matched_path_or_any_parents(note, false).is_ignore()
    }
}

/// Tells one state of a file from another.
type Stamp = (Option<SystemTime>, u64);

impl Settings {
    /// Takes the initialization options.
    pub(crate) fn set_options(&mut self, options: Value) {
        self.client[0] = options;
    }

    /// Takes the client's settings, instead of those it had before.
    pub(crate) fn set_client(&mut self, settings: Value) {
        self.client[1] = settings;
    }

    /// What is set by others than files, for somebody who reads the files himself.
    pub(crate) fn by_client(&self) -> ByClient {
        ByClient {
            encoding: self.encoding,
            folders: self.folders.clone(),
            client: self.client.clone(),
        }
    }

    /// Takes what is set by others than files.
    pub(crate) fn take(&mut self, given: ByClient) {
        let ByClient {
            encoding,
            folders,
            client,
        } = given;
        self.changed |= (self.encoding, &self.client) != (encoding, &client);
        (self.encoding, self.folders, self.client) = (encoding, folders, client);
    }

    /// Whether anything has been in force since this was last asked that was not before.
    pub(crate) fn have_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// Forgets what was read, so that every file is read again.
    pub(crate) fn forget(&mut self) {
        for file in self.files.values_mut() {
            file.stamp = (None, u64::MAX);
        }
    }

    /// The settings in force for a note, computed whole, and whether they leave it out. Looks at
    /// the disk; `tell` hears what is wrong, once for each change.
    pub(crate) fn of(&mut self, note: &Url, tell: &mut impl FnMut(Message)) -> (Arc<Config>, bool) {
        let path = note.to_file_path().ok();
        let folder = match &path {
            Some(path) => path.parent().map(Path::to_owned),
            None => self.folders.first().cloned(),
        };
        let file = folder.and_then(|folder| self.nearest(&folder, tell));
        let file = file.and_then(|file| self.files.get(&file));
        let base = file
            .map(|file| Arc::clone(&file.config))
            .unwrap_or_default();
        let excluded = match (file, &path) {
            (Some(file), Some(path)) => file.leaves_out(path),
            _ => false,
        };
        (self.with_client(base, tell), excluded)
    }

    /// Whether the settings leave a note out. `folders` remembers the file in force for each folder, for as long as nothing
    /// changes. What is wrong with a file is told where a note is opened.
    pub(crate) fn leave_out(
        &mut self,
        note: &Path,
        folders: &mut HashMap<PathBuf, Option<PathBuf>>,
    ) -> bool {
        let Some(folder) = note.parent() else {
            return false;
        };
        if !folders.contains_key(folder) {
            let nearest = self.nearest(folder, &mut |_| {});
            folders.insert(folder.to_owned(), nearest);
        }
        let file = folders.get(folder).and_then(Option::as_ref);
        let file = file.and_then(|file| self.files.get(file));
        file.is_some_and(|file| file.leaves_out(note))
    }

    fn with_client(&mut self, base: Arc<Config>, tell: &mut impl FnMut(Message)) -> Arc<Config> {
        if self.client.iter().all(Value::is_null) {
            return base;
        }
        let (config, mut problems) = base.with_client(&self.client[0]);
        let (config, more) = config.with_client(&self.client[1]);
        problems.extend(more);
        let told: Vec<String> = problems
            .into_iter()
            .map(|problem| problem.message)
            .collect();
        if told != self.told {
            for message in &told {
                tell(Message::Tell(
                    MessageType::WARNING,
                    format!("sowhat, the editor's settings: {message}"),
                ));
            }
            self.told = told;
        }
        Arc::new(config)
    }

    /// The file in force for a folder, read anew where it has changed.
    fn nearest(&mut self, folder: &Path, tell: &mut impl FnMut(Message)) -> Option<PathBuf> {
        for path in config::file_candidates(folder) {
            let Ok(metadata) = fs::metadata(&path) else {
                self.gone(&path, tell);
                continue;
            };
            let stamp = (metadata.modified().ok(), metadata.len());
            if self.files.get(&path).is_none_or(|file| file.stamp != stamp) {
                let file = self.read(&path, stamp, tell);
                self.changed = true;
                self.files.insert(path.clone(), file);
            }
            return Some(path);
        }
        None
    }

    fn gone(&mut self, path: &Path, tell: &mut impl FnMut(Message)) {
        if self.files.remove(path).is_some() {
            self.changed = true;
            publish(path, Vec::new(), tell);
        }
    }

    fn read(&self, path: &Path, stamp: Stamp, tell: &mut impl FnMut(Message)) -> File {
        let text = fs::read_to_string(path);
        let read = text.as_deref().map(Config::from_toml);
        let (config, problems) = match read {
            Ok(Ok((config, warnings))) => (config, warnings),
            Ok(Err(problem)) => (Config::default(), vec![problem]),
            Err(error) => {
                let problem = format!("{}: {error}; the defaults are in force", path.display());
                tell(Message::Tell(MessageType::ERROR, problem));
                (Config::default(), Vec::new())
            }
        };
        let folder = path.parent().unwrap_or(path);
        let exclude = exclude(folder, &config).unwrap_or_else(|error| {
            tell(Message::Tell(
                MessageType::ERROR,
                format!("{}: exclude: {error}", path.display()),
            ));
            Gitignore::empty()
        });
        for problem in problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
        {
            let ConfigProblem { line, message, .. } = problem;
            let message = format!(
                "{}, line {line}: {message}. Until it is mended, the defaults are in force.",
                path.display()
            );
            tell(Message::Tell(MessageType::ERROR, message));
        }
        let text = text.unwrap_or_default();
        let findings = problems
            .iter()
            .map(|problem| finding(&text, problem, self.encoding))
            .collect();
        publish(path, findings, tell);
        File {
            stamp,
            config: Arc::new(config),
            exclude,
        }
    }
}

fn exclude(folder: &Path, config: &Config) -> Result<Gitignore, ignore::Error> {
    let mut builder = GitignoreBuilder::new(folder);
    for glob in &config.exclude {
        builder.add_line(None, glob)?;
    }
    builder.build()
}

fn publish(path: &Path, findings: Vec<lsp_types::Diagnostic>, tell: &mut impl FnMut(Message)) {
    if let Ok(uri) = Url::from_file_path(path) {
        tell(Message::Findings(uri, None, findings));
    }
}

/// A problem as a finding in its file, from its place to the line's end.
fn finding(text: &str, problem: &ConfigProblem, encoding: Encoding) -> lsp_types::Diagnostic {
    let line = text
        .lines()
        .nth(problem.line.saturating_sub(1))
        .unwrap_or_default();
    let columns = |characters: usize| {
        line.chars()
            .take(characters)
            .map(|of| encoding.width(of))
            .sum::<usize>() as u32
    };
    let number = problem.line.saturating_sub(1) as u32;
    let start = Position::new(number, columns(problem.column.saturating_sub(1)));
    lsp_types::Diagnostic {
        range: Range::new(start, Position::new(number, columns(usize::MAX))),
        severity: Some(to_proto::severity(problem.severity)),
        source: Some(to_proto::SOURCE.to_owned()),
        message: problem.message.clone(),
        ..lsp_types::Diagnostic::default()
    }
}
