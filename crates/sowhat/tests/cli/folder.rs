//! A folder of notes, and the binary run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;

/// A note with one goal of which nothing else is said.
pub(crate) const ONE_GOAL: &str = "# Goals\n\n- Increase revenue 20%\n";

/// A temporary folder, and another for what the binary remembers; gone when dropped.
pub(crate) struct Folder {
    notes: tempfile::TempDir,
    cache: tempfile::TempDir,
}

/// What a run left.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Folder {
    /// A folder with files in it.
    pub(crate) fn new(files: &[(&str, &str)]) -> Folder {
        let folder = Folder {
            notes: tempfile::tempdir().unwrap(),
            cache: tempfile::tempdir().unwrap(),
        };
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        self.notes.path()
    }

    /// Where the binary keeps what it remembers.
    pub(crate) fn cache(&self) -> &Path {
        self.cache.path()
    }

    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    pub(crate) fn read(&self, path: &str) -> String {
        String::from_utf8(fs::read(self.path().join(path)).unwrap()).unwrap()
    }

    /// The names of all files below it, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() && !path.is_symlink() {
                    true => folders.push(path),
                    false => names.push(
                        path.strip_prefix(self.path())
                            .unwrap()
                            .display()
                            .to_string(),
                    ),
                }
            }
        }
        names.sort();
        names
    }

    /// The binary, to be run in this folder and shielded from what surrounds the tests.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::cargo_bin("sowhat").unwrap();
        command.current_dir(self.path()).args(args);
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        command.env("SOWHAT_CACHE_DIR", self.cache());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.command(args).output().unwrap().into()
    }

    pub(crate) fn run_with_stdin(&self, args: &[&str], stdin: &str) -> Ran {
        self.command(args)
            .write_stdin(stdin)
            .output()
            .unwrap()
            .into()
    }

    /// The report of `check --format json`.
    pub(crate) fn report(&self, args: &[&str]) -> serde_json::Value {
        let ran = self.run(&[&["check", "--format", "json"], args].concat());
        serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
    }

    /// The paths that `check` looks at.
    pub(crate) fn checked(&self, args: &[&str]) -> Vec<String> {
        let report = self.report(args);
        let notes = report["notes"].as_array().unwrap().iter();
        notes
            .map(|note| note["path"].as_str().unwrap().to_owned())
            .collect()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        Ran {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
