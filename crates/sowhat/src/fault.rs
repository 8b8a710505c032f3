//! What went wrong with one path. It never stops the others; it makes the exit code 2.

use std::fmt::{self, Display};
use std::path::Path;

use crate::style;

/// A path, and why it could not be used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fault {
    path: String,
    reason: String,
}

impl Fault {
    /// `path` as it is printed.
    pub(crate) fn new(path: &Path, reason: impl Display) -> Fault {
        Fault {
            path: crate::report::path_text(path),
            reason: reason.to_string(),
        }
    }

    /// What a walk stumbled over.
    pub(crate) fn walking(error: &ignore::Error) -> Fault {
        let mut inner = error;
        let mut path = None;
        loop {
            match inner {
                ignore::Error::WithDepth { err, .. }
                | ignore::Error::WithLineNumber { err, .. } => {
                    inner = err;
                }
                ignore::Error::WithPath { path: place, err } => {
                    path = Some(place);
                    inner = err;
                }
                _ => break,
            }
        }
        match path {
            Some(path) => Fault::new(crate::walk::plain(path), inner),
            None => Fault::new(Path::new("."), inner),
        }
    }

    /// Tells it on standard error.
    pub(crate) fn tell(&self) {
        style::error(&self.to_string());
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}
