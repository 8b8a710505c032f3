//! Replaces a file's content whole or not at all. Never touches a file that changed since it was
//! read, nor one that is marked read-only.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::Path;

/// Why a file was left as it was.
#[derive(Debug)]
pub(crate) enum NotReplaced {
    /// Its bytes are not those that were read.
    Changed,
    /// It is marked read-only.
    ReadOnly,
    /// It is no plain file: a folder, a pipe, a device.
    NoFile,
    /// The file system says no.
    Io(io::Error),
}

impl std::fmt::Display for NotReplaced {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            NotReplaced::Changed => {
                f.write_str("not written: the note changed since it was read; run again")
            }
            NotReplaced::ReadOnly => f.write_str("not written: the note is read-only"),
            NotReplaced::NoFile => f.write_str("not written: this is no plain file"),
            NotReplaced::Io(error) => write!(f, "not written: {error}"),
        }
    }
}

impl From<io::Error> for NotReplaced {
    fn from(error: io::Error) -> Self {
        NotReplaced::Io(error)
    }
}

/// Replaces the content of `path`, which was `before` when it was read, by `after`: written to a
/// temporary file in the same folder, flushed to disk, then renamed over it. Permissions stay.
/// A symbolic link stays one: its target is replaced.
pub(crate) fn replace(path: &Path, before: &[u8], after: &[u8]) -> Result<(), NotReplaced> {
    let target = fs::canonicalize(path)?;
    let metadata = fs::metadata(&target)?;
    if !metadata.is_file() {
        return Err(NotReplaced::NoFile);
    }
    if metadata.permissions().readonly() {
        return Err(NotReplaced::ReadOnly);
    }
    let folder = target.parent().ok_or(NotReplaced::NoFile)?;
    let mut temporary = tempfile::Builder::new()
        .prefix(".sowhat-")
        .tempfile_in(folder)?;
    temporary.write_all(after)?;
    keep_owner_and_permissions(temporary.as_file(), &metadata)?;
    temporary.as_file().sync_all()?;

    // As late as can be: what an editor saved while we wrote is still seen.
    if fs::read(&target)? != before {
        return Err(NotReplaced::Changed);
    }
    temporary.persist(&target).map_err(|error| error.error)?;
    sync_folder(folder);
    Ok(())
}

#[cfg(unix)]
fn keep_owner_and_permissions(file: &File, metadata: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};

    let now = file.metadata()?;
    if (now.uid(), now.gid()) != (metadata.uid(), metadata.gid()) {
        // Only root may give files away; for others the note becomes the writer's own.
        let _ = fchown(file, Some(metadata.uid()), Some(metadata.gid()));
    }
    file.set_permissions(metadata.permissions())
}

#[cfg(not(unix))]
fn keep_owner_and_permissions(file: &File, metadata: &Metadata) -> io::Result<()> {
    file.set_permissions(metadata.permissions())
}

/// Makes the rename last. The note is whole either way, so a file system that cannot is no error.
fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(note: &str) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("note.md");
        fs::write(&path, note).unwrap();
        (folder, path)
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn replaces_and_leaves_nothing_else_behind() {
        let (folder, path) = folder_with("before");
        replace(&path, b"before", b"after").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"after");
        assert_eq!(names(folder.path()), ["note.md"]);
    }

    #[test]
    fn a_note_that_changed_since_it_was_read_is_not_touched() {
        let (folder, path) = folder_with("typed on");
        let result = replace(&path, b"before", b"after");
        assert!(matches!(result, Err(NotReplaced::Changed)), "{result:?}");
        assert_eq!(fs::read(&path).unwrap(), b"typed on");
        assert_eq!(names(folder.path()), ["note.md"]);
    }

    #[test]
    fn a_read_only_note_is_not_touched() {
        let (folder, path) = folder_with("before");
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        let result = replace(&path, b"before", b"after");
        assert!(matches!(result, Err(NotReplaced::ReadOnly)), "{result:?}");
        assert_eq!(fs::read(&path).unwrap(), b"before");
        assert_eq!(names(folder.path()), ["note.md"]);
    }

    #[test]
    fn a_folder_is_no_note() {
        let folder = tempfile::tempdir().unwrap();
        let result = replace(folder.path(), b"", b"after");
        assert!(matches!(result, Err(NotReplaced::NoFile)), "{result:?}");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay() {
        use std::os::unix::fs::PermissionsExt;

        let (_folder, path) = folder_with("before");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        replace(&path, b"before", b"after").unwrap();
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o640
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_stays_one() {
        let (folder, path) = folder_with("before");
        let elsewhere = folder.path().join("links");
        fs::create_dir(&elsewhere).unwrap();
        let link = elsewhere.join("link.md");
        std::os::unix::fs::symlink("../note.md", &link).unwrap();
        replace(&link, b"before", b"after").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&path).unwrap(), b"after");
        assert_eq!(names(&elsewhere), ["link.md"]);
    }
}
