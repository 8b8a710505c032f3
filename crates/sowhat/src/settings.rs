//! Which sowhat.toml is in force for a note: the nearest from its folder upward. Each is read once.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ide::config::{Config, ConfigProblem, FILE_NAME};
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::report::path_text;
use crate::style;

/// The settings that one file gives, or the defaults.
#[derive(Debug)]
pub(crate) struct Values {
    /// As the analysis takes them.
    pub(crate) config: Arc<Config>,
    /// The file as it is printed; empty for the defaults.
    file: String,
    /// Its folder, which its globs are relative to.
    folder: PathBuf,
    exclude: Gitignore,
}

/// A note or a folder of notes that the settings leave out, and by which glob.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LeftOut {
    /// The file and its glob, as printed.
    pub(crate) rule: String,
}

/// All settings of one run.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The file that was named with `--config`.
    fixed: Option<Arc<Values>>,
    /// Where the run began: what is below it is printed relative to it.
    here: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// By folder as it was walked, and by folder without symbolic links. `None`: broken.
    folders: HashMap<PathBuf, Option<Arc<Values>>>,
    /// What to tell of each file that was read: its warnings, or why it cannot be used.
    told: BTreeMap<String, Result<Vec<String>, String>>,
}

impl Settings {
    /// The nearest file for each note; or `fixed` for all, which must be whole.
    pub(crate) fn new(fixed: Option<&Path>) -> Result<Settings, String> {
        let here = fs::canonicalize(".").unwrap_or_default();
        let mut state = State::default();
        let fixed = match fixed {
            None => None,
            Some(path) => {
                let file = path_text(path);
                let text = fs::read_to_string(path).map_err(|error| format!("{file}: {error}"))?;
                let folder = fs::canonicalize(path).ok();
                let folder = folder.as_deref().and_then(Path::parent).unwrap_or(&here);
                let (values, warnings) = Values::read(&text, file, folder)?;
                state.told.insert(values.file.clone(), Ok(warnings));
                Some(Arc::new(values))
            }
        };
        Ok(Settings {
            fixed,
            here,
            state: Mutex::new(state),
        })
    }

    /// The settings in force for a file; `None` where they cannot be read.
    pub(crate) fn of_file(&self, path: &Path) -> Option<Arc<Values>> {
        if let Some(fixed) = &self.fixed {
            return Some(Arc::clone(fixed));
        }
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = state.folders.get(folder) {
            return known.clone();
        }
        let real = fs::canonicalize(folder).unwrap_or_else(|_| self.here.join(folder));
        let values = self.nearest(&real, &mut state);
        state.folders.insert(folder.to_owned(), values.clone());
        values
    }

    /// Tells the problems of every file on standard error, by path. Returns whether one is broken.
    pub(crate) fn tell(&self) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        for told in state.told.values() {
            match told {
                Ok(warnings) => warnings.iter().for_each(|warning| style::warning(warning)),
                Err(error) => style::error(error),
            }
        }
        state.told.values().any(Result::is_err)
    }

    fn nearest(&self, folder: &Path, state: &mut State) -> Option<Arc<Values>> {
        if let Some(known) = state.folders.get(folder) {
            return known.clone();
        }
        let values = match self.read(&folder.join(FILE_NAME)) {
            Some(Ok((values, warnings))) => {
                state.told.insert(values.file.clone(), Ok(warnings));
                Some(Arc::new(values))
            }
            Some(Err((file, error))) => {
                state.told.insert(file, Err(error));
                None
            }
            None => match folder.parent() {
                Some(parent) => self.nearest(parent, state),
                None => Some(Arc::new(Values::default())),
            },
        };
        state.folders.insert(folder.to_owned(), values.clone());
        values
    }

    /// Reads a file; `None` where there is none.
    fn read(&self, path: &Path) -> Option<Result<Told, (String, String)>> {
        let file = path_text(path.strip_prefix(&self.here).unwrap_or(path));
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(error) => return Some(Err((file.clone(), format!("{file}: {error}")))),
        };
        let folder = path.parent().unwrap_or(path);
        Some(Values::read(&text, file.clone(), folder).map_err(|error| (file, error)))
    }
}

/// What a file gives, and its warnings.
type Told = (Values, Vec<String>);

impl Values {
    /// The glob that leaves a file or folder out.
    pub(crate) fn leaves_out(&self, path: &Path, is_folder: bool) -> Option<LeftOut> {
        if self.exclude.is_empty() {
            return None;
        }
        let parent = path.parent().filter(|parent| *parent != Path::new(""));
        let parent = fs::canonicalize(parent.unwrap_or(Path::new("."))).ok()?;
        let path = parent.join(path.file_name()?);
        // Above the file's own folder nothing is matched: a path must lie below it.
        let path = path.strip_prefix(&self.folder).ok()?;
        match self.exclude.matched_path_or_any_parents(path, is_folder) {
            Match::Ignore(glob) => Some(LeftOut {
                rule: format!("\"{}\" in {}", glob.original(), self.file),
            }),
            Match::None | Match::Whitelist(_) => None,
        }
    }

    fn read(text: &str, file: String, folder: &Path) -> Result<Told, String> {
        let tell = |problem: &ConfigProblem| problem_text(&file, problem);
        let (config, warnings) = Config::from_toml(text).map_err(|problem| tell(&problem))?;
        let warnings = warnings.iter().map(tell).collect();
        let exclude =
            globs(&config, folder).map_err(|error| format!("{file}: exclude: {error}"))?;
        let values = Values {
            config: Arc::new(config),
            file,
            folder: folder.to_owned(),
            exclude,
        };
        Ok((values, warnings))
    }
}

impl Default for Values {
    fn default() -> Values {
        Values {
            config: Arc::default(),
            file: String::new(),
            folder: PathBuf::new(),
            exclude: Gitignore::empty(),
        }
    }
}

fn globs(config: &Config, folder: &Path) -> Result<Gitignore, ignore::Error> {
    let mut builder = GitignoreBuilder::new(folder);
    // git takes an unclosed `[` as it stands; here it is a slip to be told.
    builder.allow_unclosed_class(false);
    for glob in &config.exclude {
        builder.add_line(None, glob)?;
    }
    builder.build()
}

/// `notes/sowhat.toml:3:9: severity: expected …`
fn problem_text(file: &str, problem: &ConfigProblem) -> String {
    format!(
        "{file}:{}:{}: {}",
        problem.line, problem.column, problem.message
    )
}
