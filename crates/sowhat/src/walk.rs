//! From the paths of the command line to the notes: walks folders as ripgrep does. Reads no note.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc;

use ignore::{DirEntry, WalkBuilder, WalkState};

use crate::fault::Fault;
use crate::settings::{LeftOut, Settings, Values};

/// A note to read.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    /// Its path as it is printed, and as it is opened.
    pub(crate) path: PathBuf,
    /// The settings in force for it.
    pub(crate) values: Arc<Values>,
}

/// What stands under the paths.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The notes, by path.
    pub(crate) inputs: Vec<Input>,
    /// What could not be looked at, by path.
    pub(crate) faults: Vec<Fault>,
    /// The notes that an `exclude` of a sowhat.toml leaves out, with it; a folder counts once.
    pub(crate) left_out: Vec<LeftOut>,
    /// How many files are no notes.
    pub(crate) others: usize,
    /// How many notes have settings that cannot be read.
    pub(crate) unsettled: usize,
}

/// Finds the notes under `paths`.
pub(crate) fn find(paths: &[PathBuf], settings: &Settings) -> Found {
    let mut found = Found::default();
    let mut folders = Vec::new();
    for path in paths {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => folders.push(path),
            Ok(_) => add_file(plain(path).to_owned(), settings, &mut found),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                found
                    .faults
                    .push(Fault::new(path, "no such file or folder"));
            }
            Err(error) => found.faults.push(Fault::new(path, error)),
        }
    }
    walk(&folders, settings, &mut found);

    found.inputs.sort_by(|a, b| a.path.cmp(&b.path));
    found.inputs.dedup_by(|a, b| a.path == b.path);
    found.faults.sort();
    found.left_out.sort();
    found
}

/// Whether a file's name is that of a note.
pub(crate) fn is_note(path: &Path) -> bool {
    path.extension()
        .and_then(OsStr::to_str)
        .is_some_and(|end| end.eq_ignore_ascii_case("md") || end.eq_ignore_ascii_case("markdown"))
}

/// The walker over folders, with ripgrep's rules.
pub(crate) fn walker(folders: &[&PathBuf]) -> Option<WalkBuilder> {
    let (first, rest) = folders.split_first()?;
    let mut builder = WalkBuilder::new(first);
    for folder in rest {
        builder.add(folder);
    }
    Some(builder)
}

/// A path without the `./` that a walk of the current folder puts in front.
pub(crate) fn plain(path: &Path) -> &Path {
    match path.strip_prefix(".") {
        Ok(rest) if rest != Path::new("") => rest,
        _ => path,
    }
}

enum Event {
    Note(Input),
    LeftOut(LeftOut),
    Other,
    Unsettled,
    Fault(Fault),
}

fn walk(folders: &[&PathBuf], settings: &Settings, found: &mut Found) {
    let Some(builder) = walker(folders) else {
        return;
    };
    let (sender, receiver) = mpsc::channel();
    builder.build_parallel().run(|| {
        let sender = sender.clone();
        Box::new(move |entry| {
            let (event, state) = match entry {
                Ok(entry) => look(&entry, settings),
                Err(error) => (
                    Some(Event::Fault(Fault::walking(&error))),
                    WalkState::Continue,
                ),
            };
            match event.map(|event| sender.send(event)) {
                Some(Err(_)) => WalkState::Quit,
                _ => state,
            }
        })
    });
    drop(sender);
    for event in receiver {
        match event {
            Event::Note(input) => found.inputs.push(input),
            Event::LeftOut(left_out) => found.left_out.push(left_out),
            Event::Other => found.others += 1,
            Event::Unsettled => found.unsettled += 1,
            Event::Fault(fault) => found.faults.push(fault),
        }
    }
}

fn look(entry: &DirEntry, settings: &Settings) -> (Option<Event>, WalkState) {
    let go_on = WalkState::Continue;
    let path = plain(entry.path());
    let Some(kind) = entry.file_type() else {
        return (None, go_on);
    };
    // A folder that was named is always walked.
    if entry.depth() == 0 || !(kind.is_dir() || kind.is_file()) {
        return (None, go_on);
    }
    if kind.is_file() && !is_note(path) {
        return (Some(Event::Other), go_on);
    }
    let Some(values) = settings.of_file(path) else {
        return match kind.is_dir() {
            true => (None, go_on),
            false => (Some(Event::Unsettled), go_on),
        };
    };
    if let Some(left_out) = values.leaves_out(path, kind.is_dir()) {
        return (Some(Event::LeftOut(left_out)), WalkState::Skip);
    }
    if kind.is_dir() {
        return (None, go_on);
    }
    let path = path.to_owned();
    (Some(Event::Note(Input { path, values })), go_on)
}

fn add_file(path: PathBuf, settings: &Settings, found: &mut Found) {
    match settings.of_file(&path) {
        Some(values) => found.inputs.push(Input { path, values }),
        None => found.unsettled += 1,
    }
}
