//! What each finding means, as pages on this machine: an editor opens them from the finding's code, and nothing has to be
//! fetched from anywhere. Where they cannot be written, findings have no page.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use ide::rules::{Code, RULES};
use lsp_types::Url;

/// Where the pages are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Pages(Option<PathBuf>);

impl Pages {
    /// Writes the pages that are not there, or not as this program would write them.
    pub(crate) fn write(cache: &Path) -> Pages {
        let folder = cache.join("findings");
        let write = || -> io::Result<()> {
            fs::create_dir_all(&folder)?;
            RULES
                .iter()
                .try_for_each(|rule| fresh(&path(&folder, rule.code), &rule.page()))
        };
        Pages(write().ok().map(|()| folder))
    }

    /// The page of a finding.
    pub(crate) fn of(&self, code: Code) -> Option<Url> {
        Url::from_file_path(path(self.0.as_ref()?, code)).ok()
    }
}

fn path(folder: &Path, code: Code) -> PathBuf {
    folder.join(format!("{code}.md"))
}

/// Whole or not at all: another server may be writing the same.
fn fresh(path: &Path, page: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|there| there == page) {
        return Ok(());
    }
    let mut file = tempfile::NamedTempFile::new_in(path.parent().unwrap_or(path))?;
    file.write_all(page.as_bytes())?;
    file.persist(path)?;
    Ok(())
}
